/* Articles through the real program: storing, reading, deleting, batches, pages, exports, and what
 * hostile requests are told. */
#include <stdio.h>

#include "base/buf.h"
#include "tests/http/json.h"
#include "tests/unit/api/lines.h"

static struct server *server;

static const char article_head[] = "{\"published_at\":\"2024-04-26\",\"text\":\"";

/* Posts an article whose text holds one statement by Wang Yi with a number in it. */
static long long post_numbered(int number, const char *day)
{
	char body[1000];
	snprintf(body, sizeof body,
		 "{\"published_at\":\"%s\",\"text\":\"Talks went on. \\\"Our core interests are "
		 "facing challenge number %d,\\\" Foreign Minister Wang Yi said on Friday.\"}",
		 day, number);
	json_t *j =
		json_of(http_post(server, "/v1/articles", "application/json", str_of(body)), 201);
	long long id = int_at(j, "id");
	json_decref(j);
	return id;
}

static size_t count_articles(void)
{
	json_t *j = json_of(http_get(server, "/v1/articles?limit=200"), 200);
	size_t n = json_array_size(json_object_get(j, "articles"));
	json_decref(j);
	return n;
}

/* --- storing */

START_TEST(article_post__any_text__read_back_byte_for_byte)
{
	static const char text[] =
		" \\r\\n\\u0000\\ud83d\\ude00 e\\u0301 \\u202e\\u2028<script>\\\\ \\ufeff ";
	static const char want[] = " \r\n\0\xF0\x9F\x98\x80 e\xCC\x81 "
				   "\xE2\x80\xAE\xE2\x80\xA8<script>\\ \xEF\xBB\xBF ";
	char body[1000], target[100];
	server = server_start(NULL);
	snprintf(body, sizeof body, "%s%s\"}", article_head, text);
	json_t *j =
		json_of(http_post(server, "/v1/articles", "application/json", str_of(body)), 201);
	snprintf(target, sizeof target, "/v1/articles/%lld", int_at(j, "id"));
	json_decref(j);
	j = json_of(http_get(server, target), 200);
	const json_t *back = json_object_get(j, "text");
	ck_assert_uint_eq(json_string_length(back), sizeof want - 1);
	ck_assert_int_eq(memcmp(json_string_value(back), want, sizeof want - 1), 0);
	ck_assert_str_eq(text_at(j, "published_at"), "2024-04-26");
	json_decref(j);
	server_stop(server);
}
END_TEST

/* The articles' own writes since the start. */
static long count_writes(void)
{
	struct reply r = http_get(server, "/metrics");
	const char *at = strstr(r.memory, "\ndemarche_writes_total ");
	ck_assert(at != NULL);
	long n = strtol(strchr(at, ' '), NULL, 10);
	reply_release(&r);
	return n;
}

START_TEST(article_post__known_text__answered_as_stored_and_never_written)
{
	static const char again[] = "{\"title\":\"Other\",\"text\":\"\\\"No,\\\" Wang Yi said.\"}";
	char location[100];
	server = server_start(NULL);
	json_t *first = json_of(
		http_post(server, "/v1/articles", "application/json",
			  STR("{\"title\":\"One\",\"text\":\"\\\"No,\\\" Wang Yi said.\"}")),
		201);
	long writes = count_writes();
	snprintf(location, sizeof location, "../v1/articles/%lld", int_at(first, "id"));
	struct reply r = http_post(server, "/v1/articles", "application/json", str_of(again));
	assert_str(reply_header(&r, "location"), location);
	json_t *second = json_of(r, 200);
	ck_assert_msg(json_equal(first, second),
		      "the answer is the stored article, whatever else was sent");
	json_t *line = json_of(
		http_post(server, "/v1/articles/batch", "application/x-ndjson", str_of(again)),
		200);
	ck_assert_str_eq(text_at(line, "status"), "exists");
	ck_assert_int_eq(int_at(line, "id"), int_at(first, "id"));
	ck_assert_int_eq(int_at(line, "statement_count"), 1);
	ck_assert_int_eq(count_writes(), writes);
	json_decref(first);
	json_decref(second);
	json_decref(line);
	server_stop(server);
}
END_TEST

static void check_problem(struct reply r, int status, const char *field)
{
	ck_assert(str_eq(reply_header(&r, "content-type"), STR("application/problem+json")));
	json_t *j = json_of(r, status);
	ck_assert_int_eq(int_at(j, "status"), status);
	ck_assert_str_eq(text_at(j, "field"), field);
	json_decref(j);
}

/* Lemma rules once cut such words inside a character: the label of an issue was no UTF-8, nor any
 * answer with it. */
/* By the tag, by the words, and not at all: a post, the same again, a line of a batch, and the
 * extraction that stores nothing. */
START_TEST(article_post__another_language__stored_without_statements_and_told_why)
{
	static const struct {
		const char *text, *language, *why;
	} cases[] = {
		{"Wang Yi sagte am Montag, dass die Regierung das Abkommen nicht unterzeichnen "
		 "werde.",
		 "", "language_found"},
		{"Wang Yi a dit lundi que le gouvernement ne signerait pas cet accord de paix.",
		 "\"language\":\"en\",", "language_found"},
		{"Wang Yi said on Monday that the government would not sign.",
		 "\"language\":\"de\",", "language_given"},
		{"Wang Yi said on Tuesday that the government would not sign.",
		 "\"language\":\"en-GB\",", NULL},
	};
	static const char *const paths[] = {"/v1/articles", "/v1/articles", "/v1/articles/batch",
					    "/v1/extract"};
	server = server_start(NULL);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char body[500];
		snprintf(body, sizeof body, "{%s\"text\":\"%s\"}", cases[i].language,
			 cases[i].text);
		for (size_t k = 0; k < sizeof paths / sizeof paths[0]; k++) {
			bool is_batch = str_ends(str_of(paths[k]), STR("batch"));
			json_t *j = json_of(
				http_post(server, paths[k],
					  is_batch ? "application/x-ndjson" : "application/json",
					  str_of(body)),
				k == 0 ? 201 : 200);
			const char *why = json_string_value(json_object_get(j, "not_read"));
			ck_assert_ptr_nonnull(json_object_get(j, "not_read"));
			ck_assert_int_eq(why == NULL, cases[i].why == NULL);
			if (why)
				ck_assert_str_eq(why, cases[i].why);
			const json_t *list = json_object_get(j, "statements");
			ck_assert(is_batch || (json_array_size(list) == 0) == (why != NULL));
			json_decref(j);
		}
	}
	server_stop(server);
}
END_TEST

START_TEST(article_post__characters_beside_words__every_answer_is_utf8)
{
	static const char *const texts[] = {
		"Protests against the women\u4ff8 are growing in Brazil, Ann Lee said.",
		"\u201cThe caf\u00e9s and the clich\u00e9s are closing,\u201d Ann Lee said.",
		"Ann Lee said the \u00e9migr\u00e9s need na\u00efvet\u00e9s and women\U00020BB7s.",
	};
	server = server_start(NULL);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		char body[300];
		snprintf(body, sizeof body, "{\"text\":\"%s\"}", texts[i]);
		json_t *article = json_of(
			http_post(server, "/v1/articles", "application/json", str_of(body)), 201);
		ck_assert_int_gt(int_at(article, "statement_count"), 0);
		json_decref(article);
	}
	static const char *const types[] = {"application/json", "text/csv", "application/x-ndjson"};
	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		char accept[64];
		snprintf(accept, sizeof accept, "Accept: %s\r\n", types[i]);
		struct reply r = http_request(server, "GET", "/v1/statements", accept, STR_EMPTY);
		ck_assert_int_eq(r.status, 200); /* the client of the tests decodes each strictly */
		ck_assert_uint_ne(str_find(r.body, STR("Brazil"), 0), SIZE_MAX);
		ck_assert_uint_eq(str_find(r.body, STR("\uFFFD"), 0), SIZE_MAX);
		reply_release(&r);
	}
	json_decref(json_of(http_get(server, "/v1/issues"), 200));
	server_stop(server);
}
END_TEST

#define MARK "\xEF\xBB\xBF"

START_TEST(article_post__byte_order_mark__is_no_part_of_the_body)
{
	server = server_start(NULL);
	json_t *one = json_of(http_post(server, "/v1/articles", "application/json",
					STR(MARK "{\"text\":\"One.\"}")),
			      201);
	json_t *same = json_of(
		http_post(server, "/v1/articles", "application/json", STR("{\"text\":\"One.\"}")),
		200);
	json_t *other = json_of(http_post(server, "/v1/articles", "application/json",
					  STR("{\"text\":\"\\ufeffOne.\"}")),
				201);
	json_t *line = json_of(http_post(server, "/v1/articles/batch", "application/x-ndjson",
					 STR(MARK "{\"title\":\"t\",\"text\":\"One.\"}\r\n")),
			       200);
	json_t *issue =
		json_of(http_post(server, "/v1/issues", "application/json",
				  STR(MARK "{\"label\":\"bus lanes\",\"terms\":[\"bus lane\"]}")),
			202);
	ck_assert(json_equal(one, same) && int_at(other, "id") != int_at(one, "id"));
	ck_assert_str_eq(text_at(line, "status"), "exists");
	check_problem(http_post(server, "/v1/articles", "application/json", STR(MARK)), 400, "");
	json_decref(one);
	json_decref(same);
	json_decref(other);
	json_decref(line);
	json_decref(issue);
	server_stop(server);
}
END_TEST

START_TEST(article_post__same_new_text_at_once__one_article)
{
	enum { AT_ONCE = 16 };
	static const char body[] = "{\"text\":\"\\\"No,\\\" Wang Yi said.\"}";
	char request[400];
	int fds[AT_ONCE], created = 0;
	long long id = 0;
	server = server_start(NULL);
	snprintf(request, sizeof request,
		 "POST /v1/articles HTTP/1.1\r\nHost: a\r\nContent-Type: "
		 "application/json\r\nContent-Length: %zu\r\n\r\n%s",
		 sizeof body - 1, body);
	for (int i = 0; i < AT_ONCE; i++)
		fds[i] = conn_open(server);
	for (int i = 0; i < AT_ONCE; i++)
		conn_send(fds[i], str_of(request));
	for (int i = 0; i < AT_ONCE; i++) {
		struct reply r = conn_reply(fds[i], "POST");
		created += r.status == 201;
		json_t *j = json_of(r, r.status == 201 ? 201 : 200);
		id = id ? id : int_at(j, "id");
		ck_assert_int_eq(int_at(j, "id"), id);
		ck_assert_int_eq(int_at(j, "statement_count"), 1);
		json_decref(j);
		conn_close(fds[i]);
	}
	ck_assert_int_eq(created, 1);
	ck_assert_uint_eq(count_articles(), 1);
	server_stop(server);
}
END_TEST

START_TEST(article_delete__stored__gone_with_its_statements)
{
	char target[100], list[100];
	server = server_start(NULL);
	long long id = post_numbered(1, "2024-04-26"), other = post_numbered(2, "2024-04-26");
	ck_assert_int_ne(id, other);
	snprintf(target, sizeof target, "/v1/articles/%lld", id);
	snprintf(list, sizeof list, "/v1/articles/%lld/statements", id);
	json_t *j = json_of(http_get(server, list), 200);
	long long statement = int_at(json_array_get(json_object_get(j, "statements"), 0), "id");
	ck_assert_int_gt(statement, 0);
	json_decref(j);
	struct reply r = http_request(server, "DELETE", target, "", STR_EMPTY);
	ck_assert_int_eq(r.status, 204);
	reply_release(&r);
	json_decref(json_of(http_get(server, target), 404));
	json_decref(json_of(http_get(server, list), 404));
	snprintf(target, sizeof target, "/v1/statements/%lld", statement);
	json_decref(json_of(http_get(server, target), 404));
	j = json_of(http_get(server, "/v1/statements?text=challenge"), 200);
	ck_assert_uint_eq(json_array_size(json_object_get(j, "statements")), 1);
	json_decref(j);
	ck_assert_int_ne(post_numbered(1, "2024-04-26"), id);
	server_stop(server);
}
END_TEST

START_TEST(extract__article__statements_without_storing)
{
	server = server_start(NULL);
	json_t *j = json_of(
		http_post(
			server, "/v1/extract", "application/json",
			STR("{\"text\":\"\\\"We oppose the tariffs,\\\" Emmanuel Macron said.\"}")),
		200);
	const json_t *s = json_array_get(json_object_get(j, "statements"), 0);
	ck_assert(json_is_null(json_object_get(s, "id")) &&
		  json_is_null(json_object_get(s, "article")));
	ck_assert_str_eq(text_at(s, "kind"), "direct");
	ck_assert_ptr_null(json_object_get(s, "article_title"));
	json_decref(j);
	ck_assert_uint_eq(count_articles(), 0);
	server_stop(server);
}
END_TEST

/* --- hostile */

static void post_bad(const struct line *l)
{
	char body[4096];
	static const char *const targets[] = {"/v1/articles", "/v1/extract"};
	for (size_t i = 0; i < 2; i++) {
		struct reply r = http_post(server, targets[i], "application/json",
					   unescaped(l->columns[0], body));
		ck_assert_msg(
			str_eq(reply_header(&r, "content-type"), STR("application/problem+json")),
			"line %d", l->number);
		json_t *j = json_of(r, 400);
		ck_assert_msg(strstr(text_at(j, "type"), "urn:demarche:problem:") != NULL,
			      "line %d", l->number);
		ck_assert_int_eq(int_at(j, "status"), 400);
		ck_assert_msg(str_eq(str_of(text_at(j, "field")), l->columns[1]),
			      "line %d: field \"%s\"", l->number, text_at(j, "field"));
		ck_assert_msg(strstr(text_at(j, "detail"), "a\xFF") == NULL, "line %d", l->number);
		json_decref(j);
	}
}

START_TEST(article_post__bad_bodies__400_with_the_fault_and_nothing_stored)
{
	server = server_start(NULL);
	ck_assert_int_ge(each_line("tests/unit/api/bad_articles.tsv", post_bad), 55);
	ck_assert_uint_eq(count_articles(), 0);
	post_numbered(1, "2024-04-26");
	server_stop(server);
}
END_TEST

START_TEST(article_post__other_media_types__415)
{
	static const char *const types[] = {"text/plain", "application/x-www-form-urlencoded",
					    "application/jsonx", "application/x-ndjson",
					    "multipart/form-data"};
	server = server_start(NULL);
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		check_problem(http_post(server, "/v1/articles", types[i], STR("{\"text\":\"a\"}")),
			      415, "");
	check_problem(http_post(server, "/v1/articles/batch", "application/json",
				STR("{\"text\":\"a\"}")),
		      415, "");
	check_problem(
		http_post(server, "/v1/articles?x=1", "application/json", STR("{\"text\":\"a\"}")),
		400, "x");
	ck_assert_uint_eq(count_articles(), 0);
	server_stop(server);
}
END_TEST

START_TEST(paths__unknown_ids__404)
{
	static const char *const targets[] = {
		"/v1/articles/0",
		"/v1/articles/1",
		"/v1/articles/-1",
		"/v1/articles/abc",
		"/v1/articles/1e3",
		"/v1/articles/01",
		"/v1/articles/99999999999999999999",
		"/v1/statements/7",
		"/v1/statements/x",
		"/v1/statements/7/explain",
		"/v1/actors/nobody-at-all",
		"/v1/issues/no-issue",
		"/v1/articles/1/statements",
		"/v1/articles/batch",
		"/v1/nothing",
		"/v2/articles",
	};
	server = server_start(NULL);
	for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
		struct reply r = http_get(server, targets[i]);
		ck_assert_msg(r.status == 404, "%s: %d", targets[i], r.status);
		ck_assert(
			str_eq(reply_header(&r, "content-type"), STR("application/problem+json")));
		reply_release(&r);
	}
	server_stop(server);
}
END_TEST

static void get_bad(const struct line *l)
{
	char target[1000];
	bool is_part = str_eq(l->columns[0], STR("/v1/articles/{id}/statements"));
	struct str path = is_part ? STR("/v1/articles/1/statements") : l->columns[0];
	size_t n = (size_t)snprintf(target, sizeof target, "%.*s?", STR_ARG(path));
	for (int c = 1; c <= 2; c++) {
		for (size_t i = 0; i < l->columns[c].n; i++)
			n += (size_t)snprintf(target + n, sizeof target - n, "%%%02X",
					      (unsigned char)l->columns[c].p[i]);
		if (c == 1)
			target[n++] = '=';
	}
	target[n] = '\0';
	json_t *j = json_of(http_get(server, target), 400);
	ck_assert_msg(str_eq(str_of(text_at(j, "field")), l->columns[3]), "line %d: field \"%s\"",
		      l->number, text_at(j, "field"));
	ck_assert_msg(strstr(text_at(j, "detail"), "\"") != NULL, "line %d", l->number);
	json_decref(j);
}

START_TEST(parameters__bad__400_with_the_name)
{
	server = server_start(NULL);
	ck_assert_int_ge(each_line("tests/unit/api/bad_params.tsv", get_bad), 45);
	check_problem(http_get(server, "/v1/statements?sort=newest&sort=oldest"), 400, "sort");
	check_problem(http_get(server, "/?x=1"), 400, "x");
	check_problem(http_get(server, "/version?x=1"), 400, "x");
	check_problem(http_get(server, "/v1/issues/core-interests?x=1"), 400, "x");
	server_stop(server);
}
END_TEST

/* --- batch */

enum { BATCH_LINES = 300 };

/* Every 10th line is bad, every 7th repeats the first, every 11th is blank. */
static bool is_bad(int i)
{
	return i % 10 == 0;
}

static bool is_repeat(int i)
{
	return i % 7 == 0 && !is_bad(i);
}

static void fill_batch(struct buf *b)
{
	buf_init(b, 1 << 20);
	for (int i = 1; i <= BATCH_LINES; i++) {
		if (is_bad(i))
			buf_add(b, STR("{\"txt\":\"a\"}\n"));
		else
			buf_printf(b,
				   "{\"text\":\"Taiwan is an issue, Wang Yi said for the time "
				   "number %d.\"}%s\n",
				   is_repeat(i) ? 1 : i, i % 3 ? "" : "\r");
		if (i % 11 == 0)
			buf_add(b, STR("\n"));
	}
}

static void check_batch(struct str body, bool is_first)
{
	struct str line;
	long long first_id = 0;
	int line_number = 0;
	for (int i = 1; i <= BATCH_LINES; i++) {
		ck_assert_msg(str_split(&body, '\n', &line), "the answer ends at line %d", i);
		json_t *j = json_loadb(line.p, line.n, 0, NULL);
		ck_assert(j != NULL);
		ck_assert_int_eq(int_at(j, "line"), ++line_number);
		line_number += i % 11 == 0; /* the blank line counts, and has no result */
		const char *want = is_bad(i)		       ? "error"
				   : is_repeat(i) || !is_first ? "exists"
							       : "created";
		ck_assert_msg(strcmp(text_at(j, "status"), want) == 0, "line %d: %s", line_number,
			      text_at(j, "status"));
		if (i == 1)
			first_id = int_at(j, "id");
		if (is_bad(i))
			ck_assert_str_eq(text_at(json_object_get(j, "problem"), "field"), "txt");
		else
			ck_assert(is_repeat(i) ? int_at(j, "id") == first_id : int_at(j, "id") > 0);
		json_decref(j);
	}
	ck_assert(!str_split(&body, '\n', &line));
}

START_TEST(batch_post__good_bad_and_repeated_lines__a_result_each)
{
	struct buf b;
	server = server_start(NULL);
	fill_batch(&b);
	for (int round = 0; round < 2; round++) {
		struct reply r = http_post(server, "/v1/articles/batch", "application/x-ndjson",
					   buf_str(&b));
		ck_assert_int_eq(r.status, 200);
		ck_assert(str_eq(reply_header(&r, "content-type"), STR("application/x-ndjson")));
		check_batch(r.body, round == 0);
		reply_release(&r);
	}
	buf_release(&b);
	server_stop(server);
}
END_TEST

static int count_lines(struct str body)
{
	int n = 0;
	for (size_t i = 0; i < body.n; i++)
		n += body.p[i] == '\n';
	return n;
}

START_TEST(batch_post__no_line_or_too_many__refused)
{
	server = server_start(NULL);
	check_problem(http_post(server, "/v1/articles/batch", "application/x-ndjson", STR("\n \n")),
		      400, "");
	char many[20001 * 3];
	for (size_t i = 0; i < sizeof many; i += 3)
		memcpy(many + i, "{}\n", 3);
	check_problem(http_post(server, "/v1/articles/batch", "application/x-ndjson",
				(struct str){many, sizeof many}),
		      413, "");
	struct reply full = http_post(server, "/v1/articles/batch", "application/x-ndjson",
				      (struct str){many, sizeof many - 3});
	ck_assert_int_eq(full.status, 200);
	ck_assert_int_eq(count_lines(full.body), 20000);
	reply_release(&full);
	struct reply r = http_post(server, "/v1/articles/batch", "application/x-ndjson",
				   STR("{\"text\":\"one, without a line's end\"}"));
	ck_assert_int_eq(r.status, 200);
	ck_assert_msg(str_find(r.body, STR("\"created\""), 0) != SIZE_MAX, "%.*s", STR_ARG(r.body));
	reply_release(&r);
	server_stop(server);
}
END_TEST

/* --- pages and exports */

enum { MANY = 25 };

static void post_many(void)
{
	for (int i = 0; i < MANY; i++) {
		char day[20];
		snprintf(day, sizeof day, "2024-04-%02d", 1 + i * 7 % 28);
		post_numbered(i, day);
	}
}

static int list_ids(const json_t *page, const char *list, long long *ids, int n)
{
	size_t i;
	json_t *row;
	json_array_foreach(json_object_get(page, list), i, row)
	{
		ck_assert_int_lt(n, 1000);
		ids[n++] = int_at(row, "id");
	}
	return n;
}

/* Follows "next" by the Link header to the end; all ids in *ids. */
static int walk(const char *path, const char *list, long long *ids)
{
	char target[2000];
	int n = 0;
	snprintf(target, sizeof target, "%s", path);
	for (int page = 0; page < 100; page++) {
		struct reply r = http_get(server, target);
		struct str link = reply_header(&r, "link");
		char next[2000] = "";
		if (link.n) {
			size_t end = str_find(link, STR(">"), 0);
			ck_assert(str_starts(link, STR("<../v1/")) &&
				  str_ends(link, STR(">; rel=\"next\"")));
			snprintf(next, sizeof next, "%.*s", (int)(end - 3), link.p + 3);
		}
		json_t *j = json_of(r, 200);
		n = list_ids(j, list, ids, n);
		ck_assert_msg((next[0] != '\0') == json_is_string(json_object_get(j, "next")),
			      "Link and next disagree");
		json_decref(j);
		if (!next[0])
			return n;
		snprintf(target, sizeof target, "%s", next);
	}
	ck_abort_msg("the pages of %s do not end", path);
	return 0;
}

START_TEST(pages__by_link__every_row_once_in_order)
{
	static const struct {
		const char *path, *list;
		bool is_rising;
	} cases[] = {
		{"/v1/statements?limit=4", "statements", false},
		{"/v1/statements?limit=4&sort=oldest", "statements", true},
		{"/v1/statements?speaker=Wang%20Yi&issue=core%20interests&limit=7", "statements",
		 false},
		{"/v1/statements?text=challenge&limit=7", "statements", false},
		{"/v1/query?q=statements%20by%20Wang%20Yi&limit=3", "statements", false},
		{"/v1/articles?limit=6", "articles", false},
		{"/v1/articles?limit=6&sort=oldest", "articles", true},
	};
	server = server_start(NULL);
	post_many();
	for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
		long long ids[1000];
		int n = walk(cases[c].path, cases[c].list, ids);
		ck_assert_msg(n == MANY, "%s gives %d rows", cases[c].path, n);
		for (int i = 1; i < n; i++)
			ck_assert_msg(cases[c].is_rising ? ids[i] > ids[i - 1]
							 : ids[i] < ids[i - 1],
				      "%s, row %d", cases[c].path, i);
	}
	server_stop(server);
}
END_TEST

START_TEST(cursors__of_another_question_or_damaged__400)
{
	char target[2000];
	server = server_start(NULL);
	post_many();
	json_t *j = json_of(http_get(server, "/v1/statements?limit=2&speaker=Wang%20Yi"), 200);
	const char *next = text_at(j, "next");
	static const char *const others[] = {"/v1/statements",
					     "/v1/statements?speaker=China",
					     "/v1/statements?speaker=!Wang%20Yi",
					     "/v1/statements?speaker=Wang%20Yi&sort=oldest",
					     "/v1/statements?speaker=Wang%20Yi&kind=direct",
					     "/v1/articles",
					     "/v1/actors"};
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		snprintf(target, sizeof target, "%s%ccursor=%s", others[i],
			 strchr(others[i], '?') ? '&' : '?', next);
		check_problem(http_get(server, target), 400, "cursor");
	}
	snprintf(target, sizeof target, "/v1/statements?cursor=%s&speaker=Wang%%20Yi&limit=5",
		 next);
	json_decref(json_of(http_get(server, target), 200));
	snprintf(target, sizeof target, "/v1/statements?speaker=Wang%%20Yi&cursor=%.*s",
		 (int)strlen(next) - 1, next);
	check_problem(http_get(server, target), 400, "cursor");
	static const char *const bad[] = {
		"x", "%00", "AAAA", "../..", "%FF", "-1", "99999999999999999999", "%27%20OR%201=1"};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		snprintf(target, sizeof target, "/v1/statements?cursor=%s", bad[i]);
		struct reply r = http_get(server, target);
		ck_assert_int_eq(r.status, 400);
		reply_release(&r);
	}
	json_decref(j);
	server_stop(server);
}
END_TEST

START_TEST(names__pages__every_row_once_in_order)
{
	server = server_start(NULL);
	post_numbered(1, "2024-04-26");
	static const char *const paths[] = {"/v1/actors", "/v1/issues"}, *const lists[] = {
										 "actors",
										 "issues"};
	for (size_t p = 0; p < 2; p++) {
		char target[2000], last[300] = "";
		snprintf(target, sizeof target, "%s?limit=50", paths[p]);
		size_t rows = 0, i;
		for (int page = 0; page < 200 && target[0]; page++) {
			json_t *j = json_of(http_get(server, target), 200), *row;
			json_array_foreach(json_object_get(j, lists[p]), i, row)
			{
				ck_assert_msg(strcmp(last, text_at(row, "id")) < 0, "%s after %s",
					      text_at(row, "id"), last);
				snprintf(last, sizeof last, "%s", text_at(row, "id"));
				rows++;
			}
			const char *next = text_at(j, "next");
			if (*next)
				snprintf(target, sizeof target, "%s?limit=50&cursor=%s", paths[p],
					 next);
			else
				target[0] = '\0';
			json_decref(j);
		}
		ck_assert_uint_gt(rows, 50);
	}
	server_stop(server);
}
END_TEST

START_TEST(exports__csv_and_ndjson__every_row)
{
	static const char *const targets[] = {"/v1/statements?speaker=Wang%20Yi",
					      "/v1/query?q=statements%20by%20Wang%20Yi"};
	server = server_start(NULL);
	struct buf b;
	buf_init(&b, 1 << 20);
	for (int i = 0; i < 450; i++) /* more than two pieces */
		buf_printf(&b,
			   "{\"title\":\"=HYPERLINK(%d)\",\"text\":\"Taiwan is an issue, Wang Yi "
			   "said for the time number %d.\"}\n",
			   i, i);
	struct reply r =
		http_post(server, "/v1/articles/batch", "application/x-ndjson", buf_str(&b));
	ck_assert_int_eq(r.status, 200);
	reply_release(&r);
	for (size_t i = 0; i < 2; i++) {
		r = http_request(server, "GET", targets[i], "Accept: text/csv\r\n", STR_EMPTY);
		ck_assert_int_eq(r.status, 200);
		ck_assert(!r.is_cut && str_starts(r.body, STR("id,article,published_at,")));
		ck_assert_int_eq(count_lines(r.body), 451);
		ck_assert(str_find(r.body, STR(",=HYPERLINK"), 0) == SIZE_MAX);
		ck_assert(str_find(r.body, STR(",'=HYPERLINK(449)"), 0) != SIZE_MAX);
		reply_release(&r);
		r = http_request(server, "GET", targets[i], "Accept: application/x-ndjson\r\n",
				 STR_EMPTY);
		ck_assert_int_eq(r.status, 200);
		ck_assert_int_eq(count_lines(r.body), 450);
		reply_release(&r);
		check_problem(
			http_request(server, "GET", targets[i], "Accept: image/png\r\n", STR_EMPTY),
			406, "");
	}
	buf_release(&b);
	server_stop(server);
}
END_TEST

START_TEST(reads__unchanged__304)
{
	server = server_start(NULL);
	post_numbered(1, "2024-04-26");
	static const char *const targets[] = {"/", "/openapi.yaml", "/v1/statements",
					      "/v1/articles", "/v1/actors/wang-yi"};
	for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
		char header[300];
		struct reply r = http_get(server, targets[i]);
		ck_assert_int_eq(r.status, 200);
		snprintf(header, sizeof header, "If-None-Match: %.*s\r\n",
			 STR_ARG(reply_header(&r, "etag")));
		reply_release(&r);
		r = http_request(server, "GET", targets[i], header, STR_EMPTY);
		ck_assert_msg(r.status == 304, "%s: %d", targets[i], r.status);
		reply_release(&r);
	}
	server_stop(server);
}
END_TEST

UNIT_MAIN("api", article_post__another_language__stored_without_statements_and_told_why,
	  article_post__characters_beside_words__every_answer_is_utf8,
	  article_post__byte_order_mark__is_no_part_of_the_body,
	  article_post__any_text__read_back_byte_for_byte,
	  article_post__known_text__answered_as_stored_and_never_written,
	  article_post__same_new_text_at_once__one_article,
	  article_delete__stored__gone_with_its_statements,
	  extract__article__statements_without_storing,
	  article_post__bad_bodies__400_with_the_fault_and_nothing_stored,
	  article_post__other_media_types__415, paths__unknown_ids__404,
	  parameters__bad__400_with_the_name,
	  batch_post__good_bad_and_repeated_lines__a_result_each,
	  batch_post__no_line_or_too_many__refused, pages__by_link__every_row_once_in_order,
	  cursors__of_another_question_or_damaged__400, names__pages__every_row_once_in_order,
	  exports__csv_and_ndjson__every_row, reads__unchanged__304)
