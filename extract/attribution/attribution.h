/* Attributions as found in the text: which words say that somebody says, who, and what. No actors
 * yet: only spans of tokens. */
#ifndef DEMARCHE_EXTRACT_ATTRIBUTION_ATTRIBUTION_H
#define DEMARCHE_EXTRACT_ATTRIBUTION_ATTRIBUTION_H

#include "extract/tables/lexicon.h"
#include "extract/text/text.h"

enum { ATTRIBUTION_PARTS = 16 };

struct attribution {
	struct range source; /* the phrase, with its apposition */
	struct range cue;
	struct range parts[ATTRIBUTION_PARTS]; /* of the content, in rising order */
	size_t n_parts;
	struct range addressee, target;
	uint32_t head;	     /* token of the cue's head */
	uint32_t antecedent; /* last token of the phrase before a relative "who", or TOKEN_NONE */
	uint32_t quote;	     /* 1 + the speech that the cue stands in, 0 outside of speech */
	uint32_t paragraph;
	const struct cue *lemma; /* what data/cues.tsv knows of the cue's head, or NULL */
	enum frame frame;	 /* how the content hangs on the cue */
	float p;		 /* that cue, source and content are right */
	bool is_negated, is_future, is_hypothetical, is_passive;
	bool is_carried;       /* no source of its own: the speaker is that of `carried_from` */
	uint32_t carried_from; /* an earlier relation */
};

/* Is this token of its content? */
static inline bool attribution_holds(const struct attribution *r, uint32_t token)
{
	for (size_t k = 0; k < r->n_parts; k++)
		if (range_holds(r->parts[k], token))
			return true;
	return false;
}

struct attributions {
	struct attribution *v;
	size_t n, cap;
};

/* Joins the loose quotations: parts of one speech under one relation, the others as relations that
 * carry the speaker on. Puts all in the order of the text. 0, or -1 when the arena is full. */
int attributions_join_quotes(const struct text *t, struct arena *a,
			     struct attributions *rs) MUST_CHECK;

#endif
