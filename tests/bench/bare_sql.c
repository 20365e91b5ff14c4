/* The page's SQL in process. The loop of inserts is in bare_rows.c. */
#include "tests/bench/bare_sql.h"

#include <sqlite3.h>
#include <time.h>

#include "db/sql.h"
#include "db/store.h"

enum { PAGE = 50, CACHE_MB = 32 };

static const char page_sql[] =
	"SELECT s.id, s.article, s.speaker, s.target, s.addressee, s.traits, s.role, s.content, s.detail,"
	" a.title, a.url, a.outlet, a.published_at, p.slug, p.name, p.kind, p.country, t.slug, t.name, t.kind, t.country"
	" FROM facet f CROSS JOIN statement s ON s.id = f.statement CROSS JOIN article a ON a.id = s.article"
	" LEFT JOIN actor p ON p.key = s.speaker LEFT JOIN actor t ON t.key = s.target"
	" WHERE f.speaker = ? AND f.issue = ? ORDER BY f.statement DESC LIMIT ?";

static double cpu_now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int key_of(sqlite3 *db, const char *sql, const char *id, int64_t *key, struct err *e)
{
	sqlite3_stmt *st = sql_prepare(db, sql, e);
	if (!st)
		return -1;
	sqlite3_bind_text(st, 1, id, -1, SQLITE_STATIC);
	int row = sql_row(st, e);
	if (row > 0)
		*key = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return row > 0 ? 0 : err_set(e, ERR_DB, NULL, "no row for \"%s\"", id);
}

/* Steps through one page and touches every column; the rows read, or -1. */
static int read_page(sqlite3_stmt *st, int64_t speaker, int64_t issue, size_t *bytes, struct err *e)
{
	int rows = 0, rc;
	sqlite3_bind_int64(st, 1, speaker);
	sqlite3_bind_int64(st, 2, issue);
	sqlite3_bind_int(st, 3, PAGE + 1);
	while ((rc = sql_row(st, e)) > 0) {
		rows++;
		for (int i = 0; i < sqlite3_column_count(st); i++) {
			const void *p = sqlite3_column_blob(st, i);
			*bytes += p ? (size_t)sqlite3_column_bytes(st, i) : 0;
		}
	}
	return rc < 0 ? -1 : rows;
}

int bare_pages_run(struct bare_pages *out, const char *database, const struct pairs *pairs, double seconds, struct err *e)
{
	int64_t speaker[PAIRS_MAX], issue[PAIRS_MAX];
	sqlite3 *db = sql_open(database, SQL_READ, CACHE_MB, e);
	bool is_mapped = db && sql_once(db, "PRAGMA mmap_size = 2146435072", e) == 0; /* as the service's readers are */
	sqlite3_stmt *st = is_mapped ? sql_prepare(db, page_sql, e) : NULL;
	size_t bytes = 0;
	double pages = 0, rows = 0, spent = 0;
	int rc = -1;
	if (!st)
		goto out;
	for (int i = 0; i < pairs->n; i++) {
		if (key_of(db, "SELECT key FROM actor WHERE slug = ?", pairs->v[i].speaker, &speaker[i], e) ||
		    key_of(db, "SELECT key FROM issue WHERE slug = ?", pairs->v[i].issue, &issue[i], e))
			goto out;
		speaker[i] = speaker_key(speaker[i], true);
		if (read_page(st, speaker[i], issue[i], &bytes, e) < 0) /* warm, as the service is */
			goto out;
	}
	while (spent < seconds) {
		double began = cpu_now();
		for (int i = 0; i < pairs->n; i++, pages++) {
			int n = read_page(st, speaker[i], issue[i], &bytes, e);
			if (n < 0)
				goto out;
			rows += n > PAGE ? PAGE : n;
		}
		spent += cpu_now() - began;
	}
	*out = (struct bare_pages){.cpu_us = spent * 1e6 / pages, .rows_a_page = rows / pages};
	rc = bytes > 0 ? 0 : err_set(e, ERR_DB, NULL, "the bare pages are empty");
out:
	sqlite3_finalize(st);
	sqlite3_close(db);
	return rc;
}
