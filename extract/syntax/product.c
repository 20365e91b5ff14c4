/* Packing, and rows a few at a time through the kernel of this processor. */
#include "extract/syntax/product.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "extract/syntax/kernels.h"
#include "extract/syntax/matrix.h"

/* --- packing ---------------------------------------------------------------------------------- */

enum { ALIGNED = 64, FOUR = 4, TWO = 2 };

static size_t whole(size_t n, size_t of)
{
	return (n + of - 1) / of * of;
}

size_t product_room(const struct product *p)
{
	size_t columns = whole(p->columns, PRODUCT_BLOCK);
	return whole(columns * (kernel_inner(p->inner, p->is_fine) + sizeof *p->scales +
				sizeof *p->offsets),
		     ALIGNED);
}

/* The largest of each column, whatever its sign. */
static void find_largest(const struct product *p, float *most)
{
	for (size_t k = 0; k < p->inner; k++)
		for (size_t c = 0; c < p->columns; c++) {
			float size = fabsf(p->w[k * p->columns + c]);
			most[c] = size > most[c] ? size : most[c];
		}
}

/* Four bytes of a column lie beside each other, from `to` on. Returns the sum of its numbers. */
static int32_t pack_column(const struct product *p, size_t c, float turns, int8_t *to)
{
	const size_t each = p->is_fine ? TWO : FOUR;
	int32_t sum = 0;
	for (size_t k = 0; k < p->inner; k++) {
		const long number = lrintf(p->w[k * p->columns + c] * turns);
		int8_t *four = to + k / each * FOUR * PRODUCT_BLOCK;
		const int16_t fine = (int16_t)number;
		if (p->is_fine)
			memcpy(four + k % TWO * sizeof fine, &fine, sizeof fine);
		else
			four[k % FOUR] = (int8_t)number;
		sum += (int32_t)number;
	}
	return sum;
}

void product_pack(struct product *p, void *room)
{
	size_t columns = whole(p->columns, PRODUCT_BLOCK),
	       inner = kernel_inner(p->inner, p->is_fine);
	int8_t *bytes = room;
	float *scales = (void *)(bytes + columns * inner),
	      most = (float)(p->is_fine ? kernel_fine_weight_most(p->inner) : KERNEL_WEIGHT_MOST);
	int32_t *offsets = (void *)(scales + columns);
	memset(room, 0, product_room(p));
	find_largest(p, scales);
	for (size_t c = 0; c < p->columns; c++) {
		int8_t *to = bytes + c / PRODUCT_BLOCK * PRODUCT_BLOCK * inner +
			     c % PRODUCT_BLOCK * FOUR;
		float turns = scales[c] > KERNEL_TINY ? most / scales[c] : 0;
		int32_t sum = pack_column(p, c, turns, to);
		offsets[c] = p->is_fine ? 0 : KERNEL_ROW_ZERO * sum;
		scales[c] /= most;
	}
	p->bytes = bytes;
	p->scales = scales;
	p->offsets = offsets;
}

void *products_pack(struct product *const *list, size_t n)
{
	size_t bytes = 0;
	for (size_t i = 0; i < n; i++)
		bytes += product_room(list[i]);
	char *room = aligned_alloc(ALIGNED, bytes), *at = room;
	for (size_t i = 0; room && i < n; i++) {
		product_pack(list[i], at);
		at += product_room(list[i]);
	}
	return room;
}

/* --- multiplying ------------------------------------------------------------------------------ */

/* Rows at a time: they stay in the nearest cache beside a block of columns. */
enum { ROWS_BYTES = 16384, ROWS_MAX = 96 };

void product_add(const struct product *p, const float *x, size_t x_step, float *y, size_t y_step,
		 size_t rows)
{
	if (!p->bytes) {
		matrix_multiply(x, x_step, p->w, p->columns, y, y_step, rows, p->inner, p->columns);
		return;
	}
	const struct kernel *k = kernel_here();
	_Alignas(int32_t) uint8_t bytes[ROWS_BYTES];
	float scales[ROWS_MAX];
	size_t step = kernel_inner(p->inner, p->is_fine), most = ROWS_BYTES / step;
	most = most < ROWS_MAX ? most : ROWS_MAX;
	for (size_t r = 0; r < rows;) {
		size_t n = rows - r < most ? rows - r : most;
		for (size_t i = 0; i < n; i++)
			scales[i] = k->to_bytes(x + (r + i) * x_step, p->inner, p->is_fine,
						bytes + i * step);
		k->multiply(p, &(struct kernel_rows){bytes, scales, n, step}, y + r * y_step,
			    y_step);
		r += n;
	}
}

void product_affine(const struct product *p, const float *x, const float *bias, float *y,
		    size_t rows)
{
	matrix_fill(y, bias, rows, p->columns);
	product_add(p, x, p->inner, y, p->columns, rows);
}
