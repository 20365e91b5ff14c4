/* A hash table from 64-bit keys to small numbers, filled once and then only read. Keys are hashes
 * already; 0 is no key. One thread while it is filled, any thread afterwards. */
#ifndef DEMARCHE_EXTRACT_TABLES_MAP_H
#define DEMARCHE_EXTRACT_TABLES_MAP_H

#include "base/arena.h"

struct map_slot {
	uint64_t key;
	uint32_t value;
};

struct map {
	struct map_slot *slots;
	size_t n, cap; /* cap is a power of two or 0 */
};

#define MAP_NONE UINT32_MAX

/* Room for a key: its value, MAP_NONE when it is new; NULL when the arena is full. The pointer
 * holds until the next call. */
uint32_t *map_at(struct map *m, uint64_t key, struct arena *a);

static inline uint32_t map_get(const struct map *m, uint64_t key)
{
	if (m->cap == 0)
		return MAP_NONE;
	for (size_t i = (size_t)(key ^ (key >> 32)) & (m->cap - 1);; i = (i + 1) & (m->cap - 1)) {
		if (m->slots[i].key == key)
			return m->slots[i].value;
		if (m->slots[i].key == 0)
			return MAP_NONE;
	}
}

#endif
