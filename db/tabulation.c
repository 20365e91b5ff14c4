/* Two hash tables, of groups and of intervals. */
#include "db/tabulation.h"

#include <stdlib.h>
#include <string.h>

#include "db/count.h"

enum { KEY_WORDS = sizeof(struct group_key) / sizeof(uint64_t) };

/* By words, each multiplied by another odd number, one of them Fibonacci's hashing: a million rows
 * a question are hashed. */
static uint32_t hash_of(const struct group_key *k)
{
	static const uint64_t odd[KEY_WORDS] = {
		UINT64_C(0x9E3779B97F4A7C15), UINT64_C(0xBF58476D1CE4E5B9),
		UINT64_C(0x94D049BB133111EB), UINT64_C(0xD6E8FEB86659FD93)};
	uint64_t words[KEY_WORDS], h = 0;
	_Static_assert(sizeof words == sizeof *k, "whole words");
	memcpy(words, k, sizeof words);
	for (size_t i = 0; i < KEY_WORDS; i++)
		h ^= words[i] * odd[i] >> 13 | words[i] * odd[i] << 51;
	return (uint32_t)(h ^ h >> 32);
}

/* The slot of a key with this hash, or the free one where it belongs. */
static struct group_slot *find(const struct group_table *t, const struct group_key *k,
			       uint32_t hash)
{
	size_t at = hash & (t->cap - 1);
	while (t->slots[at].number &&
	       (t->slots[at].hash != hash ||
		memcmp(&t->v[t->slots[at].number - 1].key, k, sizeof *k) != 0))
		at = (at + 1) & (t->cap - 1);
	return &t->slots[at];
}

static int grow(struct group_table *t, struct arena *a, struct err *e)
{
	enum { LEAST = 256 };
	const size_t cap = t->cap ? t->cap * 2 : LEAST;
	struct group_slot *slots = arena_array(a, cap, sizeof *slots);
	if (!slots)
		return arena_full(e);
	for (size_t i = 0; i < t->cap; i++) {
		size_t at = t->slots[i].hash & (cap - 1);
		if (!t->slots[i].number)
			continue;
		while (slots[at].number)
			at = (at + 1) & (cap - 1);
		slots[at] = t->slots[i];
	}
	t->slots = slots;
	t->cap = cap;
	return 0;
}

static int add(struct group_table *t, const struct group_key *k, int64_t count, size_t most,
	       struct arena *a, struct err *e)
{
	if (t->n * 2 >= t->cap && grow(t, a, e))
		return -1;
	const uint32_t hash = hash_of(k);
	struct group_slot *slot = find(t, k, hash);
	if (slot->number) {
		t->v[slot->number - 1].count += count;
		return 0;
	}
	if (arena_grow(a, (void **)&t->v, &t->room, t->n + 1, sizeof *t->v))
		return arena_full(e);
	t->v[t->n++] = (struct group_count){*k, count};
	*slot = (struct group_slot){hash, (uint32_t)t->n};
	if (t->n > most)
		return err_set(e, ERR_INPUT, "by",
			       "there are more than %zu groups; count by less, or narrow the "
			       "question",
			       most);
	return 0;
}

/* NULL: no such group. */
static int64_t *count_of(const struct group_table *t, const struct group_key *k)
{
	const uint32_t number = t->cap ? find(t, k, hash_of(k))->number : 0;
	return number ? &t->v[number - 1].count : NULL;
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
	t->last = count_of(&t->intervals, &k);
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
	for (size_t i = 0; i < n; i++)
		v[i] = &t->v[i];
	for (size_t i = n / 2; i-- > 0;)
		sink(v, n, i);
	for (size_t i = n; i < t->n; i++) {
		if (by_size(&t->v[i], v[0]) >= 0)
			continue;
		v[0] = &t->v[i];
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
	const int64_t *count = count_of(&t->groups, k);
	return count ? *count : 0;
}

int64_t tabulation_of_interval(struct tabulation *t, day_t from)
{
	const int64_t *count = count_of(&t->intervals, &(struct group_key){.from = from});
	return count ? *count : 0;
}
