/* A question: the conditions that a client gives, read by a table of what the resource takes
 * (parameters.h). A parameter that is not in the table is an error that names the nearest one: a
 * mistyped filter in silence would give wrong counts.
 *
 * Each condition is set in the store's query as it is read, but for names of actors and issues,
 * which are looked up when the whole question is known (interpretation.h). Any thread; memory in
 * the question's arena. */
#ifndef DEMARCHE_API_QUERY_QUESTION_H
#define DEMARCHE_API_QUERY_QUESTION_H

#include "api/query/param.h"
#include "base/arena.h"
#include "base/date.h"
#include "base/terms.h"

enum {
	PAGE_LIMIT_DEFAULT = 50,
	PAGE_LIMIT_MAX = 200,
	CONDITIONS_MAX = 64,	/* a question's parameters in all */
	PARAM_VALUE_MAX = 1000, /* code points */
};

struct question;
struct param_spec;

/* One condition: a parameter, or words of a phrase that say one. */
struct condition {
	const struct param_spec *spec;
	struct str value; /* without the "!" */
	struct str words; /* of the phrase it was read from, "" when it came as a parameter */
	day_t day;	  /* what `value` says, where has_day: a phrase's dates are read already */
	bool has_day;
	bool is_not;
};

/* Checks and sets one condition; 0, or -1 with *e naming the parameter, the value, and what would
 * be right. */
typedef int param_setter(struct question *q, const struct condition *c, struct err *e);

enum param_use {
	PARAM_CONDITION, /* narrows what is found */
	PARAM_DAY,	 /* the same, by a date */
	PARAM_NAME,	 /* the same, by a name that the store is asked for */
	PARAM_ORDER,	 /* of the rows */
	PARAM_PAGE,	 /* which rows of the answer, and how many */
	PARAM_PHRASE,	 /* conditions in words */
};

struct param_spec {
	const char *name;
	param_setter *set;
	enum param_use use;
	bool can_repeat;	   /* values are OR */
	bool can_negate;	   /* a leading "!" is NOT */
	size_t at, not_at;	   /* the setter's: where in the filter */
	int most;		   /* set_number's: the largest */
	const struct terms *terms; /* set_terms' */
};

struct param_table {
	const char *method, *path; /* the route's, as in openapi.yaml: "get" */
	const struct param_spec *specs;
	size_t n;
};

/* What was asked, for any list. */
struct question {
	struct arena *arena;
	const struct param_table *table;
	void *filter; /* the struct that the setters write into */
	struct condition *conditions;
	size_t n, cap;
	int limit;
	bool oldest_first;
	bool by_confidence; /* sort=surest, or with oldest_first least_sure */
	bool alone;	    /* members=false */
	struct str cursor;
	struct str phrase; /* of GET /v1/query */
	uint32_t members;  /* fields=: of a statement, 1u << its number; 0 for all */
};

void question_init(struct question *q, const struct param_table *table, void *filter,
		   struct arena *a);
/* Adds and sets one condition, of which value, words and day are given. The value may start with
 * "!" where the parameter allows it. */
int question_add(struct question *q, struct str name, struct condition given,
		 struct err *e) MUST_CHECK;
/* Adds all parameters of a request. */
int question_read(struct question *q, const struct param *params, size_t n,
		  struct err *e) MUST_CHECK;
/* For a resource that takes no parameters: the error of the first. */
int question_none(const struct param *params, size_t n, struct err *e) MUST_CHECK;

const struct param_spec *param_find(const struct param_table *table, struct str name);

/* Is there a condition of this name that is not negated? */
bool question_has(const struct question *q, const char *name);
/* "speaker=Wang%20Yi&issue=core%20interests": the conditions again, in order, without those of the
 * page (RFC 3986 escapes). */
struct str question_canonical(const struct question *q);
/* A number for what is asked, the same for any order of the parameters; limit and cursor do not
 * count. Ties a cursor to it. */
uint64_t question_hash(const struct question *q);

#endif
