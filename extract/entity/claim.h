/* What a text says of the persons that it names (posts, kinds of office, countries), and whom of
 * the table of holders a full name means by it: a ranking of all who bear the name, over name,
 * titles, office on the article's day, countries of the text and importance. In the article's
 * arena; one thread. */
#ifndef DEMARCHE_EXTRACT_ENTITY_CLAIM_H
#define DEMARCHE_EXTRACT_ENTITY_CLAIM_H

#include "extract/entity/jurisdiction.h"
#include "extract/entity/peer.h"
#include "extract/entity/post.h"

/* Of all mentions of an entity together. */
struct claim {
	const struct post *posts[6];
	unsigned n_posts;
	uint32_t kinds; /* bits of enum office_kind that its titles may be */
	bool has_other_occupation;
	bool is_headed;	  /* "the Putin regime": who heads one */
	bool is_surname;  /* "Mr. Abbott": no given name */
	uint32_t country; /* right before the name: "Russia's Lavrov"; or MAP_NONE */
	struct peer_title peer;
};

/* *out: one of each entity; posts are found before (post.h). 0, or -1 when the arena is full. */
int claims_read(const struct entities *es, struct claim **out) MUST_CHECK;
/* What a title or a byline says of the one it names, by the words before the name. *post, the one
 * that it gives him, is what the claim looks at. */
struct claim claim_of_words(const struct text *t, struct range name, struct post *post);
/* The holder who bears a full name; MAP_NONE where the evidence reaches nobody, or two. */
uint32_t claim_bearer(const struct jurisdiction *j, const struct claim *c, struct str name);

#endif
