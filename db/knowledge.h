/* Hashes of what the tables say of actors and issues: whether it is what the database last saw. */
#ifndef DEMARCHE_DB_KNOWLEDGE_H
#define DEMARCHE_DB_KNOWLEDGE_H

#include "base/model.h"

/* Of all actors and issues, never 0. Stored. */
uint64_t knowledge_hash(const struct knowledge *k);
/* Of an actor's name and aliases. */
uint64_t knowledge_names_hash(const struct actor *a);

#endif
