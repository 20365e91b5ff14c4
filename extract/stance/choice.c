/* The forward pass. */
#include "extract/stance/choice.h"

#include <string.h>

#include "extract/syntax/matrix.h"

size_t choice_size(size_t outcomes)
{
	return (size_t)CHOICE_PLACES * (CHOICE_HIDDEN + outcomes) +
	       (size_t)CHOICE_NUMBERS * CHOICE_HIDDEN + CHOICE_HIDDEN + CHOICE_HIDDEN * outcomes +
	       outcomes;
}

struct choice_weights choice_view(float *w, size_t outcomes)
{
	struct choice_weights v = {.outcomes = outcomes, .rows = w};
	v.numbers = v.rows + (size_t)CHOICE_PLACES * CHOICE_HIDDEN;
	v.hidden_bias = v.numbers + (size_t)CHOICE_NUMBERS * CHOICE_HIDDEN;
	v.out = v.hidden_bias + CHOICE_HIDDEN;
	v.out_bias = v.out + CHOICE_HIDDEN * outcomes;
	v.wide = v.out_bias + outcomes;
	return v;
}

void choice_add(struct choice_input *x, unsigned template, uint64_t value)
{
	if (x->n < CHOICE_FEATURES)
		x->at[x->n++] = (uint16_t)(choice_mix(template + 1, value) >> (64 - CHOICE_BITS));
}

void choice_forward(const struct choice_weights *w, const struct choice_input *x, float *hidden,
		    float *logits)
{
	memcpy(hidden, w->hidden_bias, CHOICE_HIDDEN * sizeof *hidden);
	matrix_add(x->numbers, w->numbers, hidden, 1, CHOICE_NUMBERS, CHOICE_HIDDEN);
	memcpy(logits, w->out_bias, w->outcomes * sizeof *logits);
	for (uint32_t i = 0; i < x->n; i++) {
		const float *row = w->rows + (size_t)x->at[i] * CHOICE_HIDDEN,
			    *wide = w->wide + x->at[i] * w->outcomes;
		for (size_t k = 0; k < CHOICE_HIDDEN; k++)
			hidden[k] += row[k];
		for (size_t k = 0; k < w->outcomes; k++)
			logits[k] += wide[k];
	}
	matrix_rectify(hidden, CHOICE_HIDDEN);
	matrix_add(hidden, w->out, logits, 1, CHOICE_HIDDEN, w->outcomes);
}
