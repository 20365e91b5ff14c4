/* What the steps of the stance ask of a statement. */
#include "extract/stance/stance_input.h"

/* Of how a target is spoken of, the classifier is followed above this probability. */
static const float TOWARDS_SURE = 0.7f;

void stance_begin(struct stance_input *in)
{
	const struct attribution *at = in->at;
	if (range_is(at->cue) && !at->is_carried && !text_is(in->t, at->head, "according"))
		in->cue = in->t->lemmas[at->head];
	evaluation_of_content(in->cl, in->es, at, in->out, &in->content);
}

const struct actor *stance_actor_at(const struct stance_input *in, uint32_t token)
{
	return evaluation_actor_at(in->es, token);
}

static bool is_in_source(const struct stance_input *in, const struct actor *who)
{
	struct range source = in->at->source;
	for (uint32_t i = source.first; range_is(source) && i <= source.last; i++)
		if (stance_actor_at(in, i) == who)
			return true;
	return false;
}

bool stance_is_other(const struct stance_input *in, const struct actor *who)
{
	const struct actor *speaker = in->out->speaker;
	return who && who != speaker &&
	       !(speaker && speaker->country.n && str_eq(speaker->country, who->id)) &&
	       !is_in_source(in, who);
}

/* The sentence of a token, with that of the source where both are short enough together for the
 * features. */
static struct sentence sentence_of(struct stance_input *in, uint32_t token)
{
	const struct text *t = in->t;
	struct sentence s = t->sentences[text_sentence(t, token)];
	if (!range_is(in->at->source))
		return s;
	const struct sentence *other = &t->sentences[text_sentence(t, in->at->source.first)];
	uint32_t first = other->first < s.first ? other->first : s.first,
		 end = other->end > s.end ? other->end : s.end;
	in->has_source = end - first <= FEATURE_TOKENS;
	return in->has_source ? (struct sentence){first, end} : s;
}

const struct prediction *stance_predict(struct stance_input *in)
{
	const struct attribution *at = in->at;
	uint32_t token = range_is(in->target) ? in->target.first
			 : at->n_parts	      ? at->parts[0].first
					      : at->head;
	if (!in->is_predicted) {
		struct sentence s = sentence_of(in, token);
		in->is_predicted = true;
		if (in->has_source || range_is(in->target))
			classifier_predict(in->cl, in->t, s,
					   in->has_source ? at->source : RANGE_NONE, in->target,
					   &in->prediction);
	}
	return (in->has_source || range_is(in->target)) ? &in->prediction : NULL;
}

enum position stance_predict_position(struct stance_input *in)
{
	const struct prediction *p = range_is(in->target) ? stance_predict(in) : NULL;
	if (!p)
		return POSITION_NEUTRAL;
	if (in->has_source) {
		enum stance_class class = classifier_stance(p);
		return class == STANCE_AGAINST ? POSITION_OPPOSE
		       : class == STANCE_FOR   ? POSITION_SUPPORT
					       : POSITION_NEUTRAL;
	}
	return p->towards[TOWARDS_BAD - STANCE_CLASSES] > TOWARDS_SURE	  ? POSITION_OPPOSE
	       : p->towards[TOWARDS_GOOD - STANCE_CLASSES] > TOWARDS_SURE ? POSITION_SUPPORT
									  : POSITION_NEUTRAL;
}
