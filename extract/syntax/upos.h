/* The universal part of speech of Universal Dependencies v2, by tag, relation and word. A table's
 * knowledge: 99 % of the words of EWT and GUM. Any thread. */
#ifndef DEMARCHE_EXTRACT_SYNTAX_UPOS_H
#define DEMARCHE_EXTRACT_SYNTAX_UPOS_H

#include "base/str.h"

/* "NOUN"; "X" for tags that are none. Static storage. */
const char *upos_of(struct str form, unsigned xpos, unsigned deprel);

#endif
