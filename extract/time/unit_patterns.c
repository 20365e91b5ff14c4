/* Units that are counted and shifted, and days that have a name. */
#include "extract/time/unit_patterns.h"

#include "extract/time/calendar.h"
#include "extract/time/date_patterns.h"
#include "extract/time/feasts.h"
#include "extract/time/weekday_patterns.h"

enum { EVENING = 3 }; /* part of the day */

/* --- counted and shifted units ---------------------------------------------------------------- */

int time_count_at(const struct time_context *ctx, uint32_t i)
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

bool time_match_counted(const struct time_context *ctx, uint32_t i, struct time_match *out)
{
	int n = time_count_at(ctx, i);
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
	int n = time_count_at(ctx, i + 1);
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
bool time_match_feast(const struct time_context *ctx, uint32_t i, struct time_match *out)
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
	} else if (w->is_capital && time_match_feast(ctx, i + 1, &m)) {
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

bool time_match_shift(const struct time_context *ctx, uint32_t i, struct time_match *out)
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
bool time_match_spoken_of(const struct time_context *ctx, uint32_t i, struct time_match *out)
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
