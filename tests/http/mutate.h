/* Articles as nobody wrote them: texts of the test cases, cut, spliced, and with what odd
 * keyboards, scripts and programs leave in texts. A number always gives the same text (while the
 * cases stay as they are), so that one that fails can be made again. */
#ifndef DEMARCHE_TESTS_HTTP_MUTATE_H
#define DEMARCHE_TESTS_HTTP_MUTATE_H

#include "base/buf.h"

struct seeds;

/* Reads the texts of tests/cases under the current folder; fails the Check test when they are not
 * there. */
struct seeds *seeds_open(void);
void seeds_close(struct seeds *s);
/* Appends mutant `number`: well-formed UTF-8, not blank, at most some 2 kB. */
void mutant_text(const struct seeds *s, uint64_t number, struct buf *out);

#endif
