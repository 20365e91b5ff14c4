/* A hash table with open addresses over the file's rows. */
#include "api/format/webpage_words.h"

#include <string.h>

#include "base/embed.h"

EMBED(pages_tsv, "data/pages.tsv");

enum { SLOTS = 1024, WORD_MAX = 48 }; /* some 300 rows */

struct page_word {
	struct str table, word, value;
};

/* ASCII letters small; false when it is longer than any word of the table. */
static bool lower(struct str s, char out[WORD_MAX])
{
	if (s.n > WORD_MAX)
		return false;
	for (size_t i = 0; i < s.n; i++)
		out[i] = (char)(s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] + 32 : s.p[i]);
	return true;
}

static struct page_word *slot_of(const struct webpage_words *w, struct str table, struct str word)
{
	size_t at = (str_hash(table) * 31 + str_hash(word)) & w->mask;
	while (w->slots[at].table.p &&
	       !(str_eq(w->slots[at].table, table) && str_eq(w->slots[at].word, word)))
		at = (at + 1) & w->mask;
	return &w->slots[at];
}

int webpage_words_open(struct webpage_words *w, struct arena *a)
{
	struct str rest = EMBEDDED(pages_tsv), line;
	w->mask = SLOTS - 1;
	w->slots = arena_array(a, SLOTS, sizeof *w->slots);
	if (!w->slots)
		return -1;
	while (str_split(&rest, '\n', &line)) {
		struct page_word row;
		if (line.p[0] != '#' && str_split(&line, '\t', &row.table) &&
		    str_split(&line, '\t', &row.word)) {
			row.value = line;
			*slot_of(w, row.table, row.word) = row;
		}
	}
	return 0;
}

struct str webpage_words_get(const struct webpage_words *w, struct str table, struct str word)
{
	char small[WORD_MAX];
	if (!lower(word, small))
		return (struct str){NULL, 0};
	return slot_of(w, table, (struct str){small, word.n})->value;
}

bool webpage_words_starts_line(const struct webpage_words *w, struct str text)
{
	char small[WORD_MAX];
	struct str start = str_sub(text, 0, WORD_MAX);
	(void)lower(start, small);
	start.p = small;
	for (size_t i = 0; i <= w->mask; i++) {
		const struct page_word *row = &w->slots[i];
		if (row->table.p && str_eq(row->table, STR("line")) && str_starts(start, row->word))
			return true;
	}
	return false;
}
