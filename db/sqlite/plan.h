/* A question made into SQL: where its rows come from (the driver), the ranges to read there, and
 * the conditions left. */
#ifndef DEMARCHE_DB_SQLITE_PLAN_H
#define DEMARCHE_DB_SQLITE_PLAN_H

#include "db/sqlite/reader.h"

enum driver { BY_FACET, BY_TEXT, BY_ARTICLE, BY_TARGET, BY_ADDRESSEE, BY_OUTLET, BY_ID };

/* One stretch of the driver's index: which parameters it takes depends on the driver. */
struct range {
	int64_t speaker, issue; /* BY_FACET; for BY_ARTICLE, BY_TARGET and BY_ADDRESSEE the key is
				   `speaker` */
	struct str text;	/* BY_TEXT: the expression; BY_OUTLET: the outlet */
};

struct bind {
	bool is_text;
	int64_t number;
	struct str text;
};

struct ask {
	const struct statement_query *q;
	struct arena *a;
	enum driver driver;
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
};

/* 0, or -1 with *e: ERR_TOO_LARGE (too many pairs or values). */
int ask_plan(struct reader *r, const struct statement_query *q, struct arena *a, struct ask *out,
	     struct err *e) MUST_CHECK;
/* Has the question no condition, so that every statement fits? */
bool ask_is_all(const struct ask *ask);
enum ask_columns {
	ASK_STATEMENTS, /* STATEMENT_COLUMNS */
	ASK_IDS,	/* the id */
	ASK_TRAITS, /* the id and the traits: where the conditions allow it, from the index alone */
	ASK_NAMES,  /* these, speaker, target, article and facets */
};
/* The statement for one range, bound, to be stepped. Reset it when done. */
sqlite3_stmt *ask_open(struct reader *r, struct ask *ask, const struct range *range,
		       enum ask_columns columns, struct err *e) MUST_CHECK;
/* The text of that, for tests. p is NULL when the arena is full. */
struct str ask_text(struct ask *ask, enum ask_columns columns);
/* The ids below and above which the articles and statements of days a..b (DAY_NONE: open) lie, with
 * `after` of a page. */
void ask_bounds(day_t from, day_t to, bool oldest_first, int64_t after, int64_t *above,
		int64_t *below);

#endif
