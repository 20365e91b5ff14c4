/* A list of all blocks that any snapshot may have, and a slot of the file for each that is kept. A
 * block that was changed by a newer transaction than a reader sees is not kept for that reader, nor
 * by it; nor is one of which it is not known whether the reader has it. */
#include "db/sqlite/block_cache.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* Of all columns a block has some 40 kB, of those that are asked for often 16; what is above the
 * room of a slot, or beyond the last one, four million statements, is read from its row. */
enum { SLOT_BYTES = 1 << 16, SLOTS_MAX = 1 << 12, NO_SLOT = -1 };

struct listed {
	int64_t first;
	int64_t changed; /* the last transaction that did, as far as it is known */
	int32_t slot;
	bool is_gone; /* that one dropped it */
};

struct slot {
	uint32_t holders;
	bool is_dropped; /* free as soon as nobody holds it */
	uint32_t n, used;
	unsigned columns; /* bits of those that are there */
	struct {
		uint32_t at, n;
	} column[BLOCK_COLUMNS];
};

struct block_cache {
	pthread_mutex_t lock; /* of all that follows but what the file holds */
	int fd;
	const char *map;
	bool knows_all;
	uint64_t changes; /* by others, when it learned of all blocks */
	struct listed *v; /* rising */
	size_t n, cap;
	struct slot slots[SLOTS_MAX];
	uint16_t free[SLOTS_MAX];
	size_t n_free, n_slots; /* given back; ever used */
};

static int open_file(const char *path)
{
	const size_t room = strlen(path) + sizeof "-blocks-XXXXXX";
	char *name = malloc(room);
	int fd = -1;
	if (name) {
		snprintf(name, room, "%s-blocks-XXXXXX", path);
		fd = mkstemp(name);
	}
	if (fd >= 0)
		unlink(name);
	free(name);
	return fd;
}

struct block_cache *block_cache_new(const char *path)
{
	struct block_cache *c = calloc(1, sizeof *c);
	void *map = MAP_FAILED;
	if (!c)
		return NULL;
	c->fd = open_file(path);
	if (c->fd >= 0)
		map = mmap(NULL, (size_t)SLOTS_MAX * SLOT_BYTES, PROT_READ, MAP_SHARED, c->fd, 0);
	if (map == MAP_FAILED) {
		if (c->fd >= 0)
			close(c->fd);
		free(c);
		return NULL;
	}
	c->map = map;
	pthread_mutex_init(&c->lock, NULL);
	return c;
}

void block_cache_free(struct block_cache *c)
{
	if (!c)
		return;
	munmap((void *)c->map, (size_t)SLOTS_MAX * SLOT_BYTES);
	close(c->fd);
	pthread_mutex_destroy(&c->lock);
	free(c->v);
	free(c);
}

/* --- the list, under the lock --- */

/* The place of the first that begins at or after `first`, or n. */
static size_t place_of(const struct block_cache *c, int64_t first)
{
	size_t from = 0, to = c->n;
	while (from < to) {
		const size_t middle = from + (to - from) / 2;
		if (c->v[middle].first < first)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

/* NULL: there is no memory for it, and so not all are known. */
static struct listed *list_block(struct block_cache *c, int64_t first)
{
	enum { LEAST = 64 };
	const size_t at = place_of(c, first);
	if (at < c->n && c->v[at].first == first)
		return &c->v[at];
	if (c->n == c->cap) {
		const size_t cap = c->cap ? 2 * c->cap : LEAST;
		struct listed *v = realloc(c->v, cap * sizeof *v);
		if (!v) {
			c->knows_all = false;
			return NULL;
		}
		c->v = v;
		c->cap = cap;
	}
	memmove(&c->v[at + 1], &c->v[at], (c->n++ - at) * sizeof *c->v);
	c->v[at] = (struct listed){.first = first, .slot = NO_SLOT};
	return &c->v[at];
}

static void let_go(struct block_cache *c, size_t slot)
{
	struct slot *s = &c->slots[slot];
	if (!s->holders && s->is_dropped)
		c->free[c->n_free++] = (uint16_t)slot;
}

static void drop_slot(struct block_cache *c, struct listed *l)
{
	if (l->slot == NO_SLOT)
		return;
	c->slots[l->slot].is_dropped = true;
	let_go(c, (size_t)l->slot);
	l->slot = NO_SLOT;
}

/* NULL: all are in use. */
static struct slot *take_slot(struct block_cache *c, struct listed *l, size_t n)
{
	if (l->slot == NO_SLOT) {
		if (!c->n_free && c->n_slots == SLOTS_MAX)
			return NULL;
		l->slot = (int32_t)(c->n_free ? c->free[--c->n_free] : c->n_slots++);
		c->slots[l->slot] = (struct slot){.n = (uint32_t)n};
	}
	return &c->slots[l->slot];
}

/* --- what the writer says --- */

void block_cache_note(struct block_cache *c, int64_t first, int64_t commit)
{
	if (!c)
		return;
	pthread_mutex_lock(&c->lock);
	struct listed *l = list_block(c, first);
	if (l) {
		l->changed = commit;
		l->is_gone = false;
		drop_slot(c, l);
	}
	pthread_mutex_unlock(&c->lock);
}

/* --- what readers ask --- */

bool block_cache_knows(struct block_cache *c, struct block_snapshot s)
{
	pthread_mutex_lock(&c->lock);
	const bool knows = c->knows_all && c->changes == s.changes;
	pthread_mutex_unlock(&c->lock);
	return knows;
}

bool block_cache_learn(struct block_cache *c, struct block_snapshot s, const int64_t *firsts,
		       size_t n)
{
	pthread_mutex_lock(&c->lock);
	const bool is_older = c->changes > s.changes;
	if (c->changes < s.changes) {
		for (size_t i = 0; i < c->n; i++) {
			c->v[i].is_gone = false;
			drop_slot(c, &c->v[i]);
		}
		c->changes = s.changes;
	}
	bool knows = !is_older;
	for (size_t i = 0; i < n && knows; i++)
		knows = list_block(c, firsts[i]);
	c->knows_all |= knows;
	pthread_mutex_unlock(&c->lock);
	return knows;
}

static void hold(struct block_cache *c, const struct listed *l, unsigned columns,
		 struct kept_block *k)
{
	struct slot *s = &c->slots[l->slot];
	if (columns & ~s->columns)
		return;
	s->holders++;
	k->held = (size_t)l->slot + 1;
	k->is_kept = true;
	k->n = s->n;
	for (int i = 0; i < BLOCK_COLUMNS; i++)
		k->columns[i] = columns >> i & 1
					? (struct str){c->map + (size_t)l->slot * SLOT_BYTES +
							       s->column[i].at,
						       s->column[i].n}
					: STR_EMPTY;
}

/* All of it will be read, here and there, but what stands on issues: of that the head, and what is
 * on a few of them. */
static void fetch_ahead(const struct kept_block *k)
{
	enum { LINE = 64, HEAD = 1536 };
	for (int i = 0; i < BLOCK_COLUMNS; i++) {
		const size_t n = k->columns[i].n, most = i == BLOCK_BY_ISSUE && n > HEAD ? HEAD : n;
		for (size_t at = 0; at < most; at += LINE)
			__builtin_prefetch(k->columns[i].p + at);
	}
}

static void give_back(struct block_cache *c, struct kept_block *k)
{
	if (k->held) {
		c->slots[k->held - 1].holders--;
		let_go(c, k->held - 1);
	}
	k->held = 0;
	k->is_kept = false;
}

/* Does what is known of a block hold for the snapshot? */
static bool holds_for(const struct block_cache *c, const struct listed *l, struct block_snapshot s)
{
	return l->changed <= s.commit && c->changes == s.changes;
}

/* The place of the block that is asked for, or NULL. */
static const struct listed *find_listed(const struct block_cache *c, struct block_snapshot s,
					int64_t at, bool up, size_t before)
{
	/* Mostly the one after that of before. */
	const size_t next = before + 1;
	const bool is_next = next < c->n && c->v[next - 1].first < at && c->v[next].first >= at;
	size_t place = is_next ? next : place_of(c, at);
	if (!up && !(place < c->n && c->v[place].first == at))
		place--; /* beyond all where it was the first */
	while (place < c->n && c->v[place].is_gone && holds_for(c, &c->v[place], s))
		place += up ? 1 : SIZE_MAX;
	return place < c->n ? &c->v[place] : NULL;
}

bool block_cache_find(struct block_cache *c, struct block_snapshot s, int64_t at, bool up,
		      unsigned columns, struct kept_block *k)
{
	pthread_mutex_lock(&c->lock);
	give_back(c, k);
	const struct listed *l = find_listed(c, s, at, up, k->place);
	if (l) {
		k->place = (size_t)(l - c->v);
		k->first = l->first;
		if (l->slot != NO_SLOT && holds_for(c, l, s))
			hold(c, l, columns, k);
	}
	pthread_mutex_unlock(&c->lock);
	if (k->is_kept)
		fetch_ahead(k);
	return l;
}

void block_cache_miss(struct block_cache *c, struct block_snapshot s, int64_t first)
{
	pthread_mutex_lock(&c->lock);
	const size_t place = place_of(c, first);
	struct listed *l = place < c->n ? &c->v[place] : NULL;
	if (l && l->first == first && holds_for(c, l, s))
		l->is_gone = true;
	pthread_mutex_unlock(&c->lock);
}

void block_cache_give_back(struct block_cache *c, struct kept_block *k)
{
	pthread_mutex_lock(&c->lock);
	give_back(c, k);
	pthread_mutex_unlock(&c->lock);
}

/* --- the newest --- */

int64_t block_cache_newest(struct block_cache *c, struct block_snapshot s)
{
	enum { SHARE = 16 };
	pthread_mutex_lock(&c->lock);
	const bool is_known = c->knows_all && c->changes == s.changes && c->n > 1;
	const int64_t first = is_known ? c->v[c->n - 1 - c->n / SHARE].first : 0;
	pthread_mutex_unlock(&c->lock);
	return first;
}

bool block_cache_is_unchanged(struct block_cache *c, struct block_snapshot s, int64_t below,
			      int64_t since)
{
	enum { SHARE = 8 };
	pthread_mutex_lock(&c->lock);
	const size_t n = place_of(c, below);
	bool is_unchanged = c->knows_all && c->changes == s.changes && c->n - n <= c->n / SHARE + 1;
	for (size_t i = 0; i < n && is_unchanged; i++)
		is_unchanged = c->v[i].changed <= since;
	pthread_mutex_unlock(&c->lock);
	return is_unchanged;
}

/* --- keeping --- */

/* Room for those of `columns` that the block's slot lacks: NULL where nothing is to be kept. */
static struct slot *make_room(struct block_cache *c, struct block_snapshot s, int64_t first,
			      const struct block *b, unsigned *columns, uint32_t *at)
{
	const size_t place = place_of(c, first);
	struct listed *l = place < c->n ? &c->v[place] : NULL;
	if (!l || l->first != first || !holds_for(c, l, s))
		return NULL;
	struct slot *slot = take_slot(c, l, b->n);
	if (!slot)
		return NULL;
	size_t need = 0;
	*columns &= ~slot->columns;
	for (int i = 0; i < BLOCK_COLUMNS; i++)
		need += *columns >> i & 1 ? b->columns[i].n : 0;
	if (!*columns || need > SLOT_BYTES - slot->used)
		return NULL;
	*at = slot->used;
	slot->used += (uint32_t)need;
	slot->holders++;
	return slot;
}

/* Written, not through the map: where the disk is full that says so. */
static bool write_columns(const struct block_cache *c, size_t slot, uint32_t at,
			  const struct block *b, unsigned columns)
{
	for (int i = 0; i < BLOCK_COLUMNS; i++) {
		const struct str v = columns >> i & 1 ? b->columns[i] : STR_EMPTY;
		if (v.n && pwrite(c->fd, v.p, v.n, (off_t)(slot * SLOT_BYTES + at)) != (ssize_t)v.n)
			return false;
		at += (uint32_t)v.n;
	}
	return true;
}

/* Another reader may have kept the same ones meanwhile. */
static void add_columns(struct slot *s, uint32_t at, const struct block *b, unsigned columns)
{
	for (int i = 0; i < BLOCK_COLUMNS; i++)
		if (columns >> i & 1) {
			s->column[i].at = at;
			s->column[i].n = (uint32_t)b->columns[i].n;
			at += (uint32_t)b->columns[i].n;
		}
	s->columns |= columns;
}

void block_cache_keep(struct block_cache *c, struct block_snapshot s, int64_t first,
		      const struct block *b, unsigned columns)
{
	uint32_t at;
	pthread_mutex_lock(&c->lock);
	struct slot *slot = make_room(c, s, first, b, &columns, &at);
	pthread_mutex_unlock(&c->lock);
	if (!slot)
		return;
	const size_t number = (size_t)(slot - c->slots);
	const bool is_written = write_columns(c, number, at, b, columns);
	pthread_mutex_lock(&c->lock);
	if (is_written)
		add_columns(slot, at, b, columns);
	slot->holders--;
	let_go(c, number);
	pthread_mutex_unlock(&c->lock);
}
