/* What a text says of a person, and the ranking of the bearers of a full name by it. */
#include "extract/entity/claim.h"

#include "extract/tables/key.h"

/* --- what a text says of a person ------------------------------------------------------------- */

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
	if (first < m->first && text_is_in(t, m->first - 1, SET_COURTESY_TITLE))
		c->is_surname = true;
	peer_read(t, m, &c->peer);
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

static void add_post(struct claim *c, const struct post *p)
{
	if (c->n_posts < sizeof c->posts / sizeof c->posts[0])
		c->posts[c->n_posts++] = p;
}

/* "Senators McCain and Graham": a post of several is the second one's, too. */
static void share_post(const struct entities *es, const struct mention *a, const struct mention *b,
		       struct claim *claims)
{
	const struct text *t = es->t;
	uint32_t head = a->first - 1;
	if (a->outer == a->first || b->outer != b->first || b->first != a->last + 2 ||
	    !text_is(t, a->last + 1, "and") || claims[b->entity].n_posts > 0 ||
	    !text_is_in(t, head, SET_SEVERAL_POST))
		return;
	const struct post *p = posts_at(es, head);
	if (p)
		add_post(&claims[b->entity], p);
}

int claims_read(const struct entities *es, struct claim **out)
{
	struct claim *claims = arena_array(es->a, es->n + 1, sizeof *claims);
	if (!claims)
		return -1;
	for (size_t i = 0; i < es->n; i++)
		claims[i].country = MAP_NONE;
	for (size_t i = 0; i < es->n_mentions; i++)
		read_beside(es, &es->mentions[i], &claims[es->mentions[i].entity]);
	for (size_t i = 0; i < es->n_posts; i++)
		add_post(&claims[es->posts[i].entity], &es->posts[i]);
	for (size_t i = 1; i < es->n_mentions; i++)
		share_post(es, &es->mentions[i - 1], &es->mentions[i], claims);
	*out = claims;
	return 0;
}

/* "Prime", "Minister", "Sen." */
static bool is_of_post(const struct text *t, uint32_t i)
{
	return (text_is_in(t, i, SET_NAME_TITLE) || text_is_in(t, i, SET_ROLE)) &&
	       !text_is_in(t, i, SET_COURTESY_TITLE);
}

struct claim claim_of_words(const struct text *t, struct range name, struct post *post)
{
	struct claim c = {.country = MAP_NONE};
	uint32_t end = name.first, first;
	*post = (struct post){.country = MAP_NONE,
			      .abroad = MAP_NONE,
			      .body = MAP_NONE,
			      .home = MAP_NONE,
			      .entity = MAP_NONE};
	while (end > 0 && text_is_in(t, end - 1, SET_COURTESY_TITLE))
		end--;
	for (first = end; first > 0 && is_of_post(t, first - 1);)
		first--;
	if (first == end)
		return c;
	read_kinds(t, first, end - 1, &c);
	post->first = first;
	post->last = post->head = end - 1;
	post->n_words = end - first;
	post->key = holder_title_key(text_range(t, first, end - 1));
	add_post(&c, post);
	return c;
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

/* Does the table that was made by hand give the person a post of these words? */
static bool has_known_post(const struct entities *es, uint32_t known, const struct post *p)
{
	const struct actor *a = &es->g->actors[known];
	for (size_t i = 0; i < a->n_roles; i++)
		if (titles_are_one(&es->g->holders, p->key + p->body_key,
				   holder_title_key(a->roles[i].title)))
			return true;
	return false;
}

/* The titles of the text against the offices. */
static float by_titles(const struct entities *es, const struct claim *c, uint32_t holder)
{
	const struct holders *h = &es->g->holders;
	float best = c->kinds ? BY_OTHER_KIND : c->has_other_occupation ? BY_OCCUPATION : 0;
	uint32_t known = gazetteer_of_holder(es->g, holder);
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
	return (gazetteer_of_holder(j->es->g, holder) == MAP_NONE ? 0 : KNOWN) +
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
			  : (ends && its == ends) || (its_ends && its_ends == key) ||
					  (its_ends && its_ends == ends &&
					   (holder_name_within(one, name) ||
					    holder_name_within(name, one)))
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

uint32_t claim_bearer(const struct jurisdiction *j, const struct claim *c, struct str name)
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
