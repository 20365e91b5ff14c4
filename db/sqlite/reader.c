/* Connections for reading. */
#include "db/sqlite/reader.h"

#include <stdio.h>

#include "base/clock.h"
#include "db/sqlite/migrate.h"

/* How often SQLite asks for the time: every so many of its instructions, some tens of microseconds.
 */
enum { PROGRESS_STEPS = 2000 };

static const char *const texts[R_COUNT] = {
#define X(name, text) text,
	READER_SQL(X)
#undef X
};

const char *reader_sql_text(enum reader_sql at)
{
	return texts[at];
}

/* A writer has brought its file up to the schema; a reader takes it as it is. */
static int schema_fits(sqlite3 *db, struct err *e)
{
	int version;
	if (migrate_version(db, &version, e))
		return -1;
	if (version == migrate_newest())
		return 0;
	return err_set(e, ERR_DB, NULL,
		       "the database has schema version %d and this program asks for %d: take a "
		       "copy with demarche backup, then start demarche serve on it once, which "
		       "brings it up",
		       version, migrate_newest());
}

static int prepare_all(struct reader *r, struct err *e)
{
	for (int i = 0; i < R_COUNT; i++) {
		r->st[i] = sql_prepare(r->db, texts[i], e);
		if (!r->st[i])
			return -1;
	}
	return 0;
}

int reader_open(struct reader *r, const struct store_options *o, bool alone,
		const struct signals *signals, struct err *e)
{
	char map[64];
	*r = (struct reader){.signals = signals, .statement_root = -1};
	r->db = sql_open(o->path, alone ? SQL_LOOK : SQL_READ, o->reader_cache_mb, e);
	if (!r->db || (alone && schema_fits(r->db, e)))
		return -1;
	snprintf(map, sizeof map, "PRAGMA mmap_size = %lld",
		 (long long)o->reader_map_mb * 1024 * 1024);
	if (sql_once(r->db, map, e) || prepare_all(r, e))
		return -1;
	return name_cache_init(&r->names, sql_names_kept(), r->st[R_ACTOR_NAME],
			       r->st[R_ISSUE_NAME], e) ||
			       lookup_cache_init(&r->lookups, e)
		       ? -1
		       : 0;
}

void reader_close(struct reader *r)
{
	for (int i = 0; i < R_COUNT; i++)
		sqlite3_finalize(r->st[i]);
	for (int i = 0; i < READER_PREPARED_MAX; i++)
		sqlite3_finalize(r->prepared[i].st);
	sqlite3_close(r->db);
	name_cache_release(&r->names);
	lookup_cache_release(&r->lookups);
	tokenizer_close(r->tokenizer);
	name_index_free(r->name_index);
}

static int is_late(void *p)
{
	struct reader *r = p;
	bool is_over = now_monotonic_ns() > r->deadline_ns ||
		       atomic_load_explicit(&r->signals->is_interrupted, memory_order_relaxed);
	r->was_cut |= is_over;
	return is_over;
}

static int goes_too_far(void *p)
{
	struct reader *r = p;
	if (r->steps_left == INT64_MAX)
		return is_late(r);
	r->steps_left -= PROGRESS_STEPS;
	r->was_cut |= r->steps_left < 0;
	return r->steps_left < 0 || is_late(r);
}

static void prepare_reading(struct reader *r, int64_t deadline_ns)
{
	r->deadline_ns = deadline_ns;
	r->was_cut = r->is_hurried = r->is_brief = false;
	r->steps_left = INT64_MAX;
}

int reader_begin(struct reader *r, int64_t deadline_ns, struct err *e)
{
	reader_let_go(r);
	prepare_reading(r, deadline_ns);
	/* Before the snapshot: a change that comes between is one too many, not one too few. */
	uint64_t changes = atomic_load(&r->signals->changes);
	uint64_t before = atomic_load(&r->signals->names_generation);
	sql_deadline(r->db, deadline_ns);
	if (sql_do(r->st[R_BEGIN], e))
		return -1;
	/* The first read takes the snapshot. */
	int row = sql_row(r->st[R_COMMITS], e);
	if (row <= 0)
		return row < 0 ? -1 : err_set(e, ERR_DB, NULL, "the table \"state\" is empty");
	r->commit = sqlite3_column_int64(r->st[R_COMMITS], 0);
	uint64_t after = atomic_load(&r->signals->names_generation);
	bool is_shared = r->signals->is_shared;
	if (is_shared) { /* what others change is told by the snapshot itself */
		changes = (uint64_t)r->commit;
		before = after = 2 * (uint64_t)sqlite3_column_int64(r->st[R_COMMITS], 1);
	}
	sqlite3_reset(r->st[R_COMMITS]);
	r->changes = changes;
	r->version = signals_version(r->signals, r->commit, changes);
	name_cache_snapshot(&r->names, before, after);
	/* Where others write the file, a snapshot may be newer than its version says. */
	lookup_cache_snapshot(&r->lookups, r->signals->has_writer || is_shared ? r->version : 0);
	sqlite3_progress_handler(r->db, PROGRESS_STEPS, goes_too_far, r);
	return 0;
}

void reader_end(struct reader *r)
{
	struct err ignored = {0};
	sqlite3_progress_handler(r->db, 0, NULL, NULL);
	if (!sqlite3_get_autocommit(r->db) && sql_do(r->st[R_END], &ignored))
		sqlite3_reset(r->st[R_END]);
}

/* --- kept snapshots --- */

/* To begin and end one takes a tenth of what a list of kept statements does, a twentieth of what a
 * page does that is not kept. */
enum { KEPT_NS = 20000000 };

static bool is_newest(const struct reader *r)
{
	const struct signals *s = r->signals;
	return s->has_writer && !s->is_shared && atomic_load(&s->commit) == r->commit &&
	       atomic_load(&s->changes) == r->changes && r->names.knows_generation &&
	       atomic_load(&s->names_generation) == r->names.generation;
}

void reader_keep(struct reader *r)
{
	/* An error may have ended the transaction. */
	r->keeps = !r->was_cut && !sqlite3_get_autocommit(r->db) && is_newest(r);
	if (!r->keeps) {
		reader_end(r);
		return;
	}
	sqlite3_progress_handler(r->db, 0, NULL, NULL);
}

void reader_let_go(struct reader *r)
{
	if (r->keeps)
		reader_end(r);
	r->keeps = false;
}

bool reader_take_up(struct reader *r, int64_t deadline_ns)
{
	if (!r->keeps)
		return false;
	if (!is_newest(r) || now_monotonic_ns() - r->begun_ns > KEPT_NS) {
		reader_let_go(r);
		return false;
	}
	r->keeps = false;
	prepare_reading(r, deadline_ns);
	sqlite3_progress_handler(r->db, PROGRESS_STEPS, goes_too_far, r);
	return true;
}

int64_t reader_commit(const struct reader *r)
{
	return r->commit;
}

uint64_t reader_version(const struct reader *r)
{
	return r->was_cut ? 0 : r->version;
}

struct reader_mark reader_mark(const struct reader *r)
{
	return (struct reader_mark){.commit = r->names.knows_generation ? r->commit : -1,
				    .names = r->names.generation,
				    .changes = r->changes};
}

bool reader_holds(const struct reader *r, int64_t statement, const struct reader_mark *made)
{
	int64_t rewritten = atomic_load(&r->signals->rewritten[signals_slot(statement)]);
	return made->commit >= 0 && r->names.knows_generation &&
	       made->names == r->names.generation && made->changes == r->changes &&
	       rewritten <= made->commit && rewritten <= r->commit;
}

int reader_call(struct reader *r, struct err *e)
{
	name_cache_call(&r->names);
	return is_late(r) ? err_set(e, ERR_DEADLINE, NULL, "the deadline has passed") : 0;
}

void reader_be_brief(struct reader *r)
{
	enum { BRIEF_STEPS = 40000 };
	r->is_brief = true;
	r->steps_left = BRIEF_STEPS;
}

int64_t reader_hurry(struct reader *r, int64_t until_ns, int64_t steps_max)
{
	struct err ignored = {0}; /* shows at what is read next */
	r->steps_left = steps_max ? steps_max : INT64_MAX;
	r->is_hurried = (until_ns || steps_max) && sql_do(r->st[R_HURRY], &ignored) == 0;
	int64_t deadline_ns = r->deadline_ns;
	if (until_ns && until_ns < deadline_ns)
		r->deadline_ns = until_ns;
	return deadline_ns;
}

/* On a server what is cut short takes the transaction with it, up to a savepoint. */
static int end_hurry(struct reader *r, bool is_cut, struct err *e)
{
	bool was_hurried = r->is_hurried;
	r->is_hurried = false;
	if (!was_hurried)
		return 0;
	return (is_cut && sql_do(r->st[R_CUT], e)) || sql_do(r->st[R_HURRIED], e) ? -1 : 0;
}

int reader_hurry_end(struct reader *r, int64_t deadline_ns, bool may_end, int rc,
		     const struct err *why, bool *is_partial, struct err *e)
{
	bool is_over = may_end && (why->kind == ERR_DEADLINE || why->kind == ERR_INPUT);
	r->deadline_ns = deadline_ns;
	r->steps_left = INT64_MAX;
	*is_partial = rc && is_over;
	if (!rc || is_over)
		return end_hurry(r, rc, e) || reader_call(r, e) ? -1 : 0;
	if (e->kind == ERR_NONE)
		*e = *why;
	return -1;
}

int reader_spend(struct reader *r, int64_t steps, struct err *e)
{
	if (is_late(r))
		return err_set(e, ERR_DEADLINE, NULL, "the deadline has passed");
	if (r->steps_left == INT64_MAX)
		return 0;
	r->steps_left -= steps;
	r->was_cut |= r->steps_left < 0;
	return r->steps_left < 0 ? err_set(e, ERR_DEADLINE, NULL, "the work has taken too long")
				 : 0;
}

sqlite3_stmt *reader_prepare(struct reader *r, struct str text, struct err *e)
{
	uint64_t hash = str_hash(text);
	struct prepared *oldest = &r->prepared[0];
	for (int i = 0; i < READER_PREPARED_MAX; i++) {
		struct prepared *p = &r->prepared[i];
		if (p->st && p->hash == hash && str_eq(str_of(sqlite3_sql(p->st)), text)) {
			p->used = ++r->uses;
			return p->st;
		}
		if (p->used < oldest->used)
			oldest = p;
	}
	sqlite3_stmt *st = sql_prepare(r->db, text.p, e);
	if (!st)
		return NULL;
	sqlite3_finalize(oldest->st);
	*oldest = (struct prepared){st, hash, ++r->uses};
	return st;
}
