/* Prints how well a model file tags and parses the dev parts of the treebanks, whose tokens and
 *sentences are given.
 *
 *	eval_syntax DATA MODEL */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "train/treebank.h"

enum { AT_A_TIME = 24 }; /* sentences, about an article, as the engine parses */

/* Heads (UAS), and heads with the relation without subtype (LAS), are counted over words: tokens
 * whose gold relation is not punct. */
struct counts {
	size_t tokens, tags, words, heads, relations;
	double seconds;
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
		c->relations +=
			deprel_universal(nodes[i].deprel) == deprel_universal(t->gold[i].deprel);
	}
}

static double seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void parse_some(const struct syntax *sx, const struct tree *trees, size_t n,
		       struct counts *c)
{
	static struct syntax_node nodes[AT_A_TIME][SYNTAX_TOKENS_MAX];
	struct syntax_sentence sentences[AT_A_TIME];
	struct arena a;
	arena_init(&a, SIZE_MAX);
	for (size_t k = 0; k < n; k++)
		sentences[k] = (struct syntax_sentence){trees[k].forms, nodes[k], trees[k].n};
	double start = seconds();
	if (syntax_parse_all(sx, sentences, n, NULL, &a) < 0) {
		fprintf(stderr, "out of memory\n");
		exit(1);
	}
	c->seconds += seconds() - start;
	for (size_t k = 0; k < n; k++)
		count_tree(&trees[k], nodes[k], c);
	arena_release(&a);
}

static double percent(size_t part, size_t whole)
{
	return 100.0 * (double)part / (double)(whole ? whole : 1);
}

int main(int argc, char **argv)
{
	static const char *const names[] = {"ewt-dev", "gum-dev"};
	struct err e = {0};
	if (argc != 3) {
		fprintf(stderr, "usage: eval_syntax DATA MODEL\n");
		return 2;
	}
	struct syntax *sx = syntax_open(argv[2], &e);
	if (!sx) {
		fprintf(stderr, "%s\n", e.message);
		return 1;
	}
	printf("%-10s %7s %7s %7s %10s\n", "treebank", "XPOS", "UAS", "LAS", "tokens/s");
	for (size_t k = 0; k < 2; k++) {
		struct treebank b = {0};
		struct counts c = {0};
		char path[4096];
		snprintf(path, sizeof path, "%s/ud/%s.conllu", argv[1], names[k]);
		treebank_read(&b, path);
		for (size_t i = 0; i < b.n; i += AT_A_TIME)
			parse_some(sx, b.trees + i, b.n - i < AT_A_TIME ? b.n - i : AT_A_TIME, &c);
		printf("%-10s %7.2f %7.2f %7.2f %10.0f\n", names[k], percent(c.tags, c.tokens),
		       percent(c.heads, c.words), percent(c.relations, c.words),
		       (double)c.tokens / c.seconds);
	}
	syntax_close(sx);
	return 0;
}
