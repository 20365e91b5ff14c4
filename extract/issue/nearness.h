/* How near words are to the words of an issue, in the space of word vectors. Immutable once open;
 * any thread may ask. */
#ifndef DEMARCHE_EXTRACT_ISSUE_NEARNESS_H
#define DEMARCHE_EXTRACT_ISSUE_NEARNESS_H

#include "extract/issue/topic.h"

struct nearness {
	float (*centroids)[VECTOR_SIZE]; /* of issues, of length 1; zeros where no word is known */
	size_t n;
};

/* By the words of labels and terms. 0, or -1 with *e set when the arena is full. */
int nearness_open(struct nearness *ns, const struct topics *ts, const struct issue *issues,
		  size_t n, struct arena *a, struct err *e) MUST_CHECK;
/* The direction of words, rare ones more than common ones; zeros where none is known. */
void nearness_direction(const struct topics *ts, const struct topic_words *w,
			float out[VECTOR_SIZE]);
/* The cosine of a direction and an issue's. */
float nearness_of(const struct nearness *ns, size_t issue, const float direction[VECTOR_SIZE]);

#endif
