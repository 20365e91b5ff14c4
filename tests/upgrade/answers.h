/* What a released program answered of the rows that tests/upgrade/record had it make, and what is
 * answered of them now. */
#ifndef DEMARCHE_TESTS_UPGRADE_ANSWERS_H
#define DEMARCHE_TESTS_UPGRADE_ANSWERS_H

#include "tests/conformance/fixture.h"

/* Fails unless the store, which was opened for writing, answers as that release did, finds no fault
 * in itself, and takes a new article. */
void answers_same(struct fixture *f, const char *release);

#endif
