/* How a question is answered: where its rows come from (the driver), the ranges to read there, and
 * the conditions left; and the SQL of it. planner.h makes one. */
#ifndef DEMARCHE_DB_SQLITE_PLAN_H
#define DEMARCHE_DB_SQLITE_PLAN_H

#include "db/sqlite/reader.h"

/* Values in one question's lists, together: far below SQLite's 32766 parameters. */
enum { PLAN_VALUES_MAX = 4096 };

enum driver {
	BY_FACET,
	BY_TEXT,
	BY_ARTICLE,
	BY_TARGET,
	BY_ADDRESSEE,
	BY_OUTLET,  /* what it printed first, where it printed nothing later */
	BY_SOURCES, /* the few articles of outlets that printed some after others */
	BY_SAID,    /* what was said last, where that is little; and what is surest, alike */
	BY_SURE,
	BY_ID,
	BY_KEY, /* one statement by its id */
};

/* One stretch of the driver's index: which parameters it takes depends on the driver. */
struct range {
	int64_t speaker; /* BY_FACET; BY_ARTICLE, BY_TARGET, BY_ADDRESSEE, BY_KEY: that key;
			    BY_SAID: the first day; BY_SURE: a step */
	int64_t issue;	 /* BY_FACET; BY_SURE: the least confidence of the stance */
	struct str text; /* BY_TEXT: the expression; BY_OUTLET: the outlet */
};

struct bind {
	bool is_text;
	int64_t number;
	struct str text;
};

struct plan {
	const struct statement_query *q;
	struct arena *a;
	enum driver driver;
	const char *id, *fields; /* where the driver has the statement's id and packed fields */
	struct range *ranges;
	size_t n_ranges;
	bool is_empty; /* nothing can match */
	int limit;
	int64_t above, below; /* ids, both exclusive */
	char *where;	      /* conditions, each " AND ..." */
	size_t where_n, where_cap;
	struct bind *binds;
	size_t n_binds, cap_binds;
	bool needs_statement, needs_article; /* by a condition */
	bool lists_uncounted;		     /* an article's list has them, too */
	bool leaves_uncounted; /* its full text has none, and no row need be looked at */
	bool asks_sources;     /* one of the outlets printed an article after another outlet */
};

/* Sets what is walked. */
void plan_walk(struct plan *p, enum driver driver);
/* Has the question no condition, so that every statement fits? */
bool plan_is_all(const struct plan *p);
enum plan_columns {
	PLAN_STATEMENTS, /* STATEMENT_COLUMNS */
	PLAN_IDS,	 /* the id */
	/* The id and the packed fields: where the conditions allow it, from the index alone. */
	PLAN_FIELDS,
	PLAN_ARTICLES, /* the id and the article's */
};
/* The statement for one range, bound, to be stepped. Reset it when done. */
sqlite3_stmt *plan_open(struct reader *r, struct plan *p, const struct range *range,
			enum plan_columns columns, struct err *e) MUST_CHECK;
/* Binds another range to a statement of plan_open, which was read to its end, while nothing else is
 * opened. */
void plan_bind(const struct plan *p, const struct range *range, sqlite3_stmt *st);
/* The text of that, for tests. p is NULL when the arena is full. */
struct str plan_text(struct plan *p, enum plan_columns columns);
#endif
