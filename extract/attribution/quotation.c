#include "extract/attribution/quotation.h"

#include <stdlib.h>

/* How sure it is that a quotation goes on with what the speaker before it said; and where the one
 * before was left open. */
#define CARRIED_P   0.7f
#define CONTINUED_P 0.97f

/* Words of a quotation that is a paragraph of its own. */
enum { PARAGRAPH_WORDS = 5 };

struct joiner {
	const struct text *t;
	struct arena *a;
	struct attributions *all;
	uint32_t *owner; /* by quotation: 1 + the attribution that holds it */
	/* Of the attributions found by a cue, which come first and in the order of their heads: */
	uint32_t *heads;
	uint32_t *speaker; /* the latest up to each that can speak outside of quotations, or
			    * UINT32_MAX */
	size_t n_found;
};

/* --- what is known before --------------------------------------------------------------------- */

static void note_owner(struct joiner *j, uint32_t number)
{
	const struct attribution *at = &j->all->v[number];
	for (size_t k = 0; k < at->n_parts; k++)
		for (uint32_t i = at->parts[k].first; i <= at->parts[k].last; i++) {
			uint32_t q = j->t->tokens[i].quote;
			if (!q)
				continue;
			if (j->owner[q - 1] == 0 || at->frame == FRAME_QUOTE)
				j->owner[q - 1] = number + 1;
			if (j->t->quotes[q - 1].close > i)
				i = j->t->quotes[q - 1].close;
		}
}

static void note_found(struct joiner *j)
{
	uint32_t latest = UINT32_MAX;
	for (uint32_t i = 0; i < j->n_found; i++) {
		const struct attribution *at = &j->all->v[i];
		bool can_speak = at->frame == FRAME_QUOTE || at->frame == FRAME_CLAUSE;
		if (!at->quote)
			note_owner(j, i);
		if (!at->quote && can_speak && range_is(at->source))
			latest = i;
		j->heads[i] = at->head;
		j->speaker[i] = latest;
	}
}

/* The latest attribution outside of quotations that can speak and whose cue stands before a token
 * in this paragraph; UINT32_MAX for none. */
static uint32_t last_speaker(const struct joiner *j, uint32_t token, uint32_t paragraph)
{
	size_t low = 0, high = j->n_found;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (j->heads[middle] <= token)
			low = middle + 1;
		else
			high = middle;
	}
	uint32_t latest = low ? j->speaker[low - 1] : UINT32_MAX;
	return latest != UINT32_MAX && j->all->v[latest].paragraph == paragraph ? latest
										: UINT32_MAX;
}

/* --- rules ------------------------------------------------------------------------------------ */

/* A quotation that nobody has yet, and the one before it. */
struct loose_quote {
	const struct quote *q, *before; /* `before` is NULL unless an attribution holds it */
	uint32_t paragraph, paragraph_before;
	uint32_t owner;	  /* of the one before: the number of its attribution */
	bool is_sentence; /* starts like one */
};

/* Where a quotation belongs: a further part of an attribution, or one that carries its speaker on.
 */
struct joining {
	enum { JOIN_NONE, JOIN_PART, JOIN_CARRIED } as;
	uint32_t of; /* the attribution's number */
};

static struct joining carried(uint32_t number)
{
	return (struct joining){number == UINT32_MAX ? JOIN_NONE : JOIN_CARRIED, number};
}

static bool has_room(const struct attribution *at, uint32_t end)
{
	return at->n_parts < ATTRIBUTION_PARTS && at->parts[at->n_parts - 1].last < end;
}

static bool holds_speech(const struct text *t, const struct attribution *at)
{
	for (size_t i = 0; i < at->n_parts; i++) {
		uint32_t q = t->tokens[at->parts[i].first].quote;
		if (q && t->quotes[q - 1].is_speech)
			return true;
	}
	return false;
}

/* It goes on with the quotation before: in the same paragraph as a part of the content, in the next
 * one as a statement of its own. */
static struct joining go_on(const struct joiner *j, const struct loose_quote *l)
{
	bool is_next =
		l->q->is_continued || (l->is_sentence && l->paragraph == l->paragraph_before);
	if (!l->before || !is_next)
		return carried(UINT32_MAX);
	const struct attribution *at = &j->all->v[l->owner];
	bool is_part = l->paragraph == l->paragraph_before &&
		       (at->frame == FRAME_QUOTE || at->is_carried) && holds_speech(j->t, at) &&
		       has_room(at, l->q->open);
	return is_part ? (struct joining){JOIN_PART, l->owner} : carried(l->owner);
}

/* "We will not," she said, "accept it": the cue stands between the two, and no sentence ends there.
 */
static struct joining go_on_behind_cue(const struct joiner *j, const struct loose_quote *l)
{
	if (!l->before || l->paragraph != l->paragraph_before)
		return carried(UINT32_MAX);
	const struct attribution *at = &j->all->v[l->owner];
	bool fits = at->head > l->before->close && at->head < l->q->open &&
		    has_room(at, l->before->close + 1);
	for (uint32_t i = l->before->close + 1; fits && i < l->q->open; i++)
		fits = !(j->t->tokens[i].flags & TOK_TERMINAL);
	return (struct joining){fits ? JOIN_PART : JOIN_NONE, l->owner};
}

static struct joining follow_speaker(const struct joiner *j, const struct loose_quote *l)
{
	return carried(l->is_sentence ? last_speaker(j, l->q->open, l->paragraph) : UINT32_MAX);
}

/* A paragraph that opens with a quotation goes on with the paragraph before: with its quotation if
 * that was the last, ... */
static struct joining follow_quoted_paragraph(const struct joiner *j, const struct loose_quote *l)
{
	bool is_paragraph =
		l->q->open == j->t->paragraphs[l->paragraph] && l->q->words >= PARAGRAPH_WORDS;
	bool follows = l->before && l->paragraph_before + 1 == l->paragraph;
	return carried(is_paragraph && follows ? l->owner : UINT32_MAX);
}

/* ... else with its speaker. */
static struct joining follow_paragraph(const struct joiner *j, const struct loose_quote *l)
{
	bool is_paragraph = l->q->open == j->t->paragraphs[l->paragraph] &&
			    l->q->words >= PARAGRAPH_WORDS && l->paragraph > 0;
	return carried(is_paragraph ? last_speaker(j, l->q->open, l->paragraph - 1) : UINT32_MAX);
}

/* --- all together ----------------------------------------------------------------------------- */

static int add_carried(struct joiner *j, uint32_t qi, uint32_t from)
{
	struct attributions *all = j->all;
	const struct quote *q = &j->t->quotes[qi];
	if (arena_grow(j->a, (void **)&all->v, &all->cap, all->n + 1, sizeof *all->v) < 0)
		return -1;
	const struct attribution *base = &all->v[from];
	all->v[all->n++] =
		(struct attribution){.head = q->open,
				     .cue = base->cue,
				     .source = base->source,
				     .parts = {{q->open, q->close}},
				     .n_parts = 1,
				     .p = (q->is_continued ? CONTINUED_P : CARRIED_P) * base->p,
				     .addressee = RANGE_NONE,
				     .target = RANGE_NONE,
				     .antecedent = TOKEN_NONE,
				     .paragraph = text_paragraph(j->t, q->open),
				     .frame = FRAME_QUOTE,
				     .is_carried = true,
				     .carried_from = base->is_carried ? base->carried_from : from};
	j->owner[qi] = (uint32_t)all->n;
	return 0;
}

static struct loose_quote look_at(const struct joiner *j, uint32_t qi)
{
	const struct text *t = j->t;
	const struct quote *q = &t->quotes[qi];
	struct loose_quote l = {.q = q, .paragraph = text_paragraph(t, q->open)};
	if (qi > 0 && j->owner[qi - 1]) {
		l.before = q - 1;
		l.paragraph_before = text_paragraph(t, l.before->open);
		l.owner = j->owner[qi - 1] - 1;
	}
	const struct token *k = q->open > 0 ? &t->tokens[q->open - 1] : NULL;
	l.is_sentence = q->open == t->paragraphs[l.paragraph] ||
			(k && ((k->flags & TOK_TERMINAL) || k->mark || k->tag == TAG_STOP ||
			       k->tag == TAG_PUNCT));
	return l;
}

static int place_quote(struct joiner *j, uint32_t qi)
{
	/* The first that places it. */
	static struct joining (*const rules[])(const struct joiner *,
					       const struct loose_quote *) = {
		go_on, go_on_behind_cue, follow_speaker, follow_quoted_paragraph, follow_paragraph};
	const struct loose_quote l = look_at(j, qi);
	struct joining place = {JOIN_NONE, 0};
	for (size_t i = 0; i < sizeof rules / sizeof rules[0] && place.as == JOIN_NONE; i++)
		place = rules[i](j, &l);
	if (place.as == JOIN_CARRIED)
		return add_carried(j, qi, place.of);
	if (place.as == JOIN_PART) {
		struct attribution *at = &j->all->v[place.of];
		at->parts[at->n_parts++] = (struct range){l.q->open, l.q->close};
		j->owner[qi] = place.of + 1;
	}
	return 0;
}

static int by_place(const void *a, const void *b)
{
	const struct attribution *x = *(const struct attribution *const *)a,
				 *y = *(const struct attribution *const *)b;
	uint32_t p = x->parts[0].first < x->head ? x->parts[0].first : x->head,
		 q = y->parts[0].first < y->head ? y->parts[0].first : y->head;
	if (p == q && x->head == y->head) {
		p = x->parts[0].first;
		q = y->parts[0].first;
	}
	return p != q ? (p < q ? -1 : 1) : x->head < y->head ? -1 : x->head > y->head;
}

/* In the order of the text; `carried_from` follows. */
static int sort(struct attributions *all, struct arena *a)
{
	const struct attribution **order = arena_array(a, all->n, sizeof *order);
	struct attribution *sorted = arena_array(a, all->n, sizeof *sorted);
	uint32_t *place = arena_array(a, all->n, sizeof *place);
	if (!order || !sorted || !place)
		return -1;
	for (size_t i = 0; i < all->n; i++)
		order[i] = &all->v[i];
	qsort(order, all->n, sizeof(const struct attribution *), by_place);
	for (size_t i = 0; i < all->n; i++)
		place[order[i] - all->v] = (uint32_t)i;
	for (size_t i = 0; i < all->n; i++) {
		sorted[i] = *order[i];
		if (sorted[i].is_carried)
			sorted[i].carried_from = place[sorted[i].carried_from];
	}
	all->v = sorted;
	all->cap = all->n;
	return 0;
}

int attributions_join_quotes(const struct text *t, struct arena *a, struct attributions *all)
{
	struct joiner j = {.t = t,
			   .a = a,
			   .all = all,
			   .owner = arena_array(a, t->n_quotes + 1, sizeof *j.owner),
			   .heads = arena_array(a, all->n + 1, sizeof *j.heads),
			   .speaker = arena_array(a, all->n + 1, sizeof *j.speaker),
			   .n_found = all->n};
	if (!j.owner || !j.heads || !j.speaker)
		return -1;
	note_found(&j);
	for (uint32_t qi = 0; qi < t->n_quotes; qi++) {
		if (!budget_allows_step(a->budget, qi))
			return -1;
		bool is_loose = t->quotes[qi].is_speech && !j.owner[qi] &&
				!text_turn(t, t->quotes[qi].open);
		if (is_loose && place_quote(&j, qi) < 0)
			return -1;
	}
	return all->n ? sort(all, a) : 0;
}
