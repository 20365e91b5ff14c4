/* Folding of names and phrases for look-up: "Erdoğan’s", "ERDOGAN" and "U.S." must meet their
 * entries. Uses utf8proc (Unicode case folding, NFKD without marks). Any thread. */
#ifndef DEMARCHE_BASE_FOLD_H
#define DEMARCHE_BASE_FOLD_H

#include "base/arena.h"

/* Lower case without accents; full stops and apostrophes vanish ("U.S." -> "us", "O'Neil" ->
 * "oneil"); a possessive ending goes ("China's" -> "china"); every other run of what is neither
 * letter nor digit becomes one space; no space at the ends. "" when nothing is left. p is NULL when
 * the arena is full. */
struct str str_fold(struct arena *a, struct str s);
/* The same with "-" for the space: an id for URLs ("Xi Jinping" -> "xi-jinping"). */
struct str str_slug(struct arena *a, struct str s);

#endif
