/* Fits the trees of extract/attribution/trees.h: each step's tree to the gradient of the
 * likelihood (Friedman 2001), on a part of the cases and of the evidence, by histograms. One
 * thread; running out of memory ends the process. */
#ifndef DEMARCHE_TRAIN_TREES_FIT_H
#define DEMARCHE_TRAIN_TREES_FIT_H

#include <stdbool.h>

#include "extract/attribution/model.h"

struct tree_case {
	float evidence[EVIDENCE_MAX];
	float start; /* log odds that the trees are added to */
	bool is_right;
};

/* The same input gives the same trees. */
void trees_fit(const struct tree_case *v, size_t n, struct tree out[TREES]);

#endif
