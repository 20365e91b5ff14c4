/* Reads the tables of countries, organizations and persons into actors and a map of their names. */
#include "extract/entity/gazetteer.h"

#include "base/fold.h"
#include "extract/tables/key.h"
#include "extract/tables/lexicon.h"
#include "extract/tables/tables.h"
#include "extract/text/token.h"

enum { GAZETTEER_BYTES = 64 << 20, MOST_ACTORS = 6144, MOST_NAMES = 24, MOST_ROLES = 8 };

/* Among the values of a map whose others are indices. */
#define BODY_NOT_THERE (MAP_NONE - 2)

bool name_is_acronym(struct str s)
{
	size_t upper = 0, lower = 0;
	for (size_t i = 0; i < s.n; i++) {
		upper += s.p[i] >= 'A' && s.p[i] <= 'Z';
		lower += s.p[i] >= 'a' && s.p[i] <= 'z';
	}
	return upper >= 2 && lower == 0;
}

static struct name_entry *entry_at(struct gazetteer *g, uint64_t key)
{
	uint32_t *at = map_at(&g->by_name, key, &g->a);
	if (!at)
		return NULL;
	if (*at == MAP_NONE) {
		if (arena_grow(&g->a, (void **)&g->names, &g->cap_names, g->n_names + 1,
			       sizeof *g->names) < 0)
			return NULL;
		*at = (uint32_t)g->n_names++;
		g->names[*at] = (struct name_entry){.actor = MAP_NONE};
	}
	return &g->names[*at];
}

static int place_words(struct gazetteer *g, const struct text *t, struct name_entry **out,
		       uint64_t *only, struct err *e)
{
	uint64_t key = 0, word = 0;
	size_t first = t->n_tokens > 1 && text_is(t, 0, "the") ? 1 : 0;
	for (size_t i = first; i < t->n_tokens; i++) {
		if (!(t->tokens[i].flags & TOK_WORD))
			continue;
		key = key_mix(key, t->tokens[i].key);
		word = *out ? 0 : t->tokens[i].key;
		*out = entry_at(g, key);
		if (!*out)
			return arena_full(e);
	}
	if (only)
		*only = word;
	return 0;
}

int gazetteer_name_place(struct gazetteer *g, const struct lexicon *lx, struct str name,
			 struct name_entry **out, uint64_t *only, struct err *e)
{
	struct text t;
	struct arena scratch;
	*out = NULL;
	arena_init_beside(&scratch, &g->a);
	int rc = text_tokenize(&t, name, lx, &scratch) < 0 ? arena_full(e)
							   : place_words(g, &t, out, only, e);
	arena_release(&scratch);
	return rc;
}

/* First come, first served: tables list the likelier bearer of a name first. */
static int add_name(struct gazetteer *g, const struct lexicon *lx, struct str name, uint32_t actor,
		    enum name_kind kind, struct err *e)
{
	struct name_entry *entry;
	if (name.n == 0)
		return 0;
	if (gazetteer_name_place(g, lx, name, &entry, NULL, e) < 0)
		return -1;
	if (entry && entry->actor == MAP_NONE)
		*entry = (struct name_entry){
			.actor = actor, .kind = (uint8_t)kind, .is_acronym = name_is_acronym(name)};
	return 0;
}

static int add_names(struct gazetteer *g, const struct lexicon *lx, struct str list, uint32_t actor,
		     enum name_kind kind, struct err *e)
{
	struct str part;
	while (str_split(&list, ';', &part))
		if (add_name(g, lx, str_trim(part), actor, kind, e) < 0)
			return -1;
	return 0;
}

/* How many a table's list has room for, at least one. */
static size_t most_of(struct str list)
{
	size_t n = 1;
	for (size_t i = 0; i < list.n; i++)
		n += list.p[i] == ';';
	return n;
}

static int fill_aliases(struct gazetteer *g, struct actor *a, struct str list, struct str extra,
			struct err *e)
{
	struct str *v = arena_array(&g->a, most_of(list) + 1, sizeof *v), part;
	if (!v)
		return arena_full(e);
	size_t n = 0;
	if (extra.n)
		v[n++] = extra;
	while (n < MOST_NAMES && str_split(&list, ';', &part))
		if (str_trim(part).n)
			v[n++] = str_trim(part);
	a->aliases = (struct strs){v, n};
	return 0;
}

int gazetteer_add_actor(struct gazetteer *g, struct actor a, uint32_t *index, struct err *e)
{
	if (g->n_actors == MOST_ACTORS)
		return arena_full(e);
	*index = (uint32_t)g->n_actors++;
	g->actors[*index] = a;
	g->homes[*index] = a.kind == ACTOR_COUNTRY ? *index : gazetteer_index(g, a.country);
	uint32_t *at = map_at(&g->by_id, str_hash(a.id), &g->a);
	if (!at)
		return arena_full(e);
	*at = *index;
	return 0;
}

static int read_countries(struct gazetteer *g, const struct lexicon *lx, struct err *e)
{
	struct table t = tables_open(TABLE_COUNTRIES);
	while (table_next(&t)) {
		struct actor a = {.id = t.cell[0],
				  .name = t.cell[1],
				  .kind = ACTOR_COUNTRY,
				  .country = t.cell[0]};
		uint32_t i = 0;
		if (t.cell[0].n != 3)
			return table_fail(&t, "the code is not of three letters", e);
		struct str all =
			arena_printf(&g->a, "%.*s;%.*s;%.*s;%.*s", STR_ARG(t.cell[2]),
				     STR_ARG(t.cell[5]), STR_ARG(t.cell[3]), STR_ARG(t.cell[4]));
		if (!all.p)
			return arena_full(e);
		if (gazetteer_add_actor(g, a, &i, e) < 0 ||
		    fill_aliases(g, &g->actors[i], all, STR_EMPTY, e) < 0 ||
		    add_name(g, lx, t.cell[1], i, NAME_FULL, e) < 0 ||
		    add_names(g, lx, t.cell[2], i, NAME_DEMONYM, e) < 0 ||
		    add_names(g, lx, t.cell[5], i, NAME_FULL, e) < 0 ||
		    add_name(g, lx, t.cell[3], i, NAME_CAPITAL, e) < 0 ||
		    add_names(g, lx, t.cell[4], i, NAME_METONYM, e) < 0)
			return -1;
	}
	return 0;
}

/* --- bodies that several countries have ------------------------------------------------------- */

static uint64_t body_key(uint32_t body, uint32_t country)
{
	return (uint64_t)(body + 1) << 32 | country;
}

static uint32_t find_body(const struct gazetteer *g, struct str id)
{
	for (uint32_t i = 0; i < g->n_bodies; i++)
		if (str_eq(g->bodies[i].id, id))
			return i;
	return MAP_NONE;
}

static int set_body_in(struct gazetteer *g, uint32_t body, uint32_t country, uint32_t value)
{
	uint32_t *at = map_at(&g->body_in, body_key(body, country), &g->a);
	if (!at)
		return -1;
	*at = value;
	return 0;
}

/* "AUS", or "-USA": not there. */
static int add_body_countries(struct gazetteer *g, uint32_t body, const struct table *t,
			      struct err *e)
{
	struct str list = t->cell[2], code;
	while (str_split(&list, ' ', &code)) {
		if (code.n == 0)
			continue;
		bool is_not = str_starts(code, STR("-"));
		uint32_t country = gazetteer_index(g, str_sub(code, is_not, code.n));
		if (country == MAP_NONE)
			return table_fail(t, "no such country", e);
		if (set_body_in(g, body, country, is_not ? BODY_NOT_THERE : BODY_WITHOUT_ACTOR) < 0)
			return arena_full(e);
		g->bodies[body].is_listed |= !is_not;
	}
	return 0;
}

static int add_offices(struct gazetteer *g, uint32_t body, struct str list, struct err *e)
{
	struct str title;
	while (str_split(&list, ' ', &title)) {
		uint32_t *at = title.n ? map_at(&g->offices, word_key(title), &g->a) : NULL;
		if (title.n == 0)
			continue;
		if (!at)
			return arena_full(e);
		*at = body;
	}
	return 0;
}

static int read_bodies(struct gazetteer *g, const struct lexicon *lx, struct err *e)
{
	struct table t = tables_open(TABLE_BODIES);
	while (table_next(&t)) {
		uint32_t i = find_body(g, t.cell[0]);
		if (i == MAP_NONE) {
			i = (uint32_t)g->n_bodies;
			if (arena_grow(&g->a, (void **)&g->bodies, &g->cap_bodies, g->n_bodies + 1,
				       sizeof *g->bodies) < 0)
				return arena_full(e);
			g->bodies[g->n_bodies++] =
				(struct body){.id = t.cell[0], .name = t.cell[1]};
		}
		struct body *b = &g->bodies[i];
		b->names = arena_printf(&g->a, "%.*s;%.*s;%.*s", STR_ARG(b->names),
					STR_ARG(t.cell[1]), STR_ARG(t.cell[3]));
		if (!b->names.p)
			return arena_full(e);
		if (add_name(g, lx, t.cell[1], i, NAME_BODY, e) < 0 ||
		    add_names(g, lx, t.cell[3], i, NAME_BODY, e) < 0 ||
		    add_body_countries(g, i, &t, e) < 0 || add_offices(g, i, t.cell[4], e) < 0)
			return -1;
	}
	return 0;
}

/* Which bodies of its country an organization is; their names are its own, too. */
static int add_bodies_of(struct gazetteer *g, uint32_t actor, const struct table *t,
			 struct str *names, struct err *e)
{
	struct str list = t->cell[5], id;
	*names = t->cell[4];
	while (str_split(&list, ' ', &id)) {
		if (id.n == 0)
			continue;
		uint32_t body = find_body(g, id);
		if (body == MAP_NONE)
			return table_fail(t, "no such body", e);
		*names = arena_printf(&g->a, "%.*s;%.*s", STR_ARG(*names),
				      STR_ARG(g->bodies[body].names));
		if (!names->p || set_body_in(g, body, g->homes[actor], actor) < 0)
			return arena_full(e);
	}
	return 0;
}

uint32_t gazetteer_body_in(const struct gazetteer *g, uint32_t body, uint32_t country)
{
	uint32_t found = map_get(&g->body_in, body_key(body, country));
	if (found == BODY_NOT_THERE)
		return MAP_NONE;
	if (found == MAP_NONE && !g->bodies[body].is_listed &&
	    g->actors[country].kind == ACTOR_COUNTRY)
		return BODY_WITHOUT_ACTOR;
	return found;
}

uint32_t gazetteer_office(const struct gazetteer *g, const struct token *title)
{
	return map_get(&g->offices, title->key);
}

/* --- organizations and persons ---------------------------------------------------------------- */

static int read_organizations(struct gazetteer *g, const struct lexicon *lx, struct err *e)
{
	struct table t = tables_open(TABLE_ORGANIZATIONS);
	while (table_next(&t)) {
		struct actor a = {.id = t.cell[0],
				  .name = t.cell[1],
				  .kind = ACTOR_ORGANIZATION,
				  .country = t.cell[2]};
		enum name_kind kind = str_eq(t.cell[3], STR("metonym")) ? NAME_METONYM : NAME_FULL;
		uint32_t i = 0;
		struct str all;
		if (gazetteer_add_actor(g, a, &i, e) < 0)
			return -1;
		if (t.cell[6].n && (g->homes[i] = gazetteer_index(g, t.cell[6])) == MAP_NONE)
			return table_fail(&t, "at home nowhere", e);
		if (add_bodies_of(g, i, &t, &all, e) < 0 ||
		    fill_aliases(g, &g->actors[i], all, STR_EMPTY, e) < 0 ||
		    add_name(g, lx, t.cell[1], i, kind, e) < 0 ||
		    add_names(g, lx, t.cell[4], i, kind, e) < 0)
			return -1;
	}
	return 0;
}

/* "foreign minister@CHN:2013-03-16..2022-12-30" */
static bool read_role(struct str s, struct role *r)
{
	size_t at = str_find(s, STR("@"), 0),
	       colon = at == SIZE_MAX ? SIZE_MAX : str_find(s, STR(":"), at);
	size_t dots = colon == SIZE_MAX ? SIZE_MAX : str_find(s, STR(".."), colon);
	if (dots == SIZE_MAX)
		return false;
	struct str from = str_sub(s, colon + 1, dots), to = str_sub(s, dots + 2, s.n);
	*r = (struct role){str_sub(s, 0, at), str_sub(s, at + 1, colon), DAY_NONE, DAY_NONE};
	return (from.n == 0 || day_parse(from, &r->from)) && (to.n == 0 || day_parse(to, &r->to));
}

struct str gazetteer_surname(struct str name)
{
	struct str rest = name, word, last = name;
	while (str_split(&rest, ' ', &word))
		if (word.n && !str_eq(word, STR("Jr.")) && !str_eq(word, STR("II")) &&
		    !str_eq(word, STR("XIV")))
			last = word;
	return last;
}

/* "Q15031" */
static int add_wikidata(struct gazetteer *g, struct str id, uint32_t actor)
{
	int64_t number;
	if (id.n < 2 || !str_to_i64(str_sub(id, 1, id.n), &number))
		return 0;
	uint32_t *at = map_at(&g->by_wikidata, (uint64_t)number, &g->a);
	if (!at)
		return -1;
	*at = actor;
	return 0;
}

/* The last words of other names, where the person goes by the last word. */
static int fill_called(struct gazetteer *g, struct person *p, struct str name, struct str others)
{
	uint64_t *v = arena_array(&g->a, most_of(others), sizeof *v);
	struct str other;
	if (!v)
		return -1;
	p->called = v;
	while (str_eq(p->surname_text, gazetteer_surname(name)) && p->n_called < MOST_NAMES &&
	       str_split(&others, ';', &other)) {
		uint64_t key = word_key(gazetteer_surname(str_trim(other)));
		if (str_find(str_trim(other), STR(" "), 0) != SIZE_MAX && key != p->surname)
			v[p->n_called++] = key;
	}
	return 0;
}

static int read_person(struct gazetteer *g, const struct lexicon *lx, struct table *t,
		       struct err *e)
{
	struct role *roles = arena_array(&g->a, most_of(t->cell[4]), sizeof *roles);
	struct actor a = {
		.name = t->cell[0], .kind = ACTOR_PERSON, .country = t->cell[3], .roles = roles};
	a.id = str_slug(&g->a, t->cell[0]);
	if (!roles || !a.id.p)
		return arena_full(e);
	struct str list = t->cell[4], part;
	while (str_split(&list, ';', &part))
		if (part.n &&
		    (a.n_roles == MOST_ROLES || !read_role(str_trim(part), &roles[a.n_roles++])))
			return table_fail(t, "a post is wrong", e);
	struct str surname = gazetteer_surname(t->cell[0]), rest = t->cell[0];
	if (str_eq(t->cell[2], STR("family")))
		(void)str_split(&rest, ' ', &surname);
	else if (str_eq(t->cell[2], STR("name")))
		surname = t->cell[0];
	uint32_t i = 0;
	if (gazetteer_add_actor(g, a, &i, e) < 0 ||
	    fill_aliases(g, &g->actors[i], t->cell[5], surname, e) < 0)
		return -1;
	g->actors[i].wikidata = t->cell[6];
	if (add_wikidata(g, t->cell[6], i) < 0)
		return arena_full(e);
	g->persons[i] = (struct person){.gender = t->cell[1].n ? t->cell[1].p[0] : 0,
					.surname = word_key(surname),
					.surname_text = surname};
	if (fill_called(g, &g->persons[i], t->cell[0], t->cell[5]) < 0)
		return arena_full(e);
	return add_name(g, lx, t->cell[0], i, NAME_FULL, e) < 0 ||
			       add_names(g, lx, t->cell[5], i, NAME_FULL, e) < 0
		       ? -1
		       : 0;
}

int gazetteer_read_actors(struct gazetteer *g, const struct lexicon *lx, struct err *e)
{
	arena_init(&g->a, GAZETTEER_BYTES);
	g->actors = arena_array(&g->a, MOST_ACTORS, sizeof *g->actors);
	g->persons = arena_array(&g->a, MOST_ACTORS, sizeof *g->persons);
	g->homes = arena_array(&g->a, MOST_ACTORS, sizeof *g->homes);
	if (!g->actors || !g->persons || !g->homes)
		return arena_full(e);
	return read_countries(g, lx, e) < 0 || read_bodies(g, lx, e) < 0 ||
			       read_organizations(g, lx, e) < 0
		       ? -1
		       : 0;
}

int gazetteer_read_persons(struct gazetteer *g, const struct lexicon *lx, struct err *e)
{
	struct table t = tables_open(TABLE_PERSONS);
	while (table_next(&t))
		if (read_person(g, lx, &t, e) < 0)
			return -1;
	return 0;
}

/* Does a hyphen join token k to another name: "Scholz" in "Olaf Scholz-Weber"? */
static bool is_part_of_name(const struct text *t, size_t k)
{
	return text_is_joint(t, k + 1) && (t->tokens[k + 2].flags & TOK_CAPITAL);
}

size_t gazetteer_match(const struct gazetteer *g, const struct text *t, size_t i, size_t end,
		       struct name_entry *out)
{
	uint64_t key = 0;
	size_t best = 0;
	for (size_t k = i; k < end && k < i + 12; k++) {
		if (!(t->tokens[k].flags & TOK_WORD)) {
			if (!text_is(t, k, ",") && !text_is(t, k, "’") && !text_is_joint(t, k))
				break;
			continue; /* "Foreign, Commonwealth and Development Office" */
		}
		key = key_mix(key, t->tokens[k].key);
		uint32_t at = map_get(&g->by_name, key);
		if (at == MAP_NONE)
			break;
		const struct name_entry *n = &g->names[at];
		if (n->actor == MAP_NONE ||
		    (n->is_acronym && k == i &&
		     !(t->tokens[k].flags & (TOK_ALL_CAPITALS | TOK_INITIALISM))))
			continue;
		if (n->kind != NAME_BODY && g->persons[n->actor].surname && is_part_of_name(t, k))
			continue;
		*out = *n;
		best = k + 1 - i;
	}
	return best;
}

const struct actor *gazetteer_find(const struct gazetteer *g, struct str id)
{
	uint32_t at = map_get(&g->by_id, str_hash(id));
	return at == MAP_NONE ? NULL : &g->actors[at];
}

uint32_t gazetteer_of_holder(const struct gazetteer *g, uint32_t holder)
{
	uint32_t number = g->holders.persons[holder].wikidata,
		 taught = map_get(&g->by_holder, (uint64_t)holder + 1);
	if (taught != MAP_NONE)
		return taught;
	return number ? map_get(&g->by_wikidata, number) : MAP_NONE;
}
