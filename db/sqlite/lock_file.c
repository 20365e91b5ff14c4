/* Taking, naming and giving back a lock file. */
#include "db/sqlite/lock_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { TRIES = 20, TRY_MS = 10 };

static bool is_at(int fd, const char *path)
{
	struct stat open_file, named;
	return fstat(fd, &open_file) == 0 && lstat(path, &named) == 0 &&
	       open_file.st_ino == named.st_ino && open_file.st_dev == named.st_dev;
}

/* A file that root leaves behind must not shut out the user whose database it is: as SQLite does
 * with its own. */
static void give_to_owner(int fd, const char *like)
{
	struct stat st;
	if (geteuid() == 0 && like && stat(like, &st) == 0 && fchown(fd, st.st_uid, st.st_gid) != 0)
		return; /* then it stays root's, which only a killed process of root's leaves behind
			 */
}

/* 1 taken, 0 held by another, -1 with *e. Its holder removes the file before it lets go: what was
 * opened may be a file without a name by the time it is locked, and then it is nobody's lock. */
static int try(const char *path, const char *like, int *out, struct err *e)
{
	for (;;) {
		int fd = open(path, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0600);
		if (fd < 0)
			return err_set(e, ERR_DB, NULL, "cannot open the lock \"%s\": %s", path,
				       strerror(errno));
		if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
			int code = errno;
			close(fd);
			return code == EWOULDBLOCK
				       ? 0
				       : err_set(e, ERR_DB, NULL, "cannot lock \"%s\": %s", path,
						 strerror(code));
		}
		if (is_at(fd, path)) {
			give_to_owner(fd, like);
			*out = fd;
			return 1;
		}
		close(fd);
	}
}

int lock_file_take(struct lock_file *l, const char *path, const char *like, struct err *e)
{
	*l = lock_file_none();
	char *copy = strdup(path);
	if (!copy)
		return err_set(e, ERR_DB, NULL, "out of memory");
	int got = 0, fd = -1;
	for (int i = 0; i < TRIES && got == 0; i++) {
		got = try(path, like, &fd, e);
		if (got == 0)
			nanosleep(&(struct timespec){.tv_nsec = TRY_MS * 1000000L}, NULL);
	}
	if (got <= 0) {
		free(copy);
		return got < 0 ? -1
			       : err_set(e, ERR_BUSY, NULL, "\"%s\" is held by another process",
					 path);
	}
	*l = (struct lock_file){fd, copy};
	return 0;
}

/* A note that cannot be written (a full disk) is missed by nobody but a reader of messages. */
void lock_file_write(const struct lock_file *l, struct str note)
{
	if (l->fd >= 0 && pwrite(l->fd, note.p, note.n, 0) == (ssize_t)note.n &&
	    ftruncate(l->fd, (off_t)note.n) != 0)
		return;
}

void lock_file_read(const char *path, char *note, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	ssize_t n = fd < 0 ? 0 : read(fd, note, size - 1);
	note[n > 0 ? n : 0] = '\0';
	if (fd >= 0)
		close(fd);
}

void lock_file_release(struct lock_file *l)
{
	if (l->fd >= 0 && is_at(l->fd, l->path))
		unlink(l->path);
	if (l->fd >= 0)
		close(l->fd);
	free(l->path);
	*l = lock_file_none();
}
