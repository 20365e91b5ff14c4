/* What the server hands to a resource and what it takes back: a request and a response, free of any
 * HTTP library.
 *
 * A handler runs on a worker thread. It answers at once (API_DONE), fails (API_ERROR with *e set:
 * the server writes the problem document), or waits for the store's writer: it stores a
 * continuation in rq->then, makes sure that request_resume(rq) is called exactly once later, from
 * any thread, and returns API_LATER; the server then calls rq->then on a worker with the same
 * arguments, until it returns something else. After returning API_LATER the handler must not touch
 * rq, since the resumption may already run.
 *
 * Work that takes milliseconds, which is the engine's, does not belong on a worker either: the
 * handler stores a continuation in rq->then and in rq->long_bytes the memory that it will take, and
 * returns API_LONG; the server calls rq->then in its turn on one of the threads for such work,
 * which may return API_LONG again, to let others have a turn between, or anything else. The first
 * API_LONG of a request may come to nothing (ERR_BUSY): nothing of it may be under way by then.
 *
 * The handler of a route that is often answered by what is kept (route_tries_at_hand) is called on
 * a thread that polls sockets first, with rq->only_at_hand set: there it reads what is kept and
 * little else (store_reader_at_hand), starts nothing that outlasts the call, and fails where more
 * would be needed; whatever it fails with, the server then calls it again on a worker as if it had
 * not been.
 *
 * The request's arena has a budget (base/budget.h), whose time counts anew in each turn. */
#ifndef DEMARCHE_API_HTTP_H
#define DEMARCHE_API_HTTP_H

#include "api/query/param.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/hash.h"

struct engine;
struct issue_registry;
struct statement_cache;
struct store;

/* What all requests share; read-only while serving. */
struct api {
	struct store *store;
	const struct engine *engine;
	/* The issues in force (issue_registry.h). NULL: the engine's own, not to be changed. */
	struct issue_registry *issues;
	struct statement_cache *statements; /* kept as they are written; NULL: none are */
	/* Of articles that other processes read (db/reading_queue.h), for the one thread that reads
	 * stored articles again, but for its figures. NULL: there are no others. */
	struct reading_queue *queue;
	bool extracts;	 /* false: articles are stored without statements, for measuring */
	int deadline_ms; /* for reading, a request */
	size_t max_body_bytes;
};

/* A route asks for one of these; a token has several: "write" and "curate" include "read", neither
 * the other one, and "admin" all of them. */
enum scope {
	SCOPE_NONE = 0,
	SCOPE_READ = 1,
	SCOPE_WRITE = 2,
	SCOPE_CURATE = 4,
	SCOPE_ADMIN = 8,
	/* No token has it: "read", or a read key (db/read_key.h) as the parameter "key". */
	SCOPE_READ_KEY = 16,
};

enum method { METHOD_GET, METHOD_POST, METHOD_PUT, METHOD_PATCH, METHOD_DELETE, METHOD_COUNT };

struct request;
struct response;
enum api_result { API_DONE, API_ERROR, API_LATER, API_LONG };
typedef enum api_result api_handler(struct request *rq, struct response *rs, struct err *e);

struct request {
	const struct api *api;
	struct arena *arena; /* lives until the response has been sent */
	enum method method;
	struct str path;	    /* as matched, without the base path: "/v1/articles/12" */
	struct str path_args[2];    /* the {parts} of the route, in order */
	struct str path_to_root;    /* "../../" or such: from this request's URL to the base path */
	const struct param *params; /* the query string's, in order; names may repeat */
	size_t n_params;
	struct str accept; /* header values, "" when absent */
	struct str content_type;
	struct str if_match;
	bool wants_fresh; /* nothing that is kept */
	bool only_at_hand;
	struct str who;	 /* whose token it is; "local" where the service asks for none */
	unsigned scopes; /* of that token */
	/* Given instead of a token, and known to the store before the handler is called: "" or a
	 * read key, which is no parameter any more; and the sites that may frame what it reads. */
	struct str read_key, sites;
	struct str body;
	int64_t deadline_ns; /* now_monotonic_ns() by which reading must be done */

	/* For API_LATER and API_LONG: the handler's continuation and state. */
	api_handler *then;
	void *state;
	size_t long_bytes;
	void (*resume)(struct request *rq); /* the server's: see request_resume */
};

static inline void request_resume(struct request *rq)
{
	rq->resume(rq);
}

/* The client has gone or the service is ending: nobody waits for an answer. */
static inline bool request_is_unwanted(const struct request *rq)
{
	const struct budget *b = rq->arena->budget;
	return b && b->cancelled && atomic_load_explicit(b->cancelled, memory_order_relaxed);
}

/* A body that is made piece by piece, for exports: called on a worker each time the client has
 * taken the last piece. Appends to *out; returns 1 when there is more, 0 at the end, -1 on failure
 * (the connection is cut, so that nobody takes the part for the whole). */
struct body_stream {
	int (*more)(void *state, struct buf *out, struct err *e);
	void (*close)(void *state); /* always called once, may be NULL */
	void *state;
};

enum { RESPONSE_HEADERS_MAX = 8 };

struct response_header {
	const char *name; /* a literal */
	struct str value; /* in the request's arena; the server refuses control characters */
};

struct response {
	int status;		  /* 200 unless set */
	const char *content_type; /* a literal; "application/json" unless set */
	struct buf body;
	struct str fixed; /* instead of body: what outlives all requests, as an embedded file */
	/* The same, compressed beforehand: sent to who accepts it, whatever --gzip says, since it
	 * costs nothing. "" where there is none. */
	struct str fixed_br, fixed_gzip;
	struct body_stream stream; /* instead of body, when .more is set */
	struct digest digest;	   /* of the body, as far as whoever writes it knows its parts */
	int64_t version;	   /* of what is answered, to lead its ETag; 0: it has none */
	bool is_cacheable;	   /* gets an ETag over its body and answers If-None-Match */
	bool is_immutable;	   /* what the URL names never changes: kept without asking again */
	/* Not 0: it may be given again as long as the store has this version (db/store.h), since it
	 * depends on nothing but the store, the target, the Accept header, and, unless `day` is
	 * DAY_NONE, on this being the day (UTC). */
	uint64_t kept_version;
	day_t day;
	struct response_header headers[RESPONSE_HEADERS_MAX];
	int n_headers;
};

void response_header(struct response *rs, const char *name, struct str value);

#endif
