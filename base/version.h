/* The version of the program, and the order of versions by Semantic Versioning 2.0.0: "1.2.0-rc.1"
 * comes before "1.2.0"; what follows "+" does not count. */
#ifndef DEMARCHE_BASE_VERSION_H
#define DEMARCHE_BASE_VERSION_H

#include "base/str.h"

/* One version for all. The engine's is that of the program without the last number: raised where
 * the same article could give other statements, so that stored articles are read again then, and
 * not after a release that mends something else. openapi.yaml repeats it; a test compares. */
#define ENGINE_VERSION	"0.15"
#define PROGRAM_VERSION ENGINE_VERSION ".0"

/* Below 0, 0 or above 0 as `a` is older than `b`, as new, or newer. "" is older than all else; a
 * missing number is 0. */
int version_compare(struct str a, struct str b);

#endif
