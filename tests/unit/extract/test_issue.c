/* The table of issues, and the issues that contents get. Sentences are made up. */
#include <stdio.h>

#include "base/arena.h"
#include "extract/extract.h"
#include "extract/issue/topic.h"
#include "tests/unit/unit.h"

enum { BYTES = 64 << 20 };

static struct engine *open_engine(void)
{
	struct err e = {0};
	struct engine *en = engine_open(&e);
	ck_assert_msg(en != NULL, "%s", e.message);
	return en;
}

/* Each test has one article at a time. */
struct article_read {
	struct arena a;
	struct extraction x;
};

static void read_article(const struct engine *en, struct article_read *r, const char *text)
{
	struct err e = {0};
	struct article article = {.text = str_of(text)};
	arena_init(&r->a, BYTES);
	ck_assert_msg(engine_extract(en, &article, &r->a, &r->x, &e) == 0, "%s", e.message);
}

static const struct issue_hit *hit_of(const struct statement *s, const char *id)
{
	for (size_t i = 0; i < s->n_issues; i++)
		if (str_eq(s->issues[i].issue->id, str_of(id)))
			return &s->issues[i];
	return NULL;
}

/* The last statement's hit, so that a case may have sentences before it. */
static const struct issue_hit *last_hit(const struct article_read *r, const char *id)
{
	ck_assert_uint_gt(r->x.n_statements, 0);
	return hit_of(&r->x.statements[r->x.n_statements - 1], id);
}

/* --- the table -------------------------------------------------------------------------------- */

START_TEST(issue_table__codebook_of_cap__every_subtopic_has_an_issue)
{
	static const int codes[] = {
		100,  101,  103,  104,	105,  107,  108,  110,	199,  200,  201,  202,	204,  205,
		206,  207,  208,  209,	299,  300,  301,  302,	321,  322,  323,  324,	325,  331,
		332,  333,  334,  335,	341,  342,  398,  399,	400,  401,  402,  403,	404,  405,
		408,  498,  499,  500,	501,  502,  503,  504,	505,  506,  529,  599,	600,  601,
		602,  603,  604,  606,	607,  698,  699,  700,	701,  703,  704,  705,	707,  708,
		709,  711,  798,  799,	800,  801,  802,  803,	805,  806,  807,  898,	899,  900,
		1000, 1001, 1002, 1003, 1005, 1007, 1010, 1098, 1099, 1200, 1201, 1202, 1203, 1204,
		1205, 1206, 1207, 1208, 1210, 1211, 1227, 1299, 1300, 1302, 1303, 1304, 1305, 1308,
		1399, 1400, 1401, 1403, 1404, 1405, 1406, 1407, 1408, 1409, 1498, 1499, 1500, 1501,
		1502, 1504, 1505, 1507, 1520, 1521, 1522, 1523, 1524, 1525, 1526, 1598, 1599, 1600,
		1602, 1603, 1604, 1605, 1606, 1608, 1610, 1611, 1612, 1614, 1615, 1616, 1617, 1619,
		1620, 1698, 1699, 1700, 1701, 1704, 1705, 1706, 1707, 1708, 1709, 1798, 1799, 1800,
		1802, 1803, 1804, 1806, 1807, 1808, 1899, 1900, 1901, 1902, 1905, 1906, 1910, 1921,
		1925, 1926, 1927, 1929, 1999, 2000, 2001, 2002, 2003, 2004, 2005, 2006, 2007, 2008,
		2009, 2010, 2011, 2012, 2013, 2014, 2015, 2030, 2099, 2100, 2101, 2102, 2103, 2104,
		2105, 2199, 2300};
	struct engine *en = open_engine();
	struct knowledge k = engine_knowledge(en);
	ck_assert_uint_eq(sizeof codes / sizeof codes[0], 213);
	ck_assert_uint_ge(k.n_issues, 250);
	for (size_t c = 0; c < sizeof codes / sizeof codes[0]; c++) {
		bool found = false;
		for (size_t i = 0; i < k.n_issues; i++)
			found = found || (k.issues[i].cap_sub == codes[c] &&
					  k.issues[i].cap_major == codes[c] / 100);
		ck_assert_msg(found, "no issue has the code %d", codes[c]);
	}
	engine_close(en);
}
END_TEST

START_TEST(issue_table__parents__lead_to_one_root_a_major_topic)
{
	struct engine *en = open_engine();
	struct knowledge k = engine_knowledge(en);
	size_t roots[100] = {0}, n_roots = 0;
	for (size_t i = 0; i < k.n_issues; i++) {
		bool found = k.issues[i].parent.n == 0;
		ck_assert_int_gt(k.issues[i].cap_major, 0);
		ck_assert_int_lt(k.issues[i].cap_major, 24);
		for (size_t p = 0; p < i && !found; p++)
			found = str_eq(k.issues[p].id, k.issues[i].parent);
		ck_assert_msg(found, "\"%.*s\": no such issue before", STR_ARG(k.issues[i].parent));
		if (k.issues[i].parent.n == 0) {
			ck_assert_uint_eq(roots[k.issues[i].cap_major]++, 0);
			ck_assert_int_eq(k.issues[i].cap_sub, 100 * k.issues[i].cap_major);
			n_roots++;
		}
	}
	ck_assert_uint_eq(n_roots, 21);
	engine_close(en);
}
END_TEST

static int by_str(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

START_TEST(issue_table__terms__none_stands_twice)
{
	struct engine *en = open_engine();
	struct knowledge k = engine_knowledge(en);
	struct arena a;
	arena_init(&a, BYTES);
	size_t n = 0, most = 0;
	for (size_t i = 0; i < k.n_issues; i++)
		most += k.issues[i].terms.n;
	struct str *all = arena_array(&a, most, sizeof *all);
	ck_assert(all != NULL && most > 4000);
	for (size_t i = 0; i < k.n_issues; i++)
		for (size_t t = 0; t < k.issues[i].terms.n; t++) {
			all[n++] = k.issues[i].terms.v[t];
			/* the marks of hints and of exact terms are the table's own */
			ck_assert(!str_starts(all[n - 1], STR("~")) &&
				  !str_starts(all[n - 1], STR("=")));
		}
	qsort(all, n, sizeof *all, by_str);
	for (size_t i = 1; i < n; i++)
		ck_assert_msg(!str_eq_nocase(all[i - 1], all[i]), "\"%.*s\" stands twice",
			      STR_ARG(all[i]));
	arena_release(&a);
	engine_close(en);
}
END_TEST

START_TEST(issue_table__kinds__what_a_person_can_be_for_or_against)
{
	static const struct {
		const char *id;
		enum issue_kind kind;
	} kinds[] = {
		{"taxes", ISSUE_MEASURE},	    {"trade-agreements", ISSUE_AGREEMENT},
		{"war-in-ukraine", ISSUE_EVENT},    {"united-nations", ISSUE_INSTITUTION},
		{"hong-kong", ISSUE_PLACE},	    {"infectious-disease", ISSUE_PROBLEM},
		{"freedom-of-speech", ISSUE_VALUE}, {"elections", ISSUE_DOMAIN},
	};
	struct engine *en = open_engine();
	struct knowledge k = engine_knowledge(en);
	for (size_t c = 0; c < sizeof kinds / sizeof kinds[0]; c++)
		for (size_t i = 0; i < k.n_issues; i++)
			if (str_eq(k.issues[i].id, str_of(kinds[c].id)))
				ck_assert_msg(k.issues[i].kind == kinds[c].kind, "%s: %d",
					      kinds[c].id, k.issues[i].kind);
	engine_close(en);
}
END_TEST

/* --- contents --------------------------------------------------------------------------------- */

/* What the last statement of a text is about, and is not. */
static const struct {
	const char *text, *issue, *not_issue;
} cases[] = {
	/* lemmas */
	{"Ann Lee said that the family had been deported.", "deportation", NULL},
	{"Ann Lee said that they were sanctioning three banks.", "sanctions", NULL},
	{"Ann Lee said that France had devalued its money.", "currency-and-exchange-rates", NULL},
	{"Ann Lee said that women were leaving nursing homes.", "long-term-care", NULL},
	{"Ann Lee said that withdrawing the troops would take a year.", "military-deployments",
	 NULL},
	{"Ann Lee said that the cease-fires had held.", "ceasefire", NULL},
	{"Ann Lee said that women's rights came first.", "gender-equality", NULL},
	/* capitals */
	{"Ann Lee said that AIDS was spreading.", "infectious-disease", NULL},
	{"Ann Lee said that the money aids nobody.", NULL, "infectious-disease"},
	{"Ann Lee said that it took us an hour.", NULL, "bilateral-relations"},
	/* patterns */
	{"Ann Lee said that Russia was buying components for its military.", "arms-sales", NULL},
	{"Ann Lee said that cheap Norwegian steel must be stopped.", "overcapacity", NULL},
	{"Ann Lee said that cheap old steel must be stopped.", NULL, "overcapacity"},
	{"Ann Lee said that Mali sent drones for South Africa's war effort.",
	 "arms-for-warring-parties", NULL},
	{"Ann Lee said that the workers would strike.", "labor-unions", NULL},
	{"Ann Lee said that the news would strike nobody as odd.", NULL, "labor-unions"},
	/* negative contexts, and longer terms before shorter ones */
	{"Ann Lee said that settlers in the West Bank were armed.", "israeli-palestinian-conflict",
	 "banks"},
	{"Ann Lee said that the bank would close.", "banks", NULL},
	{"Ann Lee said that the World Bank would lend.", "international-finance", "banks"},
	{"Ann Lee said that the smoking gun was there.", NULL, "gun-control"},
	{"Ann Lee said that guns kill.", "gun-control", NULL},
	{"Ann Lee said that schools must be a safe learning environment.", NULL, "environment"},
	{"Ann Lee said that the bank wants a stable regulatory environment.", NULL, "environment"},
	{"Ann Lee said that they would build an environment in which firms can grow.", NULL,
	 "environment"},
	{"Ann Lee said that nurses deserve a better working environment.", NULL, "environment"},
	{"Ann Lee said that reporters work in a hostile environment.", NULL, "environment"},
	{"Ann Lee said that the dam would harm the environment.", "environment", NULL},
	{"Ann Lee said that the coal mine would close.", "coal", "natural-resources"},
	{"Ann Lee said that Wolf Blitzer had asked.", NULL, "wildlife-and-forests"},
	{"Ann Lee said that the wolf was back.", "wildlife-and-forests", NULL},
	/* a narrower issue takes the words of a wider one */
	{"Ann Lee said that the trade war would end.", "trade-war", "trade"},
	{"Ann Lee said that nuclear weapons would not be used.", "nuclear-weapons", "defense"},
	/* diplomacy */
	{"Ann Lee said that freedom of navigation was at stake.", "south-china-sea", NULL},
	{"Ann Lee said that poor nations needed money for loss and damage.", "climate-finance",
	 NULL},
	{"Ann Lee said that the hotline between the two militaries was dead.",
	 "military-communication", NULL},
	{"Ann Lee said that visas would be issued again.", "visas-and-travel", NULL},
	{"Ann Lee said that China limits exports of dual-use goods.", "export-controls", NULL},
};

START_TEST(issues_find__contents__their_issues)
{
	struct engine *en = open_engine();
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct article_read r;
		read_article(en, &r, cases[i].text);
		ck_assert_msg(r.x.n_statements > 0, "no statement: %s", cases[i].text);
		if (cases[i].issue)
			ck_assert_msg(last_hit(&r, cases[i].issue) != NULL, "no %s: %s",
				      cases[i].issue, cases[i].text);
		if (cases[i].not_issue)
			ck_assert_msg(last_hit(&r, cases[i].not_issue) == NULL, "%s: %s",
				      cases[i].not_issue, cases[i].text);
		arena_release(&r.a);
	}
	engine_close(en);
}
END_TEST

START_TEST(issues_find__terms_with_a_direction__turn_the_sign)
{
	static const struct {
		const char *text, *issue;
		bool turns;
	} turning[] = {
		{"Ann Lee said that she supports tax cuts.", "taxes", true},
		{"Ann Lee said that she supports higher taxes.", "taxes", false},
		{"Ann Lee said that gun rights come first.", "gun-control", true},
		{"Ann Lee said that background checks come first.", "gun-control", false},
		{"Ann Lee said that sanctions relief would come soon.", "sanctions", true},
		{"Ann Lee said that new sanctions would come soon.", "sanctions", false},
		{"Ann Lee said that censorship had grown.", "freedom-of-speech", true},
		{"Ann Lee said that a carbon tax was needed.", "climate-change", true},
		{"Ann Lee said that she welcomed the troop withdrawal.", "military-deployments",
		 true},
		/* of several the one that says more */
		{"Ann Lee said that a tax cut would need other taxes.", "taxes", true},
	};
	struct engine *en = open_engine();
	for (size_t i = 0; i < sizeof turning / sizeof turning[0]; i++) {
		struct article_read r;
		read_article(en, &r, turning[i].text);
		const struct issue_hit *h = last_hit(&r, turning[i].issue);
		ck_assert_msg(h != NULL, "%s", turning[i].text);
		ck_assert_msg(h->turns == turning[i].turns, "%s", turning[i].text);
		arena_release(&r.a);
	}
	engine_close(en);
}
END_TEST

START_TEST(issues_find__scores__order_what_is_said)
{
	struct engine *en = open_engine();
	struct article_read r;
	/* what the content is about before what qualifies it, the narrower before the wider; what
	 * is only named in passing may be left */
	read_article(en, &r,
		     "Ann Lee said that tariffs on goods made near the border with the help of "
		     "farmers hurt trade.");
	const struct issue_hit *tariffs = last_hit(&r, "tariffs"), *trade = last_hit(&r, "trade"),
			       *farms = last_hit(&r, "agriculture");
	ck_assert(tariffs != NULL);
	ck_assert(!trade || tariffs->score > trade->score);
	ck_assert(!farms || tariffs->score > farms->score);
	for (size_t i = 0; i < r.x.n_statements; i++)
		for (size_t k = 0; k < r.x.statements[i].n_issues; k++) {
			const struct issue_hit *h = &r.x.statements[i].issues[k];
			ck_assert(h->score > 0 && h->score < 1 && h->evidence.n > 0);
			ck_assert(k == 0 || h[-1].score >= h->score);
			for (size_t s = 1; s < h->evidence.n; s++)
				ck_assert_uint_le(h->evidence.v[s - 1].end, h->evidence.v[s].start);
		}
	arena_release(&r.a);
	engine_close(en);
}
END_TEST

/* --- open issues ------------------------------------------------------------------------------ */

START_TEST(issues_find__phrases_of_no_issue__merge_by_their_lemmas)
{
	static const char *const texts[] = {
		"Ann Lee said that the zeppelin was late.",
		"Ann Lee said that zeppelins were late.",
		"Ann Lee said that new zeppelins were late.",
		"Ann Lee criticized the other zeppelins.",
	};
	/* one noun alone says something where the article keeps coming back to it */
	static const char often[] = "A zeppelin flew over Paris. Few had seen a zeppelin. The "
				    "zeppelin was large. No zeppelin had flown before. "
				    "The zeppelin left. ";
	struct engine *en = open_engine();
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		struct article_read r;
		char text[256];
		snprintf(text, sizeof text, "%s%s", often, texts[i]);
		read_article(en, &r, text);
		const struct issue_hit *h = last_hit(&r, "zeppelin");
		ck_assert_msg(h && h->issue->is_open, "%s", texts[i]);
		assert_str(h->issue->label, "zeppelin");
		arena_release(&r.a);
	}
	struct article_read r;
	read_article(en, &r, texts[0]);
	ck_assert(!last_hit(&r, "zeppelin"));
	arena_release(&r.a);
	read_article(en, &r, "Ann Lee said that red zeppelins were late.");
	ck_assert(last_hit(&r, "red-zeppelin") && !last_hit(&r, "zeppelin"));
	arena_release(&r.a);
	engine_close(en);
}
END_TEST

START_TEST(issues_find__phrase_of_the_table__is_no_open_issue)
{
	struct engine *en = open_engine();
	struct article_read r;
	read_article(en, &r, "Ann Lee said that the new tariffs were high.");
	const struct statement *s = &r.x.statements[0];
	ck_assert(hit_of(s, "tariffs"));
	for (size_t i = 0; i < s->n_issues; i++)
		ck_assert_msg(!s->issues[i].issue->is_open, "%.*s",
			      STR_ARG(s->issues[i].issue->id));
	arena_release(&r.a);
	engine_close(en);
}
END_TEST

/* --- what a content refers to ----------------------------------------------------------------- */

START_TEST(issues_find__content_without_a_matter__takes_that_of_the_words_before)
{
	static const struct {
		const char *text, *issue;
	} texts[] = {
		{"The parliament debated capital punishment. Ann Lee said that it was wrong.",
		 "death-penalty"},
		{"The parliament debated capital punishment. Ann Lee opposed this.",
		 "death-penalty"},
		{"France imposed tariffs on steel, which Germany says would cross a red line.",
		 "tariffs"},
		{"The parliament debated fishing quotas. Nobody was there. Ann Lee said she did "
		 "not want that.",
		 "fisheries"},
	};
	struct engine *en = open_engine();
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		struct article_read r;
		read_article(en, &r, texts[i].text);
		const struct statement *s = &r.x.statements[r.x.n_statements - 1];
		const struct issue_hit *h = hit_of(s, texts[i].issue);
		ck_assert_msg(h != NULL, "%s", texts[i].text);
		ck_assert_uint_le(h->evidence.v[0].end,
				  s->spans.content.v[s->spans.content.n - 1].start);
		arena_release(&r.a);
	}
	engine_close(en);
}
END_TEST

START_TEST(issues_find__content_with_a_matter_of_its_own__leaves_the_words_before)
{
	struct engine *en = open_engine();
	struct article_read r;
	read_article(en, &r,
		     "The parliament debated capital punishment. Ann Lee said that the tariffs "
		     "were high.");
	ck_assert(last_hit(&r, "tariffs") && !last_hit(&r, "death-penalty"));
	arena_release(&r.a);
	engine_close(en);
}
END_TEST

/* --- topics of headlines ---------------------------------------------------------------------- */

START_TEST(engine_topic__headlines__their_major_topics)
{
	static const struct {
		const char *headline;
		int major;
	} headlines[] = {
		{"Senate Panel Backs Tax Cut for Families", 1},
		{"HOSPITALS WARN OF SHORTAGE OF NURSES", 3},
		{"Farmers Count Losses After Dry Harvest", 4},
		{"Unions Demand a Higher Minimum Wage for Workers", 5},
		{"Teachers Protest Plan to Close Schools", 6},
		{"Oil Prices Climb as Refineries Shut", 8},
		{"Jury Convicts Man in Murder of Two Sisters", 12},
		{"Two Banks Agree to Merge", 15},
		{"Shuttle Crew Repairs Telescope in Orbit", 17},
		{"Rebels Near Capital as Peace Talks Stall in Zaire", 19},
		{"Candidates Spar in Last Debate Before Primary", 20},
	};
	struct engine *en = open_engine();
	struct arena a;
	struct err e = {0};
	arena_init(&a, BYTES);
	for (size_t i = 0; i < sizeof headlines / sizeof headlines[0]; i++) {
		struct topic t;
		assert_ok(engine_topic(en, str_of(headlines[i].headline), &a, &t, &e), e);
		ck_assert_msg(t.cap_major == headlines[i].major, "%s: %d", headlines[i].headline,
			      t.cap_major);
		ck_assert(t.confidence > 0 && t.confidence <= 1);
	}
	arena_release(&a);
	engine_close(en);
}
END_TEST

START_TEST(engine_topic__headlines_that_say_nothing__none_or_unsure)
{
	static const char *const headlines[] = {"",	 "   ",	      "...", "And So It Is",
						"xqzzt", "A Long Day"};
	struct engine *en = open_engine();
	struct arena a;
	struct err e = {0};
	arena_init(&a, BYTES);
	for (size_t i = 0; i < sizeof headlines / sizeof headlines[0]; i++) {
		struct topic t;
		assert_ok(engine_topic(en, str_of(headlines[i]), &a, &t, &e), e);
		ck_assert_msg(t.confidence < TOPIC_SURE, "%s: %d, %.2f", headlines[i], t.cap_major,
			      (double)t.confidence);
		ck_assert((t.cap_major == 0) == (t.confidence <= 0));
	}
	arena_release(&a);
	engine_close(en);
}
END_TEST

START_TEST(topics_view__parts_that_do_not_fit__refused)
{
	static const char bytes[64];
	const struct vectors none = {0};
	struct topics ts;
	for (size_t n = 0; n <= sizeof bytes; n += 8) {
		struct err e = {0};
		ck_assert_int_eq(topics_view(&ts, &none, (struct str){bytes, n}, &e), -1);
		ck_assert_int_eq(e.kind, ERR_INPUT);
	}
	/* what is not open knows nothing */
	struct topic_words w = {0};
	struct topic_shares shares;
	ts = (struct topics){0};
	topics_tell(&ts, &w, &shares);
	ck_assert_int_eq(topic_best(&shares).cap_major, 0);
}
END_TEST

UNIT_MAIN("issue", issue_table__codebook_of_cap__every_subtopic_has_an_issue,
	  issue_table__parents__lead_to_one_root_a_major_topic,
	  issue_table__terms__none_stands_twice,
	  issue_table__kinds__what_a_person_can_be_for_or_against,
	  issues_find__contents__their_issues, issues_find__terms_with_a_direction__turn_the_sign,
	  issues_find__scores__order_what_is_said,
	  issues_find__phrases_of_no_issue__merge_by_their_lemmas,
	  issues_find__phrase_of_the_table__is_no_open_issue,
	  issues_find__content_without_a_matter__takes_that_of_the_words_before,
	  issues_find__content_with_a_matter_of_its_own__leaves_the_words_before,
	  engine_topic__headlines__their_major_topics,
	  engine_topic__headlines_that_say_nothing__none_or_unsure,
	  topics_view__parts_that_do_not_fit__refused)
