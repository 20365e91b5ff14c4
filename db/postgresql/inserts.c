/* Columns of kept rows, each as an array; a queue for each text. */
#include "db/postgresql/inserts.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "db/postgresql/array.h"

enum { ROWS_MAX = 4096, BYTES_MAX = 4 * 1024 * 1024, QUEUES = 16 };

struct queue {
	struct insert *of; /* NULL: none */
	int rows;
	struct array columns[INSERT_COLUMNS_MAX];
};

struct inserts {
	struct queue v[QUEUES]; /* the first that is none ends them */
};

/* May two rows that come together be the same one, which one command must not change twice? The
 * tallies of a transaction are summed before (db/sqlite/transaction.c). */
static bool has_doubles(const char *text)
{
	return strstr(text, "DO UPDATE") && !strstr(text, "excluded.statements");
}

/* The texts whose keys come once a transaction (transaction_flush). */
static const char *const counting[] = {"UPDATE actor SET statement_count = statement_count + ",
				       "UPDATE issue SET statement_count = statement_count + "};

static bool is_counting(const char *text)
{
	for (size_t k = 0; k < sizeof counting / sizeof counting[0]; k++)
		if (strncmp(text, counting[k], strlen(counting[k])) == 0)
			return true;
	return false;
}

/* "a = a + $2" -> "a = a + c1"; the number of the last value. */
static int name_values(const char *text, size_t n, struct buf *out)
{
	const char *end = text + n;
	int last = 0;
	while (text < end) {
		if (*text != '$') {
			buf_add_char(out, *text++);
			continue;
		}
		char *after;
		int number = (int)strtol(text + 1, &after, 10);
		last = number > last ? number : last;
		buf_printf(out, "c%d", number - 1);
		text = after;
	}
	return last;
}

static bool update_read(struct insert *i, const char *text)
{
	const char *where = strstr(text, " WHERE "), *table = text + strlen("UPDATE ");
	struct buf head, tail;
	if (!where)
		return false;
	buf_init(&head, 4096);
	buf_init(&tail, 4096);
	i->is_update = true;
	i->n = name_values(text, (size_t)(where - text), &head);
	name_values(where, strlen(where), &tail);
	buf_add_char(&head, '\0');
	buf_add_char(&tail, '\0');
	bool is_read = !head.failed && !tail.failed && i->n <= INSERT_COLUMNS_MAX;
	i->head = buf_take(&head);
	i->tail = buf_take(&tail);
	i->table = strndup(table, strcspn(table, " "));
	return is_read && i->table;
}

bool insert_read(struct insert *i, const char *text)
{
	static const char start[] = "INSERT INTO ", values[] = " VALUES (";
	*i = (struct insert){0};
	if (is_counting(text))
		return update_read(i, text);
	const char *at = strstr(text, values);
	if (!at || strncmp(text, start, sizeof start - 1) != 0 || has_doubles(text))
		return false;
	const char *p = at + sizeof values - 1;
	char *end = NULL;
	for (;; p = end + 2) {
		if (*p != '$' || strtol(p + 1, &end, 10) != i->n + 1)
			return false;
		i->n++;
		if (*end == ')')
			break;
		if (end[0] != ',' || end[1] != ' ')
			return false;
	}
	if (i->n > INSERT_COLUMNS_MAX)
		return false;
	i->head = strndup(text, (size_t)(at - text));
	i->tail = strdup(end + 1);
	const char *table = text + sizeof start - 1;
	table += strspn(table, " ");
	i->table = strndup(table, strcspn(table, "("));
	return i->head && i->tail && i->table;
}

void insert_release(struct insert *i)
{
	free(i->head);
	free(i->tail);
	free(i->table);
	*i = (struct insert){0};
}

static const char *array_name(pg_oid type)
{
	return type == PG_INT8 ? "bigint[]" : "bytea[]";
}

/* "INSERT INTO t(a, b) SELECT c0, NULL FROM unnest($1::bigint[]) AS r(c0)"
 * "UPDATE t SET a = a + c1 FROM unnest($1::bigint[], $2::bigint[]) AS r(c0, c1) WHERE key = c0" */
static int prepare(sqlite3 *db, struct queue *q)
{
	struct insert *i = q->of;
	pg_oid types[INSERT_COLUMNS_MAX];
	struct buf text, arrays, names;
	int n = 0;
	buf_init(&text, 4096);
	buf_init(&arrays, 4096);
	buf_init(&names, 4096);
	buf_printf(&text, i->is_update ? "%s" : "%s SELECT ", i->head);
	for (int k = 0; k < i->n; k++) {
		pg_oid type = i->types[k] = q->columns[k].type;
		if (!i->is_update)
			buf_printf(&text, type ? "%sc%d" : "%sNULL", k ? ", " : "", k);
		if (!type)
			continue;
		types[n] = array_type(type);
		buf_printf(&arrays, "%s$%d::%s", n ? ", " : "", n + 1, array_name(type));
		buf_printf(&names, "%sc%d", n ? ", " : "", k);
		n++;
	}
	buf_printf(&text, " FROM unnest(%.*s) AS r(%.*s)%s", STR_ARG(buf_str(&arrays)),
		   STR_ARG(buf_str(&names)), i->tail);
	buf_add_char(&text, '\0');
	connection_forget(db, i->name, i->generation);
	connection_name(db, 'm', i->name);
	i->generation = db->generation;
	int code = text.failed ? connection_fail(db, SQLITE_ERROR, "out of memory")
			       : connection_prepare(db, i->name, text.p, types, n);
	buf_release(&text);
	buf_release(&arrays);
	buf_release(&names);
	return code;
}

static bool is_prepared(const sqlite3 *db, const struct queue *q)
{
	const struct insert *i = q->of;
	if (!*i->name || i->generation != db->generation)
		return false;
	for (int k = 0; k < i->n; k++)
		if (i->types[k] != q->columns[k].type)
			return false;
	return true;
}

static void clear(struct queue *q)
{
	for (int k = 0; k < INSERT_COLUMNS_MAX; k++)
		array_clear(&q->columns[k]);
	q->rows = 0;
}

static int send_rows(sqlite3 *db, struct queue *q)
{
	struct value v[INSERT_COLUMNS_MAX];
	int n = 0;
	if (q->rows == 0)
		return SQLITE_OK;
	for (int k = 0; k < q->of->n; k++)
		if (q->columns[k].has_failed)
			return connection_fail(db, SQLITE_ERROR, "out of memory");
	if (!is_prepared(db, q) && prepare(db, q) != SQLITE_OK)
		return db->code;
	for (int k = 0; k < q->of->n; k++)
		if (q->columns[k].type)
			v[n++] = array_value(&q->columns[k]);
	int code = connection_send(db, q->of->name, NULL, v, n, AWAIT_COUNT);
	clear(q);
	return code;
}

int inserts_send(sqlite3 *db)
{
	int code = SQLITE_OK;
	for (int i = 0; db->inserts && i < QUEUES && code == SQLITE_OK; i++)
		code = send_rows(db, &db->inserts->v[i]);
	if (db->inserts)
		inserts_forget(db);
	return code;
}

static bool is_part_of_name(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* As a name of its own: "statement_count" is none of the table "statement". */
static bool names(const char *text, const char *table)
{
	size_t n = strlen(table);
	for (const char *at = text; (at = strstr(at, table)); at += n)
		if (!is_part_of_name(at[n]) && (at == text || !is_part_of_name(at[-1])))
			return true;
	return false;
}

int inserts_send_for(sqlite3 *db, const char *text)
{
	for (int i = 0; db->inserts && i < QUEUES && db->inserts->v[i].of; i++)
		if (names(text, db->inserts->v[i].of->table))
			return inserts_send(db);
	return SQLITE_OK;
}

/* The text's own, or a free one; NULL where all are another's. */
static struct queue *queue_of(struct inserts *b, struct insert *i)
{
	for (int k = 0; k < QUEUES; k++)
		if (!b->v[k].of || b->v[k].of == i)
			return &b->v[k];
	return NULL;
}

int inserts_add(sqlite3 *db, struct insert *i, const struct value *v)
{
	if (!db->inserts)
		db->inserts = calloc(1, sizeof *db->inserts);
	if (!db->inserts)
		return connection_fail(db, SQLITE_ERROR, "out of memory");
	struct queue *q = queue_of(db->inserts, i);
	if (!q && inserts_send(db) != SQLITE_OK)
		return db->code;
	q = q ? q : &db->inserts->v[0];
	size_t bytes = 0;
	q->of = i;
	q->rows++;
	for (int k = 0; k < i->n; k++) {
		array_add(&q->columns[k], &v[k]);
		bytes += q->columns[k].bytes.n;
	}
	if (q->rows < ROWS_MAX && bytes < BYTES_MAX)
		return SQLITE_OK;
	/* Rows that are counted up are there before. */
	return i->is_update ? inserts_send(db) : send_rows(db, q);
}

void inserts_forget(sqlite3 *db)
{
	for (int i = 0; db->inserts && i < QUEUES && db->inserts->v[i].of; i++) {
		clear(&db->inserts->v[i]);
		db->inserts->v[i].of = NULL;
	}
}

void inserts_release(sqlite3 *db)
{
	if (!db->inserts)
		return;
	for (int i = 0; i < QUEUES; i++)
		for (int k = 0; k < INSERT_COLUMNS_MAX; k++)
			array_release(&db->inserts->v[i].columns[k]);
	free(db->inserts);
	db->inserts = NULL;
}
