/* Some members of a JSON object that is written already. Any thread. */
#ifndef DEMARCHE_API_FORMAT_JSON_PICK_H
#define DEMARCHE_API_FORMAT_JSON_PICK_H

#include "base/buf.h"

/* Appends the object with those of its members of which the name is among the first n names and has
 * its bit (1u << number) set. The object is of our own writing: sound, without white space. */
void json_pick(struct buf *out, struct str object, const char *const *names, int n,
	       uint32_t wanted);

#endif
