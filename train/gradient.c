/* Back-propagation through the network, written out by hand. The names are those of network.h; d_ is the derivative of the loss. */
#include "train/gradient.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "extract/syntax/matrix.h"
#include "train/random.h"

/* Shares that are hidden from the network (Srivastava et al. 2014; one mask a sentence, Gal and Ghahramani 2016). */
static const float DROP_INPUT = 0.2f, DROP_STATE = 0.3f, DROP_VECTOR = 0.05f, DROP_RARE = 0.25f, DROP_WORD = 0.04f;

enum {
	N = GRADIENT_TOKENS,
	STEP = (SYNTAX_TOKENS_MAX + 1 + 31) / 32 * 32,
	WIDEST = RECURRENT,
	DEEPEST = INPUT > STATE ? INPUT : STATE
};

static const uint32_t row_size[TABLE_COUNT] = {
#define X(name, part, rows, size) size,
	NETWORK_TABLES(X)
#undef X
};

struct gradient {
	const struct network *nw;
	const struct lesson *const *lessons;
	size_t n_lessons, n_tokens;
	uint64_t seed;
	struct network_token tokens[N]; /* with what was hidden */
	float dense[DENSE_FLOATS];
	struct row_gradient rows[N * TABLE_COUNT];
	float x[N * INPUT], d_x[N * INPUT];
	/* h[l] goes into layer l, as masked[l]; h[LAYERS] comes out of the last. */
	float h[LAYERS + 1][N * STATE], masked[LAYERS + 1][N * STATE];
	float u[LAYERS][N * RECURRENT], cells[LAYERS][N * STATE], forget[LAYERS][N * STATE], reset[LAYERS][N * STATE];
	float m[N * PARTS], d_m[N * PARTS], labels[N * LABELS], z[N * 3 * RELATION], d_z[N * 3 * RELATION];
	float d_h[N * STATE], d_below[N * STATE], d_u[N * RECURRENT];
	float input_mask[GRADIENT_SENTENCES * INPUT], mask[LAYERS + 1][GRADIENT_SENTENCES * STATE];
	float scores[SYNTAX_TOKENS_MAX * STEP], queries[SYNTAX_TOKENS_MAX * ARC], d_queries[SYNTAX_TOKENS_MAX * ARC],
		heads[ARC * STEP], turned_scores[STEP * SYNTAX_TOKENS_MAX], d_heads[STEP * ARC], head_rows[STEP * ARC];
	float turned[N * DEEPEST], turned_weights[WIDEST * DEEPEST];
};

struct gradient *gradient_new(const struct network *nw, uint64_t seed)
{
	struct gradient *g = calloc(1, sizeof *g);
	if (!g) {
		fprintf(stderr, "out of memory\n");
		exit(1);
	}
	g->nw = nw;
	g->seed = seed;
	return g;
}

void gradient_free(struct gradient *g)
{
	free(g);
}

const float *gradient_dense(const struct gradient *g)
{
	return g->dense;
}

const struct row_gradient *gradient_rows(const struct gradient *g, size_t *n)
{
	*n = g->n_tokens * TABLE_COUNT;
	return g->rows;
}

/* Where a weight's derivative goes. */
static float *slope(struct gradient *g, const float *weight)
{
	return g->dense + (weight - (const float *)g->nw->w);
}

static void transpose(const float *x, size_t x_step, float *y, size_t rows, size_t columns)
{
	enum { BLOCK = 16 };
	for (size_t i = 0; i < rows; i += BLOCK)
		for (size_t j = 0; j < columns; j += BLOCK)
			for (size_t a = i; a < rows && a < i + BLOCK; a++)
				for (size_t b = j; b < columns && b < j + BLOCK; b++)
					y[b * rows + a] = x[a * x_step + b];
}

static void add_rows(float *sum, const float *x, size_t rows, size_t columns)
{
	for (size_t i = 0; i < rows; i++)
		for (size_t c = 0; c < columns; c++)
			sum[c] += x[i * columns + c];
}

/* For y += x w: adds to the derivatives of w and of x (columns numbers a row, or `d_x` NULL). */
static void product_back(struct gradient *g, const float *x, size_t inner, const float *w, const float *d_y, size_t columns,
			 size_t rows, float *d_x)
{
	transpose(x, inner, g->turned, rows, inner);
	matrix_multiply(g->turned, rows, d_y, columns, slope(g, w), columns, inner, rows, columns);
	if (!d_x)
		return;
	transpose(w, columns, g->turned_weights, inner, columns);
	matrix_multiply(d_y, columns, g->turned_weights, inner, d_x, inner, rows, columns, inner);
}

/* --- forward ------------------------------------------------------------------------------------------------------------ */

static void draw_mask(struct gradient *g, float *mask, size_t n, float share)
{
	for (size_t d = 0; d < n; d++)
		mask[d] = random_unit(&g->seed) < share ? 0 : 1 / (1 - share);
}

/* y = x with each sentence's numbers hidden by its mask. */
static void apply_masks(const struct gradient *g, const float *x, const float *masks, float *y, size_t size)
{
	size_t at = 0;
	for (size_t k = 0; k < g->n_lessons; k++)
		for (size_t end = at + g->lessons[k]->n; at < end; at++)
			for (size_t d = 0; d < size; d++)
				y[at * size + d] = x[at * size + d] * masks[k * size + d];
}

static void hide_words(struct gradient *g)
{
	size_t at = 0;
	for (size_t k = 0; k < g->n_lessons; k++)
		for (size_t i = 0; i < g->lessons[k]->n; i++, at++) {
			struct network_token *t = &g->tokens[at];
			*t = g->lessons[k]->tokens[i];
			if (random_unit(&g->seed) < (g->lessons[k]->is_rare[i] ? DROP_RARE : DROP_WORD))
				t->rows[TABLE_word] = t->rows[TABLE_form] = 0;
			if (random_unit(&g->seed) < DROP_VECTOR)
				t->vector = VECTOR_NONE;
		}
	g->n_tokens = at;
}

static void go_forward(struct gradient *g)
{
	const struct network_weights *w = g->nw->w;
	hide_words(g);
	size_t n = g->n_tokens;
	for (size_t i = 0; i < n; i++)
		network_input(g->nw, &g->tokens[i], g->x + i * INPUT);
	draw_mask(g, g->input_mask, g->n_lessons * INPUT, DROP_INPUT);
	apply_masks(g, g->x, g->input_mask, g->x, INPUT);
	network_fill(g->h[0], w->input_bias, n, STATE);
	matrix_multiply(g->x, INPUT, w->input, STATE, g->h[0], STATE, n, INPUT, STATE);
	for (size_t l = 0; l <= LAYERS; l++) {
		draw_mask(g, g->mask[l], g->n_lessons * STATE, DROP_STATE);
		apply_masks(g, g->h[l], g->mask[l], g->masked[l], STATE);
		if (l == LAYERS)
			break;
		memset(g->u[l], 0, n * RECURRENT * sizeof *g->u[l]);
		matrix_multiply(g->masked[l], STATE, w->layers[l].cell, RECURRENT, g->u[l], RECURRENT, n, STATE, RECURRENT);
		size_t at = 0;
		for (size_t k = 0; k < g->n_lessons; at += g->lessons[k++]->n) {
			struct network_trace trace = {g->cells[l] + at * STATE, g->forget[l] + at * STATE,
						      g->reset[l] + at * STATE};
			network_recur(&w->layers[l], g->u[l] + at * RECURRENT, g->h[l] + at * STATE, g->lessons[k]->n,
				      g->h[l + 1] + at * STATE, &trace);
		}
	}
	network_fill(g->m, w->parts_bias, n, PARTS);
	matrix_multiply(g->masked[LAYERS], STATE, w->parts, PARTS, g->m, PARTS, n, STATE, PARTS);
	network_rectify(g->m, n * PARTS);
}

/* --- back --------------------------------------------------------------------------------------------------------------- */

/* Scores become their derivatives under the log-loss of `gold`; returns the loss. The rest up to `size` becomes 0, and so does all where
 * `gold` is none of the n. */
static double take_loss(float *scores, size_t n, size_t size, size_t gold)
{
	if (gold >= n) {
		memset(scores, 0, size * sizeof *scores);
		return 0;
	}
	float most = scores[0], sum = 0;
	for (size_t k = 1; k < n; k++)
		most = fmaxf(most, scores[k]);
	for (size_t k = 0; k < n; k++) {
		scores[k] = expf(scores[k] - most);
		sum += scores[k];
	}
	for (size_t k = 0; k < n; k++)
		scores[k] /= sum;
	for (size_t k = n; k < size; k++)
		scores[k] = 0;
	double loss = -log((double)scores[gold] + 1e-20);
	scores[gold] -= 1;
	return loss;
}

static double heads_back(struct gradient *g, const struct lesson *s, size_t at)
{
	const struct network_weights *w = g->nw->w;
	size_t n = s->n, step = network_score_step(n);
	const float *m = g->m + at * PARTS;
	float *d_m = g->d_m + at * PARTS;
	double loss = 0;
	network_score_heads(w, m, n, g->scores, g->queries, g->heads);
	for (size_t i = 0; i < n; i++) {
		loss += take_loss(g->scores + i * step, n + 1, step, s->gold[i].head);
		for (size_t j = 0; j < n; j++)
			slope(g, w->arc_gap)[network_gap(i, j)] += g->scores[i * step + j];
	}
	memset(g->d_queries, 0, n * ARC * sizeof *g->d_queries);
	transpose(g->heads, step, g->head_rows, ARC, step);
	matrix_multiply(g->scores, step, g->head_rows, ARC, g->d_queries, ARC, n, step, ARC);
	transpose(g->scores, step, g->turned_scores, n, step);
	memset(g->d_heads, 0, step * ARC * sizeof *g->d_heads);
	matrix_multiply(g->turned_scores, n, g->queries, ARC, g->d_heads, ARC, n + 1, n, ARC);
	for (size_t j = 0; j < n; j++)
		for (size_t d = 0; d < ARC; d++)
			d_m[j * PARTS + PART_ARC_HEAD + d] += g->d_heads[j * ARC + d];
	for (size_t d = 0; d < ARC; d++)
		slope(g, w->arc_root)[d] += g->d_heads[n * ARC + d];
	/* queries = the first part of m times `arc`: the rows of m are wider than the product's. */
	add_rows(slope(g, w->arc_bias), g->d_queries, n, ARC);
	transpose(m, PARTS, g->turned, n, ARC);
	matrix_multiply(g->turned, n, g->d_queries, ARC, slope(g, w->arc), ARC, ARC, n, ARC);
	transpose(w->arc, ARC, g->turned_weights, ARC, ARC);
	matrix_multiply(g->d_queries, ARC, g->turned_weights, ARC, d_m, PARTS, n, ARC, ARC);
	return loss;
}

/* Where no head is known, any will do: no relation is either. */
static size_t head_of(const struct lesson *s, size_t i)
{
	return s->gold[i].head <= s->n ? s->gold[i].head : s->n;
}

/* Derivatives of the relations' input go to the parts of the two tokens. */
static void relation_input_back(struct gradient *g, const struct lesson *s, size_t at, size_t i)
{
	size_t head = head_of(s, i);
	bool is_root = head == s->n;
	size_t of_head = is_root ? 0 : (at + head) * PARTS + PART_RELATION_HEAD;
	const float *root = g->nw->w->relation_root, *h = is_root ? root : g->m + of_head;
	const float *d = g->m + (at + i) * PARTS + PART_RELATION, *d_z = g->d_z + (at + i) * 3 * RELATION;
	float *d_d = g->d_m + (at + i) * PARTS + PART_RELATION, *d_h = is_root ? slope(g, root) : g->d_m + of_head;
	for (size_t k = 0; k < RELATION; k++) {
		d_d[k] += d_z[k] * h[k] + d_z[RELATION + k];
		d_h[k] += d_z[k] * d[k] + d_z[2 * RELATION + k];
	}
}

static double relations_back(struct gradient *g)
{
	const struct network_weights *w = g->nw->w;
	size_t n = g->n_tokens, at = 0;
	double loss = 0;
	for (size_t k = 0; k < g->n_lessons; at += g->lessons[k++]->n)
		for (size_t i = 0; i < g->lessons[k]->n; i++)
			network_relation_input(w, g->m + at * PARTS, i, head_of(g->lessons[k], i), g->lessons[k]->n,
					       g->z + (at + i) * 3 * RELATION);
	network_fill(g->labels, w->relation_bias, n, LABELS);
	matrix_multiply(g->z, 3 * RELATION, w->relation, LABELS, g->labels, LABELS, n, 3 * RELATION, LABELS);
	at = 0;
	for (size_t k = 0; k < g->n_lessons; k++)
		for (size_t i = 0; i < g->lessons[k]->n; i++, at++)
			loss += take_loss(g->labels + at * LABELS, DEPREL_COUNT, LABELS, g->lessons[k]->gold[i].deprel);
	add_rows(slope(g, w->relation_bias), g->labels, n, LABELS);
	memset(g->d_z, 0, n * 3 * RELATION * sizeof *g->d_z);
	product_back(g, g->z, 3 * RELATION, w->relation, g->labels, LABELS, n, g->d_z);
	at = 0;
	for (size_t k = 0; k < g->n_lessons; at += g->lessons[k++]->n)
		for (size_t i = 0; i < g->lessons[k]->n; i++)
			relation_input_back(g, g->lessons[k], at, i);
	return loss;
}

static double tags_back(struct gradient *g)
{
	const struct network_weights *w = g->nw->w;
	size_t n = g->n_tokens, at = 0;
	double loss = 0;
	network_fill(g->labels, w->tag_bias, n, LABELS);
	matrix_multiply(g->masked[LAYERS], STATE, w->tag, LABELS, g->labels, LABELS, n, STATE, LABELS);
	for (size_t k = 0; k < g->n_lessons; k++)
		for (size_t i = 0; i < g->lessons[k]->n; i++, at++)
			loss += take_loss(g->labels + at * LABELS, XPOS_COUNT, LABELS, g->lessons[k]->gold[i].xpos);
	add_rows(slope(g, w->tag_bias), g->labels, n, LABELS);
	product_back(g, g->masked[LAYERS], STATE, w->tag, g->labels, LABELS, n, g->d_h);
	return loss;
}

/* The slope of the gate at the value y: its argument x has 1 / (1 + |x|) = 1 - |2y - 1|. */
static inline float gate_slope(float y)
{
	float s = 1 - fabsf(2 * y - 1);
	return 0.5f * s * s;
}

static void recur_back_one_way(struct gradient *g, size_t l, size_t way, size_t first, size_t n)
{
	static const float nothing[HALF];
	const struct network_layer *w = &g->nw->w->layers[l];
	size_t from = way * HALF;
	const float *fp = w->forget_peep + from, *rp = w->reset_peep + from;
	float *d_fp = slope(g, fp), *d_rp = slope(g, rp), *d_fb = slope(g, w->forget_bias + from),
	      *d_rb = slope(g, w->reset_bias + from);
	float d_cell[HALF] = {0};
	for (size_t k = n; k-- > 0;) {
		size_t i = first + (way ? n - 1 - k : k), at = i * STATE + from;
		const float *before = k == 0 ? nothing : g->cells[l] + (way ? at + STATE : at - STATE);
		const float *z = g->u[l] + i * RECURRENT + way * 3 * HALF, *x = g->h[l] + at, *cell = g->cells[l] + at;
		const float *forget = g->forget[l] + at, *reset = g->reset[l] + at, *d_h = g->d_h + at;
		float *d_z = g->d_u + i * RECURRENT + way * 3 * HALF, *d_f = d_z + HALF, *d_r = d_f + HALF,
		      *d_x = g->d_below + at;
		for (size_t d = 0; d < HALF; d++) {
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
static void layer_back(struct gradient *g, size_t l)
{
	const struct network_layer *w = &g->nw->w->layers[l];
	size_t n = g->n_tokens, at = 0;
	for (size_t k = 0; k < g->n_lessons; at += g->lessons[k++]->n)
		for (size_t way = 0; way < 2; way++)
			recur_back_one_way(g, l, way, at, g->lessons[k]->n);
	memset(g->d_h, 0, n * STATE * sizeof *g->d_h);
	product_back(g, g->masked[l], STATE, w->cell, g->d_u, RECURRENT, n, g->d_h);
	apply_masks(g, g->d_h, g->mask[l], g->d_h, STATE);
	for (size_t i = 0; i < n * STATE; i++)
		g->d_h[i] += g->d_below[i];
}

static void input_back(struct gradient *g)
{
	const struct network_weights *w = g->nw->w;
	size_t n = g->n_tokens;
	add_rows(slope(g, w->input_bias), g->d_h, n, STATE);
	memset(g->d_x, 0, n * INPUT * sizeof *g->d_x);
	product_back(g, g->x, INPUT, w->input, g->d_h, STATE, n, g->d_x);
	apply_masks(g, g->d_x, g->input_mask, g->d_x, INPUT);
	for (size_t i = 0; i < n; i++) {
		const float *d = g->d_x + i * INPUT + VECTOR_SIZE;
		for (uint32_t t = 0; t < TABLE_COUNT; d += row_size[t++])
			g->rows[i * TABLE_COUNT + t] = (struct row_gradient){t, g->tokens[i].rows[t], d};
	}
}

double gradient_take(struct gradient *g, const struct lesson *const *lessons, size_t n)
{
	g->lessons = lessons;
	g->n_lessons = n;
	memset(g->dense, 0, sizeof g->dense);
	go_forward(g);
	size_t rows = g->n_tokens, at = 0;
	memset(g->d_m, 0, rows * PARTS * sizeof *g->d_m);
	memset(g->d_h, 0, rows * STATE * sizeof *g->d_h);
	double loss = 0;
	for (size_t k = 0; k < n; at += lessons[k++]->n)
		loss += heads_back(g, lessons[k], at);
	loss += relations_back(g) + tags_back(g);
	for (size_t i = 0; i < rows * PARTS; i++)
		g->d_m[i] *= g->m[i] > 0 ? 1 : NETWORK_LEAK;
	add_rows(slope(g, g->nw->w->parts_bias), g->d_m, rows, PARTS);
	product_back(g, g->masked[LAYERS], STATE, g->nw->w->parts, g->d_m, PARTS, rows, g->d_h);
	apply_masks(g, g->d_h, g->mask[LAYERS], g->d_h, STATE);
	for (size_t l = LAYERS; l-- > 0;)
		layer_back(g, l);
	input_back(g);
	return loss;
}
