/* Nobody can hide a request behind another: the shipped proxy and the service see the same
 * requests. Each case is sent raw to the service alone and through nginx to another one. What
 * holds:
 *
 * - The answers are the expected ones, in either way.
 * - The marker behind the case is never answered as a request of its own in one way and taken for a
 * body in the other, unless that other one refused and ended the connection.
 * - Every request that the service behind nginx saw is one that nginx saw, once: it carries nginx's
 * id for it.
 * - Those who come after over the proxy's connections get their own answers. */
#include <jansson.h>
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>

#include "tests/http/client.h"
#include "tests/smuggling/cases.h"
#include "tests/smuggling/proxy.h"
#include "tests/unit/unit.h"

/* What waits for more bytes is ended after this time by either; a case that was ended so though it
 * should not is tried again. */
#define PATIENCE   "1s"
#define LAST_ASKED "GET /demarche/version HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"

enum { TRIES = 8, ANSWERS_MAX = 1 << 20, TRANSCRIPT_MAX = 256 };

static void add_word(char *words, const char *word)
{
	size_t n = strlen(words);
	snprintf(words + n, TRANSCRIPT_MAX - n, "%s%s", n ? " " : "", word);
}

/* The value of a header in a head that ends with an empty line, or "". */
static struct str header(struct str head, const char *name)
{
	struct reply r = {.head = head};
	return reply_header(&r, name);
}

/* Cuts the body of an answer off the front of *rest. */
static struct str take_body(struct str head, int status, struct str *rest)
{
	int64_t n = 0;
	struct str body;
	if (status == 204 || status == 304) {
		n = 0;
	} else if (str_eq_nocase(header(head, "transfer-encoding"), STR("chunked"))) {
		size_t last = str_find(*rest, STR("\r\n0\r\n\r\n"), 0),
		       line = str_find(*rest, STR("\r\n"), 0);
		ck_assert(last != SIZE_MAX && line != SIZE_MAX);
		n = (int64_t)last + 7;
		body = str_sub(*rest, line + 2, last);
		*rest = str_sub(*rest, (size_t)n, rest->n);
		return body;
	} else if (!str_to_i64(header(head, "content-length"), &n) || (size_t)n > rest->n) {
		n = (int64_t)rest->n;
	}
	body = str_sub(*rest, 0, (size_t)n);
	*rest = str_sub(*rest, (size_t)n, rest->n);
	return body;
}

/* The answers in turn, in words. */
static void read_transcript(struct str all, char words[TRANSCRIPT_MAX])
{
	words[0] = '\0';
	while (all.n > 0) {
		size_t end = str_find(all, STR("\r\n\r\n"), 0);
		if (!str_starts(all, STR("HTTP/1.")) || end == SIZE_MAX) {
			add_word(words, "raw");
			return;
		}
		struct str head = str_sub(all, 0, end + 4);
		int status = (int)strtol(head.p + 9, NULL, 10);
		all = str_sub(all, end + 4, all.n);
		if (status / 100 == 1)
			continue;
		struct str body = take_body(head, status, &all);
		char word[16];
		snprintf(word, sizeof word, "%d", status);
		if (status == 200 && str_starts(body, STR("{\"jobs\":")))
			add_word(words, "jobs");
		else if (status == 200 &&
			 str_starts(body, STR("{\"name\":\"demarche\",\"version\":")))
			add_word(words, "end");
		else
			add_word(words, word);
	}
}

/* A connection with a case on its way. */
struct talk {
	int fd;
	char *p;
	size_t n;
};

static void talk_begin(struct talk *t, int port, struct str bytes)
{
	*t = (struct talk){.fd = conn_try_open(port), .p = malloc(ANSWERS_MAX)};
	ck_assert(t->fd >= 0 && t->p);
	/* Either may refuse before all was sent. */
	if (conn_try_send(t->fd, bytes))
		conn_try_send(t->fd, STR(LAST_ASKED));
}

/* Every case ends with the connection's end: by its last request, a refusal, or a time limit of the
 * other side. */
static void talk_end(struct talk *t, char words[TRANSCRIPT_MAX])
{
	for (ssize_t k = 1; k > 0; t->n += k > 0 ? (size_t)k : 0) {
		struct pollfd p = {.fd = t->fd, .events = POLLIN};
		ck_assert_msg(poll(&p, 1, WAIT_MS) > 0, "the connection stays open");
		ck_assert_uint_lt(t->n, ANSWERS_MAX);
		k = recv(t->fd, t->p + t->n, ANSWERS_MAX - t->n, 0);
	}
	conn_close(t->fd);
	read_transcript((struct str){t->p, t->n}, words);
	free(t->p);
}

static bool has(const char *words, const char *word)
{
	return strstr(words, word) != NULL;
}

/* One saw the marker as a request, the other did not and went on. */
static bool parted(const char *a, const char *b)
{
	return has(a, "jobs") != has(b, "jobs") && has(has(a, "jobs") ? b : a, "end");
}

/* What waited too long for bytes (408, or no answer) on a machine too busy to bring
 * them in time. */
static bool was_late(const char *words, const char *want)
{
	return strcmp(words, want) != 0 && (has(words, "408") || words[0] == '\0');
}

struct bed {
	struct server *alone, *behind;
	struct proxy proxy;
};

/* True when all is as expected; says what is not. */
static bool run_case(const struct bed *b, const struct smuggling_case *c)
{
	char direct[TRANSCRIPT_MAX], proxied[TRANSCRIPT_MAX];
	for (int i = 0; i < TRIES; i++) {
		struct talk d, p;
		talk_begin(&d, server_port(b->alone), c->bytes);
		talk_begin(&p, b->proxy.process.port, c->bytes);
		talk_end(&d, direct);
		talk_end(&p, proxied);
		if (!was_late(direct, c->direct) && !was_late(proxied, c->proxied))
			break;
	}
	bool is_well = strcmp(direct, c->direct) == 0 && strcmp(proxied, c->proxied) == 0;
	if (!is_well)
		fprintf(stderr,
			"%s: directly \"%s\", want \"%s\"; through the proxy \"%s\", want \"%s\"\n",
			c->name, direct, c->direct, proxied, c->proxied);
	if (parted(direct, proxied)) {
		fprintf(stderr,
			"%s: THE MARKER PASSES: directly \"%s\", through the proxy \"%s\"\n",
			c->name, direct, proxied);
		is_well = false;
	}
	return is_well;
}

/* Others over the proxy's connections: each gets what it asked for. */
static bool run_others(const struct bed *b, const struct smuggling_case *c)
{
	static const struct {
		const char *request, *words;
	} rows[] = {{"GET /demarche/v1/articles/2 HTTP/1.1\r\nHost: a\r\n\r\n", "404 end"},
		    {"GET /demarche/v1/issues?limit=1 HTTP/1.1\r\nHost: a\r\n\r\n", "200 end"}};
	bool is_well = true;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char words[TRANSCRIPT_MAX];
		struct talk t;
		talk_begin(&t, b->proxy.process.port, str_of(rows[i].request));
		talk_end(&t, words);
		if (strcmp(words, rows[i].words) != 0) {
			fprintf(stderr, "%s: others after it got \"%s\", want \"%s\"\n", c->name,
				words, rows[i].words);
			is_well = false;
		}
	}
	return is_well;
}

/* The ids of the requests that the service logged are among those that nginx gave, none twice. */
static int count_strangers(const char *service_log, const char *proxy_log)
{
	static const char begins[] = "\"message\":\"request\",\"id\":\"";
	int strangers = 0;
	json_t *seen = json_object();
	for (const char *at = service_log; (at = strstr(at, begins)) != NULL;) {
		char id[128];
		at += sizeof begins - 1;
		snprintf(id, sizeof id, "%.*s", (int)strcspn(at, "\""), at);
		if (!strstr(proxy_log, id) || json_object_get(seen, id)) {
			fprintf(stderr,
				"the service saw a request that the proxy did not send: %.*s\n",
				(int)strcspn(at, "\n"), at);
			strangers++;
		}
		json_object_set_new(seen, id, json_true());
	}
	ck_assert_uint_gt(json_object_size(seen), smuggling_case_count);
	json_decref(seen);
	return strangers;
}

static void bed_open(struct bed *b)
{
	const char *const args[] = {"--base-path", "/demarche", "--body-timeout",    PATIENCE,
				    "--gzip",	   "off",	"--trusted-proxies", "127.0.0.1",
				    NULL};
	b->alone = server_start(args);
	b->behind = server_start(args);
	proxy_start(&b->proxy, server_port(b->behind), PATIENCE);
}

START_TEST(proxy_and_service_agree__on_ambiguous_requests__about_their_ends)
{
	struct bed b;
	int failed = 0;
	bed_open(&b);
	for (size_t i = 0; i < smuggling_case_count; i++)
		failed += !run_case(&b, &smuggling_cases[i]) + !run_others(&b, &smuggling_cases[i]);
	/* The service logs in turn: with this one, all of them are there; nginx logs before it ends
	 * a connection. */
	char words[TRANSCRIPT_MAX];
	struct talk t;
	talk_begin(&t, b.proxy.process.port,
		   STR("GET /demarche/v1/articles/99999 HTTP/1.1\r\nHost: a\r\n\r\n"));
	talk_end(&t, words);
	ck_assert_str_eq(words, "404 end");
	char *service_log = server_await_log(b.behind, "/demarche/v1/articles/99999"),
	     *nginx_log = proxy_log(&b.proxy);
	failed += count_strangers(service_log, nginx_log);
	free(service_log);
	free(nginx_log);
	proxy_stop(&b.proxy);
	server_stop(b.behind);
	server_stop(b.alone);
	ck_assert_msg(failed == 0, "%d of %zu cases failed", failed, smuggling_case_count);
}
END_TEST

UNIT_MAIN("smuggling", proxy_and_service_agree__on_ambiguous_requests__about_their_ends)
