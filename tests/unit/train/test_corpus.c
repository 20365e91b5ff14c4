/* What corpus/ promises: whose text is where, splits, offsets, words and issues that exist. The
 * texts that are not shipped are not needed. */
#include <jansson.h>

#include "base/fold.h"
#include "base/terms.h"
#include "base/utf8.h"
#include "tests/unit/unit.h"
#include "train/file_text.h"

enum { ARTICLES_MAX = 2000, ISSUES_MAX = 1000, NAME_MAX = 120 };

static const char NOT_SHIPPED[] = "text not shipped";

struct article {
	struct str id, split, licence, address;
	bool *is_space; /* of each of its code points; none where the text is not shipped */
	json_int_t n_points;
};

static struct arena arena;
static struct article *articles;
static size_t n_articles;
static struct str issues[ISSUES_MAX];
static size_t n_issues;

static struct str read_file(const char *path)
{
	struct err e = {0};
	struct str text = file_text(path, &arena, &e);
	ck_assert_msg(text.p != NULL, "%s", e.message);
	return text;
}

/* The next line that is no comment; false at the end. */
static bool next_line(struct str *rest, struct str *line)
{
	while (str_split(rest, '\n', line))
		if (line->n > 0 && line->p[0] != '#')
			return true;
	return false;
}

static void read_articles(void)
{
	struct str rest = read_file("corpus/articles.tsv"), line;
	articles = arena_array(&arena, ARTICLES_MAX, sizeof *articles);
	ck_assert_ptr_nonnull(articles);
	while (next_line(&rest, &line)) {
		struct str cell[8] = {{0}}, more;
		for (size_t i = 0; i < 8; i++)
			ck_assert_msg(str_split(&line, '\t', &cell[i]) || i == 7 /* no date */,
				      "%.*s: a column is missing", STR_ARG(cell[0]));
		ck_assert_msg(!str_split(&line, '\t', &more), "%.*s: too many columns",
			      STR_ARG(cell[0]));
		ck_assert_uint_lt(n_articles, ARTICLES_MAX);
		articles[n_articles++] = (struct article){
			.id = cell[0], .split = cell[1], .licence = cell[4], .address = cell[5]};
	}
}

static void read_issues(void)
{
	struct str rest = read_file("data/issues.tsv"), line, label;
	while (next_line(&rest, &line) && str_split(&line, '\t', &label)) {
		ck_assert_uint_lt(n_issues, ISSUES_MAX);
		issues[n_issues++] = str_slug(&arena, label);
	}
}

static bool is_one_of(struct str word, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(word, str_of(words[i])))
			return true;
	return false;
}

static bool begins(struct str s, const char *with)
{
	return str_find(s, str_of(with), 0) == 0;
}

static struct article *article_of(struct str id)
{
	for (size_t i = 0; i < n_articles; i++)
		if (str_eq(articles[i].id, id))
			return &articles[i];
	return NULL;
}

static struct str string_of(const json_t *j, const char *key)
{
	const json_t *s = json_object_get(j, key);
	return json_is_string(s) ? (struct str){json_string_value(s), json_string_length(s)}
				 : STR_EMPTY;
}

static json_t *parse(struct str line)
{
	json_error_t e;
	json_t *j = json_loadb(line.p, line.n, 0, &e);
	ck_assert_msg(j != NULL, "%s: %.*s", e.text, STR_ARG(str_sub(line, 0, 80)));
	return j;
}

static void keep_spaces(struct article *x, struct str text)
{
	x->is_space = arena_array(&arena, text.n, sizeof *x->is_space);
	ck_assert_ptr_nonnull(x->is_space);
	for (size_t at = 0; at < text.n;) {
		uint32_t c = utf8_decode(text, at, &at);
		x->is_space[x->n_points++] = c == ' ' || c == '\n' || c == '\t';
	}
}

/* The texts of PolNeAR belong to their publishers, and others are not free of conditions: where
 * they are is told, and nothing of them. */
static void read_texts(void)
{
	struct str rest = read_file("corpus/texts.jsonl"), line;
	size_t n = 0;
	for (; next_line(&rest, &line); n++) {
		json_t *j = parse(line);
		struct str id = string_of(j, "id"), text = string_of(j, "text"),
			   file = string_of(j, "file");
		ck_assert_msg(n < n_articles && str_eq(id, articles[n].id), "%.*s: another order",
			      STR_ARG(id));
		bool is_shipped = !str_eq(articles[n].licence, str_of(NOT_SHIPPED));
		ck_assert_msg((text.n > 0) == is_shipped && (file.n > 0) == !is_shipped,
			      "%.*s: text against its licence", STR_ARG(id));
		ck_assert_msg(!begins(id, "polnear:") || (!is_shipped && begins(file, "polnear/")),
			      "%.*s: whose text is it", STR_ARG(id));
		keep_spaces(&articles[n], text);
		json_decref(j);
	}
	ck_assert_uint_eq(n, n_articles);
}

static void set_up(void)
{
	arena_init(&arena, 64 << 20);
	n_articles = n_issues = 0;
	read_articles();
	read_issues();
	read_texts();
}

static void tear_down(void)
{
	arena_release(&arena);
}

START_TEST(articles__all__known_splits_and_addresses)
{
	set_up();
	static const char *const splits[] = {"train", "dev", "test-a", "test-b"};
	ck_assert_uint_ge(n_articles, 600);
	for (size_t i = 0; i < n_articles; i++) {
		const struct article *x = &articles[i];
		ck_assert_msg(i == 0 || str_cmp(articles[i - 1].id, x->id) < 0,
			      "%.*s: not in order", STR_ARG(x->id));
		ck_assert_msg(is_one_of(x->split, splits, 4), "%.*s: split", STR_ARG(x->id));
		ck_assert_msg(x->licence.n > 0 && (x->address.n > 0) == !begins(x->id, "polnear:"),
			      "%.*s: licence, address", STR_ARG(x->id));
		/* What is for fitting and what for development is told by the id alone, so that
		 * nobody can move an article. */
		unsigned sum = 0;
		for (size_t k = 0; k < x->id.n; k++)
			sum += (unsigned char)x->id.p[k];
		if (!begins(x->split, "test-"))
			ck_assert_msg((sum % 256 % 5 == 0) == str_eq(x->split, STR("dev")),
				      "%.*s: split", STR_ARG(x->id));
	}
	tear_down();
}
END_TEST

/* --- lines ------------------------------------------------------------------------------------ */

struct reach {
	json_int_t start, end; /* end 0: none */
};

static struct reach reach_of(const json_t *line, const char *key)
{
	const json_t *s = json_object_get(line, key);
	if (!json_is_array(s))
		return (struct reach){0, 0};
	ck_assert_uint_eq(json_array_size(s), 2);
	return (struct reach){json_integer_value(json_array_get(s, 0)),
			      json_integer_value(json_array_get(s, 1))};
}

/* Within the text, and neither begins nor ends with a space. */
static void check_reach(struct reach r, const struct article *x, const char *what, struct str line)
{
	ck_assert_msg(r.start >= 0 && r.end > r.start, "%s of %.*s", what, STR_ARG(line));
	ck_assert_msg(x->n_points == 0 || (r.end <= x->n_points && !x->is_space[r.start] &&
					   !x->is_space[r.end - 1]),
		      "%s of %.*s", what, STR_ARG(line));
}

static void check_issues(const json_t *list, bool has_side, struct str line)
{
	size_t i;
	const json_t *x;
	json_array_foreach(list, i, x)
	{
		struct str id = string_of(x, "id");
		bool is_known = false, turns = json_is_true(json_object_get(x, "turns")),
		     is_topic_only = json_is_true(json_object_get(x, "topic_only"));
		for (size_t k = 0; k < n_issues && !is_known; k++)
			is_known = str_eq(id, issues[k]);
		ck_assert_msg(is_known, "no issue \"%.*s\": %.*s", STR_ARG(id), STR_ARG(line));
		ck_assert_msg(is_topic_only ? !turns : has_side, "issue \"%.*s\": %.*s",
			      STR_ARG(id), STR_ARG(line));
	}
}

static void check_words(const json_t *j, struct str line)
{
	static const char *const sides[] = {"for", "against", "concern", "mixed", "none"};
	ck_assert_msg(terms_find(&terms_statement_kind, string_of(j, "kind")) >= 0 &&
			      terms_find(&terms_act, string_of(j, "act")) >= 0 &&
			      is_one_of(string_of(j, "side"), sides, 5),
		      "a word of %.*s", STR_ARG(line));
	ck_assert_msg(string_of(j, "speaker").n > 0 && string_of(j, "speaker").n <= NAME_MAX &&
			      string_of(j, "name").n <= NAME_MAX &&
			      string_of(j, "towards").n <= NAME_MAX,
		      "a name of %.*s", STR_ARG(line));
}

static void check_line(const json_t *j, const struct article *x, struct str line, bool is_settled)
{
	struct reach content = reach_of(j, "content"), object = reach_of(j, "object"),
		     source = reach_of(j, "source");
	bool has_side = !str_eq(string_of(j, "side"), STR("none"));
	check_words(j, line);
	check_reach(content, x, "content", line);
	if (source.end)
		check_reach(source, x, "source", line);
	if (object.end)
		check_reach(object, x, "object", line);
	if (!is_settled)
		return;
	ck_assert_msg((object.end > 0) == has_side && (string_of(j, "name").n > 0) == has_side,
		      "object of %.*s", STR_ARG(line));
	/* What a content says of "it" stands before it. */
	ck_assert_msg(object.end <= content.end, "object of %.*s", STR_ARG(line));
	ck_assert_msg(has_side || string_of(j, "towards").n == 0, "towards of %.*s", STR_ARG(line));
	check_issues(json_object_get(j, "issues"), has_side, line);
}

/* Checks the lines of a file; how many there are. */
static size_t check_lines(const char *path, const char *split, bool is_settled)
{
	struct str rest = read_file(path), line, before = STR_EMPTY;
	size_t n = 0;
	for (; next_line(&rest, &line); n++) {
		json_t *j = parse(line);
		const struct article *x = article_of(string_of(j, "article"));
		ck_assert_msg(x != NULL, "of no article: %.*s", STR_ARG(line));
		ck_assert_msg(str_cmp(before, x->id) <= 0, "not in order: %.*s", STR_ARG(line));
		ck_assert_msg(begins(x->split, "test-") ? str_eq(x->split, str_of(split))
							: !begins(str_of(split), "test-"),
			      "in the wrong file: %.*s", STR_ARG(line));
		check_line(j, x, line, is_settled);
		before = x->id;
		json_decref(j);
	}
	return n;
}

START_TEST(positions__all__spans_words_and_issues_that_exist)
{
	set_up();
	ck_assert_uint_ge(check_lines("corpus/positions.jsonl", "", true), 11000);
	tear_down();
}
END_TEST

START_TEST(second_readings__all__spans_and_words_that_exist)
{
	set_up();
	ck_assert_uint_ge(check_lines("corpus/twice.jsonl", "", false), 1900);
	tear_down();
}
END_TEST

START_TEST(test_parts__settled__spans_words_and_issues_that_exist)
{
	set_up();
	ck_assert_uint_ge(check_lines("corpus/test-a.jsonl", "test-a", true), 700);
	ck_assert_uint_ge(check_lines("corpus/test-b.jsonl", "test-b", true), 700);
	tear_down();
}
END_TEST

UNIT_MAIN("corpus", articles__all__known_splits_and_addresses,
	  positions__all__spans_words_and_issues_that_exist,
	  second_readings__all__spans_and_words_that_exist,
	  test_parts__settled__spans_words_and_issues_that_exist)
