/* Looks back for the place where a document comes up first. */
#include "extract/document.h"

#include "extract/syntax/labels.h"

/* Tokens back. */
enum { REACH = 200, CLIMB = 4 };

static bool is_document(const struct entities *es, uint32_t i)
{
	return !es->mention_at[i] && tag_is_noun(es->t->tokens[i].tag) &&
	       (gazetteer_noun(es->g, &es->t->tokens[i], NULL) & NOUN_DOCUMENT);
}

static const struct actor *actor_at(const struct entities *es, uint32_t i)
{
	const struct entity *named = entities_named_at(es, i);
	uint32_t known = named ? MAP_NONE : entities_referred(es, i);
	return named ? named->actor : known == MAP_NONE ? NULL : es->v[known].actor;
}

static const struct actor *subject_of(const struct entities *es, uint32_t verb)
{
	const struct token *v = es->t->tokens;
	const struct sentence *s = &es->t->sentences[text_sentence(es->t, verb)];
	for (uint32_t i = s->first; i < s->end; i++)
		if (v[i].head == verb && deprel_universal(v[i].deprel) == DEPREL_NSUBJ)
			return actor_at(es, i);
	return NULL;
}

/* Who says something in the sentence of a token, the last one before it or the first behind. */
static const struct actor *speaker_beside(const struct document_scene *s, uint32_t token)
{
	const struct sentence *at = &s->es->t->sentences[text_sentence(s->es->t, token)];
	const struct actor *who = NULL;
	for (size_t i = 0; i < s->n; i++)
		if (s->v[i].head >= at->first && s->v[i].head < at->end && !s->v[i].quote &&
		    s->speakers[i] && (!who || s->v[i].head < token))
			who = s->speakers[i];
	return who;
}

/* Whose it is where it comes up: "Lee's letter", "Lee sent a letter", "Lee said in a letter". */
static const struct actor *maker_at(const struct document_scene *s, uint32_t i)
{
	const struct entities *es = s->es;
	const struct token *v = es->t->tokens;
	uint32_t lead = i;
	while (lead > 0 && i - lead < CLIMB && v[lead - 1].tag == TAG_JJ)
		lead--;
	if (lead > 1 && v[lead - 1].tag == TAG_POS)
		return actor_at(es, lead - 2);
	if (v[i].deprel == DEPREL_OBJ && text_is_in(es->t, v[i].head, SET_ISSUING))
		return subject_of(es, v[i].head);
	bool is_in = lead > 1 &&
		     (text_is_one_of(es->t, lead - 1, "a an") || v[lead - 1].tag == TAG_PRPS) &&
		     text_is_one_of(es->t, lead - 2, "in via by through");
	if (!is_in)
		return NULL;
	const struct actor *who = speaker_beside(s, i);
	uint32_t verb = v[i].head;
	for (unsigned k = 0; !who && k < CLIMB; k++, verb = v[verb].head)
		who = subject_of(es, verb);
	return who;
}

/* "The Norland statement", a country's or body's own. */
static const struct actor *named_maker(const struct entities *es, struct range r)
{
	const struct actor *who = NULL;
	for (uint32_t i = r.first; i < r.last && !who; i++)
		if (es->mention_at[i])
			who = entities_named_at(es, i)->actor;
	return who && text_is_one_of(es->t, r.last, "statement communique communiqué readout")
		       ? who
		       : NULL;
}

const struct actor *document_maker(const struct document_scene *s, struct range r)
{
	const struct entities *es = s->es;
	const struct token *v = es->t->tokens;
	bool is_plain = range_is(r) && r.last > r.first && v[r.first].tag == TAG_DT &&
			text_is_one_of(es->t, r.first, "the this that") && is_document(es, r.last);
	if (!is_plain)
		return NULL;
	const struct actor *who = named_maker(es, r);
	for (uint32_t i = r.first + 1; i < r.last; i++)
		if (es->mention_at[i] || v[i].tag != TAG_JJ)
			return who;
	for (uint32_t i = r.first; !who && i-- > 0 && r.first - i < REACH;)
		if (v[i].key == v[r.last].key && !v[i].quote && is_document(es, i))
			who = maker_at(s, i);
	return who;
}
