/* Rules for the acts of cues and contents. */
#include "extract/stance/act.h"

#include <string.h>

#include "extract/stance/statement_features.h"
#include "extract/stance/unsaid.h"
#include "extract/syntax/labels.h"
#include "extract/syntax/matrix.h"

/* The act, and the rule that decided it. */
static int act_by(struct stance_input *in, enum act_rule rule, enum act act)
{
	in->facts.act_rule = rule;
	return (int)act;
}

enum position act_position(enum act act)
{
	static const enum position positions[ACT_COUNT] = {
		[ACT_AGREE] = POSITION_SUPPORT,	    [ACT_SUPPORT] = POSITION_SUPPORT,
		[ACT_COOPERATE] = POSITION_SUPPORT, [ACT_AID] = POSITION_SUPPORT,
		[ACT_ACCUSE] = POSITION_OPPOSE,	    [ACT_REJECT] = POSITION_OPPOSE,
		[ACT_THREATEN] = POSITION_OPPOSE,   [ACT_PROTEST] = POSITION_OPPOSE,
		[ACT_SANCTION] = POSITION_OPPOSE,   [ACT_COERCE] = POSITION_OPPOSE,
		[ACT_ASSAULT] = POSITION_OPPOSE,
	};
	return positions[act];
}

/* "did not agree", "refused to support". */
static enum act negated(enum act act)
{
	enum position p = act_position(act);
	return p == POSITION_SUPPORT || act == ACT_YIELD || act == ACT_CONSULT ? ACT_REJECT
									       : ACT_STATE;
}

/* --- of the cue ------------------------------------------------------------------------------- */

/* In the first words of the content, or in what the cue takes in of them ("refused to discuss"). */
static bool has_word(const struct stance_input *in, enum word_set set)
{
	enum { REACH = 4 };
	const struct attribution *at = in->at;
	for (uint32_t i = at->head + 1; range_is(at->cue) && i <= at->cue.last; i++)
		if (text_is_in(in->t, i, set))
			return true;
	if (at->n_parts == 0)
		return false;
	struct range part = at->parts[0];
	for (uint32_t i = part.first; i <= part.last && i < part.first + REACH; i++)
		if (text_is_in(in->t, i, set))
			return true;
	return false;
}

/* "denied the request", "denied a visa": what is asked for or given is not granted. */
static bool is_withheld(const struct stance_input *in)
{
	uint32_t main = in->content.main;
	if (!str_is_one_of(in->cue, "deny") || in->at->frame != FRAME_NOUN || main == TOKEN_NONE ||
	    tag_is_verb(in->t->tokens[main].tag))
		return false;
	int act = classifier_act_word(in->cl, in->t, main);
	return act == ACT_REQUEST || act == ACT_YIELD || act == ACT_AID;
}

/* "declined to comment", "did not immediately respond". */
static bool is_comment_declined(const struct stance_input *in)
{
	bool refuses = str_is_one_of(in->cue, "decline refuse") ||
		       (in->at->is_negated && str_is_one_of(in->cue, "want wish"));
	bool is_will = in->at->is_negated && in->at->head > 1 &&
		       (text_is_one_of(in->t, in->at->head - 1, "not n't n’t")) &&
		       text_is_one_of(in->t, in->at->head - 2, "would wo");
	return (refuses && has_word(in, SET_COMMENT_VERB)) ||
	       (is_will &&
		str_is_one_of(in->cue, "say comment confirm disclose specify discuss")) ||
	       (in->at->is_negated && str_is_one_of(in->cue, "comment respond elaborate answer"));
}

/* "denied the report", "rejected accusations that". */
static bool is_denial(const struct stance_input *in)
{
	if (in->at->is_negated || is_withheld(in))
		return false;
	return str_is_one_of(in->cue, "deny denial disclaim disavow refute rebut") ||
	       (str_is_one_of(in->cue, "reject dismiss dispute contest") &&
		has_word(in, SET_ACCUSATION_NOUN));
}

/* Cues that ask for something in some frames only: a question is no request, nor is giving a
 * name. */
static bool is_question_frame(const struct stance_input *in)
{
	enum frame frame = in->at->frame;
	bool asks = str_is_one_of(in->cue, "ask"), calls = str_is_one_of(in->cue, "call");
	return (asks || calls) && in->at->lemma && in->at->lemma->class == CUE_VERB &&
	       (frame == FRAME_QUOTE || frame == FRAME_WH || frame == FRAME_CLAUSE ||
		(calls && frame == FRAME_NOUN));
}

/* -1 when the arena is full. */
static int act_of_cue(struct stance_input *in)
{
	const struct attribution *at = in->at;
	enum act_rule rule = ACT_RULE_CUE;
	if (is_denial(in))
		return act_by(in, ACT_RULE_DENIAL, ACT_DENY);
	if (is_comment_declined(in))
		return act_by(in, ACT_RULE_REFUSAL, ACT_DECLINE_COMMENT);
	if (!in->cue.n || is_question_frame(in))
		return ACT_STATE;
	int act = at->lemma ? (int)at->lemma->act : ACT_STATE;
	if (act == ACT_DENY) /* "did not deny" */
		return is_withheld(in) && !at->is_negated ? act_by(in, ACT_RULE_CUE, ACT_REJECT)
							  : ACT_STATE;
	if (act == ACT_STATE) {
		int word = classifier_act_word(in->cl, in->t, at->head);
		act = word >= 0 ? word : act;
		rule = ACT_RULE_CUE_WORD;
	}
	return at->is_negated ? act_by(in, ACT_RULE_NEGATED_CUE, negated((enum act)act))
			      : act_by(in, rule, (enum act)act);
}

/* --- of the content --------------------------------------------------------------------------- */

/* Does the content tell of the speaker: "we condemn", "it would send troops"? */
static bool is_own(const struct stance_input *in)
{
	uint32_t subject = in->content.subject;
	bool is_indirect = in->out->kind == KIND_INDIRECT;
	if (subject == TOKEN_NONE)
		return is_indirect && in->content.main != TOKEN_NONE &&
		       in->at->frame == FRAME_INFINITIVE;
	if (text_is_one_of(in->t, subject, "i we"))
		return !is_indirect;
	const struct actor *who = stance_actor_at(in, subject);
	return who ? who == in->out->speaker
		   : is_indirect && text_is_one_of(in->t, subject, "it he she they");
}

/* A promise. */
static int act_of_own_future(struct stance_input *in)
{
	return act_by(in, ACT_RULE_PROMISE, in->content.is_negated ? ACT_REJECT : ACT_AGREE);
}

static bool is_done_by_words(int act)
{
	return act == ACT_SUPPORT || act == ACT_ACCUSE || act == ACT_REJECT || act == ACT_REQUEST ||
	       act == ACT_AGREE || act == ACT_DENY;
}

/* "we condemn", "it would send troops". */
static int act_of_own(struct stance_input *in)
{
	const struct evaluation *x = &in->content;
	int word = classifier_act_word(in->cl, in->t, x->main);
	if (x->is_future)
		return act_of_own_future(in);
	unsigned xpos = in->t->tokens[x->main].xpos;
	if ((xpos == XPOS_VBP || xpos == XPOS_VBZ) && is_done_by_words(word))
		return act_by(in, ACT_RULE_OWN_VERB,
			      x->is_negated ? negated((enum act)word) : (enum act)word);
	return act_by(in, ACT_RULE_NONE, ACT_STATE);
}

/* What is done by saying so. STATE where nothing is. */
static int act_of_content(struct stance_input *in)
{
	const struct evaluation *x = &in->content;
	if (x->is_demand)
		return act_by(in, ACT_RULE_DEMAND, ACT_REQUEST);
	if (x->main == TOKEN_NONE || x->is_question)
		return act_by(in, ACT_RULE_NONE, ACT_STATE);
	if (is_own(in))
		return act_of_own(in);
	bool is_of_other = x->subject != TOKEN_NONE && !x->is_patient &&
			   stance_is_other(in, stance_actor_at(in, x->subject));
	bool is_blame = range_is(x->blame) && (in->out->kind != KIND_INDIRECT ||
					       (x->blame.first == x->main && is_of_other));
	if (is_blame && x->bad > x->good)
		return act_by(in, ACT_RULE_BLAME, ACT_ACCUSE);
	if (is_of_other && range_is(x->accusation) && !x->is_negated)
		return act_by(in, ACT_RULE_ACCUSATION, ACT_ACCUSE);
	return act_by(in, ACT_RULE_NONE, ACT_STATE);
}

static void act_by_rules(struct stance_input *in)
{
	int act = act_of_cue(in);
	in->is_act_of_cue = act > ACT_STATE;
	if (act == ACT_STATE && !in->at->is_negated) {
		in->facts.act_rule = ACT_RULE_NONE;
		act = act_of_content(in);
	}
	in->rule_act = (enum act)act;
}

/* --- the choice ------------------------------------------------------------------------------- */

void act_describe(struct stance_input *in, struct choice_input *x)
{
	stance_begin(in);
	in->is_unsaid = in->facts.is_unsaid = unsaid_find(in);
	act_by_rules(in);
	statement_features(in, x);
}

/* What rules know for sure: words that say nothing else. */
static bool is_settled(const struct stance_input *in)
{
	enum act_rule rule = in->facts.act_rule;
	return rule == ACT_RULE_DENIAL || rule == ACT_RULE_REFUSAL ||
	       (rule == ACT_RULE_OWN_VERB && in->rule_act == ACT_DENY);
}

int act_settled(const struct stance_input *in)
{
	return is_settled(in) ? (int)in->rule_act : in->is_unsaid ? ACT_STATE : -1;
}

enum act act_settle(int settled, const float *shares)
{
	size_t best = 0;
	for (size_t k = 1; k < ACT_COUNT; k++)
		best = shares[k] > shares[best] ? k : best;
	return settled >= 0 ? (enum act)settled : (enum act)best;
}

void act_choose(const struct choice_weights *w, const struct choice_input *x,
		struct stance_input *in)
{
	float hidden[CHOICE_HIDDEN], acts[CHOICE_OUTCOMES];
	choice_forward(w, x, hidden, acts);
	matrix_softmax(acts, ACT_COUNT);
	memcpy(in->acts, acts, sizeof in->acts);
	in->out->stance.act = act_settle(act_settled(in), acts);
	in->is_act_of_cue = in->is_act_of_cue && in->out->stance.act == in->rule_act;
}
