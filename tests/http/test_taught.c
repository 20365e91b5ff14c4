/* What persons teach of actors: a name given to one links it in the articles posted afterwards and
 * in those read again, until it is taken back; and a service that is killed on the way knows it all
 * when it comes up. */
#include <signal.h>
#include <stdio.h>

#include "tests/http/json.h"
#include "tests/http/place.h"
#include "tests/unit/unit.h"

#define JSON "Content-Type: application/json\r\n"

static json_t *ask(const struct server *s, const char *method, const char *target, const char *body,
		   int status)
{
	return json_of(http_request(s, method, target, JSON, str_of(body)), status);
}

/* Posts an article of one statement; its id. */
static long long post(const struct server *s, const char *text)
{
	char body[400];
	snprintf(body, sizeof body, "{\"text\":\"%s\",\"published_at\":\"2024-04-26\"}", text);
	json_t *j = ask(s, "POST", "/v1/articles", body, 201);
	long long id = int_at(j, "id");
	json_decref(j);
	return id;
}

static void check_speaker(const struct server *s, long long article, const char *want)
{
	char target[100];
	snprintf(target, sizeof target, "/v1/articles/%lld/statements", article);
	json_t *j = ask(s, "GET", target, "", 200);
	const json_t *list = json_object_get(j, "statements");
	ck_assert_uint_eq(json_array_size(list), 1);
	const json_t *speaker = json_object_get(json_array_get(list, 0), "speaker");
	ck_assert_str_eq(text_at(speaker, "id"), want);
	json_decref(j);
}

/* Why it was found is told with what the engine knows now. */
static void check_explained(const struct server *s, long long article, const char *want)
{
	char target[100];
	snprintf(target, sizeof target, "/v1/articles/%lld/statements", article);
	json_t *j = ask(s, "GET", target, "", 200);
	const json_t *one = json_array_get(json_object_get(j, "statements"), 0);
	snprintf(target, sizeof target, "/v1/statements/%lld/explain",
		 (long long)int_at(one, "id"));
	json_t *x = ask(s, "GET", target, "", 200);
	ck_assert_str_eq(text_at(x, "found"), "same");
	const json_t *speaker = json_object_get(json_object_get(x, "explanation"), "speaker");
	ck_assert_str_eq(text_at(speaker, "id"), want);
	json_decref(x);
	json_decref(j);
}

static void undo(const struct server *s, long long edit)
{
	char target[100];
	snprintf(target, sizeof target, "/v1/edits/%lld/undo", edit);
	json_decref(ask(s, "POST", target, "", 200));
}

static long long last_edit(const struct server *s, const char *actor)
{
	char target[100];
	snprintf(target, sizeof target, "/v1/edits?actor=%s&limit=1", actor);
	json_t *j = ask(s, "GET", target, "", 200);
	long long id = int_at(json_array_get(json_object_get(j, "edits"), 0), "id");
	json_decref(j);
	return id;
}

#define OLD  "The Red Lantern said that China opposes tariffs."
#define NEW  "The Red Lantern said on Monday that China will impose tariffs."
#define LAST "The Red Lantern denied that China would impose tariffs on Friday."

START_TEST(alias__added__links_new_articles_and_old_ones_until_it_is_taken_back)
{
	struct place p;
	place_make(&p);
	struct server *s = server_start_on(p.db, NULL);
	long long old = post(s, OLD);
	check_speaker(s, old, "red-lantern");
	json_decref(ask(s, "PATCH", "/v1/actors/wang-yi",
			"{\"aliases\":[\"Wang\",\"Red Lantern\"]}", 200));
	long long new = post(s, NEW);
	check_speaker(s, new, "wang-yi");
	check_explained(s, new, "wang-yi");
	await_reread(s);
	check_speaker(s, old, "wang-yi");
	/* What stands in the store is known after a restart, without a reading again. */
	place_stop(&p, s);
	s = server_start_on(p.db, NULL);
	check_speaker(s, old, "wang-yi");
	long long last = post(s, LAST);
	check_speaker(s, last, "wang-yi");
	undo(s, last_edit(s, "wang-yi"));
	await_reread(s);
	check_speaker(s, old, "red-lantern");
	check_speaker(s, new, "red-lantern");
	check_speaker(s, last, "red-lantern");
	/* Taken back, it is as if it had never been. */
	json_t *j = ask(s, "POST", "/v1/extract", "{\"text\":\"" OLD "\"}", 200);
	const json_t *one = json_array_get(json_object_get(j, "statements"), 0);
	ck_assert_str_eq(text_at(json_object_get(one, "speaker"), "id"), "red-lantern");
	json_decref(j);
	place_stop(&p, s);
	place_remove(&p);
}
END_TEST

START_TEST(actor__added_with_names_and_post__is_who_they_mean)
{
	struct server *s = server_start(NULL);
	long long named = post(s, "Jim Tarkovin said that China opposes tariffs.");
	long long in_post =
		post(s, "Fisheries Minister Tarkovin said that Norway supports tariffs.");
	check_speaker(s, named, "jim-tarkovin");
	json_decref(ask(s, "POST", "/v1/actors",
			"{\"name\":\"James Tarkovin\",\"country\":\"NOR\",\"aliases\":[\"Jim "
			"Tarkovin\"],\"roles\":[{\"title\":\"Fisheries Minister\",\"country\":"
			"\"NOR\",\"from\":\"2023-01-01\"}]}",
			201));
	await_reread(s);
	check_speaker(s, named, "james-tarkovin");
	check_speaker(s, in_post, "james-tarkovin");
	/* He speaks for his country, by his post. */
	json_t *j = ask(s, "GET", "/v1/statements?speaker=NOR", "", 200);
	ck_assert_uint_eq(json_array_size(json_object_get(j, "statements")), 2);
	json_decref(j);
	/* A name that two bear means neither. */
	json_decref(ask(s, "POST", "/v1/actors",
			"{\"name\":\"Ann Tarkovin\",\"aliases\":[\"Jim Tarkovin\"]}", 201));
	await_reread(s);
	check_speaker(s, named, "jim-tarkovin");
	check_speaker(s, in_post, "james-tarkovin");
	server_stop(s);
}
END_TEST

START_TEST(merged__one_that_was_taught__keeps_its_names_and_they_lead_on)
{
	struct server *s = server_start(NULL);
	json_decref(ask(s, "POST", "/v1/actors",
			"{\"name\":\"Jim Tarkovin\",\"aliases\":[\"Red Lantern\"]}", 201));
	long long old = post(s, OLD);
	check_speaker(s, old, "jim-tarkovin");
	json_decref(ask(s, "POST", "/v1/actors/jim-tarkovin/merge", "{\"into\":\"wang-yi\"}", 202));
	await_reread(s);
	check_speaker(s, old, "wang-yi");
	check_speaker(s, post(s, NEW), "wang-yi");
	undo(s, last_edit(s, "jim-tarkovin"));
	await_reread(s);
	check_speaker(s, old, "jim-tarkovin");
	server_stop(s);
}
END_TEST

START_TEST(killed__while_names_come_and_go__knows_what_was_acknowledged)
{
	enum { ROUNDS = 6 };
	struct place p;
	place_make(&p);
	struct server *s = server_start_on(p.db, NULL);
	long long old = post(s, OLD);
	for (int i = 0; i < ROUNDS; i++) {
		bool is_on = i % 2 == 0;
		json_decref(ask(s, "PATCH", "/v1/actors/wang-yi",
				is_on ? "{\"aliases\":[\"Red Lantern\"]}" : "{\"aliases\":[]}",
				200));
		kill(server_pid(s), SIGKILL);
		server_wait(s);
		s = server_start_on(p.db, NULL);
		await_reread(s);
		check_speaker(s, old, is_on ? "wang-yi" : "red-lantern");
	}
	server_stop(s);
	place_remove(&p);
}
END_TEST

UNIT_MAIN("taught", alias__added__links_new_articles_and_old_ones_until_it_is_taken_back,
	  actor__added_with_names_and_post__is_who_they_mean,
	  merged__one_that_was_taught__keeps_its_names_and_they_lead_on,
	  killed__while_names_come_and_go__knows_what_was_acknowledged)
