/* GET /v1/network over the real program: the forms, which have the same edges, and what a question
 * may not ask. */
#include <math.h>
#include <stdio.h>

#include "tests/http/json.h"
#include "tests/unit/unit.h"

static struct server *server;

static void start(void)
{
	server = server_start(NULL);
	post_dated(server, "2024-01-05", "\"We support the tariffs,\" Wang Yi said.");
	post_dated(server, "2024-01-15",
		   "\"We oppose the tariffs,\" Antony Blinken said on Monday.");
	post_dated(server, "2024-02-01", "\"We oppose the tariffs,\" Narendra Modi said.");
	post_dated(server, "2024-02-10",
		   "\"We support the tariffs,\" Chinese Foreign Minister Wang Yi said.");
	post_dated(server, "2024-05-01", "\"We want to stop fentanyl,\" Antony Blinken said.");
}

static json_t *get(const char *target)
{
	return json_of(http_get(server, target), 200);
}

static const json_t *edge_of(const json_t *net, const char *one, const char *other)
{
	size_t i;
	json_t *e;
	json_array_foreach(json_object_get(net, "edges"), i, e)
	{
		const char *source = text_at(e, "source"), *target = text_at(e, "target");
		if ((strcmp(source, one) == 0 && strcmp(target, other) == 0) ||
		    (strcmp(source, other) == 0 && strcmp(target, one) == 0))
			return e;
	}
	return NULL;
}

static double weight_of(const json_t *net, const char *one, const char *other)
{
	return json_number_value(json_object_get(edge_of(net, one, other), "weight"));
}

/* Weights are counts of what /v1/statements has for the pair. */
static long long statements(const char *speaker, const char *issue, const char *position)
{
	char target[300];
	snprintf(target, sizeof target,
		 "/v1/statements?speaker=%s&members=false&issue=%s&position=%s", speaker, issue,
		 position);
	json_t *j = get(target);
	long long n = (long long)json_array_size(json_object_get(j, "statements"));
	json_decref(j);
	return n;
}

START_TEST(network__weights__as_many_as_there_are_statements)
{
	start();
	long long wang = statements("wang-yi", "tariffs", "support"),
		  blinken = statements("antony-blinken", "tariffs", "oppose"),
		  modi = statements("narendra-modi", "tariffs", "oppose");
	ck_assert(wang >= 2 && blinken >= 1 && modi >= 1);
	json_t *j = get("/v1/network?agreement=subtract&issue=tariffs");
	ck_assert_double_eq(weight_of(j, "actor:wang-yi", "issue:tariffs"), (double)wang);
	ck_assert_double_eq(weight_of(j, "actor:narendra-modi", "issue:tariffs"), -(double)modi);
	json_decref(j);
	j = get("/v1/network?mode=actors&agreement=conflict&issue=tariffs");
	ck_assert_double_eq(weight_of(j, "actor:wang-yi", "actor:narendra-modi"),
			    (double)(wang * modi));
	ck_assert_double_eq(weight_of(j, "actor:wang-yi", "actor:antony-blinken"),
			    (double)(wang * blinken));
	ck_assert_ptr_null(edge_of(j, "actor:narendra-modi", "actor:antony-blinken"));
	json_decref(j);
	j = get("/v1/network?mode=actors&agreement=congruence&normalization=cosine&issue=tariffs");
	ck_assert_double_eq(weight_of(j, "actor:narendra-modi", "actor:antony-blinken"), 1);
	json_decref(j);
	server_stop(server);
}
END_TEST

START_TEST(network__window_and_nodes__narrow_it)
{
	start();
	json_t *j = get("/v1/network?agreement=subtract&published_from=2024-02-01");
	ck_assert_ptr_null(edge_of(j, "actor:antony-blinken", "issue:tariffs"));
	ck_assert_ptr_nonnull(edge_of(j, "actor:narendra-modi", "issue:tariffs"));
	json_decref(j);
	j = get("/v1/network?fold=true&actor_kind=country&issue=tariffs");
	ck_assert_ptr_nonnull(edge_of(j, "actor:CHN", "issue:tariffs"));
	ck_assert_ptr_null(edge_of(j, "actor:wang-yi", "issue:tariffs"));
	json_decref(j);
	j = get("/v1/network?issue=tariffs&limit=1");
	ck_assert_uint_eq(json_array_size(json_object_get(j, "edges")), 1);
	ck_assert_int_ge(int_at(j, "edges_left_out"), 2);
	json_decref(j);
	j = get("/v1/network?speaker=Nobody+Known");
	ck_assert_uint_eq(json_array_size(json_object_get(j, "nodes")), 0);
	json_decref(j);
	server_stop(server);
}
END_TEST

static struct reply get_as(const char *target, const char *type)
{
	char header[100];
	snprintf(header, sizeof header, "Accept: %s\r\n", type);
	struct reply r = http_request(server, "GET", target, header, STR_EMPTY);
	ck_assert_int_eq(r.status, 200);
	ck_assert(str_starts(reply_header(&r, "content-type"), str_of(type)));
	ck_assert(str_starts(reply_header(&r, "left-out"), STR("nodes=")));
	return r;
}

static size_t count_of(struct str body, struct str part)
{
	size_t n = 0;
	for (size_t at = 0; (at = str_find(body, part, at)) != SIZE_MAX; at += part.n)
		n++;
	return n;
}

START_TEST(network__each_form__has_the_same_nodes_and_edges)
{
	static const char target[] = "/v1/network?agreement=subtract&isolates=true&limit=1000";
	start();
	json_t *j = get(target);
	size_t nodes = json_array_size(json_object_get(j, "nodes")),
	       edges = json_array_size(json_object_get(j, "edges"));
	ck_assert(nodes > 3 && edges > 2);
	json_decref(j);
	struct reply r = get_as(target, "application/graphml+xml");
	ck_assert_uint_eq(count_of(r.body, STR("<node id=\"")), nodes);
	ck_assert_uint_eq(count_of(r.body, STR("<edge source=\"")), edges);
	ck_assert_uint_eq(count_of(r.body, STR("<data key=\"e_weight\">")), edges);
	reply_release(&r);
	r = get_as(target, "application/gexf+xml");
	ck_assert_uint_eq(count_of(r.body, STR("<node id=\"")), nodes);
	ck_assert_uint_eq(count_of(r.body, STR("<edge id=\"")), edges);
	reply_release(&r);
	r = get_as(target, "text/csv");
	ck_assert(str_starts(r.body, STR("source,target,weight,pairs,counted,neutral,support,")));
	ck_assert_uint_eq(count_of(r.body, STR("\r\n")), edges + 1);
	/* A negative weight stays a number. */
	ck_assert(str_find(r.body, STR("actor:narendra-modi,issue:tariffs,-1,"), 0) != SIZE_MAX);
	reply_release(&r);
	r = http_request(server, "GET", target, "Accept: image/png\r\n", STR_EMPTY);
	ck_assert_int_eq(r.status, 406);
	reply_release(&r);
	server_stop(server);
}
END_TEST

START_TEST(network__bad_questions__each_told)
{
	static const struct {
		const char *target, *field, *part;
	} cases[] = {
		{"/v1/network?mode=actor", "mode", "did you mean \"actors\"?"},
		{"/v1/network?mode=all", "mode", "not actor-issue, actors or issues"},
		{"/v1/network?agreement=agree", "agreement", "congruence"},
		{"/v1/network?normalization=jaccard", "normalization",
		 "not none, activity or prominence"},
		{"/v1/network?mode=issues&normalization=activity", "normalization",
		 "not none, average, jaccard or cosine"},
		{"/v1/network?duplicates=day", "duplicates", "\"duplicates\" is \"day\""},
		{"/v1/network?actor_kind=robot", "actor_kind", "person"},
		{"/v1/network?min_weight=-1", "min_weight", "a number such as"},
		{"/v1/network?min_weight=1e9", "min_weight", "a number such as"},
		{"/v1/network?nodes=2001", "nodes", "from 1 to 2000"},
		{"/v1/network?limit=0", "limit", "from 1 to 50000"},
		{"/v1/network?mode=actors&mode=issues", "mode", "given twice"},
		{"/v1/network?agrement=ignore", "agrement", "did you mean \"agreement\"?"},
		{"/v1/network?fold=yes", "fold", "true or false"},
		{"/v1/network?cursor=x", "cursor", "unknown parameter"},
	};
	start();
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		json_t *j = json_of(http_get(server, cases[i].target), 400);
		ck_assert_msg(strcmp(text_at(j, "field"), cases[i].field) == 0, "%s: field \"%s\"",
			      cases[i].target, text_at(j, "field"));
		ck_assert_msg(strstr(text_at(j, "detail"), cases[i].part) != NULL, "%s: %s",
			      cases[i].target, text_at(j, "detail"));
		json_decref(j);
	}
	json_t *j = get("/v1/network?actor_kind=!person&actor_kind=person");
	ck_assert_uint_eq(json_array_size(json_object_get(j, "nodes")), 0);
	json_decref(j);
	server_stop(server);
}
END_TEST

UNIT_MAIN("network", network__weights__as_many_as_there_are_statements,
	  network__window_and_nodes__narrow_it, network__each_form__has_the_same_nodes_and_edges,
	  network__bad_questions__each_told)
