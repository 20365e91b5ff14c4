/* Plain C, for every processor. */
#define KERNEL_TARGET
#include "extract/syntax/kernel.h"
#include "extract/syntax/kernel_body.h"

static bool runs_here(void)
{
	return true;
}

static void add_bytes(const uint8_t *row, const int8_t *w, size_t step, int32_t *sums)
{
	for (size_t k = 0; k < step; k += 4, w += 4 * PRODUCT_BLOCK)
		for (size_t c = 0; c < PRODUCT_BLOCK; c++)
			for (size_t i = 0; i < 4; i++)
				sums[c] += row[k + i] * w[4 * c + i];
}

static void add_fine(const fine_number *row, const fine_number *w, size_t step, int32_t *sums)
{
	for (size_t k = 0; k < step / 2; k += 2, w += 2 * PRODUCT_BLOCK)
		for (size_t c = 0; c < PRODUCT_BLOCK; c++)
			for (size_t i = 0; i < 2; i++)
				sums[c] += row[k + i] * w[2 * c + i];
}

static void multiply(const struct product *p, const struct kernel_rows *x, float *y, size_t y_step)
{
	for (size_t at = 0; at < p->columns; at += PRODUCT_BLOCK)
		for (size_t r = 0; r < x->n; r++) {
			const void *row = x->bytes + r * x->step, *w = p->bytes + at * x->step;
			int32_t sums[PRODUCT_BLOCK] = {0};
			if (p->is_fine)
				add_fine(row, w, x->step, sums);
			else
				add_bytes(row, w, x->step, sums);
			put_sums(p, at, x->scales[r], sums, y + r * y_step + at);
		}
}

const struct kernel kernel_plain = {"plain C", runs_here, to_bytes, multiply, recur};
