/* Mutated articles through the real program, in batches, and their statements back: nothing but
 * UTF-8 and JSON comes (tests/http/client.c looks at every answer), spans lie inside of the text,
 * rise and do not overlap, a content is the words of its spans, issues come in the order of their
 * scores. 300 of them unless MUTANTS says how many; MUTANTS_FROM is the number of the first. */
#include <stdio.h>
#include <stdlib.h>

#include "tests/content.h"
#include "tests/http/json.h"
#include "tests/http/mutate.h"
#include "tests/unit/unit.h"

enum { A_BATCH = 64, SPANS_MAX = 64, PAGE = 200 };

struct mutant {
	uint64_t number;
	struct buf text;
	struct point_map map;
};

static uint64_t from_environment(const char *name, uint64_t otherwise)
{
	const char *given = getenv(name);
	return given && *given ? strtoull(given, NULL, 10) : otherwise;
}

/* A failed check tells the mutant's number, which makes it again. */
#define HOLDS(m, j, condition)                                                                     \
	do {                                                                                       \
		if (!(condition))                                                                  \
			tell_fault((m), (j), #condition);                                          \
	} while (0)

static void tell_fault(const struct mutant *m, const json_t *j, const char *what)
{
	char *text = json_dumps(j, JSON_ENCODE_ANY);
	/* Check takes no message as long as a text may be. */
	fprintf(stderr, "%s\nof the text:\n%.*s\n", text ? text : "", STR_ARG(buf_str(&m->text)));
	ck_abort_msg("mutant %llu: not true: %s", (unsigned long long)m->number, what);
}

static struct spans spans_of(const struct mutant *m, const json_t *list,
			     struct span room[SPANS_MAX])
{
	HOLDS(m, list, json_is_array(list) && json_array_size(list) <= SPANS_MAX);
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *pair = json_array_get(list, i);
		room[i] = (struct span){(uint32_t)json_integer_value(json_array_get(pair, 0)),
					(uint32_t)json_integer_value(json_array_get(pair, 1))};
	}
	return (struct spans){room, json_array_size(list)};
}

static void check_spans(const struct mutant *m, const json_t *list)
{
	struct span room[SPANS_MAX];
	HOLDS(m, list, spans_are_sound(spans_of(m, list, room), &m->map));
}

static void check_statement(const struct mutant *m, const json_t *s)
{
	struct span room[SPANS_MAX];
	const json_t *spans = json_object_get(s, "spans"), *content = json_object_get(s, "content"),
		     *v;
	const char *name;
	double before = 1;
	size_t i;
	json_object_foreach((json_t *)(uintptr_t)spans, name, v) check_spans(m, v);
	check_spans(m, json_object_get(json_object_get(s, "stance"), "evidence"));
	HOLDS(m, s, json_is_string(content));
	struct str words = {json_string_value(content), json_string_length(content)};
	HOLDS(m, s,
	      content_is_of(words, spans_of(m, json_object_get(spans, "content"), room),
			    buf_str(&m->text), &m->map));
	json_array_foreach(json_object_get(s, "issues"), i, v)
	{
		double score = json_number_value(json_object_get(v, "score"));
		HOLDS(m, s, score > 0 && score <= before);
		HOLDS(m, s, *text_at(v, "label") && *text_at(v, "id"));
		check_spans(m, json_object_get(v, "evidence"));
		before = score;
	}
}

/* A character of replacement stands in an answer where something was none: only what the text has
 * may be there. */
static void check_article(const struct server *s, const struct mutant *m, long long id, long long n)
{
	char target[128];
	snprintf(target, sizeof target, "/v1/statements?article=%lld&limit=%d", id, PAGE);
	struct reply r = http_get(s, target);
	bool has_mark = str_find(buf_str(&m->text), STR(UTF8_REPLACEMENT), 0) != SIZE_MAX;
	bool shows_mark = str_find(r.body, STR(UTF8_REPLACEMENT), 0) != SIZE_MAX;
	json_t *page = json_of(r, 200), *v;
	HOLDS(m, page, has_mark || !shows_mark);
	const json_t *list = json_object_get(page, "statements");
	long long counted = 0;
	size_t i;
	json_array_foreach(list, i, v)
	{
		check_statement(m, v);
		counted += !json_is_true(json_object_get(v, "nested"));
	}
	HOLDS(m, page, counted == n || (counted < n && json_array_size(list) == PAGE));
	json_decref(page);
}

static void fill(const struct seeds *seeds, struct mutant *v, size_t n, uint64_t first,
		 struct buf *body)
{
	buf_init(body, 1 << 22);
	for (size_t i = 0; i < n; i++) {
		v[i] = (struct mutant){.number = first + i};
		buf_init(&v[i].text, 1 << 16);
		mutant_text(seeds, v[i].number, &v[i].text);
		v[i].map = point_map_of(buf_str(&v[i].text));
		json_t *article = json_pack("{s:s%,s:s}", "text", v[i].text.p, v[i].text.n,
					    "published_at", "2024-04-26");
		char *line = json_dumps(article, JSON_COMPACT);
		ck_assert_msg(line != NULL, "mutant %llu is no JSON",
			      (unsigned long long)v[i].number);
		buf_add(body, str_of(line));
		buf_add_char(body, '\n');
		free(line);
		json_decref(article);
	}
}

static void empty(struct mutant *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		buf_release(&v[i].text);
		free(v[i].map.byte);
	}
}

/* How many statements the batch gave. */
static long long try_batch(const struct server *s, const struct seeds *seeds, size_t n,
			   uint64_t first)
{
	struct mutant v[A_BATCH];
	struct buf body;
	long long statements = 0;
	fill(seeds, v, n, first, &body);
	struct reply r = http_post(s, "/v1/articles/batch", "application/x-ndjson", buf_str(&body));
	ck_assert_int_eq(r.status, 200);
	struct str rest = r.body, line;
	for (size_t i = 0; i < n && str_split(&rest, '\n', &line); i++) {
		json_t *result = json_loadb(line.p, line.n, 0, NULL);
		bool is_known = strcmp(text_at(result, "status"), "exists") == 0;
		HOLDS(&v[i], result, is_known || strcmp(text_at(result, "status"), "created") == 0);
		if (!is_known)
			check_article(s, &v[i], int_at(result, "id"),
				      int_at(result, "statement_count"));
		statements += is_known ? 0 : int_at(result, "statement_count");
		json_decref(result);
	}
	reply_release(&r);
	buf_release(&body);
	empty(v, n);
	return statements;
}

START_TEST(mutated_articles__posted_and_read_back__sound_json_and_spans)
{
	uint64_t count = from_environment("MUTANTS", 300),
		 first = from_environment("MUTANTS_FROM", 0);
	struct server *s = server_start(NULL);
	struct seeds *seeds = seeds_open();
	long long statements = 0;
	for (uint64_t at = 0; at < count; at += A_BATCH)
		statements +=
			try_batch(s, seeds, count - at < A_BATCH ? (size_t)(count - at) : A_BATCH,
				  first + at);
	printf("%llu mutants, %lld statements\n", (unsigned long long)count, statements);
	ck_assert_int_gt(statements, 0);
	seeds_close(seeds);
	server_stop(s);
}
END_TEST

UNIT_MAIN("mutants", mutated_articles__posted_and_read_back__sound_json_and_spans)
