/* Names and posts that persons taught: which of them name somebody by themselves. */
#include "extract/entity/taught.h"

#include "base/fold.h"
#include "extract/entity/linking.h"
#include "extract/tables/key.h"

/* One actor on its way into the gazetteer. */
struct pupil {
	const struct actor *is;
	uint32_t at;	     /* its index */
	struct actor before; /* as the tables have it; id "" for none */
	bool yields;
	uint64_t *called; /* as of a person */
	size_t n_called;
};

struct class
{
	struct gazetteer *g;
	const struct lexicon *lx;
	struct pupil *v;
	size_t n;
};

/* The name, then the others. */
static struct str name_of(const struct actor *a, size_t i)
{
	return i == 0 ? a->name : a->aliases.v[i - 1];
}

static int has_name(struct arena *a, const struct actor *who, struct str name, bool *out,
		    struct err *e)
{
	struct str folded = str_fold(a, name);
	*out = false;
	if (!folded.p)
		return arena_full(e);
	for (size_t i = 0; who->id.n && i <= who->aliases.n && !*out; i++) {
		struct str other = str_fold(a, name_of(who, i));
		if (!other.p)
			return arena_full(e);
		*out = str_eq(folded, other);
	}
	return 0;
}

/* --- who it is -------------------------------------------------------------------------------- */

static uint32_t wikidata_of(const struct actor *a)
{
	int64_t number;
	return a->wikidata.n > 1 && str_to_i64(str_sub(a->wikidata, 1, a->wikidata.n), &number) &&
			       number > 0 && number < UINT32_MAX
		       ? (uint32_t)number
		       : 0;
}

static bool bears(const struct holders *h, uint32_t holder, uint64_t key)
{
	struct str rest = holder_names(h, holder), one;
	while (str_split(&rest, ';', &one))
		if (holder_name_key(one, NULL) == key)
			return true;
	return false;
}

/* Is the row of the table of holders this actor? By the id that the engine would give it. */
static int is_holder(struct class *c, const struct pupil *p, uint32_t holder, bool *out,
		     struct err *e)
{
	uint32_t number = c->g->holders.persons[holder].wikidata;
	*out = number && number == wikidata_of(p->is);
	if (*out || p->before.id.n)
		return 0;
	struct str id = linking_holder_id(c->g, holder, &c->g->a);
	*out = id.p && str_eq(id, p->is->id);
	return id.p ? 0 : arena_full(e);
}

/* While the gazetteer has the tables' actors alone, by which holders get their ids. */
static int find_holders(struct class *c, const struct pupil *p, struct err *e)
{
	const struct holders *h = &c->g->holders;
	for (size_t i = 0; p->is->kind == ACTOR_PERSON && i <= p->is->aliases.n; i++) {
		uint64_t key = holder_name_key(name_of(p->is, i), NULL);
		uint32_t at = 0, holder;
		while ((holder = holders_next(h, LOOKUP_NAMES, key, &at)) != UINT32_MAX) {
			bool is_it;
			if (!bears(h, holder, key))
				continue;
			if (is_holder(c, p, holder, &is_it, e))
				return -1;
			uint32_t *row =
				is_it ? map_at(&c->g->by_holder, (uint64_t)holder + 1, &c->g->a)
				      : NULL;
			if (is_it && !row)
				return arena_full(e);
			if (row)
				*row = p->at;
		}
	}
	return 0;
}

/* Does another one of the table of holders bear this name of a person? */
static bool has_namesake(const struct class *c, const struct pupil *p, struct str name)
{
	const struct holders *h = &c->g->holders;
	uint64_t key = holder_name_key(name, NULL);
	uint32_t at = 0, holder;
	while ((holder = holders_next(h, LOOKUP_NAMES, key, &at)) != UINT32_MAX)
		if (bears(h, holder, key) &&
		    map_get(&c->g->by_holder, (uint64_t)holder + 1) != p->at)
			return true;
	return false;
}

/* --- what it is ------------------------------------------------------------------------------- */

/* Titles are in lower case, as the tables have them. */
static int copy_roles(struct class *c, struct actor *a, struct err *e)
{
	struct role *v = arena_array(&c->g->a, a->n_roles, sizeof *v);
	if (!v)
		return arena_full(e);
	for (size_t i = 0; i < a->n_roles; i++) {
		v[i] = a->roles[i];
		char *p = arena_alloc(&c->g->a, v[i].title.n + 1);
		if (!p)
			return arena_full(e);
		for (size_t k = 0; k < v[i].title.n; k++) {
			char x = v[i].title.p[k];
			p[k] = x >= 'A' && x <= 'Z' ? (char)(x - 'A' + 'a') : x;
		}
		v[i].title.p = p;
	}
	a->roles = v;
	return 0;
}

static struct str first_word(struct str name)
{
	struct str rest = name, word = name;
	(void)str_split(&rest, ' ', &word);
	return word;
}

static bool is_called(const struct actor *a, struct str word)
{
	for (size_t i = 0; i < a->aliases.n; i++)
		if (str_eq_nocase(a->aliases.v[i], word))
			return true;
	return false;
}

/* The family name is the last word, or the first one where that is what the person is called by and
 * it is no given name: "Wang" Yi. */
static void set_person(const struct gazetteer *g, const struct actor *a, struct person *p)
{
	struct str first = first_word(a->name), last = gazetteer_surname(a->name);
	uint32_t given = map_get(&g->given, word_key(first));
	bool is_family_first = given == MAP_NONE && is_called(a, first) && !is_called(a, last);
	p->surname_text = is_family_first ? first : last;
	p->surname = word_key(p->surname_text);
	if (!p->gender && !is_family_first && (given == 'm' || given == 'f'))
		p->gender = (char)given;
}

static int set_actor(struct class *c, struct pupil *p, struct err *e)
{
	struct gazetteer *g = c->g;
	struct actor a = *p->is;
	if (copy_roles(c, &a, e))
		return -1;
	if (!p->before.id.n && gazetteer_add_actor(g, a, &p->at, e))
		return -1;
	g->actors[p->at] = a;
	if (!str_eq(a.country, p->before.country))
		g->homes[p->at] = a.kind == ACTOR_COUNTRY ? p->at
				  : a.country.n		  ? map_get(&g->by_id, str_hash(a.country))
							  : MAP_NONE;
	struct person *who = &g->persons[p->at];
	if (a.kind != ACTOR_PERSON)
		*who = (struct person){0};
	else if (!who->surname || !str_eq(a.name, p->before.name))
		set_person(g, &a, who);
	uint32_t number = a.kind == ACTOR_PERSON ? wikidata_of(&a) : 0;
	uint32_t *at = number ? map_at(&g->by_wikidata, number, &g->a) : NULL;
	if (number && !at)
		return arena_full(e);
	if (at && *at == MAP_NONE)
		*at = p->at;
	return 0;
}

/* --- its names -------------------------------------------------------------------------------- */

/* Of the names that the tables have those that were taken from it. */
static int drop_names(struct class *c, struct pupil *p, struct err *e)
{
	for (size_t i = 0; p->before.id.n && i <= p->before.aliases.n; i++) {
		struct name_entry *entry;
		bool stays;
		if (has_name(&c->g->a, p->is, name_of(&p->before, i), &stays, e))
			return -1;
		if (stays)
			continue;
		if (gazetteer_name_place(c->g, c->lx, name_of(&p->before, i), &entry, NULL, e))
			return -1;
		if (entry && entry->kind != NAME_BODY && entry->actor == p->at)
			entry->actor = MAP_NONE;
	}
	return 0;
}

static bool is_word_of(struct str name, uint64_t key)
{
	struct str rest = name, word;
	while (str_split(&rest, ' ', &word))
		if (word_key(word) == key)
			return true;
	return false;
}

/* Is this word by itself, which a person goes by, a name of many? */
static bool is_common(const struct class *c, const struct actor *a, uint64_t word)
{
	const struct holders *h = &c->g->holders;
	uint32_t at = 0, holder;
	if (is_word_of(a->name, word) || map_get(&c->g->given, word) != MAP_NONE ||
	    map_get(&c->g->surnames, word) != MAP_NONE)
		return true;
	while ((holder = holders_next(h, LOOKUP_SURNAMES, holder_share(word), &at)) != UINT32_MAX)
		if (holder_has_surname(h, holder, word))
			return true;
	return false;
}

static void take(struct name_entry *entry, const struct pupil *p, struct str name)
{
	bool is_free = entry->actor == MAP_NONE && !entry->is_taught;
	if (is_free)
		*entry = (struct name_entry){.actor = p->at,
					     .kind = NAME_FULL,
					     .is_acronym = name_is_acronym(name),
					     .is_taught = true};
	else if (entry->is_taught && entry->actor != p->at && !p->yields)
		entry->actor = MAP_NONE; /* several were taught it */
}

static int teach_name(struct class *c, struct pupil *p, struct str name, struct err *e)
{
	struct name_entry *entry;
	uint64_t word;
	bool is_known;
	/* The store leads an id to its actor, but nobody writes it. */
	if (str_eq(name, p->is->id) && !str_eq(name, p->is->name))
		return 0;
	if (has_name(&c->g->a, &p->before, name, &is_known, e))
		return -1;
	if (is_known || gazetteer_name_place(c->g, c->lx, name, &entry, &word, e))
		return is_known ? 0 : -1;
	if (!entry)
		return 0;
	if (p->is->kind == ACTOR_PERSON && word && is_common(c, p->is, word)) {
		if (word != c->g->persons[p->at].surname)
			p->called[p->n_called++] = word;
	} else if (p->is->kind != ACTOR_PERSON || word || !has_namesake(c, p, name)) {
		take(entry, p, name);
	}
	return 0;
}

static int teach_names(struct class *c, struct pupil *p, struct err *e)
{
	p->called = arena_array(&c->g->a, p->is->aliases.n + 1, sizeof *p->called);
	if (!p->called)
		return arena_full(e);
	/* "Officials" are not always the same. */
	bool is_known_by_name = p->is->kind != ACTOR_ANONYMOUS && p->is->kind != ACTOR_DOCUMENT;
	for (size_t i = 0; is_known_by_name && i <= p->is->aliases.n; i++)
		if (teach_name(c, p, name_of(p->is, i), e))
			return -1;
	c->g->persons[p->at].called = p->called;
	c->g->persons[p->at].n_called = p->n_called;
	return 0;
}

/* --- all of them ------------------------------------------------------------------------------ */

static int seat(struct class *c, const struct actor *v, size_t n, size_t n_yielding, struct err *e)
{
	uint32_t next = (uint32_t)c->g->n_actors;
	c->v = arena_array(&c->g->a, n, sizeof *c->v);
	if (!c->v)
		return arena_full(e);
	for (c->n = 0; c->n < n; c->n++) {
		const struct actor *known = gazetteer_find(c->g, v[c->n].id);
		struct pupil *p = &c->v[c->n];
		*p = (struct pupil){
			.is = &v[c->n],
			.before = {.id = STR_EMPTY, .name = STR_EMPTY, .country = STR_EMPTY},
			.yields = c->n >= n - n_yielding};
		if (known)
			p->before = *known;
		p->at = known ? (uint32_t)(known - c->g->actors) : next++;
	}
	return 0;
}

int gazetteer_teach(struct gazetteer *g, const struct lexicon *lx, const struct actor *v, size_t n,
		    size_t n_yielding, struct err *e)
{
	struct class c = {.g = g, .lx = lx};
	if (n > TAUGHT_MAX)
		return err_set(e, ERR_TOO_LARGE, NULL, "more than %d actors were taught",
			       TAUGHT_MAX);
	if (seat(&c, v, n, n_yielding, e))
		return -1;
	static int (*const steps[])(struct class *, struct pupil *,
				    struct err *) = {set_actor, drop_names, teach_names};
	for (size_t i = 0; i < n; i++)
		if (find_holders(&c, &c.v[i], e))
			return -1;
	for (size_t k = 0; k < sizeof steps / sizeof *steps; k++)
		for (size_t i = 0; i < n; i++)
			if (steps[k](&c, &c.v[i], e))
				return -1;
	return 0;
}
