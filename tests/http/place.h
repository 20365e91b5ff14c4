/* A folder of a test's own for a database and what lies beside it. Failures fail the test. */
#ifndef DEMARCHE_TESTS_HTTP_PLACE_H
#define DEMARCHE_TESTS_HTTP_PLACE_H

#include "tests/http/client.h"

struct place {
	char folder[64], db[96],
		copy[96]; /* names of two databases in it, of which neither is there yet */
};

void place_make(struct place *p);
void place_remove(const struct place *p); /* with all that is in it */
/* Ends the service; `demarche check` then finds nothing wrong with its database. */
void place_stop(const struct place *p, struct server *s);

#endif
