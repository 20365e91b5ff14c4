/* Actors as persons gave them: by which names the engine finds them, and by which it does not. */
#include "extract/entity/taught.h"

#include "extract/extract.h"
#include "tests/unit/actor.h"
#include "tests/unit/unit.h"

static struct engine *engine;
static struct arena arena;

static void set_up(void)
{
	struct err e = {0};
	engine = engine_open(&e);
	ck_assert_msg(engine != NULL, "%s", e.message);
	arena_init(&arena, (size_t)64 << 20);
}

static void tear_down(void)
{
	arena_release(&arena);
	engine_close(engine);
}

static struct actor person(const char *id, const char *name, const struct str *aliases, size_t n)
{
	return (struct actor){.id = str_of(id),
			      .name = str_of(name),
			      .kind = ACTOR_PERSON,
			      .country = STR_EMPTY,
			      .wikidata = STR_EMPTY,
			      .aliases = {aliases, n}};
}

/* The speaker of the text's last statement; "" for none. */
static struct str speaker_of(const struct actor *v, size_t n, size_t n_yielding, const char *text)
{
	struct err e = {0};
	struct actor_table *actors = engine_actors_open(engine, v, n, n_yielding, &e);
	ck_assert_msg(actors != NULL, "%s", e.message);
	struct article article = article_of(str_of(text), STR("2024-04-26"));
	struct extraction x;
	struct engine_tables tables = {.actors = actors};
	assert_ok(engine_extract_on(engine, tables, &article, &arena, &x, &e), e);
	const struct actor *who = x.n_statements ? x.statements[x.n_statements - 1].speaker : NULL;
	struct str id = who ? arena_str(&arena, who->id) : STR_EMPTY;
	engine_actors_close(actors);
	return id;
}

struct case_of_name {
	const char *text, *want;
};

static void check(const struct actor *v, size_t n, const struct case_of_name *cases, size_t many)
{
	for (size_t i = 0; i < many; i++) {
		struct str id = speaker_of(v, n, 0, cases[i].text);
		ck_assert_msg(str_eq(id, str_of(cases[i].want)), "%s: \"%.*s\"", cases[i].text,
			      STR_ARG(id));
	}
}
#define CHECK(v, cases) check(v, sizeof(v) / sizeof *(v), cases, sizeof(cases) / sizeof *(cases))

START_TEST(alias__of_several_words__links_and_teaches_the_surname)
{
	set_up();
	static const struct str names[] = {STR_INIT("Big Jim Tarkovin")};
	struct actor v[] = {person("jim-tarkovin", "Jim Tarkovin", names, 1)};
	static const struct case_of_name cases[] = {
		{"Big Jim Tarkovin said that taxes must fall.", "jim-tarkovin"},
		{"Jim Tarkovin said that taxes must fall.", "jim-tarkovin"},
		{"Big Jim Tarkovin met voters on Monday. Tarkovin said that taxes must fall.",
		 "jim-tarkovin"},
	};
	CHECK(v, cases);
	tear_down();
}
END_TEST

START_TEST(alias__of_one_word__links_unless_it_may_be_another_name)
{
	set_up();
	static const struct str names[] = {STR_INIT("Zubaro"), STR_INIT("Bill"), STR_INIT("Obama"),
					   STR_INIT("Tarkovin")};
	struct actor v[] = {person("jim-tarkovin", "Jim Tarkovin", names, 4)};
	static const struct case_of_name cases[] = {
		{"Zubaro said that taxes must fall.", "jim-tarkovin"},
		/* a longer name that the word is part of is another one's */
		{"Zubaro Winterbottom said that taxes must fall.", "zubaro-winterbottom"},
		{"Anna Zubaro said that taxes must fall.", "anna-zubaro"},
		/* a given name, somebody's surname, the own one: by the full name alone */
		{"Bill said that taxes must fall.", "bill"},
		{"Tarkovin said that taxes must fall.", "tarkovin"},
		{"Jim Tarkovin met voters on Monday. Bill said that taxes must fall.",
		 "jim-tarkovin"},
	};
	CHECK(v, cases);
	ck_assert(!str_eq(speaker_of(v, 1, 0, "Obama said that taxes must fall."),
			  STR("jim-tarkovin")));
	tear_down();
}
END_TEST

START_TEST(alias__that_others_bear__is_left_to_them)
{
	set_up();
	static const struct str one[] = {STR_INIT("Coalition of Hope"), STR_INIT("China"),
					 STR_INIT("Gretchen Whitmer")},
				two[] = {STR_INIT("Coalition of Hope")};
	struct actor v[] = {person("jim-tarkovin", "Jim Tarkovin", one, 3),
			    person("ann-tarkovin", "Ann Tarkovin", two, 1)};
	static const struct case_of_name cases[] = {
		{"China said that taxes must fall.", "CHN"},
		{"Michigan Governor Gretchen Whitmer said that taxes must fall.",
		 "gretchen-whitmer"},
	};
	CHECK(v, cases);
	const char *text = "The Coalition of Hope said that taxes must fall.";
	struct str id = speaker_of(v, 2, 0, text);
	ck_assert(!str_eq(id, v[0].id) && !str_eq(id, v[1].id));
	/* One that is the same as another leaves its names to who bears them. */
	assert_str(speaker_of(v, 2, 1, text), "jim-tarkovin");
	assert_str(speaker_of(v, 1, 0, text), "jim-tarkovin");
	tear_down();
}
END_TEST

START_TEST(actor_of_the_tables__changed__has_what_was_said_of_it)
{
	static const struct case_of_name kept[] = {
		{"NATO said that taxes must fall.", "nato"},
		{"The North Atlantic Treaty Organization said that taxes must fall.", "nato"},
		{"The Brussels Club said that taxes must fall.", "nato"},
	};
	set_up();
	struct knowledge known = engine_knowledge(engine);
	struct actor v[1] = {{.id = STR_EMPTY}};
	for (size_t i = 0; i < known.n_actors; i++)
		if (str_eq(known.actors[i].id, STR("nato")))
			v[0] = known.actors[i];
	ck_assert_uint_gt(v[0].aliases.n, 0);
	struct str *names = arena_array(&arena, v[0].aliases.n + 1, sizeof *names);
	names[0] = STR("Brussels Club");
	for (size_t i = 0; i < v[0].aliases.n; i++)
		names[i + 1] = v[0].aliases.v[i];
	v[0].aliases = (struct strs){names, v[0].aliases.n + 1};
	CHECK(v, kept);
	/* All but its name and the new one are taken from it. */
	v[0].aliases.n = 1;
	assert_str(speaker_of(v, 1, 0, kept[0].text), "nato");
	ck_assert(!str_eq(speaker_of(v, 1, 0, kept[1].text), STR("nato")));
	assert_str(speaker_of(v, 1, 0, kept[2].text), "nato");
	tear_down();
}
END_TEST

START_TEST(office_holder__changed__stays_the_same_person)
{
	set_up();
	static const struct str names[] = {STR_INIT("Big Gretch")};
	struct actor v[] = {person("gretchen-whitmer", "Gretchen Whitmer", names, 1)};
	static const struct case_of_name cases[] = {
		{"Big Gretch said that taxes must fall.", "gretchen-whitmer"},
		{"Michigan Governor Gretchen Whitmer said that taxes must fall.",
		 "gretchen-whitmer"},
		{"Michigan Governor Gretchen Whitmer came. Gov. Whitmer said that taxes must fall.",
		 "gretchen-whitmer"},
	};
	CHECK(v, cases);
	tear_down();
}
END_TEST

START_TEST(post__of_a_person__is_found_by_its_day)
{
	set_up();
	static const struct role roles[] = {
		{STR_INIT("Fisheries Minister"), STR_INIT("NOR"), 19000, 20500}};
	struct actor v[] = {person("jim-tarkovin", "Jim Tarkovin", NULL, 0)};
	v[0].country = STR("NOR");
	v[0].roles = roles;
	v[0].n_roles = 1;
	struct err e = {0};
	struct actor_table *actors = engine_actors_open(engine, v, 1, 0, &e);
	struct article article = article_of(
		STR("Fisheries Minister Tarkovin said that taxes must fall."), STR("2024-04-26"));
	struct extraction x;
	assert_ok(engine_extract_on(engine, (struct engine_tables){.actors = actors}, &article,
				    &arena, &x, &e),
		  e);
	ck_assert_uint_eq(x.n_statements, 1);
	assert_str(x.statements[0].speaker->id, "jim-tarkovin");
	assert_str(x.statements[0].speaker->country, "NOR");
	engine_actors_close(actors);
	tear_down();
}
END_TEST

START_TEST(teach__too_many__is_an_error)
{
	set_up();
	struct err e = {0};
	struct actor *v = arena_array(&arena, TAUGHT_MAX + 1, sizeof *v);
	for (size_t i = 0; i <= TAUGHT_MAX; i++) {
		v[i] = person("", "", NULL, 0);
		v[i].id = v[i].name = arena_printf(&arena, "tark%zu", i);
	}
	struct actor_table *actors = engine_actors_open(engine, v, TAUGHT_MAX, 0, &e);
	ck_assert_msg(actors != NULL, "%s", e.message);
	engine_actors_close(actors);
	ck_assert_ptr_null(engine_actors_open(engine, v, TAUGHT_MAX + 1, 0, &e));
	ck_assert_int_eq(e.kind, ERR_TOO_LARGE);
	tear_down();
}
END_TEST

UNIT_MAIN("taught", alias__of_several_words__links_and_teaches_the_surname,
	  alias__of_one_word__links_unless_it_may_be_another_name,
	  alias__that_others_bear__is_left_to_them,
	  actor_of_the_tables__changed__has_what_was_said_of_it,
	  office_holder__changed__stays_the_same_person, post__of_a_person__is_found_by_its_day,
	  teach__too_many__is_an_error)
