/* The forward pass. */
#include "extract/stance/classifier_network.h"

#include <stdlib.h>
#include <string.h>

#include "extract/syntax/half.h"
#include "extract/syntax/matrix.h"

#define X(name) ACT_##name,
const enum act classifier_acts[CLASSIFIER_ACTS_COUNT] = {CLASSIFIER_ACTS(X)};
#undef X

void classifier_pack(const struct classifier_weights *w, unsigned char *bytes)
{
	half_pack((const float *)w, CLASSIFIER_BYTES / 2, bytes);
}

void classifier_unpack(const unsigned char *bytes, struct classifier_weights *w)
{
	half_unpack(bytes, CLASSIFIER_BYTES / 2, (float *)w);
}

struct classifier_network classifier_network_of(const struct classifier_weights *w)
{
	return (struct classifier_network){
		.w = w,
		.encoder = encoder_of(A_HALF, A_LAYERS, A_INPUT, w->input, w->input_bias,
				      w->layers[0].cell),
		.stance = product_of(w->stance_hidden, A_READ, A_HIDDEN),
		.act = product_of(w->act_hidden, A_ACT_INPUT, A_HIDDEN),
	};
}

int classifier_network_pack(struct classifier_network *nw)
{
	struct product *list[ENCODER_PRODUCTS_MAX + 2];
	size_t n = encoder_products(&nw->encoder, list);
	list[n++] = &nw->stance;
	list[n++] = &nw->act;
	for (size_t i = 0; i < n; i++)
		list[i]->is_fine = true;
	nw->packed = products_pack(list, n);
	return nw->packed ? 0 : -1;
}

void classifier_network_release(struct classifier_network *nw)
{
	free(nw->packed);
}

void classifier_input(const struct classifier_weights *w, const struct vectors *v,
		      const struct feature_token *k, float *x)
{
	size_t at = VECTOR_SIZE;
	vectors_put(v, k->vector, x);
#define X(name, n_rows, size)                                                                      \
	memcpy(x + at, w->table_##name + (size_t)k->rows[FEATURE_##name] * (size),                 \
	       (size) * sizeof *x);                                                                \
	at += size;
	FEATURE_EMBEDDINGS(X)
#undef X
	(void)at;
}

static void read_largest(const struct stance_features *p, const float *h, bool near, float *read)
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

void classifier_read(const struct stance_features *p, const float *h, float *read)
{
	for (size_t k = 0; k < POINT_COUNT; k++, read += A_STATE) {
		if (p->points[k] == FEATURE_NONE)
			memset(read, 0, A_STATE * sizeof *read);
		else
			memcpy(read, h + (size_t)p->points[k] * A_STATE, A_STATE * sizeof *read);
	}
	read_largest(p, h, true, read);
	read_largest(p, h, false, read + A_STATE);
}

void classifier_read_from(const struct stance_features *p, const float *h, const float *read,
			  uint8_t *from)
{
	for (size_t k = 0; k < POINT_COUNT; k++)
		memset(from + k * A_STATE, p->points[k], A_STATE);
	from += (size_t)POINT_COUNT * A_STATE;
	read += (size_t)POINT_COUNT * A_STATE;
	memset(from, FEATURE_NONE, 2 * (size_t)A_STATE);
	/* The first that has the value. */
	for (size_t i = p->n; i-- > 0;)
		for (size_t d = 0; d < 2 * (size_t)A_STATE; d++)
			if ((d >= A_STATE || p->tokens[i].is_near) &&
			    h[i * A_STATE + d % A_STATE] >= read[d])
				from[d] = (uint8_t)i;
}

static void put_means(const struct vectors *v, const struct stance_features *p, float *means)
{
	float x[VECTOR_SIZE], count = 0;
	memset(means, 0, A_MEANS * sizeof *means);
	for (size_t k = POINT_TOP; k < POINT_COUNT; k++)
		if (p->points[k] != FEATURE_NONE)
			vectors_put(v, p->tokens[p->points[k]].vector,
				    means + (k - POINT_TOP) * VECTOR_SIZE);
	float *near = means + (size_t)(POINT_COUNT - POINT_TOP) * VECTOR_SIZE,
	      *two = near + VECTOR_SIZE;
	for (size_t i = 0; i < p->n; i++) {
		bool is_party = i == p->points[POINT_SOURCE] || i == p->points[POINT_TARGET];
		if (!is_party && !p->tokens[i].is_near)
			continue;
		vectors_put(v, p->tokens[i].vector, x);
		count += is_party ? 0 : 1;
		for (size_t d = 0; d < VECTOR_SIZE; d++)
			(is_party ? two : near)[d] += x[d];
	}
	for (size_t d = 0; d < VECTOR_SIZE; d++)
		near[d] /= count + 1;
}

void classifier_encode(const struct classifier_network *nw, const struct vectors *v,
		       const struct stance_features *p, float *read)
{
	float x[FEATURE_TOKENS * A_INPUT], h[FEATURE_TOKENS * A_STATE],
		u[FEATURE_TOKENS * A_RECURRENT];
	for (size_t i = 0; i < p->n; i++)
		classifier_input(nw->w, v, &p->tokens[i], x + i * A_INPUT);
	encoder_run(&nw->encoder, x, &p->n, 1, u, h);
	classifier_read(p, h, read);
}

void classifier_act_input(const struct classifier_network *nw, const struct vectors *v,
			  const struct stance_features *p, float *x)
{
	classifier_encode(nw, v, p, x);
	put_means(v, p, x + A_READ);
}

void classifier_head_forward(const struct classifier_head *h, const struct product *weights,
			     const float *x, float *hidden, float *logits)
{
	product_affine(weights, x, h->hidden_bias, hidden, 1);
	matrix_rectify(hidden, A_HIDDEN);
	memcpy(logits, h->out_bias, sizeof h->out_bias);
	matrix_add(hidden, h->out, logits, 1, A_HIDDEN, A_COLUMNS);
}

void classifier_wide(const float *wide, size_t classes, const struct stance_features *p,
		     float *logits)
{
	for (size_t k = 0; k < p->n_sparse; k++)
		for (size_t c = 0; c < classes; c++)
			logits[c] += wide[p->sparse[k] * classes + c];
}
