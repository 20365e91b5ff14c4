/* A text becomes one of a list of keys, which gives the key as its last column. */
#include "db/postgresql/rows_ahead.h"

#include <stdlib.h>
#include <string.h>

enum { ASKED_MAX = 8 };

struct wanted_key {
	struct value is;
	bool is_missed; /* that it has no row was told */
};

/* "SELECT a, b FROM t WHERE k = $1 ORDER BY a" -> "SELECT a, b, k FROM t WHERE k = ANY($1) ORDER BY
 * a" */
static char *make_text(const char *sql)
{
	static const char value[] = " = $1", where[] = " WHERE ", from[] = " FROM ";
	const char *key = strstr(sql, where), *list_end = strstr(sql, from);
	const char *key_end = key ? strstr(key, value) : NULL;
	if (!key_end || !list_end || strstr(sql, " LIMIT "))
		return NULL;
	key += sizeof where - 1;
	struct buf b;
	buf_init(&b, 1 << 16);
	buf_add(&b, (struct str){sql, (size_t)(list_end - sql)});
	buf_add(&b, STR(", "));
	buf_add(&b, (struct str){key, (size_t)(key_end - key)});
	buf_add(&b, (struct str){list_end, (size_t)(key_end - list_end)});
	buf_add(&b, STR(" = ANY($1)"));
	buf_add(&b, str_of(key_end + sizeof value - 1));
	buf_add_char(&b, '\0');
	if (b.failed)
		buf_release(&b);
	return buf_take(&b);
}

static struct str bytes_of(const struct value *v)
{
	return (struct str){v->p ? v->p : v->number, v->n};
}

static int compare(struct str a, struct str b)
{
	int order = memcmp(a.p, b.p, a.n < b.n ? a.n : b.n);
	return order ? order : (a.n > b.n) - (a.n < b.n);
}

static int by_bytes(const void *va, const void *vb)
{
	const struct wanted_key *a = va, *b = vb;
	return compare(bytes_of(&a->is), bytes_of(&b->is));
}

void rows_ahead_forget(struct rows_ahead *a)
{
	if (a->rows)
		a->db->pq->PQclear(a->rows);
	a->rows = NULL;
	a->n = 0;
	a->is_expected = a->is_asked = false;
}

static bool have_room(struct rows_ahead *a, size_t n)
{
	if (n <= a->cap_wanted)
		return true;
	free(a->wanted);
	a->wanted = malloc(n * sizeof *a->wanted);
	a->cap_wanted = a->wanted ? n : 0;
	return a->wanted;
}

void rows_ahead_expect(struct rows_ahead *a, sqlite3 *db, const char *sql, const struct value *keys,
		       size_t n)
{
	if (!a->db)
		a->sql = make_text(sql);
	a->db = db;
	rows_ahead_forget(a);
	a->transaction = db->transaction;
	a->n_wanted = 0;
	a->is_expected = a->sql && n && db->in_transaction && have_room(a, n);
	if (!a->is_expected)
		return;
	for (size_t i = 0; i < n; i++)
		a->wanted[i] = (struct wanted_key){.is = keys[i]};
	qsort(a->wanted, n, sizeof *a->wanted, by_bytes);
	for (size_t i = 0; i < n; i++)
		if (i == 0 || by_bytes(&a->wanted[i - 1], &a->wanted[i]) != 0)
			a->wanted[a->n_wanted++] = a->wanted[i];
	a->type = keys[0].type;
}

static int prepare(struct rows_ahead *a)
{
	sqlite3 *db = a->db;
	pg_oid type = array_type(a->type);
	if (*a->name && a->generation == db->generation)
		return SQLITE_OK;
	connection_name(db, 'k', a->name);
	a->generation = db->generation;
	return connection_prepare(db, a->name, a->sql, &type, 1);
}

/* False where there is nothing to ask for. */
static bool send(struct rows_ahead *a)
{
	struct array keys = {0};
	if (!a->is_expected || a->transaction != a->db->transaction)
		return false;
	a->is_expected = false;
	for (size_t i = 0; i < a->n_wanted; i++)
		array_add(&keys, &a->wanted[i].is);
	bool is_sent = !keys.has_failed && prepare(a) == SQLITE_OK;
	if (is_sent) {
		struct value list = array_value(&keys);
		is_sent = connection_send(a->db, a->name, NULL, &list, 1, AWAIT_ROWS) == SQLITE_OK;
	}
	array_release(&keys);
	return is_sent;
}

static struct str key_of(const struct rows_ahead *a, int row)
{
	return (struct str){a->db->pq->PQgetvalue(a->rows, row, a->key),
			    (size_t)a->db->pq->PQgetlength(a->rows, row, a->key)};
}

/* They come in the order of the index, which is worth a look and no sorting. */
static void take(struct rows_ahead *a, PGresult *rows)
{
	const struct libpq *pq = a->db->pq;
	a->rows = rows;
	a->is_asked = rows;
	a->n = rows ? pq->PQntuples(rows) : 0;
	a->key = rows ? pq->PQnfields(rows) - 1 : 0;
	a->is_sorted = true;
	for (int i = 1; i < a->n; i++)
		a->is_sorted &= compare(key_of(a, i - 1), key_of(a, i)) <= 0;
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

/* The first row whose key is not less, or, where they are not sorted, is the key. */
static int find_first(const struct rows_ahead *a, struct str key)
{
	int low = 0, high = a->n;
	while (!a->is_sorted && low < high && compare(key_of(a, low), key) != 0)
		low++;
	while (a->is_sorted && low < high) {
		int middle = low + (high - low) / 2;
		if (compare(key_of(a, middle), key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Are no others of the key behind these? */
static bool are_all(const struct rows_ahead *a, struct str key, int end)
{
	for (int i = end; !a->is_sorted && i < a->n; i++)
		if (compare(key_of(a, i), key) == 0)
			return false;
	return true;
}

static int tell_none(struct rows_ahead *a, const struct value *key)
{
	const struct wanted_key of = {.is = *key};
	struct wanted_key *w = bsearch(&of, a->wanted, a->n_wanted, sizeof *a->wanted, by_bytes);
	if (!w || w->is_missed)
		return -1;
	w->is_missed = true;
	return 0;
}

int rows_ahead_find(struct rows_ahead *a, const struct value *key, int *first)
{
	if (!a->db || !a->db->in_transaction || a->transaction != a->db->transaction)
		return -1;
	if (a->is_expected)
		rows_ahead_ask(&a, 1);
	if (!a->is_asked || key->type != a->type)
		return -1;
	struct str bytes = bytes_of(key);
	int from = find_first(a, bytes), end = from;
	while (end < a->n && compare(key_of(a, end), bytes) == 0)
		end++;
	*first = from;
	if (end == from)
		return tell_none(a, key);
	return are_all(a, bytes, end) ? end - from : -1;
}

void rows_ahead_release(struct rows_ahead *a)
{
	if (!a->db)
		return;
	connection_forget(a->db, a->name, a->generation);
	rows_ahead_forget(a);
	free(a->wanted);
	free(a->sql);
}
