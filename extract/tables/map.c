/* Open addressing with linear probing; doubled when half full. */
#include "extract/tables/map.h"

static struct map_slot *find(struct map_slot *slots, size_t cap, uint64_t key)
{
	size_t i = (size_t)(key ^ (key >> 32)) & (cap - 1);
	while (slots[i].key != 0 && slots[i].key != key)
		i = (i + 1) & (cap - 1);
	return &slots[i];
}

static int map_grow(struct map *m, struct arena *a)
{
	size_t cap = m->cap ? m->cap * 2 : 64;
	struct map_slot *slots = arena_array(a, cap, sizeof *slots);
	if (!slots)
		return -1;
	for (size_t i = 0; i < m->cap; i++)
		if (m->slots[i].key)
			*find(slots, cap, m->slots[i].key) = m->slots[i];
	m->slots = slots;
	m->cap = cap;
	return 0;
}

uint32_t *map_at(struct map *m, uint64_t key, struct arena *a)
{
	if (key == 0)
		key = 1;
	if ((m->n + 1) * 2 > m->cap && map_grow(m, a) < 0)
		return NULL;
	struct map_slot *s = find(m->slots, m->cap, key);
	if (s->key == 0) {
		*s = (struct map_slot){key, MAP_NONE};
		m->n++;
	}
	return &s->value;
}
