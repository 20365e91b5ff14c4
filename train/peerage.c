/* Ranks and titles in the names of peers. */
#include "train/peerage.h"

/* The rank that a peer is spoken of by; "" for another word. */
static struct str spoken_rank(struct str word)
{
	return str_eq(word, STR("Baron")) || str_eq(word, STR("Lord")) ? STR("Lord")
	       : str_is_one_of(word, "Baroness Viscount Viscountess Earl Countess Marquess Duke")
		       ? word
		       : STR_EMPTY;
}

/* The last two words are the person's name. */
bool peerage_read(struct str name, struct peerage *out)
{
	struct str rest = name, word, last = STR_EMPTY, given = STR_EMPTY;
	if (!str_split(&rest, ' ', &word))
		return false;
	if (str_is_one_of(word, "st nd rd th") && !str_split(&rest, ' ', &word))
		return false;
	struct str of = rest;
	out->rank = spoken_rank(word);
	while (out->rank.n && str_split(&rest, ' ', &word)) {
		given = last;
		last = word;
	}
	if (given.n == 0 || given.p == of.p || str_eq(given, STR("of")))
		return false;
	out->name = str_sub(name, (size_t)(given.p - name.p), name.n);
	out->title = str_sub(of, 0, (size_t)(given.p - of.p) - 1);
	return !str_ends(out->title, STR(" of")); /* "Baroness Evans of Bowes Park" */
}
