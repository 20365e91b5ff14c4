/* Is a name that no gazetteer knows a person's, an organization's or a place's? Weighs its own
 * words and those around it. */
#ifndef DEMARCHE_EXTRACT_ENTITY_NAME_TYPE_H
#define DEMARCHE_EXTRACT_ENTITY_NAME_TYPE_H

#include "extract/entity/gazetteer.h"

enum { WEIGH_PERSON, WEIGH_ORGANIZATION, WEIGH_PLACE, WEIGH_COUNT };

/* Adds the evidence of one mention [first, last], whose titles start at `outer`, to w[WEIGH_COUNT];
 * in nats, roughly, chosen by hand. */
void name_type_weigh(const struct gazetteer *g, const struct text *t, uint32_t outer,
		     uint32_t first, uint32_t last, float *w);
/* The heaviest; a person where nothing else is. */
unsigned name_type_best(const float *w);

#endif
