/* Sentences, mentions and times as spans. */
#include "extract/annotation.h"

#include <stdlib.h>

static int add_sentences(const struct analysis *an, struct annotation *out)
{
	const struct text *t = &an->text;
	struct span *v = arena_array(an->entities.a, t->n_sentences, sizeof *v);
	if (!v)
		return -1;
	for (size_t i = 0; i < t->n_sentences; i++)
		v[i] = text_span(t, t->sentences[i].first, t->sentences[i].end - 1);
	out->sentences = v;
	out->n_sentences = t->n_sentences;
	return 0;
}

static int by_span(const void *a, const void *b)
{
	const struct actor_span *x = a, *y = b;
	if (x->span.start != y->span.start)
		return x->span.start < y->span.start ? -1 : 1;
	return x->span.end < y->span.end ? -1 : x->span.end > y->span.end;
}

/* "I" and "our" inside of a quotation are its speaker. */
static uint32_t speaker_of(const struct entities *es, uint32_t token)
{
	uint32_t q = es->t->tokens[token].quote;
	const struct actor *who = q ? es->quoted[q - 1] : NULL;
	return who && text_is_in(es->t, token, SET_FIRST_PERSON)
		       ? map_get(&es->by_id, str_hash(who->id))
		       : MAP_NONE;
}

static int add_mentions(const struct analysis *an, struct annotation *out)
{
	const struct entities *es = &an->entities;
	struct actor_span *v = arena_array(es->a, es->n_mentions + es->n_references, sizeof *v);
	size_t n = 0;
	if (!v)
		return -1;
	for (size_t i = 0; i < es->n_mentions; i++) {
		const struct mention *m = &es->mentions[i];
		const struct entity *who = &es->v[m->entity];
		v[n++] = (struct actor_span){text_span(es->t, m->first, m->last),
					     (enum mention_kind)who->kind, who->actor};
	}
	for (size_t i = 0; i < es->n_references; i++) {
		const struct reference *m = &es->references[i];
		uint32_t entity = m->entity == MAP_NONE && m->form == REFERENCE_PRONOUN
					  ? speaker_of(es, m->first)
					  : m->entity;
		if (entity == MAP_NONE)
			continue;
		const struct entity *who = &es->v[entity];
		v[n++] = (struct actor_span){text_span(es->t, m->first, m->last),
					     (enum mention_kind)who->kind, who->actor};
	}
	if (n > 0)
		qsort(v, n, sizeof *v, by_span);
	out->mentions = v;
	out->n_mentions = n;
	return 0;
}

static int add_times(const struct analysis *an, struct annotation *out)
{
	struct time_span *v = arena_array(an->entities.a, an->times.n, sizeof *v);
	if (!v)
		return -1;
	for (size_t i = 0; i < an->times.n; i++)
		v[i] = (struct time_span){an->times.v[i].span, str_of(an->times.v[i].value)};
	out->times = v;
	out->n_times = an->times.n;
	return 0;
}

int annotation_make(const struct analysis *an, struct annotation *out)
{
	return add_sentences(an, out) < 0 || add_mentions(an, out) < 0 || add_times(an, out) < 0
		       ? -1
		       : 0;
}
