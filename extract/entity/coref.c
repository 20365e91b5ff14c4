/* Candidates of pronouns, their ranking, and the walk over the text. */
#include "extract/entity/coref.h"

#include <math.h>
#include <string.h>

#include "extract/entity/coref_features.h"
#include "extract/entity/nominal.h"
#include "extract/entity/pronoun.h"

enum { REACH_BACK = 400, REACH_AHEAD = 60, AHEAD_MOST = 8 };

char coref_pronoun_gender(const struct text *t, uint32_t i)
{
	return text_is_in(t, i, SET_MASCULINE) ? 'm' : text_is_in(t, i, SET_FEMININE) ? 'f' : 0;
}

/* --- who is around ---------------------------------------------------------------------------- */

static bool is_person_like(const struct entity *m)
{
	return m->kind == MENTION_PERSON;
}

static struct anchor anchor_of(const struct entities *es, size_t mention)
{
	const struct mention *m = &es->mentions[mention];
	uint8_t form = m->outer < m->first ? 2 : m->first == m->last;
	uint32_t head =
		grammar_has_tree(es->t) ? grammar_head_of(es->t, m->first, m->last) : m->last;
	uint32_t up = es->t->tokens[head].head;
	/* "actor Ann Lee", whichever of the two the parser took for the head */
	if (up >= m->outer && up < m->first)
		head = up;
	return (struct anchor){
		m->first, m->last, head, m->outer, m->entity, grammar_role_of(es->t, head), form};
}

static size_t reference_after(const struct entities *es, uint32_t token)
{
	size_t low = 0, high = es->n_references;
	while (low < high) {
		size_t mid = (low + high) / 2;
		if (es->references[mid].head < token)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static void previous_pronoun(const struct entities *es, struct pronoun *p)
{
	p->before = MAP_NONE;
	for (size_t i = reference_after(es, p->token), steps = 0;
	     i-- > 0 && steps < COREF_CANDIDATES; steps++) {
		const struct reference *r = &es->references[i];
		if (r->first >= p->token || r->form != REFERENCE_PRONOUN || r->gender != p->gender)
			continue;
		p->before = r->entity;
		p->before_sentence = es->sentence_of[r->first];
		p->before_role = grammar_role_of(es->t, r->head);
		return;
	}
}

/* Among the persons near the pronoun. */
static void find_topics(const struct entities *es, size_t at, struct pronoun *p)
{
	size_t from = at > COREF_CANDIDATES ? at - COREF_CANDIDATES : 0,
	       to = at + AHEAD_MOST < es->n_mentions ? at + AHEAD_MOST : es->n_mentions;
	size_t most = 1;
	p->first_member = p->most_member = MAP_NONE;
	for (size_t i = from; i < to; i++) {
		uint32_t m = es->mentions[i].entity;
		size_t n = 0;
		if (!is_person_like(&es->v[m]) || !coref_gender_fits(&es->v[m], p->gender))
			continue;
		if (p->first_member == MAP_NONE)
			p->first_member = m;
		for (size_t k = i; k < to; k++)
			n += es->mentions[k].entity == m;
		if (n > most) {
			most = n;
			p->most_member = m;
		}
	}
}

/* The persons around a pronoun: those before it, nearest first, then the next ones after it. */
struct field {
	struct anchor v[COREF_CANDIDATES];
	size_t n, n_before;
};

/* Descriptions of persons, and pronouns of the same gender, before the pronoun. */
static bool is_candidate(const struct entities *es, const struct reference *r, uint32_t token,
			 char gender)
{
	if (r->entity == MAP_NONE || r->head >= token || !is_person_like(&es->v[r->entity]))
		return false;
	return r->form == REFERENCE_NOMINAL || r->gender == gender;
}

static struct anchor anchor_of_reference(const struct entities *es, const struct reference *r)
{
	return (struct anchor){r->first,
			       r->last,
			       r->head,
			       r->first,
			       r->entity,
			       grammar_role_of(es->t, r->head),
			       r->form == REFERENCE_NOMINAL ? 3 : 4};
}

static void look_around(const struct entities *es, uint32_t token, size_t at, struct field *field)
{
	char gender = coref_pronoun_gender(es->t, token);
	size_t i = at, k = reference_after(es, token);
	field->n = 0;
	/* Backwards through names and references at once, the nearer of the two first. */
	while (field->n < COREF_CANDIDATES - AHEAD_MOST && i + k > 0) {
		bool named =
			i > 0 && (k == 0 || es->mentions[i - 1].first > es->references[k - 1].head);
		if (token - (named ? es->mentions[i - 1].last : es->references[k - 1].head) >
		    REACH_BACK)
			break;
		if (named && is_person_like(&es->v[es->mentions[i - 1].entity]))
			field->v[field->n++] = anchor_of(es, i - 1);
		if (!named && is_candidate(es, &es->references[k - 1], token, gender))
			field->v[field->n++] = anchor_of_reference(es, &es->references[k - 1]);
		i -= named;
		k -= !named;
	}
	field->n_before = field->n;
	for (i = at; i < es->n_mentions && field->n - field->n_before < AHEAD_MOST &&
		     es->mentions[i].first - token <= REACH_AHEAD;
	     i++)
		if (is_person_like(&es->v[es->mentions[i].entity]))
			field->v[field->n++] = anchor_of(es, i);
}

/* How a mention stands among those of fitting gender in its sentence: 0 alone, 1 first, 2 later. */
static unsigned standing_of(const struct entities *es, const struct field *field,
			    const struct anchor *a, char gender)
{
	unsigned standing = 0;
	if (!coref_gender_fits(&es->v[a->entity], gender))
		return 0;
	for (size_t k = 0; k < field->n; k++) {
		const struct anchor *b = &field->v[k];
		if (b->entity == a->entity ||
		    es->sentence_of[b->first] != es->sentence_of[a->first] ||
		    !coref_gender_fits(&es->v[b->entity], gender))
			continue;
		if (b->first < a->first)
			return 2;
		standing = 1;
	}
	return standing;
}

/* Was the entity referred to by pronouns of this gender (1, 2: more than once) or of the other one
 * (+3) before the token? */
static unsigned referred_to(const struct entities *es, const struct pronoun *p, uint32_t entity)
{
	unsigned same = 0, other = 0;
	for (size_t i = reference_after(es, p->token), steps = 0;
	     i-- > 0 && steps < COREF_CANDIDATES; steps++) {
		const struct reference *r = &es->references[i];
		char gender = r->entity == entity ? r->gender : 0;
		same += gender == p->gender;
		other += gender && gender != p->gender;
	}
	return coref_at_most(same, 2) + (other ? 3 : 0);
}

static void rank_before(const struct entities *es, struct pronoun *p, const struct field *field,
			struct coref_candidate *out)
{
	for (size_t i = 0; i < field->n_before; i++) {
		const struct anchor *a = &field->v[i];
		bool is_new = true, fits = coref_gender_fits(&es->v[a->entity], p->gender);
		for (size_t k = 0; k < i; k++)
			is_new = is_new && field->v[k].entity != a->entity;
		coref_features_of(es, p, a, is_new, &out[i]);
		p->compatible += fits && is_new;
		p->subject_seen = p->subject_seen || (fits && coref_is_subject(a));
	}
}

/* "He said of Trump", "she told Lee": the subject of a verb is nobody whom the same verb names
 * behind it. Such candidates go, wherever else they are named; returns how many are left. */
static size_t without_arguments(const struct text *t, const struct pronoun *p,
				const struct field *field, struct coref_candidate *v, size_t n)
{
	size_t kept = n;
	if (p->role != ROLE_SUBJECT || !grammar_has_tree(t))
		return n;
	for (size_t i = field->n_before; i < field->n; i++) {
		const struct anchor *a = &field->v[i];
		if ((a->role != ROLE_OBJECT && a->role != ROLE_OBLIQUE) ||
		    grammar_clause_of(t, a->head) != p->clause)
			continue;
		size_t to = 0;
		for (size_t k = 0; k < kept; k++)
			if (v[k].entity != a->entity)
				v[to++] = v[k];
		kept = to;
	}
	return kept;
}

size_t coref_candidates(const struct entities *es, uint32_t token,
			struct coref_candidate out[COREF_CANDIDATES + 1])
{
	const struct text *t = es->t;
	struct pronoun p = {.token = token,
			    .gender = coref_pronoun_gender(t, token),
			    .sentence = es->sentence_of[token]};
	struct field field;
	size_t at = entities_mention_after(es, token);
	p.role = t->tokens[token].tag == TAG_PRPS ? ROLE_POSSESSIVE : grammar_role_of(t, token);
	p.clause = grammar_clause_of(t, token);
	p.in_subject = p.role == ROLE_POSSESSIVE &&
		       grammar_role_of(t, t->tokens[token].head) <= ROLE_PASSIVE;
	previous_pronoun(es, &p);
	find_topics(es, at, &p);
	look_around(es, token, at, &field);
	rank_before(es, &p, &field, out + 1);
	for (size_t i = field.n_before; i < field.n; i++)
		coref_features_of(es, &p, &field.v[i], false, &out[i + 1]);
	for (size_t i = 0; i < field.n; i++) {
		uint32_t s = es->sentence_of[field.v[i].first];
		unsigned standing = standing_of(es, &field, &field.v[i], p.gender);
		/* Of one alone the cases of GAP, which are hard ones, say too little. */
		if (standing)
			COREF_ADD(&out[i + 1], SENTENCE,
				  standing + 4 * (s > p.sentence
							  ? 3
							  : coref_at_most(p.sentence - s, 2)));
		COREF_ADD(&out[i + 1], REFERRED, referred_to(es, &p, field.v[i].entity));
	}
	out[0] = (struct coref_candidate){.entity = MAP_NONE};
	COREF_ADD(&out[0], NOBODY, 0);
	COREF_ADD(&out[0], NOBODY, coref_at_most(p.compatible, 4) + 1);
	return without_arguments(t, &p, &field, out, field.n + 1);
}

/* --- ranking ---------------------------------------------------------------------------------- */

uint32_t coref_rank(const struct coref_model *m, const struct coref_candidate *v, size_t n,
		    float *share)
{
	float p[COREF_CANDIDATES + 1], top = -1e30f, sum = 0, best_sum = -1;
	uint32_t best = MAP_NONE;
	for (size_t i = 0; i < n; i++) {
		p[i] = 0;
		for (size_t k = 0; k < v[i].n; k++)
			p[i] += m->w[v[i].features[k]];
		top = p[i] > top ? p[i] : top;
	}
	for (size_t i = 0; i < n; i++)
		sum += p[i] = expf(p[i] - top);
	for (size_t i = 0; i < n; i++) { /* all mentions of one entity together */
		float all = 0;
		for (size_t k = 0; k < n; k++)
			all += v[k].entity == v[i].entity ? p[k] : 0;
		if (all > best_sum) {
			best_sum = all;
			best = v[i].entity;
		}
	}
	if (share)
		*share = best_sum / sum;
	return best;
}

/* --- the walk --------------------------------------------------------------------------------- */

static int add_reference(struct entities *es, struct reference r)
{
	if (arena_grow(es->a, (void **)&es->references, &es->cap_references, es->n_references + 1,
		       sizeof *es->references) < 0)
		return -1;
	r.gender = r.form == REFERENCE_PRONOUN ? coref_pronoun_gender(es->t, r.head) : 0;
	es->references[es->n_references++] = r;
	es->reference_at[r.head] = (uint32_t)es->n_references;
	return 0;
}

/* 1 when *out is a mention to keep. */
static int resolve_token(struct entities *es, const struct coref_model *m, uint32_t i,
			 struct coref_candidate *v, struct reference *out)
{
	*out = (struct reference){i, i, i, MAP_NONE, REFERENCE_PRONOUN, 0};
	if (es->t->tokens[i].tag != TAG_PRP && es->t->tokens[i].tag != TAG_PRPS &&
	    !coref_pronoun_gender(es->t, i))
		return nominal_at(es, i, out);
	if (coref_pronoun_gender(es->t, i))
		out->entity = coref_rank(m, v, coref_candidates(es, i, v), NULL);
	else if (text_is_in(es->t, i, SET_NEUTER))
		out->entity = pronoun_is_empty(es->t, i) ? MAP_NONE : pronoun_it(es, i);
	else if (text_is_in(es->t, i, SET_THIRD_PLURAL))
		out->entity = pronoun_they(es, i);
	else if (!text_is_in(es->t, i, SET_FIRST_PERSON))
		return 0;
	return 1;
}

int coref_resolve(struct entities *es, const struct coref_model *m)
{
	struct coref_candidate *v = arena_array(es->a, COREF_CANDIDATES + 1, sizeof *v);
	if (!v)
		return -1;
	es->n_references = 0;
	es->n_roles = 0;
	es->by_noun = (struct map){0};
	memset(es->reference_at, 0, es->t->n_tokens * sizeof *es->reference_at);
	for (uint32_t i = 0; i < es->t->n_tokens; i++) {
		struct reference r;
		if (!budget_allows_step(es->a->budget, i))
			return -1;
		int found = es->mention_at[i] ? 0 : resolve_token(es, m, i, v, &r);
		if (found < 0 || (found && add_reference(es, r) < 0))
			return -1;
	}
	return 0;
}
