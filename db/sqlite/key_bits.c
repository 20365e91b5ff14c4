/* Sets of keys as bits. */
#include "db/sqlite/key_bits.h"

#include "db/statement_block.h"

int key_bits_make(struct key_bits *b, struct keys keys, struct arena *a, struct err *e)
{
	int64_t most = 0;
	for (size_t i = 0; i < keys.n; i++)
		most = keys.v[i] > most ? keys.v[i] : most;
	if (most > BLOCK_KEY_MAX)
		return err_set(e, ERR_DB, NULL, "a key is larger than any");
	b->n = (size_t)most / 64 + 1;
	b->one = keys.n == 1 ? (uint32_t)most : 0;
	b->words = arena_array(a, b->n + 1, sizeof *b->words);
	if (!b->words)
		return arena_full(e);
	for (size_t i = 0; i < keys.n; i++)
		if (keys.v[i] >= 0)
			b->words[keys.v[i] / 64] |= UINT64_C(1) << (keys.v[i] % 64);
	return 0;
}

void key_bits_drop_below(struct key_bits *b, uint32_t least)
{
	b->words[0] &= UINT64_MAX << least;
}
