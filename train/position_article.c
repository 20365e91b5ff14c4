/* All steps of the engine up to its statements, and what views are made in. */
#include "train/position_article.h"

#include <stdio.h>
#include <stdlib.h>

#include "extract/stance/position_view.h"
#include "extract/statement.h"

enum { ARTICLE_BYTES = 512 << 20 };

void position_article_read(const struct engine *en, const struct coded_article *x,
			   struct position_article *out)
{
	struct err e = {0};
	struct article article = article_of(x->text, x->published_at);
	article.title = x->title;
	out->coded = x;
	arena_init(&out->a, ARTICLE_BYTES);
	if (engine_analyze(en, &article, &out->a, &out->an, &e) < 0 ||
	    statements_make(en, NULL, &out->an, &out->found) < 0 ||
	    issue_background_make(&out->background, en->issues, &out->an.entities, out->an.title,
				  &out->a) < 0 ||
	    view_scene_init(&out->scene, en->classifier, &out->an.forest, &out->background,
			    &out->a) < 0) {
		fprintf(stderr, "%.*s: %s\n", STR_ARG(x->id), e.message);
		exit(1);
	}
}

void position_article_release(struct position_article *p)
{
	arena_release(&p->a);
}
