/* Counts the coarse tags of words in treebanks and prints data/words.tsv.
 *
 *	count_words FILE.conllu ... > data/words.tsv */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "extract/syntax/text_parse.h"
#include "extract/text/text.h"
#include "train/treebank.h"

enum { PLACES = 1 << 17 };

struct count {
	struct str word;
	size_t n[TAG_COUNT];
};

static const char *const tag_words[] = {
#define X(name, word) word,
	TAGS(X)
#undef X
};

static struct count *find(struct count *counts, struct str word)
{
	uint64_t h = 14695981039346656037u;
	for (size_t i = 0; i < word.n; i++)
		h = (h ^ (unsigned char)word.p[i]) * 1099511628211u;
	for (;; h++) {
		struct count *c = &counts[h % PLACES];
		if (c->word.n == 0 || str_eq(c->word, word))
			return c;
	}
}

static struct str lower(struct str form, struct arena *a)
{
	char *p = arena_alloc(a, form.n);
	for (size_t i = 0; i < form.n; i++)
		p[i] = form.p[i] >= 'A' && form.p[i] <= 'Z' ? (char)(form.p[i] + 32) : form.p[i];
	return (struct str){p, form.n};
}

static bool has_letter(struct str s)
{
	bool has = false;
	for (size_t i = 0; i < s.n; i++)
		has = has || (s.p[i] >= 'a' && s.p[i] <= 'z');
	return has && !(s.p[0] >= '0' && s.p[0] <= '9');
}

static void count_tree(struct count *counts, const struct tree *t, struct arena *a)
{
	for (size_t i = 0; i < t->n; i++) {
		struct str word = lower(t->forms[i], a);
		if (!has_letter(word))
			continue;
		struct count *c = find(counts, word);
		c->word = word;
		c->n[text_coarse_tag(t->gold[i].xpos, t->gold[i].deprel)]++;
	}
}

static int by_word(const void *x, const void *y)
{
	const struct count *a = x, *b = y;
	size_t n = a->word.n < b->word.n ? a->word.n : b->word.n;
	int order = n ? memcmp(a->word.p, b->word.p, n) : 0;
	return order ? order : (a->word.n > b->word.n) - (a->word.n < b->word.n);
}

/* The tags of one word, the commonest first; a word that is only a name is left out. */
static void print(struct count *c)
{
	size_t left = 0;
	for (int t = 0; t < TAG_COUNT; t++)
		left += t == TAG_NNP ? 0 : c->n[t];
	if (c->word.n == 0 || left == 0)
		return;
	printf("%.*s", STR_ARG(c->word));
	for (;;) {
		int best = 0;
		for (int t = 1; t < TAG_COUNT; t++)
			best = c->n[t] > c->n[best] ? t : best;
		if (c->n[best] == 0)
			break;
		printf("\t%s:%zu", tag_words[best], c->n[best]);
		c->n[best] = 0;
	}
	printf("\n");
}

int main(int argc, char **argv)
{
	struct treebank b = {0};
	struct arena a;
	if (argc < 2) {
		fprintf(stderr, "usage: count_words FILE.conllu ...\n");
		return 2;
	}
	struct count *counts = calloc(PLACES, sizeof *counts);
	if (!counts)
		return 1;
	arena_init(&a, SIZE_MAX);
	for (int i = 1; i < argc; i++)
		treebank_read(&b, argv[i]);
	for (size_t k = 0; k < b.n; k++)
		count_tree(counts, &b.trees[k], &a);
	qsort(counts, PLACES, sizeof *counts, by_word);
	printf("# Words and their coarse tags (extract/text/text.h) with counts, the commonest "
	       "first. Columns: word, then tag:count ...\n"
	       "# Words that are only names, and numbers, are left out. Made by "
	       "train/count_words.c.\n"
	       "# Origin: counted on Universal Dependencies English EWT (CC BY-SA 4.0) and GUM "
	       "(annotations CC BY 4.0), train parts.\n"
	       "# License of this table: CC BY-SA 4.0.\n");
	for (size_t i = 0; i < PLACES; i++)
		print(&counts[i]);
	free(counts);
	arena_release(&a);
	return 0;
}
