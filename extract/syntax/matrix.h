/* Products of matrices of floats, by the widest vectors that the processor has. Rows are stored one after another. Pure. */
#ifndef DEMARCHE_EXTRACT_SYNTAX_MATRIX_H
#define DEMARCHE_EXTRACT_SYNTAX_MATRIX_H

#include <stddef.h>

/* y += x w, where x is rows x inner, w inner x columns, y rows x columns; x_step, w_step and y_step are the floats from one row to the
 * next. y overlaps neither. A row of y depends on its row of x alone: the same numbers come out whatever rows stand beside it. */
void matrix_multiply(const float *x, size_t x_step, const float *w, size_t w_step, float *y, size_t y_step, size_t rows,
		     size_t inner, size_t columns);

#endif
