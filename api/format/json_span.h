/* Spans as a client gives them: as offsets, or by their exact text. */
#ifndef DEMARCHE_API_FORMAT_JSON_SPAN_H
#define DEMARCHE_API_FORMAT_JSON_SPAN_H

#include <jansson.h>

#include "base/arena.h"
#include "base/model.h"

/* `v` is a list of spans, or one: [start, end], "exact text", or {exact, prefix?, suffix?, start?}.
 * Text that stands in `text` more than once is one of these by what stands before and after it, or
 * by where it starts. At most `most` spans, rising and not overlapping when they are sorted. `name`
 * is the member's. 0, or -1 with *e (ERR_INPUT). */
int spans_decode(const json_t *v, const char *name, struct str text, size_t most, struct arena *a,
		 struct spans *out, struct err *e) MUST_CHECK;

#endif
