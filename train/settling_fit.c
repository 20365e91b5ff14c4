/* Newton's method on the log-likelihood. */
#include "train/settling_fit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { N = SETTLING_WEIGHTS, STEPS = 25 };

/* What no reader of the corpus spoke of is wrong more often than not, but not always. */
static const float UNCODED = 0.25f;
static const double PENALTY = 1;

void settling_add(struct settling_examples *x, const struct position_case *cases,
		  const struct position_reading *v, size_t n, struct arena *a)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < v[i].n; k++) {
			const struct position_guess *g = &v[i].v[k];
			struct settling_example s = {.weight = 1};
			struct span object = cases[i].phrases[g->candidate];
			enum position_verdict verdict =
				position_case_judge(&cases[i], object, g->side);
			if (verdict == VERDICT_OPEN)
				continue;
			s.is_right = verdict == VERDICT_RIGHT;
			s.weight = verdict == VERDICT_UNCODED ? UNCODED : 1;
			position_settling_features(v, n, i, k, s.x);
			if (arena_grow(a, (void **)&x->v, &x->cap, x->n + 1, sizeof s) < 0)
				exit(1);
			x->v[x->n++] = s;
		}
}

/* Solves m x = y in place by elimination; m is positive definite. */
static void solve(double m[N][N], double y[N])
{
	for (size_t i = 0; i < N; i++)
		for (size_t k = i + 1; k < N; k++) {
			double share = m[k][i] / m[i][i];
			for (size_t j = i; j < N; j++)
				m[k][j] -= share * m[i][j];
			y[k] -= share * y[i];
		}
	for (size_t i = N; i-- > 0;) {
		for (size_t j = i + 1; j < N; j++)
			y[i] -= m[i][j] * y[j];
		y[i] /= m[i][i];
	}
}

void settling_fit(const struct settling_examples *x, float w[SETTLING_WEIGHTS])
{
	double now[N] = {0};
	for (int step = 0; step < STEPS; step++) {
		double m[N][N] = {{0}}, y[N];
		for (size_t d = 0; d < N; d++) {
			m[d][d] = PENALTY;
			y[d] = -PENALTY * now[d];
		}
		for (size_t i = 0; i < x->n; i++) {
			const struct settling_example *s = &x->v[i];
			double sum = 0, weight = (double)s->weight;
			for (size_t d = 0; d < N; d++)
				sum += now[d] * (double)s->x[d];
			double p = 1 / (1 + exp(-sum));
			for (size_t d = 0; d < N; d++) {
				y[d] += weight * (s->is_right - p) * (double)s->x[d];
				for (size_t j = 0; j < N; j++)
					m[d][j] += weight * p * (1 - p) * (double)s->x[d] *
						   (double)s->x[j];
			}
		}
		solve(m, y);
		for (size_t d = 0; d < N; d++)
			now[d] += y[d];
	}
	for (size_t d = 0; d < N; d++)
		w[d] = (float)now[d];
}
