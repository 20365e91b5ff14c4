/* Quotation marks: which open, which close, and what they hold. Every paragraph starts afresh, so
 * that a mark that is missing in one cannot spoil the next; only a quotation left open before a
 * paragraph that opens with a mark goes on in it. */
#include "extract/text/quote.h"

#include <stdlib.h>

#include "extract/text/text.h"

enum {
	SCARE_WORDS = 4,   /* fewer are a word at a distance, unless they end a sentence */
	SHORTEST = 3,	   /* with a finite verb */
	SINGLE_REACH = 120 /* tokens within which a single mark must be closed */
};

struct finder {
	struct text *t;
	struct arena *a;
	size_t cap;
	uint32_t first, end;	   /* the paragraph */
	uint32_t open;		   /* token of the mark that is open */
	bool is_open, is_reversed; /* » ... « or „ ... “ */
};

static bool has_space_after(const struct text *t, uint32_t i)
{
	return i + 1 >= t->n_tokens ||
	       (t->tokens[i + 1].flags & (TOK_SPACE_BEFORE | TOK_PARAGRAPH_START));
}

static bool is_loose_before(const struct finder *f, uint32_t i)
{
	const struct text *t = f->t;
	if (i == f->first || (t->tokens[i].flags & TOK_SPACE_BEFORE))
		return true;
	return !(t->tokens[i - 1].flags & (TOK_WORD | TOK_TERMINAL)) &&
	       !text_is_one_of(t, i - 1, ", ) ] %") && !t->tokens[i - 1].mark;
}

static bool is_loose_after(const struct finder *f, uint32_t i)
{
	const struct text *t = f->t;
	if (i + 1 >= f->end || has_space_after(t, i))
		return true;
	return !(t->tokens[i + 1].flags & TOK_WORD) && !text_is_one_of(t, i + 1, "( [ $") &&
	       t->tokens[i + 1].mark == MARK_NONE;
}

static bool is_opening(const struct finder *f, uint32_t i)
{
	bool before = is_loose_before(f, i), after = is_loose_after(f, i);
	switch (f->t->tokens[i].mark) {
	case MARK_OPEN: /* “ after a word and before a space closes: mixed styles */
		return !(!before && after);
	case MARK_CLOSE:
		return before && !after && !f->is_open;
	default:
		return before && !after ? true : !before && after ? false : !f->is_open;
	}
}

static int add_quote(struct finder *f, uint32_t open, uint32_t close, bool is_closed,
		     bool is_single)
{
	struct text *t = f->t;
	if (arena_grow(f->a, (void **)&t->quotes, &f->cap, t->n_quotes + 1, sizeof *t->quotes) < 0)
		return -1;
	struct quote q = {
		.open = open, .close = close, .is_closed = is_closed, .is_single = is_single};
	for (uint32_t i = open + 1; i <= close; i++)
		q.words += (t->tokens[i].flags & TOK_WORD) != 0;
	t->quotes[t->n_quotes++] = q;
	for (uint32_t i = open; i <= close; i++)
		t->tokens[i].quote = (uint32_t)t->n_quotes;
	return 0;
}

/* A mark opens while another is open: the closing one before it was forgotten. The quotation ends
 * with its sentence. */
static uint32_t forgotten_end(const struct finder *f, uint32_t next_open)
{
	for (uint32_t i = next_open; i-- > f->open + 1;)
		if (f->t->tokens[i].flags & TOK_TERMINAL) {
			uint32_t first = i;
			for (uint32_t k = f->open + 1; k < i; k++)
				if (f->t->tokens[k].flags & TOK_TERMINAL) {
					first = k;
					break;
				}
			return i + 1 == next_open ? i : first;
		}
	return next_open - 1;
}

static int take_mark(struct finder *f, uint32_t i)
{
	bool opens = is_opening(f, i);
	if (!f->is_open) {
		f->is_open = opens;
		f->open = i;
		return 0;
	}
	if (opens && i > f->open + 1) {
		if (add_quote(f, f->open, forgotten_end(f, i), false, false) < 0)
			return -1;
		f->open = i;
		return 0;
	}
	f->is_open = false;
	return i > f->open + 1 ? add_quote(f, f->open, i, true, false) : 0;
}

/* What is left open at the paragraph's end: a quotation of several paragraphs, or a forgotten mark.
 */
static int end_paragraph(struct finder *f)
{
	const struct text *t = f->t;
	if (!f->is_open || f->open + 1 >= f->end)
		return 0;
	uint32_t turn = f->end < t->n_tokens ? text_turn(t, f->end) : 0;
	bool goes_on = f->end < t->n_tokens && (t->tokens[f->end].mark == MARK_OPEN ||
						t->tokens[f->end].mark == MARK_STRAIGHT ||
						(turn && t->turns[turn - 1].is_left_open));
	uint32_t close = f->end - 1;
	bool starts_sentence = f->open == f->first || (t->tokens[f->open - 1].flags & TOK_TERMINAL);
	if (!goes_on && !starts_sentence)
		for (uint32_t i = f->open + 1; i < f->end; i++)
			if (t->tokens[i].flags & TOK_TERMINAL) {
				close = i;
				break;
			}
	return add_quote(f, f->open, close, false, false);
}

static int find_double(struct finder *f)
{
	f->is_open = false;
	for (uint32_t i = f->first; i < f->end; i++) {
		enum mark m = f->t->tokens[i].mark;
		if (!budget_allows_step(f->a->budget, i))
			return -1;
		if (m >= MARK_OPEN && m <= MARK_STRAIGHT && take_mark(f, i) < 0)
			return -1;
	}
	return end_paragraph(f);
}

static bool closes_single(const struct finder *f, uint32_t i)
{
	const struct token *k = &f->t->tokens[i];
	return (k->mark == MARK_SINGLE_CLOSE || k->mark == MARK_SINGLE) && is_loose_after(f, i) &&
	       !(k->flags & TOK_SPACE_BEFORE);
}

/* Single marks hold a quotation only as a pair, outside of double marks, with no plural possessive
 * in between to mislead. */
static int find_single(struct finder *f)
{
	const struct text *t = f->t;
	for (uint32_t i = f->first, steps = 0; i < f->end; i++, steps++) {
		enum mark m = t->tokens[i].mark;
		if (!budget_allows_step(f->a->budget, steps))
			return -1;
		if ((m != MARK_SINGLE_OPEN && m != MARK_SINGLE) || t->tokens[i].quote ||
		    !is_loose_before(f, i) || has_space_after(t, i))
			continue;
		uint32_t limit = f->end - i > SINGLE_REACH ? i + SINGLE_REACH : f->end, close = 0;
		for (uint32_t k = i + 1; k < limit && !t->tokens[k].quote; k++) {
			if (!closes_single(f, k))
				continue;
			close = k;
			struct str before = text_lower(t, k - 1);
			/* after a plural, look for a better one: 'the officials' plan' */
			if (before.p[before.n - 1] != 's' || !(t->tokens[k - 1].flags & TOK_WORD))
				break;
			bool has_more = false;
			for (uint32_t j = k + 1;
			     j < limit && j < k + 20 && t->tokens[j].mark != MARK_SINGLE_OPEN; j++)
				has_more = has_more || closes_single(f, j);
			if (!has_more)
				break;
		}
		if (close > i + 1) {
			if (add_quote(f, i, close, true, true) < 0)
				return -1;
			i = close;
		}
	}
	return 0;
}

static void mark_continued(struct text *t)
{
	for (size_t i = 1; i < t->n_quotes; i++) {
		const struct quote *before = &t->quotes[i - 1];
		struct quote *q = &t->quotes[i];
		q->is_continued = !before->is_closed && before->close + 1 == q->open &&
				  (t->tokens[q->open].flags & TOK_PARAGRAPH_START);
	}
}

/* A sentence of its own, or set off by a comma and then a mark, is said; a phrase in the run of a
 * clause is not. */
static bool is_speech(const struct text *t, const struct quote *q)
{
	uint32_t last = q->is_closed && q->close > q->open ? q->close - 1 : q->close,
		 next = q->close + 1;
	bool is_whole =
		last > q->open && ((t->tokens[last].flags & TOK_TERMINAL) || text_is(t, last, ","));
	bool ends_paragraph = next >= t->n_tokens || (t->tokens[next].flags & TOK_PARAGRAPH_START);
	bool has_verb = false;
	for (uint32_t i = q->open + 1; i <= q->close; i++) {
		unsigned tag = t->tokens[i].tag;
		has_verb = has_verb || tag == TAG_VBD || tag == TAG_VBP || tag == TAG_MD ||
			   tag == TAG_AUX;
	}
	return (q->words >= SCARE_WORDS && is_whole) || (q->words >= SHORTEST && has_verb) ||
	       q->words >= 12 || (is_whole && q->words > 0 && !ends_paragraph);
}

void text_find_speech(struct text *t)
{
	for (size_t i = 0; i < t->n_quotes; i++) {
		struct quote *q = &t->quotes[i];
		q->is_speech =
			is_speech(t, q) || (q->is_continued && i > 0 && t->quotes[i - 1].is_speech);
	}
}

static int by_place(const void *a, const void *b)
{
	const struct quote *x = a, *y = b;
	return x->open < y->open ? -1 : x->open > y->open;
}

/* Quotations in rising order: single ones were found after the double ones of their paragraph. */
static void sort_from(struct text *t, size_t from)
{
	qsort(t->quotes + from, t->n_quotes - from, sizeof *t->quotes, by_place);
	for (size_t i = from; i < t->n_quotes; i++)
		for (uint32_t k = t->quotes[i].open; k <= t->quotes[i].close; k++)
			t->tokens[k].quote = (uint32_t)i + 1;
}

int text_find_quotes(struct text *t, struct arena *a)
{
	struct finder f = {.t = t, .a = a};
	for (size_t p = 0; p < t->n_paragraphs; p++) {
		f.first = t->paragraphs[p];
		f.end = t->paragraphs[p + 1];
		size_t from = t->n_quotes;
		if (find_double(&f) < 0)
			return -1;
		size_t doubles = t->n_quotes;
		if (find_single(&f) < 0)
			return -1;
		if (t->n_quotes > doubles && doubles > from)
			sort_from(t, from);
	}
	mark_continued(t);
	return 0;
}
