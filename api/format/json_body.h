/* A request's body as JSON: the gates before the parser, and what is said of what does not fit. Any
 * thread. */
#ifndef DEMARCHE_API_FORMAT_JSON_BODY_H
#define DEMARCHE_API_FORMAT_JSON_BODY_H

#include <jansson.h>

#include "base/err.h"
#include "base/nearest.h"

enum {
	JSON_DEPTH_MAX = 32,	 /* jansson recurses: a deep body would use up a small stack */
	JSON_VALUES_MAX = 20000, /* a value of two bytes takes fifty: a large body of them would use
				    up the memory */
};

/* The object of a body, behind a byte order mark if there is one; json_decref it. NULL with *e set:
 * ERR_JSON for what is empty, not UTF-8, nested too deep, of too many values, not well formed, no
 * object, or has a member twice (then e->field names it). `wanted` says what would be right: "an
 * article is a JSON object with a ...". ERR_BUSY when memory ran out. */
json_t *json_body(struct str json, const char *wanted, struct err *e) MUST_CHECK;
/* Any JSON value, behind the same gates; json_decref it. NULL when it is none, whyever. */
json_t *json_any(struct str json);
/* Refuses a name that an object does not have: ERR_MEMBER, -1. `near` has tried all that it has;
 * where none is near, `known` says which there are: "an actor has ...". `noun` is "member" or
 * "field". */
int json_unknown(const struct nearest *near, const char *noun, const char *known, struct err *e);
/* "a string", "null", ... */
const char *json_type_word(const json_t *v);

#endif
