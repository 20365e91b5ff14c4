/* Reads the tables of given names, nouns, places and posts, and answers what a word or a phrase
 * is by them. */
#include "extract/entity/gazetteer_words.h"

#include "extract/tables/key.h"
#include "extract/tables/tables.h"
#include "extract/text/token.h"

/* Among the values of a map whose others are indices. */
#define PLACE_ANYWHERE (MAP_NONE - 1)

static int read_given_names(struct gazetteer *g, struct err *e)
{
	struct table t = tables_open(TABLE_GIVEN);
	while (table_next(&t)) {
		struct str list = t.cell[1], name;
		while (str_split(&list, ' ', &name)) {
			struct map *map = t.cell[0].p[0] == 's' ? &g->surnames : &g->given;
			uint32_t *at = name.n ? map_at(map, word_key(name), &g->a) : NULL;
			if (name.n && !at)
				return arena_full(e);
			if (at)
				*at = (uint32_t)(unsigned char)t.cell[0].p[0];
		}
	}
	return 0;
}

static uint64_t words_key(const struct text *t, size_t first, size_t end)
{
	uint64_t key = 0;
	for (size_t i = first; i < end; i++)
		if (t->tokens[i].flags & TOK_WORD)
			key = key_mix(key, t->tokens[i].key);
	return key ? key : 1;
}

static unsigned noun_class(struct str word)
{
	static const char *const words[] = {"man",
					    "woman",
					    "person",
					    "people",
					    "organization",
					    "place",
					    "suffix-organization",
					    "suffix-place",
					    "document",
					    "thing"};
	for (unsigned i = 0; i < sizeof words / sizeof words[0]; i++)
		if (str_eq(word, str_of(words[i])))
			return 1u << i;
	return 0;
}

static int read_nouns(struct gazetteer *g, enum table_id table, struct err *e)
{
	struct table t = tables_open(table);
	while (table_next(&t)) {
		struct str list = t.cell[1], noun;
		unsigned class = noun_class(t.cell[0]);
		if (!class)
			return table_fail(&t, "no such class", e);
		while (str_split(&list, ' ', &noun)) {
			uint32_t *at = noun.n ? map_at(&g->nouns, word_key(noun), &g->a) : NULL;
			if (noun.n && !at)
				return arena_full(e);
			if (at)
				*at = (*at == MAP_NONE ? 0 : *at) | class;
		}
	}
	return 0;
}

static int add_place(struct gazetteer *g, const struct lexicon *lx, struct str name,
		     uint32_t country, struct err *e)
{
	struct text words;
	struct arena scratch;
	arena_init_beside(&scratch, &g->a);
	bool is_full = text_tokenize(&words, name, lx, &scratch) < 0;
	uint64_t key = is_full ? 0 : words_key(&words, 0, words.n_tokens);
	arena_release(&scratch);
	bool is_new = map_get(&g->places, key) == MAP_NONE;
	uint32_t *at = is_full ? NULL : map_at(&g->places, key, &g->a);
	if (!at)
		return arena_full(e);
	*at = is_new || *at == country ? country : PLACE_ANYWHERE;
	return 0;
}

static int read_places(struct gazetteer *g, const struct lexicon *lx, struct err *e)
{
	struct table t = tables_open(TABLE_PLACES);
	while (table_next(&t)) {
		struct str list = t.cell[1], name;
		uint32_t country = gazetteer_index(g, t.cell[0]);
		if (country == MAP_NONE)
			country = PLACE_ANYWHERE;
		while (str_split(&list, ';', &name))
			if (add_place(g, lx, name, country, e))
				return -1;
	}
	return 0;
}

static int read_posts(struct gazetteer *g, struct err *e)
{
	struct table t = tables_open(TABLE_POSTS);
	while (table_next(&t)) {
		bool is_sure = !str_ends(t.cell[0], STR("?"));
		uint32_t country =
			gazetteer_index(g, str_sub(t.cell[0], 0, t.cell[0].n - !is_sure));
		struct str rest = t.cell[1], title;
		if (country == MAP_NONE)
			return table_fail(&t, "no such country", e);
		while (str_split(&rest, ';', &title)) {
			uint32_t *at = map_at(is_sure ? &g->posts : &g->likely_posts,
					      holder_title_key(title), &g->a);
			if (!at)
				return arena_full(e);
			*at = country;
		}
	}
	return 0;
}

int gazetteer_words_read(struct gazetteer *g, const struct lexicon *lx, struct err *e)
{
	return read_given_names(g, e) < 0 || read_nouns(g, TABLE_NOUNS, e) < 0 ||
			       read_nouns(g, TABLE_THINGS, e) < 0 || read_places(g, lx, e) < 0 ||
			       read_posts(g, e) < 0
		       ? -1
		       : 0;
}

bool gazetteer_is_place(const struct gazetteer *g, const struct text *t, size_t first, size_t last,
			uint32_t *country)
{
	uint32_t found = map_get(&g->places, words_key(t, first, last + 1));
	if (country)
		*country = found == PLACE_ANYWHERE ? MAP_NONE : found;
	return found != MAP_NONE;
}

unsigned gazetteer_noun(const struct gazetteer *g, const struct token *k, bool *is_plural)
{
	uint32_t found = map_get(&g->nouns, k->key);
	if (is_plural)
		*is_plural = found == MAP_NONE;
	if (found == MAP_NONE && k->stem != k->key)
		found = map_get(&g->nouns, k->stem);
	return found == MAP_NONE ? 0 : found;
}

char gazetteer_noun_gender(const struct gazetteer *g, const struct token *k)
{
	unsigned class = gazetteer_noun(g, k, NULL) & (NOUN_MAN | NOUN_WOMAN);
	return class == NOUN_MAN ? 'm' : class == NOUN_WOMAN ? 'f' : 0;
}
