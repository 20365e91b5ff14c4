/* One article on its way through the steps: what each of them has found. Lives in the article's
 * arena; one thread. */
#ifndef DEMARCHE_EXTRACT_ANALYSIS_H
#define DEMARCHE_EXTRACT_ANALYSIS_H

#include "extract/attribution/attribution.h"
#include "extract/entity/resolution.h"
#include "extract/stance/confidence.h"
#include "extract/syntax/forest.h"
#include "extract/time/time.h"

struct engine;

struct analysis {
	day_t published;  /* or DAY_NONE */
	struct str title; /* of the article, or "" */
	struct text text;
	struct forest forest;
	struct entities entities;
	struct attributions attributions;
	struct referent *speakers; /* of the text's turns */
	struct time_list times;
	uint32_t *made_of; /* by statement, once these are made: the number of its attribution, in
			      rising order; an attribution gives none, one or two */
	struct stance_facts *facts; /* by statement: how its stance was found */
};

/* What a statement was made of, by its place in the extraction. */
static inline const struct attribution *analysis_made_of(const struct analysis *an,
							 size_t statement)
{
	return &an->attributions.v[an->made_of[statement]];
}

/* All steps up to coreference, for the engine's own entries and for the programs that fit and
 * measure. The article's language is not looked at. Errors as engine_extract, a budget that gave
 * out among them. */
int engine_analyze(const struct engine *en, const struct article *article, struct arena *a,
		   struct analysis *out, struct err *e) MUST_CHECK;
/* The same with other actors than the engine's own. */
int engine_analyze_on(const struct engine *en, const struct gazetteer *actors,
		      const struct article *article, struct arena *a, struct analysis *out,
		      struct err *e) MUST_CHECK;

/* The end of a step: nothing that was made under a budget that gave out is whole, whoever found out
 * first. `rc`: 0, or -1 when the arena was full. 0, or -1 with *e set. */
int analysis_end(const struct arena *a, int rc, struct err *e) MUST_CHECK;

#endif
