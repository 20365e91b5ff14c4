/* Attributions: a cue with its source and its content, ranked by fitted weights. */
#ifndef DEMARCHE_EXTRACT_ATTRIBUTION_ATTRIBUTION_H
#define DEMARCHE_EXTRACT_ATTRIBUTION_ATTRIBUTION_H

#include "extract/attribution/cue.h"
#include "extract/attribution/model.h"
#include "extract/attribution/span.h"

struct attribution {
	uint32_t head; /* token of the cue's head */
	struct candidate cue, content, source;
	float whole[WHOLE_FEATURES]; /* what the last question looks at */
	float p;		     /* that all of it is right */
	bool is_nested;		     /* what a speech tells of somebody else's saying */
};

struct attributions {
	struct attribution *v; /* in the order of their cues */
	size_t n, cap;
};

/* All cues that are not hopeless, each with its best content, source and extent. 0, or -1 when the arena is full. */
int attributions_rank(const struct scene *s, struct attributions *out) MUST_CHECK;
/* Keeps those that are likely enough and not told twice. 0, or -1 when the arena is full. */
int attributions_choose(const struct scene *s, struct attributions *all) MUST_CHECK;

#endif
