/* A hash of 64 bits for tables whose keys come from outside, and for tags of bodies. */
#ifndef DEMARCHE_SERVER_HASH_H
#define DEMARCHE_SERVER_HASH_H

#include "base/str.h"

uint64_t hash_bytes(struct str s, uint64_t seed);
/* Another one at each start, that nobody knows. */
uint64_t hash_seed(void);

#endif
