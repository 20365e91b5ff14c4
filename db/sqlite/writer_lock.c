/* Who writes a database: the lock of its one writer, and what it says of its holder. */
#include "db/sqlite/writer_lock.h"

#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/date.h"
#include "db/sqlite/sql.h"

enum {
	NOTE_MAX = 1024,
	UNNAMED_TRIES = 20,
};

static void take_line(const char *note, const char *name, char *out, size_t size)
{
	struct str rest = str_of(note), line;
	*out = '\0';
	while (str_split(&rest, '\n', &line)) {
		if (!str_starts(line, str_of(name)))
			continue;
		struct str value = str_sub(line, strlen(name), line.n);
		size_t n = value.n < size ? value.n : size - 1;
		memcpy(out, value.p, n);
		out[n] = '\0';
	}
}

static struct store_holder holder_at(const char *lock_path)
{
	struct store_holder h = {0};
	char note[NOTE_MAX];
	lock_file_read(lock_path, note, sizeof note);
	take_line(note, "pid ", h.pid, sizeof h.pid);
	take_line(note, "command ", h.command, sizeof h.command);
	take_line(note, "since ", h.since, sizeof h.since);
	take_line(note, "address ", h.address, sizeof h.address);
	return h;
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

static int refuse(const char *path, const struct store_holder *h, struct err *e)
{
	return err_set(e, ERR_BUSY, NULL, "\"%.200s\" is open for writing by %s %s%s%s%s%s", path,
		       *h->pid ? "process" : "another process", h->pid,
		       *h->command ? ": demarche " : "", h->command, *h->since ? ", since " : "",
		       h->since);
}

int writer_lock_take(struct lock_file *l, const char *path, const char *command, struct err *e)
{
	struct err why = {0};
	char *lock_path = sql_beside(path, "-lock");
	if (!lock_path)
		return err_set(e, ERR_DB, NULL, "out of memory");
	struct store_holder holder = {0};
	int rc = take(l, path, lock_path, &holder, &why);
	if (rc == 0) {
		struct buf note;
		char now[INSTANT_ROOM];
		buf_init(&note, NOTE_MAX);
		buf_printf(&note, "pid %lld\ncommand %s\nsince %.*s\n", (long long)getpid(),
			   command ? command : "", STR_ARG(instant_format(now, now_unix_ms())));
		lock_file_write(l, buf_str(&note));
		buf_release(&note);
	} else if (why.kind == ERR_BUSY) {
		refuse(path, &holder, e);
	} else {
		err_set(e, why.kind, NULL, "%s", why.message);
	}
	free(lock_path);
	return rc;
}

void writer_lock_announce(struct lock_file *l, const char *address)
{
	char old[NOTE_MAX];
	struct buf note;
	lock_file_read(l->path, old, sizeof old);
	buf_init(&note, NOTE_MAX);
	buf_printf(&note, "%saddress %s\n", old, address);
	if (!note.failed)
		lock_file_write(l, buf_str(&note));
	buf_release(&note);
}
