/* Sources that are several: "China and the United States", "Ann Lee, Bob Fox and Carl Ruiz", "the
 * governments of Norway, Kenya and Chile"; and "both leaders", "the two sides", who are named
 * before. By names, tags and marks; nothing is resolved. One thread. */
#ifndef DEMARCHE_EXTRACT_ENTITY_JOINT_SOURCES_H
#define DEMARCHE_EXTRACT_ENTITY_JOINT_SOURCES_H

#include "extract/entity/entities.h"

enum { JOINT_SOURCES_MOST = 12 };

/* The parts of a source, of which each speaks: 1 and itself for most. RANGE_NONE, which is the
 * source of nobody too, as a second one is somebody that no name tells ("Lee and others"). */
size_t joint_sources(const struct entities *es, struct range source,
		     struct range out[JOINT_SOURCES_MOST]);

#endif
