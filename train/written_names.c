/* Ranks, capitals, and names that are there already. */
#include "train/written_names.h"

#include "extract/entity/holders.h"
#include "train/peerage.h"

/* Does a list have the name already, by the words that count and their order: "Olympia J. Snowe"
 * beside "Olympia Snowe"? Titles of peers are not names of that kind. */
static bool has_name(struct str list, struct str name)
{
	struct str one;
	while (str_split(&list, ';', &one))
		if (holder_name_key(one, NULL) == holder_name_key(name, NULL) &&
		    holder_same_order(one, name))
			return true;
	return false;
}

struct str names_without_rank(struct arena *a, struct str names, bool is_british)
{
	struct str first = STR_EMPTY, others = STR_EMPTY, name, word;
	while (str_split(&names, ';', &name)) {
		struct peerage of;
		struct str rest = name;
		if (is_british && peerage_read(name, &of)) {
			name = of.name;
			others = arena_printf(a, "%.*s;%.*s %.*s", STR_ARG(others),
					      STR_ARG(of.rank), STR_ARG(of.title));
		} else if (str_split(&rest, ' ', &word) && rest.n &&
			   str_is_one_of(word, "Jnr Jr Jr. Snr Sr")) {
			name = rest;
		}
		if (first.n == 0)
			first = name;
		else if (!has_name(first, name) && !has_name(others, name))
			others = arena_printf(a, "%.*s;%.*s", STR_ARG(others), STR_ARG(name));
	}
	return others.n ? arena_printf(a, "%.*s%.*s", STR_ARG(first), STR_ARG(others)) : first;
}

struct str names_without_capitals(struct arena *a, struct str name)
{
	char *to = arena_alloc(a, name.n + 1);
	bool is_inside = false, any_small = false;
	for (size_t i = 0; i < name.n; i++) {
		bool upper = name.p[i] >= 'A' && name.p[i] <= 'Z';
		bool is_word = upper || (name.p[i] >= 'a' && name.p[i] <= 'z') || name.p[i] < 0;
		any_small = any_small || (name.p[i] >= 'a' && name.p[i] <= 'z');
		to[i] = upper && is_inside ? (char)(name.p[i] + 32) : name.p[i];
		is_inside = is_word;
	}
	return any_small ? (struct str){to, name.n} : name;
}
