/* A lock on a file of its own, held for as long as the process lives and no longer: the kernel
 * drops it with the process. The file says who holds it. It is never the database's own file:
 * closing any descriptor of that would drop SQLite's locks on it. */
#ifndef DEMARCHE_DB_SQLITE_LOCK_FILE_H
#define DEMARCHE_DB_SQLITE_LOCK_FILE_H

#include "base/err.h"

struct lock_file {
	int fd; /* -1: not held */
	char *path;
};

static inline struct lock_file lock_file_none(void)
{
	return (struct lock_file){-1, NULL};
}

/* Takes the lock on the file at `path`, which is made (0600, and root's for the owner `like` that
 * file) where it is missing. When another holds it, waits a moment for one that is just ending. 0,
 * or -1 with *e: ERR_BUSY (held), ERR_DB. */
int lock_file_take(struct lock_file *l, const char *path, const char *like,
		   struct err *e) MUST_CHECK;
/* What the file says from here on. */
void lock_file_write(const struct lock_file *l, struct str note);
/* What a lock's file says, at most size - 1 bytes; "" where there is none. */
void lock_file_read(const char *path, char *note, size_t size);
/* Removes the file, if it still has its name, and lets go. */
void lock_file_release(struct lock_file *l);

#endif
