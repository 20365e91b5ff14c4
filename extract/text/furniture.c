#include "extract/text/furniture.h"

#include "extract/tables/tables.h"

/* Does a paragraph have the phrase at its start, near its end, or anywhere? */
static bool is_there(struct str s, struct str where, struct str phrase)
{
	enum { END_BYTES = 48 };
	if (str_eq(where, STR("start")))
		return str_starts(s, phrase);
	bool is_end = str_eq(where, STR("end")) && s.n > END_BYTES;
	return str_find(s, phrase, is_end ? s.n - END_BYTES : 0) != SIZE_MAX;
}

bool text_is_furniture(const struct text *t, uint32_t paragraph)
{
	enum { TOKENS_MOST = 60 };
	uint32_t first = t->paragraphs[paragraph], end = t->paragraphs[paragraph + 1];
	if (end - first > TOKENS_MOST)
		return false;
	struct str s = str_sub(t->lower, t->tokens[first].start, t->tokens[end - 1].end);
	struct table phrases = tables_open(TABLE_FURNITURE);
	while (table_next(&phrases)) {
		if (is_there(s, phrases.cell[0], phrases.cell[1]))
			return true;
	}
	return false;
}
