/* The forward pass. */
#include "extract/stance/act_network.h"

#include <stdlib.h>
#include <string.h>

#include "extract/syntax/matrix.h"

struct act_network act_network_of(const struct act_deep *d)
{
	return (struct act_network){
		.deep = d,
		.encoder = encoder_of(AN_HALF, AN_LAYERS, P_INPUT, d->input, d->input_bias,
				      d->layers[0].cell),
		.whole = product_of(d->whole, AN_WHOLE, AN_HIDDEN),
	};
}

int act_network_pack(struct act_network *nw)
{
	struct product *list[ENCODER_PRODUCTS_MAX + 1];
	size_t n = encoder_products(&nw->encoder, list);
	list[n++] = &nw->whole;
	nw->packed = products_pack(list, n);
	return nw->packed ? 0 : -1;
}

void act_network_release(struct act_network *nw)
{
	free(nw->packed);
}

static void put_state(const float *h, uint8_t at, float *out)
{
	if (at != VIEW_NONE)
		memcpy(out, h + (size_t)at * AN_STATE, AN_STATE * sizeof *out);
}

static void put_content(const struct position_view *view, const float *h, struct act_pass *p)
{
	float *largest = p->whole + 2 * AN_STATE, *mean = p->whole + 3 * AN_STATE;
	p->words = 0;
	memset(p->largest, VIEW_NONE, sizeof p->largest);
	for (uint32_t i = view->from; i <= view->to; i++) {
		const float *state = h + (size_t)i * AN_STATE;
		if (!(view->tokens[i].bits >> VIEW_CONTENT & 1))
			continue;
		for (size_t d = 0; d < AN_STATE; d++) {
			mean[d] += state[d];
			if (p->words > 0 && state[d] <= largest[d])
				continue;
			largest[d] = state[d];
			p->largest[d] = (uint8_t)i;
		}
		p->words++;
	}
	for (size_t d = 0; d < AN_STATE && p->words > 0; d++)
		mean[d] /= p->words;
}

void act_hidden(const struct act_network *nw, const struct position_view *view, const float *h,
		struct act_pass *p)
{
	memset(p->whole, 0, sizeof p->whole);
	put_state(h, view->top, p->whole);
	put_state(h, view->cue, p->whole + AN_STATE);
	put_content(view, h, p);
	product_affine(&nw->whole, p->whole, nw->deep->hidden_bias, p->hidden, 1);
}

void act_network_run(const struct act_network *nw, const struct vectors *v,
		     const struct position_view *view, struct act_room *room, float acts[ACT_COUNT])
{
	const struct act_deep *w = nw->deep;
	float *hidden = room->pass.hidden;
	position_input(w->tables, v, view, room->x);
	encoder_run(&nw->encoder, room->x, &view->n, 1, room->u, room->h);
	act_hidden(nw, view, room->h, &room->pass);
	matrix_rectify(hidden, AN_HIDDEN);
	memcpy(acts, w->out_bias, sizeof w->out_bias);
	matrix_add(hidden, w->out, acts, 1, AN_HIDDEN, ACT_COUNT);
	matrix_softmax(acts, ACT_COUNT);
}
