/* An object's phrase cut to what names it. */
#include "extract/issue/object_issue.h"

#include "base/fold.h"
#include "extract/issue/open_issue.h"

/* Words of a name: more tell a story. */
enum { LONGEST = 8 };

static bool is_empty_start(const struct text *t, uint32_t i)
{
	const struct token *k = &t->tokens[i];
	return !(k->flags & TOK_WORD) || k->xpos == XPOS_DT || k->xpos == XPOS_PRPS ||
	       k->xpos == XPOS_PDT || k->xpos == XPOS_TO || k->xpos == XPOS_IN ||
	       k->xpos == XPOS_WDT || k->xpos == XPOS_POS || text_is_in(t, i, SET_EMPTY_MODIFIER);
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

/* From the first word that says something; as far as it may be long. Without `owner`: nor who does
 * it, nor whose it is. */
static struct range cut(const struct forest *f, const struct entities *es, struct range r,
			uint32_t head, bool owner)
{
	const struct text *t = f->t;
	if (!owner && tag_is_verb(t->tokens[head].tag))
		r.first = head;
	for (uint32_t i = r.first; !owner && i < head; i++)
		if (t->tokens[i].xpos == XPOS_POS && r.last > i + 1)
			r.first = i + 1;
	while (r.first < head && is_empty_start(t, r.first))
		r.first++;
	if (words_in(es, r) > LONGEST)
		r.last = end_within(f, es, r, head);
	while (r.last > head && !(t->tokens[r.last].flags & TOK_WORD))
		r.last--;
	return r;
}

static bool is_in(const struct text *t, struct str lemma, enum word_set set)
{
	return word_sets_has(t->word_sets, word_sets_row(t->word_sets, lemma), set);
}

/* Two words that say something, a name but of a mere place, a deed with what it is done to ("unify
 * the party"), or a noun that the article comes back to. */
static bool is_worth(const struct text *t, const struct entities *es, struct range r, uint32_t head,
		     uint32_t times)
{
	enum { AGAIN = 2 };
	uint32_t said = 0;
	bool is_named = false, is_mere_place = true, has_noun = false;
	for (uint32_t i = r.first; i <= r.last; i++) {
		const struct token *k = &t->tokens[i];
		bool is_full = k->tag == TAG_NN || k->tag == TAG_NNS || k->tag == TAG_NNP ||
			       k->tag == TAG_JJ || tag_is_verb(k->tag);
		const struct entity *e = entities_named_at(es, i);
		is_named = is_named || e;
		has_noun = has_noun || (i != head && tag_is_noun(k->tag));
		is_mere_place = is_mere_place &&
				((e && (e->kind == MENTION_COUNTRY || e->kind == MENTION_PLACE)) ||
				 k->xpos == XPOS_DT);
		said += is_full && !is_in(t, t->lemmas[i], SET_GENERIC_NOUN) &&
			!is_in(t, t->lemmas[i], SET_VAGUE_NOUN) &&
			!text_is_in(t, i, SET_EMPTY_MODIFIER);
	}
	unsigned xpos = t->tokens[head].xpos;
	bool is_again = said == 1 && tag_is_noun(t->tokens[head].tag) && times != MAP_NONE &&
			times >= AGAIN;
	bool is_deed = said == 1 && tag_is_verb(t->tokens[head].tag) && has_noun;
	return xpos != XPOS_PRP && xpos != XPOS_DT && !is_mere_place &&
	       (is_named || said > 1 || is_again || is_deed) && words_in(es, r) <= LONGEST;
}

static struct str label_of(const struct text *t, struct range r, struct arena *a)
{
	struct str words = text_range(t, r.first, r.last);
	char *p = arena_alloc(a, words.n + 1);
	size_t n = 0;
	for (uint32_t i = r.first; p && i <= r.last; i++)
		for (uint32_t at = t->tokens[i].start; at < t->tokens[i].end; at++) {
			if (n > 0 && at == t->tokens[i].start &&
			    t->tokens[i].start > t->tokens[i - 1].end)
				p[n++] = ' ';
			p[n++] = (t->tokens[i].tag == TAG_NNP ? t->bytes : t->lower).p[at];
		}
	return (struct str){p, p ? n : 0};
}

/* "The bill", where the article has told before which one it is: the nearest phrase with more words
 * that has the same head. */
static bool find_named_before(const struct forest *f, const struct entities *es, struct range r,
			      uint32_t head, uint32_t times, struct range *out)
{
	enum { FAR = 4000 };
	const struct text *t = f->t;
	if (r.first != head || r.last != head || !tag_is_noun(t->tokens[head].tag))
		return false;
	for (uint32_t i = head; i-- > (head > FAR ? head - FAR : 0);) {
		if (f->lemma[i] != f->lemma[head] || !tag_is_noun(t->tokens[i].tag))
			continue;
		*out = cut(f, es, (struct range){f->left[i], f->right[i]}, i, false);
		if (out->first <= i && i <= out->last && is_worth(t, es, *out, i, times) &&
		    words_in(es, *out) > 1)
			return true;
	}
	return false;
}

int issue_of_object(const struct issue_table *it, const struct forest *f, const struct entities *es,
		    struct range phrase, uint32_t head, uint32_t times, struct issue_hit *out,
		    struct arena *a)
{
	const float score = 0.4f;
	const struct text *t = f->t;
	struct range r = cut(f, es, phrase, head, false), named = r;
	if (!is_worth(t, es, r, head, times)) {
		struct range owned = cut(f, es, phrase, head, true);
		bool is_owned =
			!has_name(es, owned.first, r.first) && is_worth(t, es, owned, head, times);
		if (!is_owned && !find_named_before(f, es, r, head, times, &named))
			return 0;
		if (is_owned)
			r = named = owned;
	}
	return open_issue_make(it, t, label_of(t, named, a), r, score, out, a);
}
