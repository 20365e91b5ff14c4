/* The CAP major topic of words: a small network over word vectors and hashed words, fitted on coded
 * headlines (train/fit_topics.c).
 *
 * A word's vector goes through a layer whose largest values over all words speak for topics
 * (Collobert et al. 2011), the mean of all vectors through another (Iyyer et al. 2015), and hashed
 * words, pairs of words, beginnings of words and issues of the table speak at once (Joulin et al.
 * 2017). Immutable once open; any thread may ask. */
#ifndef DEMARCHE_EXTRACT_ISSUE_TOPIC_H
#define DEMARCHE_EXTRACT_ISSUE_TOPIC_H

#include "base/model.h"
#include "extract/syntax/product.h"
#include "extract/syntax/vectors.h"
#include "extract/text/text.h"

#define TOPIC_KIND "DMtopics"
enum {
	TOPIC_VERSION = 1,
	TOPIC_MAJORS = 24, /* codes are below; 0 stands for none */
	TOPIC_CLASSES = 25,
	TOPIC_UNITS = 192, /* of the layer over words */
	TOPIC_MEANS = 64,  /* of the layer over their mean */
	TOPIC_STATE = TOPIC_UNITS + TOPIC_MEANS,
	TOPIC_ROWS = 1 << 16, /* hashed words */
	TOPIC_WORDS = 96,     /* words of a text that are read */
	TOPIC_FEATURES = 4 * TOPIC_WORDS
};

/* Codes of the classes: of newspapers' codebook, which has more than CAP (24 state and local
 * government, 26 weather and disasters, 29 sports); 0: no topic. */
extern const uint8_t topic_codes[TOPIC_CLASSES];
/* The CAP major topic of a newspaper's code; 0 for none. */
int topic_major(int code);

struct topic_layers {
	float word[VECTOR_SIZE * TOPIC_UNITS], word_bias[TOPIC_UNITS];
	float mean[VECTOR_SIZE * TOPIC_MEANS], mean_bias[TOPIC_MEANS];
	float out[TOPIC_STATE * TOPIC_CLASSES], out_bias[TOPIC_CLASSES];
	float row_scale; /* of the bytes of rows */
	float unused[6]; /* what follows is aligned */
};

/* The body of data/topics.bin: the layers, then the rows. */
struct topics {
	const struct vectors *v;
	const struct topic_layers *layers; /* NULL: nothing is open, nobody knows a topic */
	const int8_t (*rows)[TOPIC_CLASSES];
	float mean[VECTOR_SIZE]; /* of common words' vectors */
	struct product word;	 /* the layer over words */
	void *packed;		 /* what it reads; NULL: the layers */
};

/* What the network reads. */
struct topic_words {
	uint32_t features[TOPIC_FEATURES]; /* rows */
	size_t n_features;
	int32_t vectors[TOPIC_WORDS]; /* of the words that have one */
	size_t n_vectors, n_words;
};

/* Views the model inside the program and borrows the vectors, which must outlive it. 0, or -1 with
 * *e set (ERR_INPUT). */
int topics_open(struct topics *ts, const struct vectors *v, struct err *e) MUST_CHECK;
void topics_close(struct topics *ts);
/* From now on it reads the floats of these layers, which are being fitted. */
void topics_use(struct topics *ts, const struct topic_layers *layers);
/* The same of a checked body, which must outlive ts; nothing is to be closed. */
int topics_view(struct topics *ts, const struct vectors *v, struct str body,
		struct err *e) MUST_CHECK;

/* Adds the words of r; what goes beyond TOPIC_WORDS is left. `skip`, by token: those
 * that are passed over; or NULL. */
void topic_words_add(const struct topics *ts, const struct text *t, struct range r,
		     const bool *skip, struct topic_words *w);
/* Adds that the table's issue `id` of a major topic was found, by a term of so many words, or a
 * hint. */
void topic_words_add_issue(struct str id, int major, bool is_hint, unsigned words,
			   struct topic_words *w);

/* The state that `out` reads; false where there are neither vectors nor features. `mean` is room
 * for the mean that the state was made from, or NULL; which_word, too: by unit the word that it is
 * the largest of, or -1. */
bool topic_state(const struct topics *ts, const struct topic_words *w, float state[TOPIC_STATE],
		 float mean[VECTOR_SIZE], int which_word[TOPIC_UNITS]);
/* A word's vector as the layers read it. */
void topic_vector(const struct topics *ts, int32_t vector, float x[VECTOR_SIZE]);

/* Probabilities of the major topics, that of none first; all 0 where nothing is known. */
struct topic_shares {
	float v[TOPIC_MAJORS];
};
void topics_tell(const struct topics *ts, const struct topic_words *w, struct topic_shares *out);
/* The likeliest major topic. */
struct topic topic_best(const struct topic_shares *s);

#endif
