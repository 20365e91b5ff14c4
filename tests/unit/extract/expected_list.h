/* The statements that a reader finds in an article: the files of tests/cases/wikinews, whose
 * README.md tells their form and the guidelines. */
#ifndef DEMARCHE_TESTS_EXPECTED_LIST_H
#define DEMARCHE_TESTS_EXPECTED_LIST_H

#include "base/arena.h"
#include "base/model.h"

enum { EXPECTED_PARTS_MAX = 4 };

struct expected {
	struct str number;		       /* "12": its name within the list */
	struct str kind, speaker, cue;	       /* what would do, parted by "/"; cue as written */
	struct span parts[EXPECTED_PARTS_MAX]; /* the content, in code points of the article */
	size_t n_parts;
	struct str content; /* its words, white space as one blank */
	struct str fields;  /* as written, on one line, parted by single blanks */
	bool is_optional;   /* finding it is no more asked for than leaving it out */
	bool is_loose;	    /* the ends of the content are open */
};

struct expected_list {
	struct str published_at;
	struct str known; /* the lines "known KIND ...", in which the engine is known to differ */
	struct expected *v;
	size_t n;
};

/* Reads the list of an article with this text; fails the test, naming the line, when it is not
 * well formed or its words are not in the text. Everything lives in the arena or in `file`. */
void expected_list_read(struct expected_list *l, struct str file, struct str text, struct arena *a);

/* A run of white space as one blank, none at the ends. */
struct str expected_words(struct str s, struct arena *a);

/* Is `word` one of the alternatives of "a/b/c"? */
bool expected_has(struct str alternatives, struct str word);

#endif
