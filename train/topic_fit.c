/* Adagrad (Duchi, Hazan and Singer 2011) over one lesson at a time, with dropout of words and
 * features. */
#include "train/topic_fit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "extract/syntax/matrix.h"
#include "train/random.h"
#include "train/room.h"

/* Chosen by cross-validation over the titles. */
static const float ROW_RATE = 0.1f, LAYER_RATE = 0.02f, SLOWER = 0.9f, DROP_FEATURE = 0.45f,
		   DROP_WORD = 0.2f, TINY = 1e-3f;
static const uint64_t SEED = 88172645463325252u;

struct fit {
	const struct topics *ts;
	struct topic_weights *w, squares;
	uint64_t random;
	float row_rate, layer_rate;
};

static void start(float *w, size_t n, float width, uint64_t *random)
{
	for (size_t i = 0; i < n; i++)
		w[i] = (2 * random_unit(random) - 1) * width;
}

static void weights_init(struct topic_weights *w, uint64_t *random)
{
	*w = (struct topic_weights){.rows = room(TOPIC_ROWS, sizeof *w->rows)};
	struct topic_layers *l = &w->layers;
	const float in = 1 / sqrtf(VECTOR_SIZE);
	start(l->word, VECTOR_SIZE * TOPIC_UNITS, 1.5f * in, random);
	start(l->mean, VECTOR_SIZE * TOPIC_MEANS, 1.7f * in, random);
	start(l->out, TOPIC_STATE * TOPIC_CLASSES, 1 / sqrtf(TOPIC_STATE), random);
	l->row_scale = 1;
}

static void step(float *w, float *square, float slope, float rate)
{
	*square += slope * slope;
	*w -= rate * slope / (sqrtf(*square) + TINY);
}

/* Some of the words and features, as if the rest were not there. */
static void drop(struct fit *f, const struct topic_words *all, struct topic_words *out)
{
	out->n_features = out->n_vectors = 0;
	out->n_words = all->n_words;
	for (size_t i = 0; i < all->n_features; i++)
		if (random_unit(&f->random) >= DROP_FEATURE)
			out->features[out->n_features++] = all->features[i];
	for (size_t i = 0; i < all->n_vectors; i++)
		if (random_unit(&f->random) >= DROP_WORD)
			out->vectors[out->n_vectors++] = all->vectors[i];
}

static void learn_rows(struct fit *f, const struct topic_words *w, const float *slope, float scale)
{
	for (size_t i = 0; i < w->n_features; i++) {
		float *row = f->w->rows[w->features[i]], *square = f->squares.rows[w->features[i]];
		for (size_t c = 0; c < TOPIC_CLASSES; c++)
			step(&row[c], &square[c], scale * slope[c], f->row_rate);
	}
}

static void learn_unit(struct fit *f, size_t unit, float slope, const float *x, float factor)
{
	bool is_mean = unit >= TOPIC_UNITS;
	struct topic_layers *l = &f->w->layers, *s = &f->squares.layers;
	size_t at = is_mean ? unit - TOPIC_UNITS : unit, all = is_mean ? TOPIC_MEANS : TOPIC_UNITS;
	float *w = is_mean ? l->mean : l->word, *square = is_mean ? s->mean : s->word;
	step(is_mean ? &l->mean_bias[at] : &l->word_bias[at],
	     is_mean ? &s->mean_bias[at] : &s->word_bias[at], slope, f->layer_rate);
	for (size_t d = 0; d < VECTOR_SIZE; d++)
		step(&w[d * all + at], &square[d * all + at], slope * x[d] * factor, f->layer_rate);
}

/* slope: of the loss, by class. */
static void learn_layers(struct fit *f, const struct topic_words *w, const float *state,
			 const float *mean, const int *which, const float *slope)
{
	const float quarter = 0.25f; /* as topic_state scales a word */
	struct topic_layers *l = &f->w->layers, *s = &f->squares.layers;
	for (size_t u = 0; u < TOPIC_STATE; u++) {
		float *out = &l->out[u * TOPIC_CLASSES], back = 0, x[VECTOR_SIZE];
		if (state[u] <= 0)
			continue;
		for (size_t c = 0; c < TOPIC_CLASSES; c++) {
			back += out[c] * slope[c];
			step(&out[c], &s->out[u * TOPIC_CLASSES + c], slope[c] * state[u],
			     f->layer_rate);
		}
		if (u < TOPIC_UNITS)
			topic_vector(f->ts, w->vectors[which[u]], x);
		learn_unit(f, u, back, u < TOPIC_UNITS ? x : mean, u < TOPIC_UNITS ? quarter : 1);
	}
	for (size_t c = 0; c < TOPIC_CLASSES; c++)
		step(&l->out_bias[c], &s->out_bias[c], slope[c], f->layer_rate);
}

static double learn(struct fit *f, const struct topic_lesson *lesson)
{
	struct topic_words w;
	float state[TOPIC_STATE], mean[VECTOR_SIZE], y[TOPIC_CLASSES];
	int which[TOPIC_UNITS];
	drop(f, &lesson->words, &w);
	if (!topic_state(f->ts, &w, state, mean, which))
		return 0;
	const struct topic_layers *l = &f->w->layers;
	matrix_affine(state, l->out, l->out_bias, y, 1, TOPIC_STATE, TOPIC_CLASSES);
	float scale = w.n_features ? 1 / sqrtf((float)w.n_features) : 0;
	for (size_t i = 0; i < w.n_features; i++)
		for (size_t c = 0; c < TOPIC_CLASSES; c++)
			y[c] += scale * f->w->rows[w.features[i]][c];
	matrix_softmax(y, TOPIC_CLASSES);
	double loss = -log((double)y[lesson->class] + 1e-9);
	y[lesson->class] -= 1;
	learn_layers(f, &w, state, mean, which, y);
	learn_rows(f, &w, y, scale);
	return loss;
}

static void shuffle(size_t *order, size_t n, uint64_t *random)
{
	for (size_t i = n; i > 1; i--) {
		size_t k = random_next(random) % i, kept = order[i - 1];
		order[i - 1] = order[k];
		order[k] = kept;
	}
}

void topic_fit(const struct topics *ts, const struct topic_lesson *lessons, size_t n,
	       unsigned rounds, struct topic_weights *out)
{
	struct topics with = *ts;
	struct fit f = {.ts = &with, .w = out, .random = SEED};
	weights_init(out, &f.random);
	f.squares.rows = room(TOPIC_ROWS, sizeof *f.squares.rows);
	topics_use(&with, &out->layers);
	size_t *order = room(n, sizeof *order);
	for (size_t i = 0; i < n; i++)
		order[i] = i;
	for (unsigned r = 0; r < rounds; r++) {
		float left = 1 - SLOWER * (float)r / (float)rounds;
		double loss = 0;
		f.row_rate = ROW_RATE * left;
		f.layer_rate = LAYER_RATE * left;
		shuffle(order, n, &f.random);
		for (size_t i = 0; i < n; i++)
			loss += learn(&f, &lessons[order[i]]);
		fprintf(stderr, "round %u: loss %.4f\n", r + 1, loss / (double)n);
	}
	free(order);
	free(f.squares.rows);
}

void topic_weights_release(struct topic_weights *w)
{
	free(w->rows);
}

void topic_pack(struct topic_weights *w, int8_t (*rows)[TOPIC_CLASSES])
{
	const float largest = 127, width = 4; /* weights beyond are cut: there are next to none */
	w->layers.row_scale = width / largest;
	for (size_t r = 0; r < TOPIC_ROWS; r++)
		for (size_t c = 0; c < TOPIC_CLASSES; c++)
			rows[r][c] = (int8_t)lroundf(
				fmaxf(-largest, fminf(largest, w->rows[r][c] * largest / width)));
}
