/* From struct statement_query to SQL. */
#include "db/sqlite/plan.h"

#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

#include "base/utf8.h"
#include "db/packed_fields.h"

/* Values in one question's lists, together: far below SQLite's 32766 parameters. */
enum { VALUES_MAX = 4096, LIMIT_MAX = 10000 };

/* How each driver reads: its tables, the id, where the traits are, what a range binds. */
static const struct {
	const char *from, *id, *traits, *range;
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
	[BY_ID] = {"statement s NOT INDEXED", "s.id", "s.traits", "1", true, false},
};

static int add_text(struct ask *k, const char *text, struct err *e)
{
	size_t n = strlen(text);
	if (arena_grow(k->a, (void **)&k->where, &k->where_cap, k->where_n + n + 1, 1))
		return arena_full(e);
	memcpy(k->where + k->where_n, text, n + 1);
	k->where_n += n;
	return 0;
}

static int add_bind(struct ask *k, struct bind b, struct err *e)
{
	if (k->n_binds == VALUES_MAX)
		return err_set(e, ERR_TOO_LARGE, NULL, "more than %d values in one question",
			       VALUES_MAX);
	if (arena_grow(k->a, (void **)&k->binds, &k->cap_binds, k->n_binds + 1, sizeof *k->binds))
		return arena_full(e);
	k->binds[k->n_binds++] = b;
	return 0;
}

static int add_number(struct ask *k, int64_t v, struct err *e)
{
	return add_bind(k, (struct bind){.number = v}, e);
}

static int add_list_marks(struct ask *k, size_t n, struct err *e)
{
	for (size_t i = 0; i < n; i++)
		if (add_text(k, i ? ",?" : "(?", e))
			return -1;
	return add_text(k, n ? ")" : "(NULL)", e);
}

static int add_keys(struct ask *k, struct keys v, struct err *e)
{
	for (size_t i = 0; i < v.n; i++)
		if (add_number(k, v.v[i], e))
			return -1;
	return add_list_marks(k, v.n, e);
}

static int add_strs(struct ask *k, struct strs v, struct err *e)
{
	for (size_t i = 0; i < v.n; i++)
		if (add_bind(k, (struct bind){.is_text = true, .text = v.v[i]}, e))
			return -1;
	return add_list_marks(k, v.n, e);
}

/* Each condition is called certain: by SQLite's own guess many of them leave so few rows that
 * sorting these looks as good as reading in order, and then a page would read the whole range. */

/* --- conditions
 * -------------------------------------------------------------------------------------------------
 */

/* The enums: bit `value` of a mask. */
static int add_mask(struct ask *k, uint32_t mask, int shift, int bits, struct err *e)
{
	if (!mask)
		return 0;
	char text[96];
	snprintf(text, sizeof text, " AND likelihood(? >> (%s >> %d & %d) & 1, 1.0)",
		 drivers[k->driver].traits, shift, bits);
	k->needs_statement |= k->driver == BY_TEXT;
	return add_text(k, text, e) || add_number(k, mask, e) ? -1 : 0;
}

/* A confidence of at least so much; 0 asks for nothing. */
static int add_least(struct ask *k, float least, int shift, struct err *e)
{
	if (!(least > 0))
		return 0;
	char text[96];
	snprintf(text, sizeof text, " AND likelihood((%s >> %d & %d) >= ?, 1.0)",
		 drivers[k->driver].traits, shift, TRAIT_CONFIDENCE_MASK);
	k->needs_statement |= k->driver == BY_TEXT;
	/* Above 1 nothing is. */
	return add_text(k, text, e) || add_number(k,
						  least > 1 ? TRAIT_CONFIDENCE_UNITS + 1
							    : traits_thousandths(least),
						  e)
		       ? -1
		       : 0;
}

static int add_traits(struct ask *k, struct err *e)
{
	const struct statement_query *q = k->q;
	if (add_mask(k, q->kinds, TRAIT_KIND_SHIFT, TRAIT_KIND_MASK, e) ||
	    add_mask(k, q->positions, TRAIT_POSITION_SHIFT, TRAIT_POSITION_MASK, e) ||
	    add_mask(k, q->acts, TRAIT_ACT_SHIFT, TRAIT_ACT_MASK, e) ||
	    add_mask(k, q->polarities, TRAIT_POLARITY_SHIFT, TRAIT_POLARITY_MASK, e) ||
	    add_mask(k, q->statuses, TRAIT_STATUS_SHIFT, TRAIT_STATUS_MASK, e))
		return -1;
	return add_least(k, q->min_confidence, 0, e) ||
			       add_least(k, q->min_stance_confidence, TRAIT_STANCE_SHIFT, e)
		       ? -1
		       : 0;
}

static int add_said(struct ask *k, struct err *e)
{
	const struct statement_query *q = k->q;
	if (q->said_after != DAY_NONE) {
		k->needs_statement = true;
		if (add_text(k, " AND likelihood(s.said_to >= ?, 1.0)", e) ||
		    add_number(k, q->said_after, e))
			return -1;
	}
	if (q->said_before != DAY_NONE) {
		k->needs_statement = true;
		if (add_text(k, " AND likelihood(s.said_from <= ?, 1.0)", e) ||
		    add_number(k, q->said_before, e))
			return -1;
	}
	return 0;
}

static int add_key_list(struct ask *k, const char *before, struct keys v, const char *after,
			struct err *e)
{
	if (!v.n)
		return 0;
	k->needs_statement = true;
	return add_text(k, before, e) || add_keys(k, v, e) || add_text(k, after, e) ? -1 : 0;
}

static int add_others(struct ask *k, struct err *e)
{
	const struct statement_query *q = k->q;
	if ((k->driver != BY_TARGET &&
	     add_key_list(k, " AND likelihood(s.target IN ", q->targets, ", 1.0)", e)) ||
	    (k->driver != BY_ADDRESSEE &&
	     add_key_list(k, " AND likelihood(s.addressee IN ", q->addressees, ", 1.0)", e)) ||
	    add_key_list(k, " AND likelihood(s.target IS NULL OR s.target NOT IN ", q->not_targets,
			 ", 1.0)", e) ||
	    add_key_list(k, " AND likelihood(s.addressee IS NULL OR s.addressee NOT IN ",
			 q->not_addressees, ", 1.0)", e))
		return -1;
	if (q->article && k->driver != BY_ARTICLE) {
		k->needs_statement = true;
		return add_text(k, " AND likelihood(s.article = ?, 1.0)", e) ||
				       add_number(k, q->article, e)
			       ? -1
			       : 0;
	}
	return 0;
}

static int add_outlets(struct ask *k, struct err *e)
{
	const struct statement_query *q = k->q;
	if (q->outlets.n && k->driver != BY_OUTLET) {
		k->needs_article = true;
		if (add_text(k, " AND likelihood(a.outlet IN ", e) || add_strs(k, q->outlets, e) ||
		    add_text(k, ", 1.0)", e))
			return -1;
	}
	if (!q->not_outlets.n)
		return 0;
	k->needs_article = true;
	return add_text(k, " AND likelihood(a.outlet NOT IN ", e) ||
			       add_strs(k, q->not_outlets, e) || add_text(k, ", 1.0)", e)
		       ? -1
		       : 0;
}

/* Whole words of the role. */
static int add_roles(struct ask *k, struct err *e)
{
	struct strs roles = k->q->roles;
	for (size_t i = 0; i < roles.n; i++) {
		struct str padded = arena_printf(k->a, " %.*s ", STR_ARG(roles.v[i]));
		if (!padded.p)
			return arena_full(e);
		if (add_text(k,
			     i ? " OR instr(' ' || s.role || ' ', ?)"
			       : " AND likelihood(instr(' ' || s.role || ' ', ?)",
			     e) ||
		    add_bind(k, (struct bind){.is_text = true, .text = padded}, e))
			return -1;
		k->needs_statement = true;
	}
	return roles.n ? add_text(k, ", 1.0)", e) : 0;
}

/* A point look-up in the facets; the key 0 stands for any. */
static int add_facet(struct ask *k, const char *before, struct keys speakers, struct keys issues,
		     struct err *e)
{
	static const int64_t any = 0;
	if (!speakers.n && !issues.n)
		return 0;
	struct keys all = {&any, 1};
	if (add_text(k, before, e) ||
	    add_text(k, " (SELECT 1 FROM facet x WHERE x.speaker IN ", e) ||
	    add_keys(k, speakers.n ? speakers : all, e) || add_text(k, " AND x.issue IN ", e) ||
	    add_keys(k, issues.n ? issues : all, e) || add_text(k, " AND x.statement = ", e))
		return -1;
	return add_text(k, drivers[k->driver].id, e) || add_text(k, "), 1.0)", e) ? -1 : 0;
}

static int add_facets(struct ask *k, struct err *e)
{
	const struct statement_query *q = k->q;
	if (k->driver != BY_FACET && k->driver != BY_TEXT &&
	    add_facet(k, " AND likelihood(EXISTS", q->speakers, q->issues, e))
		return -1;
	return add_facet(k, " AND likelihood(NOT EXISTS", q->not_speakers, (struct keys){0}, e) ||
			       add_facet(k, " AND likelihood(NOT EXISTS", (struct keys){0},
					 q->not_issues, e)
		       ? -1
		       : 0;
}

/* --- full text
 * -------------------------------------------------------------------------------------------------
 */

/* Would the tokenizer find a word? unicode61 takes letters, numbers and private use characters. */
static bool has_word(struct str s)
{
	for (size_t i = 0; i < s.n;) {
		utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)utf8_decode(s, i, &i));
		if ((c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO) ||
		    c == UTF8PROC_CATEGORY_CO ||
		    (c >= UTF8PROC_CATEGORY_ND && c <= UTF8PROC_CATEGORY_NO))
			return true;
	}
	return false;
}

/* A phrase as an FTS5 string: quotation marks doubled, so that nothing in it is an operator. NUL
 * would end the expression. */
static void add_phrase(struct buf *b, struct str s)
{
	buf_add_char(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			buf_add_char(b, '"');
		buf_add_char(b, s.p[i] ? s.p[i] : ' ');
	}
	buf_add_char(b, '"');
}

static void add_tokens(struct buf *b, char letter, struct keys v)
{
	for (size_t i = 0; i < v.n; i++)
		buf_printf(b, "%s%c%lld", i ? " OR " : " AND facets : (", letter,
			   (long long)v.v[i]);
	if (v.n)
		buf_add_char(b, ')');
}

static int match_expression(struct ask *k, struct str *out, struct err *e)
{
	enum { EXPRESSION_MAX = 128 * 1024 };
	struct buf b;
	buf_init(&b, EXPRESSION_MAX);
	for (size_t i = 0; i < k->q->phrases.n; i++) {
		buf_add(&b, i ? STR(" AND content : ") : STR("content : "));
		add_phrase(&b, k->q->phrases.v[i]);
		k->is_empty |= !has_word(k->q->phrases.v[i]);
	}
	add_tokens(&b, 's', k->q->speakers);
	add_tokens(&b, 'i', k->q->issues);
	int result = b.failed ? err_set(e, ERR_TOO_LARGE, NULL, "the phrases are too long") : 0;
	*out = result ? STR_EMPTY : arena_str(k->a, buf_str(&b));
	buf_release(&b);
	return result || !out->p ? arena_full(e) : 0;
}

/* --- ranges
 * -------------------------------------------------------------------------------------------------
 */

static enum driver choose(const struct statement_query *q)
{
	if (q->phrases.n)
		return BY_TEXT;
	if (q->article)
		return BY_ARTICLE;
	if (q->speakers.n || q->issues.n)
		return BY_FACET;
	if (q->targets.n)
		return BY_TARGET;
	if (q->addressees.n)
		return BY_ADDRESSEE;
	return q->outlets.n ? BY_OUTLET : BY_ID;
}

static int plan_pairs(struct ask *k, struct err *e)
{
	const struct statement_query *q = k->q;
	size_t n_speakers = q->speakers.n ? q->speakers.n : 1,
	       n_issues = q->issues.n ? q->issues.n : 1;
	if (n_speakers > QUERY_RANGES_MAX || n_issues > QUERY_RANGES_MAX ||
	    n_speakers * n_issues > QUERY_RANGES_MAX)
		return err_set(e, ERR_TOO_LARGE, NULL, "more than %d pairs of speaker and issue",
			       QUERY_RANGES_MAX);
	k->ranges = arena_array(k->a, n_speakers * n_issues, sizeof *k->ranges);
	if (!k->ranges)
		return arena_full(e);
	for (size_t s = 0; s < n_speakers; s++)
		for (size_t i = 0; i < n_issues; i++)
			k->ranges[k->n_ranges++] =
				(struct range){.speaker = q->speakers.n ? q->speakers.v[s] : 0,
					       .issue = q->issues.n ? q->issues.v[i] : 0};
	return 0;
}

static int plan_keys(struct ask *k, struct keys keys, struct strs texts, struct err *e)
{
	size_t n = keys.n + texts.n;
	if (n > VALUES_MAX)
		return err_set(e, ERR_TOO_LARGE, NULL, "more than %d values in one question",
			       VALUES_MAX);
	k->ranges = arena_array(k->a, n, sizeof *k->ranges);
	if (!k->ranges)
		return arena_full(e);
	for (size_t i = 0; i < keys.n; i++)
		k->ranges[k->n_ranges++].speaker = keys.v[i];
	for (size_t i = 0; i < texts.n; i++)
		k->ranges[k->n_ranges++].text = texts.v[i];
	return 0;
}

static int plan_ranges(struct ask *k, struct err *e)
{
	static const int64_t any = 0;
	const struct statement_query *q = k->q;
	struct str expression;
	switch (k->driver) {
	case BY_FACET:
		return plan_pairs(k, e);
	case BY_TEXT:
		return match_expression(k, &expression, e)
			       ? -1
			       : plan_keys(k, (struct keys){0}, (struct strs){&expression, 1}, e);
	case BY_ARTICLE:
		return plan_keys(k, (struct keys){&q->article, 1}, (struct strs){0}, e);
	case BY_TARGET:
		return plan_keys(k, q->targets, (struct strs){0}, e);
	case BY_ADDRESSEE:
		return plan_keys(k, q->addressees, (struct strs){0}, e);
	case BY_OUTLET:
		return plan_keys(k, (struct keys){0}, q->outlets, e);
	case BY_ID:
		break;
	}
	return plan_keys(k, (struct keys){&any, 1}, (struct strs){0}, e);
}

void ask_bounds(day_t from, day_t to, bool oldest_first, int64_t after, int64_t *above,
		int64_t *below)
{
	*above = from == DAY_NONE
			 ? 0
			 : (((int64_t)from + ID_DAY_OFFSET) * ((int64_t)1 << ID_DAY_SHIFT)) - 1;
	*below = to == DAY_NONE ? INT64_MAX
				: ((int64_t)to + ID_DAY_OFFSET + 1) * ((int64_t)1 << ID_DAY_SHIFT);
	if (after && oldest_first && after > *above)
		*above = after;
	if (after && !oldest_first && after < *below)
		*below = after;
}

/* "With members" is kept of countries and organizations only: of others the actor alone is the
 * same. */
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
		const struct actor *actor = reader_actor(r, v->v[i] / 2, a, &unknown);
		if (actor && actor->kind != ACTOR_COUNTRY && actor->kind != ACTOR_ORGANIZATION)
			plain[i]--;
	}
	v->v = plain;
	return 0;
}

int ask_plan(struct reader *r, const struct statement_query *q, struct arena *a, struct ask *k,
	     struct err *e)
{
	struct statement_query *own = arena_alloc(a, sizeof *own);
	if (!own)
		return arena_full(e);
	*own = *q;
	*k = (struct ask){.q = own, .a = a, .is_empty = q->is_void, .driver = choose(q)};
	k->limit = q->limit < 1 ? 1 : q->limit > LIMIT_MAX ? LIMIT_MAX : q->limit;
	/* An article's list goes by place: what it comes after is no id. */
	ask_bounds(q->published_after, q->published_before, q->oldest_first,
		   q->article ? 0 : q->after, &k->above, &k->below);
	if (plain_speakers(r, &own->speakers, a, e) ||
	    plain_speakers(r, &own->not_speakers, a, e) || add_text(k, "", e) || plan_ranges(k, e))
		return -1;
	return add_traits(k, e) || add_said(k, e) || add_others(k, e) || add_outlets(k, e) ||
			       add_roles(k, e) || add_facets(k, e)
		       ? -1
		       : 0;
}

bool ask_is_all(const struct ask *k)
{
	return k->driver == BY_ID && k->where_n == 0 && k->above == 0 && k->below == INT64_MAX &&
	       !k->is_empty;
}

/* --- the statement
 * -------------------------------------------------------------------------------------------------

 */

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
static struct str column_text(const struct ask *k, enum ask_columns columns)
{
	const char *id = drivers[k->driver].id, *traits = drivers[k->driver].traits;
	switch (columns) {
	case ASK_IDS:
		return str_of(id);
	case ASK_TRAITS:
		return join(k->a, (const char *[]){id, ", ", traits}, 3);
	case ASK_NAMES:
		return join(k->a,
			    (const char *[]){id, ", ", traits,
					     ", s.speaker, s.target, s.article, s.facets"},
			    4);
	case ASK_STATEMENTS:
		break;
	}
	return STR(STATEMENT_COLUMNS);
}

/* An article's list has the uncounted statements, too, but they have no facets to be asked by. */
static bool tells_all(const struct statement_query *q)
{
	return q->article && !q->speakers.n && !q->issues.n && !q->not_speakers.n &&
	       !q->not_issues.n;
}

struct str ask_text(struct ask *k, enum ask_columns columns)
{
	const char *id = drivers[k->driver].id, *traits = drivers[k->driver].traits;
	bool by_place = k->q->article != 0, by_outlet = k->driver == BY_OUTLET;
	bool only_counted = k->driver != BY_FACET && !tells_all(k->q);
	bool reads_statement = columns == ASK_STATEMENTS || columns == ASK_NAMES || only_counted ||
			       (columns == ASK_TRAITS && k->driver == BY_TEXT) ||
			       k->needs_statement || k->needs_article;
	bool statement = !drivers[k->driver].has_statement && reads_statement;
	bool article =
		!drivers[k->driver].has_article && (columns == ASK_STATEMENTS || k->needs_article);
	const char *order = k->q->oldest_first ? " ASC" : " DESC";
	struct str list = column_text(k, columns);
	if (!list.p)
		return list;
	const char *const parts[] = {
		"SELECT ", list.p, " FROM ", drivers[k->driver].from,
		statement ? " CROSS JOIN statement s NOT INDEXED ON s.id = " : "",
		statement ? id : "",
		article ? " CROSS JOIN article a NOT INDEXED ON a.id = s.article" : "", " WHERE ",
		drivers[k->driver].range, " AND ", id, " > ? AND ", id, " < ?",
		by_place ? " AND likelihood(" PLACE_SQL " > ?, 1.0)" : "",
		only_counted ? " AND likelihood((" : "", only_counted ? traits : "",
		only_counted ? " >> 43 & 1) = 0, 1.0)" : "", k->where, " ORDER BY ",
		/* An outlet's articles stand in the order of their days, and so do the statements.
		 */
		by_outlet ? "a.id >> 31" : "", by_outlet ? order : "", by_outlet ? ", " : "",
		by_place ? PLACE_SQL : id, by_place ? "" : order, " LIMIT ?"};
	return join(k->a, parts, sizeof parts / sizeof parts[0]);
}

static void bind_range(const struct ask *k, const struct range *range, sqlite3_stmt *st, int *at)
{
	if (k->driver == BY_TEXT || k->driver == BY_OUTLET)
		sql_bind_str(st, ++*at, range->text);
	else if (k->driver != BY_ID)
		sqlite3_bind_int64(st, ++*at, range->speaker);
	if (k->driver == BY_FACET)
		sqlite3_bind_int64(st, ++*at, range->issue);
	if (k->driver == BY_OUTLET) {
		sqlite3_bind_int64(st, ++*at, k->above >> ID_DAY_SHIFT);
		sqlite3_bind_int64(st, ++*at, k->below >> ID_DAY_SHIFT);
	}
	sqlite3_bind_int64(st, ++*at, k->above);
	sqlite3_bind_int64(st, ++*at, k->below);
	if (k->q->article)
		sqlite3_bind_int64(st, ++*at, k->q->after);
}

sqlite3_stmt *ask_open(struct reader *r, struct ask *k, const struct range *range,
		       enum ask_columns columns, struct err *e)
{
	struct str text = ask_text(k, columns);
	if (!text.p) {
		arena_full(e);
		return NULL;
	}
	sqlite3_stmt *st = reader_shape(r, text, e);
	if (!st)
		return NULL;
	int at = 0;
	bind_range(k, range, st, &at);
	for (size_t i = 0; i < k->n_binds; i++) {
		if (k->binds[i].is_text)
			sql_bind_str(st, ++at, k->binds[i].text);
		else
			sqlite3_bind_int64(st, ++at, k->binds[i].number);
	}
	sqlite3_bind_int64(st, ++at, k->limit + 1);
	return st;
}
