/* Migrations: each version reaches the newest, with the rows that it had. */
#include "db/sqlite/migrate.h"

#include "db/reread.h"
#include "tests/unit/db/raw.h"

static int64_t number(sqlite3 *db, const char *text)
{
	int64_t n;
	struct err e = {0};
	assert_ok(sql_number(db, text, &n, &e), e);
	return n;
}

START_TEST(migrate__from_empty_and_from_each_version__reaches_the_newest)
{
	for (int from = 0; from <= migrate_newest(); from++) {
		struct fixture f;
		fixture_make(&f);
		sqlite3 *db = sql_open(f.path, SQL_CREATE, 2, &f.e);
		ck_assert_ptr_nonnull(db);
		assert_ok(migrate_to(db, from, &f.e), f.e);
		ck_assert_int_eq(number(db, "PRAGMA user_version"), from);
		assert_ok(migrate(db, &f.e), f.e);
		assert_ok(migrate(db, &f.e), f.e);
		ck_assert_int_eq(number(db, "PRAGMA user_version"), migrate_newest());
		ck_assert_int_eq(number(db, "PRAGMA application_id"), SQL_APPLICATION_ID);
		/* Quoted twice, a name that is none must not become a text. */
		ck_assert_ptr_null(sql_prepare(db, "SELECT \"nosuch\"", &f.e));
		sqlite3_close(db);
		fixture_close(&f);
	}
}
END_TEST

START_TEST(migrate__every_table__is_strict)
{
	struct fixture f;
	fixture_open(&f);
	sqlite3 *db = sql_open(f.path, SQL_READ, 2, &f.e);
	ck_assert_int_eq(
		number(db,
		       "SELECT count(*) FROM pragma_table_list WHERE type = 'table' AND NOT strict"
		       " AND name NOT LIKE 'sqlite_%'"),
		0);
	assert_fails(sql_once(db, "DELETE FROM statement", &f.e), f.e, ERR_DB);
	sqlite3_close(db);
	fixture_close(&f);
}
END_TEST

/* Undoes what the migrations from the third on do. */
static void go_back(struct fixture *f)
{
	raw_make_old(f->path);
	static const char *const steps[] = {
		"DROP TABLE tally",
		"DROP TABLE reread",
		"DROP INDEX article_edition",
		"DROP INDEX article_outlet",
		"ALTER TABLE article DROP COLUMN edition",
		"ALTER TABLE article DROP COLUMN changed",
		"ALTER TABLE statement DROP COLUMN place",
		"ALTER TABLE statement DROP COLUMN changed",
		"ALTER TABLE actor DROP COLUMN changed",
		"ALTER TABLE issue DROP COLUMN changed",
		"ALTER TABLE issue DROP COLUMN uncounted_count",
		"ALTER TABLE state DROP COLUMN commits",
		"CREATE INDEX article_outlet ON article(outlet)",
		"CREATE TABLE reissue(id INTEGER, edition INTEGER, total INTEGER) STRICT",
		"INSERT INTO reissue VALUES (1, 0, 0)",
		"CREATE TABLE reissue_late(article INTEGER PRIMARY KEY) STRICT",
		"PRAGMA user_version = 2"};
	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
		raw_sql(f->path, steps[i]);
}

/* A database of the schema before the tallies gets them from its statements; and in the list of an
 * article they stay in the order of the text. */
START_TEST(tally__of_an_older_schema__filled_when_opened)
{
	static const char *const days[] = {"2024-02-29", "1969-12-31", "0001-01-01", "9999-12-31"};
	struct fixture f;
	fixture_open(&f);
	for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
		struct statement v[] = {plain_statement(STR("a"), &wang),
					plain_statement(STR("b"), &wang),
					plain_statement(STR("c"), &china)};
		v[0].stance.position = v[1].stance.position = POSITION_OPPOSE;
		struct write w = made_article(str_of(days[i]), str_of(days[i]), v, 3);
		fixture_write(&f, &w);
	}
	fixture_check(&f);
	store_close(f.store);
	f.store = NULL;
	go_back(&f);
	fixture_reopen(&f);
	fixture_check(&f);
	fixture_close(&f);
}
END_TEST

/* Before a position on each issue there was one for all: so it stays until the article is read
 * again, and how sure it is nobody knows. */
START_TEST(position__of_an_older_schema__is_the_statements_on_each_issue)
{
	const struct issue_hit hit = {.issue = &core, .position = POSITION_OPPOSE};
	struct fixture f;
	fixture_open(&f);
	struct statement v[] = {plain_statement(STR("a"), &wang)};
	v[0].issues = &hit;
	v[0].n_issues = 1;
	struct write w = made_article(STR("text"), STR("2024-04-26"), v, 1);
	fixture_write(&f, &w);
	store_close(f.store);
	f.store = NULL;
	raw_make_old(f.path);
	fixture_check(&f);
	fixture_reopen(&f);
	fixture_check(&f);
	int64_t next, issue = fixture_issue(&f, core.id).key;
	struct statement_query q = query_all(10);
	q.issues = (struct keys){&issue, 1};
	q.positions = 1U << POSITION_OPPOSE;
	struct statement_list list = fixture_ask(&f, &q, &next);
	ck_assert_uint_eq(list.n, 1);
	ck_assert_int_eq(list.v[0].issues[0].position, POSITION_OPPOSE);
	ck_assert_float_eq(list.v[0].issues[0].position_confidence, 0);
	ck_assert_int_eq(fixture_issue(&f, core.id).issue.kind, ISSUE_MEASURE);
	q.min_position_confidence = 0.01F;
	ck_assert_uint_eq(fixture_ask(&f, &q, &next).n, 0);
	/* Read again it has what is found now. */
	const struct issue_hit now = {
		.issue = &core, .position = POSITION_SUPPORT, .position_confidence = 0.8F};
	struct reread_write rw = {.write = {.op = WRITE_REREAD, .id = w.id}};
	v[0].issues = &now;
	rw.write.extraction = (struct extraction){v, 1};
	rw.write.edition = store_stats(f.store).reread.edition;
	fixture_write(&f, &rw.write);
	ck_assert(rw.is_taken);
	q.positions = 1U << POSITION_SUPPORT;
	ck_assert_uint_eq(fixture_ask(&f, &q, &next).n, 1);
	fixture_check(&f);
	fixture_close(&f);
}
END_TEST

UNIT_MAIN("migrate", migrate__from_empty_and_from_each_version__reaches_the_newest,
	  migrate__every_table__is_strict,
	  position__of_an_older_schema__is_the_statements_on_each_issue,
	  tally__of_an_older_schema__filled_when_opened)
