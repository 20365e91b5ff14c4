/* Sentences of CoNLL-U files for fitting and measuring. Exits with a message when a file cannot be
 * read. One thread. */
#ifndef DEMARCHE_TRAIN_TREEBANK_H
#define DEMARCHE_TRAIN_TREEBANK_H

#include "base/str.h"
#include "extract/syntax/syntax.h"

enum { TREE_UNKNOWN = 0xFF, TREE_NO_HEAD = SYNTAX_TOKENS_MAX + 1 };

struct tree {
	struct str *forms;
	/* A head is n for the root. Where nobody knows: tag and relation TREE_UNKNOWN, head
	 * TREE_NO_HEAD. */
	struct syntax_node *gold;
	size_t n;
};

struct treebank {
	struct tree *trees;
	size_t n, cap, n_tokens;
};

/* Adds the trees of a file. Longer sentences than SYNTAX_TOKENS_MAX are left out. */
void treebank_read(struct treebank *b, const char *path);
/* Adds a tree of n tokens, which all hang on nothing. Its forms are to be set. */
struct tree *treebank_add(struct treebank *b, size_t n);

/* Adds copies of some trees with an adverb put into an infinitive: "to urgently express", "to more
 * urgently express". News writes so often, the treebanks hold it 55 times in 190,000 words, and
 * with "more" 4 times. The adverbs are those of the bank's own verbs. */
void treebank_split_infinitives(struct treebank *b);

#endif
