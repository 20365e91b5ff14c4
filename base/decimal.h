/* Whole numbers as decimal digits, without printf, whose parsing of formats is most of what a line
 * of the log or a JSON number would cost. Any thread. */
#ifndef DEMARCHE_BASE_DECIMAL_H
#define DEMARCHE_BASE_DECIMAL_H

#include <stdint.h>

enum { DECIMAL_DIGITS_MAX = 20 }; /* of 64 bits, without a sign */

/* Written from the back, so that the last digit stands before `end`; where the first one stands. */
char *decimal_before(char *end, uint64_t n);
/* The last `width` digits of n, with zeros before them, at `to`; where they end. */
char *decimal_padded(char *to, uint64_t n, int width);

#endif
