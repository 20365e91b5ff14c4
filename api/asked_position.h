/* A position is asked of an issue, or of what it is on in the words of the text: who opposes
 * "empty promises" in a statement that mentions sanctions does not oppose these. */
#ifndef DEMARCHE_API_ASKED_POSITION_H
#define DEMARCHE_API_ASKED_POSITION_H

#include "api/asked.h"

/* Takes the reading of k->phrase by which the position is on what is asked about, where that is
 * words that stand near; k->mentions is the reading without that, and where nothing takes the
 * position without the position. `own`, `n`: statements that the likeliest reading finds, and that
 * k->phrase does, counted to a few. 0, or -1 with *e. */
int asked_position(struct request *rq, struct reader *r, struct asked *k, size_t own, size_t n,
		   struct err *e) MUST_CHECK;

#endif
