/* Floats in files of half the size: of each its upper half, rounded ("bfloat16"). Pure. */
#ifndef DEMARCHE_EXTRACT_SYNTAX_HALF_H
#define DEMARCHE_EXTRACT_SYNTAX_HALF_H

#include <stddef.h>
#include <stdint.h>

/* n floats to 2 n bytes, little-endian, and back. */
void half_pack(const float *v, size_t n, unsigned char *bytes);
void half_unpack(const unsigned char *bytes, size_t n, float *v);
/* Of a table whose rows are `width` of them each, adds the rows of these n numbers to v, in their
 * order: the same bits on every processor. */
void half_add_rows(const unsigned char *table, size_t width, const uint32_t *at, size_t n,
		   float *v);

#endif
