/* Whole answers to questions, kept in memory, so that a thread that polls sockets gives them
 * without asking the store.
 *
 * An answer is found by what it depends on: the target as it came, the Accept header, and whether
 * gzip is taken; and by what must not have changed since: the store's version (db/store.h), and the
 * day for those that depend on it. One of another version or day is none.
 *
 * While there is room, or what is kept is of another version, all answers are kept, and the least
 * recently used go first. Where all that is kept holds, an answer takes the place of others only
 * when it was asked for before: what is asked for once (by a crawler, a script) drives nothing out,
 * and is not copied.
 *
 * Answers are counted: one that is found or put is the caller's until answer_return, whatever
 * happens to the cache meanwhile, and its bytes may be handed out without a copy; nobody changes
 * them. All that is kept or lent out lies in one area (base/area.h) of `max_bytes`: when slow
 * clients hold all of it, nothing more is kept. Any thread; one lock, held for a look-up. */
#ifndef DEMARCHE_SERVER_ANSWER_CACHE_H
#define DEMARCHE_SERVER_ANSWER_CACHE_H

#include <stdatomic.h>

#include "api/http.h"
#include "base/lru.h"
#include "server/etag.h"
#include "server/idle_responses.h"

struct answer_key {
	struct str target, accept;
	bool takes_gzip;
};

/* Of a status 200. */
struct answer {
	struct str body;	  /* as it is sent */
	const char *content_type; /* these two are literals */
	const char *coding;	  /* "gzip"; NULL for none */
	bool varies;		  /* by Accept-Encoding */
	char tag[ETAG_ROOM];
	struct response_header headers[RESPONSE_HEADERS_MAX]; /* values end in a zero byte */
	int n_headers;
	size_t route; /* by its number (router.h) */
	uint64_t version;
	day_t day; /* DAY_NONE: it does not depend on the day */

	/* The cache's. */
	struct lru_node node;
	struct answer_cache *cache;
	struct answer_key key;
	size_t bytes;
	struct idle_responses idle;
	atomic_int count; /* who holds it, the cache included */
};

struct answer_cache_stats {
	uint64_t hits, misses;
	int64_t answers; /* kept */
	int64_t bytes;	 /* kept or lent out */
};

struct answer_cache;

/* NULL when memory is out. Nothing is ever kept where max_bytes is 0. */
struct answer_cache *answer_cache_new(size_t max_bytes);
/* All answers must be back. NULL is allowed. */
void answer_cache_free(struct answer_cache *c);
/* An answer that holds, or NULL. */
struct answer *answer_cache_find(struct answer_cache *c, const struct answer_key *key,
				 uint64_t version, day_t today) MUST_CHECK;
/* A question had no answer that holds. Told apart from answer_cache_find, which looks for whatever
 * comes, before it is known to be a question. */
void answer_cache_miss(struct answer_cache *c);
/* Keeps a copy of what the first members of *given say (all but the cache's own), in place of the
 * one that is there. NULL when it is too large, or what holds or is lent out leaves no room. */
struct answer *answer_cache_put(struct answer_cache *c, const struct answer_key *key,
				const struct answer *given) MUST_CHECK;
void answer_return(struct answer *a); /* NULL is allowed */
/* A response that was made of the answer, by whom else has had it, and is the caller's, or NULL;
 * and back, by whoever holds the answer. */
struct MHD_Response *answer_take_response(struct answer *a, enum idle_form form);
void answer_give_response(struct answer *a, enum idle_form form, struct MHD_Response *r);
struct answer_cache_stats answer_cache_stats(struct answer_cache *c);

#endif
