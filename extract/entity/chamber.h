/* Who is meant in the record of a legislature's sitting by those who speak there: "my hon. Friend",
 * "the Minister". Once the speakers of its turns are known; one thread. */
#ifndef DEMARCHE_EXTRACT_ENTITY_CHAMBER_H
#define DEMARCHE_EXTRACT_ENTITY_CHAMBER_H

#include "extract/entity/post.h"

/* Who speaks in the turn that a token is of the label of: "PRIME MINISTER:". MAP_NONE for nobody.
 */
uint32_t chamber_labeled(const struct entities *es, uint32_t head);
/* "My hon. Friend", "the noble Lord" without a name, from token `first` to the noun at `head`: who
 * spoke last before this turn. MAP_NONE for nobody, or where the words are others. */
uint32_t chamber_colleague(const struct entities *es, uint32_t first, uint32_t head);
/* Is it a bare post of the chamber's own: "the Minister", "the Secretary of State"? */
bool chamber_has_post(const struct entities *es, const struct post *p);
/* Who holds such a post of those who speak around it, beside it first; for "the Minister" also who
 * answers all others. MAP_NONE for nobody, several, or where the one who says it holds it. */
uint32_t chamber_minister(const struct entities *es, const struct post *p);
/* Is it "the Leader of the House"? Makes it the post of the chamber that sits, which the tables
 * have by its whole name. */
bool chamber_names_leader(const struct entities *es, struct post *p);
/* "My right hon. Friend the Prime Minister": the chamber's own, whoever else is named. */
bool chamber_is_friends(const struct entities *es, const struct post *p);
/* Is somebody of another country than the chamber, by a post that the text gives, or by the tables?
 * Where that of the chamber is not known, any that the text tells is another: nobody tells it of
 * their own minister. */
bool chamber_is_foreign(const struct entities *es, uint32_t entity, const struct post *p);
/* Does the paragraph up to a post name somebody of home whom the text calls by it, or such a post
 * in more words: "the Minister for Health"? `role`: the last one before without a name, or NULL. */
bool chamber_names_own(const struct entities *es, const struct post *p, const struct post *role);

#endif
