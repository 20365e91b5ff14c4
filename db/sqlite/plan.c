/* From struct statement_query to SQL. */
#include "db/sqlite/plan.h"

#include <stdio.h>
#include <string.h>

#include "db/facets.h"
#include "db/id.h"
#include "db/packed_fields.h"
#include "db/sqlite/full_text.h"

/* id_ordinal_key of a row `s`. */
#define ORDINAL_SQL "(s.place << 31 | (2147483647 - (s.id & 2147483647)))"

/* Values in one question's lists, together: far below SQLite's 32766 parameters. */
enum { VALUES_MAX = 4096, LIMIT_MAX = 10000 };

/* How each driver reads: its tables, the id, where the packed fields are, what a range binds. */
static const struct {
	const char *from, *id, *fields, *range;
	bool has_statement, has_article;
} drivers[] = {
	[BY_FACET] = {"facet f", "f.statement", "f.traits", "f.speaker = ? AND f.issue = ?", false,
		      false},
	[BY_TEXT] = {"statement_fts t", "t.rowid", "s.traits", "statement_fts MATCH ?", false,
		     false},
	[BY_ARTICLE] = {"statement s INDEXED BY statement_article", "s.id", "s.traits",
			"s.article = ?", true, false},
	[BY_TARGET] = {"statement s INDEXED BY statement_target", "s.id", "s.traits",
		       "s.target = ?", true, false},
	[BY_ADDRESSEE] = {"statement s INDEXED BY statement_addressee", "s.id", "s.traits",
			  "s.addressee = ?", true, false},
	[BY_OUTLET] = {"article a INDEXED BY article_outlet CROSS JOIN statement s INDEXED BY "
		       "statement_article ON s.article = a.id",
		       "s.id", "s.traits", "a.outlet = ? AND a.id >> 31 >= ? AND a.id >> 31 <= ?",
		       true, true},
	[BY_SOURCES] = {"statement s INDEXED BY statement_article", "s.id", "s.traits", "1", true,
			false},
	[BY_SAID] = {"statement s INDEXED BY statement_said", "s.id", "s.traits", "s.said_to >= ?",
		     true, false},
	[BY_SURE] = {"statement s INDEXED BY statement_sure", "s.id", "s.traits",
		     "(s.traits & 1023) >> 5 = ? AND s.traits >> 33 & 1023 >= ?", true, false},
	[BY_ID] = {"statement s NOT INDEXED", "s.id", "s.traits", "1", true, false},
	[BY_KEY] = {"statement s NOT INDEXED", "s.id", "s.traits", "s.id = ?", true, false},
};

/* Do the rows have facets, whose speakers and issues are those that are asked for? */
static bool reads_facets(const struct plan *p)
{
	return p->driver == BY_FACET;
}

static int add_text(struct plan *p, const char *text, struct err *e)
{
	size_t n = strlen(text);
	if (arena_grow(p->a, (void **)&p->where, &p->where_cap, p->where_n + n + 1, 1))
		return arena_full(e);
	memcpy(p->where + p->where_n, text, n + 1);
	p->where_n += n;
	return 0;
}

static int add_bind(struct plan *p, struct bind b, struct err *e)
{
	if (p->n_binds == VALUES_MAX)
		return err_set(e, ERR_TOO_LARGE, NULL, "more than %d values in one question",
			       VALUES_MAX);
	if (arena_grow(p->a, (void **)&p->binds, &p->cap_binds, p->n_binds + 1, sizeof *p->binds))
		return arena_full(e);
	p->binds[p->n_binds++] = b;
	return 0;
}

static int add_number(struct plan *p, int64_t v, struct err *e)
{
	return add_bind(p, (struct bind){.number = v}, e);
}

static int add_list_marks(struct plan *p, size_t n, struct err *e)
{
	for (size_t i = 0; i < n; i++)
		if (add_text(p, i ? ",?" : "(?", e))
			return -1;
	return add_text(p, n ? ")" : "(NULL)", e);
}

static int add_keys(struct plan *p, struct keys v, struct err *e)
{
	for (size_t i = 0; i < v.n; i++)
		if (add_number(p, v.v[i], e))
			return -1;
	return add_list_marks(p, v.n, e);
}

static int add_strs(struct plan *p, struct strs v, struct err *e)
{
	for (size_t i = 0; i < v.n; i++)
		if (add_bind(p, (struct bind){.is_text = true, .text = v.v[i]}, e))
			return -1;
	return add_list_marks(p, v.n, e);
}

/* Each condition is called certain: by SQLite's own guess many of them leave so few rows that
 * sorting these looks as good as reading in order, and then a page would read the whole range. */

/* --- conditions --- */

/* The enums: bit `value` of a mask. */
static int add_mask(struct plan *p, const char *fields, uint32_t mask, int shift, int bits,
		    struct err *e)
{
	if (!mask)
		return 0;
	char text[96];
	snprintf(text, sizeof text, " AND likelihood(? >> (%s >> %d & %d) & 1, 1.0)", fields, shift,
		 bits);
	p->needs_statement |= p->driver == BY_TEXT;
	return add_text(p, text, e) || add_number(p, mask, e) ? -1 : 0;
}

/* A confidence of at least so much; 0 asks for nothing. */
static int add_least(struct plan *p, const char *fields, float least, int shift, struct err *e)
{
	if (!(least > 0))
		return 0;
	char text[96];
	snprintf(text, sizeof text, " AND likelihood((%s >> %d & %d) >= ?, 1.0)", fields, shift,
		 FIELD_CONFIDENCE_MASK);
	p->needs_statement |= p->driver == BY_TEXT;
	return add_text(p, text, e) || add_number(p, fields_least(least), e) ? -1 : 0;
}

/* The position, where the fields have the one that is meant. */
static int add_position(struct plan *p, const char *fields, struct err *e)
{
	return add_mask(p, fields, p->q->positions, FIELD_POSITION_SHIFT, FIELD_POSITION_MASK, e) ||
			       add_least(p, fields, p->q->min_position_confidence,
					 FIELD_POSITION_CONFIDENCE_SHIFT, e)
		       ? -1
		       : 0;
}

/* Which position a question means (db/store.h): with issues that on one of them, which the facets
 * of that issue have. Where these are not what is walked they are looked up (add_facets). */
static bool looks_up_pairs(const struct plan *p)
{
	return p->q->issues.n && !reads_facets(p) && query_asks_position(p->q);
}

static int add_fields(struct plan *p, struct err *e)
{
	const struct statement_query *q = p->q;
	const char *fields = drivers[p->driver].fields;
	if (add_mask(p, fields, q->kinds, FIELD_KIND_SHIFT, FIELD_KIND_MASK, e) ||
	    add_mask(p, fields, q->acts, FIELD_ACT_SHIFT, FIELD_ACT_MASK, e) ||
	    add_mask(p, fields, q->polarities, FIELD_POLARITY_SHIFT, FIELD_POLARITY_MASK, e) ||
	    add_mask(p, fields, q->statuses, FIELD_STATUS_SHIFT, FIELD_STATUS_MASK, e) ||
	    add_mask(p, fields, q->target_positions, FIELD_TARGET_POSITION_SHIFT,
		     FIELD_TARGET_POSITION_MASK, e) ||
	    add_least(p, fields, q->min_confidence, 0, e) ||
	    add_least(p, fields, q->min_stance_confidence, FIELD_STANCE_CONFIDENCE_SHIFT, e) ||
	    add_mask(p, fields, copies_mask(q->copies), FIELD_COPY_SHIFT, 1, e))
		return -1;
	return looks_up_pairs(p) ? 0 : add_position(p, fields, e);
}

static int add_days(struct plan *p, struct err *e)
{
	const struct statement_query *q = p->q;
	if (q->changed_after) {
		p->needs_statement = true;
		if (add_text(p, " AND likelihood(s.changed > ?, 1.0)", e) ||
		    add_number(p, q->changed_after, e))
			return -1;
	}
	if (q->said_after != DAY_NONE) {
		p->needs_statement = true;
		if (add_text(p, " AND likelihood(s.said_to >= ?, 1.0)", e) ||
		    add_number(p, q->said_after, e))
			return -1;
	}
	if (q->said_before != DAY_NONE) {
		p->needs_statement = true;
		if (add_text(p, " AND likelihood(s.said_from <= ?, 1.0)", e) ||
		    add_number(p, q->said_before, e))
			return -1;
	}
	return 0;
}

static int add_key_list(struct plan *p, const char *before, struct keys v, const char *after,
			struct err *e)
{
	if (!v.n)
		return 0;
	p->needs_statement = true;
	return add_text(p, before, e) || add_keys(p, v, e) || add_text(p, after, e) ? -1 : 0;
}

static int add_others(struct plan *p, struct err *e)
{
	const struct statement_query *q = p->q;
	if ((p->driver != BY_TARGET &&
	     add_key_list(p, " AND likelihood(s.target IN ", q->targets, ", 1.0)", e)) ||
	    (p->driver != BY_ADDRESSEE &&
	     add_key_list(p, " AND likelihood(s.addressee IN ", q->addressees, ", 1.0)", e)) ||
	    add_key_list(p, " AND likelihood(s.target IS NULL OR s.target NOT IN ", q->not_targets,
			 ", 1.0)", e) ||
	    add_key_list(p, " AND likelihood(s.addressee IS NULL OR s.addressee NOT IN ",
			 q->not_addressees, ", 1.0)", e))
		return -1;
	if (q->ids.n && p->driver != BY_KEY &&
	    (add_text(p, " AND likelihood(+", e) || add_text(p, drivers[p->driver].id, e) ||
	     add_text(p, " IN ", e) || add_keys(p, q->ids, e) || add_text(p, ", 1.0)", e)))
		return -1;
	/* Without a target the field says nothing. */
	if (q->target_positions && !q->targets.n) {
		p->needs_statement = true;
		if (add_text(p, " AND likelihood(s.target IS NOT NULL, 1.0)", e))
			return -1;
	}
	if (q->article && p->driver != BY_ARTICLE) {
		p->needs_statement = true;
		return add_text(p, " AND likelihood(s.article = ?, 1.0)", e) ||
				       add_number(p, q->article, e)
			       ? -1
			       : 0;
	}
	return 0;
}

/* Did one of them print the article, first or later? */
static int add_printed(struct plan *p, struct strs outlets, const char *is_not, struct err *e)
{
	p->needs_article = true;
	if (add_text(p, " AND likelihood(", e) || add_text(p, is_not, e) ||
	    add_text(p, "(a.outlet IN ", e) || add_strs(p, outlets, e))
		return -1;
	if (p->asks_sources &&
	    (add_text(p,
		      " OR EXISTS (SELECT 1 FROM article_source x WHERE x.article = a.id"
		      " AND x.outlet IN ",
		      e) ||
	     add_strs(p, outlets, e) || add_text(p, ")", e)))
		return -1;
	return add_text(p, "), 1.0)", e);
}

/* What BY_SOURCES walks. */
static int add_articles_of(struct plan *p, struct strs outlets, struct err *e)
{
	return add_text(p,
			" AND s.article IN (SELECT id FROM article INDEXED BY article_outlet"
			" WHERE outlet IN ",
			e) || add_strs(p, outlets, e) ||
			       add_text(p,
					" UNION SELECT article FROM article_source"
					" INDEXED BY article_source_outlet WHERE outlet IN ",
					e) ||
			       add_strs(p, outlets, e) || add_text(p, ")", e)
		       ? -1
		       : 0;
}

static int add_outlets(struct plan *p, struct err *e)
{
	const struct statement_query *q = p->q;
	if (p->driver == BY_SOURCES && add_articles_of(p, q->outlets, e))
		return -1;
	bool is_walked = p->driver == BY_OUTLET || p->driver == BY_SOURCES;
	if (q->outlets.n && !is_walked && add_printed(p, q->outlets, "", e))
		return -1;
	return q->not_outlets.n ? add_printed(p, q->not_outlets, "NOT ", e) : 0;
}

/* Whole words of the role. */
static int add_roles(struct plan *p, struct err *e)
{
	struct strs roles = p->q->roles;
	for (size_t i = 0; i < roles.n; i++) {
		struct str padded = arena_printf(p->a, " %.*s ", STR_ARG(roles.v[i]));
		if (!padded.p)
			return arena_full(e);
		if (add_text(p,
			     i ? " OR instr(' ' || s.role || ' ', ?)"
			       : " AND likelihood(instr(' ' || s.role || ' ', ?)",
			     e) ||
		    add_bind(p, (struct bind){.is_text = true, .text = padded}, e))
			return -1;
		p->needs_statement = true;
	}
	return roles.n ? add_text(p, ", 1.0)", e) : 0;
}

/* A point look-up in the facets, with the position that is asked for or whatever it is; the key 0
 * stands for any. */
static int add_facet(struct plan *p, const char *before, struct keys speakers, struct keys issues,
		     bool with_position, struct err *e)
{
	static const int64_t any = 0;
	if (!speakers.n && !issues.n)
		return 0;
	struct keys all = {&any, 1};
	if (add_text(p, before, e) ||
	    add_text(p, " (SELECT 1 FROM facet x WHERE x.speaker IN ", e) ||
	    add_keys(p, speakers.n ? speakers : all, e) || add_text(p, " AND x.issue IN ", e) ||
	    add_keys(p, issues.n ? issues : all, e) || add_text(p, " AND x.statement = ", e))
		return -1;
	if (add_text(p, drivers[p->driver].id, e) ||
	    (with_position && add_position(p, "x.traits", e)))
		return -1;
	return add_text(p, "), 1.0)", e);
}

static int add_facets(struct plan *p, struct err *e)
{
	const struct statement_query *q = p->q;
	const struct keys none = {0};
	const char *has = " AND likelihood(EXISTS", *lacks = " AND likelihood(NOT EXISTS";
	bool has_pairs = looks_up_pairs(p);
	/* The full text's tokens have the speakers and issues, but not the position on these. */
	if (p->driver == BY_TEXT && has_pairs && add_facet(p, has, none, q->issues, true, e))
		return -1;
	if (!reads_facets(p) && p->driver != BY_TEXT &&
	    add_facet(p, has, q->speakers, q->issues, has_pairs, e))
		return -1;
	return add_facet(p, lacks, q->not_speakers, none, false, e) ||
			       add_facet(p, lacks, none, q->not_issues, false, e)
		       ? -1
		       : 0;
}

/* An article's list has the uncounted statements, too, but most have no facets to be asked by. */
static bool lists_uncounted(const struct statement_query *q)
{
	return q->article && !q->changed_after && !q->speakers.n && !q->issues.n &&
	       !q->not_speakers.n && !q->not_issues.n;
}

/* Does the full text leave out what is not counted, so that no row need be looked at? */
static bool leaves_uncounted(const struct plan *p)
{
	return p->driver == BY_TEXT && p->q->nested == NESTED_LEFT_OUT && !lists_uncounted(p->q);
}

/* --- ranges --- */

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

/* Is one of the outlets a further source of some article? Most are of none, and their articles
 * stand together in one index. */
static int find_sources(struct reader *r, const struct statement_query *q, bool *out, struct err *e)
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
	if (find_sources(r, q, &has_sources, e) || (has_sources && count_outlets(r, q, &n, e)))
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

static int plan_sure(struct plan *p, struct err *e)
{
	p->ranges = arena_array(p->a, SURE_STEPS, sizeof *p->ranges);
	if (!p->ranges)
		return arena_full(e);
	for (int64_t step = sure_step(p->q); step < SURE_STEPS; step++)
		p->ranges[p->n_ranges++] = (struct range){
			.speaker = step, .issue = fields_least(p->q->min_stance_confidence)};
	return 0;
}

static int plan_pairs(struct plan *p, struct err *e)
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

static int plan_keys(struct plan *p, struct keys keys, struct strs texts, struct err *e)
{
	size_t n = keys.n + texts.n;
	if (n > VALUES_MAX)
		return err_set(e, ERR_TOO_LARGE, NULL, "more than %d values in one question",
			       VALUES_MAX);
	p->ranges = arena_array(p->a, n, sizeof *p->ranges);
	if (!p->ranges)
		return arena_full(e);
	for (size_t i = 0; i < keys.n; i++)
		p->ranges[p->n_ranges++].speaker = keys.v[i];
	for (size_t i = 0; i < texts.n; i++)
		p->ranges[p->n_ranges++].text = texts.v[i];
	return 0;
}

static int plan_ranges(struct plan *p, struct err *e)
{
	static const int64_t any = 0;
	const struct statement_query *q = p->q;
	const int64_t said = q->said_after;
	struct str expression;
	switch (p->driver) {
	case BY_FACET:
		return plan_pairs(p, e);
	case BY_TEXT:
		return full_text_expression(q, leaves_uncounted(p), p->a, &expression, &p->is_empty,
					    e)
			       ? -1
			       : plan_keys(p, (struct keys){0}, (struct strs){&expression, 1}, e);
	case BY_ARTICLE:
		return plan_keys(p, (struct keys){&q->article, 1}, (struct strs){0}, e);
	case BY_TARGET:
		return plan_keys(p, q->targets, (struct strs){0}, e);
	case BY_ADDRESSEE:
		return plan_keys(p, q->addressees, (struct strs){0}, e);
	case BY_OUTLET:
		return plan_keys(p, (struct keys){0}, q->outlets, e);
	case BY_KEY:
		return plan_keys(p, q->ids, (struct strs){0}, e);
	case BY_SAID:
		return plan_keys(p, (struct keys){&said, 1}, (struct strs){0}, e);
	case BY_SURE:
		return plan_sure(p, e);
	case BY_SOURCES:
	case BY_ID:
		break;
	}
	return plan_keys(p, (struct keys){&any, 1}, (struct strs){0}, e);
}

/* Of an actor without members the actor alone is the same (db/facets.h). */
static int plain_speakers(struct reader *r, struct keys *v, struct arena *a, struct err *e)
{
	int64_t *plain = arena_array(a, v->n, sizeof *plain);
	if (!plain)
		return arena_full(e);
	for (size_t i = 0; i < v->n; i++) {
		plain[i] = v->v[i];
		if (!(v->v[i] & 1))
			continue;
		struct err unknown = {0};
		const struct actor *actor = name_cache_actor(&r->names, v->v[i] / 2, a, &unknown);
		if (actor && !facets_has_members(actor))
			plain[i]--;
	}
	v->v = plain;
	return 0;
}

int plan_make_by(struct reader *r, const struct statement_query *q, enum driver driver,
		 struct arena *a, struct plan *p, struct err *e)
{
	struct statement_query *own = arena_alloc(a, sizeof *own);
	if (!own)
		return arena_full(e);
	*own = *q;
	*p = (struct plan){.q = own, .a = a, .is_empty = q->is_void, .driver = driver};
	p->limit = q->limit < 1 ? 1 : q->limit > LIMIT_MAX ? LIMIT_MAX : q->limit;
	/* An article's list goes by ordinals: what it comes after is no id. */
	id_bounds(q->published_after, q->published_before, q->oldest_first,
		  q->article ? 0 : q->after, &p->above, &p->below);
	if (find_sources(r, q, &p->asks_sources, e) || plain_speakers(r, &own->speakers, a, e) ||
	    plain_speakers(r, &own->not_speakers, a, e) || add_text(p, "", e) || plan_ranges(p, e))
		return -1;
	return add_fields(p, e) || add_days(p, e) || add_others(p, e) || add_outlets(p, e) ||
			       add_roles(p, e) || add_facets(p, e)
		       ? -1
		       : 0;
}

int plan_make(struct reader *r, const struct statement_query *q, struct arena *a, struct plan *p,
	      struct err *e)
{
	enum driver driver = choose(q);
	return choose_little(r, q, &driver, e) || choose_sources(r, q, &driver, e) ||
			       plan_make_by(r, q, driver, a, p, e)
		       ? -1
		       : 0;
}

static int count_facets(struct reader *r, const struct plan *p, int64_t *n, struct err *e)
{
	sqlite3_stmt *st = r->st[R_FEW_FACETS];
	for (size_t i = 0; i < p->n_ranges && *n < FEW_STATEMENTS; i++) {
		sqlite3_bind_int64(st, 1, p->ranges[i].speaker);
		sqlite3_bind_int64(st, 2, p->ranges[i].issue);
		sqlite3_bind_int64(st, 3, p->above);
		sqlite3_bind_int64(st, 4, p->below);
		sqlite3_bind_int64(st, 5, FEW_STATEMENTS);
		if (add_count(st, n, e))
			return -1;
	}
	return 0;
}

static int count_targets(struct reader *r, const struct plan *p, int64_t *n, struct err *e)
{
	sqlite3_stmt *st = r->st[R_FEW_OF_TARGET];
	for (size_t i = 0; i < p->n_ranges && *n < FEW_STATEMENTS; i++) {
		sqlite3_bind_int64(st, 1, p->ranges[i].speaker);
		sqlite3_bind_int64(st, 2, p->above);
		sqlite3_bind_int64(st, 3, p->below);
		sqlite3_bind_int64(st, 4, FEW_STATEMENTS);
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
		rc = count_facets(r, p, &n, e);
	if (p->driver == BY_TARGET)
		rc = count_targets(r, p, &n, e);
	if (n >= FEW_STATEMENTS)
		*is_little = false;
	n = 0;
	if (p->driver == BY_OUTLET)
		rc = count_outlets(r, p->q, &n, e);
	if (n >= FEW_ARTICLES)
		*is_little = false;
	return rc;
}

bool plan_is_all(const struct plan *p)
{
	return p->driver == BY_ID && p->where_n == 0 && p->above == 0 && p->below == INT64_MAX &&
	       p->q->nested == NESTED_LEFT_OUT && !p->is_empty;
}

/* --- the statement --- */

/* One text of parts; every page asks, and printf costs ten times as much. */
static struct str join(struct arena *a, const char *const *parts, size_t n)
{
	size_t lengths[40], room = 1;
	for (size_t i = 0; i < n; i++)
		room += lengths[i] = strlen(parts[i]);
	char *text = arena_alloc(a, room), *p = text;
	for (size_t i = 0; i < n && text; i++, p += lengths[i - 1])
		memcpy(p, parts[i], lengths[i]);
	return text ? (struct str){text, room - 1} : (struct str){NULL, 0};
}

/* The list of columns; p is NULL when the arena is full. */
static struct str column_text(const struct plan *p, enum plan_columns columns)
{
	const char *id = drivers[p->driver].id, *fields = drivers[p->driver].fields;
	switch (columns) {
	case PLAN_IDS:
		return str_of(id);
	case PLAN_FIELDS:
		return join(p->a, (const char *[]){id, ", ", fields}, 3);
	case PLAN_ARTICLES:
		return join(p->a, (const char *[]){id, ", s.article"}, 2);
	case PLAN_STATEMENTS:
		break;
	}
	return STR(STATEMENT_COLUMNS);
}

_Static_assert(FIELD_UNCOUNTED_SHIFT == 43 && FIELD_NESTED_SHIFT == 54 &&
		       FIELD_STATUS_SHIFT == 27 && FIELD_STATUS_MASK == 7 && STATUS_REJECTED == 3,
	       "as written below");
#define IS_COUNTED(f) f " >> 43 & 1 = 0"
#define IS_NESTED(f)  f " >> 54 & 1 = 1 AND " f " >> 27 & 7 <> 3"
#define BY_NESTED(f)                                                                               \
	{                                                                                          \
		[NESTED_LEFT_OUT] = " AND likelihood(" IS_COUNTED(f) ", 1.0)",                     \
		[NESTED_ALONE] = " AND likelihood(" IS_NESTED(f) ", 1.0)",                         \
		[NESTED_INCLUDED] = " AND likelihood(" IS_COUNTED(f) " OR " IS_NESTED(f) ", 1.0)"  \
	}

/* Which rows are asked for: those that are counted, or that are not for being nested. */
static const char *counted_text(const struct plan *p)
{
	static const char *const of_facet[] = BY_NESTED("f.traits"), *const of_statement[] =
									     BY_NESTED("s.traits");
	enum nested nested = p->q->nested;
	if (leaves_uncounted(p) || (nested != NESTED_ALONE && lists_uncounted(p->q)))
		return "";
	return reads_facets(p) ? of_facet[nested] : of_statement[nested];
}

struct str plan_text(struct plan *p, enum plan_columns columns)
{
	const char *id = drivers[p->driver].id, *counted = counted_text(p);
	bool by_ordinal = p->q->article != 0, by_outlet = p->driver == BY_OUTLET;
	bool only_counted = !reads_facets(p) && *counted;
	bool reads_statement = columns == PLAN_STATEMENTS || columns == PLAN_ARTICLES ||
			       only_counted || (columns == PLAN_FIELDS && p->driver == BY_TEXT) ||
			       p->needs_statement || p->needs_article;
	bool statement = !drivers[p->driver].has_statement && reads_statement;
	bool article = !drivers[p->driver].has_article && p->needs_article;
	const char *order = p->q->oldest_first ? " ASC" : " DESC";
	struct str list = column_text(p, columns);
	if (!list.p)
		return list;
	const char *const parts[] = {
		"SELECT ", list.p, " FROM ", drivers[p->driver].from,
		statement ? " CROSS JOIN statement s NOT INDEXED ON s.id = " : "",
		statement ? id : "",
		article ? " CROSS JOIN article a NOT INDEXED ON a.id = s.article" : "", " WHERE ",
		drivers[p->driver].range, " AND ", id, " > ? AND ", id, " < ?",
		by_ordinal ? " AND likelihood(" ORDINAL_SQL " > ?, 1.0)" : "", counted, p->where,
		" ORDER BY ",
		/* An outlet's articles stand in the order of their days, and so do the statements.
		 */
		by_outlet ? "a.id >> 31" : "", by_outlet ? order : "", by_outlet ? ", " : "",
		by_ordinal ? ORDINAL_SQL : id, by_ordinal ? "" : order, " LIMIT ?"};
	return join(p->a, parts, sizeof parts / sizeof parts[0]);
}

static void bind_range(const struct plan *p, const struct range *range, sqlite3_stmt *st, int *at)
{
	if (p->driver == BY_TEXT || p->driver == BY_OUTLET)
		sql_bind_str(st, ++*at, range->text);
	else if (p->driver != BY_ID && p->driver != BY_SOURCES)
		sqlite3_bind_int64(st, ++*at, range->speaker);
	if (p->driver == BY_FACET || p->driver == BY_SURE)
		sqlite3_bind_int64(st, ++*at, range->issue);
	if (p->driver == BY_OUTLET) {
		sqlite3_bind_int64(st, ++*at, p->above >> ID_DAY_SHIFT);
		sqlite3_bind_int64(st, ++*at, p->below >> ID_DAY_SHIFT);
	}
	sqlite3_bind_int64(st, ++*at, p->above);
	sqlite3_bind_int64(st, ++*at, p->below);
	if (p->q->article)
		sqlite3_bind_int64(st, ++*at, p->q->after);
}

sqlite3_stmt *plan_open(struct reader *r, struct plan *p, const struct range *range,
			enum plan_columns columns, struct err *e)
{
	struct str text = plan_text(p, columns);
	if (!text.p) {
		arena_full(e);
		return NULL;
	}
	sqlite3_stmt *st = reader_prepare(r, text, e);
	if (!st)
		return NULL;
	int at = 0;
	bind_range(p, range, st, &at);
	for (size_t i = 0; i < p->n_binds; i++) {
		if (p->binds[i].is_text)
			sql_bind_str(st, ++at, p->binds[i].text);
		else
			sqlite3_bind_int64(st, ++at, p->binds[i].number);
	}
	sqlite3_bind_int64(st, ++at, p->limit + 1);
	return st;
}
