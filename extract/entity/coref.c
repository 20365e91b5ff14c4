/* Candidates of pronouns with their features, their ranking, and the walk over the text. */
#include "extract/entity/coref.h"

#include <math.h>
#include <string.h>

#include "base/fold.h"
#include "extract/entity/name_type.h"
#include "extract/entity/nominal.h"
#include "extract/entity/pronoun.h"
#include "extract/syntax/labels.h"
#include "extract/tables/key.h"

enum { REACH_BACK = 400, REACH_AHEAD = 60, AHEAD_MOST = 8 };

char coref_pronoun_gender(const struct text *t, uint32_t i)
{
	return text_is_in(t, i, SET_MASCULINE) ? 'm' : text_is_in(t, i, SET_FEMININE) ? 'f' : 0;
}

/* --- what stands where ------------------------------------------------------------------------ */

enum gram_role {
	ROLE_SUBJECT,
	ROLE_PASSIVE,
	ROLE_OBJECT,
	ROLE_OBLIQUE,
	ROLE_POSSESSIVE,
	ROLE_MODIFIER,
	ROLE_APPOSITION,
	ROLE_OTHER
};

/* The token of a span that hangs on something outside of it. */
static uint32_t head_of(const struct text *t, uint32_t first, uint32_t last)
{
	for (uint32_t i = first; i <= last; i++)
		if (t->tokens[i].head < first || t->tokens[i].head > last || t->tokens[i].head == i)
			return i;
	return last;
}

/* The relation of a token, or for a member of a list that of its first. */
static unsigned relation_of(const struct text *t, uint32_t *i)
{
	for (unsigned steps = 0;
	     t->tokens[*i].deprel == DEPREL_CONJ && t->tokens[*i].head != *i && steps < 8; steps++)
		*i = t->tokens[*i].head;
	return t->tokens[*i].deprel;
}

static bool is_finite_verb(unsigned tag)
{
	return tag == TAG_VBD || tag == TAG_VBP || tag == TAG_MD || tag == TAG_AUX;
}

static enum gram_role role_by_tags(const struct text *t, uint32_t head)
{
	uint32_t after = head + 1, first = head;
	if (text_tag(t, head) == TAG_PRPS || text_tag(t, after) == TAG_POS)
		return ROLE_POSSESSIVE;
	while (text_tag(t, after) == TAG_RB)
		after++;
	while (first > 0 && t->tokens[head].tag == TAG_NNP && t->tokens[first - 1].tag == TAG_NNP)
		first--;
	unsigned before = first > 0 ? text_tag(t, first - 1) : TAG_STOP;
	if (before == TAG_IN || before == TAG_TO)
		return ROLE_OBLIQUE;
	if (is_finite_verb(text_tag(t, after)))
		return ROLE_SUBJECT;
	if (tag_is_verb(before))
		return ROLE_OBJECT;
	return ROLE_OTHER;
}

static bool has_tree(const struct text *t)
{
	return t->n_tokens > 2 && (t->tokens[1].head || t->tokens[2].head);
}

static enum gram_role role_of(const struct text *t, uint32_t head)
{
	if (!has_tree(t))
		return role_by_tags(t, head);
	switch (relation_of(t, &head)) {
	case DEPREL_NSUBJ:
	case DEPREL_NSUBJ_OUTER:
	case DEPREL_CSUBJ:
		return ROLE_SUBJECT;
	case DEPREL_NSUBJ_PASS:
		return ROLE_PASSIVE;
	case DEPREL_OBJ:
	case DEPREL_IOBJ:
		return ROLE_OBJECT;
	case DEPREL_OBL:
	case DEPREL_OBL_AGENT:
	case DEPREL_OBL_UNMARKED:
		return ROLE_OBLIQUE;
	case DEPREL_NMOD_POSS:
		return ROLE_POSSESSIVE;
	case DEPREL_APPOS:
		return ROLE_APPOSITION;
	case DEPREL_NMOD:
	case DEPREL_COMPOUND:
	case DEPREL_FLAT:
	case DEPREL_NMOD_DESC:
		return ROLE_MODIFIER;
	default:
		return ROLE_OTHER;
	}
}

/* How a clause hangs on the one above. */
enum link {
	LINK_ROOT,
	LINK_COMPLEMENT,
	LINK_ADVERBIAL,
	LINK_RELATIVE,
	LINK_CONJUNCT,
	LINK_OPEN,
	LINK_PARATAXIS,
	LINK_NONE
};

static enum link link_of(const struct text *t, uint32_t i)
{
	switch (t->tokens[i].deprel) {
	case DEPREL_ROOT:
		return LINK_ROOT;
	case DEPREL_CCOMP:
	case DEPREL_CSUBJ:
	case DEPREL_CSUBJ_PASS:
		return LINK_COMPLEMENT;
	case DEPREL_ADVCL:
	case DEPREL_ADVCL_RELCL:
		return LINK_ADVERBIAL;
	case DEPREL_ACL:
	case DEPREL_ACL_RELCL:
		return LINK_RELATIVE;
	case DEPREL_CONJ:
		return tag_is_verb(t->tokens[i].tag) ? LINK_CONJUNCT : LINK_NONE;
	case DEPREL_XCOMP:
		return LINK_OPEN;
	case DEPREL_PARATAXIS:
		return LINK_PARATAXIS;
	default:
		return LINK_NONE;
	}
}

enum { CLIMB = 24 }; /* steps up a tree, which may be as deep as a sentence is long */

/* The predicate of the clause that a token stands in: the token itself when it heads one. */
static uint32_t clause_of(const struct text *t, uint32_t i)
{
	for (unsigned steps = 0;
	     steps < CLIMB && link_of(t, i) == LINK_NONE && t->tokens[i].head != i; steps++)
		i = t->tokens[i].head;
	return i;
}

static bool is_above(const struct text *t, uint32_t above, uint32_t i)
{
	for (unsigned steps = 0; steps < CLIMB && i != above && t->tokens[i].head != i; steps++)
		i = t->tokens[i].head;
	return i == above;
}

/* A mention as the ranking sees it. */
struct anchor {
	uint32_t first, last, head, outer, entity;
	enum gram_role role;
	uint8_t form; /* 0 full name, 1 single name, 2 name with a title, 3 description */
};

static bool is_person_like(const struct entity *m)
{
	return m->kind == MENTION_PERSON;
}

static bool is_subject(const struct anchor *a)
{
	return a->role == ROLE_SUBJECT || a->role == ROLE_PASSIVE;
}

static struct anchor anchor_of(const struct entities *es, size_t mention)
{
	const struct mention *m = &es->mentions[mention];
	uint8_t form = m->outer < m->first ? 2 : m->first == m->last;
	uint32_t head = has_tree(es->t) ? head_of(es->t, m->first, m->last) : m->last;
	uint32_t up = es->t->tokens[head].head;
	/* "actor Ann Lee", whichever of the two the parser took for the head */
	if (up >= m->outer && up < m->first)
		head = up;
	return (struct anchor){m->first, m->last, head, m->outer, m->entity, role_of(es->t, head),
			       form};
}

/* --- features --------------------------------------------------------------------------------- */

struct pronoun {
	uint32_t token;
	char gender;
	enum gram_role role;
	uint32_t sentence;
	/* The entity that the pronoun of this gender before it means, or MAP_NONE. */
	uint32_t before, before_sentence;
	enum gram_role before_role;
	size_t compatible;		    /* persons of fitting gender passed on the way back */
	bool in_subject;		    /* a possessive in a subject */
	bool subject_seen;		    /* one of them was a subject */
	uint32_t clause;		    /* predicate */
	uint32_t first_member, most_member; /* the person named first, and most often */
};

static void add(struct coref_candidate *f, unsigned at, unsigned value, unsigned values)
{
	if (f->n < COREF_FEATURES)
		f->features[f->n++] = (uint16_t)(at + (value < values ? value : values - 1));
}
#define ADD(f, name, value)                                                                        \
	add((f), COREF_AT_##name, (unsigned)(value), COREF_AT_END_##name - COREF_AT_##name + 1)

static unsigned log_bin(uint32_t n)
{
	unsigned b = 0;
	while (n > 1 && b < 7) {
		n >>= 1;
		b++;
	}
	return b;
}

static unsigned at_most(size_t n, unsigned most)
{
	return n < most ? (unsigned)n : most;
}

static bool gender_fits(const struct entity *m, char gender)
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
	bool possessive = p->role == ROLE_POSSESSIVE, subject = is_subject(a);
	uint32_t np = possessive ? t->tokens[p->token].head
				 : p->token; /* head of the phrase that the pronoun is in */
	uint32_t a_up = t->tokens[a->head].head, np_up = t->tokens[np].head;
	if (text_is_one_of(t, p->token, "himself herself"))
		return subject && clause == p->clause ? 1 : 2;
	if (possessive && a->head != np && is_above(t, np, a->head))
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
	if (is_above(t, a->head, p->token))
		return link_of(t, p->clause) == LINK_RELATIVE && is_above(t, a->head, p->clause)
			       ? 13
			       : 14; /* "John, who lost his" */
	if (clause == p->clause && possessive && subject)
		return p->token > a->first ? 15 : 16;
	if (p->role == ROLE_SUBJECT && !subject && a->first > p->token &&
	    is_above(t, p->clause, clause))
		return 19; /* "he left, asking John to stay" */
	if (clause == p->clause && possessive)
		return p->token > a->first ? 17 : 18;
	return 0;
}

/* Where the clauses of pronoun and name stand to each other in the tree of their sentence. */
static unsigned clauses_of(const struct text *t, const struct pronoun *p, const struct anchor *a,
			   uint32_t clause)
{
	bool subject = is_subject(a);
	if (clause == p->clause)
		return (subject ? 4u : 0u) + pronoun_role(p);
	if (is_above(t, clause, p->clause)) {
		uint32_t under = p->clause;
		for (unsigned steps = 0; steps < CLIMB; steps++) {
			uint32_t up = clause_of(t, t->tokens[under].head);
			if (up == clause || up == under)
				break;
			under = up;
		}
		return 8 + ((under == p->clause ? 0u : 8u) + (unsigned)link_of(t, under)) * 2 +
		       (subject ? 1u : 0u);
	}
	if (is_above(t, p->clause, clause))
		return 40 + (subject ? 0u : 1u) + (link_of(t, clause) == LINK_ADVERBIAL ? 2u : 0u);
	return 44 + (subject ? 1u : 0u);
}

/* The relations on the way from the pronoun up to the common ancestor and down to the name, as a
 * number. */
static unsigned path_of(const struct text *t, uint32_t from, uint32_t to)
{
	uint64_t h = from < to;
	unsigned steps = 0;
	uint32_t i = from;
	for (; steps < 5 && !is_above(t, i, to) && t->tokens[i].head != i; steps++) {
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
	uint32_t clause = clause_of(t, a->head);
	unsigned binding = binding_of(t, p, a, clause);
	if (binding)
		ADD(f, BINDING, binding);
	ADD(f, CLAUSE, clauses_of(t, p, a, clause));
	ADD(f, PATH, path_of(t, p->token, a->head));
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
		ADD(f, CATAPHORA,
		    at_most(d->sentences, 2) * 4 + (d->before > 0 ? 2 : 0) + is_subject(a));
		return;
	}
	ADD(f, SENTENCES, d->sentences < 6 ? d->sentences : d->sentences < 10 ? 6 : 7);
	ADD(f, BETWEEN, at_most(p->compatible, 7) + 8 * d->where);
	ADD(f, TOKENS, log_bin(p->token - a->last) + 8 * d->where);
}

/* What the text told before of the pronoun and of the name. */
static void features_of_past(const struct text *t, const struct pronoun *p, const struct anchor *a,
			     const struct distance *d, struct coref_candidate *f)
{
	ADD(f, COUNT, at_most(d->before, 5));
	if (p->before != MAP_NONE)
		ADD(f, LAST_PRONOUN,
		    (p->before == a->entity ? 0 : 3) +
			    at_most(p->sentence - p->before_sentence, 2) +
			    6 * ((p->before_role == ROLE_SUBJECT) +
				 2u * (p->role == ROLE_SUBJECT)));
	uint32_t pq = t->tokens[p->token].quote, aq = t->tokens[a->first].quote;
	ADD(f, QUOTES, pq == aq ? (pq ? 1 : 0) : pq && aq ? 2 : pq ? 3 : 4);
	if (a->entity == p->first_member)
		ADD(f, TOPIC, 0);
}

static void features_of(const struct entities *es, const struct pronoun *p, const struct anchor *a,
			bool is_nearest, struct coref_candidate *f)
{
	const struct text *t = es->t;
	const struct entity *who = &es->v[a->entity];
	uint32_t s = es->sentence_of[a->first];
	struct distance d = {.ahead = a->first > p->token,
			     .before = count_before(es, a->entity, p->token)};
	d.sentences = d.ahead ? s - p->sentence : p->sentence - s;
	d.where = d.ahead ? 3 : at_most(d.sentences, 2);
	*f = (struct coref_candidate){.entity = a->entity, .first = a->first, .last = a->last};
	ADD(f, FORM, a->form);
	ADD(f, GENDER, gender_value(who, p->gender));
	ADD(f, KIND, kind_value(who));
	if (a->entity == p->most_member)
		ADD(f, TOPIC, 6);
	features_of_distance(p, a, &d, f);
	ADD(f, ROLES,
	    (unsigned)a->role + 8 * (pronoun_role(p) + (p->in_subject ? 2 : 0)) + 40 * d.where);
	if (!d.ahead)
		ADD(f, NEAREST, (is_nearest ? 0u : 1u) + 2 * d.where);
	unsigned preposition = preposition_before(t, a->outer);
	if (preposition)
		ADD(f, PREPOSITION, preposition + 12 * d.where);
	features_of_past(t, p, a, &d, f);
	if (!d.ahead && is_subject(a) && !p->subject_seen && gender_fits(who, p->gender))
		ADD(f, TOPIC, 1 + d.where);
	if (t->tokens[a->head].deprel == DEPREL_CONJ)
		ADD(f, LIST, 0);
	if (t->tokens[a->first > 0 ? a->first - 1 : 0].tag == TAG_PUNCT)
		ADD(f, LIST, 1);
	ADD(f, PARALLEL,
	    (a->role == p->role ? 1u : 0u) +
		    (link_of(t, clause_of(t, a->head)) == LINK_ROOT ? 2u : 0u) +
		    (link_of(t, p->clause) == LINK_ROOT ? 4u : 0u) + 8 * (d.where % 3));
	if (d.sentences == 0 && has_tree(t))
		features_within(es, p, a, f);
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
		p->before_role = role_of(es->t, r->head);
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
		if (!is_person_like(&es->v[m]) || !gender_fits(&es->v[m], p->gender))
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
			       role_of(es->t, r->head),
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
	if (!gender_fits(&es->v[a->entity], gender))
		return 0;
	for (size_t k = 0; k < field->n; k++) {
		const struct anchor *b = &field->v[k];
		if (b->entity == a->entity ||
		    es->sentence_of[b->first] != es->sentence_of[a->first] ||
		    !gender_fits(&es->v[b->entity], gender))
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
	return at_most(same, 2) + (other ? 3 : 0);
}

static void rank_before(const struct entities *es, struct pronoun *p, const struct field *field,
			struct coref_candidate *out)
{
	for (size_t i = 0; i < field->n_before; i++) {
		const struct anchor *a = &field->v[i];
		bool is_new = true, fits = gender_fits(&es->v[a->entity], p->gender);
		for (size_t k = 0; k < i; k++)
			is_new = is_new && field->v[k].entity != a->entity;
		features_of(es, p, a, is_new, &out[i]);
		p->compatible += fits && is_new;
		p->subject_seen = p->subject_seen || (fits && is_subject(a));
	}
}

/* "He said of Trump", "she told Lee": the subject of a verb is nobody whom the same verb names
 * behind it. Such candidates go, wherever else they are named; returns how many are left. */
static size_t without_arguments(const struct text *t, const struct pronoun *p,
				const struct field *field, struct coref_candidate *v, size_t n)
{
	size_t kept = n;
	if (p->role != ROLE_SUBJECT || !has_tree(t))
		return n;
	for (size_t i = field->n_before; i < field->n; i++) {
		const struct anchor *a = &field->v[i];
		if ((a->role != ROLE_OBJECT && a->role != ROLE_OBLIQUE) ||
		    clause_of(t, a->head) != p->clause)
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
	p.role = t->tokens[token].tag == TAG_PRPS ? ROLE_POSSESSIVE : role_of(t, token);
	p.clause = clause_of(t, token);
	p.in_subject =
		p.role == ROLE_POSSESSIVE && role_of(t, t->tokens[token].head) <= ROLE_PASSIVE;
	previous_pronoun(es, &p);
	find_topics(es, at, &p);
	look_around(es, token, at, &field);
	rank_before(es, &p, &field, out + 1);
	for (size_t i = field.n_before; i < field.n; i++)
		features_of(es, &p, &field.v[i], false, &out[i + 1]);
	for (size_t i = 0; i < field.n; i++) {
		uint32_t s = es->sentence_of[field.v[i].first];
		unsigned standing = standing_of(es, &field, &field.v[i], p.gender);
		/* Of one alone the cases of GAP, which are hard ones, say too little. */
		if (standing)
			ADD(&out[i + 1], SENTENCE,
			    standing + 4 * (s > p.sentence ? 3 : at_most(p.sentence - s, 2)));
		ADD(&out[i + 1], REFERRED, referred_to(es, &p, field.v[i].entity));
	}
	out[0] = (struct coref_candidate){.entity = MAP_NONE};
	ADD(&out[0], NOBODY, 0);
	ADD(&out[0], NOBODY, at_most(p.compatible, 4) + 1);
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
