/* Articles as pages and feeds, over HTTP and by import. */
#include <stdio.h>
#include <unistd.h>

#include "tests/http/json.h"
#include "tests/http/place.h"
#include "tests/unit/unit.h"

#define CASES "tests/cases/pages/"

static struct server *server;

/* The answer to a page that is posted, with other members, as JSON. */
static json_t *post_page(const char *html, const char *member, const char *value, int status)
{
	json_t *j = json_pack("{s:s}", "html", html);
	if (member)
		json_object_set_new(j, member, json_string(value));
	char *body = json_dumps(j, 0);
	json_t *got = json_of(http_post(server, "/v1/articles", "application/json", str_of(body)),
			      status);
	free(body);
	json_decref(j);
	return got;
}

static char *file_text(const char *path)
{
	static char text[1 << 16];
	FILE *f = fopen(path, "rb");
	ck_assert_msg(f != NULL, "cannot open %s", path);
	text[fread(text, 1, sizeof text - 1, f)] = '\0';
	fclose(f);
	return text;
}

START_TEST(article_post__page__stored_as_its_text_once)
{
	server = server_start(NULL);
	const char *page = file_text(CASES "graph.html");
	json_t *j = post_page(page, NULL, NULL, 201);
	ck_assert_str_eq(text_at(j, "title"), "Blinken meets Wang & talks");
	ck_assert_str_eq(text_at(j, "outlet"), "The Example Times");
	ck_assert_str_eq(text_at(j, "published_at"), "2024-04-26T01:30:00Z");
	ck_assert_uint_gt(json_array_size(json_object_get(j, "statements")), 1);
	json_int_t id = json_integer_value(json_object_get(j, "id"));
	json_decref(j);
	j = post_page(page, "title", "Another", 200);
	ck_assert_int_eq(json_integer_value(json_object_get(j, "id")), id);
	json_decref(j);
	j = post_page("<p>China opposes it, Wang Yi said.</p>", "title", "Mine", 201);
	ck_assert_str_eq(text_at(j, "title"), "Mine");
	json_decref(j);
	server_stop(server);
}
END_TEST

START_TEST(article_post__page_without_article__422)
{
	server = server_start(NULL);
	json_t *j = post_page(file_text(CASES "shell.html"), NULL, NULL, 422);
	ck_assert_str_eq(text_at(j, "field"), "html");
	ck_assert_ptr_nonnull(strstr(text_at(j, "detail"), "no body"));
	json_decref(j);
	j = json_of(http_get(server, "/v1/articles"), 200);
	ck_assert_uint_eq(json_array_size(json_object_get(j, "articles")), 0);
	json_decref(j);
	server_stop(server);
}
END_TEST

START_TEST(extract__page__statements)
{
	server = server_start(NULL);
	json_t *j = json_of(
		http_post(server, "/v1/extract", "application/json",
			  STR("{\"html\":\"<p>China opposes tariffs, Wang Yi said.</p>\"}")),
		200);
	ck_assert_uint_ge(json_array_size(json_object_get(j, "statements")), 1);
	ck_assert_str_eq(text_at(json_object_get(j, "article"), "text"),
			 "China opposes tariffs, Wang Yi said.");
	ck_assert(json_is_string(json_object_get(json_object_get(j, "article"), "title")));
	json_decref(j);
	server_stop(server);
}
END_TEST

static json_t *next_line(struct str *rest)
{
	struct str line;
	ck_assert(str_split(rest, '\n', &line));
	json_t *j = json_loadb(line.p, line.n, 0, NULL);
	ck_assert_ptr_nonnull(j);
	return j;
}

START_TEST(batch_post__feed__a_result_an_entry)
{
	static const struct {
		long long line;
		const char *status;
	} want[] = {{4, "created"}, {6, "created"}, {7, "error"}};
	server = server_start(NULL);
	struct reply r = http_post(server, "/v1/articles/batch", "application/rss+xml",
				   str_of(file_text(CASES "rss.xml")));
	ck_assert_int_eq(r.status, 200);
	assert_str(reply_header(&r, "content-type"), "application/x-ndjson");
	struct str rest = r.body;
	for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
		json_t *j = next_line(&rest);
		ck_assert_int_eq(int_at(j, "line"), want[i].line);
		ck_assert_str_eq(text_at(j, "status"), want[i].status);
		json_decref(j);
	}
	ck_assert_uint_eq(rest.n, 0);
	reply_release(&r);
	r = http_post(server, "/v1/articles/batch", "Application/Atom+XML; charset=UTF-8",
		      str_of(file_text(CASES "atom.xml")));
	rest = r.body;
	json_t *j = next_line(&rest);
	ck_assert_str_eq(text_at(j, "status"), "created");
	json_decref(j);
	reply_release(&r);
	server_stop(server);
}
END_TEST

/* A feed of so many entries, each a text of its own. */
START_TEST(batch_post__long_feed__all_stored)
{
	enum { ENTRIES = 200 };
	static char feed[ENTRIES * 128 + 256];
	int n = snprintf(feed, sizeof feed, "<rss><channel><title>T</title>");
	for (int i = 0; i < ENTRIES; i++)
		n += snprintf(feed + n, sizeof feed - (size_t)n,
			      "<item><description>Wang Yi said that it is no. "
			      "%d.</description></item>\n",
			      i);
	n += snprintf(feed + n, sizeof feed - (size_t)n, "</channel></rss>");
	server = server_start(NULL);
	struct reply r =
		http_post(server, "/v1/articles/batch", "text/xml", (struct str){feed, (size_t)n});
	int created = 0;
	for (struct str rest = r.body; rest.n;) {
		json_t *j = next_line(&rest);
		created += strcmp(text_at(j, "status"), "created") == 0;
		json_decref(j);
	}
	ck_assert_int_eq(created, ENTRIES);
	reply_release(&r);
	server_stop(server);
}
END_TEST

START_TEST(batch_post__no_feed__400)
{
	static const char *const names[] = {"laughs", "external", "entity", "unclosed", "opml"};
	server = server_start(NULL);
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		char path[128];
		snprintf(path, sizeof path, CASES "%s.xml", names[i]);
		json_decref(json_of(http_post(server, "/v1/articles/batch", "application/xml",
					      str_of(file_text(path))),
				    400));
	}
	server_stop(server);
}
END_TEST

START_TEST(import__feed_page_and_folder__stored)
{
	struct place p;
	place_make(&p);
	char *out, *err;
	int status = program_run((const char *const[]){"import", "--db", p.db, CASES "rss.xml",
						       CASES "graph.html", NULL},
				 STR_EMPTY, &out, &err);
	ck_assert_msg(strstr(out, "3 articles added, 0 known already, 1 bad") != NULL, "%s%s", out,
		      err);
	ck_assert_ptr_nonnull(strstr(err, "rss.xml:7: the entry has no text"));
	ck_assert_int_eq(status, 1);
	free(out);
	free(err);
	program_run((const char *const[]){"import", "--db", p.db, "tests/cases/pages", NULL},
		    STR_EMPTY, &out, &err);
	ck_assert_msg(strstr(out, "3 known already") != NULL, "%s%s", out, err);
	ck_assert_ptr_nonnull(strstr(err, "shell.html: html: the page has no body"));
	free(out);
	free(err);
	place_remove(&p);
}
END_TEST

UNIT_MAIN("pages", article_post__page__stored_as_its_text_once,
	  article_post__page_without_article__422, extract__page__statements,
	  batch_post__feed__a_result_an_entry, batch_post__long_feed__all_stored,
	  batch_post__no_feed__400, import__feed_page_and_folder__stored)
