#include "extract/attribution/source.h"

#include "extract/attribution/templates.h"

enum { FORM_FULL, FORM_SHORT, FORM_CORE, FORM_CLOSED };

static void add(struct candidates *out, uint32_t first, uint32_t last, unsigned generator)
{
	struct candidate c = {
		.part = {{first, last}}, .n_parts = 1, .generator = (uint8_t)generator};
	if (first > last || out->n == SOURCES_MAX)
		return;
	for (size_t i = 0; i < out->n; i++)
		if (out->v[i].n_parts && out->v[i].part[0].first == first &&
		    out->v[i].part[0].last == last)
			return;
	out->v[out->n++] = c;
}

static bool may_speak(const struct context *ctx, uint32_t i)
{
	unsigned d = ctx->t->tokens[i].deprel;
	enum word_class class = context_class(ctx, i);
	if (class != CLASS_NOUN && class != CLASS_NAME && class != CLASS_PRONOUN &&
	    ctx->t->tokens[i].xpos != XPOS_CD &&
	    !(class == CLASS_ADJECTIVE && forest_child(ctx->f, i, DEPREL_DET) != FOREST_NONE))
		return false;
	return d != DEPREL_COMPOUND && d != DEPREL_FLAT && d != DEPREL_DET && d != DEPREL_FIXED &&
	       d != DEPREL_NMOD_DESC;
}

static bool is_loose(const struct context *ctx, uint32_t i)
{
	return !(ctx->t->tokens[i].flags & TOK_WORD) && !ctx->t->tokens[i].mark;
}

static void add_forms(const struct context *ctx, uint32_t i, uint32_t cue, struct candidates *out)
{
	const struct forest *f = ctx->f;
	uint32_t first = f->left[i], last = f->right[i], cut = last, core = i;
	if (first <= cue && cue <= last) { /* "the man who said": what stands before the clause */
		if (i < cue)
			last = cut = cue - 1;
		else
			first = cue + 1;
	}
	for (uint32_t k = f->child[i]; k != FOREST_NONE; k = f->next[k]) {
		unsigned r = f->relation[k];
		if (f->left[k] <= cue && cue <= f->right[k] && i < cue && f->left[k] > i)
			last = cut = f->left[k] - 1 < cut ? f->left[k] - 1 : cut;
		if (k > i && (r == DEPREL_ACL || r == DEPREL_APPOS || r == DEPREL_PARATAXIS) &&
		    f->left[k] > i && f->left[k] - 1 < cut)
			cut = f->left[k] - 1;
		if (k > i &&
		    (r == DEPREL_FLAT || r == DEPREL_COMPOUND ||
		     (r == DEPREL_NMOD && ctx->t->tokens[k].xpos == XPOS_NNP)) &&
		    f->right[k] > core)
			core = f->right[k];
	}
	while (first < i &&
	       (f->relation[first] == DEPREL_CASE || f->relation[first] == DEPREL_FIXED ||
		is_loose(ctx, first) || ctx->t->tokens[first].xpos == XPOS_CC))
		first++;
	uint32_t end = last;
	while (last > i && (is_loose(ctx, last) || ctx->t->tokens[last].xpos == XPOS_POS))
		last--;
	while (cut > i && (is_loose(ctx, cut) || ctx->t->tokens[cut].xpos == XPOS_POS))
		cut--;
	add(out, first, last, FORM_FULL);
	add(out, first, cut, FORM_SHORT);
	add(out, first, core, FORM_CORE);
	if (end > last && text_is(ctx->t, last + 1,
				  ",")) /* the corpus keeps the comma that closes an apposition */
		add(out, first, last + 1, FORM_CLOSED);
	uint32_t with = last + 1;
	if (with < ctx->t->n_tokens && ctx->t->tokens[with].xpos == XPOS_POS)
		add(out, first, with, FORM_CLOSED);
}

void sources_of(const struct context *ctx, uint32_t cue, struct candidates *out)
{
	const struct sentence *at = &ctx->t->sentences[ctx->f->sentence[cue]];
	bool signs = cue_signs(ctx, cue);
	out->n = 0;
	if (!signs)
		out->v[out->n++] = (struct candidate){.n_parts = 0};
	for (uint32_t d = 1; d < at->end - at->first && out->n + 8 < SOURCES_MAX; d++) {
		if (!signs && cue >= at->first + d && may_speak(ctx, cue - d))
			add_forms(ctx, cue - d, cue, out);
		if (cue + d < at->end && may_speak(ctx, cue + d))
			add_forms(ctx, cue + d, cue, out);
	}
	if (out->n == 0)
		out->v[out->n++] = (struct candidate){.n_parts = 0};
}

static unsigned bucket(uint32_t n)
{
	return n < 4 ? n : n < 6 ? 4 : n < 10 ? 5 : n < 20 ? 6 : 7;
}

/* Where the content lies from the cue: 0 none, 1 left, 2 right, 3 both. */
static unsigned side_of(uint32_t cue, const struct candidate *content)
{
	unsigned side = 0;
	for (unsigned k = 0; k < content->n_parts; k++)
		side |= content->part[k].last < cue ? 1 : 2;
	return side;
}

static void nobody_features(const struct context *ctx, const struct cue_head *cue,
			    const struct candidate *content, struct features *out)
{
	uint32_t subject = cue->subject;
	unsigned link =
		cue->link * 2 + (subject != FOREST_NONE && candidate_holds(content, subject));
	uint64_t state = feature_mix(link, cue->class);
	feature(out, SOURCE_NOBODY, cue->class);
	feature(out, SOURCE_NOBODY_LEMMA, cue->lemma);
	feature(out, SOURCE_NOBODY_SUBJECT, state);
	feature(out, SOURCE_NOBODY_SUBJECT_LEMMA, feature_mix(link, cue->lemma));
	feature(out, SOURCE_NOBODY_KIND,
		feature_mix(state, subject == FOREST_NONE ? 0 : context_kind(ctx, subject)));
	feature(out, SOURCE_NOBODY_RELATION, feature_mix(state, ctx->t->tokens[cue->token].deprel));
	feature(out, SOURCE_NOBODY_CONTENT, feature_mix(content->generator, state));
	feature(out, SOURCE_NOBODY_HELPER,
		feature_mix(forest_child(ctx->f, cue->token, DEPREL_AUX) != FOREST_NONE, state));
}

/* How the phrase goes with cue and content. */
static void phrase_features(const struct context *ctx, const struct cue_head *cue,
			    const struct candidate *content, struct range r, uint32_t top,
			    struct features *out)
{
	enum { PATH_STEPS = 6 };
	const struct token *k = ctx->t->tokens;
	bool right = r.first > cue->token;
	uint64_t kind = context_kind(ctx, top), deprel = k[top].deprel,
		 path = context_path(ctx, cue->token, top, PATH_STEPS),
		 side = side_of(cue->token, content),
		 subject = feature_mix(cue->subject == top, cue->link);
	unsigned inside = candidate_holds(content, r.first) + candidate_holds(content, r.last);
	uint32_t distance = right ? r.first - cue->token : cue->token - r.last;
	feature(out, SOURCE_PATH, feature_mix(path, cue->class));
	feature(out, SOURCE_PATH_LEMMA, feature_mix(path, cue->lemma));
	feature(out, SOURCE_PATH_KIND, feature_mix(path, feature_mix(kind, cue->class)));
	feature(out, SOURCE_SUBJECT, feature_mix(subject, cue->class));
	feature(out, SOURCE_SUBJECT_LEMMA, feature_mix(subject, cue->lemma));
	feature(out, SOURCE_SUBJECT_INSIDE, feature_mix(subject, feature_mix(inside, side)));
	feature(out, SOURCE_INSIDE, feature_mix(inside, feature_mix(side, right)));
	feature(out, SOURCE_KIND, feature_mix(kind, right));
	feature(out, SOURCE_KIND_RELATION, feature_mix(kind, feature_mix(deprel, cue->class)));
	feature(out, SOURCE_DISTANCE, feature_mix(deprel, feature_mix(bucket(distance), right)));
	feature(out, SOURCE_WORD, feature_mix(context_lemma(ctx, top), cue->class));
	feature(out, SOURCE_SIDES,
		feature_mix(feature_mix(side, right), feature_mix(subject, cue->class)));
	feature(out, SOURCE_QUOTED, feature_mix(k[top].quote != k[cue->token].quote, subject));
	feature(out, SOURCE_CUE_RELATION,
		feature_mix(feature_mix(subject, k[cue->token].deprel), cue->class));
}

/* Where it starts and ends. `form`: which of a phrase's forms it is. */
static void edge_features(const struct context *ctx, struct range r, uint32_t top, unsigned form,
			  struct features *out)
{
	uint64_t deprel = ctx->t->tokens[top].deprel,
		 next = r.last + 1 < ctx->t->n_tokens ? ctx->t->tokens[r.last + 1].deprel : 99;
	feature(out, SOURCE_FORM_RELATION, feature_mix(form, deprel));
	feature(out, SOURCE_END_FORMS,
		feature_mix(form,
			    feature_mix(context_xpos(ctx, r.last), context_xpos(ctx, r.last + 1))));
	feature(out, SOURCE_START_FORMS,
		feature_mix(context_xpos(ctx, r.first),
			    r.first ? context_xpos(ctx, r.first - 1) : 99));
	feature(out, SOURCE_AFTER,
		feature_mix(context_lemma(ctx, r.last + 1), context_xpos(ctx, r.last)));
	feature(out, SOURCE_AFTER_RELATION, feature_mix(next, deprel));
	feature(out, SOURCE_LENGTH, feature_mix(form, bucket(r.last - r.first)));
	feature(out, SOURCE_LAST, feature_mix(context_lemma(ctx, r.last), form));
	feature(out, SOURCE_BEFORE,
		feature_mix(r.first ? context_lemma(ctx, r.first - 1) : 0, form));
}

/* What of the tree it cuts: tokens inside whose head is outside, and what hangs on its top outside.
 */
static void cut_features(const struct context *ctx, const struct cue_head *cue, struct range r,
			 uint32_t top, unsigned form, struct features *out)
{
	const struct forest *f = ctx->f;
	unsigned out_of = 0, into = 0;
	for (uint32_t i = r.first; i <= r.last; i++)
		out_of += !range_holds(r, ctx->t->tokens[i].head);
	for (uint32_t k = f->child[top]; k != FOREST_NONE; k = f->next[k]) {
		uint64_t deprel = ctx->t->tokens[k].deprel;
		if (range_holds(r, k))
			continue;
		into++;
		feature(out, SOURCE_LEFT_OUT, feature_mix(deprel, form));
		feature(out, SOURCE_LEFT_OUT_WORD,
			feature_mix(feature_mix(deprel, k > cue->token),
				    context_lemma(ctx, k < r.first ? f->left[k] : r.last + 1)));
	}
	feature(out, SOURCE_CUTS, feature_mix(out_of > 3 ? 3 : out_of, into > 2 ? 2 : into));
}

void source_features(const struct context *ctx, const struct cue_head *cue,
		     const struct candidate *content, const struct candidate *c,
		     struct features *out)
{
	struct range r = c->part[0];
	out->n = 0;
	if (c->n_parts == 0) {
		nobody_features(ctx, cue, content, out);
		return;
	}
	uint32_t top = context_top(ctx, r.first, r.last);
	phrase_features(ctx, cue, content, r, top, out);
	edge_features(ctx, r, top, c->generator, out);
	cut_features(ctx, cue, r, top, c->generator, out);
}
