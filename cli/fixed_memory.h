/* The fixed part of the process's memory: what is there before any request, and what caches may
 * grow to. */
#ifndef DEMARCHE_CLI_FIXED_MEMORY_H
#define DEMARCHE_CLI_FIXED_MEMORY_H

#include "base/budget.h"
#include "cli/options.h"

/* Sets the bound of `m` by --memory and takes the fixed part of it for good, once engine and store
 * are open. 0, or -1 with *e (ERR_INPUT, with the numbers) when what is left is too little to serve
 * with. */
int fixed_memory_reserve(struct memory *m, const struct options *o, struct err *e) MUST_CHECK;
/* Read handles that the store is opened with: one a worker, and one for the threads that look now
 * and then. */
int fixed_memory_readers(const struct options *o);

#endif
