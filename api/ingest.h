/* What an article goes through between its decoding and its writing. Any thread. */
#ifndef DEMARCHE_API_INGEST_H
#define DEMARCHE_API_INGEST_H

#include "api/http.h"
#include "db/store.h"

/* What is left to be done of an article: */
enum ingest_step {
	INGEST_READ,   /* ingest_read, then submit it: the text is new, as far as can be seen */
	INGEST_SUBMIT, /* submit it as it is: the text is stored, this source of it is not */
	INGEST_DONE,   /* nothing */
};

/* First its time of arrival, its digest, and whether the store has its text already, which takes
 * microseconds: if so w->id and w->article.statement_count are the stored article's as if the write
 * had been done. Otherwise the writer decides whether the text is new, since the same may be on its
 * way twice. 0, or -1 with *e: the errors of reading. */
int ingest_look_up(const struct api *api, struct write *w, struct arena *a, enum ingest_step *next,
		   struct err *e) MUST_CHECK;
/* Then its statements, found with the issues in force (issue_registry.h), which takes milliseconds:
 * long work (http.h). What is found lives in `a`. 0, or -1 with *e: the errors of engine_extract.
 */
int ingest_read(const struct api *api, struct write *w, struct arena *a, struct err *e) MUST_CHECK;
/* The memory that reading a text of so many bytes takes, by experience: hardly ever more. */
size_t ingest_bytes(const struct arena *a, size_t text);

#endif
