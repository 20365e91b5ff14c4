/* What the files of the transport share among themselves: the server, its connections and
 * exchanges. Nobody else includes it.
 *
 * Locks: server.connections_lock guards the list of connections and keeps their descriptors open
 * while the reaper uses them. An exchange belongs to its connection's poller, or, between a
 * suspension and the resumption, to whoever took it out of a crew's queue: a thread of the crew, or
 * the reaper; while it waits for the store, to the store. */
#ifndef DEMARCHE_SERVER_INSIDE_H
#define DEMARCHE_SERVER_INSIDE_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

#include "server/auth.h"
#include "server/chunks.h"
#include "server/cidr.h"
#include "server/head.h"
#include "server/metrics.h"
#include "server/poller.h"
#include "server/readiness.h"
#include "server/router.h"
#include "server/server.h"
#include "server/target.h"
#include "server/thread_pool.h"

enum {
	SPARE_CONNECTIONS = 64, /* beyond --max-connections, to say 503 on; more wait unheard */
	CONNECTION_MEMORY =
		32 * 1024, /* of each connection: its request line and headers must fit */
	REQUEST_ID_MAX = 64,
	STREAM_PIECE = 32 * 1024,
};
#define RETRY_AFTER_S "1"

/* What a connection is waiting for, with the time by which it must be there. One word, so that the
 * reaper and the poller settle by compare-and-swap who has it: nanoseconds with the lowest bit for
 * "receiving". */
enum { PATIENCE_NONE = 0, PATIENCE_CUT = -1 };

struct connection {
	struct connection *next, **link;
	struct address peer;
	int fd;
	bool is_shed;	 /* over --max-connections, or there is no memory for it */
	bool is_charged; /* for its memory */
	_Atomic int64_t patience;
	atomic_bool
		cancelled; /* its client has gone, or the service ends: work for it is given up */
	_Atomic int64_t sending_ns; /* since when an answer is being sent, 0 while none is */

	/* The reaper's. */
	bool is_shut;	   /* for reading, by us */
	int64_t sent_ns;   /* the sending that it watches */
	int64_t window_ns; /* since when the client has taken ... */
	uint64_t taken;	   /* ... more than so many bytes of its connection */
};

enum exchange_state {
	EXCHANGE_NEW,	    /* its first line was read */
	EXCHANGE_RECEIVING, /* its head was read and taken */
	EXCHANGE_WORKING,   /* suspended, with a thread of a crew, in a crew's queue, or waiting for
			       the store */
	EXCHANGE_READY,	    /* to be answered with `reply` */
	EXCHANGE_ANSWERED,
};

struct stream_state {
	struct buf piece;
	size_t taken;
	bool is_active, is_done, has_failed;
};

/* One request and its response. */
struct exchange {
	struct request rq; /* the first member: handlers get it, we get back */
	struct task task;
	struct response rs;
	struct err err;
	struct server *server;
	struct connection *conn;
	struct MHD_Connection *mhd;
	struct poller *poller;
	struct MHD_Response *reply;
	bool lacks_header; /* it does: there was no memory for one */
	struct budget budget;
	struct arena arena;
	struct buf body;
	struct head head;
	struct chunks chunks;
	struct target target;
	const struct route *route;
	size_t route_index;
	enum exchange_state state;
	bool is_head, is_options, closes, is_counted;
	bool has_begun;			  /* its handler was called */
	bool is_long;			  /* the handler has returned API_LONG */
	bool is_too_large, is_discarding; /* the body; when discarding, what comes is thrown away */
	size_t discarded;
	int64_t started_ns;
	size_t body_reserved;
	char *packed; /* the body compressed */
	size_t packed_bytes;
	int64_t bytes_sent;
	int status;
	struct stream_state stream;
	char id[REQUEST_ID_MAX + 1];
	char method[12];
	size_t raw_n;
	char raw[]; /* the request target as it came, and a copy to decode in */
};

struct server {
	struct server_config config;
	struct log *log;
	struct router router;
	struct metrics metrics;
	struct auth auth;
	struct cidr_list trusted;
	struct str base_path;
	struct memory *memory;
	size_t work_bytes; /* of it, for requests */
	struct thread_pool *workers, *extractors;
	struct readiness *readiness;
	struct poller pollers[CONFIG_POLLERS_MAX];
	int n_pollers;
	int listen_fd;
	bool is_loopback;
	char address[64];
	pthread_mutex_t connections_lock;
	struct connection *connections;
	pthread_t reaper;
	bool has_reaper;
	_Atomic bool is_leaving, is_draining, is_stopping;
	_Atomic int64_t suspended, body_bytes;
	_Atomic uint64_t last_id;
	int64_t started_ms;
};

static inline struct exchange *exchange_of(struct request *rq)
{
	return (struct exchange *)(void *)rq;
}

/* exchange.c: libmicrohttpd's callbacks for a request's life. */
void *exchange_begin(void *server, const char *target, struct MHD_Connection *mhd);
enum MHD_Result exchange_go_on(void *server, struct MHD_Connection *mhd, const char *url,
			       const char *method, const char *version, const char *data, size_t *n,
			       void **exchange);
void exchange_end(void *server, struct MHD_Connection *mhd, void **exchange,
		  enum MHD_RequestTerminationCode code);
/* Hands a suspended connection back to its poller; x belongs to it then. */
void exchange_wake(struct exchange *x);
/* For so many bytes of a body. */
bool exchange_has_room(const struct server *s, int64_t n);
/* Gives back what the request took and its answer does not need any more. */
void exchange_slim(struct exchange *x);
/* False when the service is stopping: then nothing was suspended. */
bool exchange_suspend(struct exchange *x);

/* turn.c: a worker's turn, and an extractor's. */
void dispatch_work(void *server, struct task *task);
void dispatch_extract(void *server, struct task *task);
/* Answers the requests that wait for a thread in vain. */
void dispatch_withdraw(struct server *s, int64_t now_ns);
/* Counts why the work of the last turn gave out, if it did. */
void exchange_count_budget(struct exchange *x);
/* Sets x->err for a request that is turned away. */
void exchange_refuse(struct exchange *x, const char *why);

/* admit.c: decides by head and route whether a request may go on: 0, or -1 with x->err. */
int precheck(struct exchange *x, const char *method, const char *version);

/* reply.c: makes x->reply of x->rs or x->err. */
void reply_make(struct exchange *x);
void reply_error(struct exchange *x);

/* stream.c: a body in pieces. */
int stream_start(struct exchange *x); /* the first piece; -1 with x->err */
void stream_fill(struct exchange *x); /* a worker's turn */
struct MHD_Response *stream_response(struct exchange *x);

/* sweep.c: connections and the thread that looks for late ones. */
void connection_notify(void *server, struct MHD_Connection *mhd, void **connection,
		       enum MHD_ConnectionNotificationCode code);
void connection_expect(struct connection *c, int64_t until_ns, bool is_receiving);
/* The request has arrived whole: false when the reaper cut the connection before. */
bool connection_received(struct connection *c);
void *reaper_run(void *server);
/* Work for all clients is given up. */
void connections_cancel(struct server *s);

/* probe.c */
extern const struct route health_routes[];
extern const size_t health_routes_count;

#endif
