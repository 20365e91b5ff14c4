/* Short sentences written to part what turns a position (train/position_sentences.tsv, whose head
 * tells the columns), in the form of the coded corpus: each an article of its own, all of the train
 * part. Data only; one thread. */
#ifndef DEMARCHE_TRAIN_CODED_SENTENCES_H
#define DEMARCHE_TRAIN_CODED_SENTENCES_H

#include "train/coded.h"

/* Everything lives in `a`. 0, or -1 with *e set (ERR_INPUT, ERR_TOO_LARGE). */
int coded_sentences_read(const char *path, struct arena *a, struct coded *out,
			 struct err *e) MUST_CHECK;

#endif
