/* Columns made of statements, and statements of columns. */
#include "db/statement_block.h"

enum {
	FIELDS_BYTES = sizeof(int64_t),
	ACTORS_BYTES = 3 * sizeof(uint32_t),
	IDS_BYTES = sizeof(int64_t),
	SOURCES_BYTES = 2 * sizeof(uint32_t),
	COUNT_BYTES = sizeof(uint16_t),
	PAIR_BYTES = sizeof(uint32_t) + sizeof(uint16_t),
};

static int count_pairs(struct block *b)
{
	struct str pairs = b->columns[BLOCK_PAIRS];
	if (pairs.n < b->n * COUNT_BYTES)
		return -1;
	uint32_t n = 0;
	for (size_t i = 0; i < b->n; i++) {
		b->pairs[i] = n;
		n += block_u16(b, i * COUNT_BYTES);
	}
	b->pairs[b->n] = n;
	b->n_pairs = n;
	return pairs.n == b->n * COUNT_BYTES + b->n_pairs * PAIR_BYTES ? 0 : -1;
}

int block_open(struct block *b, unsigned read, struct err *e)
{
	static const size_t bytes[BLOCK_COLUMNS] = {[BLOCK_FIELDS] = FIELDS_BYTES,
						    [BLOCK_ACTORS] = ACTORS_BYTES,
						    [BLOCK_IDS] = IDS_BYTES,
						    [BLOCK_SOURCES] = SOURCES_BYTES,
						    [BLOCK_ARTICLES] = IDS_BYTES};
	bool is_whole = b->columns[BLOCK_FIELDS].n % FIELDS_BYTES == 0 &&
			b->columns[BLOCK_FIELDS].n <= BLOCK_STATEMENTS_MAX * FIELDS_BYTES;
	b->n = b->columns[BLOCK_FIELDS].n / FIELDS_BYTES;
	b->n_pairs = 0;
	for (int c = 0; c < BLOCK_COLUMNS && is_whole; c++)
		if (read >> c & 1)
			is_whole = c == BLOCK_PAIRS ? count_pairs(b) == 0
						    : b->columns[c].n == b->n * bytes[c];
	return is_whole ? 0 : err_set(e, ERR_DB, NULL, "a block of statements is damaged");
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

static void put(char **p, const void *v, size_t n)
{
	memcpy(*p, v, n);
	*p += n;
}

static void put_pairs(const struct block_entry *v, size_t n, char *counts)
{
	size_t total = 0;
	for (size_t i = 0; i < n; i++)
		total += v[i].n_pairs;
	char *issues = counts + n * COUNT_BYTES, *positions = issues + total * sizeof(uint32_t);
	for (size_t i = 0; i < n; i++) {
		uint16_t count = (uint16_t)v[i].n_pairs;
		put(&counts, &count, sizeof count);
		for (size_t k = 0; k < v[i].n_pairs; k++) {
			put(&issues, &v[i].pairs[k].issue, sizeof v[i].pairs[k].issue);
			put(&positions, &v[i].pairs[k].position, sizeof v[i].pairs[k].position);
		}
	}
}

static void put_rest(const struct block_entry *v, size_t n, char *const columns[BLOCK_COLUMNS])
{
	char *fields = columns[BLOCK_FIELDS], *ids = columns[BLOCK_IDS],
	     *articles = columns[BLOCK_ARTICLES], *speakers = columns[BLOCK_ACTORS],
	     *members = speakers + n * sizeof(uint32_t), *targets = members + n * sizeof(uint32_t),
	     *outlets = columns[BLOCK_SOURCES], *said = outlets + n * sizeof(uint32_t);
	for (size_t i = 0; i < n; i++) {
		int32_t day = (int32_t)v[i].said;
		put(&fields, &v[i].fields, sizeof v[i].fields);
		put(&ids, &v[i].id, sizeof v[i].id);
		put(&articles, &v[i].article, sizeof v[i].article);
		put(&speakers, &v[i].speaker, sizeof v[i].speaker);
		put(&members, &v[i].member_of, sizeof v[i].member_of);
		put(&targets, &v[i].target, sizeof v[i].target);
		put(&outlets, &v[i].outlet, sizeof v[i].outlet);
		put(&said, &day, sizeof day);
	}
}

int block_make(const struct block_entry *v, size_t n, struct arena *a, struct block *out,
	       struct err *e)
{
	char *columns[BLOCK_COLUMNS];
	*out = (struct block){.n = n};
	for (size_t i = 0; i < n; i++)
		out->n_pairs += v[i].n_pairs;
	const size_t bytes[BLOCK_COLUMNS] = {[BLOCK_FIELDS] = n * FIELDS_BYTES,
					     [BLOCK_ACTORS] = n * ACTORS_BYTES,
					     [BLOCK_PAIRS] =
						     n * COUNT_BYTES + out->n_pairs * PAIR_BYTES,
					     [BLOCK_IDS] = n * IDS_BYTES,
					     [BLOCK_SOURCES] = n * SOURCES_BYTES,
					     [BLOCK_ARTICLES] = n * IDS_BYTES};
	for (int c = 0; c < BLOCK_COLUMNS; c++) {
		columns[c] = arena_room(a, bytes[c], 1);
		if (!columns[c])
			return arena_full(e);
		out->columns[c] = (struct str){columns[c], bytes[c]};
	}
	put_rest(v, n, columns);
	put_pairs(v, n, columns[BLOCK_PAIRS]);
	return 0;
}
