/* By words and the stem of the last. */
#include "api/query/about_text.h"

#include "base/fold.h"

/* The word less an ending of the language, where enough is left to tell it by. */
static struct str stem(struct str word)
{
	static const struct {
		const char *ending;
		size_t least; /* letters before it */
	} endings[] = {{"ing", 4}, {"ed", 4}, {"es", 4}, {"s", 3}, {"e", 4}};
	for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
		struct str end = str_of(endings[i].ending);
		if (word.n >= end.n + endings[i].least && str_ends(word, end))
			return str_sub(word, 0, word.n - end.n);
	}
	return word;
}

/* How often the text (folded) has the words, the last by its stem. */
static size_t count_words(struct str text, struct str words)
{
	enum { ENDING_MAX = 3 };
	struct str start = stem(words);
	size_t n = 0;
	for (size_t at = 0; (at = str_find(text, start, at)) != SIZE_MAX; at++) {
		if (at > 0 && text.p[at - 1] != ' ')
			continue;
		size_t end = at + start.n;
		while (end < text.n && text.p[end] != ' ')
			end++;
		n += end - at <= words.n + ENDING_MAX;
	}
	return n;
}

int about_group_count(const struct about_group *g, struct str text, struct arena *a, size_t *out,
		      struct err *e)
{
	*out = 0;
	for (size_t i = 0; i < g->any.n; i++) {
		struct str folded = str_fold(a, g->any.v[i]);
		if (!folded.p)
			return arena_full(e);
		size_t n = folded.n ? count_words(text, folded) : 0;
		*out = n > *out ? n : *out;
	}
	return 0;
}
