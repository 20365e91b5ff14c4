/* What an exchange holds and gives back, and its ways between poller and pools. */
#include "server/exchange.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

/* Bodies take a half of the memory for requests at most, since each needs more to be read. */
enum { BODIES_SHARE = 2 };

struct exchange *exchange_new(struct service *s, struct poller *poller, struct connection *conn,
			      struct MHD_Connection *mhd, const char *target)
{
	size_t n = strlen(target);
	struct exchange *x = malloc(sizeof *x + 2 * (n + 1));
	if (!x)
		return NULL;
	memset(x, 0, sizeof *x);
	memcpy(x->raw, target, n + 1);
	memcpy(x->raw + n + 1, target, n + 1);
	x->raw_n = n;
	x->service = s;
	x->poller = poller;
	x->conn = conn;
	x->mhd = mhd;
	x->started_ns = now_monotonic_ns();
	x->route_index = router_count(&s->router);
	return x;
}

void exchange_free(struct exchange *x)
{
	struct service *s = x->service;
	if (x->is_kept_reply)
		answer_give_response(x->kept, x->form, x->reply);
	else if (x->reply)
		MHD_destroy_response(x->reply);
	if (x->rs.stream.close)
		x->rs.stream.close(x->rs.stream.state);
	exchange_drop_body(x);
	if (x->is_counted)
		atomic_fetch_sub_explicit(&s->metrics.in_flight, 1, memory_order_relaxed);
	exchange_count_budget(x);
	stream_release(&x->stream);
	answer_return(x->kept);
	buf_release(&x->rs.body);
	free(x->packed);
	memory_give(s->config.memory, x->packed_bytes);
	arena_release(&x->arena);
	budget_unreserve(&x->budget);
	free(x);
}

struct exchange *exchange_of_request(struct request *rq)
{
	return (struct exchange *)(void *)rq;
}

struct exchange *exchange_of_task(struct task *task)
{
	return (struct exchange *)(void *)((char *)task - offsetof(struct exchange, task));
}

/* --- the body's memory --- */

bool exchange_has_room(const struct service *s, int64_t n)
{
	return atomic_load_explicit(&s->body_bytes, memory_order_relaxed) + n <=
	       (int64_t)(s->work_bytes / BODIES_SHARE);
}

/* What has arrived is counted, not what is announced: else some silent clients would use up the
 * memory of all. */
bool exchange_take_room(struct exchange *x, size_t n)
{
	struct service *s = x->service;
	if (!exchange_has_room(s, (int64_t)n) || !memory_take(s->config.memory, n))
		return false;
	atomic_fetch_add_explicit(&s->body_bytes, (int64_t)n, memory_order_relaxed);
	x->reserved_bytes += n;
	return true;
}

void exchange_drop_body(struct exchange *x)
{
	struct service *s = x->service;
	buf_release(&x->body);
	atomic_fetch_sub_explicit(&s->body_bytes, (int64_t)x->reserved_bytes, memory_order_relaxed);
	memory_give(s->config.memory, x->reserved_bytes);
	x->reserved_bytes = 0;
}

void exchange_trim(struct exchange *x)
{
	if (x->stream.is_active)
		return; /* its pieces are made from there */
	exchange_drop_body(x);
	arena_release(&x->arena);
}

/* --- counting --- */

void exchange_refuse(struct exchange *x, const char *why)
{
	metrics_increment(&x->service->metrics.shed);
	err_set(&x->err, ERR_BUSY, NULL, "%s", why);
}

void exchange_count_budget(struct exchange *x)
{
	if (x->budget.end != BUDGET_LASTS)
		metrics_increment(&x->service->metrics.given_up[x->budget.end]);
}

/* --- away from the poller and back --- */

/* Counted before the look at is_stopping: server_close sets that before it looks at the count, so
 * one of the two sees the other. */
bool exchange_suspend(struct exchange *x)
{
	struct service *s = x->service;
	atomic_fetch_add(&s->suspended, 1);
	if (atomic_load(&s->is_stopping)) {
		atomic_fetch_sub(&s->suspended, 1);
		return false;
	}
	MHD_suspend_connection(x->mhd);
	return true;
}

void exchange_wake(struct exchange *x)
{
	struct service *s = x->service;
	struct poller *p = x->poller;
	MHD_resume_connection(x->mhd); /* x may be gone from here on */
	poller_wake(p);
	atomic_fetch_sub(&s->suspended, 1);
}
