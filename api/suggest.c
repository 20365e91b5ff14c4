/* GET /v1/suggest: names that begin as what somebody types. */
#include "api/format/json_write.h"
#include "api/query/parameters.h"
#include "api/resource.h"
#include "base/clock.h"
#include "base/fold.h"
#include "db/suggestion.h"

enum { SUGGESTIONS_DEFAULT = 10, BUDGET_DEFAULT_MS = 100 };

static void write_suggestion(struct jw *j, const struct suggestion *s)
{
	jw_open_object(j);
	JW_MEMBER(j, "what", terms_word(&terms_suggested, (int)s->what));
	JW_MEMBER(j, "id", s->id);
	JW_MEMBER(j, "label", s->label);
	JW_MEMBER(j, "matched", s->name);
	JW_MEMBER(j, "by", terms_word(&terms_meeting, (int)s->meeting));
	if (s->what == SUGGESTED_ACTOR) {
		JW_MEMBER(j, "kind", terms_word(&terms_actor_kind, (int)s->kind));
		JW_MEMBER(j, "country", s->country);
	}
	JW_MEMBER(j, "statement_count", s->statements);
	jw_close_object(j);
}

static int answer(struct request *rq, struct response *rs, const struct suggestion_query *q,
		  struct reader *r, struct err *e)
{
	struct suggestions found;
	if (store_suggest(r, q, rq->arena, &found, e))
		return -1;
	struct jw j = jw_into(&rs->body);
	jw_open_object(&j);
	JW_NAME(&j, "suggestions");
	jw_open_array(&j);
	for (size_t i = 0; i < found.n; i++)
		write_suggestion(&j, &found.v[i]);
	jw_close_array(&j);
	JW_MEMBER(&j, "is_partial", found.is_partial);
	jw_close_object(&j);
	answer_end(rs);
	return 0;
}

enum api_result get_suggest(struct request *rq, struct response *rs, struct err *e)
{
	struct suggest_filter f = {.limit = SUGGESTIONS_DEFAULT, .budget_ms = BUDGET_DEFAULT_MS};
	struct question q;
	question_init(&q, &params_suggest, &f, rq->arena);
	if (question_read(&q, rq->params, rq->n_params, e))
		return API_ERROR;
	struct suggestion_query s = {.typed = str_fold(rq->arena, q.phrase),
				     .what = f.what,
				     .limit = f.limit,
				     .until_ns =
					     now_monotonic_ns() + f.budget_ms * INT64_C(1000000)};
	if (!s.typed.p || s.typed.n == 0) {
		if (!s.typed.p)
			arena_full(e);
		err_set(e, ERR_VALUE, "q",
			"\"q\" has no letter or digit; give the beginning of a name");
		return API_ERROR;
	}
	struct reader *r = request_reader(rq, e);
	if (!r)
		return API_ERROR;
	int rc = answer(rq, rs, &s, r, e);
	answer_keep(rs, r, DAY_NONE);
	reader_return(r);
	return rc ? API_ERROR : finish(rs, e);
}
