/* A command, and what commands share. Each stands in its own file, command_NAME.c; it prints its
 * own errors and returns the exit status. */
#ifndef DEMARCHE_CLI_COMMAND_H
#define DEMARCHE_CLI_COMMAND_H

#include "base/buf.h"
#include "base/err.h"
#include "cli/options.h"

struct store;

enum { STATUS_OK = 0, STATUS_FAILED = 1, STATUS_USAGE = 2 };

typedef int command_run(const struct options *o);

command_run command_annotate, command_backup, command_check, command_copy, command_explain,
	command_export, command_extract, command_health, command_import, command_parse,
	command_query, command_serve, command_work;

/* "demarche: what went wrong" on standard error; gives STATUS_FAILED. */
int command_fail(const struct err *e);
/* The store by --db and the cache options, for the one writer or beside it; NULL with *e. `command`
 * is who asks: a second writer is told of it. */
struct store *command_store(const struct options *o, int readers, const char *command,
			    struct err *e);
struct store *command_store_reading(const struct options *o, int readers, struct err *e);
/* Puts the database's name before what went wrong with it, where it does not stand there. */
void command_name_db(const struct options *o, struct err *e);
/* A whole file, or standard input for "-"; -1 with *e (ERR_INPUT; larger than max_bytes). */
int command_read(const char *path, size_t max_bytes, struct buf *out, struct err *e);

#endif
