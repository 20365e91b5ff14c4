/* Counting in one pass; what the writer counts anyway is read instead. */
#include "db/count.h"

#include "db/interval.h"
#include "db/packed_fields.h"
#include "db/sqlite/catalog.h"
#include "db/sqlite/count_group.h"
#include "db/sqlite/scan.h"
#include "db/tabulation.h"
#include "db/tally.h"

struct counting {
	struct reader *r;
	const struct count_query *c;
	struct arena *a;
	struct tabulation table;
	struct keys known; /* issues */
	struct outlet_numbers outlets;
	int64_t undated;
};

static bool is_by(const struct counting *n, enum counted what)
{
	return n->c->by >> what & 1;
}

/* What of the packed fields is counted by. */
static void set_fields(const struct counting *n, int64_t fields, struct group_key *k)
{
	if (is_by(n, COUNTED_POSITION))
		k->position = (int32_t)fields_position(fields);
	if (is_by(n, COUNTED_ACT))
		k->act = (int32_t)(fields >> FIELD_ACT_SHIFT & FIELD_ACT_MASK);
	if (is_by(n, COUNTED_KIND))
		k->kind = (int32_t)(fields >> FIELD_KIND_SHIFT & FIELD_KIND_MASK);
	if (is_by(n, COUNTED_POLARITY))
		k->polarity = (int32_t)(fields >> FIELD_POLARITY_SHIFT & FIELD_POLARITY_MASK);
}

static int take(void *context, const struct scan_row *row, struct err *e)
{
	struct counting *n = context;
	struct group_key k = {0};
	day_t day = n->c->by_said ? row->said : id_day(row->id);
	if (n->c->interval && day == DAY_NONE) {
		n->undated += row->is_first;
		return 0;
	}
	if (n->c->interval)
		k.from = interval_start(day, n->c->interval);
	if (row->is_first && tabulation_add_statements(&n->table, k.from, 1, e))
		return -1;
	if (is_by(n, COUNTED_ISSUE)) {
		k.issue = row->issue;
		if (!k.issue)
			return 0;
	}
	if (is_by(n, COUNTED_SPEAKER))
		k.speaker = row->speaker;
	if (is_by(n, COUNTED_TARGET))
		k.target = row->target;
	if (is_by(n, COUNTED_COUNTRY) && scan_country(n->r, row, n->a, &k.country, e))
		return -1;
	if (is_by(n, COUNTED_OUTLET) &&
	    outlet_number_of(&n->outlets, n->r, row->article, n->a, &k.outlet, e))
		return -1;
	set_fields(n, row->fields, &k);
	return tabulation_add_group(&n->table, &k, 1, e);
}

/* --- counts that are kept --- */

/* Beside the statements, and in the same transactions, are kept: how many there are in all, of each
 * speaker and of each issue, in the rows of these; and of each month with the same kind, position,
 * act and polarity, in the table `tally`, or by those who speak for the same actor, with the same
 * position, in `actor_tally`, with those towards the same target; and of each article, in the index
 * of outlets. So a question without conditions reads some thousand rows instead of a million. */
enum kept {
	KEPT_NOT,
	KEPT_ALL,
	KEPT_NAMES,
	KEPT_COUNTRIES,
	KEPT_TARGETS,
	KEPT_OUTLETS,
	KEPT_TALLIES
};

static enum kept kept_of(const struct count_query *c)
{
	const unsigned tallied = 1U << COUNTED_POSITION | 1U << COUNTED_ACT | 1U << COUNTED_KIND |
				 1U << COUNTED_POLARITY;
	bool in_months = c->interval == INTERVAL_MONTH || c->interval == INTERVAL_YEAR;
	if (c->interval && (c->by_said || !in_months))
		return KEPT_NOT;
	const unsigned position = 1U << COUNTED_POSITION;
	if (!c->by && !c->interval)
		return KEPT_ALL;
	if (!(c->by & ~tallied))
		return KEPT_TALLIES;
	if ((c->by & ~position) == 1U << COUNTED_COUNTRY)
		return KEPT_COUNTRIES;
	if (c->interval)
		return KEPT_NOT;
	if ((c->by & ~position) == 1U << COUNTED_TARGET)
		return KEPT_TARGETS;
	switch (c->by) {
	case 1U << COUNTED_SPEAKER:
	case 1U << COUNTED_ISSUE:
		return KEPT_NAMES;
	case 1U << COUNTED_OUTLET:
		return KEPT_OUTLETS;
	default:
		return KEPT_NOT;
	}
}

/* KEPT_NOT for a question with conditions. */
static int find_kept(struct counting *n, enum kept *out, struct err *e)
{
	struct plan p;
	struct statement_query all = *n->c->q;
	*out = kept_of(n->c);
	if (*out == KEPT_NOT)
		return 0;
	all.after = 0;
	if (reader_call(n->r, e) || plan_make(n->r, &all, n->a, &p, e))
		return -1;
	if (!plan_is_all(&p))
		*out = KEPT_NOT;
	return 0;
}

/* A group a row, by its key in k->speaker or k->issue, which is `at`; what they have together in
 * *sum. */
static int add_kept(struct counting *n, enum reader_sql rows, struct group_key *k, int64_t *at,
		    int64_t *sum, struct err *e)
{
	sqlite3_stmt *st = n->r->st[rows];
	int row;
	while ((row = sql_row(st, e)) > 0) {
		int64_t count = sqlite3_column_int64(st, 1);
		if (count == 0)
			continue;
		*at = sqlite3_column_int64(st, 0);
		*sum += count;
		if (tabulation_add_group(&n->table, k, count, e)) {
			sqlite3_reset(st);
			return -1;
		}
	}
	return row;
}

/* Each outlet a row. */
static int add_outlets(struct counting *n, struct err *e)
{
	sqlite3_stmt *st = n->r->st[R_COUNT_OUTLETS];
	struct group_key k = {0};
	int row;
	while ((row = sql_row(st, e)) > 0) {
		int64_t count = sqlite3_column_int64(st, 1);
		if (count == 0)
			continue;
		if (outlet_number(&n->outlets, sql_column(st, 0), n->a, &k.outlet, e) ||
		    tabulation_add_group(&n->table, &k, count, e)) {
			sqlite3_reset(st);
			return -1;
		}
	}
	return row;
}

static int count_names(struct counting *n, enum kept kept, struct err *e)
{
	struct group_key k = {0};
	int64_t named = 0;
	sqlite3_stmt *all = n->r->st[R_COUNT_ALL];
	if (sql_row(all, e) < 0)
		return -1;
	int64_t total = sqlite3_column_int64(all, 0);
	sqlite3_reset(all);
	if (total == 0)
		return 0;
	if (tabulation_add_statements(&n->table, k.from, total, e))
		return -1;
	if (kept == KEPT_ALL)
		return tabulation_add_group(&n->table, &k, total, e);
	if (kept == KEPT_OUTLETS)
		return add_outlets(n, e);
	if (is_by(n, COUNTED_ISSUE))
		return add_kept(n, n->c->with_open ? R_COUNT_ISSUES : R_COUNT_KNOWN_ISSUES, &k,
				&k.issue, &named, e);
	if (add_kept(n, R_COUNT_SPEAKERS, &k, &k.speaker, &named, e))
		return -1;
	/* The others name no speaker. */
	k.speaker = 0;
	if (named == total)
		return 0;
	return tabulation_add_group(&n->table, &k, total - named, e);
}

/* With groups in `groups`, or NULL. */
static int add_tally(struct counting *n, int64_t tally, int64_t count, struct tabulation *groups,
		     struct err *e)
{
	struct group_key k = {0};
	if (n->c->interval)
		k.from = interval_start(tally_month(tally), n->c->interval);
	if (tabulation_add_statements(&n->table, k.from, count, e))
		return -1;
	set_fields(n, tally_fields(tally), &k);
	return groups ? tabulation_add_group(groups, &k, count, e) : 0;
}

static int count_tallies(struct counting *n, struct tabulation *groups, struct err *e)
{
	sqlite3_stmt *st = n->r->st[R_COUNT_TALLIES];
	int row;
	while ((row = sql_row(st, e)) > 0)
		if (add_tally(n, sqlite3_column_int64(st, 0), sqlite3_column_int64(st, 1), groups,
			      e)) {
			sqlite3_reset(st);
			return -1;
		}
	return row;
}

/* --- the answer --- */

static int fill_all(struct counting *n, struct counts *out, struct err *e)
{
	size_t limit = n->c->limit < 1 ? 1 : (size_t)n->c->limit;
	out->groups = n->table.groups.n;
	out->total = n->table.total + n->undated;
	out->undated = n->undated;
	size_t most = out->groups < limit ? out->groups : limit;
	const struct group_count *v = tabulation_groups(&n->table, e);
	if (!v)
		return -1;
	out->v = arena_array(n->a, most, sizeof *out->v);
	if (!out->v)
		return arena_full(e);
	for (; out->n < most; out->n++) {
		struct count_group *g = &out->v[out->n];
		if (count_group_fill(n->r, &v[out->n], &n->outlets, n->a, g, e))
			return -1;
		g->of = tabulation_of_interval(&n->table, g->from);
	}
	return 0;
}

/* --- tallies of actors --- */

/* Tallies in their order: those of a group that follow each other are one count. */
struct tally_run {
	struct group_key key, nobody; /* the group, and without its actor */
	int64_t actor, named;	      /* whose the last tally is, and its country or target, or 0 */
	int64_t count;
};

/* Adds the run, in `named` without the actor. Those of an organization without a country stay among
 * those that name none. */
static int end_run(struct counting *n, struct tally_run *r, struct tabulation *named, struct err *e)
{
	int64_t count = r->count;
	r->count = 0;
	if (!count || !r->named)
		return 0;
	return tabulation_add_group(&n->table, &r->key, count, e) ||
			       tabulation_add_group(named, &r->nobody, count, e)
		       ? -1
		       : 0;
}

static int name_run(struct counting *n, enum kept kept, int64_t actor, struct tally_run *r,
		    struct err *e)
{
	if (r->actor == actor)
		return 0;
	r->actor = r->named = actor;
	return kept == KEPT_COUNTRIES ? scan_country_of(n->r, actor, n->a, &r->named, e) : 0;
}

static int add_actor_tally(struct counting *n, enum kept kept, int64_t tally, int64_t count,
			   struct tally_run *r, struct tabulation *named, struct err *e)
{
	struct group_key k = {0};
	if (n->c->interval)
		k.from = interval_start(actor_tally_month(tally), n->c->interval);
	set_fields(n, actor_tally_fields(tally), &k);
	bool is_same = r->actor == actor_tally_actor(tally) && r->nobody.from == k.from &&
		       r->nobody.position == k.position;
	if (!is_same) {
		if (end_run(n, r, named, e) || name_run(n, kept, actor_tally_actor(tally), r, e))
			return -1;
		r->key = r->nobody = k;
		*(kept == KEPT_TARGETS ? &r->key.target : &r->key.country) = r->named;
	}
	r->count += count;
	return 0;
}

/* The others of each group of all. */
static int add_unnamed(struct counting *n, struct tabulation *all, struct tabulation *named,
		       struct err *e)
{
	const struct group_count *v = tabulation_groups(all, e);
	if (!v)
		return -1;
	for (size_t i = 0; i < all->groups.n; i++) {
		int64_t rest = v[i].count - tabulation_of_group(named, &v[i].key);
		if (rest && tabulation_add_group(&n->table, &v[i].key, rest, e))
			return -1;
	}
	return 0;
}

static int count_actor_tallies(struct counting *n, enum kept kept, struct err *e)
{
	struct tabulation all = {.a = n->a}, named = {.a = n->a};
	struct tally_run run = {0};
	enum actor_tally what = kept == KEPT_TARGETS ? ACTOR_TALLY_TARGET : ACTOR_TALLY_MEMBER_OF;
	sqlite3_stmt *st = n->r->st[R_COUNT_ACTOR_TALLIES];
	if (count_tallies(n, &all, e))
		return -1;
	sqlite3_bind_int64(st, 1, actor_tally_first(what));
	sqlite3_bind_int64(st, 2,
			   what == ACTOR_TALLY_TARGET ? INT64_MAX : actor_tally_first(what + 1));
	int row;
	while ((row = sql_row(st, e)) > 0)
		if (add_actor_tally(n, kept, sqlite3_column_int64(st, 0),
				    sqlite3_column_int64(st, 1), &run, &named, e)) {
			sqlite3_reset(st);
			return -1;
		}
	return row || end_run(n, &run, &named, e) ? -1 : add_unnamed(n, &all, &named, e);
}

/* What the groups are of, where a walk over the pairs alone cannot tell and the tallies can. */
static int count_kept_totals(struct counting *n, bool *are_counted, struct err *e)
{
	struct plan p;
	*are_counted = false;
	bool by_tally = n->c->interval == INTERVAL_NONE || n->c->interval == INTERVAL_MONTH ||
			n->c->interval == INTERVAL_YEAR;
	if (!is_by(n, COUNTED_ISSUE) || !by_tally || n->c->by_said)
		return 0;
	struct statement_query all = *n->c->q;
	all.after = 0;
	if (reader_call(n->r, e) || plan_make(n->r, &all, n->a, &p, e))
		return -1;
	*are_counted = plan_is_all(&p);
	return *are_counted ? count_tallies(n, NULL, e) : 0;
}

/* The least that is enough: without names from an index alone. */
static enum plan_columns columns_of(const struct count_query *c)
{
	const unsigned actors =
		1U << COUNTED_SPEAKER | 1U << COUNTED_COUNTRY | 1U << COUNTED_TARGET;
	if (c->by_said || c->by & 1U << COUNTED_OUTLET)
		return PLAN_NAMES;
	return c->by & actors ? PLAN_ACTORS : PLAN_FIELDS;
}

static int count_all(struct counting *n, struct err *e)
{
	enum kept kept;
	if (find_kept(n, &kept, e))
		return -1;
	if (kept == KEPT_TALLIES)
		return count_tallies(n, &n->table, e);
	if (kept == KEPT_COUNTRIES || kept == KEPT_TARGETS)
		return count_actor_tallies(n, kept, e);
	if (kept != KEPT_NOT)
		return count_names(n, kept, e);
	bool has_totals;
	if (count_kept_totals(n, &has_totals, e))
		return -1;
	if (is_by(n, COUNTED_ISSUE) &&
	    (reader_call(n->r, e) || catalog_known_issues(n->r, n->a, &n->known, e)))
		return -1;
	struct scan_query s = {.q = n->c->q,
			       .unit = is_by(n, COUNTED_ISSUE)	    ? SCAN_PAIRS
				       : is_by(n, COUNTED_POSITION) ? SCAN_POSITIONS
								    : SCAN_STATEMENTS,
			       .columns = columns_of(n->c),
			       .with_positions = is_by(n, COUNTED_POSITION),
			       .known = n->c->with_open ? NULL : &n->known,
			       .pairs_alone = has_totals};
	return scan(n->r, &s, n->a, take, n, e);
}

int store_count(struct reader *r, const struct count_query *c, struct arena *a, struct counts *out,
		struct err *e)
{
	struct counting n = {.r = r, .c = c, .a = a, .table = {.a = a}};
	struct err why = {0};
	*out = (struct counts){0};
	if (c->q->is_void)
		return 0;
	int64_t deadline_ns = reader_hurry(r, c->until_ns, c->steps_max);
	int rc = count_all(&n, &why);
	rc = reader_hurry_end(r, deadline_ns, c->until_ns || c->steps_max, rc, &why,
			      &out->is_partial, e);
	return rc ? -1 : fill_all(&n, out, e);
}
