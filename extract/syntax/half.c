/* Upper halves of floats. */
#include "extract/syntax/half.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

void half_pack(const float *v, size_t n, unsigned char *bytes)
{
	for (size_t i = 0; i < n; i++) {
		uint32_t bits;
		memcpy(&bits, &v[i], sizeof bits);
		bits += 0x8000;
		bytes[2 * i] = (unsigned char)(bits >> 16);
		bytes[2 * i + 1] = (unsigned char)(bits >> 24);
	}
}

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "halves are read as they are");

static inline float one(const unsigned char *bytes)
{
	uint16_t half;
	memcpy(&half, bytes, sizeof half);
	uint32_t bits = (uint32_t)half << 16;
	float f;
	memcpy(&f, &bits, sizeof f);
	return f;
}

void half_unpack(const unsigned char *bytes, size_t n, float *v)
{
	for (size_t i = 0; i < n; i++)
		v[i] = one(&bytes[2 * i]);
}

/* Four of them, as they lie in memory, and as floats. */
typedef uint16_t halves __attribute__((vector_size(8), aligned(1), may_alias));
typedef uint32_t bits __attribute__((vector_size(16)));
typedef float floats __attribute__((vector_size(16), aligned(4), may_alias));

enum { FOUR = 4, HALF = 2, MOST = 8, AHEAD = 16 };

static inline floats four(const unsigned char *bytes)
{
	return (floats)(__builtin_convertvector(*(const halves *)bytes, bits) << 16);
}

/* Rows lie anywhere in a table that no near cache has: those that come soon are fetched meanwhile,
 * from their first byte to their last. */
static inline void fetch(const unsigned char *row, size_t step)
{
	__builtin_prefetch(row);
	__builtin_prefetch(row + step - 1);
}

/* Some columns of all rows are held in registers. */
__attribute__((always_inline)) static inline void add_columns(const unsigned char *table,
							      size_t step, const uint32_t *at,
							      size_t n, size_t fours, float *v)
{
	floats sums[MOST];
	for (size_t k = 0; k < fours; k++)
		sums[k] = *(const floats *)(v + k * FOUR);
	for (size_t i = 0; i < n; i++) {
		const unsigned char *row = table + at[i] * step;
		if (i + AHEAD < n)
			fetch(table + at[i + AHEAD] * step, step);
		for (size_t k = 0; k < fours; k++)
			sums[k] += four(row + k * FOUR * HALF);
	}
	for (size_t k = 0; k < fours; k++)
		*(floats *)(v + k * FOUR) = sums[k];
}

#if defined(__x86_64__)
/* As many at once as above, by eights: each column's sum has the same order. */
__attribute__((target("avx2"))) static void
add_columns_avx2(const unsigned char *table, size_t step, const uint32_t *at, size_t n, float *v)
{
	enum { EIGHT = 2 * FOUR, EIGHTS = MOST * FOUR / EIGHT };
	__m256 sums[EIGHTS];
	for (size_t k = 0; k < EIGHTS; k++)
		sums[k] = _mm256_loadu_ps(v + k * EIGHT);
	for (size_t i = 0; i < n; i++) {
		const unsigned char *row = table + at[i] * step;
		if (i + AHEAD < n)
			fetch(table + at[i + AHEAD] * step, step);
		for (size_t k = 0; k < EIGHTS; k++) {
			__m128i eight = _mm_loadu_si128((const void *)(row + k * EIGHT * HALF));
			__m256i wide = _mm256_slli_epi32(_mm256_cvtepu16_epi32(eight), 16);
			sums[k] = _mm256_add_ps(sums[k], _mm256_castsi256_ps(wide));
		}
	}
	for (size_t k = 0; k < EIGHTS; k++)
		_mm256_storeu_ps(v + k * EIGHT, sums[k]);
}
#endif

static void add_most(const unsigned char *table, size_t step, const uint32_t *at, size_t n,
		     float *v)
{
#if defined(__x86_64__)
	if (__builtin_cpu_supports("avx2")) {
		add_columns_avx2(table, step, at, n, v);
		return;
	}
#endif
	add_columns(table, step, at, n, MOST, v);
}

/* The last columns, fewer than four, each on its own. */
__attribute__((always_inline)) static inline void add_last(const unsigned char *table, size_t step,
							   const uint32_t *at, size_t n,
							   size_t columns, float *v)
{
	float sums[FOUR - 1];
	for (size_t c = 0; c < columns; c++)
		sums[c] = v[c];
	for (size_t i = 0; i < n; i++) {
		const unsigned char *row = table + at[i] * step;
		if (i + AHEAD < n)
			fetch(table + at[i + AHEAD] * step, step);
		for (size_t c = 0; c < columns; c++)
			sums[c] += one(row + c * HALF);
	}
	for (size_t c = 0; c < columns; c++)
		v[c] = sums[c];
}

void half_add_rows(const unsigned char *table, size_t width, const uint32_t *at, size_t n, float *v)
{
	const size_t step = width * HALF;
	size_t c = 0;
	for (size_t i = 0; i < n && i < AHEAD; i++)
		fetch(table + at[i] * step, step);
	for (; c + (size_t)MOST * FOUR <= width; c += (size_t)MOST * FOUR)
		add_most(table + c * HALF, step, at, n, v + c);
	for (; c + FOUR <= width; c += FOUR)
		add_columns(table + c * HALF, step, at, n, 1, v + c);
	if (width - c == 1)
		add_last(table + c * HALF, step, at, n, 1, v + c);
	else if (width - c == 2)
		add_last(table + c * HALF, step, at, n, 2, v + c);
	else if (width - c == 3)
		add_last(table + c * HALF, step, at, n, 3, v + c);
}
