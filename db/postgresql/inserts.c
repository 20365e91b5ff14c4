/* Columns of kept rows, each as an array. */
#include "db/postgresql/inserts.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "db/postgresql/array.h"

enum { ROWS_MAX = 4096 };

struct inserts {
	struct insert *of; /* NULL: none */
	const char *one;
	int rows;
	struct array columns[INSERT_COLUMNS_MAX];
};

/* May two rows that come together be the same one, which one command must not change twice? The
 * tallies of a transaction are summed before (db/sqlite/transaction.c). */
static bool has_doubles(const char *text)
{
	return strstr(text, "DO UPDATE") && !strstr(text, "excluded.statements");
}

bool insert_read(struct insert *i, const char *text)
{
	static const char values[] = " VALUES (";
	*i = (struct insert){0};
	const char *at = strstr(text, values);
	if (!at || strncmp(text, "INSERT INTO ", 12) != 0 || has_doubles(text))
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
	return i->head && i->tail;
}

void insert_release(struct insert *i)
{
	free(i->head);
	free(i->tail);
	*i = (struct insert){0};
}

static const char *array_name(pg_oid type)
{
	return type == PG_INT8 ? "bigint[]" : "bytea[]";
}

static int prepare_many(sqlite3 *db, struct insert *i)
{
	pg_oid types[INSERT_COLUMNS_MAX];
	struct buf text;
	buf_init(&text, 4096);
	buf_printf(&text, "%s SELECT * FROM unnest(", i->head);
	for (int k = 0; k < i->n; k++) {
		pg_oid type = db->inserts->columns[k].type;
		types[k] = array_type(type);
		buf_printf(&text, "%s$%d::%s", k ? ", " : "", k + 1, array_name(type));
	}
	buf_printf(&text, ")%s", i->tail);
	buf_add_char(&text, '\0');
	connection_name(db, 'm', i->many);
	i->generation = db->generation;
	int code = text.failed ? connection_fail(db, SQLITE_ERROR, "out of memory")
			       : connection_prepare(db, i->many, text.p, types, i->n);
	buf_release(&text);
	return code;
}

static int send_one(sqlite3 *db, struct inserts *b)
{
	struct value v[INSERT_COLUMNS_MAX];
	for (int k = 0; k < b->of->n; k++)
		v[k] = array_first(&b->columns[k]);
	return connection_send(db, b->one, NULL, v, b->of->n, AWAIT_COUNT);
}

static int send_many(sqlite3 *db, struct inserts *b)
{
	struct value v[INSERT_COLUMNS_MAX];
	bool is_there = *b->of->many && b->of->generation == db->generation;
	if (!is_there && prepare_many(db, b->of) != SQLITE_OK)
		return db->code;
	for (int k = 0; k < b->of->n; k++)
		v[k] = array_value(&b->columns[k]);
	return connection_send(db, b->of->many, NULL, v, b->of->n, AWAIT_COUNT);
}

static void clear(struct inserts *b)
{
	for (int k = 0; k < INSERT_COLUMNS_MAX; k++)
		array_clear(&b->columns[k]);
	b->of = NULL;
	b->rows = 0;
}

int inserts_send(sqlite3 *db)
{
	struct inserts *b = db->inserts;
	if (!b || !b->of)
		return SQLITE_OK;
	int code = SQLITE_OK;
	for (int k = 0; k < b->of->n; k++)
		if (b->columns[k].has_failed)
			code = connection_fail(db, SQLITE_ERROR, "out of memory");
	if (code == SQLITE_OK)
		code = b->rows == 1 ? send_one(db, b) : send_many(db, b);
	clear(b);
	return code;
}

/* A column of nothing but NULL has no type yet. */
static bool has_types(const struct insert *i, const pg_oid *types)
{
	for (int k = 0; k < i->n; k++)
		if (!types[k])
			return false;
	return true;
}

int inserts_add(sqlite3 *db, struct insert *i, const char *one, const pg_oid *types,
		const struct value *v)
{
	if (!db->inserts)
		db->inserts = calloc(1, sizeof *db->inserts);
	struct inserts *b = db->inserts;
	if (!b)
		return connection_fail(db, SQLITE_ERROR, "out of memory");
	bool fits = b->rows && b->of == i && b->rows < ROWS_MAX;
	if (!fits && inserts_send(db) != SQLITE_OK)
		return db->code;
	if (!has_types(i, types))
		return inserts_send(db) != SQLITE_OK
			       ? db->code
			       : connection_send(db, one, NULL, v, i->n, AWAIT_COUNT);
	b->of = i;
	b->one = one;
	b->rows++;
	for (int k = 0; k < i->n; k++) {
		b->columns[k].type = types[k];
		array_add(&b->columns[k], &v[k]);
	}
	return SQLITE_OK;
}

void inserts_forget(sqlite3 *db)
{
	if (db->inserts)
		clear(db->inserts);
}

void inserts_release(sqlite3 *db)
{
	if (!db->inserts)
		return;
	for (int k = 0; k < INSERT_COLUMNS_MAX; k++)
		array_release(&db->inserts->columns[k]);
	free(db->inserts);
	db->inserts = NULL;
}
