/* Back-propagation, written out by hand. The names are those of extract/attitude/network.h; d_ is the derivative of the loss. */
#include "train/stance_gradient.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "extract/syntax/matrix.h"
#include "train/random.h"

/* Shares that are hidden from the network. */
static const float DROP_INPUT = 0.25f, DROP_STATE = 0.3f, DROP_READ = 0.4f, DROP_HIDDEN = 0.3f, DROP_WORD = 0.3f,
		   DROP_VECTOR = 0.1f, DROP_SPARSE = 0.3f, DROP_ACT_INPUT = 0.5f;
static const float LEAK = 0.1f;

enum { N = PAIR_TOKENS, DEEPEST = A_INPUT > A_STATE ? A_INPUT : A_STATE };

struct stance_room {
	struct pair pair; /* with what was hidden */
	float x[N * A_INPUT], d_x[N * A_INPUT], h[A_LAYERS + 1][N * A_STATE], masked[A_LAYERS][N * A_STATE];
	float u[A_LAYERS][N * A_RECURRENT], cells[A_LAYERS][N * A_STATE], forget[A_LAYERS][N * A_STATE],
		reset[A_LAYERS][N * A_STATE];
	float d_h[N * A_STATE], d_below[N * A_STATE], d_u[N * A_RECURRENT];
	float input_mask[A_INPUT], mask[A_LAYERS][A_STATE], read_mask[A_ACT_INPUT];
	float read[A_ACT_INPUT], d_read[A_ACT_INPUT], hidden[A_HIDDEN], logits[A_COLUMNS];
	uint8_t from[A_READ];
	float turned[N * DEEPEST], turned_weights[A_RECURRENT * DEEPEST];
};

void stance_gradient_init(struct stance_gradient *g, const struct attitude_weights *w, const struct vectors *v, uint64_t seed)
{
	*g = (struct stance_gradient){.w = w, .vectors = v, .seed = seed};
	g->d = calloc(sizeof *w / sizeof *g->d, sizeof *g->d);
	g->room = calloc(1, sizeof *g->room);
	if (!g->d || !g->room) {
		fprintf(stderr, "out of memory\n");
		exit(1);
	}
}

void stance_gradient_release(struct stance_gradient *g)
{
	free(g->d);
	free(g->room);
}

/* Where a weight's derivative goes. */
static float *slope(struct stance_gradient *g, const float *weight)
{
	return g->d + (weight - (const float *)g->w);
}

static void transpose(const float *x, float *y, size_t rows, size_t columns)
{
	for (size_t i = 0; i < rows; i++)
		for (size_t j = 0; j < columns; j++)
			y[j * rows + i] = x[i * columns + j];
}

/* For y += x w: adds to the derivatives of w and of x. */
static void product_back(struct stance_gradient *g, const float *x, size_t inner, const float *w, const float *d_y,
			 size_t columns, size_t rows, float *d_x)
{
	transpose(x, g->room->turned, rows, inner);
	matrix_multiply(g->room->turned, rows, d_y, columns, slope(g, w), columns, inner, rows, columns);
	transpose(w, g->room->turned_weights, inner, columns);
	matrix_multiply(d_y, columns, g->room->turned_weights, inner, d_x, inner, rows, columns, inner);
}

static void add_rows(float *sum, const float *x, size_t rows, size_t columns)
{
	for (size_t i = 0; i < rows; i++)
		for (size_t c = 0; c < columns; c++)
			sum[c] += x[i * columns + c];
}

static void draw_mask(struct stance_gradient *g, float *mask, size_t n, float share)
{
	for (size_t d = 0; d < n; d++)
		mask[d] = random_unit(&g->seed) < share ? 0 : 1 / (1 - share);
}

static void apply_mask(const float *x, const float *mask, float *y, size_t rows, size_t size)
{
	for (size_t i = 0; i < rows; i++)
		for (size_t d = 0; d < size; d++)
			y[i * size + d] = x[i * size + d] * mask[d];
}

/* --- the head and what is wide ------------------------------------------------------------------------------------------ */

static void hide_sparse(struct stance_gradient *g, struct pair *p)
{
	uint32_t n = 0;
	for (uint32_t k = 0; k < p->n_sparse; k++)
		if (random_unit(&g->seed) >= DROP_SPARSE)
			p->sparse[n++] = p->sparse[k];
	p->n_sparse = n;
}

/* Logits of the classes `first` to `end` become derivatives under the log-loss of `gold`; those of the others 0. Returns the loss. */
static double take_loss(float *logits, size_t first, size_t end, size_t gold, float weight)
{
	attitude_softmax(logits + first, end - first);
	double loss = -log((double)logits[gold] + 1e-20);
	logits[gold] -= 1;
	for (size_t c = 0; c < A_COLUMNS; c++)
		logits[c] = c >= first && c < end ? logits[c] * weight : 0;
	return loss * (double)weight;
}

/* d_x += ...; `logits` holds the derivatives. hidden is what came forward, before its mask. */
static void head_back(struct stance_gradient *g, const struct attitude_head *h, const float *weights, size_t inputs,
		      const float *x, const float *hidden, const float *mask, const float *d_logits, float *d_x)
{
	float d_hidden[A_HIDDEN];
	for (size_t d = 0; d < A_HIDDEN; d++) {
		float sum = 0;
		for (size_t c = 0; c < A_COLUMNS; c++) {
			sum += d_logits[c] * h->out[d * A_COLUMNS + c];
			slope(g, h->out)[d * A_COLUMNS + c] += d_logits[c] * hidden[d] * mask[d];
		}
		d_hidden[d] = sum * mask[d] * (hidden[d] > 0 ? 1 : LEAK);
	}
	add_rows(slope(g, h->out_bias), d_logits, 1, A_COLUMNS);
	add_rows(slope(g, h->hidden_bias), d_hidden, 1, A_HIDDEN);
	float *d_w = slope(g, weights);
	for (size_t i = 0; i < inputs; i++) {
		float sum = 0;
		for (size_t d = 0; d < A_HIDDEN; d++) {
			sum += d_hidden[d] * weights[i * A_HIDDEN + d];
			d_w[i * A_HIDDEN + d] += d_hidden[d] * x[i];
		}
		d_x[i] += sum;
	}
}

static void wide_back(struct stance_gradient *g, const float *wide, size_t classes, const struct pair *p, const float *d_logits)
{
	float *d_w = slope(g, wide);
	for (size_t k = 0; k < p->n_sparse; k++)
		for (size_t c = 0; c < classes; c++)
			d_w[p->sparse[k] * classes + c] += d_logits[c];
}

static void head_forward(struct stance_gradient *g, const struct attitude_head *h, const float *weights, size_t inputs,
			 float *mask)
{
	struct stance_room *r = g->room;
	draw_mask(g, mask, A_HIDDEN, DROP_HIDDEN);
	attitude_head_forward(h, weights, inputs, r->read, r->hidden, r->logits);
	memcpy(r->logits, h->out_bias, sizeof h->out_bias);
	for (size_t d = 0; d < A_HIDDEN; d++)
		for (size_t c = 0; c < A_COLUMNS; c++)
			r->logits[c] += r->hidden[d] * mask[d] * h->out[d * A_COLUMNS + c];
}

double stance_gradient_act(struct stance_gradient *g, const struct stance_lesson *l, const float *x)
{
	struct stance_room *r = g->room;
	float mask[A_HIDDEN];
	r->pair = *l->pair;
	hide_sparse(g, &r->pair);
	draw_mask(g, r->read_mask, A_ACT_INPUT, DROP_ACT_INPUT);
	apply_mask(x, r->read_mask, r->read, 1, A_ACT_INPUT);
	head_forward(g, &g->w->act, g->w->act_hidden, A_ACT_INPUT, mask);
	attitude_wide(g->w->act_wide, ATTITUDE_ACTS_COUNT, &r->pair, r->logits);
	double loss = take_loss(r->logits, 0, ATTITUDE_ACTS_COUNT, l->label, l->weight);
	memset(r->d_read, 0, sizeof r->d_read);
	head_back(g, &g->w->act, g->w->act_hidden, A_ACT_INPUT, r->read, r->hidden, mask, r->logits, r->d_read);
	wide_back(g, g->w->act_wide, ATTITUDE_ACTS_COUNT, &r->pair, r->logits);
	return loss;
}

/* --- the layers --------------------------------------------------------------------------------------------------------- */

static void hide_words(struct stance_gradient *g)
{
	struct pair *p = &g->room->pair;
	hide_sparse(g, p);
	for (size_t i = 0; i < p->n; i++) {
		if (random_unit(&g->seed) < DROP_WORD)
			p->tokens[i].rows[PAIR_word] = 0;
		if (random_unit(&g->seed) < DROP_VECTOR)
			p->tokens[i].vector = VECTOR_NONE;
	}
}

static void go_forward(struct stance_gradient *g)
{
	const struct attitude_weights *w = g->w;
	struct stance_room *r = g->room;
	size_t n = r->pair.n;
	draw_mask(g, r->input_mask, A_INPUT, DROP_INPUT);
	for (size_t i = 0; i < n; i++) {
		attitude_input(w, g->vectors, &r->pair.tokens[i], r->x + i * A_INPUT);
		memcpy(r->h[0] + i * A_STATE, w->input_bias, sizeof w->input_bias);
	}
	apply_mask(r->x, r->input_mask, r->x, n, A_INPUT);
	matrix_multiply(r->x, A_INPUT, w->input, A_STATE, r->h[0], A_STATE, n, A_INPUT, A_STATE);
	for (size_t l = 0; l < A_LAYERS; l++) {
		struct attitude_trace trace = {r->cells[l], r->forget[l], r->reset[l]};
		draw_mask(g, r->mask[l], A_STATE, DROP_STATE);
		apply_mask(r->h[l], r->mask[l], r->masked[l], n, A_STATE);
		memset(r->u[l], 0, n * A_RECURRENT * sizeof *r->u[l]);
		matrix_multiply(r->masked[l], A_STATE, w->layers[l].cell, A_RECURRENT, r->u[l], A_RECURRENT, n, A_STATE,
				A_RECURRENT);
		attitude_recur(&w->layers[l], r->u[l], r->h[l], n, r->h[l + 1], &trace);
	}
	attitude_read(&r->pair, r->h[A_LAYERS], r->read);
	attitude_read_from(&r->pair, r->h[A_LAYERS], r->read, r->from);
	draw_mask(g, r->read_mask, A_READ, DROP_READ);
	apply_mask(r->read, r->read_mask, r->read, 1, A_READ);
}

/* The slope of the gate at the value y: its argument x has 1 / (1 + |x|) = 1 - |2y - 1|. */
static inline float gate_slope(float y)
{
	float s = 1 - fabsf(2 * y - 1);
	return 0.5f * s * s;
}

static void recur_back_one_way(struct stance_gradient *g, size_t l, size_t way, size_t n)
{
	static const float nothing[A_HALF];
	struct stance_room *r = g->room;
	const struct attitude_layer *w = &g->w->layers[l];
	size_t from = way * A_HALF;
	const float *fp = w->forget_peep + from, *rp = w->reset_peep + from;
	float *d_fp = slope(g, fp), *d_rp = slope(g, rp), *d_fb = slope(g, w->forget_bias + from),
	      *d_rb = slope(g, w->reset_bias + from);
	float d_cell[A_HALF] = {0};
	for (size_t k = n; k-- > 0;) {
		size_t i = way ? n - 1 - k : k, at = i * A_STATE + from;
		const float *before = k == 0 ? nothing : r->cells[l] + (way ? at + A_STATE : at - A_STATE);
		const float *z = r->u[l] + i * A_RECURRENT + way * 3 * A_HALF, *x = r->h[l] + at, *cell = r->cells[l] + at;
		const float *forget = r->forget[l] + at, *reset = r->reset[l] + at, *d_h = r->d_h + at;
		float *d_z = r->d_u + i * A_RECURRENT + way * 3 * A_HALF, *d_f = d_z + A_HALF, *d_r = d_f + A_HALF,
		      *d_x = r->d_below + at;
		for (size_t d = 0; d < A_HALF; d++) {
			float dc = d_cell[d] + d_h[d] * reset[d];
			float dr = d_h[d] * (cell[d] - x[d]) * gate_slope(reset[d]);
			float df = dc * (before[d] - z[d]) * gate_slope(forget[d]);
			d_x[d] = d_h[d] * (1 - reset[d]);
			d_z[d] = dc * (1 - forget[d]);
			d_f[d] = df;
			d_r[d] = dr;
			d_cell[d] = dc * forget[d] + dr * rp[d] + df * fp[d];
			d_fp[d] += df * before[d];
			d_rp[d] += dr * before[d];
			d_fb[d] += df;
			d_rb[d] += dr;
		}
	}
}

/* d_h: of what comes out of the layer; afterwards of what goes in. */
static void layer_back(struct stance_gradient *g, size_t l)
{
	struct stance_room *r = g->room;
	size_t n = r->pair.n;
	recur_back_one_way(g, l, 0, n);
	recur_back_one_way(g, l, 1, n);
	memset(r->d_h, 0, n * A_STATE * sizeof *r->d_h);
	product_back(g, r->masked[l], A_STATE, g->w->layers[l].cell, r->d_u, A_RECURRENT, n, r->d_h);
	apply_mask(r->d_h, r->mask[l], r->d_h, n, A_STATE);
	for (size_t i = 0; i < n * A_STATE; i++)
		r->d_h[i] += r->d_below[i];
}

static void input_back(struct stance_gradient *g)
{
	struct stance_room *r = g->room;
	size_t n = r->pair.n;
	add_rows(slope(g, g->w->input_bias), r->d_h, n, A_STATE);
	memset(r->d_x, 0, n * A_INPUT * sizeof *r->d_x);
	product_back(g, r->x, A_INPUT, g->w->input, r->d_h, A_STATE, n, r->d_x);
	apply_mask(r->d_x, r->input_mask, r->d_x, n, A_INPUT);
	for (size_t i = 0; i < n; i++) {
		const float *d = r->d_x + i * A_INPUT + VECTOR_SIZE;
		const uint16_t *rows = r->pair.tokens[i].rows;
#define X(name, n_rows, size)                                                                                                  \
	add_rows(slope(g, g->w->table_##name) + (size_t)rows[PAIR_##name] * (size), d, 1, size);                               \
	d += size;
		PAIR_TABLES(X)
#undef X
	}
}

double stance_gradient_take(struct stance_gradient *g, const struct stance_lesson *l)
{
	struct stance_room *r = g->room;
	float mask[A_HIDDEN];
	r->pair = *l->pair;
	hide_words(g);
	go_forward(g);
	head_forward(g, &g->w->stance, g->w->stance_hidden, A_READ, mask);
	attitude_wide(g->w->stance_wide, ATTITUDE_CLASSES, &r->pair, r->logits);
	bool is_pair = l->label < STANCE_CLASSES;
	double loss = take_loss(r->logits, is_pair ? 0 : STANCE_CLASSES, is_pair ? STANCE_CLASSES : ATTITUDE_CLASSES, l->label,
				l->weight);
	memset(r->d_read, 0, sizeof r->d_read);
	head_back(g, &g->w->stance, g->w->stance_hidden, A_READ, r->read, r->hidden, mask, r->logits, r->d_read);
	wide_back(g, g->w->stance_wide, ATTITUDE_CLASSES, &r->pair, r->logits);
	memset(r->d_h, 0, r->pair.n * A_STATE * sizeof *r->d_h);
	for (size_t d = 0; d < A_READ; d++)
		if (r->from[d] != PAIR_NONE)
			r->d_h[(size_t)r->from[d] * A_STATE + d % A_STATE] += r->d_read[d] * r->read_mask[d];
	for (size_t k = A_LAYERS; k-- > 0;)
		layer_back(g, k);
	input_back(g);
	return loss;
}
