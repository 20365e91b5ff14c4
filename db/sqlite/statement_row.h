/* One statement as its row and all that hangs from it: its facets, its entry in the full-text
 * index, and what counts it. A new article and one that is read again write their statements alike.
 * 0, or -1 with *e, after which the transaction must be rolled back. The writer's thread alone. */
#ifndef DEMARCHE_DB_SQLITE_STATEMENT_ROW_H
#define DEMARCHE_DB_SQLITE_STATEMENT_ROW_H

#include "db/facets.h"
#include "db/nearby.h"
#include "db/sqlite/origin.h"
#include "db/sqlite/transaction.h"

/* What the row holds; strings in the transaction's arena, or in the statement that it was made of.
 */
struct statement_row {
	int64_t id, article;
	int64_t edit;					 /* the last one of it, 0 for none */
	int64_t ordinal;				 /* in the article; 0: not known */
	int64_t fields;					 /* packed */
	int64_t speaker, target, addressee, reported_by; /* keys of actors, 0 for none */
	struct facets facets;
	int64_t *pairs; /* packed fields on each of facets.issues */
	struct str facets_text;
	struct str role, content, record;
	struct str nearby;	  /* db/nearby.h */
	struct str origin;	  /* db/sqlite/origin.h */
	day_t said_from, said_to; /* DAY_NONE: not known */
};

/* What its `origin` is to be, by a row of W_TEXT_OF; p is NULL when the arena is full. */
static inline struct str origin_of_text(sqlite3_stmt *st, struct arena *a)
{
	struct article of = {.title = sql_column(st, 0),
			     .outlet = sql_column(st, 5),
			     .published_at = sql_column(st, 6),
			     .url = sql_column(st, 7)};
	return origin_of(&of, a);
}

/* Finds or adds the actors and issues that it names. `near` is of its article. Ids, origin
 * and ordinal are the caller's to set. */
int statement_row_make(struct transaction *t, const struct statement *s, struct nearby *near,
		       struct statement_row *out, struct err *e) MUST_CHECK;
/* Of an article that is a copy (db/copies.h), or of one that is none, as made. The pairs that `row`
 * had stay as they are: a copy of the row may share them. */
int statement_row_set_copy(struct transaction *t, struct statement_row *row, bool is_copy,
			   struct err *e) MUST_CHECK;
/* From a row of WRITER_STATEMENT_COLUMNS; *is has what lies in fields and record, and its version.
 */
int statement_row_read(struct transaction *t, sqlite3_stmt *st, struct statement_row *out,
		       struct statement *is, struct err *e) MUST_CHECK;
int statement_row_insert(struct transaction *t, const struct statement_row *row,
			 struct err *e) MUST_CHECK;
/* The row stays when the caller drops all of an article's at once. */
int statement_row_drop(struct transaction *t, const struct statement_row *row, bool with_row,
		       struct err *e) MUST_CHECK;
/* The row `old` becomes `row`, which has its id. *is_changed is set when that is another one; else
 * nothing but its ordinal was written. */
int statement_row_replace(struct transaction *t, const struct statement_row *old,
			  const struct statement_row *row, bool *is_changed,
			  struct err *e) MUST_CHECK;

#endif
