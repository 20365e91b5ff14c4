/* The log: what is written whole, and what is dropped. */
#include <fcntl.h>
#include <jansson.h>
#include <pthread.h>
#include <unistd.h>

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

UNIT_MAIN("log", log_quote__any_bytes__become_json, log_close__writes_out__what_waits,
	  log_line__into_a_full_pipe__drops_and_does_not_wait)
