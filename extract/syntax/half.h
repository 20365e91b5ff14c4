/* Floats in files of half the size: of each its upper half, rounded ("bfloat16"). Pure. */
#ifndef DEMARCHE_EXTRACT_SYNTAX_HALF_H
#define DEMARCHE_EXTRACT_SYNTAX_HALF_H

#include <stddef.h>

/* n floats to 2 n bytes, little-endian, and back. */
void half_pack(const float *v, size_t n, unsigned char *bytes);
void half_unpack(const unsigned char *bytes, size_t n, float *v);
/* Adds them to v. */
void half_add(const unsigned char *bytes, size_t n, float *v);

#endif
