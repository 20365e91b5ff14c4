/* The table of words and the acts they name. */
#include "extract/stance/act_words.h"

#include <stdlib.h>

#include "extract/tables/map.h"
#include "extract/tables/tables.h"

enum { TABLE_BYTES = 4 << 20 };

struct act_words {
	struct arena a;
	struct map acts;
};

static uint64_t key_of(enum act_word_class class, struct str lemma, struct str particle)
{
	uint64_t h = str_hash(lemma) * 31 + (particle.n ? str_hash(particle) : 0);
	return (h * 2 + class) | 1u << 31;
}

static int read_line(struct act_words *aw, struct table *t, struct err *e)
{
	int act = terms_find(&terms_act, t->cell[0]);
	bool is_verb = str_eq(t->cell[1], STR("v"));
	struct str words = t->cell[2], word;
	if (act < 0 || (!is_verb && !str_eq(t->cell[1], STR("n"))))
		return table_fail(t, "the act or the class of the words is unknown", e);
	while (str_split(&words, ' ', &word)) {
		struct str lemma;
		if (!str_split(&word, '+', &lemma) || lemma.n == 0)
			continue;
		uint32_t *at = map_at(&aw->acts,
				      key_of(is_verb ? ACT_WORD_VERB : ACT_WORD_OTHER, lemma, word),
				      &aw->a);
		if (!at)
			return arena_full(e);
		if (*at != MAP_NONE)
			return table_fail(t, "a word is there twice", e);
		*at = (uint32_t)act;
	}
	return 0;
}

struct act_words *act_words_open(struct err *e)
{
	struct act_words *aw = calloc(1, sizeof *aw);
	if (!aw) {
		arena_full(e);
		return NULL;
	}
	arena_init(&aw->a, TABLE_BYTES);
	struct table t = tables_open(TABLE_ACTS);
	while (table_next(&t))
		if (read_line(aw, &t, e) < 0) {
			act_words_close(aw);
			return NULL;
		}
	return aw;
}

void act_words_close(struct act_words *aw)
{
	if (!aw)
		return;
	arena_release(&aw->a);
	free(aw);
}

int act_words_find(const struct act_words *aw, enum act_word_class class, struct str lemma,
		   struct str particle)
{
	uint32_t act = map_get(&aw->acts, key_of(class, lemma, particle));
	return act == MAP_NONE ? -1 : (int)act;
}
