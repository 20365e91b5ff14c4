/* Which name of a phrase is the one that is meant, and what the words around it say of the person.
 */
#include "extract/entity/named_phrase.h"

#include "extract/entity/post.h"
#include "extract/entity/role.h"
#include "extract/text/text.h"

bool mention_is_person(const struct entities *es, const struct mention *m)
{
	return m && es->v[m->entity].actor->kind == ACTOR_PERSON;
}

/* The first of the words that stand before `first` without a mark and say of what one is the head:
 * names ("NATO Secretary-General", "California Attorney General"; parsers part them), and within
 * the phrase all nouns and adjectives ("Democratic committee chairman"). */
static uint32_t title_from(const struct entities *es, struct range r, uint32_t first)
{
	const struct text *t = es->t;
	for (uint32_t i = first; i-- > 0;) {
		unsigned tag = t->tokens[i].tag;
		bool is_word = i < r.first ? t->tokens[i].flags & TOK_CAPITAL && tag == TAG_NNP
					   : tag_is_noun(tag) || tag == TAG_JJ;
		if (!is_word && !text_is(t, i, "-"))
			break;
		if (mention_is_person(es, entities_mention(es, i)) ||
		    text_is_in(t, i, SET_COURTESY_TITLE))
			break;
		first = is_word ? i : first;
	}
	return first;
}

static void take_mention(const struct entities *es, struct range r, const struct mention *m,
			 struct referent *out)
{
	const struct text *t = es->t;
	out->actor = es->v[m->entity].actor;
	out->via = m->kind == NAME_CAPITAL || m->kind == NAME_METONYM ? VIA_METONYM : VIA_NAME;
	if (!mention_is_person(es, m))
		return;
	bool is_title = m->outer < m->first;
	if (m->first == m->last && is_title)
		out->via = VIA_TITLE_SURNAME;
	if (is_title && !text_is_in(t, m->outer, SET_COURTESY_TITLE))
		out->role = text_range(t, title_from(es, r, m->outer), m->first - 1);
	else if (r.last > m->last + 1 && t->tokens[m->last + 1].tag == TAG_COMMA &&
		 t->tokens[m->last + 2].tag != TAG_CD && t->tokens[m->last + 2].tag != TAG_W)
		out->role = text_range(t, m->last + 2, r.last);
}

static void take_with_role(const struct entities *es, const struct mention *m, uint32_t first,
			   uint32_t last, struct referent *out)
{
	out->actor = es->v[m->entity].actor;
	out->via = VIA_NAME;
	out->role = text_range(es->t, first, last);
}

/* The person whose titles are all that stands before the name, and who is no mere possessor. */
static const struct mention *person_after_titles(const struct entities *es, struct range r)
{
	const struct text *t = es->t;
	for (uint32_t i = r.first; i <= r.last; i++) {
		const struct mention *m = entities_mention(es, i);
		if (mention_is_person(es, m)) {
			unsigned after = text_tag(t, m->last + 1);
			/* but not "Ann Lee President and CEO of ..." */
			uint32_t post = m->last + 1;
			bool is_post = post <= r.last && m->first < m->last &&
				       (t->tokens[post].flags & TOK_CAPITAL) &&
				       text_is_in(t, post, SET_ROLE) &&
				       (post == r.last || text_is_one_of(t, post + 1, "and of"));
			bool goes_on = m->last < r.last && !is_post &&
				       (tag_is_noun(after) || after == TAG_JJ);
			bool follows_of = m->outer > r.first && text_is(t, m->outer - 1, "of") &&
					  m->outer == m->first && i > r.first + 2;
			/* "the parliament of Iraqi Kurdistan" */
			bool is_single = m->first == m->last && m->outer == m->first;
			for (uint32_t k = r.first + 1; is_single && !follows_of && k < i; k++)
				follows_of =
					text_is(t, k, "of") && es->v[m->entity].known == MAP_NONE;
			return after == TAG_POS || goes_on || follows_of ? NULL : m;
		}
		if (!m && !(t->tokens[i].flags & TOK_CAPITAL) &&
		    !text_is_one_of(t, i, "of the for and 's ’s") && !text_is_in(t, i, SET_ROLE))
			return NULL;
	}
	return NULL;
}

/* "US Secretary of State Mike Pompeo" */
int named_person_with_titles(struct entities *es, const struct noun_phrase *p, struct referent *out)
{
	const struct text *t = es->t;
	uint32_t first = p->r.first;
	const struct mention *m = person_after_titles(es, p->r);
	if (!m)
		return 0;
	take_mention(es, p->r, m, out);
	if (m->first <= first || text_is_in(t, first, SET_COURTESY_TITLE))
		return 1;
	if (t->tokens[first].tag == TAG_DT && first + 1 < m->first)
		first++;
	else
		first = title_from(es, p->r, first);
	out->role = text_range(t, first, m->first - 1);
	return 1;
}

int named_as_head(struct entities *es, const struct noun_phrase *p, struct referent *out)
{
	const struct mention *m = entities_mention(es, p->head);
	if (!m || m->kind == NAME_DEMONYM)
		return 0;
	take_mention(es, p->r, m, out);
	return 1;
}

/* "The hon. Member for Eastham (Mr. Holt)": the person in brackets behind a description, wherever
 * the source ends. */
static const struct mention *person_in_brackets(const struct entities *es,
						const struct noun_phrase *p)
{
	enum { NEAR = 8, TITLE = 3 };
	const struct text *t = es->t;
	uint32_t i = p->head + 1;
	while (i < p->head + NEAR && i <= p->r.last + 1 && i < t->n_tokens && !text_is(t, i, "("))
		i++;
	const struct mention *m = NULL;
	for (uint32_t k = i + 1; !m && k < t->n_tokens && k <= i + TITLE; k++)
		m = entities_mention(es, k);
	bool is_alone = mention_is_person(es, m) && text_is(t, i, "(") && m->outer == i + 1 &&
			m->last + 1 < t->n_tokens && text_is(t, m->last + 1, ")");
	return is_alone ? m : NULL;
}

/* "One of these groups, the Harbor Front (HF),", "a member of the panel, Ann Lee,": the name that
 * an apposition is, as far as it ends the phrase. */
static const struct mention *name_at_end(const struct entities *es, const struct noun_phrase *p)
{
	const struct text *t = es->t;
	uint32_t comma = p->head + 1;
	while (comma < p->r.last && t->tokens[comma].tag != TAG_COMMA &&
	       t->tokens[comma].tag != TAG_W)
		comma++;
	if (comma >= p->r.last || t->tokens[comma].tag != TAG_COMMA)
		return NULL;
	uint32_t first = comma + 1 + (t->tokens[comma + 1].tag == TAG_DT);
	const struct mention *m = first <= p->r.last ? entities_mention(es, first) : NULL;
	if (!m || m->kind == NAME_DEMONYM || m->outer > first)
		return NULL;
	uint32_t end = m->last < p->r.last ? m->last + 1 : m->last;
	enum actor_kind kind = es->v[m->entity].actor->kind;
	bool ends = end == m->last || text_is(t, end, "(") ||
		    (t->tokens[end].tag == TAG_COMMA && end == p->r.last);
	return ends && (kind == ACTOR_PERSON || kind == ACTOR_ORGANIZATION) ? m : NULL;
}

/* "The group's leader, Betty Bradley": a name in the apposition serves where the head has none. */
int named_in_apposition(struct entities *es, const struct noun_phrase *p, struct referent *out)
{
	enum { NEAR = 3 };
	if (es->mention_at[p->head])
		return 0;
	const struct post *post = posts_at(es, p->head);
	if (post) {
		bool is_named = post->last < p->r.last;
		out->actor = es->v[post->entity].actor;
		out->via = is_named ? VIA_NAME : VIA_ROLE;
		out->role = text_range(es->t, p->r.first, is_named ? post->last : p->head);
		return 1;
	}
	const struct mention *named = person_in_brackets(es, p);
	if (named) {
		take_with_role(es, named, p->r.first, p->head, out);
		return 1;
	}
	for (uint32_t i = p->head + 1; i < p->r.last && i < p->head + NEAR; i++) {
		const struct mention *m = entities_mention(es, i + 1);
		if (es->t->tokens[i].tag != TAG_COMMA || !mention_is_person(es, m))
			continue;
		take_with_role(es, m, p->r.first, p->head, out);
		return 1;
	}
	named = name_at_end(es, p);
	if (!named)
		return 0;
	take_with_role(es, named, p->r.first, p->head, out);
	out->role = mention_is_person(es, named) ? out->role : STR_EMPTY;
	return 1;
}

/* "Candidate", "staff" */
static bool is_somebody(const struct entities *es, uint32_t i)
{
	return es->t->tokens[i].tag == TAG_NN &&
	       (gazetteer_noun(es->g, &es->t->tokens[i], NULL) & (NOUN_HUMAN | NOUN_PEOPLE));
}

/* "University of California San Diego Chancellor Ann Lee": a title that belongs to a body. */
static bool is_of_body(const struct entities *es, const struct noun_phrase *p,
		       const struct mention *m)
{
	unsigned before = m->outer > p->r.first ? es->t->tokens[m->outer - 1].tag : TAG_IN;
	return m->outer < m->first && before != TAG_IN && before != TAG_DT &&
	       (es->t->tokens[p->head].flags & TOK_CAPITAL) && !role_is_noun(es->t, p->head) &&
	       !(gazetteer_noun(es->g, &es->t->tokens[p->head], NULL) & NOUN_HUMAN);
}

/* "The former secretary of state and Democratic candidate Ann Lee": the noun right before a full
 * name that ends the phrase is what she is. */
int named_person_behind_noun(struct entities *es, const struct noun_phrase *p, struct referent *out)
{
	const struct text *t = es->t;
	const struct mention *m = entities_mention(es, p->r.last);
	if (!mention_is_person(es, m) || m->first == m->last || m->first <= p->r.first + 1 ||
	    es->mention_at[m->first - 1] ||
	    !(is_somebody(es, m->first - 1) || is_of_body(es, p, m)))
		return 0;
	for (uint32_t i = p->r.first; i < m->first; i++)
		if (t->tokens[i].tag == TAG_COMMA || t->tokens[i].tag == TAG_W ||
		    t->tokens[i].tag == TAG_POS)
			return 0;
	take_with_role(es, m, p->r.first, m->first - 1, out);
	return 1;
}

/* "Hong Kong director of Amnesty International Man-kei Tam" */
int named_person_at_end(struct entities *es, const struct noun_phrase *p, struct referent *out)
{
	const struct mention *m = entities_mention(es, p->r.last);
	if (!mention_is_person(es, m) || m->first <= p->head || m->first == m->last ||
	    !es->mention_at[m->first - 1] || !text_is_in(es->t, p->head, SET_ROLE))
		return 0;
	take_with_role(es, m, p->r.first, m->first - 1, out);
	return 1;
}
