/* The coded corpus as the reader of positions sees it: each coded content, and each content that
 * the engine finds in the same articles, with what the readers of the corpus said of it. */
#ifndef DEMARCHE_TRAIN_POSITION_CASES_H
#define DEMARCHE_TRAIN_POSITION_CASES_H

#include "extract/engine.h"
#include "extract/stance/position_reading.h"
#include "train/coded.h"
#include "train/position_gradient.h"
#include "train/ranker.h"

enum { CASE_LINES = 24 };

/* Is a content spoken of by a line? They share 40 % of the shorter one, and five characters at
 * least. */
bool position_case_meets(struct spans content, struct span line);

struct position_case {
	const struct coded_article *article;
	uint32_t number;    /* of the article in the corpus */
	bool is_found;	    /* by the engine, else as coded */
	uint32_t statement; /* of what is found: its place in the extraction, */
	uint64_t speaker;   /* the key of its speaker, or 0, */
	float attribution;  /* and the probability of the attribution */
	const struct position_view *view;
	const struct str *words;		    /* of the view's candidates, */
	const struct span *phrases;		    /* of the view's candidates, in code points */
	const struct coded_line *lines[CASE_LINES]; /* that speak of the content */
	bool is_told[CASE_LINES]; /* by the content, not by something told within it */
	size_t coded[CASE_LINES]; /* by line: the candidate that its object is, or n_candidates */
	size_t n_lines;
	struct position_reading
		reading; /* by networks that have not seen the article; n 0 at first */
	struct position_example example; /* of weight 0: nothing to learn from */
};

enum position_verdict {
	VERDICT_WRONG,
	VERDICT_RIGHT,
	VERDICT_OPEN,	/* by optional lines alone: counts neither way */
	VERDICT_UNCODED /* no line speaks of the content */
};

/* Is there a line with this side and an object among these words (code points)? */
enum position_verdict position_case_judge(const struct position_case *c, struct span object,
					  enum position side);

struct position_cases {
	struct position_case *v;
	size_t n, cap;
	struct ranker ties; /* coded objects and the issues that they are or are not (tie.h) */
};

/* Adds those of all articles of a split, in their order, those that the engine finds of each in the
 * order of the text; `out` is zeros at first. Exits when an article cannot be read. What is kept
 * lives in `a`. */
void position_cases_read(const struct engine *en, const struct coded *corpus,
			 enum coded_split split, struct arena *a, struct position_cases *out);

#endif
