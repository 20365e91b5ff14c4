/* Whom "it" and "they" mean, by rules. */
#include "extract/entity/pronoun.h"

#include "extract/entity/resolution.h"
#include "extract/syntax/labels.h"

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
	return entities_antecedent_of_it(es, i);
}
