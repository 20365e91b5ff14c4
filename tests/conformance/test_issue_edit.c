/* Issues of users: what is written, and what is refused. */
#include "db/issue_edit.h"

#include "tests/conformance/fixture.h"

static const struct issue ports = {.id = {"ports", 5}, .label = {"ports", 5}};

static struct issue named(const char *id)
{
	return (struct issue){.id = str_of(id), .label = str_of(id), .parent = STR_EMPTY};
}

/* The write's error kind; its edition in *edition when there is none. */
static enum err_kind change(struct fixture *f, enum issue_change what, struct issue i,
			    int64_t *edition)
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
	i.kind = ISSUE_PROBLEM;
	i.terms = (struct strs){terms, 3};
	ck_assert_int_eq(change(&f, ISSUE_ADD, i, &edition), ERR_NONE);
	ck_assert_int_eq(edition, 1);
	struct issue got = read_issue(&f, "rare-earths");
	ck_assert(got.is_edited && !got.is_open && got.cap_sub == 1807);
	ck_assert_int_eq(got.kind, ISSUE_PROBLEM);
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
	ck_assert_int_eq(v[0].kind, ISSUE_PROBLEM);
	i.kind = ISSUE_DOMAIN;
	ck_assert_int_eq(change(&f, ISSUE_CHANGE, i, NULL), ERR_NONE);
	ck_assert_int_eq(read_issue(&f, "rare-earths").kind, ISSUE_DOMAIN);
	fixture_check(&f);
	fixture_close(&f);
}
END_TEST

START_TEST(issue__with_a_bad_parent__refused)
{
	struct fixture f;
	fixture_open(&f);
	struct statement s = plain_statement(STR("on trade"), NULL);
	struct issue_hit hit = {.issue = &trade, .score = 0.5F, .evidence = {NULL, 0}}; /* open */
	s.issues = &hit;
	s.n_issues = 1;
	struct write w = made_article(STR("t"), STR("2024-04-26"), &s, 1);
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

UNIT_MAIN("edit", issue__added__read_back_as_given, issue__with_a_bad_parent__refused,
	  issue__of_the_table__edited_survives_seeding_until_reset)
