/* Candidate spans of one cue: where its content and its source may stand, and what speaks for each.
 */
#ifndef DEMARCHE_EXTRACT_ATTRIBUTION_CANDIDATES_H
#define DEMARCHE_EXTRACT_ATTRIBUTION_CANDIDATES_H

#include "extract/attribution/attribution.h"
#include "extract/attribution/context.h"

enum { SPAN_PARTS = 2, CONTENTS_MAX = 400, SOURCES_MAX = 120, EXTENTS_MAX = 60 };

/* A content in one or two parts, a source, or a cue. */
struct candidate {
	struct range part[SPAN_PARTS];
	uint8_t n_parts;   /* 0: none, "he did not say" has no source */
	uint8_t generator; /* how it was found: a number of the generator */
	float score;
};

struct candidates {
	size_t n;
	struct candidate v[CONTENTS_MAX];
};

/* Each fills `out` with the candidates of a cue whose head is this token. */
void contents_of(const struct context *ctx, uint32_t cue, struct candidates *out);
void sources_of(const struct context *ctx, uint32_t cue, struct candidates *out);
void extents_of(const struct context *ctx, uint32_t cue, const struct candidate *content,
		struct candidates *out);

/* Features of STAGE_CONTENT, STAGE_SOURCE (which sees the content), STAGE_EXTENT (the cue's own
 * span). */
void content_features(const struct context *ctx, uint32_t cue, const struct candidate *c,
		      struct features *out);
void source_features(const struct context *ctx, uint32_t cue, const struct candidate *content,
		     const struct candidate *c, struct features *out);
void extent_features(const struct context *ctx, uint32_t cue, const struct candidate *content,
		     const struct candidate *source, const struct candidate *c,
		     struct features *out);

static inline bool candidate_holds(const struct candidate *c, uint32_t token)
{
	for (unsigned k = 0; k < c->n_parts; k++)
		if (token >= c->part[k].first && token <= c->part[k].last)
			return true;
	return false;
}

#endif
