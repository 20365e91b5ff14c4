/* Every text of SQL that readers use, explained: no scan and no sort that is not listed here with
 * its reason. */
#include "base/clock.h"
#include "db/sqlite/block_read.h"
#include "db/sqlite/planner.h"
#include "db/sqlite/word_walk.h"
#include "db/sqlite/write_connection.h"
#include "tests/conformance/fixture.h"

/* What may scan: the list walks its rows in the order of their ids and stops at the page's end. */
static const struct {
	enum reader_sql at;
	const char *detail;
} allowed[] = {
	/* One row, or all aliases of one name, to be put in order. */
	{R_FIND_ACTORS, "USE TEMP B-TREE FOR ORDER BY"},
	{R_FIND_ISSUES, "USE TEMP B-TREE FOR ORDER BY"},
	/* Those of one given name. */
	{R_FIND_GIVEN, "USE TEMP B-TREE FOR ORDER BY"},
	/* The names of one actor or issue. */
	{R_ALIASES, "USE TEMP B-TREE FOR ORDER BY"},
	{R_TERMS, "USE TEMP B-TREE FOR ORDER BY"},
	/* A row a group that is told. */
	{R_COUNT_SPEAKERS, "SCAN actor"},
	{R_COUNT_ISSUES, "SCAN issue"},
	{R_COUNT_TALLIES, "SCAN tally"},
	/* Names, not statements: of all actors, and of all outlets from their index. */
	{R_SUGGEST_ALIASES, "SCAN actor_alias USING COVERING INDEX actor_alias_actor"},
	{R_COUNT_OUTLETS, "SCAN article USING COVERING INDEX article_outlet"},
	/* Rows counted up to a bound. */
	{R_FEW_OF_OUTLET, "SCAN (subquery-1)"},
	{R_FEW_OF_SOURCE, "SCAN (subquery-1)"},
	/* The articles of one outlet, each once. */
	{R_OUTLET_SOURCES, "SCAN x"},
	{R_FEW_FACETS, "SCAN (subquery-1)"},
	{R_FEW_OF_TARGET, "SCAN (subquery-1)"},
	{R_FEW_SAID, "SCAN (subquery-1)"},
	{R_FEW_SURE, "SCAN (subquery-1)"},
	/* The newest changes, from the end. */
	{R_FEED_LATEST, "SCAN article USING INDEX article_changed"},
	/* All edited issues, which are bounded, when the program starts. */
	{R_EDITED_ISSUES, "SCAN d"},
	/* Names, not statements: when the program starts, and when a person changes an actor. */
	{R_EDITED_ACTORS, "SCAN a"},
	{R_EDITED_ACTORS, "USE TEMP B-TREE FOR ORDER BY"},
};

static bool is_allowed(int at, const char *detail)
{
	for (size_t i = 0; i < sizeof allowed / sizeof allowed[0]; i++)
		if ((int)allowed[i].at == at && strcmp(allowed[i].detail, detail) == 0)
			return true;
	return false;
}

/* "SCAN t" walks a table, "USE TEMP B-TREE" sorts; FTS5 says SCAN with the index it searches by. */
static bool is_costly(const char *detail)
{
	bool full_text =
		strstr(detail, "VIRTUAL TABLE INDEX") != NULL && strstr(detail, ":M") != NULL;
	bool constant = strcmp(detail, "SCAN CONSTANT ROW") == 0;
	return (strncmp(detail, "SCAN", 4) == 0 && !full_text && !constant) ||
	       strstr(detail, "TEMP B-TREE") != NULL || strstr(detail, "AUTOMATIC") != NULL;
}

/* `sort` is one that the caller knows to be small, or NULL. */
static void explain(sqlite3 *db, const char *text, int at, const char *sort)
{
	char sql[16384];
	struct err e = {0};
	snprintf(sql, sizeof sql, "EXPLAIN QUERY PLAN %s", text);
	sqlite3_stmt *st = sql_prepare(db, sql, &e);
	ck_assert_msg(st != NULL, "%s: %s", text, e.message);
	while (sql_row(st, &e) > 0) {
		const char *detail = (const char *)sqlite3_column_text(st, 3);
		ck_assert_msg(!is_costly(detail) || is_allowed(at, detail) ||
				      (sort && strcmp(sort, detail) == 0),
			      "%s\n  %s", detail, text);
	}
	sqlite3_finalize(st);
}

START_TEST(reader_sql__each_text__reads_by_an_index)
{
	struct fixture f;
	fixture_open(&f);
	sqlite3 *db = sql_open(f.path, SQL_READ, 2, &f.e);
	ck_assert_ptr_nonnull(db);
	for (int i = 0; i < R_COUNT; i++)
		if (strncmp(reader_sql_text((enum reader_sql)i), "SELECT", 6) == 0)
			explain(db, reader_sql_text((enum reader_sql)i), i, NULL);
	explain(db, WORD_WALK_PAGE, R_COUNT, NULL);
	explain(db, WORD_WALK_FIND, R_COUNT, NULL);
	explain(db, WORD_WALK_BEHIND, R_COUNT, NULL);
	sqlite3_close(db);
	fixture_close(&f);
}
END_TEST

START_TEST(writer_sql__each_text__reads_by_an_index)
{
	static const char *const texts[] = {
#define X(name, text) text,
		WRITER_SQL(X)
#undef X
	};
	struct fixture f;
	fixture_open(&f);
	sqlite3 *db = sql_open(f.path, SQL_READ, 2, &f.e);
	ck_assert_ptr_nonnull(db);
	/* Its parts are the 16 newest articles of each band of a signature. */
	for (int i = W_ROLLBACK + 1; i < W_COUNT; i++)
		if (i != W_NEAR_ARTICLES)
			explain(db, texts[i], -1, NULL);
	sqlite3_close(db);
	fixture_close(&f);
}
END_TEST

/* All filters, one bit each, so that every driver meets every condition. */
static void set_filters(struct statement_query *q, uint32_t bits, const struct keys *two,
			const struct strs *strs)
{
	struct keys none = {0};
	struct strs nothing = {0};
	q->speakers = bits & 1 ? *two : none;
	q->issues = bits & 2 ? *two : none;
	q->targets = bits & 4 ? *two : none;
	q->addressees = bits & 8 ? *two : none;
	q->outlets = bits & 16 ? *strs : nothing;
	q->phrases = bits & 32 ? *strs : nothing;
	q->article = bits & 64 ? 7 : 0;
	q->not_speakers = q->not_issues = q->not_targets = q->not_addressees =
		bits & 128 ? *two : none;
	q->not_outlets = q->roles = bits & 256 ? *strs : nothing;
	q->kinds = q->positions = q->target_positions = q->acts = q->polarities = q->statuses =
		bits & 512 ? 5 : 0;
	q->min_confidence = q->min_stance_confidence = q->min_position_confidence =
		bits & 512 ? 0.5F : 0;
	q->copies = bits & 512 ? COPIES_LEFT_OUT : COPIES_INCLUDED;
	q->said_after = q->said_before = bits & 1024 ? 19000 : DAY_NONE;
	q->ids = bits & 256 ? *two : none;
	q->changed_after = bits & 1024 ? 7 : 0;
	q->oldest_first = bits & 2048;
}

/* The statements of one article by their places, those of an outlet day by day. */
static const char *small_sort(const struct plan *k)
{
	if (k->q->article)
		return "USE TEMP B-TREE FOR ORDER BY";
	if (k->driver == BY_SAID || k->driver == BY_SURE) /* few: plan.c counts them first */
		return "USE TEMP B-TREE FOR ORDER BY";
	return k->driver == BY_OUTLET ? "USE TEMP B-TREE FOR RIGHT PART OF ORDER BY" : NULL;
}

START_TEST(plan_text__every_shape__reads_by_an_index)
{
	static const int64_t v[] = {2, 4};
	static const struct str words[] = {{"a b", 3}, {"c", 1}};
	const struct keys two = {v, 2};
	const struct strs strs = {words, 2};
	struct fixture f;
	fixture_open(&f);
	sqlite3 *db = sql_open(f.path, SQL_READ, 2, &f.e);
	struct reader *r = fixture_reader(&f);
	for (uint32_t bits = 0; bits < 4096; bits++) {
		struct arena a;
		struct plan k;
		struct statement_query q = query_all(10);
		arena_init(&a, 1 << 22);
		set_filters(&q, bits, &two, &strs);
		assert_ok(plan_make(r, &q, &a, &k, &f.e), f.e);
		for (enum plan_columns c = PLAN_STATEMENTS; c <= PLAN_ARTICLES; c++)
			explain(db, plan_text(&k, c).p, -1, small_sort(&k));
		/* Of much: in this database everything is little. */
		if (!q.article && !q.phrases.n && (q.outlets.n || k.driver == BY_SAID)) {
			bool by_facet = q.speakers.n || q.issues.n;
			assert_ok(plan_make_by(r, &q, by_facet ? BY_FACET : BY_ID, &a, &k, &f.e),
				  f.e);
			for (enum plan_columns c = PLAN_STATEMENTS; c <= PLAN_ARTICLES; c++)
				explain(db, plan_text(&k, c).p, -1, small_sort(&k));
		}
		arena_release(&a);
	}
	reader_return(r);
	sqlite3_close(db);
	fixture_close(&f);
}
END_TEST

/* Blocks are walked in their order, by whatever columns. */
START_TEST(block_text__each_set_of_columns__reads_by_the_key)
{
	struct fixture f;
	fixture_open(&f);
	sqlite3 *db = sql_open(f.path, SQL_READ, 2, &f.e);
	explain(db, BLOCK_FIRSTS_TEXT, -1, NULL);
	for (unsigned i = 0; i < 2 * BLOCK_COLUMNS; i++) {
		const unsigned first = 1U << i / 2, columns = i % 2 ? first : first - 1;
		char text[BLOCK_TEXT_MAX];
		block_walk_text(columns, false, text);
		explain(db, text, -1, NULL);
		block_walk_text(columns, true, text);
		explain(db, text, -1, NULL);
		block_seek_text(columns, text);
		explain(db, text, -1, NULL);
	}
	sqlite3_close(db);
	fixture_close(&f);
}
END_TEST

START_TEST(reader__running_at_its_deadline__is_interrupted)
{
	struct fixture f;
	fixture_open(&f);
	struct reader *r = fixture_reader(&f);
	r->deadline_ns = now_monotonic_ns() + 20000000;
	assert_fails(sql_once(r->db,
			      "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c "
			      "LIMIT 1000000000) SELECT max(x) FROM c",
			      &f.e),
		     f.e, ERR_DEADLINE);
	ck_assert_int_lt(now_monotonic_ns() - r->deadline_ns,
			 LONG_NS / 2); /* alone it takes minutes */
	reader_return(r);
	fixture_close(&f);
}
END_TEST

UNIT_MAIN("sql", reader_sql__each_text__reads_by_an_index, writer_sql__each_text__reads_by_an_index,
	  plan_text__every_shape__reads_by_an_index,
	  block_text__each_set_of_columns__reads_by_the_key,
	  reader__running_at_its_deadline__is_interrupted)
