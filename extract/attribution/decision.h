/* What was decided about an attribution, between which candidates, and what spoke for each choice.
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
	struct str words; /* of the article, without the middle of long ones; "": nobody */
	struct spans spans;
	float lead; /* of the chosen one over it */
	struct reasons reasons;
};

enum { REJECTED_MAX = 2 };

struct decision {
	struct str words; /* as above */
	struct spans spans;
	size_t n_candidates; /* it was chosen among; 1 where the question was yes or no */
	float score;
	float p; /* among the candidates by their scores, or of yes */
	struct reasons reasons;
	struct rejected rejected[REJECTED_MAX]; /* the best first */
	size_t n_rejected;
};

/* One after another. */
struct decisions {
	struct decision cue; /* does somebody say, think or want something by this word? */
	struct decision content, source;
	struct decision whole; /* is all of it right? Without words and spans */
};

#endif
