/* Issues of users: through the API to what is read afterwards, and to what is stored already,
 * restarts included. */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "tests/http/json.h"
#include "tests/http/place.h"
#include "tests/unit/unit.h"

#define JSON "Content-Type: application/json\r\n"

enum { ARTICLES = 160 };

static void post_articles(const struct server *s, int from, int to)
{
	struct buf b;
	buf_init(&b, 1 << 20);
	for (int i = from; i < to; i++)
		buf_printf(&b,
			   "{\"text\":\"“We opened lantern festival number %d,” Wang Yi said in "
			   "Beijing on Monday. China wants the kite makers of the village to get "
			   "visas, he added.\",\"published_at\":\"2024-04-%02d\"}\n",
			   i, i % 30 + 1);
	struct reply r = http_post(s, "/v1/articles/batch", "application/x-ndjson", buf_str(&b));
	ck_assert_int_eq(r.status, 200);
	ck_assert_uint_eq(str_find(r.body, STR("\"error\""), 0), SIZE_MAX);
	reply_release(&r);
	buf_release(&b);
}

static json_t *job(const struct server *s)
{
	json_t *all = json_of(http_get(s, "/v1/jobs"), 200);
	json_t *one = json_incref(json_array_get(json_object_get(all, "jobs"), 0));
	json_decref(all);
	return one;
}

static void await_job(const struct server *s)
{
	for (int ms = 0;; ms += 5) {
		json_t *j = job(s);
		bool is_done = strcmp(text_at(j, "state"), "done") == 0;
		ck_assert_int_eq(int_at(j, "articles_failed"), 0);
		json_decref(j);
		if (is_done)
			return;
		ck_assert_msg(ms < WAIT_MS, "the job does not end");
		nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
	}
}

static json_t *add(const struct server *s, const char *body)
{
	return json_of(http_post(s, "/v1/issues", "application/json", str_of(body)), 202);
}

/* Statements that fit a condition, at most a page of 200. */
static size_t count_where(const struct server *s, const char *condition)
{
	char target[200];
	snprintf(target, sizeof target, "/v1/statements?limit=200&%s", condition);
	json_t *j = json_of(http_get(s, target), 200);
	size_t n = json_array_size(json_object_get(j, "statements"));
	json_decref(j);
	return n;
}

static size_t count(const struct server *s, const char *issue)
{
	char condition[100];
	snprintf(condition, sizeof condition, "issue=%s", issue);
	return count_where(s, condition);
}

static void problem(struct reply r, int status, const char *field, const char *part)
{
	json_t *j = json_of(r, status);
	ck_assert_str_eq(text_at(j, "field"), field);
	ck_assert_msg(strstr(text_at(j, "detail"), part) != NULL, "%s", text_at(j, "detail"));
	json_decref(j);
}

START_TEST(issue__added_changed_taken_back__statements_follow)
{
	struct place p;
	place_make(&p);
	struct server *s = server_start_on(p.db, NULL);
	post_articles(s, 0, 3);
	struct reply r =
		http_post(s, "/v1/issues", "application/json",
			  STR("{\"label\":\"Festivals\",\"terms\":[\"lantern festival\"]}"));
	assert_str(reply_header(&r, "location"), "../v1/issues/festivals");
	assert_str(reply_header(&r, "link"), "<../v1/jobs>; rel=\"monitor\"");
	json_decref(json_of(r, 202));
	post_articles(s, 3, 5); /* read with it */
	await_job(s);
	ck_assert_uint_eq(count(s, "festivals"), 5);
	json_t *j = json_of(http_request(s, "PUT", "/v1/issues/festivals", JSON,
					 STR("{\"label\":\"Kites\",\"kind\":\"problem\",\"terms\":["
					     "\"kite maker\"]}")),
			    202);
	ck_assert_str_eq(text_at(json_object_get(j, "issue"), "id"), "festivals");
	ck_assert_str_eq(text_at(json_object_get(j, "issue"), "kind"), "problem");
	json_decref(j);
	await_job(s);
	ck_assert_uint_ge(count(s, "kites"), 5);
	ck_assert_uint_eq(count(s, "kites"), count_where(s, "text=kite%20makers"));
	json_decref(json_of(http_request(s, "DELETE", "/v1/issues/festivals", "", STR_EMPTY), 202));
	await_job(s);
	problem(http_get(s, "/v1/issues/festivals"), 404, "", "there is no issue");
	problem(http_request(s, "DELETE", "/v1/issues/festivals", "", STR_EMPTY), 404, "",
		"there is no issue");
	place_stop(&p, s);
	place_remove(&p);
}
END_TEST

START_TEST(issue__of_the_table__changed_and_reset)
{
	struct server *s = server_start(NULL);
	post_articles(s, 0, 2);
	size_t before = count(s, "visas-and-travel");
	ck_assert_uint_gt(before, 0);
	problem(http_request(s, "DELETE", "/v1/issues/visas-and-travel", "", STR_EMPTY), 409, "",
		"can be changed, not deleted");
	json_decref(json_of(http_request(s, "PUT", "/v1/issues/visas-and-travel", JSON,
					 STR("{\"label\":\"wands\",\"terms\":[]}")),
			    202));
	await_job(s);
	ck_assert_uint_eq(count(s, "visas-and-travel"), 0);
	json_decref(json_of(http_request(s, "DELETE", "/v1/issues/visas-and-travel", "", STR_EMPTY),
			    202));
	await_job(s);
	ck_assert_uint_eq(count(s, "visas-and-travel"), before);
	server_stop(s);
}
END_TEST

START_TEST(issue__bad_requests__each_told)
{
	struct server *s = server_start(NULL);
	json_decref(add(s, "{\"label\":\"lantern festival\"}"));
	json_t *j = job(s);
	long long edition = int_at(j, "edition");
	json_decref(j);
	problem(http_post(s, "/v1/issues", "application/json",
			  STR("{\"label\":\"Lantern Festival\"}")),
		409, "label", "already");
	problem(http_post(s, "/v1/issues", "application/json",
			  STR("{\"label\":\"a\",\"parent\":\"nowhere\"}")),
		400, "parent", "no issue \"nowhere\"");
	problem(http_post(s, "/v1/issues", "application/json",
			  STR("{\"label\":\"a\",\"terms\":[\";\"]}")),
		400, "terms", "semicolon");
	problem(http_post(s, "/v1/issues", "application/json", STR("{\"lebel\":\"a\"}")), 400,
		"lebel", "\"label\"");
	problem(http_post(s, "/v1/issues", "application/json",
			  STR("{\"label\":\"a\",\"kind\":\"problems\"}")),
		400, "kind", "not measure, agreement");
	problem(http_post(s, "/v1/issues?x=1", "application/json", STR("{\"label\":\"a\"}")), 400,
		"x", "unknown parameter");
	problem(http_request(s, "PUT", "/v1/issues/nowhere", JSON, STR("{\"label\":\"a\"}")), 404,
		"", "no issue");
	problem(http_request(s, "PUT", "/v1/issues/lantern-festival", JSON,
			     STR("{\"label\":\"a\",\"parent\":\"lantern-festival\"}")),
		400, "parent", "above itself");
	problem(http_request(s, "PUT", "/v1/issues/%27%3B%20DROP", JSON, STR("{\"label\":\"a\"}")),
		404, "", "no issue");
	j = job(s);
	ck_assert_int_eq(int_at(j, "edition"), edition); /* what was refused changed nothing */
	json_decref(j);
	server_stop(s);
}
END_TEST

START_TEST(job__killed_under_way__goes_on_after_the_restart)
{
	struct place p;
	int status;
	place_make(&p);
	struct server *s = server_start_on(p.db, NULL);
	post_articles(s, 0, ARTICLES);
	json_decref(add(s, "{\"label\":\"lantern festival\"}"));
	long long seen = 0;
	for (int ms = 0; seen == 0; ms++) {
		json_t *j = job(s);
		seen = int_at(j, "articles_done");
		json_decref(j);
		ck_assert_msg(ms < WAIT_MS, "the job does not begin");
	}
	kill(server_pid(s), SIGKILL);
	status = server_wait(s);
	ck_assert(WIFSIGNALED(status));
	s = server_start_on(p.db, NULL);
	json_t *j = job(s);
	ck_assert_int_ge(int_at(j, "articles_done"), seen);
	ck_assert_int_eq(int_at(j, "articles"), ARTICLES);
	json_decref(j);
	await_job(s);
	j = job(s);
	ck_assert_int_eq(int_at(j, "articles_done"), ARTICLES);
	/* The one that names it, and the other, whose issues go by what the article is about. */
	ck_assert_int_ge(int_at(j, "statements_changed"), ARTICLES);
	ck_assert_int_le(int_at(j, "statements_changed"), 2 * ARTICLES);
	json_decref(j);
	ck_assert_uint_eq(count(s, "lantern-festival"), ARTICLES);
	/* And the users' issues are in force again. */
	post_articles(s, ARTICLES, ARTICLES + 1);
	ck_assert_uint_eq(count(s, "lantern-festival"), ARTICLES + 1);
	place_stop(&p, s);
	place_remove(&p);
}
END_TEST

/* --- changes, articles and questions together
 * ------------------------------------------------------------------------- */

static void *keep_posting(void *server)
{
	for (int i = 0; i < 6; i++)
		post_articles(server, 10 * i, 10 * i + 10);
	return NULL;
}

static void *keep_asking(void *server)
{
	for (int i = 0; i < 40; i++) {
		count(server, "lantern-festival");
		json_decref(json_of(http_get(server, "/v1/issues?limit=200"), 200));
	}
	return NULL;
}

START_TEST(issues__changed_while_articles_come__all_end_with_the_last_ones)
{
	struct place p;
	pthread_t posting, asking;
	place_make(&p);
	struct server *s = server_start_on(p.db, NULL);
	json_decref(add(s, "{\"label\":\"lantern festival\"}"));
	pthread_create(&posting, NULL, keep_posting, s);
	pthread_create(&asking, NULL, keep_asking, s);
	for (int i = 0; i < 12; i++) {
		const char *body =
			i % 2 ? "{\"label\":\"lantern festival\"}"
			      : "{\"label\":\"lantern festival\",\"terms\":[\"kite maker\"]}";
		json_decref(json_of(
			http_request(s, "PUT", "/v1/issues/lantern-festival", JSON, str_of(body)),
			202));
	}
	pthread_join(posting, NULL);
	pthread_join(asking, NULL);
	await_job(s);
	ck_assert_uint_eq(count(s, "lantern-festival"), 60);
	place_stop(&p, s);
	place_remove(&p);
}
END_TEST

UNIT_MAIN("issues", issue__added_changed_taken_back__statements_follow,
	  issue__of_the_table__changed_and_reset, issue__bad_requests__each_told,
	  job__killed_under_way__goes_on_after_the_restart,
	  issues__changed_while_articles_come__all_end_with_the_last_ones)
