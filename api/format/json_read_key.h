/* A read key as JSON, and what one is made of. */
#ifndef DEMARCHE_API_FORMAT_JSON_READ_KEY_H
#define DEMARCHE_API_FORMAT_JSON_READ_KEY_H

#include "api/format/json_write.h"
#include "base/arena.h"
#include "db/read_key.h"

/* Members: name, sites (origins as "https://example.org"). 0, or -1 with *e: ERR_INPUT (e->field
 * names the member), ERR_TOO_LARGE. Any thread. */
int read_key_decode(struct str json, struct arena *a, struct read_key *out,
		    struct err *e) MUST_CHECK;
/* The members of an object that is open. */
void read_key_members(struct jw *j, const struct read_key *k);

#endif
