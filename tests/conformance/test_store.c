/* The store's contract, function by function. Filters against an oracle stand in test_query.c,
 * damage in test_faults.c. */
#include <pthread.h>
#include <stdatomic.h>

#include "base/clock.h"
#include "db/suggestion.h"
#include "tests/conformance/fixture.h"

START_TEST(store_article__text_with_nul_cr_emoji__comes_back_byte_for_byte)
{
	static const char bytes[] = "a\0b\r\nc\t\xF0\x9F\x98\x80\xEF\xBB\xBF end ";
	struct fixture f;
	fixture_open(&f);
	struct str text = {bytes, sizeof bytes - 1};
	struct write w = made_article(text, STR("2024-04-26T09:00:00+08:00"), NULL, 0);
	w.article.url = STR("https://example.org/1");
	w.article.outlet = STR("Example");
	w.article.title = STR("Title");
	w.article.author = STR("Author");
	w.article.language = STR("en");
	int64_t id = fixture_write(&f, &w);
	fixture_reopen(&f);
	struct reader *r = fixture_reader(&f);
	struct article a;
	assert_ok(store_article(r, id, &f.arena, &a, &f.e), f.e);
	ck_assert(str_eq(a.text, text));
	assert_str(a.published_at, "2024-04-26T09:00:00+08:00");
	assert_str(a.url, "https://example.org/1");
	assert_str(a.outlet, "Example");
	assert_str(a.title, "Title");
	assert_str(a.author, "Author");
	assert_str(a.language, "en");
	ck_assert_int_eq(a.received_ms, 1714089600000);
	ck_assert_int_eq(id >> ID_DAY_SHIFT,
			 day_from_civil((struct civil){2024, 4, 26}) + ID_DAY_OFFSET);
	ck_assert(id < (int64_t)1 << 53);
	assert_fails(store_article(r, id + 1, &f.arena, &a, &f.e), f.e, ERR_NOT_FOUND);
	reader_return(r);
	fixture_close(&f);
}
END_TEST

START_TEST(store_submit__same_text__keeps_the_first)
{
	struct fixture f;
	fixture_open(&f);
	struct statement s = plain_statement(STR("no"), &wang);
	struct write a = made_article(STR("one text"), STR("2024-04-26"), &s, 1), b = a, c = a,
		     d = a;
	b.extraction.n_statements = c.extraction.n_statements = 0;
	d.article.text = STR("another");
	digest_text(d.article.text, d.article.sha256);
	struct write *group[] = {&a, &b, &d};
	assert_ok(store_write_all(f.store, group, 3, &f.e), f.e);
	fixture_write(&f, &c);
	ck_assert(a.is_new && !b.is_new && !c.is_new && d.is_new);
	ck_assert(a.id == b.id && a.id == c.id && a.id != d.id);
	ck_assert_msg(b.article.statement_count == 1 && c.article.statement_count == 1,
		      "the stored article's count");
	ck_assert_int_eq(store_stats(f.store).articles, 2);
	fixture_check(&f);
	fixture_close(&f);
}
END_TEST

START_TEST(store_submit__without_a_digest__is_an_internal_error)
{
	struct fixture f;
	fixture_open(&f);
	struct write w = made_article(STR("text"), STR("2024-04-26"), NULL, 0), *one = &w;
	memset(w.article.sha256, 0, sizeof w.article.sha256);
	assert_fails(store_write_all(f.store, &one, 1, &f.e), f.e, ERR_INTERNAL);
	ck_assert_int_eq(store_stats(f.store).articles, 0);
	fixture_close(&f);
}
END_TEST

START_TEST(store_article_of__a_text__is_the_article_that_has_it)
{
	struct fixture f;
	struct article known, a;
	struct statement s = plain_statement(STR("no"), &wang);
	fixture_open(&f);
	struct write w = made_article(STR("one\0text"), STR("2024-04-26"), &s, 1);
	w.article.title = STR("Title");
	struct reader *before = fixture_reader(&f);
	int64_t id = fixture_write(&f, &w);
	struct reader *r = fixture_reader(&f);
	assert_ok(article_of_text(before, STR("one\0text"), &f.arena, &known, &f.e), f.e);
	ck_assert_int_eq(known.id, 0);
	assert_ok(article_of_text(r, STR("one\0text"), &f.arena, &known, &f.e), f.e);
	assert_ok(store_article(r, id, &f.arena, &a, &f.e), f.e);
	ck_assert_int_eq(known.id, id);
	ck_assert_uint_eq(known.statement_count, 1);
	assert_str(known.title, "Title");
	ck_assert_int_eq(memcmp(known.sha256, a.sha256, sizeof a.sha256), 0);
	assert_ok(article_of_text(r, STR("one"), &f.arena, &known, &f.e), f.e);
	ck_assert_int_eq(known.id, 0);
	reader_return(before);
	reader_return(r);
	struct write gone = {.op = WRITE_DELETE, .id = id};
	fixture_write(&f, &gone);
	r = fixture_reader(&f);
	assert_ok(article_of_text(r, STR("one\0text"), &f.arena, &known, &f.e), f.e);
	ck_assert_int_eq(known.id, 0);
	reader_return(r);
	fixture_close(&f);
}
END_TEST

/* Whatever the engine gives: what is no UTF-8 is named, and nothing of it is stored, while its
 * neighbours are. */
START_TEST(store_submit__a_string_that_is_no_utf8__is_an_internal_error_and_stores_nothing)
{
	struct fixture f;
	fixture_open(&f);
	const struct actor cut_name = {.id = STR("x"), .name = STR("women\xE4")};
	const struct actor cut_alias = {
		.id = STR("x"), .name = STR("X"), .aliases = {&STR("\xFF"), 1}};
	const struct issue cut_label = {.id = STR("y"), .label = STR("y\xBF")};
	const struct issue_hit hit = {.issue = &cut_label, .score = 0.5F};
	struct statement cases[] = {
		plain_statement(STR("cut \xE4\xBF"), NULL), plain_statement(STR("by"), &cut_name),
		plain_statement(STR("by"), &cut_alias),	    plain_statement(STR("on"), NULL),
		plain_statement(STR("as"), NULL),	    plain_statement(STR("when"), NULL)};
	static const char *const named[] = {"statement's content", "actor's name",
					    "actor's alias",	   "issue's label",
					    "speaker's role",	   "time's words"};
	cases[3].issues = &hit;
	cases[3].n_issues = 1;
	cases[4].speaker_role = STR("\xED\xA0\x80");
	cases[5].said_on.text = STR("\xC0\x80");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct statement good = plain_statement(STR("whole"), &wang);
		char other[16];
		snprintf(other, sizeof other, "other %zu", i);
		struct write bad = made_article(STR("text"), STR("2024-04-26"), &cases[i], 1);
		struct write beside = made_article(str_of(other), STR("2024-04-26"), &good, 1);
		struct write *both[] = {&bad, &beside};
		assert_fails(store_write_all(f.store, both, 2, &f.e), f.e, ERR_INTERNAL);
		ck_assert_msg(strstr(f.e.message, named[i]) != NULL, "%s, want %s", f.e.message,
			      named[i]);
		ck_assert_int_eq(bad.err.kind, ERR_INTERNAL);
		ck_assert_int_eq(beside.err.kind, ERR_NONE);
		f.e = (struct err){0};
	}
	ck_assert_int_eq(store_stats(f.store).articles, sizeof cases / sizeof *cases);
	fixture_check(&f);
	fixture_close(&f);
}
END_TEST

/* Of a position the words of the object come first, wherever they stand. */
static const struct span spans_a[] = {{3, 9}, {12, 40}}, spans_b[] = {{30, 34}, {3, 9}};

START_TEST(store_statement__every_field_set__comes_back)
{
	struct fixture f;
	fixture_open(&f);
	struct issue_hit hits[] = {{.issue = &core,
				    .score = 0.9F,
				    .evidence = {spans_a, 2},
				    .position = POSITION_OPPOSE,
				    .position_confidence = 0.62F,
				    .position_evidence = {spans_b, 2}},
				   {.issue = &trade, .score = 0.25F, .position = POSITION_NONE}};
	struct statement v[] = {full_statement(hits, 2), plain_statement(STR("nobody said"), NULL)};
	struct write w = made_article(STR("text"), STR("2024-04-26"), v, 2);
	w.article.title = STR("A title");
	w.article.outlet = STR("Outlet");
	w.article.url = STR("u:1");
	fixture_write(&f, &w);
	struct statement_query q = query_all(10);
	int64_t next;
	struct statement_list list = fixture_ask(&f, &q, &next);
	ck_assert_uint_eq(list.n, 2);
	ck_assert_int_eq(next, 0);
	same_statement(&list.v[0], &v[0]);
	ck_assert_int_eq(list.v[0].article_id, w.id);
	assert_str(list.v[0].article_title, "A title");
	assert_str(list.v[1].outlet, "Outlet");
	assert_str(list.v[1].article_url, "u:1");
	assert_str(list.v[1].published_at, "2024-04-26");
	ck_assert_ptr_null(list.v[1].speaker);
	struct statement one;
	struct reader *r = fixture_reader(&f);
	assert_ok(store_statement(r, list.v[0].id, &f.arena, &one, &f.e), f.e);
	same_statement(&one, &v[0]);
	assert_fails(store_statement(r, 1, &f.arena, &one, &f.e), f.e, ERR_NOT_FOUND);
	f.e = (struct err){0};
	reader_return(r);
	fixture_check(&f);
	fixture_close(&f);
}
END_TEST

START_TEST(store_delete__an_article__leaves_no_trace)
{
	struct fixture f;
	fixture_open(&f);
	struct knowledge known = {.actors = &china, .n_actors = 1};
	assert_ok(store_seed(f.store, &known, &f.e), f.e);
	struct issue_hit hits[] = {{.issue = &core, .score = 0.9F, .evidence = {spans_a, 2}},
				   {.issue = &trade, .score = 0.25F, .evidence = {NULL, 0}}};
	struct statement v[] = {full_statement(hits, 2), full_statement(hits + 1, 1)};
	struct write kept = made_article(STR("kept"), STR("2024-04-25"), v + 1, 1);
	struct write gone = made_article(STR("gone"), STR("2024-04-26"), v, 2);
	kept.edition = gone.edition = store_stats(f.store).reread.edition;
	fixture_write(&f, &kept);
	int64_t id = fixture_write(&f, &gone);
	ck_assert_int_eq(store_stats(f.store).statements, 3);
	struct write drop = {.op = WRITE_DELETE, .id = id};
	fixture_write(&f, &drop);
	fixture_check(&f);
	ck_assert_int_eq(store_stats(f.store).statements, 1);
	ck_assert_int_eq(store_stats(f.store).articles, 1);
	struct write *again = &drop;
	assert_fails(store_write_all(f.store, &again, 1, &f.e), f.e, ERR_NOT_FOUND);
	f.e = (struct err){0};
	/* The one of the lexicon stays, the open one still in use stays, then goes. */
	ck_assert_int_gt(fixture_issue(&f, STR("core-interests")).key, 0);
	ck_assert_int_gt(fixture_issue(&f, STR("trade")).key, 0);
	drop.id = kept.id;
	fixture_write(&f, &drop);
	struct reader *r = fixture_reader(&f);
	struct issue_match issue;
	struct actor_match actor;
	assert_fails(store_issue(r, STR("trade"), &f.arena, &issue, &f.e), f.e, ERR_NOT_FOUND);
	assert_fails(store_actor(r, STR("wang-yi"), &f.arena, &actor, &f.e), f.e, ERR_NOT_FOUND);
	f.e = (struct err){0};
	assert_ok(store_actor(r, STR("CHN"), &f.arena, &actor, &f.e), f.e);
	reader_return(r);
	fixture_check(&f);
	fixture_close(&f);
}
END_TEST

START_TEST(store_write__stored_and_deleted_in_one_group__is_gone)
{
	struct fixture f;
	fixture_open(&f);
	struct statement v[] = {plain_statement(STR("said"), &wang)};
	struct write first = made_article(STR("first"), STR("2024-04-26"), v, 1);
	int64_t id = fixture_write(&f, &first);
	struct write drop = {.op = WRITE_DELETE, .id = id}, again = first, drop_twice = drop;
	struct write *group[] = {&drop, &again, &drop_twice};
	assert_fails(store_write_all(f.store, group, 3, &f.e), f.e, ERR_NOT_FOUND);
	ck_assert(again.is_new && again.id != id);
	f.e = (struct err){0};
	struct statement_query q = query_all(10);
	int64_t next;
	ck_assert_uint_eq(fixture_ask(&f, &q, &next).n, 1);
	fixture_check(&f);
	fixture_close(&f);
}
END_TEST

START_TEST(store_write__actor_forgotten_then_named_again__is_new)
{
	struct fixture f;
	fixture_open(&f);
	struct issue_hit hit = {.issue = &trade};
	struct statement v[] = {plain_statement(STR("said"), &wang)};
	v[0].issues = &hit;
	v[0].n_issues = 1;
	struct write first = made_article(STR("first"), STR("2024-04-26"), v, 1), again = first;
	struct write drop = {.op = WRITE_DELETE, .id = fixture_write(&f, &first)};
	fixture_write(&f, &drop);
	fixture_write(&f, &again);
	struct statement_query q = query_all(10);
	int64_t next;
	struct statement_list list = fixture_ask(&f, &q, &next);
	ck_assert_uint_eq(list.n, 1);
	assert_str(list.v[0].speaker->name, "Wang Yi");
	assert_str(list.v[0].issues[0].issue->label, "trade");
	fixture_check(&f);
	fixture_close(&f);
}
END_TEST

/* --- many threads --- */

enum { THREADS = 8, EACH = 60 };

struct sender {
	pthread_t thread;
	struct store *store;
	int number;
	struct write writes[EACH];
	char texts[EACH][32];
	pthread_mutex_t *lock;
	pthread_cond_t *done;
	int *left, *unsent;
};

static void sender_done(struct write *w)
{
	struct sender *s = w->context;
	pthread_mutex_lock(s->lock);
	/* The writer is held here after its first transaction until all have submitted: what waits
	 * must be written together. */
	while (*s->unsent)
		pthread_cond_wait(s->done, s->lock);
	--*s->left;
	pthread_cond_broadcast(s->done);
	pthread_mutex_unlock(s->lock);
}

static void *sender_run(void *p)
{
	struct sender *s = p;
	for (int i = 0; i < EACH; i++) {
		/* A third of the texts are the same in all threads. */
		int n = snprintf(s->texts[i], sizeof s->texts[i], "text %d of %d", i,
				 i % 3 ? s->number : 0);
		s->writes[i] = made_article((struct str){s->texts[i], (size_t)n}, STR("2024-01-02"),
					    NULL, 0);
		s->writes[i].done = sender_done;
		s->writes[i].context = s;
		struct err e = {0};
		while (store_submit(s->store, &s->writes[i], &e)) {
			e = (struct err){0};
			usleep(100);
		}
	}
	pthread_mutex_lock(s->lock);
	--*s->unsent;
	pthread_cond_broadcast(s->done);
	pthread_mutex_unlock(s->lock);
	return NULL;
}

START_TEST(store_submit__eight_threads__share_transactions)
{
	struct fixture f;
	fixture_open(&f);
	pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	pthread_cond_t done = PTHREAD_COND_INITIALIZER;
	int left = THREADS * EACH, unsent = THREADS;
	struct sender *senders = calloc(THREADS, sizeof *senders);
	for (int i = 0; i < THREADS; i++) {
		senders[i] = (struct sender){.store = f.store,
					     .number = i,
					     .lock = &lock,
					     .done = &done,
					     .left = &left,
					     .unsent = &unsent};
		ck_assert_int_eq(pthread_create(&senders[i].thread, NULL, sender_run, &senders[i]),
				 0);
	}
	for (int i = 0; i < THREADS; i++)
		pthread_join(senders[i].thread, NULL);
	pthread_mutex_lock(&lock);
	while (left)
		pthread_cond_wait(&done, &lock);
	pthread_mutex_unlock(&lock);
	int fresh = 0;
	for (int i = 0; i < THREADS * EACH; i++) {
		ck_assert_int_eq(senders[i / EACH].writes[i % EACH].err.kind, ERR_NONE);
		fresh += senders[i / EACH].writes[i % EACH].is_new;
	}
	ck_assert_int_eq(fresh, EACH / 3 + THREADS * EACH * 2 / 3);
	struct store_stats stats = store_stats(f.store);
	ck_assert_int_eq(stats.articles, fresh);
	ck_assert_int_eq(stats.writes_committed, THREADS * EACH);
	ck_assert_int_le(stats.transactions,
			 1 + THREADS * EACH / 128 + 1); /* 128: fixture_options */
	fixture_check(&f);
	free(senders);
	fixture_close(&f);
}
END_TEST

static void count_one(struct write *w)
{
	atomic_fetch_add((atomic_int *)w->context, 1);
}

static void await_count(atomic_int *n, int target)
{
	while (atomic_load(n) < target)
		usleep(100);
}

/* Two articles, the second a while after the first. */
static int64_t transactions_of_two(struct fixture *f, int number)
{
	struct write writes[2];
	char texts[2][40];
	atomic_int done = 0;
	int64_t before = store_stats(f->store).transactions;
	store_expect(f->store, 1);
	for (int i = 0; i < 2; i++) {
		int n = snprintf(texts[i], sizeof texts[i], "text %d, %d", number, i);
		writes[i] =
			made_article((struct str){texts[i], (size_t)n}, STR("2024-01-02"), NULL, 0);
		writes[i].done = count_one;
		writes[i].context = &done;
		if (i == 1)
			store_expect(f->store, -1);
		ck_assert_int_eq(store_submit(f->store, &writes[i], &f->e), 0);
		usleep(300);
	}
	await_count(&done, 2);
	return store_stats(f->store).transactions - before;
}

/* How long it waits hangs on how long the last transaction took. */
START_TEST(store_submit__one_more_is_expected__waits_for_it)
{
	enum { TRIES = 200 };
	struct fixture f;
	int tries = 0;
	fixture_open(&f);
	while (transactions_of_two(&f, tries) > 1)
		ck_assert_int_lt(++tries, TRIES);
	fixture_check(&f);
	fixture_close(&f);
}
END_TEST

START_TEST(store_submit__the_expected_never_comes__ends)
{
	struct fixture f;
	fixture_open(&f);
	store_expect(f.store, 1);
	for (int i = 0; i < 2; i++) {
		char text[40];
		int n = snprintf(text, sizeof text, "text %d", i);
		struct write w = made_article((struct str){text, (size_t)n}, STR("2024-01-02"),
					      NULL, 0),
			     *refs[] = {&w};
		ck_assert_int_eq(store_write_all(f.store, refs, 1, &f.e), 0);
	}
	fixture_check(&f);
	fixture_close(&f);
}
END_TEST

START_TEST(store_reader__none_free__is_busy_at_the_deadline)
{
	struct fixture f;
	fixture_open(&f);
	struct reader *a = fixture_reader(&f), *b = fixture_reader(&f);
	ck_assert_ptr_null(store_reader(f.store, now_monotonic_ns() + 20000000, &f.e));
	ck_assert_int_eq(f.e.kind, ERR_BUSY);
	reader_return(a);
	f.e = (struct err){0};
	a = fixture_reader(&f);
	reader_return(a);
	reader_return(b);
	reader_return(NULL);
	assert_ok(store_ready(f.store, &f.e), f.e);
	fixture_close(&f);
}
END_TEST

/* None has to be; one that is there reads little, and is whole for the next who borrows it. */
START_TEST(store_reader_at_hand__some_or_none_idle__waits_for_nothing)
{
	struct fixture f;
	fixture_open(&f);
	struct statement v[] = {plain_statement(STR("said"), &wang)};
	struct write w = made_article(STR("text"), STR("2024-04-26"), v, 1);
	struct statement_query q = query_all(10);
	struct suggestion_query s = {.typed = STR("wan"), .what = ~0U, .limit = 3};
	struct statement_list list;
	struct suggestions names;
	int64_t next, began_ns = now_monotonic_ns();
	fixture_write(&f, &w);
	struct reader *r = store_reader_at_hand(f.store, now_monotonic_ns() + LONG_NS, &f.e);
	if (r) {
		assert_ok(store_statements(r, &q, &f.arena, &list, &next, &f.e), f.e);
		ck_assert_uint_eq(list.n, 1);
		assert_fails(store_suggest(r, &s, &f.arena, &names, &f.e), f.e, ERR_DEADLINE);
	} else {
		ck_assert_int_eq(f.e.kind, ERR_BUSY);
	}
	reader_return(r);
	f.e = (struct err){0};
	struct reader *a = fixture_reader(&f), *b = fixture_reader(&f);
	assert_ok(store_suggest(a, &s, &f.arena, &names, &f.e), f.e);
	assert_ok(store_suggest(b, &s, &f.arena, &names, &f.e), f.e);
	ck_assert_ptr_null(store_reader_at_hand(f.store, now_monotonic_ns() + LONG_NS, &f.e));
	ck_assert_int_eq(f.e.kind, ERR_BUSY);
	ck_assert_int_lt(now_monotonic_ns() - began_ns, LONG_NS);
	reader_return(a);
	reader_return(b);
	fixture_close(&f);
}
END_TEST

/* Whether its snapshot is one that was kept or not. */
START_TEST(store_reader_at_hand__again_and_again__sees_what_was_written_before)
{
	struct fixture f;
	fixture_open(&f);
	struct statement_query q = query_all(10);
	struct statement_list list;
	int64_t next;
	for (size_t i = 0; i < 30; i++) {
		struct statement v[] = {plain_statement(STR("said"), &wang)};
		struct str text = arena_printf(&f.arena, "text %zu", i / 3);
		struct write w = made_article(text, STR("2024-04-26"), v, 1);
		if (i % 3 == 0)
			fixture_write(&f, &w);
		struct reader *r =
			store_reader_at_hand(f.store, now_monotonic_ns() + LONG_NS, &f.e);
		if (r) {
			assert_ok(store_statements(r, &q, &f.arena, &list, &next, &f.e), f.e);
			ck_assert_uint_eq(list.n, i / 3 + 1);
			ck_assert_uint_eq(reader_version(r), store_version(f.store));
		}
		reader_return(r);
		f.e = (struct err){0};
		ck_assert_uint_eq(fixture_ask(&f, &q, &next).n, i / 3 + 1);
	}
	fixture_reopen(&f);
	ck_assert_uint_eq(fixture_ask(&f, &q, &next).n, 10);
	fixture_close(&f);
}
END_TEST

/* The log is copied back and starts again: nothing that a reader keeps while it is idle holds it
 * up. */
START_TEST(store_reader__between_all_writes__leaves_the_log_short)
{
	enum { FRAMES = 200, FRAME_BYTES = 4120, WRITES = 60 };
	struct fixture f;
	fixture_make(&f);
	struct store_options o = fixture_options(&f);
	o.checkpoint_frames = FRAMES;
	f.store = store_open(&o, &f.e);
	ck_assert_msg(f.store != NULL, "%s", f.e.message);
	for (int i = 0; i < WRITES; i++) {
		struct statement v[] = {plain_statement(STR("said"), &wang)};
		struct write w =
			made_article(arena_printf(&f.arena, "text %d", i), STR("2024-04-26"), v, 1);
		const int64_t until = now_monotonic_ns() + LONG_NS;
		reader_return(i % 2 ? store_reader(f.store, until, &f.e)
				    : store_reader_at_hand(f.store, until, &f.e));
		f.e = (struct err){0};
		fixture_write(&f, &w);
		ck_assert_int_lt(store_stats(f.store).wal_bytes, 2 * FRAMES * FRAME_BYTES);
	}
	fixture_close(&f);
}
END_TEST

START_TEST(store_reader__writes_meanwhile__sees_one_snapshot)
{
	struct fixture f;
	fixture_open(&f);
	struct reader *r = fixture_reader(&f);
	struct statement v[] = {plain_statement(STR("said"), &wang)};
	struct write w = made_article(STR("text"), STR("2024-04-26"), v, 1);
	fixture_write(&f, &w);
	struct statement_query q = query_all(10);
	struct statement_list list;
	int64_t next;
	assert_ok(store_statements(r, &q, &f.arena, &list, &next, &f.e), f.e);
	ck_assert_uint_eq(list.n, 0);
	reader_return(r);
	ck_assert_uint_eq(fixture_ask(&f, &q, &next).n, 1);
	fixture_close(&f);
}
END_TEST

START_TEST(store_statements__deadline_passed__fails)
{
	struct fixture f;
	fixture_open(&f);
	struct reader *r = store_reader(f.store, now_monotonic_ns() + 30000000, &f.e);
	usleep(50000);
	struct statement_query q = query_all(10);
	struct statement_list list;
	int64_t next;
	assert_fails(store_statements(r, &q, &f.arena, &list, &next, &f.e), f.e, ERR_DEADLINE);
	reader_return(r);
	f.e = (struct err){0};
	ck_assert_uint_eq(fixture_ask(&f, &q, &next).n, 0);
	fixture_close(&f);
}
END_TEST

UNIT_MAIN("store", store_submit__a_string_that_is_no_utf8__is_an_internal_error_and_stores_nothing,
	  store_article__text_with_nul_cr_emoji__comes_back_byte_for_byte,
	  store_submit__same_text__keeps_the_first,
	  store_submit__without_a_digest__is_an_internal_error,
	  store_article_of__a_text__is_the_article_that_has_it,
	  store_statement__every_field_set__comes_back, store_delete__an_article__leaves_no_trace,
	  store_write__stored_and_deleted_in_one_group__is_gone,
	  store_write__actor_forgotten_then_named_again__is_new,
	  store_submit__eight_threads__share_transactions,
	  store_submit__one_more_is_expected__waits_for_it,
	  store_submit__the_expected_never_comes__ends,
	  store_reader__none_free__is_busy_at_the_deadline,
	  store_reader_at_hand__some_or_none_idle__waits_for_nothing,
	  store_reader_at_hand__again_and_again__sees_what_was_written_before,
	  store_reader__between_all_writes__leaves_the_log_short,
	  store_reader__writes_meanwhile__sees_one_snapshot,
	  store_statements__deadline_passed__fails)
