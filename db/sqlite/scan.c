/* Scanning: blocks one after another, or statements that an index finds, each looked up in its
 * block, those with a word many at once. What is made of a statement is the same. */
#include "db/sqlite/scan.h"

#include <string.h>

#include "db/id.h"
#include "db/number_set.h"
#include "db/sqlite/block_filter.h"
#include "db/sqlite/block_read.h"
#include "db/sqlite/catalog.h"
#include "db/sqlite/plan_driver.h"
#include "db/sqlite/planner.h"
#include "db/sqlite/word_walk.h"

struct scanning {
	struct reader *r;
	const struct scan_query *s;
	struct arena *a;
	scan_take *take;
	void *context;
	struct plan plan;
	struct block_filter filter;
	bool by_pair; /* rows are of pairs, not of statements */
	/* Pairs of these issues alone, of those that are asked for or known. */
	bool has_issues;
	struct key_bits issues;
	unsigned columns;	/* bits of those that rows are made of */
	struct number_set seen; /* statements that several ranges may have */
};

/* --- a statement --- */

void scan_row_read(struct scan_row *row, unsigned columns, const struct block *b, size_t at)
{
	*row = (struct scan_row){.fields = block_fields(b, at), .is_first = true, .said = DAY_NONE};
	if (columns & BLOCK_BIT(BLOCK_DAYS))
		row->day = block_day(b, at);
	if (columns & BLOCK_BIT(BLOCK_NUMBERS))
		row->id = block_id(b, at);
	if (columns & BLOCK_BIT(BLOCK_SPEAKERS)) {
		row->speaker = block_speaker(b, at) >> 1;
		row->member_of = block_member_of(b, at);
	}
	if (columns & BLOCK_BIT(BLOCK_TARGETS))
		row->target = block_target(b, at);
	if (columns & BLOCK_BIT(BLOCK_OUTLETS))
		row->outlet = block_outlet(b, at);
	if (columns & BLOCK_BIT(BLOCK_SAID))
		row->said = block_said(b, at);
	if (columns & BLOCK_BIT(BLOCK_ARTICLES))
		row->article = block_article(b, at);
}

static bool is_asked(const struct scanning *n, struct block_pair p)
{
	return (!n->has_issues || key_bits_have(&n->issues, p.issue)) &&
	       block_filter_takes_pair(&n->filter, p.position);
}

/* Each issue once, or each position, from the pair `at` on. */
static int take_from(struct scanning *n, const struct block *b, size_t at, size_t end,
		     struct scan_row *row, struct err *e)
{
	const int64_t own = row->fields;
	uint32_t taken = 0; /* positions */
	for (row->is_first = true; at < end; at++) {
		struct block_pair p = block_pair(b, at);
		uint32_t position = UINT32_C(1) << (p.position & FIELD_POSITION_MASK);
		if (!is_asked(n, p) || (n->s->unit == SCAN_POSITIONS && taken & position))
			continue;
		row->issue = p.issue;
		row->fields = block_pair_fields(own, p.position);
		if (n->take(n->context, row, e))
			return -1;
		taken |= position;
		row->is_first = false;
	}
	return 0;
}

static int take_pairs(struct scanning *n, const struct block *b, size_t at, struct err *e)
{
	size_t first = b->pairs[at], end = b->pairs[at + 1];
	struct scan_row row;
	while (first < end && !is_asked(n, block_pair(b, first)))
		first++;
	bool has_none = first == end;
	if (has_none && (n->s->q->issues.n || n->filter.positions || n->filter.least_position))
		return 0;
	if (has_none && n->s->take_places)
		return 0;
	scan_row_read(&row, n->s->take_places ? 0 : n->columns, b, at);
	return has_none ? n->take(n->context, &row, e) : take_from(n, b, first, end, &row, e);
}

static int take_rows(struct scanning *n, const struct block *b, const uint16_t *places, size_t many,
		     struct err *e)
{
	for (size_t i = 0; i < many; i++) {
		struct scan_row row;
		scan_row_read(&row, n->columns, b, places[i]);
		if (n->take(n->context, &row, e))
			return -1;
	}
	return 0;
}

static int take_statements(struct scanning *n, const struct block *b, const uint16_t *places,
			   size_t many, struct err *e)
{
	if (n->s->take_places && n->s->take_places(n->context, b, places, many, e))
		return -1;
	if (!n->by_pair)
		return n->s->take_places ? 0 : take_rows(n, b, places, many, e);
	for (size_t i = 0; i < many; i++)
		if (take_pairs(n, b, places[i], e))
			return -1;
	return 0;
}

/* --- all blocks --- */

static int take_block(void *context, const struct block *b, struct err *e)
{
	struct scanning *n = context;
	uint16_t places[BLOCK_STATEMENTS_MAX];
	return take_statements(n, b, places, block_filter_select(&n->filter, b, places), e);
}

/* --- what an index finds --- */

/* The first time that several ranges have the statement? Its number alone tells it from all others
 * (db/store.h). As number_set_add. */
static int is_new(struct scanning *n, int64_t id, struct err *e)
{
	if (n->plan.n_ranges <= 1)
		return 1;
	return number_set_add(&n->seen, (uint64_t)id & ID_NUMBER_MASK, n->a, e);
}

/* An article's list has those that no block has. */
static bool is_in_block(const struct scanning *n, int64_t fields)
{
	return fields_are_counted(fields) ||
	       (n->s->q->nested != NESTED_LEFT_OUT && fields_are_nested(fields));
}

static int take_found(struct scanning *n, struct block_seeker *seeker, sqlite3_stmt *st,
		      struct err *e)
{
	int64_t id = sqlite3_column_int64(st, 0);
	size_t at;
	if (n->plan.q->article && !is_in_block(n, sqlite3_column_int64(st, 1)))
		return 0;
	int first = is_new(n, id, e);
	if (first <= 0)
		return first;
	if (n->s->takes_alone) {
		const struct scan_row row = {.is_first = true, .said = DAY_NONE};
		return n->take(n->context, &row, e);
	}
	if (block_seek(seeker, id, &at, e))
		return -1;
	const uint16_t place = (uint16_t)at;
	return take_statements(n, &seeker->block, &place, 1, e);
}

static int scan_range(struct scanning *n, struct block_seeker *seeker, const struct range *range,
		      struct err *e)
{
	enum plan_columns columns = n->plan.q->article ? PLAN_FIELDS : PLAN_IDS;
	sqlite3_stmt *st = plan_open(n->r, &n->plan, range, columns, e);
	if (!st)
		return -1;
	int more;
	while ((more = sql_row(st, e)) > 0)
		if (take_found(n, seeker, st, e)) {
			sqlite3_reset(st);
			return -1;
		}
	return more;
}

static int scan_found(struct scanning *n, struct err *e)
{
	struct block_seeker *seeker = arena_alloc(n->a, sizeof *seeker);
	int rc = seeker ? 0 : arena_full(e);
	n->plan.limit = INT32_MAX - 1;
	if (seeker)
		block_seeker_init(seeker, n->r, n->columns);
	for (size_t i = 0; rc == 0 && i < n->plan.n_ranges; i++)
		rc = scan_range(n, seeker, &n->plan.ranges[i], e);
	if (seeker)
		block_seeker_end(seeker);
	return rc;
}

/* --- what has a word --- */

/* Is it one word and what blocks can tell? Then *w, which is NULL else. */
static int open_word(struct scanning *n, struct word_walk **w, struct err *e)
{
	struct strs phrases = n->plan.q->phrases;
	*w = NULL;
	return phrases.n == 1 && block_filter_fits_but_words(&n->plan)
		       ? word_walk_open(n->r, phrases.v[0], n->a, w, e)
		       : 0;
}

/* Of few, each by itself: most are near, without a search. */
static size_t find_few(struct block_seeker *s, const int64_t *ids, size_t many, uint16_t *places)
{
	enum { STEPS = 16 };
	const struct block *b = &s->block;
	size_t at = s->at, n = 0;
	for (size_t i = 0; i < many; i++) {
		const int64_t id = ids[i];
		for (int k = 0; k < STEPS && at + 1 < b->n && block_id(b, at + 1) <= id; k++)
			at++;
		bool is_here = at < b->n && block_id(b, at) == id;
		if (!is_here) {
			const size_t found = block_find(b, id, at);
			is_here = found < b->n;
			at = is_here ? found : at;
		}
		places[n] = (uint16_t)at;
		n += is_here;
	}
	s->at = at;
	return n;
}

enum { NUMBERS_MAX = 1 << 12 }; /* between those of a block, which come from about one time */

/* Of many, by their numbers, each of which is one statement's (db/store.h): without a branch that
 * is hard to foretell. */
static size_t find_many(const struct block *b, uint32_t least, const int64_t *ids, size_t many,
			uint16_t *places)
{
	enum { NO_PLACE = UINT16_MAX };
	uint16_t place_of[NUMBERS_MAX];
	size_t n = 0;
	memset(place_of, NO_PLACE & UINT8_MAX, sizeof place_of);
	for (size_t at = 0; at < b->n; at++)
		place_of[block_number(b, at) - least] = (uint16_t)at;
	for (size_t i = 0; i < many; i++) {
		const uint32_t number = (uint32_t)((uint64_t)ids[i] & ID_NUMBER_MASK) - least;
		places[n] = place_of[number % NUMBERS_MAX];
		n += number < NUMBERS_MAX && places[n] != NO_PLACE;
	}
	return n;
}

/* The places in the seeker's block of these ids, which rise, where it has them, as it has none that
 * is not counted; how many. */
static size_t find_places(struct block_seeker *s, const int64_t *ids, size_t many, uint16_t *places)
{
	enum { MANY = 50 }; /* of so many statements one */
	const struct block *b = &s->block;
	uint32_t least = UINT32_MAX, most = 0;
	if (many * MANY < b->n)
		return find_few(s, ids, many, places);
	for (size_t at = 0; at < b->n; at++) {
		const uint32_t number = block_number(b, at);
		least = number < least ? number : least;
		most = number > most ? number : most;
	}
	return b->n && most - least < NUMBERS_MAX ? find_many(b, least, ids, many, places)
						  : find_few(s, ids, many, places);
}

/* In a damaged index a statement may come again: more than a block has are taken in turns. */
static int walk_word(struct scanning *n, struct word_walk *w, struct block_seeker *s, struct err *e)
{
	int64_t ids[BLOCK_STATEMENTS_MAX];
	uint16_t places[BLOCK_STATEMENTS_MAX];
	int more;
	while ((more = word_walk_next(w, &ids[0], e)) > 0 && ids[0] < n->plan.below) {
		size_t many;
		int near = block_seek_near(s, ids[0], e);
		if (near == 0)
			continue;
		if (near < 0 ||
		    word_walk_below(w, s->after, ids + 1, BLOCK_STATEMENTS_MAX - 1, &many, e) ||
		    reader_spend(n->r, (int64_t)many + 1, e))
			return -1;
		many = find_places(s, ids, many + 1, places);
		many = block_filter_keep(&n->filter, &s->block, places, many);
		if (take_statements(n, &s->block, places, many, e))
			return -1;
	}
	return more < 0 ? -1 : 0;
}

static int scan_word(struct scanning *n, struct word_walk *w, struct err *e)
{
	struct block_seeker *seeker = arena_alloc(n->a, sizeof *seeker);
	if (!seeker)
		return arena_full(e);
	block_seeker_init(seeker, n->r, n->columns);
	int rc = walk_word(n, w, seeker, e);
	block_seeker_end(seeker);
	return rc;
}

/* --- all --- */

static int plan(struct scanning *n, struct statement_query *all, struct err *e)
{
	*all = *n->s->q;
	all->after = 0;
	all->oldest_first = true; /* as the full text has them: the order does not matter */
	n->by_pair =
		n->s->unit == SCAN_PAIRS || (n->s->unit == SCAN_POSITIONS && all->issues.n > 0);
	/* Of whatever issue: tested on each pair. */
	bool on_pairs = n->by_pair && all->issues.n == 0;
	uint32_t positions = all->positions;
	float least = all->min_position_confidence;
	if (on_pairs) {
		all->positions = 0;
		all->min_position_confidence = 0;
	}
	if (plan_make(n->r, all, n->a, &n->plan, e))
		return -1;
	if (n->s->below) {
		n->plan.above = n->s->above > n->plan.above ? n->s->above : n->plan.above;
		n->plan.below = n->s->below < n->plan.below ? n->s->below : n->plan.below;
	}
	if (block_filter_init(&n->filter, n->r, &n->plan, n->a, e))
		return -1;
	n->filter.positions = positions;
	n->filter.least_position = fields_least(least);
	n->columns = n->s->columns | n->filter.columns | (n->by_pair ? BLOCK_BIT(BLOCK_PAIRS) : 0) |
		     (n->filter.least_position ? BLOCK_BIT(BLOCK_SURE) : 0);
	n->has_issues = n->by_pair && (all->issues.n || !n->s->with_open);
	struct keys issues = all->issues;
	if (n->has_issues && !issues.n && catalog_known_issues(n->r, n->a, &issues, e))
		return -1;
	return n->has_issues ? key_bits_make(&n->issues, issues, n->a, e) : 0;
}

int scan(struct reader *r, const struct scan_query *s, struct arena *a, scan_take *take,
	 void *context, struct err *e)
{
	struct scanning n = {.r = r, .s = s, .a = a, .take = take, .context = context};
	struct statement_query all;
	bool is_little = true;
	if (reader_call(r, e) || plan(&n, &all, e))
		return -1;
	if (n.plan.is_empty)
		return 0;
	struct word_walk *word;
	if (open_word(&n, &word, e))
		return -1;
	if (word)
		return scan_word(&n, word, e);
	if (block_filter_fits(&n.plan) && plan_is_little(r, &n.plan, &is_little, e))
		return -1;
	if (is_little)
		return scan_found(&n, e);
	return blocks_walk(r, n.columns, n.plan.above, n.plan.below, false, take_block, &n, e);
}

/* --- countries --- */

/* Actors beyond are looked up each time. */
enum { KEYS_REMEMBERED = 1 << 20 };

int scan_country(struct reader *r, struct scan_countries *c, const struct scan_row *row,
		 struct arena *a, int64_t *country, struct err *e)
{
	*country = row->member_of;
	/* Another one is the country that it speaks for. */
	if (!row->member_of || row->member_of != row->speaker)
		return 0;
	return scan_country_of(r, c, row->member_of, a, country, e);
}

static int look_up(struct reader *r, int64_t key, struct arena *a, bool *is_country, struct err *e)
{
	const struct actor *actor = name_cache_actor(&r->names, key, a, e);
	*is_country = actor && actor->kind == ACTOR_COUNTRY;
	return actor ? 0 : -1;
}

/* Of an organization without a country the last that it is a member of is itself. */
int scan_country_of(struct reader *r, struct scan_countries *c, int64_t member_of, struct arena *a,
		    int64_t *country, struct err *e)
{
	enum { UNKNOWN, ANOTHER, COUNTRY };
	bool is_country, remembers = member_of < KEYS_REMEMBERED;
	size_t at = (size_t)member_of;
	if (remembers && at >= c->cap && arena_grow(a, (void **)&c->v, &c->cap, at + 1, 1))
		return arena_full(e);
	if (remembers && c->v[at] != UNKNOWN) {
		*country = c->v[at] == COUNTRY ? member_of : 0;
		return 0;
	}
	if (look_up(r, member_of, a, &is_country, e))
		return -1;
	if (remembers)
		c->v[at] = is_country ? COUNTRY : ANOTHER;
	*country = is_country ? member_of : 0;
	return 0;
}
