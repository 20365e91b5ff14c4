/* A database copied from a file onto a server (DEMARCHE_POSTGRESQL, tools/with-postgresql) and
 * back, by processes that are killed in the middle again and again: in the end it is all there. */
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>

#include "db/transfer.h"
#include "tests/conformance/fixture.h"

enum {
	ARTICLES = 300,
	STATEMENTS_EACH = 8,
	KILLS = 20,
	REPORTS = 30, /* at the least, of a copy to which nothing is left but to be compared */
};

static uint64_t dice = 7;

/* splitmix64 (Steele, Lea, Flood 2014). */
static int roll(int sides)
{
	uint64_t z = (dice += UINT64_C(0x9e3779b97f4a7c15));
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return (int)((z ^ (z >> 31)) % (unsigned)sides);
}

struct watcher {
	int reports, end_at; /* of the process, by its own hand; -1: never */
	int64_t rows;
};

static void report(void *context, enum transfer_step step, const char *what, int64_t done,
		   int64_t total)
{
	struct watcher *w = context;
	(void)step;
	(void)what;
	ck_assert_int_le(done, total);
	if (w->reports++ == w->end_at)
		raise(SIGKILL);
}

static void add_rows(void *context, const char *table, int64_t rows)
{
	(void)table;
	((struct watcher *)context)->rows += rows;
}

static struct watcher copy(const char *from, const char *to, int end_at)
{
	struct watcher w = {.end_at = end_at};
	const struct transfer_listener l = {report, add_rows, &w};
	for (;;) { /* until the server has noticed that who was here before is gone */
		struct err e = {0};
		if (transfer(from, to, &l, &e) == 0)
			return w;
		ck_assert_msg(e.kind == ERR_BUSY, "%s", e.message);
	}
}

/* In a process of its own, which does not end well. */
static void copy_in_part(const char *from, const char *to, int end_at)
{
	int status = 0;
	pid_t pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		copy(from, to, end_at);
		_exit(0);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_msg(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL, "status %d", status);
}

static void write_article(struct fixture *f, int number)
{
	static struct statement v[STATEMENTS_EACH];
	for (size_t i = 0; i < STATEMENTS_EACH; i++) {
		struct str text = arena_printf(
			&f->arena, "the levy %d of %zu “must” go, says Élysée", number, i);
		v[i] = i == 0 ? full_statement(&(struct issue_hit){.issue = &core}, 1)
			      : plain_statement(text, i % 3 ? &wang : NULL);
	}
	struct write w = made_article(arena_printf(&f->arena, "text %d%cand a zero", number, 0),
				      STR("2024-04-26"), v, STATEMENTS_EACH);
	fixture_write(f, &w);
}

struct rival {
	const struct fixture *from, *to;
	bool was_refused;
};

static void copy_too(void *context, enum transfer_step step, const char *what, int64_t done,
		     int64_t total)
{
	struct rival *r = context;
	struct watcher w = {.end_at = -1};
	const struct transfer_listener l = {report, add_rows, &w};
	struct err e = {0};
	(void)step;
	(void)what;
	(void)done;
	(void)total;
	if (!r->was_refused)
		assert_fails(transfer(r->from->path, r->to->path, &l, &e), e, ERR_BUSY);
	r->was_refused = true;
}

static void count_nothing(void *context, const char *table, int64_t rows)
{
	(void)context;
	(void)table;
	(void)rows;
}

/* Closed then: what forks has no database open. */
static void fill(struct fixture *f, int from, int to)
{
	fixture_reopen(f);
	for (int i = from; i < to; i++)
		write_article(f, i);
	store_close(f->store);
	f->store = NULL;
}

/* Not finished: nobody takes it for a database. */
static void is_refused(const struct fixture *f)
{
	struct store_options o = fixture_options(f);
	struct err e = {0};
	o.readers = 1;
	ck_assert_ptr_null(store_open_reading(&o, &e));
	ck_assert_int_eq(e.kind, ERR_DB);
}

/* Killed so often, at any point that is told of, then to its end. */
static void copy_with_kills(const struct fixture *from, const struct fixture *to)
{
	for (int i = 0; i < KILLS; i++) {
		copy_in_part(from->path, to->path, roll(REPORTS));
		is_refused(to);
	}
	copy(from->path, to->path, -1);
}

static void has_all(struct fixture *f)
{
	static const struct str phrase = STR_INIT("levy 7");
	struct statement_query q = query_all(1000);
	int64_t next;
	fixture_check(f);
	fixture_reopen(f);
	ck_assert_int_eq(store_stats(f->store).articles, ARTICLES);
	q.phrases = (struct strs){&phrase, 1};
	ck_assert_uint_eq(fixture_ask(f, &q, &next).n, STATEMENTS_EACH - 1);
	write_article(f, ARTICLES); /* it goes on as any other */
	fixture_check(f);
}

START_TEST(transfer__killed_again_and_again_both_ways__all_is_there)
{
	struct fixture file, server, back;
	struct watcher w = {.end_at = -1};
	const struct transfer_listener l = {report, add_rows, &w};
	fixture_make(&file);
	fixture_make(&server);
	fixture_make(&back);
	fill(&file, 0, ARTICLES / 2);
	copy_in_part(file.path, server.path, REPORTS / 2);
	/* Of a database that has changed meanwhile the copy begins anew. */
	fill(&file, ARTICLES / 2, ARTICLES);
	copy_with_kills(&file, &server);
	copy_with_kills(&server, &back);
	assert_fails(transfer(file.path, back.path, &l, &file.e), file.e, ERR_INPUT);
	assert_fails(transfer(file.path, server.path, &l, &file.e), file.e, ERR_INPUT);
	file.e = (struct err){0};
	struct fixture *const all[] = {&file, &server, &back};
	for (int i = 0; i < 3; i++) {
		has_all(all[i]);
		fixture_close(all[i]);
	}
}
END_TEST

START_TEST(transfer__beside_another_onto_the_server__is_refused)
{
	struct fixture file, server;
	struct rival r = {&file, &server, false};
	const struct transfer_listener l = {copy_too, count_nothing, &r};
	fixture_make(&file);
	fixture_make(&server);
	fill(&file, 0, ARTICLES);
	assert_ok(transfer(file.path, server.path, &l, &file.e), file.e);
	ck_assert(r.was_refused);
	has_all(&server);
	fixture_close(&file);
	fixture_close(&server);
}
END_TEST

UNIT_MAIN("transfer", transfer__beside_another_onto_the_server__is_refused,
	  transfer__killed_again_and_again_both_ways__all_is_there)
