/* Looks at the cue and at what the content begins and ends with. */
#include "extract/stance/asking.h"

#include "extract/tables/tag.h"

static bool is_clause(const struct text *t, uint32_t first)
{
	return text_is_in(t, first, SET_YES_OR_NO) ||
	       (first > 0 && text_is_in(t, first - 1, SET_YES_OR_NO));
}

static bool is_mark(const struct text *t, uint32_t i)
{
	return t->tokens[i].tag == TAG_OPEN || t->tokens[i].tag == TAG_CLOSE;
}

/* "Do we", "Should they", "Is it": the verb stands first. What is asked with a "not" is meant. */
static bool is_quoted(const struct text *t, struct range content)
{
	enum { OPENING = 4 };
	uint32_t first = content.first, last = content.last;
	first += first < last && is_mark(t, first);
	last -= first < last && is_mark(t, last);
	if (!tag_is_finite(t->tokens[first].tag) ||
	    !(text_is(t, last, "?") || (last + 1 < t->n_tokens && text_is(t, last + 1, "?"))))
		return false;
	for (uint32_t i = first; i <= last && i <= first + OPENING; i++)
		if (text_is_in(t, i, SET_NEGATION))
			return false;
	return true;
}

bool asks_yes_or_no(const struct text *t, const struct attribution *at)
{
	return at->n_parts > 0 &&
	       word_sets_has_nocase(t->word_sets, t->lemmas[at->head], SET_ASKING_VERB) &&
	       (is_clause(t, at->parts[0].first) || is_quoted(t, at->parts[0]));
}
