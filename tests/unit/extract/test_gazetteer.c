/* The tables of actors: names, acronyms, dated posts. */
#include "extract/entity/gazetteer.h"

#include "extract/tables/lexicon.h"
#include "extract/text/token.h"
#include "tests/unit/unit.h"

static struct lexicon *lexicon;
static struct gazetteer gazetteer;

static void set_up(void)
{
	struct err e = {0};
	lexicon = lexicon_open(&e);
	ck_assert_msg(lexicon != NULL, "%s", e.message);
	assert_ok(gazetteer_open(&gazetteer, lexicon, &e), e);
}

static void tear_down(void)
{
	gazetteer_close(&gazetteer);
	lexicon_close(lexicon);
}

START_TEST(gazetteer_holder__dated_posts__who_held_them_that_day)
{
	static const struct {
		const char *title, *of, *day, *want;
	} cases[] = {
		{"foreign minister", "CHN", "2024-04-26", "wang-yi"},
		{"foreign minister", "CHN", "2023-03-10", "qin-gang"},
		{"foreign minister", "CHN", "2022-12-29", "wang-yi"},
		{"foreign minister", "CHN", "2023-07-25", ""},
		{"president", "USA", "2016-06-01", "barack-obama"},
		{"president", "USA", "2021-01-19", "donald-trump"},
		{"secretary of state", "USA", "2024-04-26", "antony-blinken"},
		{"prime minister", "GBR", "2019-09-11", "boris-johnson"},
		{"secretary general", "nato", "2019-10-15", "jens-stoltenberg"},
		{"astronaut", "USA", "2024-04-26", ""},
	};
	set_up();
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		day_t day;
		ck_assert(day_parse(str_of(cases[i].day), &day));
		const struct actor *a = gazetteer_holder(&gazetteer, str_of(cases[i].title),
							 str_of(cases[i].of), day);
		assert_str(a ? a->id : STR_EMPTY, cases[i].want);
	}
	ck_assert_ptr_null(gazetteer_holder(&gazetteer, STR("president"), STR("USA"), DAY_NONE));
	tear_down();
}
END_TEST

START_TEST(gazetteer_match__names_in_text__longest_and_by_case)
{
	static const struct {
		const char *text, *want;
		size_t tokens;
	} cases[] = {
		{"Antony J. Blinken left", "antony-blinken", 3},
		{"European Union leaders", "european-union", 2},
		{"U.S. officials", "USA", 1},
		{"us officials", "", 0},
		{"South Korea said", "KOR", 2},
		{"French wine", "FRA", 1},
		{"ERDOGAN", "", 0},
		{"Recep Tayyip Erdogan", "recep-tayyip-erdogan", 3},
		{"Fed officials", "federal-reserve", 1},
		{"who said", "", 0},
	};
	set_up();
	struct arena a;
	arena_init(&a, 1 << 24);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct text t;
		struct name_entry n;
		ck_assert_int_eq(text_tokenize(&t, str_of(cases[i].text), lexicon, &a), 0);
		size_t len = gazetteer_match(&gazetteer, &t, 0, t.n_tokens, &n);
		ck_assert_msg(len == cases[i].tokens, "\"%s\": %zu tokens", cases[i].text, len);
		if (len)
			assert_str(gazetteer.actors[n.actor].id, cases[i].want);
	}
	arena_release(&a);
	tear_down();
}
END_TEST

START_TEST(gazetteer_open__tables__ids_are_unique_and_countries_known)
{
	set_up();
	for (size_t i = 0; i < gazetteer.n_actors; i++) {
		const struct actor *a = &gazetteer.actors[i];
		ck_assert_msg(gazetteer_find(&gazetteer, a->id) == a, "id \"%.*s\" is there twice",
			      STR_ARG(a->id));
		if (a->country.n)
			ck_assert_msg(gazetteer_find(&gazetteer, a->country) != NULL,
				      "\"%.*s\": no country \"%.*s\"", STR_ARG(a->id),
				      STR_ARG(a->country));
		for (size_t k = 0; k < a->n_roles; k++) {
			ck_assert_msg(gazetteer_find(&gazetteer, a->roles[k].country) != NULL,
				      "\"%.*s\": post for nobody", STR_ARG(a->id));
			ck_assert(a->roles[k].from == DAY_NONE || a->roles[k].to == DAY_NONE ||
				  a->roles[k].from <= a->roles[k].to);
		}
	}
	tear_down();
}
END_TEST

START_TEST(gazetteer_speaks_for_country__posts_and_days__only_who_held_a_public_post)
{
	static const struct {
		const char *id, *day;
		bool want;
	} cases[] = {
		{"boris-johnson", "2019-09-11", true},	{"boris-johnson", "2023-09-11", false},
		{"jeremy-corbyn", "2019-09-11", false}, {"wang-yi", "2024-04-26", true},
		{"jerome-powell", "2020-01-01", true},	{"karim-khan", "2022-01-01", false},
	};
	set_up();
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		day_t day;
		ck_assert(day_parse(str_of(cases[i].day), &day));
		const struct actor *a = gazetteer_find(&gazetteer, str_of(cases[i].id));
		ck_assert_ptr_nonnull(a);
		ck_assert_msg(gazetteer_speaks_for_country(&gazetteer, a, day) == cases[i].want,
			      "%s on %s", cases[i].id, cases[i].day);
	}
	day_t day;
	ck_assert(day_parse(STR("2024-04-26"), &day));
	const struct actor *wang = gazetteer_find(&gazetteer, STR("wang-yi"));
	assert_str(actor_post(wang, day), "foreign minister");
	assert_str(actor_post(wang, day_from_civil((struct civil){2010, 1, 1})), "");
	assert_str(actor_post(wang, DAY_NONE), "");
	assert_str(gazetteer_find(&gazetteer, STR("bbc"))->country, "");
	tear_down();
}
END_TEST

START_TEST(gazetteer_body_in__bodies_of_countries__the_actor_or_none)
{
	static const struct {
		const char *name, *country, *want; /* "?": there, but not in the table */
	} cases[] = {
		{"Senate", "USA", "us-senate"},
		{"Senate", "AUS", "?"},
		{"Senate", "CHN", ""},
		{"Foreign Ministry", "TUR", "turkish-foreign-ministry"},
		{"Foreign Ministry", "PER", "?"},
		{"Foreign Ministry", "USA", ""},
		{"Parliament", "european-union", "european-parliament"},
		{"Treasury", "european-union", ""},
	};
	struct arena a;
	set_up();
	arena_init(&a, 1 << 20);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct text t;
		struct name_entry n;
		ck_assert_int_eq(text_tokenize(&t, str_of(cases[i].name), lexicon, &a), 0);
		ck_assert_uint_eq(gazetteer_match(&gazetteer, &t, 0, t.n_tokens, &n), t.n_tokens);
		ck_assert_int_eq(n.kind, NAME_BODY);
		const struct actor *of = gazetteer_find(&gazetteer, str_of(cases[i].country));
		uint32_t at =
			gazetteer_body_in(&gazetteer, n.actor, (uint32_t)(of - gazetteer.actors));
		assert_str(at == MAP_NONE	      ? STR_EMPTY
			   : at == BODY_WITHOUT_ACTOR ? STR("?")
						      : gazetteer.actors[at].id,
			   cases[i].want);
	}
	arena_release(&a);
	tear_down();
}
END_TEST

UNIT_MAIN("gazetteer", gazetteer_body_in__bodies_of_countries__the_actor_or_none,
	  gazetteer_speaks_for_country__posts_and_days__only_who_held_a_public_post,
	  gazetteer_holder__dated_posts__who_held_them_that_day,
	  gazetteer_match__names_in_text__longest_and_by_case,
	  gazetteer_open__tables__ids_are_unique_and_countries_known)
