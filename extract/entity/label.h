/* Whom the labels of turns name ("MR. PRICE:", "The Minister for Trade (Mr Henry Dale)"): a person
 * of the text, its title or its author, else of the gazetteer; of a mere post ("THE PRESIDENT:")
 * who held it on the day where the text is at home; else one of the label's own name. */
#ifndef DEMARCHE_EXTRACT_ENTITY_LABEL_H
#define DEMARCHE_EXTRACT_ENTITY_LABEL_H

#include "extract/entity/resolution.h"

/* Each turn's speaker; nobody (actor NULL) of questions and where a mere name is no person's.
 * `title` and `author`: the article's, or
 * "". *out: as many as the text has turns. 0, or -1 when the arena is full or its budget spent. */
int entities_of_labels(struct entities *es, struct str title, struct str author,
		       struct referent **out) MUST_CHECK;

/* es->home: the country for which three in four of those speakers hold offices, of whom that is
 * known; else that of the outlet. */
void entities_find_home(struct entities *es, const struct referent *speakers, size_t n);

#endif
