/* What the parser's states say of a candidate: a network with one hidden layer for each stage, over
 * the states at a few places of the candidate and some facts. One article, one thread. */
#ifndef DEMARCHE_EXTRACT_ATTRIBUTION_READING_H
#define DEMARCHE_EXTRACT_ATTRIBUTION_READING_H

#include "extract/attribution/attribution.h"
#include "extract/attribution/candidates.h"
#include "extract/attribution/cue.h"
#include "extract/attribution/features.h"
#include "extract/syntax/product.h"
#include "extract/syntax/state.h"
#include "extract/syntax/vectors.h"

/* Question and how many places of a candidate it reads; the first ones are stages'. Their order is
 * part of the model file. */
#define READINGS(X) X(cue, CUE, 6) X(content, CONTENT, 8) X(source, SOURCE, 4) X(whole, WHOLE, 6)

enum reading_kind {
#define X(name, question, places) READING_##question,
	READINGS(X) READING_COUNT
#undef X
};

enum {
	READING_INPUT = STATE_SIZE + VECTOR_SIZE,
	READING_PLACES = 8,
	READING_FACTS = 4,
	READING_FACT_ROWS = 256,
	READING_HIDDEN = 32
};

/* Below zero the hidden layer's slope. */
#define READING_LEAK 0.1f

/* What a place gives: its token's state, and the vector of its word, if it is no name's. */
void reading_input(const struct text *t, uint32_t token, float x[READING_INPUT]);

/* What a network looks at. */
struct sighting {
	uint32_t place[READING_PLACES]; /* tokens, or FOREST_NONE */
	uint8_t fact[READING_FACTS];	/* rows of the table of facts */
};
void reading_of_cue(const struct context *ctx, uint32_t token, struct sighting *out);
void reading_of_content(const struct context *ctx, const struct cue_head *cue,
			const struct candidate *c, struct sighting *out);
void reading_of_source(const struct context *ctx, const struct cue_head *cue,
		       const struct candidate *content, const struct candidate *c,
		       struct sighting *out);
/* Of a finding with source and content. */
void reading_of_whole(const struct context *ctx, const struct attribution *at,
		      struct sighting *out);

/* As it lies in the file: of each place a matrix. */
struct reading_weights {
#define X(name, question, places) float name[places][READING_INPUT * READING_HIDDEN];
	READINGS(X)
#undef X
	float fact[READING_COUNT][READING_FACT_ROWS * READING_HIDDEN];
	float bias[READING_COUNT][READING_HIDDEN], out[READING_COUNT][READING_HIDDEN];
};
/* How many places a network reads, and the matrix of its first one, which those of the others
 * follow. */
unsigned reading_places(enum reading_kind r);
const float *reading_matrices(const struct reading_weights *w, enum reading_kind r);

struct reading_network {
	const struct reading_weights *w;
	struct product matrix[READING_COUNT][READING_PLACES];
	void *packed;
};
/* Reads the weights, which must outlive it. -1: out of memory. */
int reading_network_open(struct reading_network *nw, const struct reading_weights *w) MUST_CHECK;
void reading_network_close(struct reading_network *nw);

/* Inputs and products of the tokens read last; what they cost is paid once for all candidates near.
 */
struct reading_rows;
/* In the arena; NULL when it is full. */
struct reading_rows *reading_rows_make(const struct reading_network *nw, struct arena *a);
float reading_score(struct reading_rows *rows, const struct text *t, enum reading_kind question,
		    const struct sighting *at);

#endif
