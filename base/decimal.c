/* Digits two by two. */
#include "base/decimal.h"

#include <string.h>

static const char pairs[] = "00010203040506070809101112131415161718192021222324252627282930"
			    "31323334353637383940414243444546474849"
			    "50515253545556575859606162636465666768697071727374757677787980"
			    "81828384858687888990919293949596979899";

char *decimal_before(char *end, uint64_t n)
{
	for (; n >= 100; n /= 100)
		memcpy(end -= 2, &pairs[n % 100 * 2], 2);
	if (n >= 10)
		return memcpy(end - 2, &pairs[n * 2], 2);
	*--end = (char)('0' + n);
	return end;
}

char *decimal_padded(char *to, uint64_t n, int width)
{
	for (char *at = to + width; at > to; n /= 10)
		*--at = (char)('0' + n % 10);
	return to + width;
}
