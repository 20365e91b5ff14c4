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

int key_bits_make(struct key_bits *b, struct keys keys, struct arena *a, struct err *e)
{
	int64_t most = 0;
	for (size_t i = 0; i < keys.n; i++)
		most = keys.v[i] > most ? keys.v[i] : most;
	if (most > BLOCK_KEY_MAX)
		return err_set(e, ERR_DB, NULL, "a key is larger than any");
	b->n = (size_t)most / 64 + 1;
	b->words = arena_array(a, b->n + 1, sizeof *b->words);
	if (!b->words)
		return arena_full(e);
	b->are_few = keys.n <= sizeof b->few / sizeof b->few[0];
	b->n_few = 0;
	for (size_t i = 0; i < keys.n; i++) {
		if (keys.v[i] < 0)
			continue;
		b->words[keys.v[i] / 64] |= UINT64_C(1) << (keys.v[i] % 64);
		if (b->are_few)
			b->few[b->n_few++] = (uint32_t)keys.v[i];
	}
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

static void drop_below(struct key_bits *b, uint32_t least)
{
	size_t left = 0;
	b->words[0] &= UINT64_MAX << least;
	for (size_t i = 0; i < b->n_few; i++) {
		b->few[left] = b->few[i];
		left += b->few[i] >= least;
	}
	b->n_few = left;
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
	drop_below(&b->own, 2); /* nobody's */
	drop_below(&b->member_of, 1);
	return 0;
}

static int make_target_bits(struct key_bits *b, struct keys keys, struct arena *a, struct err *e)
{
	if (key_bits_make(b, keys, a, e))
		return -1;
	drop_below(b, 1); /* nobody's */
	return 0;
}

int block_filter_init(struct block_filter *f, struct reader *r, const struct plan *p,
		      struct arena *a, struct err *e)
{
	const struct statement_query *q = p->q;
	*f = (struct block_filter){.q = q,
				   .a = a,
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

/* --- many keys at once --- */

enum { KEYS_AT_ONCE = 64 };

/* Of so many keys a byte each, 1 where it is one of these. Without a branch, and of a constant
 * number, so that the compiler makes vectors of it. */
static void mark_few(const char *v, const struct key_bits *keys, unsigned char *marks)
{
	for (size_t k = 0; k < keys->n_few; k++)
		for (size_t i = 0; i < KEYS_AT_ONCE; i++) {
			uint32_t key;
			memcpy(&key, v + i * sizeof key, sizeof key);
			marks[i] |= key == keys->few[k];
		}
}

static void mark_each(const char *v, size_t n, const struct key_bits *keys, unsigned char *marks)
{
	for (size_t i = 0; i < n; i++) {
		uint32_t key;
		memcpy(&key, v + i * sizeof key, sizeof key);
		marks[i] |= (unsigned char)key_bits_have(keys, key);
	}
}

/* Marks those of a column that are among these keys. */
static void mark(const char *v, size_t n, const struct key_bits *keys, unsigned char *marks)
{
	size_t at = 0;
	for (; keys->are_few && at + KEYS_AT_ONCE <= n; at += KEYS_AT_ONCE)
		mark_few(v + at * sizeof(uint32_t), keys, marks + at);
	mark_each(v + at * sizeof(uint32_t), n - at, keys, marks + at);
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

/* A bit for each of so many bytes that are 0 or 1: eight at once by a product, which moves each to
 * a place of its own in the highest byte. */
static uint64_t bits_of(const unsigned char *marks)
{
	uint64_t bits = 0;
	for (size_t i = 0; i < KEYS_AT_ONCE / 8; i++) {
		uint64_t eight;
		memcpy(&eight, marks + 8 * i, sizeof eight);
		bits |= (eight * UINT64_C(0x0102040810204080) >> 56) << 8 * i;
	}
	return bits;
}

static uint64_t pairs_on(const struct block *b, size_t at, const struct key_bits *keys)
{
	unsigned char marks[KEYS_AT_ONCE] = {0};
	const char *issues =
		b->columns[BLOCK_PAIRS].p + b->n * sizeof(uint16_t) + at * sizeof(uint32_t);
	const size_t n = b->n_pairs - at < KEYS_AT_ONCE ? b->n_pairs - at : KEYS_AT_ONCE;
	mark(issues, n, keys, marks);
	return bits_of(marks);
}

/* The statement of each pair. Most statements have few: so many are written at once, and what is
 * too much is overwritten by the next one's. */
static int read_owners(struct block_filter *f, const struct block *b, struct err *e)
{
	uint64_t four = 0;
	enum { AT_ONCE = sizeof four / sizeof *f->owners };
	if (arena_grow(f->a, (void **)&f->owners, &f->cap_owners, b->n_pairs + AT_ONCE,
		       sizeof *f->owners))
		return arena_full(e);
	uint16_t *const owners = f->owners;
	for (size_t i = 0; i < b->n; i++, four += UINT64_C(0x0001000100010001)) {
		const uint32_t end = b->pairs[i + 1];
		uint32_t at = b->pairs[i];
		memcpy(owners + at, &four, sizeof four);
		for (at += AT_ONCE; at < end; at += AT_ONCE)
			memcpy(owners + at, &four, sizeof four);
	}
	return 0;
}

/* The statements with a pair on one of these issues, and `takes`: with a position asked for. They
 * stand in f->owners. */
static int find_owners(struct block_filter *f, const struct block *b, const struct key_bits *issues,
		       bool takes, size_t *n, struct err *e)
{
	if (read_owners(f, b, e))
		return -1;
	uint16_t *const v = f->owners; /* written behind what is still read */
	size_t left = 0;
	for (size_t at = 0; at < b->n_pairs; at += KEYS_AT_ONCE) {
		for (uint64_t bits = pairs_on(b, at, issues); bits; bits &= bits - 1) {
			const size_t pair = at + (size_t)__builtin_ctzll(bits);
			const uint16_t owner = v[pair];
			if (takes && !block_filter_takes_pair(f, block_pair(b, pair).position))
				continue;
			const bool is_new = left == 0 || v[left - 1] != owner;
			v[left] = owner;
			left += is_new;
		}
	}
	*n = left;
	return 0;
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

static int find_asked(struct block_filter *f, const struct block *b, size_t *n, struct err *e)
{
	return find_owners(f, b, &f->issues, f->positions || f->least_position, n, e);
}

/* Has it one of the issues asked for, with a position asked for? */
static bool takes_issue(const struct block_filter *f, const struct block *b, size_t at)
{
	for (size_t i = b->pairs[at]; i < b->pairs[at + 1]; i++) {
		struct block_pair p = block_pair(b, i);
		if (key_bits_have(&f->issues, p.issue) && block_filter_takes_pair(f, p.position))
			return true;
	}
	return false;
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
	mark(speakers, b->n, &keys->own, marks);
	mark(speakers + b->n * sizeof(uint32_t), b->n, &keys->member_of, marks);
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

/* Of the issues asked for one that has a position asked for, unless that is known. */
static int keep_asked(struct block_filter *f, const struct block *b, uint16_t *v, size_t *kept,
		      struct err *e)
{
	enum { FEW_SHIFT = 3 }; /* an eighth of a block: cheaper one by one */
	size_t n = *kept, asked;
	if (n < b->n >> FEW_SHIFT) {
		KEEP(takes_issue(f, b, at));
	} else {
		if (find_asked(f, b, &asked, e))
			return -1;
		n = keep_among(f->owners, asked, true, v, n);
	}
	*kept = n;
	return 0;
}

static int keep_others(struct block_filter *f, const struct block *b, uint16_t *v, size_t *kept,
		       struct err *e)
{
	size_t others;
	if (find_owners(f, b, &f->not_issues, false, &others, e))
		return -1;
	*kept = keep_among(f->owners, others, false, v, *kept);
	return 0;
}

/* Conditions but that on the issues asked for. */
static int keep(struct block_filter *f, const struct block *b, uint16_t v[BLOCK_STATEMENTS_MAX],
		size_t *kept, struct err *e)
{
	size_t n = *kept;
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
	*kept = n;
	return f->q->not_issues.n ? keep_others(f, b, v, kept, e) : 0;
}

static size_t keep_nested(const struct block_filter *f, const struct block *b, uint16_t *v,
			  size_t n)
{
	KEEP(is_asked_for(f->q->nested, block_fields(b, at)));
	return n;
}

int block_filter_keep(struct block_filter *f, const struct block *b,
		      uint16_t v[BLOCK_STATEMENTS_MAX], size_t *kept, struct err *e)
{
	*kept = keep_nested(f, b, v, *kept);
	return keep(f, b, v, kept, e) || (f->has_issues && keep_asked(f, b, v, kept, e)) ? -1 : 0;
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
int block_filter_select(struct block_filter *f, const struct block *b,
			uint16_t v[BLOCK_STATEMENTS_MAX], size_t *kept, struct err *e)
{
	if (f->has_issues) {
		size_t asked;
		if (find_asked(f, b, &asked, e))
			return -1;
		memcpy(v, f->owners, asked * sizeof *v);
		*kept = keep_nested(f, b, v, asked);
	} else {
		*kept = f->q->nested == NESTED_LEFT_OUT ? select_counted(b, v)
							: select_nested(f, b, v);
	}
	return keep(f, b, v, kept, e);
}
