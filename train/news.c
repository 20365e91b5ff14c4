/* Texts into sentences, and votes into trees. */
#include "train/news.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "extract/tables/lexicon.h"
#include "extract/text/quote.h"
#include "extract/text/sentence.h"
#include "extract/text/token.h"
#include "train/stance_data.h"

enum { TEXT_BYTES = 16 << 20, CORPUS_BYTES = 1 << 28, VOTERS_MAX = 8 };

static void must(bool is_well, const struct err *e)
{
	if (is_well)
		return;
	fprintf(stderr, "%s\n", e->message);
	exit(1);
}

static void add_sentences(struct treebank *b, const struct lexicon *lx, struct str bytes)
{
	struct arena a;
	struct text t = {0};
	struct err full = {.message = "out of memory"};
	arena_init(&a, TEXT_BYTES);
	must(text_tokenize(&t, bytes, lx, &a) == 0 && text_find_quotes(&t, &a) == 0 &&
		     text_find_sentences(&t, &a) == 0,
	     &full);
	for (size_t k = 0; k < t.n_sentences; k++) {
		const struct sentence *s = &t.sentences[k];
		if (s->end - s->first > SYNTAX_TOKENS_MAX)
			continue;
		struct tree *tree = treebank_add(b, s->end - s->first);
		for (uint32_t i = s->first; i < s->end; i++)
			tree->forms[i - s->first] = text_token(&t, i);
	}
	arena_release(&a);
}

void news_read(struct treebank *b, const char *data)
{
	static struct arena a; /* the forms are views into it */
	struct stance_cases cases[2];
	struct err e = {0};
	struct lexicon *lx = lexicon_open(&e);
	arena_init(&a, CORPUS_BYTES);
	must(lx && stance_read_directed(data, "train", &a, &cases[0], &e) == 0 &&
		     stance_read_newsmtsc(data, &a, &cases[1], &e) == 0,
	     &e);
	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < cases[k].n;
		     i++) /* a sentence stands as often as it has cases */
			if (i == 0 || !str_eq(cases[k].v[i].text, cases[k].v[i - 1].text))
				add_sentences(b, lx, cases[k].v[i].text);
	lexicon_close(lx);
}

/* What most of n say, or `unknown`. Those with `counts` false are not asked, but are still in the
 * n. */
static uint32_t most_of(const uint32_t *says, const bool *counts, size_t n, uint32_t unknown)
{
	for (size_t k = 0; k < n; k++) {
		size_t votes = 0;
		for (size_t j = 0; j < n; j++)
			votes += counts[j] && says[j] == says[k];
		if (counts[k] && 2 * votes > n)
			return says[k];
	}
	return unknown;
}

static void vote_on(const struct tree *t, struct syntax_node *const *nodes, size_t n_voters)
{
	for (size_t i = 0; i < t->n; i++) {
		uint32_t says[VOTERS_MAX];
		bool counts[VOTERS_MAX];
		for (size_t k = 0; k < n_voters; k++) {
			says[k] = nodes[k][i].xpos;
			counts[k] = true;
		}
		t->gold[i].xpos = (uint8_t)most_of(says, counts, n_voters, TREE_UNKNOWN);
		for (size_t k = 0; k < n_voters; k++)
			says[k] = nodes[k][i].head == i ? (uint32_t)t->n : nodes[k][i].head;
		t->gold[i].head = most_of(says, counts, n_voters, TREE_NO_HEAD);
		for (size_t k = 0; k < n_voters; k++) {
			counts[k] = says[k] == t->gold[i].head;
			says[k] = nodes[k][i].deprel;
		}
		t->gold[i].deprel = (uint8_t)most_of(says, counts, n_voters, TREE_UNKNOWN);
	}
}

void news_vote(struct treebank *b, size_t first, const struct network *networks, size_t n)
{
	static struct network_token tokens[SYNTAX_TOKENS_MAX];
	static struct syntax_node room[VOTERS_MAX][SYNTAX_TOKENS_MAX];
	struct syntax_node *nodes[VOTERS_MAX];
	struct err full = {.message = "out of memory"};
	for (size_t t = first; t < b->n; t++) {
		struct arena a;
		uint32_t size = (uint32_t)b->trees[t].n;
		arena_init(&a, SIZE_MAX);
		for (size_t k = 0; k < n; k++) {
			nodes[k] = room[k];
			for (size_t i = 0; i < size; i++)
				network_look_up(&networks[k], b->trees[t].forms[i], &tokens[i]);
			must(network_parse(&networks[k], tokens, &size, 1, nodes[k], NULL, &a) == 0,
			     &full);
		}
		vote_on(&b->trees[t], nodes, n);
		arena_release(&a);
	}
}
