/* Counting in one pass; what the writer counts anyway is read instead (count_kept.h). */
#include "db/count.h"

#include <string.h>

#include "db/compact_counts.h"
#include "db/id.h"
#include "db/interval.h"
#include "db/sqlite/block_filter.h"
#include "db/sqlite/block_read.h"
#include "db/sqlite/count_group.h"
#include "db/sqlite/count_kept.h"
#include "db/sqlite/part_cache.h"
#include "db/sqlite/planner.h"
#include "db/sqlite/scan.h"
#include "db/tabulation.h"

struct counting {
	struct reader *r;
	const struct count_query *c;
	struct arena *a;
	struct tabulation table;
	/* Rows that name at most one thing, as one number; added to the table at the end. */
	struct compact_counts compact;
	bool is_compact;
	/* Such numbers, once nothing is added to them. */
	struct compact_count *ended;
	size_t n_ended, cap_ended;
	uint64_t fields; /* bits of the packed fields that are counted by, less FIELDS_SHIFT */
	/* Before that, those of one interval: by the name's key, and below it what of the packed
	 * fields is counted by, in `small_bits`. In two places by turns: many name the same, and a
	 * place that was just written is slow to read. */
	uint32_t (*small)[2];
	size_t n_small, cap_small;
	day_t small_from;
	int small_bits;
	struct scan_countries countries;
	day_t day, from; /* the last one, and the interval that it is in */
	int64_t undated;
};

static bool is_by(const struct counting *n, enum counted what)
{
	return n->c->by >> what & 1;
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

/* Of the packed fields, and their width. */
static const struct {
	enum counted what;
	int shift;
	uint64_t mask;
	int bits;
} parts[] = {
	{COUNTED_KIND, FIELD_KIND_SHIFT, FIELD_KIND_MASK, 3},
	{COUNTED_POSITION, FIELD_POSITION_SHIFT, FIELD_POSITION_MASK, 3},
	{COUNTED_ACT, FIELD_ACT_SHIFT, FIELD_ACT_MASK, 6},
	{COUNTED_POLARITY, FIELD_POLARITY_SHIFT, FIELD_POLARITY_MASK, 2},
};
enum { PARTS = sizeof parts / sizeof parts[0] };

static void start_compact(struct counting *n)
{
	const unsigned named = n->c->by & NAMED;
	n->is_compact = (named & (named - 1)) == 0;
	for (size_t i = 0; i < PARTS; i++)
		if (is_by(n, parts[i].what)) {
			n->fields |= parts[i].mask << (parts[i].shift - FIELDS_SHIFT);
			n->small_bits += parts[i].bits;
		}
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

static int too_many(struct err *e)
{
	return err_set(e, ERR_INPUT, "by",
		       "there are more than %d groups; count by less, or narrow the question",
		       COUNT_GROUPS_MAX);
}

static int add_compact(struct counting *n, uint64_t key, struct err *e)
{
	if (n->compact.n > 2 * COUNT_GROUPS_MAX)
		return too_many(e);
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

/* The packed fields that a small number has, less FIELDS_SHIFT. */
static uint64_t small_fields(const struct counting *n, size_t small)
{
	uint64_t fields = 0;
	for (size_t i = 0; i < PARTS; i++)
		if (is_by(n, parts[i].what)) {
			fields |= (small & parts[i].mask) << (parts[i].shift - FIELDS_SHIFT);
			small >>= parts[i].bits;
		}
	return fields;
}

/* So many that name so, in this interval. */
static int add_group(struct counting *n, const struct scan_row *row, day_t from, int64_t count,
		     struct err *e)
{
	struct group_key k = {.from = from};
	count_group_set_fields(n->c->by, row->fields, &k);
	return set_names(n, row, &k, e) || tabulation_add_group(&n->table, &k, count, e) ? -1 : 0;
}

static int add_ended(struct counting *n, uint64_t key, int64_t count, struct err *e)
{
	if (n->n_ended > 2 * COUNT_GROUPS_MAX)
		return too_many(e);
	if (arena_grow(n->a, (void **)&n->ended, &n->cap_ended, n->n_ended + 1, sizeof *n->ended))
		return arena_full(e);
	n->ended[n->n_ended++] = (struct compact_count){key, count};
	return 0;
}

static int end_small(struct counting *n, struct err *e)
{
	const uint64_t interval = interval_bits(n, n->small_from);
	for (size_t i = 0; i < n->n_small; i++) {
		const int64_t count = (int64_t)n->small[i][0] + n->small[i][1];
		if (!count)
			continue;
		const uint64_t name = i >> n->small_bits << NAME_SHIFT;
		if (add_ended(n, name | interval | small_fields(n, i), count, e))
			return -1;
		n->small[i][0] = n->small[i][1] = 0;
	}
	n->n_small = 0;
	return 0;
}

static int end_numbers(struct counting *n, struct err *e)
{
	if (end_small(n, e))
		return -1;
	for (size_t i = 0; i < n->compact.cap; i++) {
		const struct compact_count *c = &n->compact.slots[i];
		if (c->count && add_ended(n, c->key, c->count, e))
			return -1;
	}
	n->compact = (struct compact_counts){.a = n->a};
	return 0;
}

static int end_compact(struct counting *n, struct err *e)
{
	const uint64_t days = (1U << FROM_BITS) - 1;
	if (end_numbers(n, e))
		return -1;
	for (size_t i = 0; i < n->n_ended; i++) {
		const struct compact_count *c = &n->ended[i];
		struct scan_row row = row_of(n, c->key);
		day_t from = (day_t)(c->key >> FIELDS_BITS & days) - ID_DAY_OFFSET;
		if (add_group(n, &row, n->c->interval ? from : 0, c->count, e))
			return -1;
	}
	return 0;
}

static int take(void *context, const struct scan_row *row, struct err *e)
{
	struct counting *n = context;
	day_t from = 0;
	if (n->c->interval) {
		day_t day = n->c->by_said ? row->said : row->day;
		if (day == DAY_NONE) {
			n->undated += row->is_first;
			return 0;
		}
		from = interval_of(n, day);
	}
	if (row->is_first && tabulation_add_statements(&n->table, from, 1, e))
		return -1;
	if (is_by(n, COUNTED_ISSUE) && !row->issue)
		return 0;
	uint64_t name = n->is_compact ? name_of_row(n, row) : 0;
	if (n->is_compact && name >> NAME_BITS == 0)
		return add_compact(
			n, name << NAME_SHIFT | interval_bits(n, from) | field_bits(n, row->fields),
			e);
	return add_group(n, row, from, 1, e);
}

/* --- a block at once --- */

/* What the statements of a block name, as small numbers, and what of their packed fields is counted
 * by: each value of the column once. */
struct block_groups {
	const uint16_t *name_at, *fields_at; /* the place of each statement's */
	uint32_t names[BLOCK_STATEMENTS_MAX], fields[BLOCK_STATEMENTS_MAX];
	size_t n_fields;
	uint32_t all; /* bits of all names together */
};

/* As name_of_row, by what is named. */
static inline uint32_t name_of_value(unsigned named, const struct block_coded *c, size_t place)
{
	uint64_t speaker;
	switch (named) {
	case 1 << COUNTED_SPEAKER:
		return (uint32_t)block_value64(c, place) >> 1;
	case 1 << COUNTED_COUNTRY:
		speaker = block_value64(c, place);
		return (uint32_t)(speaker >> 32) * 2 + (speaker >> 32 == (uint32_t)speaker >> 1);
	default:
		return block_value32(c, place);
	}
}

static enum block_column named_column(const struct counting *n)
{
	switch (n->c->by & NAMED) {
	case 1 << COUNTED_TARGET:
		return BLOCK_TARGETS;
	case 1 << COUNTED_OUTLET:
		return BLOCK_OUTLETS;
	default:
		return BLOCK_SPEAKERS;
	}
}

/* All of the column's names, or those of these statements alone where they are fewer. */
__attribute__((always_inline)) static inline void read_names(unsigned named,
							     const struct block_coded *c,
							     const uint16_t *at, size_t many,
							     struct block_groups *g)
{
	uint32_t all = 0;
	for (size_t i = 0; i < c->n && many >= c->n; i++)
		all |= g->names[i] = name_of_value(named, c, i);
	for (size_t i = 0; i < many && many < c->n; i++) {
		const size_t place = c->at[at[i]];
		all |= g->names[place] = name_of_value(named, c, place);
	}
	g->all = all;
}

static void read_groups(const struct counting *n, const struct block *b, const uint16_t *at,
			size_t many, struct block_groups *g)
{
	static const uint16_t nothing[BLOCK_STATEMENTS_MAX];
	const struct block_coded *names = &b->coded[named_column(n)],
				 *traits = &b->coded[BLOCK_TRAITS];
	const unsigned named = n->c->by & NAMED;
	const bool is_by_fields = n->fields;
	g->n_fields = is_by_fields ? traits->n : 1;
	g->name_at = named ? names->at : nothing;
	g->fields_at = is_by_fields ? traits->at : nothing;
	g->names[0] = g->fields[0] = g->all = 0;
	switch (named) {
	case 0:
		break;
	case 1 << COUNTED_SPEAKER:
		read_names(1 << COUNTED_SPEAKER, names, at, many, g);
		break;
	case 1 << COUNTED_COUNTRY:
		read_names(1 << COUNTED_COUNTRY, names, at, many, g);
		break;
	default:
		read_names(1 << COUNTED_TARGET, names, at, many, g);
	}
	for (size_t i = 0; i < traits->n && is_by_fields; i++)
		g->fields[i] = (uint32_t)field_bits(n, (int64_t)block_value32(traits, i)
							       << BLOCK_TRAITS_SHIFT);
}

enum {
	SMALL_MAX = 1 << 16, /* half a megabyte: a core's own cache has it */
	SMALL_LEAST = 128,   /* statements for which an interval is begun */
	GROUPS_LEAST = 4,    /* statements for which the array is worth it */
};

/* Are all in one interval, and where there are others, so many that an array is worth it? */
static bool are_of_interval(struct counting *n, const struct block *b, const uint16_t *at,
			    size_t many, day_t *from)
{
	*from = 0;
	if (!n->c->interval)
		return true;
	if (many < SMALL_LEAST)
		return false;
	*from = interval_of(n, block_day(b, at[0]));
	return interval_of(n, block_day(b, at[many - 1])) == *from;
}

/* Makes room for small numbers of the names that have these bits, and for this interval alone. */
static int start_small(struct counting *n, day_t from, uint32_t all, bool *fits, struct err *e)
{
	uint64_t most = 1;
	while (most <= all)
		most *= 2;
	most <<= n->small_bits;
	*fits = most <= SMALL_MAX;
	if (!*fits)
		return 0;
	if (n->n_small && n->small_from != from && end_small(n, e))
		return -1;
	if (arena_grow(n->a, (void **)&n->small, &n->cap_small, most, sizeof *n->small))
		return arena_full(e);
	n->n_small = most > n->n_small ? most : n->n_small;
	n->small_from = from;
	return 0;
}

/* Packed fields, less FIELDS_SHIFT, with their parts side by side. */
static uint32_t small_of(const struct counting *n, uint32_t fields)
{
	uint32_t small = 0;
	int to = 0;
	for (size_t p = 0; p < PARTS; p++)
		if (is_by(n, parts[p].what)) {
			small |= (fields >> (parts[p].shift - FIELDS_SHIFT) &
				  (uint32_t)parts[p].mask)
				 << to;
			to += parts[p].bits;
		}
	return small;
}

static void add_small(struct counting *n, struct block_groups *g, const uint16_t *at, size_t many)
{
	uint32_t(*const small)[2] = n->small;
	const int bits = n->small_bits;
	if (!bits) {
		for (size_t i = 0; i < many; i++)
			small[g->names[g->name_at[at[i]]]][i & 1]++;
		return;
	}
	for (size_t i = 0; i < g->n_fields; i++)
		g->fields[i] = small_of(n, g->fields[i]);
	for (size_t i = 0; i < many; i++)
		small[g->names[g->name_at[at[i]]] << bits | g->fields[g->fields_at[at[i]]]]
		     [i & 1]++;
}

/* Those of a day stand together. */
static int add_intervals(struct counting *n, const struct block *b, const uint16_t *at, size_t many,
			 uint64_t *keys, struct err *e)
{
	if (!n->c->interval)
		return tabulation_add_statements(&n->table, 0, (int64_t)many, e);
	for (size_t i = 0; i < many;) {
		const day_t day = block_day(b, at[i]), from = interval_of(n, day);
		const uint64_t bits = interval_bits(n, from);
		const size_t first = i;
		for (; i < many && block_day(b, at[i]) == day; i++)
			keys[i] |= bits;
		if (tabulation_add_statements(&n->table, from, (int64_t)(i - first), e))
			return -1;
	}
	return 0;
}

static unsigned columns_of(const struct count_query *c)
{
	const unsigned speakers = 1U << COUNTED_SPEAKER | 1U << COUNTED_COUNTRY,
		       fields = 1U << COUNTED_KIND | 1U << COUNTED_POSITION | 1U << COUNTED_ACT |
				1U << COUNTED_POLARITY;
	return (c->by & fields ? BLOCK_BIT(BLOCK_TRAITS) : 0) |
	       (c->by & speakers ? BLOCK_BIT(BLOCK_SPEAKERS) : 0) |
	       (c->by & 1U << COUNTED_TARGET ? BLOCK_BIT(BLOCK_TARGETS) : 0) |
	       (c->by & 1U << COUNTED_OUTLET ? BLOCK_BIT(BLOCK_OUTLETS) : 0) |
	       (c->interval ? BLOCK_BIT(c->by_said ? BLOCK_SAID : BLOCK_DAYS) : 0);
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

static int take_large(struct counting *n, const struct block *b, const uint16_t *at, size_t many,
		      const struct block_groups *g, struct err *e)
{
	uint64_t keys[BLOCK_STATEMENTS_MAX];
	for (size_t i = 0; i < many; i++)
		keys[i] = (uint64_t)g->names[g->name_at[at[i]]] << NAME_SHIFT |
			  g->fields[g->fields_at[at[i]]];
	if (add_intervals(n, b, at, many, keys, e))
		return -1;
	for (size_t i = 0; i < many; i++)
		if (add_compact(n, keys[i], e))
			return -1;
	return 0;
}

static int take_places(void *context, const struct block *b, const uint16_t *at, size_t many,
		       struct err *e)
{
	struct counting *n = context;
	struct block_groups g;
	day_t from;
	if (many < GROUPS_LEAST || !n->is_compact || n->c->by_said)
		return take_rows(n, b, at, many, e);
	read_groups(n, b, at, many, &g);
	if (g.all >> NAME_BITS)
		return take_rows(n, b, at, many, e);
	bool fits = are_of_interval(n, b, at, many, &from);
	if (fits && start_small(n, from, g.all, &fits, e))
		return -1;
	if (!fits)
		return take_large(n, b, at, many, &g, e);
	add_small(n, &g, at, many);
	return tabulation_add_statements(&n->table, from, (int64_t)many, e);
}

/* --- one question among another --- */

/* Two counts in one scan. */
struct sharing {
	struct counting *fit, *all;
	struct block_filter narrow;
};

static int take_both(void *context, const struct block *b, const uint16_t *at, size_t many,
		     struct err *e)
{
	struct sharing *s = context;
	uint16_t fit[BLOCK_STATEMENTS_MAX];
	if (take_places(s->all, b, at, many, e))
		return -1;
	memcpy(fit, at, many * sizeof *fit);
	return take_places(s->fit, b, fit, block_filter_keep(&s->narrow, b, fit, many), e);
}

/* All of a statement comes by take_both. */
static int take_nothing(void *context, const struct scan_row *row, struct err *e)
{
	(void)context, (void)row, (void)e;
	return 0;
}

static int count_among(struct counting *fit, struct counting *all, struct err *e)
{
	const struct count_query *c = fit->c;
	struct sharing s = {.fit = fit, .all = all};
	struct statement_query narrow = *c->q;
	struct plan p;
	narrow.after = 0;
	if (reader_call(fit->r, e) || plan_make(fit->r, &narrow, fit->a, &p, e) ||
	    block_filter_init(&s.narrow, fit->r, &p, fit->a, e))
		return -1;
	const struct scan_query q = {.q = c->among,
				     .columns = columns_of(c) | s.narrow.columns,
				     .take_places = take_both};
	start_compact(fit);
	start_compact(all);
	return scan(fit->r, &q, fit->a, take_nothing, &s, e);
}

/* --- the answer --- */

/* `all`: NULL, or what the question is counted among. */
static int fill_all(struct counting *n, struct counting *all, struct counts *out, struct err *e)
{
	size_t limit = n->c->limit < 1 ? 1 : (size_t)n->c->limit;
	out->groups = n->table.groups.n;
	out->total = n->table.total + n->undated;
	out->undated = n->undated;
	size_t most = out->groups < limit ? out->groups : limit;
	const struct group_count *v = tabulation_groups(&n->table, most, e);
	if (!v)
		return -1;
	out->v = arena_array(n->a, most, sizeof *out->v);
	if (!out->v)
		return arena_full(e);
	for (; out->n < most; out->n++) {
		struct count_group *g = &out->v[out->n];
		if (count_group_fill(n->r, &v[out->n], n->a, g, e))
			return -1;
		g->of = all ? tabulation_of_group(&all->table, &v[out->n].key)
			    : tabulation_of_interval(&n->table, g->from);
	}
	return 0;
}

/* Has a statement several rows? */
static bool is_of_pairs(const struct counting *n)
{
	return is_by(n, COUNTED_ISSUE) || (is_by(n, COUNTED_POSITION) && n->c->q->issues.n);
}

/* --- what was counted before --- */

/* What was counted as it is kept: how many intervals, these with their statements, and groups. */
static int keep_part(struct counting *n, struct part_key key, int64_t below, struct err *e)
{
	const struct group_table *intervals = &n->table.intervals;
	if (end_numbers(n, e))
		return -1;
	const size_t many = 1 + intervals->n + n->n_ended;
	struct compact_count *v = arena_array(n->a, many, sizeof *v);
	if (!v)
		return arena_full(e);
	v[0].key = intervals->n;
	for (size_t i = 0; i < intervals->n; i++)
		v[1 + i] = (struct compact_count){(uint64_t)(int64_t)intervals->v[i].key.from,
						  intervals->v[i].count};
	if (n->n_ended)
		memcpy(v + 1 + intervals->n, n->ended, n->n_ended * sizeof *v);
	/* A group that no number tells is in none of them. */
	if (!n->table.groups.n)
		part_cache_keep(n->r->signals->parts, block_snapshot_of(n->r), key, below,
				(struct str){(const char *)v, many * sizeof *v});
	return 0;
}

static int take_part(struct counting *n, struct str bytes, struct err *e)
{
	const struct compact_count *v = (const struct compact_count *)(const void *)bytes.p;
	const size_t many = bytes.n / sizeof *v;
	size_t i = 1;
	for (; i <= v[0].key; i++)
		if (tabulation_add_statements(&n->table, (day_t)(int64_t)v[i].key, v[i].count, e))
			return -1;
	for (; i < many; i++)
		if (add_ended(n, v[i].key, v[i].count, e))
			return -1;
	return 0;
}

/* Of all statements: those below that were counted before, or that are counted now to be kept; then
 * the newest. */
static int count_parts(struct counting *n, struct scan_query *s, struct err *e)
{
	const struct part_key key = {{n->c->by, n->c->interval}};
	struct part part;
	if (part_cache_find(n->r->signals->parts, block_snapshot_of(n->r), key, n->a, &part, e))
		return -1;
	if (part.is_kept && take_part(n, part.bytes, e))
		return -1;
	s->below = part.below;
	if (part.below && !part.is_kept &&
	    (scan(n->r, s, n->a, take, n, e) || keep_part(n, key, part.below, e)))
		return -1;
	s->above = part.below - 1;
	s->below = part.below ? INT64_MAX : 0;
	return scan(n->r, s, n->a, take, n, e);
}

static int asks_all(struct counting *n, bool *all, struct err *e)
{
	struct statement_query q = *n->c->q;
	struct plan p;
	q.after = 0;
	if (plan_make(n->r, &q, n->a, &p, e))
		return -1;
	*all = plan_is_all(&p);
	return 0;
}

static int count_all(struct counting *n, struct err *e)
{
	bool is_kept;
	if (count_kept(n->r, n->c, &n->table, &is_kept, e))
		return -1;
	if (is_kept)
		return 0;
	struct scan_query s = {.q = n->c->q,
			       .unit = is_by(n, COUNTED_ISSUE)	    ? SCAN_PAIRS
				       : is_by(n, COUNTED_POSITION) ? SCAN_POSITIONS
								    : SCAN_STATEMENTS,
			       .columns = columns_of(n->c),
			       .with_open = n->c->with_open,
			       .take_places = is_of_pairs(n) ? NULL : take_places};
	s.takes_alone = s.unit == SCAN_STATEMENTS && !s.columns;
	start_compact(n);
	bool all;
	if (asks_all(n, &all, e))
		return -1;
	return all && n->is_compact && s.take_places && !n->c->by_said
		       ? count_parts(n, &s, e)
		       : scan(n->r, &s, n->a, take, n, e);
}

int store_count(struct reader *r, const struct count_query *c, struct arena *a, struct counts *out,
		struct err *e)
{
	struct counting n = {.r = r, .c = c, .a = a, .table = {.a = a}, .compact = {.a = a}},
			all = n;
	struct err why = {0};
	*out = (struct counts){0};
	if (c->q->is_void)
		return 0;
	int64_t deadline_ns = reader_hurry(r, c->until_ns, c->steps_max);
	int rc = c->among ? count_among(&n, &all, &why) : count_all(&n, &why);
	/* More groups than there may be are no part of an answer. */
	bool may_end = (c->until_ns || c->steps_max) && why.kind == ERR_DEADLINE;
	rc = reader_hurry_end(r, deadline_ns, may_end, rc, &why, &out->is_partial, e);
	if (rc || end_compact(&n, e) || end_compact(&all, e))
		return -1;
	return fill_all(&n, c->among ? &all : NULL, out, e);
}
