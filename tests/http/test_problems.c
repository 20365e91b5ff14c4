/* Sixty kinds of bad input and more: each is a problem document with its code, the parameter or
 * member at fault, and the id of the request; and the service goes on. */
#include <stdio.h>

#include "api/problem.h"
#include "tests/http/json.h"
#include "tests/unit/api/lines.h"

static struct server *server;

enum { METHOD, TARGET, HEADERS, BODY, STATUS, CODE, FIELD, KINDS_MIN = 60 };

static struct reply send_line(const struct line *l)
{
	char method[16], target[512], headers[512], body[512], lines[520];
	snprintf(method, sizeof method, "%.*s", STR_ARG(l->columns[METHOD]));
	snprintf(target, sizeof target, "%.*s", STR_ARG(l->columns[TARGET]));
	struct str given = unescaped(l->columns[HEADERS], headers);
	snprintf(lines, sizeof lines, "%.*s%s", STR_ARG(given), given.n ? "\r\n" : "");
	return http_request(server, method, target, lines, unescaped(l->columns[BODY], body));
}

static void check_line(const struct line *l)
{
	struct reply r = send_line(l);
	char type[128], id[128];
	int64_t status;
	ck_assert(str_to_i64(l->columns[STATUS], &status));
	ck_assert_msg(r.status == status, "line %d: %d: %.*s", l->number, r.status,
		      STR_ARG(r.body));
	assert_str(reply_header(&r, "content-type"), "application/problem+json");
	snprintf(id, sizeof id, "%.*s", STR_ARG(reply_header(&r, "x-request-id")));
	snprintf(type, sizeof type, PROBLEM_TYPE "%.*s", STR_ARG(l->columns[CODE]));
	json_t *j = json_of(r, (int)status);
	ck_assert_msg(strcmp(text_at(j, "type"), type) == 0, "line %d: %s: %s", l->number,
		      text_at(j, "type"), text_at(j, "detail"));
	ck_assert_msg(str_eq(str_of(text_at(j, "field")), l->columns[FIELD]), "line %d: %s",
		      l->number, text_at(j, "field"));
	ck_assert_msg(*text_at(j, "detail") && *text_at(j, "title"), "line %d", l->number);
	ck_assert_msg(*id && strcmp(text_at(j, "request_id"), id) == 0, "line %d: %s", l->number,
		      id);
	ck_assert_int_eq(int_at(j, "status"), status);
	json_decref(j);
}

START_TEST(bad_input__each_kind__problem_with_its_code)
{
	server = server_start(NULL);
	ck_assert_int_ge(each_line("tests/http/problems.tsv", check_line), KINDS_MIN);
	json_decref(json_of(http_get(server, "/v1/articles"), 200));
	server_stop(server);
}
END_TEST

/* One behavior for names that nobody has: an empty answer that says so. */
START_TEST(unknown_names__everywhere__empty_and_explained)
{
	static const char *const targets[] = {
		"/v1/statements?speaker=Zorblax%20Quux",
		"/v1/statements?issue=zorblaxing",
		"/v1/statements?target=Zorblax%20Quux",
		"/v1/statements?addressee=Zorblax%20Quux",
		"/v1/stats?by=issue&speaker=Zorblax%20Quux",
		"/v1/changes?speaker=Zorblax%20Quux&issue=zorblaxing",
		"/v1/positions?speaker=Zorblax%20Quux",
		"/v1/grid?a=Zorblax%20Quux&b=Quux%20Zorblax",
		"/v1/silences?a=Zorblax%20Quux&b=Quux%20Zorblax",
		"/v1/network?speaker=Zorblax%20Quux",
	};
	server = server_start(NULL);
	for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
		struct reply r = http_get(server, targets[i]);
		ck_assert_msg(r.status == 200, "%s: %d %.*s", targets[i], r.status,
			      STR_ARG(r.body));
		ck_assert_msg(str_find(r.body, STR("\"note\":\""), 0) != SIZE_MAX, "%s: %.*s",
			      targets[i], STR_ARG(r.body));
		reply_release(&r);
	}
	server_stop(server);
}
END_TEST

/* The lines of a batch are told by their number, whatever is wrong within them. */
START_TEST(batch_errors__malformed_line__its_number_and_column)
{
	server = server_start(NULL);
	struct reply r = http_post(server, "/v1/articles/batch", "application/x-ndjson",
				   STR("{\"text\":\"a\"}\n\n{\"text\":\n"));
	struct str rest = r.body, line;
	ck_assert(str_split(&rest, '\n', &line) && str_split(&rest, '\n', &line));
	ck_assert_msg(str_starts(line, STR("{\"line\":3,\"status\":\"error\"")), "%.*s",
		      STR_ARG(line));
	ck_assert(str_find(line, STR(PROBLEM_TYPE "invalid-json"), 0) != SIZE_MAX);
	ck_assert(str_find(line, STR("JSON at column"), 0) != SIZE_MAX);
	reply_release(&r);
	server_stop(server);
}
END_TEST

UNIT_MAIN("problems", bad_input__each_kind__problem_with_its_code,
	  unknown_names__everywhere__empty_and_explained,
	  batch_errors__malformed_line__its_number_and_column)
