/* The network of the reader of positions: which of a statement's candidates its speaker is for,
 * against or concerned about, or none of them.
 *
 * A token's input (the vectors of its word and of the one that it hangs on, rows of tables for its
 * relation, tag and act, and what is so of it) goes through an encoder (extract/syntax/encoder.h)
 * over the words of the view. The states of a candidate and of what governs it, with those of the
 * content's top, of the cue and the largest of the content, go through one hidden layer to a score
 * for each side; the hashed features speak beside it (a wide part beside a deep one, Cheng et al.
 * 2016). Whether no side is taken is scored by what all candidates share. One softmax is over
 * none and all pairs of candidate and side. About 0.08 million products a token. The same functions
 * serve the program that fits it (train/fit_positions.c). Pure. */
#ifndef DEMARCHE_EXTRACT_STANCE_POSITION_NETWORK_H
#define DEMARCHE_EXTRACT_STANCE_POSITION_NETWORK_H

#include "extract/stance/position_view.h"
#include "extract/syntax/encoder.h"

enum position_side { SIDE_FOR, SIDE_AGAINST, SIDE_CONCERN, SIDES };

enum {
	P_HALF = 64, /* of one direction */
	P_STATE = 2 * P_HALF,
	P_LAYERS = 2,
	P_RECURRENT = 3 * P_STATE,
	P_INPUT = 2 * VECTOR_SIZE + VIEW_BITS
#define X(name, rows, size) +size
					    VIEW_EMBEDDINGS(X)
#undef X
		,
	P_WHOLE = 3 * P_STATE, /* top, cue, largest */
	P_EFFECT = 8,
	P_OWN = 2 * P_STATE + P_EFFECT, /* candidate, governor, what is done to it */
	P_HIDDEN = 64,
	P_NONE_HIDDEN = 32,
	P_WIDE = 1 << VIEW_SPARSE_BITS,
	P_SCORES = 1 + SIDES * VIEW_CANDIDATES
};

struct position_layer ENCODER_LAYER(P_HALF);

/* What is fitted beside the scores of the hashed features. Matrices have a row for each input. */
struct position_deep {
	float input[P_INPUT * P_STATE], input_bias[P_STATE];
	struct position_layer layers[P_LAYERS];
	float whole[P_WHOLE * P_HIDDEN], own[P_OWN * P_HIDDEN], hidden_bias[P_HIDDEN];
	float out[P_HIDDEN * SIDES], out_bias[SIDES];
	float effects[VIEW_EFFECTS * P_EFFECT];
	float none[P_WHOLE * P_NONE_HIDDEN], none_bias[P_NONE_HIDDEN];
	float none_out[P_NONE_HIDDEN], none_out_bias[1];
#define X(name, rows, size) float table_##name[(rows) * (size)];
	VIEW_EMBEDDINGS(X)
#undef X
};

struct position_weights {
	struct position_deep deep;
	float wide[P_WIDE * SIDES];
};

struct position_network {
	const struct position_deep *deep;
	const float *wide;		  /* NULL: they are still halves (extract/syntax/half.h) */
	const unsigned char *wide_halves; /* the same, as in the file */
	struct encoder encoder;
	struct product whole, own, none;
	void *packed; /* what the products read; NULL: the weights */
};
/* Reads the weights, which must outlive it. */
struct position_network position_network_of(const struct position_weights *w);
/* The same; of the scores of the hashed features a statement needs few. */
struct position_network position_network_of_halves(const struct position_deep *deep,
						   const unsigned char *wide_halves);
/* From now on it reads bytes, until it is released. -1: out of memory. */
int position_network_pack(struct position_network *nw) MUST_CHECK;
void position_network_release(struct position_network *nw);

/* What comes out on the way, for the way back. */
struct position_pass {
	float whole[P_WHOLE], shared[P_HIDDEN], none_hidden[P_NONE_HIDDEN];
	uint8_t largest[P_STATE]; /* the token of each */
	float own[VIEW_CANDIDATES][P_OWN], hidden[VIEW_CANDIDATES][P_HIDDEN];
	float wide_whole[SIDES], wide[VIEW_CANDIDATES][SIDES];
	float p[P_SCORES]; /* logits, then probabilities: none, then each candidate's sides */
};

/* tables: those of VIEW_EMBEDDINGS, one after another; x: P_INPUT floats a token. */
void position_input(const float *tables, const struct vectors *v, const struct position_view *view,
		    float *x);
/* From the states of the view's tokens to the hidden layers, as before the rectifier. */
void position_hidden(const struct position_network *nw, const struct position_view *view,
		     const float *h, struct position_pass *p);
/* From them, p->wide and p->wide_whole to logits. The masks, NULL for ones, are multiplied with
 * what comes out of the rectifier. */
void position_logits(const struct position_deep *w, const struct position_view *view,
		     const float *mask, const float *none_mask, struct position_pass *p);
/* The scores of some hashed features. */
void position_wide(const float *wide, const struct position_view *view, struct view_list list,
		   float out[SIDES]);

/* Room for the inputs, products and states of a view. */
struct position_room {
	float x[VIEW_TOKENS * P_INPUT], u[VIEW_TOKENS * P_RECURRENT], h[VIEW_TOKENS * P_STATE];
	struct position_pass pass;
};
/* All of it: probabilities in room->pass.p. */
void position_run(const struct position_network *nw, const struct vectors *v,
		  const struct position_view *view, struct position_room *room);

#endif
