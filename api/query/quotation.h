/* A quotation held against what was said: the same words, a part of them, or others. Words are
 * compared, without case, accents and marks; what is between them is not. Any thread; memory in the
 * arena that is given. */
#ifndef DEMARCHE_API_QUERY_QUOTATION_H
#define DEMARCHE_API_QUERY_QUOTATION_H

#include "base/arena.h"
#include "base/terms.h"

/* From what matches least. Trimmed: parts of what was said, in its order, between which the
 * quotation has an ellipsis. Altered: at least QUOTATION_ALIKE of the words agree. */
#define WORDINGS(X)                                                                                \
	X(NONE, "none")                                                                            \
	X(ALTERED, "altered")                                                                      \
	X(TRIMMED, "trimmed")                                                                      \
	X(VERBATIM, "verbatim")
#define ALTERATIONS(X)                                                                             \
	X(LEFT_OUT, "left out")                                                                    \
	X(ADDED, "added")                                                                          \
	X(REPLACED, "replaced")
#define X_WORDING(name, word) WORDING_##name,
enum wording { WORDINGS(X_WORDING) WORDING_COUNT };
#undef X_WORDING
#define X_ALTERATION(name, word) ALTERATION_##name,
enum alteration_kind { ALTERATIONS(X_ALTERATION) ALTERATION_COUNT };
#undef X_ALTERATION
extern const struct terms terms_wording, terms_alteration;

#define QUOTATION_ALIKE 0.6
/* What was said is compared up to so many words. */
enum { QUOTATION_WORDS_MIN = 3, QUOTATION_SAID_MAX = 2000 };

struct quoted_word {
	struct str folded;
	size_t start, end; /* bytes */
};

struct quoted_words {
	struct quoted_word *v;
	size_t n;
};

struct quotation {
	struct str text; /* without the marks around it */
	struct quoted_words words;
	struct str *pieces; /* between ellipses; each has a word */
	size_t *ends;	    /* of each piece: how many words there are up to its end */
	size_t n_pieces;
};

struct alteration {
	enum alteration_kind kind;
	struct str said, quoted; /* the words there and here, "" where there are none */
};

struct comparison {
	enum wording wording;
	bool is_exact; /* to the last mark: the text is part of what was said, byte by byte */
	double share;  /* words that agree, of the longer of the quotation and what it is a
			  quotation of; 1 unless altered */
	struct alteration *alterations;
	size_t n;
};

/* 0, or -1 with *e: ERR_VALUE, field "text", when there are fewer than QUOTATION_WORDS_MIN words.
 */
int quotation_init(struct quotation *q, struct str text, struct arena *a, struct err *e) MUST_CHECK;
/* The words from..to (exclusive) as one view of the text. */
struct str quotation_part(const struct quotation *q, size_t from, size_t to);
/* 0, or -1 with *e. */
int quotation_compare(const struct quotation *q, struct str said, struct arena *a,
		      struct comparison *out, struct err *e) MUST_CHECK;

#endif
