/* Whose a body or an office is that several countries have ("the Senate", "Gov. Ann Lee"): of the
 * country named beside it, else of the one that the text is about, if that has such a body; else of
 * none. In the article's arena; one thread. */
#ifndef DEMARCHE_EXTRACT_ENTITY_JURISDICTION_H
#define DEMARCHE_EXTRACT_ENTITY_JURISDICTION_H

#include "extract/entity/entities.h"

/* How much a text speaks of a country (or union). */
struct evidence {
	uint32_t country; /* index of gazetteer.actors */
	float weight;
};

struct jurisdiction {
	struct entities *es;
	struct evidence *v; /* in the order in which the text names them */
	size_t n, cap;
	float sum; /* of the weights */
};

/* Weighs the countries of a text and its title; names are found before. 0, or -1 when the arena is
 * full, as below. */
int jurisdiction_weigh(struct jurisdiction *j, struct entities *es, struct str title) MUST_CHECK;
/* Adds a mention of somebody who was found to be of a country. */
int jurisdiction_add(struct jurisdiction *j, uint32_t country) MUST_CHECK;
/* The weight of a country in it, by its code, as a share of all, 0..1; 0 where none is named. That
 * of a state's own outlet is named by it, too, which takes nothing from the others. */
float jurisdiction_share(const struct jurisdiction *j, struct str country);
/* Gives mentions of bodies their actors. */
int jurisdiction_settle_bodies(struct jurisdiction *j) MUST_CHECK;
/* The country that a person speaks for by an office in the titles of a mention; "" for none. */
struct str jurisdiction_of_office(const struct jurisdiction *j, const struct mention *m);

#endif
