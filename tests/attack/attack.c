/* The attackers' threads. */
#include "tests/attack/attack.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <check.h>

#include "tests/bench/load.h"
#include "tests/http/client.h"

enum { REQUEST_MAX = 64 << 20, HELD_MS = 300, STUCK_S = 60 };

/* Sends all and goes: at once or a moment later, with a reset or in order. */
static void send_and_drop(const struct attack *a, struct dice *d, struct str request)
{
	int fd = conn_try_open(a->port);
	if (fd < 0) {
		sleep_ms(1);
		return;
	}
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &(struct timeval){.tv_sec = STUCK_S},
		   sizeof(struct timeval));
	conn_try_send(fd, request);
	sleep_ms((int)roll(d, HELD_MS));
	if (roll(d, 2))
		setsockopt(fd, SOL_SOCKET, SO_LINGER, &(struct linger){.l_onoff = 1},
			   sizeof(struct linger));
	conn_close(fd);
}

static bool is_fair(int status)
{
	return status == -1 || status == 200 || status == 201 || status == 413 || status == 422 ||
	       status == 503;
}

static void *attacker_main(void *arg)
{
	struct attacker *me = arg;
	struct attack *a = me->attack;
	struct dice d = {.x = a->seed * 1000 + (uint64_t)me->index};
	struct buf request;
	buf_init(&request, REQUEST_MAX);
	for (uint64_t i = 0; !atomic_load(&a->stops); i++) {
		const char *text = a->texts[(i + (uint64_t)me->index) % a->n_texts];
		buf_clear(&request);
		hostile_post(&request, roll(&d, 2) ? "/v1/extract" : "/v1/articles", text, a->bytes,
			     roll(&d, UINT64_MAX));
		if (me->index % 2 && !a->keeps_only) {
			send_and_drop(a, &d, buf_str(&request));
		} else {
			int status = load_once(a->port, buf_str(&request), NULL);
			atomic_fetch_add(
				&a->statuses[status > 0 && status < ATTACK_STATUSES ? status : 0],
				1);
			if (!is_fair(status)) {
				fprintf(stderr, "\"%s\" was answered %d\n", text, status);
				me->is_odd = true;
			}
			if (status == -1 || status == 503)
				sleep_ms(5);
		}
		atomic_fetch_add(&me->sent, 1);
	}
	buf_release(&request);
	return NULL;
}

void attack_start(struct attack *a)
{
	atomic_store(&a->stops, false);
	for (int i = 0; i < ATTACK_STATUSES; i++)
		atomic_store(&a->statuses[i], 0);
	for (int i = 0; i < a->n_attackers; i++) {
		a->v[i] = (struct attacker){.attack = a, .index = i};
		ck_assert_int_eq(pthread_create(&a->v[i].thread, NULL, attacker_main, &a->v[i]), 0);
	}
}

void attack_await(struct attack *a, uint64_t n)
{
	for (int i = 0; i < a->n_attackers; i++) {
		uint64_t until = atomic_load(&a->v[i].sent) + n;
		for (int ms = 0; atomic_load(&a->v[i].sent) < until; ms += 5) {
			ck_assert_msg(ms < 3 * WAIT_MS, "an attacker hangs");
			sleep_ms(5);
		}
	}
}

void attack_stop(struct attack *a, bool is_ending)
{
	uint64_t sent = 0;
	atomic_store(&a->stops, true);
	for (int i = 0; i < a->n_attackers; i++) {
		pthread_join(a->v[i].thread, NULL);
		sent += atomic_load(&a->v[i].sent);
		ck_assert_msg(
			!a->v[i].is_odd,
			"an attacker got an answer that is not one of 200, 201, 413, 422, 503");
	}
	printf("  %llu hostile articles:", (unsigned long long)sent);
	for (int i = 0; i < ATTACK_STATUSES; i++)
		if (atomic_load(&a->statuses[i]))
			printf(" %llu of %d", (unsigned long long)atomic_load(&a->statuses[i]), i);
	printf("\n");
	ck_assert_msg(is_ending || atomic_load(&a->statuses[0]) == 0,
		      "connections were ended without an answer");
}
