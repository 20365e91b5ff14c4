/* Products in floats whose bits are those of every processor: no product and sum in one instruction
 * (Makefile), and each sum in the order of the inputs. */
#include "extract/syntax/matrix.h"

typedef float vector4 __attribute__((vector_size(16), aligned(4), may_alias));

enum { WIDTH = 4, BLOCK = 4 * WIDTH };

/* Sixteen columns of a row are held in registers. */
static void add_block(const float *x, const float *w, float *y, size_t inner, size_t columns)
{
	vector4 *to = (vector4 *)y, a = to[0], b = to[1], c = to[2], d = to[3];
	for (size_t k = 0; k < inner; k++) {
		const vector4 *v = (const vector4 *)(w + k * columns);
		a += x[k] * v[0];
		b += x[k] * v[1];
		c += x[k] * v[2];
		d += x[k] * v[3];
	}
	to[0] = a;
	to[1] = b;
	to[2] = c;
	to[3] = d;
}

void matrix_add(const float *x, const float *w, float *y, size_t rows, size_t inner, size_t columns)
{
	size_t blocks = columns / BLOCK * BLOCK;
	for (size_t r = 0; r < rows; r++) {
		const float *row = x + r * inner;
		float *to = y + r * columns;
		for (size_t at = 0; at < blocks; at += BLOCK)
			add_block(row, w + at, to + at, inner, columns);
		for (size_t k = 0; k < inner; k++)
			for (size_t c = blocks; c < columns; c++)
				to[c] += row[k] * w[k * columns + c];
	}
}
