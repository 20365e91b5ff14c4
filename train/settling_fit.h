/* Fits the weights of settling (extract/stance/position_reading.h) on readings of articles that
 * the networks were not fitted on. */
#ifndef DEMARCHE_TRAIN_SETTLING_FIT_H
#define DEMARCHE_TRAIN_SETTLING_FIT_H

#include "extract/stance/position_reading.h"
#include "train/position_cases.h"

/* A guess: what is weighed, whether it was right in object and side, whether it is so as the
 * product is judged (an issue named alike will do for the object), and how much it counts. */
struct settling_example {
	float x[SETTLING_WEIGHTS];
	bool is_right, is_taken;
	float weight;
};

struct settling_examples {
	struct settling_example *v;
	size_t n, cap;
};

/* Adds the guesses of readings of one article, v[i] of cases[i], all found by the engine. */
void settling_add(struct settling_examples *x, const struct position_case *cases,
		  const struct position_reading *v, size_t n, struct arena *a);
/* What the confidences by these weights are worth on the examples, on standard error: the share of
 * the first guesses that is right, and told, by confidence. */
void settling_print(const struct settling_examples *x, const float w[SETTLING_WEIGHTS]);
/* Logistic regression with a penalty of squares on what is right; then its scores are moved and
 * stretched as far as what is taken for right asks: the strict labels order guesses better, the
 * others are what the confidence promises. */
void settling_fit(const struct settling_examples *x, float w[SETTLING_WEIGHTS]);

#endif
