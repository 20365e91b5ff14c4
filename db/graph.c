/* Nodes in the order of what counts, the edges between the first of them, the heaviest of these. */
#include "db/graph.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "db/projection.h"

/* All of one mode. */
struct side {
	struct network_node *v; /* the most pairs that count first */
	size_t n, kept;		/* within max_nodes */
	int64_t *keys;		/* rising, and the place in `v` of each */
	uint32_t *places;
};

struct graph {
	const struct graph_query *q;
	const struct incidence *table;
	struct arena *a;
	struct side actors, issues;
	struct network_edge
		*edges; /* room for all there can be, or twice as many as are returned */
	size_t n, most, room;
	int64_t offered; /* edges, whatever their weight */
};

/* --- nodes --- */

static int by_key(const void *va, const void *vb)
{
	const int64_t *a = va, *b = vb;
	return (*a > *b) - (*a < *b);
}

static int64_t sum_of(const int64_t *v, int n)
{
	int64_t sum = 0;
	for (int i = 0; i < n; i++)
		sum += v[i];
	return sum;
}

static size_t index_of(const int64_t *keys, size_t n, int64_t key)
{
	const int64_t *found = bsearch(&key, keys, n, sizeof *keys, by_key);
	return (size_t)(found - keys);
}

/* The keys of all ties, each once. */
static int find_keys(struct graph *g, struct side *s, bool is_actor, struct err *e)
{
	const struct incidence *t = g->table;
	s->keys = arena_array(g->a, t->n, sizeof *s->keys);
	if (!s->keys)
		return arena_full(e);
	for (size_t i = 0; i < t->n; i++)
		s->keys[i] = is_actor ? t->ties[i].actor : t->ties[i].issue;
	if (t->n)
		qsort(s->keys, t->n, sizeof *s->keys, by_key);
	for (size_t i = 0; i < t->n; i++)
		if (s->n == 0 || s->keys[s->n - 1] != s->keys[i])
			s->keys[s->n++] = s->keys[i];
	return 0;
}

static void add_tie(struct network_node *n, const struct tie *t)
{
	bool is_new = sum_of(n->pairs, POSITION_COUNT) == 0;
	for (int p = 0; p < POSITION_COUNT; p++)
		n->pairs[p] += t->pairs[p];
	n->counted += sum_of(t->counts, LEVEL_COUNT);
	n->first = is_new || t->first < n->first ? t->first : n->first;
	n->last = is_new || t->last > n->last ? t->last : n->last;
}

static int by_count(const void *va, const void *vb)
{
	const struct network_node *a = va, *b = vb;
	int64_t pairs_a = sum_of(a->pairs, POSITION_COUNT),
		pairs_b = sum_of(b->pairs, POSITION_COUNT);
	if (a->counted != b->counted)
		return a->counted > b->counted ? -1 : 1;
	if (pairs_a != pairs_b)
		return pairs_a > pairs_b ? -1 : 1;
	return by_key(&a->key, &b->key);
}

static int make_side(struct graph *g, struct side *s, bool is_actor, struct err *e)
{
	const struct incidence *t = g->table;
	size_t most = (size_t)g->q->n->max_nodes;
	if (find_keys(g, s, is_actor, e))
		return -1;
	s->v = arena_array(g->a, s->n, sizeof *s->v);
	s->places = arena_array(g->a, s->n, sizeof *s->places);
	if (!s->v || !s->places)
		return arena_full(e);
	for (size_t i = 0; i < s->n; i++)
		s->v[i].key = s->keys[i];
	for (size_t i = 0; i < t->n; i++)
		add_tie(&s->v[index_of(s->keys, s->n,
				       is_actor ? t->ties[i].actor : t->ties[i].issue)],
			&t->ties[i]);
	if (s->n)
		qsort(s->v, s->n, sizeof *s->v, by_count);
	for (size_t i = 0; i < s->n; i++)
		s->places[index_of(s->keys, s->n, s->v[i].key)] = (uint32_t)i;
	s->kept = s->n < most ? s->n : most;
	return 0;
}

static uint32_t place_of(const struct side *s, int64_t key)
{
	return s->places[index_of(s->keys, s->n, key)];
}

/* --- edges --- */

static int by_weight(const void *va, const void *vb)
{
	const struct network_edge *a = va, *b = vb;
	double heavy_a = fabs(a->weight), heavy_b = fabs(b->weight);
	if (heavy_a != heavy_b)
		return heavy_a > heavy_b ? -1 : 1;
	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	return (a->to > b->to) - (a->to < b->to);
}

static void trim(struct graph *g)
{
	if (g->n)
		qsort(g->edges, g->n, sizeof *g->edges, by_weight);
	g->n = g->n < g->most ? g->n : g->most;
}

/* A weight of 0 is no edge: where agreement and disagreement cancel out, too. */
static void offer(struct graph *g, const struct network_edge *edge)
{
	if (edge->weight == 0)
		return;
	g->offered++;
	if (fabs(edge->weight) < g->q->n->min_weight)
		return;
	if (g->n == g->room)
		trim(g);
	g->edges[g->n++] = *edge;
}

static double share(double weight, double of)
{
	return of > 0 ? weight / of : 0;
}

static double two_mode_weight(const struct graph *g, const struct tie *t, uint32_t actor,
			      uint32_t issue)
{
	const struct network_query *n = g->q->n;
	double for_it = (double)t->counts[LEVEL_SUPPORT], against = (double)t->counts[LEVEL_OPPOSE];
	double weight = n->agreement == AGREEMENT_CONFLICT   ? against
			: n->agreement == AGREEMENT_SUBTRACT ? for_it - against
							     : for_it;
	if (n->normalization == NORMALIZATION_ACTIVITY)
		return share(weight, (double)g->actors.v[actor].counted);
	if (n->normalization == NORMALIZATION_PROMINENCE)
		return share(weight, (double)g->issues.v[issue].counted);
	return weight;
}

static void make_ties(struct graph *g)
{
	for (size_t i = 0; i < g->table->n; i++) {
		const struct tie *t = &g->table->ties[i];
		uint32_t actor = place_of(&g->actors, t->actor),
			 issue = place_of(&g->issues, t->issue);
		if (actor >= g->actors.kept || issue >= g->issues.kept)
			continue;
		struct network_edge edge = {.from = actor,
					    .to = (uint32_t)g->actors.kept + issue,
					    .weight = two_mode_weight(g, t, actor, issue),
					    .counted = sum_of(t->counts, LEVEL_COUNT),
					    .first = t->first,
					    .last = t->last};
		memcpy(edge.pairs, t->pairs, sizeof edge.pairs);
		offer(g, &edge);
	}
}

static int take_dyad(void *context, const struct dyad *d, struct err *e)
{
	struct graph *g = context;
	const struct network_query *n = g->q->n;
	(void)e;
	double weight = n->agreement == AGREEMENT_CONFLICT   ? d->conflict
			: n->agreement == AGREEMENT_SUBTRACT ? d->congruence - d->conflict
							     : d->congruence;
	double of = n->normalization == NORMALIZATION_AVERAGE	? d->average
		    : n->normalization == NORMALIZATION_JACCARD ? d->jaccard
		    : n->normalization == NORMALIZATION_COSINE	? d->cosine
								: 1;
	const struct network_edge edge = {.from = d->from,
					  .to = d->to,
					  .weight = share(weight, of),
					  .congruence = d->congruence,
					  .conflict = d->conflict,
					  .common = d->common};
	offer(g, &edge);
	return 0;
}

static int goes_on(void *context, struct err *e)
{
	const struct graph *g = context;
	return g->q->goes_on(g->q->context, e);
}

static int make_dyads(struct graph *g, struct err *e)
{
	bool of_actors = g->q->n->mode == NETWORK_ACTORS;
	const struct side *nodes = of_actors ? &g->actors : &g->issues,
			  *others = of_actors ? &g->issues : &g->actors;
	struct projection p = {.v = arena_array(g->a, g->table->n, sizeof *p.v),
			       .n_nodes = nodes->kept,
			       .n_others = others->n,
			       .take = take_dyad,
			       .goes_on = goes_on,
			       .context = g};
	if (!p.v)
		return arena_full(e);
	for (size_t i = 0; i < g->table->n; i++) {
		const struct tie *t = &g->table->ties[i];
		uint32_t node = place_of(nodes, of_actors ? t->actor : t->issue);
		if (node >= nodes->kept || sum_of(t->counts, LEVEL_COUNT) == 0)
			continue;
		p.v[p.n++] = (struct projected){
			.node = node,
			.other = place_of(others, of_actors ? t->issue : t->actor),
			.counts = {(double)t->counts[LEVEL_SUPPORT],
				   (double)t->counts[LEVEL_OPPOSE]}};
	}
	return projection_dyads(&p, g->a, e);
}

/* --- the whole --- */

static void count_pairs(const struct graph *g, struct network *out)
{
	int64_t counted = 0;
	for (size_t i = 0; i < g->table->n; i++) {
		const struct tie *t = &g->table->ties[i];
		int64_t pairs = sum_of(t->pairs, POSITION_COUNT);
		out->pairs += pairs;
		counted += sum_of(t->counts, LEVEL_COUNT);
		if (g->q->n->agreement != AGREEMENT_IGNORE)
			out->without_side +=
				pairs - t->pairs[POSITION_SUPPORT] - t->pairs[POSITION_OPPOSE];
	}
	out->duplicates = out->pairs - out->without_side - counted;
}

/* The nodes that are told, in their order, and the edges' ends among them. */
static int fill(struct graph *g, struct network *out, struct err *e)
{
	size_t actors = g->q->n->mode == NETWORK_ISSUES ? 0 : g->actors.kept,
	       issues = g->q->n->mode == NETWORK_ACTORS ? 0 : g->issues.kept, n = actors + issues;
	struct network_node *all = arena_array(g->a, n, sizeof *all);
	uint32_t *places = arena_array(g->a, n, sizeof *places);
	if (!all || !places)
		return arena_full(e);
	if (actors)
		memcpy(all, g->actors.v, actors * sizeof *all);
	if (issues)
		memcpy(all + actors, g->issues.v, issues * sizeof *all);
	for (size_t i = 0; i < g->n; i++) {
		all[g->edges[i].from].degree++;
		all[g->edges[i].to].degree++;
	}
	for (size_t i = 0; i < n; i++)
		if (all[i].degree || g->q->n->with_isolates) {
			places[i] = (uint32_t)out->n_nodes;
			out->n_actors += i < actors;
			all[out->n_nodes++] = all[i];
		}
	for (size_t i = 0; i < g->n; i++) {
		g->edges[i].from = places[g->edges[i].from];
		g->edges[i].to = places[g->edges[i].to];
	}
	out->nodes = all;
	out->edges = g->edges;
	out->n_edges = g->n;
	out->edges_left_out = g->offered - (int64_t)g->n;
	out->nodes_left_out = (int64_t)((actors ? g->actors.n : 0) + (issues ? g->issues.n : 0)) -
			      (int64_t)out->n_nodes;
	return 0;
}

/* How many edges there can be. */
static size_t most_edges(const struct graph *g)
{
	if (g->q->n->mode == NETWORK_TWO_MODE)
		return g->table->n;
	size_t nodes = g->q->n->mode == NETWORK_ACTORS ? g->actors.kept : g->issues.kept;
	return nodes * (nodes + 1) / 2;
}

int graph_make(const struct graph_query *q, const struct incidence *table, struct arena *a,
	       struct network *out, struct err *e)
{
	struct graph g = {.q = q, .table = table, .a = a, .most = (size_t)q->n->max_edges};
	if (make_side(&g, &g.actors, true, e) || make_side(&g, &g.issues, false, e))
		return -1;
	g.room = most_edges(&g) < 2 * g.most ? most_edges(&g) : 2 * g.most;
	g.edges = arena_array(a, g.room, sizeof *g.edges);
	if (!g.edges)
		return arena_full(e);
	if (q->n->mode == NETWORK_TWO_MODE)
		make_ties(&g);
	else if (make_dyads(&g, e))
		return -1;
	trim(&g);
	count_pairs(&g, out);
	return fill(&g, out, e);
}
