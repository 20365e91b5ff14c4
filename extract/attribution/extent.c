#include "extract/attribution/extent.h"

#include "extract/attribution/templates.h"

enum { REACH_LEFT = 6, REACH_RIGHT = 9 };

void extents_of(const struct context *ctx, uint32_t cue, const struct candidate *content,
		struct candidates *out)
{
	const struct sentence *at = &ctx->t->sentences[ctx->f->sentence[cue]];
	out->n = 0;
	for (uint32_t a = cue; a + REACH_LEFT >= cue && a >= at->first; a--) {
		if (a != cue && candidate_holds(content, a))
			break;
		bool may = a == cue || (ctx->t->tokens[a].flags & TOK_WORD);
		for (uint32_t b = cue;
		     may && b <= cue + REACH_RIGHT && b < at->end && out->n < EXTENTS_MAX; b++) {
			if (b != cue && candidate_holds(content, b))
				break;
			if (b == cue || (ctx->t->tokens[b].flags & TOK_WORD))
				out->v[out->n++] =
					(struct candidate){.part = {{a, b}}, .n_parts = 1};
		}
		if (a == 0)
			break;
	}
}

/* The words of a cue beside its head, on one side of it. */
static void word_features(const struct context *ctx, const struct cue_head *cue, uint32_t i,
			  struct features *out)
{
	uint64_t relation = ctx->t->tokens[i].deprel, hangs = ctx->t->tokens[i].head == cue->token;
	if (i < cue->token) {
		feature(out, EXTENT_BEFORE, feature_mix(context_lemma(ctx, i), cue->class));
		feature(out, EXTENT_BEFORE_RELATION,
			feature_mix(relation, feature_mix(hangs, cue->class)));
		feature(out, EXTENT_BEFORE_LEMMA, feature_mix(context_lemma(ctx, i), cue->lemma));
	} else if (i > cue->token) {
		feature(out, EXTENT_AFTER, feature_mix(context_lemma(ctx, i), cue->class));
		feature(out, EXTENT_AFTER_RELATION,
			feature_mix(feature_mix(relation, hangs), cue->class));
		feature(out, EXTENT_AFTER_LEMMA, feature_mix(context_lemma(ctx, i), cue->lemma));
	}
}

/* Where it starts and ends. */
static void edge_features(const struct context *ctx, struct range r, bool touches,
			  struct features *out)
{
	const struct token *k = ctx->t->tokens;
	uint64_t next = r.last + 1 < ctx->t->n_tokens ? k[r.last + 1].deprel : 99;
	feature(out, EXTENT_NEXT_RELATION,
		feature_mix(feature_mix(next, touches), k[r.last].deprel));
	feature(out, EXTENT_NEXT_WORDS,
		feature_mix(context_lemma(ctx, r.last + 1), context_lemma(ctx, r.last)));
	feature(out, EXTENT_LAST, feature_mix(context_lemma(ctx, r.last), touches));
	feature(out, EXTENT_FIRST,
		feature_mix(context_lemma(ctx, r.first),
			    r.first ? context_lemma(ctx, r.first - 1) : 0));
	feature(out, EXTENT_FIRST_RELATION,
		feature_mix(k[r.first].deprel, r.first ? context_xpos(ctx, r.first - 1) : 0));
}

/* Auxiliaries and copulas of the head that stand before the extent. */
static unsigned count_left_out(const struct context *ctx, uint32_t cue, struct range r)
{
	const struct forest *f = ctx->f;
	unsigned n = 0;
	for (uint32_t k = f->child[cue]; k != FOREST_NONE; k = f->next[k])
		n += k < r.first && (f->relation[k] == DEPREL_AUX || f->relation[k] == DEPREL_COP);
	return n;
}

void extent_features(const struct context *ctx, const struct cue_head *cue,
		     const struct candidate *content, const struct candidate *source,
		     const struct candidate *c, struct features *out)
{
	struct range r = c->part[0];
	unsigned before = cue->token - r.first, after = r.last - cue->token;
	bool touches = candidate_holds(content, r.last + 1), holds_source = false;
	for (uint32_t i = r.first; i <= r.last; i++)
		holds_source = holds_source || candidate_holds(source, i);
	out->n = 0;
	feature(out, EXTENT_SIZE, feature_mix(before, feature_mix(after, cue->class)));
	feature(out, EXTENT_LEFT_LEMMA, feature_mix(before, cue->lemma));
	feature(out, EXTENT_RIGHT_LEMMA, feature_mix(after, cue->lemma));
	feature(out, EXTENT_TOUCHES, feature_mix(after > 0, feature_mix(touches, cue->class)));
	feature(out, EXTENT_TOUCHES_LEMMA, feature_mix(feature_mix(after, touches), cue->lemma));
	feature(out, EXTENT_SOURCE, feature_mix(holds_source, cue->class));
	for (uint32_t i = r.first; i <= r.last; i++)
		word_features(ctx, cue, i, out);
	edge_features(ctx, r, touches, out);
	feature(out, EXTENT_LEFT_OUT, feature_mix(count_left_out(ctx, cue->token, r), before));
	feature(out, EXTENT_END_FORMS,
		feature_mix(context_xpos(ctx, r.last),
			    feature_mix(context_xpos(ctx, r.last + 1), touches)));
}
