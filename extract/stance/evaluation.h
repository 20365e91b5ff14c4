/* How a content speaks of its matter: what it finds good and bad, with negation ("not acceptable"),
 * shifters ("end the war"), concession ("but") and questions. */
#ifndef DEMARCHE_EXTRACT_STANCE_EVALUATION_H
#define DEMARCHE_EXTRACT_STANCE_EVALUATION_H

#include "extract/entity/entities.h"
#include "extract/stance/classifier.h"

struct evaluation {
	uint32_t main;		 /* token of its main word, or TOKEN_NONE */
	uint32_t subject;	 /* token of the main word's subject, or TOKEN_NONE */
	float good, bad;	 /* weights of evaluations, 0 and up */
	struct range evident;	 /* the weightiest of them, or RANGE_NONE */
	struct range blame;	 /* a word of blame, or RANGE_NONE */
	struct range accusation; /* something bad that the main word says is done: "commits crimes",
				"arms the rebels", or RANGE_NONE */
	bool is_remedy;		 /* something bad is fought: "combats terrorism", "progress against
				    corruption" */
	bool is_patient;  /* the subject does not do it, it is done to it: "was killed", "faces
			       attacks" */
	bool names_issue; /* the best one; else it is the issue of what the content refers to */
	bool is_question;
	bool is_negated;   /* the main word */
	bool is_demand;	   /* what must or should be */
	bool is_future;	   /* what will or would be */
	bool is_intensive; /* "strongly" */
};

/* Reads the content of a statement, of which the speaker and the issues are known. Words that name
 * an issue evaluate nothing ("war" in "end the war in Ukraine"), nor does what others than the
 * speaker are for or against. Pure. */
void evaluation_of_content(const struct classifier *cl, const struct entities *es,
			   const struct attribution *at, const struct statement *s,
			   struct evaluation *out);
/* The actor named or referred to at a token, or NULL. */
const struct actor *evaluation_actor_at(const struct entities *es, uint32_t token);
/* Is the token, or what hangs on it, negated? */
bool evaluation_is_negated(const struct text *t, uint32_t token);
/* The same of words that make what is said stronger. */
bool evaluation_is_intensive(const struct text *t, uint32_t token);

#endif
