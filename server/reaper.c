/* Looks at every connection in rounds. The library's own time limit sees inactivity only: a client
 * that sends or takes one byte a second outlives it; and of a suspended connection it does not hear
 * that its client has gone. */
#include "server/reaper.h"

#include <linux/sockios.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>

#include "api/problem.h"
#include "base/clock.h"
#include "server/dispatch.h"

enum {
	ROUND_MS = 50,
	DEPARTURE_ROUNDS = 2, /* the checks that ask the kernel are made once in so many rounds */
	END_ROUNDS = 10,
	SEND_BYTES = 64 * 1024, /* of an answer, to be taken in each --send-timeout */
};

struct reaper {
	struct service *service;
	struct connections *connections;
	pthread_t thread;
};

/* The library cannot answer while a body is arriving, so the reaper writes the response itself:
 * nothing else has been written for this request, but for a "100 Continue". */
static void answer_late(struct service *s, int fd)
{
	struct response rs = {.status = 408};
	struct err e = {0};
	struct buf all;
	buf_init(&rs.body, 65536);
	buf_init(&all, 65536);
	err_set(&e, ERR_LATE, NULL, "the request did not arrive whole within %lld ms",
		(long long)s->config.body_timeout_ms);
	problem_write(&rs, &e, STR_EMPTY);
	buf_printf(&all,
		   "HTTP/1.1 408 Request Timeout\r\nContent-Type: %s\r\nContent-Length: "
		   "%zu\r\nConnection: close\r\n\r\n",
		   rs.content_type, rs.body.n);
	buf_add(&all, buf_str(&rs.body));
	send(fd, all.p, all.n, MSG_DONTWAIT | MSG_NOSIGNAL);
	buf_release(&rs.body);
	buf_release(&all);
}

/* The library (0.9.75) waits for edges: when a client's last bytes and its end arrive together, it
 * reads the bytes and never hears of the end. A shutdown of the reading side makes another edge. */
static void detect_end(struct connection *c)
{
	char byte;
	if (recv(c->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0)
		shutdown(c->fd, SHUT_RD);
}

/* A client that has shut down only its sending side counts as gone too: the two look the same. */
static void detect_departure(struct connection *c)
{
	struct pollfd p = {.fd = c->fd, .events = POLLRDHUP};
	if (!c->is_shut && poll(&p, 1, 0) > 0)
		atomic_store(&c->cancelled, true);
}

/* Bytes that the client's side has acknowledged, of all that was ever sent on the connection. */
static uint64_t acknowledged(const struct connection *c)
{
	struct tcp_info info = {0};
	socklen_t n = sizeof info;
	return getsockopt(c->fd, IPPROTO_TCP, TCP_INFO, &info, &n) == 0 ? info.tcpi_bytes_acked : 0;
}

/* True when a client took less of its answer than it should. While nothing that was sent is
 * unacknowledged, the client is waiting for us. */
static bool is_too_slow(const struct service *s, struct connection *c, int64_t now)
{
	int64_t since = atomic_load(&c->sending_ns);
	int unsent = 0;
	if (!since)
		return false;
	if (c->watched_ns != since) {
		c->watched_ns = since;
		c->window_ns = now;
		c->window_acked = acknowledged(c);
	}
	if (now - c->window_ns < s->config.send_timeout_ms * 1000000)
		return false;
	uint64_t taken = acknowledged(c);
	if (taken - c->window_acked >= SEND_BYTES || ioctl(c->fd, SIOCOUTQ, &unsent) != 0 ||
	    unsent == 0) {
		c->window_ns = now;
		c->window_acked = taken;
		return false;
	}
	return true;
}

/* Resets the connection, so that what the kernel keeps of the answer goes as well. */
static void cut_slow(struct service *s, struct connection *c)
{
	int64_t working = DEADLINE_NONE;
	if (!atomic_compare_exchange_strong(&c->deadline, &working, DEADLINE_CUT))
		return;
	metrics_increment(&s->metrics.slow);
	setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &(struct linger){.l_onoff = 1},
		   sizeof(struct linger));
	shutdown(c->fd, SHUT_RDWR);
}

static void check(struct service *s, struct connection *c, int64_t now, unsigned round)
{
	int64_t deadline = atomic_load(&c->deadline);
	if (deadline == DEADLINE_NONE && is_too_slow(s, c, now))
		cut_slow(s, c);
	else if (deadline == DEADLINE_NONE && round % DEPARTURE_ROUNDS == 0)
		detect_departure(c);
	if (deadline == DEADLINE_NONE || deadline == DEADLINE_CUT)
		return;
	bool is_receiving = deadline & 1;
	if (now > deadline) {
		if (!atomic_compare_exchange_strong(&c->deadline, &deadline, DEADLINE_CUT))
			return;
		if (is_receiving)
			answer_late(s, c->fd);
		shutdown(c->fd, SHUT_RDWR);
	} else if (!is_receiving && atomic_load_explicit(&s->is_draining, memory_order_relaxed)) {
		c->is_shut = true;
		/* A request that has arrived already is still read and answered. */
		shutdown(c->fd, SHUT_RD);
	} else if (round % END_ROUNDS == 0) {
		detect_end(c);
	}
}

static void *run(void *arg)
{
	struct reaper *r = arg;
	struct service *s = r->service;
	for (unsigned round = 0; !atomic_load(&s->is_stopping); round++) {
		nanosleep(&(struct timespec){.tv_nsec = ROUND_MS * 1000000}, NULL);
		int64_t now = now_monotonic_ns();
		pthread_mutex_lock(&r->connections->lock);
		for (struct connection *c = r->connections->first; c; c = c->next)
			check(s, c, now, round);
		pthread_mutex_unlock(&r->connections->lock);
		dispatch_withdraw(s, now);
	}
	return NULL;
}

struct reaper *reaper_start(struct service *s, struct connections *connections, struct err *e)
{
	struct reaper *r = calloc(1, sizeof *r);
	if (r) {
		r->service = s;
		r->connections = connections;
		if (pthread_create(&r->thread, NULL, run, r) == 0)
			return r;
	}
	free(r);
	err_set(e, ERR_INTERNAL, NULL, "cannot start the reaper");
	return NULL;
}

void reaper_join(struct reaper *r)
{
	if (!r)
		return;
	pthread_join(r->thread, NULL);
	free(r);
}
