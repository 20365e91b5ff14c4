#include "extract/text/furniture.h"

#include "extract/tables/tables.h"

bool text_is_furniture(const struct text *t, uint32_t paragraph)
{
	enum { TOKENS_MOST = 60 };
	uint32_t first = t->paragraphs[paragraph], end = t->paragraphs[paragraph + 1];
	if (end - first > TOKENS_MOST)
		return false;
	struct str s = str_sub(t->lower, t->tokens[first].start, t->tokens[end - 1].end);
	struct table phrases = tables_open(TABLE_FURNITURE);
	while (table_next(&phrases)) {
		bool is_start = str_eq(phrases.cell[0], STR("start"));
		if (is_start ? str_starts(s, phrases.cell[1])
			     : str_find(s, phrases.cell[1], 0) != SIZE_MAX)
			return true;
	}
	return false;
}
