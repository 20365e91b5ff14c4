/* GET /v1/feed, and for feed readers /v1/feed.atom and /v1/feed.json: statements that were added or
 * changed, in the order in which they were. */
#include "db/feed.h"

#include "api/asked_reading.h"
#include "api/format/atom.h"
#include "api/format/json_feed.h"
#include "api/format/json_statement.h"
#include "api/resource.h"
#include "base/clock.h"

static int since_of(const struct feed_place *p, struct arena *a, struct str *out, struct err *e)
{
	*out = p->commit ? arena_printf(a, "%lld.%lld.%lld", (long long)p->since,
					(long long)p->commit, (long long)p->article)
			 : arena_printf(a, "%lld", (long long)p->since);
	return out->p ? 0 : arena_full(e);
}

static struct str title_of(const struct asked *k)
{
	return k->is_phrase ? k->outer.phrase : STR("Demarche");
}

static int write_json(struct request *rq, struct response *rs, const struct asked *k,
		      const struct feed *feed, struct err *e)
{
	struct str since;
	if (since_of(&feed->next, rq->arena, &since, e))
		return -1;
	struct jw j = jw_into(&rs->body);
	jw_open_object(&j);
	JW_NAME(&j, "statements");
	jw_open_array(&j);
	for (size_t i = 0; i < feed->n; i++) {
		jw_before_value(&j);
		statement_encode_members(j.out, &feed->v[i].statement, k->q.members);
	}
	jw_close_array(&j);
	JW_MEMBER(&j, "since", since);
	JW_MEMBER(&j, "has_more", feed->has_more);
	JW_NAME(&j, "interpretation");
	interpretation_write(&j, &k->parts);
	jw_close_object(&j);
	answer_end(rs);
	return 0;
}

static int write_atom(struct request *rq, struct response *rs, const struct asked *k,
		      const struct feed *feed, struct err *e)
{
	struct str query = question_canonical(&k->outer);
	struct atom_feed about = {.title = title_of(k),
				  .self = query.p ? relative_link(rq, rq->path, query) : query,
				  .path_to_root = rq->path_to_root,
				  .hash = question_hash(&k->outer),
				  .now_ms = now_unix_ms()};
	if (!about.self.p)
		return arena_full(e);
	atom_write(&rs->body, &about, feed);
	rs->content_type = "application/atom+xml";
	rs->is_cacheable = feed->n > 0;
	return 0;
}

static int write_json_feed(struct request *rq, struct response *rs, const struct asked *k,
			   const struct feed *feed, struct err *e)
{
	struct jw j = jw_into(&rs->body);
	struct json_feed about = {.title = title_of(k)};
	if (since_of(&feed->next, rq->arena, &about.since, e) ||
	    json_feed_write(&j, &about, feed, rq->arena, e))
		return -1;
	rs->content_type = "application/feed+json";
	answer_end(rs);
	return 0;
}

typedef int write_feed(struct request *rq, struct response *rs, const struct asked *k,
		       const struct feed *feed, struct err *e);

static int answer(struct request *rq, struct response *rs, struct asked *k, struct feed_place after,
		  struct reader *r, write_feed *write, struct err *e)
{
	struct feed feed;
	if (asked_interpret(rq, r, k, e))
		return -1;
	const struct feed_query f = {.q = &k->filter.q,
				     .is_latest = !question_has(&k->outer, "since"),
				     .after = after,
				     .limit = k->q.limit};
	return store_feed(r, &f, rq->arena, &feed, e) || write(rq, rs, k, &feed, e) ? -1 : 0;
}

static enum api_result get(struct request *rq, struct response *rs, const struct param_table *table,
			   write_feed *write, struct err *e)
{
	struct feed_filter f = {0};
	struct asked k;
	statement_filter_init(&f.of);
	asked_init(rq, &k, table, &f);
	if (asked_read(rq, &k, e))
		return API_ERROR;
	struct reader *r = request_reader(rq, e);
	if (!r)
		return API_ERROR;
	int rc = answer(rq, rs, &k, f.after, r, write, e);
	answer_keep(rs, r, k.today);
	reader_return(r);
	return rc ? API_ERROR : finish(rs, e);
}

enum api_result get_feed(struct request *rq, struct response *rs, struct err *e)
{
	return get(rq, rs, &params_feed, write_json, e);
}

enum api_result get_feed_atom(struct request *rq, struct response *rs, struct err *e)
{
	return get(rq, rs, &params_feed_atom, write_atom, e);
}

enum api_result get_feed_json(struct request *rq, struct response *rs, struct err *e)
{
	return get(rq, rs, &params_feed_json, write_json_feed, e);
}
