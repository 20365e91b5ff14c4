/* The subcommands: one table, one file each. A command prints its own errors and returns the exit
 * status. */
#ifndef DEMARCHE_SERVER_COMMAND_H
#define DEMARCHE_SERVER_COMMAND_H

#include <stdio.h>

#include "api/format/json_write.h"
#include "api/http.h"
#include "base/model.h"
#include "server/options.h"

enum { STATUS_OK = 0, STATUS_FAILED = 1, STATUS_USAGE = 2 };

typedef int command_run(const struct options *o);

struct engine;

struct command {
	const char *name;
	unsigned bit; /* FOR_... */
	const char *args;
	int min_args, max_args;
	const char *summary;
	const char *details; /* "" or sentences for --help */
	command_run *run;
};

/* What a command does with an article that it reads. Each returns 0, or -1 with *e. */
struct article_task {
	/* For reading, on standard output. */
	int (*print)(const struct engine *en, const struct options *o,
		     const struct article *article, struct arena *a, struct err *e);
	/* Members of a JSON object. */
	int (*write)(const struct engine *en, const struct options *o,
		     const struct article *article, struct arena *a, struct jw *j, struct err *e);
};

extern const struct command commands[];
extern const size_t commands_count;

command_run command_serve, command_extract, command_annotate, command_explain, command_parse,
	command_import, command_query, command_export, command_backup, command_check,
	command_health, command_version, command_help;

/* Parses what stands after the name and runs; argv[1] is the name. */
int command_main(int argc, char **argv);
void command_print_help(FILE *to, const struct command *c);

/* "demarche: what went wrong" on standard error; gives STATUS_FAILED. */
int command_fail(const struct err *e);
/* Runs a task on the one article of the argument or of standard input, or with --format jsonl on
 * each line. Opens the engine. */
int command_articles(const struct options *o, const struct article_task *task);
/* The store by --db and the cache options, for the one writer or beside it; NULL with *e. `command`
 * is who asks: a second writer is told of it. */
struct store *command_store(const struct options *o, int readers, const char *command,
			    struct err *e);
struct store *command_store_reading(const struct options *o, struct err *e);
/* Puts the database's name before what went wrong with it, where it does not stand there. */
void command_name_db(const struct options *o, struct err *e);
/* A whole file, or standard input for "-"; -1 with *e (ERR_INPUT; larger than max_bytes). */
int command_read(const char *path, size_t max_bytes, struct buf *out, struct err *e);
/* A file's bytes as the one article that they are, by what they start with: a JSON object, or a
 * text, which is checked to be UTF-8 and gets the title and date of the options. A byte order mark
 * is no part of it. What is JSON, by its start or by the name of the file, is never read as a text:
 * a list, or articles on a line each, is refused with a word on how to give them. Lives in `a` and
 * `bytes`. */
int command_article(struct str bytes, const char *path, const struct options *o, struct arena *a,
		    struct article *out, struct err *e) MUST_CHECK;

#endif
