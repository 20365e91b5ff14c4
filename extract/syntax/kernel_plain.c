/* Plain C, for every processor. */
#define KERNEL_TARGET
#include "extract/syntax/kernel.h"
#include "extract/syntax/kernel_body.h"

static bool runs_here(void)
{
	return true;
}

static void multiply(const struct product *p, const struct kernel_rows *x, float *y, size_t y_step)
{
	for (size_t at = 0; at < p->columns; at += PRODUCT_BLOCK)
		for (size_t r = 0; r < x->n; r++) {
			const uint8_t *row = x->bytes + r * x->step;
			const int8_t *w = p->bytes + at * x->step;
			int32_t sums[PRODUCT_BLOCK] = {0};
			for (size_t k = 0; k < x->step; k += 4, w += 4 * PRODUCT_BLOCK)
				for (size_t c = 0; c < PRODUCT_BLOCK; c++)
					for (size_t i = 0; i < 4; i++)
						sums[c] += row[k + i] * w[4 * c + i];
			put_sums(p, at, x->scales[r], sums, y + r * y_step + at);
		}
}

const struct kernel kernel_plain = {"plain C", runs_here, to_bytes, multiply, recur};
