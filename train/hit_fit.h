/* Fits the model of issues (extract/issue/hit_model.h). One thread; running out of memory ends the
 * process. */
#ifndef DEMARCHE_TRAIN_HIT_FIT_H
#define DEMARCHE_TRAIN_HIT_FIT_H

#include "extract/issue/hit_weights.h"
#include "train/ranker.h"

/* Candidates, each right or not. */
struct hit_lessons {
	struct ranker hashed;
	float (*dense)[HIT_DENSE]; /* by candidate */
	size_t cap;
};

void hit_lessons_add(struct hit_lessons *l, const struct hit_features *f, bool is_right);
void hit_lessons_release(struct hit_lessons *l);

/* Logistic regression on the candidates, each by itself; the weights of hashed features are means
 * over the later half of the rounds. The same input gives the same weights. */
void hit_fit(const struct hit_lessons *l, struct hit_weights *out);

#endif
