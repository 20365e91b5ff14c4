/* Keys of words: 64-bit hashes (FNV-1a) by which tables and tokens find one another. Pure. */
#ifndef DEMARCHE_EXTRACT_TABLES_KEY_H
#define DEMARCHE_EXTRACT_TABLES_KEY_H

#include "base/str.h"

/* Hash of one folded word, for tokens and tables alike: case and accents gone, full stops and
 * apostrophes left out. */
uint64_t word_key(struct str s);
/* The folded word itself, cut at `room` bytes; how many there are. */
size_t word_fold(struct str s, char *to, size_t room);
/* The hash of the form without a plural ending. */
uint64_t word_stem(struct str s);
/* Continues a hash by another: that of a phrase by a word's, that of a feature by a value. */
static inline uint64_t key_mix(uint64_t hash, uint64_t next)
{
	uint64_t h = (hash ^ next) * 0x9E3779B97F4A7C15u;
	return h ^ (h >> 29);
}

#endif
