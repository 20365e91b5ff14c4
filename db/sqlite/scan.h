/* Every statement that fits a question, or every pair of statement and issue, once each, with the
 * few numbers that counting needs: from the blocks of statements, all of them where the question
 * finds many, else those of the statements that an index finds. */
#ifndef DEMARCHE_DB_SQLITE_SCAN_H
#define DEMARCHE_DB_SQLITE_SCAN_H

#include "db/sqlite/plan.h"
#include "db/statement_block.h"

/* What comes once each. */
enum scan_unit {
	SCAN_STATEMENTS,
	/* A statement with each position that it takes on the issues that are asked for; where none
	 * are, with its own. */
	SCAN_POSITIONS,
	/* A statement with each of its issues, of those that are asked for. Where none are, with
	 * each that is not open, or each (with_open), and then a condition on the position is one
	 * on these; without such a condition a statement that has none comes once, with no issue.
	 */
	SCAN_PAIRS,
};

struct scan_row {
	/* Packed; but for SCAN_STATEMENTS those of the pair; what of them was read: BLOCK_TRAITS,
	 * BLOCK_SURE. */
	int64_t fields;
	int64_t issue; /* SCAN_PAIRS: 0 for none */
	bool is_first; /* of this statement's rows */
	/* What is asked for, by the columns' names: keys, 0 for none; DAY_NONE for none. */
	int64_t id; /* BLOCK_IDS */
	day_t day;  /* BLOCK_DAYS: of its article */
	int64_t speaker, target;
	int64_t member_of; /* facets_last_member_of */
	int64_t outlet;
	day_t said;
	int64_t article;
};

/* 0, or -1 with *e, which ends the scan. */
typedef int scan_take(void *context, const struct scan_row *row, struct err *e);
/* Statements of a block at once, by their places; the columns that are asked for are there. */
typedef int scan_take_places(void *context, const struct block *b, const uint16_t *places, size_t n,
			     struct err *e);

struct scan_query {
	const struct statement_query *q; /* its limit, cursor and order do not count */
	enum scan_unit unit;
	int64_t above, below; /* ids alone between, both exclusive; below 0: no bound */
	unsigned columns;     /* bits of what is asked for of a row, by enum block_column */
	bool with_open;	      /* SCAN_PAIRS: of open issues, too */
	/* Or NULL. Takes all statements that fit, those of a block at once; then `take` has pairs
	 * alone, with their fields and issues and nothing else. */
	scan_take_places *take_places;
	/* No column is asked for, of SCAN_STATEMENTS: `take` may have some of them even so, which
	 * are not looked for in blocks. */
	bool takes_alone;
};

/* Calls `take` with each, those of a statement one after another. 0, or -1 with *e, a failure of
 * `take` included, which is not called, and may be NULL, for SCAN_STATEMENTS with take_places. */
int scan(struct reader *r, const struct scan_query *s, struct arena *a, scan_take *take,
	 void *context, struct err *e) MUST_CHECK;

/* The row of a statement in a block of which these columns were read. */
void scan_row_read(struct scan_row *row, unsigned columns, const struct block *b, size_t at);

/* Which actors are countries, remembered while rows are read; memory in the arena. Begins as {0}.
 */
struct scan_countries {
	unsigned char *v; /* by key: 0 not looked up, 1 another, 2 a country */
	size_t cap;
};

/* The key of the country that the speaker of a row with actors speaks for, 0 for none. 0, or -1
 * with *e. */
int scan_country(struct reader *r, struct scan_countries *c, const struct scan_row *row,
		 struct arena *a, int64_t *country, struct err *e) MUST_CHECK;
/* The same of an actor that somebody speaks for: itself where it is a country. */
int scan_country_of(struct reader *r, struct scan_countries *c, int64_t member_of, struct arena *a,
		    int64_t *country, struct err *e) MUST_CHECK;

#endif
