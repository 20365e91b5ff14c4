/* Notes of writers. */
#include "db/holder.h"

#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/date.h"

void holder_write(struct buf *note, const char *command)
{
	char now[INSTANT_ROOM];
	buf_printf(note, "pid %lld\ncommand %s\nsince %.*s\n", (long long)getpid(),
		   command ? command : "", STR_ARG(instant_format(now, now_unix_ms())));
}

void holder_add_address(struct buf *note, const char *old, const char *address)
{
	buf_printf(note, "%saddress %s\n", old, address);
}

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

struct store_holder holder_read(const char *note)
{
	struct store_holder h = {0};
	take_line(note, "pid ", h.pid, sizeof h.pid);
	take_line(note, "command ", h.command, sizeof h.command);
	take_line(note, "since ", h.since, sizeof h.since);
	take_line(note, "address ", h.address, sizeof h.address);
	return h;
}

int holder_refuse(const char *path, const struct store_holder *h, struct err *e)
{
	return err_set(e, ERR_BUSY, NULL, "\"%.200s\" is open for writing by %s %s%s%s%s%s", path,
		       *h->pid ? "process" : "another process", h->pid,
		       *h->command ? ": demarche " : "", h->command, *h->since ? ", since " : "",
		       h->since);
}
