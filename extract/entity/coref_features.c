/* Features of a candidate, by the tree of its sentence and by what the text told before. */
#include "extract/entity/coref_features.h"

#include "extract/entity/name_type.h"
#include "extract/syntax/labels.h"
#include "extract/tables/key.h"

bool coref_is_subject(const struct anchor *a)
{
	return a->role == ROLE_SUBJECT || a->role == ROLE_PASSIVE;
}

void coref_feature_add(struct coref_candidate *f, unsigned at, unsigned value, unsigned values)
{
	if (f->n < COREF_FEATURES)
		f->features[f->n++] = (uint16_t)(at + (value < values ? value : values - 1));
}

static unsigned log_bin(uint32_t n)
{
	unsigned b = 0;
	while (n > 1 && b < 7) {
		n >>= 1;
		b++;
	}
	return b;
}

unsigned coref_at_most(size_t n, unsigned most)
{
	return n < most ? (unsigned)n : most;
}

bool coref_gender_fits(const struct entity *m, char gender)
{
	return m->gender == 0 || m->gender == gender;
}

/* Mentions of the entity before the token: names among the nearest ones, and pronouns. */
static size_t count_before(const struct entities *es, uint32_t entity, uint32_t token)
{
	size_t n = 0, steps = 0;
	for (size_t i = entities_mention_after(es, token); i-- > 0 && steps < COREF_CANDIDATES;
	     steps++)
		n += es->mentions[i].entity == entity;
	return n;
}

static unsigned pronoun_role(const struct pronoun *p)
{
	return p->role == ROLE_SUBJECT	    ? 0
	       : p->role == ROLE_POSSESSIVE ? 2
	       : p->role == ROLE_OBJECT	    ? 1
					    : 3;
}

/* 0 the same, 1 unknown, 2 the other, 3 and 4 unknown with votes for the same or the other. */
static unsigned gender_value(const struct entity *m, char gender)
{
	int votes = gender == 'm' ? m->votes : -m->votes;
	return m->gender == gender ? 0 : m->gender ? 2 : votes > 0 ? 3 : votes < 0 ? 4 : 1;
}

/* What grammar forbids or favors for a pronoun and a name of one sentence; 0 for nothing. */
static unsigned binding_of(const struct text *t, const struct pronoun *p, const struct anchor *a,
			   uint32_t clause)
{
	bool possessive = p->role == ROLE_POSSESSIVE, subject = coref_is_subject(a);
	uint32_t np = possessive ? t->tokens[p->token].head
				 : p->token; /* head of the phrase that the pronoun is in */
	uint32_t a_up = t->tokens[a->head].head, np_up = t->tokens[np].head;
	if (text_is_one_of(t, p->token, "himself herself"))
		return subject && clause == p->clause ? 1 : 2;
	if (possessive && a->head != np && grammar_is_above(t, np, a->head))
		return a_up == np && t->tokens[a->head].deprel == DEPREL_APPOS
			       ? 3
			       : 4; /* "his friend John" */
	if (possessive && a->head == np)
		return 3;
	if (t->tokens[np].deprel == DEPREL_APPOS && np_up == a->head)
		return 5; /* "John, his friend" */
	if (t->tokens[np].deprel == DEPREL_CONJ && np_up == a->head)
		return possessive ? 6 : 7; /* "John and his wife", "John and him" */
	if (t->tokens[a->head].deprel == DEPREL_CONJ && a_up == np)
		return 8; /* "he and John" */
	if (np == p->clause && subject && clause == p->clause && possessive)
		return 9; /* "John is his brother" */
	if (clause == p->clause && !possessive && a->role != ROLE_POSSESSIVE &&
	    a->role != ROLE_MODIFIER)
		return subject ? 10 : p->role == ROLE_SUBJECT ? 11 : 12; /* arguments of one verb */
	if (grammar_is_above(t, a->head, p->token))
		return grammar_link_of(t, p->clause) == LINK_RELATIVE &&
				       grammar_is_above(t, a->head, p->clause)
			       ? 13
			       : 14; /* "John, who lost his" */
	if (clause == p->clause && possessive && subject)
		return p->token > a->first ? 15 : 16;
	if (p->role == ROLE_SUBJECT && !subject && a->first > p->token &&
	    grammar_is_above(t, p->clause, clause))
		return 19; /* "he left, asking John to stay" */
	if (clause == p->clause && possessive)
		return p->token > a->first ? 17 : 18;
	return 0;
}

/* Where the clauses of pronoun and name stand to each other in the tree of their sentence. */
static unsigned clauses_of(const struct text *t, const struct pronoun *p, const struct anchor *a,
			   uint32_t clause)
{
	bool subject = coref_is_subject(a);
	if (clause == p->clause)
		return (subject ? 4u : 0u) + pronoun_role(p);
	if (grammar_is_above(t, clause, p->clause)) {
		uint32_t under = p->clause;
		for (unsigned steps = 0; steps < GRAMMAR_CLIMB; steps++) {
			uint32_t up = grammar_clause_of(t, t->tokens[under].head);
			if (up == clause || up == under)
				break;
			under = up;
		}
		return 8 +
		       ((under == p->clause ? 0u : 8u) + (unsigned)grammar_link_of(t, under)) * 2 +
		       (subject ? 1u : 0u);
	}
	if (grammar_is_above(t, p->clause, clause))
		return 40 + (subject ? 0u : 1u) +
		       (grammar_link_of(t, clause) == LINK_ADVERBIAL ? 2u : 0u);
	return 44 + (subject ? 1u : 0u);
}

/* The relations on the way from the pronoun up to the common ancestor and down to the name, as a
 * number. */
static unsigned path_of(const struct text *t, uint32_t from, uint32_t to)
{
	uint64_t h = from < to;
	unsigned steps = 0;
	uint32_t i = from;
	for (; steps < 5 && !grammar_is_above(t, i, to) && t->tokens[i].head != i; steps++) {
		h = key_mix(h, deprel_universal(t->tokens[i].deprel) + 1);
		i = t->tokens[i].head;
	}
	h = key_mix(h, 99);
	for (uint32_t k = to; steps < 7 && k != i && t->tokens[k].head != k; steps++) {
		h = key_mix(h, deprel_universal(t->tokens[k].deprel) + 1);
		k = t->tokens[k].head;
	}
	return steps >= 5 ? COREF_AT_END_PATH - COREF_AT_PATH
			  : (unsigned)(h >> 20) % (COREF_AT_END_PATH - COREF_AT_PATH);
}

static void features_within(const struct entities *es, const struct pronoun *p,
			    const struct anchor *a, struct coref_candidate *f)
{
	const struct text *t = es->t;
	uint32_t clause = grammar_clause_of(t, a->head);
	unsigned binding = binding_of(t, p, a, clause);
	if (binding)
		COREF_ADD(f, BINDING, binding);
	COREF_ADD(f, CLAUSE, clauses_of(t, p, a, clause));
	COREF_ADD(f, PATH, path_of(t, p->token, a->head));
}

/* How surely it is a person: 5 by the tables, else by the weight of its name against other
 * kinds. */
static unsigned kind_value(const struct entity *m)
{
	float other = m->weigh[WEIGH_ORGANIZATION] > m->weigh[WEIGH_PLACE]
			      ? m->weigh[WEIGH_ORGANIZATION]
			      : m->weigh[WEIGH_PLACE];
	float margin = m->weigh[WEIGH_PERSON] - other;
	return m->known != MAP_NONE ? 5
	       : margin < 0.6f	    ? 1
	       : margin < 1.2f	    ? 2
	       : margin < 2.5f	    ? 3
	       : margin < 5	    ? 4
				    : 5;
}

static unsigned preposition_before(const struct text *t, uint32_t i)
{
	static const enum word_set sets[] = {
		SET_BY,	      SET_WITH,	     SET_OF,	 SET_TO,	   SET_FOR,    SET_FROM,
		SET_IN_AT_ON, SET_LIKE_THAN, SET_AND_OR, SET_AFTER_BEFORE, SET_BRACKET};
	for (unsigned k = 0; i > 0 && k < sizeof sets / sizeof sets[0]; k++)
		if (text_is_in(t, i - 1, sets[k]))
			return k + 1;
	return 0;
}

/* How far a name stands from the pronoun: in sentences, in persons between, in words. */
struct distance {
	bool ahead;
	unsigned sentences;
	unsigned where; /* 0 to 2 sentences before, 3 ahead */
	size_t before;	/* mentions of the same entity before the pronoun */
};

static void features_of_distance(const struct pronoun *p, const struct anchor *a,
				 const struct distance *d, struct coref_candidate *f)
{
	if (d->ahead) {
		COREF_ADD(f, CATAPHORA,
			  coref_at_most(d->sentences, 2) * 4 + (d->before > 0 ? 2 : 0) +
				  coref_is_subject(a));
		return;
	}
	COREF_ADD(f, SENTENCES, d->sentences < 6 ? d->sentences : d->sentences < 10 ? 6 : 7);
	COREF_ADD(f, BETWEEN, coref_at_most(p->compatible, 7) + 8 * d->where);
	COREF_ADD(f, TOKENS, log_bin(p->token - a->last) + 8 * d->where);
}

/* What the text told before of the pronoun and of the name. */
static void features_of_past(const struct text *t, const struct pronoun *p, const struct anchor *a,
			     const struct distance *d, struct coref_candidate *f)
{
	COREF_ADD(f, COUNT, coref_at_most(d->before, 5));
	if (p->before != MAP_NONE)
		COREF_ADD(f, LAST_PRONOUN,
			  (p->before == a->entity ? 0 : 3) +
				  coref_at_most(p->sentence - p->before_sentence, 2) +
				  6 * ((p->before_role == ROLE_SUBJECT) +
				       2u * (p->role == ROLE_SUBJECT)));
	uint32_t pq = t->tokens[p->token].quote, aq = t->tokens[a->first].quote;
	COREF_ADD(f, QUOTES, pq == aq ? (pq ? 1 : 0) : pq && aq ? 2 : pq ? 3 : 4);
	if (a->entity == p->first_member)
		COREF_ADD(f, TOPIC, 0);
}

void coref_features_of(const struct entities *es, const struct pronoun *p, const struct anchor *a,
		       bool is_nearest, struct coref_candidate *f)
{
	const struct text *t = es->t;
	const struct entity *who = &es->v[a->entity];
	uint32_t s = es->sentence_of[a->first];
	struct distance d = {.ahead = a->first > p->token,
			     .before = count_before(es, a->entity, p->token)};
	d.sentences = d.ahead ? s - p->sentence : p->sentence - s;
	d.where = d.ahead ? 3 : coref_at_most(d.sentences, 2);
	*f = (struct coref_candidate){.entity = a->entity, .first = a->first, .last = a->last};
	COREF_ADD(f, FORM, a->form);
	COREF_ADD(f, GENDER, gender_value(who, p->gender));
	COREF_ADD(f, KIND, kind_value(who));
	if (a->entity == p->most_member)
		COREF_ADD(f, TOPIC, 6);
	features_of_distance(p, a, &d, f);
	COREF_ADD(f, ROLES,
		  (unsigned)a->role + 8 * (pronoun_role(p) + (p->in_subject ? 2 : 0)) +
			  40 * d.where);
	if (!d.ahead)
		COREF_ADD(f, NEAREST, (is_nearest ? 0u : 1u) + 2 * d.where);
	unsigned preposition = preposition_before(t, a->outer);
	if (preposition)
		COREF_ADD(f, PREPOSITION, preposition + 12 * d.where);
	features_of_past(t, p, a, &d, f);
	if (!d.ahead && coref_is_subject(a) && !p->subject_seen &&
	    coref_gender_fits(who, p->gender))
		COREF_ADD(f, TOPIC, 1 + d.where);
	if (t->tokens[a->head].deprel == DEPREL_CONJ)
		COREF_ADD(f, LIST, 0);
	if (t->tokens[a->first > 0 ? a->first - 1 : 0].tag == TAG_PUNCT)
		COREF_ADD(f, LIST, 1);
	COREF_ADD(
		f, PARALLEL,
		(a->role == p->role ? 1u : 0u) +
			(grammar_link_of(t, grammar_clause_of(t, a->head)) == LINK_ROOT ? 2u : 0u) +
			(grammar_link_of(t, p->clause) == LINK_ROOT ? 4u : 0u) + 8 * (d.where % 3));
	if (d.sentences == 0 && grammar_has_tree(t))
		features_within(es, p, a, f);
}
