/* Counted and shifted units, parts of years, and what may stand around a date. Each pattern is
 * tried at one word and says how far it goes; a word alone that is no time ("second", "fall") needs
 * company that makes it one. */
#include "extract/time/patterns.h"

#include "extract/time/calendar.h"
#include "extract/time/date_patterns.h"
#include "extract/time/feasts.h"

enum { EVENING = 3, NIGHT = 4 }; /* parts of the day */

/* --- counted and shifted units ---------------------------------------------------------------- */

static int count_at(const struct time_context *ctx, uint32_t i)
{
	const struct time_word *w = word_at(ctx, i);
	bool is_count = w->class == W_COUNT || (w->class == W_NUMBER && w->digits <= 3);
	return is_count ? w->value : 0;
}

static bool is_unit(const struct time_context *ctx, uint32_t i, int n)
{
	return is_class(ctx, i, W_UNITS) || (n == 1 && is_class(ctx, i, W_UNIT));
}

/* "nearly", "more than" before a count are of the expression. */
static uint32_t widen_about(const struct time_context *ctx, uint32_t i)
{
	if (i > 0 && is_in(ctx, i - 1, SET_APPROXIMATE))
		return i - 1;
	if (i > 1 && is_word(ctx, i - 1, "than") && is_word(ctx, i - 2, "more less"))
		return i - 2;
	return i;
}

/* "two weeks ago", "a year earlier", "three days later", "ten years from now". */
static bool match_counted(const struct time_context *ctx, uint32_t i, struct time_match *out)
{
	int n = count_at(ctx, i);
	if (n == 0 || (i > 0 && word_at(ctx, i - 1)->is_joined) || word_at(ctx, i + 1)->is_joined ||
	    !is_unit(ctx, i + 1, n))
		return false;
	struct time_match m = match_new(FORM_SHIFT, (enum time_unit)word_at(ctx, i + 1)->value, i);
	m.head = i + 1;
	m.last = i + 2;
	if (is_class(ctx, i + 2, W_AGO)) {
		m.number = -n;
	} else if (is_in(ctx, i + 2, SET_AFTER_LENGTH)) {
		m.form = FORM_REFERENCE;
		m.number = is_word(ctx, i + 2, "earlier before") ? -n : n;
		m.needs_reference =
			m.number > 0; /* "a year later" is never counted from publication */
		unsigned next = tag_of(ctx, i + 3);
		if (is_word(ctx, i + 2, "before") && next != TAG_COMMA && next != TAG_STOP)
			return false; /* "two days before the vote" */
		if (is_word(ctx, i + 3, "than"))
			return false;
	} else if (is_word(ctx, i + 2, "from") && is_word(ctx, i + 3, "now today")) {
		m.number = n;
		m.last = i + 3;
	} else {
		return false;
	}
	m.first = widen_about(ctx, i);
	*out = m;
	return true;
}

/* "of March", "of 2022", "of the year": what stands before it is a part of that, and not counted
 * from publication. */
static bool is_of_period(const struct time_context *ctx, uint32_t i)
{
	uint32_t k = i + 1;
	if (!is_class(ctx, i, W_OF))
		return false;
	if (is_class(ctx, k, W_THE) || is_class(ctx, k, W_LAST) || is_class(ctx, k, W_THIS) ||
	    is_class(ctx, k, W_NEXT))
		return is_class(ctx, k + 1, W_UNIT);
	return time_is_year(ctx, k) || (is_class(ctx, k, W_MONTH) && word_at(ctx, k)->is_capital) ||
	       (is_class(ctx, k, W_SHORT_MONTH) && has_stop(ctx, k));
}

/* "the past decade", "the last three years", "the next two weeks". */
static bool match_range(const struct time_context *ctx, uint32_t i, struct time_match *out)
{
	enum time_class class = (enum time_class)word_at(ctx, i)->class;
	bool is_back = class == W_PAST || class == W_LAST;
	int n = count_at(ctx, i + 1);
	uint32_t unit = i + 1 + (n > 0);
	if (class == W_THIS || class == W_FOLLOWING || class == W_PREVIOUS)
		return false;
	if (n == 0)
		n = 1;
	if (!is_unit(ctx, unit, n) || (n == 1 && unit > i + 1))
		return false;
	struct time_match m = match_new(FORM_RANGE, (enum time_unit)word_at(ctx, unit)->value, i);
	bool has_the = i > 0 && (is_class(ctx, i - 1, W_THE) || is_word(ctx, i - 1, "these those"));
	if (is_of_period(ctx, unit + 1)) /* "the last two weeks of March" */
		return false;
	bool is_vague = class == W_COMING || m.unit == TIME_WEEKEND ||
			(m.unit == TIME_DAY && class != W_PAST);
	if (n == 1 &&
	    (!has_the || is_vague || is_class(ctx, unit, W_UNITS) || is_class(ctx, unit + 1, W_OF)))
		return false; /* "the last day of school" */
	m.first = i - has_the;
	m.last = m.head = unit;
	m.number = is_back ? -n : n;
	*out = m;
	return true;
}

/* --- days that have a name -------------------------------------------------------------------- */

/* "Christmas", "Election Day 2016", "New Year's Eve"; no "Christmas Island", nor every Easter. */
static bool match_feast(const struct time_context *ctx, uint32_t i, struct time_match *out)
{
	uint32_t last, k = i;
	const struct feast *feast = word_at(ctx, i)->is_joined
					    ? NULL
					    : feasts_match(time_words_feasts(ctx->tw), ctx->t,
							   word_at(ctx, i)->token, &last);
	if (!feast || time_is_greeting(ctx, i) ||
	    (i > 0 && (is_class(ctx, i - 1, W_HABIT) || is_class(ctx, i - 1, W_COUNT))))
		return false;
	while (k + 1 < ctx->words.n && word_at(ctx, k + 1)->token <= last)
		k++;
	unsigned next = tag_of(ctx, k + 1);
	bool is_noun = next == TAG_NN || next == TAG_NNS || next == TAG_JJ;
	bool is_in_name = (is_name_like(ctx, k + 1) && word_at(ctx, k + 1)->class == W_NONE) ||
			  is_in(ctx, k + 1, SET_TREATY); /* "the Good Friday agreement" */
	if (i > 0) {
		bool is_name = is_name_like(ctx, i - 1) && tag_of(ctx, i - 1) == TAG_NNP &&
			       word_at(ctx, i - 1)->class == W_NONE;
		is_in_name = is_in_name || is_name;
		is_noun = is_noun ||
			  (tag_of(ctx, i - 1) == TAG_JJ && word_at(ctx, i - 1)->class == W_NONE);
	}
	if (is_in_name || (k == i && is_noun))
		return false;
	*out = match_new(FORM_FEAST, TIME_DAY, i);
	out->feast = feast;
	out->last = out->head = k;
	if (i > 0 && is_class(ctx, i - 1, W_THE))
		out->first = i - 1;
	time_match_year_behind(ctx, out);
	return true;
}

static enum time_direction direction_of(enum time_class class)
{
	switch (class) {
	case W_LAST:
		return DIRECTION_LAST;
	case W_PAST:
		return DIRECTION_PAST;
	case W_NEXT:
		return DIRECTION_NEXT;
	case W_COMING:
		return DIRECTION_COMING;
	case W_FOLLOWING:
		return DIRECTION_FOLLOWING;
	case W_PREVIOUS:
		return DIRECTION_PREVIOUS;
	default:
		return DIRECTION_THIS;
	}
}

/* "last Friday", "next April", "this summer", "last Christmas". */
static bool match_shifted_name(const struct time_context *ctx, uint32_t i,
			       enum time_direction direction, struct time_match *out)
{
	struct time_match m;
	const struct time_word *w = word_at(ctx, i + 1);
	if (w->class == W_WEEKDAY && time_match_weekday(ctx, i + 1, &m)) {
		;
	} else if (w->class == W_MONTH && w->is_capital && time_match_month(ctx, i + 1, &m)) {
		;
	} else if (w->class == W_SEASON && !w->is_capital) {
		m = match_new(FORM_YEAR_PART, TIME_SEASON, i + 1);
		m.number = w->value;
	} else if (w->is_capital && match_feast(ctx, i + 1, &m)) {
		;
	} else {
		return false;
	}
	m.first = i;
	m.direction = direction;
	if (is_class(ctx, i, W_THIS) && i > 0 &&
	    is_word(ctx, i - 1, "of")) /* "on Friday of this week" is no "this Friday" */
		return false;
	if (direction == DIRECTION_THIS && is_class(ctx, i + 2, W_PAST))
		return false;
	if (direction == DIRECTION_FOLLOWING && !(i > 0 && is_class(ctx, i - 1, W_THE)))
		return false; /* "Following Tuesday's vote": after it */
	*out = m;
	return true;
}

/* "this past Saturday", "this coming week": the second word says which; its number goes to *k. */
static enum time_direction read_direction(const struct time_context *ctx, uint32_t *k)
{
	if (is_class(ctx, *k, W_THIS) &&
	    (is_class(ctx, *k + 1, W_PAST) || is_class(ctx, *k + 1, W_COMING)))
		++*k;
	return direction_of((enum time_class)word_at(ctx, *k)->class);
}

static int shift_of(enum time_direction direction)
{
	switch (direction) {
	case DIRECTION_LAST:
	case DIRECTION_PAST:
	case DIRECTION_PREVIOUS:
		return -1;
	case DIRECTION_THIS:
		return 0;
	default:
		return 1;
	}
}

/* "the next quarter of a century", "half of the decade": a length. */
static bool is_of_century(const struct time_context *ctx, uint32_t i)
{
	return is_class(ctx, i, W_OF) && is_class(ctx, i + 1, W_COUNT) &&
	       is_class(ctx, i + 2, W_UNIT);
}

/* "last week", "this month", "next year"; "the previous day", "the following year". `k`: the word
 * before the unit. */
static bool match_shifted_unit(const struct time_context *ctx, uint32_t i, uint32_t k,
			       enum time_direction direction, struct time_match *out)
{
	enum time_class class = (enum time_class)word_at(ctx, i)->class;
	const struct time_word *w = word_at(ctx, k + 1);
	bool by_reference = class == W_FOLLOWING || class == W_PREVIOUS;
	if (w->class != W_UNIT || class == W_PAST || is_of_century(ctx, k + 2) ||
	    (class == W_LAST && is_of_period(ctx, k + 2)) || /* "the last week of March" */
	    (class == W_LAST && i > 0 && is_class(ctx, i - 1, W_THE) && is_class(ctx, k + 2, W_OF)))
		return false;
	struct time_match m =
		match_new(by_reference ? FORM_REFERENCE : FORM_SHIFT, (enum time_unit)w->value, i);
	m.last = m.head = k + 1;
	m.number = shift_of(direction);
	m.direction =
		m.unit == TIME_WEEKEND && direction == DIRECTION_THIS ? DIRECTION_TENSE : direction;
	m.needs_reference = by_reference;
	if (m.unit == TIME_DAY && direction != DIRECTION_FOLLOWING &&
	    direction != DIRECTION_PREVIOUS)
		return false; /* "this day", "last day" */
	if ((by_reference || class == W_COMING) && i > 0 && is_class(ctx, i - 1, W_THE))
		m.first = i - 1;
	*out = m;
	return true;
}

/* "this morning", "last night". */
static bool match_shifted_part(const struct time_context *ctx, uint32_t i, uint32_t k,
			       enum time_direction direction, struct time_match *out)
{
	enum time_class class = (enum time_class)word_at(ctx, i)->class;
	const struct time_word *w = word_at(ctx, k + 1);
	if (w->class != W_PART || w->is_capital ||
	    (class != W_THIS && (class != W_LAST || w->value < EVENING)))
		return false;
	*out = match_new(FORM_SHIFT, TIME_DAY, i);
	out->last = out->head = k + 1;
	out->number = shift_of(direction);
	out->part = (uint8_t)w->value;
	return true;
}

static bool match_shift(const struct time_context *ctx, uint32_t i, struct time_match *out)
{
	uint32_t k = i;
	enum time_direction direction = read_direction(ctx, &k);
	if (is_in(ctx, k + 1, SET_YEAR_KIND) && is_class(ctx, k + 2, W_UNIT) &&
	    word_at(ctx, k + 2)->value == TIME_YEAR)
		k++;
	if (match_shifted_name(ctx, k, direction, out)) {
		out->first = i;
		return true;
	}
	if (match_range(ctx, i, out))
		return true;
	return !word_at(ctx, k + 1)->is_joined && !word_at(ctx, k + 2)->is_joined &&
	       (match_shifted_part(ctx, i, k, direction, out) ||
		match_shifted_unit(ctx, i, k, direction, out));
}

/* "that November". */
static bool match_that_month(const struct time_context *ctx, uint32_t i, struct time_match *out)
{
	if (!is_class(ctx, i, W_THAT) || !is_class(ctx, i + 1, W_MONTH) ||
	    !time_match_month(ctx, i + 1, out) || out->day > 0 || out->year > 0)
		return false; /* said "that May 5" */
	out->first = i;
	out->needs_reference = true;
	return true;
}

/* "that day", "the same year", "the same morning". */
static bool match_same(const struct time_context *ctx, uint32_t k, struct time_match *m)
{
	const struct time_word *w = word_at(ctx, k + 1);
	if (w->class == W_UNIT)
		m->unit = (enum time_unit)w->value;
	else if (w->class == W_PART && is_class(ctx, k, W_SAME))
		m->part = (uint8_t)w->value;
	else
		return false;
	m->last = m->head = k + 1;
	return !word_at(ctx, k + 2)->is_joined &&
	       (k > m->first || tag_of(ctx, k + 2) != TAG_NN); /* said "that day care" */
}

/* "the day before", "the day after", "the day before yesterday". */
static bool match_day_beside(const struct time_context *ctx, uint32_t k, struct time_match *m)
{
	bool is_back = is_class(ctx, k + 1, W_BEFORE);
	unsigned next = tag_of(ctx, k + 2);
	if (!is_back && !is_class(ctx, k + 1, W_AFTER))
		return false;
	m->head = k;
	m->last = k + 1;
	m->number = is_back ? -1 : 1;
	if (is_class(ctx, k + 2, W_DAY) && word_at(ctx, k + 2)->value == m->number) {
		m->form = FORM_SHIFT;
		m->number *= 2;
		m->last = k + 2;
		return true;
	}
	return next == TAG_STOP || next == TAG_COMMA;
}

static bool is_day(const struct time_context *ctx, uint32_t i)
{
	return is_class(ctx, i, W_UNIT) && word_at(ctx, i)->value == TIME_DAY;
}

/* What counts from the time spoken of: "that day", "the same year", "the next day", "the day
 * before". */
static bool match_spoken_of(const struct time_context *ctx, uint32_t i, struct time_match *out)
{
	uint32_t k = i + is_class(ctx, i, W_THE);
	bool is_that = k == i && is_class(ctx, k, W_THAT);
	if (is_that && is_class(ctx, k + 1, W_MONTH))
		return match_that_month(ctx, i, out);
	*out = match_new(FORM_REFERENCE, TIME_DAY, i);
	out->needs_reference = true;
	if (is_that || is_class(ctx, k, W_SAME))
		return match_same(ctx, k, out);
	if (k > i && is_class(ctx, k, W_NEXT) && is_day(ctx, k + 1)) {
		out->number = 1;
		out->last = out->head = k + 1;
		return true;
	}
	return k > i && is_day(ctx, k) && match_day_beside(ctx, k, out);
}

/* --- parts of years, decades, centuries ------------------------------------------------------- */

static bool is_sport(const struct time_context *ctx, uint32_t i)
{
	enum { REACH = 25 };
	for (uint32_t k = i; k > 0 && i - k < REACH && !starts_segment(ctx, k); k--)
		if (is_class(ctx, k - 1, W_SPORT))
			return true;
	for (uint32_t k = i + 1; k < ctx->words.n && k - i < REACH && !starts_segment(ctx, k); k++)
		if (is_class(ctx, k, W_SPORT))
			return true;
	return false;
}

/* Which one of the parts of a year: "first" is 1, "last" the last, 0 for neither. */
static int part_number(const struct time_word *w, int parts)
{
	return w->class == W_LAST || w->class == W_FINAL    ? parts
	       : w->class == W_ORDINAL || w->class == W_NTH ? w->value
							    : 0;
}

/* "the last quarter of 2022", "the first month of the year", "the first three months of 2016". */
static bool match_year_part(const struct time_context *ctx, uint32_t i, struct time_match *out)
{
	int n = count_at(ctx, i + 1);
	uint32_t k = i + 1 + (n > 0);
	const struct time_word *w = word_at(ctx, i), *part = word_at(ctx, k);
	bool is_part = part->class == W_HALF ||
		       ((part->class == W_UNIT || (part->class == W_UNITS && n > 0)) &&
			(part->value == TIME_MONTH || part->value == TIME_QUARTER));
	if (!is_part)
		return false;
	enum time_unit unit = part->class == W_HALF ? TIME_HALF : (enum time_unit)part->value;
	int months = calendar_months(unit), parts = 12 / months, number = part_number(w, parts);
	struct time_match m = match_new(FORM_YEAR_PART, unit, i);
	m.last = m.head = k;
	time_match_year_behind(ctx, &m);
	if (m.last == k || number < 1 || number > parts || n * months >= 12)
		return false;
	m.number = number;
	if (n > 1) { /* in months, from the first on or up to the last */
		if (number > 1 && number < parts)
			return false;
		m.unit = TIME_MONTH;
		m.months = n * months;
		m.number = number == 1 ? 1 : 12 - m.months + 1;
	}
	if (i > 0 && is_class(ctx, i - 1, W_THE))
		m.first = i - 1;
	*out = m;
	return true;
}

/* "the third quarter of 2019", "third-quarter", "the first half of the year", "the 19th century".
 */
static bool match_ordinal(const struct time_context *ctx, uint32_t i, struct time_match *out)
{
	const struct time_word *w = word_at(ctx, i), *next = word_at(ctx, i + 1);
	if (w->class != W_ORDINAL && w->class != W_NTH)
		return false;
	bool is_quarter = next->class == W_UNIT && next->value == TIME_QUARTER && w->value <= 4;
	bool is_half = next->class == W_HALF && w->value <= 2;
	bool is_century = next->class == W_UNIT && next->value == TIME_CENTURY && w->value <= 21 &&
			  w->value >= 10;
	struct time_match m = match_new(FORM_YEAR_PART,
					is_quarter ? TIME_QUARTER
					: is_half  ? TIME_HALF
						   : TIME_CENTURY,
					i);
	if (!is_quarter && !is_half && !is_century)
		return false;
	m.number = w->value;
	m.last = m.head = i + 1;
	if (is_century)
		m.form = FORM_CENTURY;
	else
		time_match_year_behind(ctx, &m);
	bool is_dated = m.last > i + 1;
	if (!is_dated && (is_half || (is_quarter && is_sport(ctx, i))))
		return false;
	if (i > 0 && is_class(ctx, i - 1, W_THE))
		m.first = i - 1;
	*out = m;
	return true;
}

/* "the spring of 2021", "in spring 2021", "the fall": falls and springs of other kinds have an
 * object or a capital. */
static bool match_season(const struct time_context *ctx, uint32_t i, struct time_match *out)
{
	struct time_match m = match_new(FORM_YEAR_PART, TIME_SEASON, i);
	const struct time_word *w = word_at(ctx, i);
	bool has_the = i > 0 && is_class(ctx, i - 1, W_THE);
	m.number = w->value;
	time_match_year_behind(ctx, &m);
	if (m.last == i) {
		uint32_t before = i - has_the;
		bool has_edge =
			before > 1 && is_class(ctx, before - 1, W_EDGE); /* "by late summer" */
		bool has_place = before > 0 && is_in(ctx, before - 1, SET_BEFORE_SEASON);
		unsigned next = tag_of(ctx, i + 1);
		bool is_object = is_class(ctx, i + 1, W_OF) || next == TAG_NN || next == TAG_NNS ||
				 next == TAG_JJ || word_at(ctx, i + 1)->is_joined;
		if (!(has_the && has_place) &&
		    !(has_edge && is_word(ctx, before - 2, "in by since until")))
			return false;
		if (w->is_capital || is_object)
			return false;
	}
	m.first = i - has_the;
	*out = m;
	return true;
}

/* "the 1990s", "the '90s". Somebody's thirties, and the sixties of a thermometer, have no
 * apostrophe. */
static bool match_decade(const struct time_context *ctx, uint32_t i, struct time_match *out)
{
	const struct time_word *w = word_at(ctx, i);
	struct time_match m = match_new(FORM_DECADE, TIME_DECADE, i);
	bool is_plain =
		w->class == W_NUMBER && w->digits == 4 && w->value % 10 == 0 &&
		is_word(ctx, i + 1, "'s ’s") && i > 0 &&
		(is_class(ctx, i - 1, W_THE) || is_class(ctx, i - 1, W_EDGE)); /* "the 1990's" */
	if (is_plain)
		m.last = i + 1;
	else if (w->class != W_DECADE)
		return false;
	m.year = w->value;
	if (w->digits == 2) {
		if (!w->has_apostrophe || w->value < 20)
			return false;
		m.year += 1900;
	} else if (w->digits != 4 || w->value < FIRST_YEAR || w->value > LAST_YEAR) {
		return false;
	}
	if (m.first > 0 && is_class(ctx, m.first - 1, W_THE))
		m.first--;
	*out = m;
	return true;
}

/* --- what may stand around all of these ------------------------------------------------------- */

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
		[W_NUMBER] = {time_match_digits, match_counted, time_match_second_day,
			      time_match_day_month, time_match_clock, match_decade,
			      time_match_year},
		[W_CLOCK] = {time_match_clock},
		[W_MOMENT] = {time_match_clock},
		[W_NTH] = {time_match_day_month, match_ordinal, match_ordinal_day},
		[W_DECADE] = {match_decade},
		[W_UNIT] = {match_weekend},
		[W_WEEKDAY] = {time_match_weekday},
		[W_SHORT_WEEKDAY] = {time_match_weekday},
		[W_MONTH] = {time_match_month},
		[W_SHORT_MONTH] = {time_match_month},
		[W_DAY] = {match_day},
		[W_TONIGHT] = {match_day},
		[W_COUNT] = {match_counted},
		[W_ORDINAL] = {match_year_part, match_ordinal},
		[W_SEASON] = {match_season},
		[W_LAST] = {match_year_part, match_shift},
		[W_FINAL] = {match_year_part},
		[W_PAST] = {match_shift},
		[W_THIS] = {match_shift},
		[W_NEXT] = {match_shift},
		[W_COMING] = {match_shift},
		[W_FOLLOWING] = {match_shift},
		[W_PREVIOUS] = {match_shift},
		[W_THAT] = {match_spoken_of},
		[W_SAME] = {match_spoken_of},
	};
	pattern *const *p = patterns[word_at(ctx, i)->class];
	if (word_at(ctx, i)->is_capital && match_feast(ctx, i, out))
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
	    !(is_class(ctx, k, W_THE) && match_spoken_of(ctx, k, out)) &&
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
		return match_spoken_of(ctx, i, out);
	if (!match_plain(ctx, i, out))
		return false;
	if (out->form == FORM_CLOCK)
		join_day(ctx, out);
	return true;
}
