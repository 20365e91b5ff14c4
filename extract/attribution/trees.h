/* Boosted regression trees (Friedman 2001) as they lie in a model file: what each adds to a score.
 * Data only. */
#ifndef DEMARCHE_EXTRACT_ATTRIBUTION_TREES_H
#define DEMARCHE_EXTRACT_ATTRIBUTION_TREES_H

#include <stddef.h>
#include <stdint.h>

enum { TREE_DEPTH = 4, TREE_LEAVES = 1 << TREE_DEPTH };

/* Node 1 is the top, those below node k are 2k and 2k + 1: on to the second where what is asked is
 * `least` or more. Leaves follow nodes in the same count. */
struct tree {
	float least[TREE_LEAVES];
	float leaf[TREE_LEAVES];
	uint8_t asks[TREE_LEAVES]; /* a place in the evidence */
};

static inline float tree_value(const struct tree *t, const float *evidence)
{
	size_t k = 1;
	while (k < TREE_LEAVES)
		k = 2 * k + (evidence[t->asks[k]] >= t->least[k]);
	return t->leaf[k - TREE_LEAVES];
}

#endif
