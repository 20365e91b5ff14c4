/* CoNLL-U into arrays. The memory is kept to the end of the program. */
#include "train/treebank.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "train/file_text.h"

enum { FORM = 1, XPOS = 4, HEAD = 6, DEPREL = 7, COLUMNS = 10 };

static void *need(void *p)
{
	if (!p) {
		fprintf(stderr, "out of memory\n");
		exit(1);
	}
	return p;
}

static void fail(const char *path, size_t line, const char *what)
{
	fprintf(stderr, "%s:%zu: %s\n", path, line, what);
	exit(1);
}

/* Cuts a line at its tabs; false for what is no word of the tree. */
static bool cut(const char *line, struct str *columns)
{
	size_t k = 0;
	for (const char *at = line; k < COLUMNS; k++) {
		const char *end = at + strcspn(at, "\t\n\r");
		columns[k] = (struct str){at, (size_t)(end - at)};
		if (*end != '\t') {
			k++;
			break;
		}
		at = end + 1;
	}
	return k == COLUMNS && !memchr(columns[0].p, '-', columns[0].n) &&
	       !memchr(columns[0].p, '.', columns[0].n);
}

struct tree *treebank_add(struct treebank *b, size_t n)
{
	if (b->n == b->cap) {
		b->cap = b->cap ? 2 * b->cap : 1024;
		b->trees = need(realloc(b->trees, b->cap * sizeof *b->trees));
	}
	struct tree *t = &b->trees[b->n++];
	t->n = n;
	t->forms = need(calloc(n, sizeof *t->forms));
	t->gold = need(calloc(n, sizeof *t->gold));
	b->n_tokens += n;
	return t;
}

static void add_tree(struct treebank *b, const struct tree *t)
{
	if (t->n == 0 || t->n > SYNTAX_TOKENS_MAX)
		return;
	struct tree *copy = treebank_add(b, t->n);
	memcpy(copy->forms, t->forms, t->n * sizeof *t->forms);
	for (size_t i = 0; i < t->n; i++) {
		copy->gold[i] = t->gold[i];
		copy->gold[i].head = t->gold[i].head == 0 ? (uint32_t)t->n : t->gold[i].head - 1;
	}
}

void treebank_read(struct treebank *b, const char *path)
{
	enum { MAX = 4096 };
	static struct str forms[MAX];
	static struct syntax_node gold[MAX];
	struct tree t = {forms, gold, 0};
	struct arena a; /* never released: the forms are views into it */
	size_t line = 0;
	arena_init(&a, SIZE_MAX);
	struct str text = file_text_or_exit(path, &a);
	for (const char *at = text.p; at < text.p + text.n; line++) {
		struct str columns[COLUMNS];
		const char *end = at + strcspn(at, "\n");
		if (at == end) {
			add_tree(b, &t);
			t.n = 0;
		} else if (*at != '#' && cut(at, columns)) {
			int xpos = xpos_find(columns[XPOS]), deprel = deprel_find(columns[DEPREL]);
			if (xpos < 0 || deprel < 0)
				fail(path, line + 1, xpos < 0 ? "unknown tag" : "unknown relation");
			if (t.n == MAX)
				fail(path, line + 1, "sentence too long");
			forms[t.n] = columns[FORM];
			gold[t.n].xpos = (uint8_t)xpos;
			gold[t.n].deprel = (uint8_t)deprel;
			gold[t.n++].head = (uint32_t)strtoul(columns[HEAD].p, NULL, 10);
		}
		at = end + 1;
	}
	add_tree(b, &t);
}

/* --- infinitives with an adverb in them ------------------------------------------------------- */

static bool is_adverb_of_verb(const struct tree *t, size_t i)
{
	uint32_t head = t->gold[i].head;
	return t->gold[i].xpos == XPOS_RB && t->gold[i].deprel == DEPREL_ADVMOD &&
	       str_ends(t->forms[i], str_of("ly")) && head < t->n &&
	       t->gold[head].xpos >= XPOS_VB && t->gold[head].xpos <= XPOS_VBZ;
}

/* "to express" */
static bool is_infinitive(const struct tree *t, size_t to)
{
	return to + 1 < t->n && t->gold[to].xpos == XPOS_TO && t->gold[to].deprel == DEPREL_MARK &&
	       t->gold[to].head == to + 1 && t->gold[to + 1].xpos == XPOS_VB;
}

/* A copy of a tree, by its number, with `words` put in before token `at`, each hanging
 * on the next. */
static void add_with_adverb(struct treebank *b, size_t k, uint32_t at, const struct str *words,
			    size_t n_words)
{
	static const uint8_t tags[] = {XPOS_RBR, XPOS_RB};
	struct tree *copy = treebank_add(b, b->trees[k].n + n_words);
	const struct tree *t = &b->trees[k];
	for (size_t i = 0; i < t->n; i++) {
		size_t to = i < at ? i : i + n_words;
		copy->forms[to] = t->forms[i];
		copy->gold[to] = t->gold[i];
		copy->gold[to].head += t->gold[i].head < at ? 0 : (uint32_t)n_words;
	}
	for (size_t w = 0; w < n_words; w++) {
		copy->forms[at + w] = words[w];
		copy->gold[at + w] = (struct syntax_node){.xpos = tags[w + 2 - n_words],
							  .deprel = DEPREL_ADVMOD,
							  .head = at + (uint32_t)w + 1};
	}
}

void treebank_split_infinitives(struct treebank *b)
{
	enum { EVERY = 10 };
	struct str *adverbs = need(calloc(b->n_tokens, sizeof *adverbs));
	size_t n_adverbs = 0, n_trees = b->n, seen = 0;
	for (size_t k = 0; k < n_trees; k++)
		for (size_t i = 0; i < b->trees[k].n; i++)
			if (is_adverb_of_verb(&b->trees[k], i))
				adverbs[n_adverbs++] = b->trees[k].forms[i];
	for (size_t k = 0; n_adverbs && k < n_trees; k++)
		for (uint32_t i = 0; i < b->trees[k].n; i++) {
			if (!is_infinitive(&b->trees[k], i) || seen++ % EVERY)
				continue;
			struct str words[] = {str_of("more"), adverbs[seen % n_adverbs]};
			bool is_more = seen / EVERY % 2 == 0;
			add_with_adverb(b, k, i + 1, words + !is_more, is_more ? 2 : 1);
		}
	free(adverbs);
}
