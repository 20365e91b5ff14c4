/* Sets of words that the rules of the steps ask for by name: data/word_sets.tsv. A word is in a set
 * or not as it is written there, in small letters. Immutable once open; any thread may read it. */
#ifndef DEMARCHE_EXTRACT_TABLES_WORD_SETS_H
#define DEMARCHE_EXTRACT_TABLES_WORD_SETS_H

#include "base/err.h"
#include "extract/tables/map.h"

/* Set, its name in the table: in the order of the steps that ask for them. */
#define WORD_SETS(X) X(NO_SET, "")

#define X(name, word) SET_##name,
enum word_set { WORD_SETS(X) WORD_SET_COUNT };
#undef X

enum { WORD_SET_CELLS = (WORD_SET_COUNT + 63) / 64 };

/* The sets that one word is in, as bits. */
struct word_row {
	struct str word;
	uint64_t sets[WORD_SET_CELLS];
};

struct word_sets {
	struct map by_word;
	struct word_row *rows; /* the first is of words that are in no set */
	uint32_t n;
	size_t cap;
};

/* Into an arena that lives as long. 0, or -1 with *e set (ERR_INTERNAL): a set that nobody asks
 * for, or one without words. */
int word_sets_read(struct word_sets *ws, struct arena *a, struct err *e) MUST_CHECK;

/* The row of a word in small letters; 0 when it is in no set. */
uint32_t word_sets_row(const struct word_sets *ws, struct str word);

static inline bool word_sets_has(const struct word_sets *ws, uint32_t row, enum word_set set)
{
	return ws->rows[row].sets[set / 64] >> (set % 64) & 1;
}

#endif
