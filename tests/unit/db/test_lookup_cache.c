/* What names were found to mean, remembered within a version. */
#include "db/sqlite/lookup_cache.h"

#include "tests/unit/unit.h"

static struct arena arena;
static struct err e;

static void put_one(struct lookup_cache *c, struct str name, struct str id)
{
	struct actor_match v = {.key = 7,
				.actor = {.id = id,
					  .name = STR("Wang Yi"),
					  .country = STR("CHN"),
					  .wikidata = STR_EMPTY,
					  .statement_count = 3},
				.alias = STR("Foreign Minister Wang")};
	lookup_cache_put_actors(c, name, &(struct actor_matches){&v, 1});
}

START_TEST(lookup_cache_actors__what_was_put__is_a_copy_in_the_arena)
{
	struct lookup_cache c;
	struct actor_matches found;
	char id[] = "wang-yi";
	arena_init(&arena, 1 << 20);
	ck_assert_int_eq(lookup_cache_init(&c, &e), 0);
	lookup_cache_snapshot(&c, 5);
	ck_assert_int_eq(lookup_cache_actors(&c, STR("wang yi"), &arena, &found, &e), 0);
	put_one(&c, STR("wang yi"), str_of(id));
	id[0] = 'X';
	ck_assert_int_eq(lookup_cache_actors(&c, STR("wang yi"), &arena, &found, &e), 1);
	lookup_cache_release(&c);
	ck_assert_uint_eq(found.n, 1);
	ck_assert_int_eq(found.v[0].key, 7);
	ck_assert_uint_eq(found.v[0].actor.statement_count, 3);
	assert_str(found.v[0].actor.id, "wang-yi");
	assert_str(found.v[0].actor.name, "Wang Yi");
	assert_str(found.v[0].actor.country, "CHN");
	assert_str(found.v[0].actor.wikidata, "");
	assert_str(found.v[0].alias, "Foreign Minister Wang");
	arena_release(&arena);
}
END_TEST

START_TEST(lookup_cache_actors__another_version_name_or_kind__is_not_known)
{
	struct lookup_cache c;
	struct actor_matches found;
	struct issue_matches issues;
	arena_init(&arena, 1 << 20);
	ck_assert_int_eq(lookup_cache_init(&c, &e), 0);
	lookup_cache_snapshot(&c, 0);
	put_one(&c, STR("wang yi"), STR("wang-yi"));
	ck_assert_int_eq(lookup_cache_actors(&c, STR("wang yi"), &arena, &found, &e), 0);
	lookup_cache_snapshot(&c, 5);
	put_one(&c, STR("wang yi"), STR("wang-yi"));
	ck_assert_int_eq(lookup_cache_actors(&c, STR("wang y"), &arena, &found, &e), 0);
	ck_assert_int_eq(
		lookup_cache_issues(&c, LOOKUP_ISSUES, STR("wang yi"), &arena, &issues, &e), 0);
	lookup_cache_snapshot(&c, 6);
	ck_assert_int_eq(lookup_cache_actors(&c, STR("wang yi"), &arena, &found, &e), 0);
	put_one(&c, STR("wang yi"), STR("another"));
	ck_assert_int_eq(lookup_cache_actors(&c, STR("wang yi"), &arena, &found, &e), 1);
	assert_str(found.v[0].actor.id, "another");
	lookup_cache_release(&c);
	arena_release(&arena);
}
END_TEST

START_TEST(lookup_cache_issues__nothing_found__is_remembered_too)
{
	struct lookup_cache c;
	struct issue_matches found = {.n = 1};
	arena_init(&arena, 1 << 20);
	ck_assert_int_eq(lookup_cache_init(&c, &e), 0);
	lookup_cache_snapshot(&c, 5);
	lookup_cache_put_issues(&c, LOOKUP_BELOW, STR("kites"), &(struct issue_matches){0});
	ck_assert_int_eq(lookup_cache_issues(&c, LOOKUP_BELOW, STR("kites"), &arena, &found, &e),
			 1);
	ck_assert_uint_eq(found.n, 0);
	lookup_cache_release(&c);
	arena_release(&arena);
}
END_TEST

START_TEST(lookup_cache_put__very_many_matches__are_not_kept)
{
	enum { MANY = 200 };
	static struct issue_match v[MANY];
	struct lookup_cache c;
	struct issue_matches found;
	arena_init(&arena, 1 << 20);
	for (int i = 0; i < MANY; i++)
		v[i] = (struct issue_match){.issue = {.id = STR("a"),
						      .label = STR("b"),
						      .parent = STR("c"),
						      .terms = {NULL, 0}},
					    .alias = STR("d")};
	ck_assert_int_eq(lookup_cache_init(&c, &e), 0);
	lookup_cache_snapshot(&c, 5);
	lookup_cache_put_issues(&c, LOOKUP_ISSUES, STR("x"), &(struct issue_matches){v, MANY});
	ck_assert_int_eq(lookup_cache_issues(&c, LOOKUP_ISSUES, STR("x"), &arena, &found, &e), 0);
	lookup_cache_put_issues(&c, LOOKUP_ISSUES, STR("x"), &(struct issue_matches){v, 3});
	ck_assert_int_eq(lookup_cache_issues(&c, LOOKUP_ISSUES, STR("x"), &arena, &found, &e), 1);
	ck_assert_uint_eq(found.n, 3);
	assert_str(found.v[2].issue.parent, "c");
	lookup_cache_release(&c);
	arena_release(&arena);
}
END_TEST

UNIT_MAIN("lookup_cache", lookup_cache_actors__what_was_put__is_a_copy_in_the_arena,
	  lookup_cache_actors__another_version_name_or_kind__is_not_known,
	  lookup_cache_issues__nothing_found__is_remembered_too,
	  lookup_cache_put__very_many_matches__are_not_kept)
