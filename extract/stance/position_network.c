/* The forward pass. */
#include "extract/stance/position_network.h"

#include <stdlib.h>
#include <string.h>

#include "extract/syntax/half.h"
#include "extract/syntax/matrix.h"

static struct position_network network_of(const struct position_deep *d)
{
	return (struct position_network){
		.deep = d,
		.encoder = encoder_of(P_HALF, P_LAYERS, P_INPUT, d->input, d->input_bias,
				      d->layers[0].cell),
		.whole = product_of(d->whole, P_WHOLE, P_HIDDEN),
		.own = product_of(d->own, P_OWN, P_HIDDEN),
		.none = product_of(d->none, P_WHOLE, P_NONE_HIDDEN),
	};
}

struct position_network position_network_of(const struct position_weights *w)
{
	struct position_network nw = network_of(&w->deep);
	nw.wide = w->wide;
	return nw;
}

struct position_network position_network_of_halves(const struct position_deep *deep,
						   const unsigned char *wide_halves)
{
	struct position_network nw = network_of(deep);
	nw.wide_halves = wide_halves;
	return nw;
}

int position_network_pack(struct position_network *nw)
{
	struct product *list[ENCODER_PRODUCTS_MAX + 3];
	size_t n = encoder_products(&nw->encoder, list);
	list[n++] = &nw->whole;
	list[n++] = &nw->own;
	list[n++] = &nw->none;
	nw->packed = products_pack(list, n);
	return nw->packed ? 0 : -1;
}

void position_network_release(struct position_network *nw)
{
	free(nw->packed);
}

void position_input(const float *tables, const struct vectors *v, const struct position_view *view,
		    float *x)
{
	for (uint32_t i = 0; i < view->n; i++)
		vectors_fetch(v, view->tokens[i].vector);
	for (uint32_t i = 0; i < view->n; i++, x += P_INPUT) {
		const struct view_token *k = &view->tokens[i];
		const float *table = tables;
		size_t at = 2 * VECTOR_SIZE;
		vectors_put(v, k->vector, x);
		vectors_put(v, k->governor, x + VECTOR_SIZE);
#define X(name, rows_of, size)                                                                     \
	memcpy(x + at, table + (size_t)k->rows[VIEW_##name] * (size), (size) * sizeof *x);         \
	table += (rows_of) * (size);                                                               \
	at += size;
		VIEW_EMBEDDINGS(X)
#undef X
		for (unsigned b = 0; b < VIEW_BITS; b++)
			x[at + b] = (float)(k->bits >> b & 1);
	}
}

static void put_state(const float *h, uint8_t at, float *out)
{
	if (at == VIEW_NONE)
		memset(out, 0, P_STATE * sizeof *out);
	else
		memcpy(out, h + (size_t)at * P_STATE, P_STATE * sizeof *out);
}

static void put_largest(const struct position_view *view, const float *h, uint8_t *from, float *out)
{
	bool is_first = true;
	for (uint32_t i = view->from; i <= view->to; i++) {
		const float *state = h + (size_t)i * P_STATE;
		if (!(view->tokens[i].bits >> VIEW_CONTENT & 1))
			continue;
		for (size_t d = 0; d < P_STATE; d++)
			if (is_first || state[d] > out[d]) {
				out[d] = state[d];
				from[d] = (uint8_t)i;
			}
		is_first = false;
	}
	if (is_first) {
		memset(out, 0, P_STATE * sizeof *out);
		memset(from, VIEW_NONE, P_STATE);
	}
}

void position_hidden(const struct position_network *nw, const struct position_view *view,
		     const float *h, struct position_pass *p)
{
	const struct position_deep *w = nw->deep;
	put_state(h, view->top, p->whole);
	put_state(h, view->cue, p->whole + P_STATE);
	put_largest(view, h, p->largest, p->whole + 2 * P_STATE);
	product_affine(&nw->none, p->whole, w->none_bias, p->none_hidden, 1);
	product_affine(&nw->whole, p->whole, w->hidden_bias, p->shared, 1);
	for (size_t c = 0; c < view->n_candidates; c++) {
		put_state(h, view->candidates[c].at, p->own[c]);
		put_state(h, view->candidates[c].governor, p->own[c] + P_STATE);
		memcpy(p->own[c] + 2 * P_STATE,
		       w->effects + (size_t)view->candidates[c].effect * P_EFFECT,
		       P_EFFECT * sizeof *w->effects);
		memcpy(p->hidden[c], p->shared, sizeof p->shared);
	}
	product_add(&nw->own, p->own[0], P_OWN, p->hidden[0], P_HIDDEN, view->n_candidates);
}

static float rectified(float x)
{
	return x > 0 ? x : MATRIX_LEAK * x;
}

void position_logits(const struct position_deep *w, const struct position_view *view,
		     const float *mask, const float *none_mask, struct position_pass *p)
{
	float none = w->none_out_bias[0];
	for (size_t d = 0; d < P_NONE_HIDDEN; d++)
		none += rectified(p->none_hidden[d]) * (none_mask ? none_mask[d] : 1) *
			w->none_out[d];
	p->p[0] = none;
	for (size_t c = 0; c < view->n_candidates; c++) {
		float *out = p->p + 1 + c * SIDES;
		for (size_t k = 0; k < SIDES; k++)
			out[k] = w->out_bias[k] + p->wide_whole[k] + p->wide[c][k];
		for (size_t d = 0; d < P_HIDDEN; d++) {
			float x = rectified(p->hidden[c][d]) * (mask ? mask[d] : 1);
			for (size_t k = 0; k < SIDES; k++)
				out[k] += x * w->out[d * SIDES + k];
		}
	}
}

void position_wide(const float *wide, const struct position_view *view, struct view_list list,
		   float out[SIDES])
{
	for (size_t k = 0; k < SIDES; k++)
		out[k] = 0;
	for (size_t i = list.from; i < (size_t)list.from + list.n; i++)
		for (size_t k = 0; k < SIDES; k++)
			out[k] += wide[(size_t)view->features[i] * SIDES + k];
}

static void add_wide(const struct position_network *nw, const struct position_view *view,
		     struct view_list list, float out[SIDES])
{
	if (nw->wide) {
		position_wide(nw->wide, view, list, out);
		return;
	}
	memset(out, 0, SIDES * sizeof *out);
	half_add_rows(nw->wide_halves, SIDES, view->features + list.from, list.n, out);
}

void position_run(const struct position_network *nw, const struct vectors *v,
		  const struct position_view *view, struct position_room *room)
{
	struct position_pass *p = &room->pass;
	add_wide(nw, view, view->sparse, p->wide_whole);
	for (size_t c = 0; c < view->n_candidates; c++)
		add_wide(nw, view, view->candidates[c].sparse, p->wide[c]);
	position_input(nw->deep->table_deprel, v, view, room->x);
	encoder_run(&nw->encoder, room->x, &view->n, 1, room->u, room->h);
	position_hidden(nw, view, room->h, p);
	position_logits(nw->deep, view, NULL, NULL, p);
	matrix_softmax(p->p, 1 + view->n_candidates * SIDES);
}
