/* From a phrase to the actor it means: names, pronouns, roles, groups, people without a name. */
#include "extract/entity/resolution.h"

#include "base/fold.h"
#include "extract/syntax/labels.h"
#include "extract/text/text.h"

enum { PRONOUN_REACH = 400 }; /* tokens back */

static const struct entity *entity_at(const struct entities *es, uint32_t token)
{
	uint32_t m = es->mention_at[token];
	return m ? &es->v[es->mentions[m - 1].entity] : NULL;
}

/* The head of a noun phrase: its last noun before a preposition, a comma or a relative. */
static uint32_t head_of(const struct text *t, struct range r)
{
	uint32_t head = r.first;
	for (uint32_t i = r.first; i <= r.last; i++) {
		unsigned tag = t->tokens[i].tag;
		if (i > r.first && !text_is_joint(t, i) &&
		    (tag == TAG_IN || tag == TAG_COMMA || tag == TAG_W || tag == TAG_PUNCT ||
		     tag == TAG_SC || tag == TAG_VBG) &&
		    !text_is_one_of(t, i, "& / al bin de von van der"))
			break;
		if (tag != TAG_POS && !text_is_in(t, i, SET_REFLEXIVE))
			head = i;
	}
	return head;
}

/* --- pronouns --------------------------------------------------------------------------------- */

/* Only a modifier ("U.S. officials"), or in a relative clause that the pronoun is not in: nothing
 * that "it" takes up readily. */
static bool is_aside(const struct text *t, uint32_t name, uint32_t pronoun)
{
	enum { CLIMB = 8 };
	if (t->tokens[name].deprel == DEPREL_COMPOUND)
		return true;
	uint32_t clause = name;
	for (unsigned k = 0; k < CLIMB && t->tokens[clause].deprel != DEPREL_ACL_RELCL; k++)
		clause = t->tokens[clause].head;
	for (unsigned k = 0; k < CLIMB && pronoun != clause; k++)
		pronoun = t->tokens[pronoun].head;
	return t->tokens[clause].deprel == DEPREL_ACL_RELCL && pronoun != clause;
}

static bool is_subject(const struct text *t, const struct mention *m)
{
	for (uint32_t i = m->first; i <= m->last; i++)
		if (deprel_universal(t->tokens[i].deprel) == DEPREL_NSUBJ)
			return true;
	return m->is_subject;
}

/* The likeliest bearer of it: subjects of the last sentences first, quotations left out. */
uint32_t entities_antecedent_of_it(const struct entities *es, uint32_t token)
{
	uint32_t best = MAP_NONE;
	float best_score = -100;
	size_t steps = 0;
	bool inside = es->t->tokens[token].quote != 0;
	for (size_t i = entities_mention_after(es, token); i-- > 0 && steps < 40; steps++) {
		const struct mention *m = &es->mentions[i];
		const struct entity *who = &es->v[m->entity];
		if (token - m->last > PRONOUN_REACH)
			break;
		if ((es->t->tokens[m->first].quote && !inside) ||
		    (who->actor->kind != ACTOR_COUNTRY && who->actor->kind != ACTOR_ORGANIZATION) ||
		    m->kind == NAME_DEMONYM)
			continue;
		bool possessive =
			m->last + 1 < es->t->n_tokens && es->t->tokens[m->last + 1].tag == TAG_POS;
		float score = -1.5f * (float)(es->sentence_of[token] - es->sentence_of[m->last]) +
			      (is_subject(es->t, m) ? 2.0f
			       : m->may_be_subject  ? 1.5f
						    : 0) -
			      (possessive ? 0.7f : 0) - (is_aside(es->t, m->last, token) ? 1 : 0) -
			      0.02f * (float)steps;
		if (m->first > 0 && es->t->tokens[m->outer > 0 ? m->outer - 1 : 0].tag == TAG_IN)
			score -= 0.5f;
		if (score > best_score) {
			best_score = score;
			best = m->entity;
		}
	}
	return best;
}

bool entities_gender_fits(const struct entities *es, const struct actor *a, char gender)
{
	uint32_t at = map_get(&es->by_id, str_hash(a->id));
	return at == MAP_NONE || es->v[at].gender == 0 || es->v[at].gender == gender;
}

static int resolve_group(struct entities *es, struct range r, uint32_t head, struct referent *out);

/* "They": the people named last before, outside of quotations. */
static int resolve_they(struct entities *es, uint32_t i, struct referent *out)
{
	enum { THEY_REACH = 60 };
	const struct text *t = es->t;
	for (uint32_t k = i; k-- > 0 && i - k < THEY_REACH;) {
		if ((t->tokens[k].tag != TAG_NNS && t->tokens[k].tag != TAG_NNP &&
		     t->tokens[k].tag != TAG_NN) ||
		    (t->tokens[k].quote && t->tokens[k].quote != t->tokens[i].quote) ||
		    !text_is_in(t, k, SET_PEOPLE))
			continue;
		uint32_t first = k;
		while (first > 0 && k - first < 5 &&
		       (t->tokens[first - 1].tag == TAG_JJ || t->tokens[first - 1].tag == TAG_NNP ||
			t->tokens[first - 1].tag == TAG_NN))
			first--;
		if (resolve_group(es, (struct range){first, k}, k, out) < 0)
			return -1;
		out->via = VIA_PRONOUN;
		return 0;
	}
	return 0;
}

static bool resolve_pronoun(struct entities *es, uint32_t i, const struct actor *inside,
			    struct referent *out)
{
	const struct text *t = es->t;
	out->via = VIA_PRONOUN;
	if (text_is_in(t, i, SET_FIRST_PERSON)) {
		out->actor = inside;
		return true;
	}
	char want = text_is_in(t, i, SET_MASCULINE)  ? 'm'
		    : text_is_in(t, i, SET_FEMININE) ? 'f'
		    : text_is_in(t, i, SET_NEUTER)   ? 'i'
						     : 0;
	if (!want)
		return text_is_in(t, i, SET_NO_SOURCE);
	uint32_t at = es->reference_at[i], entity = at ? es->references[at - 1].entity : MAP_NONE;
	out->actor = entity == MAP_NONE ? NULL : es->v[entity].actor;
	return true;
}

/* --- phrases without a name ------------------------------------------------------------------- */

/* The country or organization that a modifier in [first, head) names: "U.S. officials", "the
 * Chinese foreign minister". */
static const struct entity *modifier(const struct entities *es, uint32_t first, uint32_t head)
{
	for (uint32_t i = first; i < head; i++) {
		const struct entity *m = entity_at(es, i);
		if (m)
			return m;
	}
	return NULL;
}

static const struct entity *modifier_after(const struct entities *es, uint32_t head, uint32_t last)
{
	for (uint32_t i = head + 1; i <= last && i < head + 8; i++) {
		if (es->t->tokens[i].tag == TAG_COMMA || es->t->tokens[i].tag == TAG_W)
			break;
		const struct entity *m = entity_at(es, i);
		if (m)
			return m;
	}
	return NULL;
}

/* The words of a phrase without articles and marks, as a name. */
static struct str bare(const struct text *t, uint32_t first, uint32_t last)
{
	while (first < last &&
	       (t->tokens[first].tag == TAG_DT || t->tokens[first].tag == TAG_PRPS ||
		t->tokens[first].tag == TAG_CC || t->tokens[first].tag == TAG_RB ||
		text_is_in(t, first, SET_QUANTIFIER)))
		first++;
	return text_range(t, first, last);
}

static int make(struct entities *es, struct str id, struct str name, enum actor_kind kind,
		struct str country, struct referent *out)
{
	uint32_t index;
	if (!id.p)
		return -1;
	if (id.n == 0)
		return 0;
	if (entities_get(es, id, name, kind, country, &index) < 0)
		return -1;
	out->actor = es->v[index].actor;
	return 0;
}

static bool is_country_like(const struct entity *m)
{
	return m->actor->kind == ACTOR_COUNTRY || m->actor->kind == ACTOR_ORGANIZATION;
}

/* "U.S. officials" -> usa-officials; "critics" -> critics. */
static int resolve_group(struct entities *es, struct range r, uint32_t head, struct referent *out)
{
	const struct entity *m = modifier(es, r.first, head);
	if (!m)
		m = modifier_after(es, head, r.last);
	struct str name = bare(es->t, r.first, head);
	out->via = VIA_ROLE;
	if (!m || m->actor->country.n == 0)
		return make(es, str_slug(es->a, name), name, ACTOR_GROUP, STR_EMPTY, out);
	struct str word = str_slug(es->a, text_token(es->t, head)),
		   code = str_slug(es->a, m->actor->country);
	if (!word.p || !code.p)
		return -1;
	return make(es, arena_printf(es->a, "%.*s-%.*s", STR_ARG(code), STR_ARG(word)), name,
		    ACTOR_GROUP, m->actor->country, out);
}

/* The country whose head of state or government has this surname on the article's day: "the Biden
 * administration". */
static struct str country_of_head(const struct entities *es, uint64_t surname)
{
	for (size_t k = 0; surname && k < es->g->n_actors; k++)
		if (es->g->persons[k].surname == surname &&
		    (actor_has_role(&es->g->actors[k], STR("president"), es->day) ||
		     actor_has_role(&es->g->actors[k], STR("prime minister"), es->day)))
			return es->g->actors[k].country;
	return STR_EMPTY;
}

static int resolve_body(struct entities *es, struct range r, uint32_t head, struct referent *out)
{
	const struct text *t = es->t;
	const struct entity *m = modifier(es, r.first, head);
	out->via = VIA_ROLE;
	if (m && m->actor->kind == ACTOR_COUNTRY && text_is_in(t, head, SET_GOVERNMENT_NOUN)) {
		out->via = VIA_METONYM;
		out->actor = m->actor;
		return 0;
	}
	if (m && m->actor->kind == ACTOR_ORGANIZATION && es->mention_at[head - 1] &&
	    text_is_in(t, head, SET_GROUP_NOUN)) {
		out->via = VIA_NAME; /* "the Houthi movement" */
		out->actor = m->actor;
		return 0;
	}
	struct str name = bare(t, r.first, head);
	bool definite = text_is(t, r.first, "the") && head == r.first + 1;
	if (definite && !m) /* "the ministry": the last one named whose name has the word */
		for (size_t i = entities_mention_after(es, head), steps = 0; i-- > 0 && steps < 60;
		     steps++) {
			const struct entity *o = &es->v[es->mentions[i].entity];
			if (o->actor->kind == ACTOR_ORGANIZATION &&
			    t->tokens[es->mentions[i].last].key == t->tokens[head].key) {
				out->actor = o->actor;
				return 0;
			}
		}
	struct str country = m ? m->actor->country : STR_EMPTY;
	if (m && country.n == 0 && text_is_in(t, head, SET_HEADED_NOUN))
		country = country_of_head(es, m->surname);
	return make(es, str_slug(es->a, name), name, ACTOR_ORGANIZATION, country, out);
}

/* "the Chinese foreign minister" at the article's date; "the president" when the article names one.
 */
static int resolve_role(struct entities *es, struct range r, uint32_t head, struct referent *out)
{
	const struct text *t = es->t;
	bool definite = text_is(t, r.first, "the") || t->tokens[r.first].tag == TAG_PRPS ||
			es->mention_at[r.first];
	const struct entity *m = modifier(es, r.first, head);
	if (!m)
		m = modifier_after(es, head, r.last);
	uint32_t first = r.first;
	for (uint32_t i = r.first; i < head; i++)
		if (es->mention_at[i] || t->tokens[i].tag == TAG_POS || t->tokens[i].tag == TAG_DT)
			first = i + 1;
	struct str title = str_fold(es->a, text_range(t, first, head));
	if (!title.p)
		return -1;
	out->role = text_range(t, r.first, r.last);
	out->via = VIA_ROLE;
	bool is_spokesman = text_is_in(t, head, SET_SPOKESMAN);
	if (definite && m && is_country_like(m) && !is_spokesman) {
		struct str of = m->actor->kind == ACTOR_COUNTRY ? m->actor->country : m->actor->id;
		const struct actor *a = gazetteer_holder(es->g, title, of, es->day);
		if (a)
			return make(es, a->id, a->name, ACTOR_PERSON, a->country, out) < 0 ? -1 : 0;
	}
	if (definite && !m)
		for (size_t i = entities_mention_after(es, head), steps = 0; i-- > 0 && steps < 60;
		     steps++) {
			const struct mention *p = &es->mentions[i];
			const struct entity *o = &es->v[p->entity];
			bool titled = false;
			for (uint32_t k = p->outer; k < p->first; k++)
				titled = titled || t->tokens[k].key == t->tokens[head].key;
			if (o->actor->kind == ACTOR_PERSON &&
			    (titled || (title.n > 5 && actor_has_role(o->actor, title, es->day)))) {
				out->actor = o->actor;
				return 0;
			}
		}
	struct str name = bare(t, r.first, head), country = m ? m->actor->country : STR_EMPTY;
	return make(es, str_slug(es->a, name), name, ACTOR_ANONYMOUS, country, out);
}

static int resolve_nameless(struct entities *es, struct range r, uint32_t head,
			    struct referent *out)
{
	const struct text *t = es->t;
	unsigned tag = t->tokens[head].tag;
	/* "the officer", of whom the text has said that she is Ann Lee */
	uint32_t known = es->reference_at[head] ? es->references[es->reference_at[head] - 1].entity
						: MAP_NONE;
	if (known != MAP_NONE && es->v[known].actor->kind == ACTOR_PERSON) {
		out->actor = es->v[known].actor;
		out->via = VIA_ROLE;
		out->role = text_range(t, r.first, r.last);
		return 0;
	}
	if (text_is_in(t, head, SET_PEOPLE) || (tag == TAG_NNS && t->tokens[head].tag != TAG_CD))
		return resolve_group(es, r, head, out);
	if (text_is_in(t, head, SET_BODY))
		return resolve_body(es, r, head, out);
	if (text_is_in(t, head, SET_ROLE))
		return resolve_role(es, r, head, out);
	if (tag == TAG_DT || tag == TAG_CD || tag == TAG_JJ) /* "some", "many", "both" */
		return make(es, str_slug(es->a, text_token(t, head)), text_token(t, head),
			    ACTOR_GROUP, STR_EMPTY, out);
	out->via = VIA_ROLE;
	struct str name = bare(t, r.first, head);
	return name.n > 60 ? 0
			   : make(es, str_slug(es->a, name), name, ACTOR_ANONYMOUS, STR_EMPTY, out);
}

/* --- names ------------------------------------------------------------------------------------ */

static int resolve_mention(struct entities *es, struct range r, const struct mention *m,
			   struct referent *out)
{
	const struct text *t = es->t;
	const struct actor *a = es->v[m->entity].actor;
	out->actor = a;
	out->via = VIA_NAME;
	if (m->kind == NAME_CAPITAL || m->kind == NAME_METONYM)
		out->via = VIA_METONYM;
	if (a->kind != ACTOR_PERSON)
		return 0;
	bool is_title = m->outer < m->first;
	if (m->first == m->last && is_title)
		out->via = VIA_TITLE_SURNAME;
	if (is_title && !text_is_in(t, m->outer, SET_COURTESY_TITLE))
		out->role = text_range(t, m->outer, m->first - 1);
	else if (r.last > m->last + 1 && t->tokens[m->last + 1].tag == TAG_COMMA &&
		 t->tokens[m->last + 2].tag != TAG_CD && t->tokens[m->last + 2].tag != TAG_W)
		out->role = text_range(t, m->last + 2, r.last);
	return 0;
}

/* "US Secretary of State Mike Pompeo": the person whose titles are all that stands before the name.
 */
static const struct mention *person_after_titles(const struct entities *es, struct range r)
{
	const struct text *t = es->t;
	for (uint32_t i = r.first; i <= r.last; i++) {
		const struct mention *m =
			es->mention_at[i] ? &es->mentions[es->mention_at[i] - 1] : NULL;
		if (m && es->v[m->entity].actor->kind == ACTOR_PERSON) {
			bool possessive =
				m->last + 1 < t->n_tokens && t->tokens[m->last + 1].tag == TAG_POS;
			bool goes_on =
				m->last < r.last && (tag_is_noun(t->tokens[m->last + 1].tag) ||
						     t->tokens[m->last + 1].tag == TAG_JJ);
			bool follows_of = m->outer > r.first && text_is(t, m->outer - 1, "of") &&
					  m->outer == m->first && i > r.first + 2;
			return possessive || goes_on || follows_of ? NULL : m;
		}
		if (!m && !(t->tokens[i].flags & TOK_CAPITAL) &&
		    !text_is_one_of(t, i, "of the for and 's ’s") && !text_is_in(t, i, SET_ROLE))
			return NULL;
	}
	return NULL;
}

int entities_resolve(struct entities *es, struct range r, uint32_t head, const struct actor *inside,
		     struct referent *out)
{
	const struct text *t = es->t;
	*out = (struct referent){.role = STR_EMPTY};
	if (!range_is(r))
		return 0;
	if (head != TOKEN_NONE && r.first == r.last && t->tokens[r.first].tag == TAG_W &&
	    head < r.first) {
		/* a relative: the phrase before it */
		uint32_t first = head;
		while (first > 0 && head - first < 8 &&
		       (es->mention_at[first - 1] == es->mention_at[head]) && es->mention_at[head])
			first--;
		r = (struct range){first, head};
	}
	if (r.first == r.last && text_is(t, r.first, "they"))
		return resolve_they(es, r.first, out);
	if (r.first == r.last &&
	    (t->tokens[r.first].tag == TAG_PRP || t->tokens[r.first].tag == TAG_PRPS) &&
	    resolve_pronoun(es, r.first, inside, out))
		return 0;
	const struct mention *titled = person_after_titles(es, r);
	if (titled) {
		int rc = resolve_mention(es, r, titled, out);
		if (titled->first > r.first && !text_is_in(t, r.first, SET_COURTESY_TITLE))
			out->role = text_range(t,
					       r.first + (t->tokens[r.first].tag == TAG_DT &&
							  r.first + 1 < titled->first),
					       titled->first - 1);
		return rc;
	}
	uint32_t h = head_of(t, r);
	/* "the group's leader, Betty Bradley": a name in the apposition serves where the head has
	 * none */
	uint32_t m = es->mention_at[h];
	if (m && es->mentions[m - 1].kind != NAME_DEMONYM)
		return resolve_mention(es, r, &es->mentions[m - 1], out);
	for (uint32_t i = h + 1; !m && i < r.last && i < h + 3; i++)
		if (t->tokens[i].tag == TAG_COMMA && es->mention_at[i + 1] &&
		    es->v[es->mentions[es->mention_at[i + 1] - 1].entity].actor->kind ==
			    ACTOR_PERSON) {
			out->role = text_range(t, r.first, h);
			out->actor = es->v[es->mentions[es->mention_at[i + 1] - 1].entity].actor;
			out->via = VIA_NAME;
			return 0;
		}
	if (m) { /* a demonym as head: "Americans", "the Chinese" */
		struct str country = es->v[es->mentions[m - 1].entity].actor->country,
			   name = text_token(t, h);
		struct str code = str_slug(es->a, country);
		out->via = VIA_NAME;
		return make(es, arena_printf(es->a, "%.*s-people", STR_ARG(code)), name,
			    ACTOR_GROUP, country, out);
	}
	if (t->tokens[h].tag == TAG_PRP || t->tokens[h].tag == TAG_W ||
	    t->tokens[h].tag == TAG_PRPS)
		return 0;
	/* "Hong Kong director of Amnesty International Man-kei Tam": a person at the end */
	const struct mention *end =
		es->mention_at[r.last] ? &es->mentions[es->mention_at[r.last] - 1] : NULL;
	if (end && end->first > h && es->v[end->entity].actor->kind == ACTOR_PERSON &&
	    es->mention_at[end->first - 1] && text_is_in(t, h, SET_ROLE)) {
		out->role = text_range(t, r.first, end->first - 1);
		out->actor = es->v[end->entity].actor;
		out->via = VIA_NAME;
		return 0;
	}
	return resolve_nameless(es, r, h, out);
}

const struct actor *entities_named(const struct entities *es, struct range r, struct range *where)
{
	for (uint32_t i = r.first; range_is(r) && i <= r.last; i++) {
		uint32_t m = es->mention_at[i];
		if (!m)
			continue;
		*where = (struct range){es->mentions[m - 1].first, es->mentions[m - 1].last};
		return es->v[es->mentions[m - 1].entity].actor;
	}
	return NULL;
}
