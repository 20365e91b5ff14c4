/* Posts as a text words them ("the Russian deputy foreign minister", "Speaker of the Parliament of
 * Norway"), and who the text says holds them. */
#ifndef DEMARCHE_EXTRACT_ENTITY_POST_H
#define DEMARCHE_EXTRACT_ENTITY_POST_H

#include "extract/entity/entities.h"

enum { POST_WORDS = 10 };

struct post {
	uint32_t first, last, head; /* tokens, complements included */
	uint64_t words[POST_WORDS]; /* shares of its words (holders.h); without country, body,
				       articles and "former" */
	unsigned n_words;
	uint64_t key;	    /* their sum, as holder_title_key gives it */
	uint64_t body_key;  /* of the words of an organization in it; added to key, the whole */
	uint32_t country;   /* index of gazetteer.actors, or MAP_NONE */
	uint32_t abroad;    /* where it is held: "to China"; the same */
	uint32_t body;	    /* an entity: "the Commission's president"; or MAP_NONE */
	uint32_t home;	    /* the country of body or place, as `country` */
	bool is_past;	    /* "former", "ousted" */
	bool is_by_pronoun; /* country or body: "its president" */
	bool is_cut;	    /* there is a complement that could not be read */
	bool is_deputy;
	bool is_prime;	 /* "prime minister", who is no mere minister */
	bool is_verb;	 /* "who chairs" */
	uint32_t entity; /* who holds it by the text, or MAP_NONE */
};

/* Reads the post whose noun is at `head`: from token `first` to where its complements end. */
void post_read(const struct entities *es, uint32_t first, uint32_t head, struct post *out);
/* Finds the posts that stand with names: "Foreign Minister Ann Lee", "the minister, Ann Lee", "Ann
 * Lee, the minister of Norway", "Ann Lee, who chairs the panel". Fills in es->posts, in the order
 * of the text. 0, or -1 when the arena is full. */
int posts_find(struct entities *es) MUST_CHECK;
/* Where a text names somebody in a post: the last time before it, else the next one after; or NULL.
 * With `of_country` nobody whose country the text leaves out, where that of the wanted post is
 * told. */
const struct post *posts_called(const struct entities *es, const struct post *wanted,
				bool of_country);
/* The post with its noun at a token whose holder stands beside it, or NULL. */
const struct post *posts_at(const struct entities *es, uint32_t head);
/* Is the one who holds `p` called `wanted`? With `exactly` no word may be wanting. */
bool post_is_called(const struct entities *es, const struct post *p, const struct post *wanted,
		    bool exactly);
/* Does a role fit a post's words? A "leader" is who heads the state or the government. */
bool post_fits_role(const struct entities *es, const struct post *p, const struct role *r);

/* Does a title end with the noun of a post: "science minister" or "minister of science"? */
bool post_noun_ends_title(const struct entities *es, struct str title, struct str noun);
/* Is it the title of an office, no head's, that is held on the article's day? */
bool post_noun_is_of_role(const struct entities *es, const struct role *r, struct str noun);

/* Where the text names somebody in such a post before it the last time, or NULL. */
const struct post *posts_of(const struct entities *es, uint32_t entity, const struct post *wanted);
static inline bool posts_holds(const struct entities *es, uint32_t entity,
			       const struct post *wanted)
{
	return posts_of(es, entity, wanted) != NULL;
}

/* "The minister", "its minister", "Norway's minister": somebody certain; in Irish "an Taoiseach".
 */
bool post_is_definite(const struct entities *es, const struct post *p);

#endif
