/* Issues found again for stored statements, some articles at a time (db/edit.h). */
#ifndef DEMARCHE_API_REISSUE_H
#define DEMARCHE_API_REISSUE_H

#include "api/http.h"

enum reissue_result {
	REISSUE_IDLE, /* nothing is left to do */
	REISSUE_MORE,
	REISSUE_FAILED, /* with *e; what was done stays done */
};

/* Reads the next articles again and writes what it finds, as one write among others. One thread; waits for the writer. */
enum reissue_result reissue_step(const struct api *api, struct err *e) MUST_CHECK;

#endif
