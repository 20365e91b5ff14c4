/* What each decision of a cue's attribution looked at, in words, added up by template. */
#include "extract/attribution/explain.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "extract/attribution/content.h"
#include "extract/attribution/content_features.h"
#include "extract/attribution/rank.h"
#include "extract/attribution/source.h"
#include "extract/attribution/templates.h"
#include "extract/text/text.h"

/* Shown of each decision; of long candidates, so many words at both ends. What weighs less than a
 * twentieth moves a probability by a hundredth. */
enum { REASONS_MAX = 6, WORDS_AT_ENDS = 7, TALLY_MAX = 64 };
static const float weight_least = 0.05f;

#define X(name, text) text,
static const char *const cue_texts[] = {CUE_TEMPLATES(X)};
static const char *const content_texts[] = {CONTENT_TEMPLATES(X)};
static const char *const source_texts[] = {SOURCE_TEMPLATES(X)};
#undef X
/* Behind templates: what is no feature. */
enum { TALLY_READING = TALLY_MAX - 2, TALLY_OTHER = TALLY_MAX - 1 };
static_assert((int)CUE_TEMPLATE_COUNT < (int)TALLY_READING &&
		      (int)CONTENT_TEMPLATE_COUNT < (int)TALLY_READING &&
		      (int)SOURCE_TEMPLATE_COUNT < (int)TALLY_READING &&
		      (int)WHOLE_FEATURES < (int)TALLY_READING,
	      "TALLY_MAX is too small");

static const char *const *const stage_texts[] = {
	[STAGE_CUE] = cue_texts, [STAGE_CONTENT] = content_texts, [STAGE_SOURCE] = source_texts};

/* The word that a template looks at, by its place to the candidate (of a cue: to its head), so that
 * it can be shown. */
enum place {
	PLACE_NONE,
	PLACE_BEFORE,
	PLACE_FIRST,
	PLACE_LAST,
	PLACE_AFTER,
	PLACE_TOP,
	PLACE_OVER
};
static const uint8_t places[][TALLY_MAX] = {
	[STAGE_CUE] = {[CUE_HEAD] = PLACE_OVER,
		       [CUE_HEAD_LEMMA] = PLACE_OVER,
		       [CUE_NEXT] = PLACE_AFTER,
		       [CUE_NEXT_LEMMA] = PLACE_AFTER,
		       [CUE_BEFORE] = PLACE_BEFORE,
		       [CUE_BEFORE_LEMMA] = PLACE_BEFORE},
	[STAGE_CONTENT] = {[CONTENT_START_WORD] = PLACE_FIRST,
			   [CONTENT_START_WORD_LEMMA] = PLACE_FIRST,
			   [CONTENT_BEFORE] = PLACE_BEFORE,
			   [CONTENT_BEFORE_LEMMA] = PLACE_BEFORE,
			   [CONTENT_AFTER] = PLACE_AFTER,
			   [CONTENT_TOP] = PLACE_TOP,
			   [CONTENT_TOP_LEMMA] = PLACE_TOP},
	[STAGE_SOURCE] = {[SOURCE_WORD] = PLACE_TOP,
			  [SOURCE_AFTER] = PLACE_AFTER,
			  [SOURCE_LAST] = PLACE_LAST,
			  [SOURCE_BEFORE] = PLACE_BEFORE},
};

/* A candidate of a stage. */
struct sight {
	const struct context *ctx;
	enum stage stage;
	const struct candidate *c;
};

static uint32_t token_at(const struct sight *at, unsigned template)
{
	const struct text *t = at->ctx->t;
	uint32_t first = at->c->part[0].first, last = at->c->part[at->c->n_parts - 1].last;
	uint32_t top = context_top(at->ctx, first, at->c->part[0].last);
	switch (places[at->stage][template]) {
	case PLACE_BEFORE:
		return first > 0 ? first - 1 : TOKEN_NONE;
	case PLACE_FIRST:
		return first;
	case PLACE_LAST:
		return last;
	case PLACE_AFTER:
		return last + 1 < t->n_tokens ? last + 1 : TOKEN_NONE;
	case PLACE_TOP:
		return top;
	case PLACE_OVER:
		return t->tokens[top].head != top ? t->tokens[top].head : TOKEN_NONE;
	default:
		return TOKEN_NONE;
	}
}

static struct str word_at(const struct sight *at, unsigned template)
{
	uint32_t token = at->c->n_parts ? token_at(at, template) : TOKEN_NONE;
	if (token == TOKEN_NONE)
		return STR_EMPTY;
	return at->ctx->t->tokens[token].mark ? STR("quotation mark")
					      : text_token(at->ctx->t, token);
}

/* --- adding up -------------------------------------------------------------------------------- */

/* By template, since a researcher asks what was looked at; some templates look at several words. */
struct entry {
	const char *what;
	float weight;
	struct str words[2]; /* by the chosen candidate and the rejected one */
};

struct tally {
	struct entry v[TALLY_MAX];
};

static void tally_add(struct tally *t, unsigned place, const char *what, float weight)
{
	t->v[place].what = what;
	t->v[place].weight += weight;
}

/* `times`: how often the features count; what the score has beside them the network says. */
static void tally_features(struct tally *t, const struct sight *at, const struct features *f,
			   float times, bool is_rejected)
{
	const struct attribution_model *m = at->ctx->model;
	float read = at->c->score - times * attribution_score(m, at->stage, f);
	tally_add(t, TALLY_READING, "how the parser takes the words there",
		  is_rejected ? -read : read);
	for (uint32_t i = 0; i < f->n; i++) {
		unsigned template = f->template[i];
		float weight =
			times * m->value[at->stage][(uint8_t)m->w->hashed[at->stage][f->at[i]]];
		tally_add(t, template, stage_texts[at->stage][template],
			  is_rejected ? -weight : weight);
		t->v[template].words[is_rejected] = word_at(at, template);
	}
}

static int by_size(const void *a, const void *b)
{
	float x = fabsf(((const struct entry *)a)->weight),
	      y = fabsf(((const struct entry *)b)->weight);
	return (x < y) - (x > y);
}

static int by_weight(const void *a, const void *b)
{
	float x = ((const struct reason *)a)->weight, y = ((const struct reason *)b)->weight;
	return (x < y) - (x > y);
}

static struct str entry_text(const struct entry *n, struct arena *a)
{
	struct str x = n->words[0], y = n->words[1];
	if (x.n && y.n && !str_eq(x, y))
		return arena_printf(a, "%s (\"%.*s\", not \"%.*s\")", n->what, STR_ARG(x),
				    STR_ARG(y));
	if (x.n && y.n == 0)
		return arena_printf(a, "%s (\"%.*s\")", n->what, STR_ARG(x));
	return str_of(n->what);
}

static int tally_reasons(struct tally *t, struct arena *a, struct reasons *out)
{
	struct reason *v = arena_array(a, REASONS_MAX, sizeof *v);
	if (!v)
		return -1;
	*out = (struct reasons){.v = v};
	qsort(t->v, TALLY_MAX, sizeof *t->v, by_size);
	for (; out->n < REASONS_MAX && fabsf(t->v[out->n].weight) >= weight_least; out->n++) {
		v[out->n] = (struct reason){entry_text(&t->v[out->n], a), t->v[out->n].weight};
		if (!v[out->n].what.p)
			return -1;
	}
	for (size_t i = out->n; i < TALLY_MAX; i++)
		out->rest += t->v[i].weight;
	qsort(v, out->n, sizeof *v, by_weight);
	return 0;
}

/* --- words ------------------------------------------------------------------------------------ */

static void add_words(char *to, size_t *n, struct str words)
{
	memcpy(to + *n, words.p, words.n);
	for (size_t i = 0; i < words.n; i++, ++*n)
		if (to[*n] == '\n' || to[*n] == '\r' || to[*n] == '\t')
			to[*n] = ' ';
}

/* The words of a candidate on one line, the middle of long parts left out. */
static int words_of(const struct context *ctx, const struct candidate *c, struct str *out)
{
	static const struct str gap = {" ... ", 5};
	size_t room = 1, n = 0;
	for (unsigned k = 0; k < c->n_parts; k++)
		room += text_range(ctx->t, c->part[k].first, c->part[k].last).n + 2 * gap.n;
	char *p = arena_alloc(ctx->a, room);
	if (!p)
		return -1;
	for (unsigned k = 0; k < c->n_parts; k++) {
		struct range r = c->part[k];
		if (k > 0)
			add_words(p, &n, gap);
		if (r.last - r.first < 2 * WORDS_AT_ENDS + 2) {
			add_words(p, &n, text_range(ctx->t, r.first, r.last));
		} else {
			add_words(p, &n, text_range(ctx->t, r.first, r.first + WORDS_AT_ENDS - 1));
			add_words(p, &n, gap);
			add_words(p, &n, text_range(ctx->t, r.last - WORDS_AT_ENDS + 1, r.last));
		}
	}
	*out = (struct str){p, n};
	return 0;
}

static int place_of(const struct context *ctx, const struct candidate *c, struct str *words,
		    struct spans *spans)
{
	struct span *v = arena_array(ctx->a, SPAN_PARTS, sizeof *v);
	if (!v)
		return -1;
	for (unsigned k = 0; k < c->n_parts; k++)
		v[k] = (struct span){ctx->t->tokens[c->part[k].first].point,
				     ctx->t->tokens[c->part[k].last].point_end};
	*spans = (struct spans){v, c->n_parts};
	return words_of(ctx, c, words);
}

/* --- decisions -------------------------------------------------------------------------------- */

static float logistic(float z)
{
	return 1 / (1 + expf(-z));
}

/* The candidate with these parts; there is one. */
static const struct candidate *find_candidate(const struct candidates *c, const struct range *parts,
					      size_t n)
{
	size_t i = 0;
	while (i + 1 < c->n &&
	       (c->v[i].n_parts != n || memcmp(c->v[i].part, parts, n * sizeof *parts) != 0))
		i++;
	return &c->v[i];
}

/* The best candidates by score beside the chosen one; NULL where there are fewer. */
static void find_rejected(const struct candidates *c, const struct candidate *chosen,
			  const struct candidate *out[REJECTED_MAX])
{
	for (size_t k = 0; k < REJECTED_MAX; k++)
		out[k] = NULL;
	for (size_t i = 0; i < c->n; i++) {
		const struct candidate *at = &c->v[i] == chosen ? NULL : &c->v[i];
		for (size_t k = 0; at && k < REJECTED_MAX; k++)
			if (!out[k] || at->score > out[k]->score) {
				const struct candidate *moves_on = out[k];
				out[k] = at;
				at = moves_on;
			}
	}
}

static int explain_cue(const struct context *ctx, struct attribution *at, struct decision *out)
{
	struct features f;
	struct tally t = {0};
	float learnt, times;
	const struct candidate cue = {.part = {at->cue}, .n_parts = 1};
	*out = (struct decision){.n_candidates = 1,
				 .score = attribution_score_cue(ctx, at, &f, &times, &learnt)};
	const struct candidate head = {
		.part = {{at->head, at->head}}, .n_parts = 1, .score = learnt};
	out->p = logistic(out->score);
	tally_features(&t, &(struct sight){ctx, STAGE_CUE, &head}, &f, times, false);
	if (learnt != out->score)
		tally_add(&t, TALLY_OTHER, "it signs a quotation, by a rule", out->score - learnt);
	return place_of(ctx, &cue, &out->words, &out->spans) < 0
		       ? -1
		       : tally_reasons(&t, ctx->a, &out->reasons);
}

/* Candidates of one stage for a cue; a source sees the content. */
struct question {
	const struct context *ctx;
	uint32_t cue;
	enum stage stage;
	const struct candidate *content;
	struct candidates *room; /* sources of a content */
};

static void add_sight(const struct question *q, const struct candidate *c, bool is_rejected,
		      struct tally *t)
{
	struct features f;
	const struct cue_head cue = cue_head_of(q->ctx, q->cue);
	if (q->stage == STAGE_CONTENT)
		content_features(q->ctx, &cue, c, &f);
	else
		source_features(q->ctx, &cue, q->content, c, &f);
	tally_features(t, &(struct sight){q->ctx, q->stage, c}, &f,
		       q->ctx->model->w->blend[q->stage].features, is_rejected);
}

/* Log probability of the best source that goes with a content. */
static float source_log_p(const struct question *q, const struct candidate *content)
{
	sources_of(q->ctx, q->cue, q->room);
	sources_score(q->ctx, q->cue, content, q->room);
	return candidates_choose(q->room).log_p;
}

static int explain_rejected(const struct question *q, const struct candidate *chosen,
			    const struct candidate *rival, struct rejected *out)
{
	struct tally t = {0};
	out->lead = chosen->score - rival->score;
	add_sight(q, chosen, false, &t);
	add_sight(q, rival, true, &t);
	if (q->stage == STAGE_CONTENT) {
		float sources = source_log_p(q, chosen) - source_log_p(q, rival);
		tally_add(&t, TALLY_OTHER, "how clear the source is with it", sources);
		out->lead += sources;
	}
	return place_of(q->ctx, rival, &out->words, &out->spans) < 0
		       ? -1
		       : tally_reasons(&t, q->ctx->a, &out->reasons);
}

static int by_lead(const void *a, const void *b)
{
	float x = ((const struct rejected *)a)->lead, y = ((const struct rejected *)b)->lead;
	return (x > y) - (x < y);
}

static int explain_choice(const struct question *q, const struct candidates *c,
			  const struct candidate *chosen, struct decision *out)
{
	struct tally t = {0};
	const struct candidate *rivals[REJECTED_MAX];
	struct choice best = candidates_choose(c);
	*out = (struct decision){.n_candidates = c->n,
				 .score = chosen->score,
				 .p = expf(best.log_p + chosen->score - c->v[best.best].score)};
	add_sight(q, chosen, false, &t);
	if (place_of(q->ctx, chosen, &out->words, &out->spans) < 0 ||
	    tally_reasons(&t, q->ctx->a, &out->reasons) < 0)
		return -1;
	find_rejected(c, chosen, rivals);
	for (; out->n_rejected < REJECTED_MAX && rivals[out->n_rejected]; out->n_rejected++)
		if (explain_rejected(q, chosen, rivals[out->n_rejected],
				     &out->rejected[out->n_rejected]) < 0)
			return -1;
	if (out->n_rejected > 1)
		qsort(out->rejected, out->n_rejected, sizeof *out->rejected, by_lead);
	return 0;
}

static int explain_whole(const struct context *ctx, float around, const float whole[WHOLE_FEATURES],
			 struct decision *out)
{
	struct tally t = {0};
	*out = (struct decision){.n_candidates = 1, .score = around};
	tally_add(&t, TALLY_OTHER, "what else it is and stands by", around);
	for (unsigned i = 0; i < WHOLE_FEATURES; i++) {
		float weight = ctx->model->w->whole[i] * whole[i];
		if (attribution_whole_text(i))
			tally_add(&t, i, attribution_whole_text(i), weight);
		out->score += weight;
	}
	out->p = 1 / (1 + expf(-out->score));
	return tally_reasons(&t, ctx->a, &out->reasons);
}

int attribution_explain(const struct context *ctx, uint32_t head, float around,
			struct candidates memory[2], struct decisions *out)
{
	struct features f;
	struct attribution at = {.head = head, .cue = {head, head}};
	struct candidates *contents = &memory[0], *sources = &memory[1];
	float whole[WHOLE_FEATURES], cue = attribution_score_cue(ctx, &at, &f, NULL, NULL);
	bool has_content = attribution_rank(ctx, &at, cue, memory, whole);
	if (explain_cue(ctx, &at, &out->cue) < 0)
		return -1;
	if (!has_content)
		return 0;
	contents_of(ctx, head, contents);
	contents_score(ctx, &at, contents);
	const struct candidate *content = find_candidate(contents, at.parts, at.n_parts);
	struct question q = {ctx, head, STAGE_CONTENT, content, sources};
	if (explain_choice(&q, contents, content, &out->content) < 0)
		return -1;
	q.stage = STAGE_SOURCE;
	sources_of(ctx, head, sources);
	sources_score(ctx, head, content, sources);
	const struct candidate *source = find_candidate(sources, &at.source, range_is(at.source));
	return explain_choice(&q, sources, source, &out->source) < 0
		       ? -1
		       : explain_whole(ctx, around, whole, &out->whole);
}
