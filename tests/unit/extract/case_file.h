/* Files of cases, read whole. */
#ifndef DEMARCHE_TESTS_CASE_FILE_H
#define DEMARCHE_TESTS_CASE_FILE_H

#include "base/arena.h"

/* Fails the test when the file cannot be read. The bytes live in the arena. */
struct str case_file_read(struct arena *a, const char *path);

#endif
