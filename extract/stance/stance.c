/* The stance of a statement, step by step: content, target, act, position. The cue speaks first,
 * then the content, then the fitted classifier. */
#include "extract/stance/stance.h"

#include <string.h>

#include "extract/stance/act.h"
#include "extract/stance/position.h"
#include "extract/stance/target.h"

static int set_spans(struct arena *a, const struct text *t, struct range r, struct spans *out)
{
	struct span *s = arena_alloc(a, sizeof *s);
	if (!s)
		return -1;
	*s = text_span(t, r.first, r.last);
	*out = (struct spans){s, 1};
	return 0;
}

/* The words that decided: the cue where it did, else the weightiest of the content. */
static int set_evidence(struct stance_input *in)
{
	const struct evaluation *x = &in->content;
	bool by_cue = in->is_act_of_cue || position_of_cue(in) != POSITION_NEUTRAL;
	struct range r = by_cue && range_is(in->at->cue) ? in->at->cue
			 : range_is(x->evident)		 ? x->evident
			 : in->out->stance.act != ACT_STATE && x->main != TOKEN_NONE
				 ? (struct range){x->main, x->main}
				 : RANGE_NONE;
	return range_is(r) ? set_spans(in->a, in->t, r, &in->out->stance.evidence) : 0;
}

/* What the confidence goes by. The classifier is not asked again: where it was not needed, it adds
 * next to nothing to the confidence. */
static void set_facts(struct stance_input *in)
{
	struct stance_facts *x = &in->facts;
	x->act = in->out->stance.act;
	memcpy(x->acts, in->acts, sizeof x->acts);
	x->is_act_settled =
		act_settled(in) >= 0 || (in->rule_act != ACT_STATE && x->act == in->rule_act);
	x->position = in->out->stance.position;
	x->good = in->content.good;
	x->bad = in->content.bad;
	x->is_classified = in->is_predicted && in->has_source;
	x->share = in->acts[x->act];
	if (x->is_classified)
		x->valence = in->prediction.towards[TOWARDS_GOOD - STANCE_CLASSES] -
			     in->prediction.towards[TOWARDS_BAD - STANCE_CLASSES];
	for (size_t i = 0; i < in->at->n_parts; i++)
		x->tokens += in->at->parts[i].last - in->at->parts[i].first + 1;
}

/* "if China says": what is reported is not reported as done. */
static bool is_condition(const struct text *t, uint32_t token)
{
	enum { REACH = 16 };
	for (uint32_t i = token > REACH ? token - REACH : 0; i < token; i++)
		if (t->tokens[i].head == token && text_is_one_of(t, i, "if unless whether"))
			return true;
	return false;
}

/* What is not said is told as it is: "would not say whether". */
static enum modality modality_of(const struct stance_input *in)
{
	const struct attribution *at = in->at;
	bool is_told = in->is_unsaid || in->out->stance.act == ACT_DECLINE_COMMENT;
	return at->is_future ? MODALITY_FUTURE
	       : is_told     ? MODALITY_ACTUAL
	       : at->is_hypothetical || (in->cue.n && is_condition(in->t, at->head))
		       ? MODALITY_HYPOTHETICAL
		       : MODALITY_ACTUAL;
}

static enum polarity polarity_of(const struct stance_input *in)
{
	enum act act = in->out->stance.act;
	return act == ACT_DENY || (in->is_unsaid && act != ACT_DECLINE_COMMENT) ? POLARITY_DENIED
										: POLARITY_AFFIRMED;
}

static int find(struct stance_input *in)
{
	struct statement *out = in->out;
	struct choice_input x;
	act_describe(in, &x);
	/* By the rules' own act: the fitted choice has seen what the reader of positions is fitted
	 * on. */
	out->stance.act = in->rule_act;
	out->stance.position = position_find(in);
	act_choose(&classifier_choices(in->cl)->act, &x, in);
	target_choose(&classifier_choices(in->cl)->target, &x, in);
	out->stance.intensity = position_strength(in);
	set_facts(in);
	out->polarity = polarity_of(in);
	out->modality = modality_of(in);
	if (out->stance.target && set_spans(in->a, in->t, in->target, &out->spans.target) < 0)
		return -1;
	return set_evidence(in);
}

int stance_find(const struct classifier *cl, const struct entities *es,
		const struct attribution *at, struct statement *out, struct arena *a,
		struct stance_facts *facts)
{
	struct stance_input in = {
		.cl = cl, .es = es, .t = es->t, .at = at, .out = out, .a = a, .target = RANGE_NONE};
	int rc = find(&in);
	out->stance.confidence = classifier_confidence(cl, &in.facts);
	*facts = in.facts;
	return rc;
}
