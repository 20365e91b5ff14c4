/* Names of the sources in which a peer's rank stands before the person's name. */
#ifndef DEMARCHE_TRAIN_PEERAGE_H
#define DEMARCHE_TRAIN_PEERAGE_H

#include "base/str.h"

/* A name with a peer's rank taken apart. */
struct peerage {
	struct str rank, title, name; /* "Lord", "Browne of Ladyton", "Des Browne" */
};

/* "Baron Browne of Ladyton Des Browne", "rd Baron Rotherwick Robin Cayzer" (of "3rd"). False for
 * other names. */
bool peerage_read(struct str name, struct peerage *out);

#endif
