/* A question's conditions as SQL. */
#include "db/sqlite/plan_conditions.h"

#include <stdio.h>
#include <string.h>

#include "db/packed_fields.h"

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
	if (p->n_binds == PLAN_VALUES_MAX)
		return err_set(e, ERR_TOO_LARGE, NULL, "more than %d values in one question",
			       PLAN_VALUES_MAX);
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
	const char *fields = p->fields;
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
	    (add_text(p, " AND likelihood(+", e) || add_text(p, p->id, e) ||
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
	if (add_text(p, p->id, e) || (with_position && add_position(p, "x.traits", e)))
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

int plan_add_conditions(struct plan *p, struct err *e)
{
	return add_text(p, "", e) || add_fields(p, e) || add_days(p, e) || add_others(p, e) ||
			       add_outlets(p, e) || add_roles(p, e) || add_facets(p, e)
		       ? -1
		       : 0;
}
