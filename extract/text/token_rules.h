/* How far a word reaches, and where it is parted. Pure; valid UTF-8. */
#ifndef DEMARCHE_EXTRACT_TEXT_TOKEN_RULES_H
#define DEMARCHE_EXTRACT_TEXT_TOKEN_RULES_H

#include "base/str.h"

struct lexicon;

/* End of the word that starts at `start`; `after_name`: a name stands right before it, of which it
 * may be a part ("Kim Jong-un"). */
size_t word_end(const struct lexicon *lx, struct str b, size_t start, bool after_name);

/* Where a word is parted into several: "do|n't", "can|not", "7|pm", "U.S.|'s". */
enum { WORD_CUTS = 3 };
size_t word_cuts(const struct lexicon *lx, struct str w, bool after_currency,
		 size_t cuts[WORD_CUTS]);

/* "U.S.", "a.m." */
bool word_is_initialism(struct str w);

#endif
