/* A transaction around the writes, whatever they are. */
#include "db/sqlite/commit.h"

#include <string.h>

#include "db/sqlite/ahead.h"
#include "db/sqlite/article_write.h"
#include "db/sqlite/block_cache.h"
#include "db/sqlite/block_write.h"
#include "db/sqlite/edit_write.h"
#include "db/sqlite/issue_edit.h"
#include "db/sqlite/read_key.h"
#include "db/sqlite/reread.h"
#include "db/sqlite/seed.h"
#include "db/sqlite/writer_lock.h"

/* SQLite tells of each row, whatever code changed it, but of a row that another one replaces: of
 * that one alone. The insert of a statement touches nothing that was read before: ids do not come
 * again. */
static void note_row(void *committer, int op, const char *database, const char *table,
		     sqlite3_int64 id)
{
	const struct committer *c = committer;
	(void)database;
	if (op != SQLITE_INSERT && strcmp(table, "statement") == 0)
		atomic_store(&c->signals->rewritten[signals_slot(id)], c->writing);
	if (strcmp(table, "statement_block") == 0)
		block_cache_note(c->signals->blocks, id, c->writing);
}

static int open_connection(struct committer *c, struct err *e)
{
	enum { NOTHING_SEEN = -1 };
	if (write_connection_open(&c->connection, c->path, c->cache_mb, e))
		return -1;
	c->seen = NOTHING_SEEN;
	sqlite3_update_hook(c->connection.db, note_row, c);
	return 0;
}

void committer_look(struct committer *c)
{
	struct err ignored = {0};
	int64_t version = c->seen;
	bool is_blind = c->is_broken || sql_row(c->connection.st[W_DATA_VERSION], &ignored) <= 0;
	if (!is_blind) {
		version = sqlite3_column_int64(c->connection.st[W_DATA_VERSION], 0);
		sqlite3_reset(c->connection.st[W_DATA_VERSION]);
	}
	if (is_blind || version != c->seen)
		atomic_fetch_add(&c->signals->changes, 1);
	c->seen = version;
}

int committer_open(struct committer *c, struct err *e)
{
	if (open_connection(c, e) || key_cache_init(&c->keys, e) ||
	    state_load(&c->connection, &c->state, e))
		return -1;
	atomic_store(&c->signals->commit, c->state.commits);
	committer_look(c); /* before the first reader: what it finds is no change to anyone */
	return 0;
}

void committer_close(struct committer *c)
{
	if (c->connection.db)
		sqlite3_wal_checkpoint_v2(c->connection.db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL,
					  NULL);
	write_connection_close(&c->connection);
	key_cache_release(&c->keys);
}

static int apply(struct transaction *t, struct write *w, struct err *e)
{
	switch (w->op) {
	case WRITE_ARTICLE:
		return article_save(t, w, e);
	case WRITE_DELETE:
		return article_drop(t, w, e);
	case WRITE_ISSUE:
		return issue_edit_save(t, w, e);
	case WRITE_REREAD:
		return reread_save(t, w, e);
	case WRITE_EDIT:
		return edit_save(t, w, e);
	case WRITE_READ_KEY:
		return read_key_save(t, w, e);
	case WRITE_SEED:
		return seed_write(t, w, e);
	}
	return err_set(e, ERR_INTERNAL, NULL, "unknown write %d", (int)w->op);
}

/* What SQLite itself failed at may have left more behind than a rollback takes back. */
static void undo(struct committer *c, const struct err *why)
{
	struct err ignored = {0};
	struct write_connection *k = &c->connection;
	if (!sqlite3_get_autocommit(k->db) && sql_do(k->st[W_ROLLBACK], &ignored))
		sqlite3_reset(k->st[W_ROLLBACK]);
	key_cache_clear(&c->keys);
	key_cache_clear_sketches(&c->keys);
	c->is_broken |= why->kind == ERR_DB;
}

/* A server may have committed what it could not say any more. */
static int find_tried(struct committer *c, struct err *e)
{
	struct state now = c->state;
	if (state_load(&c->connection, &now, e))
		return -1;
	if (c->tried.commits && now.commits == c->tried.commits && now.counter == c->tried.counter)
		c->state = c->tried;
	return 0;
}

/* A connection for the one that failed. FTS5 (SQLite 3.40) takes totals that it could not read for
 * nought, and would write them with the next article. The state is as committed: it stays. */
static int renew(struct committer *c, struct err *e)
{
	int frames = c->connection.wal_frames;
	write_connection_close(&c->connection);
	int result = open_connection(c, e) || find_tried(c, e) ? -1 : 0;
	c->connection.wal_frames = frames;
	c->is_broken = result != 0;
	return result;
}

static int commit(struct committer *c, struct transaction *t, struct err *e)
{
	struct signals *signals = c->signals;
	if (t->renames)
		atomic_fetch_add(&signals->names_generation, 1);
	atomic_store(&signals->commit, t->state.commits);
	int result = sql_do(c->connection.st[W_COMMIT], e);
	if (t->renames)
		atomic_fetch_add(&signals->names_generation, 1);
	if (result) {
		atomic_store(&signals->commit, SIGNALS_COMMIT_UNKNOWN);
		c->tried = t->state;
		return -1;
	}
	c->state = t->state;
	if (t->renames)
		key_cache_clear(&c->keys);
	return 0;
}

/* Where another has the lock by now, that is why, and it is no fault of the database. */
static void blame_turn(struct committer *c, struct err *e)
{
	if (e->kind != ERR_DB || writer_lock_confirm(c->lock))
		return;
	*e = (struct err){0};
	err_set(e, ERR_BUSY, NULL, "another copy of the service writes");
}

int commit_writes(struct committer *c, struct write *const *v, int n, struct err *e)
{
	struct transaction t;
	if (c->is_broken && renew(c, e)) {
		blame_turn(c, e);
		return -1;
	}
	int result = transaction_begin(&t, &c->connection, &c->keys, &c->state, e);
	c->writing = t.commit;
	if (result == 0)
		result = ahead_read(&t, v, n, e);
	for (int i = 0; i < n && result == 0; i++)
		result = apply(&t, v[i], e);
	if (result == 0)
		result = transaction_flush(&t, e) || blocks_flush(&t, e) ||
					 writer_lock_fence(c->lock, c->connection.db,
							   t.renames ? t.commit : 0, e)
				 ? -1
				 : 0;
	if (result == 0)
		result = commit(c, &t, e);
	if (result) {
		undo(c, e);
		budget_blame(&t.budget, e);
		blame_turn(c, e);
	}
	transaction_release(&t);
	return result;
}
