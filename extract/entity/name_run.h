/* A run of words in capitals, and where in it a name begins and ends: behind titles and posts,
 * before the letters after a name. By words and tags alone; one thread. */
#ifndef DEMARCHE_EXTRACT_ENTITY_NAME_RUN_H
#define DEMARCHE_EXTRACT_ENTITY_NAME_RUN_H

#include "extract/entity/entities.h"

/* Is the token a title before a name, or part of one: "Secretary-General"? */
bool name_run_is_title(const struct text *t, size_t i);
/* May the token be a word of a name? */
bool name_run_has(const struct text *t, size_t i);
/* An acronym that stands alone, and no word among others in capitals. */
bool name_run_is_acronym(const struct text *t, uint32_t i);
bool name_run_is_body(const struct entities *es, uint32_t first, uint32_t last);
/* A word of the language that is no given name. */
bool name_run_is_common(const struct entities *es, uint32_t i);
/* An adjective that begins a sentence before a name, and is none of it: "Longtime" in "Longtime
 * Holt adviser". */
bool name_run_opens_with_adjective(const struct entities *es, uint32_t i);
/* The first token behind a nickname in marks or brackets that starts at a token inside of a name:
 * Tomas "The Wolf" Herrera; the token itself where there is none. */
uint32_t name_run_behind_nickname(const struct text *t, uint32_t at);
/* The last token of the letters behind a name: of "III", ", Jr.", ", OBE MP"; `last` for none. */
uint32_t name_run_last_letter(const struct text *t, uint32_t last);
/* "R" of "(R-Texas)", ", R-Miss.," */
bool name_run_is_party_label(const struct text *t, uint32_t i);
/* The title whose complement the tokens before i are: "Minister for Trade and" before "Industry
 * Nora Falk"; MAP_NONE for none. */
uint32_t name_run_title_of(const struct entities *es, uint32_t i);
/* Does a post in capitals without a name stand here: "Union Minister", "Deputy Secretaries"? */
bool name_run_is_post(const struct entities *es, uint32_t i);
/* End of the run of name words from i. */
uint32_t name_run_end(const struct entities *es, uint32_t i);
/* The unknown name in a run [first, *end): where it begins, the run's own end where it is none
 * ("Foreign Minister", whose name comes next). */
uint32_t name_run_name(const struct entities *es, uint32_t first, uint32_t *end);

#endif
