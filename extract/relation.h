/* Attributions as found in the text: which words say that somebody says, who, and what. No actors yet: only spans of tokens. */
#ifndef DEMARCHE_EXTRACT_RELATION_H
#define DEMARCHE_EXTRACT_RELATION_H

#include "extract/phrase.h"

/* Tokens, inclusive; absent where first > last. */
struct range {
	uint32_t first, last;
};
#define RANGE_NONE ((struct range){1, 0})

enum { RELATION_PARTS = 16 };

struct relation {
	struct range source; /* the phrase, with its apposition */
	struct range cue;
	struct range parts[RELATION_PARTS]; /* of the content, in rising order */
	size_t n_parts;
	struct range addressee, target, time;
	uint32_t head;	     /* token of the cue's head */
	uint32_t antecedent; /* last token of the phrase before a relative "who", or PHRASE_NONE */
	uint32_t segment, paragraph;
	const struct cue *lemma; /* NULL for "according to" and for quotations without a cue */
	enum frame frame;
	uint8_t prior; /* tenths */
	bool is_according, is_negated, is_future, is_hypothetical, is_passive;
	bool is_carried;       /* no source of its own: the speaker is that of `carried_from` */
	uint32_t carried_from; /* an earlier relation */
	bool is_parenthetical; /* a second content around the cue */
};

struct relations {
	struct relation *v;
	size_t n, cap;
};

static inline bool range_is(struct range r)
{
	return r.first <= r.last;
}

/* All attributions in the order of their cues. 0, or -1 when the arena is full. */
int relations_find(const struct text *t, const struct lexicon *lx, struct arena *a, struct relations *out) MUST_CHECK;
/* Joins the loose quotations: parts of one speech under one relation, the others as relations that carry the speaker on. */
int relations_join_quotes(const struct text *t, struct arena *a, struct relations *rs) MUST_CHECK;

#endif
