/* Weekdays, where they are a day and no name or habit. */
#include "extract/time/weekday_patterns.h"

#include "extract/time/date_patterns.h"

enum { SUNDAY = 6 };
enum { WISH = 1 }; /* the number of "good" in data/times.tsv */

bool time_is_greeting(const struct time_context *ctx, uint32_t i)
{
	return is_class(ctx, i, W_BEFORE_NAME) && word_at(ctx, i)->value == WISH &&
	       is_class(ctx, i + 1, W_WEEKDAY) && is_class(ctx, i + 2, W_PART) &&
	       !word_at(ctx, i + 2)->is_capital &&
	       (i == 0 || starts_segment(ctx, i) || word_at(ctx, i - 1)->class == W_PUNCT);
}

/* "Black Friday", "the Sunday Times", "Friday Night Lights". */
static bool is_named_day(const struct time_context *ctx, uint32_t i)
{
	const struct time_word *next = word_at(ctx, i + 1);
	if (i > 0 && is_class(ctx, i - 1, W_BEFORE_NAME) && word_at(ctx, i - 1)->is_capital)
		return !time_is_greeting(ctx, i - 1);
	bool is_media = i > 1 && ((is_word(ctx, i - 1, "on") && is_word(ctx, i - 2, "mail")) ||
				  (is_in(ctx, i - 2, SET_BROADCASTER) &&
				   is_in(ctx, i - 1, SET_BROADCASTER) &&
				   word_at(ctx, i)->value == SUNDAY)); /* a paper, a program */
	if (is_media)
		return word_at(ctx, i - 2)->is_capital;
	if (next->is_capital && (next->class == W_AFTER_NAME || next->class == W_PART) &&
	    !next->starts_segment)
		return true;
	return is_class(ctx, i + 1, W_THE) && is_class(ctx, i + 2, W_NTH); /* "Friday the 13th" */
}

/* "the Sunday talk shows", "Monday-morning quarterbacks": what comes every week and has its day for
 * an adjective. "On" makes it a day of its own: "on Sunday services resumed". */
static bool is_adjective_of_habit(const struct time_context *ctx, uint32_t i, uint32_t behind)
{
	enum { REACH = 3 };
	if (i > 0 && is_in(ctx, i - 1, SET_ON_A_DAY))
		return false;
	for (uint32_t k = behind; k < behind + REACH; k++) {
		if (is_in(ctx, k, SET_HABITUAL_THING))
			return !starts_segment(ctx, k);
		unsigned tag = tag_of(ctx, k);
		if (tag != TAG_NN && tag != TAG_NNS && tag != TAG_NNP && tag != TAG_JJ &&
		    tag != TAG_VBG)
			return false;
	}
	return false;
}

/* "the last Friday in August", "the first Monday of September": counted within its month. */
static bool is_counted(const struct time_context *ctx, uint32_t i)
{
	if (i == 0 || !(is_class(ctx, i - 1, W_ORDINAL) || is_class(ctx, i - 1, W_LAST)))
		return false;
	uint32_t k = i + 2 + is_class(ctx, i + 2, W_THE);
	return (is_class(ctx, i + 1, W_OF) || tag_of(ctx, i + 1) == TAG_IN) &&
	       (is_class(ctx, k, W_MONTH) ||
		(is_class(ctx, k, W_UNIT) && k > i + 2 && word_at(ctx, k)->value > TIME_WEEK));
}

/* "said that Tuesday is the day": no demonstrative. */
static bool is_after_that(const struct time_context *ctx, uint32_t i)
{
	unsigned next = tag_of(ctx, i + 1);
	return i > 1 && is_class(ctx, i - 2, W_SAYING) &&
	       (next == TAG_VBD || next == TAG_VBP || next == TAG_AUX || next == TAG_MD);
}

/* "a Friday", "a rainy Thursday afternoon". */
static bool is_any(const struct time_context *ctx, uint32_t i)
{
	return (i > 0 && is_in(ctx, i - 1, SET_INDEFINITE)) ||
	       (i > 2 && tag_of(ctx, i - 1) == TAG_JJ && is_in(ctx, i - 2, SET_INDEFINITE) &&
		tag_of(ctx, i - 3) == TAG_IN);
}

/* "Monday and Wednesday of each week", "Monday through Friday every week", "the first Wednesday of
 * every month". */
static bool is_of_each(const struct time_context *ctx, uint32_t i)
{
	uint32_t k = i + 1;
	for (; k < ctx->words.n; k++) {
		bool is_link = is_mark(ctx, k, ',') || is_in(ctx, k, SET_RANGE_LINK) ||
			       tag_of(ctx, k) == TAG_CC;
		if (!is_link && !is_class(ctx, k, W_WEEKDAY))
			break;
	}
	k += is_class(ctx, k, W_OF);
	if (!is_class(ctx, k, W_HABIT))
		return false;
	k += 1 + is_in(ctx, k + 1, SET_EVERY_OTHER);
	return is_class(ctx, k, W_UNIT) && word_at(ctx, k)->value > TIME_DAY;
}

/* Any Friday, many of them, or one of several. */
static bool is_habitual(const struct time_context *ctx, uint32_t i)
{
	const struct time_word *next = word_at(ctx, i + 1);
	const struct time_word *behind = next->class == W_PART ? next + 1 : next;
	unsigned tag = tag_of(ctx, (uint32_t)(behind - ctx->words.v));
	if (is_of_each(ctx, i) || is_counted(ctx, i) ||
	    is_adjective_of_habit(ctx, i, (uint32_t)(behind - ctx->words.v)))
		return true;
	if (i > 0 && is_class(ctx, i - 1, W_THAT)) /* said "that Friday's vote" */
		return !(i > 1 && tag == TAG_POS) && !is_after_that(ctx, i);
	if (is_any(ctx, i)) /* "a Friday night rally", not "on a Friday" */
		return behind->is_capital || (tag != TAG_NN && tag != TAG_JJ);
	if (i > 0 && (is_class(ctx, i - 1, W_HABIT) || is_class(ctx, i - 1, W_COUNT)))
		return true;
	return !next->is_capital && is_in(ctx, i + 1, SET_HABITUAL_PART);
}

/* ", April 26", "26 April", ", April 26, 2024" behind a weekday: the date is what counts. */
static bool match_date_behind(const struct time_context *ctx, struct time_match *m)
{
	struct time_match date;
	uint32_t k = m->last + 1;
	if (is_mark(ctx, k, '.') &&
	    is_class(ctx, m->last, W_SHORT_WEEKDAY)) /* "Sun." keeps no stop of its own */
		k++;
	if (is_mark(ctx, k, ','))
		k++;
	if (is_class(ctx, k, W_THE))
		k++;
	bool found = time_match_month(ctx, k, &date) ? date.day > 0
						     : time_match_day_month(ctx, k, &date) ||
							       time_match_digits(ctx, k, &date);
	if (!found || date.form != FORM_DATE)
		return false;
	date.first = m->first;
	date.head = m->head;
	date.part = m->part;
	*m = date;
	return true;
}

/* "of last week", "next week" behind a weekday. */
static void match_week_behind(const struct time_context *ctx, struct time_match *m)
{
	uint32_t k = m->last + 1 + is_class(ctx, m->last + 1, W_OF);
	const struct time_word *w = word_at(ctx, k), *unit = word_at(ctx, k + 1);
	int shift = w->class == W_LAST	 ? -1
		    : w->class == W_THIS ? 0
		    : w->class == W_NEXT ? 1
					 : NO_SHIFT;
	if (shift == NO_SHIFT || unit->class != W_UNIT || unit->value != TIME_WEEK)
		return;
	m->year_shift = shift;
	m->last = k + 1;
}

/* What stands between the two weekdays of a range: how many words, a hyphen that joins none. */
static bool is_range_link(const struct time_context *ctx, uint32_t i, uint32_t *n)
{
	const struct time_word *w = word_at(ctx, i);
	bool is_dash = w->class == W_PUNCT && (w->value == 0 || w->value == '-');
	*n = !w->is_joined;
	return w->is_joined || is_dash || is_in(ctx, i, SET_RANGE_LINK) || is_word(ctx, i, "and");
}

/* "from Friday to Sunday", "Monday and Tuesday": each knows the other one. */
static void match_weekday_range(const struct time_context *ctx, struct time_match *m)
{
	uint32_t n, before = m->first - 1;
	const struct time_word *start, *end;
	if (is_range_link(ctx, m->last + 1, &n)) {
		end = word_at(ctx, m->last + 1 + n);
		if (end->class == W_WEEKDAY && end->is_capital) {
			m->range_weekday = end->value;
			return;
		}
	}
	if (m->first < 2)
		return;
	before -= word_at(ctx, m->first)->is_joined ? 0 : 1;
	start = word_at(ctx, before);
	if (start->class != W_WEEKDAY || !start->is_capital ||
	    !is_range_link(ctx, before + 1, &n) || before + 1 + n != m->first)
		return;
	m->range_weekday = start->value;
	m->is_range_end = true;
	if (!is_word(ctx, before + 1, "and"))
		m->verb_of = before; /* one verb for both */
}

/* "Wed.", "Tues." where a time stands: "said Wed. that", "on Fri." */
static bool is_short_weekday(const struct time_context *ctx, uint32_t i)
{
	if (i == 0 || starts_segment(ctx, i))
		return false;
	if (is_in(ctx, i - 1, SET_BEFORE_TIME) || is_in(ctx, i - 1, SET_BEFORE_ORDINAL))
		return has_stop(ctx, i) || !is_word(ctx, i, "sun");
	unsigned before = tag_of(ctx, i - 1);
	return has_stop(ctx, i) && (before == TAG_VBD || before == TAG_VBN);
}

bool time_match_weekday(const struct time_context *ctx, uint32_t i, struct time_match *out)
{
	const struct time_word *w = word_at(ctx, i);
	struct time_match m = match_new(FORM_WEEKDAY, TIME_DAY, i);
	m.number = w->value;
	if (!w->is_capital || is_named_day(ctx, i) || is_habitual(ctx, i))
		return false;
	if (w->class == W_SHORT_WEEKDAY) { /* "Fri., April 26", "Fri 26 Apr" */
		if (!match_date_behind(ctx, &m) && !is_short_weekday(ctx, i))
			return false;
	} else {
		time_match_part_behind(ctx, &m);
		if (!match_date_behind(ctx, &m))
			match_week_behind(ctx, &m);
	}
	if (m.form == FORM_WEEKDAY && m.year_shift == NO_SHIFT)
		match_weekday_range(ctx, &m);
	*out = m;
	return true;
}
