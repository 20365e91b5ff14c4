/* Adam over the whole of the weights, with decay, and the average of the last ones. */
#include "train/stance_fit.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "train/random.h"
#include "train/room.h"

enum { THREADS = 2, BATCH = 32, ALL = sizeof(struct classifier_weights) / sizeof(float) };

static const float RATE = 0.002f, ACT_RATE = 0.002f, KEEP = 0.9f, KEEP_SQUARE = 0.99f, TINY = 1e-8f,
		   AVERAGE = 0.998f;
/* A share of each weight is taken off at each step, times the rate; of those of the hashed
 * features, more. */
static const float DECAY = 0.02f, WIDE_DECAY = 0.3f;

/* Rows start small: those of words more so, as what is rare must not weigh. */
static const float TABLE_WIDTH = 0.3f, WORD_WIDTH = 0.01f;

static const size_t ACT_FROM = offsetof(struct classifier_weights, act_hidden) / sizeof(float);

struct adam {
	struct classifier_weights *w;
	float *mean, *square, *average;
	size_t from, end; /* what is fitted */
	float step;
};

static void adam_init(struct adam *m, struct classifier_weights *w, size_t from, size_t end)
{
	*m = (struct adam){.w = w, .from = from, .end = end};
	m->mean = room(ALL, sizeof *m->mean);
	m->square = room(ALL, sizeof *m->square);
	m->average = room(ALL, sizeof *m->average);
	memcpy(m->average, w, sizeof *w);
}

static void adam_release(struct adam *m)
{
	free(m->mean);
	free(m->square);
	free(m->average);
}

static bool is_wide(size_t i)
{
	static const size_t stance = offsetof(struct classifier_weights, stance_wide) /
				     sizeof(float),
			    act = offsetof(struct classifier_weights, act_wide) / sizeof(float);
	return (i >= stance && i < stance + (size_t)A_WIDE * CLASSIFIER_CLASSES) || i >= act;
}

/* d: the sum of a batch's gradients, cleared here. */
static void adam_step(struct adam *m, float *d, float scale, float rate)
{
	float *w = (float *)m->w, t = ++m->step;
	float unbiased = rate * sqrtf(1 - powf(KEEP_SQUARE, t)) / (1 - powf(KEEP, t));
	float average = fminf(AVERAGE, t / (t + 10));
	for (size_t i = m->from; i < m->end; i++) {
		float slope = d[i] * scale;
		d[i] = 0;
		m->mean[i] = KEEP * m->mean[i] + (1 - KEEP) * slope;
		m->square[i] = KEEP_SQUARE * m->square[i] + (1 - KEEP_SQUARE) * slope * slope;
		w[i] -= unbiased * m->mean[i] / (sqrtf(m->square[i]) + TINY) +
			rate * (is_wide(i) ? WIDE_DECAY : DECAY) * w[i];
		m->average[i] += (1 - average) * (w[i] - m->average[i]);
	}
}

/* --- what is drawn ---------------------------------------------------------------------------- */

static void draw_acts(struct classifier_weights *w, uint64_t seed)
{
	memset(&w->act, 0, sizeof w->act);
	memset(w->act_wide, 0, sizeof w->act_wide);
	random_matrix(w->act_hidden, A_ACT_INPUT, A_HIDDEN, &seed);
	random_matrix(w->act.out, A_HIDDEN, A_COLUMNS, &seed);
}

struct classifier_weights *stance_weights_new(uint64_t seed)
{
	struct classifier_weights *w = room(1, sizeof *w);
	random_matrix(w->input, A_INPUT, A_STATE, &seed);
	for (size_t l = 0; l < A_LAYERS; l++) {
		random_matrix(w->layers[l].cell, A_STATE, A_STATE,
			      &seed); /* of the width of one of its three parts */
		random_matrix(w->layers[l].cell + A_STATE * A_STATE, 2 * A_STATE, A_STATE, &seed);
	}
	random_matrix(w->stance_hidden, A_READ, A_HIDDEN, &seed);
	random_matrix(w->stance.out, A_HIDDEN, A_COLUMNS, &seed);
#define X(name, rows, size)                                                                        \
	random_fill(w->table_##name, (size_t)(rows) * (size),                                      \
		    FEATURE_##name == FEATURE_word ? WORD_WIDTH : TABLE_WIDTH, &seed);
	FEATURE_EMBEDDINGS(X)
#undef X
	draw_acts(w, seed);
	return w;
}

/* --- the loops -------------------------------------------------------------------------------- */

struct job {
	struct stance_gradient g;
	const struct stance_example *batch[BATCH];
	size_t n;
	double loss;
};

static void *work(void *arg)
{
	struct job *j = arg;
	for (size_t k = 0; k < j->n; k++)
		j->loss += stance_gradient_take(&j->g, j->batch[k]);
	return NULL;
}

static void shuffle(uint32_t *order, size_t n, uint64_t *seed)
{
	for (size_t i = n; i > 1; i--) {
		size_t k = random_next(seed) % i;
		uint32_t x = order[i - 1];
		order[i - 1] = order[k];
		order[k] = x;
	}
}

static void run_batch(struct job *jobs, struct adam *m, size_t n, float rate)
{
	pthread_t thread;
	if (pthread_create(&thread, NULL, work, &jobs[1]))
		exit(1);
	work(&jobs[0]);
	pthread_join(thread, NULL);
	for (size_t i = m->from; i < m->end; i++) {
		jobs[0].g.b.d[i] += jobs[1].g.b.d[i];
		jobs[1].g.b.d[i] = 0;
	}
	adam_step(m, jobs[0].g.b.d, 1 / (float)n, rate);
}

/* Up at once, then down to a tenth. */
static float rate_at(double done)
{
	return (float)(done < 0.05 ? done / 0.05 : 1 - 0.95 * (done - 0.05) / 0.95);
}

void stance_fit(struct classifier_weights *w, const struct vectors *v,
		const struct stance_sides *examples, size_t n, size_t rounds, uint64_t seed,
		stance_watch *watch, void *context)
{
	struct job jobs[THREADS] = {0};
	struct adam m;
	uint32_t *order = room(n, sizeof *order);
	for (size_t i = 0; i < n; i++)
		order[i] = (uint32_t)i;
	for (size_t k = 0; k < THREADS; k++)
		stance_gradient_init(&jobs[k].g, w, v, seed * 7 + k + 1);
	adam_init(&m, w, 0, ACT_FROM);
	for (size_t round = 0; round < rounds; round++) {
		double loss = 0;
		shuffle(order, n, &seed);
		for (size_t at = 0; at < n;) {
			size_t taken = 0;
			jobs[0].n = jobs[1].n = 0;
			jobs[0].loss = jobs[1].loss = 0;
			for (; at < n && taken < BATCH; at++, taken++) {
				const struct stance_sides *s = &examples[order[at]];
				struct job *j = &jobs[taken % THREADS];
				j->batch[j->n++] =
					&s->side[s->side[1].features && random_unit(&seed) < 0.5f];
			}
			run_batch(jobs, &m, taken,
				  RATE * rate_at(((double)round + (double)at / (double)n) /
						 (double)rounds));
			loss += jobs[0].loss + jobs[1].loss;
		}
		if (watch)
			watch(context, round + 1, loss / (double)n,
			      (const struct classifier_weights *)m.average);
	}
	memcpy(w, m.average, ACT_FROM * sizeof(float));
	for (size_t k = 0; k < THREADS; k++)
		stance_gradient_release(&jobs[k].g);
	adam_release(&m);
	free(order);
}

float *stance_act_inputs(const struct classifier_weights *w, const struct vectors *v,
			 const struct stance_example *examples, size_t n)
{
	const struct classifier_network nw = classifier_network_of(w);
	float *x = room(n * A_ACT_INPUT, sizeof *x);
	for (size_t i = 0; i < n; i++)
		classifier_act_input(&nw, v, examples[i].features, x + i * A_ACT_INPUT);
	return x;
}

void stance_fit_acts(struct classifier_weights *w, const struct vectors *v,
		     const struct stance_example *examples, const float *inputs, size_t n,
		     uint64_t seed)
{
	struct stance_gradient g;
	struct adam m;
	uint32_t *order = room(n, sizeof *order);
	draw_acts(w, seed);
	for (size_t i = 0; i < n; i++)
		order[i] = (uint32_t)i;
	stance_gradient_init(&g, w, v, seed + 1);
	adam_init(&m, w, ACT_FROM, ALL);
	for (size_t round = 0; round < STANCE_ACT_ROUNDS; round++) {
		shuffle(order, n, &seed);
		for (size_t at = 0; at < n; at++) {
			stance_gradient_act(&g, &examples[order[at]],
					    inputs + (size_t)order[at] * A_ACT_INPUT);
			if (at % BATCH != BATCH - 1 && at + 1 < n)
				continue;
			adam_step(&m, g.b.d, 1.0f / (float)(at % BATCH + 1),
				  ACT_RATE * rate_at(((double)round + (double)at / (double)n) /
						     STANCE_ACT_ROUNDS));
		}
	}
	memcpy((float *)w + ACT_FROM, m.average + ACT_FROM, (ALL - ACT_FROM) * sizeof(float));
	stance_gradient_release(&g);
	adam_release(&m);
	free(order);
}
