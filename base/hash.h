/* A hash of 64 bits for tables whose keys come from outside, and for tags of bodies. Any thread. */
#ifndef DEMARCHE_BASE_HASH_H
#define DEMARCHE_BASE_HASH_H

#include "base/str.h"

uint64_t hash_bytes(struct str s, uint64_t seed);
/* Another one at each start, that nobody knows. */
uint64_t hash_seed(void);

/* The hash of a text that grows, some parts of which are hashed already: the same text by the same
 * parts has the same digest. Without parts it is that of hash_bytes. Starts as zeros. */
struct digest {
	uint64_t hash; /* of what lies before `end` */
	size_t end;
};

/* A part whose hash is `part` goes from `start` to the end of what there is of the text. */
void digest_add(struct digest *d, struct str text, size_t start, uint64_t part);
/* Of the whole text. */
uint64_t digest_end(const struct digest *d, struct str text);

#endif
