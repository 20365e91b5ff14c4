/* How what is typed meets a name. */
#include "db/suggestion.h"

#include <string.h>

static const char *const suggested_words[] = {
#define X(name, word) word,
	SUGGESTED(X)
#undef X
};
static const char *const meeting_words[] = {
#define X(name, word) word,
	MEETINGS(X)
#undef X
};
const struct terms terms_suggested = {"kind of name", suggested_words, SUGGESTED_COUNT};
const struct terms terms_meeting = {"meeting", meeting_words, MEETING_COUNT};

enum { TYPED_MAX = 63 };

/* As many slips as nobody takes for another name. */
static size_t slips_allowed(size_t n)
{
	enum { SHORT = 4, LONG = 7 };
	return n < SHORT ? 0 : n < LONG ? 1 : 2;
}

/* The number of edits (as str_distance counts them) between `typed` and the beginning of `name`
 * that is nearest to it. */
static size_t distance_to_start(struct str typed, struct str name)
{
	size_t rows[3][2 * TYPED_MAX];
	size_t most = typed.n + slips_allowed(typed.n), width = name.n < most ? name.n : most;
	size_t *before = rows[0], *above = rows[1], *row = rows[2];
	for (size_t j = 0; j <= width; j++)
		above[j] = j;
	for (size_t i = 1; i <= typed.n; i++) {
		row[0] = i;
		for (size_t j = 1; j <= width; j++) {
			char x = typed.p[i - 1], y = name.p[j - 1];
			size_t d = above[j - 1] + (x != y);
			d = above[j] + 1 < d ? above[j] + 1 : d;
			d = row[j - 1] + 1 < d ? row[j - 1] + 1 : d;
			bool is_swap = i > 1 && j > 1 && x == name.p[j - 2] && typed.p[i - 2] == y;
			if (is_swap && before[j - 2] + 1 < d)
				d = before[j - 2] + 1;
			row[j] = d;
		}
		size_t *last = before;
		before = above;
		above = row;
		row = last;
	}
	size_t least = above[0];
	for (size_t j = 1; j <= width; j++)
		least = above[j] < least ? above[j] : least;
	return least;
}

/* At the beginning of one of its words. */
static bool is_spelled_like(struct str typed, struct str name)
{
	size_t allowed = typed.n <= TYPED_MAX ? slips_allowed(typed.n) : 0;
	/* Whoever slips at the first letter sees it. */
	for (size_t at = 0; allowed && at < name.n;) {
		struct str rest = str_sub(name, at, name.n);
		if (rest.p[0] == typed.p[0] && distance_to_start(typed, rest) <= allowed)
			return true;
		size_t space = str_find(rest, STR(" "), 0);
		at = space == SIZE_MAX ? name.n : at + space + 1;
	}
	return false;
}

enum meeting meeting_of(struct str typed, struct str name)
{
	if (str_eq(typed, name))
		return MEETING_WHOLE;
	if (str_starts(name, typed))
		return MEETING_START;
	for (size_t at = 0; (at = str_find(name, STR(" "), at)) != SIZE_MAX;)
		if (str_starts(str_sub(name, ++at, name.n), typed))
			return MEETING_WORD;
	return is_spelled_like(typed, name) ? MEETING_SPELLING : MEETING_NONE;
}

int suggestion_rank(const struct suggestion *s)
{
	static const int used[] = {[MEETING_WHOLE] = 0,
				   [MEETING_START] = 1,
				   [MEETING_WORD] = 2,
				   [MEETING_SPELLING] = 5,
				   [MEETING_NONE] = 7};
	static const int unused[] = {[MEETING_WHOLE] = 0,
				     [MEETING_START] = 3,
				     [MEETING_WORD] = 4,
				     [MEETING_SPELLING] = 6,
				     [MEETING_NONE] = 7};
	return s->statements ? used[s->meeting] : unused[s->meeting];
}
