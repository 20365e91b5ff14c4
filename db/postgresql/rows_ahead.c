/* A text becomes one of a list of keys, which gives the key as its last column. */
#include "db/postgresql/rows_ahead.h"

#include <stdlib.h>
#include <string.h>

enum { ASKED_MAX = 4 };

/* "SELECT a, b FROM t WHERE k = $1" -> "SELECT a, b, k FROM t WHERE k = ANY($1)" */
static char *make_text(const char *sql)
{
	static const char tail[] = " = $1", where[] = " WHERE ", from[] = " FROM ";
	const char *key = strstr(sql, where), *list_end = strstr(sql, from);
	size_t n = strlen(sql), tail_at = n - (sizeof tail - 1);
	if (!key || !list_end || n < sizeof tail || strcmp(sql + tail_at, tail) != 0)
		return NULL;
	key += sizeof where - 1;
	struct str column = {key, (size_t)(sql + tail_at - key)};
	struct buf b;
	buf_init(&b, 1 << 16);
	buf_add(&b, (struct str){sql, (size_t)(list_end - sql)});
	buf_add(&b, STR(", "));
	buf_add(&b, column);
	buf_add(&b, (struct str){list_end, (size_t)(sql + tail_at - list_end)});
	buf_add(&b, STR(" = ANY($1)"));
	buf_add_char(&b, '\0');
	if (b.failed)
		buf_release(&b);
	return buf_take(&b);
}

static void forget_rows(struct rows_ahead *a)
{
	a->db->pq->PQclear(a->rows);
	a->rows = NULL;
	a->n = 0;
}

void rows_ahead_expect(struct rows_ahead *a, sqlite3 *db, const char *sql, const int64_t *keys,
		       size_t n)
{
	if (!a->db)
		a->sql = make_text(sql);
	a->db = db;
	forget_rows(a);
	array_clear(&a->keys);
	for (size_t i = 0; i < n; i++) {
		struct value key = value_number(keys[i]);
		array_add(&a->keys, &key);
	}
	a->is_expected = a->sql && n && !a->keys.has_failed && db->in_transaction;
	a->transaction = db->transaction;
}

/* False where there is nothing to ask for. */
static bool send(struct rows_ahead *a)
{
	static const pg_oid types[] = {PG_INT8_ARRAY};
	sqlite3 *db = a->db;
	if (!a->is_expected || a->transaction != db->transaction)
		return false;
	a->is_expected = false;
	if (!*a->name || a->generation != db->generation) {
		connection_name(db, 'k', a->name);
		a->generation = db->generation;
		if (connection_prepare(db, a->name, a->sql, types, 1) != SQLITE_OK)
			return false;
	}
	struct value keys = array_value(&a->keys);
	return connection_send(db, a->name, NULL, &keys, 1, AWAIT_ROWS) == SQLITE_OK;
}

static int64_t key_of(const struct rows_ahead *a, int row)
{
	return read_number(a->db->pq->PQgetvalue(a->rows, row, a->key));
}

/* They come in the order of the index, which is worth a look and no sorting. */
static void take(struct rows_ahead *a, PGresult *rows)
{
	const struct libpq *pq = a->db->pq;
	a->rows = rows;
	a->n = rows ? pq->PQntuples(rows) : 0;
	a->key = rows ? pq->PQnfields(rows) - 1 : 0;
	a->is_sorted = true;
	for (int i = 1; i < a->n; i++)
		a->is_sorted &= key_of(a, i - 1) < key_of(a, i);
}

void rows_ahead_ask(struct rows_ahead *const *v, int n)
{
	struct rows_ahead *asked[ASKED_MAX];
	PGresult *rows[ASKED_MAX] = {NULL};
	int n_asked = 0;
	for (int i = 0; i < n && n_asked < ASKED_MAX; i++)
		if (send(v[i]))
			asked[n_asked++] = v[i];
	if (n_asked && connection_wait_all(asked[0]->db, rows, n_asked) == SQLITE_OK)
		for (int i = 0; i < n_asked; i++)
			take(asked[i], rows[i]);
}

static int find_sorted(const struct rows_ahead *a, int64_t key)
{
	int low = 0, high = a->n;
	while (low < high) {
		int middle = low + (high - low) / 2;
		if (key_of(a, middle) < key)
			low = middle + 1;
		else
			high = middle;
	}
	return low < a->n && key_of(a, low) == key ? low : -1;
}

int rows_ahead_find(struct rows_ahead *a, int64_t key)
{
	if (!a->db || !a->db->in_transaction || a->transaction != a->db->transaction)
		return -1;
	if (a->is_expected)
		rows_ahead_ask(&a, 1);
	if (a->is_sorted)
		return find_sorted(a, key);
	for (int i = 0; i < a->n; i++)
		if (key_of(a, i) == key)
			return i;
	return -1;
}

void rows_ahead_release(struct rows_ahead *a)
{
	if (!a->db)
		return;
	connection_forget(a->db, a->name, a->generation);
	forget_rows(a);
	array_release(&a->keys);
	free(a->sql);
}
