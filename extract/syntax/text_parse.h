/* The syntax of a whole text, and the coarse tags that the steps above go by. */
#ifndef DEMARCHE_EXTRACT_SYNTAX_TEXT_PARSE_H
#define DEMARCHE_EXTRACT_SYNTAX_TEXT_PARSE_H

#include "extract/syntax/lemma.h"
#include "extract/syntax/syntax.h"
#include "extract/text/text.h"

/* The coarse tag (enum tag) of a word with this Penn tag and relation. */
unsigned text_coarse_tag(unsigned xpos, unsigned deprel);
/* Fills xpos, deprel, head, tag and state of every token. Needs the sentences. 0, or -1 when the
 * arena is full or its budget has given out. */
int text_parse(struct text *t, const struct syntax *sx, struct arena *a) MUST_CHECK;
/* Sets the lemmas, which live in `a`, the text or the table. Needs the tags. 0 or -1 likewise. */
int text_find_lemmas(struct text *t, const struct lemmas *ls, struct arena *a) MUST_CHECK;

#endif
