/* The tables of actors and issues inside the program. All embedding is done in lexicon.c, whose
 * dependency on data/ the Makefile knows. */
#ifndef DEMARCHE_EXTRACT_TABLES_TABLES_H
#define DEMARCHE_EXTRACT_TABLES_TABLES_H

#include "base/str.h"

enum table_id {
	TABLE_COUNTRIES,
	TABLE_ORGANIZATIONS,
	TABLE_PERSONS,
	TABLE_GIVEN,
	TABLE_NOUNS,
	TABLE_PLACES,
	TABLE_COREF,
	TABLE_ISSUES,
	TABLE_TIMES,
	TABLE_ACTS,
	TABLE_CONFIDENCE
};

struct str table_text(enum table_id id);

#endif
