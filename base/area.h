/* Memory of a fixed size, of which pieces of any size are taken and given back in any order: for
 * what a cache keeps. In the heap its pieces, which come and go at random, would lie between those
 * of requests, and the holes that they leave take half as much again; here a cache takes its bound
 * and no more. Where no hole is large enough, its owner gives back some more. Pieces are whole
 * units. One thread at a time. */
#ifndef DEMARCHE_BASE_AREA_H
#define DEMARCHE_BASE_AREA_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct area {
	char *start;
	uint64_t *used; /* a bit a unit */
	size_t unit, units;
	size_t low;   /* all units below are used */
	size_t lacks; /* no hole has as many units: what is full is not searched each time */
};

/* `unit` is a multiple of 16, at most a page. Memory is the kernel's until it is first used. -1
 * when there is none; to be released in either case. */
int area_init(struct area *a, size_t bytes, size_t unit) MUST_CHECK;
/* Pieces need not be back. */
void area_release(struct area *a);
/* What a piece of n bytes takes. */
size_t area_bytes(const struct area *a, size_t n);
/* The first hole that is large enough, aligned for any type; NULL when there is none. */
void *area_take(struct area *a, size_t n);
/* p of area_take, for the same n. */
void area_give(struct area *a, void *p, size_t n);

#endif
