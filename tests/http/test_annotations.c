/* An article's statements as web annotations, held against what the W3C's Web Annotation Data Model
 * asks for: its sections are named. */
#include <stdio.h>
#include <string.h>

#include "tests/http/json.h"
#include "tests/unit/unit.h"

/* clang-format off */
#define TEXT \
	"The talks ended late on Friday. “We support free trade 🌐 and we oppose tariffs,” " \
	"Wang Yi said. Antony Blinken said that the United States opposes the tariffs. " \
	"Nobody was hurt."
/* clang-format on */

static struct server *server;

static json_t *post(const char *url)
{
	json_t *body = json_pack("{s:s, s:s, s:s}", "title", "Talks", "url", url, "text", TEXT);
	char *text = json_dumps(body, 0);
	json_t *j =
		json_of(http_post(server, "/v1/articles", "application/json", str_of(text)), 201);
	free(text);
	json_decref(body);
	return j;
}

static json_t *annotations_of(long long article)
{
	char target[80];
	snprintf(target, sizeof target, "/v1/articles/%lld/annotations", article);
	struct reply r = http_get(server, target);
	assert_str(reply_header(&r, "content-type"),
		   "application/ld+json; profile=\"http://www.w3.org/ns/anno.jsonld\"");
	return json_of(r, 200);
}

/* Sections 5.1 and 5.2: a collection has a context, an id, the class, a total, and a first page,
 * which has an id, the class and items. */
static const json_t *items_of(const json_t *j)
{
	ck_assert_str_eq(text_at(j, "@context"), "http://www.w3.org/ns/anno.jsonld");
	ck_assert_str_ne(text_at(j, "id"), "");
	ck_assert_str_eq(text_at(j, "type"), "AnnotationCollection");
	const json_t *page = json_object_get(j, "first"), *items = json_object_get(page, "items");
	ck_assert_str_ne(text_at(page, "id"), "");
	ck_assert_str_eq(text_at(page, "type"), "AnnotationPage");
	ck_assert_uint_eq(json_array_size(items), (size_t)int_at(j, "total"));
	return items;
}

/* The text between two code points. */
static struct str points(size_t from, size_t to)
{
	struct str text = STR(TEXT);
	size_t start = SIZE_MAX, at = 0;
	for (size_t point = 0;; point++) {
		start = point == from ? at : start;
		if (point == to || at >= text.n)
			return str_sub(text, start == SIZE_MAX ? at : start, at);
		do
			at++;
		while (at < text.n && ((unsigned char)text.p[at] & 0xC0) == 0x80);
	}
}

/* Sections 4.2.4 and 4.2.5: the quotation has its exact words and what stands on either side, the
 * position a start and an end that it does not hold; both select the same. */
static void check_selectors(const json_t *target)
{
	const json_t *both = json_object_get(target, "selector");
	const json_t *quote = json_array_get(both, 0), *place = json_array_get(both, 1);
	ck_assert_uint_eq(json_array_size(both), 2);
	ck_assert_str_eq(text_at(quote, "type"), "TextQuoteSelector");
	ck_assert_str_eq(text_at(place, "type"), "TextPositionSelector");
	size_t start = (size_t)int_at(place, "start"), end = (size_t)int_at(place, "end");
	ck_assert_uint_lt(start, end);
	const struct {
		const char *member;
		struct str want;
	} rows[] = {{"prefix", points(start > 32 ? start - 32 : 0, start)},
		    {"exact", points(start, end)},
		    {"suffix", points(end, end + 32)}};
	for (size_t i = 0; i < 3; i++)
		ck_assert_msg(str_eq(rows[i].want, str_of(text_at(quote, rows[i].member))),
			      "%s is \"%s\", not \"%.*s\"", rows[i].member,
			      text_at(quote, rows[i].member), STR_ARG(rows[i].want));
}

static bool is_one_of(const char *word, const char *words)
{
	const char *at = strstr(words, word);
	return *word && at;
}

/* Sections 3.1, 3.2.4, 3.3.5 and 4: an annotation has an id, the class, and a target; each body its
 * class, and a text or a source; purposes and motivations are those of the model. */
static void check_annotation(const json_t *a, const char *source)
{
	static const char motivations[] =
		"assessing bookmarking classifying commenting describing editing highlighting "
		"identifying linking moderating questioning replying tagging";
	size_t i;
	const json_t *body, *target;
	ck_assert(strncmp(text_at(a, "id"), "urn:demarche:statement:", 23) == 0);
	ck_assert_str_eq(text_at(a, "type"), "Annotation");
	ck_assert(is_one_of(text_at(a, "motivation"), motivations));
	ck_assert_uint_ge(json_array_size(json_object_get(a, "body")), 1);
	json_array_foreach(json_object_get(a, "body"), i, body)
	{
		bool is_text = strcmp(text_at(body, "type"), "TextualBody") == 0;
		ck_assert(is_text || strcmp(text_at(body, "type"), "SpecificResource") == 0);
		ck_assert_str_ne(text_at(body, is_text ? "value" : "source"), "");
		ck_assert(is_one_of(text_at(body, "purpose"), motivations));
	}
	ck_assert_uint_ge(json_array_size(json_object_get(a, "target")), 1);
	json_array_foreach(json_object_get(a, "target"), i, target)
	{
		ck_assert_str_eq(text_at(target, "type"), "SpecificResource");
		ck_assert_str_eq(text_at(target, "source"), source);
		check_selectors(target);
	}
}

START_TEST(annotations__of_an_article__are_what_the_model_asks_for)
{
	server = server_start(NULL);
	json_t *posted = post("https://news.example/talks");
	json_t *j = annotations_of(int_at(posted, "id"));
	const json_t *items = items_of(j), *a;
	size_t i;
	ck_assert_uint_eq(json_array_size(items), 2);
	json_array_foreach(items, i, a)
	{
		check_annotation(a, "https://news.example/talks");
	}
	const json_t *first = json_array_get(json_object_get(json_array_get(items, 0), "body"), 0);
	ck_assert_ptr_nonnull(strstr(text_at(first, "value"), "Said by Wang Yi"));
	ck_assert_ptr_nonnull(strstr(text_at(first, "value"), "tariffs: oppose"));
	json_decref(j);
	json_decref(posted);
	server_stop(server);
}
END_TEST

START_TEST(annotations__less_a_rejected_one_and_without_an_address__are_told_so)
{
	server = server_start(NULL);
	json_t *posted = post("");
	long long article = int_at(posted, "id");
	const json_t *first = json_array_get(json_object_get(posted, "statements"), 0);
	char path[80], urn[80];
	snprintf(path, sizeof path, "/v1/statements/%lld", int_at(first, "id"));
	json_decref(
		json_of(http_request(server, "PATCH", path, "Content-Type: application/json\r\n",
				     STR("{\"status\":\"rejected\"}")),
			200));
	json_t *j = annotations_of(article);
	const json_t *items = items_of(j);
	snprintf(urn, sizeof urn, "urn:demarche:article:%lld", article);
	ck_assert_uint_eq(json_array_size(items), 1);
	check_annotation(json_array_get(items, 0), urn);
	json_decref(j);
	json_decref(posted);
	struct reply r = http_get(server, "/v1/articles/9999/annotations");
	ck_assert_int_eq(r.status, 404);
	reply_release(&r);
	server_stop(server);
}
END_TEST

UNIT_MAIN("web annotations", annotations__of_an_article__are_what_the_model_asks_for,
	  annotations__less_a_rejected_one_and_without_an_address__are_told_so)
