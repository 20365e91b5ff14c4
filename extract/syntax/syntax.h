/* Syntax of a sentence: Penn tags and a tree of Universal Dependencies, by one small network
 * (network.h). A syntax is immutable once open; any number of threads may parse with one. */
#ifndef DEMARCHE_EXTRACT_SYNTAX_SYNTAX_H
#define DEMARCHE_EXTRACT_SYNTAX_SYNTAX_H

#include "base/arena.h"
#include "extract/syntax/labels.h"
#include "extract/syntax/node.h"
#include "extract/syntax/state.h"
#include "extract/syntax/vectors.h"

struct syntax;

/* Opens the network inside the program (path NULL) or another one's file (mapped; it must not
 * change while it is open). Reads the whole of it once for its checksum. NULL with *e set
 * (ERR_INPUT): not a model, cut short, another version, damaged. */
struct syntax *syntax_open(const char *path, struct err *e) MUST_CHECK;
void syntax_close(struct syntax *sx); /* NULL is allowed */
/* The word vectors inside the program, which live as long as the syntax. */
struct vectors;
const struct vectors *syntax_vectors(const struct syntax *sx);

struct syntax_sentence {
	const struct str *forms; /* as written */
	struct syntax_node *nodes;
	size_t n;
};

/* Tags and parses sentences; every node is set, and the heads of a sentence form one tree with one
 * root. What comes out for a sentence does not depend on the others, but many at once are faster
 * than one at a time. `states`: of all their tokens, one after another; may be NULL. Returns 0, or
 * -1 when the arena is full. */
int syntax_parse_all(const struct syntax *sx, struct syntax_sentence *sentences, size_t n,
		     const struct states *states, struct arena *a) MUST_CHECK;
/* The same for one sentence of n tokens. */
int syntax_parse(const struct syntax *sx, const struct str *forms, size_t n,
		 struct syntax_node *nodes, struct arena *a) MUST_CHECK;

#endif
