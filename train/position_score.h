/* What the engine says of an article beside what its readers coded: which lines a statement speaks
 * of, and whether a side it tells is theirs. */
#ifndef DEMARCHE_TRAIN_POSITION_SCORE_H
#define DEMARCHE_TRAIN_POSITION_SCORE_H

#include "train/coded.h"
#include "train/position_cases.h"

enum { SCORE_LINES = 32 };

/* A statement of the engine with the lines that speak of its content. */
struct scored {
	const struct statement *s;
	const struct coded_line *lines[SCORE_LINES];
	size_t n_lines;
	const struct coded_line *nearest; /* that shares most with it, or NULL */
};

struct scored scored_of(const struct coded_article *x, const struct statement *s);

/* Is a side taken, rather than none? */
static inline bool is_sided(enum position p)
{
	return p == POSITION_SUPPORT || p == POSITION_OPPOSE || p == POSITION_CONCERN ||
	       p == POSITION_MIXED;
}

/* How an issue with a side stands to a line. */
struct agreement {
	bool is_same;  /* the object or the issue is the line's */
	bool is_right; /* and the side, too */
	bool is_issue; /* a closed issue is shared, and the side on it */
};

/* The words of the object overlap, or a closed issue is shared, or an open one overlaps with object
 * or name. */
struct agreement agreement_of(const struct issue_hit *hit, const struct coded_line *line);
/* Of a hit with a side. */
enum position_verdict scored_judge(const struct scored *x, const struct issue_hit *hit);

/* Is the issue among those of the line, with a side or without, or an open one like its object or
 * name? */
bool issue_is_of_line(const struct issue_hit *hit, const struct coded_line *line);
/* Has an open issue's label a word of four letters and more in common with a name? */
bool names_are_like(struct str label, struct str name);
/* Do two names mean the same one, accents and case aside: equal, one of them a part of the other,
 * or with one last word? Or is the first among several that the second joins ("Chabot and Romney")?
 */
bool names_agree(struct str a, struct str b);
/* Does the actor's name agree with one, or another name that the actor has? Of a country its name
 * alone: "Americans" are not the United States. */
bool actor_agrees(const struct actor *who, struct str name);

#endif
