/* The phrase language against a small world of names; the phrases are in phrases.tsv. */
#include "api/query/phrase_read.h"

#include "tests/unit/api/lines.h"

static const char *const actors[] = {"wang yi",		  "blinken",	      "chinese", "china",
				     "the united states", "united states",    "the us",	 "us",
				     "us officials",	  "russia",	      "beijing", "ukraine",
				     "officials",	  "foreign minister", NULL};
static const char *const issues[] = {"core interests", "taiwan",       "fentanyl",
				     "tariffs",	       "trade policy", "south china sea",
				     "war in ukraine", "sanctions",    NULL};

static struct arena arena;

static const char *const open_issues[] = {"reason", "rare earth exports", NULL};

static bool is_in(const char *const *list, struct str name)
{
	for (; *list; list++)
		if (str_eq(name, str_of(*list)))
			return true;
	return false;
}

static int find_actors(void *context, struct str name, struct arena *a, struct actor_matches *out,
		       struct err *e)
{
	static const char *const persons[] = {"wang yi", "blinken", NULL},
				 *const nobody[] = {"officials", "foreign minister", NULL};
	struct actor_match *m = arena_alloc(a, sizeof *m);
	(void)context, (void)e;
	ck_assert_ptr_nonnull(m);
	*m = (struct actor_match){
		.actor = {.id = name, .name = name, .kind = ACTOR_COUNTRY, .statement_count = 5}};
	if (is_in(persons, name))
		m->actor.kind = ACTOR_PERSON;
	if (is_in(nobody, name))
		m->actor.kind = ACTOR_ANONYMOUS;
	*out = (struct actor_matches){m, is_in(actors, name)};
	return 0;
}

static int find_issues(void *context, struct str name, struct arena *a, struct issue_matches *out,
		       struct err *e)
{
	struct issue_match *m = arena_alloc(a, sizeof *m);
	bool is_established = is_in(issues, name);
	ck_assert_ptr_nonnull(m);
	*m = (struct issue_match){.issue = {.label = name, .is_open = !is_established}};
	(void)context, (void)e;
	*out = (struct issue_matches){m, is_established || is_in(open_issues, name)};
	return 0;
}

static int read_phrase(struct str text, struct phrase *p, struct err *e)
{
	arena_release(&arena);
	arena_init(&arena, 1 << 24);
	*e = (struct err){0};
	struct phrase_days days = {.today = day_from_civil((struct civil){2024, 5, 15}),
				   .newest = DAY_NONE};
	struct lookup names = lookup_in(
		(struct name_source){.actors = find_actors, .issues = find_issues}, &arena);
	return phrase_read(text, &names, days, &arena, p, e);
}

static int wrong; /* all wrong lines are told, not only the first */

static void check_column(const struct line *l, const char *what, struct str got, struct str want)
{
	if (str_eq(got, str_trim(want)))
		return;
	wrong++;
	fprintf(stderr, "line %d: \"%.*s\" %s \"%.*s\", not \"%.*s\"\n", l->number,
		STR_ARG(l->columns[0]), what, STR_ARG(got), STR_ARG(want));
}

static void run_phrase(const struct line *l)
{
	struct phrase p;
	struct err e;
	struct buf got, left;
	if (read_phrase(l->columns[0], &p, &e)) {
		check_column(l, "says",
			     str_eq(str_of(e.field), STR("q")) ? STR("!") : str_of(e.message),
			     l->columns[1]);
		return;
	}
	buf_init(&got, 1 << 16);
	buf_init(&left, 1 << 16);
	for (size_t i = 0; i < p.n; i++)
		buf_printf(&got, "%s%.*s=%.*s", i ? "&" : "", STR_ARG(p.terms[i].name),
			   STR_ARG(p.terms[i].given.value));
	for (size_t i = 0; i < p.n_unparsed; i++)
		buf_printf(&left, "%s%.*s", i ? "|" : "", STR_ARG(p.unparsed[i]));
	check_column(l, "says", buf_str(&got), l->columns[1]);
	check_column(l, "leaves", buf_str(&left), l->columns[2]);
	buf_release(&got);
	buf_release(&left);
}

START_TEST(phrase_read__phrases__parameters_and_rest)
{
	ck_assert_int_ge(each_line("tests/unit/api/phrases.tsv", run_phrase), 60);
	ck_assert_int_eq(wrong, 0);
}
END_TEST

START_TEST(phrase_read__every_word_lost_or_found__no_word_vanishes)
{
	struct phrase p;
	struct err e;
	assert_ok(read_phrase(STR("statements by Wang Yi zig about Taiwan zag zog"), &p, &e), e);
	ck_assert_uint_eq(p.n_unparsed, 1);
	assert_str(p.unparsed[0], "zig");
	ck_assert_uint_eq(p.n, 2);
	assert_str(p.terms[1].given.value, "Taiwan zag zog");
}
END_TEST

START_TEST(phrase_read__too_many_words__refused)
{
	struct buf b;
	struct phrase p;
	struct err e;
	buf_init(&b, 1 << 16);
	for (int i = 0; i <= PHRASE_WORDS_MAX; i++)
		buf_add(&b, STR("by "));
	assert_fails(read_phrase(buf_str(&b), &p, &e), e, ERR_VALUE);
	ck_assert_str_eq(e.field, "q");
	buf_release(&b);
}
END_TEST

START_TEST(phrase_read__many_names__bounded)
{
	struct buf b;
	struct phrase p;
	struct err e;
	buf_init(&b, 1 << 16);
	buf_add(&b, STR("by China"));
	for (int i = 0; i < 48; i++)
		buf_printf(&b, " and N%d", i);
	assert_ok(read_phrase(buf_str(&b), &p, &e), e);
	ck_assert_uint_eq(p.n, PHRASE_TERMS_MAX);
	ck_assert_uint_gt(p.n_unparsed, 0);
	buf_release(&b);
}
END_TEST

START_TEST(phrase_read__term__keeps_its_words)
{
	struct phrase p;
	struct err e;
	assert_ok(read_phrase(STR("direct quotes by Blinken, in April 2024!"), &p, &e), e);
	ck_assert_uint_eq(p.n, 4);
	assert_str(p.terms[0].given.words, "direct");
	assert_str(p.terms[1].given.words, "by Blinken,");
	assert_str(p.terms[2].given.words, "in April 2024!");
}
END_TEST

START_TEST(phrase_read__hostile_bytes__no_fault)
{
	static const char *const texts[] = {"\"",
					    "\" \"",
					    "\xE2\x80\x9C",
					    "by \"",
					    "by !",
					    "by \"!\"",
					    "about \"\"",
					    "- - -",
					    "by by by by",
					    "and and or or , , ,",
					    "between and and",
					    "between 2024 and",
					    "on on on",
					    "in in in 2024",
					    "not not not",
					    "what did",
					    "what did say",
					    "who",
					    "who is",
					    "of of",
					    "statements of"};
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		struct phrase p;
		struct err e;
		if (read_phrase(str_of(texts[i]), &p, &e))
			ck_assert_int_eq(e.kind, ERR_VALUE);
	}
}
END_TEST

UNIT_MAIN("phrase", phrase_read__phrases__parameters_and_rest,
	  phrase_read__every_word_lost_or_found__no_word_vanishes,
	  phrase_read__too_many_words__refused, phrase_read__many_names__bounded,
	  phrase_read__term__keeps_its_words, phrase_read__hostile_bytes__no_fault)
