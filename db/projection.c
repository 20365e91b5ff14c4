/* Node by node: along its members, and along each member's nodes that come after it. */
#include "db/projection.h"

#include <math.h>
#include <stdlib.h>

/* What two nodes have together, while the dyads of one of them are summed up. */
struct sum {
	double congruence, conflict;
	int64_t common, cells; /* members, and members with level, that both have */
};

/* A node by itself. */
struct profile {
	size_t from, to;     /* its stretch of p->v */
	double sum, squares; /* of its counts */
	int64_t cells;	     /* members with level that it has */
};

struct projecting {
	struct projection *p;
	struct profile *profiles;  /* a node */
	struct projected *columns; /* p->v, sorted by the other mode */
	size_t *heads, *ends;	   /* a member: of its column what comes after the node at work */
	struct sum *sums;	   /* a node */
	uint32_t *touched;	   /* nodes whose sum is not empty */
	size_t n_touched;
};

static int by_node(const void *va, const void *vb)
{
	const struct projected *a = va, *b = vb;
	if (a->node != b->node)
		return a->node < b->node ? -1 : 1;
	return (a->other > b->other) - (a->other < b->other);
}

static int by_other(const void *va, const void *vb)
{
	const struct projected *a = va, *b = vb;
	if (a->other != b->other)
		return a->other < b->other ? -1 : 1;
	return (a->node > b->node) - (a->node < b->node);
}

static void measure(struct projecting *w)
{
	struct projection *p = w->p;
	for (size_t i = 0; i < p->n; i++) {
		struct profile *f = &w->profiles[p->v[i].node];
		if (f->to == 0)
			f->from = i;
		f->to = i + 1;
		for (int k = 0; k < LEVEL_COUNT; k++) {
			double x = p->v[i].counts[k];
			f->sum += x;
			f->squares += x * x;
			f->cells += x > 0;
		}
	}
	for (size_t i = 0; i < p->n; i++) {
		uint32_t other = w->columns[i].other;
		if (w->ends[other] == 0)
			w->heads[other] = i;
		w->ends[other] = i + 1;
	}
}

static int prepare(struct projecting *w, struct arena *a, struct err *e)
{
	struct projection *p = w->p;
	w->profiles = arena_array(a, p->n_nodes, sizeof *w->profiles);
	w->columns = arena_array(a, p->n, sizeof *w->columns);
	w->heads = arena_array(a, p->n_others, sizeof *w->heads);
	w->ends = arena_array(a, p->n_others, sizeof *w->ends);
	w->sums = arena_array(a, p->n_nodes, sizeof *w->sums);
	w->touched = arena_array(a, p->n_nodes, sizeof *w->touched);
	if (!w->profiles || !w->columns || !w->heads || !w->ends || !w->sums || !w->touched)
		return arena_full(e);
	for (size_t i = 0; i < p->n; i++)
		w->columns[i] = p->v[i];
	if (p->n) {
		qsort(p->v, p->n, sizeof *p->v, by_node);
		qsort(w->columns, p->n, sizeof *w->columns, by_other);
	}
	measure(w);
	return 0;
}

static void add(struct projecting *w, const double x[LEVEL_COUNT], const struct projected *other)
{
	struct sum *s = &w->sums[other->node];
	const double *y = other->counts;
	if (s->common++ == 0)
		w->touched[w->n_touched++] = other->node;
	s->congruence += x[LEVEL_SUPPORT] * y[LEVEL_SUPPORT] + x[LEVEL_OPPOSE] * y[LEVEL_OPPOSE];
	s->conflict += x[LEVEL_SUPPORT] * y[LEVEL_OPPOSE] + x[LEVEL_OPPOSE] * y[LEVEL_SUPPORT];
	for (int k = 0; k < LEVEL_COUNT; k++)
		s->cells += x[k] > 0 && y[k] > 0;
}

static int emit(struct projecting *w, uint32_t from, uint32_t to, struct err *e)
{
	const struct profile *a = &w->profiles[from], *b = &w->profiles[to];
	const struct sum *s = &w->sums[to];
	const struct dyad d = {.from = from,
			       .to = to,
			       .congruence = s->congruence,
			       .conflict = s->conflict,
			       .common = s->common,
			       .average = (a->sum + b->sum) / 2,
			       .jaccard = (double)(a->cells + b->cells - s->cells),
			       .cosine = sqrt(a->squares * b->squares)};
	return w->p->take(w->p->context, &d, e);
}

static int dyads_of(struct projecting *w, uint32_t node, struct err *e)
{
	const struct profile *f = &w->profiles[node];
	w->n_touched = 0;
	for (size_t i = f->from; i < f->to; i++) {
		const struct projected *mine = &w->p->v[i];
		size_t at = ++w->heads[mine->other]; /* past the node itself */
		for (; at < w->ends[mine->other]; at++)
			add(w, mine->counts, &w->columns[at]);
	}
	for (size_t i = 0; i < w->n_touched; i++) {
		if (emit(w, node, w->touched[i], e))
			return -1;
		w->sums[w->touched[i]] = (struct sum){0};
	}
	return 0;
}

int projection_dyads(struct projection *p, struct arena *a, struct err *e)
{
	struct projecting w = {.p = p};
	if (prepare(&w, a, e))
		return -1;
	for (uint32_t node = 0; node < p->n_nodes; node++)
		if (p->goes_on(p->context, e) || dyads_of(&w, node, e))
			return -1;
	return 0;
}
