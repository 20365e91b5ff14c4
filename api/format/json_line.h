/* A line of text in JSON. */
#ifndef DEMARCHE_API_FORMAT_JSON_LINE_H
#define DEMARCHE_API_FORMAT_JSON_LINE_H

#include <jansson.h>

#include "base/arena.h"

/* A line of text that says something: trimmed, of at most so many code points, without control
 * characters. 0, or -1 with *e (ERR_INPUT) naming the member. */
int line_decode(const char *name, const json_t *v, size_t max_points, struct arena *a,
		struct str *out, struct err *e) MUST_CHECK;

#endif
