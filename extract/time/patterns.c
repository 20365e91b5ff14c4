/* Patterns over the words of time: counted and shifted units, pieces of years, and what may stand
 * around a date. Each reader starts at one word and says how far it came; a word alone that is no
 * time ("second", "fall") needs company that makes it one. */
#include "extract/time/patterns.h"

#include "extract/time/date_patterns.h"

/* --- counted and shifted units ---------------------------------------------------------------- */

static int count_at(const struct time_context *s, uint32_t i)
{
	const struct time_word *w = word_at(s, i);
	bool is_count = w->class == W_COUNT || (w->class == W_NUMBER && w->digits <= 3);
	return is_count ? w->value : 0;
}

static bool is_unit(const struct time_context *s, uint32_t i, int n)
{
	return is_class(s, i, W_UNITS) || (n == 1 && is_class(s, i, W_UNIT));
}

/* "nearly", "more than" before a count are of the expression. */
static uint32_t widen_about(const struct time_context *s, uint32_t i)
{
	if (i > 0 && is_in(s, i - 1, SET_APPROXIMATE))
		return i - 1;
	if (i > 1 && is_word(s, i - 1, "than") && is_word(s, i - 2, "more less"))
		return i - 2;
	return i;
}

/* "two weeks ago", "a year earlier", "three days later", "ten years from now". */
static bool read_counted(const struct time_context *s, uint32_t i, struct time_reading *out)
{
	int n = count_at(s, i);
	if (n == 0 || (i > 0 && word_at(s, i - 1)->is_joined) || word_at(s, i + 1)->is_joined ||
	    !is_unit(s, i + 1, n))
		return false;
	struct time_reading m = reading(FORM_SHIFT, (enum time_unit)word_at(s, i + 1)->value, i);
	m.head = i + 1;
	m.last = i + 2;
	if (is_class(s, i + 2, W_AGO)) {
		m.number = -n;
	} else if (is_in(s, i + 2, SET_AFTER_LENGTH)) {
		m.form = FORM_REFERENCE;
		m.number = is_word(s, i + 2, "earlier before") ? -n : n;
		m.needs_reference =
			m.number > 0; /* "a year later" is never counted from publication */
		unsigned next = tag_of(s, i + 3);
		if (is_word(s, i + 2, "before") && next != TAG_COMMA && next != TAG_STOP)
			return false; /* "two days before the vote" */
		if (is_word(s, i + 3, "than"))
			return false;
	} else if (is_word(s, i + 2, "from") && is_word(s, i + 3, "now today")) {
		m.number = n;
		m.last = i + 3;
	} else {
		return false;
	}
	m.first = widen_about(s, i);
	*out = m;
	return true;
}

/* "the past decade", "the last three years", "the next two weeks". */
static bool read_range(const struct time_context *s, uint32_t i, struct time_reading *out)
{
	enum time_class class = (enum time_class)word_at(s, i)->class;
	bool is_back = class == W_PAST || class == W_LAST;
	int n = count_at(s, i + 1);
	uint32_t unit = i + 1 + (n > 0);
	if (class == W_THIS || class == W_FOLLOWING || class == W_PREVIOUS)
		return false;
	if (n == 0)
		n = 1;
	if (!is_unit(s, unit, n) || (n == 1 && unit > i + 1))
		return false;
	struct time_reading m = reading(FORM_RANGE, (enum time_unit)word_at(s, unit)->value, i);
	bool has_the = i > 0 && (is_class(s, i - 1, W_THE) || is_word(s, i - 1, "these those"));
	bool is_vague = class == W_COMING || m.unit == TIME_WEEKEND ||
			(m.unit == TIME_DAY && class != W_PAST);
	if (n == 1 &&
	    (!has_the || is_vague || is_class(s, unit, W_UNITS) || is_class(s, unit + 1, W_OF)))
		return false; /* "the last day of school" */
	m.first = i - has_the;
	m.last = m.head = unit;
	m.number = is_back ? -n : n;
	*out = m;
	return true;
}

static enum time_direction direction_of(enum time_class class)
{
	switch (class) {
	case W_LAST:
	case W_PAST:
		return DIRECTION_LAST;
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
static bool read_shifted_name(const struct time_context *s, uint32_t i,
			      enum time_direction direction, struct time_reading *out)
{
	struct time_reading m;
	const struct time_word *w = word_at(s, i + 1);
	if (w->class == W_WEEKDAY && time_read_weekday(s, i + 1, &m)) {
		;
	} else if (w->class == W_MONTH && w->is_capital && time_read_month(s, i + 1, &m)) {
		;
	} else if (w->class == W_SEASON && !w->is_capital) {
		m = reading(FORM_PIECE, TIME_SEASON, i + 1);
		m.number = w->value;
	} else {
		return false;
	}
	m.first = i;
	m.direction = direction;
	if (is_class(s, i, W_THIS) && i > 0 &&
	    is_word(s, i - 1, "of")) /* "on Friday of this week" is no "this Friday" */
		return false;
	if (direction == DIRECTION_THIS && is_class(s, i + 2, W_PAST))
		return false;
	*out = m;
	return true;
}

/* "last week", "this month", "next year", "this morning", "last night"; "of the previous day", "the
 * following year". */
static bool read_shift(const struct time_context *s, uint32_t i, struct time_reading *out)
{
	enum time_class class = (enum time_class)word_at(s, i)->class;
	enum time_direction direction = direction_of(class);
	uint32_t k = i;
	if (class == W_THIS && is_class(s, i + 1, W_PAST)) { /* "this past Saturday" */
		direction = DIRECTION_LAST;
		k = i + 1;
	} else if (class == W_THIS && is_class(s, i + 1, W_COMING)) { /* "this coming week" */
		direction = DIRECTION_COMING;
		k = i + 1;
	}
	if (is_in(s, k + 1, SET_YEAR_KIND) && is_class(s, k + 2, W_UNIT) &&
	    word_at(s, k + 2)->value == TIME_YEAR)
		k++;
	if (read_shifted_name(s, k, direction, out)) {
		out->first = i;
		return true;
	}
	if (read_range(s, i, out))
		return true;
	const struct time_word *w = word_at(s, k + 1);
	if (w->is_joined || word_at(s, k + 2)->is_joined)
		return false;
	struct time_reading m = reading(FORM_SHIFT, TIME_DAY, i);
	m.last = m.head = k + 1;
	m.number = direction == DIRECTION_LAST || direction == DIRECTION_PREVIOUS ? -1
		   : direction == DIRECTION_THIS				  ? 0
										  : 1;
	if (w->class == W_PART && !w->is_capital &&
	    (class == W_THIS || (class == W_LAST && w->value == 4))) {
		m.part = (uint8_t)w->value;
		*out = m;
		return true;
	}
	if (w->class != W_UNIT || class == W_PAST)
		return false;
	m.unit = (enum time_unit)w->value;
	m.direction =
		m.unit == TIME_WEEKEND && direction == DIRECTION_THIS ? DIRECTION_TENSE : direction;
	if (m.unit == TIME_DAY && direction != DIRECTION_FOLLOWING &&
	    direction != DIRECTION_PREVIOUS)
		return false; /* "this day", "last day" */
	if (class == W_COMING)
		m.number = 1;
	if (class == W_FOLLOWING || class == W_PREVIOUS)
		m.form = FORM_REFERENCE;
	if ((m.form == FORM_REFERENCE || class == W_COMING) && i > 0 && is_class(s, i - 1, W_THE))
		m.first = i - 1;
	m.needs_reference = m.form == FORM_REFERENCE;
	*out = m;
	return true;
}

/* "that day", "the same year", "the next day", "the day before", "the day before yesterday". */
static bool read_story(const struct time_context *s, uint32_t i, struct time_reading *out)
{
	struct time_reading m;
	uint32_t k = i + is_class(s, i, W_THE);
	if (is_class(s, k, W_THAT) && k == i && is_class(s, k + 1, W_MONTH) &&
	    time_read_month(s, k + 1, &m) && m.day == 0) {
		m.first = i;
		m.needs_reference = m.year == 0;
		*out = m;
		return m.needs_reference; /* "said that May 5" */
	}
	m = reading(FORM_REFERENCE, TIME_DAY, i);
	m.needs_reference = true;
	if ((is_class(s, k, W_THAT) && k == i) || is_class(s, k, W_SAME)) {
		if (!is_class(s, k + 1, W_UNIT) &&
		    !(is_class(s, k + 1, W_PART) && is_class(s, k, W_SAME)))
			return false;
		m.unit = is_class(s, k + 1, W_UNIT) ? (enum time_unit)word_at(s, k + 1)->value
						    : TIME_DAY;
		m.part = is_class(s, k + 1, W_PART) ? (uint8_t)word_at(s, k + 1)->value : 0;
		m.last = m.head = k + 1;
		if (word_at(s, k + 2)->is_joined ||
		    (k == i && tag_of(s, k + 2) == TAG_NN)) /* said "that day care" */
			return false;
	} else if (k > i && is_class(s, k, W_NEXT) && is_class(s, k + 1, W_UNIT) &&
		   word_at(s, k + 1)->value == TIME_DAY) {
		m.number = 1;
		m.last = m.head = k + 1;
	} else if (k > i && is_class(s, k, W_UNIT) && word_at(s, k)->value == TIME_DAY &&
		   (is_class(s, k + 1, W_BEFORE) || is_class(s, k + 1, W_AFTER))) {
		bool is_back = is_class(s, k + 1, W_BEFORE);
		unsigned next = tag_of(s, k + 2);
		m.head = k;
		m.last = k + 1;
		m.number = is_back ? -1 : 1;
		if (is_class(s, k + 2, W_DAY) && word_at(s, k + 2)->value == m.number) {
			m.form = FORM_SHIFT;
			m.number *= 2;
			m.last = k + 2;
		} else if (next != TAG_STOP && next != TAG_COMMA) {
			return false;
		}
	} else {
		return false;
	}
	*out = m;
	return true;
}

/* --- pieces of years, decades, centuries ------------------------------------------------------ */

static bool is_sport(const struct time_context *s, uint32_t i)
{
	enum { REACH = 25 };
	for (uint32_t k = i; k > 0 && i - k < REACH && !starts_segment(s, k); k--)
		if (is_class(s, k - 1, W_SPORT))
			return true;
	for (uint32_t k = i + 1; k < s->words.n && k - i < REACH && !starts_segment(s, k); k++)
		if (is_class(s, k, W_SPORT))
			return true;
	return false;
}

/* "the third quarter of 2019", "third-quarter", "the first half of the year", "the 19th century".
 */
static bool read_ordinal(const struct time_context *s, uint32_t i, struct time_reading *out)
{
	const struct time_word *w = word_at(s, i), *next = word_at(s, i + 1);
	if (w->class != W_ORDINAL && w->class != W_NTH)
		return false;
	bool is_quarter = next->class == W_UNIT && next->value == TIME_QUARTER && w->value <= 4;
	bool is_half = next->class == W_HALF && w->value <= 2;
	bool is_century = next->class == W_UNIT && next->value == TIME_CENTURY && w->value <= 21 &&
			  w->value >= 10;
	struct time_reading m = reading(FORM_PIECE,
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
		time_read_year_behind(s, &m);
	bool is_dated = m.last > i + 1;
	if (!is_dated && (is_half || (is_quarter && is_sport(s, i))))
		return false;
	if (i > 0 && is_class(s, i - 1, W_THE))
		m.first = i - 1;
	*out = m;
	return true;
}

/* "the spring of 2021", "in spring 2021", "the fall": falls and springs of other kinds have an
 * object or a capital. */
static bool read_season(const struct time_context *s, uint32_t i, struct time_reading *out)
{
	struct time_reading m = reading(FORM_PIECE, TIME_SEASON, i);
	const struct time_word *w = word_at(s, i);
	bool has_the = i > 0 && is_class(s, i - 1, W_THE);
	m.number = w->value;
	time_read_year_behind(s, &m);
	if (m.last == i) {
		uint32_t before = i - has_the;
		bool has_edge =
			before > 1 && is_class(s, before - 1, W_EDGE); /* "by late summer" */
		bool has_place = before > 0 && is_in(s, before - 1, SET_BEFORE_SEASON);
		unsigned next = tag_of(s, i + 1);
		bool is_object = is_class(s, i + 1, W_OF) || next == TAG_NN || next == TAG_NNS ||
				 next == TAG_JJ || word_at(s, i + 1)->is_joined;
		if (!(has_the && has_place) &&
		    !(has_edge && is_word(s, before - 2, "in by since until")))
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
static bool read_decade(const struct time_context *s, uint32_t i, struct time_reading *out)
{
	const struct time_word *w = word_at(s, i);
	struct time_reading m = reading(FORM_DECADE, TIME_DECADE, i);
	bool is_plain =
		w->class == W_NUMBER && w->digits == 4 && w->value % 10 == 0 &&
		is_word(s, i + 1, "'s ’s") && i > 0 &&
		(is_class(s, i - 1, W_THE) || is_class(s, i - 1, W_EDGE)); /* "the 1990's" */
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
	if (m.first > 0 && is_class(s, m.first - 1, W_THE))
		m.first--;
	*out = m;
	return true;
}

/* --- what may stand around all of these ------------------------------------------------------- */

/* "the 26th": a day of a month that is not said. Amendments, congresses and anniversaries follow it
 * as nouns. */
static bool read_nth(const struct time_context *s, uint32_t i, struct time_reading *out)
{
	struct time_reading m = reading(FORM_NTH, TIME_DAY, i);
	unsigned next = tag_of(s, i + 1);
	m.day = time_day_at(s, i);
	bool has_place = i > 1 && is_class(s, i - 1, W_THE) && is_in(s, i - 2, SET_BEFORE_ORDINAL);
	bool ends = next == TAG_STOP || next == TAG_COMMA || next == TAG_IN || next == TAG_CC ||
		    next == TAG_CLOSE;
	if (word_at(s, i)->class != W_NTH || m.day == 0 || !has_place || !ends ||
	    is_class(s, i + 1, W_OF))
		return false;
	m.first = i - 1;
	*out = m;
	return true;
}

/* "USA Today", "the Today show": a name. */
static bool read_day(const struct time_context *s, uint32_t i, struct time_reading *out)
{
	const struct time_word *w = word_at(s, i);
	struct time_reading m = reading(FORM_SHIFT, TIME_DAY, i);
	if (is_name_like(s, i))
		return false;
	if (w->class == W_TONIGHT) {
		m.part = 4;
	} else {
		m.number = w->value;
		time_read_part_behind(s, &m);
	}
	*out = m;
	return true;
}

/* "over the weekend". */
static bool read_weekend(const struct time_context *s, uint32_t i, struct time_reading *out)
{
	if (word_at(s, i)->value != TIME_WEEKEND || i < 2 || !is_class(s, i - 1, W_THE) ||
	    !is_in(s, i - 2, SET_BEFORE_WEEKEND) || tag_of(s, i + 1) == TAG_NN ||
	    is_class(s, i + 1, W_OF))
		return false;
	*out = reading(FORM_SHIFT, TIME_WEEKEND, i);
	out->first = i - 1;
	return true;
}

static bool read_core(const struct time_context *s, uint32_t i, struct time_reading *out)
{
	switch (word_at(s, i)->class) {
	case W_NUMBER:
		return time_read_digits(s, i, out) || read_counted(s, i, out) ||
		       time_read_second_day(s, i, out) || time_read_day_month(s, i, out) ||
		       time_read_clock(s, i, out) || read_decade(s, i, out) ||
		       time_read_year(s, i, out);
	case W_CLOCK:
	case W_MOMENT:
		return time_read_clock(s, i, out);
	case W_NTH:
		return time_read_day_month(s, i, out) || read_ordinal(s, i, out) ||
		       read_nth(s, i, out);
	case W_DECADE:
		return read_decade(s, i, out);
	case W_UNIT:
		return read_weekend(s, i, out);
	case W_WEEKDAY:
	case W_SHORT_WEEKDAY:
		return time_read_weekday(s, i, out);
	case W_MONTH:
	case W_SHORT_MONTH:
		return time_read_month(s, i, out);
	case W_DAY:
	case W_TONIGHT:
		return read_day(s, i, out);
	case W_COUNT:
		return read_counted(s, i, out);
	case W_ORDINAL:
		return read_ordinal(s, i, out);
	case W_SEASON:
		return read_season(s, i, out);
	case W_LAST:
	case W_PAST:
	case W_THIS:
	case W_NEXT:
	case W_COMING:
	case W_FOLLOWING:
	case W_PREVIOUS:
		return read_shift(s, i, out);
	case W_THAT:
	case W_SAME:
		return read_story(s, i, out);
	default:
		return false;
	}
}

/* "earlier in the day", "later in the week": the day or week of the reference, or of publication.
 */
static bool read_in_the(const struct time_context *s, uint32_t i, struct time_reading *out)
{
	if (!is_in(s, i, SET_EDGE_IN) || !is_word(s, i + 1, "in") || !is_class(s, i + 2, W_THE) ||
	    !is_class(s, i + 3, W_UNIT))
		return false;
	struct time_reading m =
		reading(FORM_REFERENCE, (enum time_unit)word_at(s, i + 3)->value, i);
	m.last = m.head = i + 3;
	if (m.unit != TIME_DAY)
		m.form = FORM_SHIFT;
	*out = m;
	return true;
}

/* "late last year", "early April", "mid-2019", "later that day": part of the expression, as in
 * TimeML. */
static bool read_edge(const struct time_context *s, uint32_t i, struct time_reading *out)
{
	if (read_in_the(s, i, out))
		return true;
	uint32_t k = i + 1;
	bool in_between = is_class(s, k, W_THE) ||
			  is_word(s, k, "in on"); /* "late in the 1990s", "late on Friday" */
	if (!read_core(s, k, out) && !(is_class(s, k, W_THE) && read_story(s, k, out)) &&
	    !(in_between && word_at(s, i)->value < 2 && read_core(s, k + 1, out)))
		return false;
	if (out->form == FORM_CLOCK || out->form == FORM_RANGE ||
	    (out->form == FORM_SHIFT && out->unit == TIME_DAY && word_at(s, i)->value < 2 &&
	     !out->part && is_class(s, k, W_NUMBER)))
		return false;
	if (in_between && out->first > k) /* said apart: the words between are no part of it */
		return true;
	out->first = i > 0 && is_class(s, i - 1, W_THE) ? i - 1 : i;
	return true;
}

/* "the end of the year", "the beginning of last month"; "the morning of April 26"; "the week of
 * April 22" is its day only. */
static bool read_of(const struct time_context *s, uint32_t i, struct time_reading *out)
{
	struct time_reading m;
	const struct time_word *w = word_at(s, i);
	if (!is_class(s, i + 1, W_OF))
		return false;
	bool is_the_unit =
		is_class(s, i + 2, W_THE) && is_class(s, i + 3, W_UNIT) && w->class == W_END;
	if (is_the_unit) {
		m = reading(FORM_SHIFT, (enum time_unit)word_at(s, i + 3)->value, i);
		m.last = m.head = i + 3;
		if (m.unit == TIME_DAY)
			return false; /* "at the end of the day" */
	} else if (!read_core(s, i + 2 + is_class(s, i + 2, W_THE), &m)) {
		return false;
	}
	if (m.form == FORM_RANGE || m.form == FORM_CLOCK ||
	    (w->class == W_PART && (m.unit != TIME_DAY || m.part)))
		return false;
	if (w->class == W_PART)
		m.part = (uint8_t)w->value;
	m.first = i;
	m.head = i;
	if (i > 0 && is_class(s, i - 1, W_THE))
		m.first = i - 1;
	*out = m;
	return true;
}

/* "8 p.m. Friday", "3:30 p.m. today": one expression when nothing stands between. */
static void join_day(const struct time_context *s, struct time_reading *m)
{
	struct time_reading day;
	uint32_t k = m->last + 1;
	if (is_mark(s, k, ','))
		return;
	if (!read_core(s, k, &day) || day.unit != TIME_DAY || day.clock != NO_CLOCK || day.part ||
	    day.first != k ||
	    (day.form != FORM_WEEKDAY && day.form != FORM_SHIFT && day.form != FORM_DATE))
		return;
	day.first = m->first;
	day.clock = m->clock;
	day.is_utc = m->is_utc;
	*m = day;
}

bool time_read(const struct time_context *s, uint32_t i, struct time_reading *out)
{
	enum time_class class = (enum time_class)word_at(s, i)->class;
	if (class == W_NONE || class == W_PUNCT)
		return false;
	if (class == W_EDGE)
		return read_edge(s, i, out);
	if (class == W_END || class == W_PART)
		return read_of(s, i, out);
	if (class == W_THE)
		return read_story(s, i, out);
	if (!read_core(s, i, out))
		return false;
	if (out->form == FORM_CLOCK)
		join_day(s, out);
	return true;
}

int time_context_open(struct time_context *s, const struct time_words *tw, const struct text *t,
		      struct arena *a)
{
	*s = (struct time_context){.t = t};
	if (time_words_read(tw, t, a, &s->words) < 0)
		return -1;
	for (uint32_t i = 1; i < s->words.n && !s->has_may; i++)
		s->has_may = s->words.v[i].class == W_MONTH && is_word(s, i, "may") &&
			     s->words.v[i].is_capital && is_name_like(s, i - 1) &&
			     s->words.v[i - 1].class == W_NONE &&
			     !is_in(s, i - 1, SET_NEVER_BEFORE_NAME);
	return 0;
}
