/* The world's office holders and bodies: who held which office where and when, and what parties,
 * parliaments and ministries are called (data/holders.bin, packed by train/pack_holders.c, whose
 * sources NOTICE names). It is read where it lies in the program: opening it looks at its head
 * alone, and only the pages that are asked for are ever touched. Immutable, any thread. */
#ifndef DEMARCHE_EXTRACT_ENTITY_HOLDERS_H
#define DEMARCHE_EXTRACT_ENTITY_HOLDERS_H

#include "base/date.h"
#include "base/err.h"

#define HOLDERS_KIND "DMholder"
enum { HOLDERS_VERSION = 1, HOLDER_BORN_FROM = 1850 };

enum office_kind {
	OFFICE_OTHER,
	OFFICE_HEAD_OF_STATE,
	OFFICE_HEAD_OF_GOVERNMENT,
	OFFICE_MINISTER,
	OFFICE_AMBASSADOR,
	OFFICE_LEGISLATOR,
	OFFICE_GOVERNOR,
	OFFICE_MAYOR,
	OFFICE_JUDGE,
	OFFICE_MILITARY,
	OFFICE_SPOKESPERSON,
	OFFICE_PARTY_LEADER,
	OFFICE_COUNT
};

enum body_kind {
	BODY_KIND_PARTY,
	BODY_KIND_MINISTRY,
	BODY_KIND_PARLIAMENT,
	BODY_KIND_COURT,
	BODY_KIND_AGENCY,
	BODY_KIND_COUNT
};

/* --- the file, little-endian; each part follows the one before it, at the next multiple of 4 -- */

/* Keys (below) to numbers: those of a bucket, the first bits of a key, stand at
 * entries[starts[b]] to entries[starts[b + 1]], each below further bits of its key, so that what
 * another key leads to is seldom looked at. The caller compares. */
enum { LOOKUP_VALUE_BITS = 17, LOOKUP_CHECK_BITS = 15, LOOKUP_CHECK_SHIFT = 24 };
#define HOLDERS_LOOKUPS(X)                                                                         \
	X(NAMES, 16)	/* holder_name_key of full names -> persons */                             \
	X(SURNAMES, 15) /* share of a name that one goes by alone -> persons */                    \
	X(TITLES, 12)	/* holder_title_key -> titles */                                           \
	X(BODIES, 13)	/* body_name_key -> bodies */
#define X(name, bits) LOOKUP_##name,
enum holders_lookup { HOLDERS_LOOKUPS(X) LOOKUP_COUNT };
#undef X

struct holders_head {
	uint32_t n_persons, n_offices, n_titles, n_units, n_bodies, n_countries;
	uint32_t n_held; /* offices that are not a legislator's: by title, country and day */
	uint32_t text_bytes;
	uint32_t n_entries[LOOKUP_COUNT];
};

/* Texts are offsets; that of a row ends before the line feed where that of the next row begins.
 * Persons are in falling order of importance. All arrays but the lookups' have one row more. */
struct holder_row {
	uint32_t names;	   /* the name and other ones, parted by semicolons */
	uint32_t wikidata; /* 0: none */
	uint32_t offices;  /* the first; the next row's ends them */
	uint8_t country, importance;
	uint8_t born; /* year less HOLDER_BORN_FROM; 0: unknown */
	uint8_t flags;
};

enum {
	HOLDER_MAN = 1,
	HOLDER_WOMAN = 2,
	HOLDER_FAMILY_FIRST = 4, /* "Wang Yi" */
	HOLDER_HAS_SLUG = 8,	 /* the id is the name's slug: no other one has it */
	HOLDER_COMMON_SHIFT = 4	 /* how common the name is: 0 (rare) to 15 */
};

struct office_row {
	uint16_t title, unit;
	uint16_t from, to; /* days since 1900-01-01; 0: unknown */
	uint8_t country;
	uint8_t is_open; /* held still when the sources ended, at `to` */
};

struct title_row {
	uint32_t names; /* as of a person */
	uint32_t kind;	/* enum office_kind */
};

struct body_row {
	uint32_t names;
	uint32_t wikidata;
	uint8_t country, kind; /* enum body_kind */
	uint16_t unused;
};

struct country_code {
	char code[4]; /* with a NUL; "" for none */
};

/* --- looking up ------------------------------------------------------------------------------- */

struct lookup {
	const uint32_t *starts, *entries;
	unsigned bits;
};

struct holders {
	const struct holders_head *head;
	const struct holder_row *persons;
	const struct office_row *offices;
	const struct title_row *titles;
	const struct body_row *bodies;
	const uint32_t *units; /* texts */
	const uint32_t *held;  /* offices by title, country, first day */
	const struct country_code *countries;
	struct lookup lookups[LOOKUP_COUNT];
	const char *text;
};

/* The table in the program. 0, or -1 with *e set: its parts do not fit its head. */
int holders_open(struct holders *h, struct err *e) MUST_CHECK;
/* The same for a file in memory, which must outlive it. */
int holders_view(struct holders *h, struct str file, struct err *e) MUST_CHECK;

/* A candidate of a lookup, to be compared; UINT32_MAX at the end. `*at` starts at 0. */
uint32_t holders_next(const struct holders *h, enum holders_lookup which, uint64_t key,
		      uint32_t *at);

/* All names, parted by semicolons; the first is the one it goes by. */
struct str holder_names(const struct holders *h, uint32_t person);
struct str holder_name(const struct holders *h, uint32_t person);
struct str title_names(const struct holders *h, uint32_t title);
struct str body_names(const struct holders *h, uint32_t body);
/* The word that a peer goes by, of a name with the rank: "Browne" of "Lord Browne of Ladyton"; ""
 * of other names. */
struct str holder_peerage(struct str name);
/* May the person be called by this word (a word_key) alone? */
bool holder_has_surname(const struct holders *h, uint32_t person, uint64_t surname);
/* "" for none. */
struct str holders_country(const struct holders *h, unsigned country);
struct str holders_unit(const struct holders *h, unsigned unit);
static inline unsigned holder_commonness(const struct holders *h, uint32_t person)
{
	return h->persons[person].flags >> HOLDER_COMMON_SHIFT;
}
static inline unsigned office_kind(const struct holders *h, const struct office_row *o)
{
	return h->titles[o->title].kind;
}
/* DAY_NONE where unknown. */
day_t office_day(uint16_t day);
/* Was it held on that day, as far as the sources go? False for DAY_NONE. */
bool office_is_held(const struct office_row *o, day_t day);
/* Was it, or did it begin before and is not known to have ended? */
bool office_is_held_still(const struct office_row *o, day_t day);
/* The one person who held an office of this title (by its key), for a unit of the country ("Ohio")
 * or, with "", for it as a whole, on that day; UINT32_MAX for none or several. */
uint32_t holders_in_office(const struct holders *h, uint64_t title, struct str country,
			   struct str unit, day_t day);
/* Is the key that of one of the names of a title? */
bool title_is(const struct holders *h, uint32_t title, uint64_t key);
/* Do two keys of titles mean one office: are they the same, or names of one title? */
bool titles_are_one(const struct holders *h, uint64_t a, uint64_t b);
/* The kinds of office that go by a title, as bits. */
uint32_t title_kinds(const struct holders *h, uint64_t key);
/* Of a state or a government? */
bool title_is_head(const struct holders *h, uint64_t key);

/* The bits of a key that stand above a value in an entry. */
static inline uint32_t lookup_check(uint64_t key)
{
	return (uint32_t)(key >> LOOKUP_CHECK_SHIFT & ((1u << LOOKUP_CHECK_BITS) - 1))
	       << LOOKUP_VALUE_BITS;
}

/* --- keys ------------------------------------------------------------------------------------- */

/* The share of a word, by its word_key, in the keys below, which are sums of them: the order of
 * words is forgotten. */
uint64_t holder_share(uint64_t word);
/* Of a person's name: case, accents, marks, initials, "Jr." and articles are forgotten; what stands
 * in quotation marks or brackets is left out. *n (NULL is allowed): the words that counted. */
uint64_t holder_name_key(struct str name, unsigned *n);
/* Of its first and its last word alone; 0 where there are no others. */
uint64_t holder_ends_key(struct str name);
/* Are all words of a name in another one, too? */
bool holder_name_within(struct str a, struct str b);
/* Do two names of the same words have them in the same order? */
bool holder_same_order(struct str a, struct str b);
/* Of a title or the name of a body: small words are forgotten. */
uint64_t holder_title_key(struct str title);
bool holder_is_small_word(struct str word);

#endif
