/* What is worth a person's look: statements that nobody has looked at, the least sure or the most
 * used first. Of the newest that fit, so that it costs what a question costs. */
#include <math.h>
#include <stdlib.h>

#include "api/format/json_statement.h"
#include "api/query/interpretation.h"
#include "api/resource.h"

enum { QUEUE_WINDOW = 2000, QUEUE_PAGE = 200 };

struct queued {
	struct statement s;
	double doubt; /* 0..1: that something of it is wrong */
	double use;   /* answers it stands in: statements of its speaker and of its issues */
	double rank;
};

/* That speaker, content and position are all right; what is not known counts as a toss. */
static double doubt_of(const struct statement *s)
{
	double right = (double)s->confidence;
	if (s->n_issues && s->issues[0].position != POSITION_NONE)
		right *= s->issues[0].position_confidence > 0
				 ? (double)s->issues[0].position_confidence
				 : 0.5;
	else if (s->stance.confidence > 0)
		right *= (double)s->stance.confidence;
	return 1 - right;
}

/* Counts are kept beside actors and issues; a look-up each, once a name. */
static int add_use(struct reader *r, struct queued *q, struct arena *a, struct err *e)
{
	struct actor_match actor;
	struct issue_match issue;
	if (q->s.speaker) {
		if (store_actor(r, q->s.speaker->id, a, &actor, e))
			return -1;
		q->use += actor.actor.statement_count;
	}
	for (size_t i = 0; i < q->s.n_issues; i++) {
		if (store_issue(r, q->s.issues[i].issue->id, a, &issue, e))
			return -1;
		q->use += issue.issue.statement_count;
	}
	return 0;
}

static int by_rank(const void *va, const void *vb)
{
	const struct queued *a = va, *b = vb;
	if (a->rank != b->rank)
		return a->rank > b->rank ? -1 : 1;
	return a->s.id > b->s.id ? -1 : a->s.id < b->s.id;
}

struct window {
	struct queued *v;
	size_t n, cap;
	bool is_cut; /* there are more than were looked at */
};

static int read_window(struct request *rq, struct reader *r, struct statement_filter *f,
		       struct window *w, struct err *e)
{
	f->q.limit = QUEUE_PAGE;
	f->q.statuses = 1U << STATUS_MACHINE;
	do {
		struct statement_list list = {0};
		if (!f->q.is_void && store_statements(r, &f->q, rq->arena, &list, &f->q.after, e))
			return -1;
		if (arena_grow(rq->arena, (void **)&w->v, &w->cap, w->n + list.n + 1, sizeof *w->v))
			return arena_full(e);
		for (size_t i = 0; i < list.n; i++) {
			struct queued *q = &w->v[w->n++];
			*q = (struct queued){.s = list.v[i]};
			q->doubt = doubt_of(&q->s);
		}
	} while (f->q.after && w->n < QUEUE_WINDOW);
	w->is_cut = f->q.after != 0;
	return 0;
}

static int rank(struct reader *r, struct window *w, enum queue_order by, struct arena *a,
		struct err *e)
{
	for (size_t i = 0; i < w->n; i++) {
		struct queued *q = &w->v[i];
		if (add_use(r, q, a, e))
			return -1;
		q->rank = by == QUEUE_DOUBT ? q->doubt
			  : by == QUEUE_USE ? q->use
					    : q->doubt * log2(2 + q->use);
	}
	if (w->n)
		qsort(w->v, w->n, sizeof *w->v, by_rank);
	return 0;
}

static void write_queue(struct jw *j, const struct window *w, size_t limit)
{
	jw_open_object(j);
	JW_NAME(j, "queue");
	jw_open_array(j);
	for (size_t i = 0; i < w->n && i < limit; i++) {
		jw_open_object(j);
		JW_MEMBER(j, "doubt", w->v[i].doubt);
		JW_MEMBER(j, "use", (int64_t)w->v[i].use);
		JW_NAME(j, "statement");
		statement_write(j, &w->v[i].s);
		jw_close_object(j);
	}
	jw_close_array(j);
	JW_MEMBER(j, "looked_at", (int64_t)w->n);
	JW_MEMBER(j, "is_cut", w->is_cut);
	jw_close_object(j);
}

enum api_result get_queue(struct request *rq, struct response *rs, struct err *e)
{
	struct queue_filter filter = {.by = QUEUE_BOTH, .limit = PAGE_LIMIT_DEFAULT};
	struct question q;
	struct interpretation parts;
	struct window w = {0};
	statement_filter_init(&filter.of);
	question_init(&q, &params_queue, &filter, rq->arena);
	if (question_read(&q, rq->params, rq->n_params, e))
		return API_ERROR;
	struct reader *r = request_reader(rq, e);
	if (!r)
		return API_ERROR;
	int rc = question_interpret(&q, &filter.of, r, NULL, &parts, e) ||
				 read_window(rq, r, &filter.of, &w, e) ||
				 rank(r, &w, (enum queue_order)filter.by, rq->arena, e)
			 ? -1
			 : 0;
	answer_keep(rs, r, DAY_NONE);
	reader_return(r);
	if (rc)
		return API_ERROR;
	struct jw j = jw_into(&rs->body);
	write_queue(&j, &w, (size_t)filter.limit);
	answer_end(rs);
	return finish(rs, e);
}
