/* From a source to the words that are to be resolved. */
#include "extract/entity/speaker_phrase.h"

#include "extract/syntax/labels.h"

/* Words of a name or a phrase, left of its head; "tens of millions of": one of another. */
enum { LEFT_MOST = 8, PARTS_MOST = 3 };

static bool is_nominal(const struct entities *es, uint32_t i)
{
	unsigned tag = es->t->tokens[i].tag;
	return tag_is_noun(tag) || tag == TAG_PRP || tag == TAG_PRPS || tag == TAG_CD ||
	       tag == TAG_DT || es->mention_at[i];
}

static unsigned class_of(const struct entities *es, uint32_t i)
{
	return gazetteer_noun(es->g, &es->t->tokens[i], NULL);
}

/* "Released" of "the poll released Monday". */
static bool is_participle(const struct text *t, uint32_t i)
{
	return t->tokens[i].head < i &&
	       (t->tokens[i].deprel == DEPREL_ACL || t->tokens[i].deprel == DEPREL_ACL_RELCL);
}

bool phrase_parts_adjectives(const struct text *t, uint32_t token)
{
	return t->tokens[token].tag == TAG_COMMA && token > 0 &&
	       t->tokens[token - 1].tag == TAG_JJ && text_tag(t, token + 1) == TAG_JJ;
}

/* Does the phrase end before token i: a preposition, a comma, a relative, "released Monday"? */
static bool ends_before(const struct text *t, uint32_t i)
{
	unsigned tag = t->tokens[i].tag, relation = t->tokens[i].deprel;
	if (is_participle(t, i))
		return true;
	bool is_titled = t->tokens[i].quote && tag == TAG_VBG; /* the "Taking Heart" group */
	return !text_is_joint(t, i) && !phrase_parts_adjectives(t, i) && relation != DEPREL_AMOD &&
	       relation != DEPREL_COMPOUND && !is_titled &&
	       (tag == TAG_IN || tag == TAG_COMMA || tag == TAG_W || tag == TAG_PUNCT ||
		tag == TAG_SC || tag == TAG_VBG) &&
	       !text_is_one_of(t, i, "& / al bin de von van der");
}

/* The last nominal before what ends the phrase, or TOKEN_NONE. */
static uint32_t head_of(const struct entities *es, struct range r)
{
	uint32_t head = TOKEN_NONE;
	for (uint32_t i = r.first; i <= r.last; i++) {
		if (i > r.first && ends_before(es->t, i))
			break;
		if (is_nominal(es, i) && !text_is_in(es->t, i, SET_REFLEXIVE))
			head = i;
	}
	return head;
}

/* First token of the possessor whose mark stands at i and that hangs on `at`; TOKEN_NONE for none.
 */
static uint32_t possessor_before(const struct entities *es, uint32_t i, uint32_t at)
{
	const struct token *v = es->t->tokens;
	uint32_t of = v[i].head;
	if (v[i].tag != TAG_POS || of >= i || v[of].head != at)
		return TOKEN_NONE;
	const struct mention *m = entities_mention(es, of);
	return m ? m->outer : of;
}

/* The phrase whose head or last word is at a token: the whole name, or the words that hang on it
 * and who owns it ("Kenya's trade secretary"). */
static struct range phrase_at(const struct entities *es, uint32_t at)
{
	const struct token *v = es->t->tokens;
	const struct mention *m = entities_mention(es, at);
	struct range r = m ? (struct range){m->outer, m->last} : (struct range){at, at};
	while (!m && r.first > 0 && at - r.first < LEFT_MOST &&
	       !(v[r.first].flags & TOK_PARAGRAPH_START)) {
		uint32_t i = r.first - 1, owner = possessor_before(es, i, at);
		if (owner != TOKEN_NONE)
			return (struct range){owner, at};
		if (v[i].head != at ||
		    !(tag_is_noun(v[i].tag) || v[i].tag == TAG_JJ || es->mention_at[i]))
			break;
		r.first = i;
	}
	return r;
}

static bool is_human(const struct entities *es, uint32_t i)
{
	const struct entity *named = entities_named_at(es, i);
	return named ? named->actor->kind == ACTOR_PERSON : class_of(es, i) & NOUN_HUMAN;
}

/* May the noun at a token be whom "who" takes up, or what "which" does? */
static bool fits_relative(const struct entities *es, uint32_t word, uint32_t i)
{
	const struct entity *named = entities_named_at(es, i);
	unsigned class = class_of(es, i);
	if (text_is(es->t, word, "which"))
		return !is_human(es, i);
	return named ? named->kind != MENTION_PLACE && named->kind != MENTION_COUNTRY
		     : !class || (class & (NOUN_HUMAN | NOUN_PEOPLE | NOUN_ORGANIZATION));
}

enum { RELATIVE_CLIMB = 6 };

/* "Rosa Quispe of the Legal Center, who", "a spokesman for the ministry, who": whose body is named
 * last; TOKEN_NONE for nobody. */
static uint32_t member_above(const struct entities *es, uint32_t noun)
{
	const struct token *v = es->t->tokens;
	uint32_t i = noun;
	for (unsigned k = 0; k < RELATIVE_CLIMB && v[i].head < i; k++) {
		i = v[i].head;
		if (!tag_is_noun(v[i].tag))
			break;
		if (is_human(es, i))
			return i;
	}
	return TOKEN_NONE;
}

/* "Democrats across the country, who", "groups backing candidates, which": where the noun before a
 * relative word cannot be meant, the nearest one above it that can. */
static uint32_t fitting(const struct entities *es, uint32_t word, uint32_t noun)
{
	const struct token *v = es->t->tokens;
	uint32_t i = noun,
		 member = text_is(es->t, word, "who") ? member_above(es, noun) : TOKEN_NONE;
	if (member != TOKEN_NONE && !is_human(es, noun))
		return member;
	if (!text_is_one_of(es->t, word, "who which") || fits_relative(es, word, noun))
		return noun;
	for (unsigned k = 0; k < RELATIVE_CLIMB && v[i].head < i; k++) {
		i = v[i].head;
		if (tag_is_noun(v[i].tag) && fits_relative(es, word, i))
			return i;
	}
	return noun;
}

/* The noun of the clause that a relative word begins, by the tree; else the token before it. */
static uint32_t antecedent_of(const struct entities *es, uint32_t word, uint32_t before)
{
	enum { CLIMB = 8 };
	const struct token *v = es->t->tokens;
	uint32_t i = word;
	for (unsigned k = 0; k < CLIMB && v[i].deprel != DEPREL_ACL_RELCL && v[i].head != i; k++)
		i = v[i].head;
	bool is_found =
		v[i].deprel == DEPREL_ACL_RELCL && v[i].head < word && is_nominal(es, v[i].head);
	return fitting(es, word, is_found ? v[i].head : before);
}

/* "Half of the voters", "two of its officials": what the number is of; 0 where it is of nothing. */
static uint32_t counted_from(const struct entities *es, struct range r, uint32_t head)
{
	bool counts = text_is_in(es->t, head, SET_PARTITIVE) || es->t->tokens[head].tag == TAG_CD;
	return counts && head + 1 < r.last && text_is(es->t, head + 1, "of") ? head + 2 : 0;
}

/* "Lee's", "the WHO's" before a noun, without the mark; RANGE_NONE for none. */
static struct range possessor(const struct entities *es, struct range r, uint32_t head)
{
	const struct token *v = es->t->tokens;
	const struct mention *m = head > r.first ? entities_mention(es, head - 1) : NULL;
	for (uint32_t i = head; i-- > r.first + 1;)
		if (v[i].tag == TAG_POS)
			return (struct range){r.first, i - 1};
	for (uint32_t i = r.first; i < head; i++)
		if (v[i].tag == TAG_PRPS)
			return (struct range){i, i};
	return m && m->kind != NAME_DEMONYM && m->last == head - 1
		       ? (struct range){m->outer, m->last}
		       : RANGE_NONE;
}

/* "Lee's office" speaks for Lee. */
static bool is_office(const struct entities *es, struct range r, uint32_t head)
{
	return text_is(es->t, head, "office") && range_is(possessor(es, r, head));
}

/* A name, a pronoun, or a noun for people or bodies. */
static bool can_make(const struct entities *es, struct range r)
{
	uint32_t head = range_is(r) ? head_of(es, r) : TOKEN_NONE;
	unsigned tag = head == TOKEN_NONE ? TAG_CD : es->t->tokens[head].tag;
	return head != TOKEN_NONE &&
	       (es->mention_at[head] || tag == TAG_PRPS || is_office(es, r, head) ||
		(class_of(es, head) & (NOUN_HUMAN | NOUN_PEOPLE | NOUN_ORGANIZATION)));
}

/* Is the noun a document, which is no part of a name ("the Cook Political Report")? */
static bool is_document(const struct entities *es, struct range r, uint32_t head)
{
	return (class_of(es, head) & NOUN_DOCUMENT) && !es->mention_at[head] &&
	       (head == r.first || !(es->t->tokens[head].flags & TOK_CAPITAL));
}

/* Is "by" or "from" at i about the document: does its noun hang on it, if only through what was
 * done to it, a day, a platform or a reader ("a tweet on Monday by", "a letter to the bank from")?
 */
static bool is_about(const struct entities *es, uint32_t i, uint32_t head)
{
	enum { CLIMB = 3 };
	const struct token *v = es->t->tokens;
	uint32_t at = v[i].head;
	for (unsigned k = 0; k < CLIMB && at > head; k++) {
		at = v[at].head;
		bool may_part = v[at].tag == TAG_NNP || is_participle(es->t, at) ||
				text_is_in(es->t, at, SET_CALENDAR) ||
				(at > 1 && text_is_one_of(es->t, at - 1, "last this to")) ||
				(at > 2 && text_is(es->t, at - 2, "to"));
		if (at != head && !may_part)
			return false;
	}
	return at == head;
}

/* Who speaks through a document: its possessor, or whom it is by or from; else it speaks. */
static struct range maker_of(const struct entities *es, struct range r, uint32_t head)
{
	struct range by = possessor(es, r, head);
	for (uint32_t i = r.first; i < head; i++)
		if (text_is(es->t, i, "/"))
			return r; /* of several */
	bool is_near = true;
	for (uint32_t i = head + 1; !range_is(by) && i < r.last; i++) {
		bool is_done = es->t->tokens[i].tag == TAG_VBN || is_participle(es->t, i),
		     ends = !is_done && ends_before(es->t, i);
		if (text_is_one_of(es->t, i, "by from") && (is_near || is_about(es, i, head)))
			by = (struct range){i + 1, r.last};
		else if (ends && es->t->tokens[i].tag != TAG_IN)
			break;
		is_near = is_near && !ends;
	}
	return can_make(es, by) ? by : r;
}

/* Behind what leads up to the noun: "more than", "two dozen". */
static struct range without_lead(const struct entities *es, struct range r)
{
	const struct text *t = es->t;
	bool compares = text_is_one_of(t, r.first, "more fewer less") && r.first + 2 <= r.last &&
			text_is(t, r.first + 1, "than");
	if (compares || (text_is(t, r.first, "at") && text_is(t, r.first + 1, "least")))
		r.first += r.first + 2 <= r.last ? 2 : 0;
	while (r.first < r.last && !es->mention_at[r.first] &&
	       (t->tokens[r.first].tag == TAG_CD || text_is_in(t, r.first, SET_PARTITIVE)) &&
	       (tag_is_noun(t->tokens[r.first + 1].tag) || t->tokens[r.first + 1].tag == TAG_JJ ||
		t->tokens[r.first + 1].tag == TAG_CD))
		r.first++; /* "two dozen mayors" */
	return r;
}

/* "Aug", "Monday" and "This" are nobody's names. */
static bool is_nobody(const struct entities *es, struct range r, uint32_t head)
{
	const struct text *t = es->t;
	const struct mention *m = entities_mention(es, head);
	unsigned tag = t->tokens[head].tag;
	if (m)
		return m->first == m->last && text_is_in(t, head, SET_CALENDAR) &&
		       es->v[m->entity].actor->kind != ACTOR_PERSON;
	if (text_is_in(t, head, SET_PARTITIVE) || text_is_in(t, head, SET_CALENDAR))
		return true;
	return (tag == TAG_CD || tag == TAG_DT) && r.first + 1 >= head;
}

static bool is_thing(const struct entities *es, uint32_t head)
{
	unsigned class = class_of(es, head);
	return !es->mention_at[head] && class == NOUN_THING && es->t->tokens[head].tag != TAG_NNP &&
	       !(es->t->tokens[head].flags & TOK_ALL_CAPITALS) &&
	       (head == 0 || !text_is_joint(es->t, head - 1)); /* "hard-liners" */
}

/* "This shows that", "that suggests". */
static bool is_fact(const struct text *t, struct range r)
{
	return r.first == r.last && text_is_one_of(t, r.first, "this that it which what");
}

enum speaker_verdict speaker_phrase(const struct entities *es, struct range source,
				    uint32_t antecedent, struct range *out)
{
	const struct text *t = es->t;
	struct range r = source;
	bool is_relative = antecedent != TOKEN_NONE && antecedent < source.first &&
			   source.first == source.last && t->tokens[source.first].tag == TAG_W;
	*out = source;
	if (is_relative && text_is(t, source.first, "which") &&
	    t->tokens[source.first - 1].tag != TAG_COMMA && !is_nominal(es, source.first - 1))
		return SPEAKER_THING; /* "according to which" */
	bool is_whose = text_is(t, source.first, "whose") && source.first > 1;
	if (is_relative)
		r = phrase_at(es, antecedent_of(es, source.first, antecedent));
	else if (is_whose) /* "Lee, whose campaign said" */
		r = phrase_at(
			es, antecedent_of(es, source.first,
					  source.first - 1 -
						  (t->tokens[source.first - 1].tag == TAG_COMMA)));
	else if (t->tokens[r.first].tag == TAG_PRP || t->tokens[r.first].tag == TAG_W)
		return SPEAKER_IS;
	for (unsigned k = 0; k < PARTS_MOST; k++) {
		r = without_lead(es, r);
		uint32_t head = head_of(es, r), counted;
		if (head == TOKEN_NONE)
			return is_relative ? SPEAKER_NOBODY : SPEAKER_THING;
		if (head + 2 <= r.last && t->tokens[head + 1].tag == TAG_COMMA &&
		    (is_thing(es, head) || text_is_in(t, head, SET_CALENDAR))) {
			r.first = head + 2; /* "Today, Senator Lee" */
			continue;
		}
		if ((counted = counted_from(es, r, head)) > 0) {
			r.first = counted;
			continue;
		}
		if (is_fact(t, r))
			return SPEAKER_THING;
		if (is_nobody(es, r, head))
			return SPEAKER_NOBODY;
		if (is_thing(es, head)) {
			struct range owner = maker_of(es, r, head);
			if ((owner.first == r.first && owner.last == r.last) || k + 1 == PARTS_MOST)
				return SPEAKER_THING;
			r = owner;
			continue;
		}
		bool speaks_for = is_document(es, r, head) || is_office(es, r, head);
		struct range maker = speaks_for ? maker_of(es, r, head) : r;
		if (maker.first == r.first && maker.last == r.last) {
			if (head < r.last && !es->mention_at[head] &&
			    is_participle(es->t, head + 1))
				r.last = head;
			break;
		}
		r = maker;
	}
	*out = r;
	return SPEAKER_IS;
}

bool phrase_hears(const struct entities *es, struct range r)
{
	uint32_t head = head_of(es, without_lead(es, r));
	if (head == TOKEN_NONE || es->mention_at[head])
		return head != TOKEN_NONE;
	unsigned class = class_of(es, head);
	return !(class & (NOUN_THING | NOUN_DOCUMENT)) ||
	       (class & (NOUN_HUMAN | NOUN_PEOPLE | NOUN_ORGANIZATION));
}
