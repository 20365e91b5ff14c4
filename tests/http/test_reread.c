/* What is stored is what the engine says: after each change of issues, and after a change of the
 * engine, every stored statement is compared with a fresh extraction of the same article, member by
 * member. */
#include <dirent.h>
#include <sqlite3.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "tests/http/json.h"
#include "tests/http/place.h"
#include "tests/unit/unit.h"

#define JSON	  "Content-Type: application/json\r\n"
#define SAMPLES	  "tests/cases/wikinews"
#define SENTENCES "tests/cases/stance.tsv"

/* --- the articles */

struct texts {
	json_t *articles; /* as sent */
	json_t *ids;	  /* as answered, in the same order */
};

static void add_text(struct texts *t, struct str text, const char *published)
{
	json_t *a = json_pack("{s:s%, s:s}", "text", text.p, text.n, "published_at", published);
	ck_assert_ptr_nonnull(a);
	json_array_append_new(t->articles, a);
}

static int is_sample(const struct dirent *d)
{
	return str_ends(str_of(d->d_name), STR(".txt"));
}

static void add_file(struct texts *t, const char *name)
{
	char path[300], *bytes = malloc(1 << 20);
	snprintf(path, sizeof path, SAMPLES "/%s", name);
	FILE *f = fopen(path, "rb");
	ck_assert_msg(f != NULL, "%s", path);
	size_t n = fread(bytes, 1, 1 << 20, f);
	fclose(f);
	add_text(t, (struct str){bytes, n}, "2019-09-25");
	free(bytes);
}

static void add_samples(struct texts *t)
{
	struct dirent **names;
	int n = scandir(SAMPLES, &names, is_sample, alphasort);
	ck_assert_int_gt(n, 10);
	for (int i = 0; i < n; i++) {
		add_file(t, names[i]->d_name);
		free(names[i]);
	}
	free(names);
}

static void add_sentences(struct texts *t)
{
	char line[2000];
	FILE *f = fopen(SENTENCES, "rb");
	ck_assert_ptr_nonnull(f);
	while (fgets(line, sizeof line, f)) {
		struct str rest = str_of(line), text;
		bool is_case = line[0] != '#' && str_split(&rest, '\t', &text) && text.n && rest.n;
		if (is_case)
			add_text(t, text.p[0] == '?' ? str_sub(text, 1, text.n) : text,
				 "2024-04-26");
	}
	fclose(f);
}

static struct texts texts_post(const struct server *s)
{
	struct texts t = {json_array(), json_array()};
	struct buf lines;
	size_t i;
	json_t *article;
	add_samples(&t);
	add_sentences(&t);
	buf_init(&lines, 1 << 24);
	json_array_foreach(t.articles, i, article)
	{
		char *line = json_dumps(article, JSON_COMPACT);
		buf_printf(&lines, "%s\n", line);
		free(line);
	}
	struct reply r =
		http_post(s, "/v1/articles/batch", "application/x-ndjson", buf_str(&lines));
	ck_assert_int_eq(r.status, 200);
	struct str rest = r.body, line;
	while (str_split(&rest, '\n', &line)) {
		json_t *one = json_loadb(line.p, line.n, 0, NULL);
		ck_assert_msg(strcmp(text_at(one, "status"), "created") == 0, "not created: %.*s",
			      STR_ARG(line));
		json_array_append(t.ids, json_object_get(one, "id"));
		json_decref(one);
	}
	ck_assert_uint_eq(json_array_size(t.ids), json_array_size(t.articles));
	reply_release(&r);
	buf_release(&lines);
	return t;
}

static void texts_release(struct texts *t)
{
	json_decref(t->articles);
	json_decref(t->ids);
}

/* --- stored and fresh
 * ---------------------------------------------------------------------------------------------- */

static json_t *stored_of(const struct server *s, long long id)
{
	json_t *all = json_array();
	char target[1200], next[1000] = "";
	do {
		snprintf(target, sizeof target, "/v1/articles/%lld/statements?limit=7%s%s", id,
			 *next ? "&cursor=" : "", next);
		json_t *page = json_of(http_get(s, target), 200);
		json_array_extend(all, json_object_get(page, "statements"));
		snprintf(next, sizeof next, "%s", text_at(page, "next"));
		json_decref(page);
	} while (*next);
	return all;
}

static json_t *fresh_of(const struct server *s, const json_t *article)
{
	char *body = json_dumps(article, JSON_COMPACT);
	json_t *whole = json_of(http_post(s, "/v1/extract", "application/json", str_of(body)), 200);
	json_t *statements = json_incref(json_object_get(whole, "statements"));
	json_decref(whole);
	free(body);
	return statements;
}

/* An actor is one row for all articles: the store tells the name, kind and country that it has
 * there, which other articles may have given it. Which actor it is, and how the text names it, is
 * the statement's own. */
static json_t *as_said(json_t *member)
{
	json_t *copy = json_deep_copy(member);
	if (json_is_object(copy) && json_object_get(copy, "kind")) {
		json_object_del(copy, "name");
		json_object_del(copy, "kind");
		json_object_del(copy, "country");
	}
	if (json_object_get(copy, "target"))
		json_object_set_new(copy, "target", as_said(json_object_get(copy, "target")));
	return copy;
}

static bool says_the_same(json_t *stored, json_t *fresh)
{
	json_t *a = as_said(stored), *b = as_said(fresh);
	bool is_same = json_equal(a, b);
	json_decref(a);
	json_decref(b);
	return is_same;
}

/* What only the store knows. */
static bool is_of_the_store(const char *member)
{
	static const char *const members[] = {"id",	     "article", "article_title",
					      "article_url", "outlet",	"published_at"};
	for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
		if (strcmp(member, members[i]) == 0)
			return true;
	return false;
}

static void same_statement(json_t *stored, json_t *fresh)
{
	const char *member;
	json_t *value;
	json_object_foreach(fresh, member, value)
	{
		if (is_of_the_store(member) ||
		    says_the_same(json_object_get(stored, member), value))
			continue;
		char *a = json_dumps(json_object_get(stored, member), JSON_ENCODE_ANY),
		     *b = json_dumps(value, JSON_ENCODE_ANY);
		ck_abort_msg("\"%s\"\n%s: stored %s\nfresh %s", text_at(fresh, "content"), member,
			     a, b);
	}
}

static size_t all_fresh(const struct server *s, const struct texts *t)
{
	size_t i, k, n = 0;
	json_t *article, *one;
	json_array_foreach(t->articles, i, article)
	{
		json_t *stored = stored_of(s, json_integer_value(json_array_get(t->ids, i))),
		       *fresh = fresh_of(s, article);
		ck_assert_uint_eq(json_array_size(stored), json_array_size(fresh));
		json_array_foreach(fresh, k, one) same_statement(json_array_get(stored, k), one);
		n += k;
		json_decref(stored);
		json_decref(fresh);
	}
	return n;
}

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

/* --- the job */

static json_t *job(const struct server *s)
{
	json_t *all = json_of(http_get(s, "/v1/jobs"), 200);
	json_t *one = json_incref(json_array_get(json_object_get(all, "jobs"), 0));
	json_decref(all);
	return one;
}

/* What it says when it is done, with so many articles refused at least. */
static json_t *await_end(const struct server *s, long long failed)
{
	for (int ms = 0;; ms += 5) {
		json_t *j = job(s);
		ck_assert_str_eq(text_at(j, "id"), "reread");
		if (strcmp(text_at(j, "state"), "done") == 0) {
			ck_assert_int_ge(int_at(j, "articles_failed"), failed);
			return j;
		}
		json_decref(j);
		ck_assert_msg(ms < WAIT_MS, "the job does not end");
		nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
	}
}

static json_t *await_job(const struct server *s)
{
	json_t *j = await_end(s, 0);
	ck_assert_int_eq(int_at(j, "articles_failed"), 0);
	return j;
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
	struct texts t = texts_post(s);
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
	struct texts t = texts_post(s);
	json_t *before = ids_of(s, &t), *j = job(s);
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
	int status = program_run((const char *[]){"import", "--db", p.db, SAMPLES, NULL}, STR_EMPTY,
				 &out, NULL);
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
	json_t *j = job(s);
	ck_assert_str_eq(text_at(j, "state"), "never");
	json_decref(j);
	post_one(s, "China wants ports, Wang Yi said."); /* stored, but not the last word on it */
	change_issue(s, "POST", "/v1/issues", "{\"label\":\"ports\"}");
	j = job(s);
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
	struct texts t = texts_post(s);
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
	struct texts t = texts_post(s);
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
	size_t i;
	const json_t *article;
	add_samples(&t);
	json_array_foreach(t.articles, i, article)
	{
		char *body = json_dumps(article, JSON_COMPACT);
		struct reply r =
			http_post(s, "/v1/articles?later=true", "application/json", str_of(body));
		assert_str(reply_header(&r, "Link"), "<../v1/jobs>; rel=\"monitor\"");
		json_t *j = json_of(r, 202);
		ck_assert_uint_eq(json_array_size(json_object_get(j, "statements")), 0);
		ck_assert_str_eq(text_at(json_object_get(j, "job"), "id"), "reread");
		json_array_append(t.ids, json_object_get(j, "id"));
		json_decref(j);
		free(body);
	}
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

UNIT_MAIN("reread", articles__posted_for_later__are_read_in_the_background,
	  stored__after_issues_change__is_what_is_found_afresh,
	  stored__after_the_engine_changes__is_what_is_found_afresh,
	  import__after_the_engine_changed__leaves_the_older_articles_to_serve,
	  serve__of_an_older_engine__reads_nothing_back,
	  articles__deleted_and_posted_while_read_again__are_as_they_should,
	  articles__over_the_limits__keep_their_statements_and_are_tried_once)
