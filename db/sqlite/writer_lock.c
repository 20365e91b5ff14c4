/* The lock of a file's one writer, and what it says of its holder. */
#include "db/sqlite/writer_lock.h"

#include <stdlib.h>

#include "db/holder.h"
#include "db/sqlite/lock_file.h"
#include "db/sqlite/sql.h"

enum { UNNAMED_TRIES = 20 };

struct writer_lock {
	struct lock_file file;
};

static struct store_holder holder_at(const char *lock_path)
{
	char note[HOLDER_NOTE_MAX];
	lock_file_read(lock_path, note, sizeof note);
	return holder_read(note);
}

struct store_holder store_holder(const char *path)
{
	struct err ignored = {0};
	char *real = sql_real_path(path, false, &ignored);
	char *lock_path = real ? sql_beside(real, "-lock") : NULL;
	struct store_holder h = {0};
	if (lock_path)
		h = holder_at(lock_path);
	free(lock_path);
	free(real);
	return h;
}

/* lock_file_take, which waits a moment by itself. Where nobody is named, the holder has not written
 * who it is yet, or has removed the file and is letting go: both are over soon, and the lock may be
 * free then. */
static int take(struct lock_file *l, const char *path, const char *lock_path,
		struct store_holder *h, struct err *e)
{
	for (int i = 0;; i++) {
		*e = (struct err){0};
		if (lock_file_take(l, lock_path, path, e) == 0)
			return 0;
		*h = holder_at(lock_path);
		if (e->kind != ERR_BUSY || *h->pid || i == UNNAMED_TRIES)
			return -1;
	}
}

static void write_note(const struct lock_file *l, struct buf *note)
{
	if (!note->failed)
		lock_file_write(l, buf_str(note));
	buf_release(note);
}

struct writer_lock *writer_lock_take(const char *path, const char *command, struct err *e)
{
	struct err why = {0};
	struct store_holder holder = {0};
	char *lock_path = sql_beside(path, "-lock");
	struct writer_lock *l = calloc(1, sizeof *l);
	if (!lock_path || !l) {
		err_set(e, ERR_DB, NULL, "out of memory");
	} else if (take(&l->file, path, lock_path, &holder, &why) == 0) {
		struct buf note;
		buf_init(&note, HOLDER_NOTE_MAX);
		holder_write(&note, command);
		write_note(&l->file, &note);
		free(lock_path);
		return l;
	} else if (why.kind == ERR_BUSY) {
		holder_refuse(path, &holder, e);
	} else {
		err_set(e, why.kind, NULL, "%s", why.message);
	}
	free(lock_path);
	free(l);
	return NULL;
}

bool writer_lock_is_shared(void)
{
	return false;
}

struct writer_lock *writer_lock_follow(const char *path, const char *command, struct err *e)
{
	return writer_lock_take(path, command, e);
}

int writer_lock_try(struct writer_lock *l, struct err *e)
{
	(void)l;
	(void)e;
	return 1;
}

bool writer_lock_is_held(struct writer_lock *l)
{
	(void)l;
	return true;
}

bool writer_lock_confirm(struct writer_lock *l)
{
	return writer_lock_is_held(l);
}

void writer_lock_give_back(struct writer_lock *l)
{
	(void)l;
}

int writer_lock_fence(struct writer_lock *l, sqlite3 *db, int64_t renamed, struct err *e)
{
	(void)l;
	(void)db;
	(void)renamed;
	(void)e;
	return 0;
}

void writer_lock_announce(struct writer_lock *l, const char *address)
{
	char old[HOLDER_NOTE_MAX];
	struct buf note;
	lock_file_read(l->file.path, old, sizeof old);
	buf_init(&note, HOLDER_NOTE_MAX);
	holder_add_address(&note, old, address);
	write_note(&l->file, &note);
}

void writer_lock_release(struct writer_lock *l)
{
	if (l)
		lock_file_release(&l->file);
	free(l);
}
