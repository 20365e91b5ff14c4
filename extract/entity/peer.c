/* From a peer's rank and title to the member of the House of Lords. */
#include "extract/entity/peer.h"

#include "extract/tables/key.h"

enum { PLACE_WORDS = 4 }; /* "Dulwich", "Heath and Reach" */

/* "Asthal" of "Baroness Scotland of Asthal". */
static struct str place_behind(const struct text *t, uint32_t last)
{
	uint32_t first = last + 2, end = first;
	if (first >= t->n_tokens || !text_is(t, last + 1, "of"))
		return STR_EMPTY;
	while (end < t->n_tokens && end < first + PLACE_WORDS &&
	       (t->tokens[end].flags & TOK_CAPITAL) &&
	       !(t->tokens[end].flags & TOK_PARAGRAPH_START))
		end++;
	return end > first ? text_range(t, first, end - 1) : STR_EMPTY;
}

void peer_read(const struct text *t, const struct mention *m, struct peer_title *of)
{
	uint32_t rank = m->first - 1;
	if (m->outer == m->first || !text_is_in(t, rank, SET_PEER) ||
	    !(t->tokens[rank].flags & TOK_CAPITAL))
		return;
	struct str place = place_behind(t, m->last);
	bool is_another = place.n && of->place.n && !str_eq(place, of->place);
	if (place.n)
		of->place = place;
	of->is_lady = of->is_lady || is_another || text_is_in(t, rank, SET_PEERESS);
	of->is_lord = of->is_lord || is_another || !text_is_in(t, rank, SET_PEERESS);
}

static bool sits(const struct holders *h, uint32_t holder, day_t day)
{
	for (uint32_t i = h->persons[holder].offices; i < h->persons[holder + 1].offices; i++) {
		const struct office_row *o = &h->offices[i];
		if (office_is_held_still(o, day) &&
		    str_eq(holders_unit(h, o->unit), STR("House of Lords")))
			return true;
	}
	return false;
}

/* Of another gender? Two of one word are nobody. */
static bool is_other(const struct holders *h, uint32_t holder, const struct peer_title *of)
{
	unsigned wrong = of->is_lady ? HOLDER_MAN : HOLDER_WOMAN;
	return (h->persons[holder].flags & wrong) || of->is_lord == of->is_lady;
}

/* Does one of the names have the place? */
static bool is_of_place(const struct holders *h, uint32_t holder, struct str place)
{
	struct str rest = holder_names(h, holder), name;
	while (str_split(&rest, ';', &name)) {
		size_t at = holder_peerage(name).n ? str_find(name, STR(" of "), 0) : SIZE_MAX;
		if (at != SIZE_MAX && str_starts(str_sub(name, at + 4, name.n), place))
			return true;
	}
	return false;
}

uint32_t peer_bearer(const struct entities *es, const struct peer_title *of, uint64_t surname)
{
	const struct holders *h = &es->g->holders;
	uint32_t at = 0, holder, found = MAP_NONE;
	bool is_several = false;
	if (es->day == DAY_NONE)
		return MAP_NONE;
	while ((holder = holders_next(h, LOOKUP_SURNAMES, holder_share(surname), &at)) !=
	       UINT32_MAX) {
		if (holder == found || is_other(h, holder, of) ||
		    !holder_has_surname(h, holder, surname) || !sits(h, holder, es->day))
			continue;
		if (of->place.n && is_of_place(h, holder, of->place))
			return holder;
		is_several = is_several || found != MAP_NONE;
		found = holder;
	}
	return is_several ? MAP_NONE : found;
}
