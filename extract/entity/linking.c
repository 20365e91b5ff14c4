/* The links of persons and posts. */
#include "extract/entity/linking.h"

#include "base/fold.h"
#include "extract/entity/body_linking.h"
#include "extract/entity/sitting.h"
#include "extract/entity/surname.h"
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
	uint32_t known = gazetteer_of_holder(es->g, holder);
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

/* Makes an entity this person of a table, or another name of the one that is. */
static int take(struct entities *es, uint32_t index, uint32_t holder)
{
	uint32_t to = map_get(&es->by_holder, (uint64_t)holder + 1),
		 known = gazetteer_of_holder(es->g, holder);
	if (known != MAP_NONE && entities_of_known(es, known, &to) < 0)
		return -1;
	if (to == MAP_NONE)
		return become(es, index, holder);
	join(es, index, to);
	return 0;
}

static int link_person(struct jurisdiction *j, const struct claim *c, uint32_t index)
{
	struct entities *es = j->es;
	struct entity *e = &es->v[index];
	struct surname_bearer b = {MAP_NONE, claim_bearer(j, c, e->actor->name), false};
	if (e->surname && str_find(e->actor->name, STR(" "), 0) == SIZE_MAX)
		surname_bearer(j, c, e, &b);
	else if (e->surname && b.holder == MAP_NONE)
		surname_bearer_in_post(j, c, e, &b);
	uint32_t holder = b.holder, known = b.known;
	if (holder == MAP_NONE && known == MAP_NONE)
		return 0;
	uint32_t to = holder == MAP_NONE ? MAP_NONE : map_get(&es->by_holder, (uint64_t)holder + 1);
	if (known == MAP_NONE)
		known = gazetteer_of_holder(es->g, holder);
	bool is_new = known != MAP_NONE && map_get(&es->by_known, (uint64_t)known + 2) == MAP_NONE;
	if (known != MAP_NONE && entities_of_known(es, known, &to) < 0)
		return -1;
	if (to == MAP_NONE)
		return become(es, index, holder);
	es->v[to].by_surname_alone = b.by_office && is_new;
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

static bool is_linked(const struct entity *e)
{
	return e->known != MAP_NONE || e->holder != MAP_NONE || e->body != MAP_NONE || e->joined;
}

static int link_entity(struct jurisdiction *j, const struct claim *c, uint32_t index)
{
	const struct entity *e = &j->es->v[index];
	if (e->actor->kind != ACTOR_PERSON && e->actor->kind != ACTOR_ORGANIZATION)
		return 0;
	if ((e->kind == MENTION_ORGANIZATION || is_acronym(e->actor->name) ||
	     c->country != MAP_NONE) &&
	    body_link(j, index) < 0)
		return -1;
	e = &j->es->v[index];
	return e->kind == MENTION_PERSON || c->is_headed ? link_person(j, c, index) : 0;
}

/* The country of a linked person, or MAP_NONE. */
static uint32_t country_of(const struct entities *es, uint32_t index)
{
	const struct entity *e = &es->v[index];
	const struct gazetteer *g = es->g;
	if (e->joined)
		e = &es->v[e->joined - 1];
	if (e->known != MAP_NONE)
		return g->homes[e->known];
	if (e->holder == MAP_NONE)
		return MAP_NONE;
	struct str code = holders_country(&g->holders, g->holders.persons[e->holder].country);
	const struct actor *country = code.n ? gazetteer_find(g, code) : NULL;
	return country ? (uint32_t)(country - g->actors) : MAP_NONE;
}

/* Of which country a text speaks is told by who is in it, too. Whoever was linked now is counted,
 * `known` those that the gazetteer knew before. */
static int weigh_linked(struct jurisdiction *j, const bool *known)
{
	const struct entities *es = j->es;
	for (size_t i = 0; i < es->n_mentions; i++) {
		uint32_t index = es->mentions[i].entity,
			 country = known[index] ? MAP_NONE : country_of(es, index);
		if (country != MAP_NONE && jurisdiction_add(j, country) < 0)
			return -1;
	}
	return 0;
}

int linking_link(struct jurisdiction *j)
{
	struct entities *es = j->es;
	struct claim *claims;
	size_t n = es->n;
	bool *known = arena_array(es->a, n + 1, sizeof *known);
	if (!known || claims_read(es, &claims) < 0)
		return -1;
	for (uint32_t i = 0; i < n; i++)
		known[i] = is_linked(&es->v[i]);
	for (uint32_t i = 0; i < n; i++)
		if (!budget_allows_step(es->a->budget, i) ||
		    (!known[i] && link_entity(j, &claims[i], i) < 0))
			return -1;
	if (weigh_linked(j, known) < 0)
		return -1;
	for (uint32_t i = 0; i < n; i++)
		if (!budget_allows_step(es->a->budget, i) ||
		    (es->v[i].kind == MENTION_PERSON && !is_linked(&es->v[i]) &&
		     link_person(j, &claims[i], i) < 0))
			return -1;
	if (sitting_link(j, is_linked, take) < 0)
		return -1;
	for (uint32_t i = 0; i < n; i++)
		if (es->v[i].kind == MENTION_PERSON && !is_linked(&es->v[i]) &&
		    tell_apart(es, i) < 0)
			return -1;
	for (size_t i = 0; i < es->n_mentions; i++)
		if (es->v[es->mentions[i].entity].joined)
			es->mentions[i].entity = es->v[es->mentions[i].entity].joined - 1;
	return 0;
}

int linking_link_named(struct entities *es, uint32_t index, const struct text *t, struct range name)
{
	struct post post;
	struct claim c = claim_of_words(t, name, &post);
	uint32_t holder = claim_bearer(es->about, &c, es->v[index].actor->name);
	return holder == MAP_NONE ? 0 : take(es, index, holder);
}

/* --- posts ------------------------------------------------------------------------------------ */

bool linking_has_post(const struct entities *es, const struct actor *a, const struct post *p)
{
	struct str of = p->country == MAP_NONE ? STR_EMPTY : es->g->actors[p->country].id;
	for (size_t i = 0; i < a->n_roles; i++) {
		const struct role *r = &a->roles[i];
		if (role_is_held(r, es->day) && (of.n == 0 || str_eq(r->country, of)) &&
		    post_fits_role(es, p, r))
			return true;
	}
	return false;
}

/* The person of the gazetteer in such a post on the day; MAP_NONE for none or several. */
static uint32_t known_in_post(const struct entities *es, uint64_t key, struct str of)
{
	const struct gazetteer *g = es->g;
	uint32_t found = MAP_NONE;
	for (uint32_t i = 0; i < g->n_actors; i++)
		for (size_t k = 0; k < g->actors[i].n_roles; k++) {
			const struct role *r = &g->actors[i].roles[k];
			if (!str_eq(r->country, of) || !role_is_held(r, es->day) ||
			    !titles_are_one(&g->holders, key, holder_title_key(r->title)))
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
	uint32_t holder = holders_in_office(&es->g->holders, key, of, STR_EMPTY, es->day);
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

/* "China's ambassador to the UN": the body by its own name. */
static int holder_at_body(struct entities *es, const struct post *post, struct str of,
			  const struct actor *body, uint32_t *entity)
{
	uint64_t to = holder_share(word_key(STR("to")));
	return holder_by_key(es, post->key + to + holder_title_key(body->name), of, entity);
}

/* Does somebody hold such a post for the country of those who speak in the text? */
static int holder_of_speakers(struct entities *es, uint64_t key, uint32_t *entity)
{
	return es->home == MAP_NONE ? 0
				    : holder_by_key(es, key, es->g->actors[es->home].id, entity);
}

/* Where nobody tells a country: that of those who speak in it, or of which it speaks most by
 * far, if somebody held such a post there, and nobody did in another one that counts. */
int linking_holder_at_home(struct entities *es, uint64_t key, uint32_t *entity)
{
	static const float HOME = 0.5f, OTHER = 0.1f;
	const struct holders *h = &es->g->holders;
	uint32_t home = MAP_NONE, known, holder;
	*entity = MAP_NONE;
	int rc = holder_of_speakers(es, key, entity);
	if (rc < 0 || *entity != MAP_NONE)
		return rc;
	for (size_t i = 0; i < es->about->n; i++) {
		struct str country = es->g->actors[es->about->v[i].country].id;
		float share = es->about->v[i].weight / es->about->sum;
		if (share < OTHER)
			continue;
		known = known_in_post(es, key, country);
		holder = holders_in_office(h, key, country, STR_EMPTY, es->day);
		if (known == MAP_NONE && holder == UINT32_MAX)
			continue;
		if (home != MAP_NONE || share < HOME)
			return 0;
		home = es->about->v[i].country;
	}
	return home == MAP_NONE ? 0 : holder_by_key(es, key, es->g->actors[home].id, entity);
}

static bool is_post_of(const struct entities *es, uint64_t key, struct str country)
{
	return known_in_post(es, key, country) != MAP_NONE ||
	       holders_in_office(&es->g->holders, key, country, STR_EMPTY, es->day) != UINT32_MAX;
}

int linking_holder_who_speaks(struct entities *es, uint64_t key, uint32_t *entity)
{
	static const float LEAST = 0.2f, LEAD = 3;
	float most = 0, next = 0;
	uint32_t home = MAP_NONE;
	*entity = MAP_NONE;
	for (size_t i = 0; es->day != DAY_NONE && i < es->about->n; i++) {
		const struct evidence *v = &es->about->v[i];
		if (v->weight <= next || !is_post_of(es, key, es->g->actors[v->country].id))
			continue;
		next = v->weight > most ? most : v->weight;
		home = v->weight > most ? v->country : home;
		most = v->weight > most ? v->weight : most;
	}
	bool is_told = most > LEAST * es->about->sum && most > LEAD * next;
	return is_told ? holder_by_key(es, key, es->g->actors[home].id, entity) : 0;
}

int linking_holder_in(struct entities *es, uint64_t key, uint32_t country, uint32_t *entity)
{
	*entity = MAP_NONE;
	return es->day == DAY_NONE ? 0 : holder_by_key(es, key, es->g->actors[country].id, entity);
}

/* "The president": heads and ministers alone. */
static int holder_at_home(struct entities *es, const struct post *post, uint32_t *entity)
{
	const struct holders *h = &es->g->holders;
	uint64_t vice = holder_title_key(STR("vice president")),
		 deputy = holder_title_key(STR("deputy president"));
	bool may_be = title_is_head(h, post->key) || post->key == vice || post->key == deputy ||
		      (post->n_words > 1 && (title_kinds(h, post->key) & 1u << OFFICE_MINISTER));
	/* premiers are those of states, too */
	if (!may_be || text_is_in(es->t, post->head, SET_OFFICE_GOVERNOR) ||
	    post->abroad != MAP_NONE || post->is_cut || post->is_by_pronoun)
		return 0;
	return linking_holder_at_home(es, post->key, entity);
}

/* Does the text name an organization, or a part of it ("United Nations General Assembly")? */
static bool names_body(const struct entities *es, struct str id)
{
	for (size_t i = 0; i < es->n; i++)
		if (es->v[i].actor->kind == ACTOR_ORGANIZATION &&
		    str_starts(es->v[i].actor->id, id))
			return true;
	return false;
}

/* "The Secretary General" where the text names one organization that has one. */
static int holder_at_named_body(struct entities *es, const struct post *post, uint32_t *entity)
{
	const struct gazetteer *g = es->g;
	uint32_t found = MAP_NONE;
	if ((post->key != holder_title_key(STR("secretary general")) &&
	     post->key != holder_title_key(STR("director general"))) ||
	    post->abroad != MAP_NONE || post->is_cut || post->is_by_pronoun)
		return 0;
	for (uint32_t i = 0; i < g->n_actors; i++)
		for (size_t k = 0; k < g->actors[i].n_roles; k++) {
			const struct role *r = &g->actors[i].roles[k];
			if (i == found || !role_is_held(r, es->day) ||
			    holder_title_key(r->title) != post->key || !names_body(es, r->country))
				continue;
			if (found != MAP_NONE)
				return 0;
			found = i;
		}
	return found == MAP_NONE ? 0 : entities_of_known(es, found, entity);
}

/* "The Ohio governor", "the premier of Victoria": of a part of a country. */
static int holder_in_place(struct entities *es, const struct post *post, uint32_t *entity)
{
	const struct entity *place = &es->v[post->body];
	if (place->kind != MENTION_PLACE || post->home == MAP_NONE || post->is_deputy)
		return 0;
	struct str of = es->g->actors[post->home].id;
	if (holder_by_key(es, post->key + post->body_key, of, entity) < 0)
		return -1;
	uint32_t holder = *entity == MAP_NONE ? holders_in_office(&es->g->holders, post->key, of,
								  place->actor->name, es->day)
					      : UINT32_MAX;
	return holder == UINT32_MAX ? 0 : linking_entity(es, holder, entity);
}

int linking_holder_of(struct entities *es, const struct post *post, uint32_t *entity)
{
	*entity = MAP_NONE;
	/* deputies are many, but for a head's, where the tables name one */
	uint64_t whole = post->key + post->body_key;
	bool is_one_of_many = post->is_deputy && whole != holder_title_key(STR("vice president")) &&
			      whole != holder_title_key(STR("deputy president")) &&
			      whole != holder_title_key(STR("deputy prime minister"));
	if (post->is_past || is_one_of_many || post->n_words == 0 || es->day == DAY_NONE)
		return 0;
	const struct actor *body = post->body == MAP_NONE ? NULL : es->v[post->body].actor;
	if (body && (body->kind != ACTOR_ORGANIZATION || es->v[post->body].kind == MENTION_PLACE))
		return holder_in_place(es, post, entity);
	if (post->country == MAP_NONE && !body) {
		int rc = holder_at_home(es, post, entity);
		return rc < 0 || *entity != MAP_NONE ? rc : holder_at_named_body(es, post, entity);
	}
	if (post->country == MAP_NONE)
		return post->abroad == MAP_NONE ? holder_by_key(es, post->key, body->id, entity)
						: 0;
	struct str of = es->g->actors[post->country].id;
	if (post->abroad != MAP_NONE)
		return holder_abroad(es, post, of, entity);
	if (holder_by_key(es, post->key + post->body_key, of, entity) < 0)
		return -1;
	return body && *entity == MAP_NONE ? holder_at_body(es, post, of, body, entity) : 0;
}

static uint32_t home_of(const struct entities *es, struct str country)
{
	uint32_t at = country.n ? map_get(&es->g->by_id, str_hash(country)) : MAP_NONE;
	return at == MAP_NONE ? MAP_NONE : es->g->homes[at];
}

uint32_t linking_country_of(const struct entities *es, const struct actor *who)
{
	bool is_person = who && who->kind == ACTOR_PERSON;
	uint32_t all = MAP_NONE;
	if (is_person && who->country.n)
		return home_of(es, who->country);
	for (size_t i = 0; is_person && i < who->n_roles; i++) {
		uint32_t home = home_of(es, who->roles[i].country);
		if (es->day != DAY_NONE && role_is_held(&who->roles[i], es->day))
			return home;
		all = i == 0 || all == home ? home : MAP_NONE;
	}
	return all;
}
