/* Quarters, halves and seasons of years, decades and centuries. */
#include "extract/time/part_patterns.h"

#include "extract/time/calendar.h"
#include "extract/time/date_patterns.h"
#include "extract/time/unit_patterns.h"

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

bool time_match_year_part(const struct time_context *ctx, uint32_t i, struct time_match *out)
{
	int n = time_count_at(ctx, i + 1);
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

bool time_match_ordinal(const struct time_context *ctx, uint32_t i, struct time_match *out)
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
bool time_match_season(const struct time_context *ctx, uint32_t i, struct time_match *out)
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
bool time_match_decade(const struct time_context *ctx, uint32_t i, struct time_match *out)
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
