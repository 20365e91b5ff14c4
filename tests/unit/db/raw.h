/* What the tests of db/sqlite share beyond the suite of the contract: SQL past the store, as
 * another program would run it. */
#ifndef DEMARCHE_TESTS_DB_RAW_H
#define DEMARCHE_TESTS_DB_RAW_H

#include "tests/conformance/fixture.h"

void raw_sql(const char *path, const char *sql);
/* Makes the rows of a closed store what schema 4 has: records of version 1, which are without the
 * positions on issues, and packed fields of 44 bits. The statements may have one issue at most. */
void raw_make_old(const char *path);
/* The one integer that the text gives. */
int64_t raw_number(const char *path, const char *text);

#endif
