/* What the reader of positions sees of a statement, as data: words, candidates, hashed features
 * (position_view.h makes it). */
#ifndef DEMARCHE_EXTRACT_STANCE_VIEW_H
#define DEMARCHE_EXTRACT_STANCE_VIEW_H

#include "extract/attribution/attribution.h"
#include "extract/entity/entities.h"
#include "extract/issue/background.h"
#include "extract/stance/classifier.h"
#include "extract/syntax/forest.h"

enum {
	VIEW_TOKENS = 160,    /* of a longer content the beginning counts */
	VIEW_CANDIDATES = 40, /* at most */
	VIEW_BEFORE = 6,      /* of them, those that stand before the content */
	VIEW_SPARSE = 768,    /* features of the whole */
	VIEW_CANDIDATE_SPARSE = 160,
	VIEW_FEATURES = VIEW_SPARSE + VIEW_CANDIDATES * VIEW_CANDIDATE_SPARSE,
	VIEW_SPARSE_BITS = 18, /* hashed */
	VIEW_EFFECTS = 64,     /* values of view_effect() */
	VIEW_NONE = 255	       /* no token */
};

/* Tables of rows that are fitted: name, rows, floats a row. */
#define VIEW_EMBEDDINGS(X)                                                                         \
	X(deprel, 64, 12)                                                                          \
	X(xpos, 64, 8)                                                                             \
	X(act, 24, 8)

enum view_embedding {
#define X(name, rows, size) VIEW_##name,
	VIEW_EMBEDDINGS(X)
#undef X
		VIEW_EMBEDDING_COUNT
};

/* Floats of all of them. */
enum {
#define X(name, rows, size) +(rows) * (size)
	VIEW_TABLES = 0 VIEW_EMBEDDINGS(X)
#undef X
};

/* What is so or not of a token. */
enum view_bit {
	VIEW_CONTENT,
	VIEW_TOP,
	VIEW_CUE,
	VIEW_CANDIDATE,
	VIEW_NEGATED,
	VIEW_MODAL,
	VIEW_GOOD,
	VIEW_BAD,
	VIEW_DEMAND,
	VIEW_ACCUSE,
	VIEW_SHIFTER,
	VIEW_NAME,
	VIEW_QUOTED,
	VIEW_BEHIND, /* the content */
	VIEW_ISSUE,  /* evidence of an issue of the table */
	VIEW_OPEN,   /* of an open one */
	VIEW_EFFECT, /* the first of six: what it does to what it governs */
	VIEW_BITS = VIEW_EFFECT + 6
};

struct view_token {
	int32_t vector, governor; /* vectors of the word and of the one that it hangs on, or
				     VECTOR_NONE */
	uint8_t rows[VIEW_EMBEDDING_COUNT];
	uint32_t bits;
};

/* Hashed features, by their places in `features` of the view. */
struct view_list {
	uint16_t from, n;
};

/* outer: the highest wish, dread, favor or disfavor above a candidate; is it undone, judged by a
 * predicate, and is the side turned by all that together. */
static inline uint8_t view_effect(enum effect outer, bool undone, bool is_judged, bool is_turned)
{
	return (uint8_t)(outer * 8u + undone * 4u + is_judged * 2u + is_turned);
}

struct view_candidate {
	uint64_t lemma; /* key of the word's lemma */
	uint32_t token;
	struct range phrase;  /* tokens that hang on it, without clauses beside it */
	struct range words;   /* the same, where a name counts as one */
	uint8_t at, governor; /* tokens of the view, or VIEW_NONE */
	uint8_t effect;	      /* what the words above say of it: view_effect() */
	bool is_before;	      /* the content */
	bool is_pronoun;
	struct view_list sparse;
};

/* Names are one token each, however long they are: what stands in them is left out. */
struct position_view {
	uint32_t first, n;	 /* the article's first token that is seen; how many are kept */
	uint8_t top, cue;	 /* tokens of the view, or VIEW_NONE */
	uint8_t from, to;	 /* the content, from its first to its last token */
	uint8_t rule, way;	 /* the position by rules (enum position, enum position_rule) */
	struct view_list sparse; /* of the whole */
	uint32_t n_candidates, n_features;
	struct view_token tokens[VIEW_TOKENS];
	struct view_candidate candidates[VIEW_CANDIDATES];
	/* Each below 1 << VIEW_SPARSE_BITS; the last member, so that a copy may end early. */
	uint32_t features[VIEW_FEATURES];
};

/* How much of a view is in use. */
static inline size_t position_view_bytes(const struct position_view *v)
{
	return offsetof(struct position_view, features) + v->n_features * sizeof v->features[0];
}

/* The article that statements are viewed in. */
struct view_scene {
	const struct classifier *cl;
	const struct forest *f;
	const struct entities *es;
	const struct issue_background *bg;
	struct map counts; /* how often each lemma stands in the article */
};

#endif
