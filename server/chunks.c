/* A pass of the library over its buffer begins at the buffer's start with what it has not used yet:
 * the rest of a chunk, whose piece lies at the start, or whole lines, after which the piece lies.
 */
#include "server/chunks.h"

#include <stdint.h>

bool chunks_have_bare_lf(struct chunks *c, struct str piece, size_t max)
{
	uintptr_t start = (uintptr_t)c->start, at = (uintptr_t)piece.p, last = (uintptr_t)c->end;
	bool has_bare_lf = false;
	if (c->start && at >= start && at - start < max) {
		/* What was handed out before in this pass is no line. Where that was another pass,
		 * less of the lines is seen. */
		const char *p = last > start && last <= at ? c->end : c->start;
		for (; p < piece.p; p++)
			has_bare_lf |= *p == '\n' && (p == c->start || p[-1] != '\r');
	}
	c->end = piece.p + piece.n;
	return has_bare_lf;
}
