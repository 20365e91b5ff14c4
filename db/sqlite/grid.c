/* One scan of what both sides say, into a table of issues. */
#include "db/grid.h"

#include <stdlib.h>

#include "db/id.h"
#include "db/packed_fields.h"
#include "db/sqlite/block_read.h"
#include "db/sqlite/catalog.h"
#include "db/sqlite/part_cache.h"
#include "db/sqlite/scan.h"

struct grid_issue {
	int64_t key;
	struct grid_cell sides[2];
};

struct gridding {
	struct reader *r;
	const struct grid_query *q;
	struct arena *a;
	int64_t least_position;
	struct grid_issue *v;
	size_t n, cap;
	uint32_t *
		slots; /* by the key's hash: a place in v and one more; never more than half full */
	size_t n_slots;
	int64_t statements[2];
	int64_t from[2]; /* of each side what is scanned counts from this id on */
};

static uint32_t *slot_of(const struct gridding *g, int64_t key)
{
	size_t at = (size_t)((uint64_t)key * UINT64_C(0x9E3779B97F4A7C15) >> 32);
	at &= g->n_slots - 1;
	while (g->slots[at] && g->v[g->slots[at] - 1].key != key)
		at = (at + 1) & (g->n_slots - 1);
	return &g->slots[at];
}

static int grow(struct gridding *g, struct err *e)
{
	g->n_slots = g->n_slots ? g->n_slots * 2 : 512;
	g->slots = arena_array(g->a, g->n_slots, sizeof *g->slots);
	if (!g->slots)
		return arena_full(e);
	for (size_t i = 0; i < g->n; i++)
		*slot_of(g, g->v[i].key) = (uint32_t)i + 1;
	return 0;
}

static struct grid_issue *find_issue(struct gridding *g, int64_t key, struct err *e)
{
	if (g->n * 2 >= g->n_slots && grow(g, e))
		return NULL;
	uint32_t *slot = slot_of(g, key);
	if (*slot)
		return &g->v[*slot - 1];
	if (g->n == GRID_ISSUES_MAX) {
		err_set(e, ERR_INPUT, NULL, "more than %d issues; narrow the question",
			GRID_ISSUES_MAX);
		return NULL;
	}
	if (arena_grow(g->a, (void **)&g->v, &g->cap, g->n + 1, sizeof *g->v)) {
		arena_full(e);
		return NULL;
	}
	g->v[g->n++] = (struct grid_issue){.key = key};
	*slot = (uint32_t)g->n;
	return &g->v[g->n - 1];
}

static bool takes_side(int position)
{
	const unsigned sides = 1U << POSITION_SUPPORT | 1U << POSITION_OPPOSE |
			       1U << POSITION_MIXED | 1U << POSITION_CONCERN;
	return sides >> position & 1;
}

static void count(struct grid_cell *c, int64_t statement, int position)
{
	if (position < POSITION_COUNT)
		c->statements[position]++;
	c->count++;
	if (statement > c->latest)
		c->latest = statement;
	if (statement > c->latest_sided && takes_side(position))
		c->latest_sided = statement;
	if (c->first == 0 || statement < c->first)
		c->first = statement;
}

/* Of a statement that is of one of the sides, or of both. */
static bool is_side(const struct gridding *g, int side, const struct block *b, size_t at)
{
	speaker_key_t key = g->q->sides[side];
	bool with_members = key & 1;
	return block_speaker(b, at) >> 1 == key / 2 ||
	       (with_members && block_member_of(b, at) == key / 2);
}

/* Of the issues that stand first in a block, the places in g->v and one more: each is looked up
 * once. */
enum { FOUND_MAX = 1024 };

static struct grid_issue *issue_of(struct gridding *g, const struct block *b, size_t pair,
				   uint32_t found[FOUND_MAX], struct err *e)
{
	const size_t place = block_issue_place(b, pair);
	if (place < FOUND_MAX && found[place])
		return &g->v[found[place] - 1];
	struct grid_issue *issue = find_issue(g, block_issue_value(b, place), e);
	if (issue && place < FOUND_MAX)
		found[place] = (uint32_t)(issue - g->v) + 1;
	return issue;
}

static int take_statement(struct gridding *g, const struct block *b, size_t at,
			  uint32_t found[FOUND_MAX], struct err *e)
{
	const int64_t id = block_id(b, at);
	const bool sides[2] = {id >= g->from[0] && is_side(g, 0, b, at),
			       id >= g->from[1] && is_side(g, 1, b, at)};
	if (!sides[0] && !sides[1])
		return 0;
	for (int s = 0; s < 2; s++)
		g->statements[s] += sides[s];
	for (size_t pair = b->pairs[at]; pair < b->pairs[at + 1]; pair++) {
		const uint16_t position = block_pair(b, pair).position;
		if (position >> 3 < g->least_position)
			continue;
		struct grid_issue *issue = issue_of(g, b, pair, found, e);
		if (!issue)
			return -1;
		for (int s = 0; s < 2; s++)
			if (sides[s])
				count(&issue->sides[s], id, position & FIELD_POSITION_MASK);
	}
	return 0;
}

static int take_places(void *context, const struct block *b, const uint16_t *at, size_t many,
		       struct err *e)
{
	uint32_t found[FOUND_MAX] = {0};
	for (size_t i = 0; i < many; i++)
		if (take_statement(context, b, at[i], found, e))
			return -1;
	return 0;
}

/* Statements of these sides with ids between, both exclusive. */
static int read_sides(struct gridding *g, struct keys sides, int64_t above, int64_t below,
		      struct err *e)
{
	const struct grid_query *q = g->q;
	const struct statement_query both = {.speakers = sides,
					     .published_after = q->published_after,
					     .published_before = q->published_before,
					     .said_after = DAY_NONE,
					     .said_before = DAY_NONE,
					     .min_confidence = q->min_confidence,
					     .min_stance_confidence = q->min_stance_confidence,
					     .copies = q->copies};
	const struct scan_query s = {.q = &both,
				     .above = above,
				     .below = below,
				     .columns = BLOCK_IDS | BLOCK_BIT(BLOCK_SPEAKERS) |
						BLOCK_BIT(BLOCK_PAIRS) |
						(g->least_position ? BLOCK_BIT(BLOCK_SURE) : 0),
				     .take_places = take_places};
	return scan(g->r, &s, g->a, NULL, g, e);
}

/* --- what was counted before --- */

/* One side of a grid, as it is kept; the first of a part has its statements in place of a key. */
struct side_issue {
	int64_t key;
	struct grid_cell cell;
};

static struct part_key key_of(const struct grid_query *q, int side)
{
	return (struct part_key){{UINT64_C(1) << 32 | q->copies, (uint64_t)q->sides[side]}};
}

static int keep_side(struct gridding *g, int side, int64_t below, struct err *e)
{
	enum { KEPT_MAX = 1 << 12 };
	struct side_issue *v;
	size_t n = 1;
	if (g->n > KEPT_MAX)
		return 0;
	if (!(v = arena_array(g->a, g->n + 1, sizeof *v)))
		return arena_full(e);
	v[0].key = g->statements[side];
	for (size_t i = 0; i < g->n; i++)
		if (g->v[i].sides[side].count)
			v[n++] = (struct side_issue){g->v[i].key, g->v[i].sides[side]};
	part_cache_keep(g->r->signals->parts, block_snapshot_of(g->r), key_of(g->q, side), below,
			(struct str){(const char *)v, n * sizeof *v});
	return 0;
}

static int take_side(struct gridding *g, int side, struct str bytes, struct err *e)
{
	const struct side_issue *v = (const struct side_issue *)(const void *)bytes.p;
	g->statements[side] = v[0].key;
	for (size_t i = 1; i < bytes.n / sizeof *v; i++) {
		struct grid_issue *issue = find_issue(g, v[i].key, e);
		if (!issue)
			return -1;
		issue->sides[side] = v[i].cell;
	}
	return 0;
}

static bool asks_all(const struct grid_query *q)
{
	return q->published_after == DAY_NONE && q->published_before == DAY_NONE &&
	       q->min_confidence <= 0 && q->min_stance_confidence <= 0 &&
	       q->min_position_confidence <= 0;
}

/* Sides of which nothing is kept are read first and kept, but for the newest statements. */
static int read_lacking(struct gridding *g, struct part parts[2], struct err *e)
{
	int64_t lacking[2];
	struct keys sides = {lacking, 0};
	int64_t below = 0;
	for (int s = 0; s < 2; s++)
		if (!parts[s].is_kept) {
			lacking[sides.n++] = g->q->sides[s];
			below = below ? below : parts[s].below;
			parts[s].below = below;
		}
	if (!below)
		return 0;
	if (read_sides(g, sides, 0, below, e))
		return -1;
	for (int s = 0; s < 2; s++)
		if (!parts[s].is_kept && keep_side(g, s, below, e))
			return -1;
	return 0;
}

static int read_all(struct gridding *g, struct err *e)
{
	struct part parts[2] = {0};
	const struct keys both = {g->q->sides, 2};
	for (int s = 0; s < 2 && asks_all(g->q); s++)
		if (part_cache_find(g->r->signals->parts, block_snapshot_of(g->r), key_of(g->q, s),
				    g->a, &parts[s], e))
			return -1;
	if (read_lacking(g, parts, e))
		return -1;
	for (int s = 0; s < 2; s++) {
		if (parts[s].is_kept && take_side(g, s, parts[s].bytes, e))
			return -1;
		g->from[s] = parts[s].below;
	}
	const int64_t from = g->from[0] < g->from[1] ? g->from[0] : g->from[1];
	return read_sides(g, both, from - 1, from ? INT64_MAX : 0, e);
}

/* --- the answer --- */

static int64_t count_of(const struct grid_issue *i)
{
	return i->sides[0].count + i->sides[1].count;
}

/* The largest first; of equals the older issue. */
static int by_count(const void *va, const void *vb)
{
	const struct grid_issue *a = va, *b = vb;
	if (count_of(a) != count_of(b))
		return count_of(a) > count_of(b) ? -1 : 1;
	return a->key < b->key ? -1 : a->key > b->key;
}

static bool is_wanted(const struct grid_query *q, const struct grid_issue *i)
{
	const struct grid_cell *a = &i->sides[0], *b = &i->sides[1];
	if (q->only_silences && a->count && b->count)
		return false;
	return !q->only_unanswered ||
	       (a->count && (!b->count || id_day(b->latest) < id_day(a->first)));
}

static int fill(struct gridding *g, struct grid *out, struct err *e)
{
	size_t most = g->q->limit < 1 ? 1 : (size_t)g->q->limit;
	struct keys known;
	out->v = arena_array(g->a, most, sizeof *out->v);
	if (!out->v)
		return arena_full(e);
	if (catalog_known_issues(g->r, g->a, &known, e))
		return -1;
	for (size_t i = 0; i < g->n; i++) {
		const struct grid_issue *from = &g->v[i];
		if (!is_wanted(g->q, from) ||
		    (!g->q->with_open && !catalog_has_key(known, from->key)) || out->rows++ >= most)
			continue;
		const struct issue *issue = name_cache_issue(&g->r->names, from->key, g->a, e);
		if (!issue)
			return -1;
		out->v[out->n++] = (struct grid_row){.issue = issue,
						     .sides = {from->sides[0], from->sides[1]}};
	}
	return 0;
}

int store_grid(struct reader *r, const struct grid_query *q, struct arena *a, struct grid *out,
	       struct err *e)
{
	struct gridding g = {.r = r,
			     .q = q,
			     .a = a,
			     .least_position = fields_thousandths(q->min_position_confidence)};
	*out = (struct grid){0};
	if (read_all(&g, e))
		return -1;
	if (g.n)
		qsort(g.v, g.n, sizeof *g.v, by_count);
	for (int s = 0; s < 2; s++)
		out->statements[s] = g.statements[s];
	return fill(&g, out, e);
}
