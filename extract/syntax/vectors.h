/* Vectors of common words, which carry what a corpus of billions of words knows of them into models
 * fitted on little. The file data/vectors.bin: 100,000 vectors of GloVe (Pennington, Socher and
 * Manning 2014; Wikipedia 2014 and Gigaword 5, 100 dimensions; Public Domain Dedication and
 * License 1.0), scaled to bytes by train/vectors.c. */
#ifndef DEMARCHE_EXTRACT_SYNTAX_VECTORS_H
#define DEMARCHE_EXTRACT_SYNTAX_VECTORS_H

#include "extract/syntax/model_file.h"

#define VECTORS_KIND "DMvector"
enum { VECTORS_VERSION = 1, VECTOR_SIZE = 100, VECTOR_NONE = -1 };

/* Where a word's vector is. Open addressing: a word lies at its key's place or the next free one
 * after. */
struct vector_place {
	uint32_t key;	/* word_view.low; 0 in an empty place */
	uint32_t index; /* of the vector */
};

/* The body: this head, the places, the scales, the vectors. */
struct vectors_head {
	uint32_t n_vectors, n_places; /* n_places is a power of two */
	uint32_t size, unused;
};

struct vectors {
	const struct vector_place *places;
	const float *scales; /* a vector is its bytes times its scale */
	const int8_t (*bytes)[VECTOR_SIZE];
	uint32_t n_vectors, n_places;
};

/* Views a checked body, which must outlive v. 0, or -1 with *e set (ERR_INPUT) when its parts do
 * not fit. */
int vectors_view(struct vectors *v, struct str body, struct err *e) MUST_CHECK;
/* The vector's number, or VECTOR_NONE. */
int32_t vectors_find(const struct vectors *v, uint32_t key);
/* Tells the processor that the vector is wanted soon: they lie all over a table that no near cache
 * has. */
static inline void vectors_fetch(const struct vectors *v, int32_t vector)
{
	if (vector == VECTOR_NONE)
		return;
	__builtin_prefetch(&v->bytes[vector][0]);
	__builtin_prefetch(&v->bytes[vector][VECTOR_SIZE - 1]);
	__builtin_prefetch(&v->scales[vector]);
}
/* Its VECTOR_SIZE numbers; zeros for VECTOR_NONE. */
void vectors_put(const struct vectors *v, int32_t vector, float *x);

#endif
