/* One step of fitting: the way forward with dropout, the loss, and the gradient of all that is
 * fitted. */
#ifndef DEMARCHE_TRAIN_GRADIENT_H
#define DEMARCHE_TRAIN_GRADIENT_H

#include "extract/syntax/network.h"
#include "train/treebank.h"

/* A sentence to learn from. */
struct lesson {
	const struct network_token *tokens;
	const struct syntax_node *gold; /* a head is n for the root; TREE_UNKNOWN is not learnt */
	/* By token: seen so seldom that it is often hidden, to learn of unknown words. */
	const bool *is_rare;
	uint32_t n;
};

enum { GRADIENT_TOKENS = 1536, GRADIENT_SENTENCES = 768 }; /* what one call may be given */

/* The gradient of a table's row. */
struct row_gradient {
	uint32_t table, row;
	const float *d; /* of the table's row size */
};

struct gradient; /* what one thread works with */

/* Exits when memory is out. The seed decides what is dropped. */
struct gradient *gradient_new(const struct network *nw, uint64_t seed);
void gradient_free(struct gradient *g);

/* Returns the loss, summed over the tokens: minus the log-probabilities of head, relation and tag.
 * What the last call left is replaced. */
double gradient_take(struct gradient *g, const struct lesson *const *lessons, size_t n);
/* Of the floats before the tables (the first DENSE_FLOATS of the weights). */
const float *gradient_dense(const struct gradient *g);
const struct row_gradient *gradient_rows(const struct gradient *g, size_t *n);

enum { DENSE_FLOATS = offsetof(struct network_weights, table_word) / sizeof(float) };

#endif
