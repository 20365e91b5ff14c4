/* A load generator: one thread, epoll, keep-alive connections, each with one request on its way.
 * Linked into the programs that measure; knows HTTP/1.1 answers with Content-Length and nothing
 * else. */
#ifndef DEMARCHE_TESTS_BENCH_LOAD_H
#define DEMARCHE_TESTS_BENCH_LOAD_H

#include "base/buf.h"
#include "base/err.h"

struct load {
	int port; /* on 127.0.0.1 */
	int connections;
	double seconds;	   /* stops sending after this time */
	uint64_t requests; /* and after this many, 0 for no limit; what is on its way is awaited */
	/* Appends the i-th request, head and body, to *out. */
	void (*make)(void *context, uint64_t i, struct buf *out);
	/* Sees each answer; may be NULL. */
	void (*answer)(void *context, uint64_t i, int status, struct str body);
	void *context;
};

struct load_result {
	uint64_t answers;  /* of status 2xx, and 304 */
	uint64_t failures; /* other answers and broken connections */
	double seconds;	   /* from the first request to the last answer */
	uint64_t bytes;	   /* received */
	uint32_t *latency_us;
	size_t n_latencies; /* sorted after load_run */
	size_t cap;
};

/* Runs the load; 0, or -1 with *e set when the server cannot be reached. *r is overwritten;
 * load_result_release frees it. */
int load_run(const struct load *l, struct load_result *r, struct err *e) MUST_CHECK;
void load_result_release(struct load_result *r);

double load_rate(const struct load_result *r); /* answers a second */
/* The latency in microseconds below which the share q (0..1) of the answers stays. */
double load_quantile(const struct load_result *r, double q);

/* Past all that the service keeps. */
#define FRESH "Cache-Control: no-cache\r\n"

/* A GET request's head, for `make`; with more headers, whole lines that end in "\r\n". */
void load_get(struct buf *out, const char *target);
void load_get_with(struct buf *out, const char *target, const char *headers);
/* A POST request with a JSON body. */
void load_post(struct buf *out, const char *target, struct str body);

/* One request over a connection of its own; the status, or -1. *body is appended to;
 * may be NULL. */
int load_once(int port, struct str request, struct buf *body);

#endif
