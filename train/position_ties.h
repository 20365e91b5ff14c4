/* Examples of objects and the issues that they are or are not (extract/stance/tie.h). Readers of
 * the corpus say it of the objects they coded; of what the reader of positions guesses, which is
 * what the engine asks about, their lines tell as well. */
#ifndef DEMARCHE_TRAIN_POSITION_TIES_H
#define DEMARCHE_TRAIN_POSITION_TIES_H

#include "train/position_article.h"
#include "train/position_cases.h"
#include "train/ranker.h"

/* Of the objects that the lines of a case code. Its view must be set. */
void position_ties_add_coded(const struct position_article *p, const struct position_case *c,
			     const struct attribution *at, const struct statement *s,
			     struct ranker *out);

/* Of the guesses that stand in the readings of the cases that the engine finds in an article,
 * which are n from v on. */
void position_ties_add_guessed(const struct position_article *p, const struct position_case *v,
			       size_t n, struct ranker *out);

#endif
