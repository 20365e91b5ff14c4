/* Issues beside the table's own, and issues found again for statements that are there. */
#include <dirent.h>
#include <stdio.h>

#include "base/arena.h"
#include "extract/extract.h"
#include "tests/unit/unit.h"

enum { BYTES = 512 << 20 };

static struct str read_text(struct arena *a, const char *name)
{
	char path[300];
	snprintf(path, sizeof path, "tests/cases/wikinews/%s", name);
	FILE *f = fopen(path, "rb");
	ck_assert_msg(f != NULL, "cannot open %s", path);
	char *text = arena_alloc(a, 1 << 17);
	ck_assert_ptr_nonnull(text);
	size_t n = fread(text, 1, 1 << 17, f);
	fclose(f);
	return (struct str){text, n};
}

static void same_issues(const struct statement *a, const struct statement *b)
{
	ck_assert_uint_eq(a->n_issues, b->n_issues);
	for (size_t i = 0; i < a->n_issues; i++) {
		ck_assert(str_eq(a->issues[i].issue->id, b->issues[i].issue->id));
		ck_assert(a->issues[i].score == b->issues[i].score);
		ck_assert_uint_eq(a->issues[i].evidence.n, b->issues[i].evidence.n);
		for (size_t k = 0; k < a->issues[i].evidence.n; k++)
			ck_assert_uint_eq(a->issues[i].evidence.v[k].start, b->issues[i].evidence.v[k].start);
	}
}

static bool has_issue(const struct statement *s, const char *id)
{
	for (size_t i = 0; i < s->n_issues; i++)
		if (str_eq(s->issues[i].issue->id, str_of(id)))
			return true;
	return false;
}

/* With their issues taken away; the statements themselves are the extraction's. */
static struct statement *without_issues(struct arena *a, const struct extraction *x)
{
	struct statement *v = arena_array(a, x->n_statements, sizeof *v);
	for (size_t i = 0; i < x->n_statements; i++) {
		v[i] = x->statements[i];
		v[i].issues = NULL;
		v[i].n_issues = 0;
	}
	return v;
}

START_TEST(issue_again__the_same_issues__finds_what_the_extraction_found)
{
	struct err e = {0};
	struct engine *en = engine_open(&e);
	ck_assert_msg(en != NULL, "%s", e.message);
	DIR *folder = opendir("tests/cases/wikinews");
	ck_assert_ptr_nonnull(folder);
	size_t statements = 0;
	for (struct dirent *d; (d = readdir(folder)) != NULL;) {
		if (!strstr(d->d_name, ".txt"))
			continue;
		struct arena a;
		struct extraction x;
		arena_init(&a, BYTES);
		struct article article = {.text = read_text(&a, d->d_name), .published_at = STR("2019-09-12")};
		assert_ok(engine_extract(en, &article, &a, &x, &e), e);
		struct statement *v = without_issues(&a, &x);
		assert_ok(engine_issue_again(en, NULL, &article, v, x.n_statements, &a, &e), e);
		for (size_t i = 0; i < x.n_statements; i++)
			same_issues(&v[i], &x.statements[i]);
		statements += x.n_statements;
		arena_release(&a);
	}
	closedir(folder);
	ck_assert_uint_gt(statements, 100);
	engine_close(en);
}
END_TEST

static const struct str terms[] = {{"lantern festival", 16}, {"kites & children", 16}};

START_TEST(extract_on__further_issues__are_found_and_stand_before_the_tables)
{
	struct err e = {0};
	struct arena a;
	struct extraction x;
	arena_init(&a, BYTES);
	struct engine *en = engine_open(&e);
	ck_assert_msg(en != NULL, "%s", e.message);
	struct issue mine[] = {
		{.id = STR("feasts"), .label = STR("feasts"), .parent = STR_EMPTY, .terms = {terms, 2}},
		{.id = STR("taiwan"), .label = STR("the island"), .parent = STR_EMPTY},
		{.id = STR("my-sanctions"), .label = STR("sanctions"), .parent = STR_EMPTY},
	};
	struct issue_table *issues = engine_issues_open(en, mine, 3, &e);
	ck_assert_msg(issues != NULL, "%s", e.message);
	memset(mine, 0, sizeof mine); /* they are copied */
	struct article article = {
		.text = STR(
			"\"We love the lantern festival,\" Wang Yi said. \"The children of the village fly their kites,\" he "
			"said. \"The sanctions on the island are over,\" he added. \"Taiwan is a province,\" he said.")};
	assert_ok(engine_extract_on(en, issues, &article, &a, &x, &e), e);
	ck_assert_uint_eq(x.n_statements, 4);
	ck_assert(has_issue(&x.statements[0], "feasts"));
	ck_assert(has_issue(&x.statements[1], "feasts"));
	ck_assert(has_issue(&x.statements[2], "my-sanctions") && !has_issue(&x.statements[2], "sanctions"));
	ck_assert(has_issue(&x.statements[2], "taiwan"));
	ck_assert(!has_issue(&x.statements[3], "taiwan")); /* its label and terms are the users' now */
	struct statement *v = without_issues(&a, &x);
	assert_ok(engine_issue_again(en, issues, &article, v, x.n_statements, &a, &e), e);
	for (size_t i = 0; i < x.n_statements; i++)
		same_issues(&v[i], &x.statements[i]);
	assert_ok(engine_issue_again(en, NULL, &article, v, x.n_statements, &a, &e), e);
	ck_assert(!has_issue(&v[0], "feasts") && has_issue(&v[3], "taiwan"));
	engine_issues_close(issues);
	engine_close(en);
	arena_release(&a);
}
END_TEST

START_TEST(issue_again__spans_beyond_the_text__no_issues)
{
	static const struct span beyond[] = {{500, 600}, {4000000000U, 4294967295U}};
	struct err e = {0};
	struct arena a;
	arena_init(&a, BYTES);
	struct engine *en = engine_open(&e);
	struct article article = {.text = STR("\"No sanctions,\" Wang Yi said.")};
	struct statement v[2] = {{.spans.content = {beyond, 2}}, {.spans.content = {NULL, 0}}};
	assert_ok(engine_issue_again(en, NULL, &article, v, 2, &a, &e), e);
	ck_assert_uint_eq(v[0].n_issues, 0);
	ck_assert_uint_eq(v[1].n_issues, 0);
	article.text = STR("\xff");
	assert_fails(engine_issue_again(en, NULL, &article, v, 2, &a, &e), e, ERR_INPUT);
	engine_close(en);
	arena_release(&a);
}
END_TEST

UNIT_MAIN("issue", issue_again__the_same_issues__finds_what_the_extraction_found,
	  extract_on__further_issues__are_found_and_stand_before_the_tables, issue_again__spans_beyond_the_text__no_issues)
