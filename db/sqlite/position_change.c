/* Statements that take a position, in the order of time, made into articles, then into runs. */
#include "db/position_change.h"

#include <stdlib.h>

#include "db/packed_fields.h"
#include "db/sqlite/scan.h"

struct taken {
	int64_t id, article;
	enum position position;
	int confidence;
};

struct gathering {
	struct arena *a;
	struct turns *out;
	struct taken *v;
	size_t n, cap;
};

static int count(void *context, const struct scan_row *row, struct err *e)
{
	struct turns *out = context;
	(void)e;
	int position = (int)(row->traits >> TRAIT_POSITION_SHIFT & TRAIT_POSITION_MASK);
	if (position < POSITION_COUNT)
		out->statements[position]++;
	return 0;
}

static int gather(void *context, const struct scan_row *row, struct err *e)
{
	struct gathering *g = context;
	if (g->n == TURN_STATEMENTS_MAX)
		return err_set(e, ERR_INPUT, NULL,
			       "more than %d statements take a position; narrow the question",
			       TURN_STATEMENTS_MAX);
	if (arena_grow(g->a, (void **)&g->v, &g->cap, g->n + 1, sizeof *g->v))
		return arena_full(e);
	g->v[g->n++] = (struct taken){
		.id = row->id,
		.article = row->article,
		.position =
			(enum position)(row->traits >> TRAIT_POSITION_SHIFT & TRAIT_POSITION_MASK),
		.confidence = (int)(row->traits & TRAIT_CONFIDENCE_MASK),
	};
	return 0;
}

/* Ids of articles sort by day, as those of their statements do. */
static int by_article(const void *va, const void *vb)
{
	const struct taken *a = va, *b = vb;
	if (a->article != b->article)
		return a->article < b->article ? -1 : 1;
	return a->id < b->id ? -1 : a->id > b->id;
}

/* What an article says: the surest of the statements that most of its statements agree with. The
 * number of statements taken; `said` has no id when they are even. */
static size_t take_article(const struct taken *v, size_t n, struct taken *said)
{
	size_t used = 0;
	int64_t balance = 0;
	for (; used < n && v[used].article == v[0].article; used++)
		balance += v[used].position == POSITION_SUPPORT ? 1 : -1;
	enum position position = balance > 0 ? POSITION_SUPPORT : POSITION_OPPOSE;
	*said = (struct taken){.position = position};
	for (size_t i = 0; i < used && balance; i++)
		/* Of equals the last stored: as ids fall in a new article, that is the first in the
		 * text. */
		if (v[i].position == position && v[i].confidence >= said->confidence)
			*said = v[i];
	return used;
}

struct walk {
	struct arena *a;
	struct turns *out;
	size_t cap;
	int64_t least;
	bool holds;
	enum position held, next;
	int64_t n_held, n_next;
	int64_t last, first_next; /* statements */
};

static int turn(struct walk *w, struct err *e)
{
	if (w->holds) {
		if (arena_grow(w->a, (void **)&w->out->v, &w->cap, w->out->n + 1,
			       sizeof *w->out->v))
			return arena_full(e);
		w->out->v[w->out->n++] = (struct turn){.from = w->held,
						       .to = w->next,
						       .before = w->last,
						       .after = w->first_next,
						       .articles_before = w->n_held};
	}
	w->holds = true;
	w->held = w->next;
	w->n_held = w->n_next;
	w->n_next = 0;
	return 0;
}

static int walk_on(struct walk *w, const struct taken *said, struct err *e)
{
	if (w->holds && said->position == w->held) {
		w->n_held++;
		w->n_next = 0;
		w->last = said->id;
	} else {
		if (w->n_next == 0 || w->next != said->position) {
			w->n_next = 0;
			w->next = said->position;
			w->first_next = said->id;
		}
		if (++w->n_next >= w->least) {
			if (turn(w, e))
				return -1;
			w->last = said->id;
		}
	}
	if (w->out->n)
		w->out->v[w->out->n - 1].articles_after = w->n_held;
	return 0;
}

int store_turns(struct reader *r, const struct statement_query *q, int articles, struct arena *a,
		struct turns *out, struct err *e)
{
	struct statement_query taking = *q;
	*out = (struct turns){0};
	struct gathering g = {.a = a, .out = out};
	struct walk w = {.a = a, .out = out, .least = articles};
	if (q->is_void)
		return 0;
	taking.positions = 0;
	if (scan(r, &taking, ASK_TRAITS, a, count, out, e))
		return -1;
	taking.positions = 1U << POSITION_SUPPORT | 1U << POSITION_OPPOSE;
	if (scan(r, &taking, ASK_NAMES, a, gather, &g, e))
		return -1;
	if (g.n)
		qsort(g.v, g.n, sizeof *g.v, by_article);
	for (size_t i = 0; i < g.n;) {
		struct taken said;
		i += take_article(g.v + i, g.n - i, &said);
		if (!said.id)
			continue;
		out->articles++;
		if (walk_on(&w, &said, e))
			return -1;
	}
	return 0;
}
