/* Looks at everything, and changes nothing: the file is open for reading, and what needs a write is
 * written to a temporary table. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/maintenance.h"
#include "db/sqlite/block_build.h"
#include "db/sqlite/migrate.h"
#include "db/sqlite/rules.h"

enum { CACHE_MB = 8 };

/* The faults of one kind. */
struct report {
	sqlite3 *db;
	void (*report)(void *, const char *fault);
	void *context;
	int64_t n;
	bool is_cut; /* the question itself ends after some */
};

static void fault(struct report *r, const char *what)
{
	if (r->n++ < CHECK_FAULTS_MAX)
		r->report(r->context, what);
}

static void end_of_kind(struct report *r)
{
	char more[96];
	if (r->n > CHECK_FAULTS_MAX && !r->is_cut)
		snprintf(more, sizeof more, "and %lld more like the last one",
			 (long long)(r->n - CHECK_FAULTS_MAX));
	else
		snprintf(more, sizeof more, "and more like the last one");
	if (r->n > CHECK_FAULTS_MAX)
		r->report(r->context, more);
	r->n = 0;
}

/* Where the pages are damaged that a question needs, that is a fault like others, and the rest goes
 * on. */
static int is_damage(struct report *r, const struct err *why)
{
	int code = sqlite3_errcode(r->db) & 0xFF;
	if (code != SQLITE_CORRUPT && code != SQLITE_NOTADB && code != SQLITE_FORMAT)
		return false;
	fault(r, why->message);
	return true;
}

/* Every row of the text is a fault: the first column says which. */
static int report_rows(struct report *r, const char *text, struct err *e)
{
	struct err why = {0};
	sqlite3_stmt *st = sql_prepare(r->db, text, &why);
	int row = st ? 1 : -1;
	while (st && (row = sql_row(st, &why)) > 0) {
		const unsigned char *what = sqlite3_column_text(st, 0);
		if (what && strcmp((const char *)what, "ok") != 0)
			fault(r, (const char *)what);
	}
	if (row < 0 && is_damage(r, &why))
		row = 0;
	sqlite3_finalize(st);
	end_of_kind(r);
	return row < 0 ? err_set(e, why.kind, NULL, "%s", why.message) : 0;
}

/* A question for each column of text, made from the schema: so it holds for each schema there was
 * and will be. */
static int check_strings(struct report *r, struct err *e)
{
	struct err why = {0};
	sqlite3_stmt *st = sql_prepare(
		r->db,
		"SELECT printf('SELECT ''a row of %w has a \"%w\" that is not UTF-8'' FROM \"%w\""
		" WHERE NOT is_utf8(\"%w\")', t.name, c.name, t.name, c.name)"
		" FROM pragma_table_list t, pragma_table_info(t.name) c"
		" WHERE t.schema = 'main' AND t.type = 'table' AND t.strict AND c.type = 'TEXT'",
		&why);
	int row = -1, result = 0;
	while (st && result == 0 && (row = sql_row(st, &why)) > 0)
		result = report_rows(r, (const char *)sqlite3_column_text(st, 0), e);
	if (row < 0)
		result = is_damage(r, &why) ? 0 : err_set(e, why.kind, NULL, "%s", why.message);
	sqlite3_finalize(st);
	end_of_kind(r);
	return result;
}

/* FTS5 compares an index with its content in a write that changes nothing: here on a copy of the
 * index in a temporary table, whose content is the statements themselves. */
static int check_full_text(struct report *r, int version, struct err *e)
{
	enum { NEARBY_SINCE = 6, ROLE_SINCE = 7 };
	const char *const copying[] = {
		version >= ROLE_SINCE ? "CREATE TEMP VIEW look_content AS SELECT id, content,"
					" facets, nearby, role FROM main.statement"
		: version >= NEARBY_SINCE
			? "CREATE TEMP VIEW look_content AS SELECT id, content, facets, nearby,"
			  " '' AS role FROM main.statement"
			: "CREATE TEMP VIEW look_content AS SELECT id, content, facets,"
			  " '' AS nearby, '' AS role FROM main.statement",
		"CREATE VIRTUAL TABLE temp.look USING fts5(content, facets, nearby, role, "
		"content='look_content', content_rowid='id', "
		"columnsize=0,"
		" tokenize='porter unicode61 remove_diacritics 2')",
		"DELETE FROM temp.look_data",
		"DELETE FROM temp.look_idx",
		"DELETE FROM temp.look_config",
		"INSERT INTO temp.look_data SELECT * FROM main.statement_fts_data",
		"INSERT INTO temp.look_idx SELECT * FROM main.statement_fts_idx",
		"INSERT INTO temp.look_config SELECT * FROM main.statement_fts_config",
		"INSERT INTO temp.look(look, rank) VALUES ('integrity-check', 1)",
	};
	/* Defensive, no table that belongs to an index may be written to; the file itself is open
	 * for reading alone. */
	if (sqlite3_db_config(r->db, SQLITE_DBCONFIG_DEFENSIVE, 0, (int *)NULL))
		return sql_fail(r->db, "cannot configure the database", e);
	for (size_t i = 0; i < sizeof copying / sizeof copying[0]; i++) {
		struct err why = {0};
		if (sql_once(r->db, copying[i], &why) == 0)
			continue;
		int code = sqlite3_errcode(r->db) & 0xFF;
		if (code == SQLITE_FULL)
			return err_set(
				e, ERR_DB, NULL,
				"no room for temporary files: TMPDIR names a folder for them");
		if (code != SQLITE_CORRUPT)
			return err_set(e, why.kind, NULL, "%s", why.message);
		r->report(r->context, "the full-text index differs from the statements");
		break;
	}
	return 0;
}

static int check_blocks(struct report *r, int version, struct err *e)
{
	enum { BLOCKS_SINCE = 9 };
	struct err why = {0};
	bool are_same = true;
	if (version >= BLOCKS_SINCE && blocks_compare(r->db, &are_same, &why) &&
	    !is_damage(r, &why))
		return err_set(e, why.kind, NULL, "%s", why.message);
	if (!are_same)
		r->report(r->context, "the blocks of statements differ from the statements");
	return 0;
}

static int look_at_all(struct report *r, struct err *e)
{
	int version;
	char pages[64];
	snprintf(pages, sizeof pages, "PRAGMA integrity_check(%d)", CHECK_FAULTS_MAX + 1);
	if (migrate_version(r->db, &version, e) || rules_prepare(r->db, e) ||
	    sql_once(r->db, "BEGIN", e))
		return -1;
	r->is_cut = true;
	if (report_rows(r, pages, e))
		return -1;
	r->is_cut = false;
	for (size_t i = 0; i < rules_count; i++)
		if (rules[i].since <= version && (!rules[i].until || version <= rules[i].until) &&
		    report_rows(r, rules[i].faults, e))
			return -1;
	return check_blocks(r, version, e) || check_strings(r, e) || check_full_text(r, version, e)
		       ? -1
		       : 0;
}

int store_check(const char *path, void (*report)(void *, const char *fault), void *context,
		struct err *e)
{
	if (str_ends(str_of(path), STR(PARTIAL_ENDING)))
		return err_set(e, ERR_DB, NULL, "\"%s\" is a backup that was not finished", path);
	char *real = sql_real_path(path, false, e);
	struct report r = {.db = real ? sql_open(real, SQL_LOOK, CACHE_MB, e) : NULL,
			   .report = report,
			   .context = context};
	int result = r.db ? look_at_all(&r, e) : -1;
	sqlite3_close(r.db);
	free(real);
	return result;
}
