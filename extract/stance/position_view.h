/* What the reader of positions (position_reader.h) sees of a statement: the words of its content
 * and those around them, which of them may be the object of a position (candidates: the heads of
 * phrases and clauses of the content and, where a pronoun may stand for it, of what stands before),
 * and hashed features of the whole and of each candidate. Names are seen as names alone, each as
 * one token: what is said of a country must not depend on which country it is, or on how many words
 * its name has. The program that fits the reader (train/fit_positions.c) uses the same functions.
 * Pure; one thread. */
#ifndef DEMARCHE_EXTRACT_STANCE_POSITION_VIEW_H
#define DEMARCHE_EXTRACT_STANCE_POSITION_VIEW_H

#include "extract/stance/view.h"

/* What is kept lives in `a`. 0, or -1 when it is full. */
int view_scene_init(struct view_scene *v, const struct classifier *cl, const struct forest *f,
		    const struct issue_background *bg, struct arena *a) MUST_CHECK;
/* A statement whose issues are known; `facts`: what its words, cue and act say of it by rules. */
void position_view(const struct view_scene *v, const struct attribution *at,
		   const struct statement *s, const struct stance_facts *facts,
		   struct position_view *out);

#endif
