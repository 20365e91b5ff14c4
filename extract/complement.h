/* What hangs on a cue: which frame of its table entry the words after it fill, and where that ends. Positions are items. */
#ifndef DEMARCHE_EXTRACT_COMPLEMENT_H
#define DEMARCHE_EXTRACT_COMPLEMENT_H

#include "extract/relation.h"

struct hook {
	enum frame frame;
	uint32_t start, end; /* items of the content */
	uint8_t prior;
	struct range addressee, target; /* items */
	uint32_t cue_last;		/* the cue reaches to here: its preposition or particle */
};

/* What follows the cue whose head is item `head`; false when none of its frames fits. */
bool complement_find(const struct view *v, const struct cue *c, uint32_t head, struct hook *h);
/* Item after a clause that starts at `i`. */
uint32_t complement_end(const struct view *v, uint32_t i);

#endif
