/* Sets of keys: as bits, and where they are few, each compared with many of a column at once. */
#include "db/sqlite/key_bits.h"

#include <string.h>

#include "db/statement_block.h"

enum { KEYS_AT_ONCE = 64 };

int key_bits_make(struct key_bits *b, struct keys keys, struct arena *a, struct err *e)
{
	int64_t most = 0;
	for (size_t i = 0; i < keys.n; i++)
		most = keys.v[i] > most ? keys.v[i] : most;
	if (most > BLOCK_KEY_MAX)
		return err_set(e, ERR_DB, NULL, "a key is larger than any");
	b->n = (size_t)most / 64 + 1;
	b->words = arena_array(a, b->n + 1, sizeof *b->words);
	if (!b->words)
		return arena_full(e);
	b->are_few = keys.n <= sizeof b->few / sizeof b->few[0];
	b->n_few = 0;
	for (size_t i = 0; i < keys.n; i++) {
		if (keys.v[i] < 0)
			continue;
		b->words[keys.v[i] / 64] |= UINT64_C(1) << (keys.v[i] % 64);
		if (b->are_few)
			b->few[b->n_few++] = (uint32_t)keys.v[i];
	}
	return 0;
}

void key_bits_drop_below(struct key_bits *b, uint32_t least)
{
	size_t left = 0;
	b->words[0] &= UINT64_MAX << least;
	for (size_t i = 0; i < b->n_few; i++)
		if (b->few[i] >= least)
			b->few[left++] = b->few[i];
	b->n_few = left;
}

static uint32_t key_at(const char *column, size_t at)
{
	uint32_t key;
	memcpy(&key, column + at * sizeof key, sizeof key);
	return key;
}

/* Without a branch, of a constant number, and of what nothing else points to: the compiler makes
 * vectors of it. */
static void mark_one(uint32_t key, const char *restrict column, unsigned char *restrict marks)
{
	for (size_t i = 0; i < KEYS_AT_ONCE; i++)
		marks[i] |= key_at(column, i) == key;
}

void key_bits_mark(const struct key_bits *b, const char *column, size_t n, unsigned char *marks)
{
	size_t at = 0;
	for (; b->are_few && at + KEYS_AT_ONCE <= n; at += KEYS_AT_ONCE)
		for (size_t k = 0; k < b->n_few; k++)
			mark_one(b->few[k], column + at * sizeof(uint32_t), marks + at);
	for (; at < n; at++)
		marks[at] |= (unsigned char)key_bits_have(b, key_at(column, at));
}
