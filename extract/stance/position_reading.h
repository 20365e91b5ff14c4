/* What the reader of positions makes of the statements of an article: of each the likeliest objects
 * with their sides, and how sure that is beside all others of the article (settling: a logistic
 * regression over the networks' probabilities, those of the statements around, and what else is
 * known of the statement). Pure. */
#ifndef DEMARCHE_EXTRACT_STANCE_POSITION_READING_H
#define DEMARCHE_EXTRACT_STANCE_POSITION_READING_H

#include "extract/stance/position_network.h"

enum { READING_GUESSES = 3 };

struct position_guess {
	uint32_t candidate, core_candidate; /* of the view */
	struct range phrase;		    /* tokens of the article */
	struct range core; /* of the likeliest candidate that overlaps with it, which names it */
	uint32_t head, phrase_head; /* of the core, of the phrase */
	uint64_t object;	    /* key of the core's head's lemma */
	enum position side;	    /* SUPPORT, OPPOSE or CONCERN */
	/* By the networks: that this is an object and this its side; the same of all phrases that
	 * overlap with it; of each of them as much as it is like this one; and of all that overlap,
	 * the other sides. */
	float p, near, expected, other;
	bool is_known; /* a table's issue was found by its head */
	bool is_pronoun, is_before;
	float confidence; /* settled: the probability that object and side are right */
};

struct position_reading {
	uint64_t speaker; /* key of the speaker; 0: nobody is named */
	float attribution;
	float none;	       /* that no side is taken */
	float acts[ACT_COUNT]; /* by the words in their order (act_network.h), where
				  it is not settled */
	uint32_t words, candidates;
	enum position rule;			  /* by rules */
	bool is_cue_rule;			  /* by the cue's own */
	struct position_guess v[READING_GUESSES]; /* likeliest first, none overlapping another */
	size_t n;
};

/* Where the cue by itself takes a side ("opposes the levy"), the noun that heads the content has
 * that side: what the network gave to the other one goes to it. p: as below. */
void position_obey_cue(const struct position_view *view, float *p);

/* All but speaker, attribution, acts and confidences. p: probabilities of the view's
 * scores. */
void position_reading_of(const struct position_view *view, const float *p,
			 struct position_reading *out);

/* What is weighed, each with a weight. */
#define SETTLING(X)                                                                                \
	X(BASE)                                                                                    \
	X(PAIR)	     /* log odds of the pair, */                                                   \
	X(NEAR)	     /* of all that overlap with it, */                                            \
	X(EXPECTED)  /* of the same, as much as they are alike, */                                 \
	X(SIDED)     /* of a side being taken at all, */                                           \
	X(SIGN)	     /* of the side on these words */                                              \
	X(SECOND)    /* not the first guess */                                                     \
	X(AROUND)    /* log odds of a side: of the two statements before and behind, */            \
	X(ARTICLE)   /* of all of the article, */                                                  \
	X(SPEAKER)   /* of the speaker's others */                                                 \
	X(AGREES)    /* the speaker's other statements on this object, by side */                  \
	X(COMMON)    /* those of others: the object has sides taken on it */                       \
	X(RULED)     /* the rules say so, */                                                       \
	X(RULED_CUE) /* by the cue, */                                                             \
	X(OVERRULED) /* they say the other side */                                                 \
	X(AGAINST)                                                                                 \
	X(CONCERN)                                                                                 \
	X(LENGTH)                                                                                  \
	X(CHOICE) /* number of candidates */                                                       \
	X(ATTRIBUTION)                                                                             \
	X(KNOWN)                                                                                   \
	X(PRONOUN)                                                                                 \
	X(BEFORE)

#define X(name) SETTLING_##name,
enum { SETTLING(X) SETTLING_WEIGHTS };
#undef X

/* What each weight is multiplied with, for guess k of reading i. */
void position_settling_features(const struct position_reading *v, size_t n, size_t i, size_t k,
				float x[SETTLING_WEIGHTS]);
/* Sets the confidences of an article's readings. */
void position_settle(const float w[SETTLING_WEIGHTS], struct position_reading *v, size_t n);
/* Is a guess told where one of confidence `sure` is? Where the networks think it likelier that the
 * statement takes no side at all, it must be surer. */
bool position_is_told(const struct position_reading *r, const struct position_guess *g, float sure);

#endif
