/* The backward pass through what the network of the reader of positions has above its encoder. The
 * names are those of extract/stance/position_network.h; d_ is the derivative of the loss. */
#include "train/position_gradient.h"

#include <math.h>
#include <string.h>

#include "extract/syntax/matrix.h"
#include "train/random.h"
#include "train/room.h"

/* Shares that are hidden from the network. */
static const float DROP_INPUT = 0.12f, DROP_STATE = 0.22f, DROP_HIDDEN = 0.27f, DROP_SPARSE = 0.27f,
		   DROP_VECTOR = 0.08f;
/* A slope below this is nothing. */
static const float TINY_SLOPE = 1e-3f;

enum { DENSE = sizeof(struct position_deep) / sizeof(float) };

struct gradient_room {
	struct position_view view; /* with what was hidden */
	struct position_pass pass;
	float mask[P_HIDDEN], none_mask[P_NONE_HIDDEN];
	float d_own[P_OWN], d_whole[P_WHOLE], d_shared[P_HIDDEN], d_wide_whole[SIDES];
};

void position_gradient_init(struct position_gradient *g, const struct position_weights *w,
			    const struct vectors *v, uint64_t seed)
{
	*g = (struct position_gradient){.w = w, .vectors = v, .network = position_network_of(w)};
	arena_init(&g->arena, SIZE_MAX);
	g->room = room_for(&g->arena, 1, sizeof *g->room);
	backprop_init(&g->b, &g->network.encoder, (const float *)w, DENSE, VIEW_TOKENS, 1, seed,
		      &g->arena);
}

void position_gradient_release(struct position_gradient *g)
{
	arena_release(&g->arena);
}

/* --- what is hidden --------------------------------------------------------------------------- */

static void hide_some(struct position_gradient *g, struct view_list *list)
{
	uint32_t *at = g->room->view.features + list->from;
	uint16_t kept = 0;
	for (uint32_t k = 0; k < list->n; k++)
		if (random_unit(&g->b.seed) >= DROP_SPARSE)
			at[kept++] = at[k];
	list->n = kept;
}

static void hide_words(struct position_gradient *g)
{
	struct position_view *v = &g->room->view;
	hide_some(g, &v->sparse);
	for (size_t c = 0; c < v->n_candidates; c++)
		hide_some(g, &v->candidates[c].sparse);
	for (size_t i = 0; i < v->n; i++) {
		if (random_unit(&g->b.seed) < DROP_VECTOR)
			v->tokens[i].vector = VECTOR_NONE;
		if (random_unit(&g->b.seed) < DROP_VECTOR)
			v->tokens[i].governor = VECTOR_NONE;
	}
}

/* --- forward ---------------------------------------------------------------------------------- */

/* The others make up for what is hidden. */
static void put_wide(struct position_gradient *g, struct view_list list, float out[SIDES])
{
	position_wide(g->w->wide, &g->room->view, list, out);
	for (size_t k = 0; k < SIDES; k++)
		out[k] /= 1 - DROP_SPARSE;
}

static void go_forward(struct position_gradient *g)
{
	struct gradient_room *r = g->room;
	struct position_view *v = &r->view;
	position_input(g->w->deep.table_deprel, g->vectors, v, g->b.x);
	const float *h = backprop_run(&g->b, &v->n, 1, DROP_INPUT, DROP_STATE);
	put_wide(g, v->sparse, r->pass.wide_whole);
	for (size_t c = 0; c < v->n_candidates; c++)
		put_wide(g, v->candidates[c].sparse, r->pass.wide[c]);
	position_hidden(&g->network, v, h, &r->pass);
	backprop_draw_mask(&g->b, r->mask, P_HIDDEN, DROP_HIDDEN);
	backprop_draw_mask(&g->b, r->none_mask, P_NONE_HIDDEN, DROP_HIDDEN);
	position_logits(&g->w->deep, v, r->mask, r->none_mask, &r->pass);
}

/* Logits become their derivatives; returns the loss. */
static double take_loss(float *p, const float *want, size_t n, float weight)
{
	double loss = 0;
	matrix_softmax(p, n);
	for (size_t k = 0; k < n; k++) {
		if (want[k] > 0)
			loss -= (double)want[k] * log((double)p[k] + 1e-20);
		p[k] = (p[k] - want[k]) * weight;
	}
	return loss * (double)weight;
}

static double loss_of(struct position_gradient *g, const struct position_example *x)
{
	struct position_pass *p = &g->room->pass;
	size_t n = x->view->n_candidates;
	if (!x->is_sign_alone)
		return take_loss(p->p, x->want, 1 + SIDES * n, x->weight);
	double loss = 0;
	p->p[0] = 0;
	for (size_t c = 0; c < n; c++) {
		float *o = p->p + 1 + c * SIDES, sum = 0;
		const float *want = x->want + 1 + c * SIDES;
		for (size_t k = 0; k < SIDES; k++)
			sum += want[k];
		if (sum > 0)
			loss += take_loss(o, want, SIDES, x->weight);
		else
			memset(o, 0, SIDES * sizeof *o);
	}
	return loss;
}

/* --- back ------------------------------------------------------------------------------------- */

static float slope_of(float x)
{
	return x > 0 ? 1 : MATRIX_LEAK;
}

static float rectified(float x)
{
	return x * slope_of(x);
}

static void add_wide(struct position_gradient *g, struct view_list list, const float *d)
{
	const uint32_t *at = g->room->view.features + list.from;
	if (arena_grow(&g->arena, (void **)&g->wide, &g->cap_wide, g->n_wide + list.n,
		       sizeof *g->wide) < 0)
		exit(1);
	for (size_t i = 0; i < list.n; i++, g->n_wide++) {
		g->wide[g->n_wide].at = at[i];
		for (size_t k = 0; k < SIDES; k++)
			g->wide[g->n_wide].d[k] = d[k];
	}
}

/* In lanes, as the compiler may not change the order of a sum. */
static float dot(const float *x, const float *y, size_t n)
{
	enum { LANES = 8 };
	float lane[LANES] = {0}, sum = 0;
	for (size_t d = 0; d < n; d += LANES)
		for (size_t k = 0; k < LANES; k++)
			lane[k] += x[d + k] * y[d + k];
	for (size_t k = 0; k < LANES; k++)
		sum += lane[k];
	return sum;
}

/* d_x += of y = x w, for one row; adds to the derivatives of w. Columns: a multiple of 8. */
static void row_back(struct position_gradient *g, const float *x, size_t inner, const float *w,
		     size_t columns, const float *d_y, float *d_x)
{
	float *d_w = backprop_slope(&g->b, w);
	for (size_t i = 0; i < inner; i++) {
		for (size_t d = 0; d < columns; d++)
			d_w[i * columns + d] += d_y[d] * x[i];
		d_x[i] += dot(d_y, w + i * columns, columns);
	}
}

static void add_state(struct position_gradient *g, uint8_t at, const float *d)
{
	if (at != VIEW_NONE)
		backprop_add_rows(g->b.d_h + (size_t)at * P_STATE, d, 1, P_STATE);
}

static void candidate_back(struct position_gradient *g, size_t c)
{
	struct gradient_room *r = g->room;
	const struct view_candidate *k = &r->view.candidates[c];
	const float *d = r->pass.p + 1 + c * SIDES;
	float d_hidden[P_HIDDEN], *d_out = backprop_slope(&g->b, g->w->deep.out);
	if (fabsf(d[0]) + fabsf(d[1]) + fabsf(d[2]) < TINY_SLOPE)
		return;
	add_wide(g, k->sparse, d);
	backprop_add_rows(r->d_wide_whole, d, 1, SIDES);
	backprop_add_rows(backprop_slope(&g->b, g->w->deep.out_bias), d, 1, SIDES);
	for (size_t j = 0; j < P_HIDDEN; j++) {
		float x = r->pass.hidden[c][j], sum = 0;
		for (size_t s = 0; s < SIDES; s++) {
			sum += d[s] * g->w->deep.out[j * SIDES + s];
			d_out[j * SIDES + s] += d[s] * rectified(x) * r->mask[j];
		}
		d_hidden[j] = sum * r->mask[j] * slope_of(x);
	}
	backprop_add_rows(r->d_shared, d_hidden, 1, P_HIDDEN);
	memset(r->d_own, 0, sizeof r->d_own);
	row_back(g, r->pass.own[c], P_OWN, g->w->deep.own, P_HIDDEN, d_hidden, r->d_own);
	add_state(g, k->at, r->d_own);
	add_state(g, k->governor, r->d_own + P_STATE);
	backprop_add_rows(backprop_slope(&g->b, g->w->deep.effects) + (size_t)k->effect * P_EFFECT,
			  r->d_own + 2 * P_STATE, 1, P_EFFECT);
}

static void none_back(struct position_gradient *g)
{
	struct gradient_room *r = g->room;
	float d = r->pass.p[0], d_hidden[P_NONE_HIDDEN],
	      *d_out = backprop_slope(&g->b, g->w->deep.none_out);
	backprop_slope(&g->b, g->w->deep.none_out_bias)[0] += d;
	for (size_t j = 0; j < P_NONE_HIDDEN; j++) {
		float x = r->pass.none_hidden[j];
		d_out[j] += d * rectified(x) * r->none_mask[j];
		d_hidden[j] = d * g->w->deep.none_out[j] * r->none_mask[j] * slope_of(x);
	}
	backprop_add_rows(backprop_slope(&g->b, g->w->deep.none_bias), d_hidden, 1, P_NONE_HIDDEN);
	row_back(g, r->pass.whole, P_WHOLE, g->w->deep.none, P_NONE_HIDDEN, d_hidden, r->d_whole);
}

static void whole_back(struct position_gradient *g)
{
	struct gradient_room *r = g->room;
	backprop_add_rows(backprop_slope(&g->b, g->w->deep.hidden_bias), r->d_shared, 1, P_HIDDEN);
	row_back(g, r->pass.whole, P_WHOLE, g->w->deep.whole, P_HIDDEN, r->d_shared, r->d_whole);
	add_state(g, r->view.top, r->d_whole);
	add_state(g, r->view.cue, r->d_whole + P_STATE);
	for (size_t d = 0; d < P_STATE; d++)
		if (r->pass.largest[d] != VIEW_NONE)
			g->b.d_h[(size_t)r->pass.largest[d] * P_STATE + d] +=
				r->d_whole[2 * P_STATE + d];
}

static void tables_back(struct position_gradient *g)
{
	const struct position_view *v = &g->room->view;
	for (size_t i = 0; i < v->n; i++) {
		const float *d = g->b.d_x + i * P_INPUT + 2 * (size_t)VECTOR_SIZE;
#define X(name, n_rows, size)                                                                      \
	backprop_add_rows(backprop_slope(&g->b, g->w->deep.table_##name) +                         \
				  (size_t)v->tokens[i].rows[VIEW_##name] * (size),                 \
			  d, 1, size);                                                             \
	d += size;
		VIEW_EMBEDDINGS(X)
#undef X
	}
}

double position_gradient_take(struct position_gradient *g, const struct position_example *x)
{
	struct gradient_room *r = g->room;
	memcpy(&r->view, x->view, position_view_bytes(x->view));
	hide_words(g);
	go_forward(g);
	double loss = loss_of(g, x);
	memset(g->b.d_h, 0, (size_t)r->view.n * P_STATE * sizeof *g->b.d_h);
	memset(r->d_whole, 0, sizeof r->d_whole);
	memset(r->d_shared, 0, sizeof r->d_shared);
	memset(r->d_wide_whole, 0, sizeof r->d_wide_whole);
	for (size_t c = 0; c < r->view.n_candidates; c++)
		candidate_back(g, c);
	add_wide(g, r->view.sparse, r->d_wide_whole);
	none_back(g);
	whole_back(g);
	backprop_back(&g->b);
	tables_back(g);
	return loss;
}
