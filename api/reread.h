/* Stored articles read again (db/reread.h), one at a time, so that what is stored is what the
 * engine says now with the issues in force. */
#ifndef DEMARCHE_API_REREAD_H
#define DEMARCHE_API_REREAD_H

#include "api/http.h"

enum reread_result {
	REREAD_IDLE, /* nothing is left to do, or nobody wants it any more */
	REREAD_MORE,
	REREAD_LENT,   /* others read, or are about to: look again soon */
	REREAD_FAILED, /* with *e; the article is as it was, and comes again */
};

/* Takes over what other processes found (api->queue), or, where none of them reads or waits for
 * articles, reads the next stale one itself, and writes it as one write among others. One
 * thread; waits for the writer, and holds no reader while the engine works. The budget counts anew
 * for each article: one that needs more tokens or time is refused for good, one that lacks memory
 * fails and comes again, and when the budget is cancelled nothing is written. */
enum reread_result reread_step(const struct api *api, struct budget *budget,
			       struct err *e) MUST_CHECK;

#endif
