/* Scanning one range or many; of many, and of pairs, what was seen is remembered. */
#include "db/sqlite/scan.h"

#include "db/facets.h"
#include "db/id.h"
#include "db/number_set.h"
#include "db/packed_fields.h"
#include "db/sqlite/catalog.h"

/* A statement on one issue. */
struct part {
	int64_t id, part;
};

/* Hashed by Fibonacci's multiplier; an id of 0 is none. At most 3/4 full. */
struct seen {
	struct part *slots;
	size_t n, cap; /* a power of two, or 0 */
};

static size_t slot_of(const struct seen *s, struct part p)
{
	uint64_t mixed = (uint64_t)p.id + (uint64_t)p.part * UINT64_C(0xD1B54A32D192ED03);
	size_t at = (size_t)((mixed * UINT64_C(0x9E3779B97F4A7C15)) >> 20) & (s->cap - 1);
	while (s->slots[at].id && (s->slots[at].id != p.id || s->slots[at].part != p.part))
		at = (at + 1) & (s->cap - 1);
	return at;
}

static int seen_grow(struct seen *s, struct arena *a, struct err *e)
{
	struct seen larger = {.n = s->n, .cap = s->cap ? s->cap * 2 : 1024};
	larger.slots = arena_array(a, larger.cap, sizeof *larger.slots);
	if (!larger.slots)
		return arena_full(e);
	for (size_t i = 0; i < s->cap; i++)
		if (s->slots[i].id)
			larger.slots[slot_of(&larger, s->slots[i])] = s->slots[i];
	*s = larger;
	return 0;
}

/* 1 the first time, 0 later, -1 when the arena is full. */
static int seen_add(struct seen *s, struct part p, struct arena *a, struct err *e)
{
	if (s->n * 4 >= s->cap * 3 && seen_grow(s, a, e))
		return -1;
	size_t at = slot_of(s, p);
	if (s->slots[at].id)
		return 0;
	s->slots[at] = p;
	s->n++;
	return 1;
}

struct scanning;
typedef int scan_offer(struct scanning *n, struct scan_row *row, struct err *e);

struct scanning {
	struct reader *r;
	const struct scan_query *s;
	struct arena *a;
	scan_take *take;
	void *context;
	scan_offer *offer; /* of each row that is read */
	struct plan plan;
	/* Conditions on each pair. */
	uint32_t positions;
	int64_t least;
	bool expands; /* pairs are made of statements, not read from the facets of their issue */
	struct number_set wholes, of_positions; /* statements; with each position */
	struct seen seen;
};

/* The first time that several ranges have the statement? Its number alone tells it from all others
 * (db/store.h). As number_set_add. */
static int is_new_whole(struct scanning *n, int64_t id, struct err *e)
{
	if (n->plan.n_ranges <= 1)
		return 1;
	return number_set_add(&n->wholes, (uint64_t)id & ID_NUMBER_MASK, n->a, e);
}

/* With what it is asked for alone, of several issues; of one issue all its rows are the same. */
static int is_new_part(struct scanning *n, const struct scan_row *row, int first, struct err *e)
{
	enum { POSITION_BITS = 3 };
	uint64_t number = (uint64_t)row->id & ID_NUMBER_MASK;
	if (n->s->unit == SCAN_STATEMENTS || n->s->q->issues.n <= 1)
		return first;
	if (n->s->unit == SCAN_POSITIONS)
		return number_set_add(
			&n->of_positions,
			number << POSITION_BITS | (uint64_t)fields_position(row->fields), n->a, e);
	return seen_add(&n->seen, (struct part){row->id, row->issue}, n->a, e);
}

/* Takes a row that was not taken before. */
static int offer(struct scanning *n, struct scan_row *row, struct err *e)
{
	int first = is_new_whole(n, row->id, e);
	if (first < 0)
		return -1;
	int is_new = is_new_part(n, row, first, e);
	row->is_first = first;
	return is_new > 0 ? n->take(n->context, row, e) : is_new;
}

/* A row of pairs. Of one speaker each pair stands there once. */
static int offer_facet(struct scanning *n, struct scan_row *row, struct err *e)
{
	struct part part = {row->id, row->issue};
	bool asks_first = !n->s->pairs_alone && query_asks_position(n->s->q);
	int is_new = n->plan.n_ranges > 1 ? seen_add(&n->seen, part, n->a, e) : 1;
	if (is_new <= 0)
		return is_new;
	int first =
		asks_first ? number_set_add(&n->wholes, (uint64_t)row->id & ID_NUMBER_MASK, n->a, e)
			   : 0;
	row->is_first = first > 0;
	return first < 0 ? -1 : n->take(n->context, row, e);
}

static int read_pair(struct reader *r, int64_t issue, int64_t statement, int64_t *fields,
		     struct err *e)
{
	sqlite3_stmt *st = r->st[R_PAIR];
	sqlite3_bind_int64(st, 1, issue);
	sqlite3_bind_int64(st, 2, statement);
	int row = sql_row(st, e);
	if (row > 0)
		*fields = sqlite3_column_int64(st, 0);
	sqlite3_reset(st);
	return row < 0 ? -1 : 0;
}

static bool is_asked(const struct scanning *n, int64_t issue)
{
	struct keys issues = n->s->q->issues;
	if (issues.n == 0)
		return !n->s->known || catalog_has_key(*n->s->known, issue);
	for (size_t i = 0; i < issues.n; i++)
		if (issues.v[i] == issue)
			return true;
	return false;
}

static bool fits(const struct scanning *n, int64_t fields)
{
	return (!n->positions || n->positions >> fields_position(fields) & 1) &&
	       (fields >> FIELD_POSITION_CONFIDENCE_SHIFT & FIELD_CONFIDENCE_MASK) >= n->least;
}

/* Rows for the issues of a statement: each once, or each position once. */
static int take_pairs(struct scanning *n, struct scan_row *row, struct err *e)
{
	bool has_conditions = n->positions || n->least;
	bool looks_up = has_conditions || n->s->with_positions || n->s->unit == SCAN_POSITIONS;
	const int64_t own = row->fields;
	struct str rest = row->facets;
	uint32_t taken = 0; /* positions */
	row->is_first = true;
	while ((row->issue = facets_next_issue(&rest)) != 0) {
		row->fields = own;
		if (!is_asked(n, row->issue))
			continue;
		if (looks_up && read_pair(n->r, row->issue, row->id, &row->fields, e))
			return -1;
		uint32_t position = UINT32_C(1) << fields_position(row->fields);
		if (!fits(n, row->fields) || (n->s->unit == SCAN_POSITIONS && taken & position))
			continue;
		if (n->take(n->context, row, e))
			return -1;
		taken |= position;
		row->is_first = false;
	}
	row->fields = own;
	return row->is_first && !has_conditions ? n->take(n->context, row, e) : 0;
}

/* Several ranges may have the same statement. */
static int offer_pairs(struct scanning *n, struct scan_row *row, struct err *e)
{
	int is_new = is_new_whole(n, row->id, e);
	return is_new > 0 ? take_pairs(n, row, e) : is_new;
}

static struct scan_row read_row(const struct scanning *n, sqlite3_stmt *st,
				enum plan_columns columns, const struct range *range)
{
	bool with_names = columns == PLAN_NAMES, with_actors = columns == PLAN_ACTORS;
	struct scan_row row = {.id = sqlite3_column_int64(st, 0),
			       .fields = sqlite3_column_int64(st, 1),
			       .issue = range->issue,
			       .facets = STR_EMPTY,
			       .said = DAY_NONE};
	if (with_names || with_actors) {
		row.speaker = sqlite3_column_int64(st, 2);
		row.target = sqlite3_column_int64(st, 3);
	}
	if (with_actors)
		row.member_of = sqlite3_column_type(st, 4) == SQLITE_INTEGER
					? sqlite3_column_int64(st, 4)
					: facets_last_member_of(sql_column(st, 4));
	if (with_names) {
		row.article = sqlite3_column_int64(st, 4);
		row.facets = sql_column(st, 5);
		row.member_of = facets_last_member_of(row.facets);
		if (sqlite3_column_type(st, 6) != SQLITE_NULL)
			row.said = (day_t)sqlite3_column_int64(st, 6);
	}
	if (plan_is_of_pairs(&n->plan))
		row.issue = sqlite3_column_int64(st, with_names ? 7 : with_actors ? 5 : 2);
	return row;
}

static int scan_range(struct scanning *n, const struct range *range, struct err *e)
{
	enum plan_columns columns = n->expands ? PLAN_NAMES : n->s->columns;
	sqlite3_stmt *st = plan_open(n->r, &n->plan, range, columns, e);
	if (!st)
		return -1;
	int more;
	while ((more = sql_row(st, e)) > 0) {
		struct scan_row row = read_row(n, st, columns, range);
		/* An article's list has those that are not. */
		if (!fields_are_counted(row.fields) &&
		    (n->s->q->nested == NESTED_LEFT_OUT || !fields_are_nested(row.fields)))
			continue;
		if (n->offer(n, &row, e)) {
			sqlite3_reset(st);
			return -1;
		}
	}
	return more;
}

static int scan_ranges(struct scanning *n, struct err *e)
{
	n->plan.limit = INT32_MAX - 1;
	for (size_t i = 0; i < n->plan.n_ranges && !n->plan.is_empty; i++)
		if (scan_range(n, &n->plan.ranges[i], e))
			return -1;
	return 0;
}

static bool has_pairs(const struct scan_query *s)
{
	return s->unit == SCAN_PAIRS || (s->unit == SCAN_POSITIONS && s->q->issues.n > 0);
}

/* Of whatever issue: from the facets, without a look at the statements' own issues. */
static int scan_pairs(struct scanning *n, const struct statement_query *all, struct err *e)
{
	if (!n->s->pairs_alone && !query_asks_position(all)) {
		struct scan_query whole = *n->s;
		whole.unit = SCAN_STATEMENTS;
		whole.columns = PLAN_FIELDS;
		if (scan(n->r, &whole, n->a, n->take, n->context, e))
			return -1;
	}
	n->offer = offer_facet;
	return plan_make_pairs(n->r, all, !n->s->known, n->a, &n->plan, e) || scan_ranges(n, e) ? -1
												: 0;
}

int scan(struct reader *r, const struct scan_query *s, struct arena *a, scan_take *take,
	 void *context, struct err *e)
{
	struct scanning n = {
		.r = r, .s = s, .a = a, .take = take, .context = context, .offer = offer};
	struct statement_query all = *s->q;
	all.after = 0;
	if (reader_call(r, e))
		return -1;
	if (s->unit == SCAN_PAIRS && plan_has_pairs(&all))
		return scan_pairs(&n, &all, e);
	if (has_pairs(s)) {
		n.positions = all.positions;
		n.least = fields_least(all.min_position_confidence);
	}
	/* Of whatever issue: tested on each pair. */
	if (has_pairs(s) && all.issues.n == 0) {
		all.positions = 0;
		all.min_position_confidence = 0;
	}
	if (plan_make(r, &all, a, &n.plan, e))
		return -1;
	n.expands = has_pairs(s) && !(n.plan.driver == BY_FACET && all.issues.n);
	if (n.expands)
		n.offer = offer_pairs;
	return scan_ranges(&n, e);
}

int scan_country(struct reader *r, const struct scan_row *row, struct arena *a, int64_t *country,
		 struct err *e)
{
	*country = row->member_of;
	/* Another one is the country that it speaks for. */
	if (!row->member_of || row->member_of != row->speaker)
		return 0;
	return scan_country_of(r, row->member_of, a, country, e);
}

/* Of an organization without a country the last that it is a member of is itself. */
int scan_country_of(struct reader *r, int64_t member_of, struct arena *a, int64_t *country,
		    struct err *e)
{
	const struct actor *actor = name_cache_actor(&r->names, member_of, a, e);
	*country = actor && actor->kind == ACTOR_COUNTRY ? member_of : 0;
	return actor ? 0 : -1;
}
