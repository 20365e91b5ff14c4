/* Answers as files: paths that end in .csv and .ndjson, ids with letters, what Accept takes, and
 * HEAD, over the real program. */
#include <stdio.h>

#include "api/routes.h"
#include "tests/http/json.h"
#include "tests/unit/unit.h"

static struct server *server;

static void start(void)
{
	server = server_start(NULL);
	json_t *j = json_pack("{s:s, s:s, s:s, s:s}", "published_at", "2024-01-05", "outlet",
			      "+Extra", "title", "=HYPERLINK(\"http://x\")", "text",
			      "\"We support the tariffs,\" Wang Yi said. The U.S. said it opposes "
			      "the tariffs.");
	char *body = json_dumps(j, 0);
	json_decref(
		json_of(http_post(server, "/v1/articles", "application/json", str_of(body)), 201));
	free(body);
	json_decref(j);
	post_dated(server, "2024-02-01", "\"We oppose the tariffs,\" Wang Yi said.");
}

static const struct {
	const char *name, *query, *head;
	size_t rows; /* at least */
} files[] = {
	{"statements", "", "id,article,published_at,", 3},
	{"statements", "?q=what+did+Wang+Yi+say", "id,article,published_at,", 2},
	{"articles", "", "id,title,url,outlet,", 2},
	{"actors", "?with_statements=true", "id,name,kind,", 2},
	{"actors", "", "id,name,kind,", 500}, /* of several pages */
	{"issues", "?name=tariffs", "id,label,kind,", 1},
	{"stats", "?by=speaker", "speaker_id,speaker,count,of", 2},
	{"grid", "?a=Wang%20Yi&b=United%20States", "issue_id,issue,silent,a_count,", 1},
};
enum { FILES = sizeof files / sizeof files[0] };

static struct reply get_file(size_t i, const char *ending, const char *more)
{
	char target[300];
	snprintf(target, sizeof target, "/v1/%s.%s%s%s%s", files[i].name, ending, files[i].query,
		 !*more		   ? ""
		 : *files[i].query ? "&"
				   : "?",
		 more);
	struct reply r = http_get(server, target);
	ck_assert_msg(r.status == 200, "%s: %d %.*s", target, r.status, STR_ARG(r.body));
	return r;
}

/* Rows of these files hold no line ends but their own. */
static size_t lines_of(struct str body)
{
	size_t n = 0;
	for (size_t at = 0; (at = str_find(body, STR("\n"), at)) != SIZE_MAX; at++)
		n++;
	return n;
}

START_TEST(files__each__is_named_and_has_every_row)
{
	start();
	for (size_t i = 0; i < FILES; i++) {
		char name[100];
		struct reply csv = get_file(i, "csv", ""), lines = get_file(i, "ndjson", "");
		assert_str(reply_header(&csv, "content-type"), "text/csv; charset=utf-8");
		assert_str(reply_header(&lines, "content-type"), "application/x-ndjson");
		snprintf(name, sizeof name, "attachment; filename=\"%s.csv\"", files[i].name);
		assert_str(reply_header(&csv, "content-disposition"), name);
		ck_assert_msg(str_starts(csv.body, str_of(files[i].head)), "%s: %.*s",
			      files[i].name, 80, csv.body.p);
		ck_assert_uint_ge(lines_of(lines.body), files[i].rows);
		ck_assert_msg(lines_of(csv.body) == lines_of(lines.body) + 1, "%s: %zu and %zu",
			      files[i].name, lines_of(csv.body), lines_of(lines.body));
		reply_release(&lines);
		reply_release(&csv);
		csv = get_file(i, "csv", "limit=1&bom=true");
		ck_assert(str_starts(csv.body, STR("\xEF\xBB\xBF")));
		ck_assert(str_starts(str_sub(csv.body, 3, csv.body.n), str_of(files[i].head)));
		ck_assert_uint_eq(lines_of(csv.body), 2);
		reply_release(&csv);
	}
	server_stop(server);
}
END_TEST

START_TEST(files__of_accept__obey_limit_and_cursor)
{
	start();
	struct reply r = http_request(server, "GET", "/v1/statements?limit=1",
				      "Accept: text/csv\r\n", STR_EMPTY);
	ck_assert_uint_eq(lines_of(r.body), 2);
	reply_release(&r);
	json_t *page = json_of(http_get(server, "/v1/statements?limit=1"), 200);
	char target[300];
	snprintf(target, sizeof target, "/v1/statements?cursor=%s", text_at(page, "next"));
	r = http_request(server, "GET", target, "Accept: application/x-ndjson\r\n", STR_EMPTY);
	ck_assert_uint_eq(lines_of(r.body), 2);
	reply_release(&r);
	json_decref(page);
	json_decref(json_of(http_get(server, "/v1/statements.csv?cursor=x"), 400));
	json_decref(json_of(http_get(server, "/v1/statements.ndjson?bom=true"), 400));
	server_stop(server);
}
END_TEST

/* The first cell of the second line, without its letter. */
static long long id_in(struct str csv, char letter)
{
	size_t at = str_find(csv, STR("\r\n"), 0) + 2;
	int64_t id = 0;
	struct str line = str_sub(csv, at, csv.n), cell;
	ck_assert(str_split(&line, ',', &cell));
	ck_assert_int_eq(cell.p[0], letter);
	ck_assert(str_to_i64(str_sub(cell, 1, cell.n), &id));
	return id;
}

static void expect(const char *before, long long id, const char *after, int status)
{
	char target[200];
	snprintf(target, sizeof target, "/v1/%s%lld%s", before, id, after);
	struct reply r = http_get(server, target);
	ck_assert_msg(r.status == status, "%s: %d", target, r.status);
	reply_release(&r);
}

START_TEST(files__ids__have_a_letter_that_parameters_take)
{
	start();
	struct reply r = http_get(server, "/v1/statements.csv");
	long long statement = id_in(r.body, 's');
	reply_release(&r);
	r = http_get(server, "/v1/articles.csv");
	long long article = id_in(r.body, 'a');
	reply_release(&r);
	expect("statements/s", statement, "", 200);
	expect("statements/", statement, "", 200);
	expect("statements/s", statement, "/explain", 200);
	expect("statements/a", statement, "", 404);
	expect("articles/a", article, "", 200);
	expect("articles/a", article, "/statements", 200);
	expect("articles/s", article, "", 404);
	expect("statements?article=a", article, "", 200);
	expect("statements?article=s", article, "", 400);
	server_stop(server);
}
END_TEST

START_TEST(files__formulas__are_text)
{
	start();
	struct reply r = http_get(server, "/v1/articles.csv");
	ck_assert(str_find(r.body, STR(",\"'=HYPERLINK("), 0) != SIZE_MAX);
	ck_assert(str_find(r.body, STR(",'+Extra,"), 0) != SIZE_MAX);
	ck_assert(str_find(r.body, STR(",="), 0) == SIZE_MAX);
	ck_assert(str_find(r.body, STR(",\"="), 0) == SIZE_MAX);
	reply_release(&r);
	server_stop(server);
}
END_TEST

/* Every route says no alike to who takes what it has not. */
START_TEST(accept__fits_nothing__406_everywhere)
{
	start();
	for (size_t i = 0; i < api_routes_count; i++) {
		const struct route *row = &api_routes[i];
		bool is_any = row->produces && strcmp(row->produces, "*") == 0;
		if (row->method != METHOD_GET || strchr(row->path, '{') || is_any)
			continue;
		struct reply r =
			http_request(server, "GET", row->path, "Accept: image/png\r\n", STR_EMPTY);
		ck_assert_msg(r.status == 406, "%s: %d", row->path, r.status);
		assert_str(reply_header(&r, "content-type"), "application/problem+json");
		reply_release(&r);
	}
	server_stop(server);
}
END_TEST

START_TEST(head__of_a_stream__tells_no_length)
{
	start();
	struct reply r = http_request(server, "HEAD", "/v1/statements.csv", "", STR_EMPTY);
	ck_assert_int_eq(r.status, 200);
	assert_str(reply_header(&r, "content-type"), "text/csv; charset=utf-8");
	ck_assert_uint_eq(reply_header(&r, "content-length").n, 0);
	ck_assert_uint_eq(r.body.n, 0);
	reply_release(&r);
	r = http_request(server, "HEAD", "/v1/statements", "", STR_EMPTY);
	struct reply whole = http_get(server, "/v1/statements");
	char length[32];
	snprintf(length, sizeof length, "%zu", whole.body.n);
	assert_str(reply_header(&r, "content-length"), length);
	reply_release(&whole);
	reply_release(&r);
	server_stop(server);
}
END_TEST

UNIT_MAIN("files", files__each__is_named_and_has_every_row, files__of_accept__obey_limit_and_cursor,
	  files__ids__have_a_letter_that_parameters_take, files__formulas__are_text,
	  accept__fits_nothing__406_everywhere, head__of_a_stream__tells_no_length)
