/* Lemmas: the dictionary form of a word by its form and its tag ("went", VBD: "go"), as the English
 * treebanks write it: in small letters but for names and what else keeps its capital. By lists of
 * endings and of whole words (data/lemmas.tsv, made by train/fit_lemmas.c). Immutable once open;
 * any number of threads may ask. */
#ifndef DEMARCHE_EXTRACT_SYNTAX_LEMMA_H
#define DEMARCHE_EXTRACT_SYNTAX_LEMMA_H

#include "base/arena.h"

struct lemmas;

/* Reads the table inside the program. NULL with *e set when it is damaged. */
struct lemmas *lemmas_open(struct err *e) MUST_CHECK;
void lemmas_close(struct lemmas *ls); /* NULL is allowed */

/* The lemma of a form with a tag (enum xpos; any other number is no tag, and gives the form in
 * small letters). A view of the form or of the table where it can be, else in `a`; p is NULL when
 * the arena is full. Never empty for a form that is not. */
struct str lemma_of(const struct lemmas *ls, struct str form, unsigned xpos, struct arena *a);

/* --- for train/fit_lemmas.c, which must see a word as lemma_of does --------------------------- */

enum { LEMMA_ENDING_MAX = 7, LEMMA_WORD_MAX = 48 };

/* What happens to capitals: names keep theirs, most words do not, of nouns and adjectives lists
 * tell. */
enum lemma_case { LEMMA_SMALL, LEMMA_KEPT, LEMMA_LISTED };
enum lemma_case lemma_case_of(unsigned xpos);
/* The list of endings for a tag ("past"), NULL where only whole words change; for capitals, by the
 * form's. */
const char *lemma_endings(unsigned xpos);
const char *lemma_case_list(struct str form, unsigned xpos);
/* The hash of a list's ending, from the last byte on: start with the list's name, step over bytes
 * (in small letters). A whole word ends with a step over '^'. */
uint64_t lemma_start(const char *list);
static inline uint64_t lemma_step(uint64_t h, char c)
{
	return (h ^ (unsigned char)c) * 0x100000001b3u;
}

#endif
