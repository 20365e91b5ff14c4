/* The names of a text, and what the words of a name and those beside it tell of its bearer. */
#include "extract/entity/names.h"

#include <stdlib.h>

#include "base/fold.h"
#include "extract/entity/bearer.h"
#include "extract/entity/body_name.h"
#include "extract/entity/name_run.h"
#include "extract/entity/name_type.h"
#include "extract/syntax/labels.h"
#include "extract/tables/key.h"
#include "extract/text/text.h"

/* First and last token of the name that hyphens join to the one at i: "Ocasio-Cortez" is one
 * surname. No name has more parts; hostile text has, and would be walked over again and again. */
enum { NAME_PARTS = 4 };

static uint32_t joint_first(const struct text *t, uint32_t i)
{
	for (int n = 1;
	     n < NAME_PARTS && i > 1 && text_is_joint(t, i - 1) && name_run_has(t, i - 2); n++)
		i -= 2;
	return i;
}

static uint32_t joint_last(const struct text *t, uint32_t i)
{
	for (int n = 1; n < NAME_PARTS && i + 2 < t->n_tokens && text_is_joint(t, i + 1) &&
			name_run_has(t, i + 2);
	     n++)
		i += 2;
	return i;
}

static uint64_t name_key(const struct text *t, uint32_t first, uint32_t last)
{
	return first == last ? t->tokens[first].key : word_key(text_range(t, first, last));
}

static int add_mention(struct entities *es, struct mention m)
{
	if (arena_grow(es->a, (void **)&es->mentions, &es->cap_mentions, es->n_mentions + 1,
		       sizeof *es->mentions) < 0)
		return -1;
	uint32_t after = m.last + 1;
	while (text_tag(es->t, after) == TAG_RB)
		after++;
	unsigned tag = text_tag(es->t, after);
	unsigned before = m.outer > 0 ? es->t->tokens[m.outer - 1].tag : TAG_STOP;
	m.is_subject = tag == TAG_VBD || tag == TAG_VBP || tag == TAG_MD || tag == TAG_AUX;
	m.may_be_subject = m.is_subject || before == TAG_COMMA || before == TAG_STOP ||
			   before == TAG_SC || before == TAG_CC || before == TAG_PUNCT ||
			   (es->t->tokens[m.outer].flags & TOK_PARAGRAPH_START);
	es->mentions[es->n_mentions++] = m;
	for (uint32_t i = m.first; i <= m.last; i++)
		es->mention_at[i] = (uint32_t)es->n_mentions;
	return 0;
}

/* --- full names ------------------------------------------------------------------------------- */

/* A title tells the gender ("Queen", "Sister Mary"), else the given name. */
static char gender_of(const struct entities *es, uint32_t outer, uint32_t first, uint32_t last)
{
	for (uint32_t i = outer; i <= first; i++) {
		char g = gazetteer_noun_gender(es->g, &es->t->tokens[i]);
		if (g)
			return g;
	}
	uint32_t g = map_get(&es->g->given, es->t->tokens[first].key);
	if (first == last && map_get(&es->g->surnames, es->t->tokens[first].key) != MAP_NONE)
		return 0;
	return g == MAP_NONE || g == 'u' ? 0 : (char)g;
}

static int note_full_name(struct entities *es, uint32_t entity, uint64_t surname)
{
	uint32_t *at = map_at(&es->by_surname, surname, es->a);
	if (!at)
		return -1;
	*at = entity;
	return 0;
}

static enum actor_kind kind_by_weight(const float *w)
{
	return name_type_best(w) == WEIGH_PERSON ? ACTOR_PERSON : ACTOR_ORGANIZATION;
}

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
	char gender = gender_of(es, outer, first, surname);
	uint32_t start = joint_first(t, surname);
	start = start < first ? first : start;
	if (m->surname == 0) {
		m->surname = name_key(t, start, surname);
		m->surname_text = text_range(t, start, surname);
		m->given = start > first ? t->tokens[first].key : 0;
	}
	if (gender && !m->gender)
		m->gender = gender;
	if (entities_add_alias(es, m, m->surname_text) < 0 ||
	    note_full_name(es, index, m->surname) < 0)
		return -1;
	if (m->given && map_get(&es->by_surname, m->given) == MAP_NONE &&
	    note_full_name(es, index, m->given) < 0)
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
		m->gender = m->gender ? m->gender : gender_of(es, i, i, i);
	}
	if (note_full_name(es, index, m->surname) < 0)
		return -1;
	return add_mention(
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
		if (entities_get(es, id, name, kind_by_weight(w), STR_EMPTY, &index) < 0)
			return -1;
	struct entity *m = &es->v[index];
	for (unsigned k = 0; k < WEIGH_COUNT; k++)
		m->weigh[k] += w[k];
	if (m->actor->kind == ACTOR_PERSON && learn_person(es, index, outer, first, last) < 0)
		return -1;
	if (m->actor->kind == ACTOR_PERSON && take_shared_surname(es, first, last) < 0)
		return -1;
	return add_mention(es, (struct mention){first, letter, outer, index, NAME_FULL,
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
	return map_get(&es->by_surname, key) == MAP_NONE ? note_full_name(es, index, key) : 0;
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
	return note_full_name(es, index, m->surname);
}

static int take_known(struct entities *es, uint32_t outer, uint32_t first, uint32_t last,
		      struct name_entry n)
{
	uint32_t index;
	if (entities_of_known(es, n.actor, &index) < 0)
		return -1;
	struct entity *m = &es->v[index];
	const struct person *p = &es->g->persons[n.actor];
	if (m->surname && note_full_name(es, index, m->surname) < 0)
		return -1;
	for (size_t i = 0; i < p->n_called; i++)
		if (note_full_name(es, index, p->called[i]) < 0)
			return -1;
	if (m->actor->kind == ACTOR_PERSON &&
	    (entities_add_alias(es, m, text_range(es->t, first, last)) < 0 ||
	     learn_given(es, index, first, last) < 0 || learn_surname(es, index, first, last) < 0 ||
	     take_shared_surname(es, first, last) < 0))
		return -1;
	return add_mention(es, (struct mention){first,
						m->actor->kind == ACTOR_PERSON
							? name_run_last_letter(es->t, last)
							: last,
						outer, index, n.kind, outer < first, false, false});
}

/* A name that the bodies of several countries bear: whose it is, jurisdiction.c finds. */
static int take_body(struct entities *es, uint32_t first, uint32_t last, uint32_t body)
{
	const struct body *b = &es->g->bodies[body];
	uint32_t index;
	if (entities_get(es, b->id, b->name, ACTOR_ORGANIZATION, STR_EMPTY, &index) < 0)
		return -1;
	es->v[index].body = body;
	return add_mention(es, (struct mention){.first = first,
						.last = last,
						.outer = first,
						.entity = index,
						.kind = NAME_BODY});
}

/* First of the titles that end before a token, which "of" may hold together: "Secretary of State".
 */
static uint32_t titles_from(const struct text *t, uint32_t i, uint32_t low)
{
	const uint32_t name = i;
	while (i > low && !(t->tokens[i].flags & TOK_PARAGRAPH_START)) {
		if (name_run_is_title(t, i - 1))
			i--;
		else if (i < name && i > low + 1 && text_is_one_of(t, i - 1, "of for") &&
			 (t->tokens[i].flags & TOK_CAPITAL) && name_run_is_title(t, i - 2) &&
			 (t->tokens[i - 2].flags & TOK_CAPITAL))
			i -= 2;
		else
			break;
	}
	return i;
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
	return add_mention(es, (struct mention){.first = first,
						.last = last,
						.outer = first,
						.entity = index,
						.kind = NAME_FULL});
}

/* First token of the titles (and nationality) right before a name: "spokesman Ned Price", "Chinese
 * Foreign Minister Wang Yi". */
static uint32_t titles_before(const struct entities *es, uint32_t first, uint32_t low)
{
	const struct text *t = es->t;
	uint32_t i = titles_from(t, first, low);
	bool is_courtesy = i < first;
	for (uint32_t k = i; k < first; k++)
		is_courtesy = is_courtesy && text_is_in(t, k, SET_COURTESY_TITLE);
	bool is_given = i == first && map_get(&es->g->given, t->tokens[first].key) != MAP_NONE;
	uint32_t title = is_given || is_courtesy ? name_run_title_of(es, i) : MAP_NONE;
	if (title != MAP_NONE)
		return titles_from(t, title, low);
	while (i < first && i > low &&
	       (es->mention_at[i - 1] || text_is(t, i - 1, "’s") || text_is(t, i - 1, "'s") ||
		text_is(t, i - 1, "of")) &&
	       first - i < 8)
		i--;
	while (i < first && (text_is(t, i, "of") || t->tokens[i].tag == TAG_POS))
		i++;
	return i;
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
		if (take_known(es, titles_before(es, i, i > 8 ? i - 8 : 0), i, *end - 1, n) < 0)
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
	bool is_full = joint_last(t, first) < *end - 1;
	uint32_t last = body_name_end(es, first, *end) - 1;
	is_full = is_full || last + 1 > *end;
	*end = last + 1;
	if (!is_full && !(last == first && name_run_is_acronym(t, first)))
		return 0;
	uint32_t letter = name_run_last_letter(t, last);
	*end = letter + 1;
	return take_full_name(es, titles_before(es, first, i > 6 ? i - 6 : 0), first, last, letter);
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

/* --- surnames --------------------------------------------------------------------------------- */

/* A person of the gazetteer with this surname who held the post in the title on that day:
 * "President Putin". */
static uint32_t known_by_title(const struct entities *es, uint32_t outer, uint32_t first)
{
	if (outer >= first)
		return MAP_NONE;
	return gazetteer_titled(es->g, name_key(es->t, first, joint_last(es->t, first)), es->t,
				(struct range){outer, first - 1}, es->day);
}

/* The gender that the title before a name tells, or 0. */
static char gender_of_title(const struct entities *es, uint32_t outer, uint32_t first)
{
	return outer < first && text_is_in(es->t, first - 1, SET_GENDERED_TITLE)
		       ? gender_of(es, outer, first, first)
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
	if (entities_get(es, id, name, kind_by_weight(w), STR_EMPTY, index) < 0)
		return -1;
	struct entity *who = &es->v[*index];
	for (unsigned k = 0; k < WEIGH_COUNT; k++)
		who->weigh[k] += w[k];
	who->surname = name_key(es->t, first, last);
	who->surname_text = name;
	char gender = gender_of(es, outer, first, last);
	if (gender && !who->gender)
		who->gender = gender;
	/* "Mr. Harrow": later on, "Harrow" is a name. */
	return outer < first ? note_full_name(es, *index, who->surname) : 0;
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
	uint32_t last = joint_last(es->t, i), outer = titles_before(es, i, i > 6 ? i - 6 : 0);
	struct lone_name name = {name_key(es->t, i, last), i, gender_of_title(es, outer, i)};
	uint32_t known = known_by_title(es, outer, i);
	uint32_t index = bearer_of_lone_name(es, &name, before, n_full);
	/* "President Obama" where the text names Michelle Obama in full */
	if (known != MAP_NONE && index != MAP_NONE && es->v[index].given)
		index = MAP_NONE;
	if (index != MAP_NONE)
		known = MAP_NONE;
	if (known != MAP_NONE && (entities_of_known(es, known, &index) < 0 ||
				  note_full_name(es, index, name_key(es->t, i, last)) < 0))
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
	return add_mention(es, (struct mention){.first = i,
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

/* Second pass: single names, in order; mentions of the first pass are merged in on the way. */
static int find_surnames(struct entities *es)
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
		if ((!name_run_has(t, i) && !is_known && !is_first_given(es, i)) ||
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

int names_find(struct entities *es)
{
	return find_persons_words(es) < 0 || find_full_names(es) < 0 || find_surnames(es) < 0 ? -1
											      : 0;
}
