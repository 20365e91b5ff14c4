/* Compression of bodies. */
#ifndef DEMARCHE_SERVER_GZIP_H
#define DEMARCHE_SERVER_GZIP_H

#include "base/budget.h"
#include "base/str.h"

/* Is the coding ("gzip") taken, by the value of Accept-Encoding? "gzip", "gzip;q=0.5", "*": yes;
 * "gzip;q=0": no. */
bool coding_is_accepted(struct str accept_encoding, struct str name);
/* The body compressed to *n bytes, which the caller frees, and gives back to `m`. NULL when that
 * gains nothing or memory lacks: then nothing is taken. */
char *gzip_pack(struct str body, struct memory *m, size_t *n) MUST_CHECK;

#endif
