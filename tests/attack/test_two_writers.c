/* One writer at a time: `serve` and `import` are started at once on one file, again and again,
 * while articles are posted. One of them gets it, the other is refused with a message that names
 * the file and the holder's process, and all that was acknowledged by either is there in the end,
 * once, in a database without faults. */
#include <jansson.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#include "tests/attack/common.h"
#include "tests/bench/load.h"
#include "tests/bench/prose.h"
#include "tests/http/client.h"
#include "tests/unit/unit.h"

enum {
	RUNS_FULL = 50,
	RUNS_SAMPLE = 3,
	POSTERS = 2,
	IMPORTED_EACH = 12, /* articles of one import */
	ARTICLE_BYTES = 1500,
	ODDS_MS = 40,	   /* between the two starts, at most */
	POSTS_EACH = 4,	   /* acknowledged of each poster before and after the second writers */
	NUMBERS = 1000000, /* set apart for each poster, and for imports */
};

struct article_known {
	uint64_t number;
	int64_t id; /* 0: imported, or on its way at a kill: not known */
};

struct poster {
	int port;
	uint64_t next;
	_Atomic size_t n;
	_Atomic bool stops;
	bool is_odd;
	struct article_known *v;
	size_t cap;
	pthread_t thread;
};

struct bed {
	char folder[64], db[96], input[96];
	struct child serve;
	int port;
	struct poster posters[POSTERS];
	uint64_t imported; /* articles so far: the numbers below are stored */
	uint64_t pending[POSTERS * RUNS_FULL * 2];
	size_t n_pending;
	int won_serve, won_import, refused;
};

/* --- posts */

static int post(int port, uint64_t number, int64_t *id)
{
	struct buf body, request, answer;
	buf_init(&body, 1 << 20);
	buf_init(&request, 1 << 20);
	buf_init(&answer, 8 << 20);
	prose_json(&body, number, ARTICLE_BYTES);
	load_post(&request, "/v1/articles", buf_str(&body));
	int status = load_once(port, buf_str(&request), &answer);
	json_t *j = status == 200 || status == 201 ? json_loadb(answer.p, answer.n, 0, NULL) : NULL;
	*id = json_integer_value(json_object_get(j, "id"));
	json_decref(j);
	buf_release(&body);
	buf_release(&request);
	buf_release(&answer);
	return status;
}

/* Posts until told to stop, or until the service is gone. */
static void *poster_main(void *arg)
{
	struct poster *p = arg;
	while (!atomic_load(&p->stops)) {
		int64_t id;
		int status = post(p->port, p->next, &id);
		if (status == -1)
			break;
		if (status != 201) {
			fprintf(stderr, "a post was answered %d\n", status);
			p->is_odd = true;
			break;
		}
		size_t n = atomic_load(&p->n);
		if (n == p->cap) {
			p->cap = p->cap ? 2 * p->cap : 256;
			p->v = realloc(p->v, p->cap * sizeof *p->v);
			if (!p->v)
				abort();
		}
		p->v[n] = (struct article_known){p->next++, id};
		atomic_store(&p->n, n + 1);
	}
	return NULL;
}

static void await_posts(const struct poster *p, size_t n)
{
	for (int ms = 0; atomic_load(&p->n) < n; ms += 2) {
		ck_assert_msg(ms < WAIT_MS, "a poster gets nothing acknowledged");
		sleep_ms(2);
	}
}

static void posters_start(struct bed *b)
{
	for (int i = 0; i < POSTERS; i++) {
		struct poster *p = &b->posters[i];
		p->port = b->port;
		atomic_store(&p->stops, false);
		ck_assert_int_eq(pthread_create(&p->thread, NULL, poster_main, p), 0);
	}
}

static void posters_go_on(const struct bed *b)
{
	for (int i = 0; i < POSTERS; i++)
		await_posts(&b->posters[i], atomic_load(&b->posters[i].n) + POSTS_EACH);
}

/* --- writers */

static void start_serve(struct bed *b)
{
	child_start(&b->serve, b->folder,
		    (const char *[]){"serve", "--listen", "127.0.0.1:0", "--db", b->db, NULL});
}

/* What it logs that it listens on; 0 before. */
static int port_of(const struct child *c)
{
	static const char before[] = "\"listening\",\"address\":\"127.0.0.1:";
	char *text = child_text(c);
	const char *at = strstr(text, before);
	long port = at ? strtol(at + strlen(before), NULL, 10) : 0;
	free(text);
	return (int)port;
}

/* True once it answers, false once it has ended. */
static bool serve_is_up(struct bed *b)
{
	for (int ms = 0; !child_has_ended(&b->serve); ms += 2) {
		b->port = port_of(&b->serve);
		struct buf request;
		buf_init(&request, 4096);
		load_get(&request, "/readyz");
		bool is_up = b->port && load_once(b->port, buf_str(&request), NULL) == 200;
		buf_release(&request);
		if (is_up)
			return true;
		ck_assert_msg(ms < WAIT_MS, "the service neither answers nor ends");
		sleep_ms(2);
	}
	return false;
}

static void write_input(const struct bed *b)
{
	struct buf lines;
	buf_init(&lines, 8 << 20);
	for (uint64_t i = 0; i < IMPORTED_EACH; i++) {
		prose_json(&lines, b->imported + i, ARTICLE_BYTES);
		buf_add_char(&lines, '\n');
	}
	FILE *f = fopen(b->input, "we");
	ck_assert(f && fwrite(lines.p, 1, lines.n, f) == lines.n && fclose(f) == 0);
	buf_release(&lines);
}

static void start_import(const struct bed *b, struct child *c)
{
	child_start(c, b->folder, (const char *[]){"import", "--db", b->db, b->input, NULL});
}

/* It ended with an error that names the file and the process that holds it. */
static void assert_refused(struct bed *b, struct child *c, const char *what, long holder)
{
	char *text = child_text(c);
	ck_assert_msg(c->pid == 0 && c->status > 0, "%s: status %d: %s", what, c->status, text);
	ck_assert_msg(strstr(text, b->db), "%s: the refusal does not name the file: %s", what,
		      text);
	ck_assert_msg(names_number(text, holder), "%s: the refusal does not name process %ld: %s",
		      what, holder, text);
	b->refused++;
	free(text);
}

static void assert_runs_clean(struct bed *b, struct child *c, const char *what)
{
	char *text = child_text(c);
	ck_assert_msg(c->status == 0, "%s: status %d: %s", what, c->status, text);
	free(text);
	(void)b;
}

/* Both at once: one gets the file, or one after the other. In the end the service is up. */
static void race(struct bed *b, struct dice *d)
{
	struct child import = {0};
	bool serve_first = roll(d, 2);
	write_input(b);
	if (serve_first)
		start_serve(b);
	else
		start_import(b, &import);
	usleep((useconds_t)roll(d, ODDS_MS * 1000));
	if (serve_first)
		start_import(b, &import);
	else
		start_serve(b);
	long serve_pid = b->serve.pid, import_pid = import.pid;
	bool is_up = serve_is_up(b);
	child_wait(&import);
	if (import.status == 0) {
		b->imported += IMPORTED_EACH;
		b->won_import++;
	} else {
		ck_assert_msg(is_up, "both writers were refused: %s%s", child_text(&import),
			      child_text(&b->serve));
		assert_refused(b, &import, "import", serve_pid);
	}
	if (is_up) {
		b->won_serve++;
	} else {
		assert_refused(b, &b->serve, "serve", import_pid);
		unlink(b->serve.output);
		start_serve(b);
		ck_assert_msg(serve_is_up(b), "serve is refused though nobody holds the file: %s",
			      child_text(&b->serve));
	}
	unlink(import.output);
}

/* Beside a service at work, both kinds of writer are refused, and the service goes on. */
static void second_writers(struct bed *b)
{
	struct child import = {0}, serve = {0};
	write_input(b);
	posters_go_on(b);
	start_import(b, &import);
	child_start(&serve, b->folder,
		    (const char *[]){"serve", "--listen", "127.0.0.1:0", "--db", b->db, NULL});
	/* A second service that is not refused would not end. */
	for (int ms = 0; !child_has_ended(&serve) && ms < WAIT_MS; ms += 5)
		sleep_ms(5);
	child_signal(&serve, SIGKILL);
	child_wait(&serve);
	child_wait(&import);
	posters_go_on(b);
	assert_refused(b, &serve, "a second serve", b->serve.pid);
	assert_refused(b, &import, "import beside serve", b->serve.pid);
	unlink(serve.output);
	unlink(import.output);
}

/* Killed or asked to end; what was on its way is noted. */
static void end_service(struct bed *b, bool kills)
{
	if (kills)
		child_signal(&b->serve, SIGKILL);
	for (int i = 0; i < POSTERS; i++) {
		atomic_store(&b->posters[i].stops, true);
		pthread_join(b->posters[i].thread, NULL);
		ck_assert(!b->posters[i].is_odd);
		/* The next number may be there or not, and is not used again. */
		b->pending[b->n_pending++] = b->posters[i].next++;
	}
	if (!kills) {
		child_signal(&b->serve, SIGTERM);
		child_wait(&b->serve);
		assert_runs_clean(b, &b->serve, "serve");
	}
	child_wait(&b->serve);
	unlink(b->serve.output);
	ck_assert_int_eq(run_program(b->folder, (const char *[]){"check", "--db", b->db, NULL}), 0);
}

/* --- the end */

static int64_t count_articles(const struct bed *b)
{
	struct buf request, answer;
	buf_init(&request, 4096);
	buf_init(&answer, 8 << 20);
	load_get(&request, "/metrics");
	ck_assert_int_eq(load_once(b->port, buf_str(&request), &answer), 200);
	int64_t n = metric_value(buf_str(&answer), "demarche_articles");
	buf_release(&request);
	buf_release(&answer);
	return n;
}

/* Known texts are answered 200 with their id: each that was acknowledged is. */
static void check_all(struct bed *b)
{
	long known = (long)b->imported;
	int64_t id;
	start_serve(b);
	ck_assert(serve_is_up(b));
	for (uint64_t i = 0; i < b->imported; i++)
		ck_assert_msg(post(b->port, i, &id) == 200, "imported article %llu is lost",
			      (unsigned long long)i);
	for (int k = 0; k < POSTERS; k++) {
		const struct poster *p = &b->posters[k];
		size_t n = atomic_load(&p->n);
		for (size_t i = 0; i < n; i++)
			ck_assert_msg(post(b->port, p->v[i].number, &id) == 200 && id == p->v[i].id,
				      "article %lld is lost", (long long)p->v[i].id);
		known += (long)n;
	}
	for (size_t i = 0; i < b->n_pending; i++, known++) {
		int status = post(b->port, b->pending[i], &id);
		ck_assert_msg(status == 200 || status == 201, "posted again: %d", status);
	}
	ck_assert_int_eq(count_articles(b), known);
	child_signal(&b->serve, SIGTERM);
	ck_assert_int_eq(child_wait(&b->serve), 0);
	ck_assert_int_eq(run_program(b->folder, (const char *[]){"check", "--db", b->db, NULL}), 0);
	printf("%ld articles; serve had the file %d times, import %d; %d writers were refused\n",
	       known, b->won_serve, b->won_import, b->refused);
}

START_TEST(writers_start__two_on_one_file__one_is_refused_and_nothing_is_lost)
{
	struct bed *b = calloc(1, sizeof *b);
	struct dice d = {.x = torture_seed()};
	int runs = torture_is_full() ? RUNS_FULL : RUNS_SAMPLE;
	ck_assert(b);
	folder_make(b->folder);
	snprintf(b->db, sizeof b->db, "%s/d.db", b->folder);
	snprintf(b->input, sizeof b->input, "%s/input.ndjson", b->folder);
	for (int i = 0; i < POSTERS; i++)
		b->posters[i].next = (uint64_t)(i + 1) * NUMBERS;
	for (int run = 0; run < runs; run++) {
		race(b, &d);
		posters_start(b);
		second_writers(b);
		end_service(b, run % 2);
	}
	check_all(b);
	for (int i = 0; i < POSTERS; i++)
		free(b->posters[i].v);
	folder_remove(b->folder);
	free(b);
}
END_TEST

UNIT_MAIN("two writers", writers_start__two_on_one_file__one_is_refused_and_nothing_is_lost)
