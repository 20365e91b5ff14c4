/* Articles on their way into a database: read by the engine on all processors, written in the order
 * in which they came, in groups that share transactions. What is on its way is bounded in number
 * and memory. One thread feeds it. */
#ifndef DEMARCHE_CLI_IMPORT_QUEUE_H
#define DEMARCHE_CLI_IMPORT_QUEUE_H

#include "api/http.h"
#include "base/arena.h"
#include "base/model.h"
#include "cli/options.h"

struct import_queue;

/* How an article came out, told in the order of the articles: added, known already, or not taken
 * (`err` says why, kind ERR_NONE else), with the place that it came from. */
struct import_outcome {
	bool is_new;
	const struct err *err;
	struct str where;
	size_t line; /* 0: none */
};

struct import_listener {
	void (*tell)(void *context, const struct import_outcome *outcome);
	void *context;
};

/* `api` has the store, and the engine with its issues; `threads` read. NULL with *e. */
struct import_queue *import_queue_open(const struct api *api, const struct options *o, int threads,
				       struct import_listener listener, struct err *e);
/* Ends what is on its way, written or not, and frees it. NULL is allowed. */
void import_queue_close(struct import_queue *q);

/* The arena of the next article, in which it is to be made, once there is room; the same one again
 * until import_queue_put or import_queue_fail. NULL with *e: the store has failed. */
struct arena *import_queue_next(struct import_queue *q, struct err *e);
/* Sends the article on, whose strings live in that arena or until import_queue_drain. */
void import_queue_put(struct import_queue *q, const struct article *article, struct str where,
		      size_t line);
/* Tells in its turn that it cannot be taken. */
void import_queue_fail(struct import_queue *q, const struct err *why, struct str where,
		       size_t line);
/* Waits until all is written. 0, or -1 with *e: the store has failed. */
int import_queue_drain(struct import_queue *q, struct err *e) MUST_CHECK;

#endif
