/* Which act a word names (data/acts.tsv). Immutable once open; any thread may read it. */
#ifndef DEMARCHE_EXTRACT_STANCE_ACT_WORDS_H
#define DEMARCHE_EXTRACT_STANCE_ACT_WORDS_H

#include "base/arena.h"
#include "base/terms.h"

struct act_words;

enum act_word_class { ACT_WORD_VERB, ACT_WORD_OTHER };

/* NULL with *e set when the table is damaged. */
struct act_words *act_words_open(struct err *e) MUST_CHECK;
void act_words_close(struct act_words *aw); /* NULL is allowed */

/* The act of a lemma (in small letters), alone or with a particle or preposition after it ("call",
 * "for"; "" for none); -1 where the table has none. */
int act_words_find(const struct act_words *aw, enum act_word_class class, struct str lemma,
		   struct str particle);

#endif
