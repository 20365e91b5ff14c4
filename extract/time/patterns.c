/* Which patterns may start with a word of each class, and what may stand around a date. Each
 * pattern is tried at one word and says how far it goes; a word alone that is no time ("second",
 * "fall") needs company that makes it one. */
#include "extract/time/patterns.h"

#include "extract/time/date_patterns.h"
#include "extract/time/part_patterns.h"
#include "extract/time/unit_patterns.h"
#include "extract/time/weekday_patterns.h"

enum { NIGHT = 4 }; /* part of the day */

/* "the 26th": a day of a month that is not said. Amendments, congresses and anniversaries follow it
 * as nouns. */
static bool match_ordinal_day(const struct time_context *ctx, uint32_t i, struct time_match *out)
{
	struct time_match m = match_new(FORM_MONTH_DAY, TIME_DAY, i);
	unsigned next = tag_of(ctx, i + 1);
	m.day = time_day_at(ctx, i);
	bool has_place =
		i > 1 && is_class(ctx, i - 1, W_THE) && is_in(ctx, i - 2, SET_BEFORE_ORDINAL);
	bool ends = next == TAG_STOP || next == TAG_COMMA || next == TAG_IN || next == TAG_CC ||
		    next == TAG_CLOSE;
	if (word_at(ctx, i)->class != W_NTH || m.day == 0 || !has_place || !ends ||
	    is_class(ctx, i + 1, W_OF))
		return false;
	m.first = i - 1;
	*out = m;
	return true;
}

/* "USA Today", "the Today show": a name. */
static bool match_day(const struct time_context *ctx, uint32_t i, struct time_match *out)
{
	const struct time_word *w = word_at(ctx, i);
	struct time_match m = match_new(FORM_SHIFT, TIME_DAY, i);
	if (is_name_like(ctx, i))
		return false;
	bool is_nowadays = i > 1 && is_class(ctx, i - 1, W_OF) && w->class == W_DAY &&
			   w->value == 0 && tag_of(ctx, i + 1) != TAG_POS;
	if (is_nowadays && (tag_of(ctx, i - 2) == TAG_NN || tag_of(ctx, i - 2) == TAG_NNS ||
			    tag_of(ctx, i - 2) == TAG_NNP))
		return false; /* "the Australia of today" */
	if (w->class == W_TONIGHT) {
		m.part = NIGHT;
	} else {
		m.number = w->value;
		time_match_part_behind(ctx, &m);
	}
	*out = m;
	return true;
}

/* "over the weekend". */
static bool match_weekend(const struct time_context *ctx, uint32_t i, struct time_match *out)
{
	if (word_at(ctx, i)->value != TIME_WEEKEND || i < 2 || !is_class(ctx, i - 1, W_THE) ||
	    !is_in(ctx, i - 2, SET_BEFORE_WEEKEND) || tag_of(ctx, i + 1) == TAG_NN ||
	    is_class(ctx, i + 1, W_OF))
		return false;
	*out = match_new(FORM_SHIFT, TIME_WEEKEND, i);
	out->first = i - 1;
	return true;
}

/* The patterns that may start with a word of each class, in the order in which they are tried. */
static bool match_plain(const struct time_context *ctx, uint32_t i, struct time_match *out)
{
	enum { PATTERNS_MAX = 8 };
	typedef bool pattern(const struct time_context *, uint32_t, struct time_match *);
	static pattern *const patterns[W_COUNT_OF][PATTERNS_MAX] = {
		[W_NUMBER] = {time_match_digits, time_match_counted, time_match_second_day,
			      time_match_day_month, time_match_clock, time_match_decade,
			      time_match_year},
		[W_CLOCK] = {time_match_clock},
		[W_MOMENT] = {time_match_clock},
		[W_NTH] = {time_match_day_month, time_match_ordinal, match_ordinal_day},
		[W_DECADE] = {time_match_decade},
		[W_UNIT] = {match_weekend},
		[W_WEEKDAY] = {time_match_weekday},
		[W_SHORT_WEEKDAY] = {time_match_weekday},
		[W_MONTH] = {time_match_month},
		[W_SHORT_MONTH] = {time_match_month},
		[W_DAY] = {match_day},
		[W_TONIGHT] = {match_day},
		[W_COUNT] = {time_match_counted},
		[W_ORDINAL] = {time_match_year_part, time_match_ordinal},
		[W_SEASON] = {time_match_season},
		[W_LAST] = {time_match_year_part, time_match_shift},
		[W_FINAL] = {time_match_year_part},
		[W_PAST] = {time_match_shift},
		[W_THIS] = {time_match_shift},
		[W_NEXT] = {time_match_shift},
		[W_COMING] = {time_match_shift},
		[W_FOLLOWING] = {time_match_shift},
		[W_PREVIOUS] = {time_match_shift},
		[W_THAT] = {time_match_spoken_of},
		[W_SAME] = {time_match_spoken_of},
	};
	pattern *const *p = patterns[word_at(ctx, i)->class];
	if (word_at(ctx, i)->is_capital && time_match_feast(ctx, i, out))
		return true;
	for (size_t n = 0; n < PATTERNS_MAX && p[n]; n++)
		if (p[n](ctx, i, out))
			return true;
	return false;
}

/* "earlier in the day", "later in the week": the day or week of the reference, or of publication.
 */
static bool match_in_the(const struct time_context *ctx, uint32_t i, struct time_match *out)
{
	if (!is_in(ctx, i, SET_EDGE_IN) || !is_word(ctx, i + 1, "in") ||
	    !is_class(ctx, i + 2, W_THE) || !is_class(ctx, i + 3, W_UNIT))
		return false;
	struct time_match m =
		match_new(FORM_REFERENCE, (enum time_unit)word_at(ctx, i + 3)->value, i);
	m.last = m.head = i + 3;
	if (m.unit != TIME_DAY)
		m.form = FORM_SHIFT;
	*out = m;
	return true;
}

/* "late last year", "early April", "mid-2019", "later that day": part of the expression, as in
 * TimeML. */
static bool match_edge(const struct time_context *ctx, uint32_t i, struct time_match *out)
{
	if (match_in_the(ctx, i, out))
		return true;
	uint32_t k = i + 1;
	bool in_between = is_class(ctx, k, W_THE) ||
			  is_word(ctx, k, "in on"); /* "late in the 1990s", "late on Friday" */
	if (!match_plain(ctx, k, out) &&
	    !(is_class(ctx, k, W_THE) && time_match_spoken_of(ctx, k, out)) &&
	    !(in_between && word_at(ctx, i)->value < 2 && match_plain(ctx, k + 1, out)))
		return false;
	if (out->form == FORM_CLOCK || out->form == FORM_RANGE ||
	    (out->form == FORM_SHIFT && out->unit == TIME_DAY && word_at(ctx, i)->value < 2 &&
	     !out->part && is_class(ctx, k, W_NUMBER)))
		return false;
	if (in_between && out->first > k) /* said apart: the words between are no part of it */
		return true;
	out->first = i > 0 && is_class(ctx, i - 1, W_THE) ? i - 1 : i;
	return true;
}

/* "the end of the year", "the beginning of last month"; "the morning of April 26"; "the week of
 * April 22" is its day only. */
static bool match_part_of(const struct time_context *ctx, uint32_t i, struct time_match *out)
{
	struct time_match m;
	const struct time_word *w = word_at(ctx, i);
	if (!is_class(ctx, i + 1, W_OF))
		return false;
	bool is_the_unit =
		is_class(ctx, i + 2, W_THE) && is_class(ctx, i + 3, W_UNIT) && w->class == W_END;
	if (is_the_unit) {
		m = match_new(FORM_SHIFT, (enum time_unit)word_at(ctx, i + 3)->value, i);
		m.last = m.head = i + 3;
		if (m.unit == TIME_DAY)
			return false; /* "at the end of the day" */
	} else if (!match_plain(ctx, i + 2 + is_class(ctx, i + 2, W_THE), &m)) {
		return false;
	}
	if (m.form == FORM_RANGE || m.form == FORM_CLOCK ||
	    (w->class == W_PART && (m.unit != TIME_DAY || m.part)))
		return false;
	if (w->class == W_PART)
		m.part = (uint8_t)w->value;
	m.first = i;
	m.head = i;
	if (i > 0 && is_class(ctx, i - 1, W_THE))
		m.first = i - 1;
	*out = m;
	return true;
}

/* "8 p.m. Friday", "3:30 p.m. today": one expression when nothing stands between. */
static void join_day(const struct time_context *ctx, struct time_match *m)
{
	struct time_match day;
	uint32_t k = m->last + 1;
	if (is_mark(ctx, k, ','))
		return;
	if (!match_plain(ctx, k, &day) || day.unit != TIME_DAY || day.clock != NO_CLOCK ||
	    day.part || day.first != k ||
	    (day.form != FORM_WEEKDAY && day.form != FORM_SHIFT && day.form != FORM_DATE))
		return;
	day.first = m->first;
	day.clock = m->clock;
	day.is_utc = m->is_utc;
	*m = day;
}

bool time_match_at(const struct time_context *ctx, uint32_t i, struct time_match *out)
{
	enum time_class class = (enum time_class)word_at(ctx, i)->class;
	if (class == W_PUNCT || (class == W_NONE && !word_at(ctx, i)->is_capital))
		return false;
	if (class == W_EDGE)
		return match_edge(ctx, i, out);
	if (class == W_END || class == W_PART)
		return match_part_of(ctx, i, out);
	if (class == W_THE)
		return time_match_spoken_of(ctx, i, out);
	if (!match_plain(ctx, i, out))
		return false;
	if (out->form == FORM_CLOCK)
		join_day(ctx, out);
	return true;
}
