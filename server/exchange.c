/* The life of one request in libmicrohttpd's callbacks. What may go on is decided in admit.c, what
 * the crews do with it in turn.c, what is answered in reply.c. */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "server/inside.h"

enum {
	DISCARD_FACTOR = 8,
	LINE_BYTES = 16 * 1024,
	BODIES_SHARE = 2 /* a half of the memory for requests */
};

/* libmicrohttpd calls it with the target before it decodes anything; what it returns is the
 * request's context. */
void *exchange_begin(void *cls, const char *target, struct MHD_Connection *mhd)
{
	struct server *s = cls;
	size_t n = strlen(target);
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	struct connection *conn = info ? info->socket_context : NULL;
	struct exchange *x = conn ? malloc(sizeof *x + 2 * (n + 1)) : NULL;
	if (!x)
		return NULL; /* the connection ends */
	memset(x, 0, sizeof *x);
	memcpy(x->raw, target, n + 1);
	memcpy(x->raw + n + 1, target, n + 1);
	x->raw_n = n;
	x->server = s;
	x->mhd = mhd;
	x->conn = conn;
	x->started_ns = now_monotonic_ns();
	x->route_index = router_count(&s->router);
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
	MHD_destroy_response(x->reply);
	x->reply = NULL;
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
	    x->head.content_length > DISCARD_FACTOR * x->server->config.max_body_bytes)
		return false;
	x->is_discarding = true;
	x->closes = true;
	return true;
}

static enum MHD_Result on_head(struct exchange *x, const char *method, const char *version)
{
	struct server *s = x->server;
	x->budget = (struct budget){.tokens_max = (size_t)s->config.article_tokens,
				    .cpu_max_ns = s->config.article_cpu_ms * 1000000,
				    .cancelled = &x->conn->cancelled,
				    .memory = s->memory};
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

/* Bodies do not fill the memory alone, since each needs more to be read. */
bool exchange_has_room(const struct server *s, int64_t n)
{
	return atomic_load_explicit(&s->body_bytes, memory_order_relaxed) + n <=
	       (int64_t)(s->work_bytes / BODIES_SHARE);
}

/* What has arrived is counted, not what is announced: else some silent clients would use up the
 * memory of all. */
static bool take_room(struct exchange *x, size_t n)
{
	struct server *s = x->server;
	if (!exchange_has_room(s, (int64_t)n) || !memory_take(s->memory, n))
		return false;
	atomic_fetch_add_explicit(&s->body_bytes, (int64_t)n, memory_order_relaxed);
	x->body_reserved += n;
	return true;
}

/* A body that will not be kept gives its room back at once, not when its client has been answered.
 */
static void drop_body(struct exchange *x)
{
	buf_release(&x->body);
	atomic_fetch_sub_explicit(&x->server->body_bytes, (int64_t)x->body_reserved,
				  memory_order_relaxed);
	memory_give(x->server->memory, x->body_reserved);
	x->body_reserved = 0;
}

void exchange_slim(struct exchange *x)
{
	if (x->stream.is_active)
		return; /* its pieces are made from there */
	drop_body(x);
	arena_release(&x->arena);
}

static enum MHD_Result on_data(struct exchange *x, const char *data, size_t *n)
{
	struct server *s = x->server;
	size_t max = (size_t)s->config.max_body_bytes;
	if (x->chunks.start &&
	    chunks_have_bare_lf(&x->chunks, (struct str){data, *n}, CONNECTION_MEMORY)) {
		err_set(&x->err, ERR_INPUT, NULL,
			"a line between the chunks of the body ends in a line feed alone");
		x->is_discarding = x->closes = true;
		drop_body(x);
	}
	if (!x->is_discarding) {
		x->is_too_large = x->body.n + *n > max;
		x->is_discarding = x->is_too_large || !take_room(x, *n);
		if (x->is_discarding)
			drop_body(x);
	}
	if (x->is_discarding) {
		x->discarded += *n;
		if (x->discarded > DISCARD_FACTOR * max)
			return MHD_NO;
	} else {
		if (x->body.n == 0 &&
		    x->head.content_length > 0) /* one allocation where the size is known */
			buf_reserve(&x->body, (size_t)x->head.content_length);
		buf_add(&x->body, (struct str){data, *n});
	}
	*n = 0;
	return MHD_YES;
}

static struct poller *poller_of(struct server *s, const struct MHD_Daemon *daemon)
{
	int i = 0;
	while (s->pollers[i].daemon != daemon)
		i++;
	return &s->pollers[i];
}

/* Counted before the look at is_stopping: server_close sets that before it looks at the count, so
 * one of the two sees the other. */
bool exchange_suspend(struct exchange *x)
{
	struct server *s = x->server;
	atomic_fetch_add(&s->suspended, 1);
	if (atomic_load(&s->is_stopping)) {
		atomic_fetch_sub(&s->suspended, 1);
		return false;
	}
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(x->mhd, MHD_CONNECTION_INFO_DAEMON);
	x->poller = poller_of(s, info->daemon);
	MHD_suspend_connection(x->mhd);
	return true;
}

void exchange_wake(struct exchange *x)
{
	struct server *s = x->server;
	struct poller *p = x->poller;
	MHD_resume_connection(x->mhd); /* x may be gone from here on */
	poller_wake(p);
	atomic_fetch_sub(&s->suspended, 1);
}

/* For handlers that waited for the store. */
static void resume(struct request *rq)
{
	struct exchange *x = exchange_of(rq);
	thread_pool_push_begun(x->server->workers, &x->task);
}

static void prepare(struct exchange *x)
{
	struct server *s = x->server;
	x->rq.api = s->config.api;
	x->rq.arena = &x->arena;
	x->rq.body = buf_str(&x->body);
	x->rq.deadline_ns = now_monotonic_ns() + s->config.read_deadline_ms * 1000000;
	x->rq.resume = resume;
	x->rq.then = x->route->handler;
	x->rs.status = 200;
	x->rs.content_type = "application/json";
	buf_init(&x->rs.body, SIZE_MAX / 2);
	if (!x->route->is_instant) /* what tells how the service is does not depend on others */
		x->rs.body.budget = &x->budget;
	x->task.start_by_ns = x->rq.deadline_ns;
}

static enum MHD_Result on_complete(struct exchange *x)
{
	struct server *s = x->server;
	if (!connection_received(x->conn))
		return MHD_NO; /* the reaper has said 408 already */
	if (x->is_too_large)
		err_set(&x->err, ERR_TOO_LARGE, NULL, "the body is larger than %lld bytes",
			(long long)s->config.max_body_bytes);
	else if (x->is_discarding || x->body.failed)
		exchange_refuse(x, "the bodies of other requests fill the memory");
	if (x->err.kind != ERR_NONE)
		return answer_error(x);
	if (!x->route) { /* OPTIONS, and what needs no handler */
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

enum MHD_Result exchange_go_on(void *cls, struct MHD_Connection *mhd, const char *url,
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

static int level_of(const struct exchange *x)
{
	if (x->stream.has_failed)
		return LOG_ERROR;
	if (x->state == EXCHANGE_ANSWERED && x->err.kind == ERR_LATE)
		return LOG_WARN;
	if (x->status >= 500)
		return x->status == 503 ? LOG_WARN : LOG_ERROR;
	return x->route_index < health_routes_count ? LOG_DEBUG : LOG_INFO;
}

static void write_line(struct exchange *x, int level, int64_t duration_ns)
{
	struct buf line;
	char remote[ADDRESS_TEXT_MAX] = "";
	struct address from;
	from = address_forwarded(&x->server->trusted, x->conn->peer,
				 x->head.values[HEAD_FORWARDED_FOR]);
	address_format(&from, remote);
	buf_init(&line, LINE_BYTES);
	log_begin(&line, level, "request");
	buf_printf(&line, ",\"id\":\"%s\",\"remote\":\"%s\",\"method\":", x->id, remote);
	log_quote(&line, str_of(x->method));
	buf_add(&line, STR(",\"path\":"));
	const char *question = memchr(x->raw, '?', x->raw_n);
	size_t path_n = question ? (size_t)(question - x->raw) : x->raw_n;
	log_quote(&line, (struct str){x->raw, path_n < 1024 ? path_n : 1024});
	buf_printf(&line, ",\"status\":%d,\"bytes\":%lld,\"duration_ms\":%.3f,\"route\":\"%s\"",
		   x->status, (long long)x->bytes_sent, (double)duration_ns / 1e6,
		   x->route ? x->route->path : "");
	if ((x->status >= 500 || x->stream.has_failed || x->err.kind == ERR_LATE) &&
	    x->err.kind != ERR_NONE) {
		buf_add(&line, STR(",\"error\":"));
		log_quote(&line, str_of(x->err.message));
	}
	buf_add_char(&line, '}');
	log_add(x->server->log, buf_str(&line));
	buf_release(&line);
}

static void release(struct exchange *x)
{
	struct server *s = x->server;
	if (x->reply)
		MHD_destroy_response(x->reply);
	if (x->rs.stream.close)
		x->rs.stream.close(x->rs.stream.state);
	drop_body(x);
	if (x->is_counted)
		atomic_fetch_sub_explicit(&s->metrics.in_flight, 1, memory_order_relaxed);
	exchange_count_budget(x);
	buf_release(&x->stream.piece);
	buf_release(&x->rs.body);
	free(x->packed);
	memory_give(s->memory, x->packed_bytes);
	arena_release(&x->arena);
	budget_unreserve(&x->budget);
	free(x);
}

void exchange_end(void *cls, struct MHD_Connection *mhd, void **exchange,
		  enum MHD_RequestTerminationCode code)
{
	struct server *s = cls;
	struct exchange *x = *exchange;
	(void)mhd, (void)code;
	if (!x)
		return;
	*exchange = NULL;
	int64_t now = now_monotonic_ns();
	atomic_store(&x->conn->sending_ns, 0);
	if (atomic_load(&x->conn->patience) != PATIENCE_CUT)
		connection_expect(x->conn,
				  now + (s->config.idle_timeout_ms + s->config.body_timeout_ms) *
						  1000000,
				  false);
	else if (x->state != EXCHANGE_ANSWERED)
		x->status = 408;
	else
		err_set(&x->err, ERR_LATE, NULL, "the client took too little of the answer");
	metrics_count(&s->metrics, x->route_index, x->status, now - x->started_ns);
	int level = level_of(x);
	if (log_wants(s->log, level))
		write_line(x, level, now - x->started_ns);
	release(x);
}
