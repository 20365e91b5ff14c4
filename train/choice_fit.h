/* Fits the network of extract/stance/choice.h: softmax over the outcomes of all candidates of a
 * case, AdaGrad's steps (Duchi, Hazan and Singer 2011), dropout. The same cases and seed give the
 * same weights. */
#ifndef DEMARCHE_TRAIN_CHOICE_FIT_H
#define DEMARCHE_TRAIN_CHOICE_FIT_H

#include "extract/stance/choice.h"

enum { CHOICE_CANDIDATES = 24 }; /* of a case */

/* Candidates lie one after another. gold: by candidate and outcome, the share of it that is right;
 * the shares of a case add up to one. */
struct choice_case {
	const struct choice_input *x;
	const float *gold;
	size_t n;
	float weight;
};

struct choice_settings {
	size_t rounds;
	float rate, decay, drop_feature, drop_hidden;
};

/* w: choice_size(outcomes) floats, replaced. Exits when memory is out. */
void choice_fit(float *w, size_t outcomes, const struct choice_case *cases, size_t n,
		const struct choice_settings *s, uint64_t seed);

#endif
