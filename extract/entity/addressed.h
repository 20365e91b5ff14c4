/* Whom the questions of a transcript address by name: "Mr. Lee, will you stay?" One thread. */
#ifndef DEMARCHE_EXTRACT_ENTITY_ADDRESSED_H
#define DEMARCHE_EXTRACT_ENTITY_ADDRESSED_H

#include "extract/entity/entities.h"

enum { ADDRESSED_MOST = 16 };

struct addressed {
	uint64_t surnames[ADDRESSED_MOST]; /* word keys */
	size_t n;
};

/* The first of those surnames behind "Mr." or the like, at the start of a question or between
 * commas. */
void addressed_find(const struct text *t, struct addressed *out);
/* The one of them in the gazetteer who held the post that the words in `post` of `words` tell, on
 * the article's day; MAP_NONE for nobody, or several. */
uint32_t addressed_in_post(const struct entities *es, const struct addressed *who,
			   const struct text *words, struct range post);

#endif
