/* There are no pages of an index here: what match.h finds is walked. */
#include "db/sqlite/word_walk.h"

int word_walk_open(struct reader *r, struct str phrase, struct arena *a, struct word_walk **out,
		   struct err *e)
{
	(void)r, (void)phrase, (void)a, (void)e;
	*out = NULL;
	return 0;
}

int word_walk_next(struct word_walk *w, int64_t *id, struct err *e)
{
	(void)w, (void)id;
	return err_set(e, ERR_INTERNAL, NULL, "there is no such walk");
}

int word_walk_below(struct word_walk *w, int64_t before, int64_t *ids, size_t most, size_t *n,
		    struct err *e)
{
	(void)w, (void)before, (void)ids, (void)most, (void)n;
	return err_set(e, ERR_INTERNAL, NULL, "there is no such walk");
}

int word_walk_keep(struct word_walk *w, int64_t *ids, size_t *n, struct err *e)
{
	(void)w, (void)ids, (void)n;
	return err_set(e, ERR_INTERNAL, NULL, "there is no such walk");
}

bool word_walk_is_over(const struct word_walk *w)
{
	(void)w;
	return true;
}
