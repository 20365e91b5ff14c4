/* What the parser's states say of a candidate: a network with one hidden layer for each stage, over
 * the states at a few places of the candidate and some facts. One article, one thread. */
#ifndef DEMARCHE_EXTRACT_ATTRIBUTION_READING_H
#define DEMARCHE_EXTRACT_ATTRIBUTION_READING_H

#include "extract/attribution/candidates.h"
#include "extract/attribution/cue.h"
#include "extract/attribution/features.h"
#include "extract/syntax/product.h"
#include "extract/syntax/state.h"

/* Stage and how many places of a candidate it reads. Their order is part of the model file. */
#define READINGS(X) X(cue, CUE, 2) X(content, CONTENT, 6) X(source, SOURCE, 4)

enum { READING_PLACES = 6, READING_FACTS = 4, READING_FACT_ROWS = 256, READING_HIDDEN = 32 };

/* Below zero the hidden layer's slope. */
#define READING_LEAK 0.1f

/* What a stage's network looks at. */
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

/* As it lies in the file: of each place the rows of its states, beside each other. */
struct reading_weights {
#define X(name, stage, places) float name[STATE_SIZE * (places)*READING_HIDDEN];
	READINGS(X)
#undef X
	float fact[STAGE_EXTENT][READING_FACT_ROWS * READING_HIDDEN];
	float bias[STAGE_EXTENT][READING_HIDDEN], out[STAGE_EXTENT][READING_HIDDEN];
};
/* How many places a stage reads, and its matrix. */
unsigned reading_places(enum stage stage);
const float *reading_matrix(const struct reading_weights *w, enum stage stage);

struct reading_network {
	const struct reading_weights *w;
	struct product matrix[STAGE_EXTENT];
	void *packed;
};
/* Reads the weights, which must outlive it. -1: out of memory. */
int reading_network_open(struct reading_network *nw, const struct reading_weights *w) MUST_CHECK;
void reading_network_close(struct reading_network *nw);

/* Products of the states read last; what they cost is paid once for all candidates near. */
struct reading_rows;
/* In the arena; NULL when it is full. */
struct reading_rows *reading_rows_make(const struct reading_network *nw, struct arena *a);
float reading_score(struct reading_rows *rows, const struct text *t, enum stage stage,
		    const struct sighting *r);

#endif
