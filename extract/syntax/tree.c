/* Best heads, one root, no cycles. */
#include "extract/syntax/tree.h"

#include <string.h>

struct search {
	const float *scores;
	size_t step, n;
	uint16_t *heads;
	uint16_t best[SYNTAX_TOKENS_MAX]; /* of each token, the best head among the tokens; n where
					     there is no other */
};

static float score(const struct search *s, size_t i, size_t head)
{
	return s->scores[i * s->step + head];
}

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
	return s->best[i] == s->n ? 0 : score(s, i, s->n) - score(s, i, s->best[i]);
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
	uint16_t from[SYNTAX_TOKENS_MAX] = {0}; /* 1 + the token whose walk came by first */
	for (size_t i = 0; i < s->n; i++) {
		size_t j = i;
		while (j != s->n && !from[j]) {
			from[j] = (uint16_t)(i + 1);
			j = s->heads[j];
		}
		if (j != s->n && from[j] == i + 1)
			return j;
	}
	return s->n;
}

enum led { LED_UNKNOWN, LED_BY_ROOT, LED_BY_CYCLE };

/* Whether the root or a cycle is above each token: from each up to the first that is known, then
 * down again. */
static void find_led(const struct search *s, uint8_t *led)
{
	memset(led, LED_UNKNOWN, s->n);
	for (size_t i = 0; i < s->n; i++) {
		size_t j = i;
		for (; j != s->n && led[j] == LED_UNKNOWN; j = s->heads[j])
			led[j] = LED_BY_CYCLE; /* which it is when the walk comes by it again */
		uint8_t found = j == s->n ? LED_BY_ROOT : led[j];
		for (size_t k = i; found == LED_BY_ROOT && k != j; k = s->heads[k])
			led[k] = LED_BY_ROOT;
	}
}

/* The tokens of a cycle in rising order; how many. */
static size_t cycle_of(const struct search *s, size_t on, uint16_t *cycle)
{
	bool in_cycle[SYNTAX_TOKENS_MAX] = {false};
	size_t j = on, n = 0;
	do {
		in_cycle[j] = true;
		j = s->heads[j];
	} while (j != on);
	for (size_t i = 0; i < s->n; i++)
		if (in_cycle[i])
			cycle[n++] = (uint16_t)i;
	return n;
}

/* Hangs one token of the cycle on a token that the root leads to. All of the cycle is led by the
 * root then and in no cycle again, so that the cuts of one tree take n * n steps together. */
static void cut_cycle(const struct search *s, size_t on, size_t root)
{
	uint8_t led[SYNTAX_TOKENS_MAX];
	uint16_t cycle[SYNTAX_TOKENS_MAX];
	size_t n = cycle_of(s, on, cycle), child = on, parent = root;
	float least = score(s, on, s->heads[on]) - score(s, on, root);
	find_led(s, led);
	for (size_t h = 0; h < s->n; h++)
		for (size_t k = 0; led[h] == LED_BY_ROOT && k < n; k++) {
			size_t i = cycle[k];
			float loss = score(s, i, s->heads[i]) - score(s, i, h);
			if (loss < least) {
				least = loss;
				child = i;
				parent = h;
			}
		}
	s->heads[child] = (uint16_t)parent;
}

void tree_find(const float *scores, size_t step, size_t n, uint16_t *heads)
{
	struct search s = {.scores = scores, .step = step, .n = n, .heads = heads};
	size_t roots = 0, root = 0;
	for (size_t i = 0; i < n; i++) {
		s.best[i] = best_token(&s, i);
		bool is_root = s.best[i] == n || score(&s, i, n) > score(&s, i, s.best[i]);
		heads[i] = is_root ? (uint16_t)n : s.best[i];
		root = is_root ? i : root;
		roots += is_root;
	}
	if (roots != 1) {
		root = choose_root(&s);
		for (size_t i = 0; i < n; i++)
			heads[i] = i == root ? (uint16_t)n : s.best[i];
	}
	for (size_t on = find_cycle(&s); on != n; on = find_cycle(&s))
		cut_cycle(&s, on, root);
}
