/* Files of cases, read whole. */
#ifndef DEMARCHE_TESTS_CASE_FILE_H
#define DEMARCHE_TESTS_CASE_FILE_H

#include "base/arena.h"
#include "base/model.h"

/* Fails the test when the file cannot be read. The bytes live in the arena. */
struct str case_file_read(struct arena *a, const char *path);

/* What holds of every statement, else the test fails: spans lie in the text, in order, and there is
 * a content and a confidence. */
void case_check_spans(const struct statement *s, struct str text);

#endif
