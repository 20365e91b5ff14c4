/* Backup and check: each on its own connection, beside the running store. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "db/inside.h"
#include "db/migrate.h"

enum { BACKUP_PAGES = 1024, CARE_CACHE_MB = 8 };

static int create_new(const char *path, struct err *e)
{
	int fd = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
	if (fd < 0 && errno == EEXIST)
		return err_set(e, ERR_INPUT, NULL, "\"%s\" exists", path);
	if (fd < 0)
		return err_set(e, ERR_DB, NULL, "cannot create \"%s\": %s", path, strerror(errno));
	close(fd);
	return 0;
}

/* The source holds one snapshot all the while: without it every commit would start the copy again. */
static int copy(sqlite3 *from, sqlite3 *to, void (*progress)(void *, int, int), void *context, struct err *e)
{
	int64_t ignored;
	if (sql_once(from, "BEGIN", e) || sql_number(from, "SELECT counter FROM state", &ignored, e))
		return -1;
	sqlite3_backup *b = sqlite3_backup_init(to, "main", from, "main");
	if (!b)
		return sql_fail(to, "cannot start the backup", e);
	int code;
	do {
		code = sqlite3_backup_step(b, BACKUP_PAGES);
		int total = sqlite3_backup_pagecount(b);
		if (progress)
			progress(context, total - sqlite3_backup_remaining(b), total);
	} while (code == SQLITE_OK);
	return sqlite3_backup_finish(b) ? sql_fail(to, "cannot write the backup", e) : 0;
}

int store_backup(struct store *s, const char *path, void (*progress)(void *, int done, int total), void *context, struct err *e)
{
	if (create_new(path, e))
		return -1;
	sqlite3 *from = sql_open(s->path, SQL_READ, CARE_CACHE_MB, e);
	sqlite3 *to = from ? sql_open(path, SQL_WRITE, CARE_CACHE_MB, e) : NULL;
	int result = to ? copy(from, to, progress, context, e) : -1;
	if (sqlite3_close(to) && result == 0)
		result = err_set(e, ERR_DB, NULL, "cannot close the backup");
	sqlite3_close(from);
	if (result)
		unlink(path);
	return result;
}

/* --- check --------------------------------------------------------------------------------------------------------- */

struct report {
	sqlite3 *db;
	void (*fault)(void *, const char *what);
	void *context;
};

/* A text whose every row is a fault: the first column says which. */
static int report_rows(const struct report *r, const char *text, struct err *e)
{
	sqlite3_stmt *st = sql_prepare(r->db, text, e);
	if (!st)
		return -1;
	int row;
	while ((row = sql_row(st, e)) > 0) {
		const unsigned char *what = sqlite3_column_text(st, 0);
		if (what && strcmp((const char *)what, "ok") != 0)
			r->fault(r->context, (const char *)what);
	}
	sqlite3_finalize(st);
	return row;
}

/* What the counts and the facets must be, by counting. */
static const char *const comparisons[] = {
	"PRAGMA integrity_check",
	"SELECT 'a row of ' || \"table\" || ' refers to a row of ' || parent || ' that is missing' FROM "
	"pragma_foreign_key_check",
	"SELECT 'the count of articles is wrong' FROM state WHERE articles <> (SELECT count(*) FROM article)",
	"SELECT 'the count of statements is wrong' FROM state WHERE statements <> (SELECT count(*) FROM statement"
	" WHERE traits >> 43 & 1 = 0)",
	"SELECT 'the count of actors is wrong' FROM state WHERE actors <> (SELECT count(*) FROM actor)",
	"SELECT 'the count of issues is wrong' FROM state WHERE issues <> (SELECT count(*) FROM issue)",
	"SELECT 'the count of stale articles is wrong' FROM reread r"
	" WHERE r.stale <> (SELECT count(*) FROM article a WHERE a.edition < r.edition)",
	"SELECT 'article ' || a.id || ' has an edition that was never in force' FROM article a, reread r WHERE a.edition > "
	"r.edition",
	"SELECT 'a row was changed by a commit that has not been' FROM state WHERE commits <"
	" max((SELECT coalesce(max(changed), 0) FROM article), (SELECT coalesce(max(changed), 0) FROM statement),"
	" (SELECT coalesce(max(changed), 0) FROM actor), (SELECT coalesce(max(changed), 0) FROM issue))",
	"SELECT 'issue ' || i.slug || ' is edited without its terms, or has some without' FROM issue i"
	" WHERE i.is_edited <> (SELECT count(*) FROM issue_edit d WHERE d.issue = i.key)",
	"SELECT 'article ' || a.id || ' has no text' FROM article a"
	" WHERE NOT EXISTS (SELECT 1 FROM article_text t WHERE t.article = a.id)",
	"SELECT 'article ' || a.id || ' counts its statements wrongly' FROM article a"
	" WHERE a.statement_count <> (SELECT count(*) FROM statement s WHERE s.article = a.id AND s.traits >> 43 & 1 = 0)",
	"SELECT 'statement ' || id || ' has an id that the counter has not given' FROM statement"
	" WHERE (id & 2147483647) > (SELECT counter FROM state)",
	"SELECT 'statement ' || s.id || ' names an actor that is missing' FROM statement s"
	" WHERE (s.speaker IS NOT NULL AND NOT EXISTS (SELECT 1 FROM actor WHERE key = s.speaker))"
	" OR (s.target IS NOT NULL AND NOT EXISTS (SELECT 1 FROM actor WHERE key = s.target))"
	" OR (s.addressee IS NOT NULL AND NOT EXISTS (SELECT 1 FROM actor WHERE key = s.addressee))",
	"SELECT 'actor ' || a.slug || ' counts its statements wrongly' FROM actor a"
	" LEFT JOIN (SELECT speaker, count(*) AS n FROM statement WHERE traits >> 43 & 1 = 0 GROUP BY speaker) c ON c.speaker "
	"= a.key"
	" WHERE a.statement_count <> coalesce(c.n, 0)",
	"SELECT 'issue ' || i.slug || ' counts its statements wrongly' FROM issue i"
	" WHERE i.statement_count <> (SELECT count(*) FROM facet f WHERE f.speaker = 0 AND f.issue = i.key)",
	"SELECT 'issue ' || i.slug || ' counts its uncounted statements wrongly' FROM issue i"
	" WHERE i.uncounted_count <> (SELECT count(*) FROM statement s WHERE s.traits >> 43 & 1 = 1"
	" AND instr(' ' || s.facets || ' ', ' i' || i.key || ' '))",
	/* As the migration fills it: tally_key() in SQL. */
	"SELECT 'the tally ' || key || ' is wrong' FROM (SELECT key, sum(n) AS n FROM"
	" (SELECT key, statements AS n FROM tally UNION ALL SELECT"
	" (CAST(strftime('%Y', day) AS INTEGER) * 12 + CAST(strftime('%m', day) AS INTEGER) - 1) << 14"
	" | (traits >> 10 & 16383), -1"
	" FROM (SELECT date(((id >> 31) - 719163) * 86400, 'unixepoch') AS day, traits FROM statement"
	" WHERE traits >> 43 & 1 = 0))"
	" GROUP BY key) WHERE n <> 0",
	"SELECT 'a facet of statement ' || f.statement || ' differs from it' FROM facet f"
	" LEFT JOIN statement s ON s.id = f.statement"
	" WHERE s.id IS NULL OR s.traits <> f.traits OR s.traits >> 43 & 1 = 1 OR f.speaker + f.issue = 0"
	" OR (f.speaker > 0 AND NOT instr(' ' || s.facets || ' ', ' s' || f.speaker || ' '))"
	" OR (f.issue > 0 AND NOT instr(' ' || s.facets || ' ', ' i' || f.issue || ' '))",
	/* Of n words, s for speakers, there are (s + 1)(n - s + 1) - 1 pairs. */
	"SELECT 'statement ' || s.id || ' lacks a facet' FROM (SELECT id, length(facets) - length(replace(facets, 's', '')) AS "
	"s,"
	" length(facets) - length(replace(facets, 'i', '')) AS i FROM statement WHERE traits >> 43 & 1 = 0) s"
	" LEFT JOIN (SELECT statement, count(*) AS n FROM facet GROUP BY statement) c ON c.statement = s.id"
	" WHERE coalesce(c.n, 0) <> (s.s + 1) * (s.i + 1) - 1",
};

/* FTS5 compares its index with the content inside a write that changes nothing. */
static int check_text(const struct report *r, struct err *e)
{
	struct err found = {0};
	if (sql_once(r->db, "BEGIN IMMEDIATE", e))
		return -1;
	int result = 0;
	if (sql_once(r->db, "INSERT INTO statement_fts(statement_fts, rank) VALUES ('integrity-check', 1)", &found)) {
		if ((sqlite3_errcode(r->db) & 0xFF) == SQLITE_CORRUPT)
			r->fault(r->context, "the full-text index differs from the statements");
		else
			result = err_set(e, found.kind, NULL, "%s", found.message);
	}
	return sql_once(r->db, "ROLLBACK", e) || result ? -1 : 0;
}

int store_check(struct store *s, void (*fault)(void *, const char *what), void *context, struct err *e)
{
	struct report r = {.db = sql_open(s->path, SQL_WRITE, CARE_CACHE_MB, e), .fault = fault, .context = context};
	int result = r.db ? sql_once(r.db, "BEGIN", e) : -1;
	for (size_t i = 0; result == 0 && i < sizeof comparisons / sizeof comparisons[0]; i++)
		result = report_rows(&r, comparisons[i], e);
	if (result == 0)
		result = sql_once(r.db, "ROLLBACK", e) || check_text(&r, e) ? -1 : 0;
	sqlite3_close(r.db);
	return result;
}
