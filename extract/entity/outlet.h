/* The country of an outlet that is a state's own: "Cabinet Office of Sri Lanka", "GOV.UK". */
#ifndef DEMARCHE_EXTRACT_ENTITY_OUTLET_H
#define DEMARCHE_EXTRACT_ENTITY_OUTLET_H

#include "extract/entity/entities.h"

/* Sets es->home_of_outlet, and es->home to it; a newspaper has none, whatever country its name
 * tells. 0, or -1 when the arena is full. */
int outlet_find_home(struct entities *es, struct str outlet) MUST_CHECK;

#endif
