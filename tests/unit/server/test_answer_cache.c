/* Answers that are kept: what they are found by, their bound, and many threads at once. */
#include "server/answer_cache.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/unit.h"

enum { BODY = 1000, ONE = 2000 /* more than an answer of BODY bytes takes */ };

static struct answer_key key_of(const char *target)
{
	return (struct answer_key){str_of(target), STR("*/*"), false};
}

/* What is asked for in `target` in the version `version`: its body says both. */
static struct answer *put(struct answer_cache *c, const char *target, uint64_t version)
{
	static const struct answer_key none;
	struct answer_key key = key_of(target);
	char body[BODY];
	memset(body, 'x', BODY);
	snprintf(body, BODY, "%s %llu", target, (unsigned long long)version);
	struct answer given = {
		.body = {body, BODY},
		.content_type = "application/json",
		.tag = "W/\"1\"",
		.headers = {{"Link", STR("<next>")}},
		.n_headers = 1,
		.version = version,
		.day = DAY_NONE,
		.key = none,
	};
	return answer_cache_put(c, &key, &given);
}

static struct answer *find(struct answer_cache *c, const char *target, uint64_t version)
{
	struct answer_key key = key_of(target);
	return answer_cache_find(c, &key, version, 0);
}

static bool has(struct answer_cache *c, const char *target, uint64_t version)
{
	struct answer *a = find(c, target, version);
	answer_return(a);
	return a != NULL;
}

/* As often as it takes until it is kept: twice where others must go. */
static void keep(struct answer_cache *c, const char *target, uint64_t version)
{
	struct answer *a = put(c, target, version);
	a = a ? a : put(c, target, version);
	ck_assert_ptr_nonnull(a);
	answer_return(a);
}

START_TEST(answer_cache_find__what_was_put__is_as_it_was)
{
	struct answer_cache *c = answer_cache_new(1 << 20);
	answer_return(put(c, "/a", 7));
	struct answer *a = find(c, "/a", 7);
	ck_assert_ptr_nonnull(a);
	ck_assert_str_eq(a->body.p, "/a 7");
	ck_assert_uint_eq(a->body.n, BODY);
	ck_assert_str_eq(a->content_type, "application/json");
	ck_assert_str_eq(a->tag, "W/\"1\"");
	ck_assert_int_eq(a->n_headers, 1);
	assert_str(a->headers[0].value, "<next>");
	answer_return(a);
	struct answer_cache_stats s = answer_cache_stats(c);
	ck_assert_uint_eq(s.hits, 1);
	ck_assert_uint_eq(s.misses, 0);
	ck_assert_int_eq(s.answers, 1);
	ck_assert_int_gt(s.bytes, BODY);
	answer_cache_free(c);
}
END_TEST

START_TEST(answer_cache_find__another_key_version_or_day__is_none)
{
	struct answer_cache *c = answer_cache_new(1 << 20);
	struct answer_key key = key_of("/a"), other = key;
	struct answer given = {.body = STR("b"), .version = 7, .day = 100};
	answer_return(answer_cache_put(c, &key, &given));
	ck_assert_ptr_null(answer_cache_find(c, &key, 8, 100));
	ck_assert_ptr_null(answer_cache_find(c, &key, 7, 101));
	ck_assert_ptr_null(answer_cache_find(c, &key, 0, 100));
	other.target = STR("/b");
	ck_assert_ptr_null(answer_cache_find(c, &other, 7, 100));
	other = key;
	other.accept = STR("text/csv");
	ck_assert_ptr_null(answer_cache_find(c, &other, 7, 100));
	other = key;
	other.takes_gzip = true;
	ck_assert_ptr_null(answer_cache_find(c, &other, 7, 100));
	struct answer *a = answer_cache_find(c, &key, 7, 100);
	ck_assert_ptr_nonnull(a);
	answer_return(a);
	answer_cache_free(c);
}
END_TEST

START_TEST(answer_cache_find__version_0__never_holds)
{
	struct answer_cache *c = answer_cache_new(1 << 20);
	answer_return(put(c, "/a", 0));
	ck_assert(!has(c, "/a", 0));
	answer_cache_free(c);
}
END_TEST

START_TEST(answer_cache_put__again__takes_the_place_of_the_old_one)
{
	struct answer_cache *c = answer_cache_new(1 << 20);
	answer_return(put(c, "/a", 1));
	int64_t bytes = answer_cache_stats(c).bytes;
	struct answer *old = find(c, "/a", 1);
	answer_return(put(c, "/a", 2));
	ck_assert(!has(c, "/a", 1));
	ck_assert(has(c, "/a", 2));
	ck_assert_str_eq(old->body.p, "/a 1"); /* lent out, it stays as it was */
	ck_assert_int_eq(answer_cache_stats(c).bytes, 2 * bytes);
	answer_return(old);
	ck_assert_int_eq(answer_cache_stats(c).bytes, bytes);
	ck_assert_int_eq(answer_cache_stats(c).answers, 1);
	answer_cache_free(c);
}
END_TEST

START_TEST(answer_cache_put__when_full__drops_what_was_not_used_for_longest)
{
	enum { ROOM = 10 };
	struct answer_cache *c = answer_cache_new(ROOM * ONE);
	char target[32];
	for (int i = 0; i < 100; i++) {
		snprintf(target, sizeof target, "/%d", i);
		keep(c, target, 1);
		ck_assert(has(c, "/0", 1)); /* is used */
		ck_assert_int_le(answer_cache_stats(c).bytes, ROOM * ONE);
	}
	int64_t n = answer_cache_stats(c).answers;
	ck_assert_int_ge(n, ROOM);
	ck_assert(has(c, "/99", 1));
	ck_assert(!has(c, "/1", 1));
	snprintf(target, sizeof target, "/%d", (int)(100 - n));
	ck_assert(!has(c, target, 1));
	snprintf(target, sizeof target, "/%d", (int)(100 - n + 1));
	ck_assert(has(c, target, 1));
	answer_cache_free(c);
}
END_TEST

/* As a crawler's questions come, between those that many ask. */
START_TEST(answer_cache_put__full_of_what_holds__keeps_only_what_is_asked_again)
{
	enum { ROOM = 20 };
	struct answer_cache *c = answer_cache_new(ROOM * ONE);
	char target[32];
	ck_assert(!has(c, "/0", 1)); /* as the service does: it knows the version then */
	for (int i = 0; i < 100; i++) {
		snprintf(target, sizeof target, "/%d", i);
		answer_return(put(c, target, 1));
	}
	int64_t n = answer_cache_stats(c).answers;
	ck_assert_int_ge(n, ROOM);
	for (int i = 0; i < 100; i++) {
		snprintf(target, sizeof target, "/%d", i);
		ck_assert(has(c, target, 1) == (i < n));
	}
	struct answer *a = put(c, "/99", 1);
	ck_assert_ptr_nonnull(a);
	answer_return(a);
	ck_assert(has(c, "/99", 1));
	ck_assert(!has(c, "/0", 1));
	ck_assert(has(c, "/1", 1));
	answer_cache_free(c);
}
END_TEST

START_TEST(answer_cache_put__full_of_an_old_version__keeps_what_is_asked_once)
{
	enum { ROOM = 20 };
	struct answer_cache *c = answer_cache_new(ROOM * ONE);
	char target[32];
	for (uint64_t version = 1; version <= 2; version++) {
		for (int i = 0; i < 2 * ROOM; i++) {
			snprintf(target, sizeof target, "/%d/%d", (int)version, i);
			ck_assert(!has(c, target, version));
			answer_return(put(c, target, version));
		}
		int64_t n = answer_cache_stats(c).answers;
		ck_assert_int_ge(n, ROOM);
		for (int i = 0; i < 2 * ROOM; i++) {
			snprintf(target, sizeof target, "/%d/%d", (int)version, i);
			ck_assert(has(c, target, version) == (i < n));
		}
	}
	answer_cache_free(c);
}
END_TEST

START_TEST(answer_cache_put__all_is_lent_out__keeps_no_more)
{
	enum { ROOM = 10 };
	struct answer_cache *c = answer_cache_new(ROOM * ONE);
	struct answer *lent[2 * ROOM];
	char target[32];
	int n = 0;
	for (int i = 0; i < 2 * ROOM; i++) {
		snprintf(target, sizeof target, "/%d", i);
		lent[n] = put(c, target, 1);
		n += lent[n] != NULL;
		ck_assert_int_le(answer_cache_stats(c).bytes, ROOM * ONE);
	}
	ck_assert_int_lt(n, 2 * ROOM);
	ck_assert_ptr_null(put(c, "/more", 1));
	while (n > 0)
		answer_return(lent[--n]);
	struct answer *a = put(c, "/more", 1);
	ck_assert_ptr_nonnull(a);
	answer_return(a);
	answer_cache_free(c);
}
END_TEST

START_TEST(answer_cache_put__too_large_for_one__is_not_kept)
{
	struct answer_cache *c = answer_cache_new(4 * BODY), *none = answer_cache_new(0);
	ck_assert_ptr_null(put(c, "/a", 1));
	ck_assert_ptr_null(put(none, "/a", 1));
	ck_assert_int_eq(answer_cache_stats(c).bytes, 0);
	answer_cache_free(c);
	answer_cache_free(none);
}
END_TEST

/* --- responses --- */

static struct MHD_Response *take_or_make(struct answer *a, enum idle_form form)
{
	struct MHD_Response *r = answer_take_response(a, form);
	return r ? r
		 : MHD_create_response_from_buffer(a->body.n, (void *)(uintptr_t)a->body.p,
						   MHD_RESPMEM_PERSISTENT);
}

START_TEST(answer_give_response__of_a_form__is_there_for_one_who_takes_it)
{
	struct answer_cache *c = answer_cache_new(1 << 20);
	struct answer *a = put(c, "/a", 1);
	ck_assert_ptr_null(answer_take_response(a, IDLE_WHOLE));
	struct MHD_Response *one = take_or_make(a, IDLE_WHOLE),
			    *other = take_or_make(a, IDLE_WHOLE);
	answer_give_response(a, IDLE_WHOLE, one);
	answer_give_response(a, IDLE_WHOLE, other); /* destroyed: one is there */
	ck_assert_ptr_null(answer_take_response(a, IDLE_NOT_MODIFIED));
	ck_assert_ptr_eq(answer_take_response(a, IDLE_WHOLE), one);
	ck_assert_ptr_null(answer_take_response(a, IDLE_WHOLE));
	answer_give_response(a, IDLE_NOT_MODIFIED, one); /* and goes with the answer */
	answer_return(a);
	answer_cache_free(c);
}
END_TEST

START_TEST(answer_give_response__more_answers_than_places__drops_the_oldest)
{
	struct answer_cache *c = answer_cache_new(4 << 20);
	char target[32];
	for (int i = 0; i <= IDLE_PLACES; i++) {
		snprintf(target, sizeof target, "/%d", i);
		struct answer *a = put(c, target, 1);
		answer_give_response(a, IDLE_WHOLE, take_or_make(a, IDLE_WHOLE));
		answer_return(a);
	}
	struct answer *first = find(c, "/0", 1), *last = find(c, target, 1);
	ck_assert_ptr_null(answer_take_response(first, IDLE_WHOLE));
	struct MHD_Response *r = answer_take_response(last, IDLE_WHOLE);
	ck_assert_ptr_nonnull(r);
	answer_give_response(last, IDLE_WHOLE, r);
	answer_return(first);
	answer_return(last);
	answer_cache_free(c);
}
END_TEST

/* --- many threads --- */

enum { THREADS = 4, TARGETS = 24, TURNS = 20000 };
static struct answer_cache *shared;

static uint32_t next_random(uint32_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

static void check(const struct answer *a, const char *target, uint64_t version)
{
	char want[64];
	snprintf(want, sizeof want, "%s %llu", target, (unsigned long long)version);
	ck_assert_str_eq(a->body.p, want);
}

static void *use(void *seed)
{
	uint32_t state = *(uint32_t *)seed;
	struct answer *held = NULL;
	char target[32], held_target[32] = "";
	uint64_t held_version = 0;
	for (int i = 0; i < TURNS; i++) {
		uint32_t random = next_random(&state);
		uint64_t version = 1 + (uint64_t)i / 1000;
		snprintf(target, sizeof target, "/%02u", random % TARGETS);
		struct answer *a = find(shared, target, version);
		a = a ? a : put(shared, target, version);
		if (a) {
			check(a, target, version);
			struct MHD_Response *r = take_or_make(a, IDLE_WHOLE);
			answer_give_response(a, IDLE_WHOLE, r);
		}
		if (random >> 16 & 1) { /* is held for a while */
			if (held)
				check(held, held_target, held_version);
			answer_return(held);
			held = a;
			held_version = version;
			memcpy(held_target, target, sizeof target);
		} else {
			answer_return(a);
		}
	}
	answer_return(held);
	return NULL;
}

START_TEST(answer_cache_calls__many_threads__each_gets_what_it_asked_for)
{
	pthread_t threads[THREADS];
	uint32_t seeds[THREADS];
	shared = answer_cache_new((size_t)TARGETS * ONE / 2);
	for (uint32_t i = 0; i < THREADS; i++) {
		seeds[i] = 1 + i;
		ck_assert_int_eq(pthread_create(&threads[i], NULL, use, &seeds[i]), 0);
	}
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	struct answer_cache_stats s = answer_cache_stats(shared);
	ck_assert_uint_gt(s.hits, 0);
	ck_assert_int_le(s.bytes, TARGETS * ONE / 2);
	int64_t each = s.bytes / s.answers;
	ck_assert_int_eq(s.bytes, s.answers * each); /* nothing is lent out any more */
	answer_cache_free(shared);
}
END_TEST

UNIT_MAIN("answer_cache", answer_cache_find__what_was_put__is_as_it_was,
	  answer_cache_find__another_key_version_or_day__is_none,
	  answer_cache_find__version_0__never_holds,
	  answer_cache_put__again__takes_the_place_of_the_old_one,
	  answer_cache_put__when_full__drops_what_was_not_used_for_longest,
	  answer_cache_put__full_of_what_holds__keeps_only_what_is_asked_again,
	  answer_cache_put__full_of_an_old_version__keeps_what_is_asked_once,
	  answer_cache_put__all_is_lent_out__keeps_no_more,
	  answer_cache_put__too_large_for_one__is_not_kept,
	  answer_give_response__of_a_form__is_there_for_one_who_takes_it,
	  answer_give_response__more_answers_than_places__drops_the_oldest,
	  answer_cache_calls__many_threads__each_gets_what_it_asked_for)
