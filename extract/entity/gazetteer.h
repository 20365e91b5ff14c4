/* The actors that are known before any article is read: countries, organizations, persons with
 * dated posts. Immutable once open. */
#ifndef DEMARCHE_EXTRACT_ENTITY_GAZETTEER_H
#define DEMARCHE_EXTRACT_ENTITY_GAZETTEER_H

#include "extract/entity/coref_model.h"
#include "extract/entity/holders.h"
#include "extract/tables/map.h"
#include "extract/text/text.h"

/* A body's name is borne by the bodies of several countries: "the Senate". */
enum name_kind { NAME_FULL, NAME_DEMONYM, NAME_CAPITAL, NAME_METONYM, NAME_BODY };

/* What a common noun names. */
enum noun_class {
	NOUN_MAN = 1,
	NOUN_WOMAN = 2,
	NOUN_PERSON = 4,
	NOUN_PEOPLE = 8,
	NOUN_ORGANIZATION = 16,
	NOUN_PLACE = 32,
	NOUN_SUFFIX_ORGANIZATION = 64,
	NOUN_SUFFIX_PLACE = 128,
	NOUN_DOCUMENT = 256, /* speaks for whoever made it */
	NOUN_THING = 512,    /* cannot speak */
	NOUN_HUMAN = NOUN_MAN | NOUN_WOMAN | NOUN_PERSON
};

/* One way to name an actor. */
struct name_entry {
	uint32_t actor;	 /* index, of a body where the kind says so, or MAP_NONE for the mere
			    start of longer names */
	uint8_t kind;	 /* enum name_kind */
	bool is_acronym; /* matches in capitals only */
	bool is_taught;	 /* by a person (taught.h) */
};

/* What a person's entry has besides its actor. */
struct person {
	char gender;	  /* m, f or 0 */
	uint64_t surname; /* word key of the name the person goes by alone */
	struct str surname_text;
	const uint64_t
		*called; /* other words that mean the person where a text has the full name */
	size_t n_called;
};

/* What several countries have under one name (data/bodies.tsv), or an office in them. */
struct body {
	struct str id, name;
	struct str names; /* all, parted by semicolons */
	bool is_listed;	  /* only the countries of the table have one */
};

/* A body of a country that the gazetteer has no actor for. */
#define BODY_WITHOUT_ACTOR (MAP_NONE - 1)

struct lexicon;

struct gazetteer {
	struct arena a;
	struct actor *actors;
	struct person *persons; /* parallel to actors; surname 0 for others */
	uint32_t *homes;	/* parallel, too: the country or union of an actor, or MAP_NONE */
	size_t n_actors;
	struct body *bodies;
	size_t n_bodies, cap_bodies;
	struct name_entry *names;
	size_t n_names, cap_names;
	struct map by_name;  /* phrase key -> names */
	struct map by_id;    /* hash of the id -> actors */
	struct map given;    /* given name -> 'm', 'f' or 'u' (both) */
	struct map surnames; /* given names that are surnames as well */
	struct map nouns;    /* common noun in the singular -> enum noun_class, added up */
	struct map places;   /* names of cities and regions -> country, or none */
	struct map body_in;  /* body and country -> actor, BODY_WITHOUT_ACTOR or BODY_NOT_THERE */
	struct map offices;  /* title ("sen.") -> body */
	struct map posts;    /* holder_title_key of posts -> the country that their words tell */
	struct map likely_posts; /* the same of posts that others may have, too */
	struct map by_wikidata;	 /* number of the id -> persons of the table */
	struct map by_holder;	 /* 1 + row of the table of holders -> taught persons (taught.h) */
	struct holders holders;
	struct coref_model coref;
};

/* 0, or -1 with *e set. The lexicon must outlive it. */
int gazetteer_open(struct gazetteer *g, const struct lexicon *lx, struct err *e) MUST_CHECK;
void gazetteer_close(struct gazetteer *g);
/* The word of a person's full name that one goes by alone: the last, but for "Jr." and numbers. */
struct str gazetteer_surname(struct str name);

/* The parts of opening it (gazetteer_open.c): countries, bodies and organizations; then persons, by
 * what else is read. */
int gazetteer_read_actors(struct gazetteer *g, const struct lexicon *lx, struct err *e) MUST_CHECK;
int gazetteer_read_persons(struct gazetteer *g, const struct lexicon *lx, struct err *e) MUST_CHECK;

/* For taught.c, before anybody else sees the gazetteer. A new actor, which comes last; its home is
 * that of its country. */
int gazetteer_add_actor(struct gazetteer *g, struct actor a, uint32_t *index,
			struct err *e) MUST_CHECK;
/* The actor with this id, or MAP_NONE. */
static inline uint32_t gazetteer_index(const struct gazetteer *g, struct str id)
{
	return id.n ? map_get(&g->by_id, str_hash(id)) : MAP_NONE;
}
/* The place of a name, made when new; NULL where the name has no words. *only (NULL is allowed):
 * the key of its word where it has just one, else 0. It holds until the next call. */
int gazetteer_name_place(struct gazetteer *g, const struct lexicon *lx, struct str name,
			 struct name_entry **out, uint64_t *only, struct err *e) MUST_CHECK;
/* Is it written in capitals, two at least? */
bool name_is_acronym(struct str name);

/* Does a person hold a post that speaks for their country on that day (on any, for DAY_NONE)? A
 * former minister or the leader of the opposition does not, though of that country. */
bool gazetteer_speaks_for_country(const struct gazetteer *g, const struct actor *a, day_t day);

/* The classes of a token as a common noun, 0 for none; *is_plural (NULL is allowed): it has a
 * plural ending. */
unsigned gazetteer_noun(const struct gazetteer *g, const struct token *k, bool *is_plural);
/* 'm' or 'f' for a noun that only men or only women are called by, 0 else. */
char gazetteer_noun_gender(const struct gazetteer *g, const struct token *k);

/* Do these tokens name a city or a region? *country (NULL is allowed): which it lies in, as an
 * index of actors, or MAP_NONE. */
bool gazetteer_is_place(const struct gazetteer *g, const struct text *t, size_t first, size_t last,
			uint32_t *country);

/* The actor that this body is in a country (or union): an index, BODY_WITHOUT_ACTOR, or MAP_NONE
 * where the country has no such body. */
uint32_t gazetteer_body_in(const struct gazetteer *g, uint32_t body, uint32_t country);
/* The body whose members bear a title, or MAP_NONE. */
uint32_t gazetteer_office(const struct gazetteer *g, const struct token *title);

/* The longest name that starts at token i: tokens it takes, 0 for none. */
size_t gazetteer_match(const struct gazetteer *g, const struct text *t, size_t i, size_t end,
		       struct name_entry *out);
const struct actor *gazetteer_find(const struct gazetteer *g, struct str id);
/* The title of the first post in the table that the actor held on that day; "" for none or
 * DAY_NONE. */
struct str actor_post(const struct actor *a, day_t day);
/* Who held a post of this title for a country or organization on that day; NULL when nobody, or
 * more than one, is known to have. */
const struct actor *gazetteer_holder(const struct gazetteer *g, struct str title, struct str of,
				     day_t day);
/* Was it held on that day? True for DAY_NONE. */
bool role_is_held(const struct role *r, day_t day);
/* The person of the gazetteer that a row of the table of holders is, too; MAP_NONE for none. */
uint32_t gazetteer_of_holder(const struct gazetteer *g, uint32_t holder);
/* Did the person hold a post whose title has this word on that day (any day when DAY_NONE)? */
bool actor_has_role(const struct actor *a, struct str title, day_t day);

/* The one person with this surname who held the last post that stands among these tokens on the
 * day ("President Putin"); MAP_NONE for none or several. */
uint32_t gazetteer_titled(const struct gazetteer *g, uint64_t surname, const struct text *t,
			  struct range post, day_t day);

#endif
