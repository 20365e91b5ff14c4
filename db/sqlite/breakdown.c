/* Counting by several things in one pass. */
#include "db/breakdown.h"

#include "db/id.h"
#include "db/interval.h"
#include "db/packed_fields.h"
#include "db/sqlite/count_group.h"
#include "db/sqlite/scan.h"

/* Of all parts together: some megabytes. */
enum { GROUPS_MAX = 200000 };

struct breaking {
	struct reader *r;
	const struct breakdown_query *b;
	struct arena *a;
	struct tabulation table;
	struct outlet_numbers outlets;
};

static bool is_by(const struct breaking *n, int what)
{
	return n->b->by >> what & 1;
}

static int add(struct breaking *n, int what, struct group_key k, struct err *e)
{
	k.by = what;
	return is_by(n, what) ? tabulation_add_group(&n->table, &k, 1, e) : 0;
}

static int add_names(struct breaking *n, const struct scan_row *row, struct err *e)
{
	struct group_key country = {0}, outlet = {0};
	if (is_by(n, COUNTED_COUNTRY) && scan_country(n->r, row, n->a, &country.country, e))
		return -1;
	if (is_by(n, COUNTED_OUTLET) &&
	    outlet_number_of(&n->outlets, n->r, row->article, n->a, &outlet.outlet, e))
		return -1;
	return add(n, COUNTED_SPEAKER, (struct group_key){.speaker = row->speaker},
		   e) || add(n, COUNTED_TARGET, (struct group_key){.target = row->target}, e) ||
			       add(n, COUNTED_COUNTRY, country, e) ||
			       add(n, COUNTED_OUTLET, outlet, e)
		       ? -1
		       : 0;
}

static int take(void *context, const struct scan_row *row, struct err *e)
{
	struct breaking *n = context;
	struct statement s;
	fields_unpack(row->fields, &s);
	if (add(n, COUNTED_POSITION, (struct group_key){.position = (int32_t)s.stance.position}, e))
		return -1;
	if (!row->is_first)
		return 0;
	n->table.total++;
	day_t month = interval_start(id_day(row->id), INTERVAL_MONTH);
	return add(n, COUNTED_ACT, (struct group_key){.act = (int32_t)s.stance.act},
		   e) || add(n, COUNTED_KIND, (struct group_key){.kind = (int32_t)s.kind}, e) ||
			       add(n, COUNTED_POLARITY,
				   (struct group_key){.polarity = (int32_t)s.polarity}, e) ||
			       add(n, BREAKDOWN_MONTH, (struct group_key){.from = month}, e) ||
			       add_names(n, row, e)
		       ? -1
		       : 0;
}

/* Each part's share of the groups, which stand largest first, those of months by their days. */
static int fill(struct breaking *n, struct breakdown *out, struct err *e)
{
	const struct group_count *v = tabulation_groups(&n->table, e);
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
			    count_group_fill(n->r, &v[i], &n->outlets, n->a, &p->v[p->n++], e))
				return -1;
	}
	return 0;
}

/* All but issues. */
static int break_statements(struct breaking *n, struct breakdown *out, struct err *e)
{
	const unsigned names = 1U << COUNTED_SPEAKER | 1U << COUNTED_COUNTRY |
			       1U << COUNTED_TARGET | 1U << COUNTED_OUTLET;
	bool by_position = is_by(n, COUNTED_POSITION);
	struct scan_query s = {.q = n->b->q,
			       .unit = by_position ? SCAN_POSITIONS : SCAN_STATEMENTS,
			       .columns = n->b->by & names ? PLAN_NAMES : PLAN_FIELDS,
			       .with_positions = by_position};
	struct err why = {0};
	int64_t deadline_ns = reader_hurry(n->r, n->b->until_ns, 0);
	int rc = scan(n->r, &s, n->a, take, n, &why);
	if (reader_hurry_end(n->r, deadline_ns, n->b->until_ns, rc, &why, &out->is_partial, e) ||
	    fill(n, out, e))
		return -1;
	out->total = n->table.total;
	for (int what = 0; what < BREAKDOWN_PARTS; what++)
		out->parts[what].is_partial = out->is_partial;
	return 0;
}

static int count_one(struct breaking *n, int what, struct breakdown *out, struct err *e)
{
	struct counts c;
	struct count_query q = {.q = n->b->q,
				.by = what == BREAKDOWN_MONTH ? 0 : 1U << what,
				.interval =
					what == BREAKDOWN_MONTH ? INTERVAL_MONTH : INTERVAL_NONE,
				.with_open = n->b->with_open,
				.limit = what == BREAKDOWN_MONTH ? COUNT_GROUPS_MAX : n->b->limit,
				.until_ns = n->b->until_ns};
	if (store_count(n->r, &q, n->a, &c, e))
		return -1;
	out->parts[what] = (struct breakdown_part){c.v, c.n, c.groups, c.is_partial};
	return 0;
}

/* Without conditions: from what is kept, one by one. */
static int break_all(struct breaking *n, struct breakdown *out, struct err *e)
{
	struct counts all;
	struct count_query q = {.q = n->b->q, .limit = 1, .until_ns = n->b->until_ns};
	if (store_count(n->r, &q, n->a, &all, e))
		return -1;
	out->total = all.total;
	out->is_partial = all.is_partial;
	for (int what = 0; what < BREAKDOWN_PARTS; what++)
		if (is_by(n, what) && count_one(n, what, out, e))
			return -1;
	return 0;
}

int store_breakdown(struct reader *r, const struct breakdown_query *b, struct arena *a,
		    struct breakdown *out, struct err *e)
{
	struct breaking n = {.r = r, .b = b, .a = a, .table = {.a = a, .most = GROUPS_MAX}};
	struct statement_query all = *b->q;
	struct plan p;
	*out = (struct breakdown){0};
	all.after = 0;
	if (b->q->is_void)
		return 0;
	if (reader_call(r, e) || plan_make(r, &all, a, &p, e))
		return -1;
	if (plan_is_all(&p))
		return break_all(&n, out, e);
	/* The issues first: their pairs are read from an index alone. */
	struct breakdown of_issues = {0};
	if ((is_by(&n, COUNTED_ISSUE) && count_one(&n, COUNTED_ISSUE, &of_issues, e)) ||
	    break_statements(&n, out, e))
		return -1;
	out->parts[COUNTED_ISSUE] = of_issues.parts[COUNTED_ISSUE];
	return 0;
}
