/* The network behind the syntax: from the words of some sentences to scores of tags, heads and
 * relations.
 *
 * A token's input (its vector, and rows of tables for its form, affixes and shape) goes through an
 * encoder (encoder.h); from its states come the tags, and the heads and relations by biaffine
 * scores (Dozat and Manning 2017). Small enough for one core: about 0.45 million products a token.
 * The same functions serve the program that fits it (train/fit_syntax.c). */
#ifndef DEMARCHE_EXTRACT_SYNTAX_NETWORK_H
#define DEMARCHE_EXTRACT_SYNTAX_NETWORK_H

#include "base/arena.h"
#include "extract/syntax/encoder.h"
#include "extract/syntax/form_hash.h"
#include "extract/syntax/labels.h"
#include "extract/syntax/node.h"
#include "extract/syntax/state.h"
#include "extract/syntax/vectors.h"

#define NETWORK_KIND "DMsyntax"
enum { NETWORK_VERSION = 1 };

/* Tables of rows that are fitted: name, which part of the word, rows, floats a row. */
#define NETWORK_TABLES(X)                                                                          \
	X(word, low, 16384, 64)                                                                    \
	X(suffix3, suffix3, 4096, 32)                                                              \
	X(suffix2, suffix2, 1024, 16)                                                              \
	X(prefix3, prefix3, 2048, 16)                                                              \
	X(shape, shape, 512, 12)                                                                   \
	X(form, form, 16384, 16)

enum network_table {
#define X(name, part, rows, size) TABLE_##name,
	NETWORK_TABLES(X)
#undef X
		TABLE_COUNT
};

enum {
	HALF = 96,	  /* of one direction */
	STATE = 2 * HALF, /* STATE_SIZE */
	LAYERS = 3,
	RECURRENT = 3 * STATE, /* cell, forget gate and reset gate of both directions */
	INPUT = VECTOR_SIZE
#define X(name, part, rows, size) +size
		NETWORK_TABLES(X)
#undef X
		,
	ARC = 64,
	RELATION = 64,
	PARTS = 2 * ARC + 2 * RELATION, /* a token as dependent and as head, for both */
	PART_ARC_HEAD = ARC,
	PART_RELATION = 2 * ARC,
	PART_RELATION_HEAD = 2 * ARC + RELATION,
	LABELS = 64, /* columns for tags and for relations, the last ones unused: whole vectors */
	GAPS = 14,   /* classes of distance, by direction */
	KNOWN_BITS = 1 << 20
};

struct network_layer ENCODER_LAYER(HALF);

/* All that is fitted, as it lies in the file: floats, then what words the tables know. Matrices
 * have a row for each input. */
struct network_weights {
	float input[INPUT * STATE], input_bias[STATE];
	struct network_layer layers[LAYERS];
	float parts[STATE * PARTS], parts_bias[PARTS];
	float arc[ARC * ARC], arc_bias[ARC], arc_root[ARC], arc_gap[2 * GAPS];
	float relation[3 * RELATION * LABELS], relation_bias[LABELS], relation_root[RELATION];
	float tag[STATE * LABELS], tag_bias[LABELS];
#define X(name, part, rows, size) float table_##name[(rows) * (size)];
	NETWORK_TABLES(X)
#undef X
	uint8_t known[KNOWN_BITS / 8]; /* hashes of what the treebanks have twice or more */
};

struct network {
	const struct network_weights *w;
	struct vectors vectors;
	struct encoder encoder;
	struct product parts, arc, relation, tag;
	void *packed; /* what the products read; NULL: the weights */
};
/* Reads the weights, which must outlive it. */
struct network network_of(const struct network_weights *w, const struct vectors *v);
/* From now on its layers, which are most of the work, read bytes, until it is released; what is
 * scored by stays in floats, as two trees can be near each other. -1: out of memory. */
int network_pack(struct network *nw) MUST_CHECK;
void network_release(struct network *nw);

/* What a token is to the network. */
struct network_token {
	int32_t vector; /* or VECTOR_NONE */
	uint32_t rows[TABLE_COUNT];
};

static inline bool network_knows(const struct network_weights *w, uint32_t hash)
{
	return w->known[hash % KNOWN_BITS / 8] >> (hash % 8) & 1;
}
void network_look_up(const struct network *nw, struct str form, struct network_token *t);
/* x: INPUT floats. */
void network_input(const struct network *nw, const struct network_token *t, float *x);

/* Heads scored for one sentence: `scores` n x score_step(n), a column for each token as head and
 * one for the root. m: n x PARTS. `queries` (n x ARC) and `heads` (ARC x score_step) are room to
 * work in. */
size_t network_score_step(size_t n);
void network_score_heads(const struct network *nw, const float *m, size_t n, float *scores,
			 float *queries, float *heads);
unsigned network_gap(size_t dependent, size_t head);
/* The input of the relations' scores: 3 x RELATION floats of one arc. `head` is n for the root. */
void network_relation_input(const struct network_weights *w, const float *m, size_t dependent,
			    size_t head, size_t n, float *z);

/* Tags and parses sentences of at most SYNTAX_TOKENS_MAX tokens each: `tokens` and `nodes` hold
 * them one after another, and `states`, which may be NULL; sentence k has sizes[k]. 0, or -1 when
 * the arena is full or its budget spent, which is asked before each batch. */
int network_parse(const struct network *nw, const struct network_token *tokens,
		  const uint32_t *sizes, size_t n_sentences, struct syntax_node *nodes,
		  const struct states *states, struct arena *a) MUST_CHECK;

#endif
