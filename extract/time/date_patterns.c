/* Dates, years, times of the clock and weekdays, as words give them. A word alone that is no time
 * ("may", "march") needs company that makes it one. */
#include "extract/time/date_patterns.h"

enum { YEAR_OF_THE_ATTACKS = 2001 };
enum { FIRST_BARE_YEAR = 1800 }; /* earlier ones only with a month */

/* --- years, months, days ---------------------------------------------------------------------- */

bool time_is_year(const struct time_context *s, uint32_t i)
{
	const struct time_word *w = word_at(s, i);
	return w->class == W_NUMBER && w->digits == 4 && w->value >= FIRST_YEAR &&
	       w->value <= LAST_YEAR;
}

/* A number of a day of the month: "26", "26th". */
int time_day_at(const struct time_context *s, uint32_t i)
{
	const struct time_word *w = word_at(s, i);
	bool fits = (w->class == W_NUMBER || w->class == W_NTH) && w->digits <= 2 &&
		    w->value >= 1 && w->value <= 31;
	return fits ? w->value : 0;
}

/* "of last year", "of this year", "last year" behind a month or a season; how many words, and the
 * shift of the year. */
static uint32_t read_year_shift(const struct time_context *s, uint32_t i, int *shift)
{
	uint32_t k = i + is_class(s, i, W_OF);
	int n = is_class(s, k, W_LAST)	 ? -1
		: is_class(s, k, W_THIS) ? 0
		: is_class(s, k, W_NEXT) ? 1
					 : NO_SHIFT;
	bool is_the_year = is_class(s, i, W_OF) && is_class(s, k, W_THE); /* "of the year" */
	if (is_the_year)
		n = 0;
	if (n == NO_SHIFT || !is_class(s, k + 1, W_UNIT) || word_at(s, k + 1)->value != TIME_YEAR)
		return 0;
	*shift = n;
	return k + 2 - i;
}

/* ", 2024", "2024", "of 2024", "of last year" from word i on: fills in the year and moves `last`.
 */
void time_read_year_behind(const struct time_context *s, struct time_reading *m)
{
	uint32_t i = m->last + 1, k = i;
	if (is_mark(s, k, ',') || is_class(s, k, W_OF) || is_word(s, k, "in"))
		k++;
	bool is_apart = is_word(s, i, "in");
	if (time_is_year(s, k) && !is_apart &&
	    !(is_mark(s, i, ',') && m->day == 0 && is_class(s, k + 1, W_MONTH))) {
		m->year = word_at(s, k)->value;
		m->last = k;
		return;
	}
	uint32_t comma = is_mark(s, i, ','), n = 0;
	if (!comma || (m->day > 0 && !is_word(s, i + 3, "'s ’s")))
		n = read_year_shift(s, i + comma, &m->year_shift);
	m->last += n ? n + comma : 0;
}

/* A month, and whether the word alone may be taken for one. */
static int month_at(const struct time_context *s, uint32_t i, bool *is_short)
{
	const struct time_word *w = word_at(s, i);
	if ((w->class != W_MONTH && w->class != W_SHORT_MONTH) || !w->is_capital)
		return 0;
	*is_short = w->class == W_SHORT_MONTH && !has_stop(s, i);
	return w->value;
}

/* "Theresa May", "April Ryan", "March on Washington", "Women's March": a month's name in another's.
 */
static bool is_in_name(const struct time_context *s, uint32_t i)
{
	const struct time_word *next = word_at(s, i + 1);
	bool before = i > 0 && is_name_like(s, i - 1) && tag_of(s, i - 1) == TAG_NNP &&
		      word_at(s, i - 1)->class == W_NONE && !is_word(s, i - 1, "in since until");
	bool after = next->is_capital && next->class == W_NONE && !next->starts_segment &&
		     tag_of(s, i + 1) == TAG_NNP;
	return before || after;
}

/* A month without day or year must stand where a time stands. */
static bool is_bare_month(const struct time_context *s, uint32_t i)
{
	if (i > 0 && is_class(s, i - 1, W_HABIT))
		return false;		  /* "each December" */
	if (!is_in(s, i, SET_NAME_MONTH)) /* no first names and no verbs; "Black
							      September" */
		return i == 0 ||
		       !(is_name_like(s, i - 1) && word_at(s, i - 1)->class == W_BEFORE_NAME);
	if (i == 0 || is_in_name(s, i))
		return false;
	if (word_at(s, i - 1)->class == W_EDGE || is_class(s, i - 1, W_LAST) ||
	    is_class(s, i - 1, W_THIS) || is_class(s, i - 1, W_NEXT) || is_class(s, i - 1, W_PAST))
		return true;
	if (is_word(s, i, "may") && s->has_may)
		return false;
	bool is_verb = tag_of(s, i + 1) == TAG_VBD || tag_of(s, i + 1) == TAG_MD ||
		       tag_of(s, i + 1) == TAG_AUX;
	if (is_word(s, i, "may march august") && is_verb) /* "since May took office" */
		return false;
	bool is_coordinated = is_word(s, i - 1, "and or to -") && i > 1 &&
			      (is_class(s, i - 2, W_MONTH) || is_class(s, i - 2, W_NUMBER));
	return is_coordinated || word_at(s, i)->is_joined || is_in(s, i - 1, SET_BEFORE_MONTH);
}

/* "In May 12 people died": a number of things. */
static bool is_count_of_things(const struct time_context *s, uint32_t i)
{
	return word_at(s, i)->class == W_NUMBER &&
	       (tag_of(s, i + 1) == TAG_NNS || is_mark(s, i + 1, '%')) &&
	       word_at(s, i + 1)->class == W_NONE;
}

/* The second day of "July 13 to 17", "July 13-17", "July 13 and 17": its word, or 0. */
static uint32_t second_day(const struct time_context *s, uint32_t i)
{
	const struct time_word *w = word_at(s, i);
	uint32_t k = w->is_joined ? i : i + 1;
	bool is_link = w->is_joined || is_word(s, i, "to and or through") ||
		       (w->class == W_PUNCT && w->value == 0);
	return is_link && time_day_at(s, k) && !is_count_of_things(s, k) ? k : 0;
}

/* The day behind another one and its month, with the year that both have. */
bool time_read_second_day(const struct time_context *s, uint32_t i, struct time_reading *out)
{
	bool is_short = false;
	uint32_t before = word_at(s, i)->is_joined ? i - 1 : i - 2;
	if (i < 3 || second_day(s, before + 1) != i || !time_day_at(s, before) ||
	    !month_at(s, before - 1, &is_short))
		return false;
	struct time_reading m = reading(FORM_DATE, TIME_DAY, i);
	m.month = month_at(s, before - 1, &is_short);
	m.day = time_day_at(s, i);
	time_read_year_behind(s, &m);
	*out = m;
	return true;
}

bool time_read_month(const struct time_context *s, uint32_t i, struct time_reading *out)
{
	bool is_short = false;
	struct time_reading m = reading(FORM_DATE, TIME_MONTH, i);
	m.month = month_at(s, i, &is_short);
	if (m.month == 0)
		return false;
	uint32_t k = i + 1;
	if (is_class(s, k, W_THE) && is_class(s, k + 1, W_NTH))
		k++;
	m.day = is_count_of_things(s, k) ? 0 : time_day_at(s, k);
	if (m.day > 0) {
		m.unit = TIME_DAY;
		m.last = k;
	}
	struct time_reading second;
	if (m.day > 0 && second_day(s, k + 1) &&
	    time_read_second_day(s, second_day(s, k + 1), &second)) {
		m.year = second.year;
		m.year_shift = second.year_shift;
	} else {
		time_read_year_behind(s, &m);
	}
	if (m.month == 9 && m.day == 11 && m.year == 0 && is_in(s, m.last + 1, SET_ATTACK))
		m.year = YEAR_OF_THE_ATTACKS;
	bool is_dated = m.last > i && !(is_mark(s, i + 1, ',') && m.day == 0 && is_in_name(s, i));
	if (!is_dated && (is_short || !is_bare_month(s, i)))
		return false;
	*out = m;
	return true;
}

/* "26 April 2024", "the 26th of April". */
bool time_read_day_month(const struct time_context *s, uint32_t i, struct time_reading *out)
{
	bool is_short = false;
	struct time_reading m = reading(FORM_DATE, TIME_DAY, i);
	m.day = time_day_at(s, i);
	uint32_t k = i + 1;
	if (m.day && word_at(s, i)->class == W_NTH && is_class(s, k, W_OF)) {
		k++;
		if (is_class(s, k, W_THIS) && is_class(s, k + 1, W_UNIT) &&
		    word_at(s, k + 1)->value == TIME_MONTH) {
			m.form = FORM_NTH;
			m.direction = DIRECTION_THIS;
			m.last = k + 1;
			*out = m;
			return true;
		}
	}
	m.month = m.day ? month_at(s, k, &is_short) : 0;
	if (m.month == 0)
		return false;
	m.last = k;
	time_read_year_behind(s, &m);
	*out = m;
	return true;
}

/* "2024-04-26", "26/4/2024", "4/26/2024": a day that two readings of the order would not share is
 * left alone. */
bool time_read_digits(const struct time_context *s, uint32_t i, struct time_reading *out)
{
	const struct time_word *w = s->words.v + i;
	struct time_reading m = reading(FORM_DATE, TIME_DAY, i);
	if (i + 2 < s->words.n && time_is_year(s, i) && w[1].is_joined && w[1].class == W_NUMBER &&
	    w[1].digits == 2 && w[2].is_joined && w[2].class == W_NUMBER && w[2].digits == 2) {
		m.year = w[0].value;
		m.month = w[1].value;
		m.day = w[2].value;
		m.last = i + 2;
		*out = m;
		return true;
	}
	if (i + 4 >= s->words.n || w->class != W_NUMBER || !is_mark(s, i + 1, '/') ||
	    w[2].class != W_NUMBER || !is_mark(s, i + 3, '/') || !time_is_year(s, i + 4))
		return false;
	m.year = w[4].value;
	m.month = w[0].value <= 12 ? w[0].value : w[2].value;
	m.day = w[0].value <= 12 ? w[2].value : w[0].value;
	m.last = i + 4;
	*out = m;
	return m.month != m.day ? (m.month <= 12 && m.day > 12) : true;
}

/* What else the digits of a year may count. */
static bool may_be_year(const struct time_context *s, uint32_t i)
{
	unsigned next = tag_of(s, i + 1);
	if (i > 0 && (is_mark(s, i - 1, '$') || is_in(s, i - 1, SET_BEFORE_NUMBER)))
		return false;
	if (is_in(s, i + 1, SET_COUNTED) || is_word(s, i + 1, "of") || is_mark(s, i + 1, '%'))
		return false;
	unsigned verb = tag_of(s, i + 2);
	return next != TAG_NNS || verb == TAG_VBD || verb == TAG_VBP || verb == TAG_MD ||
	       verb == TAG_AUX;
}

/* A year alone: behind a preposition, before its noun ("the 2016 election"), in brackets, or beside
 * another one. */
static bool is_bare_year(const struct time_context *s, uint32_t i)
{
	int v = word_at(s, i)->value;
	if (v < FIRST_BARE_YEAR || i == 0)
		return i == 0 && v >= FIRST_BARE_YEAR && tag_of(s, 1) == TAG_NN;
	bool is_possessive = is_word(s, i + 1, "'s ’s");
	bool has_noun = tag_of(s, i + 1) == TAG_NN || tag_of(s, i + 1) == TAG_JJ ||
			(tag_of(s, i + 1) == TAG_NNP) ||
			(tag_of(s, i + 1) == TAG_NNS && is_in(s, i + 1, SET_DATED_EVENT));
	if (is_possessive || is_in(s, i - 1, SET_BEFORE_YEAR) || word_at(s, i - 1)->class == W_EDGE)
		return may_be_year(s, i);
	if (is_word(s, i - 1, "fiscal year"))
		return true;
	if (is_word(s, i - 1, "to") && i > 1 && is_word(s, i - 2, "up prior back due"))
		return may_be_year(s, i);
	if (is_mark(s, i - 1, '(') && (is_mark(s, i + 1, ')') || word_at(s, i + 1)->is_joined))
		return true;
	if (is_word(s, i - 1, "and or to , -") && i > 1 && time_is_year(s, i - 2))
		return may_be_year(s, i);
	if (is_word(s, i - 1, "of")) /* "as of 2016", "the crisis of 2008", no "total of 2000" */
		return (i > 1 && is_word(s, i - 2, "as")) || (may_be_year(s, i) && v % 100 != 0);
	if (is_mark(s, i + 1, '[') && is_word(s, i - 1, "the this"))
		return true;
	bool is_adjective = i > 1 &&
			    (is_class(s, i - 2, W_THE) || tag_of(s, i - 2) == TAG_PRPS ||
			     is_word(s, i - 2, "a")) &&
			    (tag_of(s, i - 1) == TAG_JJ || tag_of(s, i - 1) == TAG_VBN ||
			     tag_of(s, i - 1) == TAG_VBD || is_class(s, i - 1, W_COMING));
	bool is_determined = is_adjective || is_class(s, i - 1, W_THE) ||
			     tag_of(s, i - 1) == TAG_PRPS || tag_of(s, i - 1) == TAG_POS ||
			     is_word(s, i - 1, "a this its");
	if (is_determined && v >= 1900 && v % 100 != 0 &&
	    tag_of(s, i + 1) == TAG_NNS) /* "the 2008 primaries" */
		return !is_in(s, i + 1, SET_COUNTED);
	return (is_determined || starts_segment(s, i)) && has_noun && may_be_year(s, i);
}

bool time_read_year(const struct time_context *s, uint32_t i, struct time_reading *out)
{
	struct time_reading m = reading(FORM_DATE, TIME_YEAR, i);
	if (!time_is_year(s, i) || word_at(s, i)->is_joined)
		return false;
	m.year = word_at(s, i)->value;
	const struct time_word *next = word_at(s, i + 1);
	uint32_t dash = next->class == W_PUNCT && next->value == 0 &&
			next->start == word_at(s, i)->end; /* 2015–2016 */
	next += dash;
	if ((next->is_joined || (dash && time_is_year(s, i + 2))) &&
	    next->class == W_NUMBER) { /* 2015-2016, 2015-16 */
		int to = next->digits == 2 ? m.year / 100 * 100 + next->value : next->value;
		if (to <= m.year || to > m.year + 100 || word_at(s, i + 2 + dash)->is_joined)
			return false;
		m.form = FORM_YEARS;
		m.unit = TIME_INTERVAL;
		m.to_year = to;
		m.last = i + 1 + dash;
		*out = m;
		return true;
	}
	if (next->is_joined || !is_bare_year(s, i))
		return false;
	if (i > 0 && is_word(s, i - 1, "fiscal"))
		m.first = i - 1;
	*out = m;
	return true;
}

/* --- time of day ------------------------------------------------------------------------------ */

static void read_zone(const struct time_context *s, struct time_reading *m)
{
	uint32_t k = m->last + 1;
	bool in_brackets =
		is_mark(s, k, '(') && is_class(s, k + 1, W_ZONE) && is_mark(s, k + 2, ')');
	if (is_class(s, k + in_brackets, W_ZONE) && word_at(s, k + in_brackets)->is_capital) {
		m->is_utc = word_at(s, k + in_brackets)->value == 0;
		m->last = in_brackets ? k + 2 : k;
	} else if (is_word(s, k, "local") && is_word(s, k + 1, "time")) {
		m->last = k + 1;
	}
}

/* "3 p.m.", "3:30 p.m.", "6am", "14:30 GMT", "at 14:30", "noon". Bare digits with a colon may be a
 * score or a verse. */
bool time_read_clock(const struct time_context *s, uint32_t i, struct time_reading *out)
{
	const struct time_word *w = word_at(s, i), *next = word_at(s, i + 1);
	struct time_reading m = reading(FORM_CLOCK, TIME_DAY, i);
	bool has_half = next->class == W_AM || next->class == W_PM;
	bool is_hour = w->class == W_NUMBER && w->digits <= 2 && w->value >= 1 && w->value <= 12;
	bool is_clock = w->class == W_CLOCK,
	     is_four = w->class == W_NUMBER && w->digits == 4 && next->class == W_ZONE;
	if (w->class == W_MOMENT) {
		m.clock = w->value ? w->value * 100
				   : 2400; /* midnight, as in TIMEX3: the end of the day */
		if (!is_in(s, i - (i > 0), SET_BEFORE_NOON) &&
		    !is_word(s, i - (i > 0), "least most") &&
		    !(next->class == W_WEEKDAY || next->class == W_DAY))
			return false;
	} else if ((is_hour || is_clock) && has_half && !(is_clock && w->value >= 1300)) {
		int hour = is_hour ? w->value : w->value / 100,
		    minute = is_hour ? 0 : w->value % 100;
		m.clock = (hour % 12 + (next->class == W_PM ? 12 : 0)) * 100 + minute;
		m.last = i + 1;
	} else if (is_clock || is_four) {
		m.clock = w->value;
		bool has_place = i > 0 && is_in(s, i - 1, SET_BEFORE_CLOCK);
		bool has_zone = next->class == W_ZONE ||
				(next->class == W_PUNCT && word_at(s, i + 2)->class == W_ZONE) ||
				is_word(s, i + 1, "local");
		if ((w->digits > 0 && !has_place && !has_zone) || m.clock >= 2400 ||
		    m.clock % 100 > 59)
			return false;
	} else {
		return false;
	}
	read_zone(s, &m);
	*out = m;
	return true;
}

/* --- weekdays --------------------------------------------------------------------------------- */

/* "Black Friday", "the Sunday Times", "Friday Night Lights". */
static bool is_named_day(const struct time_context *s, uint32_t i)
{
	const struct time_word *next = word_at(s, i + 1);
	if (i > 0 && is_class(s, i - 1, W_BEFORE_NAME) && word_at(s, i - 1)->is_capital)
		return true;
	if (i > 1 && is_word(s, i - 1, "on") && is_word(s, i - 2, "mail")) /* a newspaper */
		return word_at(s, i - 2)->is_capital;
	if (next->is_capital && (next->class == W_AFTER_NAME || next->class == W_PART) &&
	    !next->starts_segment)
		return true;
	return is_class(s, i + 1, W_THE) && is_class(s, i + 2, W_NTH); /* "Friday the 13th" */
}

/* Any Friday, many of them, or one that the text does not tell apart. */
static bool is_habitual(const struct time_context *s, uint32_t i)
{
	const struct time_word *next = word_at(s, i + 1);
	if (i > 0 && (is_class(s, i - 1, W_HABIT) || is_class(s, i - 1, W_THAT) ||
		      is_class(s, i - 1, W_COUNT)))
		return true;
	return !next->is_capital && is_in(s, i + 1, SET_HABITUAL_PART);
}

/* ", April 26", "26 April", ", April 26, 2024" behind a weekday: the date is what counts. */
static bool read_date_behind(const struct time_context *s, struct time_reading *m)
{
	struct time_reading date;
	uint32_t k = m->last + 1;
	if (is_mark(s, k, '.') &&
	    is_class(s, m->last, W_SHORT_WEEKDAY)) /* "Sun." keeps no stop of its own */
		k++;
	if (is_mark(s, k, ','))
		k++;
	if (is_class(s, k, W_THE))
		k++;
	bool found = time_read_month(s, k, &date)
			     ? date.day > 0
			     : time_read_day_month(s, k, &date) || time_read_digits(s, k, &date);
	if (!found || date.form != FORM_DATE)
		return false;
	date.first = m->first;
	date.head = m->head;
	date.part = m->part;
	*m = date;
	return true;
}

/* "morning", "night", "3 p.m." behind a day. */
void time_read_part_behind(const struct time_context *s, struct time_reading *m)
{
	struct time_reading clock;
	const struct time_word *next = word_at(s, m->last + 1);
	if (next->class == W_PART && !next->is_capital) {
		m->part = (uint8_t)next->value;
		m->last++;
	} else if (time_read_clock(s, m->last + 1, &clock)) {
		m->clock = clock.clock;
		m->is_utc = clock.is_utc;
		m->last = clock.last;
	}
}

/* "of last week", "next week" behind a weekday. */
static void read_week_behind(const struct time_context *s, struct time_reading *m)
{
	uint32_t k = m->last + 1 + is_class(s, m->last + 1, W_OF);
	const struct time_word *w = word_at(s, k), *unit = word_at(s, k + 1);
	int shift = w->class == W_LAST	 ? -1
		    : w->class == W_THIS ? 0
		    : w->class == W_NEXT ? 1
					 : NO_SHIFT;
	if (shift == NO_SHIFT || unit->class != W_UNIT || unit->value != TIME_WEEK)
		return;
	m->year_shift = shift;
	m->last = k + 1;
}

bool time_read_weekday(const struct time_context *s, uint32_t i, struct time_reading *out)
{
	const struct time_word *w = word_at(s, i);
	struct time_reading m = reading(FORM_WEEKDAY, TIME_DAY, i);
	m.number = w->value;
	if (!w->is_capital || is_named_day(s, i) || is_habitual(s, i))
		return false;
	if (w->class == W_SHORT_WEEKDAY) { /* "Fri., April 26", "Fri 26 Apr" */
		if (!read_date_behind(s, &m))
			return false;
	} else {
		time_read_part_behind(s, &m);
		if (!read_date_behind(s, &m))
			read_week_behind(s, &m);
	}
	*out = m;
	return true;
}
