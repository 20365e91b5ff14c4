/* What statements are about: words of theirs and near them, and issues; and the names that a
 * question may give otherwise. */
#include "db/nearby.h"
#include "db/record_names.h"
#include "db/reread.h"
#include "tests/conformance/fixture.h"

static const char text[] =
	"The harbor was closed. Mr. Wang said that the levy must go. Ships waited outside.";

static struct span span_of(const char *words)
{
	const char *at = strstr(text, words);
	ck_assert_ptr_nonnull(at);
	uint32_t start = (uint32_t)(at - text);
	return (struct span){start, start + (uint32_t)strlen(words)};
}

static int64_t write_talk(struct fixture *f, const struct issue_hit *hits, size_t n)
{
	static struct span content;
	content = span_of("the levy must go");
	struct statement v[] = {plain_statement(STR("the levy must go"), &wang)};
	v[0].spans.content = (struct spans){&content, 1};
	v[0].issues = hits;
	v[0].n_issues = n;
	struct write w = made_article(str_of(text), STR("2024-04-26"), v, 1);
	w.article.title = STR("Dock workers strike");
	w.article.outlet = STR("Évening Post");
	return fixture_write(f, &w);
}

/* How many statements are about words that stand in all of these groups. */
static size_t about(struct fixture *f, const char *const *strings, size_t n, int64_t issue)
{
	struct str v[4];
	struct about_group groups[4] = {0};
	for (size_t i = 0; i < n; i++) {
		v[i] = str_of(strings[i]);
		groups[i].any = (struct strs){&v[i], v[i].n > 0};
		if (issue && i == 0)
			groups[i].issues = (struct keys){&issue, 1};
	}
	const struct about_way way = {groups, n};
	const struct about topic = {&way, 1};
	struct statement_query q = query_all(10);
	int64_t next;
	q.about = &topic;
	q.n_about = 1;
	return fixture_ask(f, &q, &next).n;
}

#define ABOUT(f, ...)                                                                              \
	about((f), (const char *const[]){__VA_ARGS__},                                             \
	      sizeof(const char *const[]){__VA_ARGS__} / sizeof(const char *), 0)

START_TEST(store_statements__words_near__find_what_they_are_about)
{
	struct fixture f;
	fixture_open(&f);
	write_talk(&f, NULL, 0);
	ck_assert_uint_eq(ABOUT(&f, "levies"), 1);		  /* its content, by the stem */
	ck_assert_uint_eq(ABOUT(&f, "harbor", "ships"), 1);	  /* before and after */
	ck_assert_uint_eq(ABOUT(&f, "strikes", "levy", "go"), 1); /* the title, in any order */
	ck_assert_uint_eq(ABOUT(&f, "dock workers"), 1);
	ck_assert_uint_eq(ABOUT(&f, "workers dock"), 0);
	ck_assert_uint_eq(ABOUT(&f, "levy", "airport"), 0);
	ck_assert_uint_eq(ABOUT(&f, "\" OR *"), 0); /* words alone, no operators */
	fixture_close(&f);
}
END_TEST

START_TEST(store_statements__issue_or_words__either_will_do)
{
	const struct issue_hit hit = {.issue = &core};
	struct fixture f;
	fixture_open(&f);
	write_talk(&f, &hit, 1);
	int64_t key = fixture_issue(&f, core.id).key;
	ck_assert_uint_eq(about(&f, (const char *const[]){"airport"}, 1, key), 1);
	ck_assert_uint_eq(about(&f, (const char *const[]){""}, 1, key), 1);
	ck_assert_uint_eq(about(&f, (const char *const[]){"", "airport"}, 2, key), 0);
	fixture_close(&f);
}
END_TEST

START_TEST(store_statements__read_again__are_found_by_the_same_words)
{
	struct fixture f;
	fixture_open(&f);
	int64_t id = write_talk(&f, NULL, 0);
	struct span content = span_of("must go");
	struct statement v[] = {plain_statement(STR("must go"), &wang)};
	v[0].spans.content = (struct spans){&content, 1};
	struct reread_write rw = {.write = {.op = WRITE_REREAD, .id = id}};
	rw.write.extraction = (struct extraction){v, 1};
	rw.write.edition = store_stats(f.store).reread.edition;
	fixture_write(&f, &rw.write);
	ck_assert(rw.is_taken);
	ck_assert_uint_eq(ABOUT(&f, "levy", "strike"), 1);
	fixture_check(&f);
	fixture_close(&f);
}
END_TEST

START_TEST(nearby_of__a_cut_at_both_ends__keeps_whole_words)
{
	char long_text[1200] = "";
	size_t n = 0;
	struct arena a;
	struct err e = {0};
	struct str out;
	arena_init(&a, 1 << 20);
	for (int i = 0; i < 100; i++)
		n += (size_t)snprintf(long_text + n, sizeof long_text - n, "%s",
				      i == 50 ? "MIDDLE " : "wördlet ");
	struct span content = {400, 406};
	struct statement s = {.spans.content = {&content, 1}};
	struct nearby near = {.title = STR("Title"), .text = str_of(long_text)};
	assert_ok(nearby_of(&near, &s, &a, &out, &e), e);
	ck_assert(str_starts(out, STR("Title\nwördlet wördlet")));
	ck_assert(str_ends(out, STR("wördlet wördlet")));
	ck_assert(str_find(out, STR("MIDDLE"), 0) == SIZE_MAX); /* the content itself */
	ck_assert_uint_lt(out.n, 2 * NEARBY_REACH * 2);
	arena_release(&a);
}
END_TEST

START_TEST(store_near_name__a_slip_of_the_hand__finds_who_is_meant)
{
	static const struct {
		const char *written, *meant;
	} cases[] = {{"wnag yi", "wang yi"},
		     {"wang yii", "wang yi"},
		     {"wang yi", ""},
		     {"chna", "china"},
		     {"chin", "china"},
		     {"xhina", ""},
		     {"united sttes", "united states"},
		     {"", ""},
		     {"ab", ""}};
	struct fixture f;
	fixture_open(&f);
	struct statement v[] = {plain_statement(STR("a"), &wang), plain_statement(STR("b"), &china),
				plain_statement(STR("c"), &usa)};
	struct write w = made_article(STR("text"), STR("2024-04-26"), v, 3);
	fixture_write(&f, &w);
	struct reader *r = fixture_reader(&f);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct str out;
		assert_ok(store_near_name(r, str_of(cases[i].written), &f.arena, &out, &f.e), f.e);
		ck_assert_msg(str_eq(out, str_of(cases[i].meant)), "\"%s\": \"%.*s\"",
			      cases[i].written, STR_ARG(out));
	}
	reader_return(r);
	fixture_close(&f);
}
END_TEST

START_TEST(store_initials_name__of_three_words__with_or_without_small_ones)
{
	static const struct actor board =
		ACTOR("board", "Board of Seeds and Grain", ORGANIZATION, "");
	static const struct {
		const char *initials, *meant;
	} cases[] = {{"bsg", "board of seeds and grain"},
		     {"bosag", "board of seeds and grain"},
		     {"bs", ""},
		     {"bsgx", ""},
		     {"sg", ""},
		     {"", ""}};
	struct fixture f;
	fixture_open(&f);
	struct statement v[] = {plain_statement(STR("a"), &board), plain_statement(STR("b"), &usa)};
	struct write w = made_article(STR("text"), STR("2024-04-26"), v, 2);
	fixture_write(&f, &w);
	struct reader *r = fixture_reader(&f);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct str out;
		assert_ok(store_initials_name(r, str_of(cases[i].initials), &f.arena, &out, &f.e),
			  f.e);
		ck_assert_msg(str_eq(out, str_of(cases[i].meant)), "\"%s\": \"%.*s\"",
			      cases[i].initials, STR_ARG(out));
	}
	reader_return(r);
	fixture_close(&f);
}
END_TEST

static int64_t say_as(struct fixture *f, const struct actor *who, int times)
{
	struct statement *v = arena_array(&f->arena, (size_t)times, sizeof *v);
	for (int i = 0; i < times; i++)
		v[i] = plain_statement(STR("so it is"), who);
	struct write w = made_article(arena_printf(&f->arena, "%.*s %d", STR_ARG(who->id), times),
				      STR("2024-04-26"), v, (size_t)times);
	return fixture_write(f, &w);
}

START_TEST(store_find_given__one_person__or_nobody)
{
	static const struct actor greta = {.id = STR_INIT("greta-thunberg"),
					   .name = STR_INIT("Greta Thunberg"),
					   .kind = ACTOR_PERSON},
				  ann = {.id = STR_INIT("ann-lee"),
					 .name = STR_INIT("Ann Lee"),
					 .kind = ACTOR_PERSON},
				  other = {.id = STR_INIT("ann-fox"),
					   .name = STR_INIT("Ann Fox"),
					   .kind = ACTOR_PERSON},
				  body = {.id = STR_INIT("gretel-fund"),
					  .name = STR_INIT("Gretel Fund"),
					  .kind = ACTOR_ORGANIZATION};
	static const struct {
		const char *given, *id;
	} cases[] = {{"greta", "greta-thunberg"},
		     {"ann", ""},
		     {"gret", ""},
		     {"thunberg", ""},
		     {"gretel", ""}};
	struct fixture f;
	struct actor_matches found;
	fixture_open(&f);
	say_as(&f, &greta, 1);
	say_as(&f, &ann, 3);
	say_as(&f, &other, 1);
	say_as(&f, &body, 1);
	struct reader *r = fixture_reader(&f);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		assert_ok(store_find_given(r, str_of(cases[i].given), &f.arena, &found, &f.e), f.e);
		assert_str(found.n ? found.v[0].actor.id : STR_EMPTY, cases[i].id);
	}
	reader_return(r);
	say_as(&f, &ann, 9);
	r = fixture_reader(&f);
	assert_ok(store_find_given(r, STR("ann"), &f.arena, &found, &f.e), f.e);
	ck_assert_uint_eq(found.n, 1);
	assert_str(found.v[0].actor.id, "ann-lee");
	reader_return(r);
	fixture_close(&f);
}
END_TEST

START_TEST(record_names__outlet_word_day__are_those_of_the_record)
{
	struct fixture f;
	struct str outlet;
	bool has;
	day_t day;
	fixture_open(&f);
	struct reader *r = fixture_reader(&f);
	assert_ok(store_newest_day(r, &day, &f.e), f.e);
	ck_assert_int_eq(day, DAY_NONE);
	reader_return(r);
	write_talk(&f, NULL, 0);
	r = fixture_reader(&f);
	assert_ok(store_newest_day(r, &day, &f.e), f.e);
	ck_assert_int_eq(day, day_from_civil((struct civil){2024, 4, 26}));
	assert_ok(store_find_outlet(r, STR("evening post"), &f.arena, &outlet, &f.e), f.e);
	assert_str(outlet, "Évening Post");
	assert_ok(store_find_outlet(r, STR("morning post"), &f.arena, &outlet, &f.e), f.e);
	ck_assert_uint_eq(outlet.n, 0);
	assert_ok(store_has_word(r, STR("levies"), &has, &f.e), f.e);
	ck_assert(has);
	assert_ok(store_has_word(r, STR("airport"), &has, &f.e), f.e);
	ck_assert(!has);
	reader_return(r);
	fixture_close(&f);
}
END_TEST

START_TEST(store_issues_below__of_whatever_depth__all)
{
	static const struct issue issues[] = {
		{.id = {"top", 3}, .label = {"top", 3}},
		{.id = {"mid", 3}, .label = {"mid", 3}, .parent = {"top", 3}},
		{.id = {"low", 3}, .label = {"low", 3}, .parent = {"mid", 3}},
		{.id = {"else", 4}, .label = {"else", 4}}};
	const struct knowledge k = {.issues = issues, .n_issues = 4, .engine = STR("9")};
	struct issue_matches below;
	struct fixture f;
	fixture_open(&f);
	assert_ok(store_seed(f.store, &k, &f.e), f.e);
	struct reader *r = fixture_reader(&f);
	assert_ok(store_issues_below(r, STR("top"), &f.arena, &below, &f.e), f.e);
	ck_assert_uint_eq(below.n, 2);
	assert_str(below.v[1].issue.id, "low");
	assert_ok(store_issues_below(r, STR("low"), &f.arena, &below, &f.e), f.e);
	ck_assert_uint_eq(below.n, 0);
	reader_return(r);
	fixture_close(&f);
}
END_TEST

UNIT_MAIN("about", store_statements__words_near__find_what_they_are_about,
	  store_statements__issue_or_words__either_will_do,
	  store_statements__read_again__are_found_by_the_same_words,
	  nearby_of__a_cut_at_both_ends__keeps_whole_words,
	  store_near_name__a_slip_of_the_hand__finds_who_is_meant,
	  store_initials_name__of_three_words__with_or_without_small_ones,
	  store_find_given__one_person__or_nobody,
	  record_names__outlet_word_day__are_those_of_the_record,
	  store_issues_below__of_whatever_depth__all)
