/* An article as words of time, and questions about single words by their number. For extract/time/
 * alone; one article, one thread. */
#ifndef DEMARCHE_EXTRACT_TIME_CONTEXT_H
#define DEMARCHE_EXTRACT_TIME_CONTEXT_H

#include "extract/time/match.h"
#include "extract/time/words.h"

struct time_context {
	const struct time_words *tw;
	const struct text *t;
	struct time_text words;
	bool has_may; /* a person of that name is spoken of */
};

/* The words live in `a`. 0, or -1 when the arena is full or its budget spent. */
int time_context_open(struct time_context *ctx, const struct time_words *tw, const struct text *t,
		      struct arena *a) MUST_CHECK;

/* Word numbers past the end are allowed in all of these: nothing is there. */
static inline const struct time_word *word_at(const struct time_context *ctx, uint32_t i)
{
	return &ctx->words.v[i < ctx->words.n ? i : ctx->words.n];
}

static inline bool is_class(const struct time_context *ctx, uint32_t i, enum time_class class)
{
	return i < ctx->words.n && ctx->words.v[i].class == class;
}

static inline bool is_mark(const struct time_context *ctx, uint32_t i, char c)
{
	return is_class(ctx, i, W_PUNCT) && ctx->words.v[i].value == c;
}

/* Is word i, in lower case, one of a list parted by blanks? Joined words never are. */
static inline bool is_word(const struct time_context *ctx, uint32_t i, const char *list)
{
	return i < ctx->words.n && !ctx->words.v[i].is_joined &&
	       text_is_one_of(ctx->t, ctx->words.v[i].token, list);
}

/* The same of a set of words. */
static inline bool is_in(const struct time_context *ctx, uint32_t i, enum word_set set)
{
	return i < ctx->words.n && !ctx->words.v[i].is_joined &&
	       text_is_in(ctx->t, ctx->words.v[i].token, set);
}

/* The tag of the token of word i; a full stop past the end. */
static inline unsigned tag_of(const struct time_context *ctx, uint32_t i)
{
	return i < ctx->words.n ? ctx->t->tokens[ctx->words.v[i].token].tag : TAG_STOP;
}

static inline bool has_stop(const struct time_context *ctx, uint32_t i)
{
	return i < ctx->words.n && ctx->t->bytes.p[ctx->words.v[i].end - 1] == '.';
}

static inline bool starts_segment(const struct time_context *ctx, uint32_t i)
{
	return word_at(ctx, i)->starts_segment;
}

/* A word with a capital that the start of a sentence does not account for. */
static inline bool is_name_like(const struct time_context *ctx, uint32_t i)
{
	return i < ctx->words.n && word_at(ctx, i)->is_capital && !starts_segment(ctx, i);
}

#endif
