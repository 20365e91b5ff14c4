/* Who holds a post of a country ("the French president") found by words beside statements: who
 * speaks for another country is not meant. Lives as long as the request. */
#ifndef DEMARCHE_API_ASKED_OFFICE_H
#define DEMARCHE_API_ASKED_OFFICE_H

#include "api/asked.h"

/* Takes `p`, a reading that looks for a post and its owner near statements, without the speakers of
 * other countries. 0, or -1 with *e. */
int asked_office(struct request *rq, struct reader *r, struct asked *k, struct phrase *p,
		 struct err *e) MUST_CHECK;

/* The country whose post a reading tells; "" where it tells none, or its owner is no country. */
int asked_office_country(struct asked *k, const struct phrase *p, struct str *country,
			 struct err *e) MUST_CHECK;

#endif
