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
	float around;	/* of its log odds, what the trees of evidence.h give */
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

/* Does one's content hold the other as a whole, with its cue? */
static inline bool attribution_holds_all(const struct attribution *outer,
					 const struct attribution *at)
{
	bool holds = attribution_holds(outer, at->head);
	for (size_t k = 0; k < at->n_parts; k++)
		holds = holds && attribution_holds(outer, at->parts[k].first) &&
			attribution_holds(outer, at->parts[k].last);
	return holds;
}

/* Tokens that two contents share, over the tokens of both. */
static inline float ranges_overlap(const struct range *a, size_t n_a, const struct range *b,
				   size_t n_b)
{
	uint32_t both = 0, all = 0;
	for (size_t i = 0; i < n_a; i++)
		all += a[i].last - a[i].first + 1;
	for (size_t k = 0; k < n_b; k++) {
		all += b[k].last - b[k].first + 1;
		for (size_t i = 0; i < n_a; i++) {
			uint32_t first = a[i].first > b[k].first ? a[i].first : b[k].first,
				 last = a[i].last < b[k].last ? a[i].last : b[k].last;
			both += first <= last ? last - first + 1 : 0;
		}
	}
	return (float)both / (float)(all - both);
}
static inline float attribution_overlap(const struct attribution *a, const struct attribution *b)
{
	return ranges_overlap(a->parts, a->n_parts, b->parts, b->n_parts);
}

struct attributions {
	struct attribution *v;
	size_t n, cap;
};

#endif
