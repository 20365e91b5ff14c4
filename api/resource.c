/* What the resources share. */
#include "api/resource.h"

#include "api/accept.h"
#include "api/query/value.h"
#include "base/clock.h"

int params_none(const struct request *rq, struct err *e)
{
	return question_none(rq->params, rq->n_params, e);
}

int path_id(const struct request *rq, const char *noun, int64_t *id, struct err *e)
{
	struct str s = rq->path_args[0];
	if (id_parse(s, noun[0], id))
		return 0;
	return err_set(e, ERR_NOT_FOUND, NULL, "no %s has this id", noun);
}

struct str relative_link(const struct request *rq, struct str path, struct str query)
{
	path = str_starts(path, STR("/")) ? str_sub(path, 1, path.n) : path;
	return arena_printf(rq->arena, "%.*s%.*s%s%.*s", STR_ARG(rq->path_to_root), STR_ARG(path),
			    query.n ? "?" : "", STR_ARG(query));
}

struct reader *request_reader(const struct request *rq, struct err *e)
{
	return rq->only_at_hand ? store_reader_at_hand(rq->api->store, rq->deadline_ns, e)
				: store_reader(rq->api->store, rq->deadline_ns, e);
}

int64_t fresh_deadline(const struct request *rq)
{
	return now_monotonic_ns() + (int64_t)rq->api->deadline_ms * 1000000;
}

int64_t counting_deadline(const struct request *rq, int ms)
{
	return rq->deadline_ns + ((int64_t)ms - rq->api->deadline_ms) * 1000000;
}

enum api_result finish(struct response *rs, struct err *e)
{
	if (!rs->body.failed)
		return API_DONE;
	err_set(e, ERR_INTERNAL, NULL, "the answer exceeds %zu bytes or memory ran out",
		rs->body.max);
	return API_ERROR;
}

void answer_end(struct response *rs)
{
	buf_add_char(&rs->body, '\n');
	rs->is_cacheable = true;
}

void answer_keep(struct response *rs, const struct reader *r, day_t day)
{
	rs->kept_version = reader_version(r);
	rs->day = day;
}

enum representation choose_representation(struct request *rq, struct response *rs, struct err *e)
{
	static const char *const offers[] = {[AS_JSON] = "application/json",
					     [AS_CSV] = "text/csv",
					     [AS_NDJSON] = "application/x-ndjson"};
	response_header(rs, "Vary", STR("Accept"));
	int chosen = accept_choose(rq->accept, offers, AS_NONE, e);
	return chosen < 0 ? AS_NONE : (enum representation)chosen;
}

/* "fields=id,content&", as they were given: words and commas. */
static struct str fields_given(const struct question *q)
{
	struct str all = STR_EMPTY;
	for (size_t i = 0; i < q->n && all.p; i++)
		if (str_eq(str_of(q->conditions[i].spec->name), STR("fields")))
			all = arena_printf(q->arena, "%.*sfields=%.*s&", STR_ARG(all),
					   STR_ARG(q->conditions[i].value));
	return all;
}

/* Parameters as given, the cursor replaced. */
static struct str next_query(const struct question *q, struct str cursor)
{
	struct str same = question_canonical(q), fields = fields_given(q), limit = STR_EMPTY;
	if (q->limit != PAGE_LIMIT_DEFAULT)
		limit = arena_printf(q->arena, "limit=%d&", q->limit);
	if (!same.p || !fields.p || !limit.p)
		return (struct str){NULL, 0};
	return arena_printf(q->arena, "%.*s%s%.*s%.*scursor=%.*s", STR_ARG(same), same.n ? "&" : "",
			    STR_ARG(fields), STR_ARG(limit), STR_ARG(cursor));
}

int page_finish(struct request *rq, struct response *rs, const struct question *q, struct jw *j,
		struct str cursor, struct err *e)
{
	JW_MEMBER(j, "next", cursor);
	jw_close_object(j);
	answer_end(rs);
	if (cursor.n == 0)
		return 0;
	struct str query = next_query(q, cursor);
	struct str target = query.p ? relative_link(rq, rq->path, query) : query;
	struct str link = target.p
				  ? arena_printf(rq->arena, "<%.*s>; rel=\"next\"", STR_ARG(target))
				  : target;
	if (!link.p)
		return arena_full(e);
	response_header(rs, "Link", link);
	return 0;
}
