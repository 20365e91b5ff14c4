/* The backward pass through what the network of acts has above its encoder; d_ is the derivative of
 * the loss. */
#include "train/act_gradient.h"

#include <math.h>
#include <string.h>

#include "extract/syntax/matrix.h"
#include "train/random.h"
#include "train/room.h"

/* Shares that are hidden from the network, and what the side counts beside the act. Chosen with the
 * first fifth of the train part left out. */
static const float DROP_INPUT = 0.15f, DROP_STATE = 0.25f, DROP_HIDDEN = 0.3f, DROP_VECTOR = 0.08f,
		   SIDE = 1;

struct act_gradient_room {
	struct position_view view; /* with what was hidden */
	struct act_pass pass;
	float x[AN_HIDDEN], mask[AN_HIDDEN], acts[ACT_COUNT], sides[POSITION_COUNT];
	float d_hidden[AN_HIDDEN], d_whole[AN_WHOLE];
};

void act_gradient_init(struct act_gradient *g, const struct act_weights *w, const struct vectors *v,
		       uint64_t seed)
{
	*g = (struct act_gradient){.w = w, .vectors = v, .network = act_network_of(&w->deep)};
	arena_init(&g->arena, SIZE_MAX);
	g->room = room_for(&g->arena, 1, sizeof *g->room);
	backprop_init(&g->b, &g->network.encoder, (const float *)w, ACT_WEIGHTS, VIEW_TOKENS, 1,
		      seed, &g->arena);
}

void act_gradient_release(struct act_gradient *g)
{
	arena_release(&g->arena);
}

static void hide_words(struct act_gradient *g)
{
	struct position_view *v = &g->room->view;
	for (size_t i = 0; i < v->n; i++) {
		if (random_unit(&g->b.seed) < DROP_VECTOR)
			v->tokens[i].vector = VECTOR_NONE;
		if (random_unit(&g->b.seed) < DROP_VECTOR)
			v->tokens[i].governor = VECTOR_NONE;
	}
}

static void go_forward(struct act_gradient *g)
{
	struct act_gradient_room *r = g->room;
	const struct act_weights *w = g->w;
	position_input(w->deep.tables, g->vectors, &r->view, g->b.x);
	const float *h = backprop_run(&g->b, &r->view.n, 1, DROP_INPUT, DROP_STATE);
	act_hidden(&g->network, &r->view, h, &r->pass);
	backprop_draw_mask(&g->b, r->mask, AN_HIDDEN, DROP_HIDDEN);
	for (size_t k = 0; k < AN_HIDDEN; k++) {
		r->mask[k] *= r->pass.hidden[k] > 0 ? 1 : MATRIX_LEAK;
		r->x[k] = r->pass.hidden[k] * r->mask[k];
	}
	memcpy(r->acts, w->deep.out_bias, sizeof r->acts);
	memcpy(r->sides, w->side_bias, sizeof r->sides);
	matrix_add(r->x, w->deep.out, r->acts, 1, AN_HIDDEN, ACT_COUNT);
	matrix_add(r->x, w->side_out, r->sides, 1, AN_HIDDEN, POSITION_COUNT);
}

/* Logits become their derivatives; returns the loss. */
static double take_loss(float *p, const float *want, size_t n, float weight)
{
	double loss = 0;
	matrix_softmax(p, n);
	for (size_t k = 0; k < n; k++) {
		loss -= want[k] > 0 ? (double)want[k] * log((double)p[k] + 1e-20) : 0;
		p[k] = (p[k] - want[k]) * weight;
	}
	return loss;
}

/* Of y = b + x w with x the hidden layer. */
static void out_back(struct act_gradient *g, const float *w, const float *bias, const float *d_y,
		     size_t n)
{
	struct act_gradient_room *r = g->room;
	float *d_w = backprop_slope(&g->b, w);
	backprop_add_rows(backprop_slope(&g->b, bias), d_y, 1, n);
	for (size_t h = 0; h < AN_HIDDEN; h++)
		for (size_t k = 0; k < n; k++) {
			d_w[h * n + k] += d_y[k] * r->x[h];
			r->d_hidden[h] += d_y[k] * w[h * n + k] * r->mask[h];
		}
}

static void whole_back(struct act_gradient *g)
{
	struct act_gradient_room *r = g->room;
	const float *w = g->w->deep.whole;
	float *d_w = backprop_slope(&g->b, w);
	backprop_add_rows(backprop_slope(&g->b, g->w->deep.hidden_bias), r->d_hidden, 1, AN_HIDDEN);
	for (size_t i = 0; i < AN_WHOLE; i++) {
		float sum = 0;
		for (size_t h = 0; h < AN_HIDDEN; h++) {
			d_w[i * AN_HIDDEN + h] += r->d_hidden[h] * r->pass.whole[i];
			sum += r->d_hidden[h] * w[i * AN_HIDDEN + h];
		}
		r->d_whole[i] = sum;
	}
}

static void add_state(struct act_gradient *g, uint8_t at, const float *d)
{
	if (at != VIEW_NONE)
		backprop_add_rows(g->b.d_h + (size_t)at * AN_STATE, d, 1, AN_STATE);
}

static void states_back(struct act_gradient *g)
{
	struct act_gradient_room *r = g->room;
	const struct position_view *v = &r->view;
	const float *d_largest = r->d_whole + 2 * AN_STATE, *d_mean = r->d_whole + 3 * AN_STATE;
	memset(g->b.d_h, 0, (size_t)v->n * AN_STATE * sizeof *g->b.d_h);
	add_state(g, v->top, r->d_whole);
	add_state(g, v->cue, r->d_whole + AN_STATE);
	for (size_t d = 0; d < AN_STATE; d++)
		if (r->pass.largest[d] != VIEW_NONE)
			g->b.d_h[(size_t)r->pass.largest[d] * AN_STATE + d] += d_largest[d];
	for (uint32_t i = v->from; i <= v->to && r->pass.words > 0; i++)
		for (size_t d = 0; v->tokens[i].bits >> VIEW_CONTENT & 1 && d < AN_STATE; d++)
			g->b.d_h[(size_t)i * AN_STATE + d] += d_mean[d] / r->pass.words;
}

static void tables_back(struct act_gradient *g)
{
	const struct position_view *v = &g->room->view;
	for (size_t i = 0; i < v->n; i++) {
		const float *d = g->b.d_x + i * P_INPUT + 2 * (size_t)VECTOR_SIZE;
		float *table = backprop_slope(&g->b, g->w->deep.tables);
#define X(name, n_rows, size)                                                                      \
	backprop_add_rows(table + (size_t)v->tokens[i].rows[VIEW_##name] * (size), d, 1, size);    \
	table += (n_rows) * (size);                                                                \
	d += size;
		VIEW_EMBEDDINGS(X)
#undef X
	}
}

double act_gradient_take(struct act_gradient *g, const struct act_lesson *x)
{
	struct act_gradient_room *r = g->room;
	const struct act_weights *w = g->w;
	memcpy(&r->view, x->view, position_view_bytes(x->view));
	hide_words(g);
	go_forward(g);
	double loss = take_loss(r->acts, x->acts, ACT_COUNT, 1);
	take_loss(r->sides, x->sides, POSITION_COUNT, SIDE);
	memset(r->d_hidden, 0, sizeof r->d_hidden);
	out_back(g, w->deep.out, w->deep.out_bias, r->acts, ACT_COUNT);
	out_back(g, w->side_out, w->side_bias, r->sides, POSITION_COUNT);
	whole_back(g);
	states_back(g);
	backprop_back(&g->b);
	tables_back(g);
	return loss;
}
