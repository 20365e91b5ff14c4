/* What persons change, over the API: it is there at once, says who did it, and outlives the article
 * posted again, read again and deleted, and restarts. */
#include <stdio.h>
#include <unistd.h>

#include "tests/http/json.h"
#include "tests/http/place.h"
#include "tests/unit/unit.h"

#define JSON	"Content-Type: application/json\r\n"
#define ARTICLE "tests/http/articles/talks.json"

static json_t *post_talks(const struct server *s, int status)
{
	char bytes[8000];
	FILE *f = fopen(ARTICLE, "rb");
	ck_assert_ptr_nonnull(f);
	size_t n = fread(bytes, 1, sizeof bytes, f);
	fclose(f);
	return json_of(http_post(s, "/v1/articles", "application/json", (struct str){bytes, n}),
		       status);
}

static json_t *ask(const struct server *s, const char *method, const char *target,
		   const char *headers, const char *body, int status)
{
	return json_of(http_request(s, method, target, headers, str_of(body)), status);
}

static json_t *get(const struct server *s, const char *target)
{
	return json_of(http_get(s, target), 200);
}

static json_t *patch(const struct server *s, long long id, const char *body, int status)
{
	char target[100];
	snprintf(target, sizeof target, "/v1/statements/%lld", id);
	return ask(s, "PATCH", target, JSON, body, status);
}

/* The article's statement whose id this is; the article has so many. */
static json_t *statement_of(json_t *article, long long id, size_t many)
{
	json_t *list = json_object_get(article, "statements"), *one;
	size_t i;
	ck_assert_uint_eq(json_array_size(list), many);
	json_array_foreach(list, i, one)
	{
		if (int_at(one, "id") == id)
			return one;
	}
	ck_abort_msg("statement %lld is gone", id);
	return NULL;
}

static void check_corrected(json_t *article, long long id, size_t many)
{
	const json_t *s = statement_of(article, id, many);
	ck_assert_str_eq(text_at(s, "status"), "edited");
	ck_assert_str_eq(text_at(json_object_get(s, "speaker"), "id"), "CHN");
	ck_assert_str_eq(text_at(s, "content"), "trade, Taiwan and the war in Ukraine");
	const json_t *issue = json_array_get(json_object_get(s, "issues"), 0);
	ck_assert_str_eq(text_at(issue, "id"), "taiwan");
	ck_assert_str_eq(text_at(issue, "position"), "oppose");
	json_decref(article);
}

/* As lines to learn from: the text, then the one decision on it. */
static void check_labels(const char *db)
{
	char *out;
	const char *args[] = {"export", "--labels", "--db", db, NULL};
	ck_assert_int_eq(program_run(args, STR_EMPTY, &out, NULL), 0);
	struct str rest = str_of(out), line;
	ck_assert(str_split(&rest, '\n', &line));
	json_t *text = json_loadb(line.p, line.n, 0, NULL);
	ck_assert(str_split(&rest, '\n', &line));
	json_t *label = json_loadb(line.p, line.n, 0, NULL);
	ck_assert(text != NULL && label != NULL && !str_split(&rest, '\n', &line));
	ck_assert_int_eq(int_at(text, "article"), int_at(label, "article"));
	ck_assert_ptr_nonnull(strstr(text_at(text, "text"), "trade, Taiwan"));
	ck_assert_str_eq(text_at(label, "side"), "against");
	ck_assert_str_eq(text_at(label, "name"), "Taiwan");
	ck_assert_str_eq(text_at(label, "speaker"), "China");
	ck_assert_str_eq(text_at(label, "coder"), "local");
	json_decref(text);
	json_decref(label);
	free(out);
}

START_TEST(correction__article_posted_again_read_again_restarted_deleted__is_there)
{
	struct place p;
	place_make(&p);
	struct server *s = server_start_on(p.db, NULL);
	json_t *article = post_talks(s, 201);
	size_t n = json_array_size(json_object_get(article, "statements"));
	long long id = int_at(json_array_get(json_object_get(article, "statements"), 1), "id");
	char target[100];
	json_decref(patch(s, id,
			  "{\"speaker\":\"CHN\",\"spans\":{\"content\":\"trade, Taiwan and the war "
			  "in Ukraine\"},\"issues\":[{\"id\":\"taiwan\",\"position\":\"oppose\"}]}",
			  200));
	check_corrected(post_talks(s, 200), id, n);
	/* Another issue: all is read again. */
	json_decref(ask(s, "POST", "/v1/issues", JSON,
			"{\"label\":\"Talks\",\"terms\":[\"days of talks\"]}", 202));
	await_reread(s);
	check_corrected(post_talks(s, 200), id, n);
	place_stop(&p, s);
	s = server_start_on(p.db, NULL);
	check_corrected(post_talks(s, 200), id, n);
	/* Deleted, it is an orphan without words; posted again, it is there. */
	snprintf(target, sizeof target, "/v1/articles/%lld", int_at(article, "id"));
	struct reply r = http_request(s, "DELETE", target, "", STR_EMPTY);
	ck_assert_int_eq(r.status, 204);
	reply_release(&r);
	json_t *orphans = get(s, "/v1/edits?orphans=true");
	const json_t *orphan = json_array_get(json_object_get(orphans, "edits"), 0);
	ck_assert(json_is_false(json_object_get(orphan, "fits")));
	ck_assert_str_eq(text_at(json_object_get(orphan, "after"), "content"), "");
	json_decref(orphans);
	check_corrected(post_talks(s, 201), id, n);
	orphans = get(s, "/v1/edits?orphans=true");
	ck_assert_uint_eq(json_array_size(json_object_get(orphans, "edits")), 0);
	json_decref(orphans);
	json_decref(article);
	place_stop(&p, s);
	check_labels(p.db);
	place_remove(&p);
}
END_TEST

START_TEST(edit__of_another_version__is_412_and_changes_nothing)
{
	struct server *s = server_start(NULL);
	json_t *article = post_talks(s, 201);
	const json_t *first = json_array_get(json_object_get(article, "statements"), 0);
	long long id = int_at(first, "id");
	char target[100], headers[200], tag[80];
	snprintf(target, sizeof target, "/v1/statements/%lld", id);
	struct reply r = http_get(s, target);
	struct str etag = reply_header(&r, "etag");
	snprintf(tag, sizeof tag, "%.*s", STR_ARG(etag));
	reply_release(&r);
	snprintf(headers, sizeof headers, JSON "If-Match: %s\r\n", tag);
	json_decref(ask(s, "PATCH", target, headers, "{\"status\":\"confirmed\"}", 200));
	json_t *j = ask(s, "PATCH", target, headers, "{\"status\":\"rejected\"}", 412);
	ck_assert_ptr_nonnull(strstr(text_at(j, "detail"), "has changed since"));
	json_decref(j);
	json_decref(
		ask(s, "PATCH", target, JSON "If-Match: 12\r\n", "{\"status\":\"rejected\"}", 400));
	j = get(s, target);
	ck_assert_str_eq(text_at(j, "status"), "confirmed");
	snprintf(headers, sizeof headers, JSON "If-Match: \"%lld\"\r\n", int_at(j, "version"));
	json_decref(j);
	j = ask(s, "PATCH", target, headers, "{\"status\":\"rejected\"}", 200);
	ck_assert_str_eq(text_at(j, "status"), "rejected");
	json_decref(j);
	/* It is told by its id, and in no list. */
	j = get(s, "/v1/statements?status=rejected");
	ck_assert_uint_eq(json_array_size(json_object_get(j, "statements")), 0);
	json_decref(j);
	json_decref(article);
	server_stop(s);
}
END_TEST

START_TEST(tokens__scopes_and_names__who_may_and_who_it_was)
{
	static const char lines[] = "curate Ann curate-token-sixteen\n"
				    "write write-token-of-sixteen\n"
				    "read read-token-of-sixteen+\n";
	char file[] = "/tmp/demarche-tokens-XXXXXX";
	int fd = mkstemp(file);
	ck_assert_int_eq(write(fd, lines, sizeof lines - 1), (ssize_t)(sizeof lines - 1));
	close(fd);
	struct server *s = server_start((const char *[]){"--tokens-file", file, NULL});
#define AS(token) "Authorization: Bearer " token "\r\n" JSON
	json_t *j = ask(s, "POST", "/v1/articles", AS("write-token-of-sixteen"),
			"{\"text\":\"Wang Yi said that China opposes tariffs.\"}", 201);
	char target[100];
	const json_t *first = json_array_get(json_object_get(j, "statements"), 0);
	snprintf(target, sizeof target, "/v1/statements/%lld", int_at(first, "id"));
	json_decref(j);
	const char *body = "{\"status\":\"confirmed\"}";
	json_decref(ask(s, "PATCH", target, AS("write-token-of-sixteen"), body, 403));
	json_decref(ask(s, "PATCH", target, AS("read-token-of-sixteen+"), body, 403));
	json_decref(ask(s, "PATCH", target, JSON, body, 401));
	json_decref(ask(s, "PATCH", target, AS("curate-token-sixteen"), body, 200));
	json_decref(ask(s, "POST", "/v1/articles", AS("curate-token-sixteen"),
			"{\"text\":\"more\"}", 403));
	j = ask(s, "GET", "/v1/edits?who=Ann", "Authorization: Bearer read-token-of-sixteen+\r\n",
		"", 200);
	const json_t *edit = json_array_get(json_object_get(j, "edits"), 0);
	ck_assert_str_eq(text_at(edit, "who"), "Ann");
	ck_assert_str_eq(text_at(edit, "action"), "confirm");
	ck_assert_str_eq(text_at(json_object_get(edit, "before"), "status"), "machine");
	ck_assert_str_eq(text_at(json_object_get(edit, "after"), "status"), "confirmed");
	json_decref(j);
	server_stop(s);
	unlink(file);
}
END_TEST

static size_t count_of(const struct server *s, const char *condition)
{
	char target[200];
	snprintf(target, sizeof target, "/v1/statements?%s", condition);
	json_t *j = get(s, target);
	size_t n = json_array_size(json_object_get(j, "statements"));
	json_decref(j);
	return n;
}

static void undo(const struct server *s, long long edit, const char *how, int status)
{
	char target[100];
	snprintf(target, sizeof target, "/v1/edits/%lld/undo%s", edit, how);
	json_decref(ask(s, "POST", target, "", "", status));
}

START_TEST(actors__merged__are_one_until_it_is_taken_back)
{
	struct server *s = server_start(NULL);
	json_decref(post_talks(s, 201));
	size_t wang = count_of(s, "speaker=wang-yi&members=false"),
	       blinken = count_of(s, "speaker=antony-blinken");
	ck_assert_uint_gt(wang, 0);
	ck_assert_uint_gt(blinken, 0);
	json_t *j = ask(s, "POST", "/v1/actors/wang-yi/merge", JSON,
			"{\"into\":\"antony-blinken\"}", 202);
	long long edit = int_at(j, "edit");
	json_decref(j);
	await_reread(s);
	ck_assert_uint_eq(count_of(s, "speaker=antony-blinken"), wang + blinken);
	ck_assert_uint_eq(count_of(s, "speaker=Wang%20Yi"), wang + blinken);
	j = get(s, "/v1/actors/wang-yi");
	ck_assert_str_eq(text_at(j, "id"), "antony-blinken");
	json_decref(j);
	json_decref(ask(s, "POST", "/v1/actors/antony-blinken/merge", JSON,
			"{\"into\":\"wang-yi\"}", 409));
	undo(s, edit, "", 200);
	await_reread(s);
	ck_assert_uint_eq(count_of(s, "speaker=antony-blinken"), blinken);
	ck_assert_uint_eq(count_of(s, "speaker=wang-yi&members=false"), wang);
	server_stop(s);
}
END_TEST

START_TEST(many__counted_first_then_changed_then_taken_back)
{
	struct server *s = server_start(NULL);
	json_decref(post_talks(s, 201));
	char body[200];
	const char *where = "\"status\":\"rejected\",\"where\":{\"speaker\":\"wang-yi\"}";
	snprintf(body, sizeof body, "{%s}", where);
	json_t *j = ask(s, "POST", "/v1/edits", JSON, body, 200);
	long long n = int_at(j, "count");
	ck_assert_int_gt(n, 1);
	ck_assert(json_is_null(json_object_get(j, "edit")));
	json_decref(j);
	snprintf(body, sizeof body, "{%s,\"count\":%lld}", where, n + 1);
	json_decref(ask(s, "POST", "/v1/edits", JSON, body, 412));
	ck_assert_uint_eq(count_of(s, "speaker=wang-yi"), (size_t)n);
	snprintf(body, sizeof body, "{%s,\"count\":%lld}", where, n);
	j = ask(s, "POST", "/v1/edits", JSON, body, 200);
	ck_assert_int_eq(int_at(j, "edits"), n);
	ck_assert_uint_eq(count_of(s, "speaker=wang-yi"), 0);
	undo(s, int_at(j, "edit"), "?together=true", 200);
	undo(s, int_at(j, "edit"), "?together=true", 409);
	json_decref(j);
	await_reread(s);
	ck_assert_uint_eq(count_of(s, "speaker=wang-yi"), (size_t)n);
	/* One actor less of two that are one: those statements are another one's. */
	json_decref(ask(s, "POST", "/v1/actors", JSON, "{\"name\":\"Wang Two\"}", 201));
	snprintf(body, sizeof body,
		 "{\"set\":{\"speaker\":\"wang-two\"},\"where\":{\"speaker\":\"wang-yi\"},"
		 "\"count\":%lld}",
		 n);
	json_decref(ask(s, "POST", "/v1/edits", JSON, body, 200));
	ck_assert_uint_eq(count_of(s, "speaker=wang-two"), (size_t)n);
	j = get(s, "/v1/queue?by=doubt");
	ck_assert_uint_gt(json_array_size(json_object_get(j, "queue")), 0);
	json_decref(j);
	server_stop(s);
}
END_TEST

START_TEST(actor__split__takes_names_and_statements_until_it_is_taken_back)
{
	struct server *s = server_start(NULL);
	json_decref(post_talks(s, 201));
	json_t *j = get(s, "/v1/statements?speaker=wang-yi&members=false");
	const json_t *all = json_object_get(j, "statements");
	size_t n = json_array_size(all);
	ck_assert_uint_gt(n, 1);
	long long first = int_at(json_array_get(all, 0), "id");
	json_decref(j);
	json_decref(ask(s, "PATCH", "/v1/actors/wang-yi", JSON,
			"{\"aliases\":[\"Minister Wang\",\"Wang\"]}", 200));
	char body[200];
	snprintf(body, sizeof body,
		 "{\"name\":\"Wang Two\",\"aliases\":[\"minister wang\"],\"statements\":[%lld]}",
		 first);
	j = ask(s, "POST", "/v1/actors/wang-yi/split", JSON, body, 201);
	ck_assert_str_eq(text_at(json_object_get(j, "actor"), "id"), "wang-two");
	ck_assert_int_eq(int_at(j, "edits"), 3);
	long long edit = int_at(j, "edit");
	json_decref(j);
	ck_assert_uint_eq(count_of(s, "speaker=wang-two"), 1);
	ck_assert_uint_eq(count_of(s, "speaker=wang-yi&members=false"), n - 1);
	j = get(s, "/v1/actors/wang-yi");
	ck_assert_uint_eq(json_array_size(json_object_get(j, "aliases")), 2);
	json_decref(j);
	/* What cannot be changes nothing. */
	json_decref(
		ask(s, "POST", "/v1/actors/wang-yi/split", JSON, "{\"name\":\"Wang Two\"}", 409));
	snprintf(body, sizeof body, "{\"name\":\"Wang Three\",\"statements\":[%lld]}", first);
	json_decref(ask(s, "POST", "/v1/actors/wang-yi/split", JSON, body, 400));
	json_decref(ask(s, "POST", "/v1/actors/wang-yi/split", JSON "If-Match: \"1\"\r\n",
			"{\"name\":\"Wang Three\"}", 412));
	json_decref(ask(s, "GET", "/v1/actors/wang-three", "", "", 404));
	undo(s, edit, "?together=true", 200);
	await_reread(s);
	ck_assert_uint_eq(count_of(s, "speaker=wang-yi&members=false"), n);
	json_decref(ask(s, "GET", "/v1/actors/wang-two", "", "", 404));
	j = get(s, "/v1/actors/wang-yi");
	ck_assert_uint_eq(json_array_size(json_object_get(j, "aliases")), 3);
	json_decref(j);
	server_stop(s);
}
END_TEST

static long long only_orphan(const struct server *s, size_t many)
{
	json_t *j = get(s, "/v1/edits?orphans=true");
	const json_t *edits = json_object_get(j, "edits");
	ck_assert_uint_eq(json_array_size(edits), many);
	long long id = many ? int_at(json_array_get(edits, 0), "id") : 0;
	json_decref(j);
	return id;
}

static json_t *post_text(const struct server *s, const char *text)
{
	char body[300];
	snprintf(body, sizeof body, "{\"text\":\"%s\"}", text);
	return ask(s, "POST", "/v1/articles", JSON, body, 201);
}

static void delete_article(const struct server *s, long long id)
{
	char target[100];
	snprintf(target, sizeof target, "/v1/articles/%lld", id);
	struct reply r = http_request(s, "DELETE", target, "", STR_EMPTY);
	ck_assert_int_eq(r.status, 204);
	reply_release(&r);
}

/* The outlet has mended its article: the correction of the old one belongs to the new one. */
START_TEST(orphan__put_into_another_article__corrects_what_is_found_there)
{
	char target[100], body[200];
	struct server *s = server_start(NULL);
	json_t *old = post_text(s, "Wang Yi said that China opposes tariffs. It was on Monday.");
	long long id = int_at(json_array_get(json_object_get(old, "statements"), 0), "id");
	json_decref(patch(s, id, "{\"speaker\":\"antony-blinken\",\"act\":\"REJECT\"}", 200));
	only_orphan(s, 0);
	json_t *j = get(s, "/v1/edits?labels=true");
	snprintf(target, sizeof target, "/v1/edits/%lld/drop",
		 int_at(json_array_get(json_object_get(j, "edits"), 0), "id"));
	json_decref(j);
	json_decref(ask(s, "POST", target, "", "", 409)); /* it fits */
	delete_article(s, int_at(old, "id"));
	json_decref(old);
	long long orphan = only_orphan(s, 1);
	json_t *mended =
		post_text(s, "Wang Yi said that China opposes tariffs. It was on Tuesday.");
	long long article = int_at(mended, "id");
	long long found = int_at(json_array_get(json_object_get(mended, "statements"), 0), "id");
	json_decref(mended);
	only_orphan(s, 1); /* nothing has moved by itself */
	snprintf(target, sizeof target, "/v1/edits/%lld/attach", orphan);
	json_decref(ask(s, "POST", target, JSON, "{\"article\":1}", 400));
	json_decref(ask(s, "POST", target, JSON,
			"{\"article\":999,\"spans\":{\"content\":[[0,5]]}}", 404));
	snprintf(body, sizeof body,
		 "{\"article\":%lld,\"spans\":{\"content\":\"that China opposes tariffs\"}}",
		 article);
	j = ask(s, "POST", target, JSON, body, 200);
	ck_assert_int_eq(int_at(j, "statement"), found);
	ck_assert_int_eq(int_at(j, "edits"), 2);
	long long edit = int_at(j, "edit");
	json_decref(j);
	only_orphan(s, 0);
	snprintf(target, sizeof target, "/v1/statements/%lld", found);
	j = get(s, target);
	ck_assert_str_eq(text_at(json_object_get(j, "speaker"), "id"), "antony-blinken");
	ck_assert_str_eq(text_at(json_object_get(j, "stance"), "act"), "REJECT");
	ck_assert_str_eq(text_at(j, "status"), "edited");
	json_decref(j);
	undo(s, edit, "?together=true", 200);
	await_reread(s);
	ck_assert_int_gt(only_orphan(s, 1), orphan);
	j = get(s, target);
	ck_assert_str_eq(text_at(json_object_get(j, "speaker"), "id"), "wang-yi");
	json_decref(j);
	server_stop(s);
}
END_TEST

START_TEST(orphan__where_nothing_is_found__is_added_or_dropped)
{
	char target[100], body[200];
	struct server *s = server_start(NULL);
	json_t *old = post_text(s, "Wang Yi said that China opposes tariffs. It was on Monday.");
	long long id = int_at(json_array_get(json_object_get(old, "statements"), 0), "id");
	json_decref(patch(s, id, "{\"act\":\"REJECT\"}", 200));
	delete_article(s, int_at(old, "id"));
	json_decref(old);
	json_t *other = post_text(s, "The weather was fine, and the tariffs were high.");
	long long article = int_at(other, "id");
	json_decref(other);
	snprintf(target, sizeof target, "/v1/edits/%lld/attach", only_orphan(s, 1));
	snprintf(body, sizeof body,
		 "{\"article\":%lld,\"spans\":{\"content\":\"the tariffs were high\"}}", article);
	json_t *j = ask(s, "POST", target, JSON, body, 200);
	long long edit = int_at(j, "edit");
	json_decref(j);
	ck_assert_uint_eq(count_of(s, "speaker=wang-yi"), 1);
	only_orphan(s, 0);
	undo(s, edit, "?together=true", 200);
	await_reread(s);
	ck_assert_uint_eq(count_of(s, "speaker=wang-yi"), 0);
	/* Dropped, it is not in force when the text comes back. */
	only_orphan(s, 1);
	j = get(s, "/v1/edits?orphans=true");
	snprintf(target, sizeof target, "/v1/edits/%lld/drop",
		 int_at(json_array_get(json_object_get(j, "edits"), 0), "id"));
	json_decref(j);
	json_decref(ask(s, "POST", target, "", "", 200));
	json_decref(ask(s, "POST", target, "", "", 409));
	only_orphan(s, 0);
	old = post_text(s, "Wang Yi said that China opposes tariffs. It was on Monday.");
	const json_t *now = json_array_get(json_object_get(old, "statements"), 0);
	ck_assert_str_eq(text_at(now, "status"), "machine");
	json_decref(old);
	server_stop(s);
}
END_TEST

UNIT_MAIN("edits", correction__article_posted_again_read_again_restarted_deleted__is_there,
	  edit__of_another_version__is_412_and_changes_nothing,
	  tokens__scopes_and_names__who_may_and_who_it_was,
	  actors__merged__are_one_until_it_is_taken_back,
	  many__counted_first_then_changed_then_taken_back,
	  actor__split__takes_names_and_statements_until_it_is_taken_back,
	  orphan__put_into_another_article__corrects_what_is_found_there,
	  orphan__where_nothing_is_found__is_added_or_dropped)
