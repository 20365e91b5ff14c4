/* Actors and issues: seeded, found by name, listed, and fresh after a change. */
#include "tests/conformance/fixture.h"

static const struct str wang_aliases[] = {{"Mr. Wang", 8}, {"Foreign Minister Wang", 21}};
static const struct role wang_roles[] = {{{"foreign minister", 16}, {"CHN", 3}, 15780, 19356},
					 {{"foreign minister", 16}, {"CHN", 3}, 19563, DAY_NONE}};
static const struct str core_terms[] = {{"core interest", 13}, {"red lines", 9}};

static struct actor known_actors[] = {
	{.id = {"CHN", 3},
	 .name = {"China", 5},
	 .kind = ACTOR_COUNTRY,
	 .country = {"CHN", 3},
	 .wikidata = {"Q148", 4}},
	{.id = {"wang-yi", 7},
	 .name = {"Wang Yi", 7},
	 .kind = ACTOR_PERSON,
	 .country = {"CHN", 3},
	 .aliases = {wang_aliases, 2},
	 .roles = wang_roles,
	 .n_roles = 2},
	{.id = {"un", 2}, .name = {"United Nations", 14}, .kind = ACTOR_ORGANIZATION},
};
static struct issue known_issues[] = {
	{.id = {"core-interests", 14},
	 .label = {"core interests", 14},
	 .cap_major = 19,
	 .cap_sub = 1905,
	 .terms = {core_terms, 2}},
	{.id = {"tariffs", 7},
	 .label = {"tariffs", 7},
	 .cap_major = 18,
	 .cap_sub = 1807,
	 .parent = {"trade", 5}},
	{.id = {"human-rights", 12},
	 .label = {"human rights", 12},
	 .cap_major = 19,
	 .cap_sub = 1925},
};

static struct knowledge known(void)
{
	return (struct knowledge){known_actors, 3, known_issues, 3, STR_EMPTY};
}

static void open_seeded(struct fixture *f)
{
	struct knowledge k = known();
	fixture_open(f);
	assert_ok(store_seed(f->store, &k, &f->e), f->e);
}

static size_t find_actor(struct fixture *f, struct str name, struct actor_matches *m)
{
	struct reader *r = fixture_reader(f);
	assert_ok(store_find_actors(r, name, &f->arena, m, &f->e), f->e);
	reader_return(r);
	return m->n;
}

START_TEST(store_find__ids_names_aliases__all_lead_to_it)
{
	static const char *const names[] = {"wang yi", "mr wang", "foreign minister wang"};
	struct fixture f;
	open_seeded(&f);
	struct actor_matches m;
	for (size_t i = 0; i < 3; i++) {
		ck_assert_uint_eq(find_actor(&f, str_of(names[i]), &m), 1);
		assert_str(m.v[0].actor.id, "wang-yi");
	}
	assert_str(m.v[0].alias, "Foreign Minister Wang");
	ck_assert_uint_eq(find_actor(&f, STR("chn"), &m), 1);
	assert_str(m.v[0].actor.wikidata, "Q148");
	ck_assert_uint_eq(find_actor(&f, STR("wang"), &m), 0);
	ck_assert_uint_eq(find_actor(&f, STR(""), &m), 0);
	struct issue_matches issues;
	struct actor_match whole;
	struct reader *r = fixture_reader(&f);
	assert_ok(store_actor(r, STR("wang-yi"), &f.arena, &whole, &f.e), f.e);
	ck_assert_uint_eq(whole.actor.aliases.n, 3);
	ck_assert_uint_eq(whole.actor.n_roles, 2);
	ck_assert_int_eq(whole.actor.roles[0].to, 19356);
	ck_assert_int_eq(whole.actor.roles[1].to, DAY_NONE);
	assert_ok(store_find_issues(r, STR("red lines"), &f.arena, &issues, &f.e), f.e);
	ck_assert_uint_eq(issues.n, 1);
	assert_str(issues.v[0].issue.id, "core-interests");
	assert_ok(store_issues_by_cap(r, 19, &f.arena, &issues, &f.e), f.e);
	ck_assert_uint_eq(issues.n, 2);
	assert_ok(store_issues_by_cap(r, 1807, &f.arena, &issues, &f.e), f.e);
	ck_assert_uint_eq(issues.n, 1);
	assert_str(issues.v[0].issue.parent, "trade");
	assert_ok(store_issues_by_cap(r, 0, &f.arena, &issues, &f.e), f.e);
	ck_assert_uint_eq(issues.n, 0);
	reader_return(r);
	fixture_close(&f);
}
END_TEST

START_TEST(store_find__namesakes__best_known_first)
{
	struct fixture f;
	open_seeded(&f);
	struct actor other = {.id = STR("wang-yi-2"), .name = STR("Wang Yi"), .kind = ACTOR_PERSON};
	struct statement v[] = {plain_statement(STR("a"), &other),
				plain_statement(STR("b"), &other)};
	struct write w = made_article(STR("text"), STR("2024-04-26"), v, 2);
	fixture_write(&f, &w);
	struct actor_matches m;
	ck_assert_uint_eq(find_actor(&f, STR("wang yi"), &m), 2);
	assert_str(m.v[0].actor.id, "wang-yi-2");
	ck_assert_uint_eq(m.v[0].actor.statement_count, 2);
	assert_str(m.v[1].actor.id, "wang-yi");
	fixture_close(&f);
}
END_TEST

START_TEST(store_seed__again_and_changed__follows_the_tables)
{
	struct fixture f;
	open_seeded(&f);
	struct statement v[] = {plain_statement(STR("said"), &known_actors[1])};
	struct write w = made_article(STR("text"), STR("2024-04-26"), v, 1);
	fixture_write(&f, &w);
	struct statement_query q = query_all(1);
	int64_t next;
	/* Both readers remember the name. */
	struct reader *a = fixture_reader(&f), *b = fixture_reader(&f);
	struct statement_list list;
	assert_ok(store_statements(a, &q, &f.arena, &list, &next, &f.e), f.e);
	assert_ok(store_statements(b, &q, &f.arena, &list, &next, &f.e), f.e);
	reader_return(a);
	reader_return(b);
	struct actor changed[3];
	memcpy(changed, known_actors, sizeof changed);
	changed[1].name = STR("WANG Yi (minister)");
	changed[1].aliases.n = 1;
	struct knowledge k = known();
	k.actors = changed;
	assert_ok(store_seed(f.store, &k, &f.e), f.e);
	for (int i = 0; i < 4; i++)
		assert_str(fixture_ask(&f, &q, &next).v[0].speaker->name, "WANG Yi (minister)");
	struct actor_matches m;
	ck_assert_uint_eq(find_actor(&f, STR("foreign minister wang"), &m), 0);
	ck_assert_uint_eq(find_actor(&f, STR("wang yi minister"), &m), 1);
	ck_assert_int_eq(store_stats(f.store).actors, 3);
	assert_ok(store_seed(f.store, &k, &f.e), f.e);
	fixture_check(&f);
	fixture_close(&f);
}
END_TEST

START_TEST(store_write__found_actor_with_many_aliases__keeps_a_bounded_number)
{
	enum { MANY = 100 };
	struct fixture f;
	fixture_open(&f);
	struct str names[MANY];
	for (int i = 0; i < MANY; i++)
		names[i] = arena_printf(&f.arena, "Name %d", i);
	for (int i = 0; i < MANY; i += 10) {
		struct actor found = {.id = STR("found"),
				      .name = STR("Found"),
				      .kind = ACTOR_PERSON,
				      .aliases = {names + i, 10}};
		struct statement v[] = {plain_statement(STR("said"), &found)};
		struct write w = made_article(names[i], STR("2024-04-26"), v, 1);
		fixture_write(&f, &w);
	}
	struct actor_match m;
	struct reader *r = fixture_reader(&f);
	assert_ok(store_actor(r, STR("found"), &f.arena, &m, &f.e), f.e);
	reader_return(r);
	ck_assert_uint_gt(m.actor.aliases.n, 20);
	ck_assert_uint_le(m.actor.aliases.n, 40);
	struct actor_matches found;
	ck_assert_uint_eq(find_actor(&f, STR("name 15"), &found), 1);
	fixture_close(&f);
}
END_TEST

START_TEST(store_write__found_actor_by_another_name__found_by_both)
{
	struct fixture f;
	fixture_open(&f);
	static const struct str names[] = {{"Officials", 9}, {"U.S. officials", 14}};
	for (int i = 0; i < 2; i++) {
		struct actor found = {.id = STR("usa-officials"),
				      .name = names[i],
				      .kind = ACTOR_GROUP,
				      .country = STR("USA")};
		struct statement v[] = {plain_statement(STR("said"), &found)};
		struct write w = made_article(names[i], STR("2024-04-26"), v, 1);
		fixture_write(&f, &w);
	}
	struct actor_matches found;
	ck_assert_uint_eq(find_actor(&f, STR("officials"), &found), 1);
	ck_assert_uint_eq(find_actor(&f, STR("us officials"), &found), 1);
	assert_str(found.v[0].alias, "U.S. officials");
	assert_str(found.v[0].actor.name, "Officials");
	fixture_close(&f);
}
END_TEST

/* The ids of all pages, with spaces. */
static struct str list_actors(struct fixture *f, struct name_query q)
{
	struct str all = STR_EMPTY;
	struct reader *r = fixture_reader(f);
	q.limit = 2;
	do {
		struct actor_matches m;
		assert_ok(store_actors(r, &q, &f->arena, &m, &q.after, &f->e), f->e);
		for (size_t i = 0; i < m.n; i++)
			all = arena_printf(&f->arena, "%.*s%.*s ", STR_ARG(all),
					   STR_ARG(m.v[i].actor.id));
	} while (q.after.n);
	reader_return(r);
	return all;
}

START_TEST(store_actors__filters_and_pages__list_in_order)
{
	struct fixture f;
	open_seeded(&f);
	struct statement v[] = {plain_statement(STR("said"), &known_actors[1])};
	v[0].stance.target = &usa;
	struct write w = made_article(STR("text"), STR("2024-04-26"), v, 1);
	fixture_write(&f, &w);
	const struct name_query all = {.kind = -1};
	struct name_query q = all;
	assert_str(list_actors(&f, q), "CHN USA un wang-yi ");
	q.kind = ACTOR_COUNTRY;
	assert_str(list_actors(&f, q), "CHN USA ");
	q = all;
	q.country = STR("CHN");
	assert_str(list_actors(&f, q), "CHN wang-yi ");
	q = all;
	q.with_statements = true;
	assert_str(list_actors(&f, q), "USA wang-yi ");
	q = all;
	q.text = STR("minis");
	assert_str(list_actors(&f, q), "wang-yi ");
	q.text = STR("un");
	assert_str(list_actors(&f, q), "USA un ");
	q.text = STR("inister");
	assert_str(list_actors(&f, q), "");
	struct issue_matches m;
	struct str next;
	struct reader *r = fixture_reader(&f);
	q = (struct name_query){.kind = -1, .limit = 2};
	assert_ok(store_issues(r, &q, &f.arena, &m, &next, &f.e), f.e);
	ck_assert_uint_eq(m.n, 2);
	assert_str(next, "human-rights");
	q.after = next;
	assert_ok(store_issues(r, &q, &f.arena, &m, &next, &f.e), f.e);
	ck_assert_uint_eq(m.n, 1);
	assert_str(m.v[0].issue.id, "tariffs");
	assert_str(next, "");
	q = (struct name_query){.kind = -1, .limit = 2, .text = STR("lin")};
	assert_ok(store_issues(r, &q, &f.arena, &m, &next, &f.e), f.e);
	ck_assert_uint_eq(m.n, 1);
	reader_return(r);
	fixture_close(&f);
}
END_TEST

START_TEST(store_seed__another_kind_of_an_issue__raises_the_edition_and_is_kept)
{
	struct issue table[] = {core};
	struct knowledge k = {.issues = table, .n_issues = 1};
	struct fixture f;
	fixture_open(&f);
	table[0].kind = ISSUE_VALUE;
	assert_ok(store_seed(f.store, &k, &f.e), f.e);
	int64_t edition = store_stats(f.store).reread.edition;
	ck_assert_int_eq(fixture_issue(&f, core.id).issue.kind, ISSUE_VALUE);
	table[0].kind = ISSUE_PLACE;
	assert_ok(store_seed(f.store, &k, &f.e), f.e);
	ck_assert_int_eq(fixture_issue(&f, core.id).issue.kind, ISSUE_PLACE);
	ck_assert_int_gt(store_stats(f.store).reread.edition, edition);
	fixture_close(&f);
}
END_TEST

UNIT_MAIN("names", store_find__ids_names_aliases__all_lead_to_it,
	  store_find__namesakes__best_known_first,
	  store_seed__again_and_changed__follows_the_tables,
	  store_seed__another_kind_of_an_issue__raises_the_edition_and_is_kept,
	  store_write__found_actor_with_many_aliases__keeps_a_bounded_number,
	  store_write__found_actor_by_another_name__found_by_both,
	  store_actors__filters_and_pages__list_in_order)
