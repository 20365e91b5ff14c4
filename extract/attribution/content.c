/* Contents: candidates from the places where a content may start and end, and what speaks for each.
 */
#include "extract/attribution/candidates.h"
#include "extract/attribution/cue.h"
#include "extract/attribution/templates.h"

#include <string.h>

enum { STARTS_MAX = 24, ENDS_MAX = 16, NODES_DEEP = 4 };
/* Tokens: how far before its cue's sentence a quotation may end, and what of a paragraph a colon
 * may have. Short enough that the time for a text grows with its length alone; no statement of the
 * development part changes by them. */
enum { QUOTE_REACH = 500, PARAGRAPH_REACH = 2000 };
enum { GAPS_COUNTED = 3 };

/* How a candidate was found. */
enum {
	GENERATOR_RIGHT,
	GENERATOR_LEFT,
	GENERATOR_QUOTE,
	GENERATOR_AROUND,
	GENERATOR_RAISED,
	GENERATOR_SUBJECT,
	GENERATOR_HEAD
};

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

static bool is_gap(const struct context *ctx, uint32_t i)
{
	return !(ctx->t->tokens[i].flags & TOK_WORD) && !ctx->t->tokens[i].mark &&
	       !text_is_one_of(ctx->t, i, "$ % ( ) [ ]");
}

/* Without commas and dashes at the ends; a full stop stays only inside of a quotation. */
static struct range trim(const struct context *ctx, uint32_t first, uint32_t last)
{
	while (first <= last && is_gap(ctx, first))
		first++;
	while (last > first && is_gap(ctx, last))
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
		if (i > cue + 1 && (is_gap(ctx, i) || starts_clause(ctx, i)))
			add_place(&ends, ENDS_MAX, trim(ctx, cue + 1, i - 1).last);
		if (ctx->t->tokens[i].quote &&
		    ctx->t->quotes[ctx->t->tokens[i].quote - 1].open == i && i < cue + 20)
			add_place(&starts, STARTS_MAX, i);
	}
	for (size_t a = 0; a < starts.n; a++)
		for (size_t b = 0; b < ends.n; b++)
			if (starts.v[a] <= ends.v[b] && !is_gap(ctx, starts.v[a]))
				add_span(out, starts.v[a], ends.v[b], GENERATOR_RIGHT);
	if (context_class(ctx, cue) ==
	    CLASS_COLON) /* "SMITH: ..." and all the rest of the paragraph */
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
		if (is_gap(ctx, i) && i > at->first)
			add_place(&ends, 8, trim(ctx, at->first, i - 1).last);
		if (k->quote && ctx->t->quotes[k->quote - 1].close == i)
			add_place(&ends, 8, i);
		if ((is_gap(ctx, i) || starts_clause(ctx, i)) && i + 1 < cue)
			add_place(&starts, 8, i + 1);
		if (k->quote && ctx->t->quotes[k->quote - 1].open == i)
			add_place(&starts, 8, i);
	}
	for (size_t a = 0; a < starts.n; a++)
		for (size_t b = 0; b < ends.n; b++)
			if (starts.v[a] <= ends.v[b] && !is_gap(ctx, starts.v[a]))
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
	if (range_is(before) && !is_gap(ctx, before.first))
		c.part[c.n_parts++] = before;
	if (range_is(after) && !is_gap(ctx, after.first))
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
	while (first < phrase && (is_gap(ctx, first) || ctx->f->relation[first] == DEPREL_CC))
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

/* Whole quotations near the cue, also those that go on from or into other sentences. */
static void contents_quoted(const struct context *ctx, uint32_t cue, const struct sentence *at,
			    struct candidates *out)
{
	size_t low = 0, high = ctx->t->n_quotes;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (ctx->t->quotes[middle].close < at->first)
			low = middle + 1;
		else
			high = middle;
	}
	for (size_t q = low > 1 ? low - 2 : 0; q < ctx->t->n_quotes && q < low + 6; q++) {
		const struct quote *k = &ctx->t->quotes[q];
		if ((k->open <= cue && cue <= k->close) || k->close + QUOTE_REACH < at->first)
			continue;
		if (k->open > at->end + 4)
			break;
		add_span(out, k->open, k->close, GENERATOR_QUOTE);
		/* a speech goes on behind its cue, and over the ends of paragraphs */
		struct range more = {k->open, k->close};
		for (size_t j = q + 1; j < ctx->t->n_quotes && j < q + 8; j++) {
			const struct quote *next = &ctx->t->quotes[j];
			if (next->open == more.last + 1) {
				more.last = next->close;
				add_span(out, more.first, more.last, GENERATOR_QUOTE);
			} else if (k->close < cue && next->open > cue && next->open <= at->end) {
				struct range then = {next->open, next->close};
				add_candidate(out,
					      (struct candidate){.part = {more, then},
								 .n_parts = 2,
								 .generator = GENERATOR_QUOTE});
				for (size_t l = j + 1; l < ctx->t->n_quotes && l < j + 8 &&
						       ctx->t->quotes[l].open == then.last + 1;
				     l++) {
					then.last = ctx->t->quotes[l].close;
					add_candidate(out, (struct candidate){
								   .part = {more, then},
								   .n_parts = 2,
								   .generator = GENERATOR_QUOTE});
				}
				break;
			} else {
				break;
			}
		}
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

/* --- features --------------------------------------------------------------------------------- */

static unsigned bucket(uint32_t n)
{
	return n < 6 ? n : n < 8 ? 6 : n < 12 ? 7 : n < 20 ? 8 : n < 40 ? 9 : 10;
}

/* Trees cut by a span: tokens inside whose head is outside (but for its top), and tokens outside
 * whose head is inside. */
static void count_cuts(const struct context *ctx, const struct candidate *c,
		       const struct sentence *at, unsigned *out_of, unsigned *into)
{
	*out_of = *into = 0;
	for (unsigned k = 0; k < c->n_parts; k++)
		for (uint32_t i = c->part[k].first; i <= c->part[k].last; i++)
			*out_of += (ctx->t->tokens[i].flags & TOK_WORD) &&
				   !candidate_holds(c, ctx->t->tokens[i].head);
	for (uint32_t i = at->first; i < at->end; i++)
		*into += (ctx->t->tokens[i].flags & TOK_WORD) && !candidate_holds(c, i) &&
			 candidate_holds(c, ctx->t->tokens[i].head);
}

/* How a span goes with quotation marks: bits. */
static unsigned marks_of(const struct context *ctx, struct range r)
{
	uint32_t a = ctx->t->tokens[r.first].quote, b = ctx->t->tokens[r.last].quote;
	bool opens = a && ctx->t->quotes[a - 1].open == r.first,
	     closes = b && ctx->t->quotes[b - 1].close == r.last;
	bool cuts_left = a && !opens, cuts_right = b && !closes;
	const bool seen[] = {opens,
			     closes,
			     cuts_left,
			     cuts_right,
			     a && a == b,
			     r.first > 0 && ctx->t->tokens[r.first - 1].quote != 0,
			     r.last + 1 < ctx->t->n_tokens &&
				     ctx->t->tokens[r.last + 1].quote != 0};
	unsigned bits = 0;
	for (unsigned i = 0; i < sizeof seen / sizeof seen[0]; i++)
		bits |= (unsigned)seen[i] << i;
	return bits;
}

struct edge {
	uint64_t lemma, class, act; /* of the cue */
	uint32_t cue;
};

static void start_features(const struct context *ctx, const struct edge *e, uint32_t a,
			   struct features *out)
{
	const struct forest *f = ctx->f;
	bool right = a > e->cue;
	uint32_t gap = right ? a - e->cue - 1 : e->cue - a;
	/* the biggest tree that starts here, and how it hangs on the cue */
	uint32_t node = a;
	while (f->t->tokens[node].head != node && f->left[f->t->tokens[node].head] == a &&
	       f->t->tokens[node].head != e->cue)
		node = f->t->tokens[node].head;
	uint64_t path = context_path(ctx, e->cue, node, 4),
		 class_path = feature_mix(path, e->class);
	feature(out, CONTENT_START_DISTANCE,
		feature_mix(right, feature_mix(bucket(gap), e->class)));
	feature(out, CONTENT_START_PATH, class_path);
	feature(out, CONTENT_START_PATH_LEMMA, feature_mix(path, e->lemma));
	feature(out, CONTENT_START_WORD, feature_mix(right, context_lemma(ctx, a)));
	feature(out, CONTENT_START_WORD_LEMMA,
		feature_mix(feature_mix(right, context_lemma(ctx, a)), e->lemma));
	feature(out, CONTENT_START_FORM,
		feature_mix(right, feature_mix(context_xpos(ctx, a), f->t->tokens[a].deprel)));
	feature(out, CONTENT_BEFORE, a ? feature_mix(right, context_lemma(ctx, a - 1)) : 0);
	feature(out, CONTENT_BEFORE_LEMMA,
		a ? feature_mix(feature_mix(right, context_lemma(ctx, a - 1)), e->lemma) : 0);
	feature(out, CONTENT_START_FORMS,
		a ? feature_mix(context_xpos(ctx, a - 1), feature_mix(context_xpos(ctx, a), right))
		  : 0);
	feature(out, CONTENT_START_RELATIONS,
		a ? feature_mix(feature_mix(f->relation[a - 1], f->relation[a]), class_path) : 0);
	feature(out, CONTENT_START_WORDS,
		feature_mix(right,
			    feature_mix(context_lemma(ctx, a), a ? context_lemma(ctx, a - 1) : 0)));
	feature(out, CONTENT_SENTENCE_START,
		feature_mix(f->t->sentences[f->sentence[a]].first == a, right));
	feature(out, CONTENT_START_CLASS, feature_mix(context_class(ctx, node), class_path));
	uint32_t between = 0;
	for (uint32_t i = right ? e->cue + 1 : a;
	     i < (right ? a : e->cue) && between < GAPS_COUNTED; i++)
		between += is_gap(ctx, i);
	feature(out, CONTENT_START_GAPS, feature_mix(right, feature_mix(between, e->class)));
}

static void end_features(const struct context *ctx, const struct edge *e, uint32_t b,
			 struct features *out)
{
	const struct forest *f = ctx->f;
	bool right = b > e->cue;
	uint64_t next = context_lemma(ctx, b + 1);
	uint32_t node = b;
	while (f->t->tokens[node].head != node && f->right[f->t->tokens[node].head] == b &&
	       f->t->tokens[node].head != e->cue)
		node = f->t->tokens[node].head;
	uint64_t path = context_path(ctx, e->cue, node, 4);
	const struct sentence *at = &f->t->sentences[f->sentence[b]];
	bool is_last = b + 1 >= at->end || (b + 2 >= at->end && is_gap(ctx, b + 1));
	feature(out, CONTENT_END_PATH, feature_mix(right, feature_mix(path, e->class)));
	feature(out, CONTENT_AFTER, feature_mix(right, next));
	feature(out, CONTENT_AFTER_WORDS,
		feature_mix(feature_mix(right, next), feature_mix(context_lemma(ctx, b + 2), 0)));
	feature(out, CONTENT_END_FORMS,
		feature_mix(right, feature_mix(context_xpos(ctx, b), context_xpos(ctx, b + 1))));
	feature(out, CONTENT_AFTER_FORMS,
		feature_mix(right,
			    feature_mix(context_xpos(ctx, b + 1), context_xpos(ctx, b + 2))));
	feature(out, CONTENT_SENTENCE_END, feature_mix(right, feature_mix(is_last, e->class)));
	feature(out, CONTENT_SENTENCE_END_LEMMA,
		feature_mix(right, feature_mix(is_last, e->lemma)));
	feature(out, CONTENT_AFTER_RELATION,
		b + 1 < f->t->n_tokens ? feature_mix(feature_mix(right, f->t->tokens[b + 1].deprel),
						     context_path(ctx, e->cue, b + 1, 3))
				       : 0);
	/* what the next word with a tree of its own hangs on: does it belong to the content or to
	 * the cue? */
	uint32_t after = b + 1 < at->end && is_gap(ctx, b + 1) ? b + 2 : b + 1;
	if (after < at->end) {
		uint32_t top = after;
		while (f->t->tokens[top].head > b && f->t->tokens[top].head != top)
			top = f->t->tokens[top].head;
		uint32_t head = f->t->tokens[top].head;
		feature(out, CONTENT_REST,
			feature_mix(feature_mix(f->t->tokens[top].deprel,
						context_path(ctx, e->cue, head, 3)),
				    is_gap(ctx, b + 1)));
		feature(out, CONTENT_REST_WORD,
			feature_mix(
				feature_mix(f->t->tokens[top].deprel, context_lemma(ctx, after)),
				head == e->cue));
	}
}

/* What stands before a closing mark: 1 a comma, which leaves the sentence open, 2 a full stop, 3
 * another stop, 0 none. */
static unsigned stop_of(const struct context *ctx, uint32_t last)
{
	uint32_t i = last > 0 && ctx->t->tokens[last].mark ? last - 1 : last;
	if (text_is(ctx->t, i, ","))
		return 1;
	return !(ctx->t->tokens[i].flags & TOK_TERMINAL) ? 0 : text_is(ctx->t, i, ".") ? 2 : 3;
}

/* Does a run of quotations go on over a new paragraph, and what stands behind it? A new speaker is
 * named there, or none. */
static void quote_features(const struct context *ctx, const struct edge *e,
			   const struct candidate *c, uint64_t marks, struct features *out)
{
	const struct token *k = ctx->t->tokens;
	uint32_t first = c->part[0].first, last = c->part[c->n_parts - 1].last, breaks = 0,
		 between = 0;
	uint32_t from = c->n_parts == 2 ? c->part[0].last : first, q = k[last].quote;
	for (uint32_t i = first + 1; i <= last; i++)
		breaks += (k[i].flags & TOK_PARAGRAPH_START) != 0;
	for (uint32_t i = from + 1; c->n_parts == 2 && i < c->part[1].first; i++)
		between += (k[i].flags & TOK_TERMINAL) != 0;
	bool ends = last + 1 >= ctx->t->n_tokens || (k[last + 1].flags & TOK_PARAGRAPH_START);
	bool next_opens = last + 1 < ctx->t->n_tokens && k[last + 1].quote;
	bool alone = q &&
		     ctx->t->sentences[ctx->f->sentence[ctx->t->quotes[q - 1].open]].first >=
			     ctx->t->quotes[q - 1].open &&
		     (ends || (k[last].quote && last && (k[last - 1].flags & TOK_TERMINAL)));
	uint64_t goes_on = feature_mix(
		c->n_parts, feature_mix(breaks > 2 ? 2 : breaks, between > 2 ? 2 : between));
	feature(out, CONTENT_RUN_END, feature_mix(goes_on, ends));
	feature(out, CONTENT_RUN_ALONE,
		feature_mix(goes_on,
			    feature_mix((uint64_t)ends + 2 * (uint64_t)next_opens, alone)));
	feature(out, CONTENT_RUN_CLOSED,
		feature_mix(goes_on, feature_mix(alone, q && ctx->t->quotes[q - 1].is_closed)));
	feature(out, CONTENT_RUN_SIDE, feature_mix(goes_on, feature_mix(last < e->cue, marks)));
	feature(out, CONTENT_RUN_SPEECH,
		feature_mix(goes_on, q ? ctx->t->quotes[q - 1].is_speech : 2));
	feature(out, CONTENT_RUN_NEXT,
		feature_mix(ends ? 7 : context_xpos(ctx, last + 1), feature_mix(goes_on, alone)));
	feature(out, CONTENT_RUN_STOP,
		feature_mix(stop_of(ctx, last), feature_mix(c->n_parts, last < e->cue)));
	feature(out, CONTENT_RUN_SENTENCE,
		feature_mix(last + 1 < ctx->t->n_tokens &&
				    ctx->f->sentence[last + 1] == ctx->f->sentence[last],
			    feature_mix(c->n_parts, breaks > 0)));
}

static void pair_features(const struct context *ctx, const struct edge *e,
			  const struct candidate *c, struct features *out)
{
	const struct forest *f = ctx->f;
	struct range first = c->part[0], last = c->part[c->n_parts - 1];
	const struct sentence *at = &f->t->sentences[f->sentence[e->cue]];
	uint32_t top = context_top(ctx, first.first, first.last);
	unsigned out_of, into;
	count_cuts(ctx, c, at, &out_of, &into);
	uint64_t path = context_path(ctx, e->cue, top, 4),
		 shape = feature_mix(c->generator, context_class(ctx, top));
	uint64_t marks = marks_of(ctx, first),
		 cuts = feature_mix(out_of > 3 ? 3 : out_of, into > 3 ? 3 : into);
	feature(out, CONTENT_GENERATOR,
		feature_mix(c->generator, feature_mix(c->n_parts, e->class)));
	feature(out, CONTENT_GENERATOR_LEMMA,
		feature_mix(c->generator, feature_mix(c->n_parts, e->lemma)));
	feature(out, CONTENT_PATH, feature_mix(path, feature_mix(e->class, cuts)));
	feature(out, CONTENT_PATH_LEMMA, feature_mix(path, feature_mix(e->lemma, c->n_parts)));
	feature(out, CONTENT_PATH_ACT, feature_mix(path, e->act));
	feature(out, CONTENT_SHAPE_ACT, feature_mix(shape, e->act));
	feature(out, CONTENT_CUTS, feature_mix(cuts, c->generator));
	feature(out, CONTENT_CUTS_OUT,
		feature_mix(feature_mix(out_of > 3 ? 3 : out_of, f->t->tokens[top].deprel),
			    e->class));
	feature(out, CONTENT_MARKS, feature_mix(marks, c->generator));
	feature(out, CONTENT_MARKS_LEMMA,
		feature_mix(feature_mix(marks, marks_of(ctx, last)), e->lemma));
	feature(out, CONTENT_LENGTH, feature_mix(bucket(last.last - first.first), shape));
	feature(out, CONTENT_SHAPE_LEMMA, feature_mix(shape, e->lemma));
	feature(out, CONTENT_SHAPE,
		feature_mix(feature_mix(shape, f->t->tokens[top].deprel), e->class));
	feature(out, CONTENT_TOP_LEMMA, feature_mix(context_lemma(ctx, top), e->lemma));
	feature(out, CONTENT_TOP, feature_mix(context_lemma(ctx, top), e->class));
	enum subject_link link;
	uint32_t subject = context_subject(ctx, e->cue, &link);
	bool holds_subject = subject != FOREST_NONE && candidate_holds(c, subject);
	feature(out, CONTENT_SUBJECT,
		feature_mix(feature_mix(holds_subject, link), feature_mix(e->class, c->generator)));
	feature(out, CONTENT_SUBJECT_LEMMA,
		feature_mix(feature_mix(holds_subject, link), e->lemma));
	bool holds_quote = false;
	for (uint32_t i = first.first; i <= first.last; i++)
		holds_quote = holds_quote || f->t->tokens[i].quote;
	feature(out, CONTENT_QUOTED, feature_mix(feature_mix(holds_quote, marks), e->class));
	feature(out, CONTENT_SENTENCES,
		feature_mix(feature_mix(f->sentence[first.first] != f->sentence[e->cue],
					f->sentence[last.last] != f->sentence[e->cue]),
			    marks));
	if (c->generator == GENERATOR_QUOTE)
		quote_features(ctx, e, c, marks, out);
	if (c->n_parts == 2) {
		feature(out, CONTENT_PARTS,
			feature_mix(context_path(ctx, e->cue,
						 context_top(ctx, last.first, last.last), 4),
				    path));
		feature(out, CONTENT_PARTS_MARKS, feature_mix(marks_of(ctx, last), marks));
	}
}

void content_features(const struct context *ctx, uint32_t cue, const struct candidate *c,
		      struct features *out)
{
	struct edge e = {context_lemma(ctx, cue), context_class(ctx, cue), 0, cue};
	e.act = feature_mix(context_act(ctx, cue), e.class);
	out->n = 0;
	start_features(ctx, &e, c->part[0].first, out);
	end_features(ctx, &e, c->part[c->n_parts - 1].last, out);
	pair_features(ctx, &e, c, out);
}
