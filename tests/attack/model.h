/* What the soak knows of the service: which articles and issues were acknowledged, which are gone,
 * and of which it cannot say, since the answer was lost. Each worker has a part of its own and
 * tells it in turn, so that every step has one right answer. */
#ifndef DEMARCHE_TESTS_MODEL_H
#define DEMARCHE_TESTS_MODEL_H

#include <pthread.h>
#include <stdatomic.h>

#include "tests/attack/common.h"

enum state { STORED, DELETED, MAYBE_STORED, MAYBE_DELETED };

struct soak_article {
	uint64_t number; /* of the prose */
	int64_t id;	 /* 0 where it may be stored */
	size_t statements;
	enum state state;
};

enum { ISSUES_MAX = 64 };

struct soak_issue {
	char id[64];
	enum state state;
};

struct soak {
	_Atomic int port; /* of the service at the moment */
	_Atomic bool stops;
	_Atomic int odd; /* answers that were wrong; each is told on stderr */
};

struct worker {
	struct soak *soak;
	struct dice dice;
	uint64_t next; /* number of the next article */
	struct soak_article *v;
	size_t n, cap, n_stored;
	struct soak_issue issues[ISSUES_MAX]; /* of the one that edits issues */
	int n_issues;
	uint64_t operations;
	pthread_t thread;
};

enum { SOAK_BYTES = 1200, SOAK_KEPT = 800 /* articles stored at a time, about, for each worker */ };

/* Threads: mixed work, and edits of issues now and then; struct worker * as argument, until
 * soak->stops. */
void *worker_main(void *arg);
void *editor_main(void *arg);

/* Asks for what may be until nothing may: afterwards every article and issue is STORED or DELETED.
 * The service is up. */
void worker_settle(struct worker *w);
/* Every article and issue is as the model has it. */
void worker_verify(struct worker *w);
/* Statements of the stored articles. */
size_t worker_statements(const struct worker *w);

/* GET; the answer's body in *body (initialized here, released by the caller); the status or -1. */
int soak_get(const struct soak *s, const char *target, struct buf *body);

#endif
