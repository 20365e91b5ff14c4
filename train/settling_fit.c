/* Newton's method on the log-likelihood. */
#include "train/settling_fit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "train/position_score.h"

enum { N = SETTLING_WEIGHTS, STEPS = 25 };

/* What no reader of the corpus spoke of is wrong more often than not, but not always. */
static const float UNCODED = 0.25f;
static const double PENALTY = 1;

/* As the product is judged: object and side right, or an issue named alike. */
static bool is_taken(const struct position_case *c, const struct position_guess *g)
{
	if (position_case_judge(c, c->phrases[g->core_candidate], g->side) == VERDICT_RIGHT)
		return true;
	for (size_t l = 0; l < c->n_lines; l++)
		if (c->lines[l]->side == g->side &&
		    names_are_like(c->words[g->core_candidate], c->lines[l]->name))
			return true;
	return false;
}

void settling_add(struct settling_examples *x, const struct position_case *cases,
		  const struct position_reading *v, size_t n, struct arena *a)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < v[i].n; k++) {
			const struct position_guess *g = &v[i].v[k];
			enum position_verdict verdict = position_case_judge(
				&cases[i], cases[i].phrases[g->candidate], g->side);
			if (verdict == VERDICT_OPEN)
				continue;
			struct settling_example s = {.is_right = verdict == VERDICT_RIGHT,
						     .weight = verdict == VERDICT_UNCODED ? UNCODED
											  : 1};
			s.is_taken = s.is_right || is_taken(&cases[i], g);
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

void settling_print(const struct settling_examples *x, const float w[SETTLING_WEIGHTS])
{
	for (int t = 20; t <= 80; t += 5) {
		double told = 0, right = 0, uncoded = 0;
		for (size_t i = 0; i < x->n; i++) {
			const struct settling_example *s = &x->v[i];
			float sum = 0;
			for (size_t d = 0; d < N; d++)
				sum += w[d] * s->x[d];
			if (1 / (1 + exp(-(double)sum)) < t / 100.0)
				continue;
			uncoded += s->weight < 1;
			told += s->weight >= 1;
			right += s->is_taken;
		}
		fprintf(stderr,
			"from 0.%d: %.0f told, %.1f %% right; %.0f more that nobody coded\n", t,
			told, told > 0 ? 100 * right / told : 0, uncoded);
	}
}

static double score_of(const struct settling_example *s, const double *w)
{
	double sum = 0;
	for (size_t d = 0; d < N; d++)
		sum += w[d] * (double)s->x[d];
	return sum;
}

/* Scores become a + b times them, a and b by Newton's method. What nobody coded says nothing. */
static void level(const struct settling_examples *x, double *w)
{
	double a = 0, b = 1;
	for (int step = 0; step < STEPS; step++) {
		double m[3] = {0}, y[2] = {0};
		for (size_t i = 0; i < x->n; i++) {
			double score = score_of(&x->v[i], w), p = 1 / (1 + exp(-a - b * score)),
			       off = x->v[i].is_taken - p, slope = p * (1 - p);
			if (x->v[i].weight < 1)
				continue;
			y[0] += off;
			y[1] += off * score;
			m[0] += slope;
			m[1] += slope * score;
			m[2] += slope * score * score;
		}
		double whole = m[0] * m[2] - m[1] * m[1];
		a += (m[2] * y[0] - m[1] * y[1]) / whole;
		b += (m[0] * y[1] - m[1] * y[0]) / whole;
	}
	for (size_t d = 0; d < N; d++)
		w[d] *= b;
	w[SETTLING_BASE] += a;
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
	level(x, now);
	for (size_t d = 0; d < N; d++)
		w[d] = (float)now[d];
}
