/* The bridge's words for statements: made from SQLite's text, bound, stepped, read. */
#include <stdlib.h>
#include <string.h>

#include "db/postgresql/dialect.h"
#include "db/postgresql/statement.h"

/* So often, in rows, whoever reads is asked whether it goes on. */
enum { ASK_ROWS = 64 };

/* The first that the text begins with. */
static const struct {
	const char *start;
	enum command_kind kind;
} kinds[] = {
	{"BEGIN", STATEMENT_BEGIN},
	{"COMMIT", STATEMENT_COMMIT},
	{"ROLLBACK TO", STATEMENT_ROLLBACK_TO},
	{"ROLLBACK", STATEMENT_ROLLBACK},
	{"PRAGMA journal_mode", STATEMENT_ROWS},
	{"PRAGMA data_version", STATEMENT_ROWS},
	{"PRAGMA", STATEMENT_NOTHING},
	{"INSERT INTO statement_fts(rowid", STATEMENT_ADD_WORDS},
	{"INSERT INTO statement_fts(statement_fts", STATEMENT_DROP_WORDS},
	{"SELECT", STATEMENT_ROWS},
	{"", STATEMENT_CHANGE},
};

/* Questions without a limit whose rows may be many. */
static const char *const wide_texts[] = {
	"FROM article a NOT INDEXED WHERE a.id > ?1",	  "FROM edit d",
	"FROM statement_block b WHERE b.first >=",	  "SELECT folded, actor FROM actor_alias",
	"WHERE copy_of = ?1 AND copy_of > 0 AND id > ?2",
};

static const char *const keyed_starts[KEYED_TABLES] = {
	"INSERT INTO actor(", "INSERT INTO issue(", "INSERT INTO outlet(", "INSERT INTO read_key("};
static const char *const keyed_names[KEYED_TABLES] = {"key", "key", "key", "id"};

static bool starts(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

/* "INSERT INTO outlet(name) VALUES ($1)" -> "INSERT INTO outlet(key, name) VALUES ($2, $1)" */
static void add_key(sqlite3_stmt *st, struct buf *b, const char *sql)
{
	size_t open = strlen(keyed_starts[st->keyed]);
	const char *values = strstr(sql, " VALUES (");
	const char *after = values ? values + strlen(" VALUES (") : sql + strlen(sql);
	buf_add(b, (struct str){sql, open});
	buf_printf(b, "%s, ", keyed_names[st->keyed]);
	buf_add(b, (struct str){sql + open, (size_t)(after - sql) - open});
	buf_printf(b, "$%d, %s", ++st->n, after);
}

static void finish(sqlite3_stmt *st, struct buf *b)
{
	static const char *const told[] = {"UPDATE statement SET", "DELETE FROM statement WHERE"};
	st->awaited = AWAIT_COUNT;
	for (int i = 0; i < 2; i++)
		if (starts(st->text, told[i])) {
			buf_add(b, STR(" RETURNING id"));
			st->awaited = AWAIT_IDS;
		}
	buf_add_char(b, '\0');
}

static int translate(sqlite3_stmt *st)
{
	struct buf plain, b;
	buf_init(&plain, 1 << 20);
	buf_init(&b, 1 << 20);
	if (starts(st->text, "PRAGMA data_version"))
		buf_add(&plain, st->db->is_writer ? STR("SELECT 0")
						  : STR("SELECT commits FROM state WHERE id = 1"));
	else
		st->n = dialect_translate(st->text, &plain);
	buf_add_char(&plain, '\0');
	st->keyed = -1;
	const char *sql = plain.failed || !plain.p ? "" : plain.p;
	for (int i = 0; i < KEYED_TABLES; i++)
		if (starts(sql, keyed_starts[i]))
			st->keyed = i;
	if (st->keyed >= 0)
		add_key(st, &b, sql);
	else
		buf_add(&b, str_of(sql));
	finish(st, &b);
	bool failed = plain.failed || b.failed || st->n > VALUES_MAX;
	buf_release(&plain);
	if (failed)
		buf_release(&b);
	st->sql = buf_take(&b);
	return st->sql ? SQLITE_OK : connection_fail(st->db, SQLITE_ERROR, "out of memory");
}

static void classify(sqlite3_stmt *st)
{
	const char *text = st->text ? st->text : "";
	size_t i = 0;
	while (!starts(text, kinds[i].start))
		i++;
	st->kind = kinds[i].kind;
	if (st->kind == STATEMENT_ROWS && strstr(text, "statement_fts MATCH ?"))
		st->kind = STATEMENT_MATCH;
	for (i = 0; i < sizeof wide_texts / sizeof wide_texts[0]; i++)
		st->is_wide |= strstr(text, wide_texts[i]) && !strstr(text, " LIMIT ");
}

int sqlite3_prepare_v3(sqlite3 *db, const char *text, int n, unsigned flags, sqlite3_stmt **out,
		       const char **rest)
{
	(void)n;
	(void)flags;
	(void)rest;
	sqlite3_stmt *st = calloc(1, sizeof *st);
	*out = NULL;
	if (!st)
		return connection_fail(db, SQLITE_ERROR, "out of memory");
	st->db = db;
	st->text = strdup(text);
	int code = st->text ? translate(st) : connection_fail(db, SQLITE_ERROR, "out of memory");
	if (code == SQLITE_OK) {
		size_t room = (size_t)st->n + 1;
		classify(st);
		st->is_insert = st->awaited == AWAIT_COUNT && insert_read(&st->insert, st->sql);
		st->v = calloc(room, sizeof *st->v);
		st->types = calloc(room, sizeof *st->types);
		if (!st->v || !st->types)
			code = connection_fail(db, SQLITE_ERROR, "out of memory");
	}
	if (code == SQLITE_OK)
		*out = st;
	else
		sqlite3_finalize(st);
	return code;
}

int sqlite3_finalize(sqlite3_stmt *st)
{
	if (!st)
		return SQLITE_OK;
	statement_shut(st);
	/* What is kept of it; what fails shows at the next. */
	if (st->is_insert && inserts_send(st->db) != SQLITE_OK)
		inserts_forget(st->db);
	connection_forget(st->db, st->insert.name, st->insert.generation);
	connection_forget(st->db, st->name, st->generation);
	rows_ahead_release(&st->ahead);
	insert_release(&st->insert);
	free(st->text);
	free(st->sql);
	free(st->v);
	free(st->types);
	free(st);
	return SQLITE_OK;
}

int sqlite3_reset(sqlite3_stmt *st)
{
	statement_shut(st);
	return SQLITE_OK;
}

int sqlite3_clear_bindings(sqlite3_stmt *st)
{
	memset(st->v, 0, (size_t)st->n * sizeof *st->v);
	return SQLITE_OK;
}

const char *sqlite3_sql(sqlite3_stmt *st)
{
	return st->text;
}

sqlite3 *sqlite3_db_handle(sqlite3_stmt *st)
{
	return st->db;
}

int sqlite3_bind_parameter_count(sqlite3_stmt *st)
{
	return st->keyed >= 0 ? st->n - 1 : st->n;
}

int sqlite3_step(sqlite3_stmt *st)
{
	sqlite3 *db = st->db;
	bool gives_rows = st->kind == STATEMENT_ROWS || st->kind == STATEMENT_MATCH;
	int code = SQLITE_OK;
	if (!st->is_open)
		code = statement_open(st);
	if (code != SQLITE_OK || !gives_rows)
		return code != SQLITE_OK ? code : SQLITE_DONE;
	st->is_open = true;
	while (++st->row >= st->n_rows) {
		if (st->is_last)
			return SQLITE_DONE;
		code = statement_read_on(st);
		if (code != SQLITE_OK)
			return code;
	}
	if (st->row % ASK_ROWS == ASK_ROWS - 1 && db->is_over && db->is_over(db->is_over_context))
		return connection_fail(db, SQLITE_INTERRUPT, "interrupted");
	return SQLITE_ROW;
}

/* --- values --- */

static int bind(sqlite3_stmt *st, int at, struct value v)
{
	if (at >= 1 && at <= st->n)
		st->v[at - 1] = v;
	return SQLITE_OK;
}

int sqlite3_bind_int64(sqlite3_stmt *st, int at, sqlite3_int64 v)
{
	return bind(st, at, value_number(v));
}

int sqlite3_bind_null(sqlite3_stmt *st, int at)
{
	return bind(st, at, (struct value){0});
}

int sqlite3_bind_blob(sqlite3_stmt *st, int at, const void *p, int n, void (*free)(void *))
{
	(void)free;
	return bind(st, at, value_bytes(p, (size_t)n, PG_BYTEA));
}

int sqlite3_bind_blob64(sqlite3_stmt *st, int at, const void *p, uint64_t n, void (*free)(void *))
{
	(void)free;
	return bind(st, at, value_bytes(p, n, PG_BYTEA));
}

int sqlite3_bind_text64(sqlite3_stmt *st, int at, const char *p, uint64_t n, void (*free)(void *),
			unsigned char encoding)
{
	(void)free;
	(void)encoding;
	return bind(st, at, value_bytes(p, n, PG_BYTEA));
}

/* --- rows --- */

int sqlite3_column_type(sqlite3_stmt *st, int at)
{
	const struct libpq *pq = st->db->pq;
	if (pq->PQgetisnull(st->rows, st->row, at))
		return SQLITE_NULL;
	switch (pq->PQftype(st->rows, at)) {
	case PG_BOOL:
	case PG_INT2:
	case PG_INT4:
	case PG_INT8:
		return SQLITE_INTEGER;
	default:
		return SQLITE_BLOB;
	}
}

sqlite3_int64 sqlite3_column_int64(sqlite3_stmt *st, int at)
{
	const struct libpq *pq = st->db->pq;
	if (sqlite3_column_type(st, at) != SQLITE_INTEGER)
		return 0;
	const char *p = pq->PQgetvalue(st->rows, st->row, at);
	int n = pq->PQgetlength(st->rows, st->row, at);
	int64_t v = p[0] & 0x80 ? -1 : 0;
	for (int i = 0; i < n; i++)
		v = (int64_t)((uint64_t)v << 8 | (unsigned char)p[i]);
	return v;
}

int sqlite3_column_int(sqlite3_stmt *st, int at)
{
	return (int)sqlite3_column_int64(st, at);
}

const void *sqlite3_column_blob(sqlite3_stmt *st, int at)
{
	return sqlite3_column_bytes(st, at) ? st->db->pq->PQgetvalue(st->rows, st->row, at) : NULL;
}

int sqlite3_column_bytes(sqlite3_stmt *st, int at)
{
	return st->db->pq->PQgetlength(st->rows, st->row, at);
}
