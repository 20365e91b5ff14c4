/* Memory for programs that cannot go on without it. */
#ifndef DEMARCHE_TRAIN_ROOM_H
#define DEMARCHE_TRAIN_ROOM_H

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"

/* Zeroed room for n values; ends the process when the arena is full. */
static inline void *room_for(struct arena *a, size_t n, size_t size)
{
	void *p = arena_array(a, n, size);
	if (!p) {
		fprintf(stderr, "memory is used up\n");
		exit(1);
	}
	return p;
}

/* The same from the heap, to be freed. */
static inline void *room(size_t n, size_t size)
{
	void *p = calloc(n, size);
	if (!p) {
		fprintf(stderr, "out of memory\n");
		exit(1);
	}
	return p;
}

#endif
