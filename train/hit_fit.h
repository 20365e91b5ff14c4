/* Fits the model of issues (extract/issue/hit_model.h). */
#ifndef DEMARCHE_TRAIN_HIT_FIT_H
#define DEMARCHE_TRAIN_HIT_FIT_H

#include "train/ranker.h"

/* Logistic regression on the candidates of r, each by itself: fills FEATURE_PLACES weights, means
 * over the later half of the rounds. The same input gives the same weights. Out of memory ends the
 * process. */
void hit_fit(const struct ranker *r, float *weights);

#endif
