/* Loose quotations: those that no cue in their own sentence has taken. Most go on with what the
 * last speaker said. */
#include "extract/attribution/quotation.h"

#include <stdlib.h>

struct joiner {
	const struct text *t;
	struct arena *a;
	struct attributions *rs;
	uint32_t *owner; /* by quotation: 1 + the relation that holds it */
	/* Of the relations found by a cue, which come first and in the order of their heads: */
	uint32_t *heads;
	uint32_t *speaker; /* the latest one up to each that lies outside of quotations and can
			      speak, or UINT32_MAX */
	size_t n_found;
};

/* How sure it is that a loose quotation goes on with what the speaker before it said. */
#define CARRIED 0.7f

static bool holds_quotes(const struct joiner *j, const struct attribution *r)
{
	for (size_t i = 0; i < r->n_parts; i++)
		if (j->t->tokens[r->parts[i].first].quote &&
		    j->t->quotes[j->t->tokens[r->parts[i].first].quote - 1].is_speech)
			return true;
	return false;
}

static void note_owners(struct joiner *j)
{
	for (size_t i = 0; i < j->rs->n; i++) {
		const struct attribution *r = &j->rs->v[i];
		if (r->quote)
			continue;
		for (size_t k = 0; k < r->n_parts; k++)
			for (uint32_t w = r->parts[k].first; w <= r->parts[k].last; w++) {
				uint32_t q = j->t->tokens[w].quote;
				if (!q)
					continue;
				if (j->owner[q - 1] == 0 || r->frame == FRAME_QUOTE)
					j->owner[q - 1] = (uint32_t)i + 1;
				if (j->t->quotes[q - 1].close > w)
					w = j->t->quotes[q - 1].close;
			}
	}
}

/* The words of a quotation that make a part: with its marks. */
static struct range whole(const struct quote *q)
{
	return (struct range){q->open, q->close};
}

static bool stands_alone(const struct text *t, const struct quote *q)
{
	uint32_t p = text_paragraph(t, q->open);
	bool starts = q->open == t->paragraphs[p] ||
		      (t->tokens[q->open - 1].flags & TOK_TERMINAL) ||
		      t->tokens[q->open - 1].tag == TAG_STOP || t->tokens[q->open - 1].mark ||
		      t->tokens[q->open - 1].tag == TAG_PUNCT;
	return starts;
}

static int add_carried(struct joiner *j, uint32_t qi, uint32_t from)
{
	struct attributions *rs = j->rs;
	if (arena_grow(j->a, (void **)&rs->v, &rs->cap, rs->n + 1, sizeof *rs->v) < 0)
		return -1;
	const struct attribution *base = &rs->v[from];
	struct attribution r = {.source = base->source,
				.cue = base->cue,
				.addressee = RANGE_NONE,
				.target = RANGE_NONE,
				.head = j->t->quotes[qi].open,
				.antecedent = TOKEN_NONE,
				.paragraph = text_paragraph(j->t, j->t->quotes[qi].open),
				.frame = FRAME_QUOTE,
				.p = CARRIED * base->p,
				.is_carried = true,
				.carried_from = base->is_carried ? base->carried_from : from};
	r.parts[r.n_parts++] = whole(&j->t->quotes[qi]);
	rs->v[rs->n++] = r;
	j->owner[qi] = (uint32_t)rs->n;
	return 0;
}

static void find_speakers(struct joiner *j)
{
	uint32_t latest = UINT32_MAX;
	for (size_t i = 0; i < j->n_found; i++) {
		const struct attribution *r = &j->rs->v[i];
		if (!r->quote && (r->frame == FRAME_QUOTE || r->frame == FRAME_CLAUSE) &&
		    range_is(r->source))
			latest = (uint32_t)i;
		j->heads[i] = r->head;
		j->speaker[i] = latest;
	}
}

/* The latest relation outside of quotations whose cue stands before a token in the same paragraph
 * and can speak. */
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
	return latest != UINT32_MAX && j->rs->v[latest].paragraph == paragraph ? latest
									       : UINT32_MAX;
}

/* "We will not," she said, "accept it": the relation that has the quotation before and its cue in
 * between, with nothing ended. */
static uint32_t cue_between(const struct joiner *j, uint32_t qi)
{
	const struct quote *before = &j->t->quotes[qi - 1], *q = &j->t->quotes[qi];
	const struct attribution *r = &j->rs->v[j->owner[qi - 1] - 1];
	bool fits = r->head > before->close && r->head < q->open &&
		    r->n_parts < ATTRIBUTION_PARTS &&
		    r->parts[r->n_parts - 1].last <= before->close;
	for (uint32_t i = before->close + 1; fits && i < q->open; i++)
		fits = !(j->t->tokens[i].flags & TOK_TERMINAL);
	return fits ? j->owner[qi - 1] - 1 : UINT32_MAX;
}

static int place_quote(struct joiner *j, uint32_t qi)
{
	const struct text *t = j->t;
	const struct quote *q = &t->quotes[qi];
	if (!q->is_speech || j->owner[qi])
		return 0;
	uint32_t p = text_paragraph(t, q->open);
	bool same = qi > 0 && j->owner[qi - 1] && text_paragraph(t, t->quotes[qi - 1].open) == p;
	if ((q->is_continued || same) && qi > 0 && j->owner[qi - 1] &&
	    (stands_alone(t, q) || q->is_continued)) {
		uint32_t o = j->owner[qi - 1] - 1;
		struct attribution *r = &j->rs->v[o];
		if (holds_quotes(j, r) && r->n_parts < ATTRIBUTION_PARTS &&
		    r->parts[r->n_parts - 1].last < q->open &&
		    (r->frame == FRAME_QUOTE || r->is_carried)) {
			r->parts[r->n_parts++] = whole(q);
			j->owner[qi] = o + 1;
			return 0;
		}
		return add_carried(j, qi, o);
	}
	uint32_t split = same ? cue_between(j, qi) : UINT32_MAX;
	if (split != UINT32_MAX) {
		j->rs->v[split].parts[j->rs->v[split].n_parts++] = whole(q);
		j->owner[qi] = split + 1;
		return 0;
	}
	if (!stands_alone(t, q))
		return 0;
	uint32_t speaker = last_speaker(j, q->open, p);
	if (speaker != UINT32_MAX)
		return add_carried(j, qi, speaker);
	/* a paragraph that is nothing but a quotation goes on with the speaker of the paragraph
	 * before */
	bool is_paragraph = q->open == t->paragraphs[p] && q->words >= 5;
	if (is_paragraph && qi > 0 && j->owner[qi - 1] && p > 0 &&
	    text_paragraph(t, t->quotes[qi - 1].open) + 1 == p)
		return add_carried(j, qi, j->owner[qi - 1] - 1);
	if (is_paragraph && p > 0) {
		speaker = last_speaker(j, q->open, p - 1);
		if (speaker != UINT32_MAX)
			return add_carried(j, qi, speaker);
	}
	return 0;
}

static int by_place(const void *a, const void *b)
{
	const struct attribution *x = *(const struct attribution *const *)a,
				 *y = *(const struct attribution *const *)b;
	uint32_t p = x->parts[0].first < x->head ? x->parts[0].first : x->head,
		 q = y->parts[0].first < y->head ? y->parts[0].first : y->head;
	return p != q ? (p < q ? -1 : 1) : x->head < y->head ? -1 : x->head > y->head;
}

/* In the order of the text; `carried_from` follows. */
static int sort_relations(struct joiner *j)
{
	struct attributions *rs = j->rs;
	const struct attribution **order = arena_array(j->a, rs->n, sizeof *order);
	struct attribution *sorted = arena_array(j->a, rs->n, sizeof *sorted);
	uint32_t *place = arena_array(j->a, rs->n, sizeof *place);
	if (!order || !sorted || !place)
		return -1;
	for (size_t i = 0; i < rs->n; i++)
		order[i] = &rs->v[i];
	qsort(order, rs->n, sizeof(const struct attribution *), by_place);
	for (size_t i = 0; i < rs->n; i++)
		place[order[i] - rs->v] = (uint32_t)i;
	for (size_t i = 0; i < rs->n; i++) {
		sorted[i] = *order[i];
		if (sorted[i].is_carried)
			sorted[i].carried_from = place[sorted[i].carried_from];
	}
	rs->v = sorted;
	rs->cap = rs->n;
	return 0;
}

int attributions_join_quotes(const struct text *t, struct arena *a, struct attributions *rs)
{
	struct joiner j = {t,
			   a,
			   rs,
			   arena_array(a, t->n_quotes + 1, sizeof *j.owner),
			   arena_array(a, rs->n + 1, sizeof *j.heads),
			   arena_array(a, rs->n + 1, sizeof *j.speaker),
			   rs->n};
	if (!j.owner || !j.heads || !j.speaker)
		return -1;
	note_owners(&j);
	find_speakers(&j);
	for (uint32_t qi = 0; qi < t->n_quotes; qi++)
		if (!budget_allows_step(a->budget, qi) || place_quote(&j, qi) < 0)
			return -1;
	return rs->n ? sort_relations(&j) : 0;
}
