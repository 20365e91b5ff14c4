/* What commands share: their errors, the store by the options, files read whole. */
#include "cli/command.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "db/store.h"

int command_fail(const struct err *e)
{
	fprintf(stderr, "demarche: %s%s%s\n", e->field, *e->field ? ": " : "", e->message);
	return STATUS_FAILED;
}

void command_name_db(const struct options *o, struct err *e)
{
	struct err inner = *e;
	/* A person with several files wants to know which; an address may hold a password. */
	if (strstr(o->db, "://") || strstr(e->message, o->db))
		return;
	*e = (struct err){0};
	err_set(e, inner.kind, NULL, "database \"%.200s\": %.280s", o->db, inner.message);
}

static struct store_options store_options_of(const struct options *o, int readers,
					     const char *command)
{
	return (struct store_options){
		.path = o->db,
		.readers = readers,
		.reader_cache_mb = (int)o->reader_cache,
		.reader_map_mb = (int)o->reader_map,
		.writer_cache_mb = (int)o->writer_cache,
		.queue_max = (int)o->write_queue,
		.group_max = (int)o->write_group,
		.command = command,
	};
}

struct store *command_store(const struct options *o, int readers, const char *command,
			    struct err *e)
{
	struct store_options so = store_options_of(o, readers, command);
	so.follows = strcmp(command, "serve") == 0;
	struct store *s = store_open(&so, e);
	if (!s)
		command_name_db(o, e);
	return s;
}

struct store *command_store_reading(const struct options *o, int readers, struct err *e)
{
	struct store_options so = store_options_of(o, readers, NULL);
	struct store *s = store_open_reading(&so, e);
	if (!s)
		command_name_db(o, e);
	return s;
}

int command_read(const char *path, size_t max_bytes, struct buf *out, struct err *e)
{
	FILE *f = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
	if (!f)
		return err_set(e, ERR_INPUT, NULL, "cannot open \"%s\": %s", path, strerror(errno));
	buf_init(out, max_bytes + 65536);
	char *room;
	size_t got;
	while ((room = buf_reserve(out, 65536)) && (got = fread(room, 1, 65536, f)) > 0)
		out->n += got;
	int rc = 0;
	if (ferror(f))
		rc = err_set(e, ERR_INPUT, NULL, "cannot read \"%s\": %s", path, strerror(errno));
	else if (out->failed || out->n > max_bytes)
		rc = err_set(e, ERR_TOO_LARGE, NULL, "\"%s\" is larger than %zu bytes", path,
			     max_bytes);
	if (f != stdin)
		fclose(f);
	return rc;
}
