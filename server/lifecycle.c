/* What may go on is decided in precheck.c, what the thread pools do with it in dispatch.c, what is
 * answered in reply.c. */
#include "server/lifecycle.h"

#include "base/clock.h"
#include "base/date.h"
#include "server/access_log.h"
#include "server/at_hand.h"
#include "server/dispatch.h"
#include "server/precheck.h"
#include "server/reply.h"

/* Of --max-body: what is read of a body that is refused. */
enum { DISCARD_FACTOR = 8 };

void *lifecycle_begin(void *cls, const char *target, struct MHD_Connection *mhd)
{
	struct poller *poller = cls;
	struct service *s = poller->context;
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	struct connection *conn = info ? info->socket_context : NULL;
	struct exchange *x = conn ? exchange_new(s, poller, conn, mhd, target) : NULL;
	if (x)
		connection_expect(conn, x->started_ns + s->config.body_timeout_ms * 1000000, true);
	return x;
}

static enum MHD_Result answer(struct exchange *x)
{
	x->state = EXCHANGE_ANSWERED;
	if (!x->reply)
		return MHD_NO;
	atomic_store(&x->conn->sending_ns, now_monotonic_ns());
	enum MHD_Result rc = MHD_queue_response(x->mhd, (unsigned)x->status, x->reply);
	if (!x->is_kept_reply) { /* which is nobody else's until this request ends */
		MHD_destroy_response(x->reply);
		x->reply = NULL;
	}
	return rc;
}

static enum MHD_Result answer_error(struct exchange *x)
{
	reply_error(x);
	return answer(x);
}

/* Refuses before the body: libmicrohttpd closes the connection after a response queued this early.
 */
static enum MHD_Result refuse(struct exchange *x)
{
	x->closes = true;
	connection_received(x->conn);
	return answer_error(x);
}

/* Most clients look for an answer only when all is sent, and an early end of the connection takes
 * the answer with it: a body of bearable size is read and thrown away before the refusal, unless
 * the client waits for our word or we shed load. */
static bool hears_out(struct exchange *x)
{
	if (x->err.kind == ERR_BUSY || x->head.values[HEAD_EXPECT].n ||
	    x->head.content_length > DISCARD_FACTOR * x->service->config.max_body_bytes)
		return false;
	x->is_discarding = true;
	x->closes = true;
	return true;
}

static enum MHD_Result on_head(struct exchange *x, const char *method, const char *version)
{
	struct service *s = x->service;
	x->budget = (struct budget){.tokens_max = (size_t)s->config.article_tokens,
				    .cpu_max_ns = s->config.article_cpu_ms * 1000000,
				    .cancelled = &x->conn->cancelled,
				    .memory = s->config.memory};
	arena_init(&x->arena, s->work_bytes);
	x->arena.budget = &x->budget;
	buf_init(&x->body, (size_t)s->config.max_body_bytes);
	x->state = EXCHANGE_RECEIVING;
	if (precheck(x, method, version) == 0)
		return MHD_YES;
	budget_blame(&x->budget, &x->err);
	if (x->closes)
		return refuse(x);
	/* An error without a body to skip is answered on the second call, which keeps the
	 * connection. */
	bool has_body = x->head.content_length > 0 || x->head.is_chunked;
	return !has_body || hears_out(x) ? MHD_YES : refuse(x);
}

static enum MHD_Result on_data(struct exchange *x, const char *data, size_t *n)
{
	struct service *s = x->service;
	size_t max = (size_t)s->config.max_body_bytes;
	if (x->chunks.start &&
	    chunks_have_bare_lf(&x->chunks, (struct str){data, *n}, CONNECTION_BUFFER_BYTES)) {
		err_set(&x->err, ERR_REQUEST, NULL,
			"a line between the chunks of the body ends in a line feed alone");
		x->is_discarding = x->closes = true;
		exchange_drop_body(x);
	}
	if (!x->is_discarding) {
		x->is_too_large = x->body.n + *n > max;
		x->is_discarding = x->is_too_large || !exchange_take_room(x, *n);
		if (x->is_discarding)
			exchange_drop_body(x);
	}
	if (x->is_discarding) {
		x->discarded_bytes += *n;
		if (x->discarded_bytes > DISCARD_FACTOR * max)
			return MHD_NO;
	} else {
		/* One allocation where the size is known. */
		if (x->body.n == 0 && x->head.content_length > 0)
			buf_reserve(&x->body, (size_t)x->head.content_length);
		buf_add(&x->body, (struct str){data, *n});
	}
	*n = 0;
	return MHD_YES;
}

/* For handlers that waited for the store. */
static void resume(struct request *rq)
{
	struct exchange *x = exchange_of_request(rq);
	thread_pool_push_begun(x->service->workers, &x->task);
}

static void prepare(struct exchange *x)
{
	struct service *s = x->service;
	x->rq.api = s->config.api;
	x->rq.arena = &x->arena;
	x->rq.body = buf_str(&x->body);
	x->rq.deadline_ns = now_monotonic_ns() + s->config.read_deadline_ms * 1000000;
	x->rq.resume = resume;
	x->rq.then = x->route->handler;
	x->rs.status = 200;
	x->rs.day = DAY_NONE;
	x->rs.content_type = "application/json";
	buf_init(&x->rs.body, SIZE_MAX / 2);
	if (!x->route->is_instant) /* what tells how the service is does not depend on others */
		x->rs.body.budget = &x->budget;
	x->task.start_by_ns = x->rq.deadline_ns;
}

static enum MHD_Result on_complete(struct exchange *x)
{
	struct service *s = x->service;
	if (!connection_received(x->conn))
		return MHD_NO; /* the reaper has said 408 already */
	if (x->is_too_large)
		err_set(&x->err, ERR_TOO_LARGE, NULL, "the body is larger than %lld bytes",
			(long long)s->config.max_body_bytes);
	else if (x->is_discarding || x->body.failed)
		exchange_refuse(x, "the bodies of other requests fill the memory");
	if (x->err.kind != ERR_NONE)
		return answer_error(x);
	if (x->kept || !x->route) { /* OPTIONS, and what needs no handler */
		reply_make(x);
		return answer(x);
	}
	prepare(x);
	if (x->route->is_instant) {
		if (x->route->handler(&x->rq, &x->rs, &x->err) != API_DONE)
			return answer_error(x);
		reply_make(x);
		return answer(x);
	}
	if (x->rq.method == METHOD_GET && !x->rq.wants_fresh && !x->has_key)
		answer_cache_miss(s->answers);
	if (at_hand_answer(x))
		return answer(x);
	/* Suspended first: a worker may be done before thread_pool_push returns. */
	x->state = EXCHANGE_WORKING;
	if (!exchange_suspend(x)) {
		exchange_refuse(x, "the service is ending");
		return answer_error(x);
	}
	if (!thread_pool_push(s->workers, &x->task)) {
		exchange_refuse(x, "too many requests are waiting");
		reply_error(x);
		x->state = EXCHANGE_READY;
		exchange_wake(x);
	}
	return MHD_YES;
}

enum MHD_Result lifecycle_step(void *cls, struct MHD_Connection *mhd, const char *url,
			       const char *method, const char *version, const char *data, size_t *n,
			       void **exchange)
{
	struct exchange *x = *exchange;
	(void)cls, (void)mhd, (void)url;
	if (!x)
		return MHD_NO;
	switch (x->state) {
	case EXCHANGE_NEW:
		return on_head(x, method, version);
	case EXCHANGE_RECEIVING:
		return *n ? on_data(x, data, n) : on_complete(x);
	case EXCHANGE_READY:
		return answer(x);
	case EXCHANGE_WORKING:
	case EXCHANGE_ANSWERED:
		break;
	}
	return MHD_YES;
}

void lifecycle_end(void *cls, struct MHD_Connection *mhd, void **exchange,
		   enum MHD_RequestTerminationCode code)
{
	struct exchange *x = *exchange;
	(void)cls, (void)mhd, (void)code;
	if (!x)
		return;
	const struct server_config *config = &x->service->config;
	*exchange = NULL;
	int64_t now = now_monotonic_ns();
	atomic_store(&x->conn->sending_ns, 0);
	if (!connection_is_cut(x->conn))
		connection_expect(
			x->conn,
			now + (config->idle_timeout_ms + config->body_timeout_ms) * 1000000, false);
	else if (x->state != EXCHANGE_ANSWERED)
		x->status = 408;
	else
		err_set(&x->err, ERR_LATE, NULL, "the client took too little of the answer");
	metrics_count(&x->service->metrics, x->route_index, x->status, now - x->started_ns);
	access_log_write(x, now - x->started_ns);
	exchange_free(x);
}
