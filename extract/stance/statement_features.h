/* The features of a statement for the choices of its act and its target: its cue, the main word of
 * its content with what hangs on it and who does it, its words, and how they speak of things. Names
 * are masked: what is said of a country must not depend on which country it is. The program that
 * fits the choices (train/fit_acts.c) uses the same functions. */
#ifndef DEMARCHE_EXTRACT_STANCE_STATEMENT_FEATURES_H
#define DEMARCHE_EXTRACT_STANCE_STATEMENT_FEATURES_H

#include "extract/stance/choice.h"
#include "extract/stance/stance_input.h"

/* Of an input whose content is evaluated and whose act by rules is known (act_by_rules). Pure. */
void statement_features(const struct stance_input *in, struct choice_input *out);

/* What follows serves the features of targets, too. */

/* Hash of a token's lemma; that of all names is one, and that of all numbers. */
uint64_t statement_lemma(const struct stance_input *in, uint32_t token);
/* Numbers of `out` from VECTOR_SIZE * slot on: the vector of a word that is no name. */
void statement_put_vector(const struct stance_input *in, uint32_t token, unsigned slot,
			  struct choice_input *out);

/* Who a token means, as seen from the statement. */
enum party {
	PARTY_NONE,  /* TOKEN_NONE */
	PARTY_FIRST, /* "I", "we" */
	PARTY_SPEAKER,
	PARTY_OWN_COUNTRY, /* the country that the speaker speaks for */
	PARTY_OTHER,
	PARTY_SECOND, /* "you" */
	PARTY_IT,     /* "it", "this", "that" */
	PARTY_THERE,
	PARTY_THIRD, /* "he", "they" of whom nothing is known */
	PARTY_THING
};
enum party statement_party(const struct stance_input *in, uint32_t token);

#endif
