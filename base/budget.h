/* What one piece of work may use, and whether anybody still wants it: tokens of text, CPU time of
 * the thread that does it, memory that it shares with others. It hangs from the arena of the work
 * (base/arena.h), which every step has at hand. A long loop asks budget_allows now and then and
 * gives up as if the arena were full; whoever began the work then makes the error by budget_fail.
 *
 * One thread at a time, but for `cancelled` and `memory`, which any thread may touch. */
#ifndef DEMARCHE_BASE_BUDGET_H
#define DEMARCHE_BASE_BUDGET_H

#include <stdatomic.h>

#include "base/err.h"
#include "base/memory.h"

enum budget_end {
	BUDGET_LASTS,
	BUDGET_TOKENS,	 /* the text has more tokens than it may */
	BUDGET_CPU,	 /* the time is spent */
	BUDGET_MEMORY,	 /* others hold the memory, or the system has none: it may fit later */
	BUDGET_CANCELLED /* nobody wants it any more */
};

struct budget {
	size_t tokens_max;	      /* of one article; 0: no bound */
	int64_t cpu_max_ns;	      /* from the first ask after budget_start on; 0: no bound */
	const atomic_bool *cancelled; /* set by whoever loses interest; may be NULL */
	struct memory *memory;	      /* may be NULL */

	enum budget_end end;	  /* why it gave out; the first reason stays */
	int64_t certain_until_ns; /* now_monotonic_ns: before it no thread has spent so much */
	int64_t cpu_end_ns;	  /* on the clock of the thread that asks; 0: none has asked */
	size_t reserve;		  /* taken from the memory for this work and not used yet */
};

/* The time counts from here, on the calling thread. Whatever ended before lasts again. */
void budget_start(struct budget *b);
/* False once the time is spent or the work cancelled: some tens of nanoseconds to ask. NULL lasts
 * for ever. */
bool budget_allows(struct budget *b);
/* The same from within a loop of short steps, of which it asks at every 256th. */
static inline bool budget_allows_step(struct budget *b, size_t step)
{
	return step % 256 != 0 || budget_allows(b);
}
bool budget_allows_tokens(struct budget *b, size_t n);
/* Memory for the work: what was reserved first, then of the rest. False, and the budget ends by
 * BUDGET_MEMORY, when others hold it. NULL has no bound. budget_give gives it to all. */
bool budget_take(struct budget *b, size_t n) MUST_CHECK;
void budget_give(struct budget *b, size_t n);
/* Gives back what was taken for an allocation that the system then refused, and ends by
 * BUDGET_MEMORY. */
void budget_refused(struct budget *b, size_t n);
/* Takes beforehand the `n` bytes that the work is likely to need, if `keep` more would be left for
 * others; false, and the budget does not end, when they are not there. What is left of them goes
 * back by budget_unreserve. */
bool budget_reserve(struct budget *b, size_t n, size_t keep) MUST_CHECK;
void budget_unreserve(struct budget *b);
/* Turns an error of work whose budget ended by memory or by being cancelled into ERR_BUSY: the step
 * that failed may have called it something else. */
void budget_blame(const struct budget *b, struct err *e);
/* Sets *e by what ended: ERR_TOO_LARGE (tokens), ERR_COSTLY (time), ERR_BUSY (memory, cancelled);
 * where nothing did, or `b` is NULL, it was the arena's own bound: ERR_TOO_LARGE. Returns -1. */
int budget_fail(const struct budget *b, struct err *e);

#endif
