/* Query parameters: one table a resource (name, setter, what it may do, help) from which parsing,
 * error messages and the comparison with openapi.yaml derive. A parameter that is not in the table
 * is an error that names the nearest one: a mistyped filter in silence would give wrong counts.
 *
 * Parameters are read into a struct question: the conditions as given, those that need no store
 * already set. Names of actors and issues are resolved later against the store (question.h). Any
 * thread; memory in the question's arena. */
#ifndef DEMARCHE_API_QUERY_QUESTION_H
#define DEMARCHE_API_QUERY_QUESTION_H

#include "api/http.h"
#include "base/model.h"

enum {
	PAGE_LIMIT_DEFAULT = 50,
	PAGE_LIMIT_MAX = 200,
	CONDITIONS_MAX = 64,	/* a question's parameters in all */
	PARAM_VALUE_MAX = 1000, /* bytes */
};

struct question;
struct param_spec;

/* One parameter as it was given. */
struct condition {
	const struct param_spec *spec;
	struct str value; /* without the "!" */
	bool is_not;
	struct str words; /* of the phrase it was read from, "" when it came as a parameter */
};

/* Checks and sets one condition; 0, or -1 with *e naming the parameter, the value, and what would
 * be right. */
typedef int param_setter(struct question *q, const struct condition *c, struct err *e);

struct param_spec {
	const char *name;
	param_setter *set;
	bool can_repeat; /* values are OR */
	bool can_negate; /* a leading "!" is NOT */
	size_t at,
		not_at; /* the setter's: where in the target struct; set_number's largest number */
	const struct terms *terms; /* set_terms' */
	const char *help;
};

struct param_table {
	const char *path; /* the route's */
	const struct param_spec *specs;
	size_t n;
};

/* What was asked, for any list. */
struct question {
	struct arena *arena;
	const struct param_table *table;
	void *target; /* the store's query struct that the setters write into */
	struct condition *conditions;
	size_t n, cap;
	int limit;
	bool oldest_first;
	bool alone; /* members=false */
	bool has_given_order;
	struct str cursor;
	struct str phrase; /* of GET /v1/query */
	bool with_statements;
};

void question_init(struct question *q, const struct param_table *table, void *target,
		   struct arena *a);
/* Adds and sets one condition. `value` may start with "!" where the parameter allows it. */
int question_add(struct question *q, struct str name, struct str value, struct str words,
		 struct err *e) MUST_CHECK;
/* Adds all parameters of a request. */
int question_read(struct question *q, const struct request *rq, struct err *e) MUST_CHECK;
/* For a resource that takes no parameters. */
int params_none(const struct request *rq, struct err *e) MUST_CHECK;

const struct param_spec *param_find(const struct param_table *table, struct str name);

/* "speaker=Wang%20Yi&issue=core%20interests": the conditions again, in order, without limit and
 * cursor (RFC 3986 escapes). */
struct str question_canonical(const struct question *q);
/* A number for what is asked, the same for any order of the parameters; limit and cursor do not
 * count. Ties a cursor to it. */
uint64_t question_hash(const struct question *q);

/* Setters. */
param_setter set_limit, set_cursor, set_sort, set_members, set_with_statements, set_phrase, set_day,
	set_terms, set_strs, set_folded, set_texts, set_confidence, set_article, set_actor_kind,
	set_country_code, set_name_text, set_later, set_by, set_interval, set_number;

extern const struct param_table params_statements, params_query, params_articles,
	params_article_statements, params_actors, params_issues, params_stats, params_changes,
	params_grid;
extern const struct param_table *const params_all[]; /* ends in NULL */

#endif
