/* Coreference: whom descriptions and pronouns mean. He and she are ranked by weights fitted in
 * train/fit_coref.c over all persons before them and the next ones after them; the rest goes by
 * rules. */
#ifndef DEMARCHE_EXTRACT_ENTITY_COREF_H
#define DEMARCHE_EXTRACT_ENTITY_COREF_H

#include "extract/entity/coref_features.h"

/* Fills in es->references: descriptions and pronouns in the order of the text. 0, or -1 when the
 * arena is full. */
int coref_resolve(struct entities *es, const struct coref_model *m) MUST_CHECK;

/* 'm' or 'f' when the token is he or she in one of their forms, 0 else. */
char coref_pronoun_gender(const struct text *t, uint32_t token);
/* The candidates of such a pronoun as coref_resolve saw them, into `out`; returns their number, at
 * least 1 (nobody). */
size_t coref_candidates(const struct entities *es, uint32_t token,
			struct coref_candidate out[COREF_CANDIDATES + 1]);
/* The entity with most of the weight, or MAP_NONE. `share` (NULL is allowed): its share of it,
 * 0..1. */
uint32_t coref_rank(const struct coref_model *m, const struct coref_candidate *v, size_t n,
		    float *share);

#endif
