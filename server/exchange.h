/* One request and its response.
 *
 * An exchange belongs to its connection's poller. Between exchange_suspend and exchange_wake it
 * belongs to whoever took it out of a thread pool's queue: a thread of the pool, or the reaper; and
 * to the store while it waits for that. */
#ifndef DEMARCHE_SERVER_EXCHANGE_H
#define DEMARCHE_SERVER_EXCHANGE_H

#include <microhttpd.h>

#include "server/chunks.h"
#include "server/connection.h"
#include "server/head.h"
#include "server/poller.h"
#include "server/service.h"
#include "server/stream.h"
#include "server/target.h"

enum { EXCHANGE_ID_MAX = 64 };

enum exchange_state {
	EXCHANGE_NEW,	    /* its first line was read */
	EXCHANGE_RECEIVING, /* its head was read and taken */
	EXCHANGE_WORKING,   /* suspended: in a pool, or waiting for the store */
	EXCHANGE_READY,	    /* to be answered with `reply` */
	EXCHANGE_ANSWERED,
};

struct exchange {
	struct request rq; /* the first member: handlers get it, we get back */
	struct response rs;
	struct err err;
	struct task task;
	struct service *service;
	struct connection *conn;
	struct poller *poller;
	struct MHD_Connection *mhd;
	enum exchange_state state;
	struct budget budget;
	struct arena arena;
	int64_t started_ns;

	/* The request. */
	struct head head;
	struct target target;
	const struct route *route;
	size_t route_index;
	bool is_head, is_options; /* the method */
	bool is_counted;	  /* among those in flight */
	bool has_begun;		  /* its handler was called */
	bool is_long;		  /* the handler has returned API_LONG */
	bool has_key;		  /* among its parameters (api/http.h) */
	char id[EXCHANGE_ID_MAX + 1];
	char method[12];

	/* Its body. */
	struct buf body;
	struct chunks chunks;
	bool is_too_large;
	bool is_discarding; /* what comes is thrown away */
	size_t discarded_bytes;
	size_t reserved_bytes; /* of the room for bodies */

	/* The response. */
	struct MHD_Response *reply;
	struct stream stream;
	struct answer *kept; /* whose body is sent */
	bool is_kept_reply;  /* `reply` goes back to it, as ... */
	enum idle_form form;
	bool closes;	   /* the connection */
	bool lacks_header; /* there was no memory for one */
	int status;
	char *packed; /* the body compressed */
	size_t packed_bytes;
	int64_t sent_bytes;

	/* The request target as it came, and a copy to decode in. */
	size_t raw_n;
	char raw[];
};

/* Copies the target. NULL when memory lacks. */
struct exchange *exchange_new(struct service *s, struct poller *poller, struct connection *conn,
			      struct MHD_Connection *mhd, const char *target);
void exchange_free(struct exchange *x);
struct exchange *exchange_of_request(struct request *rq);
struct exchange *exchange_of_task(struct task *task);

/* Is there room for so many bytes more of bodies? */
bool exchange_has_room(const struct service *s, int64_t n);
/* Takes room for what has arrived of the body; false when there is none. */
bool exchange_take_room(struct exchange *x, size_t n);
/* Gives the body and its room back, before the client has been answered. */
void exchange_drop_body(struct exchange *x);
/* Gives back what the request took and its answer does not need any more. */
void exchange_trim(struct exchange *x);

/* Sets x->err for a request that is turned away. */
void exchange_refuse(struct exchange *x, const char *why);
/* Counts why the work of the last turn was given up, if it was. */
void exchange_count_budget(struct exchange *x);

/* Takes the connection from its poller. False when the service is stopping: then it stays there. */
bool exchange_suspend(struct exchange *x) MUST_CHECK;
/* Hands it back; x belongs to the poller then. */
void exchange_wake(struct exchange *x);

#endif
