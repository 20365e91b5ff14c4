#include "extract/attribution/content.h"

#include "extract/attribution/cue.h"

#include <string.h>

enum { STARTS_MAX = 24, ENDS_MAX = 16, NODES_DEEP = 4 };
/* Tokens: how far before its cue's sentence a quotation may end, and what of a paragraph a colon
 * may have. Short enough that the time for a text grows with its length alone; no statement of the
 * development part changes by them. */
enum { QUOTE_REACH = 500, PARAGRAPH_REACH = 2000 };

struct places {
	size_t n;
	uint32_t v[STARTS_MAX];
};

static void add_place(struct places *p, size_t most, uint32_t at)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->v[i] == at)
			return;
	if (p->n < most)
		p->v[p->n++] = at;
}

static void add_candidate(struct candidates *out, struct candidate c)
{
	if (out->n == CONTENTS_MAX)
		return;
	for (unsigned k = 0; k < c.n_parts; k++)
		if (c.part[k].first > c.part[k].last)
			return;
	for (size_t i = 0; i < out->n; i++)
		if (out->v[i].n_parts == c.n_parts &&
		    memcmp(out->v[i].part, c.part, c.n_parts * sizeof c.part[0]) == 0)
			return;
	out->v[out->n++] = c;
}

static void add_span(struct candidates *out, uint32_t first, uint32_t last, unsigned generator)
{
	add_candidate(out, (struct candidate){.part = {{first, last}},
					      .n_parts = 1,
					      .generator = (uint8_t)generator});
}

/* Without commas and dashes at the ends; a full stop stays only inside of a quotation. */
static struct range trim(const struct context *ctx, uint32_t first, uint32_t last)
{
	while (first <= last && context_is_gap(ctx, first))
		first++;
	while (last > first && context_is_gap(ctx, last))
		last--;
	return (struct range){first, last};
}

/* Last token of the sentence before its final stop. */
static uint32_t sentence_last(const struct context *ctx, const struct sentence *at)
{
	return trim(ctx, at->first, at->end - 1).last;
}

static bool starts_clause(const struct context *ctx, uint32_t i)
{
	unsigned xpos = ctx->t->tokens[i].xpos;
	return xpos == XPOS_CC || xpos == XPOS_WDT || xpos == XPOS_WP ||
	       ctx->f->relation[i] == DEPREL_MARK;
}

/* --- right of the cue ------------------------------------------------------------------------- */

static void visit_nodes(const struct context *ctx, uint32_t cue, uint32_t at, unsigned depth,
			struct places *starts, struct places *ends)
{
	for (uint32_t k = ctx->f->child[at]; k != FOREST_NONE && depth < NODES_DEEP;
	     k = ctx->f->next[k]) {
		uint32_t left = ctx->f->left[k], right = ctx->f->right[k];
		if (right < cue)
			continue;
		if (left > cue && ctx->f->relation[k] != DEPREL_PUNCT) {
			add_place(starts, STARTS_MAX, left);
			if (left < right && (ctx->f->relation[left] == DEPREL_CASE ||
					     ctx->f->relation[left] == DEPREL_MARK))
				add_place(starts, STARTS_MAX, left + 1);
		}
		if (right > cue)
			add_place(ends, ENDS_MAX, trim(ctx, right, right).last);
		if (depth < 2 || ctx->f->relation[k] == DEPREL_ACL ||
		    ctx->f->relation[k] == DEPREL_XCOMP || ctx->f->relation[k] == DEPREL_CCOMP)
			visit_nodes(ctx, cue, k, depth + 1, starts, ends);
	}
}

static uint32_t paragraph_last(const struct context *ctx, uint32_t at)
{
	uint32_t last = at;
	while (last + 1 < ctx->t->n_tokens && last < at + PARAGRAPH_REACH &&
	       !(ctx->t->tokens[last + 1].flags & TOK_PARAGRAPH_START))
		last++;
	return last > at ? trim(ctx, at + 1, last).last : at;
}

static void contents_right(const struct context *ctx, uint32_t cue, const struct sentence *at,
			   struct candidates *out)
{
	struct places starts = {0}, ends = {0};
	uint32_t last = sentence_last(ctx, at);
	for (uint32_t i = cue + 1; i <= cue + 3 && i < at->end; i++)
		add_place(&starts, STARTS_MAX, i);
	add_place(&ends, ENDS_MAX, last);
	visit_nodes(ctx, cue, cue, 0, &starts, &ends);
	for (uint32_t i = cue + 1; i < at->end; i++) {
		if (i > cue + 1 && (context_is_gap(ctx, i) || starts_clause(ctx, i)))
			add_place(&ends, ENDS_MAX, trim(ctx, cue + 1, i - 1).last);
		if (ctx->t->tokens[i].quote &&
		    ctx->t->quotes[ctx->t->tokens[i].quote - 1].open == i && i < cue + 20)
			add_place(&starts, STARTS_MAX, i);
	}
	for (size_t a = 0; a < starts.n; a++)
		for (size_t b = 0; b < ends.n; b++)
			if (starts.v[a] <= ends.v[b] && !context_is_gap(ctx, starts.v[a]))
				add_span(out, starts.v[a], ends.v[b], GENERATOR_RIGHT);
	if (context_class(ctx, cue) == CLASS_COLON && cue > 0 &&
	    !text_is_in(ctx->t, cue - 1, SET_QUOTATIVE)) /* "SMITH: ..." and all the rest of the
							    paragraph */
		add_span(out, cue + 1, paragraph_last(ctx, cue), GENERATOR_RIGHT);
}

/* --- left of the cue, and around it ----------------------------------------------------------- */

static void contents_left(const struct context *ctx, uint32_t cue, const struct sentence *at,
			  struct candidates *out)
{
	struct places starts = {0}, ends = {0};
	enum subject_link link;
	uint32_t subject = context_subject(ctx, cue, &link);
	add_place(&starts, 8, trim(ctx, at->first, cue).first);
	if (subject != FOREST_NONE && subject < cue && ctx->f->left[subject] > at->first)
		add_place(&ends, 8, trim(ctx, at->first, ctx->f->left[subject] - 1).last);
	for (uint32_t i = cue; i-- > at->first;) {
		const struct token *k = &ctx->t->tokens[i];
		if (context_is_gap(ctx, i) && i > at->first)
			add_place(&ends, 8, trim(ctx, at->first, i - 1).last);
		if (k->quote && ctx->t->quotes[k->quote - 1].close == i)
			add_place(&ends, 8, i);
		if ((context_is_gap(ctx, i) || starts_clause(ctx, i)) && i + 1 < cue)
			add_place(&starts, 8, i + 1);
		if (k->quote && ctx->t->quotes[k->quote - 1].open == i)
			add_place(&starts, 8, i);
	}
	for (size_t a = 0; a < starts.n; a++)
		for (size_t b = 0; b < ends.n; b++)
			if (starts.v[a] <= ends.v[b] && !context_is_gap(ctx, starts.v[a]))
				add_span(out, starts.v[a], ends.v[b], GENERATOR_LEFT);
}

/* "The attack was condemned": the cue's auxiliaries are no content. */
static uint32_t before_auxiliaries(const struct context *ctx, uint32_t cue, uint32_t first,
				   uint32_t last)
{
	while (last > first && ctx->t->tokens[last].head == cue &&
	       (ctx->f->relation[last] == DEPREL_AUX || ctx->f->relation[last] == DEPREL_ADVMOD))
		last--;
	return last;
}

/* The clause [first, last] of a cue cut out of its sentence: what stands before it, after it, and
 * both. */
static void contents_around(const struct context *ctx, uint32_t first, uint32_t last,
			    const struct sentence *at, uint32_t cue, struct candidates *out)
{
	struct candidate c = {.generator = GENERATOR_AROUND};
	struct range before = RANGE_NONE, after = RANGE_NONE;
	if (first > at->first)
		before = trim(ctx, at->first, before_auxiliaries(ctx, cue, at->first, first - 1));
	if (last + 1 < at->end)
		after = trim(ctx, last + 1, at->end - 1);
	if (range_is(before) && !context_is_gap(ctx, before.first))
		c.part[c.n_parts++] = before;
	if (range_is(after) && !context_is_gap(ctx, after.first))
		c.part[c.n_parts++] = after;
	if (c.n_parts == 0)
		return;
	add_candidate(out, c);
	for (unsigned k = 0; c.n_parts == 2 && k < 2; k++)
		add_span(out, c.part[k].first, c.part[k].last, GENERATOR_AROUND);
}

/* What a phrase beside a clause is said of: the sentence as far as its semicolons, or the clause
 * that the phrase hangs on. */
static void contents_of_adjunct(const struct context *ctx, uint32_t cue, const struct sentence *at,
				struct candidates *out)
{
	uint32_t phrase = ctx->t->tokens[cue].head, clause = ctx->t->tokens[phrase].head;
	struct sentence near = {ctx->f->left[phrase], ctx->f->right[phrase] + 1},
			around = {ctx->f->left[clause], ctx->f->right[clause] + 1};
	while (near.first > at->first && !text_is(ctx->t, near.first - 1, ";"))
		near.first--;
	while (near.end < at->end && !text_is(ctx->t, near.end, ";"))
		near.end++;
	uint32_t first = ctx->f->left[phrase], last = ctx->f->right[phrase];
	while (first < phrase &&
	       (context_is_gap(ctx, first) || ctx->f->relation[first] == DEPREL_CC))
		first++;
	for (uint32_t i = phrase + 1;
	     i <= last && forest_child(ctx->f, phrase, DEPREL_APPOS) == FOREST_NONE; i++)
		if (text_is(ctx->t, i, ",")) /* "according to Lee, supported by many": what the
					      parse hangs on her is said */
			last = i - 1;
	contents_around(ctx, first, last, &near, cue, out);
	contents_around(ctx, first, last, &around, cue, out);
}

static void contents_of_clause(const struct context *ctx, uint32_t cue, const struct sentence *at,
			       struct candidates *out)
{
	enum subject_link link;
	uint32_t subject = context_subject(ctx, cue, &link), head = ctx->t->tokens[cue].head;
	if (context_class(ctx, cue) == CLASS_ADPOSITION || text_is(ctx->t, cue, "according")) {
		contents_of_adjunct(ctx, cue, at, out);
		return;
	}
	if (subject != FOREST_NONE && ctx->f->sentence[subject] == ctx->f->sentence[cue]) {
		uint32_t first = ctx->f->left[subject] < cue ? ctx->f->left[subject] : cue,
			 last = cue > subject ? cue : ctx->f->right[subject];
		contents_around(ctx, first, last, at, cue, out);
		if (ctx->f->left[cue] > at->first || ctx->f->right[cue] + 1 < at->end)
			contents_around(ctx, ctx->f->left[cue], ctx->f->right[cue], at, cue, out);
	}
	if (link == SUBJECT_OWN && subject < cue) {
		struct range own = trim(ctx, ctx->f->left[subject], ctx->f->right[subject]);
		add_span(out, own.first, own.last, GENERATOR_SUBJECT);
		for (uint32_t k = ctx->f->child[cue]; k != FOREST_NONE; k = ctx->f->next[k]) {
			unsigned r = ctx->f->relation[k];
			struct range more = trim(ctx, ctx->f->left[k], ctx->f->right[k]);
			if (ctx->f->left[k] > cue && own.last < more.first && /* trees may cross */
			    (r == DEPREL_XCOMP || r == DEPREL_CCOMP || r == DEPREL_OBL ||
			     r == DEPREL_OBJ || r == DEPREL_ADVCL))
				add_candidate(out,
					      (struct candidate){.part = {own, more},
								 .n_parts = 2,
								 .generator = GENERATOR_RAISED});
		}
	}
	if (ctx->f->relation[cue] == DEPREL_ACL && head < cue) {
		struct range before =
			trim(ctx, ctx->f->left[head],
			     ctx->f->left[cue] > ctx->f->left[head] ? ctx->f->left[cue] - 1 : head);
		add_span(out, before.first, before.last, GENERATOR_HEAD);
		add_span(out, ctx->f->left[cue], ctx->f->left[cue], GENERATOR_HEAD);
		add_span(out, head, head, GENERATOR_HEAD);
	}
}

static void add_pair(struct candidates *out, struct range before, struct range after)
{
	add_candidate(out, (struct candidate){.part = {before, after},
					      .n_parts = 2,
					      .generator = GENERATOR_QUOTE});
}

/* `"We are ready", said Lee. "It is wrong", said Fox.`: the second, behind a stop, is Fox's. */
static bool has_own_cue(const struct context *ctx, uint32_t cue, const struct quote *q)
{
	uint32_t next = q->close + 1, i = cue + 1;
	while (i < q->open && !(ctx->t->tokens[i].flags & TOK_TERMINAL))
		i++;
	return i < q->open && next < ctx->t->n_tokens &&
	       !(ctx->t->tokens[next].flags & (TOK_PARAGRAPH_START | TOK_TERMINAL)) &&
	       !ctx->t->tokens[next].quote &&
	       (text_is(ctx->t, next, ",") || !(ctx->t->tokens[next].flags & TOK_CAPITAL) ||
		text_is(ctx->t, q->close - 1, ","));
}

/* The quotation q and what goes on with it: those right behind it, also in the next paragraph, and
 * those behind its cue. */
static void add_run(const struct context *ctx, size_t q, uint32_t cue, const struct sentence *at,
		    struct candidates *out)
{
	enum { RUN = 8 };
	const struct quote *k = ctx->t->quotes, *end = k + ctx->t->n_quotes, *next = k + q + 1;
	struct range run = {k[q].open, k[q].close};
	add_span(out, run.first, run.last, GENERATOR_QUOTE);
	for (; next < end && next < k + q + RUN && next->open == run.last + 1; next++) {
		run.last = next->close;
		add_span(out, run.first, run.last, GENERATOR_QUOTE);
	}
	if (next >= end || next >= k + q + RUN || k[q].close >= cue || next->open <= cue ||
	    next->open > at->end || has_own_cue(ctx, cue, next))
		return;
	struct range behind = {next->open, next->close};
	add_pair(out, run, behind);
	for (const struct quote *more = next + 1;
	     more < end && more < next + RUN && more->open == behind.last + 1; more++) {
		behind.last = more->close;
		add_pair(out, run, behind);
	}
}

/* Whole quotations near the cue, also those that go on from or into other sentences. */
static void contents_quoted(const struct context *ctx, uint32_t cue, const struct sentence *at,
			    struct candidates *out)
{
	enum { QUOTES_BEFORE = 2, QUOTES_BEHIND = 6, BEHIND_REACH = 4 };
	size_t low = 0, high = ctx->t->n_quotes;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (ctx->t->quotes[middle].close < at->first)
			low = middle + 1;
		else
			high = middle;
	}
	for (size_t q = low >= QUOTES_BEFORE ? low - QUOTES_BEFORE : 0;
	     q < ctx->t->n_quotes && q < low + QUOTES_BEHIND; q++) {
		const struct quote *k = &ctx->t->quotes[q];
		if ((k->open <= cue && cue <= k->close) || k->close + QUOTE_REACH < at->first)
			continue;
		if (k->open > at->end + BEHIND_REACH)
			break;
		add_run(ctx, q, cue, at, out);
	}
}

static void keep_halves_together(struct candidates *out)
{
	size_t n = 0;
	for (size_t i = 0; i < out->n; i++)
		if (out->v[i].n_parts == 2 || out->v[i].generator == GENERATOR_QUOTE)
			out->v[n++] = out->v[i];
	out->n = n;
}

void contents_of(const struct context *ctx, uint32_t cue, struct candidates *out)
{
	const struct sentence *at = &ctx->t->sentences[ctx->f->sentence[cue]];
	out->n = 0;
	if (cue_signs(ctx, cue)) {
		const struct quote *q = &ctx->t->quotes[ctx->t->tokens[cue - 1].quote - 1];
		add_span(out, q->open, q->close, GENERATOR_QUOTE);
		return;
	}
	contents_quoted(ctx, cue, at, out);
	contents_of_clause(ctx, cue, at, out);
	/* "The deal, according to Lee, is dead": either half alone is not what she says */
	for (size_t i = 0; i < out->n && text_is(ctx->t, cue, "according"); i++)
		if (out->v[i].generator == GENERATOR_AROUND && out->v[i].n_parts == 2) {
			keep_halves_together(out);
			return;
		}
	contents_right(ctx, cue, at, out);
	contents_left(ctx, cue, at, out);
}
