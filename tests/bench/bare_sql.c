/* The page's SQL in process. The loop of inserts is in bare_rows.c. */
#include "tests/bench/bare_sql.h"

#include <sqlite3.h>

#include "base/clock.h"
#include "db/record.h"
#include "db/sqlite/sql.h"
#include "db/store.h"

enum { PAGE = 50, CACHE_MB = 32, ISSUES_MAX = 4 * PAGE };

static const char page_sql[] =
	"SELECT s.id, s.article, s.speaker, s.target, s.addressee, s.traits, s.role, s.content, "
	"s.detail, s.origin, p.slug, p.name, p.kind, p.country, "
	"t.slug, t.name, t.kind, t.country"
	" FROM facet f CROSS JOIN statement s ON s.id = f.statement"
	" LEFT JOIN actor p ON p.key = s.speaker LEFT JOIN actor t ON t.key = s.target"
	" WHERE f.speaker = ? AND f.issue = ? ORDER BY f.statement DESC LIMIT ?";

static const char issue_sql[] =
	"SELECT slug, label, parent, cap_major, cap_sub, is_open FROM issue WHERE key = ?";

/* A question, and the issues that its page names: their keys are in the details, where no SQL
 * reaches them. */
struct page {
	int64_t speaker, issue, issues[ISSUES_MAX];
	size_t n_issues;
};

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

int bare_pair_keys(sqlite3 *db, const struct pair *p, int64_t *speaker, int64_t *issue,
		   struct err *e)
{
	if (key_of(db, "SELECT key FROM actor WHERE slug = ?", p->speaker, speaker, e) ||
	    key_of(db, "SELECT key FROM issue WHERE slug = ?", p->issue, issue, e))
		return -1;
	*speaker = speaker_key(*speaker, true);
	return 0;
}

static size_t touch_columns(sqlite3_stmt *st)
{
	size_t bytes = 0;
	for (int i = 0; i < sqlite3_column_count(st); i++) {
		const void *p = sqlite3_column_blob(st, i);
		bytes += p ? (size_t)sqlite3_column_bytes(st, i) : 0;
	}
	return bytes;
}

static void ask_page(sqlite3_stmt *st, const struct page *p)
{
	sqlite3_bind_int64(st, 1, p->speaker);
	sqlite3_bind_int64(st, 2, p->issue);
	sqlite3_bind_int(st, 3, PAGE + 1);
}

/* Steps through one page and touches every column; the rows read, or -1. */
static int read_page(sqlite3_stmt *st, const struct page *p, size_t *bytes, struct err *e)
{
	int rows = 0, rc;
	ask_page(st, p);
	while ((rc = sql_row(st, e)) > 0) {
		rows++;
		*bytes += touch_columns(st);
	}
	return rc < 0 ? -1 : rows;
}

static int read_issues(sqlite3_stmt *st, const struct page *p, size_t *bytes, struct err *e)
{
	for (size_t i = 0; i < p->n_issues; i++) {
		sqlite3_bind_int64(st, 1, p->issues[i]);
		if (sql_row(st, e) <= 0)
			return -1;
		*bytes += touch_columns(st);
		sqlite3_reset(st);
	}
	return 0;
}

/* Reads a page for the first time, before the clock starts, and notes its issues; the service is
 * warm as well. */
static int note_issues(sqlite3_stmt *st, struct page *p, struct err *e)
{
	enum { DETAIL = 8 };
	struct arena a;
	int rc = 0;
	arena_init(&a, 1 << 20);
	ask_page(st, p);
	for (int row = 0; rc == 0 && row < PAGE && (rc = sql_row(st, e)) > 0; row++) {
		struct statement s = {0};
		const int64_t *keys;
		int64_t reported_by;
		rc = record_read(sql_column(st, DETAIL), &a, &s, &reported_by, &keys, e);
		for (size_t i = 0; rc == 0 && i < s.n_issues && p->n_issues < ISSUES_MAX; i++)
			p->issues[p->n_issues++] = keys[i];
	}
	sqlite3_reset(st);
	arena_release(&a);
	return rc < 0 ? -1 : 0;
}

static int find_pages(sqlite3 *db, sqlite3_stmt *st, const struct pairs *pairs, struct page *v,
		      struct err *e)
{
	for (int i = 0; i < pairs->n; i++) {
		v[i] = (struct page){0};
		if (bare_pair_keys(db, &pairs->v[i], &v[i].speaker, &v[i].issue, e) ||
		    note_issues(st, &v[i], e))
			return -1;
	}
	return 0;
}

int bare_pages_run(struct bare_pages *out, const char *database, const struct pairs *pairs,
		   double seconds, struct err *e)
{
	static struct page v[PAIRS_MAX];
	sqlite3 *db = sql_open(database, SQL_READ, CACHE_MB, e);
	bool is_mapped = db && sql_once(db, "PRAGMA mmap_size = 2146435072", e) ==
				       0; /* as the service's readers are */
	sqlite3_stmt *st = is_mapped ? sql_prepare(db, page_sql, e) : NULL;
	sqlite3_stmt *issue = st ? sql_prepare(db, issue_sql, e) : NULL;
	size_t bytes = 0;
	double pages = 0, rows = 0, spent = 0, spent_on_issues = 0;
	int rc = -1;
	if (!issue || find_pages(db, st, pairs, v, e))
		goto out;
	while (spent < seconds) {
		int64_t began = now_thread_ns();
		for (int i = 0; i < pairs->n; i++, pages++) {
			int n = read_page(st, &v[i], &bytes, e);
			if (n < 0)
				goto out;
			rows += n > PAGE ? PAGE : n;
		}
		int64_t between = now_thread_ns();
		spent += (double)(between - began) / 1e9;
		if (sql_once(db, "BEGIN", e)) /* not a transaction for each row */
			goto out;
		for (int i = 0; i < pairs->n; i++)
			if (read_issues(issue, &v[i], &bytes, e))
				goto out;
		if (sql_once(db, "ROLLBACK", e))
			goto out;
		spent_on_issues += (double)(now_thread_ns() - between) / 1e9;
	}
	*out = (struct bare_pages){.cpu_us = spent * 1e6 / pages,
				   .issues_cpu_us = spent_on_issues * 1e6 / pages,
				   .rows_a_page = rows / pages};
	rc = bytes > 0 ? 0 : err_set(e, ERR_DB, NULL, "the bare pages are empty");
out:
	sqlite3_finalize(st);
	sqlite3_finalize(issue);
	sqlite3_close(db);
	return rc;
}
