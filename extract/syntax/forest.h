/* The trees of an article with what a walk over them needs: children, yields, lemmas.
 * Made once for an article in its arena, not changed afterwards; token numbers are the text's. */
#ifndef DEMARCHE_EXTRACT_SYNTAX_FOREST_H
#define DEMARCHE_EXTRACT_SYNTAX_FOREST_H

#include "extract/syntax/labels.h"
#include "extract/text/text.h"

#define FOREST_NONE UINT32_MAX

struct forest {
	const struct text *t;
	uint32_t *child, *next; /* first child, next sibling; from left to right, or FOREST_NONE */
	uint32_t *left, *right; /* first and last token of what hangs on a token, itself included */
	uint32_t *sentence;	/* number of the token's sentence */
	uint64_t *lemma;	/* hash (word_key) of the lemma */
	uint8_t *relation;	/* enum deprel, without its subtype */
};

/* Needs the parse and the lemmas. 0, or -1 when the arena is full. */
int forest_make(struct forest *f, const struct text *t, struct arena *a) MUST_CHECK;
/* The first child whose relation, without subtype, is this one; FOREST_NONE. */
uint32_t forest_child(const struct forest *f, uint32_t token, unsigned relation);

#endif
