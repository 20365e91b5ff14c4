/* Which issues of the table the object of a position is, and whether its name turns the side: who
 * is for "lower taxes" is against taxes. A log-linear model over hashed features of where the
 * issue's words stand, seen from the object, and of what both are; fitted on coded objects and on
 * what the reader of positions guesses (train/fit_positions.c). Names are masked. Pure. */
#ifndef DEMARCHE_EXTRACT_STANCE_TIE_H
#define DEMARCHE_EXTRACT_STANCE_TIE_H

#include "extract/issue/hit_weights.h"
#include "extract/stance/view.h"

/* What a side is taken on. */
struct tie_object {
	uint32_t head;
	struct range phrase; /* tokens of the article */
	enum position side;
	bool is_pronoun;
};

/* The statement it is of, with the issues that it may be: those before them in the list are
 * likelier what the statement is about. */
struct tie_scene {
	const struct view_scene *view;
	const struct attribution *at;
	const struct issue_hit *hits;
	size_t n_hits;
};

/* Can a side be taken on the issue at all? Open issues, places and domains are tied to nothing. */
bool tie_is_possible(const struct issue *is);
/* Is the object the undoing of what the issue's words name, or an attempt or a plan to do it
 * ("efforts to scrap the tax")? Then, if they are one at all, the side is turned. */
bool tie_is_turned(const struct tie_scene *s, size_t h, const struct tie_object *o);
/* That object and hit h are one, the side turned or not. */
void tie_features(const struct tie_scene *s, size_t h, const struct tie_object *o, bool turns,
		  struct features *out);

#endif
