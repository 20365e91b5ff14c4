#include "extract/time/context.h"

int time_context_open(struct time_context *ctx, const struct time_words *tw, const struct text *t,
		      struct arena *a)
{
	*ctx = (struct time_context){.tw = tw, .t = t};
	if (time_words_read(tw, t, a, &ctx->words) < 0)
		return -1;
	for (uint32_t i = 1; i < ctx->words.n && !ctx->has_may; i++)
		ctx->has_may = ctx->words.v[i].class == W_MONTH && is_word(ctx, i, "may") &&
			       ctx->words.v[i].is_capital && is_name_like(ctx, i - 1) &&
			       ctx->words.v[i - 1].class == W_NONE &&
			       !is_in(ctx, i - 1, SET_NEVER_BEFORE_NAME);
	return 0;
}
