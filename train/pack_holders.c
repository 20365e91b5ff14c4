/* Packs the tables of the world's office holders into data/holders.bin.
 *
 *	pack_holders FOLDER train/members.tsv data/holders.bin
 *
 * FOLDER holds persons.tsv, roles.tsv, titles.tsv and organizations.tsv (docs/holders.md says where
 * they come from). Of persons with an id at Wikidata the offices that have one too are taken; of
 * those of Open States, the Congress, the World Factbook and REIGN all; others are left out, for
 * want of a stated license. Of these some stand in members.tsv, made by hand. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "extract/entity/holders.h"
#include "extract/tables/key.h"
#include "extract/tables/map.h"
#include "extract/tables/table.h"
#include "train/file_text.h"
#include "train/model_write.h"
#include "train/room.h"
#include "train/written_names.h"

enum {
	MOST_PERSONS = 200000,
	MOST_OFFICES = 300000,
	MOST_TITLES = 65000,
	MOST_UNITS = 65000,
	MOST_BODIES = 40000,
	MOST_COUNTRIES = 255,
	MOST_ENTRIES = 600000,
	MOST_TEXT = 16 << 20,
	SLUG_IMPORTANCE = 40, /* from here on a name alone makes an id: ministers and above, */
	SLUG_RARE = 6,	      /* and others with a name that few may share */
	SLUG_LEAST = 25,
	DAY_1900 = -25567
};

/* When the sources of open offices were last written (README.md of the tables): until then the
 * office was held. */
static const char *const SCRAPERS_END = "2022-07-15", *const FACTBOOK_END = "2026-05-17",
			 *const STATES_END = "2026-08-05", *const CONGRESS_END = "2026-06-15",
			 *const REIGN_END = "2021-03-01";

struct office {
	uint32_t next; /* 1 + the person's next one */
	uint32_t title, unit, country;
	day_t from, to;
	bool is_open;
};

struct person {
	struct str id, name, names, slug;
	uint32_t offices; /* 1 + the first */
	uint32_t wikidata, country;
	int importance, born;
	uint8_t flags;
	bool is_dropped;
};

/* Numbers of texts in the order in which they come. */
struct texts {
	struct map by_hash;
	struct str *v;
	uint32_t n, most;
};

struct pair {
	uint64_t key;
	uint32_t value;
};

struct pairs {
	struct pair *v;
	uint32_t n;
};

struct packer {
	struct arena a;
	struct person *persons;
	uint32_t n_persons;
	struct office *offices;
	uint32_t n_offices;
	struct texts titles, units, countries;
	struct str *title_names;
	uint32_t *title_kinds;
	struct body_row *bodies;
	struct str *body_names;
	uint32_t n_bodies;
	struct map person_by_id, word_counts[2]; /* first and last words of all names */
	struct pairs pairs[LOOKUP_COUNT];
	char *text;
	uint32_t text_n;
};

static void texts_init(struct texts *t, struct arena *a, uint32_t most)
{
	*t = (struct texts){.v = room_for(a, most, sizeof *t->v), .most = most};
}

static uint32_t texts_add(struct texts *t, struct str s, struct arena *a)
{
	uint32_t *at = map_at(&t->by_hash, str_hash(s), a);
	if (!at || t->n == t->most) {
		fprintf(stderr, "too many texts\n");
		exit(1);
	}
	if (*at == MAP_NONE) {
		*at = t->n;
		t->v[t->n++] = s;
	}
	return *at;
}

static struct table open_table(struct packer *p, const char *folder, const char *name)
{
	char path[512];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	struct table t = table_of(name, file_text_or_exit(path, &p->a));
	(void)table_next(&t); /* the names of the columns */
	return t;
}

static void add_pair(struct packer *p, enum holders_lookup which, uint64_t key, uint32_t value)
{
	struct pairs *l = &p->pairs[which];
	for (uint32_t i = l->n; i-- > 0 && l->v[i].value == value;)
		if (l->v[i].key == key)
			return;
	if (l->n == MOST_ENTRIES || value >> LOOKUP_VALUE_BITS) {
		fprintf(stderr, "too many entries\n");
		exit(1);
	}
	l->v[l->n++] = (struct pair){key, value};
}

/* --- persons ---------------------------------------------------------------------------------- */

static void count_word(struct packer *p, unsigned which, struct str word)
{
	uint32_t *at = map_at(&p->word_counts[which], word_key(word), &p->a);
	if (at)
		*at = *at == MAP_NONE ? 1 : *at + 1;
}

static struct str first_word(struct str name)
{
	struct str rest = name, word = name;
	(void)str_split(&rest, ' ', &word);
	return word;
}

/* The word that one goes by alone, suffixes left out. */
static struct str last_word(struct str name)
{
	struct str rest = name, word, last = name;
	while (str_split(&rest, ' ', &word))
		if (word.n && !str_is_one_of_nocase(word, "jr. jr sr. sr ii iii iv"))
			last = word;
	return last;
}

static bool is_family_first(struct str country)
{
	return str_is_one_of(country, "CHN TWN HKG MAC KOR PRK VNM KHM SGP");
}

static void read_persons(struct packer *p, const char *folder)
{
	struct table t = open_table(p, folder, "persons.tsv");
	while (table_next(&t)) {
		struct person *v = &p->persons[p->n_persons];
		int64_t q = 0, born = 0, importance = 0;
		if (str_starts(t.cell[0], STR("Q")))
			(void)str_to_i64(str_sub(t.cell[0], 1, t.cell[0].n), &q);
		(void)str_to_i64(t.cell[4], &born);
		(void)str_to_i64(t.cell[6], &importance);
		*v = (struct person){.id = t.cell[0],
				     .name = t.cell[1],
				     .wikidata = (uint32_t)q,
				     .country = texts_add(&p->countries, t.cell[5], &p->a),
				     .importance = (int)importance,
				     .born = born > HOLDER_BORN_FROM ? (int)born - HOLDER_BORN_FROM
								     : 0};
		v->names = t.cell[2].n ? arena_printf(&p->a, "%.*s;%.*s", STR_ARG(t.cell[1]),
						      STR_ARG(t.cell[2]))
				       : t.cell[1];
		if (str_starts(v->id, STR("fb-")))
			v->name = v->names = names_without_capitals(&p->a, v->name);
		v->names = names_without_rank(&p->a, v->names, str_eq(t.cell[5], STR("GBR")));
		struct str rest = v->names;
		(void)str_split(&rest, ';', &v->name);
		v->slug = str_slug(&p->a, v->name);
		v->flags = str_eq(t.cell[3], STR("m"))	 ? HOLDER_MAN
			   : str_eq(t.cell[3], STR("f")) ? HOLDER_WOMAN
							 : 0;
		if (is_family_first(t.cell[5]))
			v->flags |= HOLDER_FAMILY_FIRST;
		count_word(p, 0, first_word(v->name));
		count_word(p, 1, last_word(v->name));
		*map_at(&p->person_by_id, str_hash(v->id), &p->a) = p->n_persons++;
	}
}

/* How many of all persons have such a first and such a last word: 0 to 15. */
static unsigned commonness(const struct packer *p, struct str name)
{
	double n = (double)map_get(&p->word_counts[0], word_key(first_word(name))) *
		   (double)map_get(&p->word_counts[1], word_key(last_word(name)));
	unsigned bits = 0;
	for (; n >= 2 && bits < 15; n /= 2)
		bits++;
	return bits;
}

/* --- offices ---------------------------------------------------------------------------------- */

/* "2013", "2013-04" or a day: the first day of it, or the last; DAY_NONE for "". */
static day_t edge(struct str s, bool is_end)
{
	int64_t year = 0, month = is_end ? 12 : 1, day = 1;
	if (!s.n || !str_to_i64(str_sub(s, 0, 4), &year))
		return DAY_NONE;
	if (s.n >= 7)
		(void)str_to_i64(str_sub(s, 5, 7), &month);
	if (is_end)
		day = days_in_month((int)year, (int)month);
	if (s.n >= 10)
		(void)str_to_i64(str_sub(s, 8, 10), &day);
	return day_from_civil((struct civil){(int)year, (int)month, (int)day});
}

static day_t known_until(struct str id, struct str title)
{
	const char *end = str_starts(id, STR("fb-"))	  ? FACTBOOK_END
			  : str_starts(id, STR("os-"))	  ? STATES_END
			  : str_starts(id, STR("reign-")) ? REIGN_END
			  : str_starts(id, STR("bioguide-")) ||
					  str_eq(title, STR("united states senator")) ||
					  str_eq(title, STR("united states representative"))
				  ? CONGRESS_END
				  : SCRAPERS_END;
	day_t day = DAY_NONE;
	(void)day_parse(str_of(end), &day);
	return day;
}

/* A title of the Factbook that was cut wrongly: "president of", "general of the". */
static bool is_damaged(struct str id, struct str title)
{
	static const char *const ends[] = {" of", " the", " and", " sir", " dr.", " gen."};
	bool damaged = str_is_one_of(title, "of the general") || str_starts(title, STR("and "));
	for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
		damaged = damaged || str_ends(title, str_of(ends[i]));
	return damaged && str_starts(id, STR("fb-"));
}

/* An office without an id of somebody who has one: of REIGN, whose title is "leader"; of Open
 * States, which alone has states and cities of the United States; or begun after the last day of
 * the other sources, EveryPolitician of 2015 and the CIA's list, whose dates are bare years. */
static bool is_of_licensed_source(const struct table *t)
{
	static const char *const of_states = "state senator|state representative|state legislator|"
					     "mayor|governor|lieutenant governor";
	static const struct str everypolitician_end = {"2015-12", 7};
	struct str title = t->cell[1], list = str_of(of_states), one;
	if (str_eq(title, STR("leader")))
		return true;
	/* "state senator" of the "Senate", no state's: EveryPolitician's name for the nation's */
	bool is_of_nation = str_eq(t->cell[5], STR("Senate"));
	while (str_eq(t->cell[4], STR("USA")) && !is_of_nation && str_split(&list, '|', &one))
		if (str_eq(one, title))
			return true;
	return t->cell[6].n > 4 && str_cmp(t->cell[6], everypolitician_end) >= 0;
}

static bool is_single(const struct packer *p, struct str id)
{
	uint32_t at = map_get(&p->person_by_id, str_hash(id));
	return at != MAP_NONE && str_find(p->persons[at].name, STR(" "), 0) == SIZE_MAX;
}

static bool may_ship(const struct packer *p, const struct table *t)
{
	struct str id = t->cell[0];
	if (str_starts(id, STR("Q")))
		return t->cell[2].n > 0 || is_of_licensed_source(t);
	if (str_starts(id, STR("reign-")) && is_single(p, id))
		return false; /* a family name alone tells nobody apart */
	return (str_starts(id, STR("os-")) || str_starts(id, STR("bioguide-")) ||
		str_starts(id, STR("fb-")) || str_starts(id, STR("reign-"))) &&
	       !is_damaged(id, t->cell[1]);
}

/* "minister of foreign", as some lists have it. */
static struct str whole_title(struct packer *p, struct str title)
{
	return str_ends(title, STR(" foreign"))
		       ? arena_printf(&p->a, "%.*s affairs", STR_ARG(title))
		       : title;
}

static void read_offices(struct packer *p, struct table t, bool is_by_hand)
{
	while (table_next(&t)) {
		uint32_t person = map_get(&p->person_by_id, str_hash(t.cell[0]));
		if (person == MAP_NONE || !(is_by_hand || may_ship(p, &t)))
			continue;
		struct person *v = &p->persons[person];
		day_t end = known_until(v->id, t.cell[1]), from = edge(t.cell[6], false),
		      to = edge(t.cell[7], true);
		/* An end that was taken from the next holder known, whom the scrapers missed. */
		bool is_open = to == DAY_NONE || (v->wikidata && to > end && from < end);
		p->offices[p->n_offices] = (struct office){
			.next = v->offices,
			.title = texts_add(&p->titles, whole_title(p, t.cell[1]), &p->a),
			.unit = texts_add(&p->units, t.cell[5], &p->a),
			.country = texts_add(&p->countries, t.cell[4], &p->a),
			.from = from,
			.to = is_open ? end : to,
			.is_open = is_open};
		v->offices = ++p->n_offices;
	}
}

static const char *const office_words[OFFICE_COUNT] = {
	[OFFICE_OTHER] = "other",
	[OFFICE_HEAD_OF_STATE] = "head of state",
	[OFFICE_HEAD_OF_GOVERNMENT] = "head of government",
	[OFFICE_MINISTER] = "minister",
	[OFFICE_AMBASSADOR] = "ambassador",
	[OFFICE_LEGISLATOR] = "legislator",
	[OFFICE_GOVERNOR] = "governor",
	[OFFICE_MAYOR] = "mayor",
	[OFFICE_JUDGE] = "judge",
	[OFFICE_MILITARY] = "military",
	[OFFICE_SPOKESPERSON] = "spokesperson",
	[OFFICE_PARTY_LEADER] = "party leader",
};

static uint32_t kind_of(struct str word, const char *const *words, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		if (str_eq(word, str_of(words[i])))
			return i;
	return n;
}

/* Of the ways to write a title those that differ in more than order and small words. */
static struct str ways_to_write(struct packer *p, struct str first, struct str list)
{
	uint64_t seen[32];
	unsigned n = 0;
	struct str all = first, part;
	seen[n++] = holder_title_key(first);
	while (n < 32 && str_split(&list, ';', &part)) {
		uint64_t key = holder_title_key(part);
		bool is_new = part.n > 0;
		for (unsigned i = 0; i < n; i++)
			is_new = is_new && seen[i] != key;
		if (!is_new)
			continue;
		seen[n++] = key;
		all = arena_printf(&p->a, "%.*s;%.*s", STR_ARG(all), STR_ARG(part));
	}
	return all;
}

static void read_titles(struct packer *p, const char *folder)
{
	struct table t = open_table(p, folder, "titles.tsv");
	for (uint32_t i = 0; i < p->titles.n; i++)
		p->title_names[i] = p->titles.v[i];
	while (table_next(&t)) {
		uint32_t at = map_get(&p->titles.by_hash, str_hash(t.cell[0]));
		if (at == MAP_NONE)
			continue;
		p->title_kinds[at] = kind_of(t.cell[2], office_words, OFFICE_COUNT);
		if (p->title_kinds[at] == OFFICE_COUNT)
			p->title_kinds[at] = OFFICE_OTHER;
		p->title_names[at] = ways_to_write(p, t.cell[0], t.cell[1]);
	}
}

/* --- who stays -------------------------------------------------------------------------------- */

static bool is_head(const struct packer *p, const struct office *o)
{
	uint32_t kind = p->title_kinds[o->title];
	return kind == OFFICE_HEAD_OF_STATE || kind == OFFICE_HEAD_OF_GOVERNMENT;
}

static bool shares_word(struct str a, struct str b)
{
	struct str rest = a, word;
	while (str_split(&rest, ' ', &word)) {
		struct str other, words = b;
		while (word.n > 2 && str_split(&words, ' ', &other))
			if (word_key(word) == word_key(other))
				return true;
	}
	return false;
}

/* A head of the Factbook or of REIGN whom Wikidata has too: of the same country, in office from
 * about the same day, with a word of the name. */
static void drop_doubles(struct packer *p)
{
	enum { NEAR = 40 }; /* days */
	static struct {
		uint32_t person;
		const struct office *o;
	} heads[20000];
	size_t n = 0;
	for (uint32_t i = 0; i < p->n_persons; i++)
		for (uint32_t k = p->persons[i].offices; k; k = p->offices[k - 1].next)
			if (p->persons[i].wikidata && is_head(p, &p->offices[k - 1]) && n < 20000) {
				heads[n].person = i;
				heads[n++].o = &p->offices[k - 1];
			}
	for (uint32_t i = 0; i < p->n_persons; i++) {
		struct person *v = &p->persons[i];
		if (v->wikidata || !v->offices || str_starts(v->id, STR("os-")))
			continue;
		const struct office *o = &p->offices[v->offices - 1];
		for (size_t k = 0; k < n && !v->is_dropped; k++)
			v->is_dropped = heads[k].o->country == o->country &&
					abs(heads[k].o->from - o->from) < NEAR &&
					shares_word(v->name, p->persons[heads[k].person].name);
	}
}

static int by_importance(const void *a, const void *b)
{
	const struct person *x = a, *y = b;
	if (x->importance != y->importance)
		return x->importance > y->importance ? -1 : 1;
	return str_cmp(x->id, y->id);
}

/* Has another one the same name, country and year of birth, of which an id is made? */
static bool is_taken(struct packer *p, struct map *ids, const struct person *v)
{
	uint64_t key = key_mix(key_mix(str_hash(v->slug), v->country), (uint64_t)v->born);
	uint32_t *at = map_at(ids, key, &p->a);
	bool is = at && *at != MAP_NONE;
	if (at)
		*at = 0;
	return is;
}

/* Those with an office, the most important first; ids told apart. */
static void choose_persons(struct packer *p)
{
	uint32_t n = 0;
	struct map slugs = {0}, ids = {0};
	drop_doubles(p);
	for (uint32_t i = 0; i < p->n_persons; i++)
		if (p->persons[i].offices && !p->persons[i].is_dropped && p->persons[i].slug.n)
			p->persons[n++] = p->persons[i];
	qsort(p->persons, n, sizeof *p->persons, by_importance);
	p->n_persons = 0;
	for (uint32_t i = 0; i < n; i++) {
		struct person *v = &p->persons[p->n_persons];
		*v = p->persons[i];
		uint32_t *at = map_at(&slugs, str_hash(v->slug), &p->a);
		unsigned common = commonness(p, v->name);
		if (at && *at == MAP_NONE &&
		    (v->importance >= SLUG_IMPORTANCE ||
		     (v->importance >= SLUG_LEAST && common <= SLUG_RARE)))
			v->flags |= HOLDER_HAS_SLUG;
		if (at)
			*at = i;
		if (!(v->flags & HOLDER_HAS_SLUG) && !v->wikidata && is_taken(p, &ids, v))
			continue;
		v->flags |= (uint8_t)(common << HOLDER_COMMON_SHIFT);
		p->n_persons++;
	}
}

/* --- bodies ----------------------------------------------------------------------------------- */

/* A post that a source lists with the parties: the "Ceann Comhairle". */
static bool is_title(struct packer *p, struct str name)
{
	return str_find(name, STR(" "), 0) != SIZE_MAX &&
	       map_get(&p->titles.by_hash, str_hash(str_fold(&p->a, name))) != MAP_NONE;
}

/* Of ministries the names that differ by small words and order are left out, of others all stay. A
 * body is not called by one letter or two. */
static struct str names_of_body(struct packer *p, struct str name, struct str aliases)
{
	struct str kept = STR_EMPTY, part, list = aliases;
	while (str_split(&list, ';', &part))
		if (part.n > 2 && !str_eq(part, STR("Northern Ireland")) && /* a party's place */
		    str_find(part, STR("&"), 0) == SIZE_MAX &&
		    str_find(part, STR("["), 0) == SIZE_MAX &&
		    str_find(part, STR("("), 0) == SIZE_MAX)
			kept = arena_printf(&p->a, "%.*s%s%.*s", STR_ARG(kept), kept.n ? ";" : "",
					    STR_ARG(part));
	return ways_to_write(p, name, kept);
}

static void read_bodies(struct packer *p, const char *folder)
{
	static const char *const words[BODY_KIND_COUNT] = {"party", "ministry", "parliament",
							   "court", "agency"};
	struct table t = open_table(p, folder, "organizations.tsv");
	while (table_next(&t)) {
		uint32_t kind = kind_of(t.cell[3], words, BODY_KIND_COUNT);
		int64_t q = 0;
		if (kind == BODY_KIND_COUNT || t.cell[4].n == 0 || t.cell[1].n < 3 ||
		    str_eq(t.cell[1], STR("THE PARTY")) || is_title(p, t.cell[1]))
			continue;
		if (str_starts(t.cell[0], STR("Q")))
			(void)str_to_i64(str_sub(t.cell[0], 1, t.cell[0].n), &q);
		p->bodies[p->n_bodies] = (struct body_row){
			.wikidata = (uint32_t)q,
			.kind = (uint8_t)kind,
			.country = (uint8_t)texts_add(&p->countries, t.cell[4], &p->a)};
		p->body_names[p->n_bodies++] = names_of_body(p, t.cell[1], t.cell[2]);
	}
}

/* --- writing ---------------------------------------------------------------------------------- */

static uint32_t put_text(struct packer *p, struct str s)
{
	uint32_t at = p->text_n;
	if (p->text_n + s.n + 1 > MOST_TEXT) {
		fprintf(stderr, "too much text\n");
		exit(1);
	}
	memcpy(p->text + at, s.p, s.n);
	p->text[at + s.n] = '\n';
	p->text_n += (uint32_t)s.n + 1;
	return at;
}

static uint16_t packed_day(day_t d)
{
	if (d == DAY_NONE)
		return 0;
	int day = d - DAY_1900;
	return day < 1 ? 1 : day > UINT16_MAX ? UINT16_MAX : (uint16_t)day;
}

/* The words that a person may be called by behind a title: the last one, the family name where it
 * comes first, the last but one of names of three words, which in Spanish is the father's. */
static void add_surnames(struct packer *p, const struct person *v, uint32_t i)
{
	struct str words[16], rest = v->name, word;
	size_t n = 0;
	while (n < 16 && str_split(&rest, ' ', &word))
		if (word.n > 1 && !str_is_one_of_nocase(word, "jr. jr sr. sr ii iii iv"))
			words[n++] = word;
	if (n == 0)
		return;
	add_pair(p, LOOKUP_SURNAMES, holder_share(word_key(words[n - 1])), i);
	if (v->flags & HOLDER_FAMILY_FIRST)
		add_pair(p, LOOKUP_SURNAMES, holder_share(word_key(words[0])), i);
	if (n > 2 && v->importance >= SLUG_IMPORTANCE)
		add_pair(p, LOOKUP_SURNAMES, holder_share(word_key(words[n - 2])), i);
	for (struct str names = v->names, name; str_split(&names, ';', &name);)
		if (holder_peerage(name).n)
			add_pair(p, LOOKUP_SURNAMES, holder_share(word_key(holder_peerage(name))),
				 i);
}

static void index_person(struct packer *p, const struct person *v, uint32_t i)
{
	struct str rest = v->names, name;
	while (str_split(&rest, ';', &name)) {
		unsigned words;
		uint64_t key = holder_name_key(name, &words), ends = holder_ends_key(name);
		if (words == 0)
			continue;
		add_pair(p, LOOKUP_NAMES, key, i);
		if (ends && v->importance >= SLUG_IMPORTANCE)
			add_pair(p, LOOKUP_NAMES, ends, i);
	}
	add_surnames(p, v, i);
}

static int by_key(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;
	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->value < y->value ? -1 : x->value > y->value;
}

/* The directory of buckets, then the values; both from the arena. */
static void lookup_parts(struct packer *p, enum holders_lookup which, struct str parts[2])
{
	static const unsigned bits[] = {
#define X(name, bits) bits,
		HOLDERS_LOOKUPS(X)
#undef X
	};
	struct pairs *l = &p->pairs[which];
	uint32_t n = (uint32_t)1 << bits[which];
	uint32_t *starts = room_for(&p->a, n + 1, sizeof *starts);
	uint32_t *values = room_for(&p->a, l->n, sizeof *values);
	qsort(l->v, l->n, sizeof *l->v, by_key);
	for (uint32_t i = 0; i < l->n; i++) {
		values[i] = l->v[i].value | lookup_check(l->v[i].key);
		starts[(l->v[i].key >> (64 - bits[which])) + 1]++;
	}
	for (uint32_t i = 0; i < n; i++)
		starts[i + 1] += starts[i];
	parts[0] = (struct str){(const char *)starts, (n + 1) * sizeof *starts};
	parts[1] = (struct str){(const char *)values, l->n * sizeof *values};
}

static const struct office_row *sorted_rows; /* for qsort */

static int by_office(const void *a, const void *b)
{
	const struct office_row *x = &sorted_rows[*(const uint32_t *)a],
				*y = &sorted_rows[*(const uint32_t *)b];
	if (x->title != y->title)
		return x->title < y->title ? -1 : 1;
	if (x->country != y->country)
		return x->country < y->country ? -1 : 1;
	return x->from < y->from ? -1 : x->from > y->from;
}

static void pack_persons(struct packer *p, struct holder_row *rows, struct office_row *offices)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < p->n_persons; i++) {
		const struct person *v = &p->persons[i];
		rows[i] = (struct holder_row){
			.names = put_text(p, v->names),
			.wikidata = v->wikidata,
			.offices = n,
			.country = (uint8_t)v->country,
			.importance = (uint8_t)(v->importance > 255 ? 255 : v->importance),
			.born = (uint8_t)v->born,
			.flags = v->flags};
		index_person(p, v, i);
		for (uint32_t k = v->offices; k; k = p->offices[k - 1].next) {
			const struct office *o = &p->offices[k - 1];
			offices[n++] = (struct office_row){.title = (uint16_t)o->title,
							   .unit = (uint16_t)o->unit,
							   .from = packed_day(o->from),
							   .to = packed_day(o->to),
							   .country = (uint8_t)o->country,
							   .is_open = o->is_open};
		}
	}
	rows[p->n_persons] = (struct holder_row){.names = p->text_n, .offices = n};
	p->n_offices = n;
}

static void pack_names(struct packer *p, struct title_row *titles, uint32_t *units)
{
	for (uint32_t i = 0; i < p->titles.n; i++) {
		struct str rest = p->title_names[i], name;
		titles[i] = (struct title_row){put_text(p, rest), p->title_kinds[i]};
		while (str_split(&rest, ';', &name))
			add_pair(p, LOOKUP_TITLES, holder_title_key(name), i);
	}
	titles[p->titles.n].names = p->text_n;
	for (uint32_t i = 0; i < p->n_bodies; i++) {
		struct str rest = p->body_names[i], name;
		p->bodies[i].names = put_text(p, rest);
		while (str_split(&rest, ';', &name))
			add_pair(p, LOOKUP_BODIES, holder_title_key(name), i);
	}
	p->bodies[p->n_bodies].names = p->text_n;
	for (uint32_t i = 0; i < p->units.n; i++)
		units[i] = put_text(p, p->units.v[i]);
	units[p->units.n] = p->text_n;
}

#define PART(v, n) ((struct str){(const char *)(v), ((n) * sizeof *(v) + 3) / 4 * 4})

static bool write_file(struct packer *p, const char *path)
{
	struct holder_row *rows = room_for(&p->a, p->n_persons + 1, sizeof *rows);
	struct office_row *offices = room_for(&p->a, p->n_offices + 1, sizeof *offices);
	struct title_row *titles = room_for(&p->a, p->titles.n + 1, sizeof *titles);
	uint32_t *units = room_for(&p->a, p->units.n + 1, sizeof *units);
	struct country_code *countries = room_for(&p->a, p->countries.n, sizeof *countries);
	pack_persons(p, rows, offices);
	pack_names(p, titles, units);
	for (uint32_t i = 0; i < p->countries.n; i++)
		snprintf(countries[i].code, sizeof countries[i].code, "%.*s",
			 STR_ARG(p->countries.v[i]));
	uint32_t *held = room_for(&p->a, p->n_offices + 1, sizeof *held), n_held = 0;
	for (uint32_t i = 0; i < p->n_offices; i++)
		if (p->title_kinds[offices[i].title] != OFFICE_LEGISLATOR)
			held[n_held++] = i;
	sorted_rows = offices;
	qsort(held, n_held, sizeof *held, by_office);
	struct holders_head head = {.n_persons = p->n_persons,
				    .n_offices = p->n_offices,
				    .n_titles = p->titles.n,
				    .n_units = p->units.n,
				    .n_bodies = p->n_bodies,
				    .n_countries = p->countries.n,
				    .n_held = n_held,
				    .text_bytes = p->text_n};
	struct str parts[8 + 2 * LOOKUP_COUNT + 1] = {
		PART(&head, 1u),
		PART(rows, p->n_persons + 1u),
		PART(offices, p->n_offices),
		PART(titles, p->titles.n + 1u),
		PART(p->bodies, p->n_bodies + 1u),
		PART(units, p->units.n + 1u),
		PART(held, n_held),
		PART(countries, p->countries.n),
	};
	for (unsigned i = 0; i < LOOKUP_COUNT; i++) {
		lookup_parts(p, (enum holders_lookup)i, &parts[8 + 2 * i]);
		head.n_entries[i] = p->pairs[i].n;
	}
	parts[8 + 2 * LOOKUP_COUNT] = (struct str){p->text, p->text_n};
	printf("%u persons, %u offices, %u titles, %u bodies, %u bytes of text\n", p->n_persons,
	       p->n_offices, p->titles.n, p->n_bodies, p->text_n);
	return model_write(path, HOLDERS_KIND, HOLDERS_VERSION, parts,
			   sizeof parts / sizeof parts[0]);
}

int main(int argc, char **argv)
{
	static struct packer p;
	if (argc != 4) {
		fprintf(stderr, "usage: pack_holders FOLDER MEMBERS.tsv FILE\n");
		return 2;
	}
	arena_init(&p.a, (size_t)1 << 30);
	p.persons = room_for(&p.a, MOST_PERSONS, sizeof *p.persons);
	p.offices = room_for(&p.a, MOST_OFFICES, sizeof *p.offices);
	texts_init(&p.titles, &p.a, MOST_TITLES);
	texts_init(&p.units, &p.a, MOST_UNITS);
	texts_init(&p.countries, &p.a, MOST_COUNTRIES);
	(void)texts_add(&p.units, STR_EMPTY, &p.a);
	(void)texts_add(&p.countries, STR_EMPTY, &p.a);
	p.title_names = room_for(&p.a, MOST_TITLES, sizeof *p.title_names);
	p.title_kinds = room_for(&p.a, MOST_TITLES, sizeof *p.title_kinds);
	p.bodies = room_for(&p.a, MOST_BODIES, sizeof *p.bodies);
	p.body_names = room_for(&p.a, MOST_BODIES, sizeof *p.body_names);
	p.text = room_for(&p.a, MOST_TEXT, 1);
	for (unsigned i = 0; i < LOOKUP_COUNT; i++)
		p.pairs[i].v = room_for(&p.a, MOST_ENTRIES, sizeof *p.pairs[i].v);
	read_persons(&p, argv[1]);
	read_offices(&p, open_table(&p, argv[1], "roles.tsv"), false);
	read_offices(&p, table_of(argv[2], file_text_or_exit(argv[2], &p.a)), true);
	read_titles(&p, argv[1]);
	choose_persons(&p);
	read_bodies(&p, argv[1]);
	bool ok = write_file(&p, argv[3]);
	arena_release(&p.a);
	return ok ? 0 : 1;
}
