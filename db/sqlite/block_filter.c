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
	unsigned columns = BLOCK_BIT(BLOCK_FLAGS);
	if (f->has_traits)
		columns |= BLOCK_BIT(BLOCK_TRAITS);
	if (f->has_days)
		columns |= BLOCK_IDS;
	if (q->speakers.n || q->not_speakers.n)
		columns |= BLOCK_BIT(BLOCK_SPEAKERS);
	if (q->targets.n || q->not_targets.n || q->target_positions)
		columns |= BLOCK_BIT(BLOCK_TARGETS);
	if (q->issues.n || q->not_issues.n)
		columns |= BLOCK_BIT(BLOCK_BY_ISSUE);
	if (q->issues.n && f->least_position)
		columns |= BLOCK_BIT(BLOCK_PAIRS);
	if (q->outlets.n || q->not_outlets.n)
		columns |= BLOCK_BIT(BLOCK_OUTLETS);
	if (f->least || f->least_stance || f->least_position)
		columns |= BLOCK_BIT(BLOCK_SURE);
	return columns;
}

#define KEY_OF_NONE UINT32_MAX

/* Speaker keys below 2, and keys below 1, are nobody's. */
static void list_few(struct speaker_bits *b, struct keys speakers)
{
	b->are_few = speakers.n > 0 && speakers.n <= SPEAKERS_FEW;
	for (size_t i = 0; i < SPEAKERS_FEW && b->are_few; i++) {
		const uint32_t key = i < speakers.n ? (uint32_t)speakers.v[i] : 0;
		const bool has_members = key & 1 && key > 1;
		b->few_own[2 * i] = key > 1 ? key : KEY_OF_NONE;
		b->few_own[2 * i + 1] = key > 1 ? key | 1 : KEY_OF_NONE;
		b->few_member_of[i] = has_members ? key / 2 : KEY_OF_NONE;
	}
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
	list_few(b, keys);
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
	f->has_traits =
		q->kinds || q->acts || q->polarities || q->target_positions || f->has_position;
	f->has_confidence = f->least || f->least_stance || (f->has_position && f->least_position);
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

static inline bool has_bit(uint32_t mask, int64_t fields, int shift, int bits)
{
	return !mask || mask >> (fields >> shift & bits) & 1;
}

static bool takes_flags(const struct block_filter *f, uint64_t flags)
{
	const int64_t fields = (int64_t)flags;
	return is_asked_for(f->q->nested, fields) &&
	       has_bit(f->q->statuses, fields, FIELD_STATUS_SHIFT, FIELD_STATUS_MASK) &&
	       has_bit(f->copies, fields, FIELD_COPY_SHIFT, 1);
}

static bool takes_traits(const struct block_filter *f, uint64_t traits)
{
	const int64_t fields = (int64_t)traits << BLOCK_TRAITS_SHIFT;
	const struct statement_query *q = f->q;
	return has_bit(q->kinds, fields, FIELD_KIND_SHIFT, FIELD_KIND_MASK) &&
	       has_bit(q->acts, fields, FIELD_ACT_SHIFT, FIELD_ACT_MASK) &&
	       has_bit(q->polarities, fields, FIELD_POLARITY_SHIFT, FIELD_POLARITY_MASK) &&
	       has_bit(q->target_positions, fields, FIELD_TARGET_POSITION_SHIFT,
		       FIELD_TARGET_POSITION_MASK) &&
	       has_bit(f->has_position ? f->positions : 0, fields, FIELD_POSITION_SHIFT,
		       FIELD_POSITION_MASK);
}

static bool takes_confidences(const struct block_filter *f, int64_t fields)
{
	return (fields & FIELD_CONFIDENCE_MASK) >= f->least &&
	       (fields >> FIELD_STANCE_CONFIDENCE_SHIFT & FIELD_CONFIDENCE_MASK) >=
		       f->least_stance &&
	       (!f->has_position || (fields >> FIELD_POSITION_CONFIDENCE_SHIFT &
				     FIELD_CONFIDENCE_MASK) >= f->least_position);
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

static bool takes_outlet(const struct block_filter *f, uint64_t outlet)
{
	return (!f->outlets.n || has_key(f->outlets, (int64_t)outlet)) &&
	       !has_key(f->not_outlets, (int64_t)outlet);
}

/* --- pairs --- */

static bool has_pair(const struct block_filter *f, const struct block *b, size_t at)
{
	for (size_t i = b->pairs[at]; i < b->pairs[at + 1]; i++) {
		struct block_pair p = block_pair(b, i);
		if (key_bits_have(&f->issues, p.issue) && block_filter_takes_pair(f, p.position))
			return true;
	}
	return false;
}

enum { WORD_BITS = 64, WORDS = BLOCK_STATEMENTS_MAX / WORD_BITS };

/* The statements of a block with a pair on one of these issues, and with one of these positions on
 * it (a mask, 0: any), a bit each. */
static void mark_statements(const struct block_by_issue *by, const struct key_bits *issues,
			    uint32_t positions, uint64_t bits[WORDS])
{
	const uint32_t mask = positions ? positions : UINT32_MAX;
	uint32_t at = 0;
	for (size_t i = 0; i < by->n; i++) {
		const uint32_t end = block_by_issue_end(by, i);
		if (!key_bits_have(issues, block_by_issue_value(by, i)))
			at = end;
		for (; at < end; at++) {
			const size_t place = block_by_issue_place(by, at);
			const uint64_t takes =
				mask >> (by->positions[at] & FIELD_POSITION_MASK) & 1;
			bits[place / WORD_BITS] |= takes << place % WORD_BITS;
		}
	}
}

/* Those on the one issue that stands there: they rise. */
static size_t copy_statements(const struct block_by_issue *by, size_t at, uint32_t positions,
			      uint16_t *v)
{
	const uint32_t mask = positions ? positions : UINT32_MAX, end = block_by_issue_end(by, at);
	size_t n = 0;
	for (uint32_t i = at ? block_by_issue_end(by, at - 1) : 0; i < end; i++) {
		v[n] = block_by_issue_place(by, i);
		n += mask >> (by->positions[i] & FIELD_POSITION_MASK) & 1;
	}
	return n;
}

/* The place of the one issue among those of a block, or how many these are: many are compared at
 * once. */
static size_t find_issue(const struct block_by_issue *by, uint32_t issue)
{
	enum { AT_ONCE = 16 };
	size_t at = 0;
	for (uint32_t are_here = 0; at + AT_ONCE <= by->n; at += AT_ONCE) {
		for (size_t i = 0; i < AT_ONCE; i++)
			are_here |= block_by_issue_value(by, at + i) == issue;
		if (are_here)
			break;
	}
	while (at < by->n && block_by_issue_value(by, at) != issue)
		at++;
	return at;
}

static size_t find_statements(const struct block *b, const struct key_bits *issues,
			      uint32_t positions, uint16_t *v)
{
	uint64_t bits[WORDS] = {0};
	size_t n = 0;
	if (issues->one) {
		const size_t at = find_issue(&b->by_issue, issues->one);
		return at < b->by_issue.n ? copy_statements(&b->by_issue, at, positions, v) : 0;
	}
	mark_statements(&b->by_issue, issues, positions, bits);
	for (size_t word = 0; word < WORDS; word++)
		for (uint64_t left = bits[word]; left; left &= left - 1)
			v[n++] = (uint16_t)(word * WORD_BITS + (size_t)__builtin_ctzll(left));
	return n;
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

/* Does a value of a coded column fit? */
typedef bool takes_value(const struct block_filter *f, uint64_t value);

static inline uint64_t value_at(const struct block_coded *c, bool is_wide, size_t place)
{
	return is_wide ? block_value64(c, place) : block_value32(c, place);
}

/* Of more statements than there are values each value is asked once, and often that decides. */
__attribute__((always_inline)) static inline size_t keep_coded(const struct block_filter *f,
							       const struct block_coded *c,
							       bool is_wide, takes_value *takes,
							       uint16_t *v, size_t n)
{
	unsigned char marks[BLOCK_STATEMENTS_MAX];
	size_t fit = 0;
	if (n <= c->n) {
		KEEP(takes(f, value_at(c, is_wide, c->at[at])));
		return n;
	}
	for (size_t i = 0; i < c->n; i++)
		fit += marks[i] = takes(f, value_at(c, is_wide, i));
	if (fit < c->n)
		KEEP(marks[c->at[at]]);
	return n;
}

static inline bool speaks(const struct speaker_bits *keys, uint64_t speaker)
{
	return key_bits_have(&keys->own, (uint32_t)speaker) |
	       key_bits_have(&keys->member_of, (uint32_t)(speaker >> 32));
}

__attribute__((always_inline)) static inline bool takes_speaker(const struct block_filter *f,
								uint64_t speaker)
{
	return (!f->q->speakers.n || speaks(&f->speakers, speaker)) &&
	       !(f->q->not_speakers.n && speaks(&f->not_speakers, speaker));
}

static bool takes_target(const struct block_filter *f, uint64_t target)
{
	const struct statement_query *q = f->q;
	return (!q->targets.n || key_bits_have(&f->targets, (uint32_t)target)) &&
	       !(q->not_targets.n && key_bits_have(&f->not_targets, (uint32_t)target)) &&
	       (!q->target_positions || target);
}

/* On one of the issues asked for with a position asked for. */
static size_t find_asked(const struct block_filter *f, const struct block *b, uint16_t *v)
{
	size_t n = find_statements(b, &f->issues, f->positions, v);
	if (f->least_position)
		KEEP(has_pair(f, b, at));
	return n;
}

static size_t keep_asked(const struct block_filter *f, const struct block *b, uint16_t *v, size_t n)
{
	uint16_t asked[BLOCK_STATEMENTS_MAX];
	const size_t many = find_asked(f, b, asked);
	return keep_among(asked, many, true, v, n);
}

static size_t keep_others(const struct block_filter *f, const struct block *b, uint16_t *v,
			  size_t n)
{
	uint16_t others[BLOCK_STATEMENTS_MAX];
	size_t many = find_statements(b, &f->not_issues, 0, others);
	return keep_among(others, many, false, v, n);
}

/* Which speakers fit, of one or two that are asked for: several at once. */
static size_t mark_few(const struct speaker_bits *keys, const struct block_coded *c,
		       unsigned char marks[BLOCK_STATEMENTS_MAX])
{
	const uint32_t *own = keys->few_own, a = own[0], b = own[1], x = own[2], y = own[3],
		       m = keys->few_member_of[0], n = keys->few_member_of[1];
	size_t fit = 0;
	for (size_t i = 0; i < c->n; i++) {
		const uint32_t speaker = block_number32(c->values, 2 * i),
			       of = block_number32(c->values, 2 * i + 1);
		marks[i] = (speaker == a) | (speaker == b) | (speaker == x) | (speaker == y) |
			   (of == m) | (of == n);
	}
	for (size_t i = 0; i < c->n; i++)
		fit += marks[i];
	return fit;
}

static size_t keep_speakers(const struct block_filter *f, const struct block *b, uint16_t *v,
			    size_t n)
{
	unsigned char marks[BLOCK_STATEMENTS_MAX];
	const struct block_coded *c = &b->coded[BLOCK_SPEAKERS];
	if (!f->speakers.are_few || f->q->not_speakers.n || n <= c->n)
		return keep_coded(f, c, true, takes_speaker, v, n);
	const size_t fit = mark_few(&f->speakers, c, marks);
	if (fit == 0)
		return 0;
	KEEP(marks[c->at[at]]);
	return n;
}

static size_t keep_days(const struct block_filter *f, const struct block *b, uint16_t *v, size_t n)
{
	if (b->n && takes_days(f, block_id(b, 0)) && takes_days(f, block_id(b, b->n - 1)))
		return n;
	KEEP(takes_days(f, block_id(b, at)));
	return n;
}

/* Conditions but that on the issues asked for. */
static size_t keep(const struct block_filter *f, const struct block *b, uint16_t *v, size_t n)
{
	n = keep_coded(f, &b->coded[BLOCK_FLAGS], true, takes_flags, v, n);
	if (f->has_traits)
		n = keep_coded(f, &b->coded[BLOCK_TRAITS], false, takes_traits, v, n);
	if (f->has_confidence)
		KEEP(takes_confidences(f, block_fields(b, at)));
	if (f->has_days)
		n = keep_days(f, b, v, n);
	if (f->columns & BLOCK_BIT(BLOCK_SPEAKERS))
		n = keep_speakers(f, b, v, n);
	if (f->columns & BLOCK_BIT(BLOCK_TARGETS))
		n = keep_coded(f, &b->coded[BLOCK_TARGETS], false, takes_target, v, n);
	if (f->columns & BLOCK_BIT(BLOCK_OUTLETS))
		n = keep_coded(f, &b->coded[BLOCK_OUTLETS], false, takes_outlet, v, n);
	return f->q->not_issues.n ? keep_others(f, b, v, n) : n;
}

size_t block_filter_keep(const struct block_filter *f, const struct block *b,
			 uint16_t v[BLOCK_STATEMENTS_MAX], size_t n)
{
	n = keep(f, b, v, n);
	return f->has_issues ? keep_asked(f, b, v, n) : n;
}

/* By the issues first, where some are asked for: few statements have these. */
size_t block_filter_select(const struct block_filter *f, const struct block *b,
			   uint16_t v[BLOCK_STATEMENTS_MAX])
{
	size_t n = b->n;
	uint16_t place = 0;
	if (f->has_issues)
		n = find_asked(f, b, v);
	else
		for (size_t i = 0; i < BLOCK_STATEMENTS_MAX; i++)
			v[i] = place++;
	return keep(f, b, v, n);
}
