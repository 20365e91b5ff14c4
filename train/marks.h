/* Marks of readers in articles that are not shipped (corpus/links.tsv, corpus/dates.tsv): lines of
 * an article's id, start and end in code points of its text, words, and more. The id is one of
 * DATA/news/articles.jsonl, or behind "polnear:" of DATA/polnear/train.jsonl. */
#ifndef DEMARCHE_TRAIN_MARKS_H
#define DEMARCHE_TRAIN_MARKS_H

#include "extract/extract.h"

enum { MARKS_MOST = 4096, MARK_CELLS = 8 };
enum { MARK_ARTICLE, MARK_START, MARK_END, MARK_WORDS }; /* the first cells of each line */

struct mark {
	struct str cell[MARK_CELLS]; /* empty where the line has fewer */
	struct span span;
};

struct marks {
	struct mark v[MARKS_MOST];
	size_t n;
};

/* Reads lines of `least` to MARK_CELLS cells, but for those that begin with "#"; exits with a
 * message where one is none. The cells point into `file`. */
void marks_read(struct marks *m, struct str file, size_t least);

/* What the engine finds in one article that has marks: as they spell its id. */
typedef void marks_fn(void *user, struct str article, const struct annotation *found);

/* Calls `fn` for each article of `news` (JSON lines) that has marks; exits with a message where the
 * engine fails. */
void marks_walk(const struct marks *m, const struct engine *en, struct str news, marks_fn *fn,
		void *user);

#endif
