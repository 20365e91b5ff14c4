/* Effects word by word, then all on the way up. */
#include "extract/stance/view_effects.h"

enum effect view_effect_with(const struct viewer *v, uint32_t low, uint32_t up)
{
	const struct lexicon *lx = v->scene->es->lx;
	uint64_t lemma = v->f->lemma[up];
	unsigned relation = v->f->relation[low];
	if (relation == DEPREL_PUNCT)
		return EFFECT_NONE;
	if (v->t->tokens[low].deprel == DEPREL_COMPOUND_PRT || relation == DEPREL_ADVMOD)
		return lexicon_effect(lx, key_mix(lemma, v->f->lemma[low]));
	uint64_t with = case_of(v, low);
	return with ? lexicon_effect(lx, key_mix(lemma, with)) : EFFECT_NONE;
}

/* What a word does to one below it: with its preposition, with a particle, by itself. */
static enum effect effect_on(const struct viewer *v, uint32_t low, uint32_t up)
{
	enum effect e = view_effect_with(v, low, up);
	for (uint32_t k = v->f->child[up]; k != FOREST_NONE && !e; k = v->f->next[k])
		if (v->t->tokens[k].deprel == DEPREL_COMPOUND_PRT)
			e = view_effect_with(v, k, up);
	return e ? e : lexicon_effect(v->scene->es->lx, v->f->lemma[up]);
}

static bool is_attitude(enum effect e)
{
	return e >= EFFECT_WISH;
}

static void add_effect(struct effects *x, enum effect e)
{
	x->near = x->near ? x->near : e;
	x->outer = is_attitude(e) ? e : x->outer;
	x->undone += e == EFFECT_UNDO;
	x->kept += e == EFFECT_KEEP;
	x->is_turned ^= e == EFFECT_UNDO || e == EFFECT_DREAD || e == EFFECT_DISFAVOR;
	x->shape = key_mix(x->shape, e);
}

/* Does what governs a clause or a word by this relation say nothing of it? */
static bool is_apart(unsigned relation)
{
	unsigned r = deprel_universal(relation);
	return r == DEPREL_ADVCL || r == DEPREL_PARATAXIS || relation == DEPREL_ACL_RELCL ||
	       r == DEPREL_APPOS;
}

struct effects effects_on(const struct viewer *v, uint32_t i, const struct step *steps, size_t n)
{
	struct effects x = {.is_turned = has(v, i, VIEW_NEGATED)};
	uint32_t low = i;
	for (size_t k = 0; k < n; low = steps[k].token, k++) {
		uint32_t up = steps[k].token;
		unsigned relation = steps[k].relation;
		if (is_apart(relation))
			break;
		x.steps++;
		x.is_turned ^= has(v, up, VIEW_NEGATED);
		if (relation == DEPREL_NSUBJ || relation == DEPREL_CSUBJ) {
			unsigned said = said_by(v, up);
			x.is_judged = x.is_judged || said;
			x.is_turned ^= has(v, up, VIEW_BAD);
			x.shape = key_mix(x.shape, 20 + said);
		} else {
			add_effect(&x, effect_on(v, low, up));
		}
		if (has(v, up, VIEW_DEMAND) || (has(v, up, VIEW_MODAL) && modal_of(v, up)))
			x.shape = key_mix(x.shape, 30);
		if (has(v, up, VIEW_NEGATED))
			x.shape = key_mix(x.shape, 31);
	}
	return x;
}
