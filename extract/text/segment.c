#include "extract/text/segment.h"

#include "extract/text/quote.h"

/* A sentence of news has some tens of words. What does not end is cut, or each of its many
 * statements would hold all the rest of it, and a small hostile text give gigabytes. */
enum { SEGMENT_ITEMS_MAX = 200 };

struct cutter {
	struct text *t;
	struct arena *a;
	size_t cap_items, cap_segments;
	uint32_t first_item, paragraph;
};

static int add_item(struct cutter *c, struct item item)
{
	if (arena_grow(c->a, (void **)&c->t->items, &c->cap_items, c->t->n_items + 1,
		       sizeof *c->t->items) < 0)
		return -1;
	c->t->items[c->t->n_items++] = item;
	return 0;
}

static int end_segment(struct cutter *c, uint32_t quote)
{
	struct text *t = c->t;
	if (t->n_items == c->first_item)
		return 0;
	if (arena_grow(c->a, (void **)&t->segments, &c->cap_segments, t->n_segments + 1,
		       sizeof *t->segments) < 0)
		return -1;
	t->tokens[t->items[c->first_item].first].flags |= TOK_SEGMENT_START;
	t->segments[t->n_segments++] =
		(struct segment){c->first_item, (uint32_t)t->n_items, c->paragraph, quote};
	c->first_item = (uint32_t)t->n_items;
	return 0;
}

/* A word that ends in its own full stop ends the sentence when what follows looks like a start and
 * it is no title before a name. */
static bool stop_ends_sentence(const struct text *t, uint32_t i, uint32_t end)
{
	const struct token *k = &t->tokens[i];
	if (!(k->flags & TOK_ABBREVIATION) || i + 1 >= end)
		return false;
	const struct token *next = &t->tokens[i + 1];
	if (text_is_in(t, i, SET_TITLE_ABBREVIATION))
		return false;
	if (text_range(t, i, i).n == 2) /* an initial */
		return false;
	/* "the U.S. He said": a pronoun, article or adverb with a capital */
	if (k->flags & TOK_INITIALISM)
		return (next->flags & TOK_CAPITAL) && next->word &&
		       (next->tag == TAG_PRP || next->tag == TAG_DT || next->tag == TAG_IN ||
			next->tag == TAG_CC || next->tag == TAG_RB);
	return (next->flags & TOK_CAPITAL) &&
	       (next->word != NULL || (next->flags & TOK_PARAGRAPH_START)) && next->tag != TAG_NNP;
}

static bool starts_like_sentence(const struct text *t, uint32_t i, uint32_t end)
{
	return i >= end || (t->tokens[i].flags & (TOK_CAPITAL | TOK_NUMBER)) ||
	       t->tokens[i].mark == MARK_OPEN || t->tokens[i].mark == MARK_STRAIGHT ||
	       t->tokens[i].mark == MARK_SINGLE_OPEN || t->tokens[i].tag == TAG_PUNCT;
}

/* A finite verb within the next few words: `"Why?" Mr. Smith asked.` goes on after the mark. */
static bool has_tail(const struct text *t, uint32_t i, uint32_t end, bool after_stop)
{
	for (uint32_t k = i; k < end && k < i + 10; k++) {
		unsigned tag = t->tokens[k].tag;
		if (tag == TAG_VBD || tag == TAG_VBP)
			return k > i &&
			       (!after_stop || k + 1 >= end || t->tokens[k + 1].tag == TAG_STOP) &&
			       text_is_in(t, k, SET_QUOTATIVE);
		if (tag == TAG_COMMA || tag == TAG_STOP || tag == TAG_AUX || tag == TAG_MD)
			return false;
	}
	return false;
}

static bool quote_ends_sentence(const struct text *t, const struct quote *q, uint32_t end)
{
	uint32_t last = q->is_closed ? q->close - 1 : q->close, next = q->close + 1;
	bool is_terminal = (t->tokens[last].flags & TOK_TERMINAL) ||
			   t->tokens[last].tag == TAG_STOP || !q->is_closed;
	if (next >= end)
		return true;
	bool is_full_stop = q->is_closed && text_is(t, last, ".");
	return is_terminal && starts_like_sentence(t, next, end) &&
	       !has_tail(t, next, end, is_full_stop);
}

static bool is_overlong(const struct cutter *c)
{
	return c->t->n_items - c->first_item >= SEGMENT_ITEMS_MAX;
}

static int cut_outside(struct cutter *c, uint32_t first, uint32_t end)
{
	struct text *t = c->t;
	for (uint32_t i = first; i < end; i++) {
		uint32_t qi = t->tokens[i].quote;
		const struct quote *q = qi ? &t->quotes[qi - 1] : NULL;
		struct item item = {i, i, t->tokens[i].tag, false};
		bool ends = false;
		if (!budget_allows_step(c->a->budget, c->t->n_items))
			return -1;
		if (q && q->open == i && q->is_speech) {
			item = (struct item){i, q->close, TAG_NN, true};
			i = q->close;
			ends = quote_ends_sentence(t, q, end);
		} else if (q) { /* a word at a distance may end the sentence behind a stop */
			ends = i == q->close && quote_ends_sentence(t, q, end);
		} else if (t->tokens[i].tag == TAG_STOP) {
			ends = starts_like_sentence(t, i + 1, end) || text_is_one_of(t, i, ". ? !");
		} else {
			ends = stop_ends_sentence(t, i, end);
		}
		if (add_item(c, item) < 0 || ((ends || is_overlong(c)) && end_segment(c, 0) < 0))
			return -1;
	}
	return end_segment(c, 0);
}

static int cut_inside(struct cutter *c, uint32_t qi)
{
	struct text *t = c->t;
	const struct quote *q = &t->quotes[qi];
	uint32_t end = q->is_closed ? q->close : q->close + 1;
	for (uint32_t i = q->open + 1; i < end; i++) {
		struct item item = {i, i, t->tokens[i].tag, false};
		if (!budget_allows_step(c->a->budget, c->t->n_items) || add_item(c, item) < 0)
			return -1;
		bool ends = t->tokens[i].tag == TAG_STOP || stop_ends_sentence(t, i, end) ||
			    is_overlong(c);
		if (ends && end_segment(c, qi + 1) < 0)
			return -1;
	}
	return end_segment(c, qi + 1);
}

int text_find_segments(struct text *t, struct arena *a)
{
	struct cutter c = {.t = t, .a = a};
	uint32_t qi = 0;
	text_find_speech(t);
	/* Each token is an item once, and marks of speech stand for it outside besides. */
	if (arena_grow(a, (void **)&t->items, &c.cap_items, t->n_tokens + t->n_quotes,
		       sizeof *t->items) < 0)
		return -1;
	for (uint32_t p = 0; p < t->n_paragraphs; p++) {
		c.paragraph = p;
		if (cut_outside(&c, t->paragraphs[p], t->paragraphs[p + 1]) < 0)
			return -1;
		for (; qi < t->n_quotes && t->quotes[qi].open < t->paragraphs[p + 1]; qi++)
			if (t->quotes[qi].is_speech && cut_inside(&c, qi) < 0)
				return -1;
	}
	return 0;
}
