/* The table of the commands, and the help made from it. */
#include "cli/commands.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/version.h"
#include "cli/command.h"

enum { ARGS_MAX = 1000000 };

struct command {
	const char *name;
	unsigned bit; /* FOR_... */
	const char *args;
	int min_args, max_args;
	const char *summary;
	const char *details; /* "" or sentences for --help */
	command_run *run;
};

static command_run print_version, print_help;

static const struct command commands[] = {
	{"serve", FOR_SERVE, "", 0, 0, "run the service",
	 "Ends on SIGTERM or SIGINT after the running requests; a second signal ends it at once.\n",
	 command_serve},
	{"extract", FOR_EXTRACT, "[FILE]", 0, 1, "print the statements of an article",
	 "FILE, or standard input, is a plain text or, by its start, a page (HTML) or an article "
	 "as JSON (also by the name .json); with\n"
	 "--format jsonl one article a line\n"
	 "{\"id\",\"text\",\"title\",\"published_at\"}, and one line {\"id\",\"statements\"} each. "
	 "A bad line gives a line with\n"
	 "\"error\" and in the end the exit status 1.\n",
	 command_extract},
	{"annotate", FOR_ANNOTATE, "[FILE]", 0, 1,
	 "print sentences, mentions of actors, times and statements of an article",
	 "Input as for extract. Lines out are {\"id\",\"sentences\":[[s,e]],"
	 "\"mentions\":[{\"start\",\"end\",\"kind\",\"actor\",\"wikidata\"}],\n"
	 "\"times\":[{\"start\",\"end\",\"value\"}],\"statements\"}. "
	 "Offsets are code points; mentions of one actor share its key.\n",
	 command_annotate},
	{"explain", FOR_EXPLAIN, "[FILE]", 0, 1, "print why each statement of an article was found",
	 "Input as for extract. Of each statement: the word that tells that somebody says it "
	 "(cue), how the content hangs on it,\n"
	 "content and source with the best candidates that were rejected for them, and what the "
	 "choice was made by. Weights are log\n"
	 "odds: +0.7 doubles the odds, -0.7 halves them. docs/extractor.md has an example.\n",
	 command_explain},
	{"parse", FOR_PARSE, "[FILE...]", 0, ARGS_MAX,
	 "print tokens, tags and trees of a text as CoNLL-U",
	 "Each FILE, or standard input, is UTF-8 text whose paragraphs end at blank lines, or with "
	 "--format conllu a file of that\n"
	 "form, whose tokens and comments are kept as they are. A fault in the input is named with "
	 "its line and ends the run.\n",
	 command_parse},
	{"import", FOR_IMPORT, "PATH...", 1, ARGS_MAX, "store articles",
	 "PATH is a file of articles as JSON, one a line (- is standard input), a file *.json of "
	 "one article, a page (HTML), a feed (RSS,\n"
	 "Atom), or a folder of texts, pages and feeds (*.txt, *.html, *.htm, *.xml, *.rss, "
	 "*.atom). Articles that are there already are\n"
	 "counted, not stored again. Bad lines and entries are reported and the rest goes on.\n"
	 "One process writes a database at a time: while it is being served, import is refused and "
	 "says how to send the lines\n"
	 "to the service.\n",
	 command_import},
	{"query", FOR_QUERY, "PHRASE", 1, 64, "answer a question in words",
	 "Such as: demarche query all statements by Wang Yi about core interests\n", command_query},
	{"export", FOR_EXPORT, "[KEY=VALUE...]", 0, 64,
	 "print all statements that meet the conditions",
	 "The conditions are those of GET /v1/statements: speaker=CHN issue=\"core interests\"\n",
	 command_export},
	{"backup", FOR_BACKUP, "FILE", 1, 1,
	 "copy the database to a new file, also while it is being served",
	 "The copy is one consistent moment. It is made as FILE.partial, and becomes FILE when it "
	 "is whole and on the disk.\n"
	 "Databases of older programs are taken as they are: take a backup before an upgrade, with "
	 "either program.\n",
	 command_backup},
	{"copy", FOR_COPY, "", 0, 0,
	 "copy a database from a file onto a PostgreSQL server, or back",
	 "A copy that was interrupted goes on where it was, with the same command. Every row of "
	 "both "
	 "is compared before the new database\n"
	 "is one: a file is called FILE.partial until then. The old one may be served meanwhile; "
	 "what changes there after the start is not copied.\n",
	 command_copy},
	{"work", FOR_WORK, "", 0, 0, "read articles for a service whose database is on a server",
	 "Takes articles that are to be read (POST /v1/articles?later=true, or all after a change "
	 "of the engine or of issues), finds\n"
	 "their statements on all processors, and hands them in to the copy of the service that "
	 "writes. Any number may run, on any\n"
	 "machine, of the service's version; one that is killed loses nothing. Ends on SIGTERM or "
	 "SIGINT.\n",
	 command_work},
	{"check", FOR_CHECK, "", 0, 0, "check the database, also while it is being served",
	 "Prints each fault, at most 50 of a kind; exit status 1 when there are any. It changes "
	 "nothing. Large databases need\n"
	 "room for temporary files, an eighth of the database, in TMPDIR or /var/tmp. With "
	 "--repair it first makes right what\n"
	 "can be counted or derived from the rows (counters, tallies, facets, the full-text "
	 "index); nothing else may have the\n"
	 "database open for writing meanwhile.\n",
	 command_check},
	{"health", FOR_HEALTH, "[URL]", 0, 1, "ask a running service whether it is ready",
	 "URL is http://127.0.0.1:8080/readyz unless given or DEMARCHE_LISTEN names another "
	 "port.\n",
	 command_health},
	{"version", FOR_VERSION, "", 0, 0, "print the version", "", print_version},
	{"help", FOR_HELP, "[COMMAND]", 0, 1, "print this, or the help of a command", "",
	 print_help},
};
enum { COUNT = sizeof commands / sizeof commands[0] };

static const struct command *find(const char *name)
{
	for (int i = 0; i < COUNT; i++)
		if (strcmp(name, commands[i].name) == 0)
			return &commands[i];
	return NULL;
}

static void print_overview(FILE *to)
{
	fprintf(to, "demarche: who said what, on which issue, taking which stance, "
		    "towards whom\n\n"
		    "usage: demarche COMMAND [OPTIONS] [ARGUMENTS]\n\n");
	for (int i = 0; i < COUNT; i++)
		fprintf(to, "  %-9s %s\n", commands[i].name, commands[i].summary);
	fprintf(to, "\ndemarche COMMAND --help tells a command's options. Exit status: 0 all well, "
		    "1 failed, 2 wrong usage.\n");
}

static void print_command(FILE *to, const struct command *c)
{
	struct buf options;
	buf_init(&options, 65536);
	options_help(&options, c->bit);
	fprintf(to, "usage: demarche %s%s%s%s\n\n%s\n%s", c->name, options.n ? " [OPTIONS]" : "",
		*c->args ? " " : "", c->args, c->summary, c->details);
	if (options.n)
		fprintf(to, "\noptions:\n%.*s", STR_ARG(buf_str(&options)));
	fprintf(to, "\nexit status: 0 all well, 1 failed, 2 wrong usage\n");
	buf_release(&options);
}

static int usage(const struct command *c, const struct err *e)
{
	fprintf(stderr, "demarche%s%s: %s\n", c ? " " : "", c ? c->name : "", e->message);
	return STATUS_USAGE;
}

static int check_args(const struct command *c, const struct options *o, struct err *e)
{
	if (o->wants_help)
		return 0;
	if (o->n_args < c->min_args)
		return err_set(e, ERR_INPUT, NULL, "%s is missing (--help tells more)", c->args);
	if (o->n_args > c->max_args)
		return err_set(e, ERR_INPUT, NULL,
			       "\"%s\" is one argument too many (--help tells more)",
			       o->args[c->max_args]);
	return 0;
}

static int run(const struct command *c, int argc, char **argv)
{
	struct options o;
	struct err e = {0};
	const char **args = calloc((size_t)argc + 1, sizeof *args);
	int status = STATUS_OK;
	if (!args) {
		fprintf(stderr, "demarche %s: out of memory\n", c->name);
		return STATUS_FAILED;
	}
	if (options_parse(&o, c->bit, argc, argv, args, &e) != 0 || check_args(c, &o, &e) != 0)
		status = usage(c, &e);
	else if (o.wants_help)
		print_command(stdout, c);
	else
		status = c->run(&o);
	free(args);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		fprintf(stderr, "demarche %s: cannot write to standard output: %s\n", c->name,
			strerror(errno));
		return STATUS_FAILED;
	}
	return status;
}

int commands_main(int argc, char **argv)
{
	struct err e = {0};
	/* A file that may not grow is an error of writing, as a full disk is. */
	signal(SIGXFSZ, SIG_IGN);
	arena_keep_memory();
	if (argc < 2) {
		print_overview(stderr);
		return STATUS_USAGE;
	}
	const char *name = argv[1];
	if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
		name = "help";
	if (strcmp(name, "--version") == 0)
		name = "version";
	const struct command *c = find(name);
	if (c)
		return run(c, argc - 2, argv + 2);
	err_set(&e, ERR_INPUT, NULL, "unknown command \"%s\" (demarche help lists them)", name);
	return usage(NULL, &e);
}

static int print_help(const struct options *o)
{
	if (o->markdown) {
		struct buf out;
		buf_init(&out, 1 << 20);
		options_markdown(&out);
		fwrite(out.p, 1, out.n, stdout);
		buf_release(&out);
		return STATUS_OK;
	}
	if (o->n_args == 0) {
		print_overview(stdout);
		return STATUS_OK;
	}
	const struct command *c = find(o->args[0]);
	if (c) {
		print_command(stdout, c);
		return STATUS_OK;
	}
	struct err e = {0};
	err_set(&e, ERR_INPUT, NULL, "unknown command \"%s\"", o->args[0]);
	return usage(NULL, &e);
}

static int print_version(const struct options *o)
{
	(void)o;
	puts("demarche " PROGRAM_VERSION);
	return STATUS_OK;
}
