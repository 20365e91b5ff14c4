/* Calls handlers in their turns, with memory reserved for them beforehand, and answers. */
#include "server/dispatch.h"

#include <time.h>

#include "base/clock.h"
#include "server/admit.h"
#include "server/reply.h"

enum {
	DECODE_SHARE = 3,    /* the JSON parser's texts and copies of them, a byte of a body */
	DECODE_BASE = 65536, /* its values, whose number is bounded */
	KEPT_SHARE = 8,	     /* an eighth of the memory is left to questions */
	ONE_SHARE = 2,	     /* one article takes no more of it beforehand than bodies leave */
	MEMORY_POLL_MS = 5,
};

static void begin(struct exchange *x)
{
	exchange_count_budget(x);
	budget_unreserve(&x->budget);
	budget_start(&x->budget);
}

static void answer(struct exchange *x, enum api_result result)
{
	if (result == API_DONE && x->rs.stream.more && !x->is_head &&
	    stream_start(&x->stream, &x->rs.stream, &x->budget, &x->err) != 0)
		result = API_ERROR;
	if (result != API_DONE)
		budget_blame(&x->budget, &x->err);
	budget_unreserve(&x->budget);
	if (result == API_DONE)
		reply_make(x);
	else
		reply_error(x);
	exchange_trim(x);
	x->state = EXCHANGE_READY;
	exchange_wake(x);
}

/* It may be refused, or withdrawn from the queue, the first time only: from then on a part of its
 * work may have been done. */
static bool queue_long(struct exchange *x)
{
	struct thread_pool *extractors = x->service->extractors;
	budget_unreserve(&x->budget);
	x->task.cancelled = &x->conn->cancelled;
	x->task.start_by_ns = x->is_long ? TASK_NO_DEADLINE : x->rq.deadline_ns;
	if (x->is_long) {
		thread_pool_push_again(extractors, &x->task);
		return true;
	}
	x->is_long = true;
	if (thread_pool_push(extractors, &x->task))
		return true;
	exchange_refuse(x, "too many articles wait to be read");
	return false;
}

static void call(struct exchange *x)
{
	x->has_begun = true;
	enum api_result result = x->rq.then(&x->rq, &x->rs, &x->err);
	if (result == API_LATER)
		return; /* another thread may have it by now */
	if (result == API_LONG && queue_long(x))
		return;
	answer(x, result);
}

/* Before it is begun: past its deadline, when the service is stopping, or when its client has gone.
 */
static bool refuse_expired(struct exchange *x)
{
	if (now_monotonic_ns() > x->rq.deadline_ns)
		exchange_refuse(x, "waited too long for its turn");
	else if (atomic_load(&x->service->is_stopping))
		exchange_refuse(x, "the service is ending");
	else if (x->is_long && request_is_unwanted(&x->rq))
		exchange_refuse(x, "the client has gone");
	return x->err.kind != ERR_NONE;
}

static void make_piece(struct exchange *x)
{
	if (atomic_load(&x->service->is_stopping)) {
		err_set(&x->err, ERR_INTERNAL, NULL, "the service ended during the response");
		x->stream.has_failed = true;
	} else {
		stream_fill(&x->stream, &x->rs.stream, &x->err);
	}
	exchange_wake(x);
}

void dispatch_work(void *cls, struct task *task)
{
	struct exchange *x = exchange_of_task(task);
	const struct service *s = cls;
	if (x->stream.is_active) {
		make_piece(x);
		return;
	}
	begin(x);
	if (!x->has_begun && !refuse_expired(x) && x->body.n > 0 &&
	    !budget_reserve(&x->budget, DECODE_SHARE * x->body.n + DECODE_BASE,
			    s->work_bytes / KEPT_SHARE))
		exchange_refuse(x, "other requests fill the memory");
	if (x->err.kind == ERR_NONE && !x->has_begun && x->rq.read_key.n)
		admit_read_key(x);
	if (x->err.kind == ERR_NONE)
		call(x);
	else
		answer(x, API_ERROR);
}

/* Others give it back as they end. An article is begun only when what it will probably take is
 * there: else several would grow until none could end. */
static bool await_memory(struct exchange *x)
{
	const struct service *s = x->service;
	int64_t until = now_monotonic_ns() + s->config.read_deadline_ms * 1000000;
	if (x->task.start_by_ns < until)
		until = x->task.start_by_ns;
	size_t need = x->rq.long_bytes,
	       most = s->work_bytes / ONE_SHARE - s->work_bytes / KEPT_SHARE;
	if (need > most)
		need = most;
	while (!budget_reserve(&x->budget, need, s->work_bytes / KEPT_SHARE)) {
		if (now_monotonic_ns() > until || atomic_load(&s->is_stopping) ||
		    request_is_unwanted(&x->rq))
			return false;
		nanosleep(&(struct timespec){.tv_nsec = MEMORY_POLL_MS * 1000000}, NULL);
	}
	return true;
}

void dispatch_extract(void *cls, struct task *task)
{
	struct exchange *x = exchange_of_task(task);
	(void)cls;
	bool may_be_refused = task->start_by_ns != TASK_NO_DEADLINE;
	begin(x);
	bool is_refused = may_be_refused && refuse_expired(x);
	if (!is_refused && !await_memory(x) && may_be_refused) {
		exchange_refuse(x, "other requests fill the memory");
		is_refused = true;
	}
	if (is_refused)
		answer(x, API_ERROR);
	else
		call(x);
}

void dispatch_withdraw(struct service *s, int64_t now_ns)
{
	struct thread_pool *const pools[] = {s->workers, s->extractors};
	for (int i = 0; i < 2; i++) {
		struct task *next;
		for (struct task *task = thread_pool_withdraw(pools[i], now_ns); task;
		     task = next) {
			struct exchange *x = exchange_of_task(task);
			next = task->next; /* x may be gone when it is answered */
			metrics_increment(&s->metrics.withdrawn);
			exchange_refuse(x, request_is_unwanted(&x->rq)
						   ? "the client has gone"
						   : "waited too long for its turn");
			answer(x, API_ERROR);
		}
	}
}
