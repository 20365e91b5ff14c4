/* Names of persons as the tables of office holders write them. What is made lives in the arena, and
 * so does what was given. */
#ifndef DEMARCHE_TRAIN_WRITTEN_NAMES_H
#define DEMARCHE_TRAIN_WRITTEN_NAMES_H

#include "base/arena.h"

/* A person's names, the plain one first: "Des Browne;Lord Browne of Ladyton", "Brian Lenihan" of
 * "Jnr Brian Lenihan". */
struct str names_without_rank(struct arena *a, struct str names, bool is_british);
/* "al-Bashir" of "al-BASHIR", as the Factbook writes family names. */
struct str names_without_capitals(struct arena *a, struct str name);

#endif
