/* Whether a confidence holds: of what is given 0.7, are 70 % right? By tenths. */
#ifndef DEMARCHE_TRAIN_CALIBRATION_H
#define DEMARCHE_TRAIN_CALIBRATION_H

#include <stdbool.h>
#include <stddef.h>

enum { CALIBRATION_BINS = 10 };

struct calibration {
	struct calibration_bin {
		size_t n, right;
		double p; /* summed */
	} bin[CALIBRATION_BINS];
	double squares; /* of what p is off by */
};

void calibration_add(struct calibration *c, double p, bool is_right);
/* Expected calibration error (Naeini and others 2015): the mean distance of a bin's share that is
 * right from its mean confidence. */
double calibration_error(const struct calibration *c);
/* Mean squared error (Brier 1950). */
double calibration_brier(const struct calibration *c);
/* The bins and both errors, on standard output. */
void calibration_print(const struct calibration *c, const char *what, const char *right);

#endif
