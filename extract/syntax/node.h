/* A sentence as a tree: a node for each token. */
#ifndef DEMARCHE_EXTRACT_SYNTAX_NODE_H
#define DEMARCHE_EXTRACT_SYNTAX_NODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A sentence longer than SYNTAX_CHUNK is parsed in chunks of so many tokens, whose roots hang on
 * the root of the first: scores of heads grow with the square of a chunk, and of the 18,690
 * sentences of the treebanks two are longer. The network takes SYNTAX_TOKENS_MAX. */
enum { SYNTAX_CHUNK = 128, SYNTAX_TOKENS_MAX = 400 };

/* One token of a sentence's analysis. */
struct syntax_node {
	uint8_t xpos;	/* enum xpos */
	uint8_t deprel; /* enum deprel */
	uint32_t head;	/* index in the sentence; its own for the root */
};

#endif
