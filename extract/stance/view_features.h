/* The hashed features of a view, and what they ask of its words. Internal to position_view. */
#ifndef DEMARCHE_EXTRACT_STANCE_VIEW_FEATURES_H
#define DEMARCHE_EXTRACT_STANCE_VIEW_FEATURES_H

#include "extract/stance/view.h"

/* A view that is being made. Tokens are those of the article. */
struct viewer {
	const struct view_scene *scene;
	const struct text *t;
	const struct forest *f;
	const struct attribution *at;
	const struct issue_hit *hits;
	size_t n_hits;
	const struct stance_facts *facts;
	struct position_view *out;
	uint32_t top, cue;	    /* or TOKEN_NONE */
	uint64_t word[VIEW_TOKENS]; /* lemma, of a name its kind */
	int8_t act[VIEW_TOKENS];    /* or -1 */
};

static inline bool viewer_sees(const struct viewer *v, uint32_t i)
{
	return i >= v->out->first && i < v->out->first + v->out->n;
}

/* What `up` does to what it governs, as far as its own word `low` tells: a particle, or the
 * preposition of a phrase ("call off", "vote against"). */
enum effect view_effect_with(const struct viewer *v, uint32_t low, uint32_t up);

/* The features of the whole, and of candidate number `rank`. */
void view_features_of_whole(const struct viewer *v);
void view_features_of_candidate(const struct viewer *v, size_t rank);

#endif
