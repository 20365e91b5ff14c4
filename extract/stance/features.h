/* Two actors of one sentence as the models of acts and stance see them: words, tree, and where both
 * stand in it. The programs that fit the models (train/fit_stance.c) see pairs through the same
 * functions. */
#ifndef DEMARCHE_EXTRACT_STANCE_FEATURES_H
#define DEMARCHE_EXTRACT_STANCE_FEATURES_H

#include "extract/attribution/attribution.h"
#include "extract/stance/act_words.h"
#include "extract/syntax/lemma.h"
#include "extract/syntax/vectors.h"

/* Tables of rows that are fitted: name, rows, floats a row. */
#define PAIR_TABLES(X)                                                                             \
	X(word, 6144, 24)                                                                          \
	X(xpos, 64, 6)                                                                             \
	X(deprel, 64, 8)                                                                           \
	X(from_source, 8, 6)                                                                       \
	X(from_target, 8, 6)                                                                       \
	X(place, 24, 8)                                                                            \
	X(act, 48, 10)                                                                             \
	X(flags, 32, 6)

enum pair_table {
#define X(name, rows, size) PAIR_##name,
	PAIR_TABLES(X)
#undef X
		PAIR_TABLE_COUNT
};

enum {
	PAIR_TOKENS = 128, /* of a longer sentence only the surroundings of the two are seen */
	PAIR_SPARSE = 192,
	PAIR_SPARSE_BITS = 14, /* hashed features */
	PAIR_NONE = 255
};

/* The tokens that say most of the two. */
enum pair_point {
	POINT_SOURCE,
	POINT_TARGET,
	POINT_TOP,	 /* where the ways up from both meet */
	POINT_PREDICATE, /* the verb (or what stands for it) that governs the source */
	POINT_GOVERNOR,	 /* the same of the target */
	POINT_OBJECT,	 /* what the predicate does: its open complement, else its object */
	POINT_COUNT
};

struct pair_token {
	int32_t vector; /* or VECTOR_NONE */
	uint16_t rows[PAIR_TABLE_COUNT];
	bool is_near; /* between the two, or beside the way from one to the other in the tree */
};

struct pair {
	uint32_t n, n_sparse;
	uint8_t points[POINT_COUNT]; /* tokens, or PAIR_NONE */
	struct pair_token tokens[PAIR_TOKENS];
	uint32_t sparse[PAIR_SPARSE]; /* below 1 << PAIR_SPARSE_BITS */
};

struct pair_words {
	const struct lexicon *lexicon;
	const struct lemmas *lemmas;
	const struct act_words *acts;
};

/* Does token i belong to the word `of` as a particle, a preposition or an object: "call for",
 * "break ties"? */
bool pair_is_particle(const struct text *t, uint32_t i, uint32_t of);

/* Of a parsed text. Source and target are tokens of the sentence; either may be RANGE_NONE, for
 * nobody. `a` is used for lemmas. 0, or -1 when it is full. */
int pair_extract(const struct pair_words *w, const struct text *t, struct sentence s,
		 struct range source, struct range target, struct arena *a,
		 struct pair *out) MUST_CHECK;

#endif
