/* The load generator: connections, the reading of answers, the loop. Latencies are kept one by one,
 * in microseconds. */
#include "tests/bench/load.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <netinet/tcp.h>

#include "base/clock.h"
#include "base/date.h"

enum {
	REQUEST_MAX = 64 << 20,
	ANSWER_MAX = 64 << 20,
	READ_CHUNK = 128 << 10,
	STALL_MS = 60000, /* no answer on any connection for this long: give up */
};

struct connection {
	int fd; /* -1 when broken */
	bool is_waiting;
	struct buf out, in;
	size_t sent;
	uint64_t number;
	int64_t began_ns;
};

struct run {
	const struct load *l;
	struct load_result *r;
	struct connection *v;
	int epoll;
	uint64_t next;
	int waiting;
	int64_t until_ns;
};

static int connect_to(int port)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -1;
	struct sockaddr_in to = {.sin_family = AF_INET,
				 .sin_port = htons((uint16_t)port),
				 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	if (connect(fd, (struct sockaddr *)&to, sizeof to) != 0) {
		close(fd);
		return -1;
	}
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
	return fd;
}

/* The value of Content-Length in a head, or -1. */
static long content_length(const char *head, const char *end)
{
	for (const char *p = head; p < end;) {
		const char *stop = memchr(p, '\n', (size_t)(end - p));
		if (!stop)
			return -1;
		if (end - p > 15 && strncasecmp(p, "content-length:", 15) == 0)
			return strtol(p + 15, NULL, 10);
		p = stop + 1;
	}
	return -1;
}

/* The length of a whole answer at the front of `in`, 0 when more must come, -1 when it makes no
 * sense. */
static long answer_length(const struct buf *in, int *status, size_t *head)
{
	static const char stop[4] = "\r\n\r\n";
	const char *end = in->n ? memmem(in->p, in->n, stop, sizeof stop) : NULL;
	if (!end)
		return 0;
	*head = (size_t)(end - in->p) + sizeof stop;
	if (in->n < 12 || memcmp(in->p, "HTTP/1.1 ", 9) != 0)
		return -1;
	*status = (int)strtol(in->p + 9, NULL, 10);
	long body = *status == 204 || *status == 304 ? 0 : content_length(in->p, end + 2);
	if (body < 0)
		return -1;
	return in->n < *head + (size_t)body ? 0 : (long)*head + body;
}

static void note_latency(struct load_result *r, int64_t ns)
{
	if (r->n_latencies == r->cap) {
		size_t cap = r->cap ? r->cap * 2 : 4096;
		uint32_t *grown = realloc(r->latency_us, cap * sizeof *grown);
		if (!grown)
			abort();
		r->latency_us = grown;
		r->cap = cap;
	}
	r->latency_us[r->n_latencies++] = (uint32_t)(ns / 1000);
}

static void drop(struct run *run, struct connection *c)
{
	if (c->is_waiting) {
		c->is_waiting = false;
		run->waiting--;
		run->r->failures++;
	}
	close(c->fd);
	c->fd = -1;
	c->in.n = 0;
}

static int watch(struct run *run, struct connection *c, uint32_t events, int op)
{
	struct epoll_event ev = {.events = events, .data.ptr = c};
	return epoll_ctl(run->epoll, op, c->fd, &ev);
}

static void push_out(struct run *run, struct connection *c)
{
	size_t before = c->sent;
	while (c->sent < c->out.n) {
		ssize_t k = send(c->fd, c->out.p + c->sent, c->out.n - c->sent,
				 MSG_NOSIGNAL | MSG_DONTWAIT);
		if (k < 0 && errno == EAGAIN) {
			watch(run, c, EPOLLIN | EPOLLOUT, EPOLL_CTL_MOD);
			return;
		}
		if (k < 0) {
			drop(run, c);
			return;
		}
		c->sent += (size_t)k;
	}
	if (before > 0)
		watch(run, c, EPOLLIN, EPOLL_CTL_MOD);
}

/* Puts the next request on its way, unless time or number is up. */
static void send_next(struct run *run, struct connection *c, int64_t now)
{
	if (now >= run->until_ns || (run->l->requests && run->next >= run->l->requests))
		return;
	if (c->fd < 0) {
		c->fd = connect_to(run->l->port);
		if (c->fd < 0 || watch(run, c, EPOLLIN, EPOLL_CTL_ADD) != 0)
			return;
	}
	c->number = run->next++;
	c->out.n = 0;
	c->sent = 0;
	run->l->make(run->l->context, c->number, &c->out);
	c->began_ns = now_monotonic_ns();
	c->is_waiting = true;
	run->waiting++;
	push_out(run, c);
}

static void take_in(struct run *run, struct connection *c)
{
	char *room = buf_reserve(&c->in, READ_CHUNK);
	ssize_t k = room ? recv(c->fd, room, READ_CHUNK, MSG_DONTWAIT) : -1;
	if (k < 0 && room && errno == EAGAIN)
		return;
	if (k <= 0) {
		drop(run, c);
		send_next(run, c, now_monotonic_ns());
		return;
	}
	c->in.n += (size_t)k;
	run->r->bytes += (uint64_t)k;
	int status = 0;
	size_t head = 0;
	long whole = answer_length(&c->in, &status, &head);
	if (whole == 0)
		return;
	if (whole < 0 || !c->is_waiting) {
		drop(run, c);
		return;
	}
	int64_t now = now_monotonic_ns();
	c->is_waiting = false;
	run->waiting--;
	if (status / 100 == 2 || status == 304) {
		run->r->answers++;
		note_latency(run->r, now - c->began_ns);
	} else {
		run->r->failures++;
	}
	if (run->l->answer)
		run->l->answer(run->l->context, c->number, status,
			       str_sub(buf_str(&c->in), head, (size_t)whole));
	c->in.n = 0;
	send_next(run, c, now);
}

static int compare_u32(const void *a, const void *b)
{
	uint32_t x, y;
	memcpy(&x, a, sizeof x);
	memcpy(&y, b, sizeof y);
	return (x > y) - (x < y);
}

static int open_all(struct run *run, struct err *e)
{
	for (int i = 0; i < run->l->connections; i++) {
		struct connection *c = &run->v[i];
		buf_init(&c->out, REQUEST_MAX);
		buf_init(&c->in, ANSWER_MAX);
		c->fd = connect_to(run->l->port);
		if (c->fd < 0 || watch(run, c, EPOLLIN, EPOLL_CTL_ADD) != 0)
			return err_set(e, ERR_INTERNAL, NULL, "cannot connect to port %d: %s",
				       run->l->port, strerror(errno));
	}
	return 0;
}

static void turn(struct run *run)
{
	for (int i = 0; i < run->l->connections; i++)
		send_next(run, &run->v[i], now_monotonic_ns());
	while (run->waiting > 0) {
		struct epoll_event ev[64];
		int n = epoll_wait(run->epoll, ev, 64, STALL_MS);
		if (n == 0) {
			run->r->failures += (uint64_t)run->waiting;
			return;
		}
		for (int i = 0; i < n; i++) {
			struct connection *c = ev[i].data.ptr;
			if (ev[i].events & EPOLLOUT)
				push_out(run, c);
			if (c->fd >= 0 && ev[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR))
				take_in(run, c);
		}
	}
}

int load_run(const struct load *l, struct load_result *r, struct err *e)
{
	*r = (struct load_result){0};
	struct run run = {.l = l, .r = r, .epoll = epoll_create1(EPOLL_CLOEXEC)};
	run.v = calloc((size_t)l->connections, sizeof *run.v);
	if (!run.v || run.epoll < 0)
		abort();
	for (int i = 0; i < l->connections; i++)
		run.v[i].fd = -1;
	int rc = open_all(&run, e);
	int64_t began = now_monotonic_ns();
	run.until_ns = began + (int64_t)(l->seconds * 1e9);
	if (rc == 0)
		turn(&run);
	r->seconds = (double)(now_monotonic_ns() - began) / 1e9;
	for (int i = 0; i < l->connections; i++) {
		if (run.v[i].fd >= 0)
			close(run.v[i].fd);
		buf_release(&run.v[i].out);
		buf_release(&run.v[i].in);
	}
	free(run.v);
	close(run.epoll);
	if (r->n_latencies > 0)
		qsort(r->latency_us, r->n_latencies, sizeof *r->latency_us, compare_u32);
	return rc;
}

void load_result_release(struct load_result *r)
{
	free(r->latency_us);
	*r = (struct load_result){0};
}

double load_rate(const struct load_result *r)
{
	return r->seconds > 0 ? (double)r->answers / r->seconds : 0;
}

double load_quantile(const struct load_result *r, double q)
{
	if (r->n_latencies == 0)
		return 0;
	size_t i = (size_t)(q * (double)r->n_latencies);
	return r->latency_us[i < r->n_latencies ? i : r->n_latencies - 1];
}

void load_get_with(struct buf *out, const char *target, const char *headers)
{
	buf_printf(out, "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n%s\r\n", target, headers);
}

void load_get(struct buf *out, const char *target)
{
	load_get_with(out, target, "");
}

void load_post(struct buf *out, const char *target, struct str body)
{
	buf_printf(out,
		   "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: "
		   "application/json\r\nContent-Length: %zu\r\n\r\n",
		   target, body.n);
	buf_add(out, body);
}

int load_once(int port, struct str request, struct buf *body)
{
	int fd = connect_to(port);
	if (fd < 0)
		return -1;
	struct buf in;
	buf_init(&in, ANSWER_MAX);
	int status = -1;
	size_t head = 0;
	long whole = 0;
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &(struct timeval){.tv_sec = STALL_MS / 1000},
		   sizeof(struct timeval));
	for (size_t sent = 0; sent < request.n;) {
		ssize_t k = send(fd, request.p + sent, request.n - sent, MSG_NOSIGNAL);
		if (k <= 0)
			goto out;
		sent += (size_t)k;
	}
	while (whole == 0) {
		char *room = buf_reserve(&in, READ_CHUNK);
		ssize_t k = room ? recv(fd, room, READ_CHUNK, 0) : -1;
		if (k <= 0)
			goto out;
		in.n += (size_t)k;
		whole = answer_length(&in, &status, &head);
	}
	if (whole < 0)
		status = -1;
	else if (body)
		buf_add(body, str_sub(buf_str(&in), head, (size_t)whole));
out:
	if (whole <= 0)
		status = -1;
	buf_release(&in);
	close(fd);
	return status;
}
