/* Clients of several copies of the service, who post, correct, delete and ask, each one request at
 * a time, of any copy, and what is to be stored again until it is answered. Each has words of its
 * own, so that it knows at all times what an answer must say: one that says anything else fails the
 * test. All articles are of one form and have one statement. */
#ifndef DEMARCHE_TESTS_ENGINES_MIXED_LOAD_H
#define DEMARCHE_TESTS_ENGINES_MIXED_LOAD_H

#include <pthread.h>
#include <stdatomic.h>

#include "tests/conformance/fixture.h"

/* The last of the clients only asks, after its first articles. */
enum { LOAD_COPIES = 3, LOAD_CLIENTS = 5, LOAD_ITEMS_MAX = 100000 };

struct load_item {
	long long id, statement; /* the second is 0 where it is read later */
	bool is_gone, is_corrected;
	bool may_come; /* it was asked for twice: the first try may be at work still */
};

struct load_client {
	struct load *load;
	int number;
	unsigned dice;
	pthread_t thread;
	struct load_item v[LOAD_ITEMS_MAX];
	int n, n_later, later_seen;
};

struct load {
	atomic_int ports[LOAD_COPIES]; /* 0: down */
	atomic_bool is_over;
	atomic_int writes, questions, refused;		 /* the first two were answered */
	atomic_int stored_from, stored, gone_from, gone; /* articles: begun and done */
	struct load_client clients[LOAD_CLIENTS];
};

/* The ports are set by then, one at least. */
void load_start(struct load *l);
void load_stop(struct load *l);
/* Waits until the articles that were to be read later are. After load_stop; a copy serves. */
void load_await_later(struct load *l);
/* The database has what was acknowledged, once, and nothing else. Opens f->store for reading. */
void load_compare(struct load *l, struct fixture *f);

#endif
