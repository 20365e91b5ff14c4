/* Fits the networks of extract/attribution/reading.h: of each case the right candidates, or whether
 * its only one is right. Each case is read twice, the second time with other names in its article
 * (exchange.h), and the two answers are drawn to each other. One thread; running out of memory ends
 * the process. */
#ifndef DEMARCHE_TRAIN_READING_FIT_H
#define DEMARCHE_TRAIN_READING_FIT_H

#include "train/polnear.h"

enum { VIEWS = 2 };

/* Of one question. The first view decides which candidates there are. */
struct reading_case {
	uint32_t article;
	uint32_t n;
	size_t first;
};

struct reading_cases {
	const struct polnear *views; /* VIEWS of them, with the same articles */
	struct reading_case *cases;
	size_t n_cases, cap_cases;
	struct sighting (*v)[VIEWS];
	bool *is_right;
	size_t n, cap;
	size_t n_ended;
};

void reading_cases_release(struct reading_cases *c);
void reading_cases_add(struct reading_cases *c, const struct sighting v[VIEWS], bool is_right);
void reading_cases_end(struct reading_cases *c, uint32_t article);

/* From the cases of all articles but each FOLDS-th one, that of `fold`; all of them for a fold
 * below 0. The same input gives the same weights. */
void reading_fit(const struct reading_cases *c, enum reading_kind question, int fold, int folds,
		 struct reading_weights *out);

#endif
