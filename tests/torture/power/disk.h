/* A disk that loses power: a SQLite VFS over the system's own that remembers, of each file, what
 * was synced and what was done since, and can make from these what a disk may hold after a power
 * cut at that moment.
 *
 * What it assumes is what SQLite assumes of a file system: fsync makes a file's bytes and size
 * durable; a file's creation and deletion become durable by an fsync of the folder, and by that
 * alone; of all that was not synced any part may be on the disk, in whatever order, sector by
 * sector; a write does not harm bytes outside of it (SQLITE_IOCAP_POWERSAFE_OVERWRITE, which the
 * system's VFS declares). Shared memory does not survive.
 *
 * One disk at a time, any number of threads. */
#ifndef DEMARCHE_TESTS_DISK_H
#define DEMARCHE_TESTS_DISK_H

#include <stdbool.h>
#include <stdint.h>

/* What a disk promises and does not keep: for showing that the test would find it. */
enum disk_lie {
	DISK_HONEST,
	DISK_FORGETS_FILES,   /* fsync of a file does nothing */
	DISK_FORGETS_FOLDERS, /* fsync of a folder does nothing */
};

/* From here to disk_remove every file that SQLite opens lies on the disk. Those in `folder` (a path
 * without links) are durable. */
void disk_insert(const char *folder, enum disk_lie lie);
/* The power goes at the n-th write, truncation, sync, creation or deletion from now, which itself
 * may be done in part or not; from then on every access fails. 0: never. */
void disk_cut_after(uint64_t n);
/* Now, unless it has gone already. */
void disk_cut(void);
bool disk_is_cut(void);
uint64_t disk_operations(void); /* since disk_insert */
/* Writes what the disk may hold into `folder`, chosen by `seed`; the files keep
 * their last names. */
void disk_image(const char *folder, uint64_t seed);
/* All files must be closed. */
void disk_remove(void);

/* Numbers from a seed (splitmix64). */
static inline uint64_t next_number(uint64_t *seed)
{
	uint64_t z = *seed += 0x9e3779b97f4a7c15;
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

static inline uint64_t number_below(uint64_t *seed, uint64_t n)
{
	return next_number(seed) % n;
}

#endif
