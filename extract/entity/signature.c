/* Names that are lines of their own, at the head or the end. */
#include "extract/entity/signature.h"

#include "extract/entity/person_words.h"
#include "extract/entity/role.h"
#include "extract/tables/lexicon.h"

struct range signature_above(const struct entities *es, uint32_t at)
{
	const struct text *t = es->t;
	uint32_t end = t->paragraphs[text_paragraph(t, at)];
	for (uint32_t i = 1; i < end; i++) {
		bool starts = text_is_in(t, i - 1, SET_COURTESY_TITLE) ||
			      text_is_in(t, i - 1, SET_POST_IN_TITLE) ||
			      text_is_one_of(t, i - 1, "hon. speaker");
		struct range name = starts ? person_words_at(es, t, i) : RANGE_NONE;
		if (range_is(name) && name.last < end)
			return name;
	}
	return RANGE_NONE;
}

/* "Sincerely,", "Yours faithfully," */
static bool is_farewell(const struct text *t, uint32_t p)
{
	enum { WORDS_MOST = 4 };
	uint32_t first = t->paragraphs[p], end = t->paragraphs[p + 1];
	return end - first <= WORDS_MOST && text_is_in(t, first, SET_FAREWELL);
}

/* The name that a paragraph is, with letters or a post behind it. */
static struct range name_alone(const struct entities *es, uint32_t p)
{
	const struct text *t = es->t;
	uint32_t first = t->paragraphs[p], end = t->paragraphs[p + 1];
	if (first + 1 < end && text_is_one_of(t, first, "- – — --"))
		first++;
	first = person_words_behind_titles(t, first);
	struct range name = first < end ? person_words_at(es, t, first) : RANGE_NONE;
	bool is_whole = range_is(name) &&
			(name.last + 1 == end || text_is_in(t, name.last + 1, SET_POSTNOMINAL) ||
			 text_is_one_of(t, name.last + 1, ", ("));
	return is_whole && !(t->tokens[end - 1].flags & TOK_TERMINAL) ? name : RANGE_NONE;
}

/* "Ann Lee is a former minister" in the last line of a text that never names her else. */
static struct range name_of_life(const struct entities *es, uint32_t p)
{
	const struct text *t = es->t;
	uint32_t first = t->paragraphs[p];
	const struct mention *m = entities_mention(es, first);
	bool is_life = m && m->first == first && m->first < m->last &&
		       es->v[m->entity].actor->kind == ACTOR_PERSON &&
		       text_is_in(t, m->last + 1, SET_COPULA);
	for (size_t i = 0; is_life && i < es->n_mentions && es->mentions[i].first < first; i++)
		is_life = es->mentions[i].entity != m->entity;
	return is_life ? (struct range){m->first, m->last} : RANGE_NONE;
}

/* "Ann Lee, Minister for Ports", or "Ann Lee" above "Minister for Ports": a line of the head. */
static bool has_post_line(const struct text *t, uint32_t p, struct range name)
{
	enum { WORDS = 6 };
	uint32_t end = t->paragraphs[p + 1], first = name.last + 1;
	if (first == end && p + 2 < t->n_paragraphs) {
		first = end;
		end = t->paragraphs[p + 2];
	}
	bool is_post = false;
	for (uint32_t i = first; i < end && i < first + WORDS; i++)
		is_post = is_post || role_is_noun(t, i);
	return is_post && !(t->tokens[end - 1].flags & TOK_TERMINAL);
}

/* The name behind "Delivered by:" or "Speaker:" at the head of a line. */
static struct range name_delivering(const struct entities *es, uint32_t p)
{
	const struct text *t = es->t;
	uint32_t i = t->paragraphs[p];
	bool is_delivered = text_is(t, i, "delivered") && text_is(t, i + 1, "by");
	if (!is_delivered && !(text_is(t, i, "speaker") && text_is(t, i + 1, ":")))
		return RANGE_NONE;
	i = person_words_behind_titles(t, i + 2 + text_is(t, i + 2, ":"));
	return i < t->n_tokens ? person_words_at(es, t, i) : RANGE_NONE;
}

struct range signature_head(const struct entities *es)
{
	enum { LINES = 10 };
	const struct text *t = es->t;
	struct range found = RANGE_NONE;
	bool is_list = false;
	for (uint32_t p = 0; p + 1 < t->n_paragraphs && p < LINES; p++) {
		struct range name = name_delivering(es, p);
		if (range_is(name))
			return name;
		name = name_alone(es, p);
		if (!range_is(name) || !has_post_line(t, p, name))
			continue;
		is_list = is_list || range_is(found) || (p > 0 && text_is(t, name.first - 1, ","));
		found = name;
	}
	return is_list ? RANGE_NONE : found;
}

struct range signature_below(const struct entities *es)
{
	enum { LINES = 6, BARE_LINES = 2, NAME_LINES = 2 };
	const struct text *t = es->t;
	uint32_t n = (uint32_t)t->n_paragraphs, from = n > LINES ? n - LINES : 0;
	for (uint32_t p = from; p < n; p++)
		for (uint32_t k = p + 1; is_farewell(t, p) && k < n && k <= p + NAME_LINES; k++)
			if (range_is(name_alone(es, k)))
				return name_alone(es, k);
	for (uint32_t p = n; n > BARE_LINES && p-- > n - BARE_LINES;)
		if (range_is(name_alone(es, p)))
			return name_alone(es, p);
	return n > BARE_LINES ? name_of_life(es, n - 1) : RANGE_NONE;
}
