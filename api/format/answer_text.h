/* From the document of GET /v1/query to lines a person reads at a terminal. */
#ifndef DEMARCHE_API_FORMAT_ANSWER_TEXT_H
#define DEMARCHE_API_FORMAT_ANSWER_TEXT_H

#include "base/buf.h"
#include "base/err.h"

/* Appends to *out. -1 with *e: ERR_INTERNAL (no such document), ERR_TOO_LARGE. Any thread. */
int answer_text(struct str json, struct buf *out, struct err *e) MUST_CHECK;

#endif
