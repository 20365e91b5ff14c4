/* What a text is recognized by when it comes again with changes: a MinHash over its word shingles.
 * Two texts have as many of its numbers in common as their shingles are alike (Broder 1997): of
 * SIGNATURE_LENGTH about the share that Jaccard's measure gives, give or take one in twenty. */
#ifndef DEMARCHE_DB_SIGNATURE_H
#define DEMARCHE_DB_SIGNATURE_H

#include <stdbool.h>

#include "base/str.h"

enum {
	SIGNATURE_LENGTH = 96,
	/* So many words in a row are a shingle: three of them are idioms, five break at each
	 * edited word. */
	SIGNATURE_SHINGLE = 4,
	/* A text of fewer words has none: in a few sentences a form says as much as the content. */
	SIGNATURE_WORDS_MIN = 50,
	/* Numbers in common of what is nearly the same text. In 3,950 articles and statements of
	 * press offices, pairs of one wire text that was edited or cut had 53 and more, and forms
	 * filled in anew 24 and fewer. */
	SIGNATURE_ALIKE = 48,
	/* A band is this many numbers in a row. Candidates share one whole band: 95 in 100 pairs
	 * half alike do, 99 where it is 6 in 10, and 3 in 1,000 pairs a twentieth alike. */
	SIGNATURE_BAND = 3,
	SIGNATURE_BANDS = 24,
};

/* Stored: never another without another column. */
struct signature {
	uint16_t v[SIGNATURE_LENGTH];
	bool is_given; /* the text was long enough */
};

/* Of a text in UTF-8; any thread. Costs a microsecond for some twenty words. */
void signature_of(struct str text, struct signature *out);
/* How many numbers two have in common; 0 where one is not given. */
int signature_common(const struct signature *a, const struct signature *b);
/* The last two bits of each number: so little that a writer remembers those of many articles, and
 * enough to tell most that have nothing in common. Two signatures never have more in common than
 * their sketches. */
struct sketch {
	uint64_t bits[2 * SIGNATURE_LENGTH / 64];
};
struct sketch signature_sketch(const struct signature *s);
int sketch_common(const struct sketch *a, const struct sketch *b);
/* The key that texts with the same band have; bands count from 0. Positive. */
int64_t signature_band(const struct signature *s, int band);
/* As the column has it, of SIGNATURE_BYTES, and back; false for what is none. */
enum { SIGNATURE_BYTES = 2 * SIGNATURE_LENGTH };
void signature_write(const struct signature *s, unsigned char out[SIGNATURE_BYTES]);
bool signature_read(struct str bytes, struct signature *out);

#endif
