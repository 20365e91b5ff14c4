/* By folded multiplication, eight bytes in each of four lanes at a time. */
#include "base/hash.h"

#include <string.h>
#include <sys/random.h>
#include <time.h>

static uint64_t mix(uint64_t a, uint64_t b)
{
	__extension__ unsigned __int128 m = (unsigned __int128)a * b;
	return (uint64_t)m ^ (uint64_t)(m >> 64);
}

/* The mixing step of Wang Yi's wyhash. Four lanes of 8 bytes, since one multiplication waits for
 * the one before: 3 us for a page, not 12. */
uint64_t hash_bytes(struct str s, uint64_t seed)
{
	enum { LANES = 4 };
	/* The seed in each: what is known of one lane must not make two texts meet. */
	uint64_t h[LANES] = {0x9e3779b97f4a7c15ULL ^ s.n ^ seed, 0xa0761d6478bd642fULL ^ seed,
			     0xe7037ed1a0b428dbULL ^ seed, 0x8ebc6af09c88c6e3ULL ^ seed};
	uint64_t word[LANES];
	size_t i = 0;
	for (; i + sizeof word <= s.n; i += sizeof word) {
		memcpy(word, s.p + i, sizeof word);
#pragma GCC unroll 4 /* the lanes into registers */
		for (int k = 0; k < LANES; k++)
			h[k] = mix(h[k] ^ word[k], 0xe7037ed1a0b428dbULL);
	}
	memset(word, 0, sizeof word);
	memcpy(word, s.p + i, s.n - i);
	uint64_t all = s.n;
	for (int k = 0; k < LANES; k++)
		all = mix(all ^ mix(h[k] ^ word[k], 0xe7037ed1a0b428dbULL), 0x8ebc6af09c88c6e3ULL);
	return all;
}

uint64_t hash_seed(void)
{
	uint64_t seed = 0;
	struct timespec now;
	if (getrandom(&seed, sizeof seed, 0) != (ssize_t)sizeof seed &&
	    clock_gettime(CLOCK_REALTIME, &now) == 0)
		seed = (uint64_t)now.tv_nsec * 0x9e3779b97f4a7c15ULL;
	return seed;
}

void digest_add(struct digest *d, struct str text, size_t start, uint64_t part)
{
	uint64_t before = hash_bytes(str_sub(text, d->end, start), d->hash);
	d->hash = mix(before ^ part, 0xa0761d6478bd642fULL);
	d->end = text.n;
}

uint64_t digest_end(const struct digest *d, struct str text)
{
	return hash_bytes(str_sub(text, d->end, text.n), d->hash);
}
