/* A wire text in several outlets, over HTTP: sources of the same text, groups of nearly the same.
 */
#include "tests/http/json.h"
#include "tests/unit/unit.h"

#define WIRE                                                                                       \
	"OSLO - Foreign Minister Anna Berg said on Monday that the new tax on shipping must go. "  \
	"\\\"The levy hurts every harbor on the coast,\\\" Berg said. She told reporters that "    \
	"the "                                                                                     \
	"government would bring a bill to parliament before the summer, and that talks with the "  \
	"shipowners had gone well so far. The shipowners said that they welcomed the plan and "    \
	"would wait for its details before they judged it."
#define MORE                                                                                       \
	" The opposition criticized the plan on Tuesday and called it a gift to a few companies."

static struct server *server;

static json_t *post(const char *outlet, const char *url, const char *text, int status)
{
	char body[4096];
	snprintf(body, sizeof body,
		 "{\"outlet\":\"%s\",\"url\":\"%s\",\"published_at\":\"2025-03-03\",\"text\":"
		 "\"%s\"}",
		 outlet, url, text);
	return json_of(http_post(server, "/v1/articles", "application/json", str_of(body)), status);
}

static long long count_at(const char *path)
{
	json_t *j = json_of(http_get(server, path), 200);
	long long n = int_at(j, "total");
	json_decref(j);
	return n;
}

static size_t length_at(const char *path, const char *list)
{
	json_t *j = json_of(http_get(server, path), 200);
	size_t n = json_array_size(json_object_get(j, list));
	json_decref(j);
	return n;
}

START_TEST(article_post__same_text_from_another_outlet__is_one_of_its_sources)
{
	server = server_start(NULL);
	json_t *first = post("Wire", "https://wire.example/1", WIRE, 201);
	json_t *again = post("Post", "https://post.example/9", WIRE, 200);
	ck_assert_int_eq(int_at(again, "id"), int_at(first, "id"));
	ck_assert_str_eq(text_at(again, "outlet"), "Wire");
	ck_assert_uint_eq(json_array_size(json_object_get(first, "sources")), 0);
	json_t *source = json_array_get(json_object_get(again, "sources"), 0);
	ck_assert_str_eq(text_at(source, "outlet"), "Post");
	ck_assert_str_eq(text_at(source, "url"), "https://post.example/9");
	ck_assert_str_eq(text_at(source, "published_at"), "2025-03-03");
	ck_assert_int_eq(int_at(again, "group"), int_at(first, "id"));
	/* And by the batch, where it is no new article either. */
	json_t *line = json_of(http_post(server, "/v1/articles/batch", "application/x-ndjson",
					 STR("{\"outlet\":\"Globe\",\"text\":\"" WIRE "\"}")),
			       200);
	ck_assert_str_eq(text_at(line, "status"), "exists");
	json_t *list = json_of(http_get(server, "/v1/articles"), 200);
	json_t *article = json_array_get(json_object_get(list, "articles"), 0);
	ck_assert_uint_eq(json_array_size(json_object_get(article, "sources")), 2);
	struct reply csv = http_get(server, "/v1/articles.csv");
	ck_assert(str_find(csv.body, STR(",Post; Globe\r\n"), 0) != SIZE_MAX);
	reply_release(&csv);
	json_decref(first);
	json_decref(again);
	json_decref(line);
	json_decref(list);
	server_stop(server);
}
END_TEST

START_TEST(copies__of_a_text_that_was_cut__count_unless_left_out)
{
	char path[100];
	server = server_start(NULL);
	json_t *first = post("Wire", "", WIRE MORE, 201), *copy = post("Post", "", WIRE, 201);
	json_t *other = post("Post", "", "Berg said on Friday that she would resign.", 201);
	long long id = int_at(first, "id"), n = int_at(first, "statement_count"),
		  copied = int_at(copy, "statement_count"), rest = int_at(other, "statement_count");
	ck_assert_int_gt(copied, 1);
	ck_assert_int_eq(int_at(copy, "group"), id);
	ck_assert_int_eq(int_at(other, "group"), int_at(other, "id"));
	ck_assert_int_eq(count_at("/v1/stats?by=speaker"), n + copied + rest);
	ck_assert_int_eq(count_at("/v1/stats?by=speaker&copies=false"), n + rest);
	ck_assert_int_eq(count_at("/v1/facets?by=outlet&copies=true"), copied);
	ck_assert_uint_eq(length_at("/v1/statements?copies=false", "statements"),
			  (size_t)(n + rest));
	ck_assert_uint_eq(length_at("/v1/query?q=Berg", "statements"),
			  length_at("/v1/query?q=Berg&copies=true", "statements") +
				  length_at("/v1/query?q=Berg&copies=false", "statements"));
	ck_assert_uint_eq(length_at("/v1/articles?copies=false", "articles"), 2);
	snprintf(path, sizeof path, "/v1/articles?group=a%lld", int_at(copy, "id"));
	ck_assert_uint_eq(length_at(path, "articles"), 2);
	/* Statements tell the group of their article; a quotation is found once. */
	json_t *list = json_of(http_get(server, "/v1/statements?copies=true&limit=1"), 200);
	json_t *statement = json_array_get(json_object_get(list, "statements"), 0);
	ck_assert_int_eq(int_at(statement, "article_group"), id);
	const char *quotation =
		"/v1/verify?text=the%20levy%20hurts%20every%20harbor%20on%20the%20coast";
	ck_assert_uint_eq(length_at(quotation, "matches"), 2);
	snprintf(path, sizeof path, "%s&copies=false", quotation);
	ck_assert_uint_eq(length_at(path, "matches"), 1);
	/* The first goes: the copy is none any more. */
	snprintf(path, sizeof path, "/v1/articles/%lld", id);
	struct reply gone = http_request(server, "DELETE", path, "", STR_EMPTY);
	ck_assert_int_eq(gone.status, 204);
	reply_release(&gone);
	ck_assert_int_eq(count_at("/v1/stats?by=speaker&copies=false"), copied + rest);
	struct reply bad = http_get(server, "/v1/statements?copies=no");
	ck_assert_int_eq(bad.status, 400);
	reply_release(&bad);
	json_decref(first);
	json_decref(copy);
	json_decref(other);
	json_decref(list);
	server_stop(server);
}
END_TEST

UNIT_MAIN("copies", article_post__same_text_from_another_outlet__is_one_of_its_sources,
	  copies__of_a_text_that_was_cut__count_unless_left_out)
