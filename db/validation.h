/* The check before anything is written: no string of an article, a statement or an issue is stored
 * that is not UTF-8, no position that is none, and no article without its digest. Whatever comes in
 * over the API was checked there, so what fails here is a fault of ours (of the engine, above all).
 * 0, or -1 with *e: ERR_INTERNAL, which names what is bad. */
#ifndef DEMARCHE_DB_VALIDATION_H
#define DEMARCHE_DB_VALIDATION_H

#include "base/err.h"
#include "base/model.h"

int validate_article(const struct article *a, struct err *e) MUST_CHECK;
int validate_statement(const struct statement *s, struct err *e) MUST_CHECK; /* all it names, too */
int validate_actor(const struct actor *a, struct err *e) MUST_CHECK;
int validate_issue(const struct issue *i, struct err *e) MUST_CHECK;

#endif
