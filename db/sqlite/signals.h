/* What the writer and the readers of one store tell each other without waiting. Any thread. */
#ifndef DEMARCHE_DB_SQLITE_SIGNALS_H
#define DEMARCHE_DB_SQLITE_SIGNALS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Statements are told apart by so many numbers: of those that share one, a change of one is a
 * change of all. */
enum { SIGNALS_SLOTS = 1 << 14 };
/* A COMMIT has failed: what readers see is not known before the next one. */
enum { SIGNALS_COMMIT_UNKNOWN = -1 };

struct block_cache;
struct part_cache;

struct signals {
	atomic_bool is_interrupted;	       /* every deadline has passed */
	atomic_uint_fast64_t names_generation; /* name_cache.h */
	/* The number of the transaction that readers may see, set before its COMMIT: who compares
	 * it with a snapshot's takes none for the newest that is not. 0 where this process does not
	 * write. */
	atomic_int_fast64_t commit;
	/* Seen in the file, by others than our writer. */
	atomic_uint_fast64_t changes;
	/* The number of the last transaction that changed or deleted a statement, by
	 * signals_slot; set before its COMMIT, and left when that fails. */
	atomic_int_fast64_t rewritten[SIGNALS_SLOTS];
	/* Or NULL; set once, before the writer and readers open. */
	struct block_cache *blocks;
	struct part_cache *parts;
	atomic_int expected; /* writes that are being made ready (store_expect) */
	/* Has idle readers end the snapshots that they keep (pool.h): what the log holds for these
	 * is not copied back, nor does it start again. */
	void (*let_go)(struct signals *s);
	bool has_writer; /* in this process; set once, before the first reader opens */
	/* Others may write, too: a snapshot is told by its commit alone. Set once, as above. */
	bool is_shared;
};

/* The version (db/store.h) of a snapshot of `commit` that was begun after `changes`. */
static inline uint64_t signals_version(const struct signals *s, int64_t commit, uint64_t changes)
{
	enum { CHANGES_BITS = 24 };
	const uint64_t mask = (1U << CHANGES_BITS) - 1;
	if (s->is_shared)
		return (uint64_t)commit << CHANGES_BITS | 1;
	return (s->has_writer ? (uint64_t)commit << CHANGES_BITS : 0) | ((changes & mask) + 1);
}

static inline size_t signals_slot(int64_t statement)
{
	return (uint64_t)statement * 0x9e3779b97f4a7c15ULL >> 50; /* 14 bits */
}

#endif
