/* SHA-256, by nettle. */
#include "db/digest.h"

#include <nettle/sha2.h>

void digest_text(struct str text, unsigned char out[DIGEST_BYTES])
{
	struct sha256_ctx hash;
	sha256_init(&hash);
	sha256_update(&hash, text.n, (const uint8_t *)text.p);
	sha256_digest(&hash, SHA256_DIGEST_SIZE, out);
}
