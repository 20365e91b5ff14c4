/* Counting by several things in one pass. */
#include "db/breakdown.h"

#include "db/compact_counts.h"
#include "db/id.h"
#include "db/interval.h"
#include "db/packed_fields.h"
#include "db/sqlite/count_group.h"
#include "db/sqlite/planner.h"
#include "db/sqlite/scan.h"
#include "db/tally.h"

/* Of all parts together: some megabytes. */
enum { GROUPS_MAX = 200000 };

struct breaking {
	struct reader *r;
	const struct breakdown_query *b;
	struct arena *a;
	struct tabulation table; /* at the end */
	/* By what is counted and a key, of a country whom the speaker speaks for, and whether this
	 * is the speaker itself; and by small values. */
	struct compact_counts names;
	int64_t positions[FIELD_POSITION_MASK + 1], acts[FIELD_ACT_MASK + 1],
		kinds[FIELD_KIND_MASK + 1], polarities[FIELD_POLARITY_MASK + 1];
	day_t day;	/* the last one, and how many came of it together */
	int64_t of_day; /* not among the names yet */
	bool is_all;	/* the question has no condition: what is kept is read instead */
	uint32_t taken; /* positions of the statement at hand */
};

enum { WHAT_SHIFT = 40 };

static bool is_by(const struct breaking *n, int what)
{
	return n->b->by >> what & 1;
}

static int add(struct breaking *n, int what, int64_t key, int64_t count, struct err *e)
{
	if (n->names.n > GROUPS_MAX)
		return err_set(e, ERR_INPUT, "by", "there are more than %d groups", GROUPS_MAX);
	return compact_counts_add(&n->names, (uint64_t)what << WHAT_SHIFT | (uint64_t)key, count,
				  e);
}

static int end_day(struct breaking *n, struct err *e)
{
	int64_t count = n->of_day;
	n->of_day = 0;
	if (!count)
		return 0;
	day_t month = interval_start(n->day, INTERVAL_MONTH);
	return add(n, BREAKDOWN_MONTH, (int64_t)month + ID_DAY_OFFSET, count, e);
}

static int add_days(struct breaking *n, const struct block *b, const uint16_t *at, size_t many,
		    struct err *e)
{
	for (size_t i = 0; i < many; i++) {
		day_t day = block_day(b, at[i]);
		if (day != n->day && end_day(n, e))
			return -1;
		n->day = day;
		n->of_day++;
	}
	return 0;
}

static const struct {
	int what;
	enum block_column column;
} named[] = {{COUNTED_SPEAKER, BLOCK_SPEAKERS},
	     {COUNTED_COUNTRY, BLOCK_SPEAKERS},
	     {COUNTED_TARGET, BLOCK_TARGETS},
	     {COUNTED_OUTLET, BLOCK_OUTLETS}};
enum { NAMED = sizeof named / sizeof named[0] };

/* Of a country whom the speaker speaks for, and whether that is the speaker itself. */
static int64_t key_of(const struct block_coded *c, int what, size_t place)
{
	if (what == COUNTED_TARGET || what == COUNTED_OUTLET)
		return block_value32(c, place);
	const uint64_t value = block_value64(c, place), speaker = (uint32_t)value >> 1,
		       member_of = value >> 32;
	return (int64_t)(what == COUNTED_SPEAKER ? speaker
						 : member_of * 2 + (member_of == speaker));
}

/* Of more statements than there are values these are counted first. */
static int add_name(struct breaking *n, int what, const struct block_coded *c, const uint16_t *at,
		    size_t many, struct err *e)
{
	uint16_t counts[BLOCK_STATEMENTS_MAX] = {0};
	if (many < c->n) {
		for (size_t i = 0; i < many; i++)
			if (add(n, what, key_of(c, what, c->at[at[i]]), 1, e))
				return -1;
		return 0;
	}
	for (size_t i = 0; i < many; i++)
		counts[c->at[at[i]]]++;
	for (size_t i = 0; i < c->n; i++)
		if (counts[i] && add(n, what, key_of(c, what, i), counts[i], e))
			return -1;
	return 0;
}

static int add_names(struct breaking *n, const struct block *b, const uint16_t *at, size_t many,
		     struct err *e)
{
	for (size_t i = 0; i < NAMED; i++)
		if (is_by(n, named[i].what) &&
		    add_name(n, named[i].what, &b->coded[named[i].column], at, many, e))
			return -1;
	return 0;
}

static void add_values(struct breaking *n, const struct block *b, const uint16_t *at, size_t many)
{
	for (size_t i = 0; i < many; i++) {
		const int64_t fields = block_fields(b, at[i]);
		n->acts[fields >> FIELD_ACT_SHIFT & FIELD_ACT_MASK]++;
		n->kinds[fields >> FIELD_KIND_SHIFT & FIELD_KIND_MASK]++;
		n->polarities[fields >> FIELD_POLARITY_SHIFT & FIELD_POLARITY_MASK]++;
	}
}

/* The statement's own positions, where no issues are asked for. */
static void add_positions(struct breaking *n, const struct block *b, const uint16_t *at,
			  size_t many)
{
	for (size_t i = 0; i < many && !n->b->q->issues.n; i++)
		n->positions[fields_position(block_fields(b, at[i]))]++;
}

static int take_places(void *context, const struct block *b, const uint16_t *at, size_t many,
		       struct err *e)
{
	struct breaking *n = context;
	if (n->is_all)
		return add_names(n, b, at, many, e);
	n->table.total += (int64_t)many;
	add_values(n, b, at, many);
	add_positions(n, b, at, many);
	return (is_by(n, BREAKDOWN_MONTH) && add_days(n, b, at, many, e)) ||
			       add_names(n, b, at, many, e)
		       ? -1
		       : 0;
}

/* Issues, and each position once on those that are asked for. */
static int take_pair(void *context, const struct scan_row *row, struct err *e)
{
	struct breaking *n = context;
	uint32_t position = UINT32_C(1) << fields_position(row->fields);
	n->taken = row->is_first ? 0 : n->taken;
	if (n->b->q->issues.n && !(n->taken & position))
		n->positions[fields_position(row->fields)]++;
	n->taken |= position;
	return is_by(n, COUNTED_ISSUE) ? add(n, COUNTED_ISSUE, row->issue, 1, e) : 0;
}

static int put(struct breaking *n, int what, struct group_key k, int64_t count, struct err *e)
{
	k.by = (uint8_t)what;
	return count && is_by(n, what) ? tabulation_add_group(&n->table, &k, count, e) : 0;
}

static int put_values(struct breaking *n, struct err *e)
{
	for (size_t i = 0; i <= FIELD_ACT_MASK; i++) {
		const uint8_t value = (uint8_t)i;
		const int64_t kinds = i <= FIELD_KIND_MASK ? n->kinds[i] : 0,
			      positions = i <= FIELD_POSITION_MASK ? n->positions[i] : 0,
			      polarities = i <= FIELD_POLARITY_MASK ? n->polarities[i] : 0;
		if (put(n, COUNTED_ACT, (struct group_key){.act = value}, n->acts[i], e) ||
		    put(n, COUNTED_KIND, (struct group_key){.kind = value}, kinds, e) ||
		    put(n, COUNTED_POSITION, (struct group_key){.position = value}, positions, e) ||
		    put(n, COUNTED_POLARITY, (struct group_key){.polarity = value}, polarities, e))
			return -1;
	}
	return 0;
}

static int put_name(struct breaking *n, const struct compact_count *c,
		    struct scan_countries *countries, struct err *e)
{
	int what = (int)(c->key >> WHAT_SHIFT);
	int64_t key = (int64_t)(c->key & ((UINT64_C(1) << WHAT_SHIFT) - 1)), country = 0;
	const struct scan_row row = {.member_of = key / 2, .speaker = key & 1 ? key / 2 : 0};
	struct group_key k = {0};
	if (what == COUNTED_COUNTRY && scan_country(n->r, countries, &row, n->a, &country, e))
		return -1;
	if (what == COUNTED_SPEAKER)
		k.speaker = (uint32_t)key;
	if (what == COUNTED_TARGET)
		k.target = (uint32_t)key;
	if (what == COUNTED_COUNTRY)
		k.country = (uint32_t)country;
	if (what == COUNTED_OUTLET)
		k.outlet = (uint32_t)key;
	if (what == COUNTED_ISSUE)
		k.issue = (uint32_t)key;
	if (what == BREAKDOWN_MONTH)
		k.from = (day_t)(key - ID_DAY_OFFSET);
	return put(n, what, k, c->count, e);
}

/* What was counted, as groups. */
static int put_all(struct breaking *n, struct err *e)
{
	struct scan_countries countries = {0};
	if (end_day(n, e) || put_values(n, e))
		return -1;
	for (size_t i = 0; i < n->names.cap; i++)
		if (n->names.slots[i].count && put_name(n, &n->names.slots[i], &countries, e))
			return -1;
	return 0;
}

/* Each part's share of the groups, which stand largest first, those of months by their days. */
static int fill(struct breaking *n, struct breakdown *out, struct err *e)
{
	const struct group_count *v = tabulation_groups(&n->table, n->table.groups.n, e);
	if (!v)
		return -1;
	for (size_t i = 0; i < n->table.groups.n; i++)
		out->parts[v[i].key.by].groups++;
	for (int what = 0; what < BREAKDOWN_PARTS; what++) {
		struct breakdown_part *p = &out->parts[what];
		size_t most = p->groups < (size_t)n->b->limit || what == BREAKDOWN_MONTH
				      ? p->groups
				      : (size_t)n->b->limit;
		p->v = arena_array(n->a, most, sizeof *p->v);
		if (!p->v)
			return arena_full(e);
		for (size_t i = 0; i < n->table.groups.n && p->n < most; i++)
			if (v[i].key.by == what &&
			    count_group_fill(n->r, &v[i], n->a, &p->v[p->n++], e))
				return -1;
	}
	return 0;
}

/* A condition on the position of whatever issue is one on each pair where issues are counted, and
 * one on the statement's own where statements are: then these are counted apart. */
static bool counts_issues_apart(const struct breaking *n)
{
	return n->is_all || (query_asks_position(n->b->q) && !n->b->q->issues.n);
}

static int scan_all(struct breaking *n, struct err *e)
{
	bool of_issues = is_by(n, COUNTED_ISSUE) && !counts_issues_apart(n);
	bool of_positions = is_by(n, COUNTED_POSITION) && n->b->q->issues.n > 0;
	struct scan_query s = {.q = n->b->q,
			       .unit = of_issues || of_positions ? SCAN_PAIRS : SCAN_STATEMENTS,
			       .with_open = n->b->with_open,
			       .take_places = take_places};
	s.columns = (n->is_all ? 0 : BLOCK_BIT(BLOCK_TRAITS)) |
		    (is_by(n, BREAKDOWN_MONTH) ? BLOCK_BIT(BLOCK_DAYS) : 0);
	for (size_t i = 0; i < NAMED; i++)
		s.columns |= is_by(n, named[i].what) ? BLOCK_BIT(named[i].column) : 0;
	return scan(n->r, &s, n->a, take_pair, n, e);
}

static int read_tallies(struct breaking *n, struct err *e)
{
	sqlite3_stmt *st = n->r->st[R_COUNT_TALLIES];
	int row;
	while ((row = sql_row(st, e)) > 0) {
		int64_t tally = sqlite3_column_int64(st, 0), count = sqlite3_column_int64(st, 1),
			fields = tally_fields(tally), month = tally_month(tally);
		n->table.total += count;
		n->positions[fields_position(fields)] += count;
		n->acts[fields >> FIELD_ACT_SHIFT & FIELD_ACT_MASK] += count;
		n->kinds[fields >> FIELD_KIND_SHIFT & FIELD_KIND_MASK] += count;
		n->polarities[fields >> FIELD_POLARITY_SHIFT & FIELD_POLARITY_MASK] += count;
		if (is_by(n, BREAKDOWN_MONTH) && count > 0 &&
		    add(n, BREAKDOWN_MONTH, month + ID_DAY_OFFSET, count, e)) {
			sqlite3_reset(st);
			return -1;
		}
	}
	return row;
}

static int break_statements(struct breaking *n, struct breakdown *out, struct err *e)
{
	const unsigned scanned = 1U << COUNTED_COUNTRY | 1U << COUNTED_TARGET;
	struct err why = {0};
	int64_t deadline_ns = reader_hurry(n->r, n->b->until_ns, 0);
	int rc = n->is_all ? read_tallies(n, &why) : 0;
	if (rc == 0 && (!n->is_all || n->b->by & scanned))
		rc = scan_all(n, &why);
	if (reader_hurry_end(n->r, deadline_ns, n->b->until_ns, rc, &why, &out->is_partial, e) ||
	    put_all(n, e) || fill(n, out, e))
		return -1;
	out->total = n->table.total;
	for (int what = 0; what < BREAKDOWN_PARTS; what++)
		out->parts[what].is_partial = out->is_partial;
	return 0;
}

static int count_one(struct breaking *n, int what, struct breakdown_part *out, struct err *e)
{
	struct counts c;
	struct count_query q = {.q = n->b->q,
				.by = 1U << what,
				.with_open = n->b->with_open,
				.limit = n->b->limit,
				.until_ns = n->b->until_ns};
	if (store_count(n->r, &q, n->a, &c, e))
		return -1;
	*out = (struct breakdown_part){c.v, c.n, c.groups, c.is_partial};
	return 0;
}

int store_breakdown(struct reader *r, const struct breakdown_query *b, struct arena *a,
		    struct breakdown *out, struct err *e)
{
	const unsigned kept = 1U << COUNTED_SPEAKER | 1U << COUNTED_OUTLET | 1U << COUNTED_ISSUE;
	struct breaking *n = arena_alloc(a, sizeof *n);
	struct breakdown_query less = *b;
	struct statement_query all = *b->q;
	struct plan p;
	*out = (struct breakdown){0};
	all.after = 0;
	if (b->q->is_void)
		return 0;
	if (!n)
		return arena_full(e);
	if (reader_call(r, e) || plan_make(r, &all, a, &p, e))
		return -1;
	*n = (struct breaking){.r = r, .b = &less, .a = a, .table = {.a = a, .most = GROUPS_MAX}};
	n->names.a = a;
	n->is_all = plan_is_all(&p);
	if (n->is_all)
		less.by &= ~kept;
	if (break_statements(n, out, e))
		return -1;
	for (int what = 0; what < BREAKDOWN_PARTS; what++)
		if ((n->is_all || (what == COUNTED_ISSUE && counts_issues_apart(n))) &&
		    b->by & kept & 1U << what && count_one(n, what, &out->parts[what], e))
			return -1;
	return 0;
}
