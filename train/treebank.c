/* CoNLL-U into arrays. The memory is kept to the end of the program. */
#include "train/treebank.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FORM = 1, XPOS = 4, HEAD = 6, DEPREL = 7, COLUMNS = 10 };

static void *need(void *p)
{
	if (!p) {
		fprintf(stderr, "out of memory\n");
		exit(1);
	}
	return p;
}

static char *read_file(const char *path, size_t *n)
{
	FILE *f = fopen(path, "rb");
	if (!f) {
		fprintf(stderr, "cannot read %s\n", path);
		exit(1);
	}
	fseek(f, 0, SEEK_END);
	*n = (size_t)ftell(f);
	rewind(f);
	char *text = need(malloc(*n + 1));
	if (fread(text, 1, *n, f) != *n)
		exit(1);
	text[*n] = '\0';
	fclose(f);
	return text;
}

static void fail(const char *path, size_t line, const char *what)
{
	fprintf(stderr, "%s:%zu: %s\n", path, line, what);
	exit(1);
}

/* Cuts a line at its tabs; false for what is no word of the tree. */
static bool cut(char *line, struct str *columns)
{
	size_t k = 0;
	for (char *at = line; k < COLUMNS; k++) {
		char *end = at + strcspn(at, "\t\n\r");
		columns[k] = (struct str){at, (size_t)(end - at)};
		if (*end != '\t') {
			k++;
			break;
		}
		at = end + 1;
	}
	return k == COLUMNS && !memchr(columns[0].p, '-', columns[0].n) && !memchr(columns[0].p, '.', columns[0].n);
}

static void add_tree(struct treebank *b, const struct tree *t)
{
	if (t->n == 0 || t->n > SYNTAX_TOKENS_MAX)
		return;
	if (b->n == b->cap) {
		b->cap = b->cap ? 2 * b->cap : 1024;
		b->trees = need(realloc(b->trees, b->cap * sizeof *b->trees));
	}
	struct tree *copy = &b->trees[b->n++];
	copy->n = t->n;
	copy->forms = need(calloc(t->n, sizeof *t->forms));
	copy->gold = need(calloc(t->n, sizeof *t->gold));
	copy->tags = need(calloc(t->n, 1));
	memcpy(copy->forms, t->forms, t->n * sizeof *t->forms);
	for (size_t i = 0; i < t->n; i++) {
		copy->gold[i] = t->gold[i];
		copy->gold[i].head = t->gold[i].head == 0 ? (uint32_t)t->n : t->gold[i].head - 1;
		copy->tags[i] = t->gold[i].xpos;
	}
	b->n_tokens += t->n;
}

void treebank_read(struct treebank *b, const char *path)
{
	enum { MAX = 4096 };
	static struct str forms[MAX];
	static struct syntax_node gold[MAX];
	struct tree t = {forms, gold, NULL, 0};
	size_t n, line = 0;
	char *text = read_file(path, &n);
	for (char *at = text; at < text + n; line++) {
		struct str columns[COLUMNS];
		char *end = at + strcspn(at, "\n");
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
