/* GAP (Webster and others 2018): passages with one pronoun and two names, and whether each is whom
 * the pronoun means. */
#ifndef DEMARCHE_TRAIN_GAP_H
#define DEMARCHE_TRAIN_GAP_H

#include <stdio.h>

#include "base/arena.h"
#include "base/model.h"

struct gap_case {
	struct str text;
	struct span pronoun, name[2]; /* code points */
	bool is_meant[2];
	bool is_feminine;
};

struct gap {
	const struct gap_case *v;
	size_t n;
};

/* Reads a file of the data set (tab-separated, with a head line). -1 with *e set (ERR_INPUT).
 * Everything lives in `a`. */
int gap_read(const char *path, struct arena *a, struct gap *out, struct err *e) MUST_CHECK;

/* Counts of the scorer: the decisions for both names pooled, for masculine
 * and feminine pronouns. */
struct gap_score {
	size_t hit[2], spurious[2], missed[2];
};

void gap_count(struct gap_score *s, const struct gap_case *g, const bool said[2]);
void gap_print(FILE *to, const struct gap_score *s, const char *what);

#endif
