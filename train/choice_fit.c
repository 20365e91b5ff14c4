/* One case after another, with steps of their own for each weight. */
#include "train/choice_fit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "extract/syntax/matrix.h"
#include "train/random.h"
#include "train/room.h"

struct fit {
	const struct choice_settings *s;
	size_t size;
	float *flat, *squares;
	struct choice_weights w;
	float rate;
	uint64_t seed;
};

/* One candidate's pass, with what was dropped. */
struct pass {
	struct choice_input x;
	float hidden[CHOICE_HIDDEN], mask[CHOICE_HIDDEN], d_hidden[CHOICE_HIDDEN];
	float logits[CHOICE_OUTCOMES];
};

static void step(struct fit *f, float *w, float slope)
{
	size_t i = (size_t)(w - f->flat);
	slope += f->s->decay * *w;
	f->squares[i] += slope * slope;
	*w -= f->rate * slope / sqrtf(f->squares[i] + 1.0f);
}

static void forward(struct fit *f, const struct choice_input *x, struct pass *p)
{
	const struct choice_weights *w = &f->w;
	float keep = 1 - f->s->drop_feature, scale = 1 / keep;
	p->x.n = 0;
	for (uint32_t i = 0; i < x->n; i++)
		if (random_unit(&f->seed) < keep)
			p->x.at[p->x.n++] = x->at[i];
	for (size_t k = 0; k < CHOICE_NUMBERS; k++)
		p->x.numbers[k] = x->numbers[k];
	memcpy(p->hidden, w->hidden_bias, sizeof p->hidden);
	matrix_multiply(p->x.numbers, CHOICE_NUMBERS, w->numbers, CHOICE_HIDDEN, p->hidden,
			CHOICE_HIDDEN, 1, CHOICE_NUMBERS, CHOICE_HIDDEN);
	memcpy(p->logits, w->out_bias, w->outcomes * sizeof *p->logits);
	for (uint32_t i = 0; i < p->x.n; i++) {
		const float *row = w->rows + (size_t)p->x.at[i] * CHOICE_HIDDEN,
			    *wide = w->wide + p->x.at[i] * w->outcomes;
		for (size_t k = 0; k < CHOICE_HIDDEN; k++)
			p->hidden[k] += scale * row[k];
		for (size_t k = 0; k < w->outcomes; k++)
			p->logits[k] += scale * wide[k];
	}
	for (size_t k = 0; k < CHOICE_HIDDEN; k++) {
		float slope = p->hidden[k] > 0 ? 1 : MATRIX_LEAK;
		p->mask[k] = random_unit(&f->seed) < f->s->drop_hidden
				     ? 0
				     : slope / (1 - f->s->drop_hidden);
		p->hidden[k] *= p->mask[k];
	}
	matrix_multiply(p->hidden, CHOICE_HIDDEN, w->out, w->outcomes, p->logits, w->outcomes, 1,
			CHOICE_HIDDEN, w->outcomes);
}

/* p->logits are derivatives now. */
static void backward(struct fit *f, struct pass *p)
{
	struct choice_weights *w = &f->w;
	for (size_t h = 0; h < CHOICE_HIDDEN; h++) {
		float d = 0;
		for (size_t k = 0; k < w->outcomes; k++) {
			float *out = w->out + h * w->outcomes + k;
			d += p->logits[k] * *out;
			step(f, out, p->logits[k] * p->hidden[h]);
		}
		p->d_hidden[h] = d * p->mask[h];
		step(f, &w->hidden_bias[h], p->d_hidden[h]);
	}
	for (size_t k = 0; k < w->outcomes; k++)
		step(f, &w->out_bias[k], p->logits[k]);
	for (size_t i = 0; i < CHOICE_NUMBERS; i++)
		for (size_t h = 0; p->x.numbers[i] != 0 && h < CHOICE_HIDDEN; h++)
			step(f, w->numbers + i * CHOICE_HIDDEN + h,
			     p->x.numbers[i] * p->d_hidden[h]);
	for (uint32_t i = 0; i < p->x.n; i++) {
		for (size_t h = 0; h < CHOICE_HIDDEN; h++)
			step(f, w->rows + (size_t)p->x.at[i] * CHOICE_HIDDEN + h, p->d_hidden[h]);
		for (size_t k = 0; k < w->outcomes; k++)
			step(f, w->wide + p->x.at[i] * w->outcomes + k, p->logits[k]);
	}
}

static void take(struct fit *f, const struct choice_case *c, struct pass *passes)
{
	size_t k = f->w.outcomes, n = c->n < CHOICE_CANDIDATES ? c->n : CHOICE_CANDIDATES;
	float top = -INFINITY, sum = 0;
	for (size_t i = 0; i < n; i++) {
		forward(f, &c->x[i], &passes[i]);
		for (size_t o = 0; o < k; o++)
			top = fmaxf(top, passes[i].logits[o]);
	}
	for (size_t i = 0; i < n; i++)
		for (size_t o = 0; o < k; o++)
			sum += expf(passes[i].logits[o] - top);
	for (size_t i = 0; i < n; i++) {
		for (size_t o = 0; o < k; o++)
			passes[i].logits[o] = c->weight * (expf(passes[i].logits[o] - top) / sum -
							   c->gold[i * k + o]);
		backward(f, &passes[i]);
	}
}

static void draw(struct fit *f)
{
	float width = 0.05f, wide = 0.2f;
	memset(f->flat, 0, f->size * sizeof *f->flat);
	for (float *w = f->w.rows; w < f->w.numbers; w++)
		*w = (2 * random_unit(&f->seed) - 1) * width;
	for (float *w = f->w.numbers; w < f->w.hidden_bias; w++)
		*w = (2 * random_unit(&f->seed) - 1) * width;
	for (float *w = f->w.out; w < f->w.out_bias; w++)
		*w = (2 * random_unit(&f->seed) - 1) * wide;
}

void choice_fit(float *w, size_t outcomes, const struct choice_case *cases, size_t n,
		const struct choice_settings *s, uint64_t seed)
{
	struct fit f = {.s = s, .size = choice_size(outcomes), .flat = w, .seed = seed};
	size_t *order = room(n + 1, sizeof *order);
	struct pass *passes = room(CHOICE_CANDIDATES, sizeof *passes);
	f.squares = room(f.size, sizeof *f.squares);
	f.w = choice_view(w, outcomes);
	draw(&f);
	for (size_t i = 0; i < n; i++)
		order[i] = i;
	for (size_t round = 0; round < s->rounds; round++) {
		f.rate = s->rate * (1 - 0.9f * (float)round / (float)s->rounds);
		for (size_t i = n; i > 1; i--) {
			size_t k = random_next(&f.seed) % i, kept = order[i - 1];
			order[i - 1] = order[k];
			order[k] = kept;
		}
		for (size_t i = 0; i < n; i++)
			take(&f, &cases[order[i]], passes);
	}
	free(f.squares);
	free(passes);
	free(order);
}
