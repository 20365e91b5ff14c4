/* What kind of character a code point is, in text that is valid UTF-8. Pure. */
#ifndef DEMARCHE_BASE_CHAR_H
#define DEMARCHE_BASE_CHAR_H

#include "base/str.h"

/* The code point at `at` and the byte after it; 0 at the end. */
uint32_t point_at(struct str s, size_t at, size_t *next);
bool point_is_word(uint32_t c); /* a letter, a digit, or a mark on one */
bool point_is_space(uint32_t c);
bool point_is_apostrophe(uint32_t c);
bool byte_is_letter(char c);
bool byte_is_digit(char c);

#endif
