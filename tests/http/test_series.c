/* Counts over time made ready for a chart, and rows by their certainty, by their ids, and in part,
 * over the real program. */
#include <stdio.h>

#include "tests/http/json.h"
#include "tests/unit/unit.h"

static struct server *server;

static void start(void)
{
	server = server_start(NULL);
	post_dated(server, "2024-01-05", "\"We support the tariffs,\" Wang Yi said on Thursday.");
	post_dated(server, "2024-01-06", "Antony Blinken said sanctions work.");
	post_dated(server, "2024-04-01",
		   "\"We oppose the tariffs,\" Wang Yi said on Monday. U.S. Secretary of State "
		   "Antony Blinken opposes tariffs.");
}

static json_t *get(const char *target)
{
	return json_of(http_get(server, target), 200);
}

static const json_t *group(const json_t *j, size_t i)
{
	return json_array_get(json_object_get(j, "groups"), i);
}

START_TEST(stats__filled__has_every_interval_of_every_kind)
{
	start();
	json_t *j = get("/v1/stats?issue=tariffs&interval=month&fill=true");
	static const char *const months[] = {"2024-01", "2024-02", "2024-03", "2024-04"};
	ck_assert_uint_eq(json_array_size(json_object_get(j, "groups")), 4);
	for (size_t i = 0; i < 4; i++)
		ck_assert_str_eq(text_at(group(j, i), "interval"), months[i]);
	ck_assert_int_eq(int_at(group(j, 0), "count"), 1);
	ck_assert_int_eq(int_at(group(j, 1), "count"), 0);
	json_decref(j);
	j = get("/v1/stats?issue=tariffs&interval=month&fill=true&by=speaker"
		"&published_from=2023-12-01&published_to=2024-04-30");
	ck_assert_uint_eq(json_array_size(json_object_get(j, "groups")), 2 * 5);
	json_decref(j);
	j = get("/v1/stats?interval=week&fill=true&published_to=2024-01-20");
	ck_assert_uint_eq(json_array_size(json_object_get(j, "groups")), 3);
	json_decref(j);
	j = json_of(http_get(server, "/v1/stats?fill=true"), 400);
	ck_assert_str_eq(text_at(j, "field"), "interval");
	json_decref(j);
	j = json_of(http_get(server, "/v1/stats.csv?fill=true&interval=day&by=speaker"
				     "&published_from=1500-01-01"),
		    400);
	ck_assert_str_eq(text_at(j, "field"), "fill");
	json_decref(j);
	server_stop(server);
}
END_TEST

START_TEST(stats__shares__are_of_the_question_and_of_all)
{
	start();
	json_t *all = get("/v1/stats?interval=month");
	json_t *j = get("/v1/stats?issue=tariffs&by=speaker&interval=month&shares=true");
	const json_t *first = group(j, 0);
	ck_assert_int_eq(int_at(first, "of_all"), int_at(group(all, 0), "count"));
	double share = json_number_value(json_object_get(first, "share"));
	double of_all = json_number_value(json_object_get(first, "share_of_all"));
	ck_assert_double_eq_tol(share, (double)int_at(first, "count") / (double)int_at(first, "of"),
				0.001);
	ck_assert_double_eq_tol(
		of_all, (double)int_at(first, "count") / (double)int_at(first, "of_all"), 0.001);
	ck_assert_double_lt(of_all, share);
	json_decref(j);
	json_decref(all);
	struct reply r = http_get(server, "/v1/stats.csv?issue=tariffs&by=speaker&shares=true");
	ck_assert(str_starts(r.body,
			     STR("speaker_id,speaker,count,of,share,of_all,share_of_all\r\n")));
	reply_release(&r);
	server_stop(server);
}
END_TEST

START_TEST(stats__by_the_day_said__tells_what_has_none)
{
	start();
	json_t *j = get("/v1/stats?interval=day&dates=said");
	long long sum = 0;
	size_t i;
	json_t *g;
	json_array_foreach(json_object_get(j, "groups"), i, g)
	{
		sum += int_at(g, "count");
	}
	ck_assert_str_eq(text_at(group(j, 0), "interval"), "2024-01-04");
	ck_assert_int_gt(int_at(j, "undated"), 0);
	ck_assert_int_eq(sum + int_at(j, "undated"), int_at(j, "total"));
	json_decref(j);
	server_stop(server);
}
END_TEST

static size_t walk(const char *sort, double *confidences, size_t most)
{
	char target[300];
	size_t n = 0;
	snprintf(target, sizeof target, "/v1/statements?sort=%s&limit=1", sort);
	for (bool has_next = true; has_next && n < most; n++) {
		json_t *j = get(target);
		const json_t *s = json_array_get(json_object_get(j, "statements"), 0);
		confidences[n] = json_number_value(json_object_get(s, "confidence"));
		has_next = json_is_string(json_object_get(j, "next"));
		snprintf(target, sizeof target, "/v1/statements?sort=%s&limit=1&cursor=%s", sort,
			 text_at(j, "next"));
		json_decref(j);
	}
	return n;
}

START_TEST(statements__by_confidence__each_once_in_order)
{
	double up[32], down[32];
	start();
	json_t *all = get("/v1/statements");
	size_t n = json_array_size(json_object_get(all, "statements"));
	json_decref(all);
	ck_assert_uint_eq(walk("least_sure", up, 32), n);
	ck_assert_uint_eq(walk("surest", down, 32), n);
	for (size_t i = 0; i < n; i++) {
		ck_assert(i == 0 || up[i - 1] <= up[i]);
		ck_assert_double_eq_tol(up[i], down[n - 1 - i], 1e-9);
	}
	server_stop(server);
}
END_TEST

START_TEST(statements__by_ids__these_alone)
{
	char target[300];
	start();
	json_t *all = get("/v1/statements");
	const json_t *list = json_object_get(all, "statements");
	long long a = int_at(json_array_get(list, 0), "id"),
		  b = int_at(json_array_get(list, 2), "id");
	snprintf(target, sizeof target, "/v1/statements?id=s%lld,%lld&id=7", a, b);
	json_t *j = get(target);
	ck_assert_uint_eq(json_array_size(json_object_get(j, "statements")), 2);
	json_decref(j);
	snprintf(target, sizeof target, "/v1/statements?id=%lld&id=%lld&about=tariffs", a, b);
	j = get(target);
	ck_assert_uint_ge(json_array_size(json_object_get(j, "statements")), 1);
	ck_assert_uint_le(json_array_size(json_object_get(j, "statements")), 2);
	json_decref(j);
	json_decref(json_of(http_get(server, "/v1/statements?id=x"), 400));
	json_decref(json_of(http_get(server, "/v1/statements?id=a7"), 400));
	json_decref(all);
	server_stop(server);
}
END_TEST

START_TEST(statements__in_part__have_these_members)
{
	start();
	struct reply r =
		http_get(server, "/v1/statements?fields=content,speaker&fields=issues&limit=1");
	assert_str(str_sub(reply_header(&r, "link"), 0, 2), "<.");
	ck_assert(str_find(reply_header(&r, "link"), STR("fields=content,speaker&fields=issues"),
			   0) != SIZE_MAX);
	json_t *j = json_of(r, 200);
	const json_t *s = json_array_get(json_object_get(j, "statements"), 0);
	ck_assert_uint_eq(json_object_size(s), 4);
	ck_assert(json_is_object(json_object_get(s, "speaker")));
	json_decref(j);
	r = http_get(server, "/v1/statements.ndjson?fields=kind&limit=1");
	ck_assert(str_find(r.body, STR(",\"kind\":\""), 0) != SIZE_MAX);
	ck_assert(str_find(r.body, STR("content"), 0) == SIZE_MAX);
	reply_release(&r);
	json_decref(json_of(http_get(server, "/v1/statements?fields=contents"), 400));
	server_stop(server);
}
END_TEST

UNIT_MAIN("series", stats__filled__has_every_interval_of_every_kind,
	  stats__shares__are_of_the_question_and_of_all,
	  stats__by_the_day_said__tells_what_has_none,
	  statements__by_confidence__each_once_in_order, statements__by_ids__these_alone,
	  statements__in_part__have_these_members)
