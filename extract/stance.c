/* Acts and positions by the cue and by words of the content. Words of evaluation are counted; the cue's own say outweighs them.
 */
#include "extract/stance.h"

#include "extract/lexicon.h"

static int count_words(const struct cast *c, const struct relation *r, unsigned tone, struct range *first)
{
	const struct text *t = c->t;
	int n = 0;
	for (size_t p = 0; p < r->n_parts; p++)
		for (uint32_t i = r->parts[p].first; i <= r->parts[p].last; i++)
			if ((t->tokens[i].flags & TOK_WORD) && (lexicon_tone(c->lx, t->tokens[i].key) & tone)) {
				bool negated = i > 0 && text_is_one_of(t, i - 1, "not n't n’t never no without");
				n += negated ? -1 : 1;
				if (!range_is(*first))
					*first = (struct range){i, i};
			}
	return n;
}

static enum position position_of_words(int good, int bad)
{
	if (good > 0 && bad > 0)
		return good >= 2 * bad + 1 ? POSITION_SUPPORT : bad >= 2 * good + 1 ? POSITION_OPPOSE : POSITION_MIXED;
	return good > 0 ? POSITION_SUPPORT : bad > 0 ? POSITION_OPPOSE : POSITION_NEUTRAL;
}

static int set_evidence(const struct text *t, struct range r, struct statement *out, struct arena *a)
{
	if (!range_is(r))
		return 0;
	struct span *s = arena_alloc(a, sizeof *s);
	if (!s)
		return -1;
	*s = (struct span){t->tokens[r.first].point, t->tokens[r.last].point_end};
	out->stance.evidence = (struct spans){s, 1};
	return 0;
}

static bool is_refusal(enum act act)
{
	return act == ACT_DENY || act == ACT_DECLINE_COMMENT;
}

/* Cues that ask for something in some frames only: a question is no request, nor is giving a name. */
static enum act act_of(const struct text *t, const struct relation *r)
{
	if (!r->lemma)
		return ACT_STATE;
	bool asks = str_eq(r->lemma->lemma, STR("ask")), calls = str_eq(r->lemma->lemma, STR("call"));
	if ((asks || calls) && r->lemma->class == CUE_VERB &&
	    (r->frame == FRAME_QUOTE || r->frame == FRAME_WH || r->frame == FRAME_CLAUSE || (calls && r->frame == FRAME_NOUN)))
		return ACT_STATE;
	bool declines = str_eq(r->lemma->lemma, STR("decline")) || str_eq(r->lemma->lemma, STR("refuse"));
	if (declines && r->n_parts > 0 && r->parts[0].first < r->parts[0].last &&
	    text_is_one_of(t, r->parts[0].first + 1,
			   "comment discuss answer elaborate say specify respond disclose confirm identify"))
		return ACT_DECLINE_COMMENT;
	return r->lemma->act;
}

int stance_find(const struct cast *c, const struct relation *r, struct statement *out, struct arena *a)
{
	const struct text *t = c->t;
	struct range first = RANGE_NONE, evidence = RANGE_NONE;
	int good = count_words(c, r, TONE_GOOD, &first), bad = count_words(c, r, TONE_BAD, &first);
	struct stance *s = &out->stance;
	s->act = act_of(t, r);
	s->position = r->lemma && !is_refusal(s->act) ? r->lemma->position : POSITION_NEUTRAL;
	if (s->act != ACT_STATE || s->position != POSITION_NEUTRAL)
		evidence = r->cue;
	if (r->is_negated && s->position != POSITION_NEUTRAL)
		s->position = s->position == POSITION_SUPPORT ? POSITION_OPPOSE : POSITION_SUPPORT;
	if (s->position == POSITION_NEUTRAL && !is_refusal(s->act)) {
		s->position = position_of_words(good, bad);
		if (s->position != POSITION_NEUTRAL && !range_is(evidence))
			evidence = first;
	}
	struct range word = RANGE_NONE;
	if (s->act == ACT_STATE && out->kind != KIND_INDIRECT && count_words(c, r, TONE_ACCUSE, &word) > 0)
		s->act = ACT_ACCUSE;
	else if (s->act == ACT_STATE && count_words(c, r, TONE_DEMAND, &word) > 0)
		s->act = ACT_REQUEST;
	if (!range_is(evidence))
		evidence = word;
	out->polarity = s->act == ACT_DENY ? POLARITY_DENIED : POLARITY_AFFIRMED;
	out->modality = r->is_future ? MODALITY_FUTURE : r->is_hypothetical ? MODALITY_HYPOTHETICAL : MODALITY_ACTUAL;
	s->intensity = s->position == POSITION_SUPPORT ? 0.5f : s->position == POSITION_OPPOSE ? -0.5f : 0;
	struct range where = RANGE_NONE, target = range_is(r->target) ? r->target : r->addressee;
	s->target = cast_named(c, target, &where);
	if (s->target == out->speaker)
		s->target = NULL;
	if (s->target) {
		struct span *span = arena_alloc(a, sizeof *span);
		if (!span)
			return -1;
		*span = (struct span){t->tokens[target.first].point, t->tokens[target.last].point_end};
		out->spans.target = (struct spans){span, 1};
	}
	return set_evidence(t, evidence, out, a);
}
