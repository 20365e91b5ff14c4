/* What is done to a candidate by the words above it (data/effects.tsv). Internal to the features of
 * a view. */
#ifndef DEMARCHE_EXTRACT_STANCE_VIEW_EFFECTS_H
#define DEMARCHE_EXTRACT_STANCE_VIEW_EFFECTS_H

#include "extract/stance/view_words.h"

/* What `up` does to what it governs, as far as its own word `low` tells: a particle, or the
 * preposition of a phrase ("call off", "vote against"). */
enum effect view_effect_with(const struct viewer *v, uint32_t low, uint32_t up);

/* What all words above a candidate say together: each undoing, aversion and negation turns the
 * side (compositional polarity, Moilanen and Pulman 2007). */
struct effects {
	bool is_turned, is_judged;
	enum effect near, outer; /* the lowest; the highest that is no mere deed */
	unsigned undone, kept, steps;
	uint64_t shape;
};

struct effects effects_on(const struct viewer *v, uint32_t i, const struct step *steps, size_t n);

#endif
