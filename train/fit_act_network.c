/* fit_act_network DATA OUT [FOLD]: fits data/act_network.bin (extract/stance/act_network.h) on the
 * train part of the coded corpus (train/position_cases.h), the contents as they are coded beside
 * those that the engine finds, and on the sentences beside it. With FOLD, a number below FOLDS, a
 * share of the articles is left out, and what the engine finds there scored instead of writing
 * anything.
 *
 * Adam with decay; the average of the last weights is kept. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "extract/extract.h"
#include "extract/syntax/half.h"
#include "extract/syntax/syntax.h"
#include "train/act_gradient.h"
#include "train/coded_sentences.h"
#include "train/model_write.h"
#include "train/position_cases.h"
#include "train/random.h"
#include "train/room.h"

enum { FOLDS = 5, ROUNDS = 14, BATCH = 8 };
static const uint64_t SEED = 11;
static const float RATE = 0.001f, KEEP = 0.9f, KEEP_SQUARE = 0.99f, TINY = 1e-8f, AVERAGE = 0.998f,
		   DECAY = 0.05f, TABLE_WIDTH = 0.3f;

struct fit {
	struct act_weights *w;
	float *mean, *square, *average, step;
};

/* --- lessons ---------------------------------------------------------------------------------- */

/* Shares of the lines that speak of what the engine finds; false: none does. */
static bool lesson_of(const struct position_case *c, struct act_lesson *x)
{
	float n = 0;
	*x = (struct act_lesson){.view = c->view};
	for (size_t l = 0; l < c->n_lines; l++)
		n += c->is_told[l];
	for (size_t l = 0; l < c->n_lines; l++)
		if (c->is_told[l]) {
			x->acts[c->lines[l]->act] += 1 / n;
			x->sides[c->lines[l]->side] += 1 / n;
		}
	return n > 0;
}

static size_t lessons_of(const struct position_cases *cases, size_t n_articles, int fold,
			 bool left_out, struct act_lesson *out)
{
	size_t n = 0;
	for (size_t i = 0; i < cases->n; i++) {
		const struct position_case *c = &cases->v[i];
		bool is_out = i < n_articles && (int)(c->number % FOLDS) == fold;
		if (is_out == left_out && (c->is_found || !left_out))
			n += lesson_of(c, &out[n]);
	}
	return n;
}

/* --- weights ---------------------------------------------------------------------------------- */

static struct act_weights *weights_new(uint64_t seed)
{
	struct act_weights *w = room(1, sizeof *w);
	struct act_deep *d = &w->deep;
	random_matrix(d->input, P_INPUT, AN_STATE, &seed);
	for (size_t l = 0; l < AN_LAYERS; l++) {
		random_matrix(d->layers[l].cell, AN_STATE, AN_STATE, &seed);
		random_matrix(d->layers[l].cell + AN_STATE * AN_STATE, 2 * AN_STATE, AN_STATE,
			      &seed);
	}
	random_matrix(d->whole, AN_WHOLE, AN_HIDDEN, &seed);
	random_matrix(d->out, AN_HIDDEN, ACT_COUNT, &seed);
	random_matrix(w->side_out, AN_HIDDEN, POSITION_COUNT, &seed);
	random_fill(d->tables, VIEW_TABLES, TABLE_WIDTH, &seed);
	return w;
}

/* d: the sum of a batch's gradients, cleared here. */
static void step(struct fit *f, float *d, float scale, float rate)
{
	float *w = (float *)f->w, t = ++f->step;
	float unbiased = rate * sqrtf(1 - powf(KEEP_SQUARE, t)) / (1 - powf(KEEP, t)),
	      average = fminf(AVERAGE, t / (t + 10));
	for (size_t i = 0; i < ACT_WEIGHTS; i++) {
		float slope = d[i] * scale;
		d[i] = 0;
		f->mean[i] = KEEP * f->mean[i] + (1 - KEEP) * slope;
		f->square[i] = KEEP_SQUARE * f->square[i] + (1 - KEEP_SQUARE) * slope * slope;
		w[i] -= unbiased * f->mean[i] / (sqrtf(f->square[i]) + TINY) + rate * DECAY * w[i];
		f->average[i] += (1 - average) * (w[i] - f->average[i]);
	}
}

/* --- the fit ---------------------------------------------------------------------------------- */

/* Up at once, then down to a twentieth. */
static float rate_at(double done)
{
	return (float)(done < 0.03 ? done / 0.03 : 1 - 0.95 * (done - 0.03) / 0.97);
}

static void shuffle(struct act_lesson *v, size_t n, uint64_t *seed)
{
	for (size_t i = n; i-- > 1;) {
		size_t k = random_next(seed) % (i + 1);
		struct act_lesson x = v[i];
		v[i] = v[k];
		v[k] = x;
	}
}

static struct act_weights *fit(const struct vectors *v, struct act_lesson *x, size_t n)
{
	struct act_gradient g;
	uint64_t seed = SEED;
	struct fit f = {.w = weights_new(SEED),
			.mean = room(ACT_WEIGHTS, sizeof *f.mean),
			.square = room(ACT_WEIGHTS, sizeof *f.square),
			.average = room(ACT_WEIGHTS, sizeof *f.average)};
	act_gradient_init(&g, f.w, v, SEED * 7 + 1);
	for (int round = 0; round < ROUNDS; round++) {
		double loss = 0;
		shuffle(x, n, &seed);
		for (size_t at = 0; at < n;) {
			size_t taken = 0;
			float share = rate_at((round + (double)at / (double)n) / ROUNDS);
			for (; at < n && taken < BATCH; at++, taken++)
				loss += act_gradient_take(&g, &x[at]);
			step(&f, g.b.d, 1 / (float)taken, RATE * share);
		}
		fprintf(stderr, "round %d: loss %.3f\n", round + 1, loss / (double)n);
	}
	memcpy(f.w, f.average, ACT_WEIGHTS * sizeof *f.average);
	act_gradient_release(&g);
	free(f.mean);
	free(f.square);
	free(f.average);
	return f.w;
}

static void score(const struct act_weights *w, const struct vectors *v, const struct act_lesson *x,
		  size_t n)
{
	struct act_room *r = room(1, sizeof *r);
	struct act_network nw = act_network_of(&w->deep);
	size_t right = 0;
	for (size_t i = 0; i < n; i++) {
		float acts[ACT_COUNT];
		size_t best = 0;
		act_network_run(&nw, v, x[i].view, r, acts);
		for (size_t k = 1; k < ACT_COUNT; k++)
			best = acts[k] > acts[best] ? k : best;
		right += x[i].acts[best] > 0;
	}
	printf("acts of %zu statements by their words alone: %.1f %% right\n", n,
	       100.0 * (double)right / (double)n);
	free(r);
}

static bool write_weights(const struct act_weights *w, const char *path)
{
	static unsigned char bytes[2 * ACT_DEEP];
	half_pack((const float *)&w->deep, ACT_DEEP, bytes);
	const struct str body = {(const char *)bytes, sizeof bytes};
	return model_write(path, ACT_NETWORK_KIND, ACT_NETWORK_VERSION, &body, 1);
}

int main(int argc, char **argv)
{
	struct err e = {0};
	struct coded corpus, sentences;
	struct position_cases cases = {0};
	struct arena a;
	bool ok = true;
	if (argc != 3 && argc != 4) {
		fprintf(stderr, "usage: fit_act_network DATA OUT [FOLD]\n");
		return 2;
	}
	int fold = argc == 4 ? (int)strtol(argv[3], NULL, 10) : FOLDS;
	arena_init(&a, SIZE_MAX);
	struct engine *en = engine_open_without_positions(&e);
	if (!en || coded_read(argv[1], &a, &corpus, &e) < 0 ||
	    coded_sentences_read("train/position_sentences.tsv", &a, &sentences, &e) < 0) {
		fprintf(stderr, "fit_act_network: %s\n", e.message);
		return 1;
	}
	position_cases_read(en, &corpus, CODED_TRAIN, &a, &cases);
	size_t n_articles = cases.n;
	position_cases_read(en, &sentences, CODED_TRAIN, &a, &cases);
	const struct vectors *v = syntax_vectors(en->syntax);
	struct act_lesson *x = room(cases.n + 1, sizeof *x);
	struct act_weights *w = fit(v, x, lessons_of(&cases, n_articles, fold, false, x));
	if (fold < FOLDS)
		score(w, v, x, lessons_of(&cases, n_articles, fold, true, x));
	else
		ok = write_weights(w, argv[2]);
	free(w);
	free(x);
	engine_close(en);
	arena_release(&a);
	return ok ? 0 : 1;
}
