/* What the engine found in an article as one blob, for a process that writes it to take it over
 * from one that read it: all that the engine fills in (base/model.h), actors and issues once each.
 * It goes from a program to another of the same version: its first bytes tell that. */
#ifndef DEMARCHE_DB_PACKED_EXTRACTION_H
#define DEMARCHE_DB_PACKED_EXTRACTION_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/model.h"

/* Appends the blob; *out fails where memory runs out. */
void extraction_pack(const struct extraction *x, struct arena *a, struct buf *out);
/* Strings are views of `blob`, the rest lives in the arena. 0, or -1 with *e: ERR_DB (another
 * version's, or damaged: every length is checked), ERR_TOO_LARGE. */
int extraction_unpack(struct str blob, struct arena *a, struct extraction *out,
		      struct err *e) MUST_CHECK;

#endif
