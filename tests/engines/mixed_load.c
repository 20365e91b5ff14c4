/* What clients do, and what they must be told. */
#include "tests/engines/mixed_load.h"

#include <jansson.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tests/http/json.h"

enum {
	BATCH = 100, /* articles that share a word */
	PAGE = 20,
	PATIENCE_MS = 2000,
	PAUSE_MS = 5,
	TARGET_MAX = 256,
};

static void sleep_ms(int ms)
{
	usleep((useconds_t)ms * 1000);
}

static int roll(struct load_client *c, int sides)
{
	return (int)((unsigned)rand_r(&c->dice) % (unsigned)sides);
}

/* --- requests --- */

static int some_port(struct load_client *c)
{
	for (;;) {
		int port = atomic_load(&c->load->ports[roll(c, LOAD_COPIES)]);
		if (port)
			return port;
		sleep_ms(PAUSE_MS);
	}
}

/* Status 0 when there was no whole answer, or none in some time. */
static struct reply ask(int port, const char *method, const char *target, const char *body)
{
	struct reply r = {0};
	char request[1024];
	int n = snprintf(request, sizeof request,
			 "%s %s HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
			 "Content-Length: %zu\r\nConnection: close\r\n\r\n%s",
			 method, target, strlen(body), body);
	int fd = conn_try_open(port);
	struct pollfd p = {.fd = fd, .events = POLLIN};
	if (fd >= 0 && conn_try_send(fd, (struct str){request, (size_t)n}) &&
	    poll(&p, 1, PATIENCE_MS) > 0)
		r = conn_reply(fd, method);
	if (fd >= 0)
		conn_close(fd);
	if (r.is_cut)
		r.status = 0;
	return r;
}

/* Of one who cannot now, or whose connection to the server went. */
static bool is_refused(struct load_client *c, struct reply *r)
{
	if (r->status && r->status < 500)
		return false;
	atomic_fetch_add(&c->load->refused, 1);
	reply_release(r);
	return true;
}

/* Until it is answered, by any copy; *tries are how often it was asked for. */
static struct reply insist(struct load_client *c, const char *method, const char *target,
			   const char *body, int *tries)
{
	for (*tries = 1;; ++*tries) {
		struct reply r = ask(some_port(c), method, target, body);
		if (!is_refused(c, &r)) {
			atomic_fetch_add(&c->load->writes, 1);
			return r;
		}
		sleep_ms(PAUSE_MS);
	}
}

/* NULL where it was refused. */
static json_t *question(struct load_client *c, const char *target, int status)
{
	struct reply r = ask(some_port(c), "GET", target, "");
	if (is_refused(c, &r))
		return NULL;
	atomic_fetch_add(&c->load->questions, 1);
	ck_assert_msg(r.status == status, "%s: status %d, want %d: %.*s", target, r.status, status,
		      STR_ARG(r.body));
	return json_of(r, status);
}

/* --- writes --- */

/* The word of an article's batch. */
static void word_of(const struct load_client *c, int i, char out[32])
{
	if (i < 0)
		snprintf(out, 32, "c%dlater", c->number);
	else
		snprintf(out, 32, "c%dnow%d", c->number, i / BATCH);
}

static void post(struct load_client *c, bool is_later)
{
	char body[512], word[32];
	struct load_item item = {0};
	int tries, i = c->n;
	ck_assert_int_lt(i, LOAD_ITEMS_MAX);
	word_of(c, is_later ? -1 : i, word);
	snprintf(body, sizeof body,
		 "{\"published_at\":\"2024-04-26\",\"text\":\"“The levy on sugar must go, as item "
		 "%d of %s says,” Wang Yi said.\"}",
		 i, word);
	atomic_fetch_add(&c->load->stored_from, 1);
	struct reply r = insist(c, "POST", is_later ? "/v1/articles?later=true" : "/v1/articles",
				body, &tries);
	json_t *j = json_of(r, r.status == 200 ? 200 : is_later ? 202 : 201);
	json_t *statements = json_object_get(j, "statements");
	item.id = int_at(j, "id");
	item.may_come = tries > 1;
	if (!is_later) {
		ck_assert_uint_eq(json_array_size(statements), 1);
		item.statement = int_at(json_array_get(statements, 0), "id");
		atomic_fetch_add(&c->load->stored, 1);
	}
	json_decref(j);
	c->n_later += is_later;
	c->v[c->n++] = item;
}

static void post_now(struct load_client *c)
{
	post(c, false);
}

static void post_later(struct load_client *c)
{
	post(c, true);
}

/* One that was read when it was posted and is there, at random; NULL where dice found none. */
static struct load_item *some_item(struct load_client *c)
{
	struct load_item *item = c->n ? &c->v[roll(c, c->n)] : NULL;
	return item && item->statement && !item->is_gone ? item : NULL;
}

static void correct(struct load_client *c)
{
	char target[TARGET_MAX];
	int tries;
	struct load_item *item = some_item(c);
	if (!item)
		return;
	snprintf(target, sizeof target, "/v1/statements/%lld", item->statement);
	struct reply r = insist(c, "PATCH", target, "{\"speaker\":\"CHN\"}", &tries);
	json_decref(json_of(r, 200));
	item->is_corrected = true;
}

static void drop(struct load_client *c)
{
	char target[TARGET_MAX];
	int tries;
	struct load_item *item = some_item(c);
	if (!item || item->may_come)
		return;
	snprintf(target, sizeof target, "/v1/articles/%lld", item->id);
	atomic_fetch_add(&c->load->gone_from, 1);
	struct reply r = insist(c, "DELETE", target, "", &tries);
	ck_assert_msg(r.status == 204 || (r.status == 404 && tries > 1), "%s: status %d", target,
		      r.status);
	reply_release(&r);
	item->is_gone = true;
	atomic_fetch_add(&c->load->gone, 1);
}

/* --- questions --- */

enum { ALL = -1 };

/* The statements of a batch that the database has, newest first: all of them, or those that were
 * corrected (1), or were not (0). */
static size_t expected(const struct load_client *c, int i, int is_corrected, long long out[BATCH])
{
	size_t n = 0;
	int from = i / BATCH * BATCH;
	for (int k = from + BATCH < c->n ? from + BATCH : c->n; k-- > from;) {
		const struct load_item *item = &c->v[k];
		if (item->statement && !item->is_gone &&
		    (is_corrected == ALL || item->is_corrected == (bool)is_corrected))
			out[n++] = item->statement;
	}
	return n;
}

/* A page is the next of these; the number on it. */
static size_t same_rows(const char *target, const json_t *page, const long long *want, size_t n)
{
	json_t *rows = json_object_get(page, "statements");
	size_t most = n < PAGE ? n : PAGE, got = json_array_size(rows);
	for (size_t i = 0; i < most && i < got; i++)
		ck_assert_msg(int_at(json_array_get(rows, i), "id") == want[i],
			      "%s: row %zu is %lld, want %lld", target, i,
			      int_at(json_array_get(rows, i), "id"), want[i]);
	ck_assert_msg(got == most, "%s: %zu rows, want %zu", target, got, most);
	return got;
}

/* Two pages of the list, the second by what the first says is next. */
static void ask_pages(struct load_client *c, const char *target, const long long *want, size_t n)
{
	char next[2 * TARGET_MAX];
	json_t *page = question(c, target, 200);
	if (!page)
		return;
	size_t got = same_rows(target, page, want, n);
	const char *cursor = text_at(page, "next");
	snprintf(next, sizeof next, "%s&cursor=%s", target, cursor);
	json_t *other = *cursor ? question(c, next, 200) : NULL;
	ck_assert_msg(*cursor || got == n, "%s: no next page", target);
	if (other)
		same_rows(next, other, want + got, n - got);
	json_decref(other);
	json_decref(page);
}

static void ask_page(struct load_client *c)
{
	char target[TARGET_MAX], word[32];
	long long want[BATCH];
	int i = roll(c, c->n);
	word_of(c, i, word);
	snprintf(target, sizeof target, "/v1/statements?text=%s&fields=id&limit=%d", word, PAGE);
	ask_pages(c, target, want, expected(c, i, ALL, want));
}

/* In words. Of fewer than three rows more would be looked for. */
static void ask_words(struct load_client *c)
{
	char target[TARGET_MAX], word[32];
	long long want[BATCH];
	int i = roll(c, c->n);
	size_t n = expected(c, i, 0, want);
	word_of(c, i, word);
	snprintf(target, sizeof target,
		 "/v1/query?q=statements%%20by%%20Wang%%20Yi&text=%s&fields=id&limit=%d", word,
		 PAGE);
	if (n >= 3)
		ask_pages(c, target, want, n);
}

static void ask_phrase(struct load_client *c)
{
	char target[TARGET_MAX], word[32];
	int i = roll(c, c->n);
	const struct load_item *item = &c->v[i];
	word_of(c, i, word);
	snprintf(target, sizeof target,
		 "/v1/statements?text=%%22item%%20%d%%20of%%20%s%%22&fields=id&limit=%d", i, word,
		 PAGE);
	ask_pages(c, target, &item->statement, item->statement && !item->is_gone);
}

/* The number of statements that fit; -1 where it was refused, or took too long. */
static long long ask_count(struct load_client *c, const char *conditions)
{
	char target[TARGET_MAX];
	snprintf(target, sizeof target, "/v1/stats?%s", conditions);
	json_t *j = question(c, target, 200);
	long long n =
		j && !json_is_true(json_object_get(j, "is_partial")) ? int_at(j, "total") : -1;
	json_decref(j);
	return n;
}

static void ask_batch(struct load_client *c)
{
	char conditions[TARGET_MAX], word[32];
	long long want[BATCH];
	int i = roll(c, c->n), is_corrected = roll(c, 2) ? 1 : ALL;
	word_of(c, i, word);
	snprintf(conditions, sizeof conditions, "text=%s%s", word,
		 is_corrected == 1 ? "&speaker=CHN&members=false" : "");
	long long n = (long long)expected(c, i, is_corrected, want), got = ask_count(c, conditions);
	ck_assert_msg(got == n || got < 0, "%s: %lld, want %lld", conditions, got, n);
}

/* All that is there: what was done before the question, and at most what was begun by its end. */
static void ask_all(struct load_client *c)
{
	struct load *l = c->load;
	int stored = atomic_load(&l->stored), gone = atomic_load(&l->gone);
	long long n = ask_count(c, "");
	int least = stored - atomic_load(&l->gone_from), most = atomic_load(&l->stored_from) - gone;
	ck_assert_msg(n < 0 || (n >= least && n <= most),
		      "a copy counts %lld statements, there are %d to %d", n, least, most);
}

/* What was read once stays. */
static void ask_later(struct load_client *c)
{
	char conditions[TARGET_MAX], word[32];
	word_of(c, -1, word);
	snprintf(conditions, sizeof conditions, "text=%s", word);
	long long n = ask_count(c, conditions);
	ck_assert_msg(n < 0 || (n >= c->later_seen && n <= c->n_later),
		      "%s: %lld of %d, before it were %d", conditions, n, c->n_later,
		      c->later_seen);
	if (n > 0)
		c->later_seen = (int)n;
}

static void ask_article(struct load_client *c)
{
	char target[TARGET_MAX];
	const struct load_item *item = &c->v[roll(c, c->n)];
	snprintf(target, sizeof target, "/v1/articles/%lld", item->id);
	json_decref(question(c, target, item->is_gone ? 404 : 200));
}

static void ask_statement(struct load_client *c)
{
	char target[TARGET_MAX];
	const struct load_item *item = some_item(c);
	if (!item)
		return;
	snprintf(target, sizeof target, "/v1/statements/%lld", item->statement);
	json_t *j = question(c, target, 200);
	if (j)
		ck_assert_str_eq(text_at(json_object_get(j, "speaker"), "id"),
				 item->is_corrected ? "CHN" : "wang-yi");
	json_decref(j);
}

/* --- clients --- */

/* How often, of SHARES; questions after what is stored. */
enum { WRITES = 46, SHARES = 100, FIRST = 20 };
static const struct {
	int share;
	void (*run)(struct load_client *c);
} acts[] = {{30, post_now}, {5, post_later}, {6, correct},     {5, drop},
	    {10, ask_page}, {6, ask_words},  {6, ask_phrase},  {8, ask_batch},
	    {6, ask_all},   {4, ask_later},  {8, ask_article}, {6, ask_statement}};

static void *run_client(void *p)
{
	struct load_client *c = p;
	int from = c->number == LOAD_CLIENTS - 1 ? WRITES : 0;
	for (int i = 0; i < FIRST; i++)
		post_now(c);
	while (!atomic_load(&c->load->is_over)) {
		size_t i = 0;
		for (int at = from + roll(c, SHARES - from); at >= acts[i].share; i++)
			at -= acts[i].share;
		acts[i].run(c);
	}
	return NULL;
}

void load_start(struct load *l)
{
	for (int i = 0; i < LOAD_CLIENTS; i++) {
		struct load_client *c = &l->clients[i];
		*c = (struct load_client){.load = l, .number = i, .dice = (unsigned)i + 1};
		ck_assert_int_eq(pthread_create(&c->thread, NULL, run_client, c), 0);
	}
}

void load_stop(struct load *l)
{
	atomic_store(&l->is_over, true);
	for (int i = 0; i < LOAD_CLIENTS; i++)
		pthread_join(l->clients[i].thread, NULL);
}

void load_await_later(struct load *l)
{
	for (int i = 0; i < LOAD_CLIENTS; i++) {
		struct load_client *c = &l->clients[i];
		for (int ms = 0; c->later_seen < c->n_later; ms += 20) {
			ck_assert_msg(ms < WAIT_MS, "%d of %d articles were read later",
				      c->later_seen, c->n_later);
			ask_later(c);
			sleep_ms(20);
		}
	}
}

/* --- in the end --- */

static int count_articles(struct fixture *f)
{
	struct reader *r = fixture_reader(f);
	struct arena a;
	struct article_list list;
	int64_t next = 0;
	int n = 0;
	arena_init(&a, (size_t)1 << 30);
	do {
		struct article_query q = {.published_after = DAY_NONE,
					  .published_before = DAY_NONE,
					  .limit = 1000,
					  .after = next};
		assert_ok(store_articles(r, &q, &a, &list, &next, &f->e), f->e);
		n += (int)list.n;
	} while (next);
	reader_return(r);
	arena_release(&a);
	return n;
}

void load_compare(struct load *l, struct fixture *f)
{
	int there = 0;
	struct store_options o = fixture_options(f);
	f->store = store_open_reading(&o, &f->e);
	ck_assert_msg(f->store != NULL, "%s", f->e.message);
	for (int i = 0; i < LOAD_CLIENTS; i++) {
		const struct load_client *c = &l->clients[i];
		for (int k = 0; k < c->n; k++) {
			char want[96], word[32];
			if (c->v[k].is_gone)
				continue;
			struct article a = fixture_article(f, c->v[k].id);
			word_of(c, c->v[k].statement ? k : -1, word);
			snprintf(want, sizeof want, "item %d of %s says", k, word);
			ck_assert_msg(memmem(a.text.p, a.text.n, want, strlen(want)) != NULL,
				      "%lld is not \"%s\"", c->v[k].id, want);
			there++;
		}
	}
	ck_assert_int_eq(count_articles(f), there); /* each once */
}
