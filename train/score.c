/* Parses article by article, so to say: some sentences at a time, as the engine does. */
#include "train/score.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { AT_A_TIME = 24, TOKENS_MAX = AT_A_TIME * SYNTAX_TOKENS_MAX };

struct counts {
	size_t tokens, tags, words, heads, relations;
};

static void count_tree(const struct tree *t, const struct syntax_node *nodes, struct counts *c)
{
	for (size_t i = 0; i < t->n; i++) {
		c->tokens++;
		c->tags += nodes[i].xpos == t->gold[i].xpos;
		if (t->gold[i].deprel == DEPREL_PUNCT)
			continue;
		size_t head = nodes[i].head == i ? t->n : nodes[i].head;
		c->words++;
		if (head != t->gold[i].head)
			continue;
		c->heads++;
		c->relations += deprel_universal(nodes[i].deprel) == deprel_universal(t->gold[i].deprel);
	}
}

static double seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double percent(size_t part, size_t whole)
{
	return 100.0 * (double)part / (double)(whole ? whole : 1);
}

struct score score_treebank(const struct network *nw, const struct treebank *b)
{
	struct network_token *tokens = calloc(TOKENS_MAX, sizeof *tokens);
	struct syntax_node *nodes = calloc(TOKENS_MAX, sizeof *nodes);
	struct counts c = {0};
	double time = 0;
	for (size_t first = 0; first < b->n; first += AT_A_TIME) {
		uint32_t sizes[AT_A_TIME];
		struct arena a;
		size_t n = b->n - first < AT_A_TIME ? b->n - first : AT_A_TIME, at = 0;
		arena_init(&a, SIZE_MAX);
		double start = seconds();
		for (size_t k = 0; k < n; at += sizes[k++]) {
			sizes[k] = (uint32_t)b->trees[first + k].n;
			for (size_t i = 0; i < sizes[k]; i++)
				network_see(nw, b->trees[first + k].forms[i], &tokens[at + i]);
		}
		if (!tokens || !nodes || network_parse(nw, tokens, sizes, n, nodes, &a) < 0) {
			fprintf(stderr, "out of memory\n");
			exit(1);
		}
		time += seconds() - start;
		at = 0;
		for (size_t k = 0; k < n; at += sizes[k++])
			count_tree(&b->trees[first + k], nodes + at, &c);
		arena_release(&a);
	}
	free(tokens);
	free(nodes);
	return (struct score){percent(c.tags, c.tokens), percent(c.heads, c.words), percent(c.relations, c.words),
			      (double)c.tokens / time};
}
