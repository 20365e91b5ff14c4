/* What persons decided of statements, as lines of JSON to learn from: of each text a line with its
 * words, then a line for each decision on it, in the form of the coded corpus (corpus/README.md).
 */
#ifndef DEMARCHE_CLI_LABEL_LINES_H
#define DEMARCHE_CLI_LABEL_LINES_H

#include "db/edit.h"

/* To standard output. *orphans: decisions that fit no text that is stored, which are left out. 0,
 * or -1 with *e. */
int label_lines_print(struct reader *r, size_t *orphans, struct err *e) MUST_CHECK;

#endif
