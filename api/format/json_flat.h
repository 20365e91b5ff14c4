/* Reads a flat JSON object, whose values are strings or null, as every sound article is: jansson,
 * which looks at each byte several times, took a third of what a post costs. Whatever is not as
 * flat, or not right, is left to jansson to read or to refuse. */
#ifndef DEMARCHE_API_FORMAT_JSON_FLAT_H
#define DEMARCHE_API_FORMAT_JSON_FLAT_H

#include "base/arena.h"

struct json_member {
	struct str name, value; /* in the arena */
	bool is_null;
};

/* The members in the order of the text, no name twice; `json` is well-formed UTF-8. False when it
 * is anything else, has more than `max` members, or U+0000 or half a surrogate pair in a string, or
 * memory is out. */
bool json_flat_read(struct str json, struct arena *a, struct json_member *v, size_t max, size_t *n);

#endif
