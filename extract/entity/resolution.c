/* From a phrase to the actor it means: names, pronouns, roles, groups, people without a name. */
#include "extract/entity/resolution.h"

#include "base/fold.h"
#include "extract/entity/named_phrase.h"
#include "extract/entity/role.h"
#include "extract/entity/speaker_phrase.h"
#include "extract/syntax/labels.h"
#include "extract/text/text.h"

/* The head of a noun phrase: its last noun before a preposition, a comma or a relative. */
static uint32_t head_of(const struct text *t, struct range r)
{
	uint32_t head = r.first;
	bool is_noun = false; /* the token before */
	for (uint32_t i = r.first; i <= r.last; i++) {
		unsigned tag = t->tokens[i].tag;
		if (i > r.first && !text_is_joint(t, i) && !phrase_parts_adjectives(t, i) &&
		    (tag == TAG_IN || tag == TAG_COMMA || tag == TAG_W || tag == TAG_PUNCT ||
		     tag == TAG_SC || (tag == TAG_VBG && is_noun)) &&
		    !text_is_one_of(t, i, "& / al bin de von van der"))
			break;
		if (tag == TAG_JJ && is_noun && text_tag(t, i + 1) == TAG_IN)
			break; /* "the minister responsible for trade" */
		bool is_suffix = i > r.first + 1 && text_is_joint(t, i - 1) &&
				 text_is_in(t, i, SET_PAST_POST); /* "president-elect" */
		if (tag != TAG_POS && !is_suffix && !text_is_joint(t, i) &&
		    !text_is_in(t, i, SET_REFLEXIVE))
			head = i;
		is_noun = tag_is_noun(tag) || tag == TAG_PRP;
	}
	return head;
}

bool entities_gender_fits(const struct entities *es, const struct actor *a, char gender)
{
	uint32_t at = map_get(&es->by_id, str_hash(a->id));
	return at == MAP_NONE || es->v[at].gender == 0 || es->v[at].gender == gender;
}

/* --- actors without a name of their own ------------------------------------------------------- */

/* The country or organization that a modifier names: "U.S. officials", "the Chinese foreign
 * minister"; else the one after the head: "the foreign minister of China". */
static const struct entity *modifier_before(const struct entities *es, const struct noun_phrase *p)
{
	for (uint32_t i = p->r.first; i < p->head; i++)
		if (es->mention_at[i])
			return entities_named_at(es, i);
	return NULL;
}

static const struct entity *modifier_of(const struct entities *es, const struct noun_phrase *p)
{
	enum { RIGHT_MOST = 8 };
	const struct entity *before = modifier_before(es, p);
	for (uint32_t i = p->head + 1; !before && i <= p->r.last && i < p->head + RIGHT_MOST; i++) {
		if (es->t->tokens[i].tag == TAG_COMMA || es->t->tokens[i].tag == TAG_W)
			break;
		if (es->mention_at[i])
			return entities_named_at(es, i);
	}
	return before;
}

/* The words up to the head without articles and numbers, as a name. */
static struct str bare(const struct text *t, const struct noun_phrase *p)
{
	uint32_t first = p->r.first;
	while (first < p->head &&
	       (t->tokens[first].tag == TAG_DT || t->tokens[first].tag == TAG_PRPS ||
		t->tokens[first].tag == TAG_CC || t->tokens[first].tag == TAG_RB ||
		text_is_in(t, first, SET_QUANTIFIER)))
		first++;
	return text_range(t, first, p->head);
}

/* The actor with this id, made when new; 1, or -1 when the arena is full. No id, nobody. */
static int make_with_id(struct entities *es, struct str id, struct str name, enum actor_kind kind,
			struct str country, struct referent *out)
{
	uint32_t index;
	if (!id.p)
		return -1;
	if (id.n == 0)
		return 1;
	if (entities_get(es, id, name, kind, country, &index) < 0)
		return -1;
	out->actor = es->v[index].actor;
	return 1;
}

static int make(struct entities *es, struct str name, enum actor_kind kind, struct str country,
		struct referent *out)
{
	return make_with_id(es, str_slug(es->a, name), name, kind, country, out);
}

/* "Swedish and Danish officials", "diplomats from Kenya and Togo": no one country's. */
static bool has_several_owners(const struct entities *es, const struct noun_phrase *p,
			       const struct entity *owner)
{
	for (uint32_t i = p->r.first + 1; i <= p->r.last; i++) {
		const struct entity *e = entities_named_at(es, i);
		if (e && text_is_one_of(es->t, i - 1, ", and") && e->actor->kind == ACTOR_COUNTRY &&
		    e->actor != owner->actor)
			return true;
	}
	return false;
}

/* "U.S. officials" -> usa-officials; "critics" -> critics. */
static int make_described(struct entities *es, const struct noun_phrase *p, enum actor_kind kind,
			  struct referent *out)
{
	const struct entity *owner = modifier_of(es, p);
	struct str name = bare(es->t, p);
	out->via = VIA_ROLE;
	if (!owner || owner->actor->country.n == 0 || has_several_owners(es, p, owner))
		return make(es, name, kind, STR_EMPTY, out);
	struct str word = str_slug(es->a, text_token(es->t, p->head)),
		   code = str_slug(es->a, owner->actor->country);
	if (!word.p || !code.p)
		return -1;
	return make_with_id(es, arena_printf(es->a, "%.*s-%.*s", STR_ARG(code), STR_ARG(word)),
			    name, kind, owner->actor->country, out);
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

enum { NAMES_BACK = 60 }; /* that a description may take up */

static const struct actor *actor_of(const struct entities *es, const struct mention *m)
{
	/* Where there is a mention there are entities, which the analyzer cannot know. */
	return es->v[m->entity].actor; /* NOLINT(clang-analyzer-core.NullDereference) */
}

/* "The ministry": the last organization named whose name ends in the word. */
static const struct actor *body_named_before(const struct entities *es, uint32_t head)
{
	const struct token *v = es->t->tokens;
	for (size_t i = entities_mention_after(es, head), steps = 0; i-- > 0 && steps < NAMES_BACK;
	     steps++) {
		const struct mention *m = &es->mentions[i];
		const struct actor *a = actor_of(es, m);
		if (a->kind == ACTOR_ORGANIZATION && v[m->last].key == v[head].key)
			return a;
	}
	return NULL;
}

/* --- rules: pronouns -------------------------------------------------------------------------- */

/* Each rule answers 1 when it says whom the phrase means (nobody, where it leaves out->actor
 * alone), 0 when it does not apply, -1 when the arena is full. */

static bool is_pronoun(const struct text *t, const struct noun_phrase *p)
{
	unsigned tag = t->tokens[p->r.first].tag;
	return p->r.first == p->r.last && (tag == TAG_PRP || tag == TAG_PRPS);
}

/* "They": the people named last before, outside of quotations. */
static int they(struct entities *es, const struct noun_phrase *p, struct referent *out)
{
	enum { THEY_REACH = 60, LEFT_MOST = 5 };
	const struct text *t = es->t;
	uint32_t at = p->r.first;
	if (p->r.first != p->r.last || !text_is(t, at, "they"))
		return 0;
	for (uint32_t k = at; k-- > 0 && at - k < THEY_REACH;) {
		if (!tag_is_noun(t->tokens[k].tag) ||
		    (t->tokens[k].quote && t->tokens[k].quote != t->tokens[at].quote) ||
		    !text_is_in(t, k, SET_PEOPLE))
			continue;
		uint32_t first = k;
		while (first > 0 && k - first < LEFT_MOST &&
		       (t->tokens[first - 1].tag == TAG_JJ || t->tokens[first - 1].tag == TAG_NNP ||
			t->tokens[first - 1].tag == TAG_NN))
			first--;
		struct noun_phrase people = {.r = {first, k}, .head = k};
		if (make_described(es, &people, ACTOR_GROUP, out) < 0)
			return -1;
		out->via = VIA_PRONOUN;
		break;
	}
	return 1;
}

/* "I" and "we": the speaker of the quotation around. */
static int first_person(struct entities *es, const struct noun_phrase *p, struct referent *out)
{
	if (!is_pronoun(es->t, p) || !text_is_in(es->t, p->r.first, SET_FIRST_PERSON))
		return 0;
	out->via = VIA_PRONOUN;
	out->actor = p->inside;
	return 1;
}

/* "He", "she", "it": whom coreference found. */
static int third_person(struct entities *es, const struct noun_phrase *p, struct referent *out)
{
	uint32_t i = p->r.first;
	if (!is_pronoun(es->t, p) ||
	    !(text_is_in(es->t, i, SET_MASCULINE) || text_is_in(es->t, i, SET_FEMININE) ||
	      text_is_in(es->t, i, SET_NEUTER)))
		return 0;
	uint32_t entity = entities_referred(es, i);
	out->via = VIA_PRONOUN;
	out->actor = entity == MAP_NONE ? NULL : es->v[entity].actor;
	return 1;
}

static int other_pronoun(struct entities *es, const struct noun_phrase *p, struct referent *out)
{
	if (!is_pronoun(es->t, p))
		return 0;
	out->via = VIA_PRONOUN;
	return text_is_in(es->t, p->r.first, SET_NO_SOURCE);
}

/* --- rules: nouns and pronouns as heads ------------------------------------------------------- */

/* "Americans", "the Chinese" */
static int demonym_as_head(struct entities *es, const struct noun_phrase *p, struct referent *out)
{
	const struct entity *who = entities_named_at(es, p->head);
	if (!who)
		return 0;
	struct str code = str_slug(es->a, who->actor->country);
	out->via = VIA_NAME;
	return make_with_id(es, arena_printf(es->a, "%.*s-people", STR_ARG(code)),
			    text_token(es->t, p->head), ACTOR_GROUP, who->actor->country, out);
}

/* "Americans", "four in ten Germans" are the people, whom the tables have as a name of the country;
 * "the Germans" may be their government. */
static int people_as_head(struct entities *es, const struct noun_phrase *p, struct referent *out)
{
	const struct entity *who = entities_named_at(es, p->head);
	struct str word = text_token(es->t, p->head);
	if (!who || who->actor->kind != ACTOR_COUNTRY || text_is(es->t, p->r.first, "the") ||
	    word.n < 2 || word.p[word.n - 1] != 's')
		return 0;
	word.n--;
	for (size_t k = 0; k < who->actor->aliases.n; k++)
		if (str_eq(who->actor->aliases.v[k], word))
			return demonym_as_head(es, p, out);
	return 0;
}

static int pronoun_as_head(struct entities *es, const struct noun_phrase *p, struct referent *out)
{
	unsigned tag = es->t->tokens[p->head].tag;
	(void)out;
	return tag == TAG_PRP || tag == TAG_W || tag == TAG_PRPS;
}

/* --- rules: phrases without a name ------------------------------------------------------------ */

/* "The officer", of whom the text has said that she is Ann Lee. */
static int described_person(struct entities *es, const struct noun_phrase *p, struct referent *out)
{
	uint32_t known = entities_referred(es, p->head);
	if (known == MAP_NONE || es->v[known].actor->kind != ACTOR_PERSON)
		return 0;
	out->actor = es->v[known].actor;
	out->via = VIA_ROLE;
	out->role = text_range(es->t, p->r.first, p->r.last);
	return 1;
}

/* "The report", "court filings": what is read, heard or shown, where its maker is not told. */
static int document(struct entities *es, const struct noun_phrase *p, struct referent *out)
{
	const unsigned makers = NOUN_HUMAN | NOUN_PEOPLE | NOUN_ORGANIZATION;
	unsigned class = gazetteer_noun(es->g, &es->t->tokens[p->head], NULL);
	if (!(class & NOUN_DOCUMENT) || (class & makers))
		return 0;
	return make_described(es, p, ACTOR_DOCUMENT, out);
}

static int group(struct entities *es, const struct noun_phrase *p, struct referent *out)
{
	if (es->t->tokens[p->head].tag != TAG_NNS && !text_is_in(es->t, p->head, SET_PEOPLE))
		return 0;
	return make_described(es, p, ACTOR_GROUP, out);
}

/* "The Chinese government" is China, "the Houthi movement" the Houthis. */
static int body_of_name(struct entities *es, const struct noun_phrase *p, struct referent *out)
{
	const struct text *t = es->t;
	const struct entity *owner = modifier_before(es, p);
	if (!owner || !text_is_in(t, p->head, SET_BODY))
		return 0;
	bool is_government =
		owner->actor->kind == ACTOR_COUNTRY && text_is_in(t, p->head, SET_GOVERNMENT_NOUN);
	bool bears_name = owner->actor->kind == ACTOR_ORGANIZATION && es->mention_at[p->head - 1] &&
			  text_is_in(t, p->head, SET_GROUP_NOUN);
	if (!is_government && !bears_name)
		return 0;
	out->via = is_government ? VIA_METONYM : VIA_NAME;
	out->actor = owner->actor;
	return 1;
}

static int body(struct entities *es, const struct noun_phrase *p, struct referent *out)
{
	const struct text *t = es->t;
	const struct entity *owner = modifier_before(es, p);
	if (!text_is_in(t, p->head, SET_BODY))
		return 0;
	out->via = VIA_ROLE;
	if (!owner && text_is(t, p->r.first, "the") && p->head == p->r.first + 1)
		out->actor = body_named_before(es, p->head);
	if (out->actor)
		return 1;
	struct str country = owner ? owner->actor->country : STR_EMPTY;
	if (owner && country.n == 0 && text_is_in(t, p->head, SET_HEADED_NOUN))
		country = country_of_head(es, owner->surname);
	return make(es, bare(t, p), ACTOR_ORGANIZATION, country, out);
}

/* "The Chinese foreign minister": who holds the post, else the post itself. */
static int role(struct entities *es, const struct noun_phrase *p, struct referent *out)
{
	uint32_t entity;
	if (!role_is_noun(es->t, p->head))
		return 0;
	if (role_resolve(es, p->r.first, p->head, &entity) < 0)
		return -1;
	out->role = text_range(es->t, p->r.first, p->r.last);
	out->via = VIA_ROLE;
	out->actor = entity == MAP_NONE ? NULL : es->v[entity].actor;
	return 1;
}

/* "Some", "many", "both" */
static int quantity(struct entities *es, const struct noun_phrase *p, struct referent *out)
{
	unsigned tag = es->t->tokens[p->head].tag;
	if (tag != TAG_DT && tag != TAG_CD && tag != TAG_JJ)
		return 0;
	return make(es, text_token(es->t, p->head), ACTOR_GROUP, STR_EMPTY, out);
}

static int description(struct entities *es, const struct noun_phrase *p, struct referent *out)
{
	enum { LONGEST = 60 }; /* bytes of a name that is worth keeping */
	struct str name = bare(es->t, p);
	out->via = VIA_ROLE;
	return name.n > LONGEST ? 1 : make(es, name, ACTOR_ANONYMOUS, STR_EMPTY, out);
}

/* The first that applies decides. */
static int (*const rules[])(struct entities *, const struct noun_phrase *, struct referent *) = {
	they,
	first_person,
	third_person,
	other_pronoun,
	named_person_with_titles,
	named_person_behind_noun,
	people_as_head,
	named_as_head,
	named_in_apposition,
	demonym_as_head,
	pronoun_as_head,
	named_person_at_end,
	described_person,
	document,
	group,
	body_of_name,
	body,
	role,
	quantity,
	description,
};

/* "The Hollywood columnist" right before "Louella Parsons", which the source leaves out. */
static struct range with_name_behind(const struct entities *es, struct range r)
{
	const struct text *t = es->t;
	uint32_t next = r.last + 1;
	const struct mention *m = next < t->n_tokens && !es->mention_at[r.last] &&
						  !(t->tokens[next].flags & TOK_PARAGRAPH_START)
					  ? entities_mention(es, next)
					  : NULL;
	bool is_human = m && r.last > r.first && t->tokens[r.last].tag == TAG_NN &&
			(gazetteer_noun(es->g, &t->tokens[r.last], NULL) & NOUN_HUMAN);
	bool is_name = is_human && m->first == next && m->last > m->first &&
		       mention_is_person(es, m) && text_tag(t, m->last + 1) != TAG_POS;
	return is_name ? (struct range){r.first, m->last} : r;
}

/* The phrase before a relative pronoun: the whole name that its last token stands in. */
static struct range before_relative(const struct entities *es, uint32_t last)
{
	enum { NAME_MOST = 8 };
	uint32_t first = last;
	while (es->mention_at[last] && first > 0 && last - first < NAME_MOST &&
	       es->mention_at[first - 1] == es->mention_at[last])
		first--;
	return (struct range){first, last};
}

int entities_resolve(struct entities *es, struct range r, uint32_t head, const struct actor *inside,
		     struct referent *out)
{
	*out = (struct referent){.role = STR_EMPTY};
	if (!range_is(r))
		return 0;
	if (head != TOKEN_NONE && r.first == r.last && es->t->tokens[r.first].tag == TAG_W &&
	    head < r.first)
		r = before_relative(es, head);
	r = with_name_behind(es, r);
	struct noun_phrase p = {.r = r, .head = head_of(es->t, r), .inside = inside};
	for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
		int rc = rules[i](es, &p, out);
		if (rc != 0)
			return rc < 0 ? -1 : 0;
	}
	return 0;
}

const struct actor *entities_named(const struct entities *es, struct range r, struct range *where)
{
	for (uint32_t i = r.first; range_is(r) && i <= r.last; i++) {
		const struct mention *m = entities_mention(es, i);
		if (!m)
			continue;
		*where = (struct range){m->first, m->last};
		return es->v[m->entity].actor;
	}
	return NULL;
}
