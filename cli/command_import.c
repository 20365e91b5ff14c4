/* import: articles from NDJSON, feeds, pages and folders, in groups that share transactions. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/format/article_line.h"
#include "api/format/feed.h"
#include "api/ingest.h"
#include "api/issue_registry.h"
#include "base/date.h"
#include "base/utf8.h"
#include "cli/article_input.h"
#include "cli/command.h"
#include "db/store.h"

enum {
	GROUP_MAX = 1024,
	GROUP_BYTES = 64 << 20,
	ARENA_MAX_BYTES = 1 << 30,
	REPORTED_MAX = 20,
	BAR_WIDTH = 30,
	MARKUP_START = 1024,
	LOOK_UP_MS = 60000, /* of a text: nobody else wants the reader */
};

struct import {
	const struct options *o;
	struct store *store;
	struct engine *engine;
	struct api api;	      /* the two, and the issues in force */
	struct arena arena;   /* of the group */
	struct budget budget; /* of an article */
	struct write writes[GROUP_MAX];
	struct write *pointers[GROUP_MAX];
	size_t n;
	size_t added, known, bad;
	bool is_terminal;
	int64_t shown_ns;
	off_t total, done; /* bytes of input, where they are known */
};

static void show(struct import *im, bool is_last)
{
	int64_t now = now_monotonic_ns();
	if (!im->is_terminal || (!is_last && now - im->shown_ns < 100000000))
		return;
	im->shown_ns = now;
	char bar[BAR_WIDTH + 1] = "";
	int filled = im->total > 0 ? (int)(im->done * BAR_WIDTH / im->total) : 0;
	for (int i = 0; i < BAR_WIDTH; i++)
		bar[i] = i < filled || is_last ? '#' : '.';
	fprintf(stderr, "\r[%s] %zu articles%s", bar, im->added + im->known, is_last ? "\n" : "");
}

static void report(struct import *im, const char *where, size_t line, const struct err *e)
{
	im->bad++;
	if (im->bad > REPORTED_MAX)
		return;
	if (im->is_terminal)
		fprintf(stderr, "\r\033[K");
	if (line)
		fprintf(stderr, "%s:%zu: ", where, line);
	else
		fprintf(stderr, "%s: ", where);
	fprintf(stderr, "%s%s%s\n", e->field, *e->field ? ": " : "", e->message);
	if (im->bad == REPORTED_MAX)
		fprintf(stderr, "further bad articles are counted only\n");
}

static int flush(struct import *im, struct err *e)
{
	if (im->n && store_write_all(im->store, im->pointers, im->n, e) != 0)
		return -1;
	for (size_t i = 0; i < im->n; i++)
		*(im->writes[i].is_new ? &im->added : &im->known) += 1;
	im->n = 0;
	arena_release(&im->arena);
	show(im, false);
	return 0;
}

/* Extracts and puts into the group what is not known. The article's strings live in im->arena. */
static int take(struct import *im, const struct article *article, const char *where, size_t line,
		struct err *e)
{
	struct write *w = &im->writes[im->n];
	struct err own = {0};
	enum ingest_step next;
	*w = (struct write){.op = WRITE_ARTICLE, .article = *article};
	budget_start(&im->budget);
	if (ingest_look_up(&im->api, w, &im->arena, &next, &own) != 0 ||
	    (next == INGEST_READ && ingest_read(&im->api, w, &im->arena, &own) != 0)) {
		report(im, where, line, &own);
		return 0;
	}
	if (next == INGEST_DONE) {
		im->known++;
		show(im, false);
	} else {
		im->pointers[im->n++] = w;
	}
	bool is_full = im->n >= (size_t)im->o->write_group || im->n == GROUP_MAX ||
		       im->arena.used > GROUP_BYTES;
	return is_full ? flush(im, e) : 0;
}

static int import_lines(struct import *im, FILE *f, const char *path, struct err *e)
{
	char *line = NULL;
	size_t cap = 0;
	ssize_t n;
	int rc = 0;
	for (size_t number = 1; rc == 0 && (n = getline(&line, &cap, f)) >= 0; number++) {
		struct article article;
		struct err own = {0};
		struct str id, s = str_trim((struct str){line, (size_t)n});
		im->done += n;
		if (s.n == 0)
			continue;
		if (s.n > (size_t)im->o->max_body)
			err_set(&own, ERR_TOO_LARGE, NULL, "the line is larger than %lld bytes",
				(long long)im->o->max_body);
		else if (article_line_decode(s, &im->arena, &id, &article, &own) == 0)
			rc = take(im, &article, path, number, e);
		if (own.kind != ERR_NONE)
			report(im, path, number, &own);
	}
	if (rc == 0 && ferror(f))
		rc = err_set(e, ERR_INPUT, NULL, "cannot read \"%s\": %s", path, strerror(errno));
	free(line);
	return rc;
}

/* The entries of a feed, whose memory outlives the group that they are written in. */
static int import_feed(struct import *im, struct str xml, const char *path, struct err *e)
{
	struct feed feed;
	struct err own = {0};
	struct arena a;
	int rc = 0;
	arena_init(&a, ARENA_MAX_BYTES);
	a.budget = &im->budget;
	budget_start(&im->budget);
	if (feed_read(xml, &a, &feed, &own))
		report(im, path, 0, &own);
	for (size_t i = 0; own.kind == ERR_NONE && rc == 0 && i < feed.n; i++) {
		const struct feed_entry *entry = &feed.entries[i];
		if (entry->err.kind != ERR_NONE)
			report(im, path, entry->line, &entry->err);
		else
			rc = take(im, &entry->article, path, entry->line, e);
	}
	if (rc == 0)
		rc = flush(im, e);
	arena_release(&a);
	return rc;
}

/* A text, a page, or an article as JSON. */
static int import_article(struct import *im, struct str bytes, const char *path, struct err *e)
{
	struct article article;
	struct err own = {0};
	struct str kept = arena_str(&im->arena, bytes);
	if (!kept.p)
		return arena_full(e);
	budget_start(&im->budget);
	if (article_input_decode(kept, path, im->o, &im->arena, &article, &own) == 0)
		return take(im, &article, path, 0, e);
	report(im, path, 0, &own);
	return 0;
}

/* A file that is taken as a whole. */
static int import_whole(struct import *im, const char *path, struct err *e)
{
	struct buf bytes = {0};
	struct err own = {0};
	int rc = 0;
	if (command_read(path, (size_t)im->o->max_body, &bytes, &own) != 0) {
		report(im, path, 0, &own);
	} else {
		im->done += (off_t)bytes.n;
		rc = feed_is_xml(buf_str(&bytes)) ? import_feed(im, buf_str(&bytes), path, e)
						  : import_article(im, buf_str(&bytes), path, e);
	}
	buf_release(&bytes);
	return rc;
}

static int is_article_file(const struct dirent *d)
{
	static const char *const endings[] = {".txt", ".html", ".htm", ".xml", ".rss", ".atom"};
	for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
		if (str_ends(str_of(d->d_name), str_of(endings[i])))
			return true;
	return false;
}

static int import_folder(struct import *im, const char *path, struct err *e)
{
	struct dirent **names;
	int rc = 0, n = scandir(path, &names, is_article_file, alphasort);
	if (n < 0)
		return err_set(e, ERR_INPUT, NULL, "cannot read the folder \"%s\": %s", path,
			       strerror(errno));
	im->total = n;
	for (int i = 0; i < n; i++) {
		struct str full = arena_printf(&im->arena, "%s/%s", path, names[i]->d_name);
		if (rc == 0)
			rc = full.p ? import_whole(im, full.p, e) : arena_full(e);
		im->done = i + 1;
		free(names[i]);
	}
	free(names);
	return rc;
}

/* Does the file start as a page or a feed does? */
static bool is_markup(const char *path)
{
	char start[MARKUP_START];
	FILE *f = fopen(path, "rb");
	struct str s = {start, f ? fread(start, 1, sizeof start, f) : 0};
	if (f)
		fclose(f);
	return article_input_is_page(s) || feed_is_xml(s);
}

/* Is a file a page, a feed, or, named .json, one article over several lines or a list of them? Else
 * it is read line by line. */
static bool is_document(const struct import *im, const char *path)
{
	if (is_markup(path))
		return true;
	struct buf bytes = {0};
	struct err ignored = {0};
	struct article article;
	struct arena a;
	struct str id, line = STR_EMPTY;
	arena_init(&a, ARENA_MAX_BYTES);
	bool is_one = str_ends(str_of(path), STR(".json")) &&
		      command_read(path, (size_t)im->o->max_body, &bytes, &ignored) == 0;
	struct str s = is_one ? str_trim(utf8_skip_mark(buf_str(&bytes))) : STR_EMPTY, rest = s;
	bool has_line = str_split(&rest, '\n', &line);
	is_one = has_line && (s.p[0] == '[' || str_eq(str_trim(line), STR("{")) ||
			      article_line_decode(s, &a, &id, &article, &ignored) == 0);
	buf_release(&bytes);
	arena_release(&a);
	return is_one;
}

static int import_path(struct import *im, const char *path, struct err *e)
{
	struct stat st;
	im->total = im->done = 0;
	if (strcmp(path, "-") == 0)
		return import_lines(im, stdin, "standard input", e);
	if (stat(path, &st) != 0)
		return err_set(e, ERR_INPUT, NULL, "cannot open \"%s\": %s", path, strerror(errno));
	if (S_ISDIR(st.st_mode))
		return import_folder(im, path, e);
	im->total = st.st_size;
	if (is_document(im, path))
		return import_whole(im, path, e);
	FILE *f = fopen(path, "rb");
	if (!f)
		return err_set(e, ERR_INPUT, NULL, "cannot open \"%s\": %s", path, strerror(errno));
	int rc = import_lines(im, f, path, e);
	fclose(f);
	return rc;
}

/* Another process writes the database: its lines can go there. */
static int name_other_way(const struct options *o, struct err *e)
{
	struct store_holder h = store_holder(o->db);
	struct err refusal = *e;
	*e = (struct err){0};
	if (!*h.address)
		return err_set(e, refusal.kind, NULL, "%.360s. Wait for it to end, or stop it",
			       refusal.message);
	return err_set(e, refusal.kind, NULL,
		       "%.250s. Stop it first, or send it the lines, with its token if it has any: "
		       "curl -H 'Content-Type: application/x-ndjson' --data-binary @FILE "
		       "%.100s/v1/articles/batch",
		       refusal.message, h.address);
}

static int run(struct import *im, struct err *e)
{
	im->engine = engine_open(e);
	im->store = im->engine ? command_store(im->o, 1, "import", e) : NULL;
	if (!im->store)
		return e->kind == ERR_BUSY ? name_other_way(im->o, e) : -1;
	struct knowledge known = engine_knowledge(im->engine);
	int rc = store_seed(im->store, &known, e);
	im->api = (struct api){.engine = im->engine,
			       .store = im->store,
			       .extracts = !im->o->no_extract,
			       .deadline_ms = LOOK_UP_MS};
	im->api.issues = rc == 0 ? issue_registry_open(im->engine, im->store, e) : NULL;
	rc = im->api.issues ? 0 : -1;
	for (int i = 0; rc == 0 && i < im->o->n_args; i++)
		rc = import_path(im, im->o->args[i], e);
	return rc == 0 ? flush(im, e) : -1;
}

int command_import(const struct options *o)
{
	struct err e = {0};
	struct import *im = calloc(1, sizeof *im);
	if (!im)
		return STATUS_FAILED;
	im->o = o;
	im->is_terminal = isatty(STDERR_FILENO);
	im->budget = (struct budget){.tokens_max = (size_t)o->article_tokens,
				     .cpu_max_ns = o->article_cpu * 1000000};
	arena_init(&im->arena, ARENA_MAX_BYTES);
	im->arena.budget = &im->budget;
	int rc = run(im, &e);
	show(im, true);
	arena_release(&im->arena);
	issue_registry_close(im->api.issues);
	store_close(im->store);
	engine_close(im->engine);
	printf("%zu articles added, %zu known already, %zu bad\n", im->added, im->known, im->bad);
	int status = rc != 0 ? command_fail(&e) : im->bad ? STATUS_FAILED : STATUS_OK;
	free(im);
	return status;
}
