/* The features of two actors of a sentence, for the classifier of acts and stance: words, tree, and
 * where both stand in it. The program that fits it (train/fit_stance.c) uses the same functions. */
#ifndef DEMARCHE_EXTRACT_STANCE_FEATURES_H
#define DEMARCHE_EXTRACT_STANCE_FEATURES_H

#include "extract/attribution/attribution.h"
#include "extract/stance/act_words.h"
#include "extract/syntax/lemma.h"
#include "extract/syntax/vectors.h"

/* Tables of rows that are fitted: name, rows, floats a row. */
#define FEATURE_EMBEDDINGS(X)                                                                      \
	X(word, 6144, 24)                                                                          \
	X(xpos, 64, 6)                                                                             \
	X(deprel, 64, 8)                                                                           \
	X(from_source, 8, 6)                                                                       \
	X(from_target, 8, 6)                                                                       \
	X(place, 24, 8)                                                                            \
	X(act, 48, 10)                                                                             \
	X(flags, 32, 6)

enum feature_embedding {
#define X(name, rows, size) FEATURE_##name,
	FEATURE_EMBEDDINGS(X)
#undef X
		FEATURE_EMBEDDING_COUNT
};

enum {
	FEATURE_TOKENS = 128, /* of a longer sentence only the surroundings of the two count */
	FEATURE_SPARSE = 192,
	FEATURE_SPARSE_BITS = 14, /* hashed features */
	FEATURE_NONE = 255
};

/* The tokens that say most of the two. */
enum feature_point {
	POINT_SOURCE,
	POINT_TARGET,
	POINT_TOP,	 /* where the paths up from both meet */
	POINT_PREDICATE, /* the verb (or what stands for it) that governs the source */
	POINT_GOVERNOR,	 /* the same of the target */
	POINT_OBJECT,	 /* what the predicate does: its open complement, else its object */
	POINT_COUNT
};

struct feature_token {
	int32_t vector; /* or VECTOR_NONE */
	uint16_t rows[FEATURE_EMBEDDING_COUNT];
	bool is_near; /* between the two, or beside the path from one to the other in the tree */
};

struct stance_features {
	uint32_t n, n_sparse;
	uint8_t points[POINT_COUNT]; /* tokens, or FEATURE_NONE */
	struct feature_token tokens[FEATURE_TOKENS];
	uint32_t sparse[FEATURE_SPARSE]; /* below 1 << FEATURE_SPARSE_BITS */
};

struct feature_tables {
	const struct lexicon *lexicon;
	const struct act_words *acts;
};

/* Does token i belong to the word `of` as a particle, a preposition or an object: "call for",
 * "break ties"? */
bool stance_is_particle(const struct text *t, uint32_t i, uint32_t of);

/* Of a text that has its parse and lemmas. Source and target are tokens of the sentence; either may
 * be RANGE_NONE, for nobody. Pure. */
void stance_features_extract(const struct feature_tables *w, const struct text *t,
			     struct sentence s, struct range source, struct range target,
			     struct stance_features *out);

#endif
