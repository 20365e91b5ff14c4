/* What the network sees of a token's form: hashes of it and of its parts. */
#ifndef DEMARCHE_EXTRACT_SYNTAX_FORM_HASH_H
#define DEMARCHE_EXTRACT_SYNTAX_FORM_HASH_H

#include "base/str.h"

/* Hashes are of the normalized form, with typographic quotes, apostrophes and dashes as on a
 * typewriter, and never 0. A token shorter than a part has 0 for it. */
struct form_hashes {
	uint32_t form; /* letter case kept */
	uint32_t low;  /* the rest are in lower case */
	uint32_t prefix3, suffix2, suffix3;
	uint32_t shape; /* "Xxx", "dd", "XX" ...: runs cut at two */
};

/* Pure. The hashes are part of the format of the model files. */
void form_hashes_of(struct str form, struct form_hashes *v);

#endif
