/* Rules for the position: the cue's, the act's, that of the content's words, the classifier's. */
#include "extract/stance/position.h"

#include "extract/stance/act.h"
#include "extract/tables/key.h"
#include "extract/tables/lexicon.h"

static enum position position_by(struct stance_input *in, enum position_rule rule, enum position p)
{
	in->facts.position_rule = rule;
	return p;
}

static enum position opposite(enum position p)
{
	return p == POSITION_SUPPORT  ? POSITION_OPPOSE
	       : p == POSITION_OPPOSE ? POSITION_SUPPORT
				      : p;
}

/* Mixed only where neither outweighs the other: of the stances of train/stance_labels.tsv that have
 * both, 11 of 16 follow the heavier one and 3 are mixed. */
static enum position position_of_words(float good, float bad)
{
	return good > bad   ? POSITION_SUPPORT
	       : bad > good ? POSITION_OPPOSE
	       : good > 0   ? POSITION_MIXED
			    : POSITION_NEUTRAL;
}

static enum position position_of_valence(unsigned valence)
{
	return valence & VALENCE_POSITIVE   ? POSITION_SUPPORT
	       : valence & VALENCE_NEGATIVE ? POSITION_OPPOSE
					    : POSITION_NEUTRAL;
}

enum position position_of_cue(const struct stance_input *in)
{
	const struct attribution *at = in->at;
	if (!in->cue.n)
		return POSITION_NEUTRAL;
	enum position p = at->lemma ? at->lemma->position : POSITION_NEUTRAL;
	if (p == POSITION_NEUTRAL && in->is_act_of_cue && in->out->stance.act != ACT_AGREE) {
		p = act_position(in->out->stance.act); /* an act that knows of the negation */
		if (p != POSITION_NEUTRAL)
			return p;
	}
	if (p == POSITION_NEUTRAL)
		p = position_of_valence(lexicon_valence(in->es->lx, word_key(in->cue)));
	return at->is_negated ? opposite(p) : p;
}

/* "refused to condemn": where the verb behind the head is taken into the cue. */
static bool opposes_in_cue(const struct stance_input *in)
{
	for (uint32_t i = in->at->head + 1; range_is(in->at->cue) && i <= in->at->cue.last; i++) {
		uint64_t lemma = word_key(in->t->lemmas[i]);
		if (lexicon_valence(in->es->lx, lemma) & VALENCE_NEGATIVE)
			return true;
	}
	return false;
}

static bool is_addressed(const struct stance_input *in)
{
	struct range to = in->at->addressee;
	return range_is(to) && in->target.first >= to.first && in->target.last <= to.last;
}

/* Where the cue takes no position: the act's, that of the words, the classifier's. */
static enum position position_of_content(struct stance_input *in, enum position words)
{
	const struct evaluation *x = &in->content;
	enum act act = in->out->stance.act;
	if (x->is_question)
		return position_by(in, POSITION_RULE_NONE, POSITION_NEUTRAL);
	/* What is asked for is wanted, unless it is an end of something: "must withdraw from the
	 * treaty", but "must reflect". */
	if (act == ACT_REQUEST && words == POSITION_NEUTRAL)
		return x->is_demand && !x->names_issue
			       ? position_by(in, POSITION_RULE_NONE, POSITION_NEUTRAL)
			       : position_by(in, POSITION_RULE_ACT, POSITION_SUPPORT);
	if (act == ACT_ACCUSE)
		return position_by(in, POSITION_RULE_ACT, POSITION_OPPOSE);
	if (words != POSITION_NEUTRAL)
		return position_by(in, POSITION_RULE_WORDS, words);
	if (is_addressed(in))
		return position_by(in, POSITION_RULE_NONE, POSITION_NEUTRAL);
	if (act != ACT_STATE)
		return position_by(in, POSITION_RULE_ACT, act_position(act));
	enum position p = stance_predict_position(in);
	return position_by(
		in, p == POSITION_NEUTRAL ? POSITION_RULE_NONE : POSITION_RULE_CLASSIFIER, p);
}

enum position position_find(struct stance_input *in)
{
	const struct evaluation *x = &in->content;
	const struct cue *lemma = in->at->lemma;
	enum act act = in->out->stance.act;
	enum position words = position_of_words(x->good, x->bad), cue = position_of_cue(in);
	if (in->is_unsaid)
		return position_by(in, POSITION_RULE_CUE, POSITION_NEUTRAL);
	if (act == ACT_DENY || act == ACT_DECLINE_COMMENT)
		return position_by(in, POSITION_RULE_DENIAL, POSITION_NEUTRAL);
	/* "refused to condemn" is no support, "refused to support" is opposition. */
	if (str_is_one_of(in->cue, "refuse decline"))
		return position_by(in, POSITION_RULE_CUE,
				   words == POSITION_OPPOSE || opposes_in_cue(in)
					   ? POSITION_NEUTRAL
					   : POSITION_OPPOSE);
	if (cue == POSITION_NEUTRAL)
		return position_of_content(in, words);
	bool is_by_rule = in->is_act_of_cue || (lemma && lemma->position);
	return position_by(in, is_by_rule ? POSITION_RULE_CUE : POSITION_RULE_CUE_VALENCE, cue);
}

float position_strength(const struct stance_input *in)
{
	const struct evaluation *x = &in->content;
	float words = x->good + x->bad, strength = 0.4f + 0.1f * (words < 4 ? words : 4);
	if (x->is_intensive || (in->cue.n && evaluation_is_intensive(in->t, in->at->head)))
		strength += 0.2f;
	return strength;
}
