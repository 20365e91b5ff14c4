/* What an article goes through between its decoding and its writing. Any thread. */
#ifndef DEMARCHE_API_INTAKE_H
#define DEMARCHE_API_INTAKE_H

#include "api/http.h"
#include "db/store.h"

/* Makes w->article ready to be stored: its time of arrival and its statements, found with the issues in force (issue_set.h).
 * A text that the store has already is not read again: then *is_known is set, w->id and w->article.statement_count are the
 * stored article's as if the write had been done, and nothing is left to submit. Otherwise the writer is the one to tell
 * whether the text is new, since the same may be on its way twice. What is found lives in `a`. 0, or -1 with *e: the errors of
 * engine_extract and of reading. */
int intake(const struct api *api, struct write *w, struct arena *a, bool *is_known, struct err *e) MUST_CHECK;

#endif
