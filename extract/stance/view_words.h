/* A view that is being made: what a word of it is, and the words above it. Internal to
 * position_view and its features. */
#ifndef DEMARCHE_EXTRACT_STANCE_VIEW_WORDS_H
#define DEMARCHE_EXTRACT_STANCE_VIEW_WORDS_H

#include "extract/stance/view.h"
#include "extract/tables/key.h"

/* A view that is being made. Tokens are those of the article. */
struct viewer {
	const struct view_scene *scene;
	const struct text *t;
	const struct forest *f;
	const struct attribution *at;
	const struct issue_hit *hits;
	size_t n_hits;
	const struct stance_facts *facts;
	struct position_view *out;
	uint32_t top, cue;	    /* or TOKEN_NONE */
	uint64_t word[VIEW_TOKENS]; /* lemma, of a name its kind */
	int8_t act[VIEW_TOKENS];    /* or -1 */
};

static inline bool viewer_sees(const struct viewer *v, uint32_t i)
{
	return i >= v->out->first && i < v->out->first + v->out->n;
}

/* --- names ------------------------------------------------------------------------------------ */

/* An adjective with a capital within a sentence ("Chinese") is a name, too. */
static inline bool viewer_is_name(const struct viewer *v, uint32_t i)
{
	const struct token *k = &v->t->tokens[i];
	if (k->tag == TAG_NNP || v->scene->es->mention_at[i])
		return true;
	return k->tag == TAG_JJ && (k->flags & TOK_CAPITAL) && i > 0 &&
	       v->t->tokens[i - 1].mark == MARK_NONE;
}

/* What it hangs on its head by. "Chinese exports", "US exports", "Peruvian exports": parsers take
 * some for an adjective. */
static inline uint8_t viewer_relation(const struct viewer *v, uint32_t i)
{
	uint8_t relation = v->t->tokens[i].deprel;
	return relation == DEPREL_AMOD && viewer_is_name(v, i) ? DEPREL_COMPOUND : relation;
}

/* --- words ------------------------------------------------------------------------------------ */

static inline uint64_t word(const struct viewer *v, uint32_t i)
{
	return viewer_sees(v, i) ? v->word[i - v->out->first] : v->f->lemma[i];
}

static inline uint64_t act(const struct viewer *v, uint32_t i)
{
	return viewer_sees(v, i) ? (uint64_t)(v->act[i - v->out->first] + 1) : 90;
}

static inline unsigned bits(const struct viewer *v, uint32_t i)
{
	return viewer_sees(v, i) ? v->out->tokens[i - v->out->first].bits : 0;
}

static inline bool has(const struct viewer *v, uint32_t i, enum view_bit bit)
{
	return bits(v, i) >> bit & 1;
}

/* Good, bad, demand, accuse, shifter. */
static inline uint64_t valence(const struct viewer *v, uint32_t i)
{
	return bits(v, i) >> VIEW_GOOD & 31;
}

static inline bool is_verb(const struct viewer *v, uint32_t i)
{
	return v->t->tokens[i].xpos >= XPOS_VB && v->t->tokens[i].xpos <= XPOS_VBZ;
}

/* Coarse: verb, noun, name, pronoun, adjective, other. */
static inline uint64_t class(const struct viewer *v, uint32_t i)
{
	const struct token *k = &v->t->tokens[i];
	return is_verb(v, i)				   ? 1
	       : has(v, i, VIEW_NAME)			   ? 2
	       : tag_is_noun(k->tag)			   ? 3
	       : k->xpos == XPOS_PRP			   ? 4
	       : k->xpos == XPOS_DT			   ? 5
	       : k->tag == TAG_JJ			   ? 6
	       : k->xpos == XPOS_WDT || k->xpos == XPOS_WP ? 7
							   : 0;
}

static inline uint64_t modal_of(const struct viewer *v, uint32_t i)
{
	uint64_t m = 0;
	for (uint32_t k = v->f->child[i]; k != FOREST_NONE; k = v->f->next[k])
		if (v->t->tokens[k].xpos == XPOS_MD)
			m = key_mix(m, v->f->lemma[k]);
	return m;
}

/* A word within a name, or the article before one: a name counts once, however long it is. */
static inline bool viewer_is_within_name(const struct viewer *v, uint32_t i)
{
	const struct token *k = &v->t->tokens[i];
	unsigned relation = v->f->relation[i];
	if (k->head == i || !has(v, k->head, VIEW_NAME))
		return false;
	if (k->xpos == XPOS_DT)
		return true;
	const struct mention *m = entities_mention(v->scene->es, i);
	bool is_part = relation == DEPREL_FLAT || relation == DEPREL_COMPOUND ||
		       (m && m == entities_mention(v->scene->es, k->head));
	return is_part && has(v, i, VIEW_NAME);
}

/* Its preposition, else the word that opens its clause. */
static inline uint64_t case_of(const struct viewer *v, uint32_t i)
{
	uint32_t k = forest_child(v->f, i, DEPREL_CASE);
	if (k == FOREST_NONE)
		k = forest_child(v->f, i, DEPREL_MARK);
	return k == FOREST_NONE ? 0 : v->f->lemma[k];
}

/* Who does it: the speaker or another, by its word where that is a pronoun. */
static inline uint64_t who(const struct viewer *v, uint32_t i)
{
	if (i == FOREST_NONE)
		return 0;
	if (v->t->tokens[i].xpos == XPOS_PRP)
		return v->f->lemma[i];
	const struct entity *e = entities_named_at(v->scene->es, i);
	return 1 + class(v, i) + (e && e->kind == MENTION_PERSON ? 10 : e ? 20 : 0);
}

static inline uint32_t subject_of(const struct viewer *v, uint32_t i)
{
	return forest_child(v->f, i, DEPREL_NSUBJ);
}

/* --- the way up ------------------------------------------------------------------------------- */

enum { STEPS = 6, CUE_STEP = 60 };

struct step {
	uint32_t token;
	unsigned relation; /* from the word below it; CUE_STEP: from the content to the cue */
};

/* What a word hangs on, seen through coordination; FOREST_NONE for a root. */
static inline uint32_t up_of(const struct viewer *v, uint32_t i, unsigned *relation)
{
	for (int k = 0; k < STEPS && v->f->relation[i] == DEPREL_CONJ; k++)
		i = v->t->tokens[i].head;
	*relation = viewer_relation(v, i);
	return v->t->tokens[i].head == i ? FOREST_NONE : v->t->tokens[i].head;
}

/* The words above one within the content, then the cue. */
static inline size_t climb(const struct viewer *v, uint32_t i, struct step steps[STEPS])
{
	size_t n = 0;
	while (n < STEPS) {
		unsigned relation;
		uint32_t up = up_of(v, i, &relation);
		bool is_out = up == FOREST_NONE || !attribution_holds(v->at, up);
		if (is_out) {
			if (v->cue == TOKEN_NONE || attribution_holds(v->at, v->cue))
				break;
			up = v->cue;
			relation = CUE_STEP;
		}
		steps[n++] = (struct step){up, relation};
		if (is_out)
			break;
		i = up;
	}
	return n;
}

static inline bool is_subject(unsigned relation)
{
	return relation == DEPREL_NSUBJ || relation == DEPREL_CSUBJ;
}

/* What a word says of what it is said of: 2 good, 1 bad, negated with it; 0 nothing. */
static inline unsigned said_by(const struct viewer *v, uint32_t i)
{
	bool good = has(v, i, VIEW_GOOD), bad = has(v, i, VIEW_BAD),
	     is_negated = has(v, i, VIEW_NEGATED);
	return good == bad ? 0 : 1 + (good != is_negated);
}

#endif
