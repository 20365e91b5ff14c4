/* Sample texts, posted and compared. */
#include "tests/http/texts.h"

#include <dirent.h>
#include <stdio.h>
#include <time.h>

#include "base/buf.h"
#include "tests/unit/unit.h"

#define SENTENCES "tests/cases/stance.tsv"

/* --- the articles */

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
	snprintf(path, sizeof path, TEXTS_SAMPLES "/%s", name);
	FILE *f = fopen(path, "rb");
	ck_assert_msg(f != NULL, "%s", path);
	size_t n = fread(bytes, 1, 1 << 20, f);
	fclose(f);
	add_text(t, (struct str){bytes, n}, "2019-09-25");
	free(bytes);
}

void texts_add_samples(struct texts *t)
{
	struct dirent **names;
	int n = scandir(TEXTS_SAMPLES, &names, is_sample, alphasort);
	ck_assert_int_gt(n, 10);
	for (int i = 0; i < n; i++) {
		add_file(t, names[i]->d_name);
		free(names[i]);
	}
	free(names);
}

void texts_add_sentences(struct texts *t)
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

struct texts texts_post(const struct server *s, const char *target)
{
	struct texts t = {json_array(), json_array()};
	struct buf lines;
	size_t i;
	json_t *article;
	texts_add_samples(&t);
	texts_add_sentences(&t);
	buf_init(&lines, 1 << 24);
	json_array_foreach(t.articles, i, article)
	{
		char *line = json_dumps(article, JSON_COMPACT);
		buf_printf(&lines, "%s\n", line);
		free(line);
	}
	struct reply r = http_post(s, target, "application/x-ndjson", buf_str(&lines));
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

void texts_post_later(const struct server *s, struct texts *t)
{
	size_t i;
	const json_t *article;
	json_array_foreach(t->articles, i, article)
	{
		char *body = json_dumps(article, JSON_COMPACT);
		struct reply r =
			http_post(s, "/v1/articles?later=true", "application/json", str_of(body));
		assert_str(reply_header(&r, "Link"), "<../v1/jobs>; rel=\"monitor\"");
		json_t *j = json_of(r, 202);
		ck_assert_uint_eq(json_array_size(json_object_get(j, "statements")), 0);
		ck_assert_str_eq(text_at(json_object_get(j, "job"), "id"), "reread");
		json_array_append(t->ids, json_object_get(j, "id"));
		json_decref(j);
		free(body);
	}
}

void texts_release(struct texts *t)
{
	json_decref(t->articles);
	json_decref(t->ids);
}

/* --- stored and fresh
 * ---------------------------------------------------------------------------------------------- */

json_t *stored_of(const struct server *s, long long id)
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

size_t all_fresh(const struct server *s, const struct texts *t)
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

/* --- the job */

json_t *reread_job(const struct server *s)
{
	json_t *all = json_of(http_get(s, "/v1/jobs"), 200);
	json_t *one = json_incref(json_array_get(json_object_get(all, "jobs"), 0));
	json_decref(all);
	return one;
}

/* What it says when it is done, with so many articles refused at least. */
json_t *await_end(const struct server *s, long long failed)
{
	for (int ms = 0;; ms += 5) {
		json_t *j = reread_job(s);
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

json_t *await_job(const struct server *s)
{
	json_t *j = await_end(s, 0);
	ck_assert_int_eq(int_at(j, "articles_failed"), 0);
	return j;
}
