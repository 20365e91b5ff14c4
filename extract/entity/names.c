/* The names of a text, and what the words of a name and those beside it tell of its bearer. */
#include "extract/entity/names.h"

#include "base/fold.h"
#include "extract/entity/body_name.h"
#include "extract/entity/lone_names.h"
#include "extract/entity/name_mention.h"
#include "extract/entity/name_run.h"
#include "extract/entity/name_type.h"
#include "extract/syntax/labels.h"
#include "extract/tables/key.h"
#include "extract/text/text.h"

/* --- full names ------------------------------------------------------------------------------- */

/* The key of two words of a name as of its parts. */
static uint64_t part_key(const struct text *t, uint32_t a, uint32_t b)
{
	return key_mix(key_mix(7, t->tokens[a].key), t->tokens[b].key);
}

static int note_part(struct entities *es, uint32_t entity, uint32_t a, uint32_t b)
{
	uint32_t *at = map_at(&es->by_part, part_key(es->t, a, b), es->a);
	if (!at)
		return -1;
	if (*at == MAP_NONE)
		*at = entity;
	return 0;
}

/* Two words that a longer name may go by: "Edward Price" is Edward Byron Price, "Mary Helen" Mary
 * Helen Moses. */
static int note_parts(struct entities *es, uint32_t entity, uint32_t first, uint32_t last)
{
	if (note_part(es, entity, first, last) < 0 ||
	    (last > first + 1 && note_part(es, entity, first, first + 1) < 0) ||
	    (last > first + 2 && note_part(es, entity, last - 1, last) < 0))
		return -1;
	return 0;
}

/* What a person's full name teaches: surname and first name, gender. */
static int learn_person(struct entities *es, uint32_t index, uint32_t outer, uint32_t first,
			uint32_t last)
{
	const struct text *t = es->t;
	struct entity *m = &es->v[index];
	uint32_t surname = last > first && text_is_in(t, last, SET_GENERATION) ? last - 1 : last;
	char gender = name_gender(es, outer, first, surname);
	uint32_t start = name_joint_first(t, surname);
	start = start < first ? first : start;
	if (m->surname == 0) {
		m->surname = name_key_of(t, start, surname);
		m->surname_text = text_range(t, start, surname);
		m->given = start > first ? t->tokens[first].key : 0;
	}
	if (gender && !m->gender)
		m->gender = gender;
	if (entities_add_alias(es, m, m->surname_text) < 0 ||
	    name_note_full(es, index, m->surname) < 0)
		return -1;
	if (m->given && map_get(&es->by_surname, m->given) == MAP_NONE &&
	    name_note_full(es, index, m->given) < 0)
		return -1;
	return surname > first ? note_parts(es, index, first, surname) : 0;
}

/* The words of a name without a nickname in marks; p is NULL when the arena is full. */
static struct str plain_name(struct entities *es, uint32_t first, uint32_t last)
{
	const struct text *t = es->t;
	for (uint32_t i = first + 1; i < last; i++) {
		uint32_t next = name_run_behind_nickname(t, i);
		if (next == i || next > last)
			continue;
		struct str a = text_range(t, first, i - 1), b = text_range(t, next, last);
		return arena_printf(es->a, "%.*s %.*s", STR_ARG(a), STR_ARG(b));
	}
	return text_range(t, first, last);
}

/* Whom a first name means before "and" and a full one: "Khizr" of "Khizr and Ghazala Khan", the
 * surname of both. */
static bool shares_surname(const struct entities *es, uint32_t i, uint32_t first)
{
	const struct text *t = es->t;
	if (first < 2 || i != first - 2 || !text_is(t, first - 1, "and") || !name_run_has(t, i) ||
	    es->mention_at[i] || (t->tokens[first].flags & TOK_PARAGRAPH_START) ||
	    (i > 0 && name_run_has(t, i - 1)))
		return false;
	uint32_t before = i > 0 && t->tokens[i - 1].tag == TAG_COMMA ? i - 1 : i;
	return map_get(&es->g->given, t->tokens[i].key) != MAP_NONE ||
	       (before > 0 && before < i && t->tokens[before - 1].tag == TAG_NNS);
}

/* The person of the name [first, last] who shares its surname with the first name before "and". */
static int take_shared_surname(struct entities *es, uint32_t first, uint32_t last)
{
	enum { SURE = 4 };
	const struct text *t = es->t;
	uint32_t i = first - 2, index;
	if (first == last || !shares_surname(es, i, first))
		return 0;
	struct str given = text_token(t, i), surname = text_token(t, last);
	struct str name = arena_printf(es->a, "%.*s %.*s", STR_ARG(given), STR_ARG(surname));
	struct str id = name.p ? str_slug(es->a, name) : STR_EMPTY;
	const struct actor *known = id.p ? gazetteer_find(es->g, id) : NULL;
	if (!id.p ||
	    (known && entities_of_known(es, (uint32_t)(known - es->g->actors), &index) < 0) ||
	    (!known && entities_get(es, id, name, ACTOR_PERSON, STR_EMPTY, &index) < 0))
		return -1;
	struct entity *m = &es->v[index];
	if (!known) {
		m->weigh[WEIGH_PERSON] += SURE;
		m->given = t->tokens[i].key;
		m->surname = t->tokens[last].key;
		m->surname_text = surname;
		m->gender = m->gender ? m->gender : name_gender(es, i, i, i);
	}
	if (name_note_full(es, index, m->surname) < 0)
		return -1;
	return name_add_mention(
		es, (struct mention){
			    .first = i, .last = i, .outer = i, .entity = index, .kind = NAME_FULL});
}

/* A full name that no gazetteer knows. */
static int take_full_name(struct entities *es, uint32_t outer, uint32_t first, uint32_t last,
			  uint32_t letter)
{
	const struct text *t = es->t;
	struct str name = plain_name(es, first, last);
	if (!name.p)
		return -1;
	float w[WEIGH_COUNT] = {0};
	name_type_weigh(es->g, t, outer, first, last, w);
	struct str id = str_slug(es->a, name);
	uint32_t index = last > first ? map_get(&es->by_part, part_key(t, first, last)) : MAP_NONE;
	if (!id.p)
		return -1;
	if (id.n == 0)
		return 0;
	/* behind other words in capitals: "the Department of Energy Dr. Ann Lee" */
	const struct actor *known = index == MAP_NONE ? gazetteer_find(es->g, id) : NULL;
	bool is_known = known && known->kind == ACTOR_PERSON;
	if (is_known && entities_of_known(es, (uint32_t)(known - es->g->actors), &index) < 0)
		return -1;
	if (!is_known && (index == MAP_NONE || last > first + 1))
		if (entities_get(es, id, name, name_actor_kind(w), STR_EMPTY, &index) < 0)
			return -1;
	struct entity *m = &es->v[index];
	for (unsigned k = 0; k < WEIGH_COUNT; k++)
		m->weigh[k] += w[k];
	if (m->actor->kind == ACTOR_PERSON && learn_person(es, index, outer, first, last) < 0)
		return -1;
	if (m->actor->kind == ACTOR_PERSON && take_shared_surname(es, first, last) < 0)
		return -1;
	return name_add_mention(es, (struct mention){first, letter, outer, index, NAME_FULL,
						     outer < first, false, false});
}

/* "Hillary" of Hillary Clinton, whom the tables know by the whole name alone. */
static int learn_given(struct entities *es, uint32_t index, uint32_t first, uint32_t last)
{
	struct entity *m = &es->v[index];
	uint64_t key = es->t->tokens[first].key;
	if (first == last || key == m->surname || map_get(&es->g->given, key) == MAP_NONE)
		return 0;
	m->given = key;
	return map_get(&es->by_surname, key) == MAP_NONE ? name_note_full(es, index, key) : 0;
}

/* "Chouhan" of Shivraj Singh Chauhan, whom the tables know by other spellings, too: the surname is
 * the text's. */
static int learn_surname(struct entities *es, uint32_t index, uint32_t first, uint32_t last)
{
	struct entity *m = &es->v[index];
	struct str own = gazetteer_surname(text_range(es->t, first, last));
	bool is_last = str_eq(m->surname_text, gazetteer_surname(m->actor->name));
	for (uint32_t i = first; i <= last; i++)
		if (es->t->tokens[i].key == m->surname)
			return 0;
	if (first == last || !is_last)
		return 0;
	m->surname = word_key(own);
	m->surname_text = own;
	return name_note_full(es, index, m->surname);
}

static int take_known(struct entities *es, uint32_t outer, uint32_t first, uint32_t last,
		      struct name_entry n)
{
	uint32_t index;
	if (entities_of_known(es, n.actor, &index) < 0)
		return -1;
	struct entity *m = &es->v[index];
	const struct person *p = &es->g->persons[n.actor];
	if (m->surname && name_note_full(es, index, m->surname) < 0)
		return -1;
	for (size_t i = 0; i < p->n_called; i++)
		if (name_note_full(es, index, p->called[i]) < 0)
			return -1;
	if (m->actor->kind == ACTOR_PERSON &&
	    (entities_add_alias(es, m, text_range(es->t, first, last)) < 0 ||
	     learn_given(es, index, first, last) < 0 || learn_surname(es, index, first, last) < 0 ||
	     take_shared_surname(es, first, last) < 0))
		return -1;
	return name_add_mention(es, (struct mention){first,
						     m->actor->kind == ACTOR_PERSON
							     ? name_run_last_letter(es->t, last)
							     : last,
						     outer, index, n.kind, outer < first, false,
						     false});
}

/* A name that the bodies of several countries bear: whose it is, jurisdiction.c finds. */
static int take_body(struct entities *es, uint32_t first, uint32_t last, uint32_t body)
{
	const struct body *b = &es->g->bodies[body];
	uint32_t index;
	if (entities_get(es, b->id, b->name, ACTOR_ORGANIZATION, STR_EMPTY, &index) < 0)
		return -1;
	es->v[index].body = body;
	return name_add_mention(es, (struct mention){.first = first,
						     .last = last,
						     .outer = first,
						     .entity = index,
						     .kind = NAME_BODY});
}

/* A body of the table of holders; whose it is, linking.c finds. */
static int take_body_of_table(struct entities *es, uint32_t first, uint32_t last)
{
	enum { SURE = 5 };
	struct str name = text_range(es->t, first, last), id = str_slug(es->a, name);
	uint32_t index;
	if (!id.p)
		return -1;
	if (id.n == 0)
		return 0;
	if (entities_get(es, id, name, ACTOR_ORGANIZATION, STR_EMPTY, &index) < 0)
		return -1;
	es->v[index].weigh[WEIGH_ORGANIZATION] += SURE;
	return name_add_mention(es, (struct mention){.first = first,
						     .last = last,
						     .outer = first,
						     .entity = index,
						     .kind = NAME_FULL});
}

/* Words of the names of persons, by a given name and another name beside it. */
static int find_persons_words(struct entities *es)
{
	const struct text *t = es->t;
	for (uint32_t i = 0; i + 1 < t->n_tokens; i++) {
		if (!budget_allows_step(es->a->budget, i))
			return -1;
		if (!name_run_has(t, i) || !name_run_has(t, i + 1) ||
		    text_is_in(t, i, SET_CALENDAR) || text_is_in(t, i + 1, SET_CALENDAR) ||
		    map_get(&es->g->given, t->tokens[i].key) == MAP_NONE ||
		    name_run_is_body(es, i + 1, i + 1) ||
		    (t->tokens[i + 1].flags & TOK_PARAGRAPH_START))
			continue;
		uint32_t last = i + 1;
		if (last + 1 < t->n_tokens && name_run_has(t, last + 1) &&
		    !(t->tokens[last + 1].flags & TOK_PARAGRAPH_START))
			last++;
		uint32_t *at = map_at(&es->persons_words, t->tokens[i].key, es->a);
		if (at)
			*at = 1;
		at = at ? map_at(&es->persons_words, t->tokens[last].key, es->a) : NULL;
		if (!at)
			return -1;
		*at = 1;
	}
	return 0;
}

/* "Hamilton" where Alexander Hamilton was named, unless it stands as a place does. */
static bool is_persons_word(const struct entities *es, uint32_t i)
{
	return map_get(&es->persons_words, es->t->tokens[i].key) != MAP_NONE &&
	       (i == 0 || !text_is_one_of(es->t, i - 1, "in at near"));
}

/* Does a given name go on as an unknown name here: "Jordan Smith", "Chelsea Washington"? */
static bool begins_longer_name(const struct entities *es, uint32_t i)
{
	const struct text *t = es->t;
	if (map_get(&es->g->given, t->tokens[i].key) == MAP_NONE || i + 1 >= t->n_tokens ||
	    !name_run_has(t, i + 1) || es->mention_at[i + 1] || name_run_is_title(t, i + 1))
		return false;
	/* not "Georgia Republicans" */
	return gazetteer_noun(es->g, &t->tokens[i + 1], NULL) == 0 || text_is_name_word(t, i + 1);
}

/* A given name that the tagger took for another word where a sentence begins: "Grant Hale, a
 * senator". */
static bool begins_sentence_and_name(const struct entities *es, uint32_t i)
{
	const struct text *t = es->t;
	struct name_entry n;
	if (!(t->tokens[i].flags & (TOK_SEGMENT_START | TOK_PARAGRAPH_START)) ||
	    map_get(&es->g->given, t->tokens[i].key) == MAP_NONE || i + 2 >= t->n_tokens ||
	    !name_run_has(t, i + 1) || name_run_is_title(t, i + 1) ||
	    gazetteer_match(es->g, t, i + 1, t->n_tokens, &n))
		return false;
	unsigned after = t->tokens[i + 2].tag;
	return after == TAG_COMMA || after == TAG_VBD || after == TAG_POS;
}

/* May a single word that somebody taught be another thing here: a word of the language that begins
 * a sentence, or a part of a longer name? */
static bool is_doubtful(const struct entities *es, uint32_t i)
{
	const struct token *k = &es->t->tokens[i];
	bool is_opening = (k->flags & (TOK_SEGMENT_START | TOK_PARAGRAPH_START)) && k->word;
	bool goes_on = i + 1 < es->t->n_tokens && name_run_has(es->t, i + 1) &&
		       !name_run_is_title(es->t, i + 1) &&
		       !text_is_in(es->t, i + 1, SET_CALENDAR) &&
		       !gazetteer_noun(es->g, &es->t->tokens[i + 1], NULL);
	return is_opening || goes_on;
}

/* Does a person's name go on as that of what is called by it: "Indira Gandhi National Centre"? */
static bool names_thing(const struct entities *es, uint32_t after)
{
	const struct text *t = es->t;
	if (after >= t->n_tokens || !name_run_has(t, after) || es->mention_at[after] ||
	    (t->tokens[after].flags & TOK_PARAGRAPH_START) || text_is_in(t, after, SET_HEADED_NOUN))
		return false;
	uint32_t end = name_run_end(es, after);
	return gazetteer_noun(es->g, &t->tokens[end - 1], NULL) &
	       (NOUN_SUFFIX_ORGANIZATION | NOUN_SUFFIX_PLACE);
}

/* The name of the gazetteer that begins at a token: its length, 0 for none. */
static uint32_t known_name_at(const struct entities *es, uint32_t i, struct name_entry *n)
{
	const struct token *k = &es->t->tokens[i];
	size_t len = gazetteer_match(es->g, es->t, i, es->t->n_tokens, n);
	if (len > 1 && n->kind == NAME_FULL && es->g->actors[n->actor].kind == ACTOR_PERSON &&
	    names_thing(es, i + (uint32_t)len))
		return 0;
	if (len != 1)
		return (uint32_t)len;
	enum actor_kind kind =
		n->kind == NAME_BODY ? ACTOR_ORGANIZATION : es->g->actors[n->actor].kind;
	bool is_own_name = n->kind != NAME_DEMONYM;
	if ((n->is_taught && !n->is_acronym && is_doubtful(es, i)) ||
	    (n->is_acronym && !(k->flags & (TOK_ALL_CAPITALS | TOK_INITIALISM))) ||
	    (is_own_name && kind == ACTOR_COUNTRY && is_persons_word(es, i)) ||
	    (is_own_name && kind != ACTOR_PERSON && begins_longer_name(es, i)))
		return 0;
	return 1;
}

/* "Iván Duque Márquez": is the word behind a known person's whole name a second surname, which is
 * no word of the language and nobody's name? */
static bool goes_on_with_surname(const struct entities *es, struct name_entry n, uint32_t first,
				 uint32_t end)
{
	const struct text *t = es->t;
	struct name_entry next;
	return n.kind == NAME_FULL && es->g->actors[n.actor].kind == ACTOR_PERSON &&
	       end > first + 1 && end < t->n_tokens && name_run_has(t, end) &&
	       !(t->tokens[end].flags & (TOK_PARAGRAPH_START | TOK_ALL_CAPITALS)) &&
	       !t->tokens[end].word && !name_run_is_title(t, end) &&
	       !gazetteer_match(es->g, t, end, t->n_tokens, &next) &&
	       !(end + 1 < t->n_tokens && name_run_has(t, end + 1));
}

/* The name at token i, if there is one; *end: where to go on. */
static int find_name_at(struct entities *es, uint32_t i, uint32_t *end)
{
	const struct text *t = es->t;
	struct name_entry n;
	*end = i + 1;
	if (!(t->tokens[i].flags & TOK_CAPITAL) || text_is_in(t, i, SET_CALENDAR))
		return 0;
	uint32_t len = known_name_at(es, i, &n), body = body_name_known(es, i);
	if (body > i + len) {
		*end = body;
		return take_body_of_table(es, i, body - 1);
	}
	if (len) {
		*end = i + len;
		if (n.kind == NAME_BODY)
			return take_body(es, i, *end - 1, n.actor);
		*end += goes_on_with_surname(es, n, i, *end);
		if (take_known(es, name_titles_before(es, i, i > 8 ? i - 8 : 0), i, *end - 1, n) <
		    0)
			return -1;
		*end = es->mentions[es->n_mentions - 1].last + 1;
		return 0;
	}
	if ((!name_run_has(t, i) && !begins_sentence_and_name(es, i)) ||
	    name_run_opens_with_adjective(es, i))
		return 0;
	*end = name_run_end(es, i);
	if (name_run_is_post(es, i) || name_run_is_party_label(t, i))
		return 0;
	uint32_t first = name_run_name(es, i, end);
	if (first == *end)
		return 0;
	bool is_full = name_joint_last(t, first) < *end - 1;
	uint32_t last = body_name_end(es, first, *end) - 1;
	is_full = is_full || last + 1 > *end;
	*end = last + 1;
	if (!is_full && !(last == first && name_run_is_acronym(t, first)))
		return 0;
	uint32_t letter = name_run_last_letter(t, last);
	*end = letter + 1;
	return take_full_name(es, name_titles_before(es, first, i > 6 ? i - 6 : 0), first, last,
			      letter);
}

/* First pass: names of the gazetteer, then full names of others. */
static int find_full_names(struct entities *es)
{
	uint32_t steps = 0;
	for (uint32_t i = 0, end; i < es->t->n_tokens; i = end)
		if (!budget_allows_step(es->a->budget, steps++) || find_name_at(es, i, &end) < 0)
			return -1;
	return 0;
}

int names_find(struct entities *es)
{
	return find_persons_words(es) < 0 || find_full_names(es) < 0 || lone_names_find(es) < 0 ? -1
												: 0;
}
