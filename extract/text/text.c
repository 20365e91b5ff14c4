/* What the steps ask of an article's tokens. */
#include "extract/text/text.h"

#include <string.h>

#include "extract/tables/lexicon.h"

bool text_is(const struct text *t, size_t i, const char *word)
{
	if (i >= t->n_tokens)
		return false;
	struct str s = text_lower(t, i);
	return strncmp(s.p, word, s.n) == 0 && word[s.n] == 0;
}

uint32_t text_paragraph(const struct text *t, uint32_t token)
{
	size_t low = 0, high = t->n_paragraphs;
	while (high - low > 1) {
		size_t middle = (low + high) / 2;
		if (t->paragraphs[middle] <= token)
			low = middle;
		else
			high = middle;
	}
	return (uint32_t)low;
}

uint32_t text_sentence(const struct text *t, uint32_t token)
{
	size_t low = 0, high = t->n_sentences;
	while (high - low > 1) {
		size_t middle = (low + high) / 2;
		if (t->sentences[middle].first <= token)
			low = middle;
		else
			high = middle;
	}
	return (uint32_t)low;
}

uint32_t text_turns_until(const struct text *t, uint32_t token)
{
	size_t low = 0, high = t->n_turns;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (t->turns[middle].first <= token)
			low = middle + 1;
		else
			high = middle;
	}
	return (uint32_t)low;
}

uint32_t text_turn(const struct text *t, uint32_t token)
{
	uint32_t n = text_turns_until(t, token);
	return n > 0 && token < t->turns[n - 1].end ? n : 0;
}

struct str text_range(const struct text *t, size_t first, size_t last)
{
	return (struct str){t->bytes.p + t->tokens[first].start,
			    t->tokens[last].end - t->tokens[first].start};
}

bool text_is_joint(const struct text *t, size_t i)
{
	const unsigned apart = TOK_SPACE_BEFORE | TOK_PARAGRAPH_START;
	if (i == 0 || i + 1 >= t->n_tokens ||
	    ((t->tokens[i].flags | t->tokens[i + 1].flags) & apart) ||
	    !(t->tokens[i - 1].flags & t->tokens[i + 1].flags & TOK_WORD))
		return false;
	struct str s = text_token(t, i);
	return str_eq(s, STR("-")) || str_eq(s, STR("\u2010")) || str_eq(s, STR("\u2011"));
}

bool text_is_name_word(const struct text *t, size_t i)
{
	const struct word_tags *w = t->tokens[i].word;
	for (unsigned k = 0; w && k < w->n; k++)
		if (w->tags[k] == TAG_NNP)
			return true;
	return !w;
}
