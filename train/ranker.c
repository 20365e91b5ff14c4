/* Cases in flat arrays, and the fit. */
#include "train/ranker.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "train/random.h"

/* Chosen on the development part: more rounds, stronger decay and dropped features made nothing
 * better. */
enum { ROUNDS = 6, ORDERS = 2, CANDIDATES_MAX = 1024 };
static const double rate = 0.1, decay = 1e-5;

static void grow(void *array, size_t *cap, size_t need, size_t size)
{
	void **a = array;
	if (need <= *cap)
		return;
	*cap = *cap ? 2 * *cap : 4096;
	*cap = need > *cap ? need : *cap;
	*a = realloc(*a, *cap * size);
	if (!*a) {
		fprintf(stderr, "memory is used up\n");
		exit(1);
	}
}

void ranker_release(struct ranker *r)
{
	free(r->cases);
	free(r->start);
	free(r->is_right);
	free(r->at);
	*r = (struct ranker){0};
}

void ranker_add(struct ranker *r, const struct features *f, bool is_right)
{
	size_t cap = r->cap_candidates;
	grow(&r->start, &cap, r->n_candidates + 2, sizeof *r->start);
	grow(&r->is_right, &r->cap_candidates, r->n_candidates + 2, sizeof *r->is_right);
	grow(&r->at, &r->cap_at, r->n_at + f->n, sizeof *r->at);
	memcpy(r->at + r->n_at, f->at, f->n * sizeof *r->at);
	r->start[r->n_candidates] = r->n_at;
	r->is_right[r->n_candidates++] = is_right;
	r->n_at += f->n;
	r->start[r->n_candidates] = r->n_at;
}

void ranker_end_case(struct ranker *r)
{
	size_t first = r->n_cases ? r->cases[r->n_cases - 1].first + r->cases[r->n_cases - 1].n : 0;
	grow(&r->cases, &r->cap_cases, r->n_cases + 1, sizeof *r->cases);
	r->cases[r->n_cases++] = (struct ranker_case){first, r->n_candidates - first};
}

struct fit {
	const struct ranker *r;
	float *w, *squares;
	double rate;
};

static double score(const struct fit *f, size_t candidate)
{
	double sum = 0;
	for (size_t k = f->r->start[candidate]; k < f->r->start[candidate + 1]; k++)
		sum += (double)f->w[f->r->at[k]];
	return sum;
}

static void step(const struct fit *f, size_t candidate, double gradient)
{
	for (size_t k = f->r->start[candidate]; k < f->r->start[candidate + 1]; k++) {
		uint32_t i = f->r->at[k];
		double d = gradient - decay * (double)f->w[i];
		f->squares[i] += (float)(d * d);
		f->w[i] += (float)(f->rate * d / sqrt((double)f->squares[i] + 1));
	}
}

static void step_single(const struct fit *f, size_t candidate)
{
	step(f, candidate,
	     (f->r->is_right[candidate] ? 1 : 0) - 1 / (1 + exp(-score(f, candidate))));
}

/* Makes the right candidates, together, more probable among all. */
static void step_ranked(const struct fit *f, const struct ranker_case *c)
{
	double p[CANDIDATES_MAX], top = -INFINITY, all = 0, right = 0;
	size_t n = c->n < CANDIDATES_MAX ? c->n : CANDIDATES_MAX;
	for (size_t i = 0; i < n; i++) {
		p[i] = score(f, c->first + i);
		top = p[i] > top ? p[i] : top;
	}
	for (size_t i = 0; i < n; i++) {
		p[i] = exp(p[i] - top);
		all += p[i];
		right += f->r->is_right[c->first + i] ? p[i] : 0;
	}
	for (size_t i = 0; i < n && right > 0; i++) {
		double d = (f->r->is_right[c->first + i] ? p[i] / right : 0) - p[i] / all;
		if (fabs(d) > 1e-4)
			step(f, c->first + i, d);
	}
}

static void fit_order(struct fit *f, uint64_t seed, size_t *order)
{
	size_t n = f->r->n_cases;
	for (size_t i = 0; i < n; i++)
		order[i] = i;
	for (int round = 0; round < ROUNDS; round++) {
		f->rate = rate * (1 - 0.8 * round / ROUNDS);
		for (size_t i = n; i > 1; i--) {
			size_t k = random_next(&seed) % i, kept = order[i - 1];
			order[i - 1] = order[k];
			order[k] = kept;
		}
		for (size_t i = 0; i < n; i++) {
			const struct ranker_case *c = &f->r->cases[order[i]];
			if (c->n == 1)
				step_single(f, c->first);
			else
				step_ranked(f, c);
		}
	}
}

void ranker_fit(const struct ranker *r, float share, float *weights)
{
	struct fit f = {.r = r,
			.w = malloc(FEATURE_PLACES * sizeof *f.w),
			.squares = malloc(FEATURE_PLACES * sizeof *f.squares)};
	size_t *order = malloc((r->n_cases + 1) * sizeof *order);
	if (!f.w || !f.squares || !order) {
		fprintf(stderr, "memory is used up\n");
		exit(1);
	}
	for (uint64_t k = 0; k < ORDERS; k++) {
		memset(f.w, 0, FEATURE_PLACES * sizeof *f.w);
		memset(f.squares, 0, FEATURE_PLACES * sizeof *f.squares);
		fit_order(&f, 88172645463325252u + 7919 * k, order);
		for (size_t i = 0; i < FEATURE_PLACES; i++)
			weights[i] += share * f.w[i] / ORDERS;
	}
	free(f.w);
	free(f.squares);
	free(order);
}
