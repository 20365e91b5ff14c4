/* The forward pass. */
#include "extract/stance/choice.h"

#include <string.h>

#include "extract/syntax/half.h"
#include "extract/syntax/matrix.h"

size_t choice_dense_size(size_t outcomes)
{
	return (size_t)CHOICE_NUMBERS * CHOICE_HIDDEN + CHOICE_HIDDEN + CHOICE_HIDDEN * outcomes +
	       outcomes;
}

size_t choice_size(size_t outcomes)
{
	return (size_t)CHOICE_PLACES * (CHOICE_HIDDEN + outcomes) + choice_dense_size(outcomes);
}

/* All but the rows of places. */
static struct choice_weights view_dense(float *dense, size_t outcomes)
{
	struct choice_weights v = {.outcomes = outcomes, .numbers = dense};
	v.hidden_bias = v.numbers + (size_t)CHOICE_NUMBERS * CHOICE_HIDDEN;
	v.out = v.hidden_bias + CHOICE_HIDDEN;
	v.out_bias = v.out + CHOICE_HIDDEN * outcomes;
	return v;
}

struct choice_weights choice_view(float *w, size_t outcomes)
{
	struct choice_weights v = view_dense(w + (size_t)CHOICE_PLACES * CHOICE_HIDDEN, outcomes);
	v.rows = w;
	v.wide = v.out_bias + outcomes;
	return v;
}

struct choice_weights choice_view_halves(const unsigned char *halves, size_t outcomes, float *dense)
{
	enum { HALF = 2 };
	struct choice_weights v = view_dense(dense, outcomes);
	const unsigned char *middle = halves + (size_t)HALF * CHOICE_PLACES * CHOICE_HIDDEN;
	half_unpack(middle, choice_dense_size(outcomes), dense);
	v.row_halves = halves;
	v.wide_halves = middle + HALF * choice_dense_size(outcomes);
	return v;
}

void choice_add(struct choice_input *x, unsigned template, uint64_t value)
{
	if (x->n < CHOICE_FEATURES)
		x->at[x->n++] = (uint32_t)(choice_mix(template + 1, value) >> (64 - CHOICE_BITS));
}

static void add_rows(const struct choice_weights *w, const struct choice_input *x, float *hidden,
		     float *logits)
{
	for (uint32_t i = 0; i < x->n; i++) {
		const float *row = w->rows + (size_t)x->at[i] * CHOICE_HIDDEN,
			    *wide = w->wide + x->at[i] * w->outcomes;
		for (size_t k = 0; k < CHOICE_HIDDEN; k++)
			hidden[k] += row[k];
		for (size_t k = 0; k < w->outcomes; k++)
			logits[k] += wide[k];
	}
}

static void add_row_halves(const struct choice_weights *w, const struct choice_input *x,
			   float *hidden, float *logits)
{
	half_add_rows(w->row_halves, CHOICE_HIDDEN, x->at, x->n, hidden);
	half_add_rows(w->wide_halves, w->outcomes, x->at, x->n, logits);
}

void choice_forward(const struct choice_weights *w, const struct choice_input *x, float *hidden,
		    float *logits)
{
	memcpy(hidden, w->hidden_bias, CHOICE_HIDDEN * sizeof *hidden);
	matrix_add(x->numbers, w->numbers, hidden, 1, CHOICE_NUMBERS, CHOICE_HIDDEN);
	memcpy(logits, w->out_bias, w->outcomes * sizeof *logits);
	if (w->rows)
		add_rows(w, x, hidden, logits);
	else
		add_row_halves(w, x, hidden, logits);
	matrix_rectify(hidden, CHOICE_HIDDEN);
	matrix_add(hidden, w->out, logits, 1, CHOICE_HIDDEN, w->outcomes);
}
