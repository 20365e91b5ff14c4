/* Names in the vocatives of questions. */
#include "extract/entity/addressed.h"

#include "extract/tables/lexicon.h"

static void note(struct addressed *who, uint64_t surname)
{
	for (size_t i = 0; i < who->n; i++)
		if (who->surnames[i] == surname)
			return;
	if (who->n < ADDRESSED_MOST)
		who->surnames[who->n++] = surname;
}

/* Is the token a courtesy title before a name by which the turn's hearer is called? */
static bool is_vocative(const struct text *t, const struct turn *k, uint32_t i)
{
	return text_is_in(t, i, SET_COURTESY_TITLE) && i + 2 < k->end &&
	       (t->tokens[i + 1].flags & TOK_CAPITAL) &&
	       (i == k->first || text_is(t, i - 1, ",") || text_is(t, i + 2, ","));
}

void addressed_find(const struct text *t, struct addressed *out)
{
	*out = (struct addressed){.n = 0};
	for (size_t n = 0; n < t->n_turns; n++) {
		const struct turn *k = &t->turns[n];
		for (uint32_t i = k->first; k->is_question && i < k->end; i++)
			if (is_vocative(t, k, i))
				note(out, t->tokens[i + 1].key);
	}
}

uint32_t addressed_in_post(const struct entities *es, const struct addressed *who,
			   const struct text *words, struct range post)
{
	uint32_t found = MAP_NONE;
	for (size_t i = 0; i < who->n; i++) {
		uint32_t known = gazetteer_titled(es->g, who->surnames[i], words, post, es->day);
		if (known != MAP_NONE && found != MAP_NONE && known != found)
			return MAP_NONE;
		found = known == MAP_NONE ? found : known;
	}
	return found;
}
