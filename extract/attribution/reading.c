/* Sights of the stages, and the networks. */
#include "extract/attribution/reading.h"

#include <stdlib.h>
#include <string.h>

#include "extract/attribution/content_features.h"
#include "extract/syntax/form_hash.h"
#include "extract/syntax/kernels.h"
#include "extract/syntax/syntax.h"

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

/* The word of what somebody would say by a word: the likeliest of what hangs on it. */
static uint32_t complement_of(const struct context *ctx, uint32_t token)
{
	static const uint8_t ranks[DEPREL_COUNT] = {
		[DEPREL_CCOMP] = 6, [DEPREL_XCOMP] = 5, [DEPREL_PARATAXIS] = 4, [DEPREL_OBJ] = 3,
		[DEPREL_ACL] = 2,   [DEPREL_OBL] = 1,	[DEPREL_NMOD] = 1};
	uint32_t best = FOREST_NONE;
	unsigned rank = 0;
	for (uint32_t k = ctx->f->child[token]; k != FOREST_NONE; k = ctx->f->next[k])
		if (ranks[ctx->f->relation[k]] > rank) {
			rank = ranks[ctx->f->relation[k]];
			best = k;
		}
	return best;
}

void reading_of_cue(const struct context *ctx, uint32_t token, struct sighting *out)
{
	enum { CLASSES = 16, LINKS = 8, QUOTED = 4 };
	enum subject_link link;
	uint32_t finite = context_finite(ctx, token), subject = context_subject(ctx, finite, &link),
		 head = ctx->t->tokens[finite].head;
	*out = (struct sighting){
		.place = {token, subject, head == finite ? FOREST_NONE : head,
			  complement_of(ctx, token), token ? token - 1 : FOREST_NONE,
			  token + 1 < ctx->t->n_tokens ? token + 1 : FOREST_NONE, FOREST_NONE,
			  FOREST_NONE},
		.fact = {fact(0, CLASSES, context_class(ctx, token)), fact(CLASSES, LINKS, link),
			 fact(CLASSES + LINKS, QUOTED,
			      (ctx->t->tokens[token].quote ? 1u : 0u) + speaks(ctx, token)),
			 fact(64, 64, context_act(ctx, token))}};
}

/* What goes on behind a content, past a comma. */
static uint32_t word_behind(const struct context *ctx, uint32_t last)
{
	enum { REACH = 3 };
	uint32_t i = last + 1;
	while (i < ctx->t->n_tokens && i < last + REACH && !(ctx->t->tokens[i].flags & TOK_WORD))
		i++;
	return i < ctx->t->n_tokens ? i : FOREST_NONE;
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
			  c->n_parts == 2 ? last.first : FOREST_NONE,
			  context_top(ctx, first.first, first.last), word_behind(ctx, last.last)},
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

void reading_of_whole(const struct context *ctx, const struct attribution *at, struct sighting *out)
{
	enum { CLASSES = 16, DISTANCES = 32, LENGTHS = 16, MARKS = 128, LINKS = 64 };
	struct range first = at->parts[0], last = at->parts[at->n_parts - 1];
	bool right = first.first > at->head, named = range_is(at->source);
	uint32_t gap = right ? first.first - at->head : at->head - first.first;
	enum subject_link link;
	uint32_t finite = context_finite(ctx, at->head), head = ctx->t->tokens[finite].head;
	(void)context_subject(ctx, finite, &link);
	*out = (struct sighting){
		.place = {at->head,
			  named ? context_top(ctx, at->source.first, at->source.last) : FOREST_NONE,
			  first.first, context_top(ctx, first.first, first.last), last.last,
			  head == finite ? FOREST_NONE : head, FOREST_NONE, FOREST_NONE},
		.fact = {fact(0, CLASSES, context_class(ctx, at->head)),
			 fact(CLASSES, DISTANCES, bucket(gap) * 2 + right),
			 fact(CLASSES + DISTANCES + LENGTHS, LINKS,
			      (unsigned)link * 4 + named * 2u + speaks(ctx, at->head)),
			 fact(MARKS, MARKS, content_marks(ctx, first))}};
}

/* --- networks --------------------------------------------------------------------------------- */

void reading_input(const struct text *t, uint32_t token, float x[READING_INPUT])
{
	const struct token *k = &t->tokens[token];
	bool is_name = k->xpos == XPOS_NNP || k->xpos == XPOS_NNPS ||
		       (k->xpos == XPOS_JJ && (k->flags & TOK_CAPITAL)); /* "Iranian" */
	state_unpack(t->states, token, x);
	memset(x + STATE_SIZE, 0, VECTOR_SIZE * sizeof *x);
	if (is_name || !(k->flags & TOK_WORD))
		return;
	struct form_hashes form;
	const struct vectors *v = syntax_vectors(t->syntax);
	form_hashes_of(text_token(t, token), &form);
	vectors_put(v, vectors_find(v, form.low), x + STATE_SIZE);
}

unsigned reading_places(enum reading_kind r)
{
#define X(name, question, places) (places),
	static const unsigned n[] = {READINGS(X)};
#undef X
	return n[r];
}

const float *reading_matrices(const struct reading_weights *w, enum reading_kind r)
{
#define X(name, question, places) w->name[0],
	const float *const first[] = {READINGS(X)};
#undef X
	return first[r];
}

int reading_network_open(struct reading_network *nw, const struct reading_weights *w)
{
	struct product *list[READING_COUNT * READING_PLACES];
	size_t n = 0;
	nw->w = w;
	for (enum reading_kind k = READING_CUE; k < READING_COUNT; k++)
		for (size_t place = 0; place < reading_places(k); place++) {
			const float *matrix =
				reading_matrices(w, k) + place * READING_INPUT * READING_HIDDEN;
			nw->matrix[k][place] = product_of(matrix, READING_INPUT, READING_HIDDEN);
			list[n++] = &nw->matrix[k][place];
		}
	nw->packed = products_pack(list, n);
	return nw->packed ? 0 : -1;
}

void reading_network_close(struct reading_network *nw)
{
	free(nw->packed);
	nw->packed = NULL;
}

/* A token has one slot, which others take after it. */
enum { SLOTS = 128, INPUT_BYTES = (READING_INPUT + 3) / 4 * 4 };

struct input_row {
	uint32_t held; /* 1 + the token */
	float scale;
	uint8_t bytes[INPUT_BYTES];
};

struct product_rows {
	uint32_t *held;
	float (*v)[READING_HIDDEN];
};

struct reading_rows {
	const struct reading_network *nw;
	struct input_row *inputs;
	struct product_rows products[READING_COUNT][READING_PLACES];
};

struct reading_rows *reading_rows_make(const struct reading_network *nw, struct arena *a)
{
	struct reading_rows *rows = arena_alloc(a, sizeof *rows);
	if (!rows)
		return NULL;
	rows->nw = nw;
	rows->inputs = arena_array(a, SLOTS, sizeof *rows->inputs);
	if (!rows->inputs)
		return NULL;
	for (enum reading_kind k = READING_CUE; k < READING_COUNT; k++)
		for (size_t place = 0; place < reading_places(k); place++) {
			struct product_rows *r = &rows->products[k][place];
			r->held = arena_array(a, SLOTS, sizeof *r->held);
			r->v = arena_room(a, SLOTS, sizeof *r->v);
			if (!r->held || !r->v)
				return NULL;
		}
	return rows;
}

static const struct input_row *input_of(struct reading_rows *rows, const struct text *t,
					uint32_t token)
{
	struct input_row *r = &rows->inputs[token % SLOTS];
	float x[READING_INPUT];
	if (r->held == token + 1)
		return r;
	reading_input(t, token, x);
	r->scale = kernel_here()->to_bytes(x, READING_INPUT, false, r->bytes);
	r->held = token + 1;
	return r;
}

static const float *product_of_place(struct reading_rows *rows, const struct text *t,
				     enum reading_kind question, size_t place, uint32_t token)
{
	const struct product_rows *rows_of = &rows->products[question][place];
	uint32_t *held = &rows_of->held[token % SLOTS];
	float *v = rows_of->v[token % SLOTS];
	if (*held == token + 1)
		return v;
	const struct input_row *x = input_of(rows, t, token);
	memset(v, 0, sizeof rows_of->v[0]);
	kernel_here()->multiply(&rows->nw->matrix[question][place],
				&(struct kernel_rows){x->bytes, &x->scale, 1, INPUT_BYTES}, v,
				READING_HIDDEN);
	*held = token + 1;
	return v;
}

static void add_row(float *h, const float *row)
{
	for (size_t d = 0; d < READING_HIDDEN; d++)
		h[d] += row[d];
}

float reading_score(struct reading_rows *rows, const struct text *t, enum reading_kind question,
		    const struct sighting *at)
{
	const struct reading_weights *w = rows->nw->w;
	float h[READING_HIDDEN], sum = 0;
	memcpy(h, w->bias[question], sizeof h);
	for (size_t k = 0; k < reading_places(question); k++)
		if (at->place[k] != FOREST_NONE)
			add_row(h, product_of_place(rows, t, question, k, at->place[k]));
	for (size_t k = 0; k < READING_FACTS; k++)
		add_row(h, w->fact[question] + (size_t)at->fact[k] * READING_HIDDEN);
	for (size_t d = 0; d < READING_HIDDEN; d++)
		sum += (h[d] > 0 ? h[d] : READING_LEAK * h[d]) * w->out[question][d];
	return sum;
}
