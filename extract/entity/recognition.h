/* Named entity recognition and linking: from a parsed text to its entities. */
#ifndef DEMARCHE_EXTRACT_ENTITY_RECOGNITION_H
#define DEMARCHE_EXTRACT_ENTITY_RECOGNITION_H

#include "extract/entity/entities.h"

/* Sets all of *es but references, which coref_resolve finds. `title` and `outlet`: the article's,
 * or "". `day`: of publication, or DAY_NONE. What is passed in must outlive the entities. 0, or -1
 * when the arena is full. */
int entities_find(struct entities *es, const struct text *t, const struct gazetteer *g,
		  const struct lexicon *lx, struct str title, struct str outlet, day_t day,
		  struct arena *a) MUST_CHECK;

#endif
