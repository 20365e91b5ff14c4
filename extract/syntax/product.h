/* Products of rows of floats with a matrix that was fitted, in whole numbers: eight bits for the
 * rows, each of which has a scale, and seven for the matrix, each column of which has one; or
 * twelve and some thirteen (kernel_fine_weight_most), where it is to be fine. Every processor makes
 * the same floats to the bit (kernel.h). What fits the matrix reads its floats instead. Pure. */
#ifndef DEMARCHE_EXTRACT_SYNTAX_PRODUCT_H
#define DEMARCHE_EXTRACT_SYNTAX_PRODUCT_H

#include "extract/syntax/kernel.h"

/* One that reads the floats, which must outlive it. */
static inline struct product product_of(const float *w, size_t inner, size_t columns)
{
	return (struct product){.w = w, .inner = inner, .columns = columns};
}
static inline struct product product_fine(const float *w, size_t inner, size_t columns)
{
	return (struct product){.w = w, .inner = inner, .columns = columns, .is_fine = true};
}
/* From now on it reads bytes, which lie in `room`, product_room(p) bytes aligned to 64. */
size_t product_room(const struct product *p);
void product_pack(struct product *p, void *room);
/* Packs n products into one piece of memory, for free(); NULL: there is none. */
void *products_pack(struct product *const *list, size_t n);

/* y += x w for some rows; x_step and y_step are the floats from one row to the next. A row of y
 * depends on its row of x alone. */
void product_add(const struct product *p, const float *x, size_t x_step, float *y, size_t y_step,
		 size_t rows);
/* y = bias + x w, where no row has a gap. */
void product_affine(const struct product *p, const float *x, const float *bias, float *y,
		    size_t rows);

#endif
