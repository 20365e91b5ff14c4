/* What answers are found by and kept with. */
#include "server/kept_answer.h"

#include <stdlib.h>
#include <string.h>

#include "db/store.h"
#include "server/gzip.h"

/* RFC 9111, 5.2.1: a client that wants none from a cache gets none. */
bool kept_answer_is_unwanted(const struct exchange *x)
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

bool kept_answer_find(struct exchange *x, day_t today, struct form *form)
{
	struct service *s = x->service;
	struct response *rs = &x->rs;
	/* A read key is looked up each time, by a worker. */
	if (x->rq.method != METHOD_GET || !s->config.api->store || x->rq.wants_fresh ||
	    x->rq.read_key.n)
		return false;
	struct answer_key key = key_of(x);
	struct answer *a =
		answer_cache_find(s->answers, &key, store_version(s->config.api->store), today);
	if (!a)
		return false;
	x->kept = a;
	rs->content_type = a->content_type;
	memcpy(rs->headers, a->headers, sizeof rs->headers);
	rs->n_headers = a->n_headers;
	rs->is_cacheable = true;
	*form = (struct form){a->body, a->coding, a->varies};
	return true;
}

bool kept_answer_may_be(const struct exchange *x)
{
	const struct response *rs = &x->rs;
	return rs->kept_version && rs->is_cacheable && rs->status == 200 && rs->body.n > 0 &&
	       !rs->stream.more && x->rq.method == METHOD_GET && x->budget.end == BUDGET_LASTS &&
	       !x->rq.wants_fresh && !x->rq.read_key.n;
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
	let_go(x);
}
