/* Fits the network of meanings (extract/issue/meaning.h). Out of memory ends the process. */
#ifndef DEMARCHE_TRAIN_MEANING_FIT_H
#define DEMARCHE_TRAIN_MEANING_FIT_H

#include "extract/issue/meaning.h"

enum { MEANING_GOLD = 8 };

struct meaning_lesson {
	const struct meaning_input *article, *own;
	uint16_t gold[MEANING_GOLD]; /* outputs of the issues that readers name; */
	size_t n_gold;		     /* without one there is nothing to learn */
	unsigned number;	     /* of the article, for those who leave some out */
};

/* Goes over the lessons in several shuffled orders and packs what comes of it. The ids of `out` are
 * the caller's. The same input gives the same layers. */
void meaning_fit(const struct meaning_lesson *const *lessons, size_t n, struct meaning_layers *out);

#endif
