/* A batch: one article a line in, one result a line out, in order. A bad line fails alone. The lines are taken in slices:
 * decode and extract on the worker, submit all, wait for the writer, write the results, next slice; so a long batch holds
 * neither a worker for long nor much memory. */
#include <stdatomic.h>

#include "api/intake.h"
#include "api/json_article.h"
#include "api/problem.h"
#include "api/resource.h"

enum {
	BATCH_LINES_MAX = 20000, /* a result is up to a hundred times its line: "{}" */
	SLICE_LINES = 64,
	SLICE_BYTES = 64 * 1024, /* of text: at some 5 ms a kB a slice holds its worker for about 0.3 s */
	SLICE_ARENA_MAX = 256 * 1024 * 1024,
};

struct entry {
	struct write write;
	int64_t line; /* counts from 1 */
	struct err err;
	bool is_submitted;
};

struct batch {
	struct request *rq;
	struct str rest; /* lines to come */
	int64_t line;
	struct arena arena;    /* of the slice */
	atomic_size_t waiting; /* writes under way, and one for the handler itself */
	size_t n;
	struct entry entries[SLICE_LINES];
};

static api_handler slice_written;

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

static void prepare(struct batch *b, struct entry *entry, struct str line)
{
	struct store *store = b->rq->api->store;
	struct write *w = &entry->write;
	bool is_known;
	*entry = (struct entry){.line = b->line};
	w->op = WRITE_ARTICLE;
	w->done = on_done;
	w->context = b;
	if (article_decode(line, &b->arena, &w->article, &entry->err) ||
	    intake(b->rq->api, w, &b->arena, &is_known, &entry->err) || is_known)
		return;
	atomic_fetch_add_explicit(&b->waiting, 1, memory_order_relaxed);
	/* Set before the submission: a write that is done may be read at once. */
	entry->is_submitted = true;
	if (store_submit(store, w, &entry->err) == 0)
		return;
	entry->is_submitted = false;
	atomic_fetch_sub_explicit(&b->waiting, 1, memory_order_relaxed);
}

static enum api_result next_slice(struct batch *b)
{
	struct str line;
	size_t bytes = 0;
	b->n = 0;
	atomic_store_explicit(&b->waiting, 1, memory_order_relaxed);
	b->rq->then = slice_written;
	while (b->n < SLICE_LINES && bytes < SLICE_BYTES && str_split(&b->rest, '\n', &line)) {
		b->line++;
		bytes += line.n;
		if (str_trim(line).n)
			prepare(b, &b->entries[b->n++], line);
	}
	count_down(b);
	return API_LATER;
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
		problem_encode(j, err);
	} else {
		jw_string(j, entry->write.is_new ? STR("created") : STR("exists"));
		JW_MEMBER(j, "id", entry->write.id);
		JW_MEMBER(j, "statement_count", entry->write.article.statement_count);
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
	if (b->rest.n)
		return next_slice(b);
	return finish(rs, e);
}

static size_t count_lines(struct str body)
{
	size_t n = 1;
	for (size_t i = 0; i + 1 < body.n; i++)
		n += body.p[i] == '\n';
	return n;
}

enum api_result post_batch(struct request *rq, struct response *rs, struct err *e)
{
	if (params_none(rq, e))
		return API_ERROR;
	if (str_trim(rq->body).n == 0) {
		err_set(e, ERR_INPUT, NULL, "the body is empty; a batch has one article as JSON a line");
		return API_ERROR;
	}
	if (count_lines(rq->body) > BATCH_LINES_MAX) {
		err_set(e, ERR_TOO_LARGE, NULL, "the batch has more than %d lines", BATCH_LINES_MAX);
		return API_ERROR;
	}
	struct batch *b = arena_alloc(rq->arena, sizeof *b);
	if (!b || arena_defer(rq->arena, batch_release, b)) {
		arena_full(e);
		return API_ERROR;
	}
	arena_init(&b->arena, SLICE_ARENA_MAX);
	b->rq = rq;
	b->rest = rq->body;
	rq->state = b;
	rs->content_type = "application/x-ndjson";
	return next_slice(b);
}
