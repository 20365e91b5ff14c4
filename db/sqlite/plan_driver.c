/* What a question walks. */
#include "db/sqlite/plan_driver.h"

#include "db/packed_fields.h"
#include "db/sqlite/full_text.h"

static enum driver choose(const struct statement_query *q)
{
	if (q->phrases.n || q->n_about)
		return BY_TEXT;
	if (q->article)
		return BY_ARTICLE;
	if (q->ids.n)
		return BY_KEY;
	if (q->speakers.n && q->issues.n)
		return BY_FACET;
	if (full_text_has_roles(q))
		return BY_TEXT;
	if (q->speakers.n || q->issues.n)
		return BY_FACET;
	if (q->targets.n)
		return BY_TARGET;
	if (q->addressees.n)
		return BY_ADDRESSEE;
	return q->outlets.n ? BY_OUTLET : BY_ID;
}

/* --- what is little --- */

/* A condition by which few statements are found is what is walked. So many are few: they are put in
 * order before a page is read of them. */
enum { FEW_STATEMENTS = 5000, FEW_ARTICLES = 500 };

/* A count that ends at `most`, added to *n. */
static int add_count(sqlite3_stmt *st, int64_t *n, struct err *e)
{
	int row = sql_row(st, e);
	*n += row > 0 ? sqlite3_column_int64(st, 0) : 0;
	sqlite3_reset(st);
	return row < 0 ? -1 : 0;
}

static int count_printed(struct reader *r, enum reader_sql text, struct strs outlets, int most,
			 int64_t *n, struct err *e)
{
	sqlite3_stmt *st = r->st[text];
	for (size_t i = 0; i < outlets.n && *n < most; i++) {
		sql_bind_str(st, 1, outlets.v[i]);
		sqlite3_bind_int64(st, 2, most);
		if (add_count(st, n, e))
			return -1;
	}
	return 0;
}

static int count_outlets(struct reader *r, const struct statement_query *q, int64_t *n,
			 struct err *e)
{
	return count_printed(r, R_FEW_OF_OUTLET, q->outlets, FEW_ARTICLES, n, e) ||
			       count_printed(r, R_FEW_OF_SOURCE, q->outlets, FEW_ARTICLES, n, e)
		       ? -1
		       : 0;
}

int plan_find_sources(struct reader *r, const struct statement_query *q, bool *out, struct err *e)
{
	int64_t n = 0;
	int rc = count_printed(r, R_FEW_OF_SOURCE, q->outlets, 1, &n, e) ||
				 count_printed(r, R_FEW_OF_SOURCE, q->not_outlets, 1, &n, e)
			 ? -1
			 : 0;
	*out = n > 0;
	return rc;
}

/* Articles that were printed by several are in no order by outlet: where they are few they are put
 * in one, and where they are many they lie close in that of all. */
static int choose_sources(struct reader *r, const struct statement_query *q, enum driver *driver,
			  struct err *e)
{
	bool has_sources = false;
	int64_t n = 0;
	if (*driver != BY_OUTLET)
		return 0;
	if (plan_find_sources(r, q, &has_sources, e) || (has_sources && count_outlets(r, q, &n, e)))
		return -1;
	if (has_sources)
		*driver = n < FEW_ARTICLES ? BY_SOURCES : BY_ID;
	return 0;
}

static int count_said(struct reader *r, const struct statement_query *q, int64_t *n, struct err *e)
{
	sqlite3_stmt *st = r->st[R_FEW_SAID];
	sqlite3_bind_int64(st, 1, q->said_after);
	sqlite3_bind_int64(st, 2, FEW_STATEMENTS);
	return add_count(st, n, e);
}

/* Confidences go by steps of 32 thousandths in statement_sure. */
enum { SURE_STEPS = 32, SURE_STEP_SHIFT = 5 };

static int64_t sure_step(const struct statement_query *q)
{
	return fields_least(q->min_confidence) >> SURE_STEP_SHIFT;
}

static int count_sure(struct reader *r, const struct statement_query *q, int64_t *n, struct err *e)
{
	sqlite3_stmt *st = r->st[R_FEW_SURE];
	for (int64_t step = sure_step(q); step < SURE_STEPS && *n < FEW_STATEMENTS; step++) {
		sqlite3_bind_int64(st, 1, step);
		sqlite3_bind_int64(st, 2, fields_least(q->min_stance_confidence));
		sqlite3_bind_int64(st, 3, FEW_STATEMENTS);
		if (add_count(st, n, e))
			return -1;
	}
	return 0;
}

/* Another driver where what it walks is little. */
static int choose_little(struct reader *r, const struct statement_query *q, enum driver *driver,
			 struct err *e)
{
	int64_t n = 0;
	if (*driver == BY_FACET && q->outlets.n) {
		if (count_outlets(r, q, &n, e))
			return -1;
		if (n < FEW_ARTICLES)
			*driver = BY_OUTLET;
	}
	if (*driver == BY_ID && q->said_after != DAY_NONE) {
		if (count_said(r, q, &n, e))
			return -1;
		if (n < FEW_STATEMENTS)
			*driver = BY_SAID;
	}
	if (*driver == BY_ID && (q->min_confidence > 0 || q->min_stance_confidence > 0)) {
		n = 0;
		if (count_sure(r, q, &n, e))
			return -1;
		if (n < FEW_STATEMENTS)
			*driver = BY_SURE;
	}
	return 0;
}

int plan_choose_driver(struct reader *r, const struct statement_query *q, enum driver *driver,
		       struct err *e)
{
	*driver = choose(q);
	return choose_little(r, q, driver, e) || choose_sources(r, q, driver, e) ? -1 : 0;
}

/* --- ranges --- */

static int sure_ranges(struct plan *p, struct err *e)
{
	p->ranges = arena_array(p->a, SURE_STEPS, sizeof *p->ranges);
	if (!p->ranges)
		return arena_full(e);
	for (int64_t step = sure_step(p->q); step < SURE_STEPS; step++)
		p->ranges[p->n_ranges++] = (struct range){
			.speaker = step, .issue = fields_least(p->q->min_stance_confidence)};
	return 0;
}

static int pair_ranges(struct plan *p, struct err *e)
{
	const struct statement_query *q = p->q;
	size_t n_speakers = q->speakers.n ? q->speakers.n : 1,
	       n_issues = q->issues.n ? q->issues.n : 1;
	if (n_speakers > QUERY_RANGES_MAX || n_issues > QUERY_RANGES_MAX ||
	    n_speakers * n_issues > QUERY_RANGES_MAX)
		return err_set(e, ERR_TOO_LARGE, NULL, "more than %d pairs of speaker and issue",
			       QUERY_RANGES_MAX);
	p->ranges = arena_array(p->a, n_speakers * n_issues, sizeof *p->ranges);
	if (!p->ranges)
		return arena_full(e);
	for (size_t s = 0; s < n_speakers; s++)
		for (size_t i = 0; i < n_issues; i++)
			p->ranges[p->n_ranges++] =
				(struct range){.speaker = q->speakers.n ? q->speakers.v[s] : 0,
					       .issue = q->issues.n ? q->issues.v[i] : 0};
	return 0;
}

static int key_ranges(struct plan *p, struct keys keys, struct strs texts, struct err *e)
{
	size_t n = keys.n + texts.n;
	if (n > PLAN_VALUES_MAX)
		return err_set(e, ERR_TOO_LARGE, NULL, "more than %d values in one question",
			       PLAN_VALUES_MAX);
	p->ranges = arena_array(p->a, n, sizeof *p->ranges);
	if (!p->ranges)
		return arena_full(e);
	for (size_t i = 0; i < keys.n; i++)
		p->ranges[p->n_ranges++].speaker = keys.v[i];
	for (size_t i = 0; i < texts.n; i++)
		p->ranges[p->n_ranges++].text = texts.v[i];
	return 0;
}

int plan_set_ranges(struct plan *p, struct err *e)
{
	static const int64_t any = 0;
	const struct statement_query *q = p->q;
	const int64_t said = q->said_after;
	struct str expression;
	switch (p->driver) {
	case BY_FACET:
		return pair_ranges(p, e);
	case BY_TEXT:
		return full_text_expression(q, p->leaves_uncounted, p->a, &expression, &p->is_empty,
					    e)
			       ? -1
			       : key_ranges(p, (struct keys){0}, (struct strs){&expression, 1}, e);
	case BY_ARTICLE:
		return key_ranges(p, (struct keys){&q->article, 1}, (struct strs){0}, e);
	case BY_TARGET:
		return key_ranges(p, q->targets, (struct strs){0}, e);
	case BY_ADDRESSEE:
		return key_ranges(p, q->addressees, (struct strs){0}, e);
	case BY_OUTLET:
		return key_ranges(p, (struct keys){0}, q->outlets, e);
	case BY_KEY:
		return key_ranges(p, q->ids, (struct strs){0}, e);
	case BY_SAID:
		return key_ranges(p, (struct keys){&said, 1}, (struct strs){0}, e);
	case BY_SURE:
		return sure_ranges(p, e);
	case BY_SOURCES:
	case BY_ID:
		break;
	}
	return key_ranges(p, (struct keys){&any, 1}, (struct strs){0}, e);
}

/* More are found sooner by a look at all blocks of a million statements. */
enum { FEW_SOUGHT = 2000 };

/* What the ranges hold, whose statement takes the key, then that of the issue where it has one. */
static int count_ranges(struct reader *r, const struct plan *p, enum reader_sql text, int64_t *n,
			struct err *e)
{
	sqlite3_stmt *st = r->st[text];
	for (size_t i = 0; i < p->n_ranges && *n < FEW_SOUGHT; i++) {
		int at = 0;
		sqlite3_bind_int64(st, ++at, p->ranges[i].speaker);
		if (text == R_FEW_FACETS)
			sqlite3_bind_int64(st, ++at, p->ranges[i].issue);
		sqlite3_bind_int64(st, ++at, p->above);
		sqlite3_bind_int64(st, ++at, p->below);
		sqlite3_bind_int64(st, ++at, FEW_SOUGHT);
		if (add_count(st, n, e))
			return -1;
	}
	return 0;
}

int plan_is_little(struct reader *r, const struct plan *p, bool *is_little, struct err *e)
{
	int64_t n = 0;
	int rc = 0;
	*is_little = p->driver != BY_ID;
	if (p->driver == BY_FACET)
		rc = count_ranges(r, p, R_FEW_FACETS, &n, e);
	if (p->driver == BY_TARGET)
		rc = count_ranges(r, p, R_FEW_OF_TARGET, &n, e);
	if (n >= FEW_SOUGHT)
		*is_little = false;
	n = 0;
	if (p->driver == BY_OUTLET)
		rc = count_outlets(r, p->q, &n, e);
	if (n >= FEW_ARTICLES)
		*is_little = false;
	return rc;
}
