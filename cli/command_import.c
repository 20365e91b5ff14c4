/* import: articles from NDJSON, feeds, pages and folders, read on all processors. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/format/article_line.h"
#include "api/format/feed.h"
#include "api/issue_registry.h"
#include "base/utf8.h"
#include "cli/article_input.h"
#include "cli/command.h"
#include "cli/import_queue.h"
#include "cli/progress.h"
#include "db/store.h"

enum {
	ARENA_MAX_BYTES = 1 << 30,
	REPORTED_MAX = 20,
	MARKUP_START = 1024,
	LOOK_UP_MS = 60000, /* of a text: nobody else wants the reader */
};

struct import {
	const struct options *o;
	struct store *store;
	struct engine *engine;
	struct api api; /* the two, and the issues in force */
	struct import_queue *queue;
	size_t added, known, bad;
	struct progress progress;
	off_t total, done; /* bytes of all input, 0: not known; and of what is on its way */
};

/* --- what is shown --- */

static void show(struct import *im, bool is_last)
{
	char text[80];
	size_t articles = im->added + im->known + im->bad;
	double seconds = progress_seconds(&im->progress);
	double share = im->total > 0 ? (double)im->done / (double)im->total : 0;
	snprintf(text, sizeof text, "%zu articles, %.0f/s", articles,
		 seconds > 0 ? (double)articles / seconds : 0);
	progress_show(&im->progress, share, text, is_last);
}

static void report(struct import *im, const struct import_outcome *out)
{
	im->bad++;
	if (im->bad > REPORTED_MAX)
		return;
	progress_clear(&im->progress);
	fprintf(stderr, "%.*s:", STR_ARG(out->where));
	if (out->line)
		fprintf(stderr, "%zu:", out->line);
	fprintf(stderr, " %s%s%s\n", out->err->field, *out->err->field ? ": " : "",
		out->err->message);
	if (im->bad == REPORTED_MAX)
		fprintf(stderr, "further bad articles are counted only\n");
}

static void tell(void *context, const struct import_outcome *out)
{
	struct import *im = context;
	if (out->err->kind != ERR_NONE)
		report(im, out);
	else
		*(out->is_new ? &im->added : &im->known) += 1;
	show(im, false);
}

/* --- what is read --- */

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
		struct arena *a = import_queue_next(im->queue, e);
		if (!a)
			rc = -1;
		else if (s.n > (size_t)im->o->max_body)
			err_set(&own, ERR_TOO_LARGE, NULL, "the line is larger than %lld bytes",
				(long long)im->o->max_body);
		else if (article_line_decode(s, a, &id, &article, &own) == 0)
			import_queue_put(im->queue, &article, str_of(path), number);
		if (own.kind != ERR_NONE)
			import_queue_fail(im->queue, &own, str_of(path), number);
	}
	if (rc == 0 && ferror(f))
		rc = err_set(e, ERR_INPUT, NULL, "cannot read \"%s\": %s", path, strerror(errno));
	free(line);
	return rc;
}

/* One that cannot be taken, which is told of in its turn. */
static int refuse(struct import *im, const char *path, const struct err *why, struct err *e)
{
	if (!import_queue_next(im->queue, e))
		return -1;
	import_queue_fail(im->queue, why, str_of(path), 0);
	return 0;
}

/* The entries of a feed, whose memory outlives them. */
static int import_feed(struct import *im, struct str xml, const char *path, struct err *e)
{
	struct feed feed;
	struct err own = {0};
	struct arena a;
	int rc = 0;
	arena_init(&a, ARENA_MAX_BYTES);
	if (feed_read(xml, &a, &feed, &own))
		rc = refuse(im, path, &own, e);
	for (size_t i = 0; own.kind == ERR_NONE && rc == 0 && i < feed.n; i++) {
		const struct feed_entry *entry = &feed.entries[i];
		if (!import_queue_next(im->queue, e))
			rc = -1;
		else if (entry->err.kind != ERR_NONE)
			import_queue_fail(im->queue, &entry->err, str_of(path), entry->line);
		else
			import_queue_put(im->queue, &entry->article, str_of(path), entry->line);
	}
	if (import_queue_drain(im->queue, e))
		rc = -1;
	arena_release(&a);
	return rc;
}

/* A text, a page, or an article as JSON. */
static int import_article(struct import *im, struct str bytes, const char *path, struct err *e)
{
	struct article article;
	struct err own = {0};
	struct arena *a = import_queue_next(im->queue, e);
	if (!a)
		return -1;
	struct str kept = arena_str(a, bytes);
	if (!kept.p)
		return arena_full(e);
	if (article_input_decode(kept, path, im->o, a, &article, &own) == 0)
		import_queue_put(im->queue, &article, str_of(path), 0);
	else
		import_queue_fail(im->queue, &own, str_of(path), 0);
	return 0;
}

/* A file that is taken as a whole. */
static int import_whole(struct import *im, const char *path, struct err *e)
{
	struct buf bytes = {0};
	struct err own = {0};
	int rc;
	if (command_read(path, (size_t)im->o->max_body, &bytes, &own) != 0) {
		rc = refuse(im, path, &own, e);
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

/* Calls `each` with the path of each article in the folder, in the order of names, until it fails.
 */
static int walk_folder(struct import *im, const char *path,
		       int (*each)(struct import *, const char *, struct err *), struct err *e)
{
	struct dirent **names;
	int rc = 0, n = scandir(path, &names, is_article_file, alphasort);
	if (n < 0)
		return err_set(e, ERR_INPUT, NULL, "cannot read the folder \"%s\": %s", path,
			       strerror(errno));
	for (int i = 0; i < n; i++) {
		struct buf full;
		buf_init(&full, 1 << 16);
		buf_printf(&full, "%s/%s", path, names[i]->d_name);
		buf_add_char(&full, '\0');
		if (rc == 0)
			rc = full.failed ? err_set(e, ERR_INPUT, NULL, "the path is too long")
					 : each(im, full.p, e);
		buf_release(&full);
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
	if (strcmp(path, "-") == 0)
		return import_lines(im, stdin, "standard input", e);
	if (stat(path, &st) != 0)
		return err_set(e, ERR_INPUT, NULL, "cannot open \"%s\": %s", path, strerror(errno));
	if (S_ISDIR(st.st_mode))
		return walk_folder(im, path, import_whole, e);
	/* A pipe can be read once: no look at how it starts. */
	if (S_ISREG(st.st_mode) && is_document(im, path))
		return import_whole(im, path, e);
	FILE *f = fopen(path, "rb");
	if (!f)
		return err_set(e, ERR_INPUT, NULL, "cannot open \"%s\": %s", path, strerror(errno));
	int rc = import_lines(im, f, path, e);
	fclose(f);
	return rc;
}

static int add_size(struct import *im, const char *path, struct err *e)
{
	struct stat st;
	(void)e;
	im->total += stat(path, &st) == 0 ? st.st_size : 0;
	return 0;
}

/* How much there is to read; nobody knows of standard input. */
static void add_up(struct import *im)
{
	struct err ignored = {0};
	for (int i = 0; i < im->o->n_args; i++) {
		struct stat st;
		const char *path = im->o->args[i];
		if (strcmp(path, "-") == 0) {
			im->total = 0;
			return;
		}
		if (stat(path, &st) != 0)
			continue;
		int rc = S_ISDIR(st.st_mode) ? walk_folder(im, path, add_size, &ignored)
					     : add_size(im, path, &ignored);
		(void)rc; /* it is said when it is read */
	}
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
	const int threads = (int)im->o->extractors;
	im->engine = engine_open(e);
	im->store = im->engine ? command_store(im->o, threads, "import", e) : NULL;
	if (!im->store)
		return e->kind == ERR_BUSY ? name_other_way(im->o, e) : -1;
	struct knowledge known = engine_knowledge(im->engine);
	int rc = store_seed(im->store, &known, e);
	im->api = (struct api){.engine = im->engine,
			       .store = im->store,
			       .extracts = !im->o->no_extract,
			       .deadline_ms = LOOK_UP_MS};
	im->api.issues = rc == 0 ? issue_registry_open(im->engine, im->store, e) : NULL;
	im->queue = im->api.issues ? import_queue_open(&im->api, im->o, threads,
						       (struct import_listener){tell, im}, e)
				   : NULL;
	rc = im->queue ? 0 : -1;
	add_up(im);
	im->progress = progress_begin();
	for (int i = 0; rc == 0 && i < im->o->n_args; i++)
		rc = import_path(im, im->o->args[i], e);
	/* What is on its way is written all the same. */
	struct err why = {0};
	if (im->queue && import_queue_drain(im->queue, rc ? &why : e))
		rc = -1;
	return rc;
}

int command_import(const struct options *o)
{
	struct err e = {0};
	struct import *im = calloc(1, sizeof *im);
	if (!im)
		return STATUS_FAILED;
	im->o = o;
	int rc = run(im, &e);
	if (im->queue)
		show(im, true);
	import_queue_close(im->queue);
	issue_registry_close(im->api.issues);
	store_close(im->store);
	engine_close(im->engine);
	printf("%zu articles added, %zu known already, %zu bad\n", im->added, im->known, im->bad);
	int status = rc != 0 ? command_fail(&e) : im->bad ? STATUS_FAILED : STATUS_OK;
	free(im);
	return status;
}
