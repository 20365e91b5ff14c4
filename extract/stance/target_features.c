/* Looks for actors, and at each of them. */
#include "extract/stance/target_features.h"

#include <string.h>

#include "extract/stance/act.h"
#include "extract/stance/statement_features.h"
#include "extract/syntax/labels.h"
#include "extract/tables/key.h"
#include "extract/tables/lexicon.h"

enum { CONTENT_TOKENS = 160, SENTENCE_TOKENS = 96, CLIMB = 4, ACT_NUMBERS = 4 * VECTOR_SIZE };

/* Only of so many candidates the classifier is asked, which takes long. */
enum { CLASSIFIED = 4 };

/* A statement that so surely only states praises and blames nobody. */
static const float PLAIN = 0.7f;

enum template {
	G_NOBODY = 64,
	G_NOBODY_ACT,
	G_COUNT,
	G_BIAS,
	G_ZONE,
	G_ZONE_ACT,
	G_RELATION,
	G_RELATION_ZONE,
	G_HEAD,
	G_HEAD_RELATION,
	G_HEAD_ACT,
	G_HEAD_VALENCE,
	G_CASE,
	G_CASE_CUE,
	G_POSSESSED,
	G_CHAIN,
	G_CHAIN_VALENCE,
	G_PREDICATE,
	G_PREDICATE_VALENCE,
	G_MAIN,
	G_FORM,
	G_KIND,
	G_ORDER,
	G_OFTEN,
	G_CUE,
	G_SIDES,
	G_HEAD_SIDES,
	G_NEIGHBOR,
	G_CLASSIFIED
};

/* --- who is in sight -------------------------------------------------------------------------- */

/* A place, or what is only the means or the place of something: "via Twitter", "in Geneva", "the
 * U.S.-Mexican border". */
static bool is_setting(const struct stance_input *in, const struct mention *m)
{
	const struct entities *es = in->es;
	return es->v[m->entity].kind == MENTION_PLACE ||
	       (m->first > 1 && text_is(in->t, m->first - 1, "-") &&
		es->mention_at[m->first - 2]) ||
	       (m->outer > 0 && text_is_in(in->t, m->outer - 1, SET_PREPOSITION_OF_SETTING));
}

static struct range span_at(const struct entities *es, uint32_t token)
{
	uint32_t m = es->mention_at[token];
	if (m && es->mentions)
		return (struct range){es->mentions[m - 1].first, es->mentions[m - 1].last};
	m = es->reference_at[token];
	return m && es->references
		       ? (struct range){es->references[m - 1].first, es->references[m - 1].last}
		       : (struct range){token, token};
}

/* The token by which a mention hangs on the rest: the last one of a name. */
static uint32_t head_of(const struct stance_input *in, uint32_t token)
{
	uint32_t m = in->es->mention_at[token];
	if (!m || !in->es->mentions)
		return token;
	const struct mention *x = &in->es->mentions[m - 1];
	for (uint32_t i = x->first; i <= x->last; i++)
		if (in->t->tokens[i].head < x->outer || in->t->tokens[i].head > x->last)
			return i;
	return x->last;
}

/* The preposition of a token, or TOKEN_NONE. */
static uint32_t case_of(const struct stance_input *in, uint32_t token)
{
	enum { REACH = 8 };
	for (uint32_t i = token > REACH ? token - REACH : 0; i < token; i++)
		if (in->t->tokens[i].head == token && in->t->tokens[i].deprel == DEPREL_CASE)
			return i;
	return TOKEN_NONE;
}

/* "The attack on the embassy", "strikes against Iran": to whom it is done is not who is blamed. */
static bool is_victim(const struct stance_input *in, uint32_t token)
{
	uint32_t preposition = case_of(in, token), deed = preposition - 1;
	return preposition != TOKEN_NONE && preposition > 0 &&
	       text_is_one_of(in->t, preposition, "on against upon") &&
	       tag_is_noun(in->t->tokens[deed].tag) &&
	       (classifier_act_word(in->cl, in->t, deed) == ACT_ASSAULT ||
		lexicon_valence(in->es->lx, word_key(in->t->lemmas[deed])) & VALENCE_NEGATIVE);
}

static void look_at(const struct stance_input *in, uint32_t token, struct target_candidates *out)
{
	const struct mention *m = entities_mention(in->es, token);
	const struct actor *who = stance_actor_at(in, token);
	if ((m && (is_setting(in, m) || m->first != token)) || !stance_is_other(in, who) ||
	    who->kind == ACTOR_ANONYMOUS || who->kind == ACTOR_DOCUMENT ||
	    is_victim(in, head_of(in, token)))
		return;
	size_t i = 0;
	while (i < out->n && out->v[i].who != who)
		i++;
	if (i == TARGETS_MAX)
		return;
	struct target_candidate *c = &out->v[i];
	if (i == out->n) {
		out->n++;
		*c = (struct target_candidate){.who = who, .span = span_at(in->es, token)};
	}
	if (c->n < TARGET_PLACES)
		c->places[c->n++] = head_of(in, token);
}

void target_candidates(const struct stance_input *in, struct target_candidates *out)
{
	const struct attribution *at = in->at;
	uint32_t looked = 0;
	out->n = 0;
	if (in->acts[ACT_STATE] > PLAIN)
		return;
	for (size_t p = 0; p < at->n_parts; p++)
		for (uint32_t i = at->parts[p].first;
		     i <= at->parts[p].last && looked < CONTENT_TOKENS; i++, looked++)
			look_at(in, i, out);
	if (!range_is(at->cue) || at->is_carried)
		return;
	const struct sentence *s = &in->t->sentences[text_sentence(in->t, at->head)];
	for (uint32_t i = s->first; i < s->end && i < s->first + SENTENCE_TOKENS; i++)
		if (!attribution_holds(at, i) &&
		    !(range_is(at->source) && range_holds(at->source, i)))
			look_at(in, i, out);
}

/* --- what is said of one ---------------------------------------------------------------------- */

static uint64_t sign_at(const struct stance_input *in, uint32_t token)
{
	unsigned v = lexicon_valence(in->es->lx, word_key(in->t->lemmas[token]));
	return (v & VALENCE_POSITIVE ? 1u : 0u) | (v & VALENCE_NEGATIVE ? 2u : 0u) |
	       (v & VALENCE_SHIFTER ? 4u : 0u) | (v & VALENCE_ACCUSE ? 8u : 0u);
}

enum zone { ZONE_CONTENT, ZONE_TARGET, ZONE_ADDRESSEE, ZONE_CUE_CLAUSE, ZONE_BESIDE };

static enum zone zone_of(const struct stance_input *in, uint32_t token)
{
	const struct attribution *at = in->at;
	return range_is(at->target) && range_holds(at->target, token)	      ? ZONE_TARGET
	       : range_is(at->addressee) && range_holds(at->addressee, token) ? ZONE_ADDRESSEE
	       : attribution_holds(at, token)				      ? ZONE_CONTENT
	       : in->t->tokens[token].head == at->head			      ? ZONE_CUE_CLAUSE
									      : ZONE_BESIDE;
}

/* The words above it, up to the verb of its clause and beyond. */
static void add_chain(const struct stance_input *in, uint32_t token, uint64_t act,
		      struct choice_input *out)
{
	uint64_t path = 1;
	for (uint64_t k = 0; k < CLIMB && in->t->tokens[token].head != token; k++) {
		unsigned deprel = deprel_universal(in->t->tokens[token].deprel);
		path = choice_mix(path, deprel);
		token = in->t->tokens[token].head;
		uint64_t sign = sign_at(in, token) * 2 + evaluation_is_negated(in->t, token),
			 word = (uint64_t)classifier_act_word(in->cl, in->t, token) + 1;
		choice_add(out, G_CHAIN, choice_mix(path, statement_lemma(in, token)));
		choice_add(out, G_CHAIN_VALENCE, choice_mix(path, sign));
		choice_add(out, G_CHAIN_VALENCE, choice_mix(choice_mix(path, 99), word));
		choice_add(out, G_CHAIN_VALENCE, choice_mix(choice_mix(path, act), sign + 512));
		if (tag_is_verb(in->t->tokens[token].tag)) {
			choice_add(out, G_PREDICATE,
				   choice_mix(deprel, statement_lemma(in, token)));
			choice_add(out, G_PREDICATE_VALENCE, choice_mix(deprel, sign));
			choice_add(out, G_PREDICATE_VALENCE, choice_mix(deprel, 512 + word));
		}
		if (token == in->content.main)
			choice_add(out, G_MAIN, path);
		if (token == in->at->head)
			choice_add(out, G_MAIN, choice_mix(path, 7));
	}
}

/* What hangs on the word above it, if that is said of it: "is a liar". */
static void add_head(const struct stance_input *in, uint32_t token, uint64_t act,
		     struct choice_input *out)
{
	uint32_t head = in->t->tokens[token].head;
	unsigned deprel = in->t->tokens[token].deprel;
	uint64_t lemma = statement_lemma(in, head),
		 sign = sign_at(in, head) * 2 + evaluation_is_negated(in->t, head);
	choice_add(out, G_HEAD, lemma);
	choice_add(out, G_HEAD_RELATION, choice_mix(lemma, deprel));
	choice_add(out, G_HEAD_ACT,
		   choice_mix((uint64_t)classifier_act_word(in->cl, in->t, head) + 1, deprel));
	choice_add(out, G_HEAD_VALENCE, choice_mix(sign, deprel));
	choice_add(out, G_HEAD_VALENCE, choice_mix(choice_mix(sign, deprel), act + 1));
	choice_add(out, G_HEAD_SIDES,
		   choice_mix(deprel, (uint64_t)(in->content.good > in->content.bad) * 2 +
					      (in->content.bad > in->content.good)));
	statement_put_vector(in, head, 1, out);
}

static void add_place(const struct stance_input *in, uint32_t token, uint64_t act,
		      struct choice_input *out)
{
	unsigned deprel = in->t->tokens[token].deprel;
	enum zone zone = zone_of(in, token);
	uint32_t preposition = case_of(in, token);
	uint64_t cue = in->cue.n ? str_hash(in->cue) : 0, word = statement_lemma(in, preposition);
	const struct mention *m = entities_mention(in->es, token);
	choice_add(out, G_ZONE, zone);
	choice_add(out, G_ZONE_ACT, zone * 64 + act);
	choice_add(out, G_RELATION, deprel);
	choice_add(out, G_RELATION_ZONE, choice_mix(deprel * 8u + zone, act));
	choice_add(out, G_RELATION_ZONE, deprel * 8u + zone);
	choice_add(out, G_CASE, choice_mix(word, zone));
	choice_add(out, G_CASE, choice_mix(choice_mix(word, zone), act + 1));
	if (zone != ZONE_CONTENT) {
		choice_add(out, G_CUE, choice_mix(cue, zone * 64u + deprel));
		choice_add(out, G_CASE_CUE, choice_mix(cue, word));
		if (in->at->lemma)
			choice_add(out, G_CUE,
				   choice_mix(zone * 64u + deprel, in->at->lemma->act + 3));
	}
	choice_add(out, G_FORM, m ? 1 + m->kind : in->t->tokens[token].tag == TAG_PRP ? 32 : 33);
	if (token > 0)
		choice_add(out, G_NEIGHBOR, statement_lemma(in, token - 1));
	if (token + 1 < in->t->n_tokens)
		choice_add(out, G_NEIGHBOR, choice_mix(statement_lemma(in, token + 1), 1));
	add_head(in, token, act, out);
	add_chain(in, token, act, out);
}

static void add_kind(const struct stance_input *in, const struct target_candidates *c, size_t i,
		     uint64_t act, struct choice_input *out)
{
	const struct actor *who = c->v[i].who, *speaker = in->out->speaker;
	bool is_compatriot =
		     speaker && speaker->country.n && str_eq(speaker->country, who->country),
	     is_addressee = in->out->addressee == who, is_outer = in->out->reported_by == who;
	uint64_t order = i < 4 ? i : 4,
		 mark = is_compatriot | (uint64_t)is_addressee << 1 | (uint64_t)is_outer << 2;
	choice_add(out, G_KIND, who->kind);
	choice_add(out, G_KIND, 16 + who->kind * 64u + act);
	choice_add(out, G_KIND, 4096 + mark);
	choice_add(out, G_KIND, 4200 + choice_mix(mark, act) % 64);
	choice_add(out, G_ORDER, order);
	choice_add(out, G_ORDER, 8 + order * 8 + (c->n < 4 ? c->n : 4));
	choice_add(out, G_OFTEN, c->v[i].n);
	choice_add(out, G_OFTEN, 8 + c->v[i].n * 64u + act);
}

static void add_nobody(const struct stance_input *in, const struct target_candidates *c,
		       uint64_t act, const struct choice_input *statement, struct choice_input *out)
{
	for (uint32_t k = 0; k < statement->n; k++)
		choice_add(out, G_NOBODY, statement->at[k]);
	choice_add(out, G_NOBODY_ACT, act);
	choice_add(out, G_COUNT, c->n);
	choice_add(out, G_COUNT, 64 + c->n * 64 + act);
	memcpy(out->numbers, statement->numbers, ACT_NUMBERS * sizeof *out->numbers);
	memcpy(out->numbers + ACT_NUMBERS, in->acts, sizeof in->acts);
}

/* What the classifier says of the source and this actor. */
static void add_classified(const struct stance_input *in, struct range span,
			   struct choice_input *out)
{
	struct stance_input pair = *in;
	float *at = out->numbers + ACT_NUMBERS + ACT_COUNT;
	pair.is_predicted = pair.has_source = false;
	pair.target = span;
	const struct prediction *p = stance_predict(&pair);
	if (!p)
		return;
	for (size_t k = 0; k < STANCE_CLASSES; k++)
		*at++ = pair.has_source ? p->stance[k] : 0;
	for (size_t k = 0; k < CLASSIFIER_CLASSES - STANCE_CLASSES; k++)
		*at++ = p->towards[k];
	if (pair.has_source)
		choice_add(out, G_CLASSIFIED, classifier_stance(p));
}

void target_features(const struct stance_input *in, const struct target_candidates *c, size_t i,
		     const struct choice_input *statement, struct choice_input *out)
{
	uint64_t act = in->out->stance.act;
	out->n = 0;
	memset(out->numbers, 0, sizeof out->numbers);
	if (i == c->n) {
		add_nobody(in, c, act, statement, out);
		return;
	}
	choice_add(out, G_BIAS, 0);
	add_kind(in, c, i, act, out);
	for (uint32_t k = 0; k < c->v[i].n; k++)
		add_place(in, c->v[i].places[k], act, out);
	memcpy(out->numbers, statement->numbers, VECTOR_SIZE * sizeof *out->numbers);
	memcpy(out->numbers + 2 * VECTOR_SIZE, statement->numbers + 2 * VECTOR_SIZE,
	       VECTOR_SIZE * sizeof *out->numbers);
	memcpy(out->numbers + ACT_NUMBERS, in->acts, sizeof in->acts);
	if (i < CLASSIFIED && !in->is_unclassified)
		add_classified(in, c->v[i].span, out);
}
