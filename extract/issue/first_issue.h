/* Which issue of the table a statement is about most: by what the model of issues says of its
 * candidates, by what the article and the statement say of each, and by what the others of the
 * article are about. Boosted trees, fitted by train/fit_issues.c; they know no issue by name. */
#ifndef DEMARCHE_EXTRACT_ISSUE_FIRST_ISSUE_H
#define DEMARCHE_EXTRACT_ISSUE_FIRST_ISSUE_H

#include "extract/attribution/trees.h"
#include "extract/issue/candidate.h"

enum { FIRST_OWN = 26, FIRST_EVIDENCE = 60 };

/* A candidate that is probable enough to go first, of issues_find(). */
struct first_candidate {
	struct issue_hit hit; /* score and main are its own probabilities */
	float own[FIRST_OWN]; /* what the statement and the article say of it */
	float least;	      /* it is so probable whatever the trees say: of a user's issue */
};

struct first_candidates {
	const struct first_candidate *v;
	size_t n;
};

/* What the statement and the article say of a candidate with its probabilities. */
void first_own_evidence(const struct issue_content *c, const struct issue_candidates *l, size_t i,
			float out[FIRST_OWN]);

struct first_statement {
	const struct first_candidates *candidates;
	uint64_t speaker; /* 0: unknown */
};

/* The statements of an article and sums over them, in the arena it was made in. */
struct first_article {
	const struct first_statement *v;
	size_t n;
	size_t *place, *at, n_places; /* by statement: its place; by place: its first statement */
	struct first_sum *sums;
	size_t n_sums, cap_sums;
	struct map by_issue;
};

/* 0, or -1 when the arena is full. */
int first_article_init(struct first_article *x, const struct first_statement *v, size_t n,
		       struct arena *a) MUST_CHECK;
/* Of all candidates of statement i. */
void first_evidence(const struct first_article *x, size_t i, float (*out)[FIRST_EVIDENCE]);
/* How probable it is that statement i is about each candidate. What only other statements name does
 * not go before what its own words name far more. */
void first_judge(const struct first_article *x, size_t i, const struct tree *trees, size_t n_trees,
		 float *out);

#endif
