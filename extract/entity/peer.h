/* Members of the House of Lords, who go by a rank and a word of their titles: "Lord Bilimoria",
 * "Baroness Scotland of Asthal". One thread. */
#ifndef DEMARCHE_EXTRACT_ENTITY_PEER_H
#define DEMARCHE_EXTRACT_ENTITY_PEER_H

#include "extract/entity/entities.h"

struct peer_title {
	bool is_lord, is_lady; /* both: two persons of one word */
	struct str place;      /* "Eastham" of "Lord Lee of Eastham", or "" */
};

/* Adds what stands around a name: the rank before it, the place behind it. */
void peer_read(const struct text *t, const struct mention *m, struct peer_title *of);
/* Who sat there on the article's day, of those who go by this word; of several the one with the
 * place that the text gives. MAP_NONE for nobody, or several. */
uint32_t peer_bearer(const struct entities *es, const struct peer_title *of, uint64_t surname);

#endif
