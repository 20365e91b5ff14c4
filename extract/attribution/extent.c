/* The span of a cue around its head: auxiliaries before it, particles, prepositions and the nouns
 * it only carries after it. */
#include "extract/attribution/candidates.h"
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

void extent_features(const struct context *ctx, uint32_t cue, const struct candidate *content,
		     const struct candidate *source, const struct candidate *c,
		     struct features *out)
{
	const struct forest *f = ctx->f;
	struct range r = c->part[0];
	uint64_t class = context_class(ctx, cue), lemma = context_lemma(ctx, cue);
	unsigned before = cue - r.first, after = r.last - cue;
	bool touches = candidate_holds(content, r.last + 1), holds_source = false;
	for (uint32_t i = r.first; i <= r.last; i++)
		holds_source = holds_source || candidate_holds(source, i);
	out->n = 0;
	feature(out, EXTENT_SIZE, feature_mix(before, feature_mix(after, class)));
	feature(out, EXTENT_LEFT_LEMMA, feature_mix(before, lemma));
	feature(out, EXTENT_RIGHT_LEMMA, feature_mix(after, lemma));
	feature(out, EXTENT_TOUCHES, feature_mix(after > 0, feature_mix(touches, class)));
	feature(out, EXTENT_TOUCHES_LEMMA, feature_mix(feature_mix(after, touches), lemma));
	feature(out, EXTENT_SOURCE, feature_mix(holds_source, class));
	for (uint32_t i = r.first; i < cue; i++) {
		feature(out, EXTENT_BEFORE, feature_mix(context_lemma(ctx, i), class));
		feature(out, EXTENT_BEFORE_RELATION,
			feature_mix(ctx->t->tokens[i].deprel,
				    feature_mix(ctx->t->tokens[i].head == cue, class)));
		feature(out, EXTENT_BEFORE_LEMMA, feature_mix(context_lemma(ctx, i), lemma));
	}
	for (uint32_t i = cue + 1; i <= r.last; i++) {
		feature(out, EXTENT_AFTER, feature_mix(context_lemma(ctx, i), class));
		feature(out, EXTENT_AFTER_RELATION,
			feature_mix(feature_mix(ctx->t->tokens[i].deprel,
						ctx->t->tokens[i].head == cue),
				    class));
		feature(out, EXTENT_AFTER_LEMMA, feature_mix(context_lemma(ctx, i), lemma));
	}
	uint64_t next = r.last + 1 < ctx->t->n_tokens ? ctx->t->tokens[r.last + 1].deprel : 99;
	feature(out, EXTENT_NEXT_RELATION,
		feature_mix(feature_mix(next, touches), ctx->t->tokens[r.last].deprel));
	feature(out, EXTENT_NEXT_WORDS,
		feature_mix(context_lemma(ctx, r.last + 1), context_lemma(ctx, r.last)));
	feature(out, EXTENT_LAST, feature_mix(context_lemma(ctx, r.last), touches));
	feature(out, EXTENT_FIRST,
		feature_mix(context_lemma(ctx, r.first),
			    r.first ? context_lemma(ctx, r.first - 1) : 0));
	feature(out, EXTENT_FIRST_RELATION,
		feature_mix(ctx->t->tokens[r.first].deprel,
			    r.first ? context_xpos(ctx, r.first - 1) : 0));
	unsigned left_out = 0;
	for (uint32_t k = f->child[cue]; k != FOREST_NONE; k = f->next[k])
		if (k < cue && k < r.first &&
		    (f->relation[k] == DEPREL_AUX || f->relation[k] == DEPREL_COP))
			left_out++;
	feature(out, EXTENT_LEFT_OUT, feature_mix(left_out, before));
	feature(out, EXTENT_END_FORMS,
		feature_mix(context_xpos(ctx, r.last),
			    feature_mix(context_xpos(ctx, r.last + 1), touches)));
}
