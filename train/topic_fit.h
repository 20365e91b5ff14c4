/* Fits the network of topics (extract/issue/topic.h). For the programs of train/: out of memory
 * ends the process. */
#ifndef DEMARCHE_TRAIN_TOPIC_FIT_H
#define DEMARCHE_TRAIN_TOPIC_FIT_H

#include "extract/issue/topic.h"

struct topic_lesson {
	struct topic_words words;
	uint8_t class;
};

struct topic_weights {
	struct topic_layers layers;
	float (*rows)[TOPIC_CLASSES]; /* TOPIC_ROWS */
};

/* Goes over the lessons in `rounds` shuffled orders. ts: the vectors, without a model. */
void topic_fit(const struct topics *ts, const struct topic_lesson *lessons, size_t n,
	       unsigned rounds, struct topic_weights *out);
void topic_weights_release(struct topic_weights *w);
/* The rows as bytes, into rows[TOPIC_ROWS]; sets the scale in the layers. */
void topic_pack(struct topic_weights *w, int8_t (*rows)[TOPIC_CLASSES]);

#endif
