#include "extract/entity/joint_sources.h"

#include "extract/entity/post.h"
#include "extract/syntax/labels.h"

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

/* Whom the text names in the post with its noun at `head`; MAP_NONE for nobody. *is_head: that of a
 * state or a government. */
static uint32_t named_in(const struct entities *es, uint32_t first, uint32_t head, bool *is_head)
{
	struct post p;
	post_read(es, first, head, &p);
	const struct post *called = posts_called(es, &p, false);
	*is_head = p.is_prime || text_is_in(es->t, head, SET_OFFICE_HEAD);
	return called ? called->entity : MAP_NONE;
}

static bool is_plural(const struct text *t, uint32_t i)
{
	return t->tokens[i].xpos == XPOS_NNS || t->tokens[i].xpos == XPOS_NNPS;
}

/* "The Secretary and President", "the Secretary and Foreign Ministers", "the Prime Minister and His
 * Majesty": two persons behind one article, as the text names two, or none is what the other is. */
static bool is_second_post(const struct entities *es, struct range source, uint32_t i)
{
	const struct text *t = es->t;
	if (!is_post_noun(t, i - 1) || t->tokens[source.first].tag != TAG_DT)
		return false;
	if (t->tokens[i + 1].tag == TAG_PRPS)
		return i + 2 == source.last && text_is_in(t, source.last, SET_NAME_TITLE);
	for (uint32_t k = i + 1; k <= source.last; k++)
		if (!(t->tokens[k].flags & TOK_CAPITAL))
			return false;
	if (is_plural(t, source.last) && !is_plural(t, i - 1))
		return gazetteer_noun(es->g, &t->tokens[source.last], NULL) & NOUN_HUMAN;
	if (!is_post_noun(t, source.last))
		return false;
	bool is_a_head, is_b_head;
	uint32_t a = named_in(es, source.first, i - 1, &is_a_head),
		 b = named_in(es, i + 1, source.last, &is_b_head);
	return a != b && ((is_a_head && is_b_head) || (a != MAP_NONE && b != MAP_NONE));
}

/* Does a source of its own stand behind the "and" at i: a name that ends the whole, "the foreign
 * secretary", "others"? */
static bool is_source_behind(const struct entities *es, struct range source, uint32_t i)
{
	const struct text *t = es->t;
	uint32_t next = i + 1 + (t->tokens[i + 1].tag == TAG_DT);
	uint32_t end = before_bracket(t, source.last);
	if (text_is(t, i + 1, "others") || (next > i + 1 && is_post_noun(t, source.last)) ||
	    is_second_post(es, source, i))
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

/* --- both ------------------------------------------------------------------------------------- */

/* "Both leaders", "the two ministers", "the two sides": of which kind they are. */
static enum item_kind kind_of_both(const struct entities *es, struct range r)
{
	enum { WORDS_MOST = 5 };
	const struct text *t = es->t;
	uint32_t noun = r.last, first = r.first;
	bool is_both = text_is(t, first, "both") ||
		       (first < noun && text_is(t, first + 1, "two") &&
			(text_is(t, first, "the") || t->tokens[first].tag == TAG_PRPS));
	first += text_is(t, first, "both") ? 1 : 2;
	if (!is_both || first > noun || noun - r.first >= WORDS_MOST ||
	    t->tokens[noun].xpos != XPOS_NNS || es->mention_at[noun])
		return ITEM_NONE;
	for (uint32_t i = first; i < noun; i++)
		if (es->mention_at[i] ||
		    (t->tokens[i].tag != TAG_JJ && !tag_is_noun(t->tokens[i].tag)))
			return ITEM_NONE;
	if (text_is_one_of(t, noun, "sides countries governments nations delegations states"))
		return ITEM_BODY;
	return is_post_noun(t, noun) || (gazetteer_noun(es->g, &t->tokens[noun], NULL) & NOUN_HUMAN)
		       ? ITEM_PERSON
		       : ITEM_NONE;
}

static bool is_of_kind(const struct entities *es, const struct mention *m, enum item_kind kind)
{
	return es->v[m->entity].actor->kind == (kind == ITEM_PERSON ? ACTOR_PERSON : ACTOR_COUNTRY);
}

/* The word of a name that hangs on one outside of it, behind appositions and titles. */
static uint32_t top_of(const struct text *t, const struct mention *m)
{
	enum { CLIMB = 6 };
	uint32_t i = m->last;
	for (int k = 0; k < CLIMB; k++) {
		unsigned deprel = deprel_universal(t->tokens[i].deprel);
		bool is_part = deprel == DEPREL_FLAT || deprel == DEPREL_COMPOUND ||
			       deprel == DEPREL_APPOS;
		if (!is_part && t->tokens[i].head >= m->outer && t->tokens[i].head <= m->last)
			is_part = t->tokens[i].head != i;
		if (!is_part)
			break;
		i = t->tokens[i].head;
	}
	return i;
}

static bool is_subject(const struct text *t, const struct mention *m)
{
	return deprel_universal(t->tokens[top_of(t, m)].deprel) == DEPREL_NSUBJ;
}

/* "Lee and Ruiz", "Lee met Ruiz", "Lee came for talks with Ruiz". */
static bool stand_together(const struct text *t, const struct mention *a, const struct mention *b)
{
	uint32_t x = top_of(t, a), y = top_of(t, b);
	if (a->kind == NAME_DEMONYM || b->kind == NAME_DEMONYM)
		return false;
	unsigned of_y = deprel_universal(t->tokens[y].deprel);
	if (of_y == DEPREL_CONJ && t->tokens[y].head == x)
		return true;
	bool is_with = false;
	for (uint32_t k = b->outer; k-- > a->last + 1 && !is_with;)
		is_with = t->tokens[k].head == y && text_is(t, k, "with");
	return is_subject(t, a) &&
	       ((of_y == DEPREL_OBJ && t->tokens[x].head == t->tokens[y].head) ||
		(is_with && (of_y == DEPREL_OBL || of_y == DEPREL_NMOD)));
}

/* 1: a sentence names two of a kind that stand together; 0: it names fewer; -1: it is not told
 * which two. */
static int pair_in(const struct entities *es, const struct sentence *s, enum item_kind kind,
		   struct range out[2])
{
	const struct mention *last = NULL;
	size_t n = 0, others = 0;
	bool are_subjects = false;
	for (size_t k = entities_mention_after(es, s->first);
	     k < es->n_mentions && es->mentions[k].first < s->end; k++) {
		const struct mention *m = &es->mentions[k];
		if (!is_of_kind(es, m, kind))
			continue;
		bool is_other = last && last->entity != m->entity;
		others += is_other;
		if (is_other && stand_together(es->t, last, m)) {
			out[0] = (struct range){last->outer, last->last};
			out[1] = (struct range){m->outer, m->last};
			are_subjects = is_subject(es->t, last);
			n++;
		}
		last = m;
	}
	bool is_told = n == 1 && (others == 1 || are_subjects);
	return is_told ? 1 : others ? -1 : 0;
}

static bool find_both(const struct entities *es, struct range source, struct range out[2])
{
	enum { BACK = 5 };
	enum item_kind kind = kind_of_both(es, source);
	size_t s = kind ? text_sentence(es->t, source.first) : 0;
	int found = 0;
	for (size_t steps = 0; !found && s-- > 0 && steps < BACK; steps++)
		found = pair_in(es, &es->t->sentences[s], kind, out);
	return found > 0;
}

size_t joint_sources(const struct entities *es, struct range source,
		     struct range out[JOINT_SOURCES_MOST])
{
	out[0] = source;
	if (!range_is(source))
		return 1;
	if (find_both(es, source, out))
		return 2;
	out[0] = source;
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
