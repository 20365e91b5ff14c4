/* What is stored is what the engine says: after each change of issues, and after a change of the
 * engine, every stored statement is compared with a fresh extraction of the same article, member by
 * member. */
#include <sqlite3.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "tests/http/place.h"
#include "tests/http/texts.h"
#include "tests/unit/unit.h"

#define JSON "Content-Type: application/json\r\n"

/* --- ids */

/* Where a statement stands, which is article, source, cue, content and speaker, to its id. */
static json_t *ids_of(const struct server *s, const struct texts *t)
{
	json_t *all = json_object();
	size_t i, k;
	json_t *id, *one;
	json_array_foreach(t->ids, i, id)
	{
		json_t *stored = stored_of(s, json_integer_value(id));
		json_array_foreach(stored, k, one)
		{
			json_t *spans = json_object_get(one, "spans");
			json_t *place = json_pack(
				"[O,O,O,O,s]", id, json_object_get(spans, "source"),
				json_object_get(spans, "cue"), json_object_get(spans, "content"),
				text_at(json_object_get(one, "speaker"), "id"));
			char *key = json_dumps(place, JSON_COMPACT);
			json_object_set(all, key, json_object_get(one, "id"));
			free(key);
			json_decref(place);
		}
		json_decref(stored);
	}
	return all;
}

static void same_ids(json_t *before, json_t *after)
{
	const char *place;
	json_t *id;
	size_t same = 0;
	json_object_foreach(before, place, id)
	{
		json_t *now = json_object_get(after, place);
		ck_assert_msg(!now || json_equal(now, id), "the statement at %s has another id",
			      place);
		same += now != NULL;
	}
	ck_assert_uint_gt(same, json_object_size(before) / 2);
}

static void change_issue(const struct server *s, const char *method, const char *target,
			 const char *body)
{
	json_decref(json_of(http_request(s, method, target, *body ? JSON : "", str_of(body)), 202));
}

START_TEST(stored__after_issues_change__is_what_is_found_afresh)
{
	struct place p;
	place_make(&p);
	struct server *s = server_start_on(p.db, NULL);
	struct texts t = texts_post(s, "/v1/articles/batch");
	size_t at_first = all_fresh(s, &t);
	ck_assert_uint_gt(at_first, json_array_size(t.articles));
	json_t *before = ids_of(s, &t);
	change_issue(s, "POST", "/v1/issues",
		     "{\"label\":\"embassies\",\"terms\":[\"embassy\",\"attack\",\"plan\"]}");
	change_issue(
		s, "POST", "/v1/issues",
		"{\"label\":\"talks\",\"terms\":[\"talks\",\"deal\",\"proposal\",\"sanctions\"]}");
	json_t *j = await_job(s);
	ck_assert_int_eq(int_at(j, "articles_done"), (long long)json_array_size(t.articles));
	ck_assert_int_gt(int_at(j, "statements_changed"), 20);
	json_decref(j);
	all_fresh(s, &t);
	change_issue(s, "PUT", "/v1/issues/talks",
		     "{\"label\":\"truces\",\"terms\":[\"truce\",\"ceasefire\",\"troops\"]}");
	change_issue(s, "PUT", "/v1/issues/sanctions",
		     "{\"label\":\"blockades\",\"terms\":[\"blockade\"]}");
	json_decref(await_job(s));
	all_fresh(s, &t);
	change_issue(s, "DELETE", "/v1/issues/talks", "");
	change_issue(s, "DELETE", "/v1/issues/embassies", "");
	change_issue(s, "DELETE", "/v1/issues/sanctions", "");
	json_decref(await_job(s));
	ck_assert_uint_eq(all_fresh(s, &t), at_first);
	json_t *after = ids_of(s, &t);
	same_ids(before, after);
	ck_assert(json_equal(before, after)); /* all as it was */
	json_decref(before);
	json_decref(after);
	texts_release(&t);
	place_stop(&p, s);
	place_remove(&p);
}
END_TEST

/* --- another engine */

/* What the service is not running on. */
static void change_rows(const char *db, const char *const *steps)
{
	sqlite3 *c;
	char *why = NULL;
	ck_assert_int_eq(sqlite3_open(db, &c), SQLITE_OK);
	for (; *steps; steps++)
		ck_assert_msg(sqlite3_exec(c, *steps, NULL, NULL, &why) == SQLITE_OK, "%s: %s",
			      *steps, why);
	sqlite3_close(c);
}

/* As an older engine might have left it: its version in the details, which has as many letters, and
 * other places, roles and days. */
static void make_older(struct server *s, const char *db)
{
	char step[400], older[20];
	json_t *v = json_of(http_get(s, "/version"), 200);
	const char *engine = text_at(v, "engine");
	snprintf(older, sizeof older, "%s", engine);
	for (size_t i = 0; older[i]; i++)
		older[i] = older[i] == '.' ? '.' : '0';
	snprintf(step, sizeof step,
		 "UPDATE statement SET detail = CAST(replace(detail, '%s', '%s') AS BLOB), "
		 "place = 1000 - place, role = 'nobody', said_from = NULL, said_to = 1",
		 engine, older);
	json_decref(v);
	server_stop(s);
	change_rows(db,
		    (const char *[]){"UPDATE reread SET engine = '0.0'", step,
				     "INSERT INTO statement_fts(statement_fts) VALUES ('rebuild')",
				     NULL});
}

START_TEST(stored__after_the_engine_changes__is_what_is_found_afresh)
{
	struct place p;
	place_make(&p);
	struct server *s = server_start_on(p.db, NULL);
	struct texts t = texts_post(s, "/v1/articles/batch");
	json_t *before = ids_of(s, &t), *j = reread_job(s);
	ck_assert_str_eq(text_at(j, "state"), "never");
	long long edition = int_at(j, "edition");
	json_decref(j);
	make_older(s, p.db);
	s = server_start_on(p.db, NULL);
	j = await_job(s);
	ck_assert_int_eq(int_at(j, "edition"), edition + 1);
	ck_assert_int_eq(int_at(j, "articles_done"), (long long)json_array_size(t.articles));
	ck_assert_int_eq(int_at(j, "statements_changed"), (long long)json_object_size(before));
	json_decref(j);
	all_fresh(s, &t);
	json_t *after = ids_of(s, &t);
	ck_assert(json_equal(before, after));
	json_decref(before);
	json_decref(after);
	texts_release(&t);
	place_stop(&p, s);
	place_remove(&p);
}
END_TEST

static void post_one(const struct server *s, const char *text)
{
	json_t *a = json_pack("{s:s}", "text", text);
	char *body = json_dumps(a, JSON_COMPACT);
	json_decref(json_of(http_post(s, "/v1/articles", "application/json", str_of(body)), 201));
	free(body);
	json_decref(a);
}

START_TEST(import__after_the_engine_changed__leaves_the_older_articles_to_serve)
{
	struct place p;
	char *out;
	place_make(&p);
	struct server *s = server_start_on(p.db, NULL);
	post_one(s, "China wants visas, Wang Yi said.");
	make_older(s, p.db);
	int status = program_run((const char *[]){"import", "--db", p.db, TEXTS_SAMPLES, NULL},
				 STR_EMPTY, &out, NULL);
	ck_assert_msg(status == 0, "%s", out);
	free(out);
	s = server_start_on(p.db, NULL);
	json_t *j = await_job(s);
	ck_assert_int_eq(int_at(j, "articles"), 1);
	ck_assert_int_eq(int_at(j, "articles_done"), 1);
	ck_assert_int_gt(int_at(j, "statements_changed"), 0);
	json_decref(j);
	place_stop(&p, s);
	place_remove(&p);
}
END_TEST

START_TEST(serve__of_an_older_engine__reads_nothing_back)
{
	struct place p;
	place_make(&p);
	struct server *s = server_start_on(p.db, NULL);
	post_one(s, "China wants visas, Wang Yi said.");
	server_stop(s);
	change_rows(p.db, (const char *[]){"UPDATE reread SET engine = '99.0.0'", NULL});
	s = server_start_on(p.db, NULL);
	json_t *j = reread_job(s);
	ck_assert_str_eq(text_at(j, "state"), "never");
	json_decref(j);
	post_one(s, "China wants ports, Wang Yi said."); /* stored, but not the last word on it */
	change_issue(s, "POST", "/v1/issues", "{\"label\":\"ports\"}");
	j = reread_job(s);
	ck_assert_str_eq(text_at(j, "state"), "waiting");
	ck_assert_int_eq(int_at(j, "articles"), 2);
	ck_assert_int_eq(int_at(j, "articles_done"), 0);
	json_decref(j);
	place_stop(&p, s);
	place_remove(&p);
}
END_TEST

START_TEST(articles__deleted_and_posted_while_read_again__are_as_they_should)
{
	struct place p;
	place_make(&p);
	struct server *s = server_start_on(p.db, NULL);
	struct texts t = texts_post(s, "/v1/articles/batch");
	const size_t n = json_array_size(t.ids);
	change_issue(s, "POST", "/v1/issues",
		     "{\"label\":\"talks\",\"terms\":[\"talks\",\"deal\"]}");
	for (size_t i = n; i > n - 20; i--) {
		char target[100];
		json_t *article = json_array_get(t.articles, i - 1);
		snprintf(target, sizeof target, "/v1/articles/%lld",
			 json_integer_value(json_array_get(t.ids, i - 1)));
		struct reply r = http_request(s, "DELETE", target, "", STR_EMPTY);
		ck_assert_int_eq(r.status, 204);
		reply_release(&r);
		if (i % 2) {
			json_array_remove(t.articles, i - 1);
			json_array_remove(t.ids, i - 1);
			continue;
		}
		char *body = json_dumps(article, JSON_COMPACT);
		json_t *again = json_of(
			http_post(s, "/v1/articles", "application/json", str_of(body)), 201);
		json_array_set(t.ids, i - 1, json_object_get(again, "id"));
		json_decref(again);
		free(body);
	}
	json_decref(await_job(s));
	all_fresh(s, &t);
	texts_release(&t);
	place_stop(&p, s);
	place_remove(&p);
}
END_TEST

START_TEST(articles__over_the_limits__keep_their_statements_and_are_tried_once)
{
	struct place p;
	place_make(&p);
	struct server *s = server_start_on(p.db, NULL);
	struct texts t = texts_post(s, "/v1/articles/batch");
	json_t *before = ids_of(s, &t);
	server_stop(s);
	s = server_start_on(p.db, (const char *[]){"--article-tokens", "100", NULL});
	change_issue(s, "POST", "/v1/issues",
		     "{\"label\":\"talks\",\"terms\":[\"talks\",\"deal\"]}");
	json_t *j = await_end(s, 10);
	long long failed = int_at(j, "articles_failed");
	ck_assert_int_eq(int_at(j, "articles_done"), (long long)json_array_size(t.articles));
	json_decref(j);
	json_t *after = ids_of(s, &t);
	ck_assert(json_equal(before, after));
	server_stop(s);
	s = server_start_on(p.db, NULL);
	j = await_end(s, failed); /* as it was: it comes again with the next edition */
	json_decref(j);
	change_issue(s, "DELETE", "/v1/issues/talks", "");
	json_decref(await_job(s));
	all_fresh(s, &t);
	json_decref(before);
	json_decref(after);
	texts_release(&t);
	place_stop(&p, s);
	place_remove(&p);
}
END_TEST

START_TEST(articles__posted_for_later__are_read_in_the_background)
{
	struct server *s = server_start(NULL);
	struct texts t = {.articles = json_array(), .ids = json_array()};
	texts_add_samples(&t);
	texts_post_later(s, &t);
	json_decref(await_job(s));
	ck_assert_uint_gt(all_fresh(s, &t), 0);
	char *body = json_dumps(json_array_get(t.articles, 0), JSON_COMPACT);
	json_decref(json_of(
		http_post(s, "/v1/articles?later=true", "application/json", str_of(body)), 200));
	free(body);
	texts_release(&t);
	server_stop(s);
}
END_TEST

START_TEST(batch__for_later__is_read_in_the_background)
{
	struct server *s = server_start(NULL);
	struct texts t = texts_post(s, "/v1/articles/batch?later=true");
	json_t *j = await_job(s);
	ck_assert_int_eq(int_at(j, "articles_done"), (long long)json_array_size(t.articles));
	json_decref(j);
	ck_assert_uint_gt(all_fresh(s, &t), json_array_size(t.articles));
	texts_release(&t);
	server_stop(s);
}
END_TEST

START_TEST(import__for_later__is_read_when_it_is_served)
{
	struct place p;
	place_make(&p);
	const char *argv[] = {"import", "--later", "--db", p.db, TEXTS_SAMPLES, NULL};
	ck_assert_int_eq(program_run(argv, STR_EMPTY, NULL, NULL), 0);
	struct server *s = server_start_on(p.db, NULL);
	json_t *j = await_job(s);
	ck_assert_int_ge(int_at(j, "articles_done"), 10);
	ck_assert_int_gt(int_at(j, "statements_changed"), 10);
	json_decref(j);
	place_stop(&p, s);
}
END_TEST

UNIT_MAIN("reread", batch__for_later__is_read_in_the_background,
	  import__for_later__is_read_when_it_is_served,
	  articles__posted_for_later__are_read_in_the_background,
	  stored__after_issues_change__is_what_is_found_afresh,
	  stored__after_the_engine_changes__is_what_is_found_afresh,
	  import__after_the_engine_changed__leaves_the_older_articles_to_serve,
	  serve__of_an_older_engine__reads_nothing_back,
	  articles__deleted_and_posted_while_read_again__are_as_they_should,
	  articles__over_the_limits__keep_their_statements_and_are_tried_once)
