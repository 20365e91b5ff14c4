/* The rows of the tables `state` and `reread`: counters, running counts of rows, and the edition
 * (db/reread.h). */
#ifndef DEMARCHE_DB_SQLITE_STATE_H
#define DEMARCHE_DB_SQLITE_STATE_H

#include "db/reread.h"
#include "db/sqlite/write_connection.h"

/* Of an article that is to be read again whatever edition is in force. */
enum { STATE_EDITION_NEVER = WRITE_EDITION_NEVER };

struct state {
	int64_t counter; /* of ids; never repeats */
	int64_t articles, statements, actors, issues;
	int64_t knowledge; /* hash of the actors and issues last put in */
	int64_t commits;
	struct reread_state reread;
};

/* Of a database that another process writes: the questions, and their answers now. */
int state_prepare_look(sqlite3 *db, sqlite3_stmt **counts, sqlite3_stmt **reread,
		       struct err *e) MUST_CHECK;
int state_look(sqlite3_stmt *counts, sqlite3_stmt *reread, struct state *out,
	       struct err *e) MUST_CHECK;
/* What of it the store tells. */
struct store_stats state_stats(const struct state *s);

/* 0, or -1 with *e. */
int state_load(struct write_connection *c, struct state *out, struct err *e) MUST_CHECK;
/* Is the file's what was committed last? The lock of the one writer keeps every program of ours
 * out. Should the file be another one, or have been changed all the same, then the counters and
 * keys that are remembered are those of another past: ERR_DB, and nothing is to be written. */
int state_check(struct write_connection *c, const struct state *committed,
		struct err *e) MUST_CHECK;
/* Writes what differs. With `changes` rows of others changed as well, the transaction takes the
 * number `commit`; one that changes no row takes none. */
int state_save(struct write_connection *c, struct state *now, const struct state *committed,
	       int64_t commit, bool changes, struct err *e) MUST_CHECK;

/* The counter goes on by so many: the last of them is in s->counter. */
int state_take_numbers(struct state *s, size_t n, struct err *e) MUST_CHECK;
/* The edition rises: all that is stored is stale. */
void state_raise_edition(struct state *s);
/* One article more that was read with `edition`; the edition with which it is stored, less than the
 * one in force when it is stale. */
int64_t state_add_article(struct state *s, int64_t edition);
/* One article less, of this edition. */
void state_drop_article(struct state *s, int64_t edition);

#endif
