/* Articles with all rows that belong to them, read from a database that the service filled, and
 * inserted into another by a bare loop: the same rows in the same tables and indexes, without HTTP,
 * JSON, extraction, look-ups of names, deduplication or counting. */
#include <sqlite3.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/date.h"
#include "db/sqlite/sql.h"
#include "tests/bench/bare_sql.h"

enum { COLUMNS_MAX = 16 };

/* What belongs to an article, in the order of inserting. The parameter of `read` is the article's
 * id; facets hang from statements. */
static const struct {
	const char *read, *insert;
	int columns;
} tables[] = {
	{"SELECT id, sha256, received_ms, statement_count, published_at, outlet, title, url, "
	 "author, language FROM article WHERE id = ?",
	 "INSERT INTO article(id, sha256, received_ms, statement_count, published_at, outlet, "
	 "title, "
	 "url, author, language) VALUES (?,?,?,?,?,?,?,?,?,?)",
	 10},
	{"SELECT article, text FROM article_text WHERE article = ?",
	 "INSERT INTO article_text VALUES (?,?)", 2},
	{"SELECT id, article, speaker, target, addressee, traits, said_from, said_to, role, "
	 "facets, content, detail, nearby, origin FROM statement WHERE article = ?",
	 "INSERT INTO statement(id, article, speaker, target, addressee, traits, said_from, "
	 "said_to, "
	 "role, facets, content, detail, nearby, origin) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
	 14},
	{"SELECT speaker, issue, statement, traits FROM temp.new_facet WHERE article = ?",
	 "INSERT INTO facet VALUES (?,?,?,?)", 4},
	{"SELECT id, content, facets, nearby, role FROM statement WHERE article = ?",
	 "INSERT INTO statement_fts(rowid, content, facets, nearby, role) VALUES (?,?,?,?,?)", 5},
};
enum { TABLES = sizeof tables / sizeof tables[0], STATEMENT_TABLE = 2 };

struct row {
	int table;
	sqlite3_value *v[COLUMNS_MAX];
};

struct bare_rows {
	struct row *v;
	size_t n, cap;
	size_t *first; /* of each article, and the end */
	int articles, statements;
};

static int keep(struct bare_rows *r, sqlite3_stmt *st, int table)
{
	if (r->n == r->cap) {
		r->cap = r->cap ? 2 * r->cap : 4096;
		struct row *grown = realloc(r->v, r->cap * sizeof *grown);
		if (!grown)
			abort();
		r->v = grown;
	}
	struct row *row = &r->v[r->n++];
	*row = (struct row){.table = table};
	for (int i = 0; i < tables[table].columns; i++)
		row->v[i] = sqlite3_value_dup(sqlite3_column_value(st, i));
	r->statements += table == STATEMENT_TABLE;
	return 0;
}

static int read_article(struct bare_rows *r, sqlite3_stmt *const *st, int64_t id, struct err *e)
{
	r->first[r->articles++] = r->n;
	for (int t = 0; t < TABLES; t++) {
		int rc;
		sqlite3_bind_int64(st[t], 1, id);
		while ((rc = sql_row(st[t], e)) > 0)
			keep(r, st[t], t);
		if (rc < 0)
			return -1;
	}
	return 0;
}

/* Facets have no index by statement: those of the new articles are set apart in one
 * pass over all. */
static int set_facets_apart(sqlite3 *db, int64_t since_ms, struct err *e)
{
	static const char *const steps[] = {
		"CREATE TEMP TABLE new_statement(id INTEGER PRIMARY KEY, article INTEGER)",
		"INSERT INTO temp.new_statement SELECT s.id, s.article FROM article a CROSS JOIN "
		"statement s ON s.article = a.id WHERE a.received_ms >= ?",
		"CREATE TEMP TABLE new_facet(article, speaker, issue, statement, traits)",
		"INSERT INTO temp.new_facet SELECT n.article, f.speaker, f.issue, f.statement, "
		"f.traits FROM facet f CROSS JOIN "
		"temp.new_statement n ON n.id = f.statement",
		"CREATE INDEX temp.new_facet_article ON new_facet(article)",
	};
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		sqlite3_stmt *st = sql_prepare(db, steps[i], e);
		if (!st)
			return -1;
		if (sqlite3_bind_parameter_count(st) > 0)
			sqlite3_bind_int64(st, 1, since_ms);
		int rc = sql_do(st, e);
		sqlite3_finalize(st);
		if (rc)
			return -1;
	}
	return 0;
}

struct bare_rows *bare_rows_read(const char *database, int64_t since_ms, int articles_max,
				 struct err *e)
{
	struct bare_rows *r = calloc(1, sizeof *r);
	sqlite3_stmt *st[TABLES] = {0}, *ids = NULL;
	sqlite3 *db = sql_open(database, SQL_WRITE, 64, e);
	int rc = -1, row = 0;
	if (!r)
		abort();
	r->first = calloc((size_t)articles_max + 1, sizeof *r->first);
	if (!r->first)
		abort();
	if (!db || set_facets_apart(db, since_ms, e))
		goto out;
	for (int t = 0; t < TABLES; t++) {
		if (!(st[t] = sql_prepare(db, tables[t].read, e)))
			goto out;
	}
	/* In the order of arrival, which is not the order of ids: these begin with the day of
	 * publication. */
	ids = sql_prepare(db,
			  "SELECT id FROM article WHERE received_ms >= ? ORDER BY received_ms, id "
			  "& 0x7fffffff LIMIT ?",
			  e);
	if (!ids)
		goto out;
	sqlite3_bind_int64(ids, 1, since_ms);
	sqlite3_bind_int(ids, 2, articles_max);
	while ((row = sql_row(ids, e)) > 0) {
		if (read_article(r, st, sqlite3_column_int64(ids, 0), e))
			goto out;
	}
	r->first[r->articles] = r->n;
	rc = row == 0 && r->articles > 0
		     ? 0
		     : err_set(e, ERR_DB, NULL, "no new articles in \"%s\"", database);
out:
	for (int t = 0; t < TABLES; t++)
		sqlite3_finalize(st[t]);
	sqlite3_finalize(ids);
	sqlite3_close(db);
	if (rc == 0)
		return r;
	bare_rows_free(r);
	return NULL;
}

void bare_rows_free(struct bare_rows *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < r->n; i++) {
		for (int k = 0; k < COLUMNS_MAX; k++)
			sqlite3_value_free(r->v[i].v[k]);
	}
	free(r->v);
	free(r->first);
	free(r);
}

int bare_rows_articles(const struct bare_rows *r)
{
	return r->articles;
}

double bare_rows_statements(const struct bare_rows *r)
{
	return (double)r->statements / r->articles;
}

static int insert_all(const struct bare_rows *r, sqlite3 *db, sqlite3_stmt *const *st, int group,
		      struct err *e)
{
	for (int a = 0; a < r->articles; a++) {
		if (a % group == 0 && sql_once(db, "BEGIN IMMEDIATE", e))
			return -1;
		for (size_t i = r->first[a]; i < r->first[a + 1]; i++) {
			const struct row *row = &r->v[i];
			for (int k = 0; k < tables[row->table].columns; k++)
				sqlite3_bind_value(st[row->table], k + 1, row->v[k]);
			if (sql_do(st[row->table], e))
				return -1;
		}
		if (((a + 1) % group == 0 || a + 1 == r->articles) && sql_once(db, "COMMIT", e))
			return -1;
	}
	return 0;
}

int bare_rows_insert(const struct bare_rows *r, const char *database, int group, int cache_mb,
		     double *rate, struct err *e)
{
	sqlite3_stmt *st[TABLES] = {0};
	sqlite3 *db = sql_open(database, SQL_WRITE, cache_mb, e);
	int rc = -1;
	if (!db || sql_once(db, "PRAGMA wal_autocheckpoint = 16000", e))
		goto out;
	for (int t = 0; t < TABLES; t++) {
		if (!(st[t] = sql_prepare(db, tables[t].insert, e)))
			goto out;
	}
	int64_t began = now_monotonic_ns();
	if (insert_all(r, db, st, group, e))
		goto out;
	*rate = r->articles / ((double)(now_monotonic_ns() - began) / 1e9);
	rc = 0;
out:
	for (int t = 0; t < TABLES; t++)
		sqlite3_finalize(st[t]);
	sqlite3_close(db);
	return rc;
}
