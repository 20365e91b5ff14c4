/* Answers as JSON in the HTTP tests. */
#ifndef DEMARCHE_TESTS_HTTP_JSON_H
#define DEMARCHE_TESTS_HTTP_JSON_H

#include <check.h>
#include <jansson.h>
#include <stdlib.h>
#include <time.h>

#include "tests/http/client.h"

/* The body of a reply with that status as JSON; releases the reply. Fails the test when status or
 * JSON differ. */
static inline json_t *json_of(struct reply r, int status)
{
	ck_assert_msg(r.status == status, "status %d, want %d: %.*s", r.status, status,
		      STR_ARG(r.body));
	json_error_t e;
	json_t *j = json_loadb(r.body.p, r.body.n, JSON_ALLOW_NUL, &e);
	ck_assert_msg(j != NULL, "%s: %.*s", e.text, STR_ARG(r.body));
	reply_release(&r);
	return j;
}

/* Stores an article of that day; fails the test when it is not. */
static inline void post_dated(struct server *server, const char *day, const char *text)
{
	json_t *j = json_pack("{s:s, s:s}", "published_at", day, "text", text);
	char *body = json_dumps(j, 0);
	json_decref(
		json_of(http_post(server, "/v1/articles", "application/json", str_of(body)), 201));
	free(body);
	json_decref(j);
}

static inline const char *text_at(const json_t *j, const char *key)
{
	const char *s = json_string_value(json_object_get(j, key));
	return s ? s : "";
}

static inline long long int_at(const json_t *j, const char *key)
{
	return json_integer_value(json_object_get(j, key));
}

/* Until no article is read again. */
static inline void await_reread(const struct server *server)
{
	for (int ms = 0;; ms += 2) {
		json_t *all = json_of(http_get(server, "/v1/jobs"), 200);
		const json_t *job = json_array_get(json_object_get(all, "jobs"), 0);
		bool runs = strcmp(text_at(job, "state"), "running") == 0;
		json_decref(all);
		if (!runs)
			return;
		ck_assert_msg(ms < WAIT_MS, "the job does not end");
		nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL);
	}
}

#endif
