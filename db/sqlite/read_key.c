/* Rows of keys, written and read. */
#include "db/sqlite/read_key.h"

#include "base/clock.h"
#include "db/read_key.h"
#include "db/sqlite/reader.h"

/* What the caller asks cannot be: reported in the write, while the group goes on. */
#define REFUSE(w, ...) (err_set(&(w)->write.err, __VA_ARGS__), 0)

static int make(struct transaction *t, struct read_key_write *w, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_COUNT_READ_KEYS);
	sql_bind_str(st, 1, w->who);
	int row = sql_row(st, e);
	int64_t n = row > 0 ? sqlite3_column_int64(st, 0) : 0;
	sqlite3_reset(st);
	if (row < 0)
		return -1;
	if (n >= READ_KEYS_MAX)
		return REFUSE(w, ERR_CONFLICT, NULL,
			      "%.*s has %d keys in force: revoke one that is not used any more",
			      STR_ARG(w->who), READ_KEYS_MAX);
	st = transaction_sql(t, W_ADD_READ_KEY);
	sqlite3_bind_blob64(st, 1, w->digest, sizeof w->digest, SQLITE_STATIC);
	sql_bind_str(st, 2, w->name);
	sql_bind_str(st, 3, w->who);
	sql_bind_str(st, 4, w->sites);
	sqlite3_bind_int64(st, 5, now_unix_ms());
	if (sql_do(st, e))
		return -1;
	w->id = sqlite3_last_insert_rowid(t->connection->db);
	return 0;
}

static int revoke(struct transaction *t, struct read_key_write *w, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_READ_KEY);
	sqlite3_bind_int64(st, 1, w->revokes);
	int row = sql_row(st, e);
	bool is_there = row > 0 && (w->of_anyone || str_eq(sql_column(st, 0), w->who));
	bool is_revoked = is_there && sqlite3_column_int64(st, 1) != 0;
	sqlite3_reset(st);
	if (row < 0)
		return -1;
	if (!is_there)
		return REFUSE(w, ERR_NOT_FOUND, NULL, "no key of yours has the id %lld",
			      (long long)w->revokes);
	if (is_revoked)
		return REFUSE(w, ERR_CONFLICT, NULL, "key %lld is revoked already",
			      (long long)w->revokes);
	st = transaction_sql(t, W_REVOKE_READ_KEY);
	sqlite3_bind_int64(st, 1, w->revokes);
	sqlite3_bind_int64(st, 2, now_unix_ms());
	sql_bind_str(st, 3, w->who);
	w->id = w->revokes;
	return sql_do(st, e);
}

int read_key_save(struct transaction *t, struct write *write, struct err *e)
{
	struct read_key_write *w = (struct read_key_write *)(void *)write;
	return w->revokes ? revoke(t, w, e) : make(t, w, e);
}

/* --- read --- */

static int read_row(sqlite3_stmt *st, struct arena *a, struct read_key *out, struct err *e)
{
	*out = (struct read_key){.id = sqlite3_column_int64(st, 0),
				 .name = sql_copy(st, 1, a),
				 .who = sql_copy(st, 2, a),
				 .sites = sql_copy(st, 3, a),
				 .made_ms = sqlite3_column_int64(st, 4),
				 .revoked_ms = sqlite3_column_int64(st, 5),
				 .revoked_by = sql_copy(st, 6, a)};
	bool is_whole = out->name.p && out->who.p && out->sites.p && out->revoked_by.p;
	return is_whole ? 0 : arena_full(e);
}

int store_read_keys(struct reader *r, const struct read_key_query *q, struct arena *a,
		    struct read_key_list *out, int64_t *next, struct err *e)
{
	sqlite3_stmt *st = r->st[R_READ_KEYS];
	size_t limit = q->limit > 0 ? (size_t)q->limit : 1;
	int64_t after = q->after ? q->after : INT64_MAX; /* `next` may be in *q */
	*out = (struct read_key_list){.v = arena_array(a, limit + 1, sizeof *out->v)};
	*next = 0;
	if (!out->v)
		return arena_full(e);
	if (reader_call(r, e))
		return -1;
	sql_bind_str(st, 1, q->who);
	sqlite3_bind_int64(st, 2, after);
	sqlite3_bind_int64(st, 3, (int64_t)limit + 1);
	int row;
	while ((row = sql_row(st, e)) > 0)
		if (read_row(st, a, &out->v[out->n++], e)) {
			sqlite3_reset(st);
			return -1;
		}
	if (out->n > limit)
		*next = out->v[(out->n = limit) - 1].id;
	return row;
}

int store_read_key(struct reader *r, const unsigned char digest[DIGEST_BYTES], struct arena *a,
		   struct read_key *out, struct err *e)
{
	sqlite3_stmt *st = r->st[R_READ_KEY_OF_DIGEST];
	*out = (struct read_key){.name = STR_EMPTY};
	if (reader_call(r, e))
		return -1;
	sqlite3_bind_blob64(st, 1, digest, DIGEST_BYTES, SQLITE_STATIC);
	int row = sql_row(st, e);
	int rc = row > 0 ? read_row(st, a, out, e) : row;
	sqlite3_reset(st);
	return rc;
}
