/* Running statements: what is sent for each kind, and when it is waited for. */
#include "db/postgresql/statement.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "db/postgresql/array.h"
#include "db/postgresql/postings.h"

enum { FIRST_PORTION = 64, PORTION_MAX = 2048, BLOCKS_PORTION = 8 };

static int no_memory(sqlite3 *db)
{
	return connection_fail(db, SQLITE_ERROR, "out of memory");
}

/* --- preparing --- */

/* The types of the values at hand; true when they are others than it was prepared with. */
static bool take_types(sqlite3_stmt *st)
{
	bool differs = false;
	for (int i = 0; i < st->n; i++) {
		if (!st->v[i].type || st->v[i].type == st->types[i])
			continue;
		st->types[i] = st->v[i].type;
		differs = true;
	}
	return differs;
}

static int have_prepared(sqlite3_stmt *st)
{
	bool differs = take_types(st);
	if (!differs && *st->name && st->generation == st->db->generation)
		return SQLITE_OK;
	connection_forget(st->db, st->name, st->generation);
	st->generation = st->db->generation;
	connection_name(st->db, 's', st->name);
	return connection_prepare(st->db, st->name, st->sql, st->types, st->n);
}

static int send(sqlite3_stmt *st, enum awaited awaited)
{
	return have_prepared(st) == SQLITE_OK
		       ? connection_send(st->db, st->name, NULL, st->v, st->n, awaited)
		       : st->db->code;
}

/* --- changes --- */

static const char *const keyed_tables[KEYED_TABLES][2] = {
	{"actor", "key"}, {"issue", "key"}, {"outlet", "key"}, {"read_key", "id"}};

/* The key that SQLite would give: one more than the greatest. There is one writer. */
static int give_key(sqlite3_stmt *st)
{
	sqlite3 *db = st->db;
	int64_t *next = &db->next_key[st->keyed];
	if (*next == 0) {
		char text[96];
		PGresult *rows = NULL;
		snprintf(text, sizeof text, "SELECT coalesce(max(%s), 0) + 1 FROM %s",
			 keyed_tables[st->keyed][1], keyed_tables[st->keyed][0]);
		if (inserts_send_for(db, text) != SQLITE_OK ||
		    connection_send(db, NULL, text, NULL, 0, AWAIT_ROWS) != SQLITE_OK ||
		    connection_wait(db, &rows) != SQLITE_OK)
			return db->code;
		*next = read_number(db->pq->PQgetvalue(rows, 0, 0));
		db->pq->PQclear(rows);
	}
	db->last_key = (*next)++;
	st->v[st->n - 1] = value_number(db->last_key);
	return SQLITE_OK;
}

/* A key that went may come again. */
static void forget_key(sqlite3_stmt *st)
{
	if (strncmp(st->sql, "DELETE FROM ", 12) == 0)
		memset(st->db->next_key, 0, sizeof st->db->next_key);
}

static int change(sqlite3_stmt *st)
{
	sqlite3 *db = st->db;
	if (st->keyed >= 0 && give_key(st) != SQLITE_OK)
		return db->code;
	forget_key(st);
	if (st->is_insert && db->in_transaction)
		return inserts_add(db, &st->insert, st->v);
	if (inserts_send_for(db, st->sql) != SQLITE_OK || send(st, st->awaited) != SQLITE_OK)
		return db->code;
	return db->in_transaction ? SQLITE_OK : connection_wait(db, NULL);
}

/* The last four values are the columns, the one before the id. */
static int change_words(sqlite3_stmt *st)
{
	struct str columns[POSTING_COLUMNS];
	const struct value *v = st->v;
	for (int i = 0; i < POSTING_COLUMNS; i++)
		columns[i] = (struct str){v[i + 1].p, v[i + 1].n};
	int64_t id = read_number(v[0].number);
	return st->kind == STATEMENT_ADD_WORDS ? postings_add(st->db, id, columns)
					       : postings_drop(st->db, id, columns);
}

/* --- transactions --- */

/* A process that was killed or held up in the middle of a question cancels nothing. One that lives
 * does so first: it knows of what is cut short. No command of a write waits for ever, as for a
 * table that somebody locked. */
static int limit(sqlite3 *db)
{
	enum { LATER_MS = 1000, WRITE_MS = 60000 };
	char text[64];
	int64_t left_ms = (db->deadline_ns - now_monotonic_ns()) / 1000000;
	if (!db->is_limited && (!db->deadline_ns || left_ms > INT32_MAX - LATER_MS))
		return SQLITE_OK;
	snprintf(text, sizeof text, "SET LOCAL statement_timeout = %d",
		 db->is_limited ? WRITE_MS : LATER_MS + (left_ms > 0 ? (int)left_ms : 0));
	return connection_send(db, NULL, text, NULL, 0, AWAIT_NOTHING);
}

static int begin(sqlite3 *db)
{
	db->has_failed = false;
	if (connection_send(db, NULL,
			    db->is_writer ? "BEGIN"
					  : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
			    NULL, 0, AWAIT_NOTHING) != SQLITE_OK)
		return db->code;
	db->in_transaction = db->has_begun = true;
	db->transaction++;
	return limit(db) == SQLITE_OK ? connection_set_up(db) : db->code;
}

static int commit(sqlite3 *db)
{
	if (inserts_send(db) != SQLITE_OK || postings_send(db) != SQLITE_OK ||
	    connection_send(db, NULL, "COMMIT", NULL, 0, AWAIT_NOTHING) != SQLITE_OK ||
	    connection_wait(db, NULL) != SQLITE_OK)
		return db->code;
	db->in_transaction = false;
	return SQLITE_OK;
}

static int roll_back(sqlite3 *db)
{
	inserts_forget(db);
	postings_forget(db);
	memset(db->next_key, 0, sizeof db->next_key);
	bool has_failed = db->has_failed;
	if (connection_send(db, NULL, "ROLLBACK", NULL, 0, AWAIT_NOTHING) == SQLITE_OK) {
		/* A reader's end, at which nothing can fail, is not waited for. */
		if (db->is_writer || has_failed)
			connection_wait(db, NULL);
		else
			connection_end(db);
	}
	db->in_transaction = false;
	db->has_failed = connection_is_lost(db);
	return db->has_failed ? db->code : SQLITE_OK;
}

/* What failed since the savepoint is forgotten. */
static int roll_back_to(sqlite3_stmt *st)
{
	sqlite3 *db = st->db;
	db->has_failed = connection_is_lost(db);
	if (!db->has_failed &&
	    connection_send(db, NULL, st->sql, NULL, 0, AWAIT_NOTHING) == SQLITE_OK)
		connection_wait(db, NULL);
	return db->has_failed ? db->code : SQLITE_OK;
}

/* --- rows --- */

static void take_rows(sqlite3_stmt *st, PGresult *rows)
{
	st->db->pq->PQclear(st->rows);
	st->rows = rows;
	st->named = NULL;
	st->row = -1;
	st->n_rows = st->db->pq->PQntuples(rows);
}

static int wait_rows(sqlite3_stmt *st)
{
	PGresult *rows = NULL;
	if (connection_wait(st->db, &rows) != SQLITE_OK)
		return st->db->code;
	take_rows(st, rows);
	return SQLITE_OK;
}

/* Blocks are large. */
static int next_portion(const sqlite3_stmt *st)
{
	if (strstr(st->sql, "FROM statement_block"))
		return BLOCKS_PORTION;
	int portion = st->portion ? 2 * st->portion : FIRST_PORTION;
	return portion < PORTION_MAX ? portion : PORTION_MAX;
}

static int fetch(sqlite3_stmt *st)
{
	char text[64];
	st->portion = next_portion(st);
	snprintf(text, sizeof text, "FETCH FORWARD %d FROM %s", st->portion, st->cursor);
	if (connection_send(st->db, NULL, text, NULL, 0, AWAIT_ROWS) != SQLITE_OK ||
	    wait_rows(st) != SQLITE_OK)
		return st->db->code;
	st->is_last = st->n_rows < st->portion;
	return SQLITE_OK;
}

static int open_cursor(sqlite3_stmt *st)
{
	size_t room = strlen(st->sql) + 64;
	char *text = malloc(room);
	if (!text)
		return no_memory(st->db);
	connection_name(st->db, 'c', st->cursor);
	snprintf(text, room, "DECLARE %s NO SCROLL CURSOR FOR %s", st->cursor, st->sql);
	st->portion = 0;
	int code = connection_send(st->db, NULL, text, st->v, st->n, AWAIT_NOTHING);
	free(text);
	return code == SQLITE_OK ? fetch(st) : code;
}

/* --- words --- */

static bool ends(const char *text, const char *with)
{
	size_t n = strlen(text), k = strlen(with);
	return n >= k && strcmp(text + n - k, with) == 0;
}

static bool is_limited(const sqlite3_stmt *st)
{
	return ends(st->text, "LIMIT ?");
}

/* Ids by ids in their order, or, where rows come in another one, all at once. */
static int read_matches(sqlite3_stmt *st)
{
	int64_t ids[PORTION_MAX];
	bool is_sorted = strstr(st->text, "ORDER BY (s.place") == NULL;
	struct array list = {0};
	int n;
	st->portion = next_portion(st);
	while ((n = match_next(st->match, ids, st->portion)) > 0) {
		for (int i = 0; i < n; i++) {
			struct value id = value_number(ids[i]);
			array_add(&list, &id);
		}
		if (is_sorted)
			break;
	}
	st->is_last = n < st->portion || !is_sorted;
	if (is_limited(st))
		st->v[st->n - 1] = value_number(st->left);
	int code = n < 0 ? st->db->code : SQLITE_OK;
	if (list.n == 0) {
		st->row = -1;
		st->n_rows = 0;
		st->is_last = true;
	} else if (code == SQLITE_OK) {
		st->v[0] = array_value(&list);
		code = list.has_failed		   ? no_memory(st->db)
		       : send(st, AWAIT_ROWS) == 0 ? wait_rows(st)
						   : st->db->code;
		st->left -= st->n_rows;
		st->is_last |= st->left <= 0;
	}
	st->v[0] = (struct value){0};
	array_release(&list);
	return code;
}

static int open_match(sqlite3_stmt *st)
{
	const struct value *v = st->v;
	bool has_bounds = st->n > 2, ascending = strstr(st->text, "t.rowid ASC") != NULL;
	struct str expression = {v[0].p, v[0].n};
	st->left = is_limited(st) ? read_number(v[st->n - 1].number) : INT64_MAX;
	st->match = match_open(st->db, expression, has_bounds ? read_number(v[1].number) : 0,
			       has_bounds ? read_number(v[2].number) : INT64_MAX, ascending);
	if (!st->match)
		return st->db->code;
	st->portion = 0;
	return read_matches(st);
}

int statement_read_on(sqlite3_stmt *st)
{
	st->n_rows = 0;
	if (st->is_last)
		return SQLITE_OK;
	return st->match ? read_matches(st) : fetch(st);
}

/* --- all --- */

/* More rows than a page has? */
static bool is_wide(const sqlite3_stmt *st)
{
	enum { PAGE = 1000 };
	if (is_limited(st) && st->v[st->n - 1].type == PG_INT8)
		return read_number(st->v[st->n - 1].number) > PAGE;
	return st->is_wide;
}

/* That a connection went while nobody used it shows at the first question of a transaction, which
 * has done nothing yet: it begins once more, on a new one. */
static bool begin_again(sqlite3 *db)
{
	if (!db->has_begun || !connection_is_lost(db))
		return false;
	db->in_transaction = false;
	return connection_renew(db) == SQLITE_OK && begin(db) == SQLITE_OK;
}

/* Rows that were read ahead. */
static bool lend_rows(sqlite3_stmt *st)
{
	int first = 0, n = st->n == 1 ? rows_ahead_find(&st->ahead, &st->v[0], &first) : -1;
	if (n < 0)
		return false;
	st->is_lent = st->is_last = true;
	st->rows = st->ahead.rows;
	st->row = first - 1;
	st->n_rows = first + n;
	return true;
}

static int open_rows(sqlite3_stmt *st)
{
	if (lend_rows(st))
		return SQLITE_OK;
	if (inserts_send_for(st->db, st->sql) != SQLITE_OK)
		return st->db->code;
	if (st->kind == STATEMENT_MATCH)
		return postings_send(st->db) == SQLITE_OK ? open_match(st) : st->db->code;
	if (is_wide(st) && st->db->in_transaction)
		return open_cursor(st);
	st->is_last = true;
	if (send(st, AWAIT_ROWS) == SQLITE_OK && wait_rows(st) == SQLITE_OK)
		return SQLITE_OK;
	return begin_again(st->db) && send(st, AWAIT_ROWS) == SQLITE_OK ? wait_rows(st)
									: st->db->code;
}

int statement_open(sqlite3_stmt *st)
{
	sqlite3 *db = st->db;
	if (!db->in_transaction && connection_renew(db) == SQLITE_OK)
		db->has_failed = false;
	if (db->has_failed && st->kind != STATEMENT_ROLLBACK && st->kind != STATEMENT_ROLLBACK_TO)
		return db->code ? db->code : SQLITE_ERROR;
	if (connection_amend(db) != SQLITE_OK)
		return db->code;
	switch (st->kind) {
	case STATEMENT_ROWS:
	case STATEMENT_MATCH:
		return open_rows(st);
	case STATEMENT_CHANGE:
		return change(st);
	case STATEMENT_BEGIN:
		db->is_limited = strcmp(st->text, "BEGIN IMMEDIATE") == 0;
		return begin(db);
	case STATEMENT_COMMIT:
		return commit(db);
	case STATEMENT_ROLLBACK:
		return roll_back(db);
	case STATEMENT_ROLLBACK_TO:
		return roll_back_to(st);
	case STATEMENT_ADD_WORDS:
	case STATEMENT_DROP_WORDS:
		return change_words(st);
	case STATEMENT_NOTHING:
		break;
	}
	return SQLITE_OK;
}

void statement_shut(sqlite3_stmt *st)
{
	sqlite3 *db = st->db;
	char text[32];
	snprintf(text, sizeof text, "CLOSE %s", st->cursor);
	if (*st->cursor && db->in_transaction && !db->has_failed)
		connection_send(db, NULL, text, NULL, 0, AWAIT_NOTHING);
	*st->cursor = '\0';
	match_close(st->match);
	st->match = NULL;
	if (!st->is_lent)
		db->pq->PQclear(st->rows);
	st->rows = NULL;
	st->n_rows = 0;
	st->is_open = st->is_lent = false;
}

int sqlite3_close(sqlite3 *db)
{
	if (!db)
		return SQLITE_OK;
	inserts_release(db);
	postings_release(db);
	connection_close(db);
	return SQLITE_OK;
}

sqlite3_int64 sqlite3_total_changes64(sqlite3 *db)
{
	if (!db->has_failed && inserts_send(db) == SQLITE_OK && db->n_pending)
		connection_wait(db, NULL); /* a failure shows at the next statement */
	return db->changes;
}
