/* Fits the weights of settling (extract/stance/position_reading.h) on readings of articles that
 * the networks were not fitted on. */
#ifndef DEMARCHE_TRAIN_SETTLING_FIT_H
#define DEMARCHE_TRAIN_SETTLING_FIT_H

#include "extract/stance/position_reading.h"
#include "train/position_cases.h"

/* A guess: what is weighed, whether it was right, and how much it counts. */
struct settling_example {
	float x[SETTLING_WEIGHTS];
	bool is_right;
	float weight;
};

struct settling_examples {
	struct settling_example *v;
	size_t n, cap;
};

/* Adds the guesses of readings of one article, v[i] of cases[i], all found by the engine. */
void settling_add(struct settling_examples *x, const struct position_case *cases,
		  const struct position_reading *v, size_t n, struct arena *a);
/* Logistic regression with a penalty of squares. */
void settling_fit(const struct settling_examples *x, float w[SETTLING_WEIGHTS]);

#endif
