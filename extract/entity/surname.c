/* The bearers of a surname by post, country and day. */
#include "extract/entity/surname.h"

#include "base/fold.h"
#include "extract/tables/key.h"

/* "Assad" is al-Assad, too; "Qaddafi", of another name, Gaddafi. */
static bool bears(const struct person *p, uint64_t surname)
{
	struct str name = p->surname_text;
	for (size_t i = 0; i < p->n_called; i++)
		if (p->called[i] == surname)
			return true;
	bool has_article = name.n > 3 && name.p[2] == '-' &&
			   str_is_one_of_nocase(str_sub(name, 0, 3), "al- el-");
	return p->surname == surname ||
	       (has_article && word_key(str_sub(name, 3, name.n)) == surname);
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
	    !title_is_head(&es->g->holders, holder_title_key(r->title)) ||
	    !post_fits_role(es, b->post, r))
		return false;
	return b->country == MAP_NONE ? jurisdiction_share(j, r->country) >= SHARE_LEAST
				      : str_eq(r->country, es->g->actors[b->country].id);
}

/* The last head of such a post and surname; where another one was before, only if that was long ago
 * and this one lately. MAP_NONE for none. */
static uint32_t last_head(const struct jurisdiction *j, const struct bearing *b)
{
	enum { APART = 6 * 365, LATELY = 8 * 365 };
	const struct gazetteer *g = j->es->g;
	uint32_t found = MAP_NONE;
	day_t last = DAY_NONE;
	bool is_clear = true, is_only = true;
	for (uint32_t i = 0; i < g->n_actors; i++)
		for (size_t k = 0; bears(&g->persons[i], b->surname) && k < g->actors[i].n_roles;
		     k++) {
			day_t to = g->actors[i].roles[k].to;
			if (!was_head(j, &g->actors[i].roles[k], b))
				continue;
			is_only = is_only && (found == MAP_NONE || found == i);
			if (found != MAP_NONE && found != i)
				is_clear = to > last ? to - last > APART
						     : is_clear && last - to > APART;
			if (found == MAP_NONE || to > last) {
				found = i;
				last = to;
			}
		}
	return is_only || (is_clear && j->es->day - last < LATELY) ? found : MAP_NONE;
}

/* "Leader Thune" by the noun of a longer title, of a country of which the text speaks. */
static bool noun_fits(const struct jurisdiction *j, const struct post *p, const struct role *r)
{
	static const float SHARE_LEAST = 0.1f;
	const struct text *t = j->es->t;
	struct str rest = r->title, word;
	if (p->n_words != 1 || p->is_deputy || p->body != MAP_NONE ||
	    jurisdiction_share(j, r->country) < SHARE_LEAST)
		return false;
	while (str_split(&rest, ' ', &word)) {
		if (word_sets_has_nocase(t->word_sets, word, SET_DEPUTY_POST))
			return false;
		if (str_eq(word, text_lower(t, p->head)))
			return true;
	}
	return false;
}

/* Is it held on the day, of a country that stands beside the name ("Russia's Lavrov") or in a post
 * that does? */
static bool is_held(const struct jurisdiction *j, const struct role *r, const struct bearing *b)
{
	const struct entities *es = j->es;
	return role_is_held(r, es->day) &&
	       (b->country == MAP_NONE || str_eq(r->country, es->g->actors[b->country].id)) &&
	       (!b->post || post_fits_role(es, b->post, r) || noun_fits(j, b->post, r));
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
	/* "Texas Rep. Louis Gohmert" */
	bool is_of_place = p->body != MAP_NONE && es->v[p->body].kind == MENTION_PLACE;
	for (uint32_t i = h->persons[holder].offices; i < h->persons[holder + 1].offices; i++) {
		const struct office_row *o = &h->offices[i];
		struct str country = holders_country(h, o->country);
		float share = jurisdiction_share(j, country);
		bool is_head = office_kind(h, o) == OFFICE_HEAD_OF_STATE ||
			       office_kind(h, o) == OFFICE_HEAD_OF_GOVERNMENT;
		bool is_of_text = p->country != MAP_NONE
					  ? str_eq(es->g->actors[p->country].id, country)
					  : share > (is_head ? 0 : SHARE_LEAST);
		if (is_of_text && office_is_held_still(o, es->day) &&
		    (title_is(h, o->title, p->key + p->body_key) ||
		     (is_of_place && title_is(h, o->title, p->key)) ||
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

/* Did this person hold an office for the country on the day, or may have? */
static bool may_hold(const struct entities *es, uint32_t holder, struct str country)
{
	const struct holders *h = &es->g->holders;
	for (uint32_t i = h->persons[holder].offices; i < h->persons[holder + 1].offices; i++) {
		const struct office_row *o = &h->offices[i];
		if (str_eq(holders_country(h, o->country), country) &&
		    office_is_held_still(o, es->day))
			return true;
	}
	return false;
}

/* Could somebody else in that country be meant: a holder who is not much less important? */
static bool has_namesake(const struct entities *es, uint32_t known, struct str country)
{
	const struct gazetteer *g = es->g;
	const struct holders *h = &g->holders;
	uint64_t surname = g->persons[known].surname;
	uint32_t at = 0, holder;
	unsigned own = 0, other = 0;
	while ((holder = holders_next(h, LOOKUP_SURNAMES, holder_share(surname), &at)) !=
	       UINT32_MAX) {
		unsigned importance = h->persons[holder].importance;
		if (gazetteer_of_holder(g, holder) == known)
			own = importance;
		else if (importance > other && holder_has_surname(h, holder, surname) &&
			 may_hold(es, holder, country))
			other = importance;
	}
	return 3 * other > 2 * own;
}

/* Is it the first post of an organization that the text names: "Guterres" beside the UN? */
static bool heads_named_body(const struct entities *es, const struct role *r)
{
	uint32_t at = map_get(&es->by_id, str_hash(r->country));
	return at != MAP_NONE && es->v[at].actor->kind == ACTOR_ORGANIZATION &&
	       (str_has_word(r->title, STR("general")) || str_eq(r->title, STR("president")));
}

/* Did the person hold an office on the day for a country that the text speaks of; if it is a mere
 * minister's, much, and nobody else in that country could be meant? */
static bool is_of_text(const struct jurisdiction *j, const struct claim *c, uint32_t known)
{
	const struct gazetteer *g = j->es->g;
	bool is_given = !c->is_surname && map_get(&g->given, g->persons[known].surname) != MAP_NONE;
	const float OF_HEAD = c->is_headed ? 0 : is_given ? 0.25f : 0.1f, OF_OTHER = 0.25f;
	for (size_t k = 0; k < g->actors[known].n_roles; k++) {
		const struct role *r = &g->actors[known].roles[k];
		if (!role_is_held(r, j->es->day))
			continue;
		float share = jurisdiction_share(j, r->country);
		if (!is_given && heads_named_body(j->es, r))
			return true;
		if (title_is_head(&g->holders, holder_title_key(r->title))
			    ? share >= OF_HEAD
			    : share >= OF_OTHER && !is_given && !c->is_headed &&
				      !has_namesake(j->es, known, r->country))
			return true;
	}
	return false;
}

/* "Putin" alone, in a text about Russia, and "the Putin regime" anywhere: the one person of the
 * gazetteer with that surname who is of the text. */
static uint32_t known_in_office(const struct jurisdiction *j, const struct claim *c,
				uint64_t surname)
{
	const struct gazetteer *g = j->es->g;
	uint32_t found = MAP_NONE;
	for (uint32_t i = 0; i < g->n_actors; i++) {
		if (!bears(&g->persons[i], surname) || !is_of_text(j, c, i))
			continue;
		if (found != MAP_NONE)
			return MAP_NONE;
		found = i;
	}
	return found;
}

void surname_bearer(const struct jurisdiction *j, const struct claim *c, const struct entity *e,
		    struct surname_bearer *b)
{
	const struct post *post = c->n_posts > 0 && !c->posts[0]->is_past ? c->posts[0] : NULL;
	uint32_t country = post ? post->country : c->country;
	if (c->peer.is_lord || c->peer.is_lady) {
		b->holder = peer_bearer(j->es, &c->peer, e->surname);
		return;
	}
	if (post || country != MAP_NONE)
		b->known = only_bearer(j, &(struct bearing){e->surname, post, country}, is_held);
	b->by_office = c->n_posts == 0 && country == MAP_NONE;
	if (b->by_office)
		b->known = known_in_office(j, c, e->surname);
	if (b->holder == MAP_NONE && b->known == MAP_NONE)
		b->holder = bearer_of_surname(j, c, e->surname_text);
	if (b->holder == MAP_NONE && b->known == MAP_NONE && c->n_posts > 0)
		b->known = last_head(
			j, &(struct bearing){e->surname, c->posts[0], c->posts[0]->country});
}

/* --- names that are written otherwise --------------------------------------------------------- */

bool surname_ends(struct str whole, struct str name)
{
	return whole.n > name.n && whole.p[whole.n - name.n - 1] == ' ' &&
	       str_eq_nocase(str_sub(whole, whole.n - name.n, whole.n), name);
}

/* Do two names begin with one letter: "Geoffrey" and "Geoff"? */
static bool begin_alike(const struct entities *es, struct str a, struct str b)
{
	struct str x = str_fold(es->a, a), y = str_fold(es->a, b);
	return x.n > 0 && y.n > 0 && x.p[0] == y.p[0];
}

void surname_bearer_in_post(const struct jurisdiction *j, const struct claim *c,
			    const struct entity *e, struct surname_bearer *b)
{
	const struct entities *es = j->es;
	const struct gazetteer *g = es->g;
	const struct post *post = c->n_posts > 0 && !c->posts[0]->is_past ? c->posts[0] : NULL;
	struct str name = e->actor->name, whole;
	if (!post)
		return;
	/* where the post says little the name has to say more */
	bool is_short = post->n_words < 2 && !text_is_in(es->t, post->head, SET_OFFICE_LEGISLATOR);
	b->known = only_bearer(j, &(struct bearing){e->surname, post, post->country}, is_held);
	whole = b->known == MAP_NONE ? STR_EMPTY : g->actors[b->known].name;
	if (!surname_ends(whole, name) && (is_short || !begin_alike(es, whole, name)))
		b->known = MAP_NONE;
	if (b->known == MAP_NONE)
		b->holder = bearer_of_surname(j, c, e->surname_text);
	whole = b->holder == MAP_NONE ? STR_EMPTY : holder_name(&g->holders, b->holder);
	if (!surname_ends(whole, name) && (is_short || !begin_alike(es, whole, name)))
		b->holder = MAP_NONE;
}
