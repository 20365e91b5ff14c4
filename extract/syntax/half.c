/* Upper halves of floats. */
#include "extract/syntax/half.h"

#include <stdint.h>
#include <string.h>

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

void half_unpack(const unsigned char *bytes, size_t n, float *v)
{
	for (size_t i = 0; i < n; i++) {
		uint32_t bits = (uint32_t)bytes[2 * i] << 16 | (uint32_t)bytes[2 * i + 1] << 24;
		memcpy(&v[i], &bits, sizeof bits);
	}
}
