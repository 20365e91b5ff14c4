/* Articles read again: which statements stay the same, what the others leave behind, what is stale,
 * and that it only goes forward. Every test ends with the store's own check. */
#include "db/reread.h"

#include "db/count.h"
#include "db/issue_edit.h"
#include "tests/conformance/fixture.h"

static const struct issue ports = {.id = {"ports", 5}, .label = {"ports", 5}, .is_open = true};
static const struct issue_hit on_trade = {.issue = &trade, .score = 0.5F, .evidence = {NULL, 0}},
			      on_ports = {.issue = &ports, .score = 0.5F};

enum { FOUND_MAX = 8 };

/* Statements by their cues and contents: "3 10-20" has its cue at 3 and says what lies from 10
 * to 20. */
struct found {
	struct statement v[FOUND_MAX];
	struct span cues[FOUND_MAX], contents[FOUND_MAX];
	size_t n;
};

static struct statement *add(struct found *x, uint32_t cue, uint32_t from, uint32_t to,
			     const char *content, const struct issue_hit *issue)
{
	size_t i = x->n++;
	ck_assert_uint_lt(i, FOUND_MAX);
	x->cues[i] = (struct span){cue, cue + 1};
	x->contents[i] = (struct span){from, to};
	x->v[i] = plain_statement(str_of(content), &china);
	x->v[i].issues = issue;
	x->v[i].n_issues = issue != NULL;
	x->v[i].spans.cue = (struct spans){&x->cues[i], 1};
	x->v[i].spans.content = (struct spans){&x->contents[i], 1};
	return &x->v[i];
}

static int64_t edition(const struct fixture *f)
{
	return store_stats(f->store).reread.edition;
}

static int64_t store(struct fixture *f, const char *text, const struct found *x, int64_t with)
{
	struct write w = made_article(str_of(text), STR("2024-04-26"), x->v, x->n);
	w.edition = with;
	return fixture_write(f, &w);
}

static bool again(struct fixture *f, int64_t article, const struct found *x, int64_t with)
{
	struct reread_write rw = {.write = {.op = WRITE_REREAD, .id = article, .edition = with}};
	rw.write.extraction = (struct extraction){x->v, x->n};
	fixture_write(f, &rw.write);
	return rw.is_taken;
}

/* Raises the edition, as any change of issues does. */
static int64_t raise_edition(struct fixture *f)
{
	static int number;
	char id[16];
	snprintf(id, sizeof id, "raise-%d", number++);
	struct issue i = {.id = str_of(id), .label = str_of(id), .parent = STR_EMPTY};
	struct issue_write iw = {.write = {.op = WRITE_ISSUE}, .change = ISSUE_ADD, .issue = i};
	fixture_write(f, &iw.write);
	return iw.edition;
}

static struct statement_list list_of(struct fixture *f, int64_t article)
{
	struct statement_query q = query_all(100);
	int64_t next;
	q.article = article;
	return fixture_ask(f, &q, &next);
}

static size_t found_by(struct fixture *f, struct statement_query q)
{
	int64_t next;
	return fixture_ask(f, &q, &next).n;
}

static void done(struct fixture *f)
{
	fixture_check(f);
	fixture_close(f);
}

START_TEST(statement__found_again__keeps_its_id_and_gets_all_that_is_new)
{
	struct fixture f;
	struct found old = {0}, new = {0};
	fixture_open(&f);
	add(&old, 5, 10, 20, "on the trade", &on_trade);
	int64_t id = store(&f, "t", &old, 0), with = raise_edition(&f);
	struct statement_list before = list_of(&f, id);
	const struct issue_hit opposed = {
		.issue = &ports, .position = POSITION_OPPOSE, .position_confidence = 0.7F};
	struct statement *s = add(&new, 5, 10, 16, "on the ports", &opposed);
	s->speaker = &usa;
	s->addressee = &wang;
	s->reported_by = &china;
	s->kind = KIND_MIXED;
	s->stance = (struct stance){.position = POSITION_OPPOSE,
				    .act = ACT_ACCUSE,
				    .target = &china,
				    .confidence = 0.5F};
	s->polarity = POLARITY_DENIED;
	s->modality = MODALITY_FUTURE;
	s->confidence = 0.75F;
	s->engine = STR("newer");
	s->speaker_role = STR("minister");
	s->said_on = (struct said_on){STR("then"),
				      STR("2024"),
				      PRECISION_YEAR,
				      STR("rule"),
				      day_from_civil((struct civil){2024, 1, 1}),
				      day_from_civil((struct civil){2024, 12, 31})};
	ck_assert(again(&f, id, &new, with));
	struct statement_list after = list_of(&f, id);
	ck_assert_uint_eq(after.n, 1);
	const struct statement *t = &after.v[0];
	ck_assert_int_eq(t->id, before.v[0].id);
	assert_str(t->content, "on the ports");
	assert_str(t->speaker->id, "USA");
	assert_str(t->addressee->id, "wang-yi");
	assert_str(t->reported_by->id, "CHN");
	assert_str(t->issues[0].issue->id, "ports");
	assert_str(t->stance.target->id, "CHN");
	assert_str(t->engine, "newer");
	assert_str(t->speaker_role, "minister");
	assert_str(t->said_on.date, "2024");
	ck_assert_int_eq(t->spans.content.v[0].end, 16);
	ck_assert(t->kind == KIND_MIXED && t->polarity == POLARITY_DENIED &&
		  t->modality == MODALITY_FUTURE);
	ck_assert(t->stance.position == POSITION_OPPOSE && t->stance.act == ACT_ACCUSE);
	struct name_query trades = {.text = STR("trade"), .kind = -1, .limit = 10};
	struct issue_matches none;
	struct str no_next;
	struct reader *r = fixture_reader(&f);
	assert_ok(store_issues(r, &trades, &f.arena, &none, &no_next, &f.e), f.e);
	reader_return(r);
	ck_assert_uint_eq(none.n, 0); /* nobody names it any more */
	struct statement_query until = query_all(10);
	until.said_before = day_from_civil((struct civil){2024, 1, 1});
	ck_assert_uint_eq(found_by(&f, until), 1);
	until.said_before--;
	ck_assert_uint_eq(found_by(&f, until), 0);
	ck_assert_int_eq(store_stats(f.store).reread.changed, 1);
	done(&f);
}
END_TEST

/* The second issue is no part of the statement's own fields: the facets that have it follow. */
START_TEST(statement__found_again_with_another_side_on_its_second_issue__is_asked_by_that)
{
	struct fixture f;
	struct found x = {0};
	struct issue_hit both[] = {{.issue = &trade, .position = POSITION_SUPPORT},
				   {.issue = &ports, .position = POSITION_SUPPORT}};
	fixture_open(&f);
	add(&x, 5, 10, 20, "on both", both)->n_issues = 2;
	int64_t id = store(&f, "t", &x, 0), with = raise_edition(&f);
	int64_t issue = fixture_issue(&f, ports.id).key;
	struct statement_query opposed = query_all(10);
	opposed.issues = (struct keys){&issue, 1};
	opposed.positions = 1U << POSITION_OPPOSE;
	ck_assert_uint_eq(found_by(&f, opposed), 0);
	both[1].position = POSITION_OPPOSE;
	both[1].position_confidence = 0.8F;
	ck_assert(again(&f, id, &x, with));
	ck_assert_int_eq(store_stats(f.store).reread.changed, 1);
	ck_assert_uint_eq(found_by(&f, opposed), 1);
	opposed.min_position_confidence = 0.81F;
	ck_assert_uint_eq(found_by(&f, opposed), 0);
	/* The same once more changes nothing. */
	with = raise_edition(&f);
	ck_assert(again(&f, id, &x, with));
	ck_assert_int_eq(store_stats(f.store).reread.changed, 0);
	done(&f);
}
END_TEST

START_TEST(statement__less_than_half_in_common_or_other_cue__is_another)
{
	static const struct {
		uint32_t cue, from, to;
		bool is_same;
	} cases[] = {
		{5, 10, 20, true},  {5, 15, 20, true},	{5, 16, 20, false}, {5, 15, 25, true},
		{5, 16, 26, false}, {5, 10, 30, true},	{5, 10, 31, false}, {5, 20, 30, false},
		{5, 0, 0, false},   {6, 10, 20, false},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct fixture f;
		struct found old = {0}, new = {0};
		fixture_open(&f);
		add(&old, 5, 10, 20, "a", NULL);
		int64_t id = store(&f, "t", &old, 0), first = list_of(&f, id).v[0].id;
		add(&new, cases[i].cue, cases[i].from, cases[i].to, "b", NULL);
		ck_assert(again(&f, id, &new, 0));
		struct statement_list after = list_of(&f, id);
		ck_assert_uint_eq(after.n, 1);
		ck_assert_msg((after.v[0].id == first) == cases[i].is_same, "case %zu", i);
		done(&f);
	}
}
END_TEST

START_TEST(statements__several_alike__the_best_pairs_keep_their_ids)
{
	struct fixture f;
	struct found old = {0}, new = {0};
	fixture_open(&f);
	add(&old, 5, 10, 20, "first", NULL);
	add(&old, 5, 12, 20, "second", NULL);
	add(&old, 5, 40, 50, "third", NULL);
	int64_t id = store(&f, "t", &old, 0);
	struct statement_list before = list_of(&f, id);
	add(&new, 5, 11, 20, "nearer to the second", NULL); /* 8 of 9, the first has 9 of 10 */
	add(&new, 5, 12, 20, "the second", NULL);
	add(&new, 5, 60, 70, "new", NULL);
	ck_assert(again(&f, id, &new, 0));
	struct statement_list after = list_of(&f, id);
	ck_assert_uint_eq(after.n, 3);
	ck_assert_int_eq(after.v[0].id, before.v[0].id);
	ck_assert_int_eq(after.v[1].id, before.v[1].id);
	ck_assert_int_gt(after.v[2].id, id);
	ck_assert_int_eq(after.v[2].id >> ID_DAY_SHIFT, id >> ID_DAY_SHIFT);
	ck_assert_int_eq(store_stats(f.store).statements, 3);
	done(&f);
}
END_TEST

START_TEST(statements__of_an_article__in_the_order_of_the_text_page_by_page)
{
	struct fixture f;
	struct found old = {0}, new = {0};
	struct statement_query q = query_all(2);
	fixture_open(&f);
	add(&old, 50, 60, 70, "later", NULL);
	add(&old, 80, 90, 99, "last", NULL);
	int64_t id = store(&f, "t", &old, 0), next, seen = 0;
	add(&new, 5, 10, 20, "new at the start", NULL);
	add(&new, 50, 60, 70, "later", NULL);
	add(&new, 71, 75, 79, "new in the middle", NULL);
	add(&new, 80, 90, 99, "last", NULL);
	add(&new, 100, 110, 120, "new at the end", NULL);
	ck_assert(again(&f, id, &new, 0));
	q.article = id;
	for (q.oldest_first = false;; q.after = next, q.oldest_first = !q.oldest_first) {
		struct statement_list page = fixture_ask(&f, &q, &next);
		for (size_t i = 0; i < page.n; i++)
			ck_assert(str_eq(page.v[i].content, new.v[seen++].content));
		if (!next)
			break;
	}
	ck_assert_int_eq(seen, 5);
	done(&f);
}
END_TEST

/* New ids lie above those of other articles of the day: pages by outlet, which go article by
 * article, must not lose any. */
START_TEST(statements__of_an_outlet_read_again__are_paged_without_loss)
{
	struct fixture f;
	struct found one = {0}, two = {0};
	struct statement_query q = query_all(3);
	static const struct str outlet = {"Gazette", 7};
	int64_t ids[4], next, seen = 0, last = INT64_MAX;
	fixture_open(&f);
	add(&one, 5, 10, 20, "a", NULL);
	add(&one, 25, 30, 40, "b", NULL);
	for (int i = 0; i < 4; i++) {
		struct write w = made_article(arena_printf(&f.arena, "text %d", i),
					      STR("2024-04-26"), one.v, one.n);
		w.article.outlet = outlet;
		ids[i] = fixture_write(&f, &w);
	}
	add(&two, 5, 10, 20, "a", NULL);
	add(&two, 35, 50, 60, "c", NULL);
	for (int i = 0; i < 4; i += 2)
		ck_assert(again(&f, ids[i], &two, 0));
	q.outlets = (struct strs){&outlet, 1};
	do {
		struct statement_list page = fixture_ask(&f, &q, &next);
		for (size_t i = 0; i < page.n; i++, seen++) {
			ck_assert_int_lt(page.v[i].id, last);
			last = page.v[i].id;
		}
		q.after = next;
	} while (next);
	ck_assert_int_eq(seen, 8);
	done(&f);
}
END_TEST

START_TEST(statements__looked_at_by_a_person__stay_as_they_are)
{
	static const enum status statuses[] = {STATUS_CONFIRMED, STATUS_EDITED, STATUS_REJECTED};
	struct fixture f;
	fixture_open(&f);
	for (size_t i = 0; i < 3; i++) {
		struct found old = {0}, new = {0};
		add(&old, 5, 10, 20, "theirs", &on_trade)->status = statuses[i];
		add(&old, 25, 30, 40, "theirs, not found again", &on_trade)->status = statuses[i];
		add(&old, 45, 50, 60, "the machine's", &on_trade);
		int64_t id = store(&f,
				   statuses[i] == STATUS_EDITED	    ? "a"
				   : statuses[i] == STATUS_REJECTED ? "b"
								    : "c",
				   &old, 0);
		struct statement_list before = list_of(&f, id);
		add(&new, 5, 10, 18, "found", &on_ports);
		add(&new, 65, 70, 80, "new", &on_ports);
		ck_assert(again(&f, id, &new, 0));
		struct statement_list after = list_of(&f, id);
		ck_assert_uint_eq(after.n, 3);
		for (size_t k = 0; k < 2; k++) {
			ck_assert_int_eq(after.v[k].id, before.v[k].id);
			ck_assert(after.v[k].status == statuses[i] &&
				  str_eq(after.v[k].content, old.v[k].content));
			assert_str(after.v[k].issues[0].issue->id, "trade");
		}
		assert_str(after.v[2].content, "new");
	}
	done(&f);
}
END_TEST

/* --- editions --- */

START_TEST(reread__of_an_older_edition__is_dropped)
{
	struct fixture f;
	struct found old = {0}, new = {0};
	fixture_open(&f);
	add(&old, 5, 10, 20, "old", NULL);
	add(&new, 5, 10, 20, "new", NULL);
	int64_t first = raise_edition(&f), id = store(&f, "t", &old, first),
		second = raise_edition(&f);
	ck_assert(
		!again(&f, id, &new, first)); /* the issues changed while the engine was reading */
	assert_str(list_of(&f, id).v[0].content, "old");
	ck_assert_int_eq(store_stats(f.store).reread.stale, 1);
	ck_assert(!again(&f, id, &new, second + 1));
	ck_assert(again(&f, id, &new, second));
	ck_assert_int_eq(store_stats(f.store).reread.stale, 0);
	ck_assert(!again(&f, id, &old, first));
	assert_str(list_of(&f, id).v[0].content, "new");
	ck_assert(!again(&f, id + 12345, &new, second)); /* no article */
	struct write gone = {.op = WRITE_DELETE, .id = id};
	fixture_write(&f, &gone);
	ck_assert(!again(&f, id, &new, second));
	ck_assert_int_eq(store_stats(f.store).statements, 0);
	done(&f);
}
END_TEST

static size_t next_stale(struct fixture *f, int most, int64_t *out)
{
	struct keys ids;
	struct reader *r = fixture_reader(f);
	assert_ok(store_stale(r, most, &f->arena, &ids, &f->e), f->e);
	reader_return(r);
	for (size_t i = 0; i < ids.n; i++)
		out[i] = ids.v[i];
	return ids.n;
}

START_TEST(stale__articles__come_oldest_edition_first_then_newest_first)
{
	struct fixture f;
	struct found x = {0};
	int64_t got[10];
	fixture_open(&f);
	add(&x, 5, 10, 20, "x", NULL);
	int64_t first = raise_edition(&f);
	int64_t a = store(&f, "a", &x, first), b = store(&f, "b", &x, first);
	ck_assert_uint_eq(next_stale(&f, 10, got), 0);
	int64_t second = raise_edition(&f), c = store(&f, "c", &x, second);
	int64_t third = raise_edition(&f), late = store(&f, "late", &x, second);
	ck_assert_int_eq(store_stats(f.store).reread.stale, 4);
	ck_assert_uint_eq(next_stale(&f, 10, got), 2);
	ck_assert(got[0] == b && got[1] == a);
	fixture_reopen(&f);
	ck_assert(again(&f, b, &x, third) && again(&f, a, &x, third));
	fixture_reopen(&f);
	ck_assert_int_eq(store_stats(f.store).reread.done, 2);
	ck_assert_uint_eq(next_stale(&f, 10, got), 2);
	ck_assert(got[0] == late && got[1] == c);
	struct write gone = {.op = WRITE_DELETE, .id = c};
	fixture_write(&f, &gone);
	struct reread_state s = store_stats(f.store).reread;
	ck_assert(s.stale == 1 && reread_is_running(&s) && s.finished_ms == 0);
	struct reread_write failed = {.write = {.op = WRITE_REREAD, .id = late, .edition = third},
				      .has_failed = true};
	fixture_write(&f, &failed.write);
	s = store_stats(f.store).reread;
	ck_assert(s.stale == 0 && s.done == 3 && s.failed == 1 && s.changed == 0 &&
		  s.finished_ms > 0);
	ck_assert_uint_eq(next_stale(&f, 10, got), 0);
	ck_assert_uint_eq(list_of(&f, late).n, 1);
	done(&f);
}
END_TEST

static void seed(struct fixture *f, const char *engine)
{
	struct knowledge k = {.actors = &china, .n_actors = 1, .engine = str_of(engine)};
	assert_ok(store_seed(f->store, &k, &f->e), f->e);
}

START_TEST(engine__newer__makes_all_stale_and_an_older_one_reads_nothing_back)
{
	struct fixture f;
	struct found x = {0};
	fixture_open(&f);
	seed(&f, "0.9.0");
	add(&x, 5, 10, 20, "x", NULL);
	int64_t first = edition(&f), id = store(&f, "a", &x, first);
	seed(&f, "0.9.0");
	ck_assert_int_eq(edition(&f), first);
	seed(&f, "0.10.0");
	ck_assert_int_eq(edition(&f), first + 1);
	ck_assert_int_eq(store_stats(f.store).reread.stale, 1);
	ck_assert(again(&f, id, &x, first + 1));
	fixture_reopen(&f);
	seed(&f, "0.9.9");
	struct reread_state s = store_stats(f.store).reread;
	ck_assert(s.edition == first + 1 && s.is_outdated && s.stale == 0);
	ck_assert(!again(&f, id, &x, first + 1));
	store(&f, "b", &x, first + 1); /* what it finds is not the last word */
	s = store_stats(f.store).reread;
	ck_assert(s.stale == 1 && !reread_is_running(&s));
	fixture_reopen(&f);
	seed(&f, "0.10.0");
	s = store_stats(f.store).reread;
	ck_assert(s.edition == first + 1 && s.stale == 1 && reread_is_running(&s));
	done(&f);
}
END_TEST

/* --- the clock --- */

START_TEST(commits__each_change__rises)
{
	struct fixture f;
	struct found x = {0}, y = {0};
	fixture_open(&f);
	seed(&f, "1");
	add(&x, 5, 10, 20, "x", &on_trade);
	add(&x, 25, 30, 40, "y", NULL);
	int64_t with = edition(&f), id = store(&f, "a", &x, with);
	store(&f, "b", &x, with);
	int64_t before = store_stats(f.store).commits;
	store(&f, "b", &x, with); /* the same text */
	ck_assert(again(&f, id, &x, with));
	ck_assert_int_eq(store_stats(f.store).commits, before); /* nothing changed */
	add(&y, 5, 10, 20, "x", &on_trade);
	add(&y, 25, 30, 40, "y", &on_trade);
	ck_assert(again(&f, id, &y, with));
	int64_t now = store_stats(f.store).commits;
	ck_assert_int_eq(now, before + 1);
	struct reader *r = fixture_reader(&f);
	struct write gone = {.op = WRITE_DELETE, .id = id};
	fixture_write(&f, &gone);
	ck_assert_int_eq(reader_commit(r), now);
	reader_return(r);
	ck_assert_int_eq(store_stats(f.store).commits, now + 1);
	fixture_reopen(&f);
	ck_assert_int_eq(store_stats(f.store).commits, now + 1);
	done(&f);
}
END_TEST

/* --- uncounted --- */

/* As the store keeps the count of statements without conditions. */
static int64_t count_all(struct fixture *f)
{
	struct statement_query q = query_all(1);
	struct count_query c = {.q = &q, .by = 1U << COUNTED_KIND, .limit = 10};
	struct counts out;
	struct reader *r = fixture_reader(f);
	assert_ok(store_count(r, &c, &f->arena, &out, &f->e), f->e);
	reader_return(r);
	return out.total;
}

START_TEST(statement__uncounted__is_found_by_its_id_and_article_only)
{
	struct fixture f;
	struct found x = {0};
	static const struct str phrase = {"nested", 6};
	fixture_open(&f);
	struct statement *s = add(&x, 5, 10, 20, "nested words", &on_trade);
	s->is_uncounted = true;
	s->speaker = &wang;
	s->stance.target = &usa;
	s->addressee = &usa;
	add(&x, 25, 30, 40, "other words", NULL);
	int64_t id = store(&f, "a", &x, 0);
	struct statement_list all = list_of(&f, id);
	ck_assert_uint_eq(all.n, 2);
	ck_assert(all.v[0].is_uncounted && !all.v[1].is_uncounted);
	ck_assert_int_eq(store_stats(f.store).statements, 1);
	ck_assert_uint_eq(fixture_article(&f, id).statement_count, 1);
	ck_assert_int_eq(count_all(&f), 1);
	ck_assert_uint_eq(fixture_issue(&f, STR("trade")).issue.statement_count, 0);
	ck_assert_uint_eq(fixture_actor(&f, STR("wang-yi")).actor.statement_count, 0);
	struct reader *r = fixture_reader(&f);
	struct statement one;
	assert_ok(store_statement(r, all.v[0].id, &f.arena, &one, &f.e), f.e);
	reader_return(r);
	assert_str(one.issues[0].issue->id, "trade");
	int64_t to = fixture_actor(&f, STR("USA")).key,
		by = speaker_key(fixture_actor(&f, STR("wang-yi")).key, false);
	int64_t issue = fixture_issue(&f, STR("trade")).key;
	struct statement_query q = query_all(10);
	ck_assert_uint_eq(found_by(&f, q), 1);
	q.phrases = (struct strs){&phrase, 1};
	ck_assert_uint_eq(found_by(&f, q), 0);
	q = query_all(10);
	q.targets = (struct keys){&to, 1};
	ck_assert_uint_eq(found_by(&f, q), 0);
	q = query_all(10);
	q.addressees = (struct keys){&to, 1};
	ck_assert_uint_eq(found_by(&f, q), 0);
	q = query_all(10);
	q.speakers = (struct keys){&by, 1};
	ck_assert_uint_eq(found_by(&f, q), 0);
	q = query_all(10);
	q.issues = (struct keys){&issue, 1};
	ck_assert_uint_eq(found_by(&f, q), 0);
	fixture_check(&f);
	/* Counted from now on, then not any more, then gone with all that it named. */
	s->is_uncounted = false;
	ck_assert(again(&f, id, &x, 0));
	ck_assert_uint_eq(found_by(&f, q), 1);
	ck_assert_int_eq(store_stats(f.store).statements, 2);
	fixture_check(&f);
	s->is_uncounted = true;
	ck_assert(again(&f, id, &x, 0));
	ck_assert_uint_eq(found_by(&f, q), 0);
	fixture_check(&f);
	struct write gone = {.op = WRITE_DELETE, .id = id};
	fixture_write(&f, &gone);
	ck_assert_uint_eq(fixture_count_issues(&f), 0);
	done(&f);
}
END_TEST

/* --- at random --- */

static uint32_t dice(uint64_t *state, uint32_t sides)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return (uint32_t)(*state >> 32) % sides;
}

static void throw(uint64_t * random, struct found *x)
{
	static const struct actor *const actors[] = {&china, &usa, &wang, NULL};
	static const struct issue_hit *const issues[] = {&on_trade, &on_ports, NULL};
	static const char *const words[] = {"kabo limu", "tiro", "vanu zelo"};
	x->n = 0;
	for (uint32_t n = dice(random, FOUND_MAX + 1), at = 0; n; n--) {
		uint32_t from = at + dice(random, 3) * 5, to = from + 5 + dice(random, 3) * 5;
		struct statement *s = add(x, dice(random, 2), from, to, words[dice(random, 3)],
					  issues[dice(random, 3)]);
		s->speaker = actors[dice(random, 4)];
		s->stance.target = actors[dice(random, 4)];
		s->addressee = dice(random, 3) ? NULL : actors[dice(random, 4)];
		s->reported_by = dice(random, 5) ? NULL : actors[dice(random, 4)];
		s->is_uncounted = dice(random, 4) == 0;
		s->status =
			dice(random, 12) ? STATUS_MACHINE : (enum status)dice(random, STATUS_COUNT);
		at = dice(random, 3) ? to : at;
	}
}

START_TEST(articles__read_again_at_random__keep_every_count_right)
{
	enum { ARTICLES = 6, ROUNDS = 60 };
	struct fixture f;
	uint64_t random = 88172645463325252ULL;
	int64_t ids[ARTICLES] = {0};
	fixture_open(&f);
	for (int round = 0; round < ROUNDS; round++) {
		struct found x[ARTICLES];
		struct reread_write rw[ARTICLES];
		struct write *group[ARTICLES];
		for (int i = 0; i < ARTICLES; i++) {
			throw(&random, &x[i]);
			if (!ids[i]) {
				char text[32];
				snprintf(text, sizeof text, "%d %d", round, i);
				ids[i] = store(&f, text, &x[i], 0);
			}
			/* What persons decided comes from the store alone. */
			for (size_t k = 0; k < x[i].n; k++)
				x[i].v[k].status = STATUS_MACHINE;
			rw[i] = (struct reread_write){.write = {.op = WRITE_REREAD, .id = ids[i]}};
			rw[i].write.extraction = (struct extraction){x[i].v, x[i].n};
			group[i] = &rw[i].write;
		}
		assert_ok(store_write_all(f.store, group, ARTICLES, &f.e), f.e);
		if (dice(&random, 3) == 0) {
			int i = (int)dice(&random, ARTICLES);
			struct write gone = {.op = WRITE_DELETE, .id = ids[i]};
			fixture_write(&f, &gone);
			ids[i] = 0;
		}
		fixture_check(&f);
	}
	fixture_close(&f);
}
END_TEST

UNIT_MAIN("reread", statement__found_again__keeps_its_id_and_gets_all_that_is_new,
	  statement__found_again_with_another_side_on_its_second_issue__is_asked_by_that,
	  statement__less_than_half_in_common_or_other_cue__is_another,
	  statements__several_alike__the_best_pairs_keep_their_ids,
	  statements__of_an_article__in_the_order_of_the_text_page_by_page,
	  statements__of_an_outlet_read_again__are_paged_without_loss,
	  statements__looked_at_by_a_person__stay_as_they_are,
	  reread__of_an_older_edition__is_dropped,
	  stale__articles__come_oldest_edition_first_then_newest_first,
	  engine__newer__makes_all_stale_and_an_older_one_reads_nothing_back,
	  commits__each_change__rises, statement__uncounted__is_found_by_its_id_and_article_only,
	  articles__read_again_at_random__keep_every_count_right)
