/* What stands where in a sentence: roles of words, and clauses above each other. Any thread. */
#ifndef DEMARCHE_EXTRACT_ENTITY_GRAMMAR_H
#define DEMARCHE_EXTRACT_ENTITY_GRAMMAR_H

#include "extract/text/text.h"

enum gram_role {
	ROLE_SUBJECT,
	ROLE_PASSIVE,
	ROLE_OBJECT,
	ROLE_OBLIQUE,
	ROLE_POSSESSIVE,
	ROLE_MODIFIER,
	ROLE_APPOSITION,
	ROLE_OTHER
};

/* How a clause hangs on the one above. */
enum link {
	LINK_ROOT,
	LINK_COMPLEMENT,
	LINK_ADVERBIAL,
	LINK_RELATIVE,
	LINK_CONJUNCT,
	LINK_OPEN,
	LINK_PARATAXIS,
	LINK_NONE
};

enum { GRAMMAR_CLIMB = 24 }; /* steps up a tree, which may be as deep as a sentence is long */

/* Do the tokens have heads? */
bool grammar_has_tree(const struct text *t);
/* The token of a span that hangs on something outside of it. */
uint32_t grammar_head_of(const struct text *t, uint32_t first, uint32_t last);
enum gram_role grammar_role_of(const struct text *t, uint32_t head);
enum link grammar_link_of(const struct text *t, uint32_t i);
/* The predicate of the clause that a token stands in: the token itself when it heads one. */
uint32_t grammar_clause_of(const struct text *t, uint32_t i);
bool grammar_is_above(const struct text *t, uint32_t above, uint32_t i);

#endif
