/* What persons change: it is there at once, it is counted right, it can be taken back, and it
 * outlives reading again and the deletion of the text. Every test ends with the store's own check.
 */
#include "db/edit.h"

#include "db/count.h"
#include "db/reread.h"
#include "tests/conformance/fixture.h"

/* "Wang said the trade must go on. China opposes the ports." */
static const char text[] = "Wang said the trade must go on. China opposes the ports.";
static const struct issue_hit on_core = {.issue = &core, .score = 0.5F};

struct found {
	struct statement v[4];
	struct span spans[4][3];
	size_t n;
};

static struct statement *add(struct found *x, struct span source, struct span cue,
			     struct span content, const char *words, const struct actor *speaker)
{
	size_t i = x->n++;
	struct span *s = x->spans[i];
	s[0] = source;
	s[1] = cue;
	s[2] = content;
	x->v[i] = plain_statement(str_of(words), speaker);
	x->v[i].spans.source = (struct spans){&s[0], 1};
	x->v[i].spans.cue = (struct spans){&s[1], 1};
	x->v[i].spans.content = (struct spans){&s[2], 1};
	x->v[i].issues = &on_core;
	x->v[i].n_issues = 1;
	return &x->v[i];
}

static void find_both(struct found *x)
{
	x->n = 0;
	add(x, (struct span){0, 4}, (struct span){5, 9}, (struct span){10, 30},
	    "the trade must go on", &wang);
	add(x, (struct span){32, 37}, (struct span){38, 45}, (struct span){46, 55}, "the ports",
	    &china);
}

static int64_t store(struct fixture *f, const struct found *x)
{
	struct write w = made_article(str_of(text), STR("2024-04-26"), x->v, x->n);
	w.edition = store_stats(f->store).reread.edition;
	return fixture_write(f, &w);
}

static void again(struct fixture *f, int64_t article, const struct found *x)
{
	struct reread_write rw = {.write = {.op = WRITE_REREAD, .id = article}};
	rw.write.extraction = (struct extraction){x->v, x->n};
	rw.write.edition = store_stats(f->store).reread.edition;
	fixture_write(f, &rw.write);
	ck_assert(rw.is_taken);
}

static struct statement_list list_of(struct fixture *f, int64_t article)
{
	struct statement_query q = query_all(100);
	int64_t next;
	q.article = article;
	return fixture_ask(f, &q, &next);
}

static size_t counted(struct fixture *f, const struct actor *speaker)
{
	int64_t next;
	speaker_key_t key = speaker_key(fixture_actor(f, speaker->id).key, false);
	struct statement_query q = query_all(100);
	q.speakers = (struct keys){&key, 1};
	return fixture_ask(f, &q, &next).n;
}

/* The statement as it is, changed by the caller before it is submitted. */
struct change {
	struct edit_write w;
	struct edit_item item;
	struct statement before;
};

static void change_begin(struct change *c, const struct statement *s, enum edit_action action)
{
	c->before = *s;
	c->item = (struct edit_item){.before = &c->before, .after = *s};
	c->w = (struct edit_write){.write = {.op = WRITE_EDIT},
				   .action = action,
				   .who = STR("ann"),
				   .items = &c->item,
				   .n_items = 1,
				   .version = -1};
	c->item.after.status = action == EDIT_CONFIRM  ? STATUS_CONFIRMED
			       : action == EDIT_REJECT ? STATUS_REJECTED
						       : STATUS_EDITED;
}

static int64_t change_end(struct fixture *f, struct change *c)
{
	fixture_write(f, &c->w.write);
	return c->w.edit;
}

static int64_t decide(struct fixture *f, const struct statement *s, enum edit_action action)
{
	struct change c;
	change_begin(&c, s, action);
	return change_end(f, &c);
}

static int64_t take_back(struct fixture *f, int64_t edit, bool together, size_t made)
{
	struct edit_write w = {.write = {.op = WRITE_EDIT},
			       .action = EDIT_UNDO,
			       .who = STR("ben"),
			       .undoes = edit,
			       .together = together};
	fixture_write(f, &w.write);
	ck_assert_uint_eq(w.made, made);
	return w.edit;
}

static enum err_kind refused(struct fixture *f, struct edit_write *w)
{
	struct err e = {0};
	struct write *v = &w->write;
	w->write.op = WRITE_EDIT;
	ck_assert_int_eq(store_write_all(f->store, &v, 1, &e), -1);
	return e.kind;
}

static struct edit_list edits(struct fixture *f, struct edit_query q)
{
	struct edit_list list;
	int64_t next;
	struct reader *r = fixture_reader(f);
	q.limit = 100;
	assert_ok(store_edits(r, &q, &f->arena, &list, &next, &f->e), f->e);
	reader_return(r);
	return list;
}

static void done(struct fixture *f)
{
	fixture_check(f);
	fixture_close(f);
}

START_TEST(rejected__is_in_no_list_and_no_count__until_it_is_taken_back)
{
	struct fixture f;
	struct found x;
	fixture_open(&f);
	find_both(&x);
	int64_t article = store(&f, &x);
	struct statement_list list = list_of(&f, article);
	int64_t edit = decide(&f, &list.v[0], EDIT_REJECT);
	ck_assert_uint_eq(counted(&f, &wang), 0);
	ck_assert_int_eq(store_stats(f.store).statements, 1);
	ck_assert_int_eq(list_of(&f, article).v[0].status, STATUS_REJECTED);
	fixture_check(&f);
	take_back(&f, edit, false, 1);
	ck_assert_uint_eq(counted(&f, &wang), 1);
	list = list_of(&f, article);
	ck_assert_int_eq(list.v[0].status, STATUS_MACHINE);
	ck_assert_str_eq(list.v[0].content.p, "the trade must go on");
	/* The engine is asked again. */
	ck_assert_int_eq(store_stats(f.store).reread.stale, 1);
	again(&f, article, &x);
	ck_assert_int_eq(store_stats(f.store).reread.stale, 0);
	ck_assert_uint_eq(list_of(&f, article).n, 2);
	done(&f);
}
END_TEST

START_TEST(edited__outlives_reading_again_by_an_engine_that_finds_something_else)
{
	struct fixture f;
	struct found x;
	struct change c;
	fixture_open(&f);
	find_both(&x);
	int64_t article = store(&f, &x);
	struct statement_list list = list_of(&f, article);
	change_begin(&c, &list.v[0], EDIT_CHANGE);
	const struct issue_hit on_trade = {.issue = &trade,
					   .score = 1,
					   .position = POSITION_SUPPORT,
					   .position_confidence = 1};
	const struct span said = {14, 30};
	c.item.after.speaker = &usa;
	c.item.after.issues = &on_trade;
	c.item.after.spans.content = (struct spans){&said, 1};
	c.item.after.content = STR("trade must go on");
	change_end(&f, &c);
	ck_assert_uint_eq(counted(&f, &usa), 1); /* and nobody else names Wang */
	fixture_check(&f);
	/* The same again, then nothing, then both with other words. */
	int64_t id = list.v[0].id;
	again(&f, article, &x);
	x.n = 0;
	again(&f, article, &x);
	ck_assert_uint_eq(list_of(&f, article).n, 1);
	find_both(&x);
	again(&f, article, &x);
	list = list_of(&f, article);
	ck_assert_uint_eq(list.n, 2);
	ck_assert_int_eq(list.v[0].id, id);
	ck_assert(str_eq(list.v[0].speaker->id, usa.id));
	ck_assert(str_eq(list.v[0].content, STR("trade must go on")));
	ck_assert(str_eq(list.v[0].issues[0].issue->id, trade.id));
	ck_assert_int_eq(list.v[0].issues[0].position, POSITION_SUPPORT);
	ck_assert_uint_eq(counted(&f, &usa), 1);
	done(&f);
}
END_TEST

START_TEST(deleted__and_posted_again__has_all_that_was_decided)
{
	struct fixture f;
	struct found x;
	struct change c;
	fixture_open(&f);
	find_both(&x);
	int64_t article = store(&f, &x);
	struct statement_list list = list_of(&f, article);
	decide(&f, &list.v[0], EDIT_REJECT);
	change_begin(&c, &list.v[1], EDIT_CHANGE);
	c.item.after.polarity = POLARITY_DENIED;
	change_end(&f, &c);
	/* One by hand. */
	const struct span hand = {0, 31};
	struct statement by_hand = plain_statement(STR("Wang said the trade must go on."), &usa);
	by_hand.article_id = article;
	by_hand.status = STATUS_EDITED;
	by_hand.spans.content = (struct spans){&hand, 1};
	change_begin(&c, &by_hand, EDIT_ADD);
	c.item.before = NULL;
	change_end(&f, &c);
	ck_assert_uint_eq(list_of(&f, article).n, 3);
	fixture_check(&f);
	int64_t kept = list.v[1].id;
	struct write gone = {.op = WRITE_DELETE, .id = article};
	fixture_write(&f, &gone);
	struct edit_list orphans = edits(&f, (struct edit_query){.only_orphans = true});
	ck_assert_uint_eq(orphans.n, 3);
	ck_assert(!orphans.v[0].article && !orphans.v[0].fits);
	ck_assert_uint_eq(orphans.v[0].after.statement.content.n, 0);
	fixture_check(&f);
	fixture_reopen(&f);
	article = store(&f, &x);
	list = list_of(&f, article);
	ck_assert_uint_eq(list.n, 3);
	ck_assert(str_eq(list.v[0].speaker->id, usa.id));
	ck_assert(str_eq(list.v[0].content, STR("Wang said the trade must go on.")));
	ck_assert_int_eq(list.v[1].status, STATUS_REJECTED);
	ck_assert_int_eq(list.v[2].polarity, POLARITY_DENIED);
	ck_assert_int_eq(list.v[2].id, kept);
	ck_assert_uint_eq(edits(&f, (struct edit_query){.only_orphans = true}).n, 0);
	ck_assert_uint_eq(edits(&f, (struct edit_query){.only_labels = true}).n, 3);
	fixture_check(&f);
	/* Purged, it is gone for good. */
	gone = (struct write){.op = WRITE_DELETE, .id = article, .purges = true};
	fixture_write(&f, &gone);
	ck_assert_uint_eq(edits(&f, (struct edit_query){0}).n, 0);
	store(&f, &x);
	ck_assert_uint_eq(counted(&f, &wang), 1);
	done(&f);
}
END_TEST

START_TEST(version__that_is_not_the_rows_any_more__is_refused)
{
	struct fixture f;
	struct found x;
	struct change c;
	fixture_open(&f);
	find_both(&x);
	struct statement_list list = list_of(&f, store(&f, &x));
	decide(&f, &list.v[0], EDIT_CONFIRM);
	change_begin(&c, &list.v[0], EDIT_REJECT);
	ck_assert_int_eq(refused(&f, &c.w), ERR_CHANGED);
	c.before.id = 1;
	c.w.write.err = (struct err){0};
	ck_assert_int_eq(refused(&f, &c.w), ERR_NOT_FOUND);
	ck_assert_uint_eq(edits(&f, (struct edit_query){0}).n, 1);
	done(&f);
}
END_TEST

START_TEST(edits__of_one_statement__taken_back_one_by_one_and_done_again)
{
	struct fixture f;
	struct found x;
	fixture_open(&f);
	find_both(&x);
	x.v[0].said_on = (struct said_on){STR("April"),
					  STR("2024-04"),
					  PRECISION_MONTH,
					  STR("rule"),
					  day_from_civil((struct civil){2024, 4, 1}),
					  day_from_civil((struct civil){2024, 4, 30})};
	int64_t article = store(&f, &x);
	int64_t first = decide(&f, &list_of(&f, article).v[0], EDIT_CONFIRM);
	int64_t second = decide(&f, &list_of(&f, article).v[0], EDIT_REJECT);
	struct edit_write w = {.action = EDIT_UNDO, .undoes = first};
	ck_assert_int_eq(refused(&f, &w), ERR_CONFLICT);
	int64_t back = take_back(&f, second, false, 1);
	ck_assert_int_eq(list_of(&f, article).v[0].status, STATUS_CONFIRMED);
	/* Done again, taken back again, and then the first. */
	int64_t redo = take_back(&f, back, false, 1);
	ck_assert_int_eq(list_of(&f, article).v[0].status, STATUS_REJECTED);
	take_back(&f, redo, false, 1);
	ck_assert_int_eq(list_of(&f, article).v[0].status, STATUS_CONFIRMED);
	struct statement_query in_april = query_all(10);
	int64_t next;
	in_april.said_after = day_from_civil((struct civil){2024, 4, 30});
	in_april.statuses = 1U << STATUS_CONFIRMED;
	ck_assert_uint_eq(fixture_ask(&f, &in_april, &next).n, 1);
	take_back(&f, first, false, 1);
	ck_assert_int_eq(list_of(&f, article).v[0].status, STATUS_MACHINE);
	struct edit_list all =
		edits(&f, (struct edit_query){.statement = list_of(&f, article).v[0].id});
	ck_assert_uint_eq(all.n, 6);
	ck_assert(str_eq(all.v[5].who, STR("ann")) && all.v[5].action == EDIT_CONFIRM);
	ck_assert(str_eq(all.v[0].who, STR("ben")) && all.v[0].action == EDIT_UNDO);
	ck_assert(all.v[0].can_be_undone && !all.v[5].can_be_undone);
	ck_assert_int_eq(all.v[5].before.statement.status, STATUS_MACHINE);
	ck_assert(str_eq(all.v[5].after.statement.content, STR("the trade must go on")));
	done(&f);
}
END_TEST

START_TEST(several__in_one_write__taken_back_together)
{
	struct fixture f;
	struct found x;
	fixture_open(&f);
	find_both(&x);
	int64_t article = store(&f, &x);
	struct statement_list list = list_of(&f, article);
	struct edit_item items[2] = {{.before = &list.v[0], .after = list.v[0]},
				     {.before = &list.v[1], .after = list.v[1]}};
	items[0].after.status = items[1].after.status = STATUS_REJECTED;
	struct edit_write w = {.write = {.op = WRITE_EDIT},
			       .action = EDIT_REJECT,
			       .who = STR("ann"),
			       .items = items,
			       .n_items = 2};
	fixture_write(&f, &w.write);
	ck_assert_uint_eq(w.made, 2);
	ck_assert_int_eq(store_stats(f.store).statements, 0);
	ck_assert_uint_eq(edits(&f, (struct edit_query){.batch = w.edit}).n, 2);
	take_back(&f, w.edit, true, 2);
	ck_assert_int_eq(store_stats(f.store).statements, 2);
	done(&f);
}
END_TEST

static void merge(struct fixture *f, enum edit_action action, const char *from, const char *into)
{
	struct edit_write w = {.write = {.op = WRITE_EDIT},
			       .action = action,
			       .who = STR("ann"),
			       .actor = {.id = str_of(from)},
			       .issue = str_of(from),
			       .into = str_of(into),
			       .version = -1};
	fixture_write(f, &w.write);
}

START_TEST(merged__leads_to_the_other_one__and_is_taken_back)
{
	struct fixture f;
	struct found x;
	fixture_open(&f);
	find_both(&x);
	int64_t article = store(&f, &x);
	merge(&f, EDIT_MERGE_ACTORS, "wang-yi", "CHN");
	ck_assert_int_eq(store_stats(f.store).reread.stale, 1);
	/* By its own names it is the other one, at once. */
	struct actor_match m = fixture_actor(&f, wang.id);
	ck_assert(str_eq(m.actor.id, china.id));
	ck_assert_uint_eq(m.actor.merged.n, 1);
	ck_assert(str_eq(list_of(&f, article).v[0].speaker->id, china.id));
	again(&f, article, &x);
	ck_assert_uint_eq(counted(&f, &china), 2);
	fixture_check(&f);
	struct edit_list all = edits(&f, (struct edit_query){.actor = wang.id});
	ck_assert_uint_eq(all.n, 1);
	ck_assert(str_eq(all.v[0].after.merged_into, china.id));
	take_back(&f, all.v[0].id, false, 1);
	again(&f, article, &x);
	ck_assert_uint_eq(counted(&f, &china), 1);
	ck_assert_uint_eq(counted(&f, &wang), 1);
	struct edit_write circle = {.action = EDIT_MERGE_ACTORS,
				    .actor = {.id = wang.id},
				    .into = wang.id,
				    .version = -1};
	ck_assert_int_eq(refused(&f, &circle), ERR_CONFLICT);
	done(&f);
}
END_TEST

START_TEST(merged__in_two_steps__leads_to_the_end_and_back)
{
	struct fixture f;
	struct found x;
	fixture_open(&f);
	find_both(&x);
	x.v[1].speaker = &usa;
	x.v[1].addressee = &china;
	store(&f, &x);
	merge(&f, EDIT_MERGE_ACTORS, "wang-yi", "CHN");
	merge(&f, EDIT_MERGE_ACTORS, "CHN", "USA");
	ck_assert(str_eq(fixture_actor(&f, wang.id).actor.id, usa.id));
	ck_assert_uint_eq(fixture_actor(&f, usa.id).actor.merged.n, 2);
	/* China itself leads to the USA: its last edit is found by its own id. */
	struct edit_list all = edits(&f, (struct edit_query){.actor = china.id});
	take_back(&f, all.v[0].id, false, 1);
	ck_assert(str_eq(fixture_actor(&f, wang.id).actor.id, china.id));
	ck_assert(str_eq(fixture_actor(&f, china.id).actor.id, china.id));
	done(&f);
}
END_TEST

START_TEST(issues__merged__count_as_one_and_apart_again)
{
	struct fixture f;
	struct found x;
	const struct issue_hit on_trade = {.issue = &trade, .score = 0.5F};
	fixture_open(&f);
	find_both(&x);
	x.v[1].issues = &on_trade;
	int64_t article = store(&f, &x);
	merge(&f, EDIT_MERGE_ISSUES, "trade", "core-interests");
	again(&f, article, &x);
	ck_assert_uint_eq(fixture_issue(&f, core.id).issue.statement_count, 2);
	ck_assert(str_eq(fixture_issue(&f, trade.id).issue.id, core.id));
	fixture_check(&f);
	struct edit_list all = edits(&f, (struct edit_query){.issue = trade.id});
	take_back(&f, all.v[0].id, false, 1);
	again(&f, article, &x);
	ck_assert_uint_eq(fixture_issue(&f, core.id).issue.statement_count, 1);
	ck_assert_uint_eq(fixture_issue(&f, trade.id).issue.statement_count, 1);
	done(&f);
}
END_TEST

START_TEST(actor__added_and_changed__keeps_what_a_person_gave)
{
	struct fixture f;
	struct found x;
	const struct str names[] = {STR("Lee"), STR("Kim Lee")};
	struct actor lee = {.id = STR("kim-lee"), .name = STR("Kim Lee"), .kind = ACTOR_PERSON};
	fixture_open(&f);
	struct edit_write w = {.write = {.op = WRITE_EDIT},
			       .action = EDIT_ADD_ACTOR,
			       .who = STR("ann"),
			       .actor = lee,
			       .version = -1};
	fixture_write(&f, &w.write);
	ck_assert(str_eq(fixture_actor(&f, lee.id).actor.name, STR("Kim Lee")));
	const struct role minister = {STR("minister"), STR("KOR"), 0, DAY_NONE};
	w.action = EDIT_CHANGE_ACTOR;
	w.actor.aliases = (struct strs){names, 2};
	w.actor.roles = &minister;
	w.actor.n_roles = 1;
	w.actor.country = STR("KOR");
	w.version = fixture_actor(&f, lee.id).actor.edit;
	fixture_write(&f, &w.write);
	ck_assert_int_eq(refused(&f, &w), ERR_CHANGED);
	struct actor_match m = fixture_actor(&f, lee.id);
	ck_assert_uint_eq(m.actor.n_roles, 1);
	ck_assert(str_eq(m.actor.country, STR("KOR")));
	/* A text adds no name to it. */
	find_both(&x);
	struct actor said = lee;
	said.name = STR("K. Lee");
	x.v[0].speaker = &said;
	int64_t article = store(&f, &x);
	ck_assert_uint_eq(fixture_actor(&f, lee.id).actor.aliases.n, m.actor.aliases.n);
	struct edit_list all = edits(&f, (struct edit_query){.actor = lee.id});
	ck_assert_uint_eq(all.n, 2);
	take_back(&f, all.v[0].id, false, 1);
	ck_assert_uint_eq(fixture_actor(&f, lee.id).actor.n_roles, 0);
	struct edit_write back = {.action = EDIT_UNDO, .undoes = all.v[1].id};
	ck_assert_int_eq(refused(&f, &back), ERR_CONFLICT);
	struct write gone = {.op = WRITE_DELETE, .id = article};
	fixture_write(&f, &gone);
	take_back(&f, all.v[1].id, false, 1);
	done(&f);
}
END_TEST

static void change_actor(struct fixture *f, enum edit_action action, const struct actor *a)
{
	struct edit_write w = {.write = {.op = WRITE_EDIT},
			       .action = action,
			       .who = STR("ann"),
			       .actor = *a,
			       .into = wang.id,
			       .version = -1};
	int64_t edition = store_stats(f->store).reread.edition;
	fixture_write(f, &w.write);
	ck_assert_int_eq(store_stats(f->store).reread.edition,
			 edition + (action != EDIT_MERGE_ACTORS));
}

/* As "id id": in brackets those that are merged. */
static void check_edited(struct fixture *f, const char *want)
{
	struct buf got;
	struct actor *v;
	size_t n, n_merged;
	struct reader *r = fixture_reader(f);
	assert_ok(store_edited_actors(r, &f->arena, &v, &n, &n_merged, &f->e), f->e);
	reader_return(r);
	buf_init(&got, 1000);
	for (size_t i = 0; i < n; i++)
		buf_printf(&got, i + n_merged < n ? "%.*s " : "(%.*s) ", STR_ARG(v[i].id));
	assert_str(str_trim(buf_str(&got)), want);
	buf_release(&got);
}

START_TEST(actors__that_persons_gave__are_listed_and_raise_the_edition)
{
	struct fixture f;
	struct found x;
	struct actor lee = {.id = STR("kim-lee"), .name = STR("Kim Lee"), .kind = ACTOR_PERSON},
		     roe = {.id = STR("ann-roe"), .name = STR("Ann Roe"), .kind = ACTOR_PERSON};
	fixture_open(&f);
	find_both(&x);
	store(&f, &x);
	check_edited(&f, "");
	change_actor(&f, EDIT_ADD_ACTOR, &lee);
	change_actor(&f, EDIT_ADD_ACTOR, &roe);
	change_actor(&f, EDIT_CHANGE_ACTOR, &lee);
	check_edited(&f, "kim-lee ann-roe");
	change_actor(&f, EDIT_MERGE_ACTORS, &lee);
	check_edited(&f, "ann-roe (kim-lee)");
	/* Merged alone, it has nothing that a person gave. */
	change_actor(&f, EDIT_MERGE_ACTORS, &china);
	check_edited(&f, "ann-roe (kim-lee)");
	struct edit_list all = edits(&f, (struct edit_query){.actor = roe.id});
	int64_t edition = store_stats(f.store).reread.edition;
	take_back(&f, all.v[0].id, false, 1);
	ck_assert_int_eq(store_stats(f.store).reread.edition, edition + 1);
	check_edited(&f, "(kim-lee)");
	done(&f);
}
END_TEST

UNIT_MAIN("edit", rejected__is_in_no_list_and_no_count__until_it_is_taken_back,
	  edited__outlives_reading_again_by_an_engine_that_finds_something_else,
	  deleted__and_posted_again__has_all_that_was_decided,
	  version__that_is_not_the_rows_any_more__is_refused,
	  edits__of_one_statement__taken_back_one_by_one_and_done_again,
	  several__in_one_write__taken_back_together,
	  merged__leads_to_the_other_one__and_is_taken_back,
	  merged__in_two_steps__leads_to_the_end_and_back,
	  issues__merged__count_as_one_and_apart_again,
	  actor__added_and_changed__keeps_what_a_person_gave,
	  actors__that_persons_gave__are_listed_and_raise_the_edition)
