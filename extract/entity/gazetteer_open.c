/* Opens the gazetteer: what is read first, what builds on it. */
#include "extract/entity/gazetteer.h"
#include "extract/entity/gazetteer_words.h"

int gazetteer_open(struct gazetteer *g, const struct lexicon *lx, struct err *e)
{
	*g = (struct gazetteer){0};
	return gazetteer_read_actors(g, lx, e) < 0 || gazetteer_words_read(g, lx, e) < 0 ||
			       coref_model_read(&g->coref, e) < 0 ||
			       holders_open(&g->holders, e) < 0 ||
			       gazetteer_read_persons(g, lx, e) < 0
		       ? -1
		       : 0;
}

void gazetteer_close(struct gazetteer *g)
{
	arena_release(&g->a);
}
