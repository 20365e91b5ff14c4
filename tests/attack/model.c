/* The workers of the soak: each step is asked, and the answer held against what is known. */
#include "tests/attack/model.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include <check.h>

#include "tests/bench/load.h"
#include "tests/bench/prose.h"

enum { ANSWER_MAX = 64 << 20, BATCH = 6, EDIT_EACH_MS = 4000, PAUSE_MS = 10, ISSUES_KEPT = 5 };

/* --- requests */

static int ask(const struct soak *s, const char *method, const char *target, const char *type,
	       struct str body, struct buf *answer)
{
	struct buf request;
	buf_init(&request, ANSWER_MAX);
	buf_init(answer, ANSWER_MAX);
	buf_printf(&request, "%s %s HTTP/1.1\r\nHost: a\r\n", method, target);
	if (type)
		buf_printf(&request, "Content-Type: %s\r\nContent-Length: %zu\r\n", type, body.n);
	buf_add(&request, STR("\r\n"));
	buf_add(&request, body);
	int status = load_once(atomic_load(&s->port), buf_str(&request), answer);
	buf_release(&request);
	return status;
}

int soak_get(const struct soak *s, const char *target, struct buf *body)
{
	return ask(s, "GET", target, NULL, STR_EMPTY, body);
}

static void wrong(struct soak *s, const char *what, long long of, int status)
{
	atomic_fetch_add(&s->odd, 1);
	fprintf(stderr, "soak: %s %lld: %d\n", what, of, status);
}

/* No answer, or none for now: nothing is known, and the service may be down for a moment. */
static bool is_nothing(int status)
{
	if (status == -1 || status == 503)
		sleep_ms(PAUSE_MS);
	return status == -1 || status == 503;
}

/* --- articles */

static struct soak_article *add(struct worker *w, uint64_t number)
{
	if (w->n == w->cap) {
		w->cap = w->cap ? 2 * w->cap : 1024;
		w->v = realloc(w->v, w->cap * sizeof *w->v);
		if (!w->v)
			abort();
	}
	w->v[w->n] = (struct soak_article){.number = number, .state = MAYBE_STORED};
	return &w->v[w->n++];
}

static struct soak_article *pick_stored(struct worker *w)
{
	for (int i = 0; i < 50 && w->n > 0; i++) {
		struct soak_article *a = &w->v[roll(&w->dice, w->n)];
		if (a->state == STORED)
			return a;
	}
	return NULL;
}

static void store(struct worker *w, struct soak_article *a, int64_t id, size_t statements)
{
	a->state = STORED;
	a->id = id;
	a->statements = statements;
	w->n_stored++;
}

/* Posts it, again or for the first time: known is answered 200 with its id, new 201. */
static int post(struct worker *w, struct soak_article *a)
{
	struct buf body, answer;
	buf_init(&body, 1 << 20);
	prose_json(&body, a->number, SOAK_BYTES);
	int status =
		ask(w->soak, "POST", "/v1/articles", "application/json", buf_str(&body), &answer);
	if (status == 201 || status == 200) {
		json_t *j = json_loadb(answer.p, answer.n, 0, NULL);
		int64_t id = json_integer_value(json_object_get(j, "id"));
		size_t statements = json_array_size(json_object_get(j, "statements"));
		if (a->state == STORED ? status != 200 || id != a->id || statements != a->statements
				       : !j || id <= 0)
			wrong(w->soak, "posted article", a->id, status);
		if (a->state != STORED)
			store(w, a, id, statements);
		json_decref(j);
	} else if (!is_nothing(status)) {
		wrong(w->soak, "post of number", (long long)a->number, status);
	}
	buf_release(&body);
	buf_release(&answer);
	return status;
}

static void post_batch(struct worker *w)
{
	struct buf body, answer;
	size_t first = w->n;
	buf_init(&body, 1 << 20);
	for (int i = 0; i < BATCH; i++) {
		prose_json(&body, add(w, w->next++)->number, SOAK_BYTES);
		buf_add_char(&body, '\n');
	}
	int status = ask(w->soak, "POST", "/v1/articles/batch", "application/x-ndjson",
			 buf_str(&body), &answer);
	struct str rest = buf_str(&answer), line;
	for (size_t i = first; status == 200 && str_split(&rest, '\n', &line); i++) {
		json_t *j = json_loadb(line.p, line.n, 0, NULL);
		const char *what = json_string_value(json_object_get(j, "status"));
		if (what && strcmp(what, "created") == 0 && i < w->n)
			store(w, &w->v[i], json_integer_value(json_object_get(j, "id")),
			      (size_t)json_integer_value(json_object_get(j, "statement_count")));
		else if (!what || strcmp(what, "error") != 0)
			wrong(w->soak, "line of a batch", (long long)i, status);
		json_decref(j);
	}
	if (status != 200 && !is_nothing(status))
		wrong(w->soak, "batch", (long long)first, status);
	buf_release(&body);
	buf_release(&answer);
}

static void delete_one(struct worker *w, struct soak_article *a)
{
	char target[64];
	struct buf answer;
	snprintf(target, sizeof target, "/v1/articles/%lld", (long long)a->id);
	int status = ask(w->soak, "DELETE", target, NULL, STR_EMPTY, &answer);
	w->n_stored--;
	a->state = status == 204 ? DELETED : MAYBE_DELETED;
	if (status != 204 && !is_nothing(status))
		wrong(w->soak, "delete of", a->id, status);
	buf_release(&answer);
}

/* An article and its statements as they were acknowledged, or its absence. False: no answer. */
static bool look(struct worker *w, const struct soak_article *a)
{
	char target[96];
	struct buf answer;
	snprintf(target, sizeof target, "/v1/articles/%lld/statements?limit=200", (long long)a->id);
	int status = soak_get(w->soak, target, &answer), want = a->state == STORED ? 200 : 404;
	json_t *j = status == 200 ? json_loadb(answer.p, answer.n, 0, NULL) : NULL;
	bool is_known = !is_nothing(status);
	size_t n = json_array_size(json_object_get(j, "statements"));
	if (is_known && (status != want || (status == 200 && n != a->statements)))
		wrong(w->soak, "look at", a->id, status);
	json_decref(j);
	buf_release(&answer);
	return is_known;
}

static void question(struct worker *w)
{
	static const char *const targets[] = {
		"/v1/statements?limit=50",
		"/v1/query?q=all%20statements%20by%20Canada%20about%20human%20rights",
		"/v1/stats?by=position&interval=month",
		"/v1/articles?limit=50",
		"/v1/issues?name=core",
		"/v1/statements?text=dispute&limit=20",
		"/v1/jobs",
		"/metrics"};
	struct buf answer;
	size_t i = roll(&w->dice, sizeof targets / sizeof *targets);
	int status = soak_get(w->soak, targets[i], &answer);
	if (status != 200 && !is_nothing(status))
		wrong(w->soak, targets[i], 0, status);
	buf_release(&answer);
}

static void step(struct worker *w)
{
	uint64_t what = roll(&w->dice, 100);
	struct soak_article *a = pick_stored(w);
	bool is_full = w->n_stored > SOAK_KEPT;
	if (a && is_full && what < 40)
		delete_one(w, a);
	else if (what < 35 || !a)
		post(w, add(w, w->next++));
	else if (what < 40)
		post_batch(w);
	else if (what < 50)
		delete_one(w, a);
	else if (what < 60)
		post(w, a);
	else if (what < 75 && (a = &w->v[roll(&w->dice, w->n)])->state <= DELETED)
		look(w, a);
	else
		question(w);
	w->operations++;
}

void *worker_main(void *arg)
{
	struct worker *w = arg;
	while (!atomic_load(&w->soak->stops))
		step(w);
	return NULL;
}

/* --- issues */

/* Its terms are of the prose, so that stored statements get it. */
static void add_issue(struct worker *w)
{
	static const char *const terms[] = {"border dispute", "grain exports",
					    "maritime security pact", "price of natural gas"};
	char body[200];
	struct buf answer;
	if (w->n_issues == ISSUES_MAX)
		return;
	struct soak_issue *i = &w->issues[w->n_issues++];
	snprintf(i->id, sizeof i->id, "soak-%d", w->n_issues);
	int n = snprintf(body, sizeof body, "{\"label\":\"soak %d\",\"terms\":[\"%s\"]}",
			 w->n_issues, terms[roll(&w->dice, 4)]);
	int status = ask(w->soak, "POST", "/v1/issues", "application/json",
			 (struct str){body, (size_t)n}, &answer);
	i->state = status == 202 ? STORED : MAYBE_STORED;
	if (status != 202 && !is_nothing(status))
		wrong(w->soak, i->id, 0, status);
	buf_release(&answer);
}

static void remove_issue(struct worker *w)
{
	char target[96];
	struct buf answer;
	for (int k = 0; k < w->n_issues; k++) {
		struct soak_issue *i = &w->issues[k];
		if (i->state != STORED)
			continue;
		snprintf(target, sizeof target, "/v1/issues/%s", i->id);
		int status = ask(w->soak, "DELETE", target, NULL, STR_EMPTY, &answer);
		i->state = status == 202 ? DELETED : MAYBE_DELETED;
		if (status != 202 && !is_nothing(status))
			wrong(w->soak, i->id, 1, status);
		buf_release(&answer);
		return;
	}
}

void *editor_main(void *arg)
{
	struct worker *w = arg;
	for (int ms = 0; !atomic_load(&w->soak->stops); ms += PAUSE_MS, sleep_ms(PAUSE_MS)) {
		if (ms % EDIT_EACH_MS)
			continue;
		if (w->n_issues > ISSUES_KEPT && roll(&w->dice, 2))
			remove_issue(w);
		else
			add_issue(w);
		w->operations++;
	}
	return NULL;
}

/* --- the end */

static int status_of(const struct soak *s, const char *target)
{
	struct buf answer;
	int status = soak_get(s, target, &answer);
	buf_release(&answer);
	return status;
}

void worker_settle(struct worker *w)
{
	char target[96];
	for (size_t i = 0; i < w->n; i++) {
		struct soak_article *a = &w->v[i];
		if (a->state == MAYBE_STORED)
			ck_assert_int_ne(post(w, a), -1);
		if (a->state != MAYBE_DELETED)
			continue;
		snprintf(target, sizeof target, "/v1/articles/%lld", (long long)a->id);
		a->state = status_of(w->soak, target) == 200 ? STORED : DELETED;
		w->n_stored += a->state == STORED;
	}
	for (int i = 0; i < w->n_issues; i++) {
		snprintf(target, sizeof target, "/v1/issues/%s", w->issues[i].id);
		if (w->issues[i].state == MAYBE_STORED || w->issues[i].state == MAYBE_DELETED)
			w->issues[i].state = status_of(w->soak, target) == 200 ? STORED : DELETED;
	}
}

void worker_verify(struct worker *w)
{
	char target[96];
	for (size_t i = 0; i < w->n; i++)
		ck_assert_msg(look(w, &w->v[i]), "no answer");
	for (int i = 0; i < w->n_issues; i++) {
		snprintf(target, sizeof target, "/v1/issues/%s", w->issues[i].id);
		int status = status_of(w->soak, target);
		if (status != (w->issues[i].state == STORED ? 200 : 404))
			wrong(w->soak, target, 0, status);
	}
}

size_t worker_statements(const struct worker *w)
{
	size_t n = 0;
	for (size_t i = 0; i < w->n; i++)
		n += w->v[i].state == STORED ? w->v[i].statements : 0;
	return n;
}
