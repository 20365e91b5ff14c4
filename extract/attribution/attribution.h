/* An attribution as found in the text: which words say that somebody says, who, and what. No actors
 * yet: only ranges of tokens. Data only; one article, one thread. */
#ifndef DEMARCHE_EXTRACT_ATTRIBUTION_ATTRIBUTION_H
#define DEMARCHE_EXTRACT_ATTRIBUTION_ATTRIBUTION_H

#include "extract/tables/lexicon.h"
#include "extract/text/text.h"

enum { ATTRIBUTION_PARTS = 16 };

struct attribution {
	/* Set by rank.c: */
	uint32_t head; /* token of the cue's head */
	struct range cue;
	struct range source; /* the phrase, with its apposition; RANGE_NONE: nobody is named */
	struct range parts[ATTRIBUTION_PARTS]; /* of the content, in rising order; from rank.c two
						  at most, each run of quotations as one */
	size_t n_parts;
	float p;	/* that cue, source and content are right */
	bool is_nested; /* somebody else's, as reported in a speech */
	/* Read off the tree by attributions.c: */
	bool is_negated, is_future, is_hypothetical, is_passive;
	struct range addressee, target;
	uint32_t antecedent; /* last token of the phrase before a relative "who", or TOKEN_NONE */
	uint32_t quote;	     /* 1 + the speech that the cue stands in, 0 outside of speech */
	uint32_t paragraph;
	enum frame frame;	 /* how the content hangs on the cue */
	const struct cue *lemma; /* what data/cues.tsv knows of the cue's head, or NULL */
	bool is_inner;		 /* lies in the content of a likelier one; by nesting.c */
	/* By turns.c: */
	uint32_t turn; /* 1 + the turn that it stands in, or 0 */
	bool is_turn;  /* a sentence that the turn's speaker says: no cue */
	/* By quotation.c: */
	bool is_carried;       /* no source of its own: the speaker is that of `carried_from` */
	uint32_t carried_from; /* the number of an earlier attribution */
};

static inline bool attribution_holds(const struct attribution *at, uint32_t token)
{
	for (size_t k = 0; k < at->n_parts; k++)
		if (range_holds(at->parts[k], token))
			return true;
	return false;
}

struct attributions {
	struct attribution *v;
	size_t n, cap;
};

#endif
