/* What the targets of phrases and parameters share: the way back from a
 * question's canonical form. */
#ifndef DEMARCHE_TESTS_FUZZ_QUESTIONS_H
#define DEMARCHE_TESTS_FUZZ_QUESTIONS_H

#include "api/query/parameters.h"

/* Reads the canonical form of `q`, a question about statements, again: the same conditions, the
 * same hash, the same form. Aborts where that is not so. */
void fuzz_check_canonical(const struct question *q, struct arena *a);

#endif
