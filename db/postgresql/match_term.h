/* A word of an expression (match.c), walked from statement to statement. Its rows lie in the order
 * of their newest statements, and may lie across one another. */
#ifndef DEMARCHE_DB_POSTGRESQL_MATCH_TERM_H
#define DEMARCHE_DB_POSTGRESQL_MATCH_TERM_H

#include "db/postgresql/connection.h"
#include "db/postgresql/posting_block.h"

enum { POSTING_ALL_COLUMNS = (1 << POSTING_COLUMNS) - 1 };

/* Statements go by their turns in the order of the walk, which rise: ids, or, where the newest are
 * first, the numbers whose bits are the opposite ones. */
static inline int64_t turn_of(bool ascending, int64_t id)
{
	return ascending ? id : ~id;
}

/* What all words of an expression share. Both ends are turns, exclusive. */
struct walk {
	sqlite3 *db;
	bool ascending, has_failed;
	int64_t end;
	int64_t stop; /* of the seek at hand */
};

/* A row that the walk is within: its statements by their turns, in their order, and behind the last
 * one INT64_MAX. */
struct opened {
	struct opened *next;
	const struct posting_entry *at;
	size_t room; /* of `v` */
	struct posting_entry v[];
};

/* Places that are read one after the other. */
struct place_taker {
	const unsigned char *p, *end;
	uint64_t at;
};

struct term {
	struct str word;
	PGresult *rows;	 /* at hand, from `at` on */
	PGresult *ahead; /* the next ones, asked for where n_ahead > 0 */
	int at, n, size, n_ahead;
	int used; /* of the rows at hand, those that were opened */
	bool is_last;
	int64_t read_to; /* the newest statement of the last row that was at hand */
	int64_t horizon; /* no row from `at` on has a turn before it */
	int64_t passed;	 /* what is before it is all that the row at `at` has */
	struct opened *opened, *spare;
	const struct posting_entry *now; /* where it stands */
	struct place_taker places;	 /* of `now` */
};

void term_init(const struct walk *w, struct term *t, struct str word);
void term_release(const struct walk *w, struct term *t);

/* The first rows of some words, in one round trip. */
void terms_read_first(struct walk *w, struct term **terms, size_t n, int64_t turn);
/* Does `a` seem to have fewer statements than `b`, by their first rows? */
bool term_is_rarer(const struct walk *w, const struct term *a, const struct term *b);
/* As term_seek, from wherever the term is. */
int64_t term_seek_on(struct walk *w, struct term *t, int64_t turn);

/* The first statement at `turn` or after it that has the word; w->stop for none. It is asked for
 * each statement of common words: mostly one row is open, and has it. */
static inline int64_t term_seek(struct walk *w, struct term *t, int64_t turn)
{
	struct opened *o = t->opened;
	if (!o || o->next)
		return term_seek_on(w, t, turn);
	const struct posting_entry *at = o->at;
	while (at->statement < turn)
		at++;
	o->at = t->now = at;
	return at->statement <= t->horizon && at->statement < w->stop ? at->statement
								      : term_seek_on(w, t, turn);
}

/* All stand on one statement: do they follow one another there, in a column that is asked for? */
bool terms_are_phrase(struct term *terms, size_t n, unsigned columns);

#endif
