/* Sights of the stages, and the networks. */
#include "extract/attribution/reading.h"

#include <stdlib.h>
#include <string.h>

#include "extract/attribution/content_features.h"
#include "extract/syntax/kernels.h"

/* --- what is looked at ------------------------------------------------------------------------ */

static unsigned bucket(uint32_t n)
{
	return n < 5 ? n : n < 7 ? 5 : n < 10 ? 6 : n < 15 ? 7 : n < 25 ? 8 : n < 50 ? 9 : 10;
}

/* Each fact has rows of its own. */
static uint8_t fact(unsigned first, unsigned rows, unsigned value)
{
	return (uint8_t)(first + (value < rows ? value : rows - 1));
}

static bool speaks(const struct context *ctx, uint32_t token)
{
	uint32_t q = ctx->t->tokens[token].quote;
	return q && ctx->t->quotes[q - 1].is_speech;
}

void reading_of_cue(const struct context *ctx, uint32_t token, struct sighting *out)
{
	enum { CLASSES = 16, LINKS = 8, QUOTED = 4 };
	enum subject_link link;
	uint32_t subject = context_subject(ctx, context_finite(ctx, token), &link);
	*out = (struct sighting){
		.place = {token, subject, FOREST_NONE, FOREST_NONE, FOREST_NONE, FOREST_NONE},
		.fact = {fact(0, CLASSES, context_class(ctx, token)), fact(CLASSES, LINKS, link),
			 fact(CLASSES + LINKS, QUOTED,
			      (ctx->t->tokens[token].quote ? 1u : 0u) + speaks(ctx, token)),
			 fact(64, 64, context_act(ctx, token))}};
}

void reading_of_content(const struct context *ctx, const struct cue_head *cue,
			const struct candidate *c, struct sighting *out)
{
	enum { GENERATORS = 16, DISTANCES = 32, LENGTHS = 16, MARKS = 128 };
	struct range first = c->part[0], last = c->part[c->n_parts - 1];
	bool right = first.first > cue->token;
	uint32_t gap = right ? first.first - cue->token : cue->token - first.first;
	*out = (struct sighting){
		.place = {cue->token, first.first ? first.first - 1 : FOREST_NONE, first.first,
			  last.last, last.last + 1 < ctx->t->n_tokens ? last.last + 1 : FOREST_NONE,
			  c->n_parts == 2 ? last.first : FOREST_NONE},
		.fact = {fact(0, GENERATORS, c->generator * 2u + (c->n_parts == 2)),
			 fact(GENERATORS, DISTANCES, bucket(gap) * 2 + right),
			 fact(GENERATORS + DISTANCES, LENGTHS, bucket(last.last - first.first)),
			 fact(MARKS, MARKS, content_marks(ctx, first))}};
}

void reading_of_source(const struct context *ctx, const struct cue_head *cue,
		       const struct candidate *content, const struct candidate *c,
		       struct sighting *out)
{
	enum { FORMS = 16, DISTANCES = 32, HOLDS = 16, KINDS = 32 };
	struct range r = c->n_parts ? c->part[0] : RANGE_NONE;
	bool right = range_is(r) && r.first > cue->token,
	     subject = cue->subject != FOREST_NONE && range_holds(r, cue->subject);
	uint32_t gap = !range_is(r) ? 0 : right ? r.first - cue->token : cue->token - r.last;
	unsigned inside =
		range_is(r) ? candidate_holds(content, r.first) + candidate_holds(content, r.last)
			    : 0;
	*out = (struct sighting){
		.place = {cue->token, FOREST_NONE, FOREST_NONE, FOREST_NONE, FOREST_NONE,
			  FOREST_NONE},
		.fact = {fact(0, FORMS, range_is(r) ? 1u + c->generator : 0),
			 fact(FORMS, DISTANCES, bucket(gap) * 2 + right),
			 fact(FORMS + DISTANCES, HOLDS, inside * 4 + subject * 2u + right),
			 fact(64, KINDS, (unsigned)cue->link * 2 + range_is(r))}};
	if (!range_is(r))
		return;
	out->place[1] = r.first;
	out->place[2] = r.last;
	out->place[3] = r.last + 1 < ctx->t->n_tokens ? r.last + 1 : FOREST_NONE;
}

/* --- networks --------------------------------------------------------------------------------- */

unsigned reading_places(enum stage stage)
{
#define X(name, stage, places) [STAGE_##stage] = (places),
	static const unsigned n[] = {READINGS(X)};
#undef X
	return n[stage];
}

const float *reading_matrix(const struct reading_weights *w, enum stage stage)
{
#define X(name, stage, places) [STAGE_##stage] = w->name,
	const float *const matrix[] = {READINGS(X)};
#undef X
	return matrix[stage];
}

int reading_network_open(struct reading_network *nw, const struct reading_weights *w)
{
	struct product *list[STAGE_EXTENT];
	nw->w = w;
	for (enum stage k = STAGE_CUE; k < STAGE_EXTENT; k++) {
		nw->matrix[k] = product_of(reading_matrix(w, k), STATE_SIZE,
					   (size_t)reading_places(k) * READING_HIDDEN);
		list[k] = &nw->matrix[k];
	}
	nw->packed = products_pack(list, STAGE_EXTENT);
	return nw->packed ? 0 : -1;
}

void reading_network_close(struct reading_network *nw)
{
	free(nw->packed);
	nw->packed = NULL;
}

/* Blocks of tokens, each of which has one slot. */
enum { BLOCK = 32, SLOTS = 8 };

struct reading_rows {
	const struct reading_network *nw;
	uint32_t held[STAGE_EXTENT][SLOTS]; /* 1 + the block */
	float *v[STAGE_EXTENT];
};

struct reading_rows *reading_rows_make(const struct reading_network *nw, struct arena *a)
{
	struct reading_rows *rows = arena_alloc(a, sizeof *rows);
	if (!rows)
		return NULL;
	rows->nw = nw;
	for (enum stage k = STAGE_CUE; k < STAGE_EXTENT; k++) {
		rows->v[k] =
			arena_room(a, (size_t)SLOTS * BLOCK * nw->matrix[k].columns, sizeof(float));
		if (!rows->v[k])
			return NULL;
	}
	return rows;
}

/* The products of one token's state, until the next one is asked for. */
static const float *row_of(struct reading_rows *rows, const struct text *t, enum stage stage,
			   uint32_t token)
{
	uint32_t block = token / BLOCK, first = block * BLOCK, slot = block % SLOTS;
	size_t columns = rows->nw->matrix[stage].columns;
	float *v = rows->v[stage] + (size_t)slot * BLOCK * columns;
	if (rows->held[stage][slot] != block + 1) {
		size_t n = t->n_tokens - first < BLOCK ? t->n_tokens - first : BLOCK;
		const struct kernel_rows states = {t->states->v[first], t->states->scales + first,
						   n, STATE_SIZE};
		memset(v, 0, n * columns * sizeof *v);
		kernel_here()->multiply(&rows->nw->matrix[stage], &states, v, columns);
		rows->held[stage][slot] = block + 1;
	}
	return v + (size_t)(token - first) * columns;
}

static void add_row(float *h, const float *row)
{
	for (size_t d = 0; d < READING_HIDDEN; d++)
		h[d] += row[d];
}

float reading_score(struct reading_rows *rows, const struct text *t, enum stage stage,
		    const struct sighting *r)
{
	const struct reading_weights *w = rows->nw->w;
	float h[READING_HIDDEN], sum = 0;
	memcpy(h, w->bias[stage], sizeof h);
	for (size_t k = 0; k < reading_places(stage); k++)
		if (r->place[k] != FOREST_NONE)
			add_row(h, row_of(rows, t, stage, r->place[k]) + k * READING_HIDDEN);
	for (size_t k = 0; k < READING_FACTS; k++)
		add_row(h, w->fact[stage] + (size_t)r->fact[k] * READING_HIDDEN);
	for (size_t d = 0; d < READING_HIDDEN; d++)
		sum += (h[d] > 0 ? h[d] : READING_LEAK * h[d]) * w->out[stage][d];
	return sum;
}
