/* SQL past the store. */
#include "tests/unit/db/raw.h"

#include <sqlite3.h>

void raw_sql(const char *path, const char *sql)
{
	sqlite3 *db;
	ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
	sqlite3_busy_timeout(db, 10000); /* the store may be at work */
	ck_assert_msg(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, "%s",
		      sqlite3_errmsg(db));
	sqlite3_close(db);
}

void raw_make_old(const char *path)
{
	/* What version 2 adds of an issue without evidence is 3 bytes, and stands last. */
	raw_sql(path, "UPDATE statement SET detail = CAST(x'01' || substr(detail, 2,"
		      " length(detail) - 1 - 3 * (instr(facets, 'i') > 0)) AS BLOB)");
	raw_sql(path, "UPDATE statement SET traits = traits & (1 << 44) - 1");
	raw_sql(path, "UPDATE facet SET traits = traits & (1 << 44) - 1");
	static const char *const edits[] = {
		"DROP TABLE read_key",
		"DROP TABLE statement_block",
		"DROP TABLE outlet",
		"ALTER TABLE statement DROP COLUMN origin",
		"DROP INDEX statement_said",
		"DROP INDEX statement_sure",
		"DROP TABLE edit",
		"DROP INDEX statement_edit",
		"ALTER TABLE statement DROP COLUMN edit",
		"DROP INDEX actor_merged",
		"DROP INDEX issue_merged",
		"ALTER TABLE actor DROP COLUMN merged",
		"ALTER TABLE issue DROP COLUMN merged",
		"ALTER TABLE actor DROP COLUMN edit",
		"ALTER TABLE issue DROP COLUMN edit",
		"DROP TABLE article_source",
		"DROP TABLE article_signature",
		"DROP TABLE article_band",
		"DROP INDEX article_copy",
		"ALTER TABLE article DROP COLUMN copy_of",
	};
	for (size_t i = 0; i < sizeof edits / sizeof *edits; i++)
		raw_sql(path, edits[i]);
	raw_sql(path, "ALTER TABLE issue DROP COLUMN kind");
	raw_sql(path, "DROP TABLE statement_fts");
	raw_sql(path, "ALTER TABLE statement DROP COLUMN nearby");
	raw_sql(path, "CREATE VIRTUAL TABLE statement_fts USING fts5(content, facets,"
		      " content='statement', content_rowid='id', columnsize=0,"
		      " tokenize='porter unicode61 remove_diacritics 2')");
	raw_sql(path, "INSERT INTO statement_fts(statement_fts) VALUES ('rebuild')");
	raw_sql(path, "DROP INDEX article_changed");
	raw_sql(path, "DROP INDEX article_outlet");
	raw_sql(path, "CREATE INDEX article_outlet ON article(outlet, id >> 31)");
	raw_sql(path, "PRAGMA user_version = 4");
}

int64_t raw_number(const char *path, const char *text)
{
	sqlite3 *db;
	sqlite3_stmt *st;
	ck_assert_int_eq(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
	ck_assert_int_eq(sqlite3_prepare_v2(db, text, -1, &st, NULL), SQLITE_OK);
	ck_assert_int_eq(sqlite3_step(st), SQLITE_ROW);
	int64_t n = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	sqlite3_close(db);
	return n;
}
