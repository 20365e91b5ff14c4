/* The second choice of a statement's act: by its words in their order, where that of features
 * (choice.h) sees them apart. The same tokens that the reader of positions views (position_view.h)
 * go through an encoder of their own (extract/syntax/encoder.h); the states of the content's top
 * and of the cue, the largest and the mean of the content go through one hidden layer to a score
 * for each act. The same functions serve the program that fits it (train/fit_act_network.c). Pure.
 */
#ifndef DEMARCHE_EXTRACT_STANCE_ACT_NETWORK_H
#define DEMARCHE_EXTRACT_STANCE_ACT_NETWORK_H

#include "extract/stance/position_network.h"

#define ACT_NETWORK_KIND "DMactnet"
enum { ACT_NETWORK_VERSION = 1 };

enum {
	AN_HALF = 32, /* of one direction */
	AN_STATE = 2 * AN_HALF,
	AN_LAYERS = 1,
	AN_WHOLE = 4 * AN_STATE, /* top, cue, largest, mean */
	AN_HIDDEN = 48
};

struct act_layer ENCODER_LAYER(AN_HALF);

/* All that is fitted; in the file as halves (extract/syntax/half.h). Matrices have a row for each
 * input. */
struct act_deep {
	float input[P_INPUT * AN_STATE], input_bias[AN_STATE];
	struct act_layer layers[AN_LAYERS];
	float whole[AN_WHOLE * AN_HIDDEN], hidden_bias[AN_HIDDEN];
	float out[AN_HIDDEN * ACT_COUNT], out_bias[ACT_COUNT];
	float tables[VIEW_TABLES];
};
enum { ACT_DEEP = sizeof(struct act_deep) / sizeof(float) };

struct act_network {
	const struct act_deep *deep;
	struct encoder encoder;
	struct product whole;
	void *packed; /* what the products read; NULL: the weights */
};
/* Reads the weights, which must outlive it. */
struct act_network act_network_of(const struct act_deep *d);
/* From now on it reads bytes, until it is released. -1: out of memory. */
int act_network_pack(struct act_network *nw) MUST_CHECK;
void act_network_release(struct act_network *nw);

/* What comes out on the way, for the way back. */
struct act_pass {
	float whole[AN_WHOLE], hidden[AN_HIDDEN]; /* hidden: before the rectifier */
	uint8_t largest[AN_STATE];		  /* the token of each, or VIEW_NONE */
	float words;				  /* of the content */
};
/* From the states of the view's tokens to the hidden layer. */
void act_hidden(const struct act_network *nw, const struct position_view *view, const float *h,
		struct act_pass *p);

/* Room for the inputs, products and states of a view. */
struct act_room {
	float x[VIEW_TOKENS * P_INPUT], u[VIEW_TOKENS * 3 * AN_STATE], h[VIEW_TOKENS * AN_STATE];
	struct act_pass pass;
};
/* All of it: the probability of each act. */
void act_network_run(const struct act_network *nw, const struct vectors *v,
		     const struct position_view *view, struct act_room *room,
		     float acts[ACT_COUNT]);

#endif
