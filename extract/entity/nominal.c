/* Finds descriptions by their head noun and tells whether they mean somebody mentioned before. */
#include "extract/entity/nominal.h"

#include "base/fold.h"
#include "extract/entity/chamber.h"
#include "extract/entity/resolution.h"
#include "extract/entity/role.h"
#include "extract/entity/sitting.h"
#include "extract/tables/key.h"

enum { LEFT_MOST = 8, BACK_MOST = 60 };

/* First token of the phrase whose head is at i: modifiers, an article or a possessor. */
static uint32_t left_end(const struct entities *es, uint32_t i)
{
	const struct text *t = es->t;
	uint32_t first = i;
	while (first > 0 && i - first < LEFT_MOST &&
	       !(t->tokens[first].flags & TOK_PARAGRAPH_START)) {
		unsigned tag = t->tokens[first - 1].tag;
		if (tag == TAG_DT || tag == TAG_PRPS)
			return first - 1;
		if (tag == TAG_POS && first > 1) {
			first -= 2;
			const struct mention *m = entities_mention(es, first);
			return m ? m->first : left_end(es, first);
		}
		if (text_is_in(t, first - 1, SET_PAST_POST) ||
		    text_is_in(t, first - 1, SET_PRESENT_POST) ||
		    text_is_in(t, first - 1, SET_STANDING_IN)) {
			first--; /* "the ousted", "the sitting", "the acting" president */
			continue;
		}
		if (tag != TAG_JJ && tag != TAG_NN && tag != TAG_NNP && tag != TAG_CD &&
		    tag != TAG_NNS && !text_is_joint(t, first - 1))
			break;
		first--;
	}
	return first;
}

/* The entity named by the possessor of a phrase, or MAP_NONE. */
static uint32_t possessor_of(const struct entities *es, uint32_t first, uint32_t head)
{
	const struct text *t = es->t;
	if (t->tokens[first].tag == TAG_PRPS)
		return entities_referred(es, first);
	for (uint32_t i = first; i < head; i++)
		if (t->tokens[i].tag == TAG_POS && i > 0 && es->mention_at[i - 1])
			return entities_mention(es, i - 1)->entity;
	return MAP_NONE;
}

static uint32_t person_at(const struct entities *es, uint32_t i)
{
	const struct mention *m = i < es->t->n_tokens ? entities_mention(es, i) : NULL;
	return m && es->v[m->entity].kind == MENTION_PERSON ? m->entity : MAP_NONE;
}

/* The person that a phrase describes beside the name: "Ann Lee, the mayor", "the mayor, Ann Lee",
 * "Ann Lee is the mayor". */
static uint32_t person_beside(const struct entities *es, uint32_t first, uint32_t head)
{
	const struct text *t = es->t;
	uint32_t i = first;
	if (i > 1 && t->tokens[i - 1].tag == TAG_COMMA) {
		/* "At talks with Ann Lee, the mayor said": of the next clause */
		i -= tag_is_finite(text_tag(t, head + 1)) ? 0 : 1;
	} else
		while (i > 1 && first - i < 4 && text_is_in(t, i - 1, SET_COPULA))
			i--;
	if (i < first && i > 0 && person_at(es, i - 1) != MAP_NONE &&
	    !(text_tag(t, first) == TAG_PRPS && i + 1 != first))
		return person_at(es, i - 1);
	if (text_tag(t, head + 1) == TAG_COMMA && head + 2 < t->n_tokens &&
	    es->mention_at[head + 2] && !text_is_one_of(t, first, "a an")) {
		const struct mention *m = entities_mention(es, head + 2);
		unsigned after = text_tag(t, m->last + 1);
		if (m->first == head + 2 && (after == TAG_COMMA || after == TAG_STOP))
			return person_at(es, head + 2);
	}
	return MAP_NONE;
}

/* The last mention or description of the kind, with the noun in its name if `noun` is not 0. */
static uint32_t last_of_kind(const struct entities *es, uint32_t before, unsigned kind,
			     uint64_t noun)
{
	for (size_t i = entities_mention_after(es, before), steps = 0; i-- > 0 && steps < BACK_MOST;
	     steps++) {
		const struct mention *m = &es->mentions[i];
		const struct token *last = &es->t->tokens[m->last];
		if (es->v[m->entity].kind == kind && m->kind != NAME_DEMONYM &&
		    (!noun || last->key == noun))
			return m->entity;
	}
	return MAP_NONE;
}

static struct str without_article(const struct text *t, uint32_t first, uint32_t head)
{
	while (first < head && (t->tokens[first].tag == TAG_DT || t->tokens[first].tag == TAG_PRPS))
		first++;
	return text_range(t, first, head);
}

static enum actor_kind actor_kind_of(unsigned kind)
{
	return kind == MENTION_GROUP	? ACTOR_GROUP
	       : kind == MENTION_PERSON ? ACTOR_ANONYMOUS
					: ACTOR_ORGANIZATION;
}

/* Somebody new. The id tells descriptions with another possessor, and second officers, from the
 * first. */
static int new_one(struct entities *es, uint32_t first, uint32_t head, unsigned kind,
		   uint32_t possessor, uint32_t *entity)
{
	struct str name = without_article(es->t, first, head), id = str_slug(es->a, name);
	if (id.p && possessor != MAP_NONE)
		id = arena_printf(es->a, "%.*s-%.*s", STR_ARG(es->v[possessor].actor->id),
				  STR_ARG(id));
	else if (id.p && map_get(&es->by_id, str_hash(id)) != MAP_NONE)
		id = arena_printf(es->a, "%.*s-%zu", STR_ARG(id), es->n);
	if (!id.p || id.n == 0 ||
	    entities_get(es, id, name, actor_kind_of(kind), STR_EMPTY, entity) < 0)
		return -1;
	es->v[*entity].kind = (uint8_t)kind;
	return 0;
}

/* "U.S. officials": by the name in the phrase, as a source of that form is resolved. */
static int resolve_by_name(struct entities *es, const struct reference *r, uint32_t *entity)
{
	struct referent who;
	if (entities_resolve(es, (struct range){r->first, r->head}, TOKEN_NONE, NULL, &who) < 0)
		return -1;
	if (who.actor)
		*entity = map_get(&es->by_id, str_hash(who.actor->id));
	return 0;
}

static bool holds_name(const struct entities *es, const struct reference *r)
{
	bool named = false;
	for (uint32_t i = r->first; i < r->head; i++)
		named = named || es->mention_at[i];
	return named;
}

static int resolve(struct entities *es, const struct reference *r, unsigned class, unsigned kind,
		   uint32_t *entity)
{
	const struct text *t = es->t;
	uint64_t noun = t->tokens[r->head].key;
	bool indefinite = text_is_in(t, r->first, SET_INDEFINITE);
	bool definite = text_is_in(t, r->first, SET_DEMONSTRATIVE);
	uint32_t possessor = possessor_of(es, r->first, r->head);
	uint32_t *known = map_at(
		&es->by_noun, possessor == MAP_NONE ? noun : key_mix(noun, possessor + 1), es->a);
	if (!known)
		return -1;
	*entity = kind == MENTION_PERSON ? person_beside(es, r->first, r->head) : MAP_NONE;
	uint32_t colleague = chamber_colleague(es, r->first, r->head);
	if (colleague != MAP_NONE) {
		*entity = colleague;
		return 0;
	}
	bool named = possessor == MAP_NONE &&
		     holds_name(es, r); /* Chinese officials are not those spoken of before */
	if (*entity == MAP_NONE && kind == MENTION_PERSON && role_is_noun(t, r->head)) {
		if (role_resolve(es, r->first, r->head, entity) < 0)
			return -1;
	} else if (*entity == MAP_NONE && named && resolve_by_name(es, r, entity) < 0) {
		return -1;
	}
	if (*entity == MAP_NONE && !named && !indefinite && *known != MAP_NONE)
		*entity = *known;
	if (*entity == MAP_NONE && definite && kind == MENTION_ORGANIZATION)
		*entity = last_of_kind(es, r->first, kind, noun);
	if (*entity == MAP_NONE && definite && text_is_in(t, r->head, SET_COUNTRY_NOUN))
		*entity = last_of_kind(es, r->first, MENTION_COUNTRY, 0);
	if (*entity == MAP_NONE && definite && text_is_in(t, r->head, SET_PLACE_NOUN))
		*entity = last_of_kind(es, r->first, MENTION_PLACE, 0);
	if (*entity == MAP_NONE && new_one(es, r->first, r->head, kind, possessor, entity) < 0)
		return -1;
	known = map_at(&es->by_noun, possessor == MAP_NONE ? noun : key_mix(noun, possessor + 1),
		       es->a);
	if (!known)
		return -1;
	*known = *entity;
	struct entity *m = &es->v[*entity];
	if (kind == MENTION_PERSON && !m->gender &&
	    ((class & NOUN_MAN) != 0) != ((class & NOUN_WOMAN) != 0))
		m->gender = class & NOUN_MAN ? 'm' : 'f';
	return 0;
}

int nominal_at(struct entities *es, uint32_t i, struct reference *out)
{
	const struct text *t = es->t;
	const struct token *k = &t->tokens[i];
	bool is_plural;
	/* "the Minister", "the Deputy Secretary" */
	bool is_post = k->tag == TAG_NNP && (role_is_noun(t, i) || sitting_is_colleague(t, i));
	if ((k->tag != TAG_NN && k->tag != TAG_NNS && !is_post) || es->mention_at[i])
		return 0;
	bool is_general = is_post && text_is(t, i + 1, "general"); /* "the UN Secretary General" */
	unsigned class = gazetteer_noun(es->g, k, &is_plural),
		 next = text_tag(t, i + 1 + is_general);
	if (!(class & (NOUN_HUMAN | NOUN_PEOPLE | NOUN_ORGANIZATION | NOUN_PLACE)) ||
	    next == TAG_NN || next == TAG_NNS || next == TAG_NNP)
		return 0;
	uint32_t first = left_end(es, i);
	if (is_post && !text_is_in(t, first, SET_DEMONSTRATIVE))
		return 0;
	bool bare = first == i && !is_plural && !(class & NOUN_PEOPLE);
	if (bare) /* "in office", "as president" */
		return 0;
	unsigned kind = class & NOUN_PEOPLE || text_is_in(t, i, SET_COUNTRIES_NOUN) ? MENTION_GROUP
			: class & NOUN_HUMAN && (is_plural || k->tag == TAG_NNS)    ? MENTION_GROUP
			: class & NOUN_HUMAN					    ? MENTION_PERSON
			: class & NOUN_ORGANIZATION ? MENTION_ORGANIZATION
						    : MENTION_PLACE;
	*out = (struct reference){first, i, i, MAP_NONE, REFERENCE_NOMINAL, 0};
	return resolve(es, out, class, kind, &out->entity) < 0 ? -1 : 1;
}
