/* Two hash tables, of groups and of intervals. */
#include "db/tabulation.h"

#include <stdlib.h>
#include <string.h>

#include "db/count.h"

enum { KEY_WORDS = sizeof(struct group_key) / sizeof(uint64_t) };

/* By words, each multiplied by another odd number, one of them Fibonacci's hashing: a million rows
 * a question are hashed. */
static uint64_t hash_of(const struct group_key *k)
{
	static const uint64_t odd[KEY_WORDS] = {
		UINT64_C(0x9E3779B97F4A7C15), UINT64_C(0xBF58476D1CE4E5B9),
		UINT64_C(0x94D049BB133111EB), UINT64_C(0xD6E8FEB86659FD93)};
	uint64_t words[KEY_WORDS], h = 0;
	_Static_assert(sizeof words == sizeof *k, "whole words");
	memcpy(words, k, sizeof words);
	for (size_t i = 0; i < KEY_WORDS; i++)
		h ^= words[i] * odd[i] >> 13 | words[i] * odd[i] << 51;
	return h ^ h >> 32;
}

static struct group_count *find(struct group_table *t, const struct group_key *k)
{
	size_t at = (size_t)hash_of(k) & (t->cap - 1);
	while (t->slots[at].count && memcmp(&t->slots[at].key, k, sizeof *k) != 0)
		at = (at + 1) & (t->cap - 1);
	return &t->slots[at];
}

static int grow(struct group_table *t, struct arena *a, struct err *e)
{
	struct group_table larger = {.n = t->n, .cap = t->cap ? t->cap * 2 : 256};
	larger.slots = arena_array(a, larger.cap, sizeof *larger.slots);
	if (!larger.slots)
		return arena_full(e);
	for (size_t i = 0; i < t->cap; i++)
		if (t->slots[i].count)
			*find(&larger, &t->slots[i].key) = t->slots[i];
	*t = larger;
	return 0;
}

static int add(struct group_table *t, const struct group_key *k, int64_t count, size_t most,
	       struct arena *a, struct err *e)
{
	if (t->n * 2 >= t->cap && grow(t, a, e))
		return -1;
	struct group_count *g = find(t, k);
	bool is_old = g->count > 0;
	g->count += count;
	if (is_old)
		return 0;
	g->key = *k;
	if (++t->n > most)
		return err_set(e, ERR_INPUT, "by",
			       "there are more than %zu groups; count by less, or narrow the "
			       "question",
			       most);
	return 0;
}

int tabulation_add_statements(struct tabulation *t, day_t from, int64_t count, struct err *e)
{
	t->total += count;
	if (t->last && t->last_from == from) {
		*t->last += count;
		return 0;
	}
	struct group_key k = {.from = from};
	if (add(&t->intervals, &k, count, COUNT_GROUPS_MAX, t->a, e))
		return -1;
	t->last = &find(&t->intervals, &k)->count;
	t->last_from = from;
	return 0;
}

int tabulation_add_group(struct tabulation *t, const struct group_key *k, int64_t count,
			 struct err *e)
{
	return add(&t->groups, k, count, t->most ? t->most : COUNT_GROUPS_MAX, t->a, e);
}

static int by_size(const void *va, const void *vb)
{
	const struct group_count *a = va, *b = vb;
	if (a->key.from != b->key.from)
		return a->key.from < b->key.from ? -1 : 1;
	if (a->count != b->count)
		return a->count > b->count ? -1 : 1;
	return memcmp(&a->key, &b->key, sizeof a->key);
}

/* Lets a group sink below those that stand behind it: the last of all stands at the top. */
static void sink(const struct group_count **v, size_t n, size_t at)
{
	for (size_t child; (child = 2 * at + 1) < n; at = child) {
		if (child + 1 < n && by_size(v[child + 1], v[child]) > 0)
			child++;
		if (by_size(v[child], v[at]) <= 0)
			return;
		const struct group_count *kept = v[at];
		v[at] = v[child];
		v[child] = kept;
	}
}

/* The first n of all: each further one takes the place of the last of those. */
static void choose(const struct group_table *t, const struct group_count **v, size_t n)
{
	size_t at = 0, many = 0;
	for (; many < n; at++)
		if (t->slots[at].count)
			v[many++] = &t->slots[at];
	for (size_t i = n / 2; i-- > 0;)
		sink(v, n, i);
	for (; at < t->cap; at++) {
		if (!t->slots[at].count || by_size(&t->slots[at], v[0]) >= 0)
			continue;
		v[0] = &t->slots[at];
		sink(v, n, 0);
	}
}

struct group_count *tabulation_groups(struct tabulation *t, size_t most, struct err *e)
{
	const size_t n = t->groups.n < most ? t->groups.n : most;
	struct group_count *out = arena_array(t->a, n, sizeof *out);
	const struct group_count **v = arena_array(t->a, n, sizeof *v);
	if (!out || !v) {
		arena_full(e);
		return NULL;
	}
	if (n)
		choose(&t->groups, v, n);
	for (size_t i = 0; i < n; i++)
		out[i] = *v[i];
	if (n)
		qsort(out, n, sizeof *out, by_size);
	return out;
}

int64_t tabulation_of_group(struct tabulation *t, const struct group_key *k)
{
	return t->groups.cap ? find(&t->groups, k)->count : 0;
}

int64_t tabulation_of_interval(struct tabulation *t, day_t from)
{
	return find(&t->intervals, &(struct group_key){.from = from})->count;
}
