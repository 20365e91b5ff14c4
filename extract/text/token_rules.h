/* Where words and addresses end: for token.c alone. All of it reads well-formed UTF-8. */
#ifndef DEMARCHE_EXTRACT_TEXT_TOKEN_RULES_H
#define DEMARCHE_EXTRACT_TEXT_TOKEN_RULES_H

#include "base/str.h"

struct lexicon;

/* The code point at `at` and the byte after it; 0 at the end. */
uint32_t point_at(struct str s, size_t at, size_t *next);
bool point_is_word(uint32_t c); /* a letter, a digit, or a mark on one */
bool point_is_space(uint32_t c);
bool point_is_apostrophe(uint32_t c);
bool byte_is_letter(char c);
bool byte_is_digit(char c);

/* End of a web or mail address, a site's or a file's name, a handle or a hashtag that starts at
 * `at`; `at` for none. */
size_t address_end(struct str b, size_t at);

/* End of the face in punctuation that starts at `at`, or `at`. */
size_t face_end(struct str b, size_t at);

/* End of the word that starts at `start`; `after_name`: a name stands right before it, of which it
 * may be a part ("Kim Jong-un"). */
size_t word_end(const struct lexicon *lx, struct str b, size_t start, bool after_name);

/* Where a word is parted into several: "do|n't", "can|not", "7|pm", "U.S.|'s". */
enum { WORD_CUTS = 3 };
size_t word_cuts(struct str w, bool after_currency, size_t cuts[WORD_CUTS]);

/* "U.S.", "a.m." */
bool word_is_initialism(struct str w);

#endif
