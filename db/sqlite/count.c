/* Counting in one pass; what the writer counts anyway is read instead. */
#include "db/count.h"

#include "db/compact_counts.h"
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
	/* Rows that name at most one thing, by compact_key; added to the table at the end. */
	struct compact_counts compact;
	bool is_compact;
	uint64_t fields;   /* bits of the packed fields that are counted by, less FIELDS_SHIFT */
	struct keys known; /* issues */
	struct scan_countries countries;
	day_t day, from; /* the last one, and the interval that it is in */
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
		k->position = (uint8_t)fields_position(fields);
	if (is_by(n, COUNTED_ACT))
		k->act = (uint8_t)(fields >> FIELD_ACT_SHIFT & FIELD_ACT_MASK);
	if (is_by(n, COUNTED_KIND))
		k->kind = (uint8_t)(fields >> FIELD_KIND_SHIFT & FIELD_KIND_MASK);
	if (is_by(n, COUNTED_POLARITY))
		k->polarity = (uint8_t)(fields >> FIELD_POLARITY_SHIFT & FIELD_POLARITY_MASK);
}

/* Days come together, mostly. */
static day_t interval_of(struct counting *n, day_t day)
{
	if (day != n->day || !n->from)
		n->from = interval_start(day, n->c->interval);
	n->day = day;
	return n->from;
}

static int set_names(struct counting *n, const struct scan_row *row, struct group_key *k,
		     struct err *e)
{
	int64_t country = 0;
	if (is_by(n, COUNTED_ISSUE))
		k->issue = (uint32_t)row->issue;
	if (is_by(n, COUNTED_SPEAKER))
		k->speaker = (uint32_t)row->speaker;
	if (is_by(n, COUNTED_TARGET))
		k->target = (uint32_t)row->target;
	if (is_by(n, COUNTED_OUTLET))
		k->outlet = (uint32_t)row->outlet;
	if (is_by(n, COUNTED_COUNTRY) && scan_country(n->r, &n->countries, row, n->a, &country, e))
		return -1;
	k->country = (uint32_t)country;
	return 0;
}

/* --- groups as one number --- */

/* From the lowest: kind, position, act and polarity as they stand in the packed fields; the
 * interval's first day; what is named. Of a country that is whom the speaker speaks for, and
 * whether this is the speaker itself. */
enum {
	FIELDS_SHIFT = FIELD_KIND_SHIFT,
	FIELDS_BITS = 14,
	FROM_BITS = 22, /* days of 9999 years */
	NAME_SHIFT = FIELDS_BITS + FROM_BITS,
	NAME_BITS = 28,
	NAMED = 1 << COUNTED_SPEAKER | 1 << COUNTED_COUNTRY | 1 << COUNTED_ISSUE |
		1 << COUNTED_TARGET | 1 << COUNTED_OUTLET,
};

static void start_compact(struct counting *n)
{
	const unsigned named = n->c->by & NAMED;
	n->is_compact = (named & (named - 1)) == 0;
	if (is_by(n, COUNTED_KIND))
		n->fields |= (uint64_t)FIELD_KIND_MASK << FIELD_KIND_SHIFT;
	if (is_by(n, COUNTED_POSITION))
		n->fields |= (uint64_t)FIELD_POSITION_MASK << FIELD_POSITION_SHIFT;
	if (is_by(n, COUNTED_ACT))
		n->fields |= (uint64_t)FIELD_ACT_MASK << FIELD_ACT_SHIFT;
	if (is_by(n, COUNTED_POLARITY))
		n->fields |= (uint64_t)FIELD_POLARITY_MASK << FIELD_POLARITY_SHIFT;
	n->fields >>= FIELDS_SHIFT;
}

static uint64_t name_of_row(const struct counting *n, const struct scan_row *row)
{
	switch (n->c->by & NAMED) {
	case 1 << COUNTED_SPEAKER:
		return (uint64_t)row->speaker;
	case 1 << COUNTED_COUNTRY:
		return (uint64_t)row->member_of * 2 + (row->member_of == row->speaker);
	case 1 << COUNTED_ISSUE:
		return (uint64_t)row->issue;
	case 1 << COUNTED_TARGET:
		return (uint64_t)row->target;
	case 1 << COUNTED_OUTLET:
		return (uint64_t)row->outlet;
	default:
		return 0;
	}
}

static int add_compact(struct counting *n, uint64_t key, struct err *e)
{
	if (n->compact.n > 2 * COUNT_GROUPS_MAX)
		return err_set(e, ERR_INPUT, "by",
			       "there are more than %d groups; count by less, or narrow the "
			       "question",
			       COUNT_GROUPS_MAX);
	return compact_counts_add(&n->compact, key, 1, e);
}

static uint64_t interval_bits(const struct counting *n, day_t from)
{
	return n->c->interval ? (uint64_t)(from + ID_DAY_OFFSET) << FIELDS_BITS : 0;
}

static uint64_t field_bits(const struct counting *n, int64_t fields)
{
	return (uint64_t)fields >> FIELDS_SHIFT & n->fields;
}

/* A row that would name so. */
static struct scan_row row_of(const struct counting *n, uint64_t key)
{
	int64_t name = (int64_t)(key >> NAME_SHIFT);
	struct scan_row row = {.fields =
				       (int64_t)((key & ((1U << FIELDS_BITS) - 1)) << FIELDS_SHIFT),
			       .issue = name,
			       .speaker = name,
			       .target = name,
			       .outlet = name};
	if (is_by(n, COUNTED_COUNTRY)) {
		row.member_of = name / 2;
		row.speaker = name & 1 ? name / 2 : 0;
	}
	return row;
}

static int end_compact(struct counting *n, struct err *e)
{
	const uint64_t days = (1U << FROM_BITS) - 1;
	for (size_t i = 0; i < n->compact.cap; i++) {
		const struct compact_count *c = &n->compact.slots[i];
		if (!c->count)
			continue;
		struct group_key k = {0};
		struct scan_row row = row_of(n, c->key);
		if (n->c->interval)
			k.from = (day_t)(c->key >> FIELDS_BITS & days) - ID_DAY_OFFSET;
		set_fields(n, row.fields, &k);
		if (set_names(n, &row, &k, e) || tabulation_add_group(&n->table, &k, c->count, e))
			return -1;
	}
	return 0;
}

static int take(void *context, const struct scan_row *row, struct err *e)
{
	struct counting *n = context;
	struct group_key k = {0};
	if (n->c->interval) {
		day_t day = n->c->by_said ? row->said : id_day(row->id);
		if (day == DAY_NONE) {
			n->undated += row->is_first;
			return 0;
		}
		k.from = interval_of(n, day);
	}
	if (row->is_first && tabulation_add_statements(&n->table, k.from, 1, e))
		return -1;
	if (is_by(n, COUNTED_ISSUE) && !row->issue)
		return 0;
	uint64_t name = n->is_compact ? name_of_row(n, row) : 0;
	if (n->is_compact && name >> NAME_BITS == 0)
		return add_compact(n,
				   name << NAME_SHIFT | interval_bits(n, k.from) |
					   field_bits(n, row->fields),
				   e);
	set_fields(n, row->fields, &k);
	return set_names(n, row, &k, e) || tabulation_add_group(&n->table, &k, 1, e) ? -1 : 0;
}

/* --- a block at once --- */

/* What each names; all bits of these together. */
static uint64_t read_names(const struct counting *n, const struct block *b, const uint16_t *at,
			   size_t many, uint64_t *out)
{
#define EACH(name)                                                                                 \
	for (size_t i = 0; i < many; i++)                                                          \
		all |= out[i] = (name);                                                            \
	break
	uint64_t all = 0;
	switch (n->c->by & NAMED) {
	case 1 << COUNTED_SPEAKER:
		EACH(block_speaker(b, at[i]) >> 1);
	case 1 << COUNTED_COUNTRY:
		EACH((uint64_t)block_member_of(b, at[i]) * 2 +
		     (block_member_of(b, at[i]) == block_speaker(b, at[i]) >> 1));
	case 1 << COUNTED_TARGET:
		EACH(block_target(b, at[i]));
	case 1 << COUNTED_OUTLET:
		EACH(block_outlet(b, at[i]));
	default:
		EACH(0);
	}
	return all;
#undef EACH
}

/* Those of a day stand together. */
static int add_intervals(struct counting *n, const struct block *b, const uint16_t *at, size_t many,
			 uint64_t *keys, struct err *e)
{
	if (!n->c->interval)
		return tabulation_add_statements(&n->table, 0, (int64_t)many, e);
	for (size_t i = 0; i < many;) {
		const day_t day = id_day(block_id(b, at[i])), from = interval_of(n, day);
		const uint64_t bits = interval_bits(n, from);
		const size_t first = i;
		for (; i < many && id_day(block_id(b, at[i])) == day; i++)
			keys[i] |= bits;
		if (tabulation_add_statements(&n->table, from, (int64_t)(i - first), e))
			return -1;
	}
	return 0;
}

static unsigned columns_of(const struct count_query *c)
{
	const unsigned actors =
		1U << COUNTED_SPEAKER | 1U << COUNTED_COUNTRY | 1U << COUNTED_TARGET;
	bool by_day = c->interval && !c->by_said, by_said = c->interval && c->by_said;
	return (c->by & actors ? 1U << BLOCK_ACTORS : 0) | (by_day ? 1U << BLOCK_IDS : 0) |
	       (by_said || c->by & 1U << COUNTED_OUTLET ? 1U << BLOCK_SOURCES : 0);
}

static int take_rows(struct counting *n, const struct block *b, const uint16_t *at, size_t many,
		     struct err *e)
{
	for (size_t i = 0; i < many; i++) {
		struct scan_row row;
		scan_row_read(&row, columns_of(n->c), b, at[i]);
		if (take(n, &row, e))
			return -1;
	}
	return 0;
}

static int take_places(void *context, const struct block *b, const uint16_t *at, size_t many,
		       struct err *e)
{
	struct counting *n = context;
	uint64_t keys[BLOCK_STATEMENTS_MAX];
	if (!many || !n->is_compact || n->c->by_said ||
	    read_names(n, b, at, many, keys) >> NAME_BITS)
		return take_rows(n, b, at, many, e);
	for (size_t i = 0; i < many; i++)
		keys[i] = keys[i] << NAME_SHIFT | field_bits(n, block_fields(b, at[i]));
	if (add_intervals(n, b, at, many, keys, e))
		return -1;
	for (size_t i = 0; i < many; i++)
		if (add_compact(n, keys[i], e))
			return -1;
	return 0;
}

/* --- counts that are kept --- */

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
static int add_kept(struct counting *n, enum reader_sql rows, struct group_key *k, uint32_t *at,
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
		if (tabulation_add_group(&n->table, k, count, e)) {
			sqlite3_reset(st);
			return -1;
		}
	}
	return row;
}

static int read_outlet_key(struct counting *n, struct str name, uint32_t *key, struct err *e)
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
static int add_outlets(struct counting *n, struct err *e)
{
	sqlite3_stmt *st = n->r->st[R_COUNT_OUTLETS];
	struct group_key k = {0};
	int row;
	while ((row = sql_row(st, e)) > 0) {
		int64_t count = sqlite3_column_int64(st, 1);
		if (count == 0)
			continue;
		if (read_outlet_key(n, sql_column(st, 0), &k.outlet, e) ||
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

static int add_tally(struct counting *n, int64_t tally, int64_t count, struct err *e)
{
	struct group_key k = {0};
	if (n->c->interval)
		k.from = interval_of(n, tally_month(tally));
	set_fields(n, tally_fields(tally), &k);
	return tabulation_add_statements(&n->table, k.from, count, e) ||
			       tabulation_add_group(&n->table, &k, count, e)
		       ? -1
		       : 0;
}

static int count_tallies(struct counting *n, struct err *e)
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
		if (count_group_fill(n->r, &v[out->n], n->a, g, e))
			return -1;
		g->of = tabulation_of_interval(&n->table, g->from);
	}
	return 0;
}

/* Has a statement several rows? */
static bool is_of_pairs(const struct counting *n)
{
	return is_by(n, COUNTED_ISSUE) || (is_by(n, COUNTED_POSITION) && n->c->q->issues.n);
}

static int count_all(struct counting *n, struct err *e)
{
	enum kept kept;
	if (find_kept(n, &kept, e))
		return -1;
	if (kept == KEPT_TALLIES)
		return count_tallies(n, e);
	if (kept != KEPT_NOT)
		return count_names(n, kept, e);
	if (is_by(n, COUNTED_ISSUE) &&
	    (reader_call(n->r, e) || catalog_known_issues(n->r, n->a, &n->known, e)))
		return -1;
	struct scan_query s = {.q = n->c->q,
			       .unit = is_by(n, COUNTED_ISSUE)	    ? SCAN_PAIRS
				       : is_by(n, COUNTED_POSITION) ? SCAN_POSITIONS
								    : SCAN_STATEMENTS,
			       .columns = columns_of(n->c),
			       .known = n->c->with_open ? NULL : &n->known,
			       .take_places = is_of_pairs(n) ? NULL : take_places};
	start_compact(n);
	return scan(n->r, &s, n->a, take, n, e);
}

int store_count(struct reader *r, const struct count_query *c, struct arena *a, struct counts *out,
		struct err *e)
{
	struct counting n = {.r = r, .c = c, .a = a, .table = {.a = a}, .compact = {.a = a}};
	struct err why = {0};
	*out = (struct counts){0};
	if (c->q->is_void)
		return 0;
	int64_t deadline_ns = reader_hurry(r, c->until_ns, c->steps_max);
	int rc = count_all(&n, &why);
	rc = reader_hurry_end(r, deadline_ns, c->until_ns || c->steps_max, rc, &why,
			      &out->is_partial, e);
	return rc || end_compact(&n, e) ? -1 : fill_all(&n, out, e);
}
