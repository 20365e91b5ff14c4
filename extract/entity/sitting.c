/* Sittings by their forms of address, countries by their members. */
#include "extract/entity/sitting.h"

#include "base/fold.h"

/* Was the seat held on the day, as far as is known? Of many the day is missing on which they took
 * it. */
static bool is_seat_held(const struct office_row *o, day_t day)
{
	enum { LONG = 10 * 365 };
	day_t from = office_day(o->from), to = office_day(o->to);
	if (from == DAY_NONE)
		return to != DAY_NONE && day <= to && to - day < LONG;
	return from <= day && (o->is_open || office_is_held(o, day));
}

/* Of a parliament, not of a state's or a region's? */
static bool is_of_nation(const struct holders *h, const struct office_row *o)
{
	struct str names = title_names(h, o->title), title = names;
	(void)str_split(&names, ';', &title);
	return office_kind(h, o) == OFFICE_LEGISLATOR && !str_has_word(title, STR("state")) &&
	       !str_has_word(title, STR("region")) && !str_has_word(title, STR("regional"));
}

/* Which members are looked for. */
enum chamber {
	CHAMBER_ANY,
	CHAMBER_BUT_PEERS, /* who go by their ranks (peer.h) */
	CHAMBER_UPPER,	   /* senators */
	CHAMBER_LOWER	   /* neither */
};

static bool sits_in(const struct holders *h, const struct office_row *o, enum chamber c)
{
	struct str names = title_names(h, o->title), title = names;
	(void)str_split(&names, ';', &title);
	bool is_peer = str_eq(holders_unit(h, o->unit), STR("House of Lords"));
	bool is_senator = str_has_word(title, STR("senator"));
	return c == CHAMBER_ANY ||
	       (!is_peer && (c == CHAMBER_BUT_PEERS || is_senator == (c == CHAMBER_UPPER)));
}

/* Members by the surname of an entity who held their seats on the day, one at a time; UINT32_MAX at
 * the end. *country: where. */
static uint32_t next_member(const struct entities *es, const struct entity *e, enum chamber c,
			    uint32_t *at, struct str *country)
{
	const struct holders *h = &es->g->holders;
	uint32_t holder;
	while ((holder = holders_next(h, LOOKUP_SURNAMES, holder_share(e->surname), at)) !=
	       UINT32_MAX) {
		uint32_t end = h->persons[holder + 1].offices;
		if (!holder_has_surname(h, holder, e->surname))
			continue;
		for (uint32_t i = h->persons[holder].offices; i < end; i++) {
			const struct office_row *o = &h->offices[i];
			*country = holders_country(h, o->country);
			if (sits_in(h, o, c) && is_of_nation(h, o) && is_seat_held(o, es->day))
				return holder;
		}
	}
	return UINT32_MAX;
}

/* "My hon. Friend", "the noble Lord": by the noun. */
bool sitting_is_colleague(const struct text *t, uint32_t head)
{
	return head > 0 && text_is_in(t, head - 1, SET_HONORABLE) &&
	       text_is_in(t, head, SET_COLLEAGUE);
}

/* "Deputy Ann Lee: ..."; a turn that opens with "Mr. Speaker", "My Lords" or, where a stop ends the
 * label as in a record, "Mr. President". */
static bool is_members_turn(const struct text *t, const struct turn *k)
{
	enum { OPENING = 6 };
	uint32_t mark = k->label.last + 1;
	if (text_is_in(t, k->label.first, SET_OFFICE_LEGISLATOR) && k->label.first < k->label.last)
		return true;
	for (uint32_t i = mark + 1; i + 1 < t->n_tokens && i < mark + OPENING; i++)
		if ((text_is(t, i, "my") && text_is(t, i + 1, "lords")) ||
		    ((text_is_in(t, i, SET_COURTESY_TITLE) || text_is(t, i, "madam")) &&
		     (text_is(t, i + 1, "speaker") ||
		      (text_is(t, mark, ".") && text_is(t, i + 1, "president")))))
			return true;
	return false;
}

static bool is_sitting(const struct text *t)
{
	bool has_label = false;
	for (size_t i = 0; i < t->n_turns; i++) {
		if (!range_is(t->turns[i].label))
			continue;
		if (is_members_turn(t, &t->turns[i]))
			return true;
		has_label = true;
	}
	for (uint32_t i = 0; has_label && i < t->n_tokens; i++)
		if (sitting_is_colleague(t, i))
			return true;
	return false;
}

/* The person whom a turn's label names, or MAP_NONE. */
static uint32_t labeled(const struct entities *es, const struct turn *k)
{
	for (uint32_t i = k->label.last + 1; range_is(k->label) && i-- > k->label.first;) {
		const struct mention *m = entities_mention(es, i);
		if (i > k->label.first && text_is_one_of(es->t, i - 1, "of"))
			continue; /* "Lord Lee of Eastham" */
		if (m && es->v[m->entity].kind == MENTION_PERSON && es->v[m->entity].surname)
			return m->entity;
	}
	return MAP_NONE;
}

/* Those whom labels name, each once. */
struct speakers {
	uint32_t *v;
	size_t n;
	/* by entity */
	bool *seen;
	bool *is_minister; /* "the Minister, Deputy Ryan" */
};

static int find_speakers(const struct entities *es, struct speakers *s)
{
	s->seen = arena_array(es->a, es->n + 1, sizeof *s->seen);
	s->is_minister = arena_array(es->a, es->n + 1, sizeof *s->is_minister);
	s->v = arena_array(es->a, es->n + 1, sizeof *s->v);
	if (!s->seen || !s->is_minister || !s->v)
		return -1;
	for (size_t k = 0; k < es->t->n_turns; k++) {
		uint32_t index = labeled(es, &es->t->turns[k]);
		if (index == MAP_NONE || s->seen[index])
			continue;
		s->seen[index] = true;
		s->v[s->n++] = index;
	}
	return 0;
}

/* And those whom a member's title names by the surname: "Representative Bilirakis", "Mr. Lee". */
static int add_titled(const struct entities *es, struct speakers *s)
{
	for (size_t i = 0; i < es->n_mentions; i++) {
		const struct mention *m = &es->mentions[i];
		const struct entity *e = &es->v[m->entity];
		if (!budget_allows_step(es->a->budget, i))
			return -1;
		if (m->outer > 1 && text_tag(es->t, m->outer - 1) == TAG_COMMA &&
		    text_is_in(es->t, m->outer - 2, SET_OFFICE_MINISTER))
			s->is_minister[m->entity] = true;
		if (s->seen[m->entity] || m->outer == m->first || e->kind != MENTION_PERSON ||
		    !e->surname || e->given ||
		    !(text_is_in(es->t, m->first - 1, SET_OFFICE_LEGISLATOR) ||
		      text_is_in(es->t, m->first - 1, SET_COURTESY_TITLE)))
			continue;
		s->seen[m->entity] = true;
		s->v[s->n++] = m->entity;
	}
	return 0;
}

/* --- the country ------------------------------------------------------------------------------ */

enum { COUNTRIES = 64 };

struct vote {
	struct str country;
	size_t n;
	uint32_t entity; /* that voted for it last */
};

static void add_vote(struct vote *v, size_t *n, struct str country, uint32_t entity)
{
	size_t i = 0;
	while (i < *n && !str_eq(v[i].country, country))
		i++;
	if (i == COUNTRIES)
		return;
	if (i == *n)
		v[(*n)++] = (struct vote){country, 0, MAP_NONE};
	v[i].n += v[i].entity != entity;
	v[i].entity = entity;
}

/* Where members with these names sat on that day: that of most speakers, or of as many as another
 * one if the text speaks of it more; "" for none. One speaker is not enough where it speaks of
 * others alone. 0, or -1 when the budget is spent. */
static int find_country(const struct jurisdiction *j, const struct speakers *s, struct str *out)
{
	const struct entities *es = j->es;
	struct vote v[COUNTRIES];
	size_t n = 0, most = 0;
	float share = 0;
	struct str country;
	for (size_t k = 0; k < s->n; k++) {
		uint32_t at = 0;
		if (!budget_allows_step(es->a->budget, k))
			return -1;
		while (next_member(es, &es->v[s->v[k]], CHAMBER_ANY, &at, &country) != UINT32_MAX)
			add_vote(v, &n, country, s->v[k]);
	}
	*out = STR_EMPTY;
	for (size_t i = 0; i < n; i++) {
		float its = jurisdiction_share(j, v[i].country);
		if ((v[i].n < 2 && its <= 0) || v[i].n < most || (v[i].n == most && its <= share))
			continue;
		most = v[i].n;
		share = its;
		*out = v[i].country;
	}
	return 0;
}

/* --- members ---------------------------------------------------------------------------------- */

/* "Joseph" and "Joe": do two words begin with one letter? */
static bool begin_alike(struct arena *a, struct str x, struct str y)
{
	struct str p = str_fold(a, x), q = str_fold(a, y);
	return p.n > 0 && q.n > 0 && p.p[0] == q.p[0];
}

/* Is an entity's name, if it is more than the surname, one of a member's, or like it? */
static bool is_name_of(const struct entities *es, const struct entity *e, uint32_t holder)
{
	struct str rest = holder_names(&es->g->holders, holder), name;
	uint64_t key = holder_name_key(e->actor->name, NULL);
	while (e->given && str_split(&rest, ';', &name))
		if (holder_name_key(name, NULL) == key || begin_alike(es->a, name, e->actor->name))
			return true;
	return e->given == 0;
}

static bool is_in_government(const struct entities *es, uint32_t holder)
{
	const struct holders *h = &es->g->holders;
	for (uint32_t i = h->persons[holder].offices; i < h->persons[holder + 1].offices; i++)
		if (office_kind(h, &h->offices[i]) == OFFICE_MINISTER &&
		    office_is_held_still(&h->offices[i], es->day))
			return true;
	return false;
}

/* The one member of the country's chamber with the name, or, of ministers, in the government;
 * UINT32_MAX for none or several. */
static uint32_t member_in(const struct entities *es, const struct entity *e, struct str of,
			  bool is_minister, enum chamber c)
{
	uint32_t at = 0, holder, found = UINT32_MAX;
	unsigned other = e->gender == 'f' ? HOLDER_MAN : e->gender == 'm' ? HOLDER_WOMAN : 0;
	struct str country;
	while ((holder = next_member(es, e, c, &at, &country)) != UINT32_MAX) {
		if (holder == found || !str_eq(country, of) || !is_name_of(es, e, holder) ||
		    (es->g->holders.persons[holder].flags & other) ||
		    (is_minister && !is_in_government(es, holder)))
			continue;
		if (found != UINT32_MAX)
			return UINT32_MAX;
		found = holder;
	}
	return found;
}

/* The chamber by whom its members address: "Mr. President", where none of them says "Mr. Speaker",
 * and the other way round. */
static enum chamber chamber_of(const struct text *t)
{
	size_t speaker = 0, president = 0;
	for (size_t i = 0; i < t->n_turns; i++) {
		uint32_t at = t->turns[i].label.last + 1;
		for (uint32_t k = at;
		     range_is(t->turns[i].label) && k + 1 < t->n_tokens && k < at + 6; k++) {
			bool is_to = text_is_in(t, k, SET_COURTESY_TITLE) || text_is(t, k, "madam");
			speaker += is_to && text_is(t, k + 1, "speaker");
			president += is_to && text_is(t, k + 1, "president");
		}
	}
	return president > 0 && speaker == 0   ? CHAMBER_UPPER
	       : speaker > 0 && president == 0 ? CHAMBER_LOWER
					       : CHAMBER_BUT_PEERS;
}

/* Of one chamber where the name is of one alone there, else of any. */
static uint32_t member(const struct entities *es, const struct entity *e, struct str of,
		       bool is_minister, enum chamber c)
{
	uint32_t holder = member_in(es, e, of, is_minister, CHAMBER_BUT_PEERS);
	return holder == UINT32_MAX && c != CHAMBER_BUT_PEERS ? member_in(es, e, of, is_minister, c)
							      : holder;
}

int sitting_link(const struct jurisdiction *j, bool (*is_linked)(const struct entity *),
		 int (*link)(struct entities *, uint32_t index, uint32_t holder))
{
	struct entities *es = j->es;
	struct speakers s = {.n = 0};
	struct str country;
	es->is_sitting = is_sitting(es->t);
	if (es->day == DAY_NONE || !es->is_sitting)
		return 0;
	if (find_speakers(es, &s) < 0 || find_country(j, &s, &country) < 0)
		return -1;
	if (country.n == 0 || add_titled(es, &s) < 0)
		return country.n ? -1 : 0;
	enum chamber c = chamber_of(es->t);
	for (size_t k = 0; k < s.n; k++) {
		uint32_t index = s.v[k], holder;
		if (!budget_allows_step(es->a->budget, k))
			return -1;
		if (is_linked(&es->v[index]))
			continue;
		holder = member(es, &es->v[index], country, false, c);
		if (holder == UINT32_MAX && s.is_minister[index])
			holder = member(es, &es->v[index], country, true, c);
		if (holder != UINT32_MAX && link(es, index, holder) < 0)
			return -1;
	}
	return 0;
}
