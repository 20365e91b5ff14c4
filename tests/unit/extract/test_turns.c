/* Turns of transcripts and whole texts of one person: what title and author tell, and hostile
 * labels. Texts without either are cases: tests/cases/extract/turns.txt. */
#include <stdio.h>

#include "base/arena.h"
#include "extract/extract.h"
#include "extract/tables/lexicon.h"
#include "extract/text/token.h"
#include "extract/text/turn.h"
#include "tests/unit/unit.h"

enum { ARENA_BYTES = 1 << 30, TURNS = 100000 };

static const char *const speech =
	"Thank you very much for coming here today.\n\n"
	"I want to speak about the harbor, which we have neglected for so many years. The harbor "
	"feeds our town, and the town has forgotten it. We will build a new wall next year, and "
	"the council will pay for it. Maria Novak told us that the wall would never be built.\n\n"
	"I promise you that we will not rest until the last stone has been laid. It is our duty "
	"to the fishermen of this coast, and it is the least that we owe to their children.\n";

static struct engine *en;
static struct arena arena;

static void set_up(void)
{
	struct err e = {0};
	en = engine_open(&e);
	ck_assert_msg(en != NULL, "%s", e.message);
	arena_init(&arena, ARENA_BYTES);
}

static void tear_down(void)
{
	arena_release(&arena);
	engine_close(en);
}

static struct extraction extract_article(struct article article)
{
	struct err e = {0};
	struct extraction x;
	assert_ok(engine_extract(en, &article, &arena, &x, &e), e);
	return x;
}

static struct extraction extract(const char *text, const char *title, const char *author)
{
	struct article article = article_of(str_of(text), STR("2024-04-26"));
	article.title = str_of(title);
	article.author = str_of(author);
	return extract_article(article);
}

/* How many statements somebody makes in turns. */
static size_t count(struct extraction x, const char *id)
{
	size_t n = 0;
	for (size_t i = 0; i < x.n_statements; i++)
		n += x.statements[i].speaker_via == VIA_TURN &&
		     str_eq(x.statements[i].speaker->id, str_of(id));
	return n;
}

START_TEST(extract_finds__a_speech__statements_of_whom_title_or_author_name)
{
	static const struct {
		const char *title, *author, *who;
	} cases[] = {
		{"Remarks by Senator Peter Falk at the Opening of the Harbor", "", "peter-falk"},
		{"Opening statement: Peter Falk (Liberals)", "", "peter-falk"},
		{"SPEECH BY THE PRIME MINISTER, MR. PETER FALK, EASTHAM", "", "peter-falk"},
		{"Senator Peter Falk Statement on the Harbor", "", "peter-falk"},
		{"The Harbor", "Falk, Peter", "peter-falk"},
		{"The Harbor", "Peter Falk, Minister for Ports", "peter-falk"},
		{"The Harbor", "by Peter Falk", "peter-falk"},
	};
	set_up();
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct extraction x = extract(speech, cases[i].title, cases[i].author);
		ck_assert_msg(count(x, cases[i].who) >= 5, "\"%s\", \"%s\": %zu statements",
			      cases[i].title, cases[i].author, count(x, cases[i].who));
	}
	tear_down();
}
END_TEST

START_TEST(extract_finds__a_speech_of_nobody_told__no_turn)
{
	static const char *const titles[] = {"", "The Harbor",
					     "Joint statement by Peter Falk and Maria Novak",
					     "A speech in support of the Peter Falk Harbor Act"};
	set_up();
	for (size_t t = 0; t < sizeof titles / sizeof titles[0]; t++) {
		struct extraction x = extract(speech, titles[t], "");
		for (size_t i = 0; i < x.n_statements; i++)
			ck_assert_msg(x.statements[i].speaker_via != VIA_TURN, "%s", titles[t]);
	}
	tear_down();
}
END_TEST

/* Names of a title are those of the tables, as names of the text are: by who held the post then. */
START_TEST(extract_finds__a_speech_of_whom_the_title_names_otherwise__the_person_of_the_tables)
{
	static const struct {
		const char *title, *day, *who;
	} cases[] = {
		{"Address of President Rodrigo Roa Duterte", "2018-09-08", "rodrigo-duterte"},
		{"Remarks by Prime Minister Abe Shinzo", "2019-05-31", "shinzo-abe"},
		{"Remarks by Rodrigo Roa Duterte", "1938-09-08", "rodrigo-roa-duterte"},
	};
	set_up();
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct article article = article_of(str_of(speech), str_of(cases[i].day));
		article.title = str_of(cases[i].title);
		size_t n = count(extract_article(article), cases[i].who);
		ck_assert_msg(n >= 5, "\"%s\": %zu statements", cases[i].title, n);
	}
	tear_down();
}
END_TEST

START_TEST(extract_finds__surnames_as_labels__the_persons_of_the_title)
{
	set_up();
	struct extraction x =
		extract("MR FALK: We support the ban on coal in this harbor.\n\nQUESTION: Why?\n\n"
			"MINISTER NOVAK: It is the only way for us.\n",
			"Spokesperson Peter Falk and Minister Maria Novak at a Press Briefing", "");
	ck_assert_uint_eq(x.n_statements, 2);
	ck_assert_uint_eq(count(x, "peter-falk"), 1);
	ck_assert_uint_eq(count(x, "maria-novak"), 1);
	tear_down();
}
END_TEST

START_TEST(extract_finds__a_letter_as_a_label__nobody_by_the_initials_of_the_title)
{
	set_up();
	struct extraction x =
		extract("PM: The ban on coal is fair.\n\nJ: Is it wise, Prime Minister?\n\n"
			"PM: The ban is wise.\n\nJ: Will you lift the ban on coal?\n",
			"Transcript of the Prime Minister, the Hon P J Falk MP", "");
	ck_assert_uint_eq(x.n_statements, 2);
	for (size_t i = 0; i < x.n_statements; i++)
		ck_assert_msg(str_ends(x.statements[i].speaker->id, STR("falk")), "%.*s",
			      STR_ARG(x.statements[i].speaker->id));
	tear_down();
}
END_TEST

/* The head of a speech that nobody is told to have made. */
START_TEST(extract_finds__an_opening_as_of_a_speech__statements_of_nobody_told)
{
	char text[2000];
	snprintf(text, sizeof text, "Madam Speaker, I rise today. %s", speech);
	set_up();
	struct extraction x = extract(text, "The Harbor", "");
	ck_assert_uint_ge(x.n_statements, 5);
	for (size_t i = 0; i < x.n_statements; i++)
		ck_assert(!x.statements[i].speaker == (x.statements[i].kind == KIND_DIRECT));
	tear_down();
}
END_TEST

/* A release on somebody's words speaks of her first. */
START_TEST(extract_finds__words_below_what_presents_them__statements_of_whom_the_title_starts_with)
{
	static const char presents[] =
		"HARBOR CITY — U.S. Senator Lydia Falk (D-Maine) spoke on the harbor bill today. "
		"Falk's full remarks are below.\n\n";
	static const struct {
		const char *title, *above, *who;
	} cases[] = {
		{"Falk Takes to the Floor for the Harbor", presents, "lydia-falk"},
		{"Senator Falk: The Harbor Cannot Wait", presents, "lydia-falk"},
		{"Lydia Falk Speaks on Ports", presents, "lydia-falk"},
		{"Rep. Falk’s Call for a New Wall", "", "falk"},
		{"Falk: The Harbor Cannot Wait", "", "falk"},
		{"Rep. Falk Condemns the Council",
		 "Rep. Falk led a letter on the harbor.\n\nThe letter is available below.\n\n",
		 "falk"},
		{"Falk, Novak Speak for the Harbor", presents, NULL},
		{"Harbor: The Wall Cannot Wait", "", NULL},
		{"Falk Takes Aim at the Harbor",
		 "U.S. Senator Lydia Falk (D-Maine) voted for the port.\n\n", NULL},
	};
	char text[2000];
	set_up();
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		snprintf(text, sizeof text, "%s%s", cases[i].above, speech);
		struct extraction x = extract(text, cases[i].title, "");
		size_t n = cases[i].who ? count(x, cases[i].who)
					: count(x, "lydia-falk") + count(x, "falk");
		ck_assert_msg(cases[i].who ? n >= 5 : n == 0, "\"%s\": %zu statements",
			      cases[i].title, n);
		ck_assert(!cases[i].above[0] || !cases[i].who ||
			  (!str_starts(x.statements[0].content, STR("HARBOR CITY")) &&
			   !str_starts(x.statements[0].content, STR("The letter is"))));
	}
	tear_down();
}
END_TEST

/* Of the day's holders of offices: whose country title or outlet tell. */
START_TEST(extract_finds__a_speech_of_a_post__statements_of_who_held_it)
{
	static const struct {
		const char *title, *author, *outlet, *day, *who;
	} cases[] = {
		{"PM's speech at the harbour", "", "GOV.UK", "2019-11-12", "boris-johnson"},
		{"The harbour: PM's closing remarks", "", "GOV.UK", "2016-05-12", "david-cameron"},
		{"PM statement at harbour press conference: 3 May", "", "GOV.UK", "2020-05-03",
		 "boris-johnson"},
		{"Foreign Secretary speech on harbours", "", "GOV.UK", "2015-03-10",
		 "philip-hammond"},
		{"Remarks by the Deputy Prime Minister", "", "GOV.UK", "2013-05-12", "nick-clegg"},
		{"Address by the President of Kenya", "", "", "2018-06-01", "uhuru-kenyatta"},
		{"President of France: speech at the harbour", "", "", "2017-09-26",
		 "emmanuel-macron"},
		{"German Chancellor's address to parliament", "", "", "2019-05-01",
		 "angela-merkel"},
		{"Statement by the Prime Minister on the harbour", "", "", "2019-05-01",
		 "prime-minister"},
		{"Speech on the harbour", "", "Prime Minister of Australia", "2003-05-01",
		 "john-howard"},
		{"Speech on the harbour", "Office of the Prime Minister of New Zealand", "",
		 "2019-05-01", "jacinda-ardern"},
		{"The harbour", "Department for Ports and The Rt Hon Peter Falk MP", "GOV.UK",
		 "2019-05-01", "peter-falk"},
		{"Statement by the Prime Minister's spokesman", "", "GOV.UK", "2016-05-12", NULL},
		{"Speech in reply to the Prime Minister", "", "GOV.UK", "2016-05-12", NULL},
		{"Speech of Prime Minister Lee at the harbour", "", "GOV.UK", "2016-05-12", NULL},
		{"Former President's remarks", "", "The White House", "2019-05-01", NULL},
		{"Peter Falk and Maria Novak: the harbour", "", "Prime Minister of Australia",
		 "2003-05-01", NULL},
	};
	set_up();
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct article article = article_of(str_of(speech), str_of(cases[i].day));
		article.title = str_of(cases[i].title);
		article.author = str_of(cases[i].author);
		article.outlet = str_of(cases[i].outlet);
		struct extraction x = extract_article(article);
		for (size_t k = 0; !cases[i].who && k < x.n_statements; k++)
			ck_assert_msg(x.statements[k].speaker_via != VIA_TURN, "%s",
				      cases[i].title);
		ck_assert_msg(!cases[i].who || count(x, cases[i].who) >= 5, "\"%s\"",
			      cases[i].title);
	}
	tear_down();
}
END_TEST

/* Lines above a speech, as pages print them. */
START_TEST(extract_finds__a_line_with_a_name_above_a_speech__its_statements)
{
	static const struct {
		const char *head, *who;
	} cases[] = {
		{"Speech\n\nDelivered on:\n4 March 2021\n\nDelivered by:\nPeter Falk\n\n",
		 "peter-falk"},
		{"Delivered by: The Rt Hon Peter Falk MP\n\n", "peter-falk"},
		{"Speaker: Peter Falk\n\nEastham, 4 March\n\n", "peter-falk"},
		{"Statement made on 4 March 2021\n\nPeter Falk\n\nMinister for Ports\n\n",
		 "peter-falk"},
		{"PRESS STATEMENT\n\nPETER J. FALK, SECRETARY OF PORTS\n\nMARCH 4, 2021\n\n",
		 "peter-j-falk"},
		{"Peter Falk, Minister for Ports\n\nMaria Novak, Minister for Trade\n\n", NULL},
	};
	char text[2000];
	set_up();
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		snprintf(text, sizeof text, "%s%s", cases[i].head, speech);
		struct extraction x = extract(text, "The Harbor", "");
		size_t n = cases[i].who ? count(x, cases[i].who) : count(x, "maria-novak");
		ck_assert_msg(cases[i].who ? n >= 5 : n == 0, "\"%s\": %zu", cases[i].head, n);
	}
	tear_down();
}
END_TEST

static const char *const release =
	"The harbor grants are open to every fisherman of the coast from Monday.\n\n"
	"Maria Novak, the mayor, said the grants were too small.\n\n"
	"Ports Minister Peter Falk said:\n\n"
	"We will pay every fisherman what the storm has cost him.\n\n"
	"The grants follow the storm of last winter, which sank forty boats and ruined the market "
	"of the town of Eastham and all the villages around it. The storm was the worst in a "
	"century.\n";

/* What others say in a release is theirs, all else the body's that issues it. */
START_TEST(extract_finds__a_release__statements_of_the_body_that_issues_it)
{
	set_up();
	struct extraction by_author = extract(release, "New grants", "Ministry of Ports"),
			  by_paper = extract(release, "New grants", "Clara Venn, Reuters"),
			  joint = extract(release, "Joint Statement", "Ministry of Ports");
	static const char *const known[] = {"US Department of State", "U.S. Department of State",
					    "The American State Department"};
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		ck_assert_uint_eq(
			count(extract(release, "New grants", known[i]), "us-state-department"), 3);
	ck_assert_uint_eq(count(by_author, "ministry-of-ports"), 3);
	ck_assert_uint_eq(by_author.n_statements, 5);
	ck_assert_uint_eq(by_paper.n_statements, 2);
	ck_assert_uint_eq(joint.n_statements, 2);
	assert_str(by_author.statements[2].speaker->id, "peter-falk");
	tear_down();
}
END_TEST

static size_t count_turns(const char *text)
{
	struct err e = {0};
	struct lexicon *lx = lexicon_open(&e);
	struct text t;
	ck_assert_msg(lx != NULL, "%s", e.message);
	arena_init(&arena, ARENA_BYTES);
	ck_assert_int_eq(text_tokenize(&t, str_of(text), lx, &arena), 0);
	ck_assert_int_eq(text_find_turns(&t, &arena), 0);
	for (size_t i = 0; i < t.n_turns; i++)
		ck_assert_uint_le(t.turns[i].first, t.turns[i].end);
	arena_release(&arena);
	lexicon_close(lx);
	return t.n_turns;
}

START_TEST(text_find_turns__headings_and_lists__none)
{
	static const char *const texts[] = {
		"",
		":",
		"Background: The treaty was signed in 1990.\n\nNext Steps: We vote on Monday.\n",
		"Greece: Maria Novak, Minister for Sports\n\nAustria: Peter Falk, Minister\n",
		"NOTE: This is a correction.\n\nThe story goes on here.\n",
		"FOR PRESS: The office is closed.\n\nDear Mr. President: We write to you.\n",
	};
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		ck_assert_msg(count_turns(texts[i]) == 0, "%s", texts[i]);
}
END_TEST

/* A hundred thousand turns, of a word each, of one speaker or of as many. */
START_TEST(text_find_turns__very_many__each_of_them)
{
	static const char *const units[] = {"MR LEE: No.\n\n", "Q No.\n\n",
					    "Mr Lee%d (a) (b (c)): No.\n\n"};
	for (size_t u = 0; u < sizeof units / sizeof units[0]; u++) {
		char *text = malloc((size_t)TURNS * 40);
		size_t n = 0;
		ck_assert_ptr_nonnull(text);
		for (int i = 0; i < TURNS; i++) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
			n += (size_t)snprintf(text + n, 40, units[u], i);
#pragma GCC diagnostic pop
		}
		ck_assert_uint_eq(count_turns(text), TURNS);
		free(text);
	}
}
END_TEST

UNIT_MAIN("turns", extract_finds__a_speech__statements_of_whom_title_or_author_name,
	  extract_finds__a_speech_of_whom_the_title_names_otherwise__the_person_of_the_tables,
	  extract_finds__a_speech_of_nobody_told__no_turn,
	  extract_finds__surnames_as_labels__the_persons_of_the_title,
	  extract_finds__a_letter_as_a_label__nobody_by_the_initials_of_the_title,
	  extract_finds__an_opening_as_of_a_speech__statements_of_nobody_told,
	  extract_finds__words_below_what_presents_them__statements_of_whom_the_title_starts_with,
	  extract_finds__a_speech_of_a_post__statements_of_who_held_it,
	  extract_finds__a_line_with_a_name_above_a_speech__its_statements,
	  extract_finds__a_release__statements_of_the_body_that_issues_it,
	  text_find_turns__headings_and_lists__none, text_find_turns__very_many__each_of_them)
