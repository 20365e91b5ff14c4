/* What answers are found by and kept with. */
#include "server/kept_answer.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/date.h"
#include "db/store.h"
#include "server/gzip.h"

/* RFC 9111, 5.2.1: a client that wants none from a cache gets none. */
static bool is_unwanted(const struct exchange *x)
{
	struct str list = x->head.values[HEAD_CACHE_CONTROL], part;
	bool is_fresh = x->head.counts[HEAD_CACHE_CONTROL] > 1;
	while (!is_fresh && str_split(&list, ',', &part)) {
		part = str_trim(part);
		is_fresh = str_eq_nocase(part, STR("no-cache")) ||
			   str_eq_nocase(part, STR("no-store"));
	}
	return is_fresh;
}

static struct answer_key key_of(const struct exchange *x)
{
	return (struct answer_key){
		.target = {x->raw, x->raw_n},
		.accept = x->head.values[HEAD_ACCEPT],
		.takes_gzip = x->service->config.compresses &&
			      coding_is_accepted(x->head.values[HEAD_ACCEPT_ENCODING], STR("gzip")),
	};
}

static day_t today(void)
{
	enum { DAY_MS = 24 * 60 * 60 * 1000 };
	return (day_t)(now_unix_ms() / DAY_MS);
}

bool kept_answer_find(struct exchange *x)
{
	struct service *s = x->service;
	struct response *rs = &x->rs;
	x->rq.wants_fresh = is_unwanted(x);
	if (!(x->is_head || strcmp(x->method, "GET") == 0) || x->head.content_length > 0 ||
	    x->head.is_chunked || !s->config.api->store || x->rq.wants_fresh)
		return false;
	struct answer_key key = key_of(x);
	struct answer *a =
		answer_cache_find(s->answers, &key, store_version(s->config.api->store), today());
	if (!a)
		return false;
	x->kept = a;
	x->route_index = a->route;
	x->route = router_row(&s->router, a->route);
	x->rq.method = METHOD_GET;
	rs->status = 200;
	rs->content_type = a->content_type;
	memcpy(rs->headers, a->headers, sizeof rs->headers);
	rs->n_headers = a->n_headers;
	rs->is_cacheable = true;
	return true;
}

struct form kept_answer_form(const struct answer *a)
{
	return (struct form){a->body, a->coding, a->varies};
}

/* A read key is looked up each time, by a worker: what was found by the target alone would be
 * refused to whoever gives the key without a token. */
bool kept_answer_may_be(const struct exchange *x)
{
	const struct response *rs = &x->rs;
	return rs->kept_version && rs->is_cacheable && rs->status == 200 && rs->body.n > 0 &&
	       !rs->stream.more && x->rq.method == METHOD_GET && x->budget.end == BUDGET_LASTS &&
	       !x->rq.wants_fresh && !x->has_key;
}

/* The exchange has no body of its own any more. */
static void let_go(struct exchange *x)
{
	buf_release(&x->rs.body);
	free(x->packed);
	memory_give(x->service->config.memory, x->packed_bytes);
	x->packed = NULL;
	x->packed_bytes = 0;
}

void kept_answer_put(struct exchange *x, struct form *form, const char *tag)
{
	struct response *rs = &x->rs;
	struct answer given = {
		.body = form->body,
		.content_type = rs->content_type,
		.coding = form->coding,
		.varies = form->varies,
		.n_headers = rs->n_headers,
		.route = x->route_index,
		.version = rs->kept_version,
		.day = rs->day,
	};
	struct answer_key key = key_of(x);
	memcpy(given.headers, rs->headers, sizeof given.headers);
	memcpy(given.tag, tag, strlen(tag) + 1);
	x->kept = answer_cache_put(x->service->answers, &key, &given);
	if (!x->kept)
		return;
	form->body = x->kept->body;
	memcpy(rs->headers, x->kept->headers, sizeof rs->headers); /* these end in a zero byte */
	let_go(x);
}
