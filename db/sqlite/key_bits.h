/* A set of keys of actors or issues, to be tested on columns of them (db/statement_block.h). */
#ifndef DEMARCHE_DB_SQLITE_KEY_BITS_H
#define DEMARCHE_DB_SQLITE_KEY_BITS_H

#include "db/store.h"

/* Keys, a bit each; behind them a word without any, which is that of all larger keys. */
struct key_bits {
	uint64_t *words;
	size_t n;     /* words, without the last */
	uint32_t one; /* of which it was made, 0 where of none or several */
};

/* Without a branch: which keys are asked for is hard to foretell. */
static inline uint32_t key_bits_have(const struct key_bits *b, uint32_t key)
{
	const size_t at = key / 64, word = at < b->n ? at : b->n;
	return b->words[word] >> (key % 64) & 1;
}
/* Negative ones are left out. 0, or -1 with *e. */
int key_bits_make(struct key_bits *b, struct keys keys, struct arena *a, struct err *e) MUST_CHECK;
/* Without the keys below, of which there are less than 64. */
void key_bits_drop_below(struct key_bits *b, uint32_t least);

#endif
