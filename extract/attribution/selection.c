#include "extract/attribution/selection.h"

/* Chosen on the train part, by articles that the weights had not seen. */
static const float least = 0.38f, nobody_least = 0.45f, speech_least = 0.12f, nested_p = 0.4f,
		   same_content = 0.8f;
/* What lies in a likelier statement is told with it. */
static const float inner_least = 0.65f;

/* "They would invite students and urge Norland to wait": his own words within what he says already,
 * unless they are joined to its cue and end it (cut_next_report). */
static bool is_said_with(const struct context *ctx, const struct attribution *outer,
			 const struct attribution *at)
{
	bool is_same = range_is(at->source) && range_is(outer->source) &&
		       (range_holds(outer->source, at->source.last) ||
			ctx->t->tokens[at->source.first].tag == TAG_PRP);
	bool is_joined = ctx->t->tokens[at->head].deprel == DEPREL_CONJ &&
			 ctx->t->tokens[at->head].head == outer->head;
	return at->p < inner_least && !at->is_nested && is_same && !is_joined &&
	       attribution_holds_all(outer, at);
}

/* Has a neighbor it better: the same content, all that is said here, or a cue that holds this one's
 * head? */
static bool is_outdone(const struct context *ctx, const struct attributions *all, size_t i)
{
	enum { REACH = 8 };
	const struct attribution *a = &all->v[i];
	for (size_t k = i > REACH ? i - REACH : 0; k < all->n && k < i + REACH; k++) {
		const struct attribution *b = &all->v[k];
		if (k != i && b->p > a->p &&
		    (range_holds(b->cue, a->head) || attribution_overlap(a, b) > same_content ||
		     is_said_with(ctx, b, a)))
			return true;
	}
	return false;
}

/* The speech that a content holds as a whole, 1 + its number; 0 for none. */
static uint32_t speech_of(const struct context *ctx, const struct attribution *a)
{
	uint32_t q = ctx->t->tokens[a->parts[0].first].quote;
	const struct quote *k = q ? &ctx->t->quotes[q - 1] : NULL;
	bool is_whole =
		k && k->is_speech && k->open >= a->parts[0].first && k->close <= a->parts[0].last;
	return is_whole ? q : 0;
}

static void mark_owned(const struct context *ctx, const struct attribution *a, bool *owned)
{
	for (size_t k = 0; k < a->n_parts; k++)
		for (uint32_t i = a->parts[k].first; i <= a->parts[k].last; i++)
			if (ctx->t->tokens[i].quote)
				owned[ctx->t->tokens[i].quote - 1] = true;
}

/* The so-called "reform": nobody says it. */
static bool is_scare_quote(const struct context *ctx, const struct attribution *a)
{
	uint32_t q = ctx->t->tokens[a->parts[0].first].quote;
	return !range_is(a->source) && q && !ctx->t->quotes[q - 1].is_speech &&
	       ctx->t->quotes[q - 1].close >= a->parts[0].last;
}

/* "struck a softer tone", "spoke first": how something was said, not what. */
static bool is_manner(const struct context *ctx, const struct attribution *a)
{
	uint32_t top = context_top(ctx, a->parts[0].first, a->parts[0].last);
	bool is_word = a->n_parts == 1 && a->parts[0].first == a->parts[0].last;
	return (is_word && context_class(ctx, top) == CLASS_ADVERB) ||
	       (context_class(ctx, top) == CLASS_NOUN && text_is_in(ctx->t, top, SET_MANNER_NOUN));
}

/* "He spoke to the minister": whom, not what. */
static bool is_addressee(const struct context *ctx, const struct attribution *a)
{
	uint32_t top = context_top(ctx, a->parts[0].first, a->parts[0].last);
	return a->n_parts == 1 && text_is_in(ctx->t, a->head, SET_SPEAK) &&
	       (context_kind(ctx, top) == 2 + MENTION_PERSON ||
		(gazetteer_noun(ctx->entities->g, &ctx->t->tokens[top], NULL) &
		 (NOUN_HUMAN | NOUN_PEOPLE)));
}

/* What ends this one's content: the next report with a source of its own ("Lee said the road was
 * open, and Stone warned that it was not"), or one whose cue is joined to this one's ("is worried
 * that prices rise and is afraid of the winter"). */
static void cut_next_report(const struct context *ctx, struct attribution *a,
			    const struct attribution *next)
{
	struct range *r = &a->parts[a->n_parts - 1];
	uint32_t first = range_is(next->source) ? next->source.first : 0,
		 joined = ctx->f->left[next->head];
	if (next->is_nested || first > next->head || next->head > r->last)
		return;
	if (ctx->t->tokens[next->head].deprel == DEPREL_CONJ &&
	    ctx->t->tokens[next->head].head == a->head && joined > r->first) {
		r->last = joined - 1;
		return;
	}
	if (first < r->first + 3 || ctx->t->tokens[first - 1].xpos != XPOS_CC ||
	    !text_is(ctx->t, first - 2, ",") ||
	    ctx->t->tokens[first].quote != ctx->t->tokens[first - 3].quote)
		return;
	r->last = first - 3;
}

/* Inside of a speech its speaker is the source; only what somebody else is named for stays besides.
 */
static bool is_likely(const struct context *ctx, const struct attribution *a)
{
	if (!a->is_nested)
		return a->p >= (range_is(a->source) ? least : nobody_least) &&
		       !is_scare_quote(ctx, a) && !is_manner(ctx, a) && !is_addressee(ctx, a);
	bool is_named = false;
	for (uint32_t i = a->source.first; range_is(a->source) && i <= a->source.last; i++)
		is_named = is_named || ctx->entities->mention_at[i];
	return is_named && a->p >= nested_p;
}

int attributions_select(const struct context *ctx, struct attributions *all)
{
	bool *stays = arena_array(ctx->a, all->n, sizeof *stays),
	     *owned = arena_array(ctx->a, ctx->t->n_quotes, sizeof *owned);
	size_t n = 0;
	if (!stays || !owned)
		return -1;
	for (size_t i = 0; i < all->n; i++) {
		if (!budget_allows_step(ctx->a->budget, i))
			return -1;
		stays[i] = is_likely(ctx, &all->v[i]) && !is_outdone(ctx, all, i);
		if (stays[i])
			mark_owned(ctx, &all->v[i], owned);
	}
	/* somebody said it: a speech that nobody has goes to the likeliest cue that wants it */
	for (size_t i = 0; i < all->n; i++) {
		if (!budget_allows_step(ctx->a->budget, i))
			return -1;
		uint32_t q = stays[i] ? 0 : speech_of(ctx, &all->v[i]);
		if (!q || owned[q - 1] || all->v[i].p < speech_least || is_outdone(ctx, all, i))
			continue;
		stays[i] = true;
		mark_owned(ctx, &all->v[i], owned);
	}
	for (size_t i = 0; i < all->n; i++)
		if (stays[i])
			all->v[n++] = all->v[i];
	all->n = n;
	for (size_t i = 0; i + 1 < n; i++)
		cut_next_report(ctx, &all->v[i], &all->v[i + 1]);
	return 0;
}
