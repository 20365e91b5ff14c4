/* Sentences of CoNLL-U files for fitting and measuring. Exits with a message when a file cannot be read. One thread. */
#ifndef DEMARCHE_TRAIN_TREEBANK_H
#define DEMARCHE_TRAIN_TREEBANK_H

#include "base/str.h"
#include "extract/syntax/syntax.h"

struct tree {
	struct str *forms;
	struct syntax_node *gold; /* a head is n for the root */
	uint8_t *tags;		  /* what the parser is given: gold, or a tagger's */
	size_t n;
};

struct treebank {
	struct tree *trees;
	size_t n, cap, n_tokens;
};

/* Adds the trees of a file. Longer sentences than SYNTAX_TOKENS_MAX are left out. */
void treebank_read(struct treebank *b, const char *path);

#endif
