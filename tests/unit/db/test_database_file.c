/* The file of a SQLite store: whose it is, rows that older programs or persons wrote, rows tampered
 * with, copies. */
#include "db/reread.h"
#include "tests/unit/db/raw.h"

/* --- whose it is --- */

static void assert_refused(struct fixture *f, const char *why)
{
	struct store_options o = fixture_options(f);
	f->e = (struct err){0};
	ck_assert_ptr_null(store_open(&o, &f->e));
	ck_assert_int_eq(f->e.kind, ERR_DB);
	ck_assert_msg(strstr(f->e.message, why) != NULL, "%s", f->e.message);
}

START_TEST(store_open__not_ours__is_refused)
{
	struct fixture f;
	fixture_make(&f);
	FILE *file = fopen(f.path, "w");
	for (int i = 0; i < 1000; i++)
		fputs("this is no database\n", file);
	fclose(file);
	assert_refused(&f, "not a database");
	unlink(f.path);
	raw_sql(f.path, "CREATE TABLE other(x)");
	assert_refused(&f, "another program");
	unlink(f.path);
	struct store_options o = fixture_options(&f);
	f.e = (struct err){0};
	ck_assert_ptr_null(store_open_reading(&o, &f.e));
	ck_assert(access(f.path, F_OK) != 0);
	o.path = "/nonexistent/folder/x.db";
	f.e = (struct err){0};
	ck_assert_ptr_null(store_open(&o, &f.e));
	fixture_close(&f);
}
END_TEST

START_TEST(store_open__newer_schema__is_refused)
{
	struct fixture f;
	fixture_open(&f);
	store_close(f.store);
	f.store = NULL;
	raw_sql(f.path, "PRAGMA user_version = 99");
	assert_refused(&f, "99");
	fixture_close(&f);
}
END_TEST

/* --- rows --- */

/* Stores an article with one statement that has every field. */
static struct statement write_full(struct fixture *f)
{
	static const struct span spans[] = {{3, 9}, {12, 40}};
	static struct issue_hit hits[] = {{.issue = &core, .score = 0.9F, .evidence = {spans, 2}}};
	struct statement v[] = {full_statement(hits, 1)};
	struct write w = made_article(STR("text"), STR("2024-04-26"), v, 1);
	fixture_write(f, &w);
	return v[0];
}

/* Rows of before there was a confidence of stances have the lower 33 bits of their packed fields
 * alone. */
START_TEST(store_statement__stored_before_stances_had_confidence__none_and_all_else)
{
	struct fixture f;
	fixture_open(&f);
	struct statement full = write_full(&f);
	store_close(f.store);
	f.store = NULL;
	raw_make_old(f.path);
	raw_sql(f.path, "UPDATE statement SET traits = traits & 8589934591");
	raw_sql(f.path, "UPDATE facet SET traits = traits & 8589934591");
	fixture_check(&f);
	fixture_reopen(&f);
	struct statement_query q = query_all(10);
	int64_t next;
	struct statement_list list = fixture_ask(&f, &q, &next);
	full.stance.confidence = 0;
	ck_assert_uint_eq(list.n, 1);
	same_statement(&list.v[0], &full);
	q.min_stance_confidence = 0.01F;
	ck_assert_uint_eq(fixture_ask(&f, &q, &next).n, 0);
	fixture_close(&f);
}
END_TEST

static struct statement read_only_one(struct fixture *f)
{
	struct statement_query q = query_all(10);
	int64_t next;
	struct statement_list list = fixture_ask(f, &q, &next);
	ck_assert_uint_eq(list.n, 1);
	return list.v[0];
}

/* Its own row tells it of the article; where that cannot, or does not yet, the article's does. */
START_TEST(store_statements__origin_in_their_rows_or_not__tell_the_same)
{
	static const char *const outlets[] = {"The Post", "",
					      "The\x1f"
					      "Post"};
	for (size_t i = 0; i < sizeof outlets / sizeof outlets[0]; i++) {
		struct fixture f;
		fixture_open(&f);
		struct statement v[] = {plain_statement(STR("said"), &wang)};
		struct write w = made_article(STR("text"), STR("2024-04-26"), v, 1);
		w.article.outlet = str_of(outlets[i]);
		w.article.title = STR("A\x1f title");
		w.article.url = STR("https://example.org/1");
		fixture_write(&f, &w);
		ck_assert_int_eq(raw_number(f.path, "SELECT origin <> '' FROM statement"), i < 2);
		for (int is_told = 1; is_told >= 0; is_told--) {
			struct statement s = read_only_one(&f);
			assert_str(s.outlet, outlets[i]);
			assert_str(s.article_title, "A\x1f title");
			assert_str(s.article_url, "https://example.org/1");
			assert_str(s.published_at, "2024-04-26");
			raw_sql(f.path, "UPDATE statement SET origin = ''");
		}
		/* It is told when the article is read again, which is no change. */
		struct reread_write rw = {
			.write = {.op = WRITE_REREAD, .id = w.id, .extraction = {v, 1}}};
		int64_t version = read_only_one(&f).version;
		fixture_write(&f, &rw.write);
		ck_assert_int_eq(raw_number(f.path, "SELECT origin <> '' FROM statement"), i < 2);
		ck_assert_int_eq(read_only_one(&f).version, version);
		fixture_check(&f);
		fixture_close(&f);
	}
}
END_TEST

static void count_fault(void *context, const char *what)
{
	ck_assert(what[0]);
	++*(int *)context;
}

START_TEST(store_check__rows_tampered_with__finds_each)
{
	static const char *const tampering[] = {
		"UPDATE state SET articles = 7",
		"UPDATE actor SET statement_count = 5",
		"DELETE FROM facet WHERE speaker = 0",
		"UPDATE facet SET traits = traits + 1",
		"UPDATE statement SET content = 'other words entirely'",
		"DELETE FROM article_text",
		"UPDATE statement SET speaker = 999",
		"DELETE FROM article",
		"UPDATE tally SET statements = 2",
		"UPDATE tally SET key = key + 1",
	};
	for (size_t i = 0; i < sizeof tampering / sizeof tampering[0]; i++) {
		struct fixture f;
		fixture_open(&f);
		write_full(&f);
		fixture_check(&f);
		raw_sql(f.path, tampering[i]);
		int faults = 0;
		assert_ok(store_check(f.path, count_fault, &faults, &f.e), f.e);
		ck_assert_msg(faults > 0, "not found: %s", tampering[i]);
		fixture_close(&f);
	}
}
END_TEST

START_TEST(store_seed__actor_edited_by_a_person__leaves_it)
{
	static const struct actor table[] = {ACTOR("un", "United Nations", ORGANIZATION, ""),
					     ACTOR("CHN", "China", COUNTRY, "CHN")};
	struct fixture f;
	fixture_open(&f);
	struct knowledge k = {.actors = table, .n_actors = 1};
	assert_ok(store_seed(f.store, &k, &f.e), f.e);
	raw_sql(f.path, "UPDATE actor SET name = 'Mine', is_edited = 1 WHERE slug = 'un'");
	k.n_actors = 2;
	assert_ok(store_seed(f.store, &k, &f.e), f.e);
	assert_str(fixture_actor(&f, STR("un")).actor.name, "Mine");
	fixture_close(&f);
}
END_TEST

START_TEST(rows__changed_by_a_commit__have_its_number)
{
	static const struct issue_hit on_trade = {
		.issue = &trade, .score = 0.5F, .evidence = {NULL, 0}};
	static const struct span cues[] = {{5, 6}, {25, 26}};
	struct fixture f;
	fixture_open(&f);
	struct statement v[] = {plain_statement(STR("x"), &china),
				plain_statement(STR("y"), &china)};
	for (size_t i = 0; i < 2; i++)
		v[i].spans.cue = (struct spans){&cues[i], 1};
	v[0].issues = v[1].issues = &on_trade;
	v[0].n_issues = 1;
	struct write w = made_article(STR("a"), STR("2024-04-26"), v, 2);
	struct write other = made_article(STR("b"), STR("2024-04-26"), v, 2);
	fixture_write(&f, &w);
	fixture_write(&f, &other);
	v[1].n_issues = 1; /* the second is found on the issue as well */
	struct reread_write rw = {.write = {.op = WRITE_REREAD, .id = w.id, .extraction = {v, 2}}};
	fixture_write(&f, &rw.write);
	int64_t now = store_stats(f.store).commits;
	const char *const changed_now[] = {
		"SELECT count(*) FROM article WHERE changed = (SELECT commits FROM state)",
		"SELECT count(*) FROM statement WHERE changed = (SELECT commits FROM state)",
		"SELECT count(*) FROM issue WHERE changed = (SELECT commits FROM state)"};
	ck_assert(rw.is_taken);
	ck_assert_int_eq(raw_number(f.path, "SELECT commits FROM state"), now);
	ck_assert_int_eq(raw_number(f.path, "SELECT max(changed) FROM article"), now);
	for (size_t i = 0; i < 3; i++)
		ck_assert_int_eq(raw_number(f.path, changed_now[i]), 1);
	/* It names as many as before. */
	const char actor[] = "SELECT changed FROM actor WHERE slug = 'CHN'";
	ck_assert_int_lt(raw_number(f.path, actor), now);
	struct write gone = {.op = WRITE_DELETE, .id = w.id};
	fixture_write(&f, &gone);
	ck_assert_int_eq(raw_number(f.path, actor), now + 1);
	fixture_check(&f);
	fixture_close(&f);
}
END_TEST

/* --- copies --- */

static void count_progress(void *context, int done, int total)
{
	ck_assert_int_le(done, total);
	++*(int *)context;
}

START_TEST(store_backup__live__gives_a_whole_copy)
{
	struct fixture f;
	fixture_open(&f);
	struct statement v[] = {plain_statement(STR("said"), &wang)};
	struct write w = made_article(STR("text"), STR("2024-04-26"), v, 1);
	fixture_write(&f, &w);
	char copy[128];
	snprintf(copy, sizeof copy, "%.100s.copy", f.path);
	int calls = 0;
	assert_ok(store_backup(f.path, copy, count_progress, &calls, &f.e), f.e);
	ck_assert_int_gt(calls, 0);
	assert_fails(store_backup(f.path, copy, NULL, NULL, &f.e), f.e, ERR_INPUT);
	f.e = (struct err){0};
	struct fixture g = f;
	memcpy(g.path, copy, sizeof copy);
	g.store = NULL;
	fixture_reopen(&g);
	fixture_check(&g);
	ck_assert_int_eq(store_stats(g.store).statements, 1);
	store_close(g.store);
	fixture_close(&f);
}
END_TEST

UNIT_MAIN("database file", store_open__not_ours__is_refused, store_open__newer_schema__is_refused,
	  store_statement__stored_before_stances_had_confidence__none_and_all_else,
	  store_statements__origin_in_their_rows_or_not__tell_the_same,
	  store_check__rows_tampered_with__finds_each, rows__changed_by_a_commit__have_its_number,
	  store_seed__actor_edited_by_a_person__leaves_it, store_backup__live__gives_a_whole_copy)
