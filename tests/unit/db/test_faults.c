/* The store when something breaks: memory that runs out, a disk that refuses, a process killed in
 * the middle. Nothing that was acknowledged is lost, nothing is stored by half. */
#include <signal.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "db/reread.h"
#include "tests/unit/db/raw.h"

enum { PER_ARTICLE = 3 };

/* An article's number is in its text and in its statements. */
static struct write numbered_write(struct arena *a, int number, size_t padding)
{
	static const struct issue_hit hits[] = {
		{.issue = &core, .score = 0.9F, .evidence = {NULL, 0}},
		{.issue = &trade, .score = 0.5F, .evidence = {NULL, 0}}};
	struct statement *v = arena_array(a, PER_ARTICLE, sizeof *v);
	for (int i = 0; i < PER_ARTICLE; i++) {
		v[i] = plain_statement(arena_printf(a, "word%d said%d", number, i),
				       i % 2 ? &wang : &usa);
		v[i].issues = hits;
		v[i].n_issues = 2;
	}
	struct str text = arena_printf(a, "text %d %0*d", number, (int)padding, 0);
	return made_article(text, STR("2024-04-26"), v, PER_ARTICLE);
}

/* --- memory --- */

static sqlite3_mem_methods real_memory;
static atomic_int countdown; /* allocations until one fails; below 0 none does */

static bool fails(void)
{
	return atomic_load(&countdown) >= 0 && atomic_fetch_sub(&countdown, 1) == 0;
}

static void *failing_malloc(int n)
{
	return fails() ? NULL : real_memory.xMalloc(n);
}

static void *failing_realloc(void *p, int n)
{
	return fails() ? NULL : real_memory.xRealloc(p, n);
}

static void use_failing_memory(void)
{
	sqlite3_shutdown();
	ck_assert_int_eq(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real_memory), SQLITE_OK);
	sqlite3_mem_methods methods = real_memory;
	methods.xMalloc = failing_malloc;
	methods.xRealloc = failing_realloc;
	atomic_store(&countdown, -1);
	ck_assert_int_eq(sqlite3_config(SQLITE_CONFIG_MALLOC, &methods), SQLITE_OK);
}

/* Everything once: true when all of it succeeded. */
static bool try_everything(struct fixture *f, int number)
{
	struct err e = {0};
	struct arena a;
	struct statement_list list;
	struct str phrase = STR("word1");
	struct statement_query q = query_all(10);
	int64_t next;
	arena_init(&a, 1 << 24);
	struct write w = numbered_write(&a, number, 100), drop = {.op = WRITE_DELETE}, *one = &w,
		     *two = &drop;
	bool ok = store_write_all(f->store, &one, 1, &e) == 0;
	drop.id = w.id;
	struct reader *r = ok ? store_reader(f->store, now_monotonic_ns() + LONG_NS, &e) : NULL;
	ok = r && store_statements(r, &q, &a, &list, &next, &e) == 0;
	q.phrases = (struct strs){&phrase, 1};
	ok = ok && store_statements(r, &q, &a, &list, &next, &e) == 0;
	reader_return(r);
	/* Read again: one statement is another, one has gone. */
	struct write found = numbered_write(&a, number + 1, 100);
	struct reread_write rw = {.write = {.op = WRITE_REREAD, .id = w.id}};
	struct write *three = &rw.write;
	rw.write.extraction = (struct extraction){found.extraction.statements, PER_ARTICLE - 1};
	ok = ok && store_write_all(f->store, &three, 1, &e) == 0;
	ok = ok && store_write_all(f->store, &two, 1, &e) == 0;
	ck_assert(ok || e.kind == ERR_DB);
	arena_release(&a);
	return ok;
}

START_TEST(store__memory_fails_at_each_allocation__recovers)
{
	struct fixture f;
	use_failing_memory();
	fixture_open(&f);
	int n = 0, failed = 0;
	for (bool ok = false; !ok; n++) {
		atomic_store(&countdown, n);
		ok = try_everything(&f, n);
		bool unused = atomic_load(&countdown) >= 0;
		atomic_store(&countdown, -1);
		/* SQLite may do without an allocation: the end is where none failed. */
		failed += !ok;
		ok = ok && unused;
		ck_assert_int_lt(n, 20000);
	}
	ck_assert_int_gt(failed, 20);
	fixture_check(&f);
	/* Opening, too: by the one writer. */
	store_close(f.store);
	f.store = NULL;
	int opens = 0;
	for (struct store *s = NULL; !s; opens++) {
		struct store_options o = fixture_options(&f);
		struct err e = {0};
		atomic_store(&countdown, opens * 7);
		s = store_open(&o, &e);
		bool unused = atomic_load(&countdown) >= 0;
		atomic_store(&countdown, -1);
		store_close(s);
		if (!unused)
			s = NULL;
	}
	fixture_reopen(&f);
	fixture_check(&f);
	fixture_close(&f);
}
END_TEST

/* --- the disk --- */

/* The process may write no file beyond so many bytes. */
static void limit_files(rlim_t bytes)
{
	struct rlimit limit;
	ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &limit), 0);
	limit.rlim_cur = bytes;
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

START_TEST(store_write__disk_refuses__loses_nothing_acknowledged)
{
	enum { ARTICLES = 60 };
	struct fixture f;
	signal(SIGXFSZ, SIG_IGN);
	fixture_open(&f);
	int64_t ids[ARTICLES];
	int stored = 0, refused = 0;
	for (int i = 0; i < ARTICLES; i++) {
		if (i == ARTICLES / 3)
			limit_files(400 * 1024);
		if (i == ARTICLES * 2 / 3)
			limit_files(RLIM_INFINITY);
		struct err e = {0};
		struct write w = numbered_write(&f.arena, i, 12000), *one = &w;
		if (store_write_all(f.store, &one, 1, &e) == 0) {
			ids[stored++] = w.id;
			continue;
		}
		ck_assert_int_eq(e.kind, ERR_DB);
		refused++;
		e = (struct err){0};
		ck_assert_int_ne(store_ready(f.store, &e), 0);
	}
	ck_assert_int_gt(refused, 0);
	ck_assert_int_gt(stored, ARTICLES / 3);
	assert_ok(store_ready(f.store, &f.e), f.e);
	fixture_reopen(&f);
	fixture_check(&f);
	ck_assert_int_eq(store_stats(f.store).articles, stored);
	struct reader *r = fixture_reader(&f);
	struct article a;
	for (int i = 0; i < stored; i++)
		assert_ok(store_article(r, ids[i], &f.arena, &a, &f.e), f.e);
	reader_return(r);
	fixture_close(&f);
}
END_TEST

START_TEST(store_write__one_bad_in_a_group__fails_alone)
{
	struct fixture f;
	fixture_open(&f);
	struct actor nameless = {.id = STR_EMPTY, .name = STR("Nobody"), .kind = ACTOR_PERSON};
	struct statement bad = plain_statement(STR("said"), &nameless);
	struct write w[5], *group[5];
	for (int i = 0; i < 5; i++) {
		w[i] = numbered_write(&f.arena, i, 10);
		group[i] = &w[i];
	}
	w[2].extraction = (struct extraction){&bad, 1};
	assert_fails(store_write_all(f.store, group, 5, &f.e), f.e, ERR_INTERNAL);
	f.e = (struct err){0};
	for (int i = 0; i < 5; i++)
		ck_assert_int_eq(w[i].err.kind, i == 2 ? ERR_INTERNAL : ERR_NONE);
	ck_assert_int_eq(store_stats(f.store).articles, 4);
	fixture_check(&f);
	fixture_close(&f);
}
END_TEST

/* --- kill -9 --- */

/* What the child tells before it dies: how many articles were acknowledged. */
struct told {
	atomic_int acknowledged;
	_Atomic int64_t ids[100000];
};

struct in_flight {
	struct write write;
	struct told *told;
	struct arena arena;
	atomic_bool is_busy;
};

static void tell(struct write *w)
{
	struct in_flight *flight = w->context;
	if (w->err.kind == ERR_NONE) {
		int at = atomic_load(&flight->told->acknowledged);
		atomic_store(&flight->told->ids[at], w->id);
		atomic_store(&flight->told->acknowledged, at + 1);
	}
	atomic_store(&flight->is_busy, false);
}

/* Writes until killed, many at a time. */
static void write_forever(struct fixture *f, struct told *told, int round)
{
	enum { FLIGHTS = 16 };
	static struct in_flight flights[FLIGHTS];
	struct store_options o = fixture_options(f);
	f->store = store_open(&o, &f->e);
	for (int number = round * 1000000; f->store; number++) {
		struct in_flight *flight = &flights[number % FLIGHTS];
		while (atomic_load(&flight->is_busy))
			usleep(50);
		arena_release(&flight->arena);
		arena_init(&flight->arena, 1 << 22);
		flight->write = numbered_write(&flight->arena, number, 3000);
		flight->write.done = tell;
		flight->write.context = flight;
		flight->told = told;
		atomic_store(&flight->is_busy, true);
		struct err e = {0};
		if (store_submit(f->store, &flight->write, &e))
			_exit(3);
	}
	_exit(4);
}

START_TEST(store_write__killed_again_and_again__keeps_what_it_acknowledged)
{
	struct fixture f;
	fixture_make(&f);
	struct told *told =
		mmap(NULL, sizeof *told, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	ck_assert(told != MAP_FAILED);
	for (int round = 0; round < 4; round++) {
		int before = atomic_load(&told->acknowledged), status;
		pid_t child = fork();
		ck_assert_int_ge(child, 0);
		if (child == 0)
			write_forever(&f, told, round);
		while (atomic_load(&told->acknowledged) < before + 40 + round * 13)
			usleep(500);
		kill(child, SIGKILL);
		ck_assert_int_eq(waitpid(child, &status, 0), child);
		ck_assert(WIFSIGNALED(status));
		fixture_reopen(&f);
		fixture_check(&f);
		struct reader *r = fixture_reader(&f);
		for (int i = 0; i < atomic_load(&told->acknowledged); i++) {
			struct article a;
			struct arena arena;
			arena_init(&arena, 1 << 20);
			assert_ok(store_article(r, atomic_load(&told->ids[i]), &arena, &a, &f.e),
				  f.e);
			ck_assert(str_starts(a.text, STR("text ")) &&
				  a.statement_count == PER_ARTICLE);
			arena_release(&arena);
		}
		reader_return(r);
		store_close(f.store);
		f.store = NULL;
	}
	munmap(told, sizeof *told);
	fixture_close(&f);
}
END_TEST

UNIT_MAIN("faults", store__memory_fails_at_each_allocation__recovers,
	  store_write__disk_refuses__loses_nothing_acknowledged,
	  store_write__one_bad_in_a_group__fails_alone,
	  store_write__killed_again_and_again__keeps_what_it_acknowledged)
