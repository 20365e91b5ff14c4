/* An object's phrase cut to what names it. */
#include "extract/issue/object_issue.h"

#include <string.h>

#include "base/fold.h"
#include "extract/issue/deed.h"
#include "extract/issue/open_issue.h"
#include "extract/tables/key.h"
#include "extract/tables/lexicon.h"

/* Words of a name: more tell a story. */
enum { LONGEST = 8 };
static const float SCORE = 0.4f;

/* Nothing in front of the head that only points, counts or joins: "how many", "and", "there are".
 */
static bool is_empty_start(const struct text *t, uint32_t i, uint32_t head)
{
	const struct token *k = &t->tokens[i];
	bool is_of_another = k->head != head && tag_is_noun(t->tokens[k->head].tag);
	bool is_empty =
		text_is_in(t, i, SET_EMPTY_MODIFIER) && !is_of_another && !text_is_joint(t, i + 1);
	if (!(k->flags & TOK_WORD) || is_empty)
		return true;
	switch (k->xpos) {
	case XPOS_DT:
	case XPOS_PDT:
	case XPOS_WDT:
	case XPOS_PRPS:
	case XPOS_WPS:
	case XPOS_WRB:
	case XPOS_POS:
	case XPOS_TO:
	case XPOS_IN:
	case XPOS_CC:
		return true;
	default:
		return str_eq(t->lemmas[i], STR("be")) || text_is_one_of(t, i, "not n't") ||
		       (k->xpos == XPOS_RB && k->head == head && !text_is_joint(t, i + 1));
	}
}

/* A name is one, however long: nothing may hang on how a country is called. */
static uint32_t words_in(const struct entities *es, struct range r)
{
	const struct text *t = es->t;
	uint32_t n = 0;
	for (uint32_t i = r.first; i <= r.last; i++)
		n += (t->tokens[i].flags & TOK_WORD) && t->tokens[i].xpos != XPOS_DT &&
		     t->tokens[i].xpos != XPOS_POS &&
		     (i == r.first || !es->mention_at[i] ||
		      es->mention_at[i] != es->mention_at[i - 1]);
	return n;
}

static bool has_name(const struct entities *es, uint32_t first, uint32_t end)
{
	for (uint32_t i = first; i < end; i++)
		if (es->mention_at[i])
			return true;
	return false;
}

/* What hangs on the head behind it as far as that fits; of what does not, as much as fits up to its
 * own head. */
static uint32_t end_within(const struct forest *f, const struct entities *es, struct range r,
			   uint32_t head)
{
	uint32_t last = head;
	for (uint32_t k = f->child[head]; k != FOREST_NONE; k = f->next[k]) {
		if (k < head || k > r.last || f->left[k] != last + 1)
			continue;
		uint32_t right = f->right[k] < r.last ? f->right[k] : r.last;
		if (f->relation[k] != DEPREL_ACL &&
		    words_in(es, (struct range){r.first, right}) <= LONGEST)
			last = right;
		else if (words_in(es, (struct range){r.first, k}) <= LONGEST)
			return end_within(f, es, r, k);
	}
	return last;
}

static bool is_in(const struct text *t, struct str lemma, enum word_set set)
{
	return word_sets_has(t->word_sets, word_sets_row(t->word_sets, lemma), set);
}

/* Does the word say what it is about? */
static bool is_telling(const struct text *t, uint32_t i)
{
	const struct token *k = &t->tokens[i];
	bool is_full = k->tag == TAG_NN || k->tag == TAG_NNS || k->tag == TAG_NNP ||
		       k->tag == TAG_JJ || tag_is_verb(k->tag);
	return is_full && !is_in(t, t->lemmas[i], SET_GENERIC_NOUN) &&
	       !is_in(t, t->lemmas[i], SET_VAGUE_NOUN) && !text_is_in(t, i, SET_EMPTY_MODIFIER);
}

static uint32_t telling_in(const struct text *t, uint32_t first, uint32_t last)
{
	uint32_t n = 0;
	for (uint32_t i = first; i <= last; i++)
		n += is_telling(t, i);
	return n;
}

/* What goes on behind the head is told of it: a mark that parts, a clause. A list that is short is
 * one thing. */
static bool is_break(const struct text *t, uint32_t i, uint32_t head, bool is_short)
{
	const struct token *k = &t->tokens[i];
	bool is_of_list = is_short && deprel_universal(t->tokens[k->head].deprel) == DEPREL_CONJ;
	bool is_mark = (k->xpos == XPOS_COMMA && !is_of_list) || k->xpos == XPOS_COLON ||
		       k->xpos == XPOS_LRB || k->xpos == XPOS_NFP ||
		       (k->xpos == XPOS_HYPH && !text_is_joint(t, i));
	bool is_clause = (k->xpos == XPOS_IN && k->deprel == DEPREL_MARK) || k->xpos == XPOS_WRB;
	return is_mark || is_clause || (k->head > head && k->head < i + 3 && k->xpos == XPOS_WDT);
}

/* Up to the first break where the words before it say enough. */
static uint32_t end_before_break(const struct entities *es, struct range r, uint32_t head)
{
	const struct text *t = es->t;
	bool is_short = words_in(es, r) <= LONGEST;
	for (uint32_t i = head + 1; i <= r.last; i++)
		if (is_break(t, i, head, is_short) && telling_in(t, r.first, i - 1) > 1)
			return i - 1;
	return r.last;
}

/* No name ends so: with a joint, with a word that belongs to what was cut off, or with a bare
 * participle: "a plan called". */
static bool is_empty_end(const struct forest *f, struct range r, uint32_t i)
{
	const struct text *t = f->t;
	static const uint8_t joints[] = {XPOS_CC,  XPOS_IN,  XPOS_DT,  XPOS_TO,	 XPOS_WDT,
					 XPOS_WP,  XPOS_WPS, XPOS_WRB, XPOS_PDT, XPOS_PRPS,
					 XPOS_POS, XPOS_MD,  XPOS_EX};
	const struct token *k = &t->tokens[i];
	bool is_open = f->right[i] > r.last &&
		       (tag_is_verb(k->tag) || is_in(t, t->lemmas[i], SET_GENERIC_NOUN) ||
			is_in(t, t->lemmas[i], SET_VAGUE_NOUN));
	bool is_bare = tag_is_verb(k->tag) && f->relation[i] == DEPREL_ACL && f->left[i] == i;
	bool is_joint = !(k->flags & TOK_WORD) || k->head > r.last || is_open || is_bare ||
			(!tag_is_noun(k->tag) && text_is_in(t, i, SET_EMPTY_MODIFIER));
	for (size_t x = 0; x < sizeof joints && !is_joint; x++)
		is_joint = k->xpos == joints[x];
	return is_joint;
}

/* Where a clause begins whose verb was cut off: "lies that the embassy [was safe]", or the end. */
static uint32_t end_before_stump(const struct text *t, struct range r, uint32_t head)
{
	for (uint32_t i = head + 1; i <= r.last; i++) {
		unsigned xpos = t->tokens[i].xpos;
		bool begins = t->tokens[i].deprel == DEPREL_MARK || xpos == XPOS_WDT ||
			      xpos == XPOS_WP || xpos == XPOS_WRB;
		if (begins && t->tokens[i].head > r.last)
			return i - 1;
	}
	return r.last;
}

/* From the first word that says something; as far as it may be long. Without `owner`: nor
 * whose it is. */
static struct range cut(const struct forest *f, const struct entities *es, struct range r,
			uint32_t head, bool owner)
{
	const struct text *t = f->t;
	uint32_t is = forest_child(f, head, DEPREL_COP);
	if (is != FOREST_NONE && is >= r.first && is < head)
		r.first = is + 1;
	for (uint32_t i = r.first; !owner && i < head; i++)
		if (t->tokens[i].xpos == XPOS_POS && r.last > i + 1)
			r.first = i + 1;
	while (r.first < head && is_empty_start(t, r.first, head))
		r.first++;
	r.last = end_before_break(es, r, head);
	if (words_in(es, r) > LONGEST)
		r.last = end_within(f, es, r, head);
	r.last = end_before_stump(t, r, head);
	while (r.last > head && is_empty_end(f, r, r.last))
		r.last--;
	return r;
}

/* "The policy", "this support": a noun that names something with a modifier alone. */
static bool is_shell(const struct text *t, uint32_t head)
{
	return is_in(t, t->lemmas[head], SET_SHELL_NOUN);
}

/* Two words that say something, a name but of a mere place, or a noun that the article comes back
 * to. */
static bool is_worth(const struct text *t, const struct entities *es, struct range r, uint32_t head,
		     uint32_t times)
{
	enum { AGAIN = 2 };
	uint32_t said = 0;
	bool is_named = false, is_mere_place = true;
	for (uint32_t i = r.first; i <= r.last; i++) {
		const struct token *k = &t->tokens[i];
		const struct entity *e = entities_named_at(es, i);
		is_named = is_named || e;
		is_mere_place = is_mere_place &&
				((e && (e->kind == MENTION_COUNTRY || e->kind == MENTION_PLACE)) ||
				 k->xpos == XPOS_DT);
		said += is_telling(t, i);
	}
	unsigned xpos = t->tokens[head].xpos;
	bool is_again = said == 1 && tag_is_noun(t->tokens[head].tag) && times != MAP_NONE &&
			times >= AGAIN && !(words_in(es, r) == 1 && is_shell(t, head));
	return xpos != XPOS_PRP && xpos != XPOS_DT && !is_mere_place &&
	       (is_named || said > 1 || is_again) && words_in(es, r) <= LONGEST;
}

/* Its words in small letters but for those that are written with capitals everywhere, without
 * quotation marks; a person by the whole name. */
static struct str label_of(const struct forest *f, const struct entities *es, struct range r,
			   struct arena *a)
{
	const struct text *t = f->t;
	const struct entity *who = entities_named_at(es, r.first);
	uint32_t m = es->mention_at[r.first];
	if (who && who->kind == MENTION_PERSON && es->mentions[m - 1].last >= r.last)
		return who->actor->name;
	char *p = arena_alloc(a, text_range(t, r.first, r.last).n + 1);
	size_t n = 0;
	bool is_apart = false;
	for (uint32_t i = r.first; p && i <= r.last; i++) {
		const struct token *k = &t->tokens[i];
		is_apart = is_apart || (i > r.first && k->start > t->tokens[i - 1].end);
		struct str word = {(issue_word_is_capital(es, i) ? t->bytes : t->lower).p +
					   k->start,
				   k->end - k->start};
		if (k->xpos == XPOS_OPEN || k->xpos == XPOS_CLOSE)
			continue;
		if (n > 0 && is_apart)
			p[n++] = ' ';
		is_apart = false;
		memcpy(p + n, word.p, word.n);
		n += word.n;
	}
	return (struct str){p, p ? n : 0};
}

/* Do all words beside the head only judge or count it: "an excellent amendment", "two bills"? */
static bool only_judges(const struct entities *es, struct range r, uint32_t head)
{
	const struct text *t = es->t;
	for (uint32_t i = r.first; i <= r.last; i++) {
		bool judges = t->tokens[i].xpos == XPOS_CD || t->tokens[i].xpos == XPOS_VBG ||
			      (lexicon_valence(es->lx, word_key(t->lemmas[i])) &
			       (VALENCE_POSITIVE | VALENCE_NEGATIVE));
		if (i != head && is_telling(t, i) && !judges)
			return false;
	}
	return true;
}

/* "The bill", where the article has told before which one it is: the nearest phrase with more words
 * that has the same head. */
static bool find_named_before(const struct forest *f, const struct entities *es, struct range r,
			      uint32_t head, uint32_t times, struct range *out)
{
	enum { FAR = 4000, TRIES = 40 };
	const struct text *t = f->t;
	unsigned tries = 0;
	if (r.first != head || r.last != head || !tag_is_noun(t->tokens[head].tag))
		return false;
	for (uint32_t i = head; tries < TRIES && i-- > (head > FAR ? head - FAR : 0);) {
		if (f->lemma[i] != f->lemma[head] || !tag_is_noun(t->tokens[i].tag))
			continue;
		tries++;
		*out = cut(f, es, (struct range){f->left[i], f->right[i]}, i, false);
		if (out->first <= i && i <= out->last && is_worth(t, es, *out, i, times) &&
		    words_in(es, *out) > 1 && !only_judges(es, *out, i))
			return true;
	}
	return false;
}

/* The deed's noun in -ing, where it has one, before what it is done to. */
static struct str deed_label(const struct forest *f, const struct entities *es,
			     const struct deed *d, struct range r, struct arena *a)
{
	if (d->verb == r.first)
		r.first++;
	struct str thing = label_of(f, es, r, a);
	if (d->verb == FOREST_NONE || !thing.p)
		return thing;
	struct str noun = deed_noun(f->t, d->verb, a);
	return noun.p ? arena_printf(a, "%.*s %.*s", STR_ARG(noun), STR_ARG(thing)) : noun;
}

/* Has the deed, beside its verb, a word that says something? */
static bool is_enough(const struct forest *f, const struct entities *es, const struct deed *d,
		      struct range r)
{
	const struct text *t = f->t;
	bool is_full = false;
	for (uint32_t i = r.first; i <= r.last; i++)
		is_full = is_full || (i != d->verb && tag_is_noun(t->tokens[i].tag) &&
				      !is_in(t, t->lemmas[i], SET_GENERIC_NOUN));
	return is_full && words_in(es, r) <= LONGEST;
}

/* What a verb or an adjective heads. */
static int issue_of_deed(const struct issue_table *it, const struct forest *f,
			 const struct entities *es, const struct object *o, struct issue_hit *out,
			 struct arena *a)
{
	struct deed d;
	struct range r = {0};
	bool is_named = false;
	for (int by_thing = 1; by_thing >= 0 && !is_named; by_thing--) {
		if (!deed_find(f, es, o->phrase, o->head, by_thing, &d))
			continue;
		r = cut(f, es, d.thing, d.head, false);
		is_named = by_thing ? is_worth(f->t, es, r, d.head, 1) : is_enough(f, es, &d, r);
	}
	if (!is_named)
		return 0;
	return open_issue_make(it, f->t, deed_label(f, es, &d, r, a), r, SCORE, out, a);
}

/* "A number of harbor projects": what is counted, not the count. */
static void take_counted(const struct forest *f, struct object *o)
{
	const struct text *t = f->t;
	if (!is_in(t, t->lemmas[o->head], SET_COUNTING_NOUN))
		return;
	for (uint32_t k = f->child[o->head]; k != FOREST_NONE; k = f->next[k]) {
		uint32_t of = forest_child(f, k, DEPREL_CASE);
		if (k < o->head || f->relation[k] != DEPREL_NMOD || f->right[k] > o->phrase.last ||
		    !tag_is_noun(t->tokens[k].tag) || of == FOREST_NONE || !text_is(t, of, "of"))
			continue;
		*o = (struct object){{of + 1, f->right[k]}, k, 1};
		return;
	}
}

/* Was it named before: "the policy", "those schools"? */
static bool refers_back(const struct text *t, const struct object *o)
{
	return text_is_in(t, o->phrase.first, SET_DEFINITE_DETERMINER);
}

static int issue_of_noun(const struct issue_table *it, const struct forest *f,
			 const struct entities *es, const struct object *o, struct issue_hit *out,
			 struct arena *a)
{
	const struct text *t = f->t;
	struct range r = cut(f, es, o->phrase, o->head, false), named = r;
	bool is_told = refers_back(t, o),
	     is_found = is_told && find_named_before(f, es, r, o->head, o->times, &named);
	if (!is_found && !is_worth(t, es, r, o->head, o->times)) {
		struct range owned = cut(f, es, o->phrase, o->head, true);
		bool is_owned = !has_name(es, owned.first, r.first) &&
				is_worth(t, es, owned, o->head, o->times);
		bool may_be_told = !is_owned && !is_told && !is_shell(t, o->head);
		if (!is_owned &&
		    !(may_be_told && find_named_before(f, es, r, o->head, o->times, &named)))
			return 0;
		if (is_owned)
			r = named = owned;
	}
	return open_issue_make(it, t, label_of(f, es, named, a), r, SCORE, out, a);
}

int issue_of_object(const struct issue_table *it, const struct forest *f, const struct entities *es,
		    const struct object *o, struct issue_hit *out, struct arena *a)
{
	struct object counted = *o;
	if (!tag_is_noun(f->t->tokens[o->head].tag))
		return issue_of_deed(it, f, es, o, out, a);
	take_counted(f, &counted);
	return issue_of_noun(it, f, es, &counted, out, a);
}
