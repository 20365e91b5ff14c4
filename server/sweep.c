/* Connections: who is there, and a thread that ends those which are late. The library's own timeout
 * sees inactivity only: a client that sends or takes one byte a second outlives it; and of a
 * suspended connection it does not hear that its client has gone. */
#include <linux/sockios.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>

#include "api/problem.h"
#include "base/date.h"
#include "server/inside.h"

enum {
	SWEEP_MS = 50,
	GONE_EVERY = 2,
	THOROUGH_EVERY = 10,
	SHED_TIMEOUT_S = 2,
	SEND_PIECE = 64 * 1024, /* of an answer, to be taken in each --send-timeout */
	CONNECTION_BYTES = CONNECTION_MEMORY + 8192, /* with what the library and we keep of it */
};

static void open_connection(struct server *s, struct MHD_Connection *mhd, void **context)
{
	struct connection *c = calloc(1, sizeof *c);
	if (!c)
		return;
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	address_of(info ? info->client_addr : NULL, &c->peer);
	info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD);
	c->fd = info ? info->connect_fd : -1;
	connection_expect(c, now_monotonic_ns() + s->options->body_timeout * 1000000, false);
	atomic_fetch_add_explicit(&s->metrics.accepted, 1, memory_order_relaxed);
	int64_t before =
		atomic_fetch_add_explicit(&s->metrics.connections, 1, memory_order_relaxed);
	c->is_charged = memory_take(s->memory, CONNECTION_BYTES);
	c->is_shed = before >= s->options->max_connections || !c->is_charged;
	if (c->is_shed)
		MHD_set_connection_option(mhd, MHD_CONNECTION_OPTION_TIMEOUT,
					  (unsigned)SHED_TIMEOUT_S);
	pthread_mutex_lock(&s->connections_lock);
	c->next = s->connections;
	c->link = &s->connections;
	if (c->next)
		c->next->link = &c->next;
	s->connections = c;
	pthread_mutex_unlock(&s->connections_lock);
	*context = c;
}

void connection_notify(void *cls, struct MHD_Connection *mhd, void **context,
		       enum MHD_ConnectionNotificationCode code)
{
	struct server *s = cls;
	struct connection *c = *context;
	if (code == MHD_CONNECTION_NOTIFY_STARTED) {
		open_connection(s, mhd, context);
		return;
	}
	if (!c)
		return;
	pthread_mutex_lock(&s->connections_lock);
	*c->link = c->next;
	if (c->next)
		c->next->link = c->link;
	pthread_mutex_unlock(&s->connections_lock);
	atomic_fetch_sub_explicit(&s->metrics.connections, 1, memory_order_relaxed);
	*context = NULL;
	if (c->is_charged)
		memory_give(s->memory, CONNECTION_BYTES);
	free(c);
}

/* A connection that is cut stays cut. */
static void replace(struct connection *c, int64_t with)
{
	int64_t was = atomic_load(&c->patience);
	while (was != PATIENCE_CUT && !atomic_compare_exchange_weak(&c->patience, &was, with))
		;
}

void connection_expect(struct connection *c, int64_t until_ns, bool is_receiving)
{
	replace(c, (until_ns & ~(int64_t)1) | is_receiving);
}

bool connection_received(struct connection *c)
{
	replace(c, PATIENCE_NONE);
	return atomic_load(&c->patience) != PATIENCE_CUT;
}

/* The library cannot answer while a body is arriving, so the sweeper writes the response itself:
 * nothing else has been written for this request, but for a "100 Continue". */
static void say_late(struct server *s, int fd)
{
	struct response rs = {.status = 408};
	struct err e = {0};
	struct buf all;
	buf_init(&rs.body, 65536);
	buf_init(&all, 65536);
	err_set(&e, ERR_LATE, NULL, "the request did not arrive whole within %lld ms",
		(long long)s->options->body_timeout);
	problem_write(&rs, &e);
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
static void nudge_if_left(struct connection *c)
{
	char byte;
	if (recv(c->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0)
		shutdown(c->fd, SHUT_RD);
}

/* One that has closed its side for sending alone counts as gone too: it cannot be told from the
 * other. */
static void look_if_gone(struct connection *c)
{
	struct pollfd p = {.fd = c->fd, .events = POLLRDHUP};
	if (!c->is_shut && poll(&p, 1, 0) > 0)
		atomic_store(&c->unwanted, true);
}

/* Bytes that the client's side has acknowledged, of all that was ever sent on the connection. */
static uint64_t acknowledged(const struct connection *c)
{
	struct tcp_info info = {0};
	socklen_t n = sizeof info;
	return getsockopt(c->fd, IPPROTO_TCP, TCP_INFO, &info, &n) == 0 ? info.tcpi_bytes_acked : 0;
}

/* True when a client took less of its answer than it should. While it has all that was sent, we are
 * the ones who are waited for. What the kernel keeps of the answer goes as well: the connection is
 * reset. */
static bool is_too_slow(const struct server *s, struct connection *c, int64_t now)
{
	int64_t since = atomic_load(&c->sending_ns);
	int unsent = 0;
	if (!since)
		return false;
	if (c->sent_ns != since) {
		c->sent_ns = since;
		c->window_ns = now;
		c->taken = acknowledged(c);
	}
	if (now - c->window_ns < s->options->send_timeout * 1000000)
		return false;
	uint64_t taken = acknowledged(c);
	if (taken - c->taken >= SEND_PIECE || ioctl(c->fd, SIOCOUTQ, &unsent) != 0 || unsent == 0) {
		c->window_ns = now;
		c->taken = taken;
		return false;
	}
	return true;
}

static void cut_slow(struct server *s, struct connection *c)
{
	int64_t working = PATIENCE_NONE;
	if (!atomic_compare_exchange_strong(&c->patience, &working, PATIENCE_CUT))
		return;
	atomic_fetch_add_explicit(&s->metrics.slow, 1, memory_order_relaxed);
	setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &(struct linger){.l_onoff = 1},
		   sizeof(struct linger));
	shutdown(c->fd, SHUT_RDWR);
}

static void look_at(struct server *s, struct connection *c, int64_t now, unsigned round)
{
	int64_t patience = atomic_load(&c->patience);
	if (patience == PATIENCE_NONE && is_too_slow(s, c, now))
		cut_slow(s, c);
	else if (patience == PATIENCE_NONE && round % GONE_EVERY == 0)
		look_if_gone(c);
	if (patience == PATIENCE_NONE || patience == PATIENCE_CUT)
		return;
	bool is_receiving = patience & 1;
	if (now > patience) {
		if (!atomic_compare_exchange_strong(&c->patience, &patience, PATIENCE_CUT))
			return;
		if (is_receiving)
			say_late(s, c->fd);
		shutdown(c->fd, SHUT_RDWR);
	} else if (!is_receiving && atomic_load_explicit(&s->is_draining, memory_order_relaxed)) {
		c->is_shut = true;
		shutdown(c->fd, SHUT_RD); /* a request that has arrived already is still read and
					     answered */
	} else if (round % THOROUGH_EVERY == 0) {
		nudge_if_left(c);
	}
}

void *sweep_run(void *cls)
{
	struct server *s = cls;
	for (unsigned round = 0; !atomic_load(&s->is_stopping); round++) {
		nanosleep(&(struct timespec){.tv_nsec = SWEEP_MS * 1000000}, NULL);
		int64_t now = now_monotonic_ns();
		pthread_mutex_lock(&s->connections_lock);
		for (struct connection *c = s->connections; c; c = c->next)
			look_at(s, c, now, round);
		pthread_mutex_unlock(&s->connections_lock);
		turn_withdraw(s, now);
	}
	return NULL;
}

void sweep_give_up(struct server *s)
{
	pthread_mutex_lock(&s->connections_lock);
	for (struct connection *c = s->connections; c; c = c->next)
		atomic_store(&c->unwanted, true);
	pthread_mutex_unlock(&s->connections_lock);
}
