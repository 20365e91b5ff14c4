/* The log and the crew: what is written whole, what is dropped, what is done in which order. */
#include <fcntl.h>
#include <jansson.h>
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>
#include <unistd.h>

#include "server/crew.h"
#include "server/log.h"
#include "tests/unit/unit.h"

START_TEST(log_quote__any_bytes__become_json)
{
	struct buf b;
	char all[256];
	buf_init(&b, 65536);
	for (int i = 0; i < 256; i++)
		all[i] = (char)i;
	log_quote(&b, (struct str){all, sizeof all});
	json_t *v = json_loadb(b.p, b.n, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
	ck_assert_ptr_nonnull(v);
	ck_assert_uint_gt(json_string_length(v), 256);
	json_decref(v);
	buf_clear(&b);
	log_quote(&b, STR("a\"\\\n\xc3\xa9\xff"));
	assert_str(buf_str(&b), "\"a\\\"\\\\\\u000a\xc3\xa9\\ufffd\"");
	buf_release(&b);
}
END_TEST

START_TEST(log_close__writes_out__what_waits)
{
	int ends[2];
	char got[4096];
	ck_assert_int_eq(pipe(ends), 0);
	struct log *l = log_open(ends[1], LOG_WARN);
	log_line(l, LOG_INFO, "quiet", "%s", "");
	log_line(l, LOG_WARN, "loud", "\"n\":%d", 7);
	log_line(l, LOG_ALWAYS, "always", "%s", "");
	log_close(l);
	close(ends[1]);
	ssize_t n = read(ends[0], got, sizeof got - 1);
	ck_assert_int_gt(n, 0);
	got[n] = '\0';
	ck_assert_ptr_null(strstr(got, "quiet"));
	ck_assert_ptr_nonnull(strstr(got, "\"level\":\"warn\",\"message\":\"loud\",\"n\":7}\n"));
	ck_assert_ptr_nonnull(strstr(got, "\"message\":\"always\"}\n"));
	close(ends[0]);
}
END_TEST

START_TEST(log_line__into_a_full_pipe__drops_and_does_not_wait)
{
	int ends[2];
	ck_assert_int_eq(pipe(ends), 0);
	struct log *l = log_open(ends[1], LOG_INFO);
	/* Whoever waits for the reader waits until Check ends the test. */
	for (int i = 0; i < 50000; i++)
		log_line(l, LOG_INFO, "one of many lines that nobody reads", "\"i\":%d", i);
	log_close(l);
	close(ends[0]);
	close(ends[1]);
}
END_TEST

struct job {
	struct crew_item item;
	int number;
};

struct notes {
	_Atomic int done, order[8];
	_Atomic bool may_go;
};

static void work(void *context, struct crew_item *item, int worker)
{
	struct notes *n = context;
	struct job *job = (struct job *)(void *)item;
	(void)worker;
	while (job->number == 0 && !atomic_load(&n->may_go))
		nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
	n->order[atomic_fetch_add(&n->done, 1)] = job->number;
}

START_TEST(crew_push__beyond_the_queue__is_refused_but_begun_work_is_taken)
{
	struct notes n = {0};
	struct job jobs[6];
	for (int i = 0; i < 6; i++)
		jobs[i] = (struct job){.number = i};
	struct crew *c = crew_open(1, 2, work, &n);
	ck_assert_ptr_nonnull(c);
	ck_assert(crew_push(c, &jobs[0].item));
	while (crew_waiting(c) > 0) /* until the only worker has it */
		nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
	ck_assert(crew_push(c, &jobs[1].item));
	ck_assert(crew_push(c, &jobs[2].item));
	ck_assert(!crew_push(c, &jobs[3].item));
	crew_push_begun(c, &jobs[4].item);
	ck_assert_uint_eq(crew_waiting(c), 3);
	atomic_store(&n.may_go, true);
	crew_close(c); /* does what is queued */
	ck_assert_int_eq(n.done, 4);
	static const int want[] = {0, 4, 1, 2};
	for (int i = 0; i < 4; i++)
		ck_assert_int_eq(n.order[i], want[i]);
}
END_TEST

UNIT_MAIN("log", log_quote__any_bytes__become_json, log_close__writes_out__what_waits,
	  log_line__into_a_full_pipe__drops_and_does_not_wait, crew_push__beyond_the_queue__is_refused_but_begun_work_is_taken)
