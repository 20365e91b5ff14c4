/* What is taken out or cut once attributions are found. */
#include "extract/attribution/tidy.h"

#include "extract/entity/speaker_phrase.h"
#include "extract/syntax/labels.h"
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

/* "Described | the deal as | a mistake": the first token of the object right behind the cue's head
 * of which the content tells what it is; TOKEN_NONE for none. */
static uint32_t object_before(const struct context *ctx, const struct attribution *at)
{
	const struct text *t = ctx->t;
	uint32_t first = at->cue.last + 1, start = at->parts[0].first, object = first;
	if (at->cue.last < at->head || start < first + 2 || !text_is(t, start - 1, "as") ||
	    t->tokens[first].quote != 0 || text_sentence(t, first) != text_sentence(t, start))
		return TOKEN_NONE;
	for (uint32_t i = first; i + 1 < start; i++) {
		bool is_mark = !(t->tokens[i].flags & TOK_WORD) && !text_is_joint(t, i) &&
			       t->tokens[i].tag != TAG_POS;
		if (is_mark || range_holds(at->source, i))
			return TOKEN_NONE;
		object = t->tokens[i].head == at->head ? i : object;
	}
	bool is_object = t->tokens[object].head == at->head &&
			 deprel_universal(t->tokens[object].deprel) == DEPREL_OBJ;
	return is_object ? first : TOKEN_NONE;
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
		uint32_t object = object_before(ctx, at);
		if (object != TOKEN_NONE)
			at->parts[0].first = object;
		all->v[n++] = *at;
	}
	all->n = n;
}
