/* Subjects: names with their appositions and relative clauses, before the verb or after it. */
#include "extract/source.h"

/* "Wang Yi, the foreign minister, said", "Bush, who had lost, said": the phrase before the commas; items, or none. */
static struct range across_commas(const struct view *v, uint32_t comma, uint32_t *last_of_name)
{
	for (uint32_t i = comma; i-- > v->first && comma - i < 26;) {
		unsigned k = view_tag(v, i);
		if (k == TAG_STOP || view_is(v, i, "; :"))
			break;
		if (k != TAG_COMMA)
			continue;
		unsigned next = view_tag(v, i + 1);
		uint32_t start = i > v->first ? phrase_noun_left(v, i - 1) : PHRASE_NONE;
		if (start == PHRASE_NONE || (start == i - 1 && view_tag(v, start) == TAG_CD))
			continue;
		*last_of_name = i - 1;
		bool is_apposition =
			next == TAG_DT || tag_is_noun(next) || next == TAG_CD || next == TAG_JJ || next == TAG_PRPS;
		unsigned before = start > v->first ? view_tag(v, start - 1) : TAG_COUNT;
		if (before == TAG_IN && !view_is(v, start - 1, "that") && next != TAG_W)
			continue; /* "In Paris, the minister, ..." */
		if (is_apposition || next == TAG_W)
			return (struct range){start, comma - 1};
		return (struct range){start, i - 1};
	}
	return RANGE_NONE;
}

static bool is_subject_gap(const struct view *v, uint32_t i)
{
	return view_tag(v, i) == TAG_RB || view_is(v, i, "both all each");
}

/* "Trump on Tuesday", "the group this week": the item before an expression of time that ends at `last`, or `last`. */
uint32_t source_before_adjunct(const struct view *v, uint32_t last)
{
	uint32_t i = last;
	while (i > v->first + 1 &&
	       (phrase_is_time_word(v, i) || (view_tag(v, i) == TAG_CD && phrase_is_time_word(v, i - 1)) ||
		(view_is(v, i, "morning afternoon evening night") && phrase_is_time_word(v, i - 1)) ||
		(view_is(v, i, "week month year weekend night morning") && view_is(v, i - 1, "this last earlier"))))
		i -= view_is(v, i, "week month year weekend night morning") && view_is(v, i - 1, "this last earlier") ? 2 : 1;
	if (i < last && i > v->first && view_is(v, i, "on in late early last earlier"))
		i--;
	return i;
}

/* The subject before a finite verb group; items. *who: last item of the antecedent when the subject is a relative word. */
struct range source_left(const struct view *v, uint32_t first, struct range before, uint32_t *who)
{
	uint32_t j = first;
	*who = PHRASE_NONE;
	while (j > v->first && is_subject_gap(v, j - 1))
		j--;
	if (j == v->first)
		return RANGE_NONE;
	j = source_before_adjunct(v, j - 1);
	if (view_tag(v, j) == TAG_W || (view_is(v, j, "that") && j > v->first && tag_is_noun(view_tag(v, j - 1)))) {
		if (j > v->first)
			*who = view_tag(v, j - 1) == TAG_COMMA && j > v->first + 1 ? j - 2 : j - 1;
		return (struct range){j, j};
	}
	if (view_tag(v, j) == TAG_COMMA || view_is(v, j, "— – -- -")) {
		uint32_t last = j;
		struct range r = across_commas(v, j, &last);
		if (range_is(r)) {
			*who = r.last == last ? PHRASE_NONE : last;
			return r;
		}
		return before;
	}
	if (view_tag(v, j) == TAG_CC)
		return before;
	uint32_t start = phrase_noun_left(v, j);
	return start == PHRASE_NONE ? RANGE_NONE : (struct range){start, j};
}

/* "said Blinken", "said the minister, a friend of China": the phrase after the verb, when what was said stands before it. */
struct range source_right(const struct view *v, uint32_t head)
{
	unsigned next = view_tag(v, head + 1);
	if (phrase_is_time_word(v, head + 1) || view_is(v, head + 1, "it that this them him me us"))
		return RANGE_NONE;
	if (!tag_is_noun(next) && next != TAG_DT && next != TAG_PRP && next != TAG_PRPS && next != TAG_JJ && next != TAG_CD)
		return RANGE_NONE;
	uint32_t end = phrase_noun_right(v, head + 1, true);
	if (end == head + 1)
		return RANGE_NONE;
	struct range r = {head + 1, end - 1};
	if (view_tag(v, end) == TAG_COMMA && next != TAG_PRP) {
		unsigned k = view_tag(v, end + 1);
		uint32_t more = phrase_noun_right(v, end + 1, true);
		unsigned after = view_tag(v, more);
		if (more > end + 1 &&
		    (k == TAG_DT || k == TAG_NN || k == TAG_PRPS || k == TAG_JJ || k == TAG_CD || k == TAG_NNP) &&
		    (after == TAG_COMMA || after == TAG_STOP || after == TAG_COUNT || after == TAG_IN || after == TAG_W))
			r.last = more - 1;
	}
	return r;
}
