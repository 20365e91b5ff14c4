/* The fitted choices of a statement's act and target: data/acts.bin (train/fit_acts.c). Immutable
 * once open; any thread may read it. */
#ifndef DEMARCHE_EXTRACT_STANCE_CHOICE_MODEL_H
#define DEMARCHE_EXTRACT_STANCE_CHOICE_MODEL_H

#include "base/err.h"
#include "base/terms.h"
#include "extract/stance/choice.h"

#define CHOICE_KIND "DMchoice"
enum { CHOICE_VERSION = 1 };

/* Of a candidate for the target: what the statement does of it. Nobody has both, too. */
enum target_outcome { TARGET_BLAMED, TARGET_PRAISED, TARGET_OUTCOMES };

struct choice_model {
	float *dense;		   /* the rows of places are read where they lie in the program */
	struct choice_weights act; /* outcomes: enum act */
	struct choice_weights target;
};

/* Opens the model inside the program. 0, or -1 with *e set (ERR_INPUT). */
int choice_model_open(struct choice_model *m, struct err *e) MUST_CHECK;
void choice_model_close(struct choice_model *m);

/* Floats of both, one after the other; in the file each is the upper half of the float
 * (extract/syntax/half.h). */
static inline size_t choice_model_size(void)
{
	return choice_size(ACT_COUNT) + choice_size(TARGET_OUTCOMES);
}

#endif
