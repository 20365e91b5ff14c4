/* "My hon. Friend", "the noble Lord", "the hon. Lady" in a parliament: whom it means. Any thread.
 */
#ifndef DEMARCHE_EXTRACT_ENTITY_COLLEAGUE_H
#define DEMARCHE_EXTRACT_ENTITY_COLLEAGUE_H

#include "extract/entity/post.h"

/* The entity who spoke in the turn before, for a friend near the beginning of this one; MAP_NONE
 * where the phrase is none such, or says itself whom it means. */
uint32_t colleague_meant(const struct entities *es, uint32_t first, uint32_t head);
/* "The Minister" in a sitting's turn: of those who speak before and after it, the one whom `holds`
 * says to hold the post; else the only such speaker of the turns around; MAP_NONE for none, or
 * where who speaks holds it, too. */
uint32_t colleague_in_post(const struct entities *es, const struct post *p,
			   bool (*holds)(const struct entities *, const struct referent *,
					 uint32_t entity, const struct post *));

#endif
