/* Checkpoints at leisure, and by force where the log grows all the same. */
#include "db/sqlite/checkpoint.h"

#include "base/clock.h"

enum {
	CHECKPOINT_FRAMES = 16000, /* 64 MB: below it the same pages are rewritten too often */
	RESET_TIMES = 4, /* so much beyond it readers are made to wait for the log to start again */
	IDLE_SHARE = 16, /* a part of it is worth copying back when there is nothing else to do */
	RESET_WAIT_MS = 1000,
	BUSY_WAIT_MS = 10000,
};
static const int64_t RESET_AGAIN_NS = 10000000000;

struct checkpointer checkpointer_make(const char *path, int frames)
{
	return (struct checkpointer){.path = path,
				     .frames = frames > 0 ? frames : CHECKPOINT_FRAMES};
}

/* Nobody waits for a checkpoint: one that fails is reported here, or not at all. Busy is none:
 * readers hold on. */
static void report(const struct checkpointer *k, const struct write_connection *c, int code)
{
	if (code != SQLITE_OK && (code & 0xFF) != SQLITE_BUSY)
		sqlite3_log(code, "cannot copy the log back into \"%s\": %s", k->path,
			    sqlite3_errmsg(c->db));
}

/* Readers that overlap without a gap keep the log from starting again, however often it is copied
 * back: then those that come wait a moment. Where one holds on, as a backup does, at most one
 * second in ten is spent so. */
static void reset_log(struct checkpointer *k, struct write_connection *c)
{
	int64_t now = now_monotonic_ns();
	if (k->reset_failed_ns && now - k->reset_failed_ns < RESET_AGAIN_NS)
		return;
	sqlite3_busy_timeout(c->db, RESET_WAIT_MS);
	int code = sqlite3_wal_checkpoint_v2(c->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	sqlite3_busy_timeout(c->db, BUSY_WAIT_MS);
	report(k, c, code);
	k->reset_failed_ns = code ? now_monotonic_ns() : 0;
	if (code == SQLITE_OK)
		c->wal_frames = 0;
}

static void copy_back(struct checkpointer *k, struct write_connection *c, int worth)
{
	if (c->wal_frames >= RESET_TIMES * k->frames)
		reset_log(k, c);
	int frames = c->wal_frames;
	if (frames < k->copied)
		k->copied = 0;
	if (frames - k->copied < worth)
		return;
	report(k, c, sqlite3_wal_checkpoint_v2(c->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL));
	k->copied = frames;
}

void checkpoint(struct checkpointer *k, struct write_connection *c)
{
	copy_back(k, c, k->frames);
}

bool checkpoint_is_due_idle(const struct checkpointer *k, const struct write_connection *c)
{
	return c->wal_frames - k->copied >= k->frames / IDLE_SHARE;
}

void checkpoint_idle(struct checkpointer *k, struct write_connection *c)
{
	copy_back(k, c, k->frames / IDLE_SHARE);
}
