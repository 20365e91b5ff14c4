/* One kernel, compiled for each width of vectors; the processor is asked once a call, which costs
 * nothing beside the work. */
#include "extract/syntax/matrix.h"

#include <math.h>
#include <string.h>

/* As they lie in memory, at the alignment of a float. */
typedef float vector4 __attribute__((vector_size(16), aligned(4), may_alias));
typedef float vector8 __attribute__((vector_size(32), aligned(4), may_alias));
typedef float vector16 __attribute__((vector_size(64), aligned(4), may_alias));

#define SIX(X)	X(0) X(1) X(2) X(3) X(4) X(5)
#define FOUR(X) X(0) X(1) X(2) X(3)
#define ONE(X)	X(0)
#define LOAD(r)                                                                                    \
	vector left##r = *(const vector *)(y + (r)*y_step),                                        \
	       right##r = *(const vector *)(y + (r)*y_step + WIDTH);
#define ADD(r)                                                                                     \
	left##r += a * x[(r)*x_step + k];                                                          \
	right##r += b * x[(r)*x_step + k];
#define STORE(r)                                                                                   \
	*(vector *)(y + (r)*y_step) = left##r;                                                     \
	*(vector *)(y + (r)*y_step + WIDTH) = right##r;

/* Some rows of two vectors of y are held in registers while x and w stream by (Goto and van de
 * Geijn 2008). */
#define ROWS(name, ROWS_OF, vector_type, attributes)                                               \
	attributes static void name(const float *x, size_t x_step, const float *w, size_t w_step,  \
				    float *y, size_t y_step, size_t inner)                         \
	{                                                                                          \
		typedef vector_type vector;                                                        \
		enum { WIDTH = sizeof(vector) / sizeof(float) };                                   \
		ROWS_OF(LOAD)                                                                      \
		for (size_t k = 0; k < inner; k++) {                                               \
			vector a = *(const vector *)(w + k * w_step),                              \
			       b = *(const vector *)(w + k * w_step + WIDTH);                      \
			ROWS_OF(ADD)                                                               \
		}                                                                                  \
		ROWS_OF(STORE)                                                                     \
		(void)x_step, (void)y_step;                                                        \
	}

#define KERNEL(name, vector, attributes)                                                           \
	ROWS(name##_6, SIX, vector, attributes)                                                    \
	ROWS(name##_4, FOUR, vector, attributes)                                                   \
	ROWS(name##_1, ONE, vector, attributes)                                                    \
	attributes static void name(const float *x, size_t x_step, const float *w, size_t w_step,  \
				    float *y, size_t y_step, size_t rows, size_t inner,            \
				    size_t columns)                                                \
	{                                                                                          \
		enum { BLOCK = 2 * sizeof(vector) / sizeof(float) };                               \
		size_t at = 0;                                                                     \
		for (; at + BLOCK <= columns; at += BLOCK) {                                       \
			size_t r = 0;                                                              \
			for (; r + 6 <= rows; r += 6)                                              \
				name##_6(x + r * x_step, x_step, w + at, w_step,                   \
					 y + r * y_step + at, y_step, inner);                      \
			for (; r + 4 <= rows; r += 4) /* in hardly more time than one */           \
				name##_4(x + r * x_step, x_step, w + at, w_step,                   \
					 y + r * y_step + at, y_step, inner);                      \
			for (; r < rows; r++)                                                      \
				name##_1(x + r * x_step, x_step, w + at, w_step,                   \
					 y + r * y_step + at, y_step, inner);                      \
		}                                                                                  \
		for (size_t r = 0; at < columns && r < rows; r++)                                  \
			for (size_t k = 0; k < inner; k++)                                         \
				for (size_t c = at; c < columns; c++)                              \
					y[r * y_step + c] +=                                       \
						x[r * x_step + k] * w[k * w_step + c];             \
	}

KERNEL(multiply_plain, vector4, )
#if defined(__x86_64__)
KERNEL(multiply_avx2, vector8, __attribute__((target("avx2,fma"))))
KERNEL(multiply_avx512, vector16, __attribute__((target("avx512f,avx2,fma"))))
#endif

void matrix_multiply(const float *x, size_t x_step, const float *w, size_t w_step, float *y,
		     size_t y_step, size_t rows, size_t inner, size_t columns)
{
#if defined(__x86_64__)
	if (__builtin_cpu_supports("avx512f")) {
		multiply_avx512(x, x_step, w, w_step, y, y_step, rows, inner, columns);
		return;
	}
	if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
		multiply_avx2(x, x_step, w, w_step, y, y_step, rows, inner, columns);
		return;
	}
#endif
	multiply_plain(x, x_step, w, w_step, y, y_step, rows, inner, columns);
}

void matrix_affine(const float *x, const float *w, const float *bias, float *y, size_t rows,
		   size_t inner, size_t columns)
{
	matrix_fill(y, bias, rows, columns);
	matrix_multiply(x, inner, w, columns, y, columns, rows, inner, columns);
}

void matrix_fill(float *y, const float *bias, size_t n, size_t size)
{
	for (size_t i = 0; i < n; i++)
		memcpy(y + i * size, bias, size * sizeof *y);
}

void matrix_rectify(float *y, size_t n)
{
	/* The larger of the two is it, as the slope is under 1: that goes without jumps, which
	 * nothing could foresee. */
	for (size_t i = 0; i < n; i++) {
		float below = MATRIX_LEAK * y[i];
		y[i] = below > y[i] ? below : y[i];
	}
}

void matrix_softmax(float *y, size_t n)
{
	float most = y[0], sum = 0;
	for (size_t k = 1; k < n; k++)
		most = fmaxf(most, y[k]);
	for (size_t k = 0; k < n; k++)
		sum += y[k] = expf(y[k] - most);
	for (size_t k = 0; k < n; k++)
		y[k] /= sum;
}
