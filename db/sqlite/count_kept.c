/* What is kept of statements, made into groups. */
#include "db/sqlite/count_kept.h"

#include "db/interval.h"
#include "db/sqlite/count_group.h"
#include "db/sqlite/planner.h"
#include "db/tally.h"

struct keeping {
	struct reader *r;
	const struct count_query *c;
	struct tabulation *table;
};

/* Beside the statements, and in the same transactions, are kept: how many there are in all, of each
 * speaker and of each issue, in the rows of these; of each month with the same kind, position, act
 * and polarity, in the table `tally`; and of each article, in the index of outlets. So these
 * questions, where they have no conditions, read some thousand rows. */
enum kept { KEPT_NOT, KEPT_ALL, KEPT_NAMES, KEPT_OUTLETS, KEPT_TALLIES };

static enum kept kept_of(const struct count_query *c)
{
	const unsigned tallied = 1U << COUNTED_POSITION | 1U << COUNTED_ACT | 1U << COUNTED_KIND |
				 1U << COUNTED_POLARITY;
	bool in_months = c->interval == INTERVAL_MONTH || c->interval == INTERVAL_YEAR;
	if (c->interval && (c->by_said || !in_months))
		return KEPT_NOT;
	if (!c->by && !c->interval)
		return KEPT_ALL;
	if (!(c->by & ~tallied))
		return KEPT_TALLIES;
	if (c->interval)
		return KEPT_NOT;
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
static int find_kept(struct keeping *n, enum kept *out, struct err *e)
{
	struct plan p;
	struct statement_query all = *n->c->q;
	*out = kept_of(n->c);
	if (*out == KEPT_NOT)
		return 0;
	all.after = 0;
	if (reader_call(n->r, e) || plan_make(n->r, &all, n->table->a, &p, e))
		return -1;
	if (!plan_is_all(&p))
		*out = KEPT_NOT;
	return 0;
}

/* A group a row, by its key in k->speaker or k->issue, which is `at`; what they have together in
 * *sum. */
static int add_kept(struct keeping *n, enum reader_sql rows, struct group_key *k, uint32_t *at,
		    int64_t *sum, struct err *e)
{
	sqlite3_stmt *st = n->r->st[rows];
	int row;
	while ((row = sql_row(st, e)) > 0) {
		int64_t count = sqlite3_column_int64(st, 1);
		if (count == 0)
			continue;
		*at = (uint32_t)sqlite3_column_int64(st, 0);
		*sum += count;
		if (tabulation_add_group(n->table, k, count, e)) {
			sqlite3_reset(st);
			return -1;
		}
	}
	return row;
}

static int read_outlet_key(struct keeping *n, struct str name, uint32_t *key, struct err *e)
{
	sqlite3_stmt *st = n->r->st[R_OUTLET_KEY];
	*key = 0;
	if (!name.n)
		return 0;
	sql_bind_str(st, 1, name);
	int row = sql_row(st, e);
	*key = row > 0 ? (uint32_t)sqlite3_column_int64(st, 0) : 0;
	sqlite3_reset(st);
	return row < 0 ? -1 : 0;
}

/* Each outlet a row. */
static int add_outlets(struct keeping *n, struct err *e)
{
	sqlite3_stmt *st = n->r->st[R_COUNT_OUTLETS];
	struct group_key k = {0};
	int row;
	while ((row = sql_row(st, e)) > 0) {
		int64_t count = sqlite3_column_int64(st, 1);
		if (count == 0)
			continue;
		if (read_outlet_key(n, sql_column(st, 0), &k.outlet, e) ||
		    tabulation_add_group(n->table, &k, count, e)) {
			sqlite3_reset(st);
			return -1;
		}
	}
	return row;
}

static int count_names(struct keeping *n, enum kept kept, struct err *e)
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
	if (tabulation_add_statements(n->table, k.from, total, e))
		return -1;
	if (kept == KEPT_ALL)
		return tabulation_add_group(n->table, &k, total, e);
	if (kept == KEPT_OUTLETS)
		return add_outlets(n, e);
	if (n->c->by >> COUNTED_ISSUE & 1)
		return add_kept(n, n->c->with_open ? R_COUNT_ISSUES : R_COUNT_KNOWN_ISSUES, &k,
				&k.issue, &named, e);
	if (add_kept(n, R_COUNT_SPEAKERS, &k, &k.speaker, &named, e))
		return -1;
	/* The others name no speaker. */
	k.speaker = 0;
	if (named == total)
		return 0;
	return tabulation_add_group(n->table, &k, total - named, e);
}

static int add_tally(struct keeping *n, int64_t tally, int64_t count, struct err *e)
{
	struct group_key k = {0};
	if (n->c->interval)
		k.from = interval_start(tally_month(tally), n->c->interval);
	count_group_set_fields(n->c->by, tally_fields(tally), &k);
	return tabulation_add_statements(n->table, k.from, count, e) ||
			       tabulation_add_group(n->table, &k, count, e)
		       ? -1
		       : 0;
}

static int count_tallies(struct keeping *n, struct err *e)
{
	sqlite3_stmt *st = n->r->st[R_COUNT_TALLIES];
	int row;
	while ((row = sql_row(st, e)) > 0)
		if (add_tally(n, sqlite3_column_int64(st, 0), sqlite3_column_int64(st, 1), e)) {
			sqlite3_reset(st);
			return -1;
		}
	return row;
}

int count_kept(struct reader *r, const struct count_query *c, struct tabulation *t, bool *is_kept,
	       struct err *e)
{
	struct keeping n = {r, c, t};
	enum kept kept;
	if (find_kept(&n, &kept, e))
		return -1;
	*is_kept = kept != KEPT_NOT;
	if (kept == KEPT_TALLIES)
		return count_tallies(&n, e);
	return *is_kept ? count_names(&n, kept, e) : 0;
}
