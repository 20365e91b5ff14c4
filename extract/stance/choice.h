/* A choice by a small network: which outcome of which candidate. A candidate is described by hashed
 * features (Weinberger and others 2009) and by numbers, such as vectors of its words. Both go
 * through one hidden layer; the features also speak to the outcomes at once (a wide part beside a
 * deep one, Cheng and others 2016). The same functions serve the program that fits it
 * (train/fit_acts.c). Pure. */
#ifndef DEMARCHE_EXTRACT_STANCE_CHOICE_H
#define DEMARCHE_EXTRACT_STANCE_CHOICE_H

#include <stddef.h>
#include <stdint.h>

#include "extract/syntax/vectors.h"

enum {
	CHOICE_BITS = 15,
	CHOICE_PLACES = 1 << CHOICE_BITS,
	CHOICE_FEATURES = 384, /* of one candidate; more are dropped */
	CHOICE_VECTORS = 4,
	CHOICE_NUMBERS = CHOICE_VECTORS * VECTOR_SIZE + 32,
	CHOICE_HIDDEN = 32,
	CHOICE_OUTCOMES = 32 /* at most */
};

struct choice_input {
	uint32_t n;
	uint32_t at[CHOICE_FEATURES];
	float numbers[CHOICE_NUMBERS];
};

/* Views of one row of floats: matrices have a row for each input. */
struct choice_weights {
	size_t outcomes;
	/* The rows of places as halves (extract/syntax/half.h), where `rows` and `wide` are NULL:
	 * they are nearly all of a network, and few are read. */
	const unsigned char *row_halves, *wide_halves;
	float *rows;	/* by place: CHOICE_HIDDEN */
	float *numbers; /* by number: CHOICE_HIDDEN */
	float *hidden_bias;
	float *out; /* by hidden: outcomes */
	float *out_bias;
	float *wide; /* by place: outcomes */
};

/* Floats of a network with so many outcomes. */
size_t choice_size(size_t outcomes);
struct choice_weights choice_view(float *w, size_t outcomes);
/* The same of halves, which must outlive it. What is no row of a place is unpacked into `dense`,
 * which has room for as many floats. */
size_t choice_dense_size(size_t outcomes);
struct choice_weights choice_view_halves(const unsigned char *halves, size_t outcomes,
					 float *dense);

/* A feature: a template with a value. */
void choice_add(struct choice_input *x, unsigned template, uint64_t value);
static inline uint64_t choice_mix(uint64_t a, uint64_t b)
{
	uint64_t h = (a ^ (b + 0x9E3779B97F4A7C15u + (a << 6) + (a >> 2))) * 0xBF58476D1CE4E5B9u;
	return h ^ (h >> 31);
}

/* hidden: CHOICE_HIDDEN floats, after the rectifier; logits: as many as outcomes. */
void choice_forward(const struct choice_weights *w, const struct choice_input *x, float *hidden,
		    float *logits);

#endif
