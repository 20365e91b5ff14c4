/* CAP major topics of words by their vectors: how near a word is to the words that the table of
 * issues has for each topic. Immutable once open; any thread may read it. */
#ifndef DEMARCHE_EXTRACT_ISSUE_TOPIC_H
#define DEMARCHE_EXTRACT_ISSUE_TOPIC_H

#include "base/arena.h"
#include "base/model.h"
#include "extract/syntax/vectors.h"

enum { TOPIC_MAJORS = 24 }; /* codes are below */

struct topics {
	const struct vectors *v; /* NULL: closed, words say nothing */
	float mean[VECTOR_SIZE];
	float (*centroids)[VECTOR_SIZE]; /* of issues, of length 1 */
	uint8_t *majors;		 /* by centroid */
	size_t n;
	bool has[TOPIC_MAJORS];
};

/* Reads the words of all labels and of `terms`, by issue as the table writes them. 0, or -1 with *e
 * set when the arena is full. */
int topics_open(struct topics *ts, const struct issue *issues, const struct str *terms, size_t n,
		const struct vectors *v, struct arena *a, struct err *e) MUST_CHECK;
/* Adds to score[major] how much a word in small letters speaks for each topic, rare words more than
 * common ones: about -1 to 2. False where the word is unknown. */
bool topics_add_word(const struct topics *ts, struct str word, float score[TOPIC_MAJORS]);

#endif
