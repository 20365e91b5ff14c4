/* Numbers for the trees of the last question. Their order is part of the model file's version. */
#include "extract/attribution/evidence.h"

#include <assert.h>
#include <string.h>

#include "extract/attribution/cue.h"
#include "extract/attribution/templates.h"

/* After those of the whole and the cue's templates. */
enum {
	CUE_WEIGHTS = WHOLE_FEATURES,
	CUE_SUM = CUE_WEIGHTS + CUE_TEMPLATE_COUNT,
	CUE_SCORE,
	CUE_CLASS_OF,
	CUE_ACT_OF,
	CUE_LINK,
	CUE_RELATION,
	CUE_TAG,
	CUE_DEPTH,
	CUE_WORDS,
	CUE_PLACE,
	SUBJECT_PRONOUN,
	SUBJECT_FIRST,
	SUBJECT_SECOND,
	COMPLEMENTS, /* one for each relation below */
	COMPLEMENT_COUNT = 7,
	SPEAKER_PRONOUN = COMPLEMENTS + COMPLEMENT_COUNT,
	SPEAKER_WORDS,
	SPEAKER_DISTANCE,
	TOP_CLASS,
	TOP_RELATION,
	TOP_HANGS,
	TOP_TAG,
	CONTENT_WORDS,
	CONTENT_DISTANCE,
	CONTENT_SHARE,
	SENTENCE_WORDS,
	/* What stands around: */
	OWN_P,
	OUTER_P, /* of the likeliest one whose content the cue stands in */
	OUTER_HOLDS_ALL,
	INNER_P, /* of the likeliest one whose cue stands in the content */
	RIVAL_P, /* of the likeliest one with much the same content */
	RIVAL_OVERLAP,
	SENTENCE_P, /* of the likeliest one before it in its sentence, after it, in the one before,
		       after */
	SENTENCE_NEXT_P,
	BEFORE_P,
	AFTER_P,
	JOINED_P, /* of one whose cue is joined to this one's */
	SENTENCE_CUES,
	ARTICLE_P, /* means of the others of the article */
	ARTICLE_QUOTED,
	ARTICLE_FIRST,
	ARTICLE_DENSITY,
	EVIDENCE_COUNT
};
static_assert((int)EVIDENCE_COUNT <= (int)EVIDENCE_MAX, "EVIDENCE_MAX is too small");

/* No place to measure a distance to. */
static const float far_away = 99;
/* Contents that share so much are rivals. */
static const float rival_overlap = 0.3f;

/* --- by itself -------------------------------------------------------------------------------- */

static void look_at_cue(const struct context *ctx, const struct cue_sight *cue, float *out)
{
	const struct features *f = &cue->features;
	for (uint32_t i = 0; i < f->n; i++)
		out[CUE_WEIGHTS + f->template[i]] +=
			ctx->model->value[STAGE_CUE]
					 [(uint8_t)ctx->model->w->hashed[STAGE_CUE][f->at[i]]];
	for (unsigned i = 0; i < CUE_TEMPLATE_COUNT; i++)
		out[CUE_SUM] += out[CUE_WEIGHTS + i];
	out[CUE_SCORE] = cue->score;
}

static bool is_pronoun(const struct context *ctx, uint32_t token)
{
	return ctx->t->tokens[token].tag == TAG_PRP;
}

static void look_at_clause(const struct context *ctx, uint32_t cue, float *out)
{
	enum { DEPTH_MOST = 20 };
	static const uint8_t relations[COMPLEMENT_COUNT] = {
		DEPREL_CCOMP, DEPREL_XCOMP,	DEPREL_OBJ,  DEPREL_OBL,
		DEPREL_ACL,   DEPREL_PARATAXIS, DEPREL_ADVCL};
	const struct token *k = ctx->t->tokens;
	enum subject_link link;
	uint32_t subject = context_subject(ctx, context_finite(ctx, cue), &link);
	out[CUE_CLASS_OF] = (float)context_class(ctx, cue);
	out[CUE_ACT_OF] = (float)context_act(ctx, cue);
	out[CUE_LINK] = (float)link;
	out[CUE_RELATION] = k[cue].deprel;
	out[CUE_TAG] = k[cue].xpos;
	for (uint32_t i = cue; k[i].head != i && out[CUE_DEPTH] < DEPTH_MOST; i = k[i].head)
		out[CUE_DEPTH]++;
	for (unsigned i = 0; i < COMPLEMENT_COUNT; i++)
		out[COMPLEMENTS + i] = forest_child(ctx->f, cue, relations[i]) != FOREST_NONE;
	if (subject == FOREST_NONE)
		return;
	out[SUBJECT_PRONOUN] = is_pronoun(ctx, subject);
	out[SUBJECT_FIRST] = text_is_one_of(ctx->t, subject, "I we We");
	out[SUBJECT_SECOND] = text_is_one_of(ctx->t, subject, "you You");
}

static float words_of(struct range r)
{
	return range_is(r) ? (float)(r.last - r.first + 1) : 0;
}

static float distance(uint32_t from, uint32_t to)
{
	return (float)to - (float)from;
}

static void look_at_phrases(const struct context *ctx, const struct attribution *at, float *out)
{
	const struct sentence *s = &ctx->t->sentences[ctx->f->sentence[at->head]];
	struct range first = at->parts[0];
	uint32_t top = context_top(ctx, first.first, first.last);
	out[SPEAKER_DISTANCE] = far_away;
	if (range_is(at->source)) {
		out[SPEAKER_PRONOUN] =
			is_pronoun(ctx, context_top(ctx, at->source.first, at->source.last));
		out[SPEAKER_DISTANCE] = distance(at->head, at->source.first);
	}
	out[SPEAKER_WORDS] = words_of(at->source);
	out[CUE_WORDS] = words_of(at->cue);
	out[CUE_PLACE] = distance(s->first, at->head);
	out[TOP_CLASS] = (float)context_class(ctx, top);
	out[TOP_RELATION] = ctx->t->tokens[top].deprel;
	out[TOP_HANGS] = ctx->t->tokens[top].head == at->head;
	out[TOP_TAG] = ctx->t->tokens[top].xpos;
	for (size_t k = 0; k < at->n_parts; k++)
		out[CONTENT_WORDS] += words_of(at->parts[k]);
	out[CONTENT_DISTANCE] = distance(at->head, first.first);
	out[SENTENCE_WORDS] = distance(s->first, s->end);
	out[CONTENT_SHARE] = out[CONTENT_WORDS] / out[SENTENCE_WORDS];
}

void evidence_own(const struct context *ctx, const struct attribution *at,
		  const struct cue_sight *cue, const float whole[WHOLE_FEATURES],
		  float out[EVIDENCE_MAX])
{
	memset(out, 0, EVIDENCE_MAX * sizeof *out);
	memcpy(out, whole, WHOLE_FEATURES * sizeof *out);
	look_at_cue(ctx, cue, out);
	look_at_clause(ctx, at->head, out);
	look_at_phrases(ctx, at, out);
}

/* --- around it -------------------------------------------------------------------------------- */

static void raise_to(float *most, float p)
{
	*most = p > *most ? p : *most;
}

static bool is_joined(const struct context *ctx, uint32_t a, uint32_t b)
{
	return ctx->t->tokens[a].deprel == DEPREL_CONJ && ctx->t->tokens[a].head == b;
}

static void look_at_neighbor(const struct context *ctx, const struct attribution *at,
			     const struct attribution *other, float *out)
{
	uint32_t own = ctx->f->sentence[at->head], its = ctx->f->sentence[other->head];
	float overlap = attribution_overlap(at, other), p = other->p;
	if (attribution_holds(other, at->head) && p > out[OUTER_P]) {
		out[OUTER_P] = p;
		out[OUTER_HOLDS_ALL] = attribution_holds_all(other, at);
	}
	if (attribution_holds(at, other->head))
		raise_to(&out[INNER_P], p);
	if (overlap > rival_overlap && p > out[RIVAL_P]) {
		out[RIVAL_P] = p;
		out[RIVAL_OVERLAP] = overlap;
	}
	if (its + 1 == own)
		raise_to(&out[BEFORE_P], p);
	if (its == own + 1)
		raise_to(&out[AFTER_P], p);
	if (its != own)
		return;
	out[SENTENCE_CUES]++;
	raise_to(&out[other->head < at->head ? SENTENCE_P : SENTENCE_NEXT_P], p);
	if (is_joined(ctx, at->head, other->head) || is_joined(ctx, other->head, at->head))
		raise_to(&out[JOINED_P], p);
}

/* Sums over an article, which starts with those of half a usual one: a short text tells little. */
struct sums {
	float n, tokens, p, quoted, first;
};
static const struct sums usual = {.n = 20, .tokens = 400, .p = 8, .quoted = 4, .first = 1};

static void look_at_article(const struct sums *s, float p, float *out)
{
	out[OWN_P] = p;
	out[ARTICLE_P] = (s->p - p) / (s->n - 1);
	out[ARTICLE_QUOTED] = s->quoted / s->n;
	out[ARTICLE_FIRST] = s->first / s->n;
	out[ARTICLE_DENSITY] = s->p / s->tokens;
}

int evidence_around(const struct context *ctx, const struct attributions *all,
		    float (*out)[EVIDENCE_MAX])
{
	enum { REACH = 12 };
	struct sums s = usual;
	s.tokens += (float)ctx->t->n_tokens;
	for (size_t i = 0; i < all->n; i++) {
		const struct attribution *at = &all->v[i];
		if (at->is_nested)
			continue;
		s.n++;
		s.p += at->p;
		s.quoted += ctx->t->tokens[at->head].quote != 0;
		s.first += out[i][SUBJECT_FIRST];
	}
	for (size_t i = 0; i < all->n; i++) {
		if (!budget_allows_step(ctx->a->budget, i))
			return -1;
		if (all->v[i].is_nested)
			continue;
		look_at_article(&s, all->v[i].p, out[i]);
		for (size_t k = i > REACH ? i - REACH : 0; k < all->n && k <= i + REACH; k++)
			if (k != i && !all->v[k].is_nested)
				look_at_neighbor(ctx, &all->v[i], &all->v[k], out[i]);
	}
	return 0;
}

bool evidence_is_inner(const float evidence[EVIDENCE_MAX])
{
	return evidence[OUTER_HOLDS_ALL] != 0 && evidence[OUTER_P] > evidence[OWN_P];
}

float evidence_weight(const struct tree trees[TREES], const float evidence[EVIDENCE_MAX])
{
	float sum = 0;
	for (size_t i = 0; i < TREES && !evidence_is_inner(evidence); i++)
		sum += tree_value(&trees[i], evidence);
	return sum;
}
