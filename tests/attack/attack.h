/* Clients that send hostile articles to a service for as long as they are let: some wait for each
 * answer, some hang up once all is sent, or a moment later. Threads of the test; struct attack is
 * the caller's. */
#ifndef DEMARCHE_TESTS_ATTACK_H
#define DEMARCHE_TESTS_ATTACK_H

#include <pthread.h>
#include <stdatomic.h>

#include "tests/attack/common.h"

enum { ATTACKERS_MAX = 64, ATTACK_STATUSES = 600 };

struct attacker {
	struct attack *attack;
	int index;
	pthread_t thread;
	_Atomic uint64_t sent;
	bool is_odd; /* an answer that none of these requests may get */
};

struct attack {
	int port, n_attackers;
	bool keeps_only;	  /* all wait for their answers; else every second one hangs up */
	const char *const *texts; /* names of hostile texts, taken in turn */
	size_t n_texts, bytes;
	uint64_t seed;
	_Atomic bool stops;
	_Atomic uint64_t
		statuses[ATTACK_STATUSES]; /* answers by status; 0: none, the connection ended */
	struct attacker v[ATTACKERS_MAX];
};

/* The fields above _Atomic are given. */
void attack_start(struct attack *a);
/* Waits until every attacker has sent that many requests more. */
void attack_await(struct attack *a, uint64_t n);
/* Lets the last requests end; fails where an answer was none of 200, 201, 413, 422, 503 (or a
 * connection ended, where `is_ending` says that the service did). Prints what was answered. */
void attack_stop(struct attack *a, bool is_ending);

#endif
