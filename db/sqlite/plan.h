/* How a question is answered: a question made into SQL: where its rows come from (the driver), the
 * ranges to read there, and the conditions left. */
#ifndef DEMARCHE_DB_SQLITE_PLAN_H
#define DEMARCHE_DB_SQLITE_PLAN_H

#include "db/sqlite/reader.h"

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
	bool asks_sources; /* one of the outlets printed an article after another outlet */
};

/* 0, or -1 with *e: ERR_TOO_LARGE (too many pairs or values). */
int plan_make(struct reader *r, const struct statement_query *q, struct arena *a, struct plan *p,
	      struct err *e) MUST_CHECK;
/* The same by a driver of the caller's, which plan_make chooses well. */
int plan_make_by(struct reader *r, const struct statement_query *q, enum driver driver,
		 struct arena *a, struct plan *p, struct err *e) MUST_CHECK;
/* Does it walk little, by a count in its index that ends at some thousand? Else all blocks of
 * statements are read as fast. 0, or -1 with *e. */
int plan_is_little(struct reader *r, const struct plan *p, bool *is_little,
		   struct err *e) MUST_CHECK;
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
/* The text of that, for tests. p is NULL when the arena is full. */
struct str plan_text(struct plan *p, enum plan_columns columns);
#endif
