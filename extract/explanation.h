/* Why the engine found a statement: what was decided one after another, between which candidates,
 * and what spoke for the choice. Weights are log odds (natural logarithm): those of a decision add
 * up to its score, those against a rejected candidate to the lead over it. Data only; all of it
 * lives in the arena that it was made in or in the engine. */
#ifndef DEMARCHE_EXTRACT_EXPLANATION_H
#define DEMARCHE_EXTRACT_EXPLANATION_H

#include "extract/attribution/decision.h"

struct explanation {
	const struct statement *statement;
	size_t number; /* of the statement in the article, from 1 on */
	/* A quotation without a cue of its own goes on with what somebody said before: nothing
	 * below is set but `carried_number`, 0 where that has become no statement of its own. */
	bool is_carried;
	size_t carried_number;
	bool is_turn; /* a sentence of a turn, whose label names the speaker: nothing below is set
		       */
	struct str complement; /* how the content hangs on the cue */
	struct decisions by;
	bool is_as_asked; /* has the very cue and content that were asked for */
	bool is_extended; /* the statement's content is more or less than the chosen one: quotations
			     were joined to it */
};

struct explanations {
	const struct explanation *v; /* in the order of the text */
	size_t n;
};

struct analysis;
struct attribution_model;

/* Explains the statements of an analysis, or the nearest one to `only` (NULL: all) if the contents
 * of any overlap with it. 0, or -1 when the arena is full. */
int explanations_make(const struct attribution_model *m, const struct analysis *an,
		      const struct extraction *found, const struct statement *only, struct arena *a,
		      struct explanations *out) MUST_CHECK;

#endif
