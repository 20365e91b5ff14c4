/* Candidate spans of one cue: where its content, its source and the cue itself may stand. */
#ifndef DEMARCHE_EXTRACT_ATTRIBUTION_CANDIDATES_H
#define DEMARCHE_EXTRACT_ATTRIBUTION_CANDIDATES_H

#include "extract/text/text.h"

enum { SPAN_PARTS = 2, CONTENTS_MAX = 400, SOURCES_MAX = 120, EXTENTS_MAX = 60 };

/* How a content was found. */
enum {
	GENERATOR_RIGHT,   /* behind the cue */
	GENERATOR_LEFT,	   /* before it */
	GENERATOR_QUOTE,   /* whole quotations */
	GENERATOR_AROUND,  /* the sentence without the clause of the cue */
	GENERATOR_RAISED,  /* the subject and what follows the cue: "Lee is said to be ill" */
	GENERATOR_SUBJECT, /* the subject alone */
	GENERATOR_HEAD	   /* the phrase that the cue belongs to */
};

/* A content in one or two parts, a source, or a cue. */
struct candidate {
	struct range part[SPAN_PARTS];
	uint8_t n_parts;   /* 0: none, "he did not say" has no source */
	uint8_t generator; /* GENERATOR_..., or a number of source.c */
	float score;
};

struct candidates {
	size_t n;
	struct candidate v[CONTENTS_MAX];
};

static inline bool candidate_holds(const struct candidate *c, uint32_t token)
{
	for (unsigned k = 0; k < c->n_parts; k++)
		if (token >= c->part[k].first && token <= c->part[k].last)
			return true;
	return false;
}

#endif
