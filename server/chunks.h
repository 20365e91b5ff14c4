/* The lines between the pieces of a chunked body, which the HTTP library (0.9.75) reads and does
 * not show: it takes a bare LF for their end, where others read on (RFC 9112, 7.1). They can be
 * seen where they lie, in the library's buffer before the piece that they announce. What arrives
 * apart from the piece after it (a line in a packet of its own, the last chunk, trailers) cannot.
 */
#ifndef DEMARCHE_SERVER_CHUNKS_H
#define DEMARCHE_SERVER_CHUNKS_H

#include "base/str.h"

struct chunks {
	const char *start; /* of the buffer, where what arrives is put */
	const char *end;   /* of the last piece; NULL before the first */
};

/* True when a line before this piece ends in a line feed alone. `max`: the size of the buffer. */
bool chunks_have_bare_lf(struct chunks *c, struct str piece, size_t max);

#endif
