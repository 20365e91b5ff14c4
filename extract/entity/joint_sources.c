#include "extract/entity/joint_sources.h"

static bool is_post_noun(const struct text *t, uint32_t i)
{
	return tag_is_noun(t->tokens[i].tag) &&
	       (text_is_in(t, i, SET_ROLE) || text_is_in(t, i, SET_POST_NOUN));
}

static bool is_name_at(const struct entities *es, uint32_t i)
{
	return es->mention_at[i] && es->mentions[es->mention_at[i] - 1].kind != NAME_DEMONYM;
}

/* The token before a bracket that ends at i: "John Curtis (R-Utah)"; i where there is none. */
static uint32_t before_bracket(const struct text *t, uint32_t i)
{
	enum { BRACKET_MOST = 8 };
	bool closes = text_is(t, i, ")") || (i + 1 < t->n_tokens && text_is(t, i + 1, ")"));
	for (uint32_t k = i; closes && k > 0 && i - k < BRACKET_MOST; k--)
		if (text_is(t, k, "("))
			return k - 1;
	return i;
}

static bool is_person_at(const struct entities *es, uint32_t i)
{
	const struct entity *e = entities_named_at(es, i);
	return e && e->actor->kind == ACTOR_PERSON;
}

/* --- two -------------------------------------------------------------------------------------- */

/* Does a source of its own stand behind the "and" at i: a name that ends the whole, "the foreign
 * secretary", "others"? */
static bool is_source_behind(const struct entities *es, struct range source, uint32_t i)
{
	const struct text *t = es->t;
	uint32_t next = i + 1 + (t->tokens[i + 1].tag == TAG_DT);
	uint32_t end = before_bracket(t, source.last);
	if (text_is(t, i + 1, "others") || (next > i + 1 && is_post_noun(t, source.last)))
		return true;
	for (uint32_t k = next; k <= source.last; k++)
		if (is_name_at(es, k) && es->mention_at[k] != es->mention_at[i - 1] &&
		    es->mentions[es->mention_at[k] - 1].last == end)
			return true;
	return false;
}

/* Of "others in the Democratic Party" the party speaks, of mere "others" nobody. */
static struct range without_others(const struct entities *es, struct range r)
{
	if (!text_is(es->t, r.first, "others"))
		return r;
	return is_name_at(es, r.last)
		       ? (struct range){es->mentions[es->mention_at[r.last] - 1].first, r.last}
		       : RANGE_NONE;
}

/* "China and the United States": the token before the second of two, or 0. */
static uint32_t second_source(const struct entities *es, struct range source)
{
	const struct text *t = es->t;
	for (uint32_t i = source.first + 1; i < source.last; i++) {
		if (t->tokens[i].tag == TAG_IN || t->tokens[i].tag == TAG_COMMA ||
		    t->tokens[i].tag == TAG_W)
			return 0;
		if (!text_is(t, i, "and"))
			continue;
		/* not of "Ann Lee President and CEO of ..." */
		uint32_t left = before_bracket(t, i - 1);
		bool is_left = is_name_at(es, left) || t->tokens[i - 1].tag == TAG_PRP ||
			       (is_post_noun(t, i - 1) && !(i > 1 && is_person_at(es, i - 2)));
		return is_left && is_source_behind(es, source, i) ? i : 0;
	}
	return 0;
}

/* --- lists ------------------------------------------------------------------------------------ */

/* A list has persons, or countries and bodies. */
enum item_kind { ITEM_NONE, ITEM_PERSON, ITEM_BODY };

static enum item_kind kind_at(const struct entities *es, const struct mention *m)
{
	const struct actor *a = es->v[m->entity].actor;
	if (m->kind == NAME_DEMONYM)
		return ITEM_NONE;
	return a->kind == ACTOR_PERSON					   ? ITEM_PERSON
	       : a->kind == ACTOR_COUNTRY || a->kind == ACTOR_ORGANIZATION ? ITEM_BODY
									   : ITEM_NONE;
}

/* The name that a token starts, with its titles ("Senators Ann Lee"); NULL for none. */
static const struct mention *named_from(const struct entities *es, uint32_t i)
{
	size_t next = entities_mention_after(es, i);
	const struct mention *m = next < es->n_mentions ? &es->mentions[next] : NULL;
	while (m && i < m->outer && text_is_in(es->t, i, SET_NAME_TITLE))
		i++;
	return m && (i == m->first || i == m->outer) ? m : NULL;
}

/* The last token of the bracket behind i, or i. */
static uint32_t behind_bracket(const struct text *t, uint32_t i, uint32_t last)
{
	for (uint32_t k = i + 2; k <= last && text_is(t, i + 1, "("); k++)
		if (text_is(t, k, ")"))
			return k;
	return i;
}

/* Names between commas and a last "and", all of a kind, and nothing else. How many; 0: no list. */
static size_t list_of(const struct entities *es, struct range r, struct range *out)
{
	const struct text *t = es->t;
	enum item_kind kind = ITEM_NONE;
	size_t n = 0;
	for (uint32_t i = r.first; n < JOINT_SOURCES_MOST; i++) {
		bool was_and = n > 0 && text_is(t, i, "and");
		i += was_and;
		i += i < r.last && t->tokens[i].tag == TAG_DT;
		const struct mention *m = named_from(es, i);
		if (!m || m->last > r.last || kind_at(es, m) == ITEM_NONE ||
		    (n > 0 && kind_at(es, m) != kind))
			return 0;
		kind = kind_at(es, m);
		out[n++] = (struct range){i, m->last};
		i = behind_bracket(t, m->last, r.last);
		if (i == r.last)
			return was_and ? n : 0;
		if (!text_is_one_of(t, i + 1, ", and"))
			return 0;
		i += text_is(t, i + 1, ",");
	}
	return 0;
}

/* "The governments of", "leaders of", "foreign ministers from": for each country of a list; 0 for
 * other words, and for those who no longer or do not yet speak for it. */
static uint32_t behind_plural_post(const struct text *t, struct range r)
{
	uint32_t i = r.first;
	while (i < r.last && !text_is_one_of(t, i + 1, "of from"))
		if (t->tokens[i].tag == TAG_COMMA || !(t->tokens[i].flags & TOK_WORD) ||
		    text_is_one_of(t, i++, "former deputy shadow opposition"))
			return 0;
	bool is_post = text_is_one_of(
		t, i, "governments leaders presidents ministers parliaments embassies");
	return is_post && i + 2 <= r.last ? i + 2 : 0;
}

size_t joint_sources(const struct entities *es, struct range source,
		     struct range out[JOINT_SOURCES_MOST])
{
	out[0] = source;
	if (!range_is(source))
		return 1;
	uint32_t list = behind_plural_post(es->t, source);
	size_t n = list_of(es, list ? (struct range){list, source.last} : source, out);
	if (n > 2 || (list && n == 2))
		return n;
	out[0] = source;
	uint32_t cut = second_source(es, source);
	if (!cut)
		return 1;
	out[0].last = cut - 1;
	out[1] = without_others(es, (struct range){cut + 1, source.last});
	return 2;
}
