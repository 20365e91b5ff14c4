/* An article of the coded corpus, analyzed: what the programs that fit positions look at. */
#ifndef DEMARCHE_TRAIN_POSITION_ARTICLE_H
#define DEMARCHE_TRAIN_POSITION_ARTICLE_H

#include "extract/analysis.h"
#include "extract/engine.h"
#include "extract/stance/view.h"
#include "train/coded.h"

struct position_article {
	const struct coded_article *coded;
	struct analysis an;
	struct issue_background background;
	struct extraction found;
	struct view_scene scene;
	struct arena a;
};

/* Exits when the article cannot be read. Neither may move before it is released. */
void position_article_read(const struct engine *en, const struct coded_article *x,
			   struct position_article *out);
void position_article_release(struct position_article *p);

#endif
