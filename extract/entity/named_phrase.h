/* Phrases with a name in them: "the group's leader, Betty Bradley". For resolution.c. */
#ifndef DEMARCHE_EXTRACT_ENTITY_NAMED_PHRASE_H
#define DEMARCHE_EXTRACT_ENTITY_NAMED_PHRASE_H

#include "extract/entity/entities.h"

/* A phrase that is to be resolved. */
struct noun_phrase {
	struct range r;
	uint32_t head;
	const struct actor *inside; /* the speaker of the quotation around it, or NULL */
};

bool mention_is_person(const struct entities *es, const struct mention *m);

/* Each 1 when it says whom the phrase means, 0 when it does not apply. */
int named_person_with_titles(struct entities *es, const struct noun_phrase *p,
			     struct referent *out);
int named_person_behind_noun(struct entities *es, const struct noun_phrase *p,
			     struct referent *out);
int named_as_head(struct entities *es, const struct noun_phrase *p, struct referent *out);
int named_in_apposition(struct entities *es, const struct noun_phrase *p, struct referent *out);
int named_person_at_end(struct entities *es, const struct noun_phrase *p, struct referent *out);

#endif
