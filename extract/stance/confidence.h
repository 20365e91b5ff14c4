/* How sure a stance is: the probability that a careful reader accepts its act and its position as
 * told, by the ways in which both were decided and by what speaks for and against them. A logistic
 * regression whose weights are data/certainty.tsv. */
#ifndef DEMARCHE_EXTRACT_STANCE_CONFIDENCE_H
#define DEMARCHE_EXTRACT_STANCE_CONFIDENCE_H

#include "base/err.h"
#include "base/terms.h"

/* By which way extract/stance/stance.c came to the act. */
#define ACT_WAYS(X)                                                                                \
	X(NONE, "none")		/* nothing is done by saying it: STATE */                          \
	X(CUE, "cue")		/* data/cues.tsv: "accused" */                                     \
	X(CUE_WORD, "cue-word") /* data/acts.tsv, of a cue that is not in the table of cues or is  \
				   a plain one there */                                            \
	X(NEGATED_CUE, "negated-cue") /* "did not agree" */                                        \
	X(DENIAL, "denial")                                                                        \
	X(REFUSAL, "refusal")	/* "declined to comment" */                                        \
	X(DEMAND, "demand")	/* the content: "must", "should" */                                \
	X(PROMISE, "promise")	/* the speaker's own future */                                     \
	X(READER, "reader")	/* the same, where the fitted reader is sure of another act */     \
	X(OWN_VERB, "own-verb") /* "we condemn" */                                                 \
	X(BLAME, "blame")	/* a word of blame */                                              \
	X(CHARGE, "charge")	/* somebody is said to do something bad */                         \
	X(BLAME_READ,                                                                              \
	  "blame-read") /* bad words, and the fitted reader says whom they are against */

/* The same of the position. */
#define POSITION_WAYS(X)                                                                           \
	X(NONE, "none")		/* nothing speaks for one: neutral */                              \
	X(DENIAL, "denial")	/* a denial or a refusal to comment takes none */                  \
	X(CUE, "cue")		/* the cue's own, or that of its act */                            \
	X(CUE_TONE, "cue-tone") /* the cue is a good or bad word */                                \
	X(ACT, "act")		/* the act found in the content takes it */                        \
	X(WORDS, "words")	/* good and bad words of the content */                            \
	X(READER, "reader")	/* the fitted reader, towards the target */

#define X(name, word) ACT_WAY_##name,
enum act_way { ACT_WAYS(X) ACT_WAY_COUNT };
#undef X
#define X(name, word) POSITION_WAY_##name,
enum position_way { POSITION_WAYS(X) POSITION_WAY_COUNT };
#undef X

/* What the certainty goes by. */
struct stance_facts {
	enum act_way act_way;
	enum position_way position_way;
	enum act act;
	enum position position;
	float good, bad; /* weights of the content's evaluations, 0 and up */
	bool is_read;	 /* the fitted reader was asked about the pair; else the next two are 0 */
	float share;	 /* its probability of this very act, 0 where it does not know the act */
	float tone;	 /* its probability that the target is spoken of well less that of badly */
	uint32_t tokens; /* of the content */
};

/* Weights beside the ways'. */
#define CERTAINTY_MORE(X)                                                                          \
	X(BASE, "base")                                                                            \
	X(DEED, "deed")	      /* an act that is done rather than said, such as ASSAULT */          \
	X(SHARE, "share")     /* `share`, from -1/2 to 1/2, where the reader knows the act */      \
	X(MIXED, "mixed")     /* the position */                                                   \
	X(TOLD, "told")	      /* good words of a support, bad ones of opposition, up to two */     \
	X(AGAINST, "against") /* the others */                                                     \
	X(TONE, "tone")	      /* `tone` of a support, turned round of opposition */                \
	X(LENGTH, "length")   /* of the content, 0 for one token to 1 for forty and more */

#define X(name, word) CERTAINTY_##name,
enum certainty_weight {
	CERTAINTY_ACT_WAY,
	CERTAINTY_POSITION_WAY = CERTAINTY_ACT_WAY + ACT_WAY_COUNT,
	CERTAINTY_MORE_BEFORE = CERTAINTY_POSITION_WAY + POSITION_WAY_COUNT - 1,
	CERTAINTY_MORE(X) CERTAINTY_WEIGHTS
};
#undef X

struct certainty {
	float w[CERTAINTY_WEIGHTS];
};

/* data/certainty.tsv, where a weight that is left out is 0. 0, or -1 with *e set (ERR_INTERNAL): an
 * unknown name, or no number. */
int certainty_read(struct certainty *c, struct err *e) MUST_CHECK;
/* The name of a weight as in the table: "act.cue", "deed". `out` has room for 32 bytes. */
void certainty_weight_name(unsigned weight, char out[32]);

/* What each weight is multiplied with. */
void certainty_features(const struct stance_facts *f, float x[CERTAINTY_WEIGHTS]);
/* In hundredths, from 0.01 to 0.99. */
float certainty_of(const struct certainty *c, const struct stance_facts *f);

#endif
