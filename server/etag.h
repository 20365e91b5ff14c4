/* Validators of bodies (RFC 9110, 8.8.3). */
#ifndef DEMARCHE_SERVER_ETAG_H
#define DEMARCHE_SERVER_ETAG_H

#include "base/str.h"

enum { ETAG_ROOM = 64 };

/* The weak tag of a body by its hash, such as W/"0123456789abcdef", or W/"12-0123456789abcdef" with
 * its version (0: none), for If-Match. */
void etag_of(uint64_t hash, int64_t version, char tag[ETAG_ROOM]);
/* Is the tag in the value of If-None-Match, where "*" stands for any? Weak comparison (RFC 9110,
 * 13.1.2). */
bool etag_is_listed(struct str if_none_match, struct str tag);

#endif
