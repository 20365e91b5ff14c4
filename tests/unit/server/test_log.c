/* The log and the crew: what is written whole, what is dropped, what is done in which order. */
#include <fcntl.h>
#include <jansson.h>
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>
#include <unistd.h>

#include "server/chunks.h"
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

static void work(void *context, struct crew_item *item)
{
	struct notes *n = context;
	struct job *job = (struct job *)(void *)item;
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
	struct crew *c = crew_open(1, 0, 2, work, &n);
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

static void await_empty(struct crew *c)
{
	while (crew_waiting(c) > 0)
		nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
}

START_TEST(crew_withdraw__late_or_unwanted__takes_them_out_and_keeps_the_order)
{
	struct notes n = {0};
	atomic_bool unwanted = true;
	struct job jobs[7];
	for (int i = 0; i < 7; i++)
		jobs[i] = (struct job){.number = i, .item = {.until_ns = 100}};
	jobs[2].item.until_ns = 10;
	jobs[4].item.unwanted = &unwanted;
	jobs[5].item = (struct crew_item){.until_ns = CREW_WAITS, .unwanted = &unwanted};
	struct crew *c = crew_open(1, 5, 10, work, &n);
	ck_assert_ptr_nonnull(c);
	ck_assert(crew_push(c, &jobs[0].item));
	await_empty(c);
	ck_assert_uint_eq(crew_busy(c), 1);
	for (int i = 1; i < 6; i++)
		ck_assert(crew_push(c, &jobs[i].item));
	struct crew_item *vain = crew_withdraw(c, 50);
	ck_assert_ptr_eq(vain, &jobs[2].item);
	ck_assert_ptr_eq(vain->next, &jobs[4].item);
	ck_assert_ptr_null(vain->next->next);
	ck_assert_ptr_null(crew_withdraw(c, 50));
	ck_assert_uint_eq(crew_waiting(c), 3);
	crew_push_again(c, &jobs[6].item);
	atomic_store(&n.may_go, true);
	crew_close(c);
	static const int want[] = {0, 1, 3, 5, 6};
	ck_assert_int_eq(n.done, 5);
	for (int i = 0; i < 5; i++)
		ck_assert_int_eq(n.order[i], want[i]);
}
END_TEST

/* As the library lays pieces into its buffer. */
START_TEST(chunks__lines_between_pieces__are_looked_at)
{
	static const struct {
		const char *buffer;
		size_t at, n;
		bool has_bare_lf;
	} rows[] = {
		{"5\r\nhello\r\n", 3, 5, false}, {"5\nhello\r\n", 2, 5, true},	  {"5;a\nhello", 4, 5, true},
		{"hello\r\n", 0, 5, false},	 {"\r\n5\r\nhello", 5, 5, false}, {"\n5\r\nhello", 4, 5, true},
		{"a\nb\nc", 0, 5, false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct chunks c = {.start = rows[i].buffer};
		struct str piece = {rows[i].buffer + rows[i].at, rows[i].n};
		ck_assert_msg(chunks_have_bare_lf(&c, piece, 32768) == rows[i].has_bare_lf, "%s", rows[i].buffer);
	}
	static const char two[] = "3\r\na\nb\r\n2\r\nxy\n1\r\nz";
	struct chunks c = {.start = two};
	ck_assert(!chunks_have_bare_lf(&c, (struct str){two + 3, 3}, 32768));
	ck_assert(!chunks_have_bare_lf(&c, (struct str){two + 11, 2}, 32768));
	ck_assert(chunks_have_bare_lf(&c, (struct str){two + 17, 1}, 32768));
}
END_TEST

UNIT_MAIN("log", log_quote__any_bytes__become_json, log_close__writes_out__what_waits,
	  log_line__into_a_full_pipe__drops_and_does_not_wait, crew_push__beyond_the_queue__is_refused_but_begun_work_is_taken,
	  crew_withdraw__late_or_unwanted__takes_them_out_and_keeps_the_order, chunks__lines_between_pieces__are_looked_at)
