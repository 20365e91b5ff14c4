/* One question for texts and bands, one for signatures. */
#include "db/sqlite/ahead.h"

#include <stdlib.h>
#include <string.h>

#include "db/postgresql/ahead_rows.h"
#include "db/postgresql/array.h"

/* A text by its number, with 0, a band by the numbers that follow, with an article. 16:
 * AHEAD_NEAR_EACH */
static const char near_text[] =
	"SELECT q.number, 0::bigint FROM unnest($1::bigint[], $2::bytea[]) AS q(number, sha256)"
	" JOIN article a ON a.sha256 = q.sha256 UNION ALL"
	" SELECT q.number, 0 FROM unnest($1::bigint[], $2::bytea[]) AS q(number, sha256)"
	" JOIN edit d ON d.text = q.sha256 AND d.text IS NOT NULL UNION ALL"
	" SELECT q.number, b.article FROM unnest($3::bigint[], $4::bigint[]) AS q(number, band),"
	" LATERAL (SELECT article FROM article_band WHERE band = q.band"
	" ORDER BY article DESC LIMIT 16) b";
_Static_assert(AHEAD_NEAR_EACH == 16, "as the text has it");

static const char signatures_text[] = "SELECT article, signature FROM article_signature"
				      " WHERE article = ANY($1::bigint[])";

/* Of a text that is prepared under its own name, once a connection. */
static int ask(sqlite3 *db, const char *text, struct array *columns, int n, PGresult **rows,
	       struct err *e)
{
	struct value v[4];
	pg_oid types[4];
	int which = text == signatures_text;
	char name[] = {'a', "ns"[which], '\0'};
	int code = SQLITE_OK;
	for (int i = 0; i < n; i++) {
		if (columns[i].has_failed)
			code = connection_fail(db, SQLITE_ERROR, "out of memory");
		v[i] = array_value(&columns[i]);
		types[i] = v[i].type;
	}
	if (code == SQLITE_OK && db->knows_ahead[which] != db->generation + 1) {
		code = connection_prepare(db, name, text, types, n);
		db->knows_ahead[which] = db->generation + 1;
	}
	if (code == SQLITE_OK)
		code = connection_send(db, name, NULL, v, n, AWAIT_ROWS);
	if (code == SQLITE_OK)
		code = connection_wait(db, rows);
	return code == SQLITE_OK ? 0 : sql_fail(db, "database", e);
}

static int64_t number(const sqlite3 *db, const PGresult *rows, int row, int at)
{
	return read_number(db->pq->PQgetvalue(rows, row, at));
}

static void add(struct array *to, int64_t number)
{
	struct value v = value_number(number);
	array_add(to, &v);
}

static int read_near(sqlite3 *db, struct ahead *a, struct err *e)
{
	struct array columns[4];
	memset(columns, 0, sizeof columns);
	PGresult *rows = NULL;
	int64_t n_texts = (int64_t)a->n_texts;
	for (int64_t i = 0; i < n_texts; i++) {
		struct value digest = value_bytes(a->texts[i].sha256, DIGEST_BYTES, PG_BYTEA);
		add(&columns[0], i);
		array_add(&columns[1], &digest);
	}
	for (int64_t i = 0; i < (int64_t)a->n_bands; i++) {
		add(&columns[2], n_texts + i);
		add(&columns[3], a->bands[i].key);
	}
	for (int i = 2; i < 4 && a->n_bands == 0; i++)
		array_none(&columns[i], PG_INT8);
	int rc = ask(db, near_text, columns, 4, &rows, e);
	for (int i = 0; rc == 0 && i < db->pq->PQntuples(rows); i++) {
		int64_t at = number(db, rows, i, 0);
		if (at < n_texts)
			a->texts[at].is_known = true;
		else
			ahead_take_band(&a->bands[at - n_texts], number(db, rows, i, 1));
	}
	db->pq->PQclear(rows);
	for (int i = 0; i < 4; i++)
		array_release(&columns[i]);
	return rc;
}

static int by_number(const void *va, const void *vb)
{
	int64_t a = *(const int64_t *)va, b = *(const int64_t *)vb;
	return a < b ? -1 : a > b;
}

/* The articles of all bands, each once. NULL when the arena is full. */
static int64_t *list_articles(const struct ahead *a, size_t *n)
{
	int64_t *v = arena_array(a->arena, a->n_bands * AHEAD_NEAR_EACH, sizeof *v);
	size_t all = 0;
	*n = 0;
	for (size_t i = 0; v && i < a->n_bands; i++)
		for (int k = 0; k < a->bands[i].n; k++)
			v[all++] = a->bands[i].articles[k];
	if (all)
		qsort(v, all, sizeof *v, by_number);
	for (size_t i = 0; i < all; i++)
		if (i == 0 || v[i] != v[i - 1])
			v[(*n)++] = v[i];
	return v;
}

static int read_signatures(sqlite3 *db, struct ahead *a, struct err *e)
{
	size_t n;
	struct array articles = {0};
	PGresult *rows = NULL;
	const int64_t *v = list_articles(a, &n);
	if (!v || n == 0)
		return v ? 0 : arena_full(e);
	for (size_t i = 0; i < n; i++)
		add(&articles, v[i]);
	int rc = ask(db, signatures_text, &articles, 1, &rows, e);
	for (int i = 0; rc == 0 && i < db->pq->PQntuples(rows); i++) {
		struct signature s = {0};
		int64_t article = number(db, rows, i, 0);
		struct str bytes = {db->pq->PQgetvalue(rows, i, 1),
				    (size_t)db->pq->PQgetlength(rows, i, 1)};
		if (!signature_read(bytes, &s))
			rc = err_set(e, ERR_DB, NULL, "the signature of article %lld is damaged",
				     (long long)article);
		else if (ahead_keep_signature(a, article, &s))
			rc = arena_full(e);
	}
	db->pq->PQclear(rows);
	array_release(&articles);
	return rc;
}

static bool are_all(struct write *const *v, int n, enum write_op op, enum write_op or)
{
	for (int i = 0; i < n; i++)
		if (v[i]->op != op && v[i]->op != or)
			return false;
	return true;
}

static int read_texts(struct transaction *t, struct write *const *v, int n, struct err *e)
{
	sqlite3 *db = t->connection->db;
	struct ahead *a = ahead_new(&t->arena, v, n);
	if (!a)
		return arena_full(e);
	if (read_near(db, a, e) || read_signatures(db, a, e))
		return -1;
	t->ahead = a;
	return 0;
}

int ahead_read(struct transaction *t, struct write *const *v, int n, struct err *e)
{
	if (!are_all(v, n, WRITE_ARTICLE, WRITE_REREAD))
		return 0;
	if (are_all(v, n, WRITE_ARTICLE, WRITE_ARTICLE) && read_texts(t, v, n, e))
		return -1;
	if (are_all(v, n, WRITE_REREAD, WRITE_REREAD) && ahead_rows_articles(t, v, n, e))
		return -1;
	return ahead_rows_names(t, v, n, e);
}

void ahead_forget(struct transaction *t)
{
	t->ahead = NULL;
	ahead_rows_forget(t);
}
