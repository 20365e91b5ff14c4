/* Features of a mention that "he" or "she" may refer to: indices of weights. Private to coref.c.
 * Any thread. */
#ifndef DEMARCHE_EXTRACT_ENTITY_COREF_FEATURES_H
#define DEMARCHE_EXTRACT_ENTITY_COREF_FEATURES_H

#include "extract/entity/entities.h"
#include "extract/entity/grammar.h"

enum {
	COREF_FEATURES = 32,   /* most features of a candidate */
	COREF_CANDIDATES = 64, /* most mentions that a pronoun is ranked over: the nearest ones */
};

/* A mention that a pronoun may refer to. Member MAP_NONE stands for nobody in the text. */
struct coref_candidate {
	uint32_t entity;
	uint32_t first, last; /* tokens */
	uint16_t n;
	uint16_t features[COREF_FEATURES]; /* indices of weights */
};

struct anchor {
	uint32_t first, last, head, outer, entity;
	enum gram_role role;
	uint8_t form; /* 0 full name, 1 single name, 2 name with a title, 3 description */
};

struct pronoun {
	uint32_t token;
	char gender;
	enum gram_role role;
	uint32_t sentence;
	/* The entity that the pronoun of this gender before it means, or MAP_NONE. */
	uint32_t before, before_sentence;
	enum gram_role before_role;
	size_t compatible;		    /* persons of fitting gender passed on the way back */
	bool in_subject;		    /* a possessive in a subject */
	bool subject_seen;		    /* one of them was a subject */
	uint32_t clause;		    /* predicate */
	uint32_t first_member, most_member; /* the person named first, and most often */
};

bool coref_is_subject(const struct anchor *a);
bool coref_gender_fits(const struct entity *m, char gender);
unsigned coref_at_most(size_t n, unsigned most);

/* `is_nearest`: no nearer mention is of the same entity. */
void coref_features_of(const struct entities *es, const struct pronoun *p, const struct anchor *a,
		       bool is_nearest, struct coref_candidate *f);
/* One of `values` weights from `at` on; a value beyond them is the last. */
void coref_feature_add(struct coref_candidate *f, unsigned at, unsigned value, unsigned values);
#define COREF_ADD(f, name, value)                                                                  \
	coref_feature_add((f), COREF_AT_##name, (unsigned)(value),                                 \
			  COREF_AT_END_##name - COREF_AT_##name + 1)

#endif
