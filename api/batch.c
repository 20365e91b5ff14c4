/* A batch: one article a line in, or the entries of a feed; one result a line out, in order. A bad
 * one fails alone. They are taken in slices: decoded and looked up on a worker, read and submitted
 * one a turn as long work, so that single articles are read between; then the writer is waited for,
 * the results are written, next slice. So a long batch holds neither a thread for long nor much
 * memory. */
#include <stdatomic.h>

#include "api/format/feed.h"
#include "api/format/json_article.h"
#include "api/format/json_statement.h"
#include "api/ingest.h"
#include "api/issue_registry.h"
#include "api/jobs.h"
#include "api/problem.h"
#include "api/resource.h"

enum {
	BATCH_LINES_MAX = 20000, /* a result is up to a hundred times its line: "{}" */
	SLICE_LINES = 64,
	SLICE_BYTES = 64 * 1024, /* of text, after which no further line is taken */
	SLICE_ARENA_MAX = 256 * 1024 * 1024,
};

struct entry {
	struct write write;
	int64_t line; /* counts from 1 */
	struct err err;
	bool is_to_be_read;
};

struct batch {
	struct request *rq;
	bool is_later;	  /* statements are found in the background */
	struct str rest;  /* lines to come */
	struct feed feed; /* or its entries, */
	size_t n_taken;	  /* and how many of them were taken */
	int64_t line;
	struct arena arena;    /* of the slice */
	atomic_size_t waiting; /* writes under way, and one for the handler itself */
	size_t n, next;	       /* lines, and the first of them that was not read yet */
	struct entry entries[SLICE_LINES];
};

static api_handler slice_written, read_next;

static void batch_release(void *p)
{
	struct batch *b = p;
	arena_release(&b->arena);
}

/* Whoever comes last, a write or the handler, resumes the request. */
static void count_down(struct batch *b)
{
	if (atomic_fetch_sub_explicit(&b->waiting, 1, memory_order_acq_rel) == 1)
		request_resume(b->rq);
}

static void on_done(struct write *w)
{
	count_down(w->context);
}

static struct entry *add_entry(struct batch *b, int64_t line)
{
	struct entry *entry = &b->entries[b->n++];
	*entry = (struct entry){.line = line};
	entry->write.op = WRITE_ARTICLE;
	entry->write.done = on_done;
	entry->write.context = b;
	return entry;
}

static void submit(struct batch *b, struct entry *entry)
{
	atomic_fetch_add_explicit(&b->waiting, 1, memory_order_relaxed);
	if (store_submit(b->rq->api->store, &entry->write, &entry->err))
		atomic_fetch_sub_explicit(&b->waiting, 1, memory_order_relaxed);
}

/* Its article is there, or why it is not. */
static void look_up(struct batch *b, struct entry *entry)
{
	enum ingest_step next = INGEST_DONE;
	if (entry->err.kind == ERR_NONE &&
	    ingest_look_up(b->rq->api, &entry->write, &b->arena, &next, &entry->err))
		next = INGEST_DONE;
	bool is_later = next == INGEST_READ && b->is_later;
	if (is_later)
		entry->write.edition = WRITE_EDITION_NEVER;
	entry->is_to_be_read = next == INGEST_READ && !is_later;
	if (next == INGEST_SUBMIT || is_later)
		submit(b, entry);
	budget_blame(b->arena.budget, &entry->err);
}

static void prepare_line(struct batch *b, struct str line)
{
	struct entry *entry = add_entry(b, b->line);
	(void)!article_decode(line, &b->arena, &entry->write.article, &entry->err);
	look_up(b, entry);
}

static void prepare_entry(struct batch *b, const struct feed_entry *given)
{
	struct entry *entry = add_entry(b, (int64_t)given->line);
	entry->write.article = given->article;
	entry->err = given->err;
	look_up(b, entry);
}

/* To the next line of the slice that is to be read, or to the wait for those that are being
 * written. */
static enum api_result go_on(struct batch *b)
{
	struct request *rq = b->rq;
	while (b->next < b->n && !b->entries[b->next].is_to_be_read)
		b->next++;
	if (b->next < b->n) {
		rq->then = read_next;
		rq->long_bytes = ingest_bytes(rq->arena, b->entries[b->next].write.article.text.n);
		return API_LONG;
	}
	rq->then = slice_written;
	count_down(b);
	return API_LATER;
}

static enum api_result read_next(struct request *rq, struct response *rs, struct err *e)
{
	struct batch *b = rq->state;
	struct entry *entry = &b->entries[b->next++];
	(void)rs, (void)e;
	if (ingest_read(rq->api, &entry->write, &b->arena, &entry->err) == 0)
		submit(b, entry);
	budget_blame(b->arena.budget, &entry->err);
	return go_on(b);
}

static enum api_result next_slice(struct batch *b)
{
	struct str line;
	size_t bytes = 0;
	b->n = b->next = 0;
	atomic_store_explicit(&b->waiting, 1, memory_order_relaxed);
	while (b->n < SLICE_LINES && bytes < SLICE_BYTES && str_split(&b->rest, '\n', &line)) {
		b->line++;
		bytes += line.n;
		if (str_trim(line).n)
			prepare_line(b, line);
	}
	while (b->n < SLICE_LINES && bytes < SLICE_BYTES && b->n_taken < b->feed.n) {
		const struct feed_entry *given = &b->feed.entries[b->n_taken++];
		bytes += given->article.text.n;
		prepare_entry(b, given);
	}
	return go_on(b);
}

static void write_result(struct jw *j, const struct entry *entry)
{
	const struct err *err = entry->err.kind != ERR_NONE ? &entry->err : &entry->write.err;
	jw_open_object(j);
	JW_MEMBER(j, "line", entry->line);
	JW_NAME(j, "status");
	if (err->kind != ERR_NONE) {
		jw_string(j, STR("error"));
		JW_NAME(j, "problem");
		problem_encode(j, err, STR_EMPTY);
	} else {
		jw_string(j, entry->write.is_new ? STR("created") : STR("exists"));
		JW_MEMBER(j, "id", entry->write.id);
		JW_MEMBER(j, "statement_count", entry->write.article.statement_count);
		not_read_member(j, &entry->write.article);
	}
	jw_close_object(j);
	buf_add_char(j->out, '\n');
}

static enum api_result slice_written(struct request *rq, struct response *rs, struct err *e)
{
	struct batch *b = rq->state;
	for (size_t i = 0; i < b->n; i++) {
		struct jw j = jw_into(&rs->body);
		write_result(&j, &b->entries[i]);
	}
	arena_release(&b->arena);
	if (request_is_unwanted(rq)) {
		err_set(e, ERR_BUSY, NULL, "the work was given up");
		return API_ERROR;
	}
	if (b->rest.n || b->n_taken < b->feed.n)
		return next_slice(b);
	if (b->is_later)
		issue_registry_wake(rq->api->issues);
	return finish(rs, e);
}

static size_t count_lines(struct str body)
{
	size_t n = 1;
	for (size_t i = 0; i + 1 < body.n; i++)
		n += body.p[i] == '\n';
	return n;
}

/* By the media type, which the route has checked. */
static bool is_feed(const struct request *rq)
{
	return str_find(rq->content_type, STR("xml"), 0) != SIZE_MAX ||
	       str_find(rq->content_type, STR("XML"), 0) != SIZE_MAX;
}

enum api_result post_batch(struct request *rq, struct response *rs, struct err *e)
{
	bool is_later;
	if (reread_asked(rq, true, &is_later, e))
		return API_ERROR;
	if (str_trim(rq->body).n == 0) {
		err_set(e, ERR_MISSING, NULL,
			"the body is empty; a batch has one article as JSON a line, or is a feed");
		return API_ERROR;
	}
	if (!is_feed(rq) && count_lines(rq->body) > BATCH_LINES_MAX) {
		err_set(e, ERR_TOO_LARGE, NULL, "the batch has more than %d lines",
			BATCH_LINES_MAX);
		return API_ERROR;
	}
	struct batch *b = arena_alloc(rq->arena, sizeof *b);
	if (!b || arena_defer(rq->arena, batch_release, b)) {
		arena_full(e);
		return API_ERROR;
	}
	arena_init(&b->arena, SLICE_ARENA_MAX);
	b->arena.budget = rq->arena->budget;
	b->rq = rq;
	b->is_later = is_later;
	if (!is_feed(rq))
		b->rest = rq->body;
	else if (feed_read(rq->body, rq->arena, &b->feed, e))
		return API_ERROR;
	if (b->is_later && reread_link(rq, rs, e))
		return API_ERROR;
	rq->state = b;
	rs->content_type = "application/x-ndjson";
	return next_slice(b);
}
