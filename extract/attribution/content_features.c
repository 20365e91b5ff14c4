#include "extract/attribution/content_features.h"

#include "extract/attribution/templates.h"

enum { PATH_STEPS = 4, NEAR_PATH_STEPS = 3, GAPS_COUNTED = 3 };

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

unsigned content_marks(const struct context *ctx, struct range r)
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

static void start_features(const struct context *ctx, const struct cue_head *cue, uint32_t a,
			   struct features *out)
{
	const struct forest *f = ctx->f;
	bool right = a > cue->token;
	uint32_t gap = right ? a - cue->token - 1 : cue->token - a;
	/* the biggest tree that starts here, and how it hangs on the cue */
	uint32_t node = a;
	while (f->t->tokens[node].head != node && f->left[f->t->tokens[node].head] == a &&
	       f->t->tokens[node].head != cue->token)
		node = f->t->tokens[node].head;
	uint64_t path = context_path(ctx, cue->token, node, PATH_STEPS),
		 class_path = feature_mix(path, cue->class);
	feature(out, CONTENT_START_DISTANCE,
		feature_mix(right, feature_mix(bucket(gap), cue->class)));
	feature(out, CONTENT_START_PATH, class_path);
	feature(out, CONTENT_START_PATH_LEMMA, feature_mix(path, cue->lemma));
	feature(out, CONTENT_START_WORD, feature_mix(right, context_lemma(ctx, a)));
	feature(out, CONTENT_START_WORD_LEMMA,
		feature_mix(feature_mix(right, context_lemma(ctx, a)), cue->lemma));
	feature(out, CONTENT_START_FORM,
		feature_mix(right, feature_mix(context_xpos(ctx, a), f->t->tokens[a].deprel)));
	feature(out, CONTENT_BEFORE, a ? feature_mix(right, context_lemma(ctx, a - 1)) : 0);
	feature(out, CONTENT_BEFORE_LEMMA,
		a ? feature_mix(feature_mix(right, context_lemma(ctx, a - 1)), cue->lemma) : 0);
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
	for (uint32_t i = right ? cue->token + 1 : a;
	     i < (right ? a : cue->token) && between < GAPS_COUNTED; i++)
		between += context_is_gap(ctx, i);
	feature(out, CONTENT_START_GAPS, feature_mix(right, feature_mix(between, cue->class)));
}

/* What the next word with a tree of its own hangs on: does it belong to the content or to the cue?
 */
static void rest_features(const struct context *ctx, const struct cue_head *cue, uint32_t b,
			  struct features *out)
{
	const struct token *k = ctx->t->tokens;
	bool is_apart = context_is_gap(ctx, b + 1);
	uint32_t top = is_apart ? b + 2 : b + 1;
	uint64_t word = context_lemma(ctx, top);
	while (k[top].head > b && k[top].head != top)
		top = k[top].head;
	uint64_t deprel = k[top].deprel,
		 path = context_path(ctx, cue->token, k[top].head, NEAR_PATH_STEPS);
	feature(out, CONTENT_REST, feature_mix(feature_mix(deprel, path), is_apart));
	feature(out, CONTENT_REST_WORD,
		feature_mix(feature_mix(deprel, word), k[top].head == cue->token));
}

static void end_features(const struct context *ctx, const struct cue_head *cue, uint32_t b,
			 struct features *out)
{
	const struct forest *f = ctx->f;
	bool right = b > cue->token;
	uint64_t next = context_lemma(ctx, b + 1);
	uint32_t node = b;
	while (f->t->tokens[node].head != node && f->right[f->t->tokens[node].head] == b &&
	       f->t->tokens[node].head != cue->token)
		node = f->t->tokens[node].head;
	uint64_t path = context_path(ctx, cue->token, node, PATH_STEPS);
	const struct sentence *at = &f->t->sentences[f->sentence[b]];
	bool is_last = b + 1 >= at->end || (b + 2 >= at->end && context_is_gap(ctx, b + 1));
	feature(out, CONTENT_END_PATH, feature_mix(right, feature_mix(path, cue->class)));
	feature(out, CONTENT_AFTER, feature_mix(right, next));
	feature(out, CONTENT_AFTER_WORDS,
		feature_mix(feature_mix(right, next), feature_mix(context_lemma(ctx, b + 2), 0)));
	feature(out, CONTENT_END_FORMS,
		feature_mix(right, feature_mix(context_xpos(ctx, b), context_xpos(ctx, b + 1))));
	feature(out, CONTENT_AFTER_FORMS,
		feature_mix(right,
			    feature_mix(context_xpos(ctx, b + 1), context_xpos(ctx, b + 2))));
	feature(out, CONTENT_SENTENCE_END, feature_mix(right, feature_mix(is_last, cue->class)));
	feature(out, CONTENT_SENTENCE_END_LEMMA,
		feature_mix(right, feature_mix(is_last, cue->lemma)));
	feature(out, CONTENT_AFTER_RELATION,
		b + 1 < f->t->n_tokens
			? feature_mix(feature_mix(right, f->t->tokens[b + 1].deprel),
				      context_path(ctx, cue->token, b + 1, NEAR_PATH_STEPS))
			: 0);
	if (b + 1 < at->end && b + 1 + context_is_gap(ctx, b + 1) < at->end)
		rest_features(ctx, cue, b, out);
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
static void run_features(const struct context *ctx, const struct cue_head *cue,
			 const struct candidate *c, struct features *out)
{
	const struct token *k = ctx->t->tokens;
	uint64_t marks = content_marks(ctx, c->part[0]);
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
	feature(out, CONTENT_RUN_SIDE, feature_mix(goes_on, feature_mix(last < cue->token, marks)));
	feature(out, CONTENT_RUN_SPEECH,
		feature_mix(goes_on, q ? ctx->t->quotes[q - 1].is_speech : 2));
	feature(out, CONTENT_RUN_NEXT,
		feature_mix(ends ? 7 : context_xpos(ctx, last + 1), feature_mix(goes_on, alone)));
	feature(out, CONTENT_RUN_STOP,
		feature_mix(stop_of(ctx, last), feature_mix(c->n_parts, last < cue->token)));
	feature(out, CONTENT_RUN_SENTENCE,
		feature_mix(last + 1 < ctx->t->n_tokens &&
				    ctx->f->sentence[last + 1] == ctx->f->sentence[last],
			    feature_mix(c->n_parts, breaks > 0)));
}

static void span_features(const struct context *ctx, const struct cue_head *cue,
			  const struct candidate *c, struct features *out)
{
	const struct forest *f = ctx->f;
	struct range first = c->part[0], last = c->part[c->n_parts - 1];
	uint32_t top = context_top(ctx, first.first, first.last);
	unsigned out_of, into;
	count_cuts(ctx, c, &f->t->sentences[f->sentence[cue->token]], &out_of, &into);
	uint64_t path = context_path(ctx, cue->token, top, PATH_STEPS),
		 shape = feature_mix(c->generator, context_class(ctx, top)),
		 deprel = f->t->tokens[top].deprel, marks = content_marks(ctx, first),
		 cuts = feature_mix(out_of > 3 ? 3 : out_of, into > 3 ? 3 : into);
	feature(out, CONTENT_GENERATOR,
		feature_mix(c->generator, feature_mix(c->n_parts, cue->class)));
	feature(out, CONTENT_GENERATOR_LEMMA,
		feature_mix(c->generator, feature_mix(c->n_parts, cue->lemma)));
	feature(out, CONTENT_PATH, feature_mix(path, feature_mix(cue->class, cuts)));
	feature(out, CONTENT_PATH_LEMMA, feature_mix(path, feature_mix(cue->lemma, c->n_parts)));
	feature(out, CONTENT_PATH_ACT, feature_mix(path, cue->act));
	feature(out, CONTENT_SHAPE_ACT, feature_mix(shape, cue->act));
	feature(out, CONTENT_CUTS, feature_mix(cuts, c->generator));
	feature(out, CONTENT_CUTS_OUT,
		feature_mix(feature_mix(out_of > 3 ? 3 : out_of, deprel), cue->class));
	feature(out, CONTENT_MARKS, feature_mix(marks, c->generator));
	feature(out, CONTENT_MARKS_LEMMA,
		feature_mix(feature_mix(marks, content_marks(ctx, last)), cue->lemma));
	feature(out, CONTENT_LENGTH, feature_mix(bucket(last.last - first.first), shape));
	feature(out, CONTENT_SHAPE_LEMMA, feature_mix(shape, cue->lemma));
	feature(out, CONTENT_SHAPE, feature_mix(feature_mix(shape, deprel), cue->class));
	feature(out, CONTENT_TOP_LEMMA, feature_mix(context_lemma(ctx, top), cue->lemma));
	feature(out, CONTENT_TOP, feature_mix(context_lemma(ctx, top), cue->class));
}

/* Whether it holds the cue's subject or quoted words, and leaves the cue's sentence. */
static void reach_features(const struct context *ctx, const struct cue_head *cue,
			   const struct candidate *c, struct features *out)
{
	const struct forest *f = ctx->f;
	struct range first = c->part[0], last = c->part[c->n_parts - 1];
	uint64_t marks = content_marks(ctx, first);
	bool holds_subject = cue->subject != FOREST_NONE && candidate_holds(c, cue->subject),
	     holds_quote = false;
	feature(out, CONTENT_SUBJECT,
		feature_mix(feature_mix(holds_subject, cue->link),
			    feature_mix(cue->class, c->generator)));
	feature(out, CONTENT_SUBJECT_LEMMA,
		feature_mix(feature_mix(holds_subject, cue->link), cue->lemma));
	for (uint32_t i = first.first; i <= first.last; i++)
		holds_quote = holds_quote || f->t->tokens[i].quote;
	feature(out, CONTENT_QUOTED, feature_mix(feature_mix(holds_quote, marks), cue->class));
	feature(out, CONTENT_SENTENCES,
		feature_mix(feature_mix(f->sentence[first.first] != f->sentence[cue->token],
					f->sentence[last.last] != f->sentence[cue->token]),
			    marks));
}

static void parts_features(const struct context *ctx, const struct cue_head *cue,
			   const struct candidate *c, struct features *out)
{
	struct range first = c->part[0], last = c->part[1];
	uint32_t top = context_top(ctx, first.first, first.last),
		 last_top = context_top(ctx, last.first, last.last);
	feature(out, CONTENT_PARTS,
		feature_mix(context_path(ctx, cue->token, last_top, PATH_STEPS),
			    context_path(ctx, cue->token, top, PATH_STEPS)));
	feature(out, CONTENT_PARTS_MARKS,
		feature_mix(content_marks(ctx, last), content_marks(ctx, first)));
}

void content_features(const struct context *ctx, const struct cue_head *cue,
		      const struct candidate *c, struct features *out)
{
	out->n = 0;
	start_features(ctx, cue, c->part[0].first, out);
	end_features(ctx, cue, c->part[c->n_parts - 1].last, out);
	span_features(ctx, cue, c, out);
	reach_features(ctx, cue, c, out);
	if (c->generator == GENERATOR_QUOTE)
		run_features(ctx, cue, c, out);
	if (c->n_parts == 2)
		parts_features(ctx, cue, c, out);
}
