/* The table of words against what the reader of phrases makes of it. */
#include "api/query/phrase_words.h"

#include "api/query/parameters.h"
#include "tests/unit/api/lines.h"

static const char *const roles[ROLE_COUNT] = {
#define X(name, word) word,
	PHRASE_ROLES(X)
#undef X
};

static const char *const bounds[BOUNDS_COUNT] = {
#define X(name, word) word,
	PHRASE_BOUNDS(X)
#undef X
};

static int find(struct str word, const char *const *list, int n)
{
	for (int i = 0; i < n; i++)
		if (str_eq(word, str_of(list[i])))
			return i;
	return -1;
}

/* The first of the words, which are all of one expression: "with_the_words". */
static struct phrase_word only_word(struct str expression)
{
	struct phrase_word words[PHRASE_WORDS_MAX];
	struct err e = {0};
	char text[80];
	size_t n;
	ck_assert_uint_lt(expression.n, sizeof text);
	for (size_t i = 0; i < expression.n; i++)
		text[i] = expression.p[i] == '_' ? ' ' : expression.p[i];
	assert_ok(words_split((struct str){text, expression.n}, words, &n, &e), e);
	ck_assert_msg(n >= 1, "\"%.*s\" has no words", STR_ARG(expression));
	ck_assert_msg(n == 1 || words[0].length == n, "\"%.*s\" is %zu words", STR_ARG(expression),
		      n);
	/* A view of what lasts: `text` ends here. */
	words[0].text = str_sub(expression, words[0].from, words[0].from + words[0].text.n);
	return words[0];
}

/* A parameter of statements that takes this value. */
static void check_parameter(const struct line *l, struct str name, struct str value)
{
	static struct arena arena;
	struct statement_filter filter;
	struct question q;
	struct err e = {0};
	arena_init(&arena, 1 << 16);
	statement_filter_init(&filter);
	question_init(&q, &params_statements, &filter, &arena);
	ck_assert_msg(question_add(&q, name, (struct condition){.value = value}, &e) == 0,
		      "line %d: %s", l->number, e.message);
	arena_release(&arena);
}

/* "act=DENY,act=REJECT" */
static void check_said(const struct line *l, struct str said)
{
	struct str one, name;
	while (str_split(&said, ',', &one)) {
		ck_assert_msg(str_split(&one, '=', &name), "line %d", l->number);
		check_parameter(l, name, one);
	}
}

static void check_meaning(const struct line *l, int role, const struct phrase_word *w)
{
	if (1 << role == ROLE_DATE)
		ck_assert_msg((int)w->bounds == find(l->columns[2], bounds, BOUNDS_COUNT),
			      "line %d: bounds %d", l->number, (int)w->bounds);
	if (1 << role != ROLE_CLAUSE)
		return;
	ck_assert_msg(str_eq(w->clause.parameter, l->columns[2]), "line %d", l->number);
	check_parameter(l, w->clause.parameter, STR("x"));
	check_said(l, w->clause.to_actor);
	check_said(l, w->clause.else_also);
}

static void run_line(const struct line *l)
{
	struct str rest = l->columns[0], word;
	int role = find(l->columns[1], roles, ROLE_AT_MONTH);
	ck_assert_msg(role >= 0, "line %d: no role", l->number);
	while (str_split(&rest, ' ', &word)) {
		struct phrase_word w = only_word(word);
		ck_assert_msg(word_has(&w, 1U << role), "line %d: \"%.*s\"", l->number,
			      STR_ARG(word));
		check_meaning(l, role, &w);
	}
}

START_TEST(words_split__each_word_of_the_table__has_its_role)
{
	ck_assert_int_ge(each_line("data/questions.tsv", run_line), 30);
}
END_TEST

START_TEST(words_split__names_of_times__have_their_numbers)
{
	struct phrase_word sept = only_word(STR("SEPT")), friday = only_word(STR("Friday")),
			   weeks = only_word(STR("weeks")), before = only_word(STR("yesterday"));
	ck_assert(word_has(&sept, ROLE_SHORT_MONTH) && sept.number == 9);
	ck_assert(word_has(&friday, ROLE_WEEKDAY) && friday.number == 4);
	ck_assert(word_has(&weeks, ROLE_UNITS) && !word_has(&weeks, ROLE_UNIT));
	ck_assert(word_has(&before, ROLE_DAY | ROLE_MONTH) && before.number == -1);
}
END_TEST

START_TEST(words_split__quoted_and_unknown_words__have_no_role)
{
	ck_assert_uint_eq(only_word(STR("\"by\"")).roles, 0);
	ck_assert_uint_eq(only_word(STR("tariffs")).roles, 0);
	struct phrase_word by = only_word(STR("BY,"));
	ck_assert(word_is(&by, "by") && by.has_comma && word_has(&by, ROLE_CLAUSE));
}
END_TEST

UNIT_MAIN("phrase words", words_split__each_word_of_the_table__has_its_role,
	  words_split__names_of_times__have_their_numbers,
	  words_split__quoted_and_unknown_words__have_no_role)
