/* "Did you mean": the nearest of several names, and how a message quotes what a client sent. Any
 * thread. */
#ifndef DEMARCHE_BASE_NEAREST_H
#define DEMARCHE_BASE_NEAREST_H

#include "base/str.h"

struct nearest {
	struct str word, best; /* best.n == 0: none is near */
	size_t least;
};

/* Near is within two edits or a third of the length, as in base/terms.h. */
struct nearest nearest_start(struct str word);
void nearest_try(struct nearest *n, struct str candidate);

/* The first 48 bytes at most, cut between characters: enough to recognize what was sent, within an
 * error's field. */
struct str str_clip(struct str s);

#endif
