/* The statements that have a word in their content, one after another, read from the pages of the
 * full-text index: where in it the word stands is passed over, so that this takes a tenth of what
 * FTS5's own walk does. For counts of very many; the form is that of FTS5's version 4. Of one
 * reader, so one thread at a time. */
#ifndef DEMARCHE_DB_SQLITE_WORD_WALK_H
#define DEMARCHE_DB_SQLITE_WORD_WALK_H

#include "db/sqlite/reader.h"

struct word_walk;

/* The texts of SQL, for the test that explains each: a page, the one that may have a word, and
 * the next one that words begin on. */
#define WORD_WALK_PAGE "SELECT block FROM statement_fts_data WHERE id = ?1"
#define WORD_WALK_FIND                                                                             \
	"SELECT pgno FROM statement_fts_idx WHERE segid = ?1 AND term <= ?2"                       \
	" ORDER BY term DESC LIMIT 1"

#define WORD_WALK_BEHIND                                                                           \
	"SELECT pgno FROM statement_fts_idx WHERE segid = ?1 AND term > ?2"                        \
	" ORDER BY term LIMIT 1"

/* Of the one word that `phrase` is to the index's tokenizer. *out, in the arena, is NULL where it
 * is none or several, or the index has another form: then FTS5 is to be asked. 0, or -1 with *e. */
int word_walk_open(struct reader *r, struct str phrase, struct arena *a, struct word_walk **out,
		   struct err *e) MUST_CHECK;
/* The ids of statements rise; of those that are not counted, too. 1 with *id, 0 at the end, or -1
 * with *e (ERR_DB: damaged). */
int word_walk_next(struct word_walk *w, int64_t *id, struct err *e) MUST_CHECK;
/* The next ones below `before`, at most so many. 0, or -1 with *e. */
int word_walk_below(struct word_walk *w, int64_t before, int64_t *ids, size_t most, size_t *n,
		    struct err *e) MUST_CHECK;
/* Of these ids, which rise, keeps those that have the word, from a walk that has just begun and is
 * over then. Of the word's list it reads the pages that may have one of them, and few others. 0, or
 * -1 with *e. */
int word_walk_keep(struct word_walk *w, int64_t *ids, size_t *n, struct err *e) MUST_CHECK;
/* Has no other statement the word? */
bool word_walk_is_over(const struct word_walk *w);

#endif
