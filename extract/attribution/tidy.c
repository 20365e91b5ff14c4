/* What is taken out or cut once attributions are found. */
#include "extract/attribution/tidy.h"

#include "extract/entity/speaker_phrase.h"
#include "extract/text/furniture.h"

/* The quotation that begins with a part of the content, or NULL. */
static const struct quote *quote_at(const struct text *t, struct range part)
{
	uint32_t q = t->tokens[part.first].quote;
	return q && t->quotes[q - 1].open == part.first ? &t->quotes[q - 1] : NULL;
}

/* What is said or quoted is somebody's, whoever that is. */
static bool is_things(const struct context *ctx, const struct attribution *at)
{
	struct range who;
	const struct quote *q = quote_at(ctx->t, at->parts[0]);
	bool is_said =
		(at->source.first < at->head || !text_is(ctx->t, at->source.first, "which")) &&
		(text_is_in(ctx->t, at->head, SET_QUOTATIVE) ||
		 text_is_in(ctx->t, at->head, SET_REPORTING));
	return range_is(at->source) && !is_said && !(q && q->is_speech) &&
	       speaker_phrase(ctx->entities, at->source, at->antecedent, &who) == SPEAKER_THING;
}

/* "“It must end.” | Novak disagreed": the last paragraph of what somebody said above. */
static bool is_taken_from_above(const struct context *ctx, const struct attribution *at)
{
	const struct quote *q = quote_at(ctx->t, at->parts[0]);
	return q && q->is_continued && at->head > q->close &&
	       text_paragraph(ctx->t, at->head) > text_paragraph(ctx->t, q->open);
}

static void end_with_paragraph(const struct context *ctx, struct attribution *at)
{
	for (size_t i = 1; i < at->n_parts; i++) {
		const struct quote *q = quote_at(ctx->t, at->parts[i]);
		if (q && q->is_continued) {
			at->n_parts = i;
			return;
		}
	}
}

void attributions_tidy(const struct context *ctx, struct attributions *all)
{
	size_t n = 0;
	uint32_t looked_at = UINT32_MAX;
	bool is_furniture = false;
	for (size_t i = 0; i < all->n; i++) {
		struct attribution *at = &all->v[i];
		if (at->paragraph != looked_at)
			is_furniture = text_is_furniture(ctx->t, at->paragraph);
		looked_at = at->paragraph;
		if (is_furniture || at->n_parts == 0 || is_things(ctx, at) ||
		    is_taken_from_above(ctx, at))
			continue;
		end_with_paragraph(ctx, at);
		all->v[n++] = *at;
	}
	all->n = n;
}
