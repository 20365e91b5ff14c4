/* Classifies two actors of a sentence: who is for or against whom, and by which act
 * (classifier_network.h).
 * Immutable once open; any thread may ask. */
#ifndef DEMARCHE_EXTRACT_STANCE_CLASSIFIER_H
#define DEMARCHE_EXTRACT_STANCE_CLASSIFIER_H

#include "extract/stance/choice_model.h"
#include "extract/stance/classifier_network.h"
#include "extract/stance/confidence.h"

struct classifier;

/* Opens the model inside the program (path NULL) or another one's file. The lexicon must outlive
 * it. NULL with *e set (ERR_INPUT): not this kind of model, cut short, another version, damaged. */
struct classifier *classifier_open(const struct lexicon *lx, const char *path,
				   struct err *e) MUST_CHECK;
/* The same with a copy of weights that are not in a file yet: for the programs that fit and
 * measure. */
struct classifier *classifier_of_weights(const struct lexicon *lx,
					 const struct classifier_weights *w,
					 struct err *e) MUST_CHECK;
void classifier_close(struct classifier *at); /* NULL is allowed */

/* Probabilities. */
struct prediction {
	float stance[STANCE_CLASSES];
	float towards[CLASSIFIER_CLASSES -
		      STANCE_CLASSES]; /* the target, whoever feels so: bad, neutral, good */
};

/* Source and target are tokens of the sentence of a text that has its parse and lemmas; either may
 * be RANGE_NONE. */
void classifier_predict(const struct classifier *at, const struct text *t, struct sentence s,
			struct range source, struct range target, struct prediction *out);
/* The same of features, by weights that are not in a file yet: for the programs that fit
 * and measure. */
void classifier_predict_features(const struct classifier_network *nw, const struct vectors *v,
				 const struct stance_features *p, struct prediction *out);
/* The probability of each act of classifier_acts, for the same programs: the engine chooses acts
 * otherwise (act.h). */
void classifier_predict_act(const struct classifier_network *nw, const struct vectors *v,
			    const struct stance_features *p, float act[CLASSIFIER_ACTS_COUNT]);

/* The act that a token names with what hangs on it (data/acts.tsv), or -1. */
int classifier_act_word(const struct classifier *at, const struct text *t, uint32_t token);

/* The choices of acts and targets; they live as long as the classifier. */
const struct choice_model *classifier_choices(const struct classifier *at);

/* How sure a stance is (confidence.h). */
float classifier_confidence(const struct classifier *at, const struct stance_facts *f);

/* The class of a stance: none, unless another is likely enough. */
enum stance_class classifier_stance(const struct prediction *j);
/* The likeliest act; *share is its probability. */
enum act classifier_act(const float act[CLASSIFIER_ACTS_COUNT], float *share);

#endif
