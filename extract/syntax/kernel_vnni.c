/* Vectors of 64 bytes, with four products and their sum in one instruction, or two in 16 bits. */
#include "extract/syntax/kernel.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define KERNEL_TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512vnni,avx2")))
#include "extract/syntax/kernel_body.h"

static bool runs_here(void)
{
	return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
	       __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vnni");
}

enum { ROWS = 6 };

/* sums + x w. GCC 12 copies the sums for its own intrinsics, which takes twice the time. */
KERNEL_TARGET __attribute__((always_inline)) static inline __m512i
add_products(bool is_fine, __m512i sums, __m512i x, __m512i w)
{
	if (is_fine)
		__asm__("vpdpwssd %2, %1, %0" : "+v"(sums) : "v"(x), "v"(w));
	else
		__asm__("vpdpbusd %2, %1, %0" : "+v"(sums) : "v"(x), "v"(w));
	return sums;
}

KERNEL_TARGET static inline __m512i four(const uint8_t *x)
{
	int32_t bytes;
	memcpy(&bytes, x, sizeof bytes);
	return _mm512_set1_epi32(bytes);
}

/* Some rows of one block of columns or two, held in registers while the bytes stream by. */
KERNEL_TARGET __attribute__((always_inline)) static inline void
block(const struct product *p, bool is_fine, const struct kernel_rows *x, size_t first, size_t n,
      size_t at, size_t blocks, float *y, size_t y_step)
{
	const uint8_t *rows = x->bytes + first * x->step;
	const int8_t *w = p->bytes + at * x->step;
	__m512i sums[ROWS][2];
	for (size_t r = 0; r < n; r++)
		for (size_t c = 0; c < blocks; c++)
			sums[r][c] = _mm512_setzero_si512();
	for (size_t k = 0; k < x->step; k += 4, w += sizeof(__m512i)) {
		__m512i columns[2];
		for (size_t c = 0; c < blocks; c++)
			columns[c] = _mm512_loadu_si512(w + c * PRODUCT_BLOCK * x->step);
		for (size_t r = 0; r < n; r++) {
			__m512i a = four(rows + r * x->step + k);
			for (size_t c = 0; c < blocks; c++)
				sums[r][c] = add_products(is_fine, sums[r][c], a, columns[c]);
		}
	}
	for (size_t r = 0; r < n; r++)
		for (size_t c = 0; c < blocks; c++) {
			int32_t out[PRODUCT_BLOCK];
			_mm512_storeu_si512(out, sums[r][c]);
			put_sums(p, at + c * PRODUCT_BLOCK, x->scales[first + r], out,
				 y + (first + r) * y_step + at + c * PRODUCT_BLOCK);
		}
}

/* One row: a sum waits for the last one, so that each block of columns has two. */
KERNEL_TARGET __attribute__((always_inline)) static inline void
one_row(const struct product *p, bool is_fine, const struct kernel_rows *x, size_t r, size_t at,
	size_t blocks, float *y)
{
	enum { VECTOR = sizeof(__m512i) };
	const uint8_t *bytes = x->bytes + r * x->step;
	const int8_t *w = p->bytes + at * x->step;
	__m512i even[2], odd[2];
	size_t k = 0;
	for (size_t c = 0; c < blocks; c++)
		even[c] = odd[c] = _mm512_setzero_si512();
	for (; k + 8 <= x->step; k += 8, w += 2 * (size_t)VECTOR) {
		__m512i a = four(bytes + k), b = four(bytes + k + 4);
		for (size_t c = 0; c < blocks; c++) {
			const int8_t *from = w + c * PRODUCT_BLOCK * x->step;
			even[c] = add_products(is_fine, even[c], a, _mm512_loadu_si512(from));
			odd[c] =
				add_products(is_fine, odd[c], b, _mm512_loadu_si512(from + VECTOR));
		}
	}
	for (size_t c = 0; c < blocks; c++) {
		int32_t out[PRODUCT_BLOCK];
		if (k < x->step)
			even[c] = add_products(is_fine, even[c], four(bytes + k),
					       _mm512_loadu_si512(w + c * PRODUCT_BLOCK * x->step));
		_mm512_storeu_si512(out, _mm512_add_epi32(even[c], odd[c]));
		put_sums(p, at + c * PRODUCT_BLOCK, x->scales[r], out, y + c * PRODUCT_BLOCK);
	}
}

KERNEL_TARGET __attribute__((always_inline)) static inline void
columns(const struct product *p, bool is_fine, const struct kernel_rows *x, size_t at,
	size_t blocks, float *y, size_t y_step)
{
	size_t r = 0;
	for (; r + ROWS <= x->n; r += ROWS)
		block(p, is_fine, x, r, ROWS, at, blocks, y, y_step);
	for (; r + 2 <= x->n; r += 2)
		block(p, is_fine, x, r, 2, at, blocks, y, y_step);
	for (; r < x->n; r++)
		one_row(p, is_fine, x, r, at, blocks, y + r * y_step + at);
}

KERNEL_TARGET __attribute__((always_inline)) static inline void
all_columns(const struct product *p, bool is_fine, const struct kernel_rows *x, float *y,
	    size_t y_step)
{
	size_t at = 0;
	for (; at + PRODUCT_BLOCK < p->columns; at += (size_t)2 * PRODUCT_BLOCK)
		columns(p, is_fine, x, at, 2, y, y_step);
	if (at < p->columns)
		columns(p, is_fine, x, at, 1, y, y_step);
}

KERNEL_TARGET static void multiply(const struct product *p, const struct kernel_rows *x, float *y,
				   size_t y_step)
{
	if (p->is_fine)
		all_columns(p, true, x, y, y_step);
	else
		all_columns(p, false, x, y, y_step);
}

const struct kernel kernel_vnni = {"AVX-512 VNNI", runs_here, to_bytes, multiply, recur};
#endif
