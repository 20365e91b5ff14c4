/* Who speaks through a document that is only pointed at: "the statement" of what Lee said in a
 * statement, "the letter" that she sent, "the Norland statement". */
#ifndef DEMARCHE_EXTRACT_DOCUMENT_H
#define DEMARCHE_EXTRACT_DOCUMENT_H

#include "extract/attribution/attribution.h"
#include "extract/entity/entities.h"

/* What is told of the text so far. */
struct document_scene {
	const struct entities *es;
	const struct attribution *v;
	const struct actor *const *speakers; /* by attribution */
	size_t n;			     /* of both */
};

/* The actor for whom a source speaks that is a document by a definite noun; NULL where it is none
 * or nobody is seen to have made it. Pure. */
const struct actor *document_maker(const struct document_scene *s, struct range source);

#endif
