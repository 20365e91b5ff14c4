/* The tables of data/ inside the program. All are embedded in tables.c, whose dependency on data/
 * the Makefile knows. */
#ifndef DEMARCHE_EXTRACT_TABLES_TABLES_H
#define DEMARCHE_EXTRACT_TABLES_TABLES_H

#include "extract/tables/table.h"

/* Table, its file in data/. */
#define TABLES(X)                                                                                  \
	X(ABBREVIATIONS, "abbreviations.tsv")                                                      \
	X(ACTS, "acts.tsv")                                                                        \
	X(BODIES, "bodies.tsv")                                                                    \
	X(CONFIDENCE, "confidence.tsv")                                                            \
	X(CONTRACTIONS, "contractions.tsv")                                                        \
	X(COREF, "coref.tsv")                                                                      \
	X(COUNTRIES, "countries.tsv")                                                              \
	X(CUES, "cues.tsv")                                                                        \
	X(FEASTS, "feasts.tsv")                                                                    \
	X(FURNITURE, "furniture.tsv")                                                              \
	X(GIVEN, "given.tsv")                                                                      \
	X(IRREGULAR, "irregular.tsv")                                                              \
	X(ISSUES, "issues.tsv")                                                                    \
	X(LEMMAS, "lemmas.tsv")                                                                    \
	X(NOUNS, "nouns.tsv")                                                                      \
	X(ORGANIZATIONS, "organizations.tsv")                                                      \
	X(PERSONS, "persons.tsv")                                                                  \
	X(PLACES, "places.tsv")                                                                    \
	X(POSTS, "posts.tsv")                                                                      \
	X(THINGS, "things.tsv")                                                                    \
	X(TIMES, "times.tsv")                                                                      \
	X(EFFECTS, "effects.tsv")                                                                  \
	X(VALENCE, "valence.tsv")                                                                  \
	X(WORD_SETS, "word_sets.tsv")                                                              \
	X(WORDS, "words.tsv")

#define X(name, file) TABLE_##name,
enum table_id { TABLES(X) };
#undef X

/* Before its first line. */
struct table tables_open(enum table_id id);

#endif
