/* What the statements of an article say of the issue of one of them. Probabilities are made up. */
#include "extract/issue/first_issue.h"

#include <math.h>

#include "extract/issue/hit_weights.h"
#include "tests/unit/unit.h"

enum { BYTES = 1 << 20, MOST = 4 };

/* Places of evidence, in the order of first_evidence(). */
enum { OWN_SCORE, OWN_MAIN, BEST_SCORE, BEST_MAIN, ABOVE, MEAN = 8, MEAN_MAIN, TOPS, BY_SPEAKER };

static const struct issue tariffs = {.id = {"tariffs", 7}, .kind = ISSUE_MEASURE},
			  taxes = {.id = {"taxes", 5}, .kind = ISSUE_MEASURE};

static struct first_candidate candidate(const struct issue *is, float score, float main)
{
	return (struct first_candidate){.hit = {.issue = is, .score = score, .main = main}};
}

static const struct first_candidate both[] = {
	{.hit = {.issue = &tariffs, .score = 0.5f, .main = 0.25f}},
	{.hit = {.issue = &taxes, .score = 0.75f, .main = 0.5f}},
};

START_TEST(first_evidence__other_statements__their_means)
{
	struct first_candidate one[] = {candidate(&tariffs, 0.25f, 0.5f)},
			       other[] = {candidate(&tariffs, 0.75f, 1)};
	const struct first_candidates l[] = {{both, 2}, {one, 1}, {other, 1}};
	/* The second and third are said by one; two say the third together. */
	const struct first_statement v[] = {{&l[0], 7}, {&l[1], 7}, {&l[2], 8}, {&l[2], 9}};
	struct first_article x;
	struct arena a;
	float e[MOST][FIRST_EVIDENCE];
	arena_init(&a, BYTES);
	ck_assert_int_eq(first_article_init(&x, v, 4, &a), 0);
	ck_assert_uint_eq(x.n_places, 3);
	first_evidence(&x, 0, e);
	ck_assert_float_eq_tol(e[0][OWN_SCORE], 0.5f, 1e-6f);
	ck_assert_float_eq_tol(e[0][BEST_SCORE], 0.75f, 1e-6f);
	ck_assert_float_eq_tol(e[0][ABOVE], 1, 1e-6f);
	ck_assert_float_eq_tol(e[1][ABOVE], 0, 1e-6f);
	ck_assert_float_eq_tol(e[0][MEAN], 0.5f, 1e-6f);
	ck_assert_float_eq_tol(e[0][MEAN_MAIN], 0.75f, 1e-6f);
	ck_assert_float_eq_tol(e[0][TOPS], 1, 1e-6f);
	ck_assert_float_eq_tol(e[0][BY_SPEAKER], 0.25f, 1e-6f);
	ck_assert_float_eq_tol(e[1][MEAN], 0, 1e-6f);
	arena_release(&a);
}
END_TEST

START_TEST(first_judge__issue_of_a_user__as_probable_as_its_words_make_it)
{
	struct first_candidate one[] = {candidate(&tariffs, 0.5f, 0.5f)};
	one[0].least = 0.75f;
	const struct first_candidates l = {one, 1};
	const struct first_statement v = {&l, 0};
	const struct tree none = {.asks = {0}};
	struct first_article x;
	struct arena a;
	float chance[ISSUE_CANDIDATES];
	arena_init(&a, BYTES);
	ck_assert_int_eq(first_article_init(&x, &v, 1, &a), 0);
	first_judge(&x, 0, &none, 1, chance);
	ck_assert_float_eq_tol(chance[0], 0.75f, 1e-6f);
	one[0].least = 0;
	first_judge(&x, 0, &none, 1, chance);
	ck_assert_float_eq_tol(chance[0], 0.5f, 1e-6f);
	arena_release(&a);
}
END_TEST

/* Places in own evidence: how often the content names it, and in which sentence before. */
enum { TERMS = 1, BACK = 3 };

START_TEST(first_judge__likelier_issue_of_others_only__behind_what_is_named)
{
	/* by the tree, what the content names is less likely */
	struct tree t = {.asks = {0, FIRST_EVIDENCE - FIRST_OWN + TERMS}};
	struct first_candidate two[] = {candidate(&tariffs, 0.5f, 0.25f),
					candidate(&taxes, 0.5f, 0.75f)};
	const struct first_candidates l = {two, 2};
	const struct first_statement v = {&l, 0};
	struct first_article x;
	struct arena a;
	float chance[ISSUE_CANDIDATES];
	arena_init(&a, BYTES);
	for (size_t k = 2; k < TREE_LEAVES; k++)
		t.least[k] = INFINITY;
	t.least[1] = 1;
	t.leaf[0] = 1;
	two[0].own[BACK] = 2;
	two[1].own[TERMS] = 1;
	ck_assert_int_eq(first_article_init(&x, &v, 1, &a), 0);
	first_judge(&x, 0, &t, 1, chance);
	ck_assert_float_gt(chance[1], chance[0]);
	two[0].own[BACK] = 0; /* in the content's own sentence */
	first_judge(&x, 0, &t, 1, chance);
	ck_assert_float_gt(chance[0], chance[1]);
	two[0].own[BACK] = 2;
	two[1].hit.main = 0.375f; /* not far more */
	first_judge(&x, 0, &t, 1, chance);
	ck_assert_float_gt(chance[0], chance[1]);
	arena_release(&a);
}
END_TEST

START_TEST(first_evidence__others_of_the_statement__best_of_them_and_how_far_it_is)
{
	enum { TOPIC_OF_OTHERS = 23, MORE_TOPIC, OTHERS = 33, TOPIC = 17 };
	struct first_candidate two[] = {candidate(&tariffs, 0.5f, 0.25f),
					candidate(&taxes, 0.5f, 0.75f)};
	const struct first_candidates l = {two, 2};
	const struct first_statement v = {&l, 0};
	struct first_article x;
	struct arena a;
	float e[MOST][FIRST_EVIDENCE];
	arena_init(&a, BYTES);
	two[0].own[TOPIC] = 0.25f;
	two[1].own[TOPIC] = 0.75f;
	ck_assert_int_eq(first_article_init(&x, &v, 1, &a), 0);
	first_evidence(&x, 0, e);
	ck_assert_float_eq_tol(e[0][TOPIC_OF_OTHERS], 0.75f, 1e-6f);
	ck_assert_float_eq_tol(e[0][MORE_TOPIC], -0.5f, 1e-6f);
	ck_assert_float_eq_tol(e[1][MORE_TOPIC], 0.5f, 1e-6f);
	ck_assert_float_eq_tol(e[0][OTHERS], 2, 1e-6f);
	arena_release(&a);
}
END_TEST

UNIT_MAIN("first issue", first_evidence__other_statements__their_means,
	  first_judge__issue_of_a_user__as_probable_as_its_words_make_it,
	  first_judge__likelier_issue_of_others_only__behind_what_is_named,
	  first_evidence__others_of_the_statement__best_of_them_and_how_far_it_is)
