/* What the engine sees in an article, as JSON. */
#ifndef DEMARCHE_API_FORMAT_JSON_ANNOTATION_H
#define DEMARCHE_API_FORMAT_JSON_ANNOTATION_H

#include "api/format/json_write.h"

/* "sentences":[[s,e]], "mentions":[{start,end,kind,actor,wikidata}], "times":[{start,end,value}],
 * "statements":[...], members of the object under way. The key of an actor is its id. */
void annotation_members(struct jw *j, const struct annotation *x);

#endif
