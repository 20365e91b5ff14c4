/* What networks do with rows of floats, which are stored one after another: products in floats, for
 * what fits a network (what reads with one has product.h), and what stands between products.
 * Pure. */
#ifndef DEMARCHE_EXTRACT_SYNTAX_MATRIX_H
#define DEMARCHE_EXTRACT_SYNTAX_MATRIX_H

#include <stddef.h>

/* y += x w, where x is rows x inner, w inner x columns, y rows x columns; x_step, w_step and y_step
 * are the floats from one row to the next. y overlaps neither. A row of y depends on its row of x
 * alone: the same numbers come out whatever rows stand beside it. */
void matrix_multiply(const float *x, size_t x_step, const float *w, size_t w_step, float *y,
		     size_t y_step, size_t rows, size_t inner, size_t columns);
/* y = bias + x w, where no row has a gap. */
void matrix_affine(const float *x, const float *w, const float *bias, float *y, size_t rows,
		   size_t inner, size_t columns);
/* The same to the bit on every processor, in one order and at half the speed: for what is small and
 * wanted exactly. */
void matrix_add(const float *x, const float *w, float *y, size_t rows, size_t inner,
		size_t columns);
/* Each of n rows of `size` floats becomes the bias, before products are added. */
void matrix_fill(float *y, const float *bias, size_t n, size_t size);
/* The leaky rectifier, in place; below zero its slope is MATRIX_LEAK. */
#define MATRIX_LEAK 0.1f
void matrix_rectify(float *y, size_t n);
/* Logits to probabilities, in place. */
void matrix_softmax(float *y, size_t n);

#endif
