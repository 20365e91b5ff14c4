/* What the writer and the readers of one store tell each other without waiting. Any thread. */
#ifndef DEMARCHE_DB_SQLITE_SIGNALS_H
#define DEMARCHE_DB_SQLITE_SIGNALS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* A COMMIT has failed: what readers see is not known before the next one. */
enum { SIGNALS_COMMIT_UNKNOWN = -1 };

struct signals {
	atomic_bool is_interrupted;	       /* every deadline has passed */
	atomic_uint_fast64_t names_generation; /* name_cache.h */
	/* The number of the transaction that readers may see, set before its COMMIT: who compares
	 * it with a snapshot's takes none for the newest that is not. 0 where this process does not
	 * write. */
	atomic_int_fast64_t commit;
	atomic_uint_fast64_t changes; /* seen in the file, by whoever they were (watch.h) */
	bool has_writer;	      /* in this process; set once, before the first reader opens */
};

/* The version (db/store.h) of a snapshot of `commit` that was begun after `changes`. */
static inline uint64_t signals_version(const struct signals *s, int64_t commit, uint64_t changes)
{
	enum { CHANGES_BITS = 24 };
	const uint64_t mask = (1U << CHANGES_BITS) - 1;
	return (s->has_writer ? (uint64_t)commit << CHANGES_BITS : 0) | ((changes & mask) + 1);
}

#endif
