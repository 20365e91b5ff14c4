/* What all kernels share: each file of a kernel takes this in with KERNEL_TARGET defined, the
 * attribute of what the processor has. */
#ifndef DEMARCHE_EXTRACT_SYNTAX_KERNEL_BODY_H
#define DEMARCHE_EXTRACT_SYNTAX_KERNEL_BODY_H

#include <math.h>
#include <string.h>

#include "extract/syntax/kernel.h"

#ifndef KERNEL_TARGET
#define KERNEL_TARGET
#endif

static inline uint32_t bits_of(float x)
{
	uint32_t bits;
	memcpy(&bits, &x, sizeof bits);
	return bits;
}

typedef int16_t fine_number __attribute__((may_alias));

/* Floats without a sign are in the order of their bits. */
KERNEL_TARGET static inline float largest(const float *x, size_t n)
{
	const uint32_t size_bits = 0x7fffffff;
	uint32_t most_bits = 0;
	for (size_t k = 0; k < n; k++) {
		uint32_t size = bits_of(x[k]) & size_bits;
		most_bits = size > most_bits ? size : most_bits;
	}
	float most;
	memcpy(&most, &most_bits, sizeof most);
	return most;
}

KERNEL_TARGET static float to_bytes(const float *x, size_t inputs, bool is_fine, uint8_t *bytes)
{
	/* A float this large has whole numbers in its last bits: adding it rounds. */
	static const float rounder = 12582912.0f;
	const float most = largest(x, inputs),
		    row_most = is_fine ? KERNEL_FINE_ROW_MOST : KERNEL_ROW_MOST;
	const bool is_some = most > KERNEL_TINY;
	const float turns = is_some ? row_most / most : 0;
	if (is_fine) {
		fine_number *numbers = (fine_number *)(void *)bytes;
		for (size_t k = 0; k < inputs; k++)
			numbers[k] = (int16_t)(uint16_t)bits_of(x[k] * turns + rounder);
		if (inputs % 2)
			numbers[inputs] = 0;
		return is_some ? most / row_most : 0;
	}
	for (size_t k = 0; k < inputs; k++)
		bytes[k] = (uint8_t)((bits_of(x[k] * turns + rounder) + KERNEL_ROW_ZERO) & 255);
	memset(bytes + inputs, KERNEL_ROW_ZERO, kernel_inner(inputs, false) - inputs);
	return is_some ? most / row_most : 0;
}

/* As they lie in memory. */
typedef float some_floats __attribute__((vector_size(32), aligned(4), may_alias));
typedef int32_t some_numbers __attribute__((vector_size(32), aligned(4), may_alias));

/* Adds the sums of one row and one block of columns, as floats. */
KERNEL_TARGET static inline void put_sums(const struct product *p, size_t at, float scale,
					  const int32_t *sums, float *y)
{
	enum { SOME = sizeof(some_floats) / sizeof(float) };
	float last[PRODUCT_BLOCK] = {0}, *to = y;
	size_t left = p->columns - at;
	if (left < PRODUCT_BLOCK)
		to = memcpy(last, y, left * sizeof *y);
	for (size_t c = 0; c < PRODUCT_BLOCK; c += SOME) {
		some_numbers sum = *(const some_numbers *)(sums + c) -
				   *(const some_numbers *)(p->offsets + at + c);
		some_floats scales = scale * *(const some_floats *)(p->scales + at + c);
		*(some_floats *)(to + c) += __builtin_convertvector(sum, some_floats) * scales;
	}
	if (left < PRODUCT_BLOCK)
		memcpy(y, last, left * sizeof *y);
}

/* Softsign, moved to lie between 0 and 1. */
KERNEL_TARGET static inline float gate(float x)
{
	return 0.5f + 0.5f * x / (1 + fabsf(x));
}

KERNEL_TARGET static void recur(const struct kernel_way *w)
{
	float cell[KERNEL_HALF_MAX] = {0}, forget[KERNEL_HALF_MAX], reset[KERNEL_HALF_MAX];
	const float *fp = w->forget_peep, *rp = w->reset_peep, *fb = w->forget_bias,
		    *rb = w->reset_bias;
	size_t half = w->half;
	for (size_t k = 0; k < w->n; k++) {
		const float *z = w->u + (ptrdiff_t)k * w->u_step, *fu = z + half, *ru = fu + half;
		ptrdiff_t at = (ptrdiff_t)k * w->step;
		const float *x = w->x + at;
		float *h = w->h + at;
		for (size_t d = 0; d < half; d++) {
			forget[d] = gate(fu[d] + fp[d] * cell[d] + fb[d]);
			reset[d] = gate(ru[d] + rp[d] * cell[d] + rb[d]);
			cell[d] = forget[d] * cell[d] + (1 - forget[d]) * z[d];
			h[d] = reset[d] * cell[d] + (1 - reset[d]) * x[d];
		}
		if (w->cells) {
			memcpy(w->cells + at, cell, half * sizeof *cell);
			memcpy(w->forget + at, forget, half * sizeof *forget);
			memcpy(w->reset + at, reset, half * sizeof *reset);
		}
	}
}

#endif
