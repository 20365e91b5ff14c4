/* A phrase cut into words, and what each word can mean in a question: the tables data/questions.tsv
 * and data/times.tsv. What stands in quotation marks of any style is one word, and a name. Any
 * thread. */
#ifndef DEMARCHE_API_QUERY_PHRASE_WORDS_H
#define DEMARCHE_API_QUERY_PHRASE_WORDS_H

#include "base/err.h"

enum { PHRASE_WORDS_MAX = 100 };

/* Name, and the role's word in a table. The head of data/questions.tsv tells what they mean; those
 * from MONTH on are data/times.tsv's, with its numbers. */
#define PHRASE_ROLES(X)                                                                            \
	X(REQUEST, "request")                                                                      \
	X(FILLER, "filler")                                                                        \
	X(ASK, "ask")                                                                              \
	X(AUXILIARY, "auxiliary")                                                                  \
	X(SAY, "say")                                                                              \
	X(SPEAK, "speak")                                                                          \
	X(MAKE, "make")                                                                            \
	X(NOUN, "noun")                                                                            \
	X(NEGATION, "negation")                                                                    \
	X(JOINT, "joint")                                                                          \
	X(EMPTY, "empty")                                                                          \
	X(POST, "post")                                                                            \
	X(ANYONE, "anyone")                                                                        \
	X(ASIDE, "aside")                                                                          \
	X(STOP, "stop")                                                                            \
	X(DATE, "date")                                                                            \
	X(CLAUSE, "clause")                                                                        \
	X(MONTH, "month")                                                                          \
	X(SHORT_MONTH, "short-month")                                                              \
	X(WEEKDAY, "weekday")                                                                      \
	X(DAY, "day")                                                                              \
	X(UNIT, "unit")                                                                            \
	X(UNITS, "units")
enum {
#define X(name, word) ROLE_AT_##name,
	PHRASE_ROLES(X)
#undef X
		ROLE_COUNT
};
/* Bits, since a word may have several. */
enum phrase_role {
#define X(name, word) ROLE_##name = 1 << ROLE_AT_##name,
	PHRASE_ROLES(X)
#undef X
};

/* Which days a preposition before a date lets through. */
#define PHRASE_BOUNDS(X)                                                                           \
	X(FROM_FIRST, "from-first")                                                                \
	X(FROM_NEXT, "from-next")                                                                  \
	X(TO_PREVIOUS, "to-previous")                                                              \
	X(TO_LAST, "to-last")                                                                      \
	X(WITHIN, "within")
enum phrase_bounds {
#define X(name, word) BOUNDS_##name,
	PHRASE_BOUNDS(X)
#undef X
		BOUNDS_COUNT
};

/* What a word says that comes before a name. */
struct phrase_clause {
	struct str parameter;	     /* that takes the name */
	struct str also, also_value; /* what the word says by itself, or "" */
};

struct phrase_word {
	struct str text;	     /* without the punctuation around it */
	size_t from, to;	     /* bytes in the phrase */
	bool is_quoted, has_comma;   /* a comma follows */
	unsigned roles;		     /* none of a quoted word */
	int number;		     /* of a role of data/times.tsv */
	enum phrase_bounds bounds;   /* ROLE_DATE */
	struct phrase_clause clause; /* ROLE_CLAUSE */
};

/* Any of these roles. */
static inline bool word_has(const struct phrase_word *w, unsigned roles)
{
	return (w->roles & roles) != 0;
}
/* Is it this word, not quoted, in any letter case? */
bool word_is(const struct phrase_word *w, const char *word);

/* At most PHRASE_WORDS_MAX words; 0, or -1 with ERR_INPUT, field "q", when there are more. The
 * words are views of `s`. */
int words_split(struct str s, struct phrase_word words[PHRASE_WORDS_MAX], size_t *n,
		struct err *e) MUST_CHECK;

#endif
