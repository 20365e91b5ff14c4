/* Looks at the cue, its subject, and what the cue governs. */
#include "extract/stance/unsaid.h"

#include "extract/syntax/labels.h"

/* "refused to condemn", "stopped short of calling": the cue takes the verb in, or the content
 * begins with it. */
static uint32_t governed_verb(const struct stance_input *in)
{
	enum { REACH = 5 };
	const struct attribution *at = in->at;
	for (uint32_t i = at->head + 1; i < in->t->n_tokens && i <= at->head + REACH; i++) {
		if (!tag_is_verb(in->t->tokens[i].tag))
			continue;
		return i;
	}
	return TOKEN_NONE;
}

static bool is_withholding(const struct stance_input *in, uint32_t token)
{
	return word_sets_has_nocase(in->t->word_sets, in->t->lemmas[token], SET_WITHHOLDING_VERB);
}

/* "avoided condemning": the cue hangs on the verb that withholds it, and is no clause beside that
 * one ("declined, condemning the law"). */
static bool is_withheld(const struct stance_input *in)
{
	const struct token *cue = &in->t->tokens[in->at->head];
	return cue->deprel == DEPREL_XCOMP && is_withholding(in, cue->head);
}

/* "stopped short of endorsing", "refrained from openly praising": neither done nor rejected,
 * whatever it is. The cue is either verb. */
static bool is_kept_back(const struct stance_input *in)
{
	enum { ADVERBS = 2 };
	uint32_t cue = in->at->head, above = in->t->tokens[cue].head, i = cue + 1;
	if (is_withholding(in, cue))
		return text_is_one_of(in->t, i + text_is_one_of(in->t, i, "short away"), "of from");
	for (i = cue; i > 0 && cue - i < ADVERBS && in->t->tokens[i - 1].tag == TAG_RB;)
		i--;
	return i > 0 && text_is_one_of(in->t, i - 1, "of from") &&
	       (is_withholding(in, above) || is_withholding(in, in->t->tokens[above].head));
}

static bool is_of_speech(const struct stance_input *in, uint32_t token)
{
	return token != TOKEN_NONE &&
	       word_sets_has_nocase(in->t->word_sets, in->t->lemmas[token], SET_SPEECH_VERB);
}

/* "no official", "nobody", "none of them", "neither side". */
static bool is_nobody(const struct stance_input *in)
{
	struct range source = in->at->source;
	return range_is(source) && text_is_in(in->t, source.first, SET_NOBODY);
}

bool unsaid_find(const struct stance_input *in)
{
	if (!in->cue.n || !range_is(in->at->cue))
		return false;
	if (is_nobody(in) || is_kept_back(in))
		return true;
	if (in->at->is_negated)
		return is_of_speech(in, in->at->head);
	if (is_withheld(in))
		return is_of_speech(in, in->at->head);
	return is_withholding(in, in->at->head) && is_of_speech(in, governed_verb(in));
}
