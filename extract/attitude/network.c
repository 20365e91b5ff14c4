/* The way forward through the network. */
#include "extract/attitude/network.h"

#include <math.h>
#include <string.h>

#include "extract/syntax/matrix.h"

#define X(name) ACT_##name,
const enum act attitude_acts[ATTITUDE_ACTS_COUNT] = {ATTITUDE_ACTS(X)};
#undef X

/* The slope below zero of the hidden layers. */
static const float LEAK = 0.1f;

void attitude_pack(const struct attitude_weights *w, unsigned char *bytes)
{
	const float *v = (const float *)w;
	for (size_t i = 0; i < ATTITUDE_BYTES / 2; i++) {
		uint32_t bits;
		memcpy(&bits, &v[i], sizeof bits);
		bits += 0x8000;
		bytes[2 * i] = (unsigned char)(bits >> 16);
		bytes[2 * i + 1] = (unsigned char)(bits >> 24);
	}
}

void attitude_unpack(const unsigned char *bytes, struct attitude_weights *w)
{
	float *v = (float *)w;
	for (size_t i = 0; i < ATTITUDE_BYTES / 2; i++) {
		uint32_t bits = (uint32_t)bytes[2 * i] << 16 | (uint32_t)bytes[2 * i + 1] << 24;
		memcpy(&v[i], &bits, sizeof bits);
	}
}

static void put_vector(const struct vectors *v, int32_t vector, float *x)
{
	if (vector == VECTOR_NONE) {
		memset(x, 0, VECTOR_SIZE * sizeof *x);
		return;
	}
	const int8_t *bytes = v->bytes[vector];
	for (size_t d = 0; d < VECTOR_SIZE; d++)
		x[d] = (float)bytes[d] * v->scales[vector];
}

void attitude_input(const struct attitude_weights *w, const struct vectors *v, const struct pair_token *k, float *x)
{
	size_t at = VECTOR_SIZE;
	put_vector(v, k->vector, x);
#define X(name, n_rows, size)                                                                                                  \
	memcpy(x + at, w->table_##name + (size_t)k->rows[PAIR_##name] * (size), (size) * sizeof *x);                           \
	at += size;
	PAIR_TABLES(X)
#undef X
	(void)at;
}

/* Softsign, moved to lie between 0 and 1. */
static inline float gate(float x)
{
	return 0.5f + 0.5f * x / (1 + fabsf(x));
}

static void recur_one_way(const struct attitude_layer *l, size_t way, const float *u, const float *x, size_t n, float *h,
			  const struct attitude_trace *trace)
{
	size_t from = way * A_HALF;
	const float *fp = l->forget_peep + from, *rp = l->reset_peep + from, *fb = l->forget_bias + from,
		    *rb = l->reset_bias + from;
	float cell[A_HALF] = {0}, forget[A_HALF], reset[A_HALF];
	for (size_t k = 0; k < n; k++) {
		size_t i = way ? n - 1 - k : k, at = i * A_STATE + from;
		const float *z = u + i * A_RECURRENT + way * 3 * A_HALF, *fu = z + A_HALF, *ru = fu + A_HALF;
		for (size_t d = 0; d < A_HALF; d++) {
			forget[d] = gate(fu[d] + fp[d] * cell[d] + fb[d]);
			reset[d] = gate(ru[d] + rp[d] * cell[d] + rb[d]);
			cell[d] = forget[d] * cell[d] + (1 - forget[d]) * z[d];
			h[at + d] = reset[d] * cell[d] + (1 - reset[d]) * x[at + d];
		}
		if (trace) {
			memcpy(trace->cells + at, cell, sizeof cell);
			memcpy(trace->forget + at, forget, sizeof forget);
			memcpy(trace->reset + at, reset, sizeof reset);
		}
	}
}

void attitude_recur(const struct attitude_layer *l, const float *u, const float *x, size_t n, float *h,
		    const struct attitude_trace *trace)
{
	recur_one_way(l, 0, u, x, n, h, trace);
	recur_one_way(l, 1, u, x, n, h, trace);
}

static void read_largest(const struct pair *p, const float *h, bool near, float *read)
{
	bool is_first = true;
	memset(read, 0, A_STATE * sizeof *read);
	for (size_t i = 0; i < p->n; i++) {
		const float *state = h + i * A_STATE;
		if (near && !p->tokens[i].is_near)
			continue;
		for (size_t d = 0; d < A_STATE; d++)
			read[d] = is_first || state[d] > read[d] ? state[d] : read[d];
		is_first = false;
	}
}

void attitude_read(const struct pair *p, const float *h, float *read)
{
	for (size_t k = 0; k < POINT_COUNT; k++, read += A_STATE) {
		if (p->points[k] == PAIR_NONE)
			memset(read, 0, A_STATE * sizeof *read);
		else
			memcpy(read, h + (size_t)p->points[k] * A_STATE, A_STATE * sizeof *read);
	}
	read_largest(p, h, true, read);
	read_largest(p, h, false, read + A_STATE);
}

void attitude_read_from(const struct pair *p, const float *h, const float *read, uint8_t *from)
{
	for (size_t k = 0; k < POINT_COUNT; k++)
		memset(from + k * A_STATE, p->points[k], A_STATE);
	from += (size_t)POINT_COUNT * A_STATE;
	read += (size_t)POINT_COUNT * A_STATE;
	memset(from, PAIR_NONE, 2 * (size_t)A_STATE);
	/* The first that has the value. */
	for (size_t i = p->n; i-- > 0;)
		for (size_t d = 0; d < 2 * (size_t)A_STATE; d++)
			if ((d >= A_STATE || p->tokens[i].is_near) && h[i * A_STATE + d % A_STATE] >= read[d])
				from[d] = (uint8_t)i;
}

static void put_means(const struct vectors *v, const struct pair *p, float *means)
{
	float x[VECTOR_SIZE], count = 0;
	memset(means, 0, A_MEANS * sizeof *means);
	for (size_t k = POINT_TOP; k < POINT_COUNT; k++)
		if (p->points[k] != PAIR_NONE)
			put_vector(v, p->tokens[p->points[k]].vector, means + (k - POINT_TOP) * VECTOR_SIZE);
	float *near = means + (size_t)(POINT_COUNT - POINT_TOP) * VECTOR_SIZE, *two = near + VECTOR_SIZE;
	for (size_t i = 0; i < p->n; i++) {
		bool is_party = i == p->points[POINT_SOURCE] || i == p->points[POINT_TARGET];
		if (!is_party && !p->tokens[i].is_near)
			continue;
		put_vector(v, p->tokens[i].vector, x);
		count += is_party ? 0 : 1;
		for (size_t d = 0; d < VECTOR_SIZE; d++)
			(is_party ? two : near)[d] += x[d];
	}
	for (size_t d = 0; d < VECTOR_SIZE; d++)
		near[d] /= count + 1;
}

void attitude_encode(const struct attitude_weights *w, const struct vectors *v, const struct pair *p, float *read)
{
	float x[PAIR_TOKENS * A_INPUT], h[PAIR_TOKENS * A_STATE], u[PAIR_TOKENS * A_RECURRENT];
	for (size_t i = 0; i < p->n; i++) {
		attitude_input(w, v, &p->tokens[i], x + i * A_INPUT);
		memcpy(h + i * A_STATE, w->input_bias, sizeof w->input_bias);
	}
	matrix_multiply(x, A_INPUT, w->input, A_STATE, h, A_STATE, p->n, A_INPUT, A_STATE);
	for (size_t l = 0; l < A_LAYERS; l++) {
		memset(u, 0, p->n * A_RECURRENT * sizeof *u);
		matrix_multiply(h, A_STATE, w->layers[l].cell, A_RECURRENT, u, A_RECURRENT, p->n, A_STATE, A_RECURRENT);
		attitude_recur(&w->layers[l], u, h, p->n, h, NULL);
	}
	attitude_read(p, h, read);
}

void attitude_act_input(const struct attitude_weights *w, const struct vectors *v, const struct pair *p, float *x)
{
	attitude_encode(w, v, p, x);
	put_means(v, p, x + A_READ);
}

void attitude_head_forward(const struct attitude_head *h, const float *weights, size_t inputs, const float *x, float *hidden,
			   float *logits)
{
	memcpy(hidden, h->hidden_bias, sizeof h->hidden_bias);
	matrix_multiply(x, inputs, weights, A_HIDDEN, hidden, A_HIDDEN, 1, inputs, A_HIDDEN);
	for (size_t d = 0; d < A_HIDDEN; d++)
		hidden[d] = hidden[d] > 0 ? hidden[d] : LEAK * hidden[d];
	memcpy(logits, h->out_bias, sizeof h->out_bias);
	matrix_multiply(hidden, A_HIDDEN, h->out, A_COLUMNS, logits, A_COLUMNS, 1, A_HIDDEN, A_COLUMNS);
}

void attitude_wide(const float *wide, size_t classes, const struct pair *p, float *logits)
{
	for (size_t k = 0; k < p->n_sparse; k++)
		for (size_t c = 0; c < classes; c++)
			logits[c] += wide[p->sparse[k] * classes + c];
}

void attitude_softmax(float *logits, size_t n)
{
	float most = logits[0], sum = 0;
	for (size_t c = 1; c < n; c++)
		most = fmaxf(most, logits[c]);
	for (size_t c = 0; c < n; c++)
		sum += logits[c] = expf(logits[c] - most);
	for (size_t c = 0; c < n; c++)
		logits[c] /= sum;
}
