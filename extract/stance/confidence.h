/* How sure a stance is: the probability that a careful reader accepts its act and its
 * position, by the rules that decided both and by what speaks for and against them. A logistic
 * regression whose weights are data/confidence.tsv. */
#ifndef DEMARCHE_EXTRACT_STANCE_CONFIDENCE_H
#define DEMARCHE_EXTRACT_STANCE_CONFIDENCE_H

#include "base/err.h"
#include "base/terms.h"

/* The rule that decided the act (extract/stance/act.c). */
#define ACT_RULES(X)                                                                               \
	X(NONE, "none")		/* nothing is done by saying it: STATE */                          \
	X(CUE, "cue")		/* data/cues.tsv: "accused" */                                     \
	X(CUE_WORD, "cue-word") /* data/acts.tsv, of a cue that is not in the table of cues or is  \
				   a plain one there */                                            \
	X(NEGATED_CUE, "negated-cue") /* "did not agree" */                                        \
	X(DENIAL, "denial")                                                                        \
	X(REFUSAL, "refusal") /* "declined to comment" */                                          \
	X(DEMAND, "demand")   /* the content: "must", "should" */                                  \
	X(PROMISE, "promise") /* the speaker's own future */                                       \
	X(CLASSIFIER,                                                                              \
	  "classifier")		/* the same, where the fitted classifier is sure of another act */ \
	X(OWN_VERB, "own-verb") /* "we condemn" */                                                 \
	X(BLAME, "blame")	/* a word of blame */                                              \
	X(ACCUSATION, "accusation")		/* somebody is said to do something bad */         \
	X(BLAME_CLASSIFIED, "blame-classified") /* bad words, and the fitted classifier says whom  \
						   they are against */

/* The same of the position: what the rules say (extract/stance/position.c), and where the reader of
 * positions (position_reader.h), which decides, finds otherwise. */
#define POSITION_RULES(X)                                                                          \
	X(NONE, "none")		      /* nothing speaks for one: neutral */                        \
	X(DENIAL, "denial")	      /* a denial or a refusal to comment takes none */            \
	X(CUE, "cue")		      /* the cue's own, or that of its act */                      \
	X(CUE_VALENCE, "cue-valence") /* the cue is a good or bad word */                          \
	X(ACT, "act")		      /* the act found in the content takes it */                  \
	X(WORDS, "words")	      /* good and bad words of the content */                      \
	X(CLASSIFIER, "classifier")   /* the fitted classifier, towards the target */              \
	X(READER, "reader")	      /* the reader takes another side than they */                \
	X(UNSURE, "unsure")	      /* they take a side, and the reader none */

#define X(name, word) ACT_RULE_##name,
enum act_rule { ACT_RULES(X) ACT_RULE_COUNT };
#undef X
#define X(name, word) POSITION_RULE_##name,
enum position_rule { POSITION_RULES(X) POSITION_RULE_COUNT };
#undef X

/* What the confidence goes by. */
struct first_candidates;

struct stance_facts {
	enum act_rule act_rule;
	enum position_rule position_rule;
	enum act act;
	enum position position;
	float good, bad;    /* weights of the content's evaluations, 0 and up */
	bool is_classified; /* the fitted classifier was asked about the pair; else the next two are
			       0 */
	float share;	    /* its probability of this very act, 0 where it does not know the act */
	float valence; /* its probability that the target is spoken of well less that of badly */
	float acts[ACT_COUNT]; /* their probabilities, by the choice; 0: it was not asked */
	bool is_act_settled;   /* the rules know the act for sure */
	bool is_unsaid;	       /* what was not said (unsaid.h): no side is taken */
	uint32_t tokens;       /* of the content */
	const struct first_candidates *first; /* issues of the table that it may be about most */
};

/* Weights beside the rules'. */
#define CONFIDENCE_MORE(X)                                                                         \
	X(BASE, "base")                                                                            \
	X(DEED, "deed")	      /* an act that is done rather than said, such as ASSAULT */          \
	X(SHARE, "share")     /* `share`, from -1/2 to 1/2, where the classifier knows the act */  \
	X(MIXED, "mixed")     /* the position */                                                   \
	X(TOLD, "told")	      /* good words of a support, bad ones of opposition, up to two */     \
	X(AGAINST, "against") /* the others */                                                     \
	X(VALENCE, "valence") /* `valence` of a support, negated of opposition */                  \
	X(LENGTH, "length")   /* of the content, 0 for one token to 1 for forty and more */

#define X(name, word) CONFIDENCE_##name,
enum confidence_weight {
	CONFIDENCE_ACT_RULE,
	CONFIDENCE_POSITION_RULE = CONFIDENCE_ACT_RULE + ACT_RULE_COUNT,
	CONFIDENCE_MORE_BEFORE = CONFIDENCE_POSITION_RULE + POSITION_RULE_COUNT - 1,
	CONFIDENCE_MORE(X) CONFIDENCE_WEIGHTS
};
#undef X

struct confidence {
	float w[CONFIDENCE_WEIGHTS];
};

/* data/confidence.tsv, where a weight that is left out is 0. 0, or -1 with *e set (ERR_INTERNAL):
 * an unknown name, or no number. */
int confidence_read(struct confidence *c, struct err *e) MUST_CHECK;
/* The name of a weight as in the table: "act.cue", "deed". `out` has room for 32 bytes. */
void confidence_weight_name(unsigned weight, char out[32]);

/* What each weight is multiplied with. */
void confidence_features(const struct stance_facts *f, float x[CONFIDENCE_WEIGHTS]);
/* In hundredths, from 0.01 to 0.99. */
float confidence_of(const struct confidence *c, const struct stance_facts *f);

#endif
