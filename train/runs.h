/* The words by which spans are compared, whatever an engine's own tokens are: \w+|[^\w\s] as Python
 * reads it, over Unicode; and runs of them. */
#ifndef DEMARCHE_TRAIN_RUNS_H
#define DEMARCHE_TRAIN_RUNS_H

#include "base/arena.h"
#include "base/model.h"

struct piece {
	struct span points; /* of the text */
	size_t byte, byte_end;
};

struct pieces {
	struct str text;
	struct piece *v;
	size_t n;
};

/* Pieces first to end, half-open. */
struct run {
	uint32_t first, end;
};

/* In rising order, neither overlapping nor touching. */
struct runs {
	struct run *v;
	size_t n;
};

/* Each ends the process when the arena is full. The text is well-formed UTF-8 and must outlive the
 * pieces. */
struct pieces pieces_of(struct str text, struct arena *a);
/* The pieces that share a character with the spans, which may overlap and stand in any order. */
struct runs runs_of(const struct pieces *p, struct spans spans, struct arena *a);

bool runs_equal(struct runs a, struct runs b);
/* Pieces in them, and in both. */
uint32_t runs_size(struct runs r);
uint32_t runs_shared(struct runs a, struct runs b);

/* How much of it stands in double quotation marks: nothing, or no mark at all; less than half of
 * its pieces; half or more. */
enum directness { INDIRECT, MIXED, FULL };
enum directness runs_directness(const struct pieces *p, struct runs r);

#endif
