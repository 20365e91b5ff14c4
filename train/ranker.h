/* Log-linear models over hashed features: which of a case's candidates is right, or whether its
 * only one is. Fitted by stochastic gradient ascent with AdaGrad's steps (Duchi, Hazan and Singer
 * 2011); the weights are means over several orders of the cases. One thread; running out of memory
 * ends the process. */
#ifndef DEMARCHE_TRAIN_RANKER_H
#define DEMARCHE_TRAIN_RANKER_H

#include <stdbool.h>
#include <stddef.h>

#include "extract/attribution/features.h"

struct ranker_case {
	size_t first, n; /* candidates */
};

struct ranker {
	struct ranker_case *cases;
	size_t n_cases, cap_cases;
	size_t *start; /* by candidate: its first feature in `at` */
	bool *is_right;
	size_t n_candidates, cap_candidates;
	uint32_t *at;
	size_t n_at, cap_at;
};

void ranker_release(struct ranker *r);
/* Candidates are added one after another, and then the case they make. */
void ranker_add(struct ranker *r, const struct features *f, bool is_right);
void ranker_end_case(struct ranker *r);

/* Adds to FEATURE_PLACES weights `share` of those that are fitted. A case of one candidate asks
 * whether it is right, another which one is. The same input gives the same weights. */
void ranker_fit(const struct ranker *r, float share, float *weights);

#endif
