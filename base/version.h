/* Versions as Semantic Versioning 2.0.0 orders them: "1.2.0-rc.1" comes before "1.2.0"; what
 * follows "+" does not count. */
#ifndef DEMARCHE_BASE_VERSION_H
#define DEMARCHE_BASE_VERSION_H

#include "base/str.h"

/* Below 0, 0 or above 0 as `a` is older than `b`, as new, or newer. "" is older than all else; a
 * missing number is 0. */
int version_compare(struct str a, struct str b);

#endif
