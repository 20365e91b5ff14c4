/* Rules for the target: whom the cue is directed at, else who is named in the content. */
#include "extract/stance/target.h"

#include "extract/stance/act.h"
#include "extract/syntax/labels.h"

static struct range span_at(const struct entities *es, uint32_t token)
{
	uint32_t m = es->mention_at[token];
	if (m)
		return (struct range){es->mentions[m - 1].first, es->mentions[m - 1].last};
	m = es->reference_at[token];
	return (struct range){es->references[m - 1].first, es->references[m - 1].last};
}

/* A place, or what is only the means or the place of something: "via Twitter", "in Geneva", "the
 * U.S.-Mexican border". */
static bool is_setting(const struct stance_input *in, uint32_t mention)
{
	const struct entities *es = in->es;
	const struct mention *m = &es->mentions[mention];
	return es->v[m->entity].kind == MENTION_PLACE ||
	       (m->first > 1 && text_is(in->t, m->first - 1, "-") &&
		es->mention_at[m->first - 2]) ||
	       (m->outer > 0 &&
		text_is_one_of(in->t, m->outer - 1, "via in at near from during through"));
}

/* Somebody in a stretch of text who is not the speaker; by a name, or by any words. */
static bool take_from(struct stance_input *in, struct range where, bool named)
{
	for (uint32_t i = where.first; range_is(where) && i <= where.last; i++) {
		uint32_t m = in->es->mention_at[i];
		const struct actor *who = stance_actor_at(in, i);
		if ((named && (!m || is_setting(in, m - 1))) || !stance_is_other(in, who))
			continue;
		in->target = span_at(in->es, i);
		in->out->stance.target = who;
		return true;
	}
	return false;
}

/* "the proclamation by the president" */
static bool take_agent(struct stance_input *in, struct range part)
{
	for (uint32_t i = part.first; i < part.last; i++)
		if (text_is(in->t, i, "by") && in->t->tokens[i + 1].tag != TAG_VBG)
			return take_from(in, (struct range){i + 1, part.last}, true);
	return false;
}

/* The subject of the content, who does what it says, else the first one it names. */
static bool take_from_content(struct stance_input *in)
{
	enum { LOOKED_AT = 24 };
	uint32_t subject = in->content.subject;
	if (subject != TOKEN_NONE && stance_is_other(in, stance_actor_at(in, subject)))
		return take_from(in, (struct range){subject, subject}, false);
	for (size_t p = 0; p < in->at->n_parts && p < 2; p++) {
		struct range part = in->at->parts[p];
		if (part.last - part.first > LOOKED_AT)
			part.last = part.first + LOOKED_AT;
		if (take_agent(in, part) || take_from(in, part, true))
			return true;
	}
	return false;
}

/* Whom the act is directed at, else whom the content may be for or against: in a quotation those it
 * names before its addressee ("“I urge Lam to step down,” she told reporters"). */
void target_find(struct stance_input *in)
{
	bool is_quoted = in->out->kind == KIND_DIRECT;
	if (take_from(in, in->at->target, false) || (is_quoted && take_from_content(in)) ||
	    take_from(in, in->at->addressee, false) || is_quoted)
		return;
	take_from_content(in);
}

/* "We urge Russia to", "I thank France": whom the speaker's own verb is done to. */
static bool is_object(const struct stance_input *in)
{
	for (uint32_t i = in->target.first; range_is(in->target) && i <= in->target.last; i++) {
		const struct token *k = &in->t->tokens[i];
		if (k->head == in->content.main &&
		    (k->deprel == DEPREL_OBJ || k->deprel == DEPREL_IOBJ))
			return true;
	}
	return false;
}

static bool lies_in(struct range inner, struct range outer)
{
	return range_is(outer) && inner.first >= outer.first && inner.last <= outer.last;
}

static enum position position_towards(struct stance_input *in)
{
	enum act act = in->out->stance.act;
	enum position p = act_position(act);
	if (p != POSITION_NEUTRAL && !in->at->is_negated && act != ACT_AGREE)
		return p;
	return stance_predict_position(in);
}

/* A target stays that the cue is directed at, who is asked or blamed, or of whom the classifier is
 * sure. */
void target_keep(struct stance_input *in)
{
	struct stance *s = &in->out->stance;
	const struct evaluation *x = &in->content;
	bool is_asserted = s->act != ACT_DENY && s->act != ACT_DECLINE_COMMENT;
	bool is_spoken_to =
		lies_in(in->target, in->at->addressee) || lies_in(in->target, in->at->target);
	bool is_subject = x->subject >= in->target.first && x->subject <= in->target.last;
	bool is_meant = (is_subject && (s->act == ACT_REQUEST || s->act == ACT_ACCUSE)) ||
			(is_object(in) && s->act != ACT_STATE && !in->is_act_of_cue);
	if (!is_asserted || (is_subject && x->is_patient) ||
	    !(is_spoken_to || is_meant || stance_predict_position(in) != POSITION_NEUTRAL))
		s->target = NULL;
	if (s->target)
		s->target_position = position_towards(in);
}
