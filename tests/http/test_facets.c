/* What a question's statements sum up to by each of several things, names for what is typed, and
 * outlets, over the real program. */
#include <stdio.h>

#include "tests/http/json.h"
#include "tests/unit/unit.h"

static struct server *server;

static void post_printed(const char *day, const char *outlet, const char *text)
{
	json_t *j =
		json_pack("{s:s, s:s, s:s}", "published_at", day, "outlet", outlet, "text", text);
	char *body = json_dumps(j, 0);
	json_decref(
		json_of(http_post(server, "/v1/articles", "application/json", str_of(body)), 201));
	free(body);
	json_decref(j);
}

static void start(void)
{
	server = server_start(NULL);
	post_printed("2024-01-05", "The Times", "\"We support the tariffs,\" Wang Yi said.");
	post_printed("2024-02-01", "The Times", "\"We oppose the tariffs,\" Wang Yi said.");
	post_printed("2024-02-10", "Die Zeit",
		     "\"We support the tariffs,\" Chinese Foreign Minister Wang Yi said. China "
		     "said it would oppose sanctions.");
	post_printed("2024-04-01", "Die Zeit",
		     "\"We oppose the tariffs,\" Wang Yi said on Monday. U.S. Secretary of State "
		     "Antony Blinken opposes tariffs.");
	post_printed("2024-05-01", "The Times",
		     "\"We want to stop fentanyl,\" Antony Blinken said. NATO Secretary General "
		     "Jens Stoltenberg said tariffs hurt.");
}

static json_t *get(const char *target)
{
	return json_of(http_get(server, target), 200);
}

/* How many statements a link of the API's ("../v1/...") finds. */
static long long found_by(const char *link)
{
	char target[1000];
	ck_assert_msg(strncmp(link, "../", 3) == 0, "%s", link);
	snprintf(target, sizeof target, "/%s&limit=200", link + 3);
	json_t *j = get(target);
	long long n = (long long)json_array_size(json_object_get(j, "statements"));
	json_decref(j);
	return n;
}

static size_t check_facet(const json_t *facet)
{
	size_t i, n = 0;
	json_t *v;
	json_array_foreach(json_object_get(facet, "values"), i, v)
	{
		const char *link = text_at(v, "canonical");
		if (!*link)
			continue;
		ck_assert_msg(found_by(link) == int_at(v, "count"), "%s: %lld, not %lld", link,
			      found_by(link), int_at(v, "count"));
		n++;
	}
	return n;
}

/* The promise of a facet: what it says is what its link finds. */
START_TEST(facets__each_value__counts_what_its_link_finds)
{
	static const char *const questions[] = {
		"/v1/facets?by=speaker,country,issue,position,act,kind,polarity,outlet,month",
		"/v1/facets?speaker=Wang%20Yi",
		"/v1/facets?issue=tariffs",
		"/v1/facets?issue=tariffs&position=oppose",
		"/v1/facets?position=oppose",
		"/v1/facets?outlet=The%20Times&by=outlet,issue,month",
		"/v1/facets?about=tariffs&by=position,issue",
		"/v1/facets?q=what+did+China+say+about+tariffs",
	};
	start();
	for (size_t q = 0; q < sizeof questions / sizeof questions[0]; q++) {
		json_t *j = get(questions[q]), *facet;
		size_t i, n = 0;
		ck_assert(json_is_false(json_object_get(j, "is_partial")));
		ck_assert_int_eq(int_at(j, "total"), int_at(j, "counted"));
		ck_assert_int_gt(int_at(j, "total"), 0);
		json_array_foreach(json_object_get(j, "facets"), i, facet)
		{
			n += check_facet(facet);
		}
		ck_assert_msg(n >= 3, "%s has %zu values", questions[q], n);
		json_decref(j);
	}
	server_stop(server);
}
END_TEST

static const json_t *facet_of(const json_t *answer, const char *by)
{
	size_t i;
	json_t *facet;
	json_array_foreach(json_object_get(answer, "facets"), i, facet)
	{
		if (strcmp(text_at(facet, "by"), by) == 0)
			return facet;
	}
	return NULL;
}

START_TEST(facets__values__largest_first_and_months_in_order)
{
	start();
	json_t *j = get("/v1/facets?by=outlet,month&limit=1");
	const json_t *outlet = facet_of(j, "outlet"), *month = facet_of(j, "month");
	const json_t *values = json_object_get(outlet, "values"),
		     *months = json_object_get(month, "values");
	ck_assert_uint_eq(json_array_size(values), 1);
	ck_assert_int_eq(int_at(outlet, "left_out"), 1);
	ck_assert_uint_eq(json_array_size(months), 4);
	ck_assert_str_eq(text_at(json_array_get(months, 0), "value"), "2024-01");
	ck_assert_str_eq(text_at(json_array_get(months, 3), "value"), "2024-05");
	ck_assert_ptr_null(facet_of(j, "speaker"));
	json_decref(j);
	j = json_of(http_get(server, "/v1/facets?by=colour"), 400);
	ck_assert_str_eq(text_at(j, "field"), "by");
	json_decref(j);
	server_stop(server);
}
END_TEST

START_TEST(stats__by_outlet_and_week__counts_the_same)
{
	start();
	json_t *all = get("/v1/statements?limit=200"), *j = get("/v1/stats?by=outlet"), *g;
	size_t i;
	long long sum = 0;
	json_array_foreach(json_object_get(j, "groups"), i, g)
	{
		sum += int_at(g, "count");
	}
	ck_assert_int_eq(sum, (long long)json_array_size(json_object_get(all, "statements")));
	json_decref(j);
	j = get("/v1/stats?by=outlet&issue=tariffs&speaker=Wang%20Yi");
	ck_assert_str_ne(text_at(json_array_get(json_object_get(j, "groups"), 0), "outlet"), "");
	json_decref(j);
	j = get("/v1/stats?interval=week");
	ck_assert_str_eq(text_at(json_array_get(json_object_get(j, "groups"), 0), "interval"),
			 "2024-01-01");
	ck_assert_str_eq(text_at(json_array_get(json_object_get(j, "groups"), 1), "interval"),
			 "2024-01-29");
	json_decref(j);
	json_decref(all);
	server_stop(server);
}
END_TEST

START_TEST(suggest__what_is_typed__names_it_best_first)
{
	static const struct {
		const char *query, *what, *id, *by;
	} cases[] = {
		{"q=wan&kind=actor", "actor", "wang-yi", "start"},
		{"q=WANG%20Y", "actor", "wang-yi", "start"},
		{"q=blinke", "actor", "antony-blinken", "start"},
		{"q=blnken", "actor", "antony-blinken", "near"},
		{"q=tarif&kind=issue", "issue", "tariffs", "start"},
		{"q=tarrifs", "issue", "tariffs", "near"},
		{"q=zeit", "outlet", "Die Zeit", "word"},
		{"q=the%20times&kind=outlet", "outlet", "The Times", "name"},
		{"q=erdogan&kind=actor", "actor", "recep-tayyip-erdogan", "name"},
	};
	start();
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char target[200];
		snprintf(target, sizeof target, "/v1/suggest?%s", cases[i].query);
		json_t *j = get(target);
		const json_t *first = json_array_get(json_object_get(j, "suggestions"), 0);
		ck_assert_msg(strcmp(text_at(first, "id"), cases[i].id) == 0, "%s: \"%s\" by %s",
			      target, text_at(first, "id"), text_at(first, "by"));
		ck_assert_str_eq(text_at(first, "what"), cases[i].what);
		ck_assert_msg(strcmp(text_at(first, "by"), cases[i].by) == 0, "%s: by %s", target,
			      text_at(first, "by"));
		json_decref(j);
	}
	server_stop(server);
}
END_TEST

START_TEST(suggest__nothing_typed_or_nothing_near__says_so)
{
	static const char *const bad[] = {"/v1/suggest", "/v1/suggest?q=%20", "/v1/suggest?q=...",
					  "/v1/suggest?q=a&kind=thing", "/v1/suggest?q=a&limit=51"};
	start();
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		json_decref(json_of(http_get(server, bad[i]), 400));
	json_t *j = get("/v1/suggest?q=qqqqqqqq");
	ck_assert_uint_eq(json_array_size(json_object_get(j, "suggestions")), 0);
	ck_assert(json_is_false(json_object_get(j, "is_partial")));
	json_decref(j);
	server_stop(server);
}
END_TEST

START_TEST(outlets__pages__each_with_what_it_printed)
{
	char target[200];
	start();
	json_t *first = get("/v1/outlets?limit=1");
	const json_t *o = json_array_get(json_object_get(first, "outlets"), 0);
	ck_assert_str_eq(text_at(o, "outlet"), "Die Zeit");
	ck_assert_int_eq(int_at(o, "article_count"), 2);
	ck_assert_int_gt(int_at(o, "statement_count"), 2);
	ck_assert_str_eq(text_at(o, "first"), "2024-02-10");
	ck_assert_str_eq(text_at(o, "last"), "2024-04-01");
	snprintf(target, sizeof target, "/v1/outlets?limit=1&cursor=%s", text_at(first, "next"));
	json_t *second = get(target);
	ck_assert_str_eq(text_at(json_array_get(json_object_get(second, "outlets"), 0), "outlet"),
			 "The Times");
	ck_assert(json_is_null(json_object_get(second, "next")));
	json_decref(second);
	json_decref(first);
	server_stop(server);
}
END_TEST

UNIT_MAIN("facets", facets__each_value__counts_what_its_link_finds,
	  facets__values__largest_first_and_months_in_order,
	  stats__by_outlet_and_week__counts_the_same, suggest__what_is_typed__names_it_best_first,
	  suggest__nothing_typed_or_nothing_near__says_so,
	  outlets__pages__each_with_what_it_printed)
