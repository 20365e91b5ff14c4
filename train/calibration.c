/* Sums by tenths. */
#include "train/calibration.h"

#include <math.h>
#include <stdio.h>

void calibration_add(struct calibration *c, double p, bool is_right)
{
	double tenth = p * CALIBRATION_BINS;
	struct calibration_bin *b = &c->bin[tenth < 0			? 0
					    : tenth >= CALIBRATION_BINS ? CALIBRATION_BINS - 1
									: (size_t)tenth];
	b->n++;
	b->right += is_right;
	b->p += p;
	c->squares += (p - is_right) * (p - is_right);
}

static double size_of(const struct calibration *c)
{
	size_t n = 0;
	for (int i = 0; i < CALIBRATION_BINS; i++)
		n += c->bin[i].n;
	return n ? (double)n : 1;
}

double calibration_error(const struct calibration *c)
{
	double sum = 0;
	for (int i = 0; i < CALIBRATION_BINS; i++)
		sum += fabs((double)c->bin[i].right - c->bin[i].p);
	return sum / size_of(c);
}

double calibration_brier(const struct calibration *c)
{
	return c->squares / size_of(c);
}

void calibration_print(const struct calibration *c, const char *what, const char *right)
{
	printf("confidence%13s     mean    right (%s)\n", what, right);
	for (int i = 0; i < CALIBRATION_BINS; i++) {
		const struct calibration_bin *b = &c->bin[i];
		if (b->n)
			printf("%.1f .. %.1f%14zu%9.3f%9.3f\n", i / 10.0, (i + 1) / 10.0, b->n,
			       b->p / (double)b->n, (double)b->right / (double)b->n);
	}
	printf("expected calibration error %.3f, Brier score %.3f\n", calibration_error(c),
	       calibration_brier(c));
}
