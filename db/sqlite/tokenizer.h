/* The tokenizer of the full-text index, lent to an engine that keeps an index of its own, so that
 * both find the same words. One thread at a time. */
#ifndef DEMARCHE_DB_SQLITE_TOKENIZER_H
#define DEMARCHE_DB_SQLITE_TOKENIZER_H

#include "base/err.h"

struct tokenizer;

/* NULL with *e set to ERR_DB. */
struct tokenizer *tokenizer_open(struct err *e) MUST_CHECK;
void tokenizer_close(struct tokenizer *t); /* NULL is allowed */
/* Gives each word of the text as the index has it, in order; the word lasts for the call. 0, or
 * what `take` gave that is not 0, or -1 when out of memory. */
int tokenizer_each(struct tokenizer *t, struct str text, int (*take)(void *, struct str word),
		   void *context);

#endif
