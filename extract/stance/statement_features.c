/* Looks at the statement and adds its features. */
#include "extract/stance/statement_features.h"

#include <string.h>

#include "extract/syntax/form_hash.h"
#include "extract/syntax/labels.h"
#include "extract/syntax/syntax.h"
#include "extract/tables/key.h"
#include "extract/tables/lexicon.h"

/* A content is read so far: what comes late says little of the act. */
enum { WORDS = 80, DEPTH = 4, NEAR = 24 };

enum template {
	T_CUE,
	T_CUE_SECOND,
	T_CUE_ACT,
	T_CUE_RULE,
	T_CUE_FRAME,
	T_CUE_MODE,
	T_CUE_VALENCE,
	T_FORM,
	T_SPEAKER,
	T_MAIN,
	T_MAIN_MOOD,
	T_MAIN_TAG,
	T_MAIN_ACT,
	T_MAIN_VALENCE,
	T_SUBJECT,
	T_SUBJECT_MAIN,
	T_SUBJECT_MOOD,
	T_CHILD,
	T_CHILD_RELATION,
	T_CHAIN,
	T_CHAIN_ACT,
	T_CHAIN_VALENCE,
	T_EVALUATION,
	T_EVALUATION_SUBJECT,
	T_WORD,
	T_PAIR,
	T_FIRST,
	T_ACT,
	T_VALENCE,
	T_END,
	T_LENGTH,
	T_ISSUE,
	T_CUE_MAIN,
	T_CUE_SUBJECT
};

struct describer {
	const struct stance_input *in;
	const struct text *t;
	struct choice_input *out;
	uint32_t words[WORDS]; /* of the content */
	uint32_t n;
};

static void add(struct describer *d, enum template template, uint64_t value)
{
	choice_add(d->out, template, value);
}

static bool is_name(const struct stance_input *in, uint32_t i)
{
	const struct token *k = &in->t->tokens[i];
	return k->tag == TAG_NNP || in->es->mention_at[i] ||
	       (k->tag == TAG_JJ && (k->flags & TOK_CAPITAL) && !(k->flags & TOK_SEGMENT_START));
}

uint64_t statement_lemma(const struct stance_input *in, uint32_t token)
{
	return token == TOKEN_NONE			 ? 1
	       : is_name(in, token)			 ? 2
	       : in->t->tokens[token].flags & TOK_NUMBER ? 3
							 : str_hash(in->t->lemmas[token]);
}

static int32_t vector_of(const struct stance_input *in, uint32_t token)
{
	struct form_hashes v;
	if (token == TOKEN_NONE || is_name(in, token))
		return VECTOR_NONE;
	form_hashes_of(text_token(in->t, token), &v);
	return vectors_find(syntax_vectors(in->t->syntax), v.low);
}

void statement_put_vector(const struct stance_input *in, uint32_t token, unsigned slot,
			  struct choice_input *out)
{
	vectors_put(syntax_vectors(in->t->syntax), vector_of(in, token),
		    out->numbers + slot * VECTOR_SIZE);
}

enum party statement_party(const struct stance_input *in, uint32_t token)
{
	if (token == TOKEN_NONE)
		return PARTY_NONE;
	if (text_is_in(in->t, token, SET_FIRST_PERSON))
		return PARTY_FIRST;
	const struct actor *who = stance_actor_at(in, token), *speaker = in->out->speaker;
	if (who)
		return who == speaker ? PARTY_SPEAKER
		       : speaker && speaker->country.n && str_eq(speaker->country, who->id)
			       ? PARTY_OWN_COUNTRY
			       : PARTY_OTHER;
	return text_is_one_of(in->t, token, "you your")	      ? PARTY_SECOND
	       : text_is_one_of(in->t, token, "it this that") ? PARTY_IT
	       : text_is_one_of(in->t, token, "there")	      ? PARTY_THERE
	       : in->t->tokens[token].tag == TAG_PRP	      ? PARTY_THIRD
							      : PARTY_THING;
}

static uint64_t sign_of(unsigned valence)
{
	return (valence & VALENCE_POSITIVE ? 1u : 0u) | (valence & VALENCE_NEGATIVE ? 2u : 0u) |
	       (valence & VALENCE_SHIFTER ? 4u : 0u) | (valence & VALENCE_DEMAND ? 8u : 0u) |
	       (valence & VALENCE_ACCUSE ? 16u : 0u);
}

static uint64_t valence_of(const struct describer *d, uint32_t token)
{
	return sign_of(lexicon_valence(d->in->es->lx, word_key(d->t->lemmas[token])));
}

static uint64_t act_of(const struct describer *d, uint32_t token)
{
	return (uint64_t)classifier_act_word(d->in->cl, d->t, token) + 1;
}

static void add_cue(struct describer *d)
{
	const struct stance_input *in = d->in;
	const struct attribution *at = in->at;
	bool has_cue = in->cue.n > 0;
	uint64_t cue = has_cue ? str_hash(in->cue) : 0;
	uint64_t mode = (uint64_t)(at->is_negated | at->is_future << 1 | at->is_hypothetical << 2 |
				   at->is_passive << 3);
	add(d, T_CUE, cue);
	add(d, T_CUE_FRAME, choice_mix(cue, at->frame));
	add(d, T_CUE_FRAME, at->frame);
	add(d, T_CUE_MODE, mode);
	add(d, T_CUE_MODE, choice_mix(cue, mode + 16));
	add(d, T_CUE_RULE, (uint64_t)in->rule_act * 32 + in->facts.act_rule);
	add(d, T_CUE_RULE, 4096 + (uint64_t)in->rule_act);
	if (at->lemma)
		add(d, T_CUE_ACT, at->lemma->act * 8u + at->lemma->position);
	if (!range_is(at->cue) || !has_cue)
		return;
	add(d, T_CUE_ACT, 1024 + act_of(d, at->head) * 16 + mode);
	add(d, T_CUE_VALENCE, valence_of(d, at->head) * 16 + mode);
	for (uint32_t i = at->cue.first; i <= at->cue.last; i++)
		if (i != at->head)
			add(d, T_CUE_SECOND, statement_lemma(in, i));
	add(d, T_CUE_SECOND, choice_mix(cue, statement_lemma(in, at->cue.last)));
	statement_put_vector(in, at->head, 2, d->out);
}

static void add_form(struct describer *d)
{
	const struct stance_input *in = d->in;
	const struct statement *s = in->out;
	add(d, T_FORM, 0);
	add(d, T_FORM, 1 + s->kind);
	add(d, T_FORM, 8 + (s->addressee != NULL));
	add(d, T_FORM, 16 + (range_is(in->at->target)));
	add(d, T_FORM, 32 + (uint64_t)in->at->is_carried * 2 + (s->reported_by != NULL));
	add(d, T_SPEAKER, s->speaker ? 1 + (uint64_t)s->speaker->kind : 0);
	add(d, T_LENGTH, d->n < 4 ? d->n : d->n < 8 ? 4 : d->n < 16 ? 5 : d->n < 32 ? 6 : 7);
	if (s->n_issues)
		add(d, T_ISSUE, s->issues[0].issue->is_open ? 99 : s->issues[0].issue->kind);
}

static uint64_t mood_of(const struct evaluation *x)
{
	return (uint64_t)(x->is_question | x->is_negated << 1 | x->is_demand << 2 |
			  x->is_future << 3 | x->is_patient << 4);
}

/* What the main word does: its open complements, one below the other, else its object. */
static uint32_t complement_of(const struct describer *d, uint32_t token)
{
	uint32_t object = TOKEN_NONE;
	for (uint32_t k = 0; k < d->n; k++) {
		uint32_t i = d->words[k];
		unsigned deprel = deprel_universal(d->t->tokens[i].deprel);
		if (d->t->tokens[i].head != token || i == token)
			continue;
		if (deprel == DEPREL_XCOMP || deprel == DEPREL_CCOMP)
			return i;
		if (deprel == DEPREL_OBJ)
			object = i;
	}
	return object;
}

static void add_chain(struct describer *d, uint32_t main)
{
	uint32_t i = complement_of(d, main);
	statement_put_vector(d->in, i, 3, d->out);
	for (uint64_t depth = 1; depth < DEPTH && i != TOKEN_NONE; depth++) {
		uint64_t mood = depth * 2 + evaluation_is_negated(d->t, i);
		add(d, T_CHAIN, statement_lemma(d->in, i));
		add(d, T_CHAIN, choice_mix(statement_lemma(d->in, i), mood + 1));
		add(d, T_CHAIN_ACT, act_of(d, i) * 16 + mood);
		add(d, T_CHAIN_VALENCE, valence_of(d, i) * 16 + mood);
		i = complement_of(d, i);
	}
}

static void add_main(struct describer *d)
{
	const struct evaluation *x = &d->in->content;
	if (x->main == TOKEN_NONE)
		return;
	uint64_t lemma = statement_lemma(d->in, x->main), mood = mood_of(x),
		 party = statement_party(d->in, x->subject),
		 subject = x->subject == TOKEN_NONE ? 0 : statement_lemma(d->in, x->subject),
		 act = act_of(d, x->main);
	add(d, T_MAIN, lemma);
	add(d, T_MAIN_MOOD, choice_mix(lemma, mood));
	add(d, T_MAIN_TAG, d->t->tokens[x->main].xpos);
	add(d, T_MAIN_TAG, 64 + d->t->tokens[x->main].xpos * 16u + party);
	add(d, T_MAIN_ACT, act * 32 + mood);
	add(d, T_MAIN_ACT, 4096 + act * 16 + party);
	add(d, T_MAIN_VALENCE, valence_of(d, x->main) * 32 + mood);
	add(d, T_SUBJECT, party);
	add(d, T_SUBJECT, choice_mix(subject, 5));
	add(d, T_SUBJECT_MAIN, choice_mix(lemma, party));
	add(d, T_SUBJECT_MOOD, mood * 16 + party);
	add(d, T_CUE_MAIN, choice_mix(lemma, d->in->at->lemma ? 1 + d->in->at->lemma->act : 0));
	add(d, T_CUE_SUBJECT,
	    choice_mix(party, (d->in->cue.n ? str_hash(d->in->cue) : 0) + d->in->at->frame));
	statement_put_vector(d->in, x->main, 1, d->out);
	for (uint32_t k = 0; k < d->n; k++) {
		uint32_t i = d->words[k];
		const struct token *token = &d->t->tokens[i];
		if (token->head != x->main || i == x->main)
			continue;
		add(d, T_CHILD, choice_mix(statement_lemma(d->in, i), token->deprel));
		add(d, T_CHILD_RELATION, token->deprel);
	}
	add_chain(d, x->main);
}

static uint64_t weight_class(float w)
{
	return w <= 0 ? 0 : w < 0.75f ? 1 : w < 1.5f ? 2 : 3;
}

static void add_evaluation(struct describer *d)
{
	const struct evaluation *x = &d->in->content;
	uint64_t party = statement_party(d->in, x->subject),
		 sides = weight_class(x->good) * 4 + weight_class(x->bad),
		 marks = (uint64_t)(range_is(x->blame) | range_is(x->accusation) << 1 |
				    x->is_remedy << 2 | x->is_intensive << 3);
	add(d, T_EVALUATION, sides);
	add(d, T_EVALUATION, 16 + marks);
	add(d, T_EVALUATION, 32 + mood_of(x));
	add(d, T_EVALUATION_SUBJECT, party * 16 + sides);
	add(d, T_EVALUATION_SUBJECT, 256 + party * 16 + marks);
}

/* How far a token hangs below the main word, up to DEPTH. */
static uint64_t depth_of(const struct describer *d, uint32_t i)
{
	uint64_t depth = 0;
	for (; depth < DEPTH && i != d->in->content.main; depth++) {
		if (d->t->tokens[i].head == i)
			return DEPTH;
		i = d->t->tokens[i].head;
	}
	return depth;
}

static void add_words(struct describer *d)
{
	uint64_t before = 7;
	float *mean = d->out->numbers, one[VECTOR_SIZE], n = 0;
	for (uint32_t k = 0; k < d->n; k++) {
		uint32_t i = d->words[k];
		const struct token *token = &d->t->tokens[i];
		uint64_t lemma = statement_lemma(d->in, i), act = act_of(d, i),
			 valence = valence_of(d, i),
			 place = depth_of(d, i) * 2 + evaluation_is_negated(d->t, i);
		int32_t vector = vector_of(d->in, i);
		if (k < 3)
			add(d, T_FIRST, choice_mix(lemma, k));
		add(d, T_PAIR, choice_mix(before, lemma));
		before = lemma;
		if (!(token->flags & TOK_WORD))
			continue;
		add(d, T_WORD, lemma);
		if (act)
			add(d, T_ACT, act * 16 + place);
		if (valence)
			add(d, T_VALENCE, valence * 16 + place);
		if (vector == VECTOR_NONE)
			continue;
		vectors_put(syntax_vectors(d->t->syntax), vector, one);
		n++;
		for (size_t v = 0; v < VECTOR_SIZE; v++)
			mean[v] += one[v];
	}
	for (size_t v = 0; n > 0 && v < VECTOR_SIZE; v++)
		mean[v] /= n;
	if (d->n)
		add(d, T_END, statement_lemma(d->in, d->words[d->n - 1]));
}

/* A word within a name, or the article before one: a name counts once, however long it is ("China",
 * "the United States"). */
static bool is_within_name(const struct stance_input *in, uint32_t i)
{
	const struct token *k = &in->t->tokens[i];
	unsigned relation = deprel_universal(k->deprel);
	bool is_part = relation == DEPREL_FLAT || relation == DEPREL_COMPOUND;
	return k->head != i && is_name(in, k->head) &&
	       ((is_part && is_name(in, i)) || k->xpos == XPOS_DT);
}

void statement_features(const struct stance_input *in, struct choice_input *out)
{
	struct describer d = {.in = in, .t = in->t, .out = out};
	out->n = 0;
	memset(out->numbers, 0, sizeof out->numbers);
	for (size_t p = 0; p < in->at->n_parts; p++)
		for (uint32_t i = in->at->parts[p].first; i <= in->at->parts[p].last; i++)
			if (d.n < WORDS && !is_within_name(in, i))
				d.words[d.n++] = i;
	add_form(&d);
	add_cue(&d);
	add_main(&d);
	add_evaluation(&d);
	add_words(&d);
}
