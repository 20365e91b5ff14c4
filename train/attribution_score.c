/* Pairing and counting. */
#include "train/attribution_score.h"

#include <stdlib.h>

#include "train/room.h"

static const double overlap_least = 0.5, overlap_tight = 0.8;

/* An attribution as runs of pieces. */
struct placed {
	struct runs role[ROLE_COUNT];
};

struct side {
	struct placed *v;
	size_t n;
};

static struct side place_all(const struct pieces *p, struct marked_list list, struct arena *a)
{
	struct side s = {room_for(a, list.n, sizeof *s.v), list.n};
	for (size_t i = 0; i < list.n; i++)
		for (int role = 0; role < ROLE_COUNT; role++)
			s.v[i].role[role] = runs_of(p, list.v[i].role[role], a);
	return s;
}

/* --- pairs */

struct pair {
	double overlap;
	uint32_t cue; /* shared pieces of it */
	size_t gold, said;
};

static int by_likeness(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;
	if (x->overlap != y->overlap)
		return x->overlap < y->overlap ? 1 : -1;
	if (x->cue != y->cue)
		return x->cue < y->cue ? 1 : -1;
	return x->gold != y->gold ? (x->gold > y->gold) - (x->gold < y->gold)
				  : (x->said > y->said) - (x->said < y->said);
}

static struct pair *find_pairs(const struct side *gold, const struct side *said, struct arena *a,
			       size_t *n)
{
	struct pair *v = room_for(a, gold->n * said->n, sizeof *v);
	*n = 0;
	for (size_t g = 0; g < gold->n; g++)
		for (size_t s = 0; s < said->n; s++) {
			const struct runs *x = gold->v[g].role, *y = said->v[s].role;
			uint32_t both = runs_shared(x[ROLE_CONTENT], y[ROLE_CONTENT]);
			uint32_t all =
				runs_size(x[ROLE_CONTENT]) + runs_size(y[ROLE_CONTENT]) - both;
			if (both)
				v[(*n)++] =
					(struct pair){(double)both / all,
						      runs_shared(x[ROLE_CUE], y[ROLE_CUE]), g, s};
		}
	qsort(v, *n, sizeof *v, by_likeness);
	return v;
}

static void count_pair(const struct placed *gold, const struct placed *said, double overlap,
		       unsigned group, struct counts *c, bool *is_right)
{
	struct runs source = gold->role[ROLE_SOURCE];
	bool right = source.n == 0 || runs_shared(source, said->role[ROLE_SOURCE]) > 0;
	c->of[COUNT_TIGHT] += overlap >= overlap_tight;
	if (overlap < overlap_least)
		return;
	c->of[COUNT_MATCHED]++;
	c->of[COUNT_RIGHT] += right;
	c->of[COUNT_SOURCES] += source.n > 0;
	c->of[COUNT_SOURCES_RIGHT] += source.n > 0 && right;
	c->of[COUNT_GROUP_MATCHED + group]++;
	c->of[COUNT_GROUP_RIGHT + group] += right;
	c->of[COUNT_GROUP_MATCHED + GROUP_DIRECT] += group != INDIRECT;
	c->of[COUNT_GROUP_RIGHT + GROUP_DIRECT] += group != INDIRECT && right;
	if (is_right)
		*is_right = right;
}

static void count_pairs(const struct pieces *p, const struct side *gold, const struct side *said,
			struct arena *a, struct counts *c, bool *is_right)
{
	size_t n;
	const struct pair *pairs = find_pairs(gold, said, a, &n);
	bool *gold_taken = room_for(a, gold->n, sizeof *gold_taken),
	     *said_taken = room_for(a, said->n, sizeof *said_taken);
	unsigned *groups = room_for(a, gold->n, sizeof *groups);
	for (size_t g = 0; g < gold->n; g++) {
		groups[g] = runs_directness(p, gold->v[g].role[ROLE_CONTENT]);
		c->of[COUNT_GROUP_GOLD + groups[g]]++;
		c->of[COUNT_GROUP_GOLD + GROUP_DIRECT] += groups[g] != INDIRECT;
	}
	for (size_t i = 0; i < n; i++) {
		size_t g = pairs[i].gold, s = pairs[i].said;
		if (gold_taken[g] || said_taken[s])
			continue;
		gold_taken[g] = said_taken[s] = true;
		count_pair(&gold->v[g], &said->v[s], pairs[i].overlap, groups[g], c,
			   is_right ? &is_right[s] : NULL);
	}
}

/* --- exact */

/* Do any runs of two cues overlap, or follow one another? */
static bool cues_touch(struct runs said, struct runs gold)
{
	for (size_t i = 0; i < said.n; i++)
		for (size_t k = 0; k < gold.n; k++)
			if (said.v[i].first <= gold.v[k].end && said.v[i].end > gold.v[k].first)
				return true;
	return false;
}

static bool is_exact(const struct placed *said, const struct placed *gold, int way)
{
	bool same[ROLE_COUNT];
	for (int role = 0; role < ROLE_COUNT; role++)
		same[role] = runs_equal(said->role[role], gold->role[role]);
	if (way == EXACT_ALL)
		return same[ROLE_CUE] && same[ROLE_SOURCE] && same[ROLE_CONTENT];
	return same[way] &&
	       (way == ROLE_CUE || cues_touch(said->role[ROLE_CUE], gold->role[ROLE_CUE]));
}

static void count_exact(const struct side *gold, const struct side *said, int way, struct counts *c)
{
	uint32_t hits = 0, missed = 0;
	for (size_t s = 0; s < said->n; s++) {
		bool found = false;
		for (size_t g = 0; g < gold->n && !found; g++)
			found = is_exact(&said->v[s], &gold->v[g], way);
		hits += found;
	}
	for (size_t g = 0; g < gold->n; g++) {
		bool found = false;
		for (size_t s = 0; s < said->n && !found; s++)
			found = is_exact(&said->v[s], &gold->v[g], way);
		missed += !found;
	}
	c->of[COUNT_EXACT + way] += hits;
	c->of[COUNT_EXACT_GOLD + way] += hits + missed;
}

static int by_first(const void *a, const void *b)
{
	const struct run *x = a, *y = b;
	return x->first != y->first ? (x->first > y->first) - (x->first < y->first)
				    : (x->end > y->end) - (x->end < y->end);
}

/* All runs of a role in an article, each once, in order. */
static struct runs runs_of_role(const struct side *side, int role, struct arena *a)
{
	size_t n = 0;
	struct runs r = {.n = 0};
	for (size_t i = 0; i < side->n; i++)
		n += side->v[i].role[role].n;
	r.v = room_for(a, n, sizeof *r.v);
	n = 0;
	for (size_t i = 0; i < side->n; i++)
		for (size_t k = 0; k < side->v[i].role[role].n; k++)
			r.v[n++] = side->v[i].role[role].v[k];
	qsort(r.v, n, sizeof *r.v, by_first);
	for (size_t i = 0; i < n; i++)
		if (r.n == 0 || by_first(&r.v[r.n - 1], &r.v[i]) != 0)
			r.v[r.n++] = r.v[i];
	return r;
}

static void count_spans(const struct side *gold, const struct side *said, int role, struct arena *a,
			struct counts *c)
{
	struct runs x = runs_of_role(gold, role, a), y = runs_of_role(said, role, a);
	uint32_t same = 0;
	for (size_t i = 0, k = 0; i < x.n && k < y.n;) {
		int order = by_first(&x.v[i], &y.v[k]);
		same += order == 0;
		i += order <= 0;
		k += order >= 0;
	}
	c->of[COUNT_SPANS_SAME + role] += same;
	c->of[COUNT_SPANS_SAID + role] += (uint32_t)y.n;
	c->of[COUNT_SPANS_GOLD + role] += (uint32_t)x.n;
}

void attribution_count(struct str text, struct marked_list gold_list, struct marked_list said_list,
		       struct arena *a, struct counts *sum, bool *is_right)
{
	struct pieces p = pieces_of(text, a);
	struct side gold = place_all(&p, gold_list, a), said = place_all(&p, said_list, a);
	sum->of[COUNT_GOLD] += (uint32_t)gold.n;
	sum->of[COUNT_SAID] += (uint32_t)said.n;
	sum->of[COUNT_PIECES] += (uint32_t)p.n;
	for (size_t s = 0; is_right && s < said.n; s++)
		is_right[s] = false;
	count_pairs(&p, &gold, &said, a, sum, is_right);
	for (int role = 0; role < ROLE_COUNT; role++)
		count_spans(&gold, &said, role, a, sum);
	for (int way = 0; way < EXACT_COUNT; way++)
		count_exact(&gold, &said, way, sum);
}

/* --- figures */

#define SPAN_EXACT(role)                                                                           \
	COUNT_SPANS_SAME + (role), COUNT_SPANS_SAID + (role), COUNT_SPANS_GOLD + (role)
#define EXACT(way)	  COUNT_EXACT + (way), COUNT_SAID, COUNT_EXACT_GOLD + (way)
#define SHARE(hit, whole) (hit), (whole), (whole)

const struct figure attribution_figures[] = {
	{"attribution", COUNT_MATCHED, COUNT_SAID, COUNT_GOLD},
	{"attribution+source", COUNT_RIGHT, COUNT_SAID, COUNT_GOLD},
	{"attribution tight", COUNT_TIGHT, COUNT_SAID, COUNT_GOLD},
	{"cue span exact", SPAN_EXACT(ROLE_CUE)},
	{"source span exact", SPAN_EXACT(ROLE_SOURCE)},
	{"content span exact", SPAN_EXACT(ROLE_CONTENT)},
	{"cue exact", EXACT(ROLE_CUE)},
	{"source exact", EXACT(ROLE_SOURCE)},
	{"content exact", EXACT(ROLE_CONTENT)},
	{"all exact", EXACT(EXACT_ALL)},
	{"source accuracy", SHARE(COUNT_SOURCES_RIGHT, COUNT_SOURCES)},
	{"recall direct",
	 SHARE(COUNT_GROUP_MATCHED + GROUP_DIRECT, COUNT_GROUP_GOLD + GROUP_DIRECT)},
	{"recall+source direct",
	 SHARE(COUNT_GROUP_RIGHT + GROUP_DIRECT, COUNT_GROUP_GOLD + GROUP_DIRECT)},
	{"recall full", SHARE(COUNT_GROUP_MATCHED + FULL, COUNT_GROUP_GOLD + FULL)},
	{"recall+source full", SHARE(COUNT_GROUP_RIGHT + FULL, COUNT_GROUP_GOLD + FULL)},
	{"recall mixed", SHARE(COUNT_GROUP_MATCHED + MIXED, COUNT_GROUP_GOLD + MIXED)},
	{"recall+source mixed", SHARE(COUNT_GROUP_RIGHT + MIXED, COUNT_GROUP_GOLD + MIXED)},
	{"recall indirect", SHARE(COUNT_GROUP_MATCHED + INDIRECT, COUNT_GROUP_GOLD + INDIRECT)},
	{"recall+source indirect",
	 SHARE(COUNT_GROUP_RIGHT + INDIRECT, COUNT_GROUP_GOLD + INDIRECT)},
};
const size_t attribution_figures_n = sizeof attribution_figures / sizeof attribution_figures[0];

static double ratio(uint32_t part, uint32_t whole)
{
	return whole ? (double)part / whole : 0;
}

double figure_precision(const struct figure *f, const struct counts *c)
{
	return ratio(c->of[f->hit], c->of[f->said]);
}

double figure_recall(const struct figure *f, const struct counts *c)
{
	return ratio(c->of[f->hit], c->of[f->gold]);
}

double figure_f1(const struct figure *f, const struct counts *c)
{
	double p = figure_precision(f, c), r = figure_recall(f, c);
	return p + r > 0 ? 2 * p * r / (p + r) : 0;
}
