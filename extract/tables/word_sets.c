#include "extract/tables/word_sets.h"

#include "extract/tables/tables.h"

#define X(name, word) word,
static const char *const names[WORD_SET_COUNT] = {WORD_SETS(X)};
#undef X

/* FNV-1a of the bytes as they are; 0 is no key. */
static uint64_t hash_of(struct str s)
{
	uint64_t h = 0xcbf29ce484222325u;
	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 0x100000001b3u;
	return h ? h : 1;
}

static int find_set(struct str name)
{
	for (int i = 1; i < WORD_SET_COUNT; i++)
		if (str_eq(name, str_of(names[i])))
			return i;
	return -1;
}

static int add_word(struct word_sets *ws, struct str word, int set, struct arena *a)
{
	uint32_t *at = map_at(&ws->by_word, hash_of(word), a);
	if (!at)
		return -1;
	if (*at == MAP_NONE) {
		if (arena_grow(a, (void **)&ws->rows, &ws->cap, ws->n + 1u, sizeof *ws->rows) < 0)
			return -1;
		ws->rows[ws->n] = (struct word_row){.word = word};
		*at = ws->n++;
	}
	ws->rows[*at].sets[set / 64] |= (uint64_t)1 << (set % 64);
	return 0;
}

static int read_line(struct word_sets *ws, const struct table *t, bool *is_there, struct arena *a,
		     struct err *e)
{
	int set = find_set(t->cell[0]);
	struct str list = t->cell[1], word;
	if (set < 0)
		return table_fail(t, "no rule asks for this set", e);
	while (str_split(&list, ' ', &word)) {
		if (add_word(ws, word, set, a) < 0)
			return arena_full(e);
		is_there[set] = true;
	}
	return 0;
}

int word_sets_read(struct word_sets *ws, struct arena *a, struct err *e)
{
	struct table t = tables_open(TABLE_WORD_SETS);
	bool is_there[WORD_SET_COUNT] = {true};
	*ws = (struct word_sets){0};
	if (arena_grow(a, (void **)&ws->rows, &ws->cap, 1, sizeof *ws->rows) < 0)
		return arena_full(e);
	ws->rows[ws->n++] = (struct word_row){.word = STR_EMPTY};
	while (table_next(&t))
		if (read_line(ws, &t, is_there, a, e) < 0)
			return -1;
	for (int i = 0; i < WORD_SET_COUNT; i++)
		if (!is_there[i])
			return err_set(e, ERR_INTERNAL, NULL, "table \"%s\": no words of \"%s\"",
				       t.name, names[i]);
	return 0;
}

uint32_t word_sets_row(const struct word_sets *ws, struct str word)
{
	uint32_t row = map_get(&ws->by_word, hash_of(word));
	return row != MAP_NONE && str_eq(ws->rows[row].word, word) ? row : 0;
}

bool word_sets_has_nocase(const struct word_sets *ws, struct str word, enum word_set set)
{
	char small[32];
	if (word.n > sizeof small)
		return false;
	for (size_t i = 0; i < word.n; i++)
		small[i] =
			word.p[i] >= 'A' && word.p[i] <= 'Z' ? (char)(word.p[i] + 32) : word.p[i];
	return word_sets_has(ws, word_sets_row(ws, (struct str){small, word.n}), set);
}
