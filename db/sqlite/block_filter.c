/* Conditions tested on columns, one after another on all statements that are left; the same as
 * plan.c writes in SQL. */
#include "db/sqlite/block_filter.h"

bool block_filter_fits_but_words(const struct plan *p)
{
	const struct statement_query *q = p->q;
	return !p->asks_sources && !q->ids.n && !q->addressees.n && !q->not_addressees.n &&
	       !q->article && !q->changed_after && q->said_after == DAY_NONE &&
	       q->said_before == DAY_NONE && !q->roles.n && !q->n_about;
}

bool block_filter_fits(const struct plan *p)
{
	return !p->q->phrases.n && block_filter_fits_but_words(p);
}

/* A name that no article has is a key that no statement has. */
static int find_outlets(struct reader *r, struct strs names, struct arena *a, struct keys *out,
			struct err *e)
{
	enum { NO_KEY = -1 };
	int64_t *keys = arena_array(a, names.n, sizeof *keys);
	if (!keys)
		return arena_full(e);
	for (size_t i = 0; i < names.n; i++) {
		sqlite3_stmt *st = r->st[R_OUTLET_KEY];
		sql_bind_str(st, 1, names.v[i]);
		int row = names.v[i].n ? sql_row(st, e) : 0;
		keys[i] = row > 0 ? sqlite3_column_int64(st, 0) : names.v[i].n ? NO_KEY : 0;
		sqlite3_reset(st);
		if (row < 0)
			return -1;
	}
	*out = (struct keys){keys, names.n};
	return 0;
}

static unsigned columns_of(const struct block_filter *f)
{
	const struct statement_query *q = f->q;
	unsigned columns = 1U << BLOCK_FIELDS;
	if (f->has_days)
		columns |= 1U << BLOCK_IDS;
	if (q->speakers.n || q->not_speakers.n || q->targets.n || q->not_targets.n ||
	    q->target_positions)
		columns |= 1U << BLOCK_ACTORS;
	if (q->issues.n || q->not_issues.n)
		columns |= 1U << BLOCK_PAIRS;
	if (q->outlets.n || q->not_outlets.n)
		columns |= 1U << BLOCK_SOURCES;
	return columns;
}

/* A statement's speaker key is found by itself, and by that without members. */
static int make_speaker_bits(struct speaker_bits *b, struct keys keys, struct arena *a,
			     struct err *e)
{
	int64_t *own = arena_array(a, 2 * keys.n, sizeof *own),
		*member_of = arena_array(a, keys.n, sizeof *member_of);
	size_t members = 0;
	if (!own || !member_of)
		return arena_full(e);
	for (size_t i = 0; i < keys.n; i++) {
		own[2 * i] = keys.v[i];
		own[2 * i + 1] = keys.v[i] | 1;
		if (keys.v[i] & 1) {
			own[2 * i + 1] = keys.v[i];
			member_of[members++] = keys.v[i] / 2;
		}
	}
	if (key_bits_make(&b->own, (struct keys){own, 2 * keys.n}, a, e) ||
	    key_bits_make(&b->member_of, (struct keys){member_of, members}, a, e))
		return -1;
	key_bits_drop_below(&b->own, 2); /* nobody's */
	key_bits_drop_below(&b->member_of, 1);
	return 0;
}

static int make_target_bits(struct key_bits *b, struct keys keys, struct arena *a, struct err *e)
{
	if (key_bits_make(b, keys, a, e))
		return -1;
	key_bits_drop_below(b, 1); /* nobody's */
	return 0;
}

int block_filter_init(struct block_filter *f, struct reader *r, const struct plan *p,
		      struct arena *a, struct err *e)
{
	const struct statement_query *q = p->q;
	*f = (struct block_filter){.q = q,
				   .above = p->above,
				   .below = p->below,
				   .copies = copies_mask(q->copies),
				   .positions = q->positions,
				   .least = fields_least(q->min_confidence),
				   .least_stance = fields_least(q->min_stance_confidence),
				   .least_position = fields_least(q->min_position_confidence)};
	f->has_days = p->above > 0 || p->below < INT64_MAX;
	f->has_position = query_asks_position(q) && !q->issues.n;
	f->has_issues = q->issues.n > 0;
	f->has_fields = q->kinds || q->acts || q->polarities || q->statuses ||
			q->target_positions || f->copies || f->least || f->least_stance;
	f->columns = columns_of(f);
	if (make_speaker_bits(&f->speakers, q->speakers, a, e) ||
	    make_speaker_bits(&f->not_speakers, q->not_speakers, a, e) ||
	    make_target_bits(&f->targets, q->targets, a, e) ||
	    make_target_bits(&f->not_targets, q->not_targets, a, e))
		return -1;
	return find_outlets(r, q->outlets, a, &f->outlets, e) ||
			       find_outlets(r, q->not_outlets, a, &f->not_outlets, e) ||
			       key_bits_make(&f->issues, q->issues, a, e) ||
			       key_bits_make(&f->not_issues, q->not_issues, a, e)
		       ? -1
		       : 0;
}

/* --- conditions --- */

static bool is_asked_for(enum nested nested, int64_t fields)
{
	bool is_counted = fields_are_counted(fields);
	if (nested == NESTED_LEFT_OUT || (is_counted && nested == NESTED_INCLUDED))
		return is_counted;
	return fields_are_nested(fields);
}

static bool has_bit(uint32_t mask, int64_t fields, int shift, int bits)
{
	return !mask || mask >> (fields >> shift & bits) & 1;
}

static bool takes_fields(const struct block_filter *f, int64_t fields)
{
	const struct statement_query *q = f->q;
	return (fields & FIELD_CONFIDENCE_MASK) >= f->least &&
	       (fields >> FIELD_STANCE_CONFIDENCE_SHIFT & FIELD_CONFIDENCE_MASK) >=
		       f->least_stance &&
	       has_bit(q->kinds, fields, FIELD_KIND_SHIFT, FIELD_KIND_MASK) &&
	       has_bit(q->acts, fields, FIELD_ACT_SHIFT, FIELD_ACT_MASK) &&
	       has_bit(q->polarities, fields, FIELD_POLARITY_SHIFT, FIELD_POLARITY_MASK) &&
	       has_bit(q->statuses, fields, FIELD_STATUS_SHIFT, FIELD_STATUS_MASK) &&
	       has_bit(q->target_positions, fields, FIELD_TARGET_POSITION_SHIFT,
		       FIELD_TARGET_POSITION_MASK) &&
	       has_bit(f->copies, fields, FIELD_COPY_SHIFT, 1);
}

static bool takes_position(const struct block_filter *f, int64_t fields)
{
	return has_bit(f->positions, fields, FIELD_POSITION_SHIFT, FIELD_POSITION_MASK) &&
	       (fields >> FIELD_POSITION_CONFIDENCE_SHIFT & FIELD_CONFIDENCE_MASK) >=
		       f->least_position;
}

static bool has_key(struct keys keys, int64_t key)
{
	for (size_t i = 0; i < keys.n; i++)
		if (keys.v[i] == key)
			return true;
	return false;
}

static bool takes_days(const struct block_filter *f, int64_t id)
{
	return id > f->above && id < f->below;
}

static bool takes_outlet(const struct block_filter *f, int64_t outlet)
{
	return (!f->outlets.n || has_key(f->outlets, outlet)) && !has_key(f->not_outlets, outlet);
}

/* --- pairs --- */

enum { PAIRS_AT_ONCE = 64 };

/* A bit for each of so many bytes that are 0 or 1: eight at once by a product, which moves each to
 * a place of its own in the highest byte. */
static uint64_t bits_of(const unsigned char *marks)
{
	uint64_t bits = 0;
	for (size_t i = 0; i < PAIRS_AT_ONCE / 8; i++) {
		uint64_t eight;
		memcpy(&eight, marks + 8 * i, sizeof eight);
		bits |= (eight * UINT64_C(0x0102040810204080) >> 56) << 8 * i;
	}
	return bits;
}

static uint64_t pairs_on(const struct block *b, size_t at, const struct key_bits *keys)
{
	unsigned char marks[PAIRS_AT_ONCE] = {0};
	const char *issues =
		b->columns[BLOCK_PAIRS].p + b->n * sizeof(uint16_t) + at * sizeof(uint32_t);
	const size_t n = b->n_pairs - at < PAIRS_AT_ONCE ? b->n_pairs - at : PAIRS_AT_ONCE;
	key_bits_mark(keys, issues, n, marks);
	return bits_of(marks);
}

/* The statement that a pair is of, `at` or one behind it. */
static size_t owner_of(const struct block *b, uint32_t pair, size_t at)
{
	enum { STRIDE = 8 };
	while (at + STRIDE <= b->n && b->pairs[at + STRIDE] <= pair)
		at += STRIDE;
	while (b->pairs[at + 1] <= pair)
		at++;
	return at;
}

/* Of few issues: most pairs are passed over many at once. */
static size_t find_few(const struct block_filter *f, const struct block *b,
		       const struct key_bits *issues, bool takes, uint16_t *v)
{
	size_t n = 0, owner = 0;
	for (size_t at = 0; at < b->n_pairs; at += PAIRS_AT_ONCE) {
		for (uint64_t bits = pairs_on(b, at, issues); bits; bits &= bits - 1) {
			const size_t pair = at + (size_t)__builtin_ctzll(bits);
			if (takes && !block_filter_takes_pair(f, block_pair(b, pair).position))
				continue;
			owner = owner_of(b, (uint32_t)pair, owner);
			if (n == 0 || v[n - 1] != owner)
				v[n++] = (uint16_t)owner;
		}
	}
	return n;
}

static bool has_pair(const struct block_filter *f, const struct block *b,
		     const struct key_bits *issues, bool takes, size_t at)
{
	for (size_t i = b->pairs[at]; i < b->pairs[at + 1]; i++) {
		struct block_pair p = block_pair(b, i);
		if (key_bits_have(issues, p.issue) &&
		    (!takes || block_filter_takes_pair(f, p.position)))
			return true;
	}
	return false;
}

/* Of many: without a branch a pair, since which has one of them is hard to foretell. */
static size_t find_many(const struct block_filter *f, const struct block *b,
			const struct key_bits *issues, bool takes, uint16_t *v)
{
	enum { SUMS = 4 * BLOCK_STATEMENTS_MAX }; /* seldom has a block as many pairs */
	const uint32_t wanted = takes && f->positions ? f->positions : UINT32_MAX;
	const int64_t least = takes ? f->least_position : 0;
	uint16_t sums[SUMS + 1];
	uint32_t sum = 0;
	size_t n = 0;
	for (size_t at = 0; b->n_pairs > SUMS && at < b->n; at++)
		if (has_pair(f, b, issues, takes, at))
			v[n++] = (uint16_t)at;
	if (b->n_pairs > SUMS)
		return n;
	for (size_t i = 0; i < b->n_pairs; i++) {
		struct block_pair p = block_pair(b, i);
		sums[i] = (uint16_t)sum;
		sum += key_bits_have(issues, p.issue) &
		       (wanted >> (p.position & FIELD_POSITION_MASK)) & (p.position >> 3 >= least);
	}
	sums[b->n_pairs] = (uint16_t)sum;
	for (size_t at = 0; at < b->n; at++) {
		v[n] = (uint16_t)at;
		n += sums[b->pairs[at + 1]] > sums[b->pairs[at]];
	}
	return n;
}

/* The statements with a pair on one of these issues, and `takes`: with a position asked for. */
static size_t find_statements(const struct block_filter *f, const struct block *b,
			      const struct key_bits *issues, bool takes, uint16_t *v)
{
	return issues->are_few ? find_few(f, b, issues, takes, v)
			       : find_many(f, b, issues, takes, v);
}

static bool takes_positions(const struct block_filter *f)
{
	return f->positions || f->least_position;
}

static size_t find_asked(const struct block_filter *f, const struct block *b, uint16_t *v)
{
	return find_statements(f, b, &f->issues, takes_positions(f), v);
}

/* Of these statements those that are among the others, or those that are not; both rise. */
static size_t keep_among(const uint16_t *others, size_t n_others, bool are, uint16_t *v, size_t n)
{
	size_t left = 0;
	for (size_t i = 0, k = 0; i < n; i++) {
		const uint16_t at = v[i];
		while (k < n_others && others[k] < at)
			k++;
		v[left] = at;
		left += (k < n_others && others[k] == at) == are;
	}
	return left;
}

/* Leaves of v those `at` for which the condition holds. */
#define KEEP(condition)                                                                            \
	do {                                                                                       \
		size_t left = 0;                                                                   \
		for (size_t i = 0; i < n; i++) {                                                   \
			const size_t at = v[i];                                                    \
			v[left] = v[i];                                                            \
			left += (condition);                                                       \
		}                                                                                  \
		n = left;                                                                          \
	} while (0)

static inline uint32_t speaks(const struct speaker_bits *keys, const struct block *b, size_t at)
{
	return key_bits_have(&keys->own, block_speaker(b, at)) |
	       key_bits_have(&keys->member_of, block_member_of(b, at));
}

/* Those who speak, or those who do not. */
static size_t keep_speakers(const struct speaker_bits *keys, bool do_speak, const struct block *b,
			    uint16_t *v, size_t n)
{
	unsigned char marks[BLOCK_STATEMENTS_MAX] = {0};
	const char *const speakers = b->columns[BLOCK_ACTORS].p;
	if (n < b->n / 2 || !keys->own.are_few || !keys->member_of.are_few) {
		KEEP(speaks(keys, b, at) == do_speak);
		return n;
	}
	key_bits_mark(&keys->own, speakers, b->n, marks);
	key_bits_mark(&keys->member_of, speakers + b->n * sizeof(uint32_t), b->n, marks);
	KEEP(marks[at] == do_speak);
	return n;
}

static size_t keep_actors(const struct block_filter *f, const struct block *b, uint16_t *v,
			  size_t n)
{
	const struct statement_query *q = f->q;
	if (q->speakers.n)
		n = keep_speakers(&f->speakers, true, b, v, n);
	if (q->not_speakers.n)
		n = keep_speakers(&f->not_speakers, false, b, v, n);
	if (q->targets.n)
		KEEP(key_bits_have(&f->targets, block_target(b, at)));
	if (q->not_targets.n)
		KEEP(!key_bits_have(&f->not_targets, block_target(b, at)));
	if (q->target_positions)
		KEEP(block_target(b, at) != 0);
	return n;
}

/* Of the issues asked for one that has a position asked for. */
static size_t keep_asked(const struct block_filter *f, const struct block *b, uint16_t *v, size_t n)
{
	enum { FEW_SHIFT = 3 }; /* an eighth of a block: cheaper one by one */
	uint16_t asked[BLOCK_STATEMENTS_MAX];
	if (n < b->n >> FEW_SHIFT) {
		KEEP(has_pair(f, b, &f->issues, takes_positions(f), at));
		return n;
	}
	const size_t many = find_asked(f, b, asked);
	return keep_among(asked, many, true, v, n);
}

static size_t keep_others(const struct block_filter *f, const struct block *b, uint16_t *v,
			  size_t n)
{
	uint16_t others[BLOCK_STATEMENTS_MAX];
	size_t many = find_statements(f, b, &f->not_issues, false, others);
	return keep_among(others, many, false, v, n);
}

/* Conditions but those on what is counted and on the issues asked for. */
static size_t keep(const struct block_filter *f, const struct block *b, uint16_t *v, size_t n)
{
	if (f->has_fields)
		KEEP(takes_fields(f, block_fields(b, at)));
	if (f->has_position)
		KEEP(takes_position(f, block_fields(b, at)));
	if (f->has_days)
		KEEP(takes_days(f, block_id(b, at)));
	if (f->columns >> BLOCK_ACTORS & 1)
		n = keep_actors(f, b, v, n);
	if (f->columns >> BLOCK_SOURCES & 1)
		KEEP(takes_outlet(f, block_outlet(b, at)));
	return f->q->not_issues.n ? keep_others(f, b, v, n) : n;
}

static size_t keep_nested(const struct block_filter *f, const struct block *b, uint16_t *v,
			  size_t n)
{
	KEEP(is_asked_for(f->q->nested, block_fields(b, at)));
	return n;
}

size_t block_filter_keep(const struct block_filter *f, const struct block *b,
			 uint16_t v[BLOCK_STATEMENTS_MAX], size_t n)
{
	n = keep(f, b, v, keep_nested(f, b, v, n));
	return f->has_issues ? keep_asked(f, b, v, n) : n;
}

/* Those that are counted, which most are. */
static size_t select_counted(const struct block *b, uint16_t *v)
{
	const char *const fields = b->columns[BLOCK_FIELDS].p;
	const size_t many = b->n;
	size_t n = 0;
	for (size_t i = 0; i < many; i++) {
		int64_t own;
		memcpy(&own, fields + i * sizeof own, sizeof own);
		v[n] = (uint16_t)i;
		n += fields_are_counted(own);
	}
	return n;
}

static size_t select_nested(const struct block_filter *f, const struct block *b, uint16_t *v)
{
	for (size_t i = 0; i < b->n; i++)
		v[i] = (uint16_t)i;
	return keep_nested(f, b, v, b->n);
}

/* By the issues first, where some are asked for: few statements have these. */
size_t block_filter_select(const struct block_filter *f, const struct block *b,
			   uint16_t v[BLOCK_STATEMENTS_MAX])
{
	size_t n;
	if (f->has_issues)
		n = keep_nested(f, b, v, find_asked(f, b, v));
	else if (f->q->nested == NESTED_LEFT_OUT)
		n = select_counted(b, v);
	else
		n = select_nested(f, b, v);
	return keep(f, b, v, n);
}
