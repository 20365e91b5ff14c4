/* Fits the models of issues (extract/issue/hit_model.h) and of ties (extract/stance/tie.h). */
#ifndef DEMARCHE_TRAIN_HIT_FIT_H
#define DEMARCHE_TRAIN_HIT_FIT_H

#include "extract/issue/hit_weights.h"
#include "train/ranker.h"

/* Logistic regression on the candidates of r, each by itself: fills FEATURE_PLACES weights, means
 * over the later half of the rounds. The same input gives the same weights. Out of memory ends the
 * process. */
void hit_fit(const struct ranker *r, float *weights);
/* The same weights as bytes, in steps of a 127th of the largest. */
void hit_pack(const float *weights, struct hit_weights *out);

#endif
