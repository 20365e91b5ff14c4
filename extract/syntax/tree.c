/* Best heads, one root, no cycles. */
#include "extract/syntax/tree.h"

struct search {
	const float *scores;
	size_t step, n;
	uint16_t *heads;
};

static float score(const struct search *s, size_t i, size_t head)
{
	return s->scores[i * s->step + head];
}

/* The best head among the tokens; the root where there is no other. */
static uint16_t best_token(const struct search *s, size_t i)
{
	size_t best = s->n;
	for (size_t j = 0; j < s->n; j++)
		if (j != i && (best == s->n || score(s, i, j) > score(s, i, best)))
			best = j;
	return (uint16_t)best;
}

/* What it would cost token i not to be the root. */
static float root_gain(const struct search *s, size_t i)
{
	uint16_t other = best_token(s, i);
	return other == s->n ? 0 : score(s, i, s->n) - score(s, i, other);
}

static size_t choose_root(const struct search *s)
{
	size_t root = 0;
	float most = root_gain(s, 0);
	for (size_t i = 1; i < s->n; i++) {
		float gain = root_gain(s, i);
		if (gain > most) {
			most = gain;
			root = i;
		}
	}
	return root;
}

/* A token on a cycle, or n. */
static size_t find_cycle(const struct search *s)
{
	uint16_t seen[SYNTAX_TOKENS_MAX] = {0}; /* 1 + the token from which it was first come by */
	for (size_t i = 0; i < s->n; i++) {
		size_t j = i;
		while (j != s->n && !seen[j]) {
			seen[j] = (uint16_t)(i + 1);
			j = s->heads[j];
		}
		if (j != s->n && seen[j] == i + 1)
			return j;
	}
	return s->n;
}

/* Hangs one token of the cycle on a token that the root leads to. */
static void cut_cycle(const struct search *s, size_t on, size_t root)
{
	bool in_cycle[SYNTAX_TOKENS_MAX] = {false};
	size_t j = on;
	do {
		in_cycle[j] = true;
		j = s->heads[j];
	} while (j != on);
	size_t child = on, parent = root;
	float least = score(s, on, s->heads[on]) - score(s, on, root);
	for (size_t h = 0; h < s->n; h++) {
		size_t up = h, steps = 0;
		while (up != s->n && !in_cycle[up] && steps++ < s->n)
			up = s->heads[up];
		if (up != s->n)
			continue;
		for (size_t i = 0; i < s->n; i++) {
			float loss = in_cycle[i] ? score(s, i, s->heads[i]) - score(s, i, h) : 0;
			if (in_cycle[i] && loss < least) {
				least = loss;
				child = i;
				parent = h;
			}
		}
	}
	s->heads[child] = (uint16_t)parent;
}

void tree_find(const float *scores, size_t step, size_t n, uint16_t *heads)
{
	const struct search s = {scores, step, n, heads};
	size_t roots = 0, root = 0;
	for (size_t i = 0; i < n; i++) {
		uint16_t other = best_token(&s, i);
		bool is_root = other == n || score(&s, i, n) > score(&s, i, other);
		heads[i] = is_root ? (uint16_t)n : other;
		root = is_root ? i : root;
		roots += is_root;
	}
	if (roots != 1) {
		root = choose_root(&s);
		for (size_t i = 0; i < n; i++)
			heads[i] = i == root ? (uint16_t)n : heads[i] == n ? best_token(&s, i) : heads[i];
	}
	for (size_t on = find_cycle(&s); on != n; on = find_cycle(&s))
		cut_cycle(&s, on, root);
}
