/* The ranking of the bearers of a name. */
#include "extract/entity/linking.h"

#include "base/fold.h"
#include "extract/entity/body_linking.h"
#include "extract/entity/post.h"
#include "extract/tables/key.h"

/* --- holders as actors ------------------------------------------------------------------------ */

struct str linking_holder_id(const struct gazetteer *g, uint32_t holder, struct arena *a)
{
	const struct holder_row *row = &g->holders.persons[holder];
	struct str slug = str_slug(a, holder_name(&g->holders, holder));
	if (!slug.p || ((row->flags & HOLDER_HAS_SLUG) && !gazetteer_find(g, slug)))
		return slug;
	if (row->wikidata)
		return arena_printf(a, "%.*s-q%u", STR_ARG(slug), (unsigned)row->wikidata);
	struct str country = str_slug(a, holders_country(&g->holders, row->country));
	if (!country.p)
		return country;
	if (row->born == 0)
		return arena_printf(a, "%.*s-%.*s", STR_ARG(slug), STR_ARG(country));
	return arena_printf(a, "%.*s-%.*s-%d", STR_ARG(slug), STR_ARG(country),
			    HOLDER_BORN_FROM + row->born);
}

static int fill_roles(struct entities *es, uint32_t holder, struct actor *a)
{
	const struct holders *h = &es->g->holders;
	uint32_t first = h->persons[holder].offices, n = h->persons[holder + 1].offices - first;
	struct role *roles = arena_array(es->a, n, sizeof *roles);
	if (!roles)
		return -1;
	for (uint32_t i = 0; i < n; i++) {
		const struct office_row *o = &h->offices[first + i];
		struct str names = title_names(h, o->title), title = names;
		(void)str_split(&names, ';', &title);
		roles[i] = (struct role){title, holders_country(h, o->country), office_day(o->from),
					 o->is_open ? DAY_NONE : office_day(o->to)};
	}
	a->roles = roles;
	a->n_roles = n;
	return 0;
}

/* The country for which the person holds an office on the day; legislators, judges and mayors hold
 * theirs for themselves. */
static struct str speaks_for(const struct entities *es, uint32_t holder)
{
	const struct holders *h = &es->g->holders;
	for (uint32_t i = h->persons[holder].offices; i < h->persons[holder + 1].offices; i++) {
		const struct office_row *o = &h->offices[i];
		unsigned kind = office_kind(h, o);
		bool is_in_office = office_is_held(o, es->day) ||
				    (o->is_open && o->from && es->day != DAY_NONE &&
				     office_day(o->from) <= es->day);
		if (is_in_office && (kind == OFFICE_HEAD_OF_STATE || kind == OFFICE_MINISTER ||
				     kind == OFFICE_HEAD_OF_GOVERNMENT ||
				     kind == OFFICE_AMBASSADOR || kind == OFFICE_GOVERNOR ||
				     kind == OFFICE_MILITARY || kind == OFFICE_SPOKESPERSON))
			return holders_country(h, o->country);
	}
	return STR_EMPTY;
}

static uint32_t known_of(const struct entities *es, uint32_t holder)
{
	uint32_t number = es->g->holders.persons[holder].wikidata,
		 taught = map_get(&es->g->by_holder, (uint64_t)holder + 1);
	if (taught != MAP_NONE)
		return taught;
	return number ? map_get(&es->g->by_wikidata, number) : MAP_NONE;
}

/* Makes an entity this person of the table. */
static int become(struct entities *es, uint32_t index, uint32_t holder)
{
	const struct holders *h = &es->g->holders;
	const struct holder_row *row = &h->persons[holder];
	struct entity *e = &es->v[index];
	struct actor a = {.id = linking_holder_id(es->g, holder, es->a),
			  .name = holder_name(h, holder),
			  .kind = ACTOR_PERSON,
			  .country = speaks_for(es, holder)};
	if (row->wikidata)
		a.wikidata = arena_printf(es->a, "Q%u", (unsigned)row->wikidata);
	if (!a.id.p || (row->wikidata && !a.wikidata.p) || fill_roles(es, holder, &a) < 0)
		return -1;
	struct str written = e->actor->name, rest = holder_names(h, holder), name;
	*e->actor = a;
	e->kind = MENTION_PERSON;
	e->holder = holder;
	if (!e->gender)
		e->gender = row->flags & HOLDER_MAN ? 'm' : row->flags & HOLDER_WOMAN ? 'f' : 0;
	while (str_split(&rest, ';', &name))
		if (entities_add_alias(es, e, name) < 0)
			return -1;
	uint32_t *by_id = map_at(&es->by_id, str_hash(a.id), es->a);
	if (by_id)
		*by_id = index;
	uint32_t *by_holder = by_id ? map_at(&es->by_holder, (uint64_t)holder + 1, es->a) : NULL;
	if (!by_holder)
		return -1;
	*by_holder = index;
	return entities_add_alias(es, e, written);
}

int linking_entity(struct entities *es, uint32_t holder, uint32_t *index)
{
	uint32_t known = known_of(es, holder);
	*index = map_get(&es->by_holder, (uint64_t)holder + 1);
	if (known != MAP_NONE)
		return entities_of_known(es, known, index);
	if (*index != MAP_NONE)
		return 0;
	struct str id = linking_holder_id(es->g, holder, es->a);
	if (!id.p || entities_get(es, id, holder_name(&es->g->holders, holder), ACTOR_PERSON,
				  STR_EMPTY, index) < 0)
		return -1;
	return become(es, *index, holder);
}

/* --- what a text says of a person ------------------------------------------------------------- */

/* Of all mentions of an entity together. */
struct claim {
	const struct post *posts[6];
	unsigned n_posts;
	uint32_t kinds; /* bits of enum office_kind that its titles may be */
	bool has_other_occupation;
	bool is_headed;	  /* "the Putin regime": who heads one */
	uint32_t country; /* right before the name: "Russia's Lavrov"; or MAP_NONE */
};

static const struct {
	enum word_set set;
	uint32_t kinds;
} kind_words[] = {
	{SET_OFFICE_LEGISLATOR, 1u << OFFICE_LEGISLATOR},
	{SET_OFFICE_MINISTER, 1u << OFFICE_MINISTER},
	{SET_OFFICE_HEAD, 1u << OFFICE_HEAD_OF_STATE | 1u << OFFICE_HEAD_OF_GOVERNMENT},
	{SET_OFFICE_AMBASSADOR, 1u << OFFICE_AMBASSADOR},
	{SET_OFFICE_GOVERNOR, 1u << OFFICE_GOVERNOR},
	{SET_OFFICE_MAYOR, 1u << OFFICE_MAYOR},
	{SET_OFFICE_JUDGE, 1u << OFFICE_JUDGE},
	{SET_OFFICE_MILITARY, 1u << OFFICE_MILITARY},
	{SET_SPOKESMAN, 1u << OFFICE_SPOKESPERSON},
};

static void read_kinds(const struct text *t, uint32_t first, uint32_t last, struct claim *c)
{
	for (uint32_t i = first; i <= last; i++) {
		for (size_t k = 0; k < sizeof kind_words / sizeof kind_words[0]; k++)
			if (text_is_in(t, i, kind_words[k].set))
				c->kinds |= kind_words[k].kinds;
		if (text_is_in(t, i, SET_OTHER_OCCUPATION))
			c->has_other_occupation = true;
	}
}

/* The words right before and behind a name that tell what somebody is. */
static void read_beside(const struct entities *es, const struct mention *m, struct claim *c)
{
	enum { BESIDE = 8 };
	const struct text *t = es->t;
	uint32_t first = m->outer, last = m->last + 1;
	if (last < t->n_tokens && text_is_in(t, last, SET_HEADED_NOUN))
		c->is_headed = true;
	while (first > 0 && m->outer - first < BESIDE / 2 &&
	       !(t->tokens[first].flags & TOK_PARAGRAPH_START) &&
	       (tag_is_noun(t->tokens[first - 1].tag) || t->tokens[first - 1].tag == TAG_JJ))
		first--;
	if (first < m->first)
		read_kinds(t, first, m->first - 1, c);
	if (m->first > 1 && m->outer == m->first && t->tokens[m->first - 1].tag == TAG_POS) {
		const struct entity *owner = entities_named_at(es, m->first - 2);
		if (owner && owner->known != MAP_NONE && owner->actor->kind == ACTOR_COUNTRY)
			c->country = owner->known;
	}
	if (last >= t->n_tokens || (text_tag(t, last) != TAG_COMMA && !text_is(t, last, "(")))
		return;
	while (last + 1 < t->n_tokens && last - m->last < BESIDE &&
	       !(t->tokens[last + 1].flags & TOK_PARAGRAPH_START) &&
	       text_tag(t, last + 1) != TAG_COMMA && text_tag(t, last + 1) != TAG_VBD &&
	       text_tag(t, last + 1) != TAG_STOP && !text_is_in(t, last + 1, SET_OTHER_OFFICE))
		last++;
	read_kinds(t, m->last + 1, last, c);
}

static int read_claims(const struct entities *es, struct claim **out)
{
	struct claim *claims = arena_array(es->a, es->n + 1, sizeof *claims);
	if (!claims)
		return -1;
	for (size_t i = 0; i < es->n; i++)
		claims[i].country = MAP_NONE;
	for (size_t i = 0; i < es->n_mentions; i++)
		read_beside(es, &es->mentions[i], &claims[es->mentions[i].entity]);
	for (size_t i = 0; i < es->n_posts; i++) {
		struct claim *c = &claims[es->posts[i].entity];
		if (c->n_posts < sizeof c->posts / sizeof c->posts[0])
			c->posts[c->n_posts++] = &es->posts[i];
	}
	*out = claims;
	return 0;
}

/* --- ranking ---------------------------------------------------------------------------------- */

/* In nats, roughly; set by hand on unseen news (docs/holders.md says how they were measured). */
static const float LINK_LEAST = 1.0f, LINK_MARGIN = 0.75f, BY_ENDS = -1.25f, BY_ORDER = -0.75f,
		   BY_TITLE = 3.5f, BY_KIND = 1.75f, BY_OTHER_KIND = -0.25f, BY_OCCUPATION = -2.0f,
		   IN_OFFICE = 1.0f, JUST_OUT = 0.5f, LONG_OUT = -1.5f, NOT_YET = -0.75f,
		   TOO_EARLY = -5, OF_TEXT = 1.5f, NOT_OF_TEXT = -1.75f, OTHER_COUNTRY = -3.0f,
		   SAME_COUNTRY = 1.5f, KNOWN = 2.0f; /* in the table made by hand */
enum { YEAR = 365, COMMON_MEAN = 5, IMPORTANCE_MEAN = 35, FAMOUS = 80 };

static float importance_of(const struct holder_row *row)
{
	float x = ((float)row->importance - IMPORTANCE_MEAN) / 25;
	return x < -1 ? -1 : x > 2.5f ? 2.5f : x;
}

/* By the year of birth, where it is known. */
static bool is_grown_up(const struct holder_row *row, day_t day)
{
	enum { AGE = 18 };
	return row->born == 0 || civil_from_day(day).year - HOLDER_BORN_FROM - row->born >= AGE;
}

/* The best of the offices by time. Who headed a large state is spoken of long after. */
static float by_time(const struct entities *es, uint32_t holder)
{
	const struct holders *h = &es->g->holders;
	float best = h->persons[holder].importance >= FAMOUS ? 0 : LONG_OUT;
	if (es->day != DAY_NONE && !is_grown_up(&h->persons[holder], es->day))
		return TOO_EARLY;
	for (uint32_t i = h->persons[holder].offices;
	     es->day != DAY_NONE && i < h->persons[holder + 1].offices; i++) {
		const struct office_row *o = &h->offices[i];
		day_t from = office_day(o->from), to = office_day(o->to);
		float x = from != DAY_NONE && from > es->day
				  ? (from - es->day < 15 * YEAR ? NOT_YET : TOO_EARLY)
			  : to == DAY_NONE || (o->is_open && from != DAY_NONE) || es->day <= to
				  ? IN_OFFICE
			  : es->day - to < 6 * YEAR  ? JUST_OUT
			  : es->day - to < 15 * YEAR ? 0
						     : LONG_OUT;
		best = x > best ? x : best;
	}
	return es->day == DAY_NONE ? 0 : best;
}

/* Do two keys of titles mean one office: are they the same, or names of one title? */
static bool same_title(const struct holders *h, uint64_t a, uint64_t b)
{
	uint32_t at = 0, title;
	if (a == b)
		return true;
	while ((title = holders_next(h, LOOKUP_TITLES, a, &at)) != UINT32_MAX)
		if (title_is(h, title, a) && title_is(h, title, b))
			return true;
	return false;
}

/* The kinds of office that go by a title, as bits. */
static uint32_t kinds_of_title(const struct holders *h, uint64_t key)
{
	uint32_t at = 0, title, kinds = 0;
	while ((title = holders_next(h, LOOKUP_TITLES, key, &at)) != UINT32_MAX)
		if (title_is(h, title, key))
			kinds |= 1u << h->titles[title].kind;
	return kinds;
}

/* Of a state or a government? */
static bool is_head_title(const struct holders *h, uint64_t key)
{
	return kinds_of_title(h, key) &
	       (1u << OFFICE_HEAD_OF_STATE | 1u << OFFICE_HEAD_OF_GOVERNMENT);
}

/* Does the table that was made by hand give the person a post of these words? */
static bool has_known_post(const struct entities *es, uint32_t known, const struct post *p)
{
	const struct actor *a = &es->g->actors[known];
	for (size_t i = 0; i < a->n_roles; i++)
		if (same_title(&es->g->holders, p->key + p->body_key,
			       holder_title_key(a->roles[i].title)))
			return true;
	return false;
}

/* The titles of the text against the offices. */
static float by_titles(const struct entities *es, const struct claim *c, uint32_t holder)
{
	const struct holders *h = &es->g->holders;
	float best = c->kinds ? BY_OTHER_KIND : c->has_other_occupation ? BY_OCCUPATION : 0;
	uint32_t known = known_of(es, holder);
	for (unsigned k = 0; known != MAP_NONE && k < c->n_posts; k++)
		if (has_known_post(es, known, c->posts[k]))
			return BY_TITLE;
	for (uint32_t i = h->persons[holder].offices; i < h->persons[holder + 1].offices; i++) {
		const struct office_row *o = &h->offices[i];
		if ((c->kinds >> office_kind(h, o) & 1) && best < BY_KIND)
			best = BY_KIND;
		for (unsigned k = 0; k < c->n_posts; k++)
			if (best < BY_TITLE && c->posts[k]->n_words > 0 &&
			    title_is(h, o->title, c->posts[k]->key + c->posts[k]->body_key))
				best = BY_TITLE;
	}
	return best;
}

static float by_country(const struct jurisdiction *j, const struct claim *c, uint32_t holder)
{
	const struct holders *h = &j->es->g->holders;
	struct str country = holders_country(h, h->persons[holder].country);
	float x = 0;
	for (unsigned k = 0; k < c->n_posts; k++)
		if (c->posts[k]->country != MAP_NONE && country.n)
			x = str_eq(j->es->g->actors[c->posts[k]->country].id, country)
				    ? SAME_COUNTRY
				    : OTHER_COUNTRY;
	if (j->n == 0 || country.n == 0)
		return x;
	float share = jurisdiction_share(j, country);
	return x + (share > 0.25f ? OF_TEXT : share > 0 ? OF_TEXT * share * 4 : NOT_OF_TEXT);
}

static float score(const struct jurisdiction *j, const struct claim *c, uint32_t holder)
{
	const struct holders *h = &j->es->g->holders;
	return (known_of(j->es, holder) == MAP_NONE ? 0 : KNOWN) +
	       importance_of(&h->persons[holder]) + by_time(j->es, holder) +
	       by_titles(j->es, c, holder) + by_country(j, c, holder) -
	       0.25f * ((float)holder_commonness(h, holder) - COMMON_MEAN);
}

/* How a name of the table is like that of the text: 0 the same words in the same order, below where
 * order or words differ; LIKE_NONE: another name. */
static const float LIKE_NONE = -100;

static float likeness(const struct holders *h, uint32_t holder, struct str name, uint64_t key,
		      uint64_t ends)
{
	struct str rest = holder_names(h, holder), one;
	float best = LIKE_NONE;
	while (best < 0 && str_split(&rest, ';', &one)) {
		unsigned words;
		uint64_t its = holder_name_key(one, &words), its_ends = holder_ends_key(one);
		float x = its == key ? (holder_same_order(one, name) ? 0 : BY_ORDER)
			  : (ends && its == ends) ||
					  (its_ends && (its_ends == key || its_ends == ends))
				  ? BY_ENDS
				  : LIKE_NONE;
		/* Open States takes down many ways to write a name */
		if (one.p != holder_names(h, holder).p && h->persons[holder].wikidata == 0)
			x += BY_ORDER;
		if (x == BY_ORDER && (h->persons[holder].flags & HOLDER_FAMILY_FIRST))
			x = 0;
		best = x > best ? x : best;
	}
	return best;
}

struct ranking {
	uint32_t best;
	float score, second;
};

static void rank(const struct jurisdiction *j, const struct claim *c, struct str name, uint64_t key,
		 uint64_t ends, uint64_t looked_up, struct ranking *r)
{
	const struct holders *h = &j->es->g->holders;
	uint32_t at = 0, holder;
	while ((holder = holders_next(h, LOOKUP_NAMES, looked_up, &at)) != UINT32_MAX) {
		float like = likeness(h, holder, name, key, ends);
		if (like <= LIKE_NONE || holder == r->best)
			continue;
		float x = like + score(j, c, holder);
		if (x > r->score) {
			r->second = r->score;
			r->score = x;
			r->best = holder;
		} else if (x > r->second) {
			r->second = x;
		}
	}
}

/* The bearer of a full name, or MAP_NONE. */
static uint32_t bearer_of(const struct jurisdiction *j, const struct claim *c, struct str name)
{
	struct ranking r = {MAP_NONE, LIKE_NONE, LIKE_NONE};
	unsigned words;
	uint64_t key = holder_name_key(name, &words), ends = holder_ends_key(name);
	if (words < 2)
		return MAP_NONE;
	rank(j, c, name, key, ends, key, &r);
	if (ends)
		rank(j, c, name, key, ends, ends, &r);
	return r.score >= LINK_LEAST && r.score - r.second >= LINK_MARGIN ? r.best : MAP_NONE;
}

/* Does a role fit a post's words? A "leader" is who heads the state or the government. */
static bool role_fits(const struct entities *es, const struct role *r, const struct post *p)
{
	uint64_t key = p->key + p->body_key;
	if (same_title(&es->g->holders, key, holder_title_key(r->title)))
		return true;
	return key == holder_title_key(STR("leader")) &&
	       (str_is_one_of(r->title, "president premier chancellor king emir") ||
		str_eq(r->title, STR("prime minister")));
}

bool linking_has_post(const struct entities *es, const struct actor *a, const struct post *p)
{
	struct str of = p->country == MAP_NONE ? STR_EMPTY : es->g->actors[p->country].id;
	for (size_t i = 0; i < a->n_roles; i++) {
		const struct role *r = &a->roles[i];
		if (role_is_held(r, es->day) && (of.n == 0 || str_eq(r->country, of)) &&
		    role_fits(es, r, p))
			return true;
	}
	return false;
}

/* "Assad" is al-Assad, too. */
static bool bears(const struct person *p, uint64_t surname)
{
	struct str name = p->surname_text;
	return p->surname == surname ||
	       (str_starts(name, STR("al-")) && word_key(str_sub(name, 3, name.n)) == surname);
}

/* What a surname alone comes with: a post or NULL, a country or MAP_NONE. */
struct bearing {
	uint64_t surname;
	const struct post *post;
	uint32_t country;
};

/* Was a head's role one with a surname and such a post before the day: "President Kennedy" in a
 * text of today, "former Prime Minister Thatcher"? */
static bool was_head(const struct jurisdiction *j, const struct role *r, const struct bearing *b)
{
	static const float SHARE_LEAST = 0.1f;
	const struct entities *es = j->es;
	if (es->day == DAY_NONE || r->to == DAY_NONE || r->to >= es->day ||
	    !is_head_title(&es->g->holders, holder_title_key(r->title)) ||
	    !role_fits(es, r, b->post))
		return false;
	return b->country == MAP_NONE ? jurisdiction_share(j, r->country) >= SHARE_LEAST
				      : str_eq(r->country, es->g->actors[b->country].id);
}

/* Is it held on the day, of a country that stands beside the name ("Russia's Lavrov") or in a post
 * that does? */
static bool is_held(const struct jurisdiction *j, const struct role *r, const struct bearing *b)
{
	const struct entities *es = j->es;
	return role_is_held(r, es->day) &&
	       (b->country == MAP_NONE || str_eq(r->country, es->g->actors[b->country].id)) &&
	       (!b->post || role_fits(es, r, b->post));
}

/* The one person of the gazetteer with the surname who has such a role; MAP_NONE for none or
 * several. */
static uint32_t only_bearer(const struct jurisdiction *j, const struct bearing *b,
			    bool (*fits)(const struct jurisdiction *, const struct role *,
					 const struct bearing *))
{
	const struct gazetteer *g = j->es->g;
	uint32_t found = MAP_NONE;
	for (uint32_t i = 0; i < g->n_actors; i++) {
		size_t k = 0, n = bears(&g->persons[i], b->surname) ? g->actors[i].n_roles : 0;
		while (k < n && !fits(j, &g->actors[i].roles[k], b))
			k++;
		if (k == n)
			continue;
		if (found != MAP_NONE)
			return MAP_NONE;
		found = i;
	}
	return found;
}

/* Kinds of posts whose noun alone, before a surname, tells enough: "Minister Araya". */
static bool is_of_noun(const struct text *t, const struct post *p, unsigned kind)
{
	return p->n_words == 1 && p->body == MAP_NONE && !p->is_deputy &&
	       ((kind == OFFICE_MINISTER && text_is_in(t, p->head, SET_OFFICE_MINISTER)) ||
		(kind == OFFICE_AMBASSADOR && text_is_in(t, p->head, SET_OFFICE_AMBASSADOR)));
}

/* Did the person hold the post on the day, for a country that the text names? */
static bool held_post(const struct jurisdiction *j, const struct post *p, uint32_t holder)
{
	static const float SHARE_LEAST = 0.2f;
	const struct entities *es = j->es;
	const struct holders *h = &es->g->holders;
	for (uint32_t i = h->persons[holder].offices; i < h->persons[holder + 1].offices; i++) {
		const struct office_row *o = &h->offices[i];
		struct str country = holders_country(h, o->country);
		bool is_of_text = p->country != MAP_NONE
					  ? str_eq(es->g->actors[p->country].id, country)
					  : jurisdiction_share(j, country) > SHARE_LEAST;
		if (is_of_text && office_is_held(o, es->day) &&
		    (title_is(h, o->title, p->key + p->body_key) ||
		     is_of_noun(es->t, p, office_kind(h, o))))
			return true;
	}
	return false;
}

/* "Prime Minister Støre": a surname links only where exactly one person with it held exactly that
 * post on the day, for a country that the text names. Hyphens are forgotten, as in full names. */
static uint32_t bearer_of_surname(const struct jurisdiction *j, const struct claim *c,
				  struct str surname)
{
	const struct entities *es = j->es;
	const struct holders *h = &es->g->holders;
	uint32_t at = 0, holder, found = MAP_NONE;
	struct str last = surname;
	if (c->n_posts == 0 || c->posts[0]->is_past || es->day == DAY_NONE)
		return MAP_NONE;
	for (size_t i = 0; i + 1 < surname.n; i++)
		if (surname.p[i] == '-')
			last = str_sub(surname, i + 1, surname.n);
	uint64_t key = word_key(surname), part = word_key(last);
	while ((holder = holders_next(h, LOOKUP_SURNAMES, holder_share(key), &at)) != UINT32_MAX) {
		if (holder == found || !holder_has_surname(h, holder, part) ||
		    (last.n < surname.n &&
		     str_find(holder_name(h, holder), surname, 0) == SIZE_MAX) ||
		    !held_post(j, c->posts[0], holder))
			continue;
		if (found != MAP_NONE)
			return MAP_NONE;
		found = holder;
	}
	return found;
}

/* "Putin" alone, in a text about Russia, and "the Putin regime" anywhere: the one person of the
 * gazetteer with that surname who held an office on the day for a country that the text speaks of;
 * of mere ministers, much. */
static uint32_t known_in_office(const struct jurisdiction *j, const struct claim *c,
				uint64_t surname)
{
	enum { NEVER = 2 };
	bool is_given = map_get(&j->es->g->given, surname) != MAP_NONE;
	const float OF_HEAD = c->is_headed ? 0
			      : is_given   ? 0.25f
					   : 0.1f,
		    OF_OTHER = is_given ? NEVER : 0.25f;
	const struct gazetteer *g = j->es->g;
	uint32_t found = MAP_NONE;
	for (uint32_t i = 0; i < g->n_actors; i++) {
		bool fits = false;
		for (size_t k = 0; bears(&g->persons[i], surname) && k < g->actors[i].n_roles;
		     k++) {
			const struct role *r = &g->actors[i].roles[k];
			float least = is_head_title(&g->holders, holder_title_key(r->title))
					      ? OF_HEAD
					      : OF_OTHER;
			fits = fits || (role_is_held(r, j->es->day) &&
					jurisdiction_share(j, r->country) >= least);
		}
		if (!fits)
			continue;
		if (found != MAP_NONE)
			return MAP_NONE;
		found = i;
	}
	return found;
}

/* --- all together ----------------------------------------------------------------------------- */

/* "CHP", which may be taken for a person behind a title. */
static bool is_acronym(struct str name)
{
	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] < 'A' || name.p[i] > 'Z')
			return false;
	return name.n > 2;
}

/* Makes `from` another name of `to`. */
static void join(struct entities *es, uint32_t from, uint32_t to)
{
	if (from == to)
		return;
	es->v[from].joined = to + 1;
	es->v[from].actor = es->v[to].actor;
}

static int link_person(struct jurisdiction *j, const struct claim *c, uint32_t index)
{
	struct entities *es = j->es;
	struct entity *e = &es->v[index];
	uint32_t holder = bearer_of(j, c, e->actor->name), known = MAP_NONE;
	bool is_surname = e->surname && str_find(e->actor->name, STR(" "), 0) == SIZE_MAX;
	const struct post *post = c->n_posts > 0 && !c->posts[0]->is_past ? c->posts[0] : NULL;
	uint32_t country = post ? post->country : c->country;
	if (is_surname && (post || country != MAP_NONE))
		known = only_bearer(j, &(struct bearing){e->surname, post, country}, is_held);
	bool by_office = is_surname && !post && c->n_posts == 0 && country == MAP_NONE;
	if (by_office)
		known = known_in_office(j, c, e->surname);
	if (is_surname && holder == MAP_NONE && known == MAP_NONE)
		holder = bearer_of_surname(j, c, e->surname_text);
	if (is_surname && holder == MAP_NONE && known == MAP_NONE && c->n_posts > 0)
		known = only_bearer(
			j, &(struct bearing){e->surname, c->posts[0], c->posts[0]->country},
			was_head);
	if (holder == MAP_NONE && known == MAP_NONE)
		return 0;
	uint32_t to = holder == MAP_NONE ? MAP_NONE : map_get(&es->by_holder, (uint64_t)holder + 1);
	if (known == MAP_NONE)
		known = known_of(es, holder);
	bool is_new = known != MAP_NONE && map_get(&es->by_known, (uint64_t)known + 2) == MAP_NONE;
	if (known != MAP_NONE && entities_of_known(es, known, &to) < 0)
		return -1;
	if (to == MAP_NONE)
		return become(es, index, holder);
	es->v[to].by_surname_alone = by_office && is_new;
	join(es, index, to);
	return 0;
}

/* Somebody else with the name that is a holder's id gets another one. */
static int tell_apart(struct entities *es, uint32_t index)
{
	const struct holders *h = &es->g->holders;
	struct actor *a = es->v[index].actor;
	unsigned words;
	uint64_t key = holder_name_key(a->name, &words);
	uint32_t at = 0, holder;
	while (words > 1 && (holder = holders_next(h, LOOKUP_NAMES, key, &at)) != UINT32_MAX) {
		if (!(h->persons[holder].flags & HOLDER_HAS_SLUG))
			continue;
		struct str slug = str_slug(es->a, holder_name(h, holder));
		if (!slug.p)
			return -1;
		if (!str_eq(slug, a->id))
			continue;
		a->id = arena_printf(es->a, "%.*s-2", STR_ARG(slug));
		uint32_t *by_id = a->id.p ? map_at(&es->by_id, str_hash(a->id), es->a) : NULL;
		if (!by_id)
			return -1;
		*by_id = index;
		return 0;
	}
	return 0;
}

int linking_link(struct jurisdiction *j)
{
	struct entities *es = j->es;
	struct claim *claims;
	size_t n = es->n;
	if (read_claims(es, &claims) < 0)
		return -1;
	for (uint32_t i = 0; i < n; i++) {
		const struct entity *e = &es->v[i];
		if (!budget_allows_step(es->a->budget, i))
			return -1;
		if (e->known != MAP_NONE || e->body != MAP_NONE || e->joined ||
		    (e->actor->kind != ACTOR_PERSON && e->actor->kind != ACTOR_ORGANIZATION))
			continue;
		if ((e->kind == MENTION_ORGANIZATION || is_acronym(e->actor->name) ||
		     claims[i].country != MAP_NONE) &&
		    body_link(j, i) < 0)
			return -1;
		if ((es->v[i].kind == MENTION_PERSON || claims[i].is_headed) &&
		    link_person(j, &claims[i], i) < 0)
			return -1;
	}
	for (uint32_t i = 0; i < n; i++)
		if (es->v[i].kind == MENTION_PERSON && es->v[i].known == MAP_NONE &&
		    es->v[i].holder == MAP_NONE && !es->v[i].joined && tell_apart(es, i) < 0)
			return -1;
	for (size_t i = 0; i < es->n_mentions; i++)
		if (es->v[es->mentions[i].entity].joined)
			es->mentions[i].entity = es->v[es->mentions[i].entity].joined - 1;
	return 0;
}

/* --- posts ------------------------------------------------------------------------------------ */

/* The person of the gazetteer in such a post on the day; MAP_NONE for none or several. */
static uint32_t known_in_post(const struct entities *es, uint64_t key, struct str of)
{
	const struct gazetteer *g = es->g;
	uint32_t found = MAP_NONE;
	for (uint32_t i = 0; i < g->n_actors; i++)
		for (size_t k = 0; k < g->actors[i].n_roles; k++) {
			const struct role *r = &g->actors[i].roles[k];
			if (!str_eq(r->country, of) || !role_is_held(r, es->day) ||
			    !same_title(&g->holders, key, holder_title_key(r->title)))
				continue;
			if (found != MAP_NONE && found != i)
				return MAP_NONE;
			found = i;
		}
	return found;
}

static int holder_by_key(struct entities *es, uint64_t key, struct str of, uint32_t *entity)
{
	uint32_t known = known_in_post(es, key, of);
	if (known != MAP_NONE)
		return entities_of_known(es, known, entity);
	uint32_t holder = holders_in_office(&es->g->holders, key, of, es->day);
	return holder == UINT32_MAX ? 0 : linking_entity(es, holder, entity);
}

/* "Ambassador to China": the country by any of its names. */
static int holder_abroad(struct entities *es, const struct post *post, struct str of,
			 uint32_t *entity)
{
	const struct actor *place = &es->g->actors[post->abroad];
	uint64_t key = post->key + holder_share(word_key(STR("to")));
	for (size_t i = 0; i <= place->aliases.n && *entity == MAP_NONE; i++) {
		struct str name = i ? place->aliases.v[i - 1] : place->name;
		if (holder_by_key(es, key + holder_title_key(name), of, entity) < 0)
			return -1;
	}
	return 0;
}

/* "The president" where the text tells no country: that of which it speaks most by far, if somebody
 * held such a post there, and nobody did in another one that counts. Heads and ministers alone. */
static int holder_at_home(struct entities *es, const struct post *post, uint32_t *entity)
{
	static const float HOME = 0.5f, OTHER = 0.1f;
	const struct holders *h = &es->g->holders;
	uint64_t vice = holder_title_key(STR("vice president"));
	uint32_t home = MAP_NONE, known, holder;
	bool may_be = is_head_title(h, post->key) || post->key == vice ||
		      (post->n_words > 1 && (kinds_of_title(h, post->key) & 1u << OFFICE_MINISTER));
	/* premiers are those of states, too */
	if (!may_be || text_is_in(es->t, post->head, SET_OFFICE_GOVERNOR) ||
	    post->abroad != MAP_NONE || post->is_cut || post->is_by_pronoun)
		return 0;
	for (size_t i = 0; i < es->about->n; i++) {
		struct str country = es->g->actors[es->about->v[i].country].id;
		float share = es->about->v[i].weight / es->about->sum;
		if (share < OTHER)
			continue;
		known = known_in_post(es, post->key, country);
		holder = holders_in_office(h, post->key, country, es->day);
		if (known == MAP_NONE && holder == UINT32_MAX)
			continue;
		if (home != MAP_NONE || share < HOME)
			return 0;
		home = es->about->v[i].country;
	}
	return home == MAP_NONE ? 0 : holder_by_key(es, post->key, es->g->actors[home].id, entity);
}

int linking_holder_of(struct entities *es, const struct post *post, uint32_t *entity)
{
	*entity = MAP_NONE;
	/* deputies are many, but for one */
	bool is_one_of_many = post->is_deputy &&
			      post->key + post->body_key != holder_title_key(STR("vice president"));
	if (post->is_past || is_one_of_many || post->n_words == 0 || es->day == DAY_NONE)
		return 0;
	const struct actor *body = post->body == MAP_NONE ? NULL : es->v[post->body].actor;
	if (body && body->kind != ACTOR_ORGANIZATION)
		return 0;
	if (post->country == MAP_NONE && !body)
		return holder_at_home(es, post, entity);
	if (post->country == MAP_NONE)
		return post->abroad == MAP_NONE ? holder_by_key(es, post->key, body->id, entity)
						: 0;
	struct str of = es->g->actors[post->country].id;
	if (post->abroad != MAP_NONE)
		return holder_abroad(es, post, of, entity);
	return holder_by_key(es, post->key + post->body_key, of, entity);
}
