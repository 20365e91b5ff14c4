/* What the stance of one statement is found from: its attribution, its content weighed, whom it may
 * be directed at, and what the fitted classifier says, which is asked once and only if need be. */
#ifndef DEMARCHE_EXTRACT_STANCE_STANCE_INPUT_H
#define DEMARCHE_EXTRACT_STANCE_STANCE_INPUT_H

#include "extract/stance/evaluation.h"

struct stance_input {
	const struct classifier *cl;
	const struct entities *es;
	const struct text *t;
	const struct attribution *at;
	struct statement *out;
	struct arena *a; /* of the article */
	struct str cue;	 /* lemma of the cue's head, or "" */
	struct evaluation content;
	struct range target;   /* who may be the target, or RANGE_NONE */
	enum act rule_act;     /* by the rules of act.c */
	float acts[ACT_COUNT]; /* probabilities, by the choice */
	bool is_act_of_cue;    /* the act is the cue's */
	bool is_unsaid;	       /* unsaid.h */
	struct stance_facts facts;

	/* Of stance_predict() alone. */
	struct prediction prediction;
	bool is_predicted;
	bool is_unclassified; /* it is not asked: it was fitted on the sentence */
	bool has_source;      /* the prediction is about source and target, else about the target */
};

/* Sets the cue and evaluates the content; the speaker and the issues are known. */
void stance_begin(struct stance_input *in);
/* What the classifier says of the source, or without one near by of nobody, and the target, or for
 * an act alone of nobody. NULL where there is neither. */
const struct prediction *stance_predict(struct stance_input *in);
/* Its position towards the target: by the pair of both, or where the source is far, by how the
 * target is spoken of. */
enum position stance_predict_position(struct stance_input *in);

/* Neither the speaker, nor the country that the speaker speaks for, nor one who says so too. NULL
 * is nobody. */
bool stance_is_other(const struct stance_input *in, const struct actor *who);
/* The actor named or referred to at a token, or NULL. */
const struct actor *stance_actor_at(const struct stance_input *in, uint32_t token);

#endif
