/* Attributions: a cue with its source and its content, ranked by fitted weights. */
#ifndef DEMARCHE_EXTRACT_ATTRIBUTION_HYPOTHESIS_H
#define DEMARCHE_EXTRACT_ATTRIBUTION_HYPOTHESIS_H

#include "extract/attribution/candidates.h"
#include "extract/attribution/cue.h"
#include "extract/attribution/model.h"

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

/* How many of the contents that score best are tried with their sources. */
enum { CONTENTS_TRIED = 3 };

/* The candidate that scores best, how far ahead of the second it is (5 at most), its log
 * probability among all. */
struct choice {
	size_t best;
	float lead, log_p;
};
struct choice candidates_choose(const struct candidates *c);
void contents_score(const struct scene *s, const struct attribution *a, struct candidates *c);
void sources_score(const struct scene *s, uint32_t cue, const struct candidate *content,
		   struct candidates *c);

/* Log odds that a->head is the head of a cue, at least those of a signature where it is the dash of
 * one; fills `f` and a->is_nested. */
float attribution_cue(const struct scene *s, struct attribution *a, struct features *f);
/* The best content, unless a runner-up with its best source is likelier together; then the rest.
 * a->head is given; no content is found where content.n_parts stays 0. `contents` and `room` are
 * the caller's memory. */
void attribution_fill(const struct scene *s, struct attribution *a, float cue,
		      struct candidates *contents, struct candidates *room);
/* What a place of `whole` looks at, in words; NULL where it is not in use. */
const char *attribution_whole_text(unsigned place);

/* All cues that are not hopeless, up to 32 a sentence, each with its best content, source and
 * extent. 0, or -1 when the arena is full or its budget spent, which is asked before each cue. */
int attributions_rank(const struct scene *s, struct attributions *out) MUST_CHECK;
/* Keeps those that are likely enough and not told twice. 0, or -1 when the arena is full. */
int attributions_choose(const struct scene *s, struct attributions *all) MUST_CHECK;

#endif
