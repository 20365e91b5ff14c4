/* Texts that are printed again (db/copies.h): sources of one text, and groups of nearly the same.
 */
#include "db/copies.h"
#include "db/count.h"
#include "db/grid.h"
#include "db/outlet.h"
#include "db/reread.h"
#include "tests/conformance/fixture.h"

enum { WORDS = 200, CUT = 150, TEXT_ROOM = 4096 };

/* A text of so many words, in which every `nth` is another one (0: none). */
static struct str text_of(struct fixture *f, const char *start, int words, int nth)
{
	char *text = arena_alloc(&f->arena, TEXT_ROOM);
	size_t n = (size_t)snprintf(text, TEXT_ROOM, "%s", start);
	for (int i = 0; i < words; i++)
		n += (size_t)snprintf(text + n, TEXT_ROOM - n, " %s%d",
				      nth && i % nth == nth - 1 ? "other" : "word", i);
	return (struct str){text, n};
}

static const struct issue_hit on_core = {
	.issue = &core, .score = 0.9F, .position = POSITION_OPPOSE, .position_confidence = 0.8F};

static int64_t put_dated(struct fixture *f, struct str text, const char *day, const char *outlet,
			 const char *url)
{
	struct statement *v = arena_array(&f->arena, 2, sizeof *v);
	v[0] = plain_statement(STR("our interests"), &wang);
	v[1] = plain_statement(STR("the talks"), &usa);
	v[0].issues = &on_core;
	v[0].n_issues = 1;
	struct write w = made_article(text, str_of(day), v, 2);
	w.article.outlet = str_of(outlet);
	w.article.url = str_of(url);
	w.article.title = STR("As printed");
	return fixture_write(f, &w);
}

static int64_t put(struct fixture *f, struct str text, const char *outlet, const char *url)
{
	return put_dated(f, text, "2024-04-26", outlet, url);
}

static size_t count_rows(struct fixture *f, enum copies copies)
{
	struct statement_query q = query_all(100);
	int64_t next;
	q.copies = copies;
	return fixture_ask(f, &q, &next).n;
}

static struct article_list list_articles(struct fixture *f, int64_t group, enum copies copies)
{
	struct article_query q = {.published_after = DAY_NONE,
				  .published_before = DAY_NONE,
				  .group = group,
				  .copies = copies,
				  .limit = 50};
	struct article_list list;
	int64_t next;
	struct reader *r = fixture_reader(f);
	assert_ok(store_articles(r, &q, &f->arena, &list, &next, &f->e), f->e);
	reader_return(r);
	return list;
}

static void drop(struct fixture *f, int64_t id)
{
	struct write w = {.op = WRITE_DELETE, .id = id};
	fixture_write(f, &w);
}

START_TEST(store_submit__known_text_from_elsewhere__is_a_source_of_its_article)
{
	struct fixture f;
	fixture_open(&f);
	int64_t id = put(&f, STR("one text"), "First", "https://first.example/1");
	int64_t commits = store_stats(f.store).commits;
	/* The same again, and what says nothing: no change. */
	ck_assert_int_eq(put(&f, STR("one text"), "First", "https://first.example/1"), id);
	ck_assert_int_eq(put(&f, STR("one text"), "", ""), id);
	ck_assert_int_eq(store_stats(f.store).commits, commits);
	ck_assert_int_eq(put(&f, STR("one text"), "Second", "https://second.example/1"), id);
	ck_assert_int_eq(put(&f, STR("one text"), "Second", "https://second.example/1"), id);
	ck_assert_int_eq(put(&f, STR("one text"), "Second", "https://second.example/2"), id);
	ck_assert_int_eq(store_stats(f.store).commits, commits + 2);
	struct article a = fixture_article(&f, id);
	assert_str(a.outlet, "First");
	ck_assert_uint_eq(a.n_sources, 2);
	assert_str(a.sources[0].outlet, "Second");
	assert_str(a.sources[0].url, "https://second.example/1");
	assert_str(a.sources[0].title, "As printed");
	assert_str(a.sources[0].published_at, "2024-04-26");
	assert_str(a.sources[1].url, "https://second.example/2");
	ck_assert(article_has_source(&a, STR("First"), STR("https://first.example/1")));
	ck_assert(article_has_source(&a, STR("Second"), STR("https://second.example/2")));
	ck_assert(!article_has_source(&a, STR("Second"), STR("")));
	ck_assert(article_has_source(&a, STR(""), STR("")));
	/* Statements stay those of the first. */
	ck_assert_uint_eq(count_rows(&f, COPIES_INCLUDED), 2);
	fixture_check(&f);
	drop(&f, id);
	fixture_check(&f);
	id = put(&f, STR("one text"), "Third", "");
	ck_assert_uint_eq(fixture_article(&f, id).n_sources, 0);
	fixture_close(&f);
}
END_TEST

static int64_t count_where(struct fixture *f, unsigned by, const struct statement_query *q)
{
	struct count_query c = {.q = q, .by = by, .limit = 100};
	struct counts out;
	struct reader *r = fixture_reader(f);
	assert_ok(store_count(r, &c, &f->arena, &out, &f->e), f->e);
	reader_return(r);
	int64_t sum = 0;
	for (size_t i = 0; i < out.n; i++)
		sum += out.v[i].count;
	return sum;
}

static int64_t count(struct fixture *f, unsigned by, enum copies copies)
{
	struct statement_query q = query_all(1);
	q.copies = copies;
	return count_where(f, by, &q);
}

static size_t count_of(struct fixture *f, const char *outlet, bool is_not)
{
	struct statement_query q = query_all(100);
	struct str name = str_of(outlet);
	int64_t next;
	*(is_not ? &q.not_outlets : &q.outlets) = (struct strs){&name, 1};
	size_t n = fixture_ask(f, &q, &next).n;
	/* By a count, and with another condition that is walked instead. */
	ck_assert_int_eq(count_where(f, 1U << COUNTED_SPEAKER, &q), (int64_t)n);
	int64_t speaker = speaker_key(fixture_actor(f, wang.id).key, false);
	q.speakers = (struct keys){&speaker, 1};
	ck_assert_uint_eq(fixture_ask(f, &q, &next).n, n / 2);
	return n;
}

static size_t articles_of(struct fixture *f, struct str outlet, struct str url)
{
	struct article_query q = {.published_after = DAY_NONE,
				  .published_before = DAY_NONE,
				  .outlets = {&outlet, 1},
				  .url = url,
				  .limit = 50};
	struct article_list list;
	int64_t next;
	struct reader *r = fixture_reader(f);
	assert_ok(store_articles(r, &q, &f->arena, &list, &next, &f->e), f->e);
	reader_return(r);
	return list.n;
}

/* Whichever of its outlets is asked for, the article is found, and once. */
START_TEST(outlets__that_printed_a_text_after_another__have_its_statements)
{
	struct fixture f;
	struct outlets list;
	struct str next;
	struct outlet_query all = {.after = STR_EMPTY, .limit = 10};
	fixture_open(&f);
	put(&f, STR("one text"), "First", "https://first.example/1");
	put_dated(&f, STR("another text"), "2024-05-01", "Second", "https://second.example/0");
	put(&f, STR("one text"), "Second", "https://second.example/1");
	put(&f, STR("one text"), "Second", "https://second.example/2");
	put(&f, STR("one text"), "Third", "");
	ck_assert_uint_eq(count_of(&f, "First", false), 2);
	ck_assert_uint_eq(count_of(&f, "Second", false), 4);
	ck_assert_uint_eq(count_of(&f, "Third", false), 2);
	ck_assert_uint_eq(count_of(&f, "Fourth", false), 0);
	ck_assert_uint_eq(count_of(&f, "First", true), 2);
	ck_assert_uint_eq(count_of(&f, "Second", true), 0);
	ck_assert_uint_eq(count_of(&f, "Third", true), 2);
	ck_assert_uint_eq(articles_of(&f, STR("Second"), STR_EMPTY), 2);
	ck_assert_uint_eq(articles_of(&f, STR("Third"), STR_EMPTY), 1);
	ck_assert_uint_eq(articles_of(&f, STR("Second"), STR("example/2")), 1);
	struct reader *r = fixture_reader(&f);
	assert_ok(store_outlets(r, &all, &f.arena, &list, &next, &f.e), f.e);
	reader_return(r);
	static const int64_t articles[] = {1, 2, 1};
	ck_assert_uint_eq(list.n, 3);
	for (size_t i = 0; i < list.n; i++) {
		ck_assert_int_eq(list.v[i].articles, articles[i]);
		ck_assert_int_eq(list.v[i].statements, 2 * articles[i]);
	}
	assert_str(list.v[2].name, "Third");
	ck_assert_int_eq(list.v[1].last - list.v[1].first, 5);
	fixture_close(&f);
}
END_TEST

START_TEST(store_submit__hundreds_of_sources__are_bounded)
{
	struct fixture f;
	fixture_open(&f);
	int64_t id = put(&f, STR("one text"), "First", "");
	for (int i = 0; i < ARTICLE_SOURCES_MAX + 5; i++) {
		struct str outlet = arena_printf(&f.arena, "Outlet %d", i);
		put(&f, STR("one text"), outlet.p, "");
	}
	ck_assert_uint_eq(fixture_article(&f, id).n_sources, ARTICLE_SOURCES_MAX);
	fixture_check(&f);
	fixture_close(&f);
}
END_TEST

/* A text, one cut at its end, one with a word in 40 changed, one with a word in two changed, and
 * another. */
struct printed {
	struct fixture f;
	int64_t first, cut, edited, half, other;
};

static void print_all(struct printed *p)
{
	struct fixture *f = &p->f;
	fixture_open(f);
	p->first = put(f, text_of(f, "a", WORDS, 0), "Wire", "");
	p->cut = put(f, text_of(f, "a", CUT, 0), "Post", "");
	p->half = put(f, text_of(f, "a", WORDS, 2), "Globe", "");
	p->edited = put(f, text_of(f, "an", WORDS, 40), "Times", "");
	p->other = put(f, text_of(f, "b", 60, 1), "Wire", "");
	fixture_check(f);
}

START_TEST(store_submit__nearly_the_same_text__is_a_copy_of_the_first)
{
	struct printed p;
	print_all(&p);
	struct fixture *f = &p.f;
	ck_assert_int_eq(fixture_article(f, p.first).copy_of, 0);
	ck_assert_int_eq(fixture_article(f, p.cut).copy_of, p.first);
	ck_assert_int_eq(fixture_article(f, p.edited).copy_of, p.first);
	ck_assert_int_eq(fixture_article(f, p.half).copy_of, 0);
	ck_assert_int_eq(fixture_article(f, p.other).copy_of, 0);
	ck_assert_uint_eq(list_articles(f, 0, COPIES_INCLUDED).n, 5);
	ck_assert_uint_eq(list_articles(f, 0, COPIES_LEFT_OUT).n, 3);
	ck_assert_uint_eq(list_articles(f, 0, COPIES_ALONE).n, 2);
	/* By any of its members; the newest first. */
	ck_assert_uint_eq(list_articles(f, p.first, COPIES_INCLUDED).n, 3);
	struct article_list group = list_articles(f, p.cut, COPIES_INCLUDED);
	ck_assert_uint_eq(group.n, 3);
	ck_assert_int_eq(group.v[0].id, p.edited);
	ck_assert_int_eq(group.v[2].id, p.first);
	ck_assert_uint_eq(list_articles(f, p.cut, COPIES_ALONE).n, 2);
	ck_assert_uint_eq(list_articles(f, p.half, COPIES_INCLUDED).n, 1);
	ck_assert_uint_eq(list_articles(f, 1, COPIES_INCLUDED).n, 0);
	fixture_close(f);
}
END_TEST

/* In whatever order they come: the earliest day is the first, and of a day what was stored first.
 */
START_TEST(store_submit__a_copy_of_an_earlier_day__leads_the_group)
{
	struct fixture f;
	fixture_open(&f);
	struct str whole = text_of(&f, "a", WORDS, 0), cut = text_of(&f, "a", CUT, 0);
	int64_t late = put_dated(&f, cut, "2024-04-28", "Late", "");
	int64_t later = put_dated(&f, text_of(&f, "an", WORDS, 40), "2024-04-29", "Later", "");
	ck_assert_int_eq(fixture_article(&f, later).copy_of, late);
	int64_t first = put_dated(&f, whole, "2024-04-26", "Wire", "");
	int64_t again = put_dated(&f, text_of(&f, "the", WORDS, 40), "2024-04-26", "Post", "");
	ck_assert_int_eq(fixture_article(&f, first).copy_of, 0);
	ck_assert_int_eq(fixture_article(&f, late).copy_of, first);
	ck_assert_int_eq(fixture_article(&f, later).copy_of, first);
	ck_assert_int_eq(fixture_article(&f, again).copy_of, first);
	ck_assert_uint_eq(count_rows(&f, COPIES_LEFT_OUT), 2);
	ck_assert_uint_eq(count_rows(&f, COPIES_ALONE), 6);
	ck_assert_uint_eq(list_articles(&f, late, COPIES_INCLUDED).n, 4);
	fixture_check(&f);
	fixture_close(&f);
}
END_TEST

/* Whichever way a question is answered: by speaker, issue, target, text, outlet, article, or all.
 */
START_TEST(store_statements__copies_left_out__by_every_way)
{
	struct printed p;
	print_all(&p);
	struct fixture *f = &p.f;
	int64_t next, speaker = speaker_key(fixture_actor(f, wang.id).key, false);
	int64_t issue = fixture_issue(f, core.id).key;
	struct str word = STR("interests"), outlet = STR("Post");
	struct statement_query by[6];
	for (size_t i = 0; i < 6; i++)
		by[i] = query_all(100);
	by[1].speakers = (struct keys){&speaker, 1};
	by[2].issues = (struct keys){&issue, 1};
	by[3].phrases = (struct strs){&word, 1};
	by[4].outlets = (struct strs){&outlet, 1};
	by[5].article = p.cut;
	static const size_t all[] = {10, 5, 5, 5, 2, 2}, without[] = {6, 3, 3, 3, 0, 0};
	for (size_t i = 0; i < 6; i++) {
		ck_assert_uint_eq(fixture_ask(f, &by[i], &next).n, all[i]);
		by[i].copies = COPIES_LEFT_OUT;
		ck_assert_uint_eq(fixture_ask(f, &by[i], &next).n, without[i]);
		by[i].copies = COPIES_ALONE;
		struct statement_list copies = fixture_ask(f, &by[i], &next);
		ck_assert_uint_eq(copies.n, all[i] - without[i]);
		for (size_t k = 0; k < copies.n; k++)
			ck_assert_int_eq(copies.v[k].copy_of, p.first);
	}
	fixture_close(f);
}
END_TEST

START_TEST(store_count__copies__count_unless_left_out)
{
	struct printed p;
	print_all(&p);
	struct fixture *f = &p.f;
	const unsigned by[] = {0, 1U << COUNTED_SPEAKER, 1U << COUNTED_OUTLET, 1U << COUNTED_KIND};
	for (size_t i = 0; i < 4; i++) {
		ck_assert_int_eq(count(f, by[i], COPIES_INCLUDED), 10);
		ck_assert_int_eq(count(f, by[i], COPIES_LEFT_OUT), 6);
		ck_assert_int_eq(count(f, by[i], COPIES_ALONE), 4);
	}
	ck_assert_int_eq(count(f, 1U << COUNTED_ISSUE, COPIES_INCLUDED), 5);
	ck_assert_int_eq(count(f, 1U << COUNTED_ISSUE, COPIES_LEFT_OUT), 3);
	struct grid_query q = {.sides = {speaker_key(fixture_actor(f, wang.id).key, false),
					 speaker_key(fixture_actor(f, usa.id).key, false)},
			       .published_after = DAY_NONE,
			       .published_before = DAY_NONE,
			       .limit = 10};
	struct grid grid;
	struct reader *r = fixture_reader(f);
	assert_ok(store_grid(r, &q, &f->arena, &grid, &f->e), f->e);
	ck_assert_int_eq(grid.statements[0], 5);
	q.copies = COPIES_LEFT_OUT;
	assert_ok(store_grid(r, &q, &f->arena, &grid, &f->e), f->e);
	ck_assert_int_eq(grid.statements[0], 3);
	reader_return(r);
	fixture_close(f);
}
END_TEST

START_TEST(store_submit__first_of_a_group_deleted__a_copy_takes_its_place)
{
	struct printed p;
	print_all(&p);
	struct fixture *f = &p.f;
	drop(f, p.first);
	fixture_check(f);
	ck_assert_int_eq(fixture_article(f, p.cut).copy_of, 0);
	ck_assert_int_eq(fixture_article(f, p.edited).copy_of, p.cut);
	ck_assert_uint_eq(count_rows(f, COPIES_LEFT_OUT), 6);
	ck_assert_uint_eq(count_rows(f, COPIES_ALONE), 2);
	/* What comes now is compared with it. */
	int64_t again = put(f, text_of(f, "the", CUT, 0), "Herald", "");
	ck_assert_int_eq(fixture_article(f, again).copy_of, p.cut);
	drop(f, again);
	drop(f, p.edited);
	drop(f, p.cut);
	fixture_check(f);
	ck_assert_uint_eq(count_rows(f, COPIES_INCLUDED), 4);
	again = put(f, text_of(f, "a", WORDS, 0), "Wire", "");
	ck_assert_int_eq(fixture_article(f, again).copy_of, 0);
	fixture_check(f);
	fixture_close(f);
}
END_TEST

START_TEST(store_submit__a_copy_read_again__stays_one)
{
	struct printed p;
	print_all(&p);
	struct fixture *f = &p.f;
	struct statement v[] = {plain_statement(STR("our interests"), &wang),
				plain_statement(STR("something new"), &china)};
	struct reread_write rw = {.write = {.op = WRITE_REREAD, .id = p.cut}};
	rw.write.extraction = (struct extraction){v, 2};
	rw.write.edition = store_stats(f->store).reread.edition;
	fixture_write(f, &rw.write);
	ck_assert(rw.is_taken);
	fixture_check(f);
	ck_assert_uint_eq(count_rows(f, COPIES_ALONE), 4);
	ck_assert_int_eq(fixture_article(f, p.cut).copy_of, p.first);
	fixture_close(f);
}
END_TEST

START_TEST(store_backup__copies_and_sources__are_in_it)
{
	struct printed p;
	char name[sizeof p.f.path + sizeof ".copy"];
	if (!engine_has_backup)
		return;
	print_all(&p);
	struct fixture *f = &p.f, copy;
	put(f, text_of(f, "a", WORDS, 0), "Elsewhere", "");
	snprintf(name, sizeof name, "%s.copy", f->path);
	assert_ok(store_backup(f->path, name, NULL, NULL, &f->e), f->e);
	copy = *f;
	arena_init(&copy.arena, (size_t)1 << 30);
	snprintf(copy.path, sizeof copy.path, "%.120s.copy", f->path);
	copy.store = NULL;
	fixture_reopen(&copy);
	ck_assert_int_eq(fixture_article(&copy, p.cut).copy_of, p.first);
	ck_assert_uint_eq(fixture_article(&copy, p.first).n_sources, 1);
	ck_assert_uint_eq(count_rows(&copy, COPIES_LEFT_OUT), 6);
	fixture_check(&copy);
	store_close(copy.store);
	arena_release(&copy.arena);
	fixture_close(f);
}
END_TEST

UNIT_MAIN("copies", store_submit__known_text_from_elsewhere__is_a_source_of_its_article,
	  outlets__that_printed_a_text_after_another__have_its_statements,
	  store_submit__hundreds_of_sources__are_bounded,
	  store_submit__nearly_the_same_text__is_a_copy_of_the_first,
	  store_submit__a_copy_of_an_earlier_day__leads_the_group,
	  store_statements__copies_left_out__by_every_way,
	  store_count__copies__count_unless_left_out,
	  store_submit__first_of_a_group_deleted__a_copy_takes_its_place,
	  store_submit__a_copy_read_again__stays_one, store_backup__copies_and_sources__are_in_it)
