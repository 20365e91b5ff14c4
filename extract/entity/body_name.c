/* Names of bodies with small words in them. */
#include "extract/entity/body_name.h"

#include "extract/entity/name_run.h"

enum { NAME_MOST = 10 }; /* tokens */

static bool is_capital(const struct text *t, uint32_t i)
{
	return i < t->n_tokens && (t->tokens[i].flags & TOK_CAPITAL) &&
	       !(t->tokens[i].flags & TOK_PARAGRAPH_START) && !text_is_in(t, i, SET_CALENDAR);
}

/* May the token stand inside of a name? */
static bool is_inside(const struct text *t, uint32_t i)
{
	return is_capital(t, i) || text_is_joint(t, i) || text_is_one_of(t, i, ", ’") ||
	       holder_is_small_word(text_token(t, i));
}

static bool has_body(const struct holders *h, uint64_t key)
{
	uint32_t at = 0, body;
	while ((body = holders_next(h, LOOKUP_BODIES, key, &at)) != UINT32_MAX) {
		struct str rest = body_names(h, body), name;
		while (str_split(&rest, ';', &name))
			if (holder_title_key(name) == key)
				return true;
	}
	return false;
}

uint32_t body_name_known(const struct entities *es, uint32_t i)
{
	const struct text *t = es->t;
	uint64_t key = 0;
	uint32_t best = i;
	unsigned n = 0;
	if (holder_is_small_word(text_token(t, i)))
		return i;
	for (uint32_t k = i; k < t->n_tokens && k < i + NAME_MOST; k++) {
		if (k > i && ((t->tokens[k].flags & TOK_PARAGRAPH_START) || !is_inside(t, k)))
			break;
		if (!(t->tokens[k].flags & TOK_WORD) || holder_is_small_word(text_token(t, k)))
			continue;
		key += holder_share(t->tokens[k].key);
		if (++n > 1 && has_body(&es->g->holders, key))
			best = k + 1;
	}
	return best;
}

uint32_t body_name_end(const struct entities *es, uint32_t first, uint32_t end)
{
	const struct text *t = es->t;
	unsigned class = gazetteer_noun(es->g, &t->tokens[end - 1], NULL);
	bool is_enough =
		end >= first + 2 || (end == first + 1 && text_is_in(t, first, SET_NAMED_FOR));
	if (!is_enough || !(class & (NOUN_SUFFIX_ORGANIZATION | NOUN_ORGANIZATION)) ||
	    !text_is_one_of(t, end, "of for on"))
		return end;
	uint32_t last = end;
	for (uint32_t k = end + 1; k < t->n_tokens && k < end + NAME_MOST; k++) {
		if (is_capital(t, k) && !name_run_is_title(t, k))
			last = k + 1;
		else if (t->tokens[k].flags & TOK_PARAGRAPH_START ||
			 !(text_is(t, k, "and") || text_is_joint(t, k) ||
			   (k == end + 1 && text_is(t, k, "the"))))
			break;
	}
	return last;
}
