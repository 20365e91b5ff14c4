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

void half_add(const unsigned char *bytes, size_t n, float *v)
{
	for (size_t i = 0; i < n; i++)
		v[i] += one(&bytes[2 * i]);
}
