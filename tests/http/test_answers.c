/* Answers that are kept against answers that are not: after random writes (articles posted and
 * deleted, corrections, renames, merges, what is taken back, issues and the reading again after
 * them) each question is asked three times: twice as a client does, then past the cache
 * ("Cache-Control: no-cache"), and all three are the same, head and body; while other threads ask
 * the same questions all the time, so that answers are made while transactions commit. What is
 * written and asked follows from ANSWERS_SEED. 2000 questions, or as many as ANSWERS says; with
 * ANSWERS_SECONDS fewer, if time is over before. `make check-answers` asks 500,000. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/date.h"
#include "tests/http/json.h"
#include "tests/unit/unit.h"

enum { READERS = 2, A_ROUND = 25, ARTICLES_MAX = 12, CHANGES_MAX = 64, TRIES = 10 };

/* Without those that look through titles, which end by their time and say so by nothing but a
 * cursor.
 */
static const char *const questions[] = {
	"/v1/statements",
	"/v1/statements?limit=3",
	"/v1/statements?limit=3&sort=oldest",
	"/v1/statements?speaker=wang-yi",
	"/v1/statements?speaker=china",
	"/v1/statements?speaker=Wang%20Yi&issue=tariffs",
	"/v1/statements?text=tariffs",
	"/v1/statements?issue=taiwan&position=oppose",
	"/v1/statements?speaker=nobody",
	"/v1/statements?min_confidence=0.5",
	"/v1/query?q=what%20does%20China%20say%20about%20tariffs",
	"/v1/query?q=who%20opposes%20tariffs",
	"/v1/query?q=Blinken%20on%20Taiwan%20this%20month",
	"/v1/query?q=how%20many%20statements%20by%20Wang%20Yi",
	"/v1/articles",
	"/v1/articles?outlet=Outlet%201",
	"/v1/actors",
	"/v1/actors/wang-yi",
	"/v1/actors/antony-blinken",
	"/v1/issues?limit=20",
	"/v1/issues/kites",
	"/v1/facets?budget_ms=10000",
	"/v1/facets?speaker=china&budget_ms=10000",
	"/v1/stats",
	"/v1/stats.csv?by=speaker",
	"/v1/stats?by=speaker",
	"/v1/stats?by=country,position",
	"/v1/grid?a=China&b=United%20States",
	"/v1/silences?a=China&b=United%20States",
	"/v1/network",
	"/v1/positions?speaker=china&issue=tariffs",
	"/v1/suggest?q=wang&budget_ms=10000",
	"/v1/suggest?q=ta&budget_ms=10000",
	"/v1/outlets",
	"/v1/edits",
	"/v1/queue",
	"/v1/changes?speaker=china&issue=tariffs",
	"/v1/feed",
	"/v1/feed.atom",
	"/v1/feed.json",
	"/v1/verify?text=China%20opposes%20tariffs",
};
enum { QUESTIONS = sizeof questions / sizeof questions[0] };

/* Headers beside which each may be asked. */
static const char *const manners[] = {
	"",
	"",
	"Accept-Encoding: gzip\r\n",
	"Accept-Encoding: br, gzip;q=0.5\r\n",
	"Accept: application/json, */*;q=0.1\r\n",
};
enum { MANNERS = sizeof manners / sizeof manners[0] };

static uint64_t from_environment(const char *name, uint64_t otherwise)
{
	const char *given = getenv(name);
	return given && *given ? strtoull(given, NULL, 10) : otherwise;
}

/* splitmix64 */
static uint32_t below(uint64_t *random, uint32_t n)
{
	uint64_t z = *random += 0x9e3779b97f4a7c15ULL;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
	return (uint32_t)((z ^ (z >> 31)) % n);
}

/* A connection that is read without looking into what comes, as the harness does: there are
 * millions of answers to compare. */
struct line {
	int fd;
	struct buf in;
};

struct got {
	int status;
	struct str head, body; /* until the next question on the line */
};

static void line_open(struct line *l, const struct server *s)
{
	l->fd = conn_open(s);
	buf_init(&l->in, 64 << 20);
}

static void line_close(struct line *l)
{
	conn_close(l->fd);
	buf_release(&l->in);
}

static void read_more(struct line *l)
{
	char *room = buf_reserve(&l->in, 65536);
	ssize_t n = room ? recv(l->fd, room, 65536, 0) : -1;
	ck_assert_msg(n > 0, "the connection ended within an answer");
	l->in.n += (size_t)n;
}

static struct str value_of(struct str head, const char *name)
{
	size_t at = str_find(head, str_of(name), 0);
	if (at == SIZE_MAX)
		return STR_EMPTY;
	size_t end = str_find(head, STR("\r\n"), at);
	return str_sub(head, at + strlen(name), end);
}

static struct got line_ask(struct line *l, const char *target, const char *headers)
{
	char request[600];
	int64_t length = 0;
	size_t end;
	snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: a\r\n%s\r\n", target, headers);
	conn_send(l->fd, str_of(request));
	buf_clear(&l->in);
	while ((end = str_find(buf_str(&l->in), STR("\r\n\r\n"), 0)) == SIZE_MAX)
		read_more(l);
	end += 4;
	struct str head = str_sub(buf_str(&l->in), 0, end);
	struct got g = {.status = (int)strtol(head.p + strlen("HTTP/1.1 "), NULL, 10)};
	if (g.status != 304)
		ck_assert(str_to_i64(value_of(head, "Content-Length: "), &length));
	while (l->in.n < end + (size_t)length)
		read_more(l);
	g.head = str_sub(buf_str(&l->in), 0, end);
	g.body = str_sub(buf_str(&l->in), end, l->in.n);
	return g;
}

struct trial {
	struct server *s;
	uint64_t random;
	struct line lines[3];
	long long articles[ARTICLES_MAX];
	int n_articles;
	long long changes[CHANGES_MAX]; /* that may be taken back */
	int n_changes;
	unsigned long number;	      /* of articles so far */
	double commits;		      /* as last seen */
	uint64_t questions, compared; /* answers as clients got them, with those anew */
	atomic_bool is_writing, is_over;
};

/* --- writing --- */

static json_t *change(struct trial *t, const char *method, const char *target, const char *body)
{
	struct reply r =
		http_request(t->s, method, target,
			     *body ? "Content-Type: application/json\r\n" : "", str_of(body));
	ck_assert_msg(r.status > 0 && r.status < 500, "%s %s: %d %.*s", method, target, r.status,
		      STR_ARG(r.body));
	json_t *j = json_loadb(r.body.p, r.body.n, 0, NULL);
	reply_release(&r);
	return j;
}

/* An edit that was made may be taken back later. */
static void note(struct trial *t, json_t *answer)
{
	long long edit = int_at(answer, "edit");
	if (edit > 0)
		t->changes[t->n_changes++ % CHANGES_MAX] = edit;
	json_decref(answer);
}

static void post(struct trial *t)
{
	static const char *const who[] = {"Wang Yi", "Antony Blinken", "Ursula von der Leyen",
					  "Ann Lee", "Sergei Lavrov"},
				 *const verb[] = {"said", "said on Monday", "denied", "warned"},
				 *const what[] = {
					 "China opposes tariffs",
					 "the United States supports Taiwan", "kites must be free",
					 "sanctions on Russia are wrong", "talks on trade go on"};
	char body[600];
	snprintf(body, sizeof body,
		 "{\"published_at\":\"2024-%02u-%02u\",\"outlet\":\"Outlet %u\",\"title\":\"Talks "
		 "%lu\",\"text\":\"%s %s that %s. %s %s that %s, number %lu.\"}",
		 1 + below(&t->random, 12), 1 + below(&t->random, 28), below(&t->random, 3),
		 t->number, who[below(&t->random, 5)], verb[below(&t->random, 4)],
		 what[below(&t->random, 5)], who[below(&t->random, 5)], verb[below(&t->random, 4)],
		 what[below(&t->random, 5)], t->number);
	t->number++;
	json_t *j = change(t, "POST", "/v1/articles", body);
	t->articles[t->n_articles++] = int_at(j, "id");
	json_decref(j);
}

static void drop(struct trial *t)
{
	char target[100];
	int i = (int)below(&t->random, (uint32_t)t->n_articles);
	snprintf(target, sizeof target, "/v1/articles/%lld%s", t->articles[i],
		 below(&t->random, 2) ? "?purge=true" : "");
	json_decref(change(t, "DELETE", target, ""));
	snprintf(target, sizeof target, "/v1/articles/%lld", t->articles[i]);
	json_decref(change(t, "DELETE", target, ""));
	t->articles[i] = t->articles[--t->n_articles];
}

static void correct(struct trial *t)
{
	static const char *const bodies[] = {
		"{\"status\":\"confirmed\"}",
		"{\"status\":\"rejected\"}",
		"{\"speaker\":\"wang-yi\"}",
		"{\"speaker\":\"CHN\"}",
		"{\"issues\":[{\"id\":\"tariffs\",\"position\":\"oppose\"}]}",
		"{\"issues\":[{\"id\":\"taiwan\",\"position\":\"support\"}]}",
	};
	char target[100];
	snprintf(target, sizeof target, "/v1/articles/%lld/statements",
		 t->articles[below(&t->random, (uint32_t)t->n_articles)]);
	json_t *j = json_of(http_get(t->s, target), 200), *list = json_object_get(j, "statements");
	size_t n = json_array_size(list);
	long long id = n ? int_at(json_array_get(list, below(&t->random, (uint32_t)n)), "id") : 0;
	json_decref(j);
	if (!id)
		return;
	snprintf(target, sizeof target, "/v1/statements/%lld", id);
	note(t, change(t, "PATCH", target, bodies[below(&t->random, 6)]));
}

static void rename_actor(struct trial *t)
{
	char target[100], body[100];
	snprintf(target, sizeof target, "/v1/actors/%s",
		 below(&t->random, 2) ? "wang-yi" : "antony-blinken");
	snprintf(body, sizeof body, "{\"name\":\"Minister %u\"}", below(&t->random, 4));
	note(t, change(t, "PATCH", target, body));
	await_reread(t->s);
}

static void merge(struct trial *t)
{
	note(t, change(t, "POST", "/v1/actors/wang-yi/merge", "{\"into\":\"antony-blinken\"}"));
	await_reread(t->s);
}

static void take_back(struct trial *t)
{
	char target[100];
	int n = t->n_changes < CHANGES_MAX ? t->n_changes : CHANGES_MAX;
	if (n == 0)
		return;
	snprintf(target, sizeof target, "/v1/edits/%lld/undo",
		 t->changes[below(&t->random, (uint32_t)n)]);
	note(t, change(t, "POST", target, ""));
	await_reread(t->s);
}

static void change_issue(struct trial *t)
{
	static const char *const bodies[] = {"{\"label\":\"kites\"}",
					     "{\"label\":\"Kites\",\"terms\":[\"kites\"]}",
					     "{\"label\":\"kites\",\"terms\":[\"talks\"]}"};
	switch (below(&t->random, 3)) {
	case 0:
		json_decref(change(t, "POST", "/v1/issues", bodies[below(&t->random, 3)]));
		break;
	case 1:
		json_decref(change(t, "PUT", "/v1/issues/kites", bodies[below(&t->random, 3)]));
		break;
	default:
		json_decref(change(t, "DELETE", "/v1/issues/kites", ""));
	}
	await_reread(t->s);
}

static void write_something(struct trial *t)
{
	uint32_t what = below(&t->random, 100);
	if (t->n_articles < 2 || (what < 40 && t->n_articles < ARTICLES_MAX))
		post(t);
	else if (what < 55 || t->n_articles == ARTICLES_MAX)
		drop(t);
	else if (what < 85)
		correct(t);
	else if (what < 94)
		take_back(t);
	else if (what < 96)
		rename_actor(t);
	else if (what < 98)
		merge(t);
	else
		change_issue(t);
}

/* --- asking --- */

static struct str next_line(struct str *rest)
{
	struct str line = STR_EMPTY;
	str_split(rest, '\n', &line);
	return line;
}

static double metric(struct trial *t, const char *name)
{
	struct reply r = http_get(t->s, "/metrics");
	struct str rest = r.body, line, value = STR_EMPTY;
	while (str_split(&rest, '\n', &line))
		if (str_starts(line, str_of(name)))
			value = str_sub(line, strlen(name) + 1, line.n);
	char text[40];
	snprintf(text, sizeof text, "%.*s", STR_ARG(value));
	reply_release(&r);
	return strtod(text, NULL);
}

/* Has anything been committed since the last look? Reading again may go on for a moment when its
 * job says that it has ended. */
static bool has_moved(struct trial *t)
{
	double commits = metric(t, "demarche_commits");
	bool moved = commits != t->commits;
	t->commits = commits;
	return moved;
}

/* But for when it was, and which request. */
static bool is_same_head(const struct got *a, const struct got *b)
{
	struct str x = a->head, y = b->head;
	while (x.n || y.n) {
		struct str one = next_line(&x), other = next_line(&y);
		bool may_differ =
			(str_starts(one, STR("Date:")) && str_starts(other, STR("Date:"))) ||
			(str_starts(one, STR("X-Request-Id:")) &&
			 str_starts(other, STR("X-Request-Id:")));
		if (!may_differ && !str_eq(one, other))
			return false;
	}
	return true;
}

/* Ended by the time it took, which is another one each time. */
static bool is_partial(const struct got *g)
{
	return str_find(g->body, STR("\"is_partial\":true"), 0) != SIZE_MAX;
}

static bool is_same(const struct got *a, const struct got *b)
{
	if (a->status != b->status)
		return false;
	if (is_partial(a) || is_partial(b) || b->status != 200) /* problems tell the request */
		return true;
	return is_same_head(a, b) && str_eq(a->body, b->body);
}

/* What the client has already is not sent again. */
static void check_known(struct trial *t, const char *target, const char *manner,
			const struct got *anew)
{
	char headers[300];
	struct str tag = value_of(anew->head, "ETag: ");
	if (anew->status != 200 || tag.n == 0 || is_partial(anew))
		return;
	snprintf(headers, sizeof headers, "%sIf-None-Match: %.*s\r\n", manner, STR_ARG(tag));
	struct got g = {0};
	for (int i = 0; i < TRIES && g.status != 304; i++) {
		g = line_ask(&t->lines[0], target, headers);
		if (g.status != 304 && has_moved(t))
			return;
	}
	ck_assert_msg(g.status == 304, "%s: %d, not 304", target, g.status);
	ck_assert(str_eq(value_of(g.head, "ETag: "), tag));
}

static const char *choose(struct trial *t, char room[100])
{
	uint32_t i = below(&t->random, QUESTIONS + 3);
	if (i < QUESTIONS)
		return questions[i];
	snprintf(room, 100, i == QUESTIONS ? "/v1/articles/%lld/statements" : "/v1/articles/%lld",
		 t->articles[below(&t->random, (uint32_t)t->n_articles)]);
	return room;
}

static void tell_difference(const char *target, const struct got *kept, const struct got *anew)
{
	fprintf(stderr, "kept:\n%.*s%.*s\nanew:\n%.*s%.*s\n", STR_ARG(kept->head),
		STR_ARG(kept->body), STR_ARG(anew->head), STR_ARG(anew->body));
	ck_abort_msg("%s: the answer is not the one anew", target);
}

static bool is_right(const struct got *first, const struct got *second, const struct got *anew)
{
	return is_same(first, anew) && is_same(second, anew);
}

static void check_one(struct trial *t)
{
	char room[100], past[200];
	const char *target = choose(t, room), *manner = manners[below(&t->random, MANNERS)];
	snprintf(past, sizeof past, "%sCache-Control: no-cache\r\n", manner);
	for (int tries = TRIES;;) {
		struct got first = line_ask(&t->lines[0], target, manner),
			   second = line_ask(&t->lines[1], target, manner),
			   anew = line_ask(&t->lines[2], target, past);
		ck_assert_msg(anew.status != 400 && anew.status < 500, "%s: %d %.*s", target,
			      anew.status, STR_ARG(anew.body));
		/* Anew it may be one that its time cut short: what is kept is never. On a machine
		 * with much else to do that may be so for seconds. */
		while (!is_right(&first, &second, &anew) && !has_moved(t) && --tries > 0) {
			nanosleep(&(struct timespec){.tv_nsec = 100000000 / tries}, NULL);
			anew = line_ask(&t->lines[2], target, past);
		}
		if (tries == 0)
			tell_difference(target, is_same(&first, &anew) ? &second : &first, &anew);
		if (!is_right(&first, &second, &anew))
			continue;
		t->compared += 2;
		if (below(&t->random, 4) == 0)
			check_known(t, target, manner, &anew);
		return;
	}
}

/* Asks as long as the trial goes on: nobody looks at what comes. */
static void *ask_on(void *trial)
{
	static atomic_uint_fast64_t number;
	struct trial *t = trial;
	uint64_t random = atomic_fetch_add(&number, 1);
	struct line l;
	line_open(&l, t->s);
	while (!atomic_load(&t->is_over)) {
		line_ask(&l, questions[below(&random, QUESTIONS)],
			 manners[below(&random, MANNERS)]);
		/* Most while answers change under the reader's hands; others need time, too. */
		nanosleep(&(struct timespec){.tv_nsec = atomic_load(&t->is_writing) ? 300000
										    : 5000000},
			  NULL);
	}
	line_close(&l);
	return NULL;
}

static void ask_all(struct trial *t)
{
	uint64_t most = from_environment("ANSWERS", 2000);
	uint64_t seconds = from_environment("ANSWERS_SECONDS", 1000000);
	int64_t until_ns = now_monotonic_ns() + (int64_t)seconds * 1000000000;
	for (; t->questions < most && now_monotonic_ns() < until_ns; t->questions++) {
		if (t->questions % A_ROUND == 0) {
			atomic_store(&t->is_writing, true);
			write_something(t);
			atomic_store(&t->is_writing, false);
			(void)has_moved(t);
		}
		check_one(t);
	}
}

/* Room that was bounded, and answers that came from there: else nothing was looked at. */
static void check_cache(struct trial *t)
{
	double hits = metric(t, "demarche_answer_cache_hits_total");
	double misses = metric(t, "demarche_answer_cache_misses_total");
	double statements = metric(t, "demarche_statement_cache_hits_total");
	if (getenv("ANSWERS"))
		fprintf(stderr,
			"%llu questions, %.0f writes, %llu answers compared, none wrong; %.0f "
			"hits, "
			"%.0f misses, %.0f statements\n",
			(unsigned long long)t->questions, metric(t, "demarche_writes_total"),
			(unsigned long long)t->compared, hits, misses, statements);
	ck_assert_msg(hits > (double)t->questions / 2, "%.0f hits", hits);
	ck_assert_msg(statements > (double)t->questions / 4, "%.0f statements kept", statements);
	ck_assert_msg(metric(t, "demarche_at_hand_total") > 0, "no list was made without a worker");
	ck_assert(metric(t, "demarche_answer_cache_bytes") +
			  metric(t, "demarche_statement_cache_bytes") <=
		  1600 * 1024);
}

START_TEST(answers_kept__random_writes__are_what_the_store_says)
{
	static struct trial t;
	pthread_t readers[READERS];
	t.random = from_environment("ANSWERS_SEED", 1);
	/* So small that answers are dropped all the time as well. */
	t.s = server_start(
		(const char *[]){"--answer-cache", "1600k", "--log-level", "warn", NULL});
	for (int i = 0; i < 3; i++)
		line_open(&t.lines[i], t.s);
	for (int i = 0; i < 4; i++)
		post(&t);
	for (int i = 0; i < READERS; i++)
		ck_assert_int_eq(pthread_create(&readers[i], NULL, ask_on, &t), 0);
	ask_all(&t);
	atomic_store(&t.is_over, true);
	for (int i = 0; i < READERS; i++)
		pthread_join(readers[i], NULL);
	check_cache(&t);
	for (int i = 0; i < 3; i++)
		line_close(&t.lines[i]);
	server_stop(t.s);
}
END_TEST

UNIT_MAIN("answers", answers_kept__random_writes__are_what_the_store_says)
