/* The entities of one article: which actors its names, titles, pronouns and groups mean. In the
 * article's arena; one thread. */
#ifndef DEMARCHE_EXTRACT_ENTITY_ENTITIES_H
#define DEMARCHE_EXTRACT_ENTITY_ENTITIES_H

#include "extract/entity/gazetteer.h"

/* An actor of the article. */
struct entity {
	struct actor *actor;
	char gender;	  /* m, f or 0 when unknown */
	int8_t votes;	  /* sentences of one person with he (+) or she (-) */
	uint8_t kind;	  /* enum mention_kind */
	uint32_t joined;  /* 1 + the entity whose other name this is, or 0 */
	float weigh[3];	  /* evidence of being a person, an organization, a place (name_type.h) */
	uint64_t surname; /* of persons; 0 */
	uint64_t given;	  /* the first word of a name of several; 0 */
	bool by_surname_alone; /* the text gives it neither a whole name nor a post */
	struct str surname_text;
	uint32_t known;	 /* index in the gazetteer, or MAP_NONE */
	uint32_t holder; /* row of the table of holders, or MAP_NONE */
	uint32_t body;	 /* of data/bodies.tsv, or MAP_NONE */
	size_t n_aliases, cap_aliases;
	struct str *aliases;
};

struct mention {
	uint32_t first, last; /* tokens; without titles */
	uint32_t outer;	      /* first token of titles before the name */
	uint32_t entity;
	uint8_t kind; /* enum name_kind */
	bool has_title;
	bool is_subject;     /* a verb follows */
	bool may_be_subject; /* no preposition or verb before it */
};

struct jurisdiction;

/* Who a phrase means. */
struct referent {
	const struct actor *actor; /* NULL: nobody that can be told */
	enum speaker_via via;
	struct str role; /* the post beside the name, as written, or "" */
};

/* A description ("the officer", "U.S. officials") or a pronoun. */
enum reference_form { REFERENCE_NOMINAL, REFERENCE_PRONOUN };

struct reference {
	uint32_t first, last, head; /* tokens */
	uint32_t entity;	    /* whom it means, or MAP_NONE */
	uint8_t form;		    /* enum reference_form */
	char gender;		    /* m or f of he and she; 0 of others */
};

struct entities {
	const struct text *t;
	const struct gazetteer *g;
	const struct lexicon *lx;
	struct arena *a;
	day_t day;			  /* of publication, or DAY_NONE */
	const struct jurisdiction *about; /* how much it speaks of which country */
	uint32_t home; /* the country for which most of those hold office who speak in it (label.h),
			  or MAP_NONE */
	uint32_t home_of_outlet;	 /* (outlet.h), or MAP_NONE */
	bool is_sitting;		 /* the record of a legislature's, with turns (sitting.h) */
	const struct referent *speakers; /* of the text's turns, once they are known, or NULL */
	struct entity *v;
	size_t n, cap;
	struct mention *mentions;
	size_t n_mentions, cap_mentions;
	struct reference *references; /* in the order of the text, by coref_resolve */
	size_t n_references, cap_references;
	struct post *posts; /* that stand with names, in the order of the text (post.h) */
	size_t n_posts, cap_posts;
	struct post *roles; /* that stand without, as far as they were resolved (role.h) */
	size_t n_roles, cap_roles;
	uint32_t *mention_at;	/* by token: 1 + the mention */
	uint32_t *reference_at; /* by token: 1 + the reference whose head it is */
	uint32_t *sentence_of;	/* by token: sentences outside of quotations so far */
	/* By quotation: its speaker, once the statements are made, or NULL. */
	const struct actor **quoted;
	/* Each to entities. */
	struct map by_id;      /* hash of the actor's id */
	struct map by_known;   /* 2 + index in the gazetteer */
	struct map by_holder;  /* 1 + row of the table of holders */
	struct map by_surname; /* surname or first name: the one mentioned last in full */
	struct map by_part;    /* first and last word, or two of three, of a full name */
	struct map by_noun;    /* head noun of descriptions, with their possessor: the last one */
	struct map persons_words; /* words of names that a given name shows to be persons' */
};

/* The entity with this id, made when new. */
int entities_get(struct entities *es, struct str id, struct str name, enum actor_kind kind,
		 struct str country, uint32_t *index) MUST_CHECK;
/* The entity that is this actor of the gazetteer, made when new. */
int entities_of_known(struct entities *es, uint32_t known, uint32_t *index) MUST_CHECK;
/* Nothing happens where the entity is known to have that name. */
int entities_add_alias(struct entities *es, struct entity *m, struct str alias) MUST_CHECK;
/* The first mention that starts at or after a token, by bisection; n_mentions for none. */
size_t entities_mention_after(const struct entities *es, uint32_t token);
/* The mention that a token stands in, or NULL. */
static inline const struct mention *entities_mention(const struct entities *es, uint32_t token)
{
	uint32_t at = es->mention_at[token];
	return at ? &es->mentions[at - 1] : NULL;
}
/* The entity that it names, or NULL. */
static inline const struct entity *entities_named_at(const struct entities *es, uint32_t token)
{
	const struct mention *m = entities_mention(es, token);
	return m ? &es->v[m->entity] : NULL;
}
/* The entity that the description or pronoun with its head at a token means, or MAP_NONE. */
static inline uint32_t entities_referred(const struct entities *es, uint32_t token)
{
	uint32_t at = es->reference_at[token];
	return at ? es->references[at - 1].entity : MAP_NONE;
}
/* Copies what was learnt (aliases) into the actors; call once at the end. */
int entities_finish(struct entities *es) MUST_CHECK;

#endif
