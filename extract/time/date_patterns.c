/* Dates, years and times of the clock, as words give them. A word alone that is no time
 * ("may", "march") needs company that makes it one. */
#include "extract/time/date_patterns.h"

enum { YEAR_OF_THE_ATTACKS = 2001 };
enum { FIRST_BARE_YEAR = 1760 };			/* earlier ones only with a month */
enum { FIRST_NEAR_YEAR = 1900, LAST_NEAR_YEAR = 2060 }; /* of news, seldom a count */

/* --- years, months, days ---------------------------------------------------------------------- */

bool time_is_year(const struct time_context *ctx, uint32_t i)
{
	const struct time_word *w = word_at(ctx, i);
	return w->class == W_NUMBER && w->digits == 4 && w->value >= FIRST_YEAR &&
	       w->value <= LAST_YEAR;
}

/* A number of a day of the month: "26", "26th". */
int time_day_at(const struct time_context *ctx, uint32_t i)
{
	const struct time_word *w = word_at(ctx, i);
	bool fits = (w->class == W_NUMBER || w->class == W_NTH) && w->digits <= 2 &&
		    !w->has_apostrophe && w->value >= 1 && w->value <= 31;
	return fits ? w->value : 0;
}

/* "of last year", "of this year", "last year" behind a month or a season; how many words, and the
 * shift of the year. */
static uint32_t match_year_shift(const struct time_context *ctx, uint32_t i, int *shift)
{
	uint32_t k = i + is_class(ctx, i, W_OF);
	int n = is_class(ctx, k, W_LAST)   ? -1
		: is_class(ctx, k, W_THIS) ? 0
		: is_class(ctx, k, W_NEXT) ? 1
					   : NO_SHIFT;
	bool is_the_year = is_class(ctx, i, W_OF) && is_class(ctx, k, W_THE); /* "of the year" */
	if (is_the_year)
		n = 0;
	if (n == NO_SHIFT || !is_class(ctx, k + 1, W_UNIT) ||
	    word_at(ctx, k + 1)->value != TIME_YEAR)
		return 0;
	*shift = n;
	return k + 2 - i;
}

/* Two digits of a year by their apostrophe: "'15". */
static bool is_short_year(const struct time_context *ctx, uint32_t i)
{
	const struct time_word *w = word_at(ctx, i);
	return w->class == W_NUMBER && w->digits == 2 && w->has_apostrophe;
}

/* "April '15", "05-Mar-14". */
static bool match_short_year(const struct time_context *ctx, struct time_match *m)
{
	uint32_t k = m->last + 1;
	const struct time_word *w = word_at(ctx, k);
	bool is_joined = m->day > 0 && w->is_joined && word_at(ctx, m->last)->is_joined &&
			 w->class == W_NUMBER && w->digits == 2;
	k += is_mark(ctx, k, ',') && is_short_year(ctx, k + 1);
	if (!is_joined && !is_short_year(ctx, k))
		return false;
	m->year = word_at(ctx, k)->value;
	m->has_short_year = true;
	m->last = k;
	return true;
}

/* ", 2024", "2024", "of 2024", "of last year" from word i on: fills in the year and moves `last`.
 */
void time_match_year_behind(const struct time_context *ctx, struct time_match *m)
{
	uint32_t i = m->last + 1, k = i;
	if (match_short_year(ctx, m))
		return;
	if (is_mark(ctx, k, ',') || is_class(ctx, k, W_OF) || is_word(ctx, k, "in"))
		k++;
	bool is_apart = is_word(ctx, i, "in");
	if (time_is_year(ctx, k) && !is_apart &&
	    !(is_mark(ctx, i, ',') && m->day == 0 && is_class(ctx, k + 1, W_MONTH))) {
		m->year = word_at(ctx, k)->value;
		m->last = k;
		return;
	}
	uint32_t comma = is_mark(ctx, i, ','), n = 0;
	if (!comma || (m->day > 0 && !is_word(ctx, i + 3, "'s ’s")))
		n = match_year_shift(ctx, i + comma, &m->year_shift);
	m->last += n ? n + comma : 0;
}

/* A month, and whether the word alone may be taken for one. */
static int month_at(const struct time_context *ctx, uint32_t i, bool *is_short)
{
	const struct time_word *w = word_at(ctx, i);
	if ((w->class != W_MONTH && w->class != W_SHORT_MONTH) || !w->is_capital)
		return 0;
	*is_short = w->class == W_SHORT_MONTH && !has_stop(ctx, i);
	return w->value;
}

/* "Theresa May", "April Ryan", "March on Washington", "Women's March": a month's name in another's.
 */
static bool is_in_name(const struct time_context *ctx, uint32_t i)
{
	const struct time_word *next = word_at(ctx, i + 1);
	bool before = i > 0 && is_name_like(ctx, i - 1) && tag_of(ctx, i - 1) == TAG_NNP &&
		      word_at(ctx, i - 1)->class == W_NONE &&
		      !is_word(ctx, i - 1, "in since until");
	bool after = next->is_capital && next->class == W_NONE && !next->starts_segment &&
		     tag_of(ctx, i + 1) == TAG_NNP;
	return before || after;
}

/* A month without day or year must stand where a time stands. */
static bool is_bare_month(const struct time_context *ctx, uint32_t i)
{
	if (i > 0 && is_class(ctx, i - 1, W_HABIT)) /* "each December" */
		return false;
	if (!is_in(ctx, i, SET_NAME_MONTH)) /* "Black September" */
		return i == 0 ||
		       !(is_name_like(ctx, i - 1) && word_at(ctx, i - 1)->class == W_BEFORE_NAME);
	if (i == 0 || is_in_name(ctx, i))
		return false;
	if (word_at(ctx, i - 1)->class == W_EDGE || is_class(ctx, i - 1, W_LAST) ||
	    is_class(ctx, i - 1, W_THIS) || is_class(ctx, i - 1, W_NEXT) ||
	    is_class(ctx, i - 1, W_PAST))
		return true;
	if (is_word(ctx, i, "may") && ctx->has_may)
		return false;
	bool is_verb = tag_of(ctx, i + 1) == TAG_VBD || tag_of(ctx, i + 1) == TAG_MD ||
		       tag_of(ctx, i + 1) == TAG_AUX;
	if (is_word(ctx, i, "may march august") && is_verb) /* "since May took office" */
		return false;
	bool is_coordinated = is_word(ctx, i - 1, "and or to -") && i > 1 &&
			      (is_class(ctx, i - 2, W_MONTH) || is_class(ctx, i - 2, W_NUMBER));
	return is_coordinated || word_at(ctx, i)->is_joined || is_in(ctx, i - 1, SET_BEFORE_MONTH);
}

/* "In May 12 people died": a number of things. */
static bool is_count_of_things(const struct time_context *ctx, uint32_t i)
{
	return word_at(ctx, i)->class == W_NUMBER &&
	       (tag_of(ctx, i + 1) == TAG_NNS || is_mark(ctx, i + 1, '%')) &&
	       word_at(ctx, i + 1)->class == W_NONE;
}

/* The second day of "July 13 to 17", "July 13-17", "July 13 and 17": its word, or 0. */
static uint32_t second_day(const struct time_context *ctx, uint32_t i)
{
	const struct time_word *w = word_at(ctx, i);
	uint32_t k = w->is_joined ? i : i + 1;
	bool is_link = w->is_joined || is_in(ctx, i, SET_RANGE_LINK) || is_word(ctx, i, "and or") ||
		       (w->class == W_PUNCT && w->value == 0);
	return is_link && time_day_at(ctx, k) && !is_count_of_things(ctx, k) ? k : 0;
}

/* The day behind another one and its month, with the year that both have. */
bool time_match_second_day(const struct time_context *ctx, uint32_t i, struct time_match *out)
{
	bool is_short = false;
	uint32_t before = word_at(ctx, i)->is_joined ? i - 1 : i - 2;
	if (i < 3 || second_day(ctx, before + 1) != i || !time_day_at(ctx, before) ||
	    !month_at(ctx, before - 1, &is_short))
		return false;
	struct time_match m = match_new(FORM_DATE, TIME_DAY, i);
	m.month = month_at(ctx, before - 1, &is_short);
	m.day = time_day_at(ctx, i);
	time_match_year_behind(ctx, &m);
	*out = m;
	return true;
}

bool time_match_month(const struct time_context *ctx, uint32_t i, struct time_match *out)
{
	bool is_short = false;
	struct time_match m = match_new(FORM_DATE, TIME_MONTH, i);
	m.month = month_at(ctx, i, &is_short);
	if (m.month == 0)
		return false;
	uint32_t k = i + 1;
	if (is_class(ctx, k, W_THE) && is_class(ctx, k + 1, W_NTH))
		k++;
	m.day = is_count_of_things(ctx, k) ? 0 : time_day_at(ctx, k);
	if (m.day > 0) {
		m.unit = TIME_DAY;
		m.last = k;
	}
	struct time_match second;
	if (m.day > 0 && second_day(ctx, k + 1) &&
	    time_match_second_day(ctx, second_day(ctx, k + 1), &second)) {
		m.year = second.year;
		m.year_shift = second.year_shift;
	} else {
		time_match_year_behind(ctx, &m);
	}
	if (m.month == 9 && m.day == 11 && m.year == 0 && is_in(ctx, m.last + 1, SET_ATTACK))
		m.year = YEAR_OF_THE_ATTACKS;
	bool is_dated =
		m.last > i && !(is_mark(ctx, i + 1, ',') && m.day == 0 && is_in_name(ctx, i));
	if (!is_dated && (is_short || !is_bare_month(ctx, i)))
		return false;
	*out = m;
	return true;
}

/* The 14 of "14 to 16 April 2015", "14-16 April". */
static bool match_first_day(const struct time_context *ctx, uint32_t i, struct time_match *out)
{
	struct time_match second;
	uint32_t k = second_day(ctx, i + 1);
	if (!k || (i > 0 && word_at(ctx, i)->is_joined) || !time_match_day_month(ctx, k, &second) ||
	    second.month == 0)
		return false;
	*out = second;
	out->first = out->last = out->head = i;
	out->day = time_day_at(ctx, i);
	return out->day < second.day;
}

/* "26 April 2024", "the 26th of April". */
bool time_match_day_month(const struct time_context *ctx, uint32_t i, struct time_match *out)
{
	bool is_short = false;
	struct time_match m = match_new(FORM_DATE, TIME_DAY, i);
	m.day = time_day_at(ctx, i);
	uint32_t k = i + 1;
	if (m.day &&
	    is_in(ctx, k, SET_ORDINAL_ENDING)) /* "20 th August", from paper or raised letters */
		k++;
	if (m.day && word_at(ctx, i)->class == W_NTH && is_class(ctx, k, W_OF)) {
		k++;
		if (is_class(ctx, k, W_THIS) && is_class(ctx, k + 1, W_UNIT) &&
		    word_at(ctx, k + 1)->value == TIME_MONTH) {
			m.form = FORM_MONTH_DAY;
			m.direction = DIRECTION_THIS;
			m.last = k + 1;
			*out = m;
			return true;
		}
	}
	m.month = m.day ? month_at(ctx, k, &is_short) : 0;
	if (m.month == 0)
		return m.day && match_first_day(ctx, i, out);
	m.last = k;
	time_match_year_behind(ctx, &m);
	*out = m;
	return true;
}

/* "26.04.2024": the day comes first. */
static bool match_dotted(const struct time_context *ctx, uint32_t i, struct time_match *out)
{
	const struct time_word *w = ctx->words.v + i;
	if (i + 4 >= ctx->words.n || !is_mark(ctx, i + 1, '.') || !is_mark(ctx, i + 3, '.') ||
	    w[0].token != w[4].token || !time_day_at(ctx, i) || w[2].class != W_NUMBER ||
	    w[2].value < 1 || w[2].value > 12 || !time_is_year(ctx, i + 4))
		return false;
	*out = match_new(FORM_DATE, TIME_DAY, i);
	out->day = w[0].value;
	out->month = w[2].value;
	out->year = w[4].value;
	out->last = i + 4;
	return true;
}

/* "2024-04-26", "26/4/2024", "4/26/24". A date that day and month could swap is left alone. */
bool time_match_digits(const struct time_context *ctx, uint32_t i, struct time_match *out)
{
	const struct time_word *w = ctx->words.v + i;
	struct time_match m = match_new(FORM_DATE, TIME_DAY, i);
	if (i + 2 < ctx->words.n && time_is_year(ctx, i) && w[1].is_joined &&
	    w[1].class == W_NUMBER && w[1].digits == 2 && w[2].is_joined &&
	    w[2].class == W_NUMBER && w[2].digits == 2) {
		m.year = w[0].value;
		m.month = w[1].value;
		m.day = w[2].value;
		m.last = i + 2;
		*out = m;
		return true;
	}
	bool is_short = w[4 < ctx->words.n - i ? 4 : 0].digits == 2;
	if (match_dotted(ctx, i, out))
		return true;
	if (i + 4 >= ctx->words.n || w->class != W_NUMBER || !is_mark(ctx, i + 1, '/') ||
	    w[2].class != W_NUMBER || !is_mark(ctx, i + 3, '/') || w[4].class != W_NUMBER ||
	    !(is_short || time_is_year(ctx, i + 4)))
		return false;
	unsigned next = tag_of(ctx, i + 5);
	if (is_short && (next == TAG_NN || next == TAG_NNS || next == TAG_JJ || next == TAG_VBN))
		return false; /* "10/30/50 bedded hospitals" */
	m.has_short_year = is_short;
	m.year = w[4].value;
	m.month = w[0].value <= 12 ? w[0].value : w[2].value;
	m.day = w[0].value <= 12 ? w[2].value : w[0].value;
	m.last = i + 4;
	*out = m;
	return m.month != m.day ? (m.month <= 12 && m.day > 12) : true;
}

/* What else the digits of a year may count. */
static bool may_be_year(const struct time_context *ctx, uint32_t i)
{
	unsigned next = tag_of(ctx, i + 1);
	if (i > 0 && (is_mark(ctx, i - 1, '$') || is_in(ctx, i - 1, SET_BEFORE_NUMBER)))
		return false;
	if (is_in(ctx, i + 1, SET_COUNTED) || is_word(ctx, i + 1, "of") || is_mark(ctx, i + 1, '%'))
		return false;
	unsigned verb = tag_of(ctx, i + 2);
	return next != TAG_NNS || verb == TAG_VBD || verb == TAG_VBP || verb == TAG_MD ||
	       verb == TAG_AUX;
}

/* "the Rules, 2020", "the Road Traffic Act 1988". */
static bool is_of_law(const struct time_context *ctx, uint32_t i)
{
	uint32_t k = i - is_mark(ctx, i - 1, ',');
	if (k == i && is_word(ctx, i - 1, "bill")) /* "House Bill 2021" */
		return false;
	return k > 0 && is_name_like(ctx, k - 1) && is_in(ctx, k - 1, SET_LAW);
}

/* "any 2016 candidate", "our 2022 and 2023 budgets": what stands before is neither a name, a number
 * nor a thing that has one. */
static bool is_before_noun(const struct time_context *ctx, uint32_t i)
{
	unsigned before = tag_of(ctx, i - 1), next = tag_of(ctx, i + 1);
	bool is_noun = next == TAG_NN || next == TAG_JJ || next == TAG_NNP ||
		       (next == TAG_CC && time_is_year(ctx, i + 2) &&
			(tag_of(ctx, i + 3) == TAG_NN || tag_of(ctx, i + 3) == TAG_NNS ||
			 tag_of(ctx, i + 3) == TAG_JJ));
	return is_noun &&
	       (before == TAG_PRPS || before == TAG_DT || before == TAG_JJ || before == TAG_IN ||
		before == TAG_VBD || before == TAG_VBN || before == TAG_VBG || before == TAG_CC);
}

/* A year alone: behind a preposition, before its noun ("the 2016 election"), in brackets, or beside
 * another one. */
static bool is_bare_year(const struct time_context *ctx, uint32_t i)
{
	int v = word_at(ctx, i)->value;
	if (v < FIRST_BARE_YEAR || i == 0)
		return i == 0 && v >= FIRST_BARE_YEAR && tag_of(ctx, 1) == TAG_NN;
	bool is_possessive = is_word(ctx, i + 1, "'s ’s");
	bool has_noun = tag_of(ctx, i + 1) == TAG_NN || tag_of(ctx, i + 1) == TAG_JJ ||
			(tag_of(ctx, i + 1) == TAG_NNP) ||
			(tag_of(ctx, i + 1) == TAG_NNS && is_in(ctx, i + 1, SET_DATED_EVENT));
	if (is_possessive || is_in(ctx, i - 1, SET_BEFORE_YEAR) ||
	    word_at(ctx, i - 1)->class == W_EDGE)
		return may_be_year(ctx, i);
	if (is_word(ctx, i - 1, "fiscal year"))
		return true;
	if (is_of_law(ctx, i))
		return true;
	bool is_near = v >= FIRST_NEAR_YEAR && v <= LAST_NEAR_YEAR && v % 100 != 0;
	unsigned next = tag_of(ctx, i + 1);
	if (is_near && is_in(ctx, i - 1, SET_BEFORE_NEAR_YEAR))
		return may_be_year(ctx, i) && next != TAG_NNS && next != TAG_CD;
	if (is_near && is_word(ctx, i - 1, "and or") && i > 1 && time_is_year(ctx, i - 2))
		return !is_in(ctx, i + 1, SET_COUNTED);
	if (is_near && starts_segment(ctx, i) &&
	    (next == TAG_VBD || next == TAG_AUX)) /* "1949 was a good year" */
		return true;
	if (is_near && is_before_noun(ctx, i))
		return may_be_year(ctx, i);
	if (is_word(ctx, i - 1, "to") && i > 1 && is_in(ctx, i - 2, SET_BEFORE_TO))
		return may_be_year(ctx, i);
	if (is_mark(ctx, i - 1, '(') &&
	    (is_mark(ctx, i + 1, ')') || word_at(ctx, i + 1)->is_joined))
		return true;
	if (is_word(ctx, i - 1, "and or to , -") && i > 1 && time_is_year(ctx, i - 2))
		return may_be_year(ctx, i);
	if (is_word(ctx, i - 1, "of")) /* "as of 2016", "the crisis of 2008", no "total of 2000" */
		return (i > 1 && is_word(ctx, i - 2, "as")) ||
		       (may_be_year(ctx, i) && v % 100 != 0);
	if (is_mark(ctx, i + 1, '[') && is_word(ctx, i - 1, "the this"))
		return true;
	bool is_adjective = i > 1 &&
			    (is_class(ctx, i - 2, W_THE) || tag_of(ctx, i - 2) == TAG_PRPS ||
			     is_word(ctx, i - 2, "a")) &&
			    (tag_of(ctx, i - 1) == TAG_JJ || tag_of(ctx, i - 1) == TAG_VBN ||
			     tag_of(ctx, i - 1) == TAG_VBD || is_class(ctx, i - 1, W_COMING));
	bool is_determined = is_adjective || is_class(ctx, i - 1, W_THE) ||
			     tag_of(ctx, i - 1) == TAG_PRPS || tag_of(ctx, i - 1) == TAG_POS ||
			     is_word(ctx, i - 1, "a this its");
	if (is_determined && v >= 1900 && v % 100 != 0 &&
	    tag_of(ctx, i + 1) == TAG_NNS) /* "the 2008 primaries" */
		return !is_in(ctx, i + 1, SET_COUNTED);
	return (is_determined || starts_segment(ctx, i)) && has_noun && may_be_year(ctx, i);
}

/* "in '08", "the '08 campaign". */
static bool match_bare_short_year(const struct time_context *ctx, uint32_t i,
				  struct time_match *out)
{
	if (i == 0 || !is_short_year(ctx, i))
		return false;
	unsigned next = tag_of(ctx, i + 1);
	bool is_determined = is_class(ctx, i - 1, W_THE) || tag_of(ctx, i - 1) == TAG_PRPS;
	if (!is_in(ctx, i - 1, SET_BEFORE_YEAR) && word_at(ctx, i - 1)->class != W_EDGE &&
	    !(is_determined && (next == TAG_NN || next == TAG_NNS || next == TAG_JJ)))
		return false;
	*out = match_new(FORM_DATE, TIME_YEAR, i);
	out->year = word_at(ctx, i)->value;
	out->has_short_year = true;
	return true;
}

bool time_match_year(const struct time_context *ctx, uint32_t i, struct time_match *out)
{
	struct time_match m = match_new(FORM_DATE, TIME_YEAR, i);
	if (match_bare_short_year(ctx, i, out))
		return true;
	if (!time_is_year(ctx, i) || word_at(ctx, i)->is_joined)
		return false;
	m.year = word_at(ctx, i)->value;
	const struct time_word *next = word_at(ctx, i + 1);
	uint32_t dash = next->class == W_PUNCT && next->value == 0 &&
			(next->start == word_at(ctx, i)->end || /* 2015–2016, (2015 – 2016) */
			 (i > 0 && (is_mark(ctx, i - 1, '(') || is_word(ctx, i - 1, "from"))));
	next += dash;
	if ((next->is_joined || (dash && time_is_year(ctx, i + 2))) &&
	    next->class == W_NUMBER) { /* 2015-2016, 2015-16 */
		int to = next->digits == 2 ? m.year / 100 * 100 + next->value : next->value;
		if (to <= m.year || to > m.year + 100 || word_at(ctx, i + 2 + dash)->is_joined)
			return false;
		m.form = FORM_YEARS;
		m.unit = TIME_INTERVAL;
		m.to_year = to;
		m.last = i + 1 + dash;
		*out = m;
		return true;
	}
	if (next->is_joined || !is_bare_year(ctx, i))
		return false;
	if (i > 0 && is_word(ctx, i - 1, "fiscal"))
		m.first = i - 1;
	*out = m;
	return true;
}

/* --- time of day ------------------------------------------------------------------------------ */

static void match_zone(const struct time_context *ctx, struct time_match *m)
{
	uint32_t k = m->last + 1;
	bool in_brackets =
		is_mark(ctx, k, '(') && is_class(ctx, k + 1, W_ZONE) && is_mark(ctx, k + 2, ')');
	if (is_class(ctx, k + in_brackets, W_ZONE) && word_at(ctx, k + in_brackets)->is_capital) {
		m->is_utc = word_at(ctx, k + in_brackets)->value == 0;
		m->last = in_brackets ? k + 2 : k;
	} else if (is_word(ctx, k, "local") && is_word(ctx, k + 1, "time")) {
		m->last = k + 1;
	}
}

/* "3 p.m.", "3:30 p.m.", "6am", "14:30 GMT", "at 14:30", "noon". Bare digits with a colon may be a
 * score or a verse. */
bool time_match_clock(const struct time_context *ctx, uint32_t i, struct time_match *out)
{
	const struct time_word *w = word_at(ctx, i), *next = word_at(ctx, i + 1);
	struct time_match m = match_new(FORM_CLOCK, TIME_DAY, i);
	bool has_half = next->class == W_AM || next->class == W_PM;
	bool is_hour = w->class == W_NUMBER && w->digits <= 2 && w->value >= 1 && w->value <= 12;
	bool is_clock = w->class == W_CLOCK,
	     is_four = w->class == W_NUMBER && w->digits == 4 && next->class == W_ZONE;
	if (w->class == W_MOMENT) {
		m.clock = w->value ? w->value * 100
				   : 2400; /* midnight, as in TIMEX3: the end of the day */
		if (!is_in(ctx, i - (i > 0), SET_BEFORE_NOON) &&
		    !is_word(ctx, i - (i > 0), "least most") &&
		    !(next->class == W_WEEKDAY || next->class == W_DAY))
			return false;
	} else if ((is_hour || is_clock) && has_half && !(is_clock && w->value >= 1300)) {
		int hour = is_hour ? w->value : w->value / 100,
		    minute = is_hour ? 0 : w->value % 100;
		m.clock = (hour % 12 + (next->class == W_PM ? 12 : 0)) * 100 + minute;
		m.last = i + 1;
	} else if (is_clock || is_four) {
		m.clock = w->value;
		bool has_place = i > 0 && is_in(ctx, i - 1, SET_BEFORE_CLOCK);
		bool has_zone = next->class == W_ZONE ||
				(next->class == W_PUNCT && word_at(ctx, i + 2)->class == W_ZONE) ||
				is_word(ctx, i + 1, "local");
		if ((w->digits > 0 && !has_place && !has_zone) || m.clock >= 2400 ||
		    m.clock % 100 > 59)
			return false;
	} else {
		return false;
	}
	match_zone(ctx, &m);
	*out = m;
	return true;
}

/* "morning", "night", "3 p.m." behind a day. */
void time_match_part_behind(const struct time_context *ctx, struct time_match *m)
{
	struct time_match clock;
	const struct time_word *next = word_at(ctx, m->last + 1);
	if (next->class == W_PART && !next->is_capital) {
		m->part = (uint8_t)next->value;
		m->last++;
	} else if (time_match_clock(ctx, m->last + 1, &clock)) {
		m->clock = clock.clock;
		m->is_utc = clock.is_utc;
		m->last = clock.last;
	}
}
