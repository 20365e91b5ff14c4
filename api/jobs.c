/* GET /v1/jobs: work in the background. There is one kind of it. */
#include "api/jobs.h"

#include "api/resource.h"
#include "db/edit.h"

static void instant_or_null(struct jw *j, int64_t ms)
{
	char space[INSTANT_ROOM];
	if (ms)
		jw_word(j, instant_format(space, ms));
	else
		jw_null(j);
}

void reissue_write_state(struct jw *j, const struct reissue_state *s)
{
	const char *state = s->edition == 0 ? "never" : reissue_is_running(s) ? "running" : "done";
	jw_open_object(j);
	JW_MEMBER(j, "id", STR("reissue"));
	JW_MEMBER(j, "state", str_of(state));
	JW_MEMBER(j, "edition", s->edition);
	JW_MEMBER(j, "articles", s->total);
	JW_MEMBER(j, "articles_done", s->done);
	JW_MEMBER(j, "articles_failed", s->failed);
	JW_MEMBER(j, "articles_late", s->late);
	JW_MEMBER(j, "statements_changed", s->changed);
	JW_NAME(j, "started_at");
	instant_or_null(j, s->started_ms);
	JW_NAME(j, "finished_at");
	instant_or_null(j, reissue_is_running(s) ? 0 : s->finished_ms);
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
	reissue_write_state(&j, &stats.reissue);
	jw_close_array(&j);
	jw_close_object(&j);
	answer_end(rs);
	return finish(rs, e);
}
