/* Whom "it" and "they" mean, by rules. */
#include "extract/entity/pronoun.h"

#include "extract/syntax/labels.h"

enum { PRONOUN_REACH = 400 }; /* tokens back */

/* Only a modifier ("U.S. officials"), or in a relative clause that the pronoun is not in: nothing
 * that "it" takes up readily. */
static bool is_aside(const struct text *t, uint32_t name, uint32_t pronoun)
{
	enum { CLIMB = 8 };
	if (t->tokens[name].deprel == DEPREL_COMPOUND)
		return true;
	uint32_t clause = name;
	for (unsigned k = 0; k < CLIMB && t->tokens[clause].deprel != DEPREL_ACL_RELCL; k++)
		clause = t->tokens[clause].head;
	for (unsigned k = 0; k < CLIMB && pronoun != clause; k++)
		pronoun = t->tokens[pronoun].head;
	return t->tokens[clause].deprel == DEPREL_ACL_RELCL && pronoun != clause;
}

static bool is_subject(const struct text *t, const struct mention *m)
{
	for (uint32_t i = m->first; i <= m->last; i++)
		if (deprel_universal(t->tokens[i].deprel) == DEPREL_NSUBJ)
			return true;
	return m->is_subject;
}

/* The likeliest bearer of it: subjects of the last sentences first, quotations left out. */
static uint32_t antecedent_of_it(const struct entities *es, uint32_t token)
{
	uint32_t best = MAP_NONE;
	float best_score = -100;
	size_t steps = 0;
	bool inside = es->t->tokens[token].quote != 0;
	for (size_t i = entities_mention_after(es, token); i-- > 0 && steps < 40; steps++) {
		const struct mention *m = &es->mentions[i];
		const struct entity *who = &es->v[m->entity];
		if (token - m->last > PRONOUN_REACH)
			break;
		if ((es->t->tokens[m->first].quote && !inside) ||
		    (who->actor->kind != ACTOR_COUNTRY && who->actor->kind != ACTOR_ORGANIZATION) ||
		    m->kind == NAME_DEMONYM)
			continue;
		bool possessive =
			m->last + 1 < es->t->n_tokens && es->t->tokens[m->last + 1].tag == TAG_POS;
		float score = -1.5f * (float)(es->sentence_of[token] - es->sentence_of[m->last]) +
			      (is_subject(es->t, m) ? 2.0f
			       : m->may_be_subject  ? 1.5f
						    : 0) -
			      (possessive ? 0.7f : 0) - (is_aside(es->t, m->last, token) ? 1 : 0) -
			      0.02f * (float)steps;
		if (m->first > 0 && es->t->tokens[m->outer > 0 ? m->outer - 1 : 0].tag == TAG_IN)
			score -= 0.5f;
		if (score > best_score) {
			best_score = score;
			best = m->entity;
		}
	}
	return best;
}

/* "It is clear that", "it took years to": nobody. */
bool pronoun_is_empty(const struct text *t, uint32_t i)
{
	if (!text_is(t, i, "it") || i + 2 >= t->n_tokens)
		return false;
	if (t->tokens[i].deprel == DEPREL_EXPL)
		return true;
	uint32_t k = i + 1;
	while (k + 1 < t->n_tokens && k < i + 4 &&
	       (t->tokens[k].tag == TAG_AUX || t->tokens[k].tag == TAG_MD ||
		t->tokens[k].tag == TAG_RB || text_is_in(t, k, SET_SEEMING_VERB)))
		k++;
	bool is_clear = text_is_in(t, k, SET_CLEAR_WORD); /* "it became clear Lee would run" */
	return k > i + 1 && t->tokens[k].tag == TAG_JJ &&
	       (is_clear || text_is_in(t, k + 1, SET_EXTRAPOSED));
}

/* "They": the group told of last, else the last organization or country that was a subject, near by
 * and outside of quotations. */
uint32_t pronoun_they(const struct entities *es, uint32_t i)
{
	enum { NEAR = 60 };
	for (size_t k = es->n_references; k-- > 0 && i - es->references[k].first < NEAR;) {
		const struct reference *r = &es->references[k];
		if (r->entity != MAP_NONE && es->v[r->entity].kind == MENTION_GROUP &&
		    (!es->t->tokens[r->first].quote ||
		     es->t->tokens[r->first].quote == es->t->tokens[i].quote))
			return r->entity;
	}
	for (size_t k = entities_mention_after(es, i);
	     k-- > 0 && i - es->mentions[k].first < NEAR;) {
		const struct entity *m = &es->v[es->mentions[k].entity];
		if (es->mentions[k].is_subject &&
		    (m->kind == MENTION_ORGANIZATION || m->kind == MENTION_COUNTRY))
			return es->mentions[k].entity;
	}
	return MAP_NONE;
}

/* "It": a body described in the same sentence, else by the names before. */
uint32_t pronoun_it(const struct entities *es, uint32_t i)
{
	const struct reference *r = es->n_references ? &es->references[es->n_references - 1] : NULL;
	if (r && r->entity != MAP_NONE && es->sentence_of[r->first] == es->sentence_of[i] &&
	    i - r->last < 12 && es->v[r->entity].kind == MENTION_ORGANIZATION)
		return r->entity;
	return antecedent_of_it(es, i);
}
