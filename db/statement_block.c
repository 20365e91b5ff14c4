/* Columns made of statements, and statements of columns. */
#include "db/statement_block.h"

static const size_t value_bytes[BLOCK_CODED] = {
	[BLOCK_FLAGS] = sizeof(uint64_t),    [BLOCK_TRAITS] = sizeof(uint32_t),
	[BLOCK_SPEAKERS] = sizeof(uint64_t), [BLOCK_TARGETS] = sizeof(uint32_t),
	[BLOCK_DAYS] = sizeof(uint32_t),     [BLOCK_OUTLETS] = sizeof(uint32_t),
	[BLOCK_SAID] = sizeof(uint32_t),     [BLOCK_ARTICLES] = sizeof(uint64_t),
};

/* Bytes of a place among so many values. */
static size_t width_of(size_t values)
{
	return values <= 1		  ? 0
	       : values <= UINT8_MAX + 1  ? 1
	       : values <= UINT16_MAX + 1 ? sizeof(uint16_t)
					  : sizeof(uint32_t);
}

/* --- reading --- */

/* A coded column of `n`, as it is stored. */
struct stored {
	size_t n_values, width;
	const char *values;
	const unsigned char *places;
};

/* Off the head of *in. Does not look at the places. */
static int read_stored(struct str *in, size_t bytes, size_t n, struct stored *out)
{
	uint32_t values;
	if (in->n < sizeof values)
		return -1;
	memcpy(&values, in->p, sizeof values);
	*out = (struct stored){.n_values = values, .width = width_of(values)};
	if (values > n || (values == 0) != (n == 0))
		return -1;
	const size_t size = sizeof values + values * bytes + n * out->width;
	if (in->n < size)
		return -1;
	out->values = in->p + sizeof values;
	out->places = (const unsigned char *)out->values + values * bytes;
	*in = (struct str){in->p + size, in->n - size};
	return 0;
}

/* Of n places the largest. */
static size_t largest(const unsigned char *places, size_t width, size_t n)
{
	uint8_t one = 0;
	uint16_t two = 0, at_two;
	uint32_t four = 0, at_four;
	switch (width) {
	case 1:
		for (size_t i = 0; i < n; i++)
			one = places[i] > one ? places[i] : one;
		return one;
	case sizeof two:
		for (size_t i = 0; i < n; i++) {
			memcpy(&at_two, places + i * sizeof two, sizeof two);
			two = at_two > two ? at_two : two;
		}
		return two;
	case sizeof four:
		for (size_t i = 0; i < n; i++) {
			memcpy(&at_four, places + i * sizeof four, sizeof four);
			four = at_four > four ? at_four : four;
		}
		return four;
	default:
		return 0;
	}
}

static bool are_places(const struct stored *s, size_t n, bool is_known)
{
	return is_known || n == 0 || largest(s->places, s->width, n) < s->n_values;
}

static void widen(const unsigned char *restrict from, uint16_t *restrict to, size_t n)
{
	for (size_t i = 0; i < n; i++)
		to[i] = from[i];
}

static int take_places(const struct stored *s, size_t n, bool is_known, struct block_coded *c)
{
	if (!are_places(s, n, is_known))
		return -1;
	c->n = s->n_values;
	c->values = s->values;
	if (s->width == 0)
		memset(c->at, 0, n * sizeof *c->at);
	else if (s->width == 1)
		widen(s->places, c->at, n);
	else
		memcpy(c->at, s->places, n * sizeof *c->at);
	return 0;
}

static int open_coded(struct block_coded *c, struct str column, size_t bytes, size_t n,
		      bool is_known)
{
	struct stored s;
	return read_stored(&column, bytes, n, &s) || column.n ? -1
							      : take_places(&s, n, is_known, c);
}

static int count_pairs(struct block *b, const struct stored *s, bool is_known)
{
	struct block_coded counts;
	uint32_t n = 0;
	if (take_places(s, b->n, is_known, &counts))
		return -1;
	for (size_t i = 0; i < counts.n; i++)
		if (block_value32(&counts, i) > BLOCK_ISSUES_MAX)
			return -1;
	for (size_t i = 0; i < b->n; i++) {
		b->pairs[i] = n;
		n += block_value32(&counts, counts.at[i]);
	}
	b->pairs[b->n] = n;
	b->n_pairs = n;
	return 0;
}

static int open_pairs(struct block *b, bool is_known)
{
	struct str in = b->columns[BLOCK_PAIRS];
	struct stored counts, issues;
	if (read_stored(&in, sizeof(uint32_t), b->n, &counts) ||
	    count_pairs(b, &counts, is_known) ||
	    read_stored(&in, sizeof(uint32_t), b->n_pairs, &issues) || in.n != b->n_pairs ||
	    !are_places(&issues, b->n_pairs, is_known))
		return -1;
	b->positions = (const unsigned char *)in.p;
	b->issues = (struct block_issues){issues.n_values, issues.values, issues.places,
					  (unsigned)issues.width};
	return 0;
}

static int open_by_issue(struct block *b, bool is_known)
{
	const struct str in = b->columns[BLOCK_BY_ISSUE];
	struct block_by_issue *by = &b->by_issue;
	uint32_t n, end = 0;
	if (in.n < sizeof n)
		return -1;
	memcpy(&n, in.p, sizeof n);
	if (in.n < sizeof n + 2 * n * sizeof(uint32_t))
		return -1;
	by->n = n;
	by->issues = in.p + sizeof n;
	by->ends = by->issues + n * sizeof(uint32_t);
	by->places = by->ends + n * sizeof(uint32_t);
	for (size_t i = 0; i < n && !is_known; i++) {
		const uint32_t before = end;
		end = block_by_issue_end(by, i);
		if (end < before || end - before > b->n)
			return -1;
	}
	end = n ? block_by_issue_end(by, n - 1) : 0;
	by->positions = (const unsigned char *)by->places + end * sizeof(uint16_t);
	if (in.n != sizeof n + 2 * n * sizeof(uint32_t) + end * (sizeof(uint16_t) + 1))
		return -1;
	return is_known || end == 0 ||
			       largest((const unsigned char *)by->places, sizeof(uint16_t), end) <
				       b->n
		       ? 0
		       : -1;
}

static bool is_whole(struct block *b, unsigned read, enum block_column c, bool is_known)
{
	const struct str column = b->columns[c];
	const size_t sure = b->n * sizeof(uint32_t);
	if (!(read & BLOCK_BIT(c)))
		return true;
	switch (c) {
	case BLOCK_PAIRS:
		return open_pairs(b, is_known) == 0;
	case BLOCK_BY_ISSUE:
		return open_by_issue(b, is_known) == 0;
	case BLOCK_NUMBERS:
		return column.n == b->n * sizeof(uint32_t);
	case BLOCK_SURE:
		return read & BLOCK_BIT(BLOCK_PAIRS)
			       ? column.n == sure + b->n_pairs * sizeof(uint16_t)
			       : column.n >= sure;
	default:
		return open_coded(&b->coded[c], column, value_bytes[c], b->n, is_known) == 0;
	}
}

static int open_block(struct block *b, unsigned read, bool is_known, struct err *e)
{
	bool whole = b->n <= BLOCK_STATEMENTS_MAX;
	b->n_pairs = 0;
	for (int c = 0; c < BLOCK_COLUMNS && whole; c++)
		whole = is_whole(b, read, (enum block_column)c, is_known);
	return whole ? 0 : err_set(e, ERR_DB, NULL, "a block of statements is damaged");
}

int block_open(struct block *b, unsigned read, struct err *e)
{
	return open_block(b, read, false, e);
}

int block_open_known(struct block *b, unsigned read, struct err *e)
{
	return open_block(b, read, true, e);
}

/* By steps that double, then by halves. */
size_t block_find(const struct block *b, int64_t id, size_t near)
{
	size_t from = 0, to = b->n, step = 1;
	if (near < b->n && block_id(b, near) <= id) {
		for (from = near; from + step < b->n && block_id(b, from + step) <= id; step *= 2)
			from += step;
		to = from + step < b->n ? from + step : b->n;
	}
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		if (block_id(b, middle) < id)
			from = middle + 1;
		else
			to = middle;
	}
	return from < b->n && block_id(b, from) == id ? from : b->n;
}

int block_entries(const struct block *b, struct arena *a, struct block_entry **out, struct err *e)
{
	struct block_entry *v = arena_room(a, b->n, sizeof *v);
	struct block_pair *pairs = arena_room(a, b->n_pairs, sizeof *pairs);
	if (!v || !pairs)
		return arena_full(e);
	for (size_t i = 0; i < b->n_pairs; i++)
		pairs[i] = block_pair(b, i);
	for (size_t i = 0; i < b->n; i++)
		v[i] = (struct block_entry){.id = block_id(b, i),
					    .article = block_article(b, i),
					    .fields = block_fields(b, i),
					    .speaker = block_speaker(b, i),
					    .member_of = block_member_of(b, i),
					    .target = block_target(b, i),
					    .outlet = block_outlet(b, i),
					    .said = block_said(b, i),
					    .n_pairs = b->pairs[i + 1] - b->pairs[i],
					    .pairs = pairs + b->pairs[i]};
	*out = v;
	return 0;
}

/* --- making --- */

/* For columns of up to so many. */
struct coder {
	uint64_t *in, *values;
	uint32_t *places, *slots; /* by hash: a place among the values, and one more */
	int shift;		  /* 64 less the bits of a slot */
	size_t n_slots;
	char *out; /* where what is made is to go on */
};

static int coder_init(struct coder *c, size_t most, struct arena *a, struct err *e)
{
	int bits = 1;
	while ((size_t)1 << bits < 2 * most)
		bits++;
	*c = (struct coder){.in = arena_room(a, most, sizeof *c->in),
			    .values = arena_room(a, most, sizeof *c->values),
			    .places = arena_room(a, most, sizeof *c->places),
			    .shift = 64 - bits,
			    .n_slots = (size_t)1 << bits};
	c->slots = arena_room(a, c->n_slots, sizeof *c->slots);
	return c->in && c->values && c->places && c->slots ? 0 : arena_full(e);
}

static void put(char **p, const void *v, size_t n)
{
	memcpy(*p, v, n);
	*p += n;
}

static size_t find_values(struct coder *c, size_t n)
{
	size_t many = 0;
	memset(c->slots, 0, c->n_slots * sizeof *c->slots);
	for (size_t i = 0; i < n; i++) {
		/* Fibonacci's hashing. */
		size_t at = (size_t)(c->in[i] * UINT64_C(0x9E3779B97F4A7C15) >> c->shift);
		while (c->slots[at] && c->values[c->slots[at] - 1] != c->in[i])
			at = (at + 1) & (c->n_slots - 1);
		if (!c->slots[at]) {
			c->values[many++] = c->in[i];
			c->slots[at] = (uint32_t)many;
		}
		c->places[i] = c->slots[at] - 1;
	}
	return many;
}

/* The first n of c->in, values of so many bytes. */
static void put_coded(struct coder *c, size_t n, size_t bytes)
{
	const size_t many = find_values(c, n), width = width_of(many);
	const uint32_t count = (uint32_t)many;
	put(&c->out, &count, sizeof count);
	for (size_t i = 0; i < many; i++)
		put(&c->out, &c->values[i], bytes);
	for (size_t i = 0; i < n; i++)
		put(&c->out, &c->places[i], width);
}

static const int64_t sure_mask = (int64_t)FIELD_CONFIDENCE_MASK |
				 (int64_t)FIELD_CONFIDENCE_MASK << FIELD_STANCE_CONFIDENCE_SHIFT |
				 (int64_t)FIELD_CONFIDENCE_MASK << FIELD_POSITION_CONFIDENCE_SHIFT;

/* Between the statement's confidence and the stance's. */
static const int64_t traits_mask =
	(((int64_t)1 << FIELD_STANCE_CONFIDENCE_SHIFT) - ((int64_t)1 << BLOCK_TRAITS_SHIFT)) &
	~((int64_t)FIELD_STATUS_MASK << FIELD_STATUS_SHIFT);

static uint64_t value_of(const struct block_entry *v, enum block_column c)
{
	switch (c) {
	case BLOCK_FLAGS:
		return (uint64_t)(v->fields & ~sure_mask & ~traits_mask);
	case BLOCK_TRAITS:
		return (uint64_t)(v->fields & traits_mask) >> BLOCK_TRAITS_SHIFT;
	case BLOCK_SPEAKERS:
		return v->speaker | (uint64_t)v->member_of << 32;
	case BLOCK_TARGETS:
		return v->target;
	case BLOCK_DAYS:
		return (uint64_t)v->id >> ID_DAY_SHIFT;
	case BLOCK_OUTLETS:
		return v->outlet;
	case BLOCK_SAID:
		return (uint32_t)(int32_t)v->said;
	default:
		return (uint64_t)v->article;
	}
}

static void put_pairs(struct coder *c, const struct block_entry *v, size_t n)
{
	size_t pairs = 0;
	for (size_t i = 0; i < n; i++)
		c->in[i] = v[i].n_pairs;
	put_coded(c, n, sizeof(uint32_t));
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < v[i].n_pairs; k++)
			c->in[pairs++] = v[i].pairs[k].issue;
	put_coded(c, pairs, sizeof(uint32_t));
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < v[i].n_pairs; k++)
			*c->out++ = (char)(v[i].pairs[k].position & FIELD_POSITION_MASK);
}

/* Sorted by counting: of each issue first how many, then where the next one stands. */
static void put_by_issue(struct coder *c, const struct block_entry *v, size_t n)
{
	size_t pairs = 0, at = 0;
	uint32_t end = 0;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < v[i].n_pairs; k++)
			c->in[pairs++] = v[i].pairs[k].issue;
	const size_t many = find_values(c, pairs);
	const uint32_t count = (uint32_t)many;
	uint32_t *next = c->slots;
	memset(next, 0, many * sizeof *next);
	for (size_t i = 0; i < pairs; i++)
		next[c->places[i]]++;
	put(&c->out, &count, sizeof count);
	for (size_t i = 0; i < many; i++)
		put(&c->out, &c->values[i], sizeof(uint32_t));
	for (size_t i = 0; i < many; i++) {
		const uint32_t of_issue = next[i];
		next[i] = end;
		end += of_issue;
		put(&c->out, &end, sizeof end);
	}
	char *const places = c->out, *const positions = places + pairs * sizeof(uint16_t);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < v[i].n_pairs; k++) {
			const uint32_t to = next[c->places[at++]]++;
			const uint16_t place = (uint16_t)i;
			memcpy(places + to * sizeof place, &place, sizeof place);
			positions[to] = (char)(v[i].pairs[k].position & FIELD_POSITION_MASK);
		}
	c->out = positions + pairs;
}

static void put_sure(struct coder *c, const struct block_entry *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const int64_t f = v[i].fields;
		const uint32_t sure =
			(uint32_t)((f & FIELD_CONFIDENCE_MASK) |
				   (f >> FIELD_STANCE_CONFIDENCE_SHIFT & FIELD_CONFIDENCE_MASK)
					   << BLOCK_SURE_STANCE_SHIFT |
				   (f >> FIELD_POSITION_CONFIDENCE_SHIFT & FIELD_CONFIDENCE_MASK)
					   << BLOCK_SURE_POSITION_SHIFT);
		put(&c->out, &sure, sizeof sure);
	}
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < v[i].n_pairs; k++) {
			const uint16_t sure = v[i].pairs[k].position >> 3;
			put(&c->out, &sure, sizeof sure);
		}
}

static void put_numbers(struct coder *c, const struct block_entry *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const uint32_t number = (uint32_t)((uint64_t)v[i].id & ID_NUMBER_MASK);
		put(&c->out, &number, sizeof number);
	}
}

static void put_column(struct coder *c, const struct block_entry *v, size_t n,
		       enum block_column column)
{
	switch (column) {
	case BLOCK_PAIRS:
		put_pairs(c, v, n);
		return;
	case BLOCK_BY_ISSUE:
		put_by_issue(c, v, n);
		return;
	case BLOCK_NUMBERS:
		put_numbers(c, v, n);
		return;
	case BLOCK_SURE:
		put_sure(c, v, n);
		return;
	default:
		for (size_t i = 0; i < n; i++)
			c->in[i] = value_of(&v[i], column);
		put_coded(c, n, value_bytes[column]);
	}
}

int block_make(const struct block_entry *v, size_t n, struct arena *a, struct block *out,
	       struct err *e)
{
	enum { MOST_BYTES = sizeof(uint64_t) + sizeof(uint32_t) }; /* of a value and its place */
	struct coder c;
	size_t pairs = 0;
	for (size_t i = 0; i < n; i++)
		pairs += v[i].n_pairs;
	out->n = n;
	out->n_pairs = pairs;
	if (coder_init(&c, (pairs > n ? pairs : n) + 1, a, e))
		return -1;
	for (int i = 0; i < BLOCK_COLUMNS; i++) {
		const bool is_of_pairs = i == BLOCK_PAIRS || i == BLOCK_SURE || i == BLOCK_BY_ISSUE;
		const size_t more = is_of_pairs ? pairs : 0,
			     most = 2 * sizeof(uint32_t) + (n + more) * MOST_BYTES;
		char *column = c.out = arena_room(a, most, 1);
		if (!column)
			return arena_full(e);
		put_column(&c, v, n, (enum block_column)i);
		out->columns[i] = (struct str){column, (size_t)(c.out - column)};
	}
	return 0;
}
