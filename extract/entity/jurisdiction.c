/* The countries of a text weighed, and what follows for its bodies and offices. */
#include "extract/entity/jurisdiction.h"

#include "base/fold.h"
#include "extract/text/token.h"

/* Weights are set by hand: what stands where readers look for the place counts more. */
enum { OPENING_TOKENS = 60, DATELINE_TOKENS = 14 };
static const float BY_TITLE = 3, BY_OUTLET = 3, BY_DATELINE = 3, BY_OPENING = 2, BY_MENTION = 1;
static const float IN_SENTENCE = 1, IN_PARAGRAPH = 0.5f;

/* --- what a mention says ---------------------------------------------------------------------- */

/* The country or union that a mention belongs to, or MAP_NONE: of what the gazetteer knows, and of
 * cities and regions. */
static uint32_t home_of(const struct entities *es, const struct mention *m)
{
	uint32_t known = es->v[m->entity].known, country = MAP_NONE;
	if (known != MAP_NONE)
		return es->g->homes[known];
	if (m->kind != NAME_BODY)
		(void)gazetteer_is_place(es->g, es->t, m->first, m->last, &country);
	return country;
}

static bool is_country(const struct entities *es, const struct mention *m)
{
	return m && es->v[m->entity].actor->kind == ACTOR_COUNTRY;
}

/* "The Nigerian Senate", "Canada's Senate", "the Senate of Chile". */
static uint32_t country_beside(const struct entities *es, const struct mention *m)
{
	const struct text *t = es->t;
	uint32_t before = m->first, after = m->last + 1;
	if (before > 1 && t->tokens[before - 1].tag == TAG_POS)
		before--;
	const struct mention *named = before > 0 ? entities_mention(es, before - 1) : NULL;
	if (is_country(es, named))
		return home_of(es, named);
	if (after >= t->n_tokens || !text_is(t, after, "of"))
		return MAP_NONE;
	after += text_tag(t, after + 1) == TAG_DT ? 2 : 1;
	named = after < t->n_tokens ? entities_mention(es, after) : NULL;
	return is_country(es, named) ? home_of(es, named) : MAP_NONE;
}

/* --- the weights of countries ----------------------------------------------------------------- */

static int add_weight(struct jurisdiction *j, uint32_t country, float weight)
{
	j->sum += weight;
	for (size_t i = 0; i < j->n; i++)
		if (j->v[i].country == country) {
			j->v[i].weight += weight;
			return 0;
		}
	if (arena_grow(j->es->a, (void **)&j->v, &j->cap, j->n + 1, sizeof *j->v) < 0)
		return -1;
	j->v[j->n++] = (struct evidence){country, weight};
	return 0;
}

/* The end of "WASHINGTON (Reuters) -", or 0. */
static uint32_t dateline_end(const struct text *t)
{
	if (t->n_tokens == 0 || !(t->tokens[0].flags & TOK_ALL_CAPITALS))
		return 0;
	for (uint32_t i = 1; i < t->n_tokens && i < DATELINE_TOKENS; i++)
		if (text_is_one_of(t, i, "- -- – —"))
			return i;
	return 0;
}

static int weigh_title(struct jurisdiction *j, struct str title)
{
	const struct gazetteer *g = j->es->g;
	struct text t;
	if (text_tokenize(&t, title, j->es->lx, j->es->a) < 0)
		return -1;
	for (size_t i = 0, len; i < t.n_tokens; i += len ? len : 1) {
		struct name_entry n;
		len = t.tokens[i].flags & TOK_CAPITAL ? gazetteer_match(g, &t, i, t.n_tokens, &n)
						      : 0;
		uint32_t country = len && n.kind != NAME_BODY ? g->homes[n.actor] : MAP_NONE;
		if (country != MAP_NONE && add_weight(j, country, BY_TITLE) < 0)
			return -1;
	}
	return 0;
}

int jurisdiction_weigh(struct jurisdiction *j, struct entities *es, struct str title)
{
	uint32_t dateline = dateline_end(es->t);
	*j = (struct jurisdiction){.es = es};
	if (weigh_title(j, title) < 0)
		return -1;
	for (size_t i = 0; i < es->n_mentions; i++) {
		const struct mention *m = &es->mentions[i];
		uint32_t country = home_of(es, m);
		float weight = m->last < dateline	   ? BY_DATELINE
			       : m->first < OPENING_TOKENS ? BY_OPENING
							   : BY_MENTION;
		if (country != MAP_NONE && add_weight(j, country, weight) < 0)
			return -1;
	}
	return 0;
}

int jurisdiction_add(struct jurisdiction *j, uint32_t country)
{
	return add_weight(j, country, BY_MENTION);
}

float jurisdiction_share(const struct jurisdiction *j, struct str country)
{
	const struct entities *es = j->es;
	bool is_home = es->home_of_outlet != MAP_NONE &&
		       str_eq(es->g->actors[es->home_of_outlet].id, country);
	float weight = 0, more = is_home ? BY_OUTLET : 0; /* beside what is said of others */
	for (size_t i = 0; i < j->n && weight <= 0; i++)
		if (str_eq(es->g->actors[j->v[i].country].id, country))
			weight = j->v[i].weight;
	return weight + more > 0 ? (weight + more) / (j->sum + more) : 0;
}

/* --- deciding --------------------------------------------------------------------------------- */

/* What the paragraph around a mention adds to the weight of a country. */
static float weight_near(const struct entities *es, const struct mention *at, uint32_t country)
{
	enum { NEAR = 16 }; /* mentions on either side */
	size_t i = entities_mention_after(es, at->first), from = i > NEAR ? i - NEAR : 0;
	uint32_t paragraph = text_paragraph(es->t, at->first);
	float weight = 0;
	for (size_t k = from; k < es->n_mentions && k <= i + NEAR; k++) {
		const struct mention *m = &es->mentions[k];
		if (home_of(es, m) != country || text_paragraph(es->t, m->first) != paragraph)
			continue;
		weight += es->sentence_of[m->first] == es->sentence_of[at->first] ? IN_SENTENCE
										  : IN_PARAGRAPH;
	}
	return weight;
}

/* The country that the text is about, of those with such a body; MAP_NONE for none. */
static uint32_t likeliest(const struct jurisdiction *j, uint32_t body, const struct mention *at)
{
	uint32_t best = MAP_NONE;
	float best_weight = 0;
	for (size_t i = 0; i < j->n; i++) {
		uint32_t country = j->v[i].country;
		if (gazetteer_body_in(j->es->g, body, country) == MAP_NONE)
			continue;
		float weight = j->v[i].weight + weight_near(j->es, at, country);
		if (weight > best_weight) {
			best_weight = weight;
			best = country;
		}
	}
	return best;
}

/* The actor that a body is in a country. */
static int take(struct entities *es, struct mention *m, uint32_t body, uint32_t country)
{
	const struct body *b = &es->g->bodies[body];
	uint32_t known = country == MAP_NONE ? MAP_NONE : gazetteer_body_in(es->g, body, country);
	m->kind = NAME_FULL;
	if (country == MAP_NONE)
		return 0;
	if (known < BODY_WITHOUT_ACTOR)
		return entities_of_known(es, known, &m->entity);
	const struct actor *of = &es->g->actors[country];
	struct str code = str_slug(es->a, of->id);
	struct str id = arena_printf(es->a, "%.*s-%.*s", STR_ARG(code), STR_ARG(b->id));
	if (!id.p || entities_get(es, id, text_range(es->t, m->first, m->last), ACTOR_ORGANIZATION,
				  of->country, &m->entity) < 0)
		return -1;
	es->v[m->entity].body = body;
	return 0;
}

int jurisdiction_settle_bodies(struct jurisdiction *j)
{
	struct entities *es = j->es;
	uint32_t *named = arena_array(es->a, es->g->n_bodies, sizeof *named); /* 1 + country */
	if (!named)
		return -1;
	for (size_t i = 0; i < es->n_mentions; i++) {
		struct mention *m = &es->mentions[i];
		uint32_t body = es->v[m->entity].body;
		if (m->kind != NAME_BODY)
			continue;
		uint32_t country = country_beside(es, m);
		if (country != MAP_NONE)
			named[body] = 1 + country; /* what the text calls so from here on */
		else if (named[body])
			country = named[body] - 1;
		else
			country = likeliest(j, body, m);
		if (take(es, m, body, country) < 0)
			return -1;
	}
	return 0;
}

struct str jurisdiction_of_office(const struct jurisdiction *j, const struct mention *m)
{
	const struct entities *es = j->es;
	uint32_t office = MAP_NONE, country = home_of(es, m);
	for (uint32_t i = m->outer; i < m->first; i++) {
		const struct mention *named = entities_mention(es, i);
		if (is_country(es, named)) /* "U.S. Rep. Ann Lee" */
			country = home_of(es, named);
		if (i > m->outer && text_is_in(es->t, i - 1, SET_OTHER_OFFICE))
			continue; /* "Special Representative", "State Sen." */
		if (office == MAP_NONE)
			office = gazetteer_office(es->g, &es->t->tokens[i]);
	}
	if (office == MAP_NONE)
		return STR_EMPTY;
	if (country == MAP_NONE || gazetteer_body_in(es->g, office, country) == MAP_NONE)
		country = likeliest(j, office, m);
	return country == MAP_NONE ? STR_EMPTY : es->g->actors[country].country;
}
