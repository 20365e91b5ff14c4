/* Days that have a name, of data/feasts.tsv: "Christmas Eve", "Good Friday", "Election Day". For
 * extract/time/ alone. */
#ifndef DEMARCHE_EXTRACT_TIME_FEASTS_H
#define DEMARCHE_EXTRACT_TIME_FEASTS_H

#include "base/date.h"
#include "extract/text/text.h"

struct feasts;
struct feast;

/* NULL with *e set when the table is damaged. Immutable once open; any thread may read it. */
struct feasts *feasts_open(struct err *e) MUST_CHECK;
void feasts_close(struct feasts *f); /* NULL is allowed */

/* The feast whose name starts at a token and the last token of it, or NULL. Every word but the
 * small ones must have a capital. */
const struct feast *feasts_match(const struct feasts *f, const struct text *t, uint32_t token,
				 uint32_t *last);
/* Its day in a year; DAY_NONE where the year has none. Pure. */
day_t feast_day(const struct feast *feast, int year);

#endif
