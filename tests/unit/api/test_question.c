/* Reading parameters: what each sets, what each bad one is told. No store is needed before names
 * are looked up. */
#include "api/query/question.h"

#include "api/query/parameters.h"
#include "tests/unit/api/lines.h"

static struct arena arena;
static struct err err;
static struct statement_filter filter;
static union {
	struct article_query articles;
	struct name_query names;
} other;
static struct question q;

static void start(const struct param_table *table)
{
	arena_release(&arena);
	arena_init(&arena, 1 << 20);
	err = (struct err){0};
	filter = (struct statement_filter){.q.said_after = DAY_NONE, .q.published_after = DAY_NONE};
	memset(&other, 0, sizeof other);
	bool is_of_statements = table == &params_statements || table == &params_article_statements;
	question_init(&q, table, is_of_statements ? (void *)&filter : (void *)&other, &arena);
}

static int add(const char *name, const char *value)
{
	return question_add(&q, str_of(name), (struct condition){.value = str_of(value)}, &err);
}

static void run_bad(const struct line *l)
{
	const struct param_table *table = NULL;
	for (size_t i = 0; params_all[i] && !table; i++)
		if (str_eq(l->columns[0], str_of(params_all[i]->path)))
			table = params_all[i];
	ck_assert_msg(table != NULL, "line %d: no such path", l->number);
	start(table);
	int rc = question_add(&q, l->columns[1], (struct condition){.value = l->columns[2]}, &err);
	ck_assert_msg(rc != 0, "line %d was taken", l->number);
	ck_assert_msg(err_is_input(err.kind), "line %d: kind %d", l->number, err.kind);
	ck_assert_msg(str_eq(str_of(err.field), l->columns[3]), "line %d: field \"%s\"", l->number,
		      err.field);
	ck_assert_msg(str_find(str_of(err.message), l->columns[4], 0) != SIZE_MAX,
		      "line %d: \"%s\"", l->number, err.message);
}

START_TEST(question_add__bad_parameters__each_names_its_fault)
{
	ck_assert_int_ge(each_line("tests/unit/api/bad_params.tsv", run_bad), 45);
}
END_TEST

START_TEST(question_add__every_kind_of_value__set)
{
	start(&params_statements);
	assert_ok(add("kind", "direct") || add("kind", "MIXED") || add("position", "!oppose"), err);
	assert_ok(add("said_from", "2024-04-26") || add("min_confidence", "0.5") ||
			  add("article", "17"),
		  err);
	assert_ok(add("min_stance_confidence", "0.25"), err);
	assert_ok(add("outlet", "A") || add("outlet", "B") || add("outlet", "!C") ||
			  add("role", "Foreign  Minister"),
		  err);
	assert_ok(add("text", "red line") || add("sort", "oldest") || add("limit", "200") ||
			  add("members", "false"),
		  err);
	ck_assert_uint_eq(filter.q.kinds, 1u << KIND_DIRECT | 1u << KIND_MIXED);
	ck_assert_uint_eq(filter.q.positions, 0);
	ck_assert_uint_eq(filter.not_positions, 1u << POSITION_OPPOSE);
	ck_assert_int_eq(filter.q.said_after, day_from_civil((struct civil){2024, 4, 26}));
	ck_assert(filter.q.min_confidence > 0.49f && filter.q.min_confidence < 0.51f);
	ck_assert(filter.q.min_stance_confidence > 0.24f && filter.q.min_stance_confidence < 0.26f);
	ck_assert_int_eq(filter.q.article, 17);
	ck_assert_uint_eq(filter.q.outlets.n, 2);
	assert_str(filter.q.outlets.v[1], "B");
	assert_str(filter.q.not_outlets.v[0], "C");
	assert_str(filter.q.roles.v[0], "foreign minister");
	assert_str(filter.q.phrases.v[0], "red line");
	ck_assert(q.oldest_first && q.alone);
	ck_assert_int_eq(q.limit, 200);
}
END_TEST

START_TEST(question_add__single_parameter_twice__refused)
{
	start(&params_statements);
	assert_ok(add("sort", "newest"), err);
	ck_assert_int_ne(add("sort", "oldest"), 0);
	ck_assert_str_eq(err.message, "\"sort\" is given twice");
}
END_TEST

START_TEST(question_add__too_many__refused)
{
	start(&params_statements);
	for (int i = 0; i < CONDITIONS_MAX; i++)
		assert_ok(add("speaker", "China"), err);
	ck_assert_int_ne(add("speaker", "China"), 0);
}
END_TEST

START_TEST(question_canonical__hostile_values__escaped)
{
	start(&params_statements);
	assert_ok(add("speaker", "Wang Yi") || add("issue", "!a&b=c#d\"\xC3\xA9") ||
			  add("limit", "3") || add("sort", "oldest"),
		  err);
	assert_str(question_canonical(&q),
		   "speaker=Wang%20Yi&issue=!a%26b%3Dc%23d%22%C3%A9&sort=oldest");
}
END_TEST

START_TEST(question_hash__order_of_parameters__does_not_count)
{
	start(&params_statements);
	assert_ok(add("speaker", "China") || add("issue", "Taiwan"), err);
	uint64_t one = question_hash(&q);
	start(&params_statements);
	assert_ok(add("limit", "7") || add("issue", "Taiwan") || add("sort", "newest") ||
			  add("speaker", "China"),
		  err);
	ck_assert(question_hash(&q) == one);
	start(&params_statements);
	assert_ok(add("issue", "Taiwan") || add("speaker", "China") || add("sort", "oldest"), err);
	ck_assert(question_hash(&q) != one);
	start(&params_statements);
	assert_ok(add("issue", "China") || add("speaker", "Taiwan"), err);
	ck_assert(question_hash(&q) != one);
	start(&params_statements);
	assert_ok(add("issue", "Taiwan") || add("speaker", "!China"), err);
	ck_assert(question_hash(&q) != one);
}
END_TEST

/* A limit is one of characters, as openapi.yaml counts them; the former names of days still do. */
START_TEST(question_add__long_value_and_former_names__as_documented)
{
	char value[2 * PARAM_VALUE_MAX + 3];
	for (size_t i = 0; i < sizeof value - 1; i++)
		value[i] = i % 2 ? '\xA9' : '\xC3';
	value[sizeof value - 1] = '\0';
	start(&params_statements);
	assert_fails(add("outlet", value), err, ERR_VALUE);
	err = (struct err){0};
	value[2 * PARAM_VALUE_MAX] = '\0';
	assert_ok(add("outlet", value), err);
	assert_ok(add("said_after", "2024-04-26") || add("published_before", "2024-04-30"), err);
	ck_assert_int_eq(filter.q.said_after, day_from_civil((struct civil){2024, 4, 26}));
	ck_assert_int_eq(filter.q.published_before, day_from_civil((struct civil){2024, 4, 30}));
	struct str canonical = question_canonical(&q);
	ck_assert(str_ends(canonical, STR("&said_from=2024-04-26&published_to=2024-04-30")));
	assert_fails(add("said_from", "2024-04-27"), err, ERR_REPEATED);
}
END_TEST

UNIT_MAIN("question", question_add__long_value_and_former_names__as_documented,
	  question_add__bad_parameters__each_names_its_fault,
	  question_add__every_kind_of_value__set, question_add__single_parameter_twice__refused,
	  question_add__too_many__refused, question_canonical__hostile_values__escaped,
	  question_hash__order_of_parameters__does_not_count)
