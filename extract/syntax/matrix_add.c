/* Products in floats whose bits are those of every processor: no product and sum in one instruction
 * (Makefile), and each sum in the order of the inputs. */
#include "extract/syntax/matrix.h"

typedef float vector4 __attribute__((vector_size(16), aligned(4), may_alias));
typedef float vector8 __attribute__((vector_size(32), aligned(4), may_alias));

/* Four vectors of columns of a row are held in registers, whatever their width. */
#define ADD(name, vector, attributes)                                                              \
	attributes static void name(const float *x, const float *w, float *y, size_t inner,        \
				    size_t columns)                                                \
	{                                                                                          \
		vector *to = (vector *)y, a = to[0], b = to[1], c = to[2], d = to[3];              \
		for (size_t k = 0; k < inner; k++) {                                               \
			const vector *v = (const vector *)(w + k * columns);                       \
			a += x[k] * v[0];                                                          \
			b += x[k] * v[1];                                                          \
			c += x[k] * v[2];                                                          \
			d += x[k] * v[3];                                                          \
		}                                                                                  \
		to[0] = a;                                                                         \
		to[1] = b;                                                                         \
		to[2] = c;                                                                         \
		to[3] = d;                                                                         \
	}

enum { BLOCK = 16, WIDE = 32 };
ADD(add_block, vector4, )
#if defined(__x86_64__)
ADD(add_wide, vector8, __attribute__((target("avx2"))))

/* How many columns of a row it has added: whole ones of WIDE. */
static size_t add_wide_blocks(const float *x, const float *w, float *y, size_t inner,
			      size_t columns)
{
	size_t at = 0;
	for (; __builtin_cpu_supports("avx2") && at + WIDE <= columns; at += WIDE)
		add_wide(x, w + at, y + at, inner, columns);
	return at;
}
#else
static size_t add_wide_blocks(const float *x, const float *w, float *y, size_t inner,
			      size_t columns)
{
	(void)x, (void)w, (void)y, (void)inner, (void)columns;
	return 0;
}
#endif

void matrix_add(const float *x, const float *w, float *y, size_t rows, size_t inner, size_t columns)
{
	size_t blocks = columns / BLOCK * BLOCK;
	for (size_t r = 0; r < rows; r++) {
		const float *row = x + r * inner;
		float *to = y + r * columns;
		size_t at = add_wide_blocks(row, w, to, inner, columns);
		for (; at < blocks; at += BLOCK)
			add_block(row, w + at, to + at, inner, columns);
		for (size_t k = 0; k < inner; k++)
			for (size_t c = blocks; c < columns; c++)
				to[c] += row[k] * w[k * columns + c];
	}
}
