/* The engine's statements of the coded corpus (train/coded.h) beside the lines that code them, and
 * those of PLV's sentences beside their class: what the choices of act and target are fitted on and
 * measured by. */
#ifndef DEMARCHE_TRAIN_ACT_DATA_H
#define DEMARCHE_TRAIN_ACT_DATA_H

#include "extract/stance/choice_model.h"
#include "extract/stance/target_features.h"
#include "train/coded.h"

enum { ACT_FOLDS = 5 };

struct act_example {
	struct choice_input x;
	float gold[ACT_COUNT]; /* shares of the lines' acts */
	enum act rule_act;     /* what the rules say */
	int settled;	       /* what they know for sure (act_settled) */
	enum coded_split split;
	size_t article;		  /* or sentence of PLV */
	bool is_plv, is_directed; /* a sentence of theirs, */
	bool is_sentence;	  /* or of train/position_sentences.tsv */
	/* Where targets are read: the candidates for the target, and after them nobody. */
	struct choice_input *targets;
	float *is_target; /* by candidate and enum target_outcome: shares of what is right */
	size_t n_targets; /* with nobody */
	bool is_named;	  /* a line names a target */
	bool is_sighted;  /* who is a candidate */
};

struct act_examples {
	struct act_example *v;
	size_t n, cap;
	size_t plv[ACT_COUNT]; /* PLV's sentences of each class, also without a statement */
};

/* Runs the engine on the articles, and on the sentences of plv/train.tsv. Without weights the acts
 * alone, else the targets, too, with acts by the weights of the article's fold, which were fitted
 * without it. Everything lives in `a`. 0, or -1 with *e set. */
int act_examples_read(const char *folder, float *const *act_weights, struct arena *a,
		      struct act_examples *out, struct err *e) MUST_CHECK;

#endif
