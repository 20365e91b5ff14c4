/* What an article goes through between its decoding and its writing. Any thread. */
#ifndef DEMARCHE_API_INGEST_H
#define DEMARCHE_API_INGEST_H

#include "api/http.h"
#include "db/store.h"

/* First its time of arrival, its digest, and whether the store has its text already, which takes
 * microseconds: then *is_known is set, w->id and w->article.statement_count are the stored
 * article's as if the write had been done, and nothing is left to submit. Otherwise the writer
 * decides whether the text is new, since the same may be on its way twice. 0, or -1 with *e: the
 * errors of reading. */
int ingest_look_up(const struct api *api, struct write *w, struct arena *a, bool *is_known,
		   struct err *e) MUST_CHECK;
/* Then its statements, found with the issues in force (issue_registry.h), which takes milliseconds:
 * long work (http.h). What is found lives in `a`. 0, or -1 with *e: the errors of engine_extract.
 */
int ingest_read(const struct api *api, struct write *w, struct arena *a, struct err *e) MUST_CHECK;
/* The memory that reading a text of so many bytes takes, by experience: hardly ever more. */
size_t ingest_bytes(const struct arena *a, size_t text);

#endif
