/* Members who go by no name: who spoke before, who answers, and the posts of the chamber itself. */
#include "extract/entity/chamber.h"

#include "extract/entity/linking.h"
#include "extract/entity/sitting.h"

enum { MENTIONS_BACK = 60 };

/* The first turn that begins behind a token, or n_turns. */
static size_t turn_behind(const struct text *t, uint32_t i)
{
	size_t low = 0, high = t->n_turns;
	while (low < high) {
		size_t mid = (low + high) / 2;
		if (t->turns[mid].first <= i)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* The turn that a token stands in, or n_turns. */
static size_t turn_of(const struct text *t, uint32_t i)
{
	size_t next = turn_behind(t, i);
	return next > 0 && i < t->turns[next - 1].end ? next - 1 : t->n_turns;
}

uint32_t chamber_colleague(const struct entities *es, uint32_t first, uint32_t head)
{
	/* tokens from the beginning of a turn: further on others are friends, too */
	enum { NEAR_FRIEND = 40, NEAR = 400, BACK = 6 };
	const struct text *t = es->t;
	size_t k = sitting_is_colleague(t, head) && es->speakers ? turn_of(t, head) : t->n_turns;
	if (k == t->n_turns ||
	    first - t->turns[k].first > (text_is(t, head, "friend") ? NEAR_FRIEND : NEAR) ||
	    text_is_one_of(t, head + 1, "the for from who ( in of") || es->mention_at[head] ||
	    (text_is(t, head + 1, ",") && text_is(t, head + 2, "the")))
		return MAP_NONE;
	char gender = text_is_one_of(t, head, "lady baroness")	  ? 'f'
		      : text_is_one_of(t, head, "gentleman lord") ? 'm'
								  : 0;
	const struct actor *own = es->speakers[k].actor;
	for (unsigned n = 0; k-- > 0 && n < BACK; n++) { /* the chair speaks between */
		const struct actor *a = es->speakers[k].actor;
		uint32_t index = a && a != own && a->kind == ACTOR_PERSON
					 ? map_get(&es->by_id, str_hash(a->id))
					 : MAP_NONE;
		if (index != MAP_NONE &&
		    (!gender || !es->v[index].gender || es->v[index].gender == gender))
			return index;
	}
	return MAP_NONE;
}

/* The speaker of a turn; MAP_NONE for none. */
static uint32_t speaker_of(const struct entities *es, size_t turn)
{
	const struct actor *who = es->speakers[turn].actor;
	return who && who->kind == ACTOR_PERSON ? map_get(&es->by_id, str_hash(who->id)) : MAP_NONE;
}

uint32_t chamber_labeled(const struct entities *es, uint32_t head)
{
	size_t k = es->speakers ? turn_behind(es->t, head) : es->t->n_turns;
	if (k == es->t->n_turns)
		return MAP_NONE;
	struct range label = es->t->turns[k].label;
	bool is_inside = range_is(label) && label.first <= head && head <= label.last;
	return is_inside ? speaker_of(es, k) : MAP_NONE;
}

/* Those found so far to hold a post. */
struct found {
	uint32_t entity;
	bool is_several;
};

static void add(struct found *f, uint32_t entity)
{
	f->is_several = f->is_several || (f->entity != MAP_NONE && f->entity != entity);
	f->entity = entity;
}

/* Does the label of a turn give a minister's post: "The Parliamentary Under-Secretary of State (Mr.
 * Lee)"? */
static bool is_labeled_minister(const struct text *t, const struct turn *k)
{
	for (uint32_t i = k->label.first; range_is(k->label) && i <= k->label.last; i++)
		if (text_is_in(t, i, SET_OFFICE_MINISTER) && !text_is_in(t, i, SET_COURTESY_TITLE))
			return true;
	return false;
}

/* Does the speaker of a turn hold such a post at home, by the tables, the label or the text before?
 */
static bool holds_at_home(const struct entities *es, size_t turn, uint32_t entity,
			  const struct post *p)
{
	const struct holders *h = &es->g->holders;
	const struct actor *a = es->speakers[turn].actor;
	struct str noun = text_lower(es->t, p->head);
	bool is_told = es->home != MAP_NONE && es->day != DAY_NONE,
	     is_any = text_is(es->t, p->head, "minister"); /* junior ones are called so, too */
	if (is_any && is_labeled_minister(es->t, &es->t->turns[turn]))
		return true;
	for (size_t i = 0; is_told && i < a->n_roles; i++) {
		const struct role *r = &a->roles[i];
		bool is_minister =
			is_any && role_is_held(r, es->day) &&
			title_kinds(h, holder_title_key(r->title)) == 1u << OFFICE_MINISTER;
		if (str_eq(r->country, es->g->actors[es->home].id) &&
		    !str_starts(r->title, STR("shadow ")) &&
		    (is_minister || post_noun_is_of_role(es, r, noun)))
			return true;
	}
	return post_noun_ends_title(es, es->speakers[turn].role, noun) ||
	       posts_holds(es, entity, p);
}

/* Whom all others ask: of the turns around one those of one speaker who is not its own, of two in
 * five turns, if no other one has half as many. MAP_NONE for nobody. */
static uint32_t answerer(const struct entities *es, size_t turn, uint32_t own)
{
	enum { AROUND = 30, LEAST = 3, SPEAKERS = 12 };
	struct {
		uint32_t entity;
		size_t n;
	} v[SPEAKERS];
	size_t n = 0, all = 0, best = 0, second = 0;
	size_t from = turn > AROUND ? turn - AROUND : 0;
	for (size_t i = from; i < es->t->n_turns && i <= turn + AROUND; i++) {
		uint32_t who = speaker_of(es, i);
		size_t k = 0;
		if (who == MAP_NONE || (i > from && who == speaker_of(es, i - 1)))
			continue;
		all++;
		while (k < n && v[k].entity != who)
			k++;
		if (k == SPEAKERS)
			return MAP_NONE;
		if (k == n)
			v[n++].n = 0;
		v[k].entity = who;
		v[k].n++;
	}
	for (size_t k = 1; k < n; k++) {
		if (v[k].n > v[best].n) {
			second = v[best].n;
			best = k;
		} else if (v[k].n > second) {
			second = v[k].n;
		}
	}
	return n > 2 && v[best].entity != own && v[best].n >= LEAST && 5 * v[best].n >= 2 * all &&
			       2 * second <= v[best].n
		       ? v[best].entity
		       : MAP_NONE;
}

enum { TURNS_AROUND = 30 };

/* The one other speaker around a turn whose label gives a minister's post; MAP_NONE for none, for
 * several, and where the turn's own speaker is labeled so. */
static uint32_t labeled_minister(const struct entities *es, size_t turn, uint32_t own)
{
	struct found all = {.entity = MAP_NONE};
	size_t from = turn > TURNS_AROUND ? turn - TURNS_AROUND : 0;
	for (size_t i = from; i < es->t->n_turns && i <= turn + TURNS_AROUND; i++)
		if (speaker_of(es, i) != MAP_NONE && is_labeled_minister(es->t, &es->t->turns[i]))
			add(&all, speaker_of(es, i));
	return all.is_several || all.entity == own ? MAP_NONE : all.entity;
}

uint32_t chamber_minister(const struct entities *es, const struct post *p)
{
	size_t n = es->t->n_turns, k = es->speakers ? turn_of(es->t, p->head) : n;
	uint32_t own = k < n ? speaker_of(es, k) : MAP_NONE;
	struct found beside = {.entity = MAP_NONE}, all = {.entity = MAP_NONE};
	if (own == MAP_NONE)
		return MAP_NONE;
	/* The tables may be wrong: some have shadow ministers. */
	if (holds_at_home(es, k, own, p))
		return text_is(es->t, p->head, "minister") ? labeled_minister(es, k, own)
							   : MAP_NONE;
	for (int step = -1; step <= 1; step += 2) {
		bool is_beside = true; /* no other one has spoken between */
		size_t i = k + (size_t)step;
		for (size_t far = 0; i < n && far < TURNS_AROUND; far++, i += (size_t)step) {
			uint32_t who = speaker_of(es, i);
			if (who == own)
				continue;
			if (who != MAP_NONE && holds_at_home(es, i, who, p)) {
				add(&all, who);
				if (is_beside)
					add(&beside, who);
			}
			is_beside = false;
		}
	}
	const struct found *best = beside.entity == MAP_NONE ? &all : &beside;
	if (best->entity == MAP_NONE && text_is(es->t, p->head, "minister"))
		return answerer(es, k, own);
	return best->is_several ? MAP_NONE : best->entity;
}

/* --- posts of the chamber --------------------------------------------------------------------- */

bool chamber_has_post(const struct entities *es, const struct post *p)
{
	const struct text *t = es->t;
	bool is_of_state = p->n_words == 2 && text_is(t, p->head, "secretary") &&
			   text_is(t, p->head + 1, "of") && text_is(t, p->head + 2, "state");
	return es->is_sitting && es->speakers && (t->tokens[p->head].flags & TOK_CAPITAL) &&
	       text_is(t, p->first, "the") && (p->n_words == 1 || is_of_state) &&
	       p->country == MAP_NONE && p->abroad == MAP_NONE && p->body == MAP_NONE &&
	       !p->is_past && text_is_in(t, p->head, SET_OFFICE_MINISTER);
}

/* "My Lords, ..." */
static bool is_of_lords(const struct text *t)
{
	enum { OPENING = 3 };
	for (size_t i = 0; i < t->n_turns; i++)
		for (uint32_t k = t->turns[i].first;
		     k + 1 < t->turns[i].end && k < t->turns[i].first + OPENING; k++)
			if (text_is(t, k, "my") && text_is(t, k + 1, "lords"))
				return true;
	return false;
}

bool chamber_names_leader(const struct entities *es, struct post *p)
{
	if (!es->is_sitting || es->home == MAP_NONE || p->country != MAP_NONE || p->is_past ||
	    p->key + p->body_key != holder_title_key(STR("leader of the house")))
		return false;
	struct str title = is_of_lords(es->t) ? STR("leader of the house of lords")
					      : STR("leader of the house of commons");
	p->key = holder_title_key(title);
	p->country = es->home;
	p->body = p->home = MAP_NONE;
	p->body_key = 0;
	return true;
}

bool chamber_is_friends(const struct entities *es, const struct post *p)
{
	uint32_t i = p->first;
	if (!es->is_sitting || !es->speakers || es->home == MAP_NONE || i < 2 ||
	    !post_is_definite(es, p))
		return false;
	i -= text_tag(es->t, i - 1) == TAG_COMMA ? 2 : 1;
	return text_is_one_of(es->t, i, "friend friends");
}

bool chamber_is_foreign(const struct entities *es, uint32_t entity, const struct post *p)
{
	const struct post *named = posts_of(es, entity, p);
	if (named && named->country != MAP_NONE)
		return named->country != es->home;
	uint32_t of = linking_country_of(es, es->v[entity].actor);
	return of != MAP_NONE && es->home != MAP_NONE && of != es->home;
}

bool chamber_names_own(const struct entities *es, const struct post *p, const struct post *role)
{
	uint32_t paragraph = text_paragraph(es->t, p->first);
	if (role && role->n_words > p->n_words && text_paragraph(es->t, role->first) == paragraph &&
	    role->abroad == MAP_NONE && (role->country == MAP_NONE || role->country == es->home))
		return true;
	size_t from = entities_mention_after(es, p->first);
	for (size_t i = from; i-- > 0 && from - i <= MENTIONS_BACK;) {
		const struct mention *m = &es->mentions[i];
		if (text_paragraph(es->t, m->first) != paragraph)
			return false;
		if (posts_holds(es, m->entity, p) && !chamber_is_foreign(es, m->entity, p))
			return true;
	}
	return false;
}
