/* Phrases of a segment, found by tags: noun groups to the left and right, verb groups, expressions of time.
 * Positions are items of the segment's text; "none" is PHRASE_NONE. All walks are bounded: no phrase is longer than
 * PHRASE_REACH. */
#ifndef DEMARCHE_EXTRACT_PHRASE_H
#define DEMARCHE_EXTRACT_PHRASE_H

#include "extract/lexicon.h"

enum { PHRASE_REACH = 60 };
#define PHRASE_NONE UINT32_MAX

/* Where phrases are sought. */
struct view {
	const struct text *t;
	const struct lexicon *lx;
	uint32_t first, end; /* items */
	uint32_t stop;	     /* item after the last one that is no full stop or dash: content goes no further */
};

struct verb_group {
	uint32_t first, head; /* items: "has also" ... "said" */
	bool is_finite, is_infinitive, is_passive, is_negated, is_future, is_hypothetical;
};

struct view view_of(const struct text *t, const struct lexicon *lx, uint32_t segment);

static inline const struct item *view_item(const struct view *v, uint32_t i)
{
	return &v->t->items[i];
}
static inline bool view_is_quote(const struct view *v, uint32_t i)
{
	return i >= v->first && i < v->end && v->t->items[i].is_quote;
}
/* The tag of item i; TAG_COUNT outside of the view. */
unsigned view_tag(const struct view *v, uint32_t i);
/* Is item i a single token that reads so? */
bool view_is(const struct view *v, uint32_t i, const char *words);
const struct cue_form *view_cue(const struct view *v, uint32_t i);

bool tag_is_verb(unsigned tag);
bool tag_is_noun(unsigned tag); /* also pronouns' tags that can head a phrase */

struct verb_group phrase_verb(const struct view *v, uint32_t head);
/* The finite verb group whose first item is `i`: its head, or PHRASE_NONE. */
uint32_t phrase_finite_at(const struct view *v, uint32_t i);

/* First item of the noun phrase that ends at `last`; PHRASE_NONE where none does. */
uint32_t phrase_noun_left(const struct view *v, uint32_t last);
/* Item after the noun phrase that starts at `i`; `i` itself where none does. With_prepositions: "the minister of defense". */
uint32_t phrase_noun_right(const struct view *v, uint32_t i, bool with_prepositions);
/* Item after an expression of time or occasion at `i` ("on Friday", "Tuesday", "in a statement"); `i` where there is none. */
uint32_t phrase_adjunct_right(const struct view *v, uint32_t i);
bool phrase_is_time_word(const struct view *v, uint32_t i);

#endif
