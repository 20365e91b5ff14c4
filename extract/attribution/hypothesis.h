/* Attributions: a cue with its source and its content, ranked by fitted weights. */
#ifndef DEMARCHE_EXTRACT_ATTRIBUTION_HYPOTHESIS_H
#define DEMARCHE_EXTRACT_ATTRIBUTION_HYPOTHESIS_H

#include "extract/attribution/candidates.h"
#include "extract/attribution/cue.h"
#include "extract/attribution/model.h"

struct hypothesis {
	uint32_t head; /* token of the cue's head */
	struct candidate cue, content, source;
	float whole[WHOLE_FEATURES]; /* what the last question looks at */
	float p;		     /* that all of it is right */
	bool is_nested;		     /* what a speech tells of somebody else's saying */
};

struct hypotheses {
	struct hypothesis *v; /* in the order of their cues */
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
void contents_score(const struct context *s, const struct hypothesis *a, struct candidates *c);
void sources_score(const struct context *s, uint32_t cue, const struct candidate *content,
		   struct candidates *c);

/* Log odds that a->head is the head of a cue, at least those of a signature where it is the dash of
 * one; fills `f` and a->is_nested. */
float hypothesis_cue(const struct context *s, struct hypothesis *a, struct features *f);
/* The best content, unless a runner-up with its best source is likelier together; then the rest.
 * a->head is given; no content is found where content.n_parts stays 0. `contents` and `room` are
 * the caller's memory. */
void hypothesis_fill(const struct context *s, struct hypothesis *a, float cue,
		     struct candidates *contents, struct candidates *room);
/* What a place of `whole` looks at, in words; NULL where it is not in use. */
const char *hypothesis_whole_text(unsigned place);

/* All cues that are not hopeless, up to 32 a sentence, each with its best content, source and
 * extent. 0, or -1 when the arena is full or its budget spent, which is asked before each cue. */
int hypotheses_rank(const struct context *s, struct hypotheses *out) MUST_CHECK;
/* Keeps those that are likely enough and not told twice. 0, or -1 when the arena is full. */
int hypotheses_choose(const struct context *s, struct hypotheses *all) MUST_CHECK;

#endif
