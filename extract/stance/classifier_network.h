/* The network that classifies two actors of a sentence: who is for or against whom, and by which
 * act.
 *
 * A token's input (its vector, and rows of tables for its word, tag, relation, places and acts)
 * goes through an encoder (extract/syntax/encoder.h). What is read from its states at the points of
 * the pair, and the largest of each state near the pair and in the sentence, goes through one
 * hidden layer for the stance and one for the act; the hashed features speak to both at once (a
 * wide part beside a deep one, Cheng et al. 2016). About 0.07 million products a token. The same
 * functions serve the program that fits it (train/fit_stance.c). */
#ifndef DEMARCHE_EXTRACT_STANCE_CLASSIFIER_NETWORK_H
#define DEMARCHE_EXTRACT_STANCE_CLASSIFIER_NETWORK_H

#include "extract/stance/features.h"
#include "extract/syntax/encoder.h"

#define CLASSIFIER_KIND "DMstance"
enum { CLASSIFIER_VERSION = 1 };

/* The classes of the stance between source and target, and, after them, those towards a target
 * alone. */
enum stance_class {
	STANCE_NONE,
	STANCE_FOR,	 /* the source is for the target */
	STANCE_FOR_BACK, /* the target is for the source */
	STANCE_AGAINST,
	STANCE_AGAINST_BACK,
	STANCE_CLASSES,
	TOWARDS_BAD = STANCE_CLASSES,
	TOWARDS_NEUTRAL,
	TOWARDS_GOOD,
	CLASSIFIER_CLASSES
};

/* The acts that are learnt, in the order of their columns. */
#define CLASSIFIER_ACTS(X)                                                                         \
	X(AGREE)                                                                                   \
	X(CONSULT)                                                                                 \
	X(SUPPORT)                                                                                 \
	X(YIELD)                                                                                   \
	X(COOPERATE)                                                                               \
	X(AID)                                                                                     \
	X(REQUEST)                                                                                 \
	X(ACCUSE)                                                                                  \
	X(REJECT)                                                                                  \
	X(THREATEN)                                                                                \
	X(PROTEST)                                                                                 \
	X(SANCTION)                                                                                \
	X(MOBILIZE)                                                                                \
	X(COERCE)                                                                                  \
	X(ASSAULT)
#define X(name) +1
enum { CLASSIFIER_ACTS_COUNT = 0 CLASSIFIER_ACTS(X) };
#undef X
extern const enum act classifier_acts[CLASSIFIER_ACTS_COUNT];

enum {
	A_HALF = 48, /* of one direction */
	A_STATE = 2 * A_HALF,
	A_LAYERS = 2,
	A_RECURRENT = 3 * A_STATE,
	A_INPUT = VECTOR_SIZE
#define X(name, rows, size) +size
		FEATURE_EMBEDDINGS(X)
#undef X
		,
	A_READ = (POINT_COUNT + 2) *
		 A_STATE, /* points, the largest near the pair, the largest of all */
	A_HIDDEN = 64,
	A_COLUMNS = 32, /* for classes, the last ones unused: whole vectors */
	A_WIDE = 1 << FEATURE_SPARSE_BITS,
	A_MEANS = POINT_COUNT * VECTOR_SIZE, /* vectors of the points but source and target, of what
						is near, of the two */
	A_ACT_INPUT = A_READ + A_MEANS
};

struct classifier_layer ENCODER_LAYER(A_HALF);

struct classifier_head {
	float hidden_bias[A_HIDDEN], out[A_HIDDEN * A_COLUMNS], out_bias[A_COLUMNS];
};

/* All that is fitted. Matrices have a row for each input. */
struct classifier_weights {
	float input[A_INPUT * A_STATE], input_bias[A_STATE];
	struct classifier_layer layers[A_LAYERS];
	float stance_hidden[A_READ * A_HIDDEN];
	struct classifier_head stance;
	float stance_wide[A_WIDE * CLASSIFIER_CLASSES];
#define X(name, rows, size) float table_##name[(rows) * (size)];
	FEATURE_EMBEDDINGS(X)
#undef X
	/* Fitted after the rest, which stays as it is. */
	float act_hidden[A_ACT_INPUT * A_HIDDEN];
	struct classifier_head act;
	float act_wide[A_WIDE * CLASSIFIER_ACTS_COUNT];
};

/* In the file each is the upper half of the float, rounded. */
enum { CLASSIFIER_BYTES = sizeof(struct classifier_weights) / 2 };
void classifier_pack(const struct classifier_weights *w, unsigned char *bytes);
void classifier_unpack(const unsigned char *bytes, struct classifier_weights *w);

struct classifier_network {
	const struct classifier_weights *w;
	struct encoder encoder;
	struct product stance, act; /* the hidden layers */
	void *packed;		    /* what its products read, or NULL */
};
/* Reads the weights, which must outlive it. */
struct classifier_network classifier_network_of(const struct classifier_weights *w);
/* From now on its products are in whole numbers (product.h), as the weights are now. 0, or -1:
 * there is no memory. */
int classifier_network_pack(struct classifier_network *nw) MUST_CHECK;
void classifier_network_release(struct classifier_network *nw);
/* x: A_INPUT floats. */
void classifier_input(const struct classifier_weights *w, const struct vectors *v,
		      const struct feature_token *k, float *x);
/* read: A_READ floats. */
void classifier_read(const struct stance_features *p, const float *h, float *read);
/* The token that each of them comes from, or FEATURE_NONE. */
void classifier_read_from(const struct stance_features *p, const float *h, const float *read,
			  uint8_t *from);
/* From the pair, all of it: what the stance is classified by (A_READ floats), and, after that, what
 * the act is besides (A_ACT_INPUT). */
void classifier_encode(const struct classifier_network *nw, const struct vectors *v,
		       const struct stance_features *p, float *read);
void classifier_act_input(const struct classifier_network *nw, const struct vectors *v,
			  const struct stance_features *p, float *x);
/* logits: A_COLUMNS floats. hidden: A_HIDDEN floats, after the rectifier. */
void classifier_head_forward(const struct classifier_head *h, const struct product *weights,
			     const float *x, float *hidden, float *logits);
/* Adds what the hashed features say of `classes` classes. */
void classifier_wide(const float *wide, size_t classes, const struct stance_features *p,
		     float *logits);

#endif
