/* Articles read for the process that writes: what `demarche work` does (db/reading_queue.h). */
#ifndef DEMARCHE_API_READING_WORK_H
#define DEMARCHE_API_READING_WORK_H

#include "api/http.h"

enum work_result {
	WORK_NONE, /* nothing is to be read: ask again after a while */
	WORK_DONE,
	WORK_FAILED, /* with *e; what was lent is given back, or lapses. ERR_INPUT: for good */
};

/* Borrows some articles for so long, finds their statements, and hands these in; *read goes up by
 * each. The queue and the budget are this thread's; the budget counts anew for each article, and
 * when it is cancelled what is not read is given back. The store is one for reading. */
enum work_result reading_work_step(const struct api *api, struct reading_queue *q,
				   struct budget *budget, int64_t for_ms, size_t *read,
				   struct err *e) MUST_CHECK;

#endif
