/* A verb's object, and what the verb does to it. */
#include "extract/issue/deed.h"

#include <string.h>

#include "base/fold.h"
#include "extract/syntax/form_hash.h"
#include "extract/syntax/syntax.h"
#include "extract/tables/key.h"
#include "extract/tables/lexicon.h"

/* --- nouns in -ing ---------------------------------------------------------------------------- */

/* Common words come first in the table of vectors. */
static uint32_t rarity(const struct text *t, struct str word)
{
	struct form_hashes h;
	form_hashes_of(word, &h);
	return (uint32_t)vectors_find(syntax_vectors(t->syntax), h.low);
}

struct str deed_noun(const struct text *t, uint32_t verb, struct arena *a)
{
	struct str lemma = t->lemmas[verb];
	char last = lemma.p[lemma.n - 1];
	bool has_e = last == 'e';
	if (t->tokens[verb].xpos == XPOS_VBG)
		return text_lower(t, verb);
	if (lemma.n > 2 && has_e && lemma.p[lemma.n - 2] == 'i')
		return arena_printf(a, "%.*sying", (int)lemma.n - 2, lemma.p);
	struct str plain = arena_printf(a, "%.*sing", STR_ARG(lemma)),
		   other = has_e ? arena_printf(a, "%.*sing", (int)lemma.n - 1, lemma.p)
				 : arena_printf(a, "%.*s%cing", STR_ARG(lemma), last);
	if (!plain.p || !other.p)
		return STR_EMPTY;
	uint32_t p = rarity(t, plain), o = rarity(t, other);
	return o < p || (o == p && has_e) ? other : plain;
}

/* --- the verb and its object ------------------------------------------------------------------ */

static bool is_verb(const struct forest *f, uint32_t i)
{
	unsigned xpos = f->t->tokens[i].xpos;
	return xpos >= XPOS_VB && xpos <= XPOS_VBZ;
}

static bool is_of(const struct forest *f, uint32_t verb, enum word_set set)
{
	return word_sets_has_nocase(f->t->word_sets, f->t->lemmas[verb], set);
}

static bool is_negated(const struct forest *f, uint32_t i)
{
	for (uint32_t k = f->child[i]; k != FOREST_NONE; k = f->next[k])
		if (text_is_in(f->t, k, SET_NEGATION))
			return true;
	return false;
}

static enum effect effect_of(const struct forest *f, const struct lexicon *lx, uint32_t verb)
{
	for (uint32_t k = f->child[verb]; k != FOREST_NONE; k = f->next[k]) {
		uint64_t with =
			f->t->tokens[k].deprel == DEPREL_COMPOUND_PRT ? f->lemma[k] : EFFECT_NONE;
		enum effect e =
			with ? lexicon_effect(lx, key_mix(f->lemma[verb], with)) : EFFECT_NONE;
		if (e)
			return e;
	}
	return lexicon_effect(lx, f->lemma[verb]);
}

/* A child within the phrase by its full relation, or FOREST_NONE. */
static uint32_t child_in(const struct forest *f, struct range phrase, uint32_t i, unsigned deprel)
{
	for (uint32_t k = f->child[i]; k != FOREST_NONE; k = f->next[k])
		if (f->t->tokens[k].deprel == deprel && range_holds(phrase, k))
			return k;
	return FOREST_NONE;
}

static bool has_clause(const struct forest *f, struct range phrase, uint32_t i)
{
	return child_in(f, phrase, i, DEPREL_CCOMP) != FOREST_NONE ||
	       child_in(f, phrase, i, DEPREL_PARATAXIS) != FOREST_NONE;
}

static bool is_noun(const struct forest *f, uint32_t i)
{
	return i != FOREST_NONE && tag_is_noun(f->t->tokens[i].tag);
}

/* A word with what hangs on it, up to the next deed: "cut taxes [and spend more]". */
static struct range within(const struct forest *f, struct range phrase, uint32_t i)
{
	struct range r = {f->left[i] > phrase.first ? f->left[i] : phrase.first,
			  f->right[i] < phrase.last ? f->right[i] : phrase.last};
	for (uint32_t k = f->child[i]; k != FOREST_NONE; k = f->next[k])
		if (f->relation[k] == DEPREL_CONJ && is_verb(f, k) && f->left[k] > i &&
		    f->left[k] <= r.last)
			r.last = f->left[k] - 1;
	return r;
}

/* "To continue to cut taxes", "to ask them to go": what is done is told by the verb below. */
static uint32_t done_by(const struct forest *f, const struct entities *es, struct range phrase,
			uint32_t verb)
{
	enum { DEEP = 4 };
	for (int k = 0; k < DEEP; k++) {
		uint32_t below = child_in(f, phrase, verb, DEPREL_XCOMP),
			 whom = child_in(f, phrase, verb, DEPREL_OBJ);
		bool is_told = whom != FOREST_NONE && !is_noun(f, whom);
		if (below == FOREST_NONE || !is_verb(f, below) ||
		    (!is_told && !is_of(f, verb, SET_CONTROL_VERB) &&
		     !is_of(f, verb, SET_ASPECTUAL) && effect_of(f, es->lx, verb) != EFFECT_WISH))
			break;
		verb = below;
	}
	return verb;
}

static bool find_in_verb(const struct forest *f, const struct entities *es, struct range phrase,
			 uint32_t head, bool by_thing, struct deed *out)
{
	uint32_t verb = done_by(f, es, phrase, head),
		 object = child_in(f, phrase, verb, DEPREL_OBJ),
		 passive = child_in(f, phrase, verb, DEPREL_NSUBJ_PASS),
		 thing = object != FOREST_NONE ? object : passive;
	bool has_thing = thing != FOREST_NONE;
	if (is_of(f, verb, SET_HOLLOW_VERB) || has_clause(f, phrase, verb) ||
	    (has_thing && !is_noun(f, thing)))
		return false;
	if (by_thing) {
		*out = (struct deed){FOREST_NONE, thing, {0}};
		if (has_thing)
			out->thing = within(f, phrase, thing);
		return has_thing && !is_negated(f, verb) &&
		       (is_of(f, verb, SET_LIGHT_VERB) ||
			effect_of(f, es->lx, verb) == EFFECT_KEEP);
	}
	*out = (struct deed){verb, verb, {verb, within(f, phrase, verb).last}};
	if (!has_thing && out->thing.last == verb)
		*out = (struct deed){head, head, {head, within(f, phrase, head).last}};
	if (has_thing && thing == passive)
		*out = (struct deed){verb, thing, within(f, phrase, thing)};
	bool is_participle = f->t->tokens[verb].xpos == XPOS_VBN && !has_thing;
	return !is_participle && (has_thing || out->thing.last > verb);
}

/* What an adjective says to be good or bad stands before it, beside its phrase. */
static bool find_judged(const struct forest *f, uint32_t head, bool by_thing, struct deed *out)
{
	uint32_t subject = forest_child(f, head, DEPREL_NSUBJ),
		 clause = forest_child(f, head, DEPREL_CSUBJ);
	bool is_deed = clause != FOREST_NONE && is_verb(f, clause) && clause < head;
	if (is_deed == by_thing || (!is_deed && (!is_noun(f, subject) || subject > head)))
		return false;
	*out = (struct deed){FOREST_NONE, subject, {0}};
	if (is_deed)
		*out = (struct deed){clause, clause, {0}};
	out->thing.first = is_deed ? clause : f->left[subject];
	out->thing.last = f->right[out->head];
	if (is_deed && subject == out->thing.last + 1) /* "capturing guards" */
		out->thing.last = f->right[subject];
	return out->thing.last < head;
}

bool deed_find(const struct forest *f, const struct entities *es, struct range phrase,
	       uint32_t head, bool by_thing, struct deed *out)
{
	return is_verb(f, head) ? find_in_verb(f, es, phrase, head, by_thing, out)
				: find_judged(f, head, by_thing, out);
}
