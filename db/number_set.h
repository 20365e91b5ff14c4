/* Small numbers seen before: a bit each, in pages that are taken where numbers are. */
#ifndef DEMARCHE_DB_NUMBER_SET_H
#define DEMARCHE_DB_NUMBER_SET_H

#include "base/arena.h"

struct number_set {
	uint64_t **pages;
	size_t cap;
};

/* 1 the first time, 0 later, -1 when the arena, the same each time, is full. Numbers below 2^36. */
int number_set_add(struct number_set *s, uint64_t number, struct arena *a, struct err *e);

#endif
