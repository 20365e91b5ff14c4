/* GET /v1/jobs: work in the background. There is one kind of it. */
#include "api/jobs.h"

#include "api/query/parameters.h"
#include "api/resource.h"
#include "db/reading_queue.h"

static const char *state_of(const struct reread_state *s)
{
	if (s->stale)
		return s->is_outdated ? "waiting" : "running";
	return s->started_ms ? "done" : "never";
}

void reread_write_state(struct jw *j, const struct reread_state *s)
{
	jw_open_object(j);
	JW_MEMBER(j, "id", STR("reread"));
	JW_MEMBER(j, "state", str_of(state_of(s)));
	JW_MEMBER(j, "edition", s->edition);
	JW_MEMBER(j, "articles", s->done + s->stale);
	JW_MEMBER(j, "articles_done", s->done);
	JW_MEMBER(j, "articles_failed", s->failed);
	JW_MEMBER(j, "statements_changed", s->changed);
	JW_NAME(j, "started_at");
	jw_instant_or_null(j, s->started_ms);
	JW_NAME(j, "finished_at");
	jw_instant_or_null(j, s->finished_ms);
	jw_close_object(j);
}

int reread_asked(struct request *rq, bool is_batch, bool *is_later, struct err *e)
{
	struct post_filter filter = {0};
	struct question q;
	question_init(&q, is_batch ? &params_batch : &params_post, &filter, rq->arena);
	if (question_read(&q, rq->params, rq->n_params, e))
		return -1;
	*is_later = filter.is_later && rq->api->extracts;
	return 0;
}

int reread_link(struct request *rq, struct response *rs, struct err *e)
{
	struct str jobs = relative_link(rq, STR("v1/jobs"), STR_EMPTY);
	struct str monitor =
		jobs.p ? arena_printf(rq->arena, "<%.*s>; rel=\"monitor\"", STR_ARG(jobs))
		       : jobs; /* RFC 5989 */
	if (!monitor.p)
		return arena_full(e);
	response_header(rs, "Link", monitor);
	return 0;
}

/* Null for a database in a file. */
static void write_workers(struct jw *j, struct reading_queue *queue)
{
	struct reading_figures f;
	JW_NAME(j, "workers");
	if (!queue || !reading_queue_figures(queue, &f)) {
		jw_null(j);
		return;
	}
	jw_open_object(j);
	JW_MEMBER(j, "heard_of", f.workers);
	JW_MEMBER(j, "articles_waiting", f.waiting);
	JW_MEMBER(j, "articles_lent", f.lent);
	JW_MEMBER(j, "articles_handed_in", f.handed_in);
	jw_close_object(j);
}

enum api_result get_jobs(struct request *rq, struct response *rs, struct err *e)
{
	if (params_none(rq, e))
		return API_ERROR;
	struct store_stats stats = store_stats(rq->api->store);
	struct jw j = jw_into(&rs->body);
	jw_open_object(&j);
	JW_NAME(&j, "jobs");
	jw_open_array(&j);
	reread_write_state(&j, &stats.reread);
	jw_close_array(&j);
	write_workers(&j, rq->api->queue);
	jw_close_object(&j);
	answer_end(rs);
	return finish(rs, e);
}
