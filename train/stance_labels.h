/* Statements whose stance was read by a person (train/stance_labels.tsv), beside what the engine
 * says of them. */
#ifndef DEMARCHE_TRAIN_STANCE_LABELS_H
#define DEMARCHE_TRAIN_STANCE_LABELS_H

#include "extract/extract.h"
#include "extract/stance/stance.h"

struct labeled_stance {
	struct stance_facts facts;
	float x[CONFIDENCE_WEIGHTS]; /* confidence_features() of them */
	size_t article;		     /* numbered from 0: statements of one are never parted */
	bool is_act_right, is_position_right;
};

struct labeled_stances {
	struct labeled_stance *v;
	size_t n;
	size_t n_labels; /* more, where the engine finds a statement no longer */
};

/* Reads the labels and runs the engine on their articles, from DATA/polnear/dev.jsonl and
 * DATA/wikinews/2019.csv. 0, or -1 with *e set (ERR_INPUT, ERR_TOO_LARGE). */
int labeled_stances_read(const char *labels, const char *folder, struct arena *a,
			 struct labeled_stances *out, struct err *e) MUST_CHECK;

enum { CONFIDENCE_FOLDS = 10 };

/* Fits on all articles but those of a fold (CONFIDENCE_FOLDS: on all). The same weights for the
 * same statements. */
void confidence_fit(const struct labeled_stances *s, size_t fold, struct confidence *out);
static inline size_t confidence_fold(const struct labeled_stance *s)
{
	return s->article % CONFIDENCE_FOLDS;
}

#endif
