/* Single names of a text: of whom it names in full elsewhere, of bearers of posts, of nobody known.
 */
#include "extract/entity/lone_names.h"

#include <stdlib.h>

#include "base/fold.h"
#include "extract/entity/bearer.h"
#include "extract/entity/name_mention.h"
#include "extract/entity/name_run.h"
#include "extract/entity/name_type.h"
#include "extract/syntax/labels.h"
#include "extract/text/text.h"

/* A person of the gazetteer with this surname who held the post in the title on that day:
 * "President Putin". */
static uint32_t known_by_title(const struct entities *es, uint32_t outer, uint32_t first)
{
	if (outer >= first)
		return MAP_NONE;
	return gazetteer_titled(es->g, name_key_of(es->t, first, name_joint_last(es->t, first)),
				es->t, (struct range){outer, first - 1}, es->day);
}

/* The gender that the title before a name tells, or 0. */
static char gender_of_title(const struct entities *es, uint32_t outer, uint32_t first)
{
	return outer < first && text_is_in(es->t, first - 1, SET_GENDERED_TITLE)
		       ? name_gender(es, outer, first, first)
		       : 0;
}

/* A capital that need not be a name: a word of the language at the start of a sentence, or "the
 * King", which is a description. */
static bool is_common(const struct entities *es, uint32_t i)
{
	const struct token *k = &es->t->tokens[i];
	if (map_get(&es->g->given, k->key) != MAP_NONE)
		return false;
	return ((k->flags & (TOK_SEGMENT_START | TOK_PARAGRAPH_START)) && k->word) ||
	       (gazetteer_noun(es->g, k, NULL) & NOUN_HUMAN);
}

/* A single name that nobody known bears. */
static int new_single(struct entities *es, uint32_t outer, uint32_t first, uint32_t last,
		      uint32_t *index)
{
	struct str name = text_range(es->t, first, last), id = str_slug(es->a, name);
	float w[WEIGH_COUNT] = {0};
	if (!id.p)
		return -1;
	if (id.n == 0)
		return 0;
	name_type_weigh(es->g, es->t, outer, first, last, w);
	if (entities_get(es, id, name, name_actor_kind(w), STR_EMPTY, index) < 0)
		return -1;
	struct entity *who = &es->v[*index];
	for (unsigned k = 0; k < WEIGH_COUNT; k++)
		who->weigh[k] += w[k];
	who->surname = name_key_of(es->t, first, last);
	who->surname_text = name;
	char gender = name_gender(es, outer, first, last);
	if (gender && !who->gender)
		who->gender = gender;
	/* "Mr. Harrow": later on, "Harrow" is a name. */
	return outer < first ? name_note_full(es, *index, who->surname) : 0;
}

/* "The Center" behind "the Center for Rivers" or "the Rivers Center": the last body before that has
 * the word for the head of its name; MAP_NONE for none. */
static uint32_t body_called(const struct entities *es, uint32_t i, size_t before)
{
	enum { BACK_MOST = 60 };
	const struct token *v = es->t->tokens;
	if (i == 0 || !text_is(es->t, i - 1, "the") ||
	    !(gazetteer_noun(es->g, &v[i], NULL) & (NOUN_ORGANIZATION | NOUN_SUFFIX_ORGANIZATION)))
		return MAP_NONE;
	for (size_t k = before, steps = 0; k-- > 0 && steps < BACK_MOST; steps++) {
		const struct mention *m = &es->mentions[k];
		bool leads = m->last > m->first + 1 &&
			     text_is_one_of(es->t, m->first + 1, "of for") &&
			     v[m->first].key == v[i].key;
		if (es->v[m->entity].actor->kind == ACTOR_ORGANIZATION && m->last > m->first &&
		    (leads || v[m->last].key == v[i].key))
			return m->entity;
	}
	return MAP_NONE;
}

/* `before`: how many mentions of the first pass, of n_full, stand before. */
static int take_surname(struct entities *es, uint32_t i, size_t before, size_t n_full)
{
	uint32_t last = name_joint_last(es->t, i),
		 outer = name_titles_before(es, i, i > 6 ? i - 6 : 0);
	struct lone_name name = {name_key_of(es->t, i, last), i, gender_of_title(es, outer, i)};
	uint32_t known = known_by_title(es, outer, i);
	uint32_t index = bearer_of_lone_name(es, &name, before, n_full);
	/* "President Obama" where the text names Michelle Obama in full */
	if (known != MAP_NONE && index != MAP_NONE && es->v[index].given)
		index = MAP_NONE;
	if (index != MAP_NONE)
		known = MAP_NONE;
	if (known != MAP_NONE && (entities_of_known(es, known, &index) < 0 ||
				  name_note_full(es, index, name_key_of(es->t, i, last)) < 0))
		return -1;
	/* "the hon. Gentleman" */
	bool is_titled = outer < i && (es->t->tokens[outer].flags & TOK_CAPITAL);
	if (index == MAP_NONE && !is_titled &&
	    (is_common(es, i) || name_run_opens_with_adjective(es, i)))
		return 0;
	if (index == MAP_NONE)
		index = body_called(es, i, before);
	if (index == MAP_NONE && new_single(es, outer, i, last, &index) < 0)
		return -1;
	if (index == MAP_NONE)
		return 0;
	if (name.gender && es->v[index].known == MAP_NONE)
		es->v[index].gender = name.gender;
	return name_add_mention(es, (struct mention){.first = i,
						     .last = name_run_last_letter(es->t, last),
						     .outer = outer,
						     .entity = index,
						     .kind = NAME_FULL,
						     .has_title = outer < i});
}

/* A given name that opens a sentence, where the tagger could not tell. */
static bool is_first_given(const struct entities *es, uint32_t i)
{
	const struct token *k = &es->t->tokens[i];
	return (k->flags & TOK_CAPITAL) && (k->flags & (TOK_SEGMENT_START | TOK_PARAGRAPH_START)) &&
	       !k->word && tag_is_noun(k->tag) && map_get(&es->g->given, k->key) != MAP_NONE;
}

static int by_place(const void *a, const void *b)
{
	const struct mention *x = a, *y = b;
	return x->first < y->first ? -1 : x->first > y->first;
}

/* A word of the language in a post: "Affairs" of "Minister of Foreign Affairs", "Science" of "for
 * Education and Science". */
static bool is_of_post(const struct entities *es, uint32_t i)
{
	const struct text *t = es->t;
	if (i < 3 || !name_run_is_common(es, i) || name_run_title_of(es, i) == MAP_NONE ||
	    map_get(&es->g->surnames, t->tokens[i].key) != MAP_NONE)
		return false;
	return t->tokens[i].xpos == XPOS_NNPS || text_is_one_of(t, i - 1, "of for foreign") ||
	       (text_is(t, i - 1, "and") && !es->mention_at[i - 2]);
}

/* "PRIME MINISTER TRANSCRIPT OF": what is written, and nobody's name. */
static bool is_document(const struct entities *es, uint32_t i)
{
	const struct text *t = es->t;
	uint64_t key = t->tokens[i].key;
	return (gazetteer_noun(es->g, &t->tokens[i], NULL) & NOUN_DOCUMENT) &&
	       map_get(&es->g->given, key) == MAP_NONE &&
	       map_get(&es->by_surname, key) == MAP_NONE &&
	       !(i > 0 && text_is_in(t, i - 1, SET_COURTESY_TITLE));
}

/* "Mr. Flight": a name, whatever the tagger takes the word for. */
static bool is_behind_courtesy(const struct entities *es, uint32_t i)
{
	const struct text *t = es->t;
	return i > 0 && (t->tokens[i].flags & TOK_CAPITAL) && tag_is_noun(t->tokens[i].tag) &&
	       text_token(t, i).n > 2 && !(t->tokens[i].flags & TOK_PARAGRAPH_START) &&
	       text_is_in(t, i - 1, SET_COURTESY_TITLE) && (t->tokens[i - 1].flags & TOK_CAPITAL) &&
	       !text_is_in(t, i, SET_ROLE) &&
	       !(gazetteer_noun(es->g, &t->tokens[i], NULL) & NOUN_HUMAN);
}

/* In order; mentions of the first pass are merged in on the way. */
int lone_names_find(struct entities *es)
{
	const struct text *t = es->t;
	size_t n_full = es->n_mentions, seen = 0;
	for (uint32_t i = 0; i < t->n_tokens; i++) {
		if (!budget_allows_step(es->a->budget, i))
			return -1;
		if (es->mention_at[i]) {
			if (es->mention_at[i] <= n_full)
				seen = es->mention_at[i];
			continue;
		}
		if (seen < n_full && i >= es->mentions[seen].outer &&
		    i < es->mentions[seen].first && name_run_title_of(es, i) != MAP_NONE)
			continue; /* of a post: "Minister of Health" */
		bool is_label = name_run_is_party_label(t, i) ||
				(i > 1 && name_run_is_party_label(t, i - 2));
		if (is_label || name_run_is_post(es, i) || is_of_post(es, i) || is_document(es, i))
			continue;
		bool is_known = (t->tokens[i].flags & TOK_CAPITAL) && t->tokens[i].tag > TAG_AUX &&
				map_get(&es->by_surname, t->tokens[i].key) != MAP_NONE;
		if ((!name_run_has(t, i) && !is_known && !is_first_given(es, i) &&
		     !is_behind_courtesy(es, i)) ||
		    text_is_in(t, i, SET_CALENDAR) || (name_run_is_title(t, i) && !is_known))
			continue;
		if (take_surname(es, i, seen, n_full) < 0)
			return -1;
	}
	if (es->n_mentions > 0)
		qsort(es->mentions, es->n_mentions, sizeof *es->mentions, by_place);
	for (size_t m = 0; m < es->n_mentions; m++)
		for (uint32_t i = es->mentions[m].first; i <= es->mentions[m].last; i++)
			es->mention_at[i] = (uint32_t)m + 1;
	return 0;
}
