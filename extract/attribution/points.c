#include "extract/attribution/points.h"

#include "extract/attribution/attributions.h"

/* How sure a point is where no attribution was found before the colon; tokens back to the cue. */
static const float point_p = 0.8f;
enum { CUE_REACH = 12, LEFT_OVER = 6 };

/* The first token behind the mark or number that a point starts with; 0 for no point. */
static uint32_t point_from(const struct text *t, uint32_t p)
{
	uint32_t first = t->paragraphs[p], end = t->paragraphs[p + 1];
	if (first + 2 < end && text_is_one_of(t, first, "- – — • * · ● ▪ ◦ o"))
		return first + 1;
	if (first + 3 < end && (t->tokens[first].flags & TOK_NUMBER) &&
	    text_is_one_of(t, first + 1, ". )"))
		return first + 2;
	if (first + 4 < end && text_is(t, first, "(") && text_is(t, first + 2, ")"))
		return first + 3;
	return 0;
}

/* The words of a point, without the mark at its end. */
static struct range words_of(const struct text *t, uint32_t p)
{
	struct range r = {point_from(t, p), t->paragraphs[p + 1] - 1};
	while (r.last > r.first &&
	       (text_is_one_of(t, r.last, "; , . and or") || t->tokens[r.last].tag == TAG_COMMA))
		r.last--;
	return r;
}

/* The verb before the colon, with a subject: "called" of "called for:". */
static uint32_t cue_before(const struct context *ctx, uint32_t first, uint32_t colon)
{
	enum subject_link link;
	for (uint32_t i = colon; i-- > first && i + CUE_REACH > colon;) {
		if (ctx->t->tokens[i].flags & TOK_TERMINAL)
			break;
		if (context_class(ctx, i) == CLASS_VERB && context_act(ctx, i) &&
		    context_subject(ctx, i, &link) != FOREST_NONE)
			return i;
	}
	return TOKEN_NONE;
}

static struct attribution at_cue(const struct context *ctx, uint32_t cue)
{
	enum subject_link link;
	uint32_t subject = context_subject(ctx, cue, &link);
	return (struct attribution){.head = cue,
				    .cue = {cue, cue},
				    .source = {ctx->f->left[subject], ctx->f->right[subject]},
				    .p = point_p};
}

static int add(const struct context *ctx, struct attributions *out, const struct attribution *at)
{
	if (arena_grow(ctx->a, (void **)&out->v, &out->cap, out->n + 1, sizeof *out->v) < 0)
		return -1;
	out->v[out->n++] = *at;
	return 0;
}

/* Is there hardly anything else that it says, before the colon? */
static bool is_left_over(const struct attribution *at, uint32_t colon)
{
	struct range last = at->parts[at->n_parts - 1];
	return at->n_parts == 1 && at->frame != FRAME_CLAUSE && last.last + 2 >= colon &&
	       last.last - last.first < LEFT_OVER;
}

/* The points behind paragraph p, said by what stands before its colon. */
static int add_points(const struct context *ctx, struct attributions *out, uint32_t p,
		      const struct attribution *base)
{
	for (uint32_t k = p + 1; k < ctx->t->n_paragraphs && point_from(ctx->t, k); k++) {
		struct attribution at = *base;
		at.parts[0] = words_of(ctx->t, k);
		at.n_parts = 1;
		attribution_read_off(ctx, &at);
		if (add(ctx, out, &at) < 0)
			return -1;
	}
	return 0;
}

/* Those with their head before `end`. */
static int add_until(const struct context *ctx, struct attributions *out,
		     const struct attributions *all, size_t *i, uint32_t end)
{
	for (; *i < all->n && all->v[*i].head < end; ++*i)
		if (add(ctx, out, &all->v[*i]) < 0)
			return -1;
	return 0;
}

int attributions_add_points(const struct context *ctx, struct attributions *all)
{
	const struct text *t = ctx->t;
	struct attributions out = {0};
	size_t i = 0;
	for (uint32_t p = 0; p + 1 < t->n_paragraphs; p++) {
		uint32_t end = t->paragraphs[p + 1], colon = end - 1, cue;
		if (!budget_allows_step(ctx->a->budget, p))
			return -1;
		if (!text_is(t, colon, ":") || !point_from(t, p + 1) || text_turn(t, colon) ||
		    (cue = cue_before(ctx, t->paragraphs[p], colon)) == TOKEN_NONE)
			continue;
		if (add_until(ctx, &out, all, &i, cue) < 0)
			return -1;
		struct attribution base = at_cue(ctx, cue);
		bool is_whole = false; /* "said the plan has three parts:" */
		for (; i < all->n && all->v[i].head == cue; i++) {
			bool is_left = is_left_over(&all->v[i], colon);
			if (range_is(all->v[i].source))
				base = all->v[i];
			is_whole = is_whole || !is_left;
			if (!is_left && add(ctx, &out, &all->v[i]) < 0)
				return -1;
		}
		if (!is_whole && add_points(ctx, &out, p, &base) < 0)
			return -1;
	}
	if (out.n == 0)
		return 0;
	if (add_until(ctx, &out, all, &i, UINT32_MAX) < 0)
		return -1;
	*all = out;
	return 0;
}
