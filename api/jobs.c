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
	JW_NAME(j, "edition");
	jw_int(j, s->edition);
	JW_NAME(j, "articles");
	jw_int(j, s->total);
	JW_NAME(j, "articles_done");
	jw_int(j, s->done);
	JW_NAME(j, "articles_failed");
	jw_int(j, s->failed);
	JW_NAME(j, "articles_late");
	jw_int(j, s->late);
	JW_NAME(j, "statements_changed");
	jw_int(j, s->changed);
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
	buf_add_char(&rs->body, '\n');
	rs->is_cacheable = true;
	return finish(rs, e);
}
