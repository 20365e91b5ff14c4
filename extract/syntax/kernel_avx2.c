/* Vectors of 32 bytes. Products of two bytes are added by pairs in 16 bits, which they do not fill:
 * nothing saturates (kernel.h). */
#include "extract/syntax/kernel.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define KERNEL_TARGET __attribute__((target("avx2")))
#include "extract/syntax/kernel_body.h"

static bool runs_here(void)
{
	return __builtin_cpu_supports("avx2");
}

KERNEL_TARGET static inline __m256i four(const uint8_t *x)
{
	int32_t bytes;
	memcpy(&bytes, x, sizeof bytes);
	return _mm256_set1_epi32(bytes);
}

/* As they lie in memory. */
KERNEL_TARGET static inline __m256i load(const __m256i *w)
{
	return _mm256_loadu_si256(w);
}

/* Sums with the products of four inputs, or of two in 16 bits. */
KERNEL_TARGET static inline __m256i add_bytes(__m256i sums, __m256i x, __m256i w)
{
	__m256i pairs = _mm256_maddubs_epi16(x, w);
	return _mm256_add_epi32(sums, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
}

KERNEL_TARGET static inline __m256i add_fine(__m256i sums, __m256i x, __m256i w)
{
	return _mm256_add_epi32(sums, _mm256_madd_epi16(x, w));
}

/* Some rows of one block of columns, held in registers while the bytes stream by. */
#define FOUR(X, ...)  X(0, __VA_ARGS__) X(1, __VA_ARGS__) X(2, __VA_ARGS__) X(3, __VA_ARGS__)
#define THREE(X, ...) X(0, __VA_ARGS__) X(1, __VA_ARGS__) X(2, __VA_ARGS__)
#define TWO(X, ...)   X(0, __VA_ARGS__) X(1, __VA_ARGS__)
#define ONE(X, ...)   X(0, __VA_ARGS__)
#define START(r, ...)                                                                              \
	__m256i left##r = _mm256_setzero_si256(), right##r = left##r;                              \
	const uint8_t *row##r = x->bytes + (first + (r)) * x->step;
#define ADD(r, add_products)                                                                       \
	{                                                                                          \
		__m256i four_inputs = four(row##r + k);                                            \
		left##r = add_products(left##r, four_inputs, left);                                \
		right##r = add_products(right##r, four_inputs, right);                             \
	}
#define STORE(r, ...)                                                                              \
	_mm256_storeu_si256((__m256i *)sums, left##r);                                             \
	_mm256_storeu_si256((__m256i *)(sums + PRODUCT_BLOCK / 2), right##r);                      \
	put_sums(p, at, x->scales[first + (r)], sums, y + (first + (r)) * y_step + at);
#define ROWS(name, ROWS_OF, add_products)                                                          \
	KERNEL_TARGET static void name(const struct product *p, const struct kernel_rows *x,       \
				       size_t first, size_t at, float *y, size_t y_step)           \
	{                                                                                          \
		const __m256i *w = (const __m256i *)(p->bytes + at * x->step);                     \
		int32_t sums[PRODUCT_BLOCK];                                                       \
		ROWS_OF(START, )                                                                   \
		for (size_t k = 0; k < x->step; k += 4, w += 2) {                                  \
			__m256i left = load(w), right = load(w + 1);                               \
			ROWS_OF(ADD, add_products)                                                 \
		}                                                                                  \
		ROWS_OF(STORE, )                                                                   \
	}

#define ALL_ROWS(name, add_products)                                                               \
	ROWS(name##_4, FOUR, add_products)                                                         \
	ROWS(name##_3, THREE, add_products)                                                        \
	ROWS(name##_2, TWO, add_products)                                                          \
	ROWS(name##_1, ONE, add_products)                                                          \
	KERNEL_TARGET static void name(const struct product *p, const struct kernel_rows *x,       \
				       float *y, size_t y_step)                                    \
	{                                                                                          \
		for (size_t at = 0; at < p->columns; at += PRODUCT_BLOCK) {                        \
			size_t r = 0;                                                              \
			for (; r + 4 <= x->n; r += 4)                                              \
				name##_4(p, x, r, at, y, y_step);                                  \
			if (x->n - r == 3)                                                         \
				name##_3(p, x, r, at, y, y_step);                                  \
			else if (x->n - r == 2)                                                    \
				name##_2(p, x, r, at, y, y_step);                                  \
			else if (x->n - r == 1)                                                    \
				name##_1(p, x, r, at, y, y_step);                                  \
		}                                                                                  \
	}

ALL_ROWS(multiply_bytes, add_bytes)
ALL_ROWS(multiply_fine, add_fine)

static void multiply(const struct product *p, const struct kernel_rows *x, float *y, size_t y_step)
{
	if (p->is_fine)
		multiply_fine(p, x, y, y_step);
	else
		multiply_bytes(p, x, y, y_step);
}

const struct kernel kernel_avx2 = {"AVX2", runs_here, to_bytes, multiply, recur};
#endif
