/* Articles in the order of time, and the runs of those that say the same. */
#include "db/position_runs.h"

#include <stdlib.h>

/* Ids of articles sort by day, as those of their statements do. */
static int by_article(const void *va, const void *vb)
{
	const struct position_taken *a = va, *b = vb;
	if (a->article != b->article)
		return a->article < b->article ? -1 : 1;
	return a->id < b->id ? -1 : a->id > b->id;
}

/* What an article says, and its first and last statement in the text that say so. */
struct article_says {
	enum position position;
	int64_t first, last; /* 0: as many take the one position as the other */
};

/* What most of its statements say. The number of statements used. Ids fall in the order of the
 * text. */
static size_t take_article(const struct position_taken *v, size_t n, struct article_says *says)
{
	size_t used = 0;
	int64_t balance = 0;
	for (; used < n && v[used].article == v[0].article; used++)
		balance += v[used].position == POSITION_SUPPORT ? 1 : -1;
	*says = (struct article_says){.position = balance > 0 ? POSITION_SUPPORT : POSITION_OPPOSE};
	for (size_t i = 0; i < used && balance; i++) {
		if (v[i].position != says->position)
			continue;
		if (!says->last)
			says->last = v[i].id;
		says->first = v[i].id;
	}
	return used;
}

struct runs {
	struct arena *a;
	struct position_changes *out;
	size_t cap;
	int64_t least; /* articles in a row that make a position hold */
	bool holds;
	enum position held, next;
	int64_t n_held, n_next;	  /* articles */
	int64_t last, first_next; /* statements */
};

static int change(struct runs *r, struct err *e)
{
	struct position_changes *out = r->out;
	if (r->holds) {
		if (arena_grow(r->a, (void **)&out->v, &r->cap, out->n + 1, sizeof *out->v))
			return arena_full(e);
		out->v[out->n++] = (struct position_change){.from = r->held,
							    .to = r->next,
							    .before = r->last,
							    .after = r->first_next,
							    .articles_before = r->n_held};
	}
	r->holds = true;
	r->held = r->next;
	r->n_held = r->n_next;
	r->n_next = 0;
	return 0;
}

static int add_article(struct runs *r, const struct article_says *said, struct err *e)
{
	if (r->holds && said->position == r->held) {
		r->n_held++;
		r->n_next = 0;
		r->last = said->last;
	} else {
		if (r->n_next == 0 || r->next != said->position) {
			r->n_next = 0;
			r->next = said->position;
			r->first_next = said->first;
		}
		if (++r->n_next >= r->least) {
			if (change(r, e))
				return -1;
			r->last = said->last;
		}
	}
	if (r->out->n)
		r->out->v[r->out->n - 1].articles_after = r->n_held;
	return 0;
}

int position_runs_find(struct positions_taken *taken, int articles, struct arena *a,
		       struct position_changes *out, struct err *e)
{
	struct runs r = {.a = a, .out = out, .least = articles};
	if (taken->n)
		qsort(taken->v, taken->n, sizeof *taken->v, by_article);
	for (size_t i = 0; i < taken->n;) {
		struct article_says said;
		i += take_article(taken->v + i, taken->n - i, &said);
		if (!said.first)
			continue;
		out->articles++;
		if (add_article(&r, &said, e))
			return -1;
	}
	out->holds = r.holds;
	out->held = r.holds ? r.held : POSITION_NONE;
	return 0;
}
