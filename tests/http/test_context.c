/* A statement among the sentences around it, and articles searched, over the real program. */
#include <stdio.h>

#include "tests/http/json.h"
#include "tests/unit/unit.h"

static struct server *server;

static json_t *get(const char *target)
{
	return json_of(http_get(server, target), 200);
}

static json_t *context_of(const json_t *statement, int sentences)
{
	char target[200];
	snprintf(target, sizeof target, "/v1/statements/s%lld/context?sentences=%d",
		 int_at(statement, "id"), sentences);
	return get(target);
}

static long long offset(const json_t *spans, const char *part, size_t which)
{
	const json_t *first = json_array_get(json_object_get(spans, part), 0);
	return json_integer_value(json_array_get(first, which));
}

/* Two letters above U+FFFF stand before the statement: each is one code point and two units. */
START_TEST(context__sentences_and_offsets__in_both_units)
{
	server = server_start(NULL);
	post_dated(server, "2024-01-05",
		   "It rained \xF0\x9F\x8C\xA7 all day. The \xF0\x9F\x8F\xA0 market was closed. "
		   "\"We support the tariffs,\" Wang Yi said. Nobody answered. The talks went on. "
		   "Then they ended.");
	json_t *page = get("/v1/statements?speaker=Wang%20Yi");
	const json_t *s = json_array_get(json_object_get(page, "statements"), 0);
	json_t *j = context_of(s, 1);
	const json_t *list = json_object_get(j, "sentences");
	ck_assert_uint_eq(json_array_size(list), 3);
	const json_t *before = json_array_get(list, 0), *own = json_array_get(list, 1);
	ck_assert_str_eq(text_at(before, "text"), "The \xF0\x9F\x8F\xA0 market was closed.");
	ck_assert_str_eq(text_at(own, "text"), "\"We support the tariffs,\" Wang Yi said.");
	ck_assert_str_eq(text_at(json_array_get(list, 2), "text"), "Nobody answered.");
	ck_assert(json_is_false(json_object_get(before, "is_of_statement")));
	ck_assert(json_is_true(json_object_get(own, "is_of_statement")));
	ck_assert_int_eq(int_at(before, "start_utf16"), int_at(before, "start") + 1);
	ck_assert_int_eq(int_at(before, "end_utf16"), int_at(before, "end") + 2);
	ck_assert_int_eq(int_at(own, "start_utf16"), int_at(own, "start") + 2);
	const json_t *spans = json_object_get(j, "spans"),
		     *wide = json_object_get(j, "spans_utf16");
	ck_assert(json_equal(spans, json_object_get(s, "spans")));
	ck_assert_int_eq(offset(wide, "source", 0), offset(spans, "source", 0) + 2);
	ck_assert_int_eq(offset(wide, "content", 1), offset(spans, "content", 1) + 2);
	json_decref(j);
	j = context_of(s, 0);
	ck_assert_uint_eq(json_array_size(json_object_get(j, "sentences")), 1);
	json_decref(j);
	j = context_of(s, 20);
	ck_assert_uint_eq(json_array_size(json_object_get(j, "sentences")), 6);
	json_decref(j);
	json_decref(page);
	json_decref(json_of(http_get(server, "/v1/statements/1/context"), 404));
	server_stop(server);
}
END_TEST

static void post_titled(const char *day, const char *outlet, const char *title, const char *url,
			const char *text)
{
	json_t *j = json_pack("{s:s, s:s, s:s, s:s, s:s}", "published_at", day, "outlet", outlet,
			      "title", title, "url", url, "text", text);
	char *body = json_dumps(j, 0);
	json_decref(
		json_of(http_post(server, "/v1/articles", "application/json", str_of(body)), 201));
	free(body);
	json_decref(j);
}

static void start_articles(void)
{
	server = server_start(NULL);
	post_titled(
		"2024-01-01", "Times", "Tariffs: the Élysée answers", "https://a.example/One",
		"\"We support the tariffs,\" Wang Yi said. Antony Blinken said sanctions hurt.");
	post_titled("2024-01-01", "Zeit", "A quiet day", "https://b.example/two",
		    "\"We oppose the tariffs,\" Wang Yi said.");
	post_titled("2024-02-01", "Times", "Sanctions and the answers", "https://a.example/three",
		    "\"Sanctions are here to stay,\" Antony Blinken said.");
}

START_TEST(articles__searched__by_title_address_and_what_is_said)
{
	static const struct {
		const char *query;
		size_t n;
	} cases[] = {
		{"title=elysee", 1},
		{"title=answers", 2},
		{"title=answers%20the", 2},
		{"title=answ%20tar", 1},
		{"title=nswers", 0},
		{"url=A.EXAMPLE", 2},
		{"url=two", 1},
		{"text=tariffs", 2},
		{"text=the%20tariff", 2},
		{"text=sanctions", 2},
		{"text=nothing%20such", 0},
		{"text=tariffs&outlet=Zeit", 1},
		{"text=sanction&title=quiet", 0},
		{"text=tariffs&published_from=2024-01-02", 0},
	};
	start_articles();
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char target[200];
		snprintf(target, sizeof target, "/v1/articles?%s", cases[i].query);
		json_t *j = get(target);
		size_t n = json_array_size(json_object_get(j, "articles"));
		ck_assert_msg(n == cases[i].n, "%s: %zu", target, n);
		ck_assert(json_is_null(json_object_get(j, "next")));
		json_decref(j);
	}
	server_stop(server);
}
END_TEST

START_TEST(articles__searched_page_by_page__each_once)
{
	static const char *const queries[] = {"text=the&sort=oldest", "text=the", "title=a",
					      "url=example&sort=oldest"};
	start_articles();
	post_titled("2024-01-01", "Times", "Another", "https://a.example/4",
		    "\"The tariffs stay,\" Wang Yi said.");
	for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++) {
		char target[300], next[200] = "";
		snprintf(target, sizeof target, "/v1/articles?%s", queries[i]);
		json_t *all = get(target);
		const json_t *list = json_object_get(all, "articles");
		size_t n = 0;
		ck_assert_uint_ge(json_array_size(list), 2);
		do {
			snprintf(target, sizeof target, "/v1/articles?%s&limit=1%s%s", queries[i],
				 *next ? "&cursor=" : "", next);
			json_t *j = get(target);
			const json_t *one = json_array_get(json_object_get(j, "articles"), 0);
			ck_assert_int_eq(int_at(one, "id"), int_at(json_array_get(list, n), "id"));
			snprintf(next, sizeof next, "%s", text_at(j, "next"));
			json_decref(j);
			n++;
		} while (*next);
		ck_assert_uint_eq(n, json_array_size(list));
		json_decref(all);
	}
	server_stop(server);
}
END_TEST

UNIT_MAIN("context", context__sentences_and_offsets__in_both_units,
	  articles__searched__by_title_address_and_what_is_said,
	  articles__searched_page_by_page__each_once)
