/* By the title and what the head of the text says of its person. */
#include "extract/entity/presented.h"

#include "extract/entity/person_words.h"
#include "extract/tables/lexicon.h"
#include "extract/text/token.h"

enum { HEAD_TOKENS = 120, NAME_WORDS = 3 };

/* Whom the title calls by a surname, or more, and the head of the text in full or with a title;
 * NULL for nobody. */
static const struct mention *in_head(const struct entities *es, const struct text *title,
				     struct range name)
{
	const struct token *k = es->t->tokens, *in_title = title->tokens;
	for (size_t i = 0; i < es->n_mentions && es->mentions[i].first < HEAD_TOKENS; i++) {
		const struct mention *m = &es->mentions[i];
		if ((m->first < m->last || m->has_title) &&
		    es->v[m->entity].kind == MENTION_PERSON &&
		    k[m->last].key == in_title[name.last].key &&
		    (name.first == name.last || k[m->first].key == in_title[name.first].key))
			return m;
	}
	return NULL;
}

/* The token behind the last sentence with this word. */
static uint32_t behind(const struct text *t, uint64_t word)
{
	for (uint32_t i = (uint32_t)t->n_tokens; i-- > 0;)
		if (t->tokens[i].key == word)
			return t->sentences[text_sentence(t, i)].end;
	return 0;
}

static bool is_words(const struct text *t, uint32_t i)
{
	return text_is_in(t, i, SET_SPEECH_NOUN) || text_is_one_of(t, i, "transcript letter");
}

static bool speaks_of_words(const struct text *t, uint32_t first, uint32_t end)
{
	while (first < end && !is_words(t, first))
		first++;
	return first < end;
}

/* Past "The letter is available below." */
static uint32_t past_pointers(const struct text *t, uint32_t at)
{
	while (at < t->n_tokens) {
		uint32_t end = t->sentences[text_sentence(t, at)].end;
		bool points = false;
		for (uint32_t i = at; i < end; i++)
			points = points || text_is_one_of(t, i, "below follows");
		if (!points || !speaks_of_words(t, at, end))
			break;
		at = end;
	}
	return at;
}

/* "Rep. Holt's Call for Aid", "Holt: We Need Aid": a word that can be a name alone. */
static bool is_alone(const struct entities *es, const struct text *title, uint32_t i)
{
	struct name_entry n;
	bool is_name = !title->tokens[i].word && !gazetteer_match(es->g, title, i, i + 1, &n) &&
		       !gazetteer_is_place(es->g, title, i, i, NULL);
	return is_name &&
	       (text_is(title, i + 1, ":") || (i > 0 && text_is_one_of(title, i + 1, "'s ’s") &&
					       text_is_in(title, i - 1, SET_NAME_TITLE)));
}

int presented_find(struct entities *es, const struct text *title, struct referent *out,
		   uint32_t *first)
{
	const struct text *t = es->t;
	uint32_t start = person_words_behind_titles(title, 0);
	for (uint32_t i = start; i < start + NAME_WORDS && i + 1 < title->n_tokens; i++) {
		uint64_t surname = title->tokens[i].key;
		if (!(title->tokens[i].flags & TOK_CAPITAL) ||
		    text_is_one_of(title, i + 1, ", and &"))
			return 0;
		uint32_t end = behind(t, surname);
		const struct mention *m = in_head(es, title, (struct range){start, i});
		bool has_own = text_is_one_of(title, i + 1, "'s ’s");
		if (!end && i == start && is_alone(es, title, i)) {
			*first = 0;
			return person_words_name(es, title, (struct range){i, i}, out);
		}
		if (!m)
			continue;
		if (2 * end > t->n_tokens || !speaks_of_words(t, 0, end) ||
		    (has_own && !is_words(title, i + 2)))
			return 0;
		out->actor = es->v[m->entity].actor;
		*first = past_pointers(t, end);
		return 1;
	}
	return 0;
}
