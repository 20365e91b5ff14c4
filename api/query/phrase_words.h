/* A phrase cut into words, and what each word can mean in a question: the tables data/questions.tsv
 * and data/times.tsv. What stands in quotation marks of any style is one word, and a name. Any
 * thread. */
#ifndef DEMARCHE_API_QUERY_PHRASE_WORDS_H
#define DEMARCHE_API_QUERY_PHRASE_WORDS_H

#include "base/err.h"

enum { PHRASE_WORDS_MAX = 100 };
enum { PAST_BUT_NOW = 1 }; /* "new" before a post */

/* Name, and the role's word in a table. The head of data/questions.tsv tells what they mean; those
 * from MONTH on are data/times.tsv's, with its numbers. */
#define PHRASE_ROLES(X)                                                                            \
	X(REQUEST, "request")                                                                      \
	X(FILLER, "filler")                                                                        \
	X(ASK, "ask")                                                                              \
	X(WHO, "who")                                                                              \
	X(AUXILIARY, "auxiliary")                                                                  \
	X(SAY, "say")                                                                              \
	X(MAKE, "make")                                                                            \
	X(NOUN, "noun")                                                                            \
	X(ANSWER, "answer")                                                                        \
	X(OWN, "own")                                                                              \
	X(NEGATION, "negation")                                                                    \
	X(JOINT, "joint")                                                                          \
	X(VERSUS, "versus")                                                                        \
	X(PRONOUN, "pronoun")                                                                      \
	X(EMPTY, "empty")                                                                          \
	X(POST, "post")                                                                            \
	X(WHOLE, "whole")                                                                          \
	X(PAST, "past")                                                                            \
	X(RELATIVE, "relative")                                                                    \
	X(ANYONE, "anyone")                                                                        \
	X(ASIDE, "aside")                                                                          \
	X(WISH, "wish")                                                                            \
	X(RANGE, "range")                                                                          \
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
	struct str parameter; /* that takes the name */
	/* "act=DENY,act=REJECT": what the word says by itself before an actor, and else; or "" */
	struct str to_actor, else_also;
};

/* The shape of the answer that is wished for. */
#define PHRASE_WISHES(X)                                                                           \
	X(LIST, "list")                                                                            \
	X(ACTORS, "actors")                                                                        \
	X(COUNT, "count")                                                                          \
	X(COMPARE, "compare")                                                                      \
	X(GROUPS, "groups")                                                                        \
	X(FIRST, "first")                                                                          \
	X(LATEST, "latest")
enum phrase_wish {
#define X(name, word) WISH_##name,
	PHRASE_WISHES(X)
#undef X
		WISH_COUNT_OF
};
struct str phrase_wish_word(enum phrase_wish w);

struct phrase_word {
	struct str text;	   /* without the punctuation around it and a possessive ending */
	size_t from, to;	   /* bytes in the phrase */
	bool is_quoted, has_comma; /* a comma follows */
	bool has_colon;		   /* a colon does */
	bool is_possessive;
	unsigned roles;	       /* none of a quoted word */
	size_t length;	       /* words of the expression that begins here: these are its roles */
	enum phrase_wish wish; /* ROLE_WISH */
	int number;	       /* of a role of data/times.tsv; PAST_BUT_NOW of ROLE_PAST */
	enum phrase_bounds bounds;   /* ROLE_DATE */
	struct phrase_clause clause; /* ROLE_CLAUSE */
	struct str group;	     /* WISH_GROUPS: "by=country,interval=month" */
	struct str long_form;	     /* ROLE_POST: "prime minister" of "pm", or "" */
};

/* Any of these roles. */
static inline bool word_has(const struct phrase_word *w, unsigned roles)
{
	return (w->roles & roles) != 0;
}
/* The number that a word counts by, "two" or "30"; 0 for none. */
int word_count(const struct phrase_word *w);
/* Is it this word, not quoted, in any letter case? */
bool word_is(const struct phrase_word *w, const char *word);

/* At most PHRASE_WORDS_MAX words; 0, or -1 with ERR_VALUE, field "q", when there are more. The
 * words are views of `s`. */
int words_split(struct str s, struct phrase_word words[PHRASE_WORDS_MAX], size_t *n,
		struct err *e) MUST_CHECK;

#endif
