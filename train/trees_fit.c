#include "train/trees_fit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "train/random.h"
#include "train/room.h"

/* Chosen on folds of the train part; every case is there in two views. */
enum { BINS = 64, COLUMNS_OF_100 = 50, ROWS_OF_100 = 60 };
static const float shrinkage = 0.06f;
static const double ridge = 16, leaf_least = 24, gain_least = 2e-3;

/* Sums of gradients and curvatures. */
struct sum {
	double g, h;
};

struct boost {
	const struct tree_case *v;
	size_t n;
	float edge[EVIDENCE_MAX][BINS]; /* a case's bin: how many of them it reaches */
	unsigned n_edges[EVIDENCE_MAX];
	uint8_t (*bin)[EVIDENCE_MAX];
	float *z;
	struct sum *d;		 /* of each case */
	uint8_t *node;		 /* where it stands in the tree; 0: this tree leaves it out */
	bool asks[EVIDENCE_MAX]; /* in this tree */
	struct sum in[TREE_LEAVES][EVIDENCE_MAX][BINS];
	uint64_t seed;
};

static int by_value(const void *a, const void *b)
{
	const float *x = a, *y = b;
	return (*x > *y) - (*x < *y);
}

/* Edges at equal numbers of cases. */
static void find_edges(struct boost *b)
{
	float *sorted = room(b->n, sizeof *sorted);
	for (size_t k = 0; k < EVIDENCE_MAX; k++) {
		for (size_t i = 0; i < b->n; i++)
			sorted[i] = b->v[i].evidence[k];
		qsort(sorted, b->n, sizeof *sorted, by_value);
		unsigned n = 0;
		for (size_t q = 1; q < BINS; q++) {
			float edge = sorted[b->n * q / BINS];
			if (edge > sorted[0] && (n == 0 || edge > b->edge[k][n - 1]))
				b->edge[k][n++] = edge;
		}
		b->n_edges[k] = n;
		for (size_t i = 0; i < b->n; i++)
			while (b->bin[i][k] < n && b->v[i].evidence[k] >= b->edge[k][b->bin[i][k]])
				b->bin[i][k]++;
	}
	free(sorted);
}

static void start_tree(struct boost *b)
{
	for (size_t i = 0; i < b->n; i++) {
		double p = 1 / (1 + exp(-(double)b->z[i]));
		b->d[i] = (struct sum){(b->v[i].is_right ? 1 : 0) - p, p * (1 - p)};
		b->node[i] = random_next(&b->seed) % 100 < ROWS_OF_100;
	}
	for (size_t k = 0; k < EVIDENCE_MAX; k++)
		b->asks[k] = b->n_edges[k] > 0 && random_next(&b->seed) % 100 < COLUMNS_OF_100;
}

static double worth(struct sum s)
{
	return s.g * s.g / (s.h + ridge);
}

/* The question that parts a node's cases best; without a good one all go the first way. */
static void split(const struct boost *b, struct sum (*in)[BINS], struct tree *t, size_t node)
{
	double best = gain_least;
	t->asks[node] = 0;
	t->least[node] = INFINITY;
	for (size_t k = 0; k < EVIDENCE_MAX; k++) {
		struct sum all = {0, 0}, low = {0, 0};
		for (unsigned q = 0; b->asks[k] && q <= b->n_edges[k]; q++)
			all = (struct sum){all.g + in[k][q].g, all.h + in[k][q].h};
		for (unsigned q = 0; b->asks[k] && q < b->n_edges[k]; q++) {
			low = (struct sum){low.g + in[k][q].g, low.h + in[k][q].h};
			struct sum high = {all.g - low.g, all.h - low.h};
			double gain = worth(low) + worth(high) - worth(all);
			if (low.h < leaf_least || high.h < leaf_least || gain <= best)
				continue;
			best = gain;
			t->asks[node] = (uint8_t)k;
			t->least[node] = b->edge[k][q];
		}
	}
}

static void fit_level(struct boost *b, size_t first, struct tree *t)
{
	memset(b->in, 0, first * sizeof *b->in);
	for (size_t i = 0; i < b->n; i++)
		for (size_t k = 0; b->node[i] && k < EVIDENCE_MAX; k++) {
			struct sum *s = &b->in[b->node[i] - first][k][b->bin[i][k]];
			if (!b->asks[k])
				continue;
			s->g += b->d[i].g;
			s->h += b->d[i].h;
		}
	for (size_t node = first; node < 2 * first; node++)
		split(b, b->in[node - first], t, node);
	for (size_t i = 0; i < b->n; i++) {
		uint8_t node = b->node[i];
		if (node)
			b->node[i] = (uint8_t)(2 * node +
					       (b->v[i].evidence[t->asks[node]] >= t->least[node]));
	}
}

static void fit_tree(struct boost *b, struct tree *t)
{
	struct sum leaf[TREE_LEAVES] = {{0, 0}};
	start_tree(b);
	for (size_t first = 1; first < TREE_LEAVES; first *= 2)
		fit_level(b, first, t);
	for (size_t i = 0; i < b->n; i++)
		if (b->node[i]) {
			leaf[b->node[i] - TREE_LEAVES].g += b->d[i].g;
			leaf[b->node[i] - TREE_LEAVES].h += b->d[i].h;
		}
	for (size_t k = 0; k < TREE_LEAVES; k++)
		t->leaf[k] = (float)((double)shrinkage * leaf[k].g / (leaf[k].h + ridge));
	for (size_t i = 0; i < b->n; i++)
		b->z[i] += tree_value(t, b->v[i].evidence);
}

void trees_fit(const struct tree_case *v, size_t n, struct tree out[TREES])
{
	struct boost *b = room(1, sizeof *b);
	*b = (struct boost){.v = v,
			    .n = n,
			    .bin = room(n, sizeof *b->bin),
			    .z = room(n, sizeof *b->z),
			    .d = room(n, sizeof *b->d),
			    .node = room(n, sizeof *b->node),
			    .seed = 88172645463325252u};
	find_edges(b);
	for (size_t i = 0; i < n; i++)
		b->z[i] = v[i].start;
	for (size_t k = 0; k < TREES; k++)
		fit_tree(b, &out[k]);
	free(b->bin);
	free(b->z);
	free(b->d);
	free(b->node);
	free(b);
}
