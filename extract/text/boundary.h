/* Does a sentence end between two tokens: the features of the model in data/sentences.model. For
 * sentence.c, which reads the weights, and train/fit_sentences.c, which makes them; both must see
 * the same. */
#ifndef DEMARCHE_EXTRACT_TEXT_BOUNDARY_H
#define DEMARCHE_EXTRACT_TEXT_BOUNDARY_H

#include "extract/text/text.h"

enum {
	BOUNDARY_BITS = 15,		       /* of a feature's hash */
	BOUNDARY_WEIGHTS = 1 << BOUNDARY_BITS, /* of the model, a signed byte each */
	BOUNDARY_FEATURES = 48		       /* of one place, at most */
};

/* What is known of the sentence so far. Start with zeros and boundary_start. */
struct boundary {
	uint32_t start, end;  /* the sentence's first token; the end of its paragraph */
	uint32_t brackets;    /* open ones */
	uint32_t small_words; /* words without a capital */
};

void boundary_start(struct boundary *b, uint32_t first, uint32_t end);
/* Goes over token i, which is the next one of the sentence. */
void boundary_step(struct boundary *b, const struct text *t, uint32_t i);
/* The features of an end after token i, over which boundary_step went; their number. i + 1 <
 * b->end. */
size_t boundary_features(const struct boundary *b, const struct text *t, uint32_t i,
			 uint32_t out[BOUNDARY_FEATURES]);

#endif
