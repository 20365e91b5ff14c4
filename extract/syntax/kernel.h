/* What networks do most, for each kind of processor. All kernels make the same bits: sums of whole
 * numbers are exact, and steps in floats are written once (kernel_body.h), in one order, with no
 * product and sum in one instruction. Pure. */
#ifndef DEMARCHE_EXTRACT_SYNTAX_KERNEL_H
#define DEMARCHE_EXTRACT_SYNTAX_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A matrix, of which product.h makes products. */
enum { PRODUCT_BLOCK = 16 };

struct product {
	const float *w; /* a row of `columns` floats for each of `inner` inputs */
	size_t inner, columns;
	bool is_fine; /* is to be packed in 16 bits: what rests on it minds a hundredth */
	/* Once it is packed; NULL before. Columns lie in blocks of PRODUCT_BLOCK, and in a block
	 * four bytes of each column beside each other: four inputs, or two where it is fine; what
	 * is missing is 0. */
	const int8_t *bytes;
	const float *scales;	/* by column */
	const int32_t *offsets; /* by column: what the rows' bytes are too large by */
};

/* Whole numbers go to either side of zero as far as this. Two products of a row's byte and a
 * weight fit 16 bits, whatever they are. */
enum { KERNEL_ROW_MOST = 127, KERNEL_WEIGHT_MOST = 63, KERNEL_ROW_ZERO = 128 };
_Static_assert(2 * 255 * KERNEL_WEIGHT_MOST <= INT16_MAX, "sums of two have room");

/* In 16 bits as far as this, either side of zero: a sum of so many products fits 32 bits, whatever
 * they are. Of 256 inputs a weight has 13 bits. */
enum { KERNEL_FINE_ROW_MOST = 2047 };
static inline int kernel_fine_weight_most(size_t inputs)
{
	const size_t most = INT32_MAX / KERNEL_FINE_ROW_MOST / (inputs ? inputs : 1);
	return most < INT16_MAX ? (int)most : INT16_MAX;
}

/* Rows as bytes: KERNEL_ROW_ZERO more than the whole number; or in 16 bits, as it is. */
struct kernel_rows {
	const uint8_t *bytes;
	const float *scales; /* by row */
	size_t n, step;	     /* bytes from one row to the next: kernel_inner(inputs, is_fine) */
};
/* Bytes of a row of inputs, and of a column: whole fours. */
static inline size_t kernel_inner(size_t inputs, bool is_fine)
{
	return (inputs * (is_fine ? 2 : 1) + 3) / 4 * 4;
}

/* Rows and columns with nothing above it are zeros. */
#define KERNEL_TINY 1e-30f

enum { KERNEL_HALF_MAX = 96 };
/* One direction of a recurrent layer (encoder.h), of at most so many units, over n tokens, from its
 * first one on. */
struct kernel_way {
	const float *forget_peep, *reset_peep, *forget_bias, *reset_bias; /* `half` floats each */
	const float *u; /* of the first token: products of the cell and both gates */
	const float *x;
	float *h;
	float *cells, *forget, *reset; /* by token as h, or NULL */
	ptrdiff_t u_step, step;	       /* floats from one token to the next one of the way */
	size_t half, n;
};

struct kernel {
	const char *name;
	bool (*runs_here)(void); /* the processor has it */
	/* `inputs` floats to kernel_inner(inputs, is_fine) bytes; returns their scale. */
	float (*to_bytes)(const float *x, size_t inputs, bool is_fine, uint8_t *bytes);
	/* y += x w, of a packed product. */
	void (*multiply)(const struct product *p, const struct kernel_rows *x, float *y,
			 size_t y_step);
	void (*recur)(const struct kernel_way *way);
};

/* Which of them there are on this processor, kernels.h tells. */
extern const struct kernel kernel_plain, kernel_avx2, kernel_vnni;

#endif
