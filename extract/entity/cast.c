/* Names in the text and the members of the cast they belong to. Phrases and pronouns are resolved in resolve.c. */
#include "extract/entity/cast.h"

#include <stdlib.h>

#include "base/fold.h"
#include "extract/entity/nametype.h"
#include "extract/syntax/labels.h"

static const char titles[] =
	"mr mr. mrs mrs. ms ms. miss dr dr. sir lord lady dame president vice-president vice premier prime minister chancellor "
	"secretary senator sen "
	"sen. rep rep. representative congressman congresswoman gov gov. governor mayor gen gen. general col col. colonel lt "
	"lt. capt capt. "
	"captain maj maj. major sgt sgt. adm adm. admiral cmdr. judge justice chief director ambassador envoy king queen "
	"prince princess pope "
	"cardinal bishop archbishop rev rev. reverend ayatollah sheikh sheik imam professor prof prof. chairman chairwoman "
	"chair speaker "
	"spokesman spokeswoman spokesperson leader candidate nominee foreign defense defence interior finance treasury trade "
	"commerce state "
	"national security adviser advisor attorney press deputy former ex-president then acting special majority minority "
	"house senate "
	"republican democratic democrat councilor councillor commissioner commander officer first lady supreme crown "
	"opposition rapper actor "
	"actress singer mogul businessman billionaire tycoon detective inspector constable superintendent lieutenant sergeant "
	"chairperson delegate strategist analyst pollster host anchor columnist";

static bool is_title(const struct text *t, size_t i)
{
	if (text_is_joint(t, i)) /* "Secretary-General" */
		return is_title(t, i - 1) && is_title(t, i + 1);
	return text_is_one_of(t, i, "mr mr. mrs mrs. ms ms. miss dr dr.") ||
	       (text_lower(t, i).n < 32 && text_is_one_of(t, i, titles));
}

static bool is_name_token(const struct text *t, size_t i)
{
	const struct token *k = &t->tokens[i];
	return (k->flags & TOK_CAPITAL) && (k->xpos == XPOS_NNP || k->xpos == XPOS_NNPS) && !(k->flags & TOK_NUMBER);
}

/* First and last token of the name that hyphens join to the one at i: "Ocasio-Cortez" is one surname. No name has more parts;
 * hostile text has, and would be walked over again and again. */
enum { NAME_PARTS = 4 };

static uint32_t joint_first(const struct text *t, uint32_t i)
{
	for (int n = 1; n < NAME_PARTS && i > 1 && text_is_joint(t, i - 1) && is_name_token(t, i - 2); n++)
		i -= 2;
	return i;
}

static uint32_t joint_last(const struct text *t, uint32_t i)
{
	for (int n = 1; n < NAME_PARTS && i + 2 < t->n_tokens && text_is_joint(t, i + 1) && is_name_token(t, i + 2); n++)
		i += 2;
	return i;
}

static uint64_t name_key(const struct text *t, uint32_t first, uint32_t last)
{
	return first == last ? t->tokens[first].key : word_key(text_range(t, first, last));
}

static bool is_particle(const struct text *t, size_t i)
{
	return text_is_one_of(t, i, "de da di du la le van von der den bin ibn al el ben dos del della abu y");
}

static bool is_calendar(const struct text *t, size_t i)
{
	return text_is_one_of(
		t, i,
		"monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
		"september october november december jan. feb. aug. sept. oct. nov. dec.");
}

static bool has_word(const struct text *t, size_t first, size_t last, const char *words)
{
	for (size_t i = first; i <= last; i++)
		if (text_is_one_of(t, i, words))
			return true;
	return false;
}

static bool looks_like_organization(const struct cast *c, uint32_t first, uint32_t last)
{
	const struct text *t = c->t;
	for (uint32_t i = first; i <= last; i++)
		if (gazetteer_noun(c->g, &t->tokens[i], NULL) &
		    (NOUN_SUFFIX_ORGANIZATION | NOUN_SUFFIX_PLACE | NOUN_ORGANIZATION))
			return true;
	return first == last && (t->tokens[first].flags & (TOK_ALL_CAPITALS | TOK_INITIALISM));
}

/* --- members ------------------------------------------------------------------------------------------------------- */

static int add_alias(struct cast *c, struct member *m, struct str alias)
{
	if (alias.n == 0 || str_eq(alias, m->actor->name))
		return 0;
	for (size_t i = 0; i < m->n_aliases; i++)
		if (str_eq(m->aliases[i], alias))
			return 0;
	if (m->n_aliases >= 40)
		return 0;
	if (arena_grow(c->a, (void **)&m->aliases, &m->cap_aliases, m->n_aliases + 1, sizeof *m->aliases) < 0)
		return -1;
	m->aliases[m->n_aliases++] = alias;
	return 0;
}

static enum mention_kind kind_of_actor(enum actor_kind k)
{
	return k == ACTOR_PERSON || k == ACTOR_ANONYMOUS ? MENTION_PERSON
	       : k == ACTOR_COUNTRY			 ? MENTION_COUNTRY
	       : k == ACTOR_GROUP			 ? MENTION_GROUP
							 : MENTION_ORGANIZATION;
}

static int new_member(struct cast *c, struct actor a, uint32_t *index)
{
	if (arena_grow(c->a, (void **)&c->members, &c->cap_members, c->n_members + 1, sizeof *c->members) < 0)
		return -1;
	struct actor *copy = arena_alloc(c->a, sizeof *copy);
	uint32_t *at = copy ? map_at(&c->by_id, str_hash(a.id), c->a) : NULL;
	if (!at)
		return -1;
	*copy = a;
	*index = (uint32_t)c->n_members;
	*at = *index;
	struct member *m = &c->members[c->n_members++];
	*m = (struct member){.actor = copy, .known = MAP_NONE, .kind = (uint8_t)kind_of_actor(a.kind)};
	for (size_t i = 0; i < a.aliases.n; i++)
		if (add_alias(c, m, a.aliases.v[i]) < 0)
			return -1;
	return 0;
}

static int member_of_known(struct cast *c, uint32_t known, uint32_t *index)
{
	uint32_t *at = map_at(&c->by_known, (uint64_t)known + 2, c->a);
	if (!at)
		return -1;
	if (*at != MAP_NONE) {
		*index = *at;
		return 0;
	}
	const struct person *p = &c->g->persons[known];
	if (new_member(c, c->g->actors[known], index) < 0)
		return -1;
	*map_at(&c->by_known, (uint64_t)known + 2, c->a) = *index;
	struct member *m = &c->members[*index];
	m->known = known;
	if (m->actor->kind == ACTOR_PERSON && !gazetteer_speaks_for_country(c->g, &c->g->actors[known], c->day))
		m->actor->country = STR_EMPTY;
	m->gender = p->gender;
	m->surname = p->surname;
	m->surname_text = p->surname_text;
	return 0;
}

/* A member by id, made when new. */
int cast_member(struct cast *c, struct str id, struct str name, enum actor_kind kind, struct str country, uint32_t *index)
{
	uint32_t at = map_get(&c->by_id, str_hash(id));
	if (at != MAP_NONE) {
		*index = at;
		return 0;
	}
	return new_member(c, (struct actor){.id = id, .name = name, .kind = kind, .country = country}, index);
}

static int add_mention(struct cast *c, struct mention m)
{
	if (arena_grow(c->a, (void **)&c->mentions, &c->cap_mentions, c->n_mentions + 1, sizeof *c->mentions) < 0)
		return -1;
	uint32_t after = m.last + 1;
	while (after < c->t->n_tokens && c->t->tokens[after].tag == TAG_RB)
		after++;
	unsigned tag = after < c->t->n_tokens ? c->t->tokens[after].tag : TAG_STOP;
	unsigned before = m.outer > 0 ? c->t->tokens[m.outer - 1].tag : TAG_STOP;
	m.is_subject = tag == TAG_VBD || tag == TAG_VBP || tag == TAG_MD || tag == TAG_AUX;
	m.may_be_subject = m.is_subject || before == TAG_COMMA || before == TAG_STOP || before == TAG_SC || before == TAG_CC ||
			   before == TAG_PUNCT || (c->t->tokens[m.outer].flags & TOK_PARAGRAPH_START);
	c->mentions[c->n_mentions++] = m;
	for (uint32_t i = m.first; i <= m.last; i++)
		c->mention_at[i] = (uint32_t)c->n_mentions;
	return 0;
}

/* --- names --------------------------------------------------------------------------------------------------------- */

/* m or f for a noun that only men or only women are called by. */
static char gender_of_noun(const struct cast *c, uint32_t i)
{
	unsigned class = gazetteer_noun(c->g, &c->t->tokens[i], NULL);
	return (class & NOUN_MAN) && !(class & NOUN_WOMAN) ? 'm' : (class & NOUN_WOMAN) && !(class & NOUN_MAN) ? 'f' : 0;
}

/* A title tells the gender ("Queen", "Sister Mary"), else the given name. */
static char gender_of(const struct cast *c, uint32_t outer, uint32_t first, uint32_t last)
{
	for (uint32_t i = outer; i <= first; i++) {
		char g = gender_of_noun(c, i);
		if (g)
			return g;
	}
	uint32_t g = map_get(&c->g->given, c->t->tokens[first].key);
	if (first == last && map_get(&c->g->surnames, c->t->tokens[first].key) != MAP_NONE)
		return 0;
	return g == MAP_NONE || g == 'u' ? 0 : (char)g;
}

static bool is_suffix(const struct text *t, size_t i)
{
	return text_is_one_of(t, i, "jr jr. sr sr. ii iii iv");
}

static int note_full_name(struct cast *c, uint32_t member, uint64_t surname)
{
	uint32_t *at = map_at(&c->by_surname, surname, c->a);
	if (!at)
		return -1;
	*at = member;
	return 0;
}

static enum actor_kind kind_by_weight(const float *w)
{
	return nametype_best(w) == WEIGH_PERSON ? ACTOR_PERSON : ACTOR_ORGANIZATION;
}

/* The key of two words of a name as of its parts. */
static uint64_t part_key(const struct text *t, uint32_t a, uint32_t b)
{
	return phrase_key(phrase_key(7, t->tokens[a].key), t->tokens[b].key);
}

/* "Edward Price" is Edward Byron Price, "Mary Helen" is Mary Helen Moses. */
static int note_parts(struct cast *c, uint32_t member, uint32_t first, uint32_t last)
{
	uint32_t *at = map_at(&c->by_part, part_key(c->t, first, last), c->a);
	if (!at)
		return -1;
	if (*at == MAP_NONE)
		*at = member;
	for (uint32_t k = first; k == first || k + 1 == last; k = k == first && last > first + 2 ? last - 1 : last) {
		at = last > first + 1 ? map_at(&c->by_part, part_key(c->t, k, k + 1), c->a) : at;
		if (!at)
			return -1;
		if (*at == MAP_NONE)
			*at = member;
		if (last <= first + 1)
			break;
	}
	return 0;
}

/* What a person's full name teaches: surname and first name, gender. */
static int learn_person(struct cast *c, uint32_t index, uint32_t outer, uint32_t first, uint32_t last)
{
	const struct text *t = c->t;
	struct member *m = &c->members[index];
	uint32_t surname = last > first && is_suffix(t, last) ? last - 1 : last;
	char gender = gender_of(c, outer, first, surname);
	uint32_t start = joint_first(t, surname);
	start = start < first ? first : start;
	if (m->surname == 0) {
		m->surname = name_key(t, start, surname);
		m->surname_text = text_range(t, start, surname);
		m->given = start > first ? t->tokens[first].key : 0;
	}
	if (gender && !m->gender)
		m->gender = gender;
	if (add_alias(c, m, m->surname_text) < 0 || note_full_name(c, index, m->surname) < 0)
		return -1;
	if (m->given && map_get(&c->by_surname, m->given) == MAP_NONE && note_full_name(c, index, m->given) < 0)
		return -1;
	return surname > first ? note_parts(c, index, first, surname) : 0;
}

/* A full name that no gazetteer knows. */
static int see_full_name(struct cast *c, uint32_t outer, uint32_t first, uint32_t last)
{
	const struct text *t = c->t;
	struct str name = text_range(t, first, last);
	float w[WEIGH_COUNT] = {0};
	nametype_weigh(c->g, t, outer, first, last, w);
	struct str id = str_slug(c->a, name);
	uint32_t index = last > first ? map_get(&c->by_part, part_key(t, first, last)) : MAP_NONE;
	if (!id.p)
		return -1;
	if (id.n == 0)
		return 0;
	if (index == MAP_NONE || last > first + 1)
		if (cast_member(c, id, name, kind_by_weight(w), STR_EMPTY, &index) < 0)
			return -1;
	struct member *m = &c->members[index];
	for (unsigned k = 0; k < WEIGH_COUNT; k++)
		m->weigh[k] += w[k];
	if (m->actor->kind == ACTOR_PERSON && learn_person(c, index, outer, first, last) < 0)
		return -1;
	return add_mention(c, (struct mention){first, last, outer, index, NAME_FULL, outer < first, false, false});
}

static int see_known(struct cast *c, uint32_t outer, uint32_t first, uint32_t last, struct name_entry n)
{
	uint32_t index;
	if (member_of_known(c, n.actor, &index) < 0)
		return -1;
	struct member *m = &c->members[index];
	if (m->surname && note_full_name(c, index, m->surname) < 0)
		return -1;
	if (m->actor->kind == ACTOR_PERSON && add_alias(c, m, text_range(c->t, first, last)) < 0)
		return -1;
	return add_mention(c, (struct mention){first, last, outer, index, n.kind, outer < first, false, false});
}

/* First token of the titles (and nationality) right before a name: "Chinese Foreign Minister Wang Yi", "spokesman Ned Price".
 */
static uint32_t titles_before(const struct cast *c, uint32_t first, uint32_t low)
{
	const struct text *t = c->t;
	uint32_t i = first;
	while (i > low && is_title(t, i - 1) && !(t->tokens[i].flags & TOK_PARAGRAPH_START))
		i--;
	while (i < first && i > low &&
	       (c->mention_at[i - 1] || text_is(t, i - 1, "’s") || text_is(t, i - 1, "'s") || text_is(t, i - 1, "of")) &&
	       first - i < 8)
		i--;
	while (i < first && (text_is(t, i, "of") || t->tokens[i].tag == TAG_POS))
		i++;
	return i;
}

/* End of the run of name tokens from i. */
static uint32_t name_run(const struct cast *c, uint32_t i)
{
	const struct text *t = c->t;
	uint32_t end = i + 1;
	while (end < t->n_tokens && end - i < 8 && !(t->tokens[end].flags & TOK_PARAGRAPH_START) && !c->mention_at[end]) {
		if (is_name_token(t, end) && !is_calendar(t, end)) {
			end++;
			continue;
		}
		if ((is_particle(t, end) || text_is_joint(t, end)) && end + 1 < t->n_tokens && is_name_token(t, end + 1) &&
		    !text_is(t, end - 1, ",")) {
			end += 2;
			continue;
		}
		if (is_particle(t, end) && end + 2 < t->n_tokens && is_particle(t, end + 1) && is_name_token(t, end + 2)) {
			end += 3;
			continue;
		}
		break;
	}
	return end;
}

/* Words of the names of persons, by a given name and another name beside it. */
static int find_persons_words(struct cast *c)
{
	const struct text *t = c->t;
	for (uint32_t i = 0; i + 1 < t->n_tokens; i++) {
		if (!is_name_token(t, i) || !is_name_token(t, i + 1) || is_calendar(t, i) || is_calendar(t, i + 1) ||
		    map_get(&c->g->given, t->tokens[i].key) == MAP_NONE || looks_like_organization(c, i + 1, i + 1) ||
		    (t->tokens[i + 1].flags & TOK_PARAGRAPH_START))
			continue;
		uint32_t last = i + 1;
		if (last + 1 < t->n_tokens && is_name_token(t, last + 1) && !(t->tokens[last + 1].flags & TOK_PARAGRAPH_START))
			last++;
		uint32_t *at = map_at(&c->persons_words, t->tokens[i].key, c->a);
		if (at)
			*at = 1;
		at = at ? map_at(&c->persons_words, t->tokens[last].key, c->a) : NULL;
		if (!at)
			return -1;
		*at = 1;
	}
	return 0;
}

/* "Hamilton" where Alexander Hamilton was named, unless it stands as a place does. */
static bool is_persons_word(const struct cast *c, uint32_t i)
{
	return map_get(&c->persons_words, c->t->tokens[i].key) != MAP_NONE &&
	       (i == 0 || !text_is_one_of(c->t, i - 1, "in at near"));
}

/* First pass: names of the gazetteer, then full names of others. */
static int find_full_names(struct cast *c)
{
	const struct text *t = c->t;
	for (uint32_t i = 0; i < t->n_tokens; i++) {
		if (!(t->tokens[i].flags & TOK_CAPITAL) || is_calendar(t, i))
			continue;
		struct name_entry n;
		size_t len = gazetteer_match(c->g, t, i, t->n_tokens, &n);
		if (len == 1 && (t->tokens[i].flags & TOK_ALL_CAPITALS) == 0 && !(t->tokens[i].flags & TOK_INITIALISM) &&
		    c->g->names && n.is_acronym)
			len = 0;
		if (len == 1 && c->g->actors[n.actor].kind == ACTOR_COUNTRY && n.kind != NAME_DEMONYM && is_persons_word(c, i))
			len = 0;
		/* part of an unknown longer name: "Jordan Smith", "Chelsea Washington" */
		if (len && c->g->actors[n.actor].kind != ACTOR_PERSON && n.kind != NAME_DEMONYM) {
			uint32_t end = i + (uint32_t)len;
			bool given = map_get(&c->g->given, t->tokens[i].key) != MAP_NONE && len == 1;
			if (given && end < t->n_tokens && is_name_token(t, end) && !c->mention_at[end])
				len = 0;
		}
		if (len) {
			uint32_t last = i + (uint32_t)len - 1;
			if (see_known(c, titles_before(c, i, i > 8 ? i - 8 : 0), i, last, n) < 0)
				return -1;
			i = last;
			continue;
		}
		if (!is_name_token(t, i))
			continue;
		uint32_t end = name_run(c, i), first = i;
		while (first < end && is_title(t, first))
			first++;
		if (first > i && !looks_like_organization(c, first, end > first ? end - 1 : first)) {
			i = first - 1; /* titles belong to the name after them */
			continue;
		}
		if (first > i)
			first = i;
		for (uint32_t k = end; k-- > first + 1;) /* "Research Institute Director Ane Alencar" */
			if (is_title(t, k)) {
				if (end - k - 1 >= 2 && !looks_like_organization(c, k + 1, end - 1))
					first = k + 1;
				break;
			}
		/* a known person inside: stop before the name */
		for (uint32_t k = first + 1; k < end; k++)
			if (gazetteer_match(c->g, t, k, end, &n) > 1 && n.kind == NAME_FULL)
				end = k;
		bool is_full = end > first && joint_last(t, first) < end - 1;
		if (is_full || (end == first + 1 && (t->tokens[first].flags & (TOK_ALL_CAPITALS | TOK_INITIALISM))))
			if (see_full_name(c, titles_before(c, first, i > 6 ? i - 6 : 0), first, end - 1) < 0)
				return -1;
		i = end > i ? end - 1 : i;
	}
	return 0;
}

/* --- surnames ------------------------------------------------------------------------------------------------------ */

/* A person of the gazetteer with this surname who held the post in the title on that day: "President Putin". */
static uint32_t known_by_title(const struct cast *c, uint32_t outer, uint32_t first)
{
	uint64_t surname = name_key(c->t, first, joint_last(c->t, first));
	uint32_t found = MAP_NONE;
	if (outer >= first)
		return MAP_NONE;
	struct str title = str_of("");
	for (uint32_t i = outer; i < first; i++)
		if (text_is_one_of(c->t, i,
				   "president premier chancellor minister secretary pope king queen ambassador senator "
				   "governor spokesman"))
			title = text_lower(c->t, i);
	if (title.n == 0)
		return MAP_NONE;
	for (uint32_t k = 0; k < c->g->n_actors; k++) {
		if (c->g->persons[k].surname != surname || !actor_has_role(&c->g->actors[k], title, c->day))
			continue;
		if (found != MAP_NONE)
			return MAP_NONE;
		found = k;
	}
	return found;
}

static bool gender_fits(const struct cast *c, uint32_t member, uint32_t outer, uint32_t first)
{
	char g = outer < first && text_is_one_of(c->t, first - 1, "mr mr. mrs mrs. ms ms. miss")
			 ? gender_of(c, outer, first, first)
			 : 0;
	return !g || !c->members[member].gender || c->members[member].gender == g;
}

/* The bearer of a surname: the one named in full last before, by gender where the title tells it; then anyone in the article.
 */
static uint32_t bearer(const struct cast *c, uint32_t outer, uint32_t first, size_t before)
{
	uint64_t surname = name_key(c->t, first, joint_last(c->t, first));
	uint32_t any = map_get(&c->by_surname, surname);
	if (any == MAP_NONE)
		return MAP_NONE;
	for (size_t i = before, steps = 0; i-- > 0 && steps < 200; steps++) {
		uint32_t m = c->mentions[i].member;
		if ((c->members[m].surname == surname || c->members[m].given == surname) && gender_fits(c, m, outer, first))
			return m;
	}
	return gender_fits(c, any, outer, first) ? any : MAP_NONE;
}

static int see_surname(struct cast *c, uint32_t i, size_t before)
{
	const struct text *t = c->t;
	uint32_t last = joint_last(t, i);
	struct str name = text_range(t, i, last);
	uint32_t outer = titles_before(c, i, i > 6 ? i - 6 : 0), index = bearer(c, outer, i, before);
	if (index == MAP_NONE) {
		uint32_t known = known_by_title(c, outer, i);
		if (known != MAP_NONE && member_of_known(c, known, &index) < 0)
			return -1;
		if (known != MAP_NONE && note_full_name(c, index, name_key(t, i, last)) < 0)
			return -1;
	}
	if (index == MAP_NONE) {
		bool at_start = (t->tokens[i].flags & (TOK_SEGMENT_START | TOK_PARAGRAPH_START)) != 0;
		bool is_given = map_get(&c->g->given, t->tokens[i].key) != MAP_NONE;
		if (at_start && t->tokens[i].word && outer == i && !is_given)
			return 0;
		if (outer == i && !is_given && (gazetteer_noun(c->g, &t->tokens[i], NULL) & NOUN_HUMAN))
			return 0; /* "the King" is a description */
		float w[WEIGH_COUNT] = {0};
		nametype_weigh(c->g, t, outer, i, last, w);
		struct str id = str_slug(c->a, name);
		if (!id.p || id.n == 0)
			return id.p ? 0 : -1;
		if (cast_member(c, id, name, kind_by_weight(w), STR_EMPTY, &index) < 0)
			return -1;
		struct member *m = &c->members[index];
		for (unsigned k = 0; k < WEIGH_COUNT; k++)
			m->weigh[k] += w[k];
		m->surname = name_key(t, i, last);
		m->surname_text = name;
		char g = gender_of(c, outer, i, last);
		if (g && !m->gender)
			m->gender = g;
	}
	return add_mention(c, (struct mention){i, last, outer, index, NAME_FULL, outer < i, false, false});
}

/* A given name that opens a sentence, where the tagger could not tell. */
static bool is_first_given(const struct cast *c, uint32_t i)
{
	const struct token *k = &c->t->tokens[i];
	return (k->flags & TOK_CAPITAL) && (k->flags & (TOK_SEGMENT_START | TOK_PARAGRAPH_START)) && !k->word &&
	       tag_is_noun(k->tag) && map_get(&c->g->given, k->key) != MAP_NONE;
}

static int by_place(const void *a, const void *b)
{
	const struct mention *x = a, *y = b;
	return x->first < y->first ? -1 : x->first > y->first;
}

/* Second pass: single names, in order; mentions of the first pass are merged in as the walk goes. */
static int find_surnames(struct cast *c)
{
	const struct text *t = c->t;
	size_t n_full = c->n_mentions, seen = 0;
	for (uint32_t i = 0; i < t->n_tokens; i++) {
		if (c->mention_at[i]) {
			if (c->mention_at[i] <= n_full)
				seen = c->mention_at[i];
			continue;
		}
		bool is_known = (t->tokens[i].flags & TOK_CAPITAL) && t->tokens[i].tag > TAG_AUX &&
				map_get(&c->by_surname, t->tokens[i].key) != MAP_NONE;
		if ((!is_name_token(t, i) && !is_known && !is_first_given(c, i)) || is_calendar(t, i) ||
		    (is_title(t, i) && !is_known))
			continue;
		if (see_surname(c, i, seen) < 0)
			return -1;
	}
	if (c->n_mentions > 0)
		qsort(c->mentions, c->n_mentions, sizeof *c->mentions, by_place);
	for (size_t m = 0; m < c->n_mentions; m++)
		for (uint32_t i = c->mentions[m].first; i <= c->mentions[m].last; i++)
			c->mention_at[i] = (uint32_t)m + 1;
	return 0;
}

static const char offices[] =
	"president premier minister chancellor secretary senator general admiral ambassador envoy king queen "
	"spokesman spokeswoman spokesperson commissioner speaker adviser advisor";
static const char us_offices[] = "sen sen. rep rep. gov gov. senator congressman congresswoman";

/* The country that the words before a name say it speaks for: a nationality with a post, "Chinese Foreign Minister Wang Yi". */
static struct str country_of_office(const struct cast *c, const struct mention *m)
{
	struct str country = STR_EMPTY;
	if (m->outer == m->first ||
	    has_word(c->t, m->outer, m->first - 1, "former ex-president then opposition nominee candidate"))
		return country;
	if (text_is_one_of(c->t, m->outer, us_offices))
		country = STR("USA");
	for (uint32_t i = m->outer; i < m->first && has_word(c->t, m->outer, m->first - 1, offices); i++) {
		uint32_t at = c->mention_at[i];
		if (at && c->members[c->mentions[at - 1].member].actor->country.n)
			country = c->members[c->mentions[at - 1].member].actor->country;
	}
	return country;
}

static void learn_countries(struct cast *c)
{
	for (size_t m = 0; m < c->n_mentions; m++) {
		struct member *who = &c->members[c->mentions[m].member];
		if (who->actor->kind == ACTOR_PERSON && who->actor->country.n == 0)
			who->actor->country = country_of_office(c, &c->mentions[m]);
	}
}

/* Nouns beside a name that tell the gender: "the actress Ann Lee", "Lee, a businessman", "Lee's wife", "Lee and her sister". */
static char gender_beside(const struct cast *c, const struct mention *m)
{
	const struct text *t = c->t;
	uint32_t after = m->last + 1, before = m->outer;
	if (before > 0 && !(t->tokens[before].flags & TOK_PARAGRAPH_START)) {
		before -= t->tokens[before - 1].tag == TAG_COMMA && before > 1 ? 2 : 1;
		char g = t->tokens[before].tag == TAG_NN ? gender_of_noun(c, before) : 0;
		if (g)
			return g;
	}
	if (after + 2 >= t->n_tokens)
		return 0;
	if (t->tokens[after].tag == TAG_POS)
		return text_is_one_of(t, after + 1, "husband boyfriend") ? 'f'
		       : text_is_one_of(t, after + 1, "wife girlfriend") ? 'm'
									 : 0;
	if (text_is(t, after, "and") && text_is_one_of(t, after + 1, "his her"))
		return text_is(t, after + 1, "his") ? 'm' : 'f';
	if (t->tokens[after].tag == TAG_COMMA && text_is_one_of(t, after + 1, "a an the his her their"))
		for (uint32_t i = after + 2; i < t->n_tokens && i < after + 6; i++) {
			unsigned tag = t->tokens[i].tag;
			if (tag == TAG_NN && gender_of_noun(c, i))
				return gender_of_noun(c, i);
			if (tag != TAG_JJ && tag != TAG_NNP && tag != TAG_NN && tag != TAG_VBN)
				break;
		}
	return 0;
}

/* What stands beside a name goes before the given name. */
static void learn_genders(struct cast *c)
{
	for (size_t i = 0; i < c->n_mentions; i++) {
		struct member *m = &c->members[c->mentions[i].member];
		char g = m->known == MAP_NONE && m->kind == MENTION_PERSON ? gender_beside(c, &c->mentions[i]) : 0;
		if (g)
			m->gender = g;
	}
}

/* Votes of sentences that name one person only and have pronouns of one gender only. */
static void count_votes(struct cast *c)
{
	const struct text *t = c->t;
	for (uint32_t i = 0, end; i < t->n_tokens; i = end) {
		uint32_t only = MAP_NONE, he = 0, she = 0;
		bool several = false;
		for (end = i; end < t->n_tokens && c->sentence_of[end] == c->sentence_of[i]; end++) {
			uint32_t m = c->mention_at[end] ? c->mentions[c->mention_at[end] - 1].member : MAP_NONE;
			if (m != MAP_NONE && c->members[m].kind == MENTION_PERSON) {
				several = several || (only != MAP_NONE && only != m);
				only = m;
			}
			he += text_is_one_of(t, end, "he his him himself");
			she += text_is_one_of(t, end, "she her hers herself");
		}
		if (only == MAP_NONE || several || (he > 0) == (she > 0))
			continue;
		struct member *m = &c->members[only];
		if (he && m->votes < 100)
			m->votes++;
		else if (she && m->votes > -100)
			m->votes--;
	}
}

/* "Ann Lee, also known as Ann Reed", "Ann Lee (born Ann Reed)": the later name is the earlier one's. */
static bool is_other_name(const struct cast *c, const struct mention *a, const struct mention *b)
{
	const struct text *t = c->t;
	bool told = false;
	if (b->outer <= a->last + 1 || b->outer - a->last > 8 ||
	    !text_is_one_of(t, a->last + 1,
			    ", ( aka a.k.a n\xc3\xa9"
			    "e nee"))
		return false;
	for (uint32_t i = a->last + 1; i < b->outer; i++) {
		bool word = text_is_one_of(t, i,
					   "born nee n\xc3\xa9"
					   "e aka a.k.a known called alias formerly");
		told = told || word;
		if (!word && (t->tokens[i].flags & TOK_WORD) &&
		    !text_is_one_of(t, i,
				    "also popularly better best commonly professionally simply as just or often sometimes "
				    "mononymously"))
			return false;
	}
	return told;
}

static void join_other_names(struct cast *c)
{
	for (size_t i = 0; i + 1 < c->n_mentions; i++) {
		uint32_t to = c->mentions[i].member, from = c->mentions[i + 1].member;
		if (to == from || c->members[to].kind != MENTION_PERSON || c->members[from].kind != MENTION_PERSON ||
		    c->members[from].known != MAP_NONE || c->members[from].joined || c->members[to].joined ||
		    !is_other_name(c, &c->mentions[i], &c->mentions[i + 1]))
			continue;
		c->members[from].joined = to + 1;
		if (!c->members[to].gender)
			c->members[to].gender = c->members[from].gender;
	}
	for (size_t i = 0; i < c->n_mentions; i++)
		if (c->members[c->mentions[i].member].joined)
			c->mentions[i].member = c->members[c->mentions[i].member].joined - 1;
}

/* All mentions of a name weighed together. */
static void settle_kinds(struct cast *c)
{
	for (size_t i = 0; i < c->n_members; i++) {
		struct member *m = &c->members[i];
		if (m->known != MAP_NONE || (m->actor->kind != ACTOR_PERSON && m->actor->kind != ACTOR_ORGANIZATION))
			continue;
		unsigned best = nametype_best(m->weigh);
		m->actor->kind = best == WEIGH_PERSON ? ACTOR_PERSON : ACTOR_ORGANIZATION;
		m->kind = best == WEIGH_PERSON ? MENTION_PERSON : best == WEIGH_PLACE ? MENTION_PLACE : MENTION_ORGANIZATION;
	}
}

int cast_find(struct cast *c, const struct text *t, const struct gazetteer *g, const struct lexicon *lx, day_t day,
	      struct arena *a)
{
	*c = (struct cast){.t = t, .g = g, .lx = lx, .a = a, .day = day};
	c->mention_at = arena_array(a, t->n_tokens + 1, sizeof *c->mention_at);
	c->sentence_of = arena_array(a, t->n_tokens + 1, sizeof *c->sentence_of);
	c->reference_at = arena_array(a, t->n_tokens + 1, sizeof *c->reference_at);
	c->quoted = arena_array(a, t->n_quotes + 1, sizeof *c->quoted);
	if (!c->mention_at || !c->sentence_of || !c->reference_at || !c->quoted)
		return -1;
	for (uint32_t k = 0; k < t->n_sentences; k++)
		for (uint32_t i = t->sentences[k].first; i < t->sentences[k].end; i++)
			c->sentence_of[i] = k;
	for (size_t i = 1; t->n_sentences == 0 && i < t->n_tokens; i++)
		c->sentence_of[i] = c->sentence_of[i - 1] + ((t->tokens[i].flags & TOK_SEGMENT_START) && !t->tokens[i].quote);
	if (find_persons_words(c) < 0 || find_full_names(c) < 0 || find_surnames(c) < 0)
		return -1;
	settle_kinds(c);
	join_other_names(c);
	learn_genders(c);
	count_votes(c);
	learn_countries(c);
	return 0;
}

size_t cast_mention_after(const struct cast *c, uint32_t token)
{
	size_t low = 0, high = c->n_mentions;
	while (low < high) {
		size_t mid = (low + high) / 2;
		if (c->mentions[mid].first < token)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

int cast_finish(struct cast *c)
{
	for (size_t i = 0; i < c->n_members; i++) {
		struct member *m = &c->members[i];
		if (m->surname_text.n && add_alias(c, m, m->surname_text) < 0)
			return -1;
		m->actor->aliases = (struct strs){m->aliases, m->n_aliases};
	}
	return 0;
}
