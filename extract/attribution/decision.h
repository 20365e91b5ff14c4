/* What was decided about an attribution, between which candidates, and what spoke for the choice.
 * Weights are log odds (natural logarithm): those of a decision add up to its score, those against
 * a rejected candidate to the lead over it. Data only. */
#ifndef DEMARCHE_EXTRACT_ATTRIBUTION_DECISION_H
#define DEMARCHE_EXTRACT_ATTRIBUTION_DECISION_H

#include "base/model.h"

/* One thing that was looked at, in words, and how much it spoke for (+) or against (-). */
struct reason {
	struct str what;
	float weight;
};

struct reasons {
	const struct reason *v; /* the heaviest, by falling weight */
	size_t n;
	float rest; /* all others together */
};

/* A candidate that was not taken. */
struct rejected {
	struct str words; /* of the article, the middle of long ones left out; "" for nobody as the
			     source */
	struct spans spans;
	float lead; /* of the chosen one over it */
	struct reasons reasons;
};

enum { REJECTED_TOLD = 2 };

struct decision {
	struct str words; /* as above */
	struct spans spans;
	size_t n_candidates; /* it was chosen among; 1 where the question was yes or no */
	float score;
	float p; /* among the candidates by their scores, or of yes */
	struct reasons reasons;
	struct rejected rejected[REJECTED_TOLD]; /* the best first */
	size_t n_rejected;
};

/* One after another. */
struct decisions {
	struct decision
		cue; /* does this word tell that somebody says, thinks or wants something? */
	struct decision content, source;
	struct decision whole; /* is all of it right? Without words and spans */
};

#endif
