/* By the last word, which is a name of its own, and the given name before it. */
#include "api/query/phrase_person.h"

#include "base/embed.h"
#include "base/fold.h"
#include "extract/tables/tables.h"

EMBED(nicknames_tsv, "data/nicknames.tsv");

/* Is the name (folded) made of more than `words` (folded), and of all of them? */
static bool has_all(struct str name, struct str words)
{
	struct str one;
	while (str_split(&words, ' ', &one))
		if (!str_has_word(name, one))
			return false;
	return true;
}

static bool is_border(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\0';
}

bool person_is_given(struct str word)
{
	struct str table = tables_open(TABLE_GIVEN).rest;
	for (size_t at = 0; (at = str_find(table, word, at)) != SIZE_MAX; at++)
		if ((at == 0 || is_border(table.p[at - 1])) &&
		    (at + word.n == table.n || is_border(table.p[at + word.n])))
			return true;
	return false;
}

/* "liz", "elizabeth"; both folded. */
static bool is_short_for(struct str a, struct str b)
{
	struct str table = EMBEDDED(nicknames_tsv), line, name;
	while (str_split(&table, '\n', &line))
		if (!str_starts(line, STR("#")) && str_split(&line, '\t', &name) &&
		    ((str_eq(name, a) && str_has_word(line, b)) ||
		     (str_eq(name, b) && str_has_word(line, a))))
			return true;
	return false;
}

/* How well an actor's name (folded) fits "given ... surname" (folded): all words, the surname
 * alone, another form of the given name. */
enum given { GIVEN_NONE, GIVEN_SMALL, GIVEN_CAPITAL };
enum fit { FIT_NONE, FIT_FORM, FIT_SURNAME, FIT_WHOLE };

static enum fit fit_of(struct str name, struct str words, enum given has_given)
{
	struct str given, other;
	if (has_all(name, words))
		return FIT_WHOLE;
	if (has_given == GIVEN_NONE)
		return FIT_NONE;
	(void)str_split(&words, ' ', &given);
	if (str_find(name, STR(" "), 0) == SIZE_MAX)
		return has_given == GIVEN_CAPITAL ? FIT_SURNAME : FIT_NONE;
	(void)str_split(&name, ' ', &other);
	return given.p[0] == other.p[0] || is_short_for(given, other) ? FIT_FORM : FIT_NONE;
}

/* Those of the best fit, in the order of what is known of them. */
static int choose(const struct actor_matches *of, struct str words, bool has_given, struct arena *a,
		  struct actor_matches *out, bool *has_persons, struct err *e)
{
	enum fit best = FIT_NONE;
	out->v = arena_array(a, of->n, sizeof *out->v);
	if (!out->v)
		return arena_full(e);
	for (size_t i = 0; i < of->n; i++) {
		if (of->v[i].actor.kind != ACTOR_PERSON)
			continue;
		struct str name = str_fold(a, of->v[i].actor.name);
		if (!name.p)
			return arena_full(e);
		*has_persons = true;
		enum fit fit = fit_of(name, words, has_given);
		if (fit == FIT_NONE || fit < best)
			continue;
		out->n = fit > best ? 0 : out->n;
		best = fit;
		out->v[out->n++] = of->v[i];
	}
	return 0;
}

static bool is_capital(const struct phrase_word *w)
{
	return w->text.p[0] < 'a' || w->text.p[0] > 'z';
}

/* Words beside each other of which the table of questions knows none. */
static bool can_be_person(const struct phrase_word *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (words[i].roles || (i + 1 < n && words[i].is_possessive))
			return false;
	return true;
}

/* "paul" as it is written in the table. */
static int with_capital(struct str word, struct arena *a, struct str *out, struct err *e)
{
	*out = arena_str(a, word);
	if (!out->p)
		return arena_full(e);
	if (word.n && word.p[0] >= 'a' && word.p[0] <= 'z')
		((char *)out->p)[0] = (char)(word.p[0] - 'a' + 'A');
	return 0;
}

/* A given name, which is nobody's own name ("Johnson"). */
static int find_given(const struct phrase_word *words, size_t n, struct lookup *names,
		      enum given *out, struct err *e)
{
	struct actor_matches of;
	struct str given;
	*out = GIVEN_NONE;
	if (with_capital(words[0].text, names->arena, &given, e))
		return -1;
	if (!person_is_given(given))
		return 0;
	if (lookup_actors(names, words[0].text, &of, e))
		return -1;
	if (of.n == 0)
		*out = is_capital(&words[0]) && is_capital(&words[n - 1]) ? GIVEN_CAPITAL
									  : GIVEN_SMALL;
	return 0;
}

int person_find(const struct phrase_word *words, size_t n, struct lookup *names,
		enum person_found *found, struct actor_matches *out, struct err *e)
{
	const struct phrase_word *last = &words[n - 1];
	struct actor_matches of;
	enum given has_given;
	bool has_persons = false;
	*found = PERSON_NONE;
	*out = (struct actor_matches){0};
	if (!can_be_person(words, n))
		return 0;
	if (lookup_actors(names, last->text, &of, e))
		return -1;
	struct str whole = {words[0].text.p,
			    (size_t)(last->text.p + last->text.n - words[0].text.p)};
	whole = str_fold(names->arena, whole);
	if (!whole.p)
		return arena_full(e);
	if (find_given(words, n, names, &has_given, e) ||
	    choose(&of, whole, has_given, names->arena, out, &has_persons, e))
		return -1;
	if (out->n)
		*found = PERSON_FOUND;
	else if (has_given == GIVEN_CAPITAL && (has_persons || (of.n == 0 && n == 2))) {
		*found = PERSON_STRANGER;
		*out = of;
	}
	return 0;
}
