/* Issues of users, and statements issued again: what is written, refused, and where the walk goes on. */
#include "db/edit.h"

#include "tests/unit/db/fixture.h"

static const struct issue ports = {.id = {"ports", 5}, .label = {"ports", 5}};

static struct issue named(const char *id)
{
	return (struct issue){.id = str_of(id), .label = str_of(id), .parent = STR_EMPTY};
}

/* The write's error kind; its edition in *edition when there is none. */
static enum err_kind change(struct fixture *f, enum issue_change what, struct issue i, int64_t *edition)
{
	struct issue_write iw = {.write = {.op = WRITE_ISSUE}, .change = what, .issue = i};
	struct write *w = &iw.write;
	struct err e = {0};
	int rc = store_write_all(f->store, &w, 1, &e);
	ck_assert_int_eq(rc, e.kind == ERR_NONE ? 0 : -1);
	if (edition)
		*edition = iw.edition;
	return e.kind;
}

static struct issue read_issue(struct fixture *f, const char *id)
{
	struct issue_match m;
	struct reader *r = fixture_reader(f);
	assert_ok(store_issue(r, str_of(id), &f->arena, &m, &f->e), f->e);
	reader_return(r);
	return m.issue;
}

static bool is_there(struct fixture *f, const char *id)
{
	struct issue_match m;
	struct err e = {0};
	struct reader *r = fixture_reader(f);
	int rc = store_issue(r, str_of(id), &f->arena, &m, &e);
	reader_return(r);
	ck_assert(rc == 0 || e.kind == ERR_NOT_FOUND);
	return rc == 0;
}

static const struct str terms[] = {{"Rare Earths", 11}, {"rare earths", 11}, {"ores & China", 12}};

START_TEST(issue__added__read_back_as_given)
{
	struct fixture f;
	int64_t edition;
	fixture_open(&f);
	struct issue i = named("rare-earths");
	i.label = STR("rare earths");
	i.cap_major = 18;
	i.cap_sub = 1807;
	i.terms = (struct strs){terms, 3};
	ck_assert_int_eq(change(&f, ISSUE_ADD, i, &edition), ERR_NONE);
	ck_assert_int_eq(edition, 1);
	struct issue got = read_issue(&f, "rare-earths");
	ck_assert(got.is_edited && !got.is_open && got.cap_sub == 1807);
	ck_assert_uint_eq(got.terms.n, 3);
	for (size_t k = 0; k < 3; k++)
		ck_assert(str_eq(got.terms.v[k], terms[k]));
	ck_assert_int_eq(change(&f, ISSUE_ADD, i, NULL), ERR_CONFLICT);
	fixture_reopen(&f);
	struct issue *v;
	size_t n;
	struct reader *r = fixture_reader(&f);
	assert_ok(store_edited_issues(r, &f.arena, &v, &n, &edition, &f.e), f.e);
	reader_return(r);
	ck_assert_uint_eq(n, 1);
	ck_assert_int_eq(edition, 1);
	assert_str(v[0].terms.v[2], "ores & China");
	fixture_check(&f);
	fixture_close(&f);
}
END_TEST

START_TEST(issue__with_a_bad_parent__refused)
{
	struct fixture f;
	fixture_open(&f);
	struct statement s = plain_statement(STR("on trade"), NULL);
	struct issue_hit hit = {&trade, 0.5F, {NULL, 0}}; /* open */
	s.issues = &hit;
	s.n_issues = 1;
	struct write w = article_write(STR("t"), STR("2024-04-26"), &s, 1);
	fixture_write(&f, &w);
	struct issue a = named("a"), b = named("b");
	ck_assert_int_eq(change(&f, ISSUE_CHANGE, a, NULL), ERR_NOT_FOUND);
	a.parent = STR("nowhere");
	ck_assert_int_eq(change(&f, ISSUE_ADD, a, NULL), ERR_INPUT);
	a.parent = STR("trade");
	ck_assert_int_eq(change(&f, ISSUE_ADD, a, NULL), ERR_INPUT);
	a.parent = STR("a");
	ck_assert_int_eq(change(&f, ISSUE_ADD, a, NULL), ERR_INPUT);
	a.parent = STR_EMPTY;
	ck_assert_int_eq(change(&f, ISSUE_ADD, a, NULL), ERR_NONE);
	b.parent = STR("a");
	ck_assert_int_eq(change(&f, ISSUE_ADD, b, NULL), ERR_NONE);
	a.parent = STR("b");
	ck_assert_int_eq(change(&f, ISSUE_CHANGE, a, NULL), ERR_INPUT);
	ck_assert_int_eq(change(&f, ISSUE_DROP, a, NULL), ERR_CONFLICT); /* "b" stands under it */
	ck_assert_int_eq(change(&f, ISSUE_DROP, b, NULL), ERR_NONE);
	ck_assert_int_eq(change(&f, ISSUE_DROP, a, NULL), ERR_NONE);
	ck_assert(!is_there(&f, "a") && !is_there(&f, "b"));
	ck_assert_int_eq(change(&f, ISSUE_DROP, trade, NULL), ERR_CONFLICT);
	ck_assert_int_eq(change(&f, ISSUE_DROP, a, NULL), ERR_NOT_FOUND);
	fixture_check(&f);
	fixture_close(&f);
}
END_TEST

START_TEST(issue__of_the_table__edited_survives_seeding_until_reset)
{
	struct fixture f;
	fixture_open(&f);
	struct issue known[] = {core, ports};
	struct knowledge k = {.issues = known, .n_issues = 2};
	assert_ok(store_seed(f.store, &k, &f.e), f.e);
	ck_assert_int_eq(change(&f, ISSUE_RESET, ports, NULL), ERR_CONFLICT);
	struct issue mine = ports;
	mine.label = STR("harbors");
	mine.terms = (struct strs){terms, 1};
	ck_assert_int_eq(change(&f, ISSUE_CHANGE, mine, NULL), ERR_NONE);
	known[0].label = STR("the core"); /* a newer table */
	known[1].label = STR("ports and canals");
	assert_ok(store_seed(f.store, &k, &f.e), f.e);
	assert_str(read_issue(&f, "core-interests").label, "the core");
	assert_str(read_issue(&f, "ports").label, "harbors");
	ck_assert_int_eq(change(&f, ISSUE_RESET, known[1], NULL), ERR_NONE);
	assert_str(read_issue(&f, "ports").label, "ports and canals");
	ck_assert(!read_issue(&f, "ports").is_edited);
	fixture_check(&f);
	fixture_close(&f);
}
END_TEST

/* --- issued again -------------------------------------------------------------------------------------------------- */

/* An article with two statements on trade by China, the second confirmed by a person. */
static int64_t write_article(struct fixture *f, int number, int64_t edition)
{
	static const struct issue_hit hit = {&trade, 0.5F, {NULL, 0}};
	struct statement v[2];
	for (int i = 0; i < 2; i++) {
		v[i] = plain_statement(STR("on the ports"), &china);
		v[i].issues = &hit;
		v[i].n_issues = 1;
	}
	v[1].status = STATUS_CONFIRMED;
	struct str text = arena_printf(&f->arena, "text %d", number);
	struct write w = article_write(text, STR("2024-04-26"), v, 2);
	w.edition = edition;
	return fixture_write(f, &w);
}

static size_t count(struct fixture *f, const char *issue)
{
	struct statement_query q = query_all(1000);
	int64_t next, key = issue_key_of(f, str_of(issue)), speaker = speaker_key(actor_key_of(f, STR("CHN")), true);
	q.issues = (struct keys){&key, 1};
	size_t by_issue = fixture_ask(f, &q, &next).n;
	q.speakers = (struct keys){&speaker, 1};
	ck_assert_uint_eq(fixture_ask(f, &q, &next).n, by_issue);
	static const struct str phrase = {"the ports", 9};
	q.phrases = (struct strs){&phrase, 1};
	ck_assert_uint_eq(fixture_ask(f, &q, &next).n, by_issue);
	ck_assert_uint_eq(read_issue(f, issue).statement_count, by_issue);
	return by_issue;
}

/* Walks one step of at most `most` articles; how many. */
static size_t step(struct fixture *f, int most, int64_t edition, bool *was_late)
{
	static const struct issue_hit hit = {&ports, 0.75F, {NULL, 0}};
	struct keys ids;
	bool is_late;
	struct reader *r = fixture_reader(f);
	assert_ok(store_reissue_next(r, most, &f->arena, &ids, &is_late, &f->e), f->e);
	struct reissued *v = arena_array(&f->arena, ids.n, sizeof *v);
	for (size_t i = 0; i < ids.n; i++) {
		struct statement_query q = query_all(10);
		struct statement_list list;
		int64_t next;
		q.article = ids.v[i];
		assert_ok(store_statements(r, &q, &f->arena, &list, &next, &f->e), f->e);
		v[i] = (struct reissued){.article = ids.v[i], .v = list.v, .n = list.n};
		for (size_t k = 0; k < list.n; k++) {
			list.v[k].issues = &hit;
			list.v[k].n_issues = 1;
			list.v[k].content = STR("not to be stored");
		}
	}
	reader_return(r);
	struct reissue_write rw = {.write = {.op = WRITE_REISSUE}, .edition = edition, .v = v, .n = ids.n};
	rw.is_late = is_late;
	rw.is_end = ids.n == 0;
	struct write *w = &rw.write;
	assert_ok(store_write_all(f->store, &w, 1, &f->e), f->e);
	if (was_late)
		*was_late = is_late;
	return ids.n;
}

START_TEST(statements__issued_again__found_by_the_new_issue_and_not_the_old)
{
	struct fixture f;
	fixture_open(&f);
	write_article(&f, 1, 0);
	write_article(&f, 2, 0);
	int64_t edition;
	ck_assert_int_eq(change(&f, ISSUE_ADD, ports, &edition), ERR_NONE);
	struct reissue_state s = store_stats(f.store).reissue;
	ck_assert(reissue_is_running(&s) && s.total == 2 && s.done == 0);
	ck_assert_uint_eq(step(&f, 16, edition, NULL), 2);
	ck_assert_uint_eq(step(&f, 16, edition, NULL), 0);
	s = store_stats(f.store).reissue;
	ck_assert(!reissue_is_running(&s));
	ck_assert_int_eq(s.done, 2);
	ck_assert_int_eq(s.changed, 2);
	ck_assert_uint_eq(count(&f, "ports"), 2);
	ck_assert_uint_eq(count(&f, "trade"), 2); /* the confirmed ones */
	struct statement_query q = query_all(10);
	int64_t next;
	struct statement_list all = fixture_ask(&f, &q, &next);
	for (size_t i = 0; i < all.n; i++) {
		assert_str(all.v[i].content, "on the ports");
		assert_str(all.v[i].speaker->id, "CHN");
	}
	fixture_check(&f);
	fixture_close(&f);
}
END_TEST

START_TEST(walk__interrupted__goes_on_where_it_was)
{
	struct fixture f;
	int64_t edition, later;
	fixture_open(&f);
	for (int i = 0; i < 10; i++)
		write_article(&f, i, 0);
	ck_assert_int_eq(change(&f, ISSUE_ADD, ports, &edition), ERR_NONE);
	ck_assert_uint_eq(step(&f, 4, edition, NULL), 4);
	fixture_reopen(&f);
	ck_assert_int_eq(store_stats(f.store).reissue.done, 4);
	ck_assert_uint_eq(step(&f, 4, edition, NULL), 4);
	/* Another change: what was found with the issues before it is not written, and all begins anew. */
	struct issue second = named("second");
	ck_assert_int_eq(change(&f, ISSUE_ADD, second, &later), ERR_NONE);
	ck_assert_uint_eq(step(&f, 4, edition, NULL), 4);
	ck_assert_int_eq(store_stats(f.store).reissue.done, 0);
	ck_assert_uint_eq(step(&f, 100, later, NULL), 10);
	ck_assert_uint_eq(count(&f, "ports"), 10);
	fixture_check(&f);
	fixture_close(&f);
}
END_TEST

START_TEST(article__read_with_an_older_edition__comes_late)
{
	struct fixture f;
	int64_t edition;
	bool is_late;
	fixture_open(&f);
	ck_assert_int_eq(change(&f, ISSUE_ADD, ports, &edition), ERR_NONE);
	ck_assert_uint_eq(step(&f, 4, edition, NULL), 0);
	write_article(&f, 1, edition);
	struct reissue_state s = store_stats(f.store).reissue;
	ck_assert(!reissue_is_running(&s));
	int64_t id = write_article(&f, 2, edition - 1);
	write_article(&f, 3, edition - 1);
	s = store_stats(f.store).reissue;
	ck_assert(reissue_is_running(&s) && s.late == 2);
	fixture_reopen(&f);
	struct write gone = {.op = WRITE_DELETE, .id = id};
	fixture_write(&f, &gone);
	ck_assert_int_eq(store_stats(f.store).reissue.late, 1);
	ck_assert_uint_eq(step(&f, 4, edition, &is_late), 1);
	ck_assert(is_late);
	ck_assert_uint_eq(count(&f, "ports"), 1);
	s = store_stats(f.store).reissue;
	ck_assert(!reissue_is_running(&s));
	fixture_check(&f);
	fixture_close(&f);
}
END_TEST

UNIT_MAIN("edit", issue__added__read_back_as_given, issue__with_a_bad_parent__refused,
	  issue__of_the_table__edited_survives_seeding_until_reset,
	  statements__issued_again__found_by_the_new_issue_and_not_the_old, walk__interrupted__goes_on_where_it_was,
	  article__read_with_an_older_edition__comes_late)
