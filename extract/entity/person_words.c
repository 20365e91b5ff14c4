/* Names outside of sentences. */
#include "extract/entity/person_words.h"

#include "base/fold.h"
#include "extract/entity/linking.h"
#include "extract/tables/lexicon.h"

bool person_word_is_title(const struct text *t, uint32_t i)
{
	return text_is_in(t, i, SET_NAME_TITLE) || text_is_in(t, i, SET_ROLE) ||
	       text_is(t, i, "the");
}

bool person_word_is_given(const struct entities *es, const struct text *t, uint32_t i)
{
	const struct token *k = &t->tokens[i];
	struct name_entry n;
	if (!(k->flags & TOK_CAPITAL) || person_word_is_title(t, i) ||
	    text_is_in(t, i, SET_LABEL_ASKER) || gazetteer_match(es->g, t, i, i + 1, &n))
		return false;
	return !k->word || k->end - k->start <= 2 || map_get(&es->g->given, k->key) != MAP_NONE;
}

/* No name goes on with it: a small word in a headline's capitals, a post, letters behind a name. */
static bool ends_name(const struct text *t, uint32_t i)
{
	const struct token *k = &t->tokens[i];
	unsigned tag = k->word ? k->word->tags[0] : TAG_NNP;
	bool is_small = tag != TAG_NNP && !tag_is_noun(tag) && tag != TAG_JJ;
	return !(k->flags & TOK_CAPITAL) || is_small || person_word_is_title(t, i) ||
	       text_is_in(t, i, SET_SPEECH_NOUN) || text_is_in(t, i, SET_LABEL_WORD) ||
	       text_is_in(t, i, SET_POSTNOMINAL);
}

/* A word of no language behind what a person's name follows: "by", a colon, a post. */
static bool follows_post(const struct entities *es, const struct text *t, uint32_t i)
{
	struct name_entry n;
	return i > 0 && !t->tokens[i].word && !gazetteer_match(es->g, t, i, i + 1, &n) &&
	       !gazetteer_is_place(es->g, t, i, i, NULL) &&
	       (text_is_in(t, i - 1, SET_POST_IN_TITLE) ||
		text_is_in(t, i - 1, SET_COURTESY_TITLE) || text_is_one_of(t, i - 1, "by :"));
}

struct range person_words_at(const struct entities *es, const struct text *t, uint32_t i)
{
	uint32_t end = i;
	while (end < t->n_tokens && end < i + PERSON_WORDS_MAX && !ends_name(t, end) &&
	       (end == i || !(t->tokens[end].flags & TOK_PARAGRAPH_START)) &&
	       (end < i + 2 || text_is_name_word(t, end)) &&
	       !(gazetteer_noun(es->g, &t->tokens[end], NULL) & NOUN_ORGANIZATION))
		end++;
	if (end < i + 2 || t->tokens[end - 1].end - t->tokens[end - 1].start <= 2)
		return RANGE_NONE;
	const struct token *k = &t->tokens[i];
	bool is_given = k->end - k->start <= 2 || map_get(&es->g->given, k->key) != MAP_NONE ||
			follows_post(es, t, i);
	return is_given ? (struct range){i, end - 1} : RANGE_NONE;
}

uint32_t person_words_behind_titles(const struct text *t, uint32_t i)
{
	while (i < t->n_tokens &&
	       (person_word_is_title(t, i) || text_is_one_of(t, i, ", h.e. hon hon. h. e. rt")))
		i++;
	return i;
}

/* "JOHN GORTON" as "John Gorton"; other names as they are. */
static struct str written(struct entities *es, const struct text *t, struct range r)
{
	struct str s = text_range(t, r.first, r.last);
	for (uint32_t i = r.first; i <= r.last; i++)
		if ((t->tokens[i].flags & TOK_WORD) && !(t->tokens[i].flags & TOK_ALL_CAPITALS) &&
		    t->tokens[i].end - t->tokens[i].start > 1)
			return s;
	char *p = arena_alloc(es->a, s.n + 1);
	bool inside = false;
	for (size_t i = 0; p && i < s.n; i++) {
		bool upper = s.p[i] >= 'A' && s.p[i] <= 'Z';
		if (str_starts(str_sub(s, i, s.n), STR("OF "))) /* "LORD LLOYD OF HAMPSTEAD" */
			inside = true;
		p[i] = upper && inside ? (char)(s.p[i] + 32) : s.p[i];
		inside = upper || (s.p[i] >= 'a' && s.p[i] <= 'z') || (unsigned char)s.p[i] >= 0x80;
	}
	return (struct str){p, p ? s.n : 0};
}

/* Someone of the gazetteer by the full name; MAP_NONE else. */
static uint32_t known_person(const struct entities *es, const struct text *t, struct range r)
{
	struct name_entry n;
	bool is_whole = gazetteer_match(es->g, t, r.first, r.last + 1, &n) == r.last - r.first + 1;
	return is_whole && n.actor != MAP_NONE && n.kind != NAME_BODY &&
			       es->g->actors[n.actor].kind == ACTOR_PERSON
		       ? n.actor
		       : MAP_NONE;
}

int person_words_name(struct entities *es, const struct text *t, struct range r,
		      struct referent *out)
{
	uint32_t index, known = known_person(es, t, r);
	if (known != MAP_NONE) {
		if (entities_of_known(es, known, &index) < 0)
			return -1;
		out->actor = es->v[index].actor;
		return 1;
	}
	struct str name = written(es, t, r), id = str_slug(es->a, name);
	if (!name.p || !id.p)
		return -1;
	if (id.n == 0)
		return 0;
	size_t before = es->n;
	if (entities_get(es, id, name, ACTOR_PERSON, STR_EMPTY, &index) < 0)
		return -1;
	struct entity *who = &es->v[index];
	if (who->known == MAP_NONE) { /* names.c may have taken it for a body */
		who->actor->kind = ACTOR_PERSON;
		who->actor->name = name;
		who->kind = MENTION_PERSON;
	}
	if (es->n > before && linking_link_named(es, index, t, r) < 0)
		return -1;
	out->actor = es->v[index].actor;
	return 1;
}

int person_words_post(struct entities *es, const struct text *t, struct range r,
		      struct referent *out)
{
	struct str name = written(es, t, r), id = str_slug(es->a, name);
	uint32_t index;
	if (!name.p || !id.p)
		return -1;
	if (id.n == 0)
		return 0;
	if (entities_get(es, id, name, ACTOR_ANONYMOUS, STR_EMPTY, &index) < 0)
		return -1;
	out->actor = es->v[index].actor;
	return 1;
}
