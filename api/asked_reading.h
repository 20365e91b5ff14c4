/* Which reading of a phrase is taken (query/phrase.h): the store says what each finds. */
#ifndef DEMARCHE_API_ASKED_READING_H
#define DEMARCHE_API_ASKED_READING_H

#include "api/asked.h"

/* Reads the phrase, if there is one, by the first reading that finds something (when none does, the
 * likeliest), and looks names up. 0, or -1 with *e. */
int asked_interpret(struct request *rq, struct reader *r, struct asked *k,
		    struct err *e) MUST_CHECK;

#endif
