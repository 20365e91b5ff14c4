/* From the words of time expressions to the calendar: which day, month or year each means against
 * the day of publication, the tense over it, and what the text spoke of before. */
#include "extract/time/time.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "extract/time/patterns.h"
#include "extract/time/tense.h"

enum {
	STORY_REACH = 300, /* words back to the time that "the next day" counts from, which must be
			      somewhere */
	BESIDE_REACH = 40, /* and to that of "a year earlier", which may count from publication too:
			      the sentence or the one before */
	FAR_DAYS = 240,	   /* a day without its year is seldom so far away when ... */
	NEAR_DAYS = 120,   /* ... its namesake on the other side is as near as this */
	JUST_PAST = 2, /* what "was to" happen, or was said that it "would", lies back if its day
			  has just been, else ahead */
	ONE_WEEK = 7,
	MIDNIGHT = 2400
};

/* A time that others count from: a day, or a longer period known no better than its unit. */
struct anchor {
	day_t day; /* its first; DAY_NONE: there is none */
	enum time_unit unit;
};

/* The time that the text spoke of last, outside of speech. */
struct reference_time {
	struct anchor at;
	uint32_t word, sentence;
	bool has_year; /* which the words themselves said */
	struct {
		day_t day; /* the last one that was told to the day, or DAY_NONE */
		uint32_t word;
	} day, past; /* `past`: the last that is not after publication */
};

struct finder {
	const struct time_words *tw;
	const struct text *t;
	struct arena *a;
	struct time_context context;
	struct time_reading *readings;
	struct time_expression *found; /* by reading; value "" when there is none */
	size_t n, cap;
	day_t published;
	struct anchor
		*said; /* by quotation: when it was said; unit TIME_INTERVAL: nobody has told */
	uint32_t *sentence_of; /* by reading */
};

/* --- the calendar ----------------------------------------------------------------------------- */

static struct civil civil_plus_months(struct civil c, int months)
{
	int m = c.year * 12 + c.month - 1 + months;
	return (struct civil){m / 12, m % 12 + 1, 1};
}

static int months_of(enum time_unit unit)
{
	switch (unit) {
	case TIME_MONTH:
		return 1;
	case TIME_QUARTER:
	case TIME_SEASON:
		return 3;
	case TIME_HALF:
		return 6;
	case TIME_YEAR:
		return 12;
	case TIME_DECADE:
		return 120;
	case TIME_CENTURY:
		return 1200;
	default:
		return 0;
	}
}

/* The first day of the unit that holds a day. Winters begin in December. */
static day_t unit_start(enum time_unit unit, day_t day)
{
	int months = months_of(unit);
	if (unit == TIME_WEEK)
		return day - day_weekday(day);
	if (unit == TIME_WEEKEND)
		return day - day_weekday(day) + 5;
	if (months == 0)
		return day;
	struct civil c = civil_from_day(day);
	int shift = unit == TIME_SEASON ? 1 : 0, m = c.year * 12 + c.month - 1 + shift;
	m = m / months * months - shift;
	return day_from_civil((struct civil){m / 12, m % 12 + 1, 1});
}

/* n units on from the first day of one; DAY_NONE outside of the years 1 to 9999. */
static day_t unit_plus(enum time_unit unit, day_t start, int n)
{
	int months = months_of(unit);
	if (months == 0)
		return start + n * (unit == TIME_DAY ? 1 : ONE_WEEK);
	struct civil c = civil_from_day(start);
	int64_t year = c.year + (int64_t)months * n / 12;
	if (year < 1 || year > 9998)
		return DAY_NONE;
	return day_from_civil(civil_plus_months(c, months * n));
}

static day_t unit_end(enum time_unit unit, day_t start)
{
	if (unit == TIME_WEEKEND)
		return start + 1;
	return unit_plus(unit, start, 1) - 1;
}

/* --- values ----------------------------------------------------------------------------------- */

static void write_clock(struct time_expression *x, const struct time_reading *m)
{
	static const char *const parts[] = {"", "TMO", "TAF", "TEV", "TNI"};
	size_t n = strlen(x->value);
	char *p = x->value + n;
	if (m->clock == NO_CLOCK)
		snprintf(p, sizeof x->value - n, "%s", parts[m->part]);
	else
		snprintf(p, sizeof x->value - n, "T%02d:%02d%s", m->clock / 100, m->clock % 100,
			 m->is_utc ? "Z" : "");
}

static void write_week(struct time_expression *x, const char *ending)
{
	day_t thursday =
		x->from - day_weekday(x->from) + 3; /* a week belongs to the year of its Thursday */
	struct civil c = civil_from_day(thursday);
	int week = (thursday - day_from_civil((struct civil){c.year, 1, 1})) / ONE_WEEK + 1;
	snprintf(x->value, sizeof x->value, "%04d-W%02d%s", c.year, week, ending);
}

static void write_one(char *p, size_t room, enum time_unit unit, day_t day)
{
	static const char *const seasons[] = {"WI", "SP", "SU", "FA"};
	struct civil c = civil_from_day(day);
	unsigned year = (unsigned)c.year % 10000u, month = (unsigned)c.month % 100u;
	switch (unit) {
	case TIME_MONTH:
		snprintf(p, room, "%04u-%02u", year, month);
		break;
	case TIME_QUARTER:
		snprintf(p, room, "%04u-Q%u", year, (month + 2) / 3);
		break;
	case TIME_SEASON:
		snprintf(p, room, "%04u-%s", year, seasons[month / 3 % 4]);
		break;
	case TIME_HALF:
		snprintf(p, room, "%04u-H%u", year, (month + 5) / 6);
		break;
	case TIME_YEAR:
		snprintf(p, room, "%04u", year);
		break;
	case TIME_DECADE:
		snprintf(p, room, "%03uX", year / 10);
		break;
	case TIME_CENTURY:
		snprintf(p, room, "%02uXX", year / 100);
		break;
	default:
		snprintf(p, room, "%04u-%02u-%02u", year, month, (unsigned)c.day % 100u);
	}
}

/* Fills in the period of one unit, and its value. False when it lies outside of the calendar. */
static bool set_period(struct time_expression *x, enum time_unit unit, day_t start,
		       const char *rule)
{
	struct civil first = {1, 1, 1}, last = {9998, 12, 31};
	if (start == DAY_NONE || start < day_from_civil(first) || start > day_from_civil(last))
		return false;
	x->unit = unit;
	x->from = start;
	x->to = unit_end(unit, start);
	x->rule = str_of(rule);
	if (unit == TIME_WEEK || unit == TIME_WEEKEND)
		write_week(x, unit == TIME_WEEK ? "" : "-WE");
	else
		write_one(x->value, sizeof x->value, unit, start);
	return true;
}

static bool set_interval(struct time_expression *x, enum time_unit unit, day_t from, day_t to,
			 const char *rule)
{
	char first[TIME_VALUE_ROOM / 2], last[TIME_VALUE_ROOM / 2];
	struct time_expression end = {0};
	if (!set_period(x, unit, from, rule) || !set_period(&end, unit, to, rule))
		return false;
	write_one(first, sizeof first, unit, from);
	write_one(last, sizeof last, unit, to);
	snprintf(x->value, sizeof x->value, "%s/%s", first, last);
	x->unit = TIME_INTERVAL;
	x->to = end.to;
	return true;
}

/* --- which one of a name ---------------------------------------------------------------------- */

static bool is_ahead(enum tense tense)
{
	return tense == TENSE_FUTURE || tense == TENSE_PRESENT;
}

/* Of the verb over a reading. A time "since" which something holds lies back whatever the verb. */
static enum tense tense_of(const struct finder *f, const struct time_reading *m)
{
	if (m->first > 0 && text_is(f->t, f->context.words.v[m->first - 1].token, "since"))
		return TENSE_PAST;
	return tense_over(f->tw, f->t, f->context.words.v[m->head].token);
}

/* The weekday `number` on or around a day. The day itself counts: agencies name the weekday of the
 * day they write on, in either tense ("said on Friday", "will meet on Friday", both in Friday's
 * report). */
static bool find_weekday(struct finder *f, const struct time_reading *m, struct anchor ref,
			 const struct reference_time *reference, struct time_expression *x)
{
	int back = (day_weekday(ref.day) - m->number + ONE_WEEK) % ONE_WEEK,
	    on = (ONE_WEEK - back) % ONE_WEEK;
	day_t week = unit_start(TIME_WEEK, ref.day);
	if (m->year_shift != NO_SHIFT)
		return set_period(x, TIME_DAY, week + m->year_shift * ONE_WEEK + m->number,
				  "weekday of the week said");
	switch (m->direction) {
	case DIRECTION_LAST:
		return set_period(x, TIME_DAY, ref.day - (back ? back : ONE_WEEK),
				  "last such weekday before");
	case DIRECTION_NEXT:
		return set_period(x, TIME_DAY, week + ONE_WEEK + m->number,
				  "such weekday of the week after");
	case DIRECTION_COMING:
		return set_period(x, TIME_DAY, ref.day + (on ? on : ONE_WEEK),
				  "first such weekday after");
	case DIRECTION_FOLLOWING:
	case DIRECTION_PREVIOUS: {
		int sign = m->direction == DIRECTION_FOLLOWING ? 1 : -1;
		if (reference->day.day == DAY_NONE)
			return false;
		int away = sign * (m->number - day_weekday(reference->day.day));
		away = (away + ONE_WEEK) % ONE_WEEK;
		return set_period(x, TIME_DAY, reference->day.day + sign * (away ? away : ONE_WEEK),
				  "such weekday beside the day spoken of");
	}
	default:
		break;
	}
	enum tense tense = tense_of(f, m);
	bool forward = is_ahead(tense) || (tense == TENSE_OPEN && back > JUST_PAST) ||
		       (m->direction == DIRECTION_THIS && tense != TENSE_PAST);
	return forward ? set_period(x, TIME_DAY, ref.day + on,
				    "first such weekday on or after, by the verb's tense")
		       : set_period(x, TIME_DAY, ref.day - back,
				    "latest such weekday on or before");
}

/* Of the periods that come back every year, the one meant. `start`: that of the year of `ref`. */
struct yearly {
	enum time_unit unit;
	struct civil start; /* its year is that of the anchor */
};

static day_t yearly_start(const struct yearly *y, int shift)
{
	struct civil c = y->start;
	c.year += shift;
	if (c.day > days_in_month(c.year, c.month))
		return DAY_NONE; /* February 29 */
	return day_from_civil(c);
}

static day_t pick_past(const struct yearly *y, day_t ref, bool strictly)
{
	for (int shift = 1; shift >= -4; shift--) {
		day_t start = yearly_start(y, shift);
		if (start != DAY_NONE && (strictly ? unit_end(y->unit, start) < ref : start <= ref))
			return start;
	}
	return DAY_NONE;
}

static day_t pick_ahead(const struct yearly *y, day_t ref, bool strictly)
{
	for (int shift = -1; shift <= 4; shift++) {
		day_t start = yearly_start(y, shift);
		if (start != DAY_NONE && (strictly ? start > ref : unit_end(y->unit, start) >= ref))
			return start;
	}
	return DAY_NONE;
}

static day_t pick_yearly(const struct yearly *y, day_t ref, enum time_direction direction,
			 enum tense tense)
{
	day_t back = pick_past(y, ref, direction == DIRECTION_LAST),
	      on = pick_ahead(y, ref, direction == DIRECTION_NEXT || direction == DIRECTION_COMING);
	if (direction == DIRECTION_LAST || direction == DIRECTION_PREVIOUS)
		return back;
	if (direction == DIRECTION_NEXT || direction == DIRECTION_FOLLOWING ||
	    direction == DIRECTION_COMING)
		return on;
	if (back == DAY_NONE || on == DAY_NONE)
		return back == DAY_NONE ? on : back;
	if (back != DAY_NONE && unit_end(y->unit, back) >= ref)
		return back; /* it holds the day */
	if (direction == DIRECTION_THIS)
		return yearly_start(y, 0);
	int days_back = ref - back, days_on = on - ref;
	bool is_day = y->unit ==
		      TIME_DAY; /* newspapers leave the year out only where the nearest is meant */
	if (tense == TENSE_PAST)
		return is_day && days_back > FAR_DAYS && days_on < NEAR_DAYS ? on : back;
	if (tense == TENSE_OPEN && !is_day)
		return on;
	if (is_ahead(tense))
		return is_day && tense == TENSE_PRESENT && days_on > FAR_DAYS &&
				       days_back < NEAR_DAYS
			       ? back
			       : on;
	return days_back <= days_on || y->unit == TIME_QUARTER
		       ? back
		       : on; /* quarters are written of when they are over */
}

/* A year said before holds to the end of its sentence; one said with a month ("On March 2, 2015,
 * ... On March 25, ...") for the next sentence too, where a report goes on with the same reference.
 */
static bool is_reference_year(const struct reference_time *s, const struct time_reading *m,
			      uint32_t sentence)
{
	if (s->at.day == DAY_NONE || (!s->has_year && !m->needs_reference))
		return false;
	if (m->needs_reference) /* "that November" */
		return m->first - s->word < STORY_REACH;
	return s->sentence == sentence || (s->at.unit <= TIME_MONTH && s->sentence + 1 == sentence);
}

static bool find_date(struct finder *f, const struct time_reading *m, struct anchor ref,
		      const struct reference_time *reference, uint32_t sentence,
		      struct time_expression *x)
{
	int year = m->year;
	const char *rule = "the date as written";
	if (year == 0 && m->year_shift != NO_SHIFT && ref.day != DAY_NONE) {
		year = civil_from_day(ref.day).year + m->year_shift;
		rule = "the year counted from publication";
	} else if (year == 0 && m->direction == DIRECTION_TENSE &&
		   is_reference_year(reference, m, sentence)) {
		year = civil_from_day(reference->at.day).year;
		rule = "in the year said before";
	} else if (m->needs_reference) {
		return false;
	}
	if (m->month > 12 || (m->month == 0 && m->day > 0) || (year == 0 && ref.day == DAY_NONE))
		return false;
	struct civil c = {year ? year : civil_from_day(ref.day).year, m->month ? m->month : 1,
			  m->day ? m->day : 1};
	if (year) {
		bool fits = c.day <= days_in_month(c.year, c.month);
		return fits && set_period(x, m->unit, day_from_civil(c), rule);
	}
	if (ref.unit > m->unit && ref.unit <= TIME_YEAR && c.day <= days_in_month(c.year, c.month))
		return set_period(x, m->unit, day_from_civil(c), "in the year of the quotation");
	if (c.day > days_in_month(2000, c.month))
		return false;
	struct yearly y = {m->unit, c};
	enum tense tense = m->direction == DIRECTION_TENSE ? tense_of(f, m) : TENSE_NONE;
	return set_period(x, m->unit, pick_yearly(&y, ref.day, m->direction, tense),
			  "nearest such date by the verb's tense");
}

/* Quarters, halves and seasons of a year. */
static bool find_piece(struct finder *f, const struct time_reading *m, struct anchor ref,
		       struct time_expression *x)
{
	int months = months_of(m->unit),
	    month = (m->number - 1) * months + 1 + (m->unit == TIME_SEASON ? 2 : 0);
	struct civil c = {m->year, month, 1};
	if (m->year)
		return set_period(x, m->unit, day_from_civil(c), "of the year as written");
	if (ref.day == DAY_NONE)
		return false;
	c.year = civil_from_day(ref.day).year;
	if (m->year_shift != NO_SHIFT) {
		c.year += m->year_shift;
		return set_period(x, m->unit, day_from_civil(c),
				  "the year counted from publication");
	}
	struct yearly y = {m->unit, c};
	enum tense tense = m->direction == DIRECTION_TENSE ? tense_of(f, m) : TENSE_NONE;
	return set_period(x, m->unit, pick_yearly(&y, ref.day, m->direction, tense),
			  "nearest such season by the verb's tense");
}

/* "the 26th". */
static bool find_nth(struct finder *f, const struct time_reading *m, struct anchor ref,
		     struct time_expression *x)
{
	enum tense tense = m->direction == DIRECTION_THIS ? TENSE_NONE : tense_of(f, m);
	struct civil now = civil_from_day(ref.day);
	for (int shift = 0; shift <= 2; shift++) {
		struct civil c = civil_plus_months(now, is_ahead(tense) ? shift : -shift);
		c.day = m->day;
		if (c.day > days_in_month(c.year, c.month))
			continue;
		day_t day = day_from_civil(c);
		if (m->direction == DIRECTION_THIS ||
		    (is_ahead(tense) ? day >= ref.day : day <= ref.day))
			return set_period(x, TIME_DAY, day, "nearest such day by the verb's tense");
	}
	return false;
}

/* --- counted from ... ------------------------------------------------------------------------- */

static bool find_shift(struct finder *f, const struct time_reading *m, struct anchor ref,
		       struct time_expression *x)
{
	int n = m->number;
	if (m->unit == TIME_WEEKEND && n == 0 && m->direction == DIRECTION_TENSE) {
		enum tense tense = tense_of(f, m);
		n = (tense == TENSE_PAST || tense == TENSE_NONE) && day_weekday(ref.day) < 5 ? -1
											     : 0;
	}
	return set_period(x, m->unit, unit_plus(m->unit, unit_start(m->unit, ref.day), n),
			  "counted from publication");
}

static bool find_by_reference(struct finder *f, const struct time_reading *m, struct anchor ref,
			      const struct reference_time *reference, struct time_expression *x)
{
	bool is_past = reference->past.day != reference->day.day &&
		       tense_of(f, m) == TENSE_PAST; /* no coming day had a "same day" */
	day_t day = is_past ? reference->past.day : reference->day.day;
	bool by_day =
		m->unit <= TIME_WEEK; /* years named in passing do not end a day's reference */
	struct anchor from = by_day ? (struct anchor){day, TIME_DAY} : reference->at;
	uint32_t away = m->first - (!by_day   ? reference->word
				    : is_past ? reference->past.word
					      : reference->day.word);
	bool is_near = from.day != DAY_NONE &&
		       away < (m->needs_reference ? STORY_REACH : BESIDE_REACH) &&
		       from.unit <= m->unit;
	if (!is_near && (m->needs_reference || ref.day == DAY_NONE))
		return false;
	if (!is_near)
		from = ref;
	return set_period(x, m->unit, unit_plus(m->unit, unit_start(m->unit, from.day), m->number),
			  is_near ? "counted from the time spoken of" : "counted from publication");
}

/* What spans weeks is written in days, and what spans decades in years: the ends of an interval are
 * dates. */
static bool find_range(const struct time_reading *m, struct anchor ref, struct time_expression *x)
{
	enum time_unit unit = m->unit <= TIME_WEEK	? TIME_DAY
			      : m->unit <= TIME_QUARTER ? TIME_MONTH
							: TIME_YEAR;
	int each = m->unit == TIME_WEEK	  ? ONE_WEEK
		   : m->unit <= TIME_WEEK ? 1
					  : months_of(m->unit) / months_of(unit);
	day_t here = unit_start(unit, ref.day), there = unit_plus(unit, here, m->number * each);
	if (there == DAY_NONE || m->unit == TIME_WEEKEND)
		return false;
	return m->number < 0 ? set_interval(x, unit, there, here, "the time up to publication")
			     : set_interval(x, unit, here, there, "the time from publication on");
}

static bool resolve(struct finder *f, size_t i, struct anchor ref,
		    const struct reference_time *reference)
{
	const struct time_reading *m = &f->readings[i];
	struct time_expression *x = &f->found[i];
	struct civil c = {m->year, 1, 1};
	bool needs_day = m->form == FORM_WEEKDAY || m->form == FORM_NTH || m->form == FORM_SHIFT ||
			 m->form == FORM_RANGE;
	if (needs_day && (ref.day == DAY_NONE || ref.unit > m->unit))
		return false;
	switch (m->form) {
	case FORM_DATE:
		return find_date(f, m, ref, reference, f->sentence_of[i], x);
	case FORM_WEEKDAY:
		return find_weekday(f, m, ref, reference, x);
	case FORM_NTH:
		return find_nth(f, m, ref, x);
	case FORM_SHIFT:
		return find_shift(f, m, ref, x);
	case FORM_REFERENCE:
		return find_by_reference(f, m, ref, reference, x);
	case FORM_PIECE:
		return find_piece(f, m, ref, x);
	case FORM_DECADE:
		return set_period(x, TIME_DECADE, day_from_civil(c), "the decade as written");
	case FORM_CENTURY:
		c.year = (m->number - 1) * 100;
		return set_period(x, TIME_CENTURY, day_from_civil(c), "the century as written");
	case FORM_RANGE: /* "and spent the next five decades in Congress" */
		return (m->number < 0 || tense_of(f, m) != TENSE_PAST) && find_range(m, ref, x);
	case FORM_YEARS:
		return set_interval(x, TIME_YEAR, day_from_civil(c),
				    day_from_civil((struct civil){m->to_year, 1, 1}),
				    "the years as written");
	default:
		return false;
	}
}

/* --- the text --------------------------------------------------------------------------------- */

/* 1 + the quotation that a token stands in. A single word between marks is the writer's. */
static uint32_t speech_of(const struct text *t, uint32_t token)
{
	uint32_t q = t->tokens[token].quote;
	return q && t->quotes[q - 1].words > 1 ? q : 0;
}

static uint32_t token_of(const struct finder *f, uint32_t word)
{
	return f->context.words.v[word].token;
}

static int read_all(struct finder *f, struct arena *kept)
{
	uint32_t n_words = (uint32_t)f->context.words.n, sentence = 0, counted = 0, end = 0;
	size_t cap = 0;
	for (uint32_t i = 0, steps = 0; i < n_words; i++, steps++) {
		struct time_reading m;
		if (!budget_allows_step(f->a->budget, steps))
			return -1;
		if (!time_read(&f->context, i, &m))
			continue;
		if (arena_grow(f->a, (void **)&f->readings, &f->cap, f->n + 1,
			       sizeof *f->readings) < 0 ||
		    arena_grow(f->a, (void **)&f->sentence_of, &cap, f->n + 1,
			       sizeof *f->sentence_of) < 0)
			return -1;
		if (m.first < end)
			m.first = end;
		for (; counted <= m.head; counted++)
			sentence += f->context.words.v[counted].starts_segment;
		f->sentence_of[f->n] = sentence;
		f->readings[f->n++] = m;
		end = m.last + 1;
		i = m.last;
	}
	f->found = arena_array(kept, f->n + 1, sizeof *f->found);
	return f->found ? 0 : -1;
}

/* The first line is nothing but a full date: an article's own date line, as in Wikinews. A date
 * within a sentence is one of those the article tells about, and no anchor. */
static day_t date_line(const struct finder *f)
{
	const struct text *t = f->t;
	if (f->n == 0 || t->n_paragraphs == 0)
		return DAY_NONE;
	const struct time_reading *m = &f->readings[0];
	struct civil c = {m->year, m->month, m->day};
	if (m->form != FORM_DATE || m->year == 0 || m->month == 0 || m->day == 0 || m->month > 12 ||
	    m->day > days_in_month(m->year, m->month))
		return DAY_NONE;
	for (uint32_t i = 0; i < t->paragraphs[1]; i++) {
		bool inside = i >= token_of(f, m->first) && i <= token_of(f, m->last);
		if (!inside && (t->tokens[i].flags & TOK_WORD))
			return DAY_NONE;
	}
	return day_from_civil(c);
}

static void set_reference(struct reference_time *s, const struct finder *f, size_t i)
{
	const struct time_reading *m = &f->readings[i];
	const struct time_expression *x = &f->found[i];
	if (x->unit > TIME_YEAR)
		return;
	bool goes_on = m->year == 0 && s->has_year && x->unit <= TIME_MONTH &&
		       m->form == FORM_DATE &&
		       civil_from_day(x->from).year == civil_from_day(s->at.day).year;
	goes_on = goes_on || (m->year == 0 && s->has_year && s->sentence == f->sentence_of[i]);
	*s = (struct reference_time){.at = {x->from, x->unit},
				     .word = m->last,
				     .sentence = f->sentence_of[i],
				     .has_year = m->year > 0 || goes_on,
				     .day = s->day,
				     .past = s->past};
	if (x->unit != TIME_DAY)
		return;
	s->day.day = x->from;
	s->day.word = m->last;
	if (f->published == DAY_NONE || x->from <= f->published)
		s->past = s->day;
}

static int resolve_outside(struct finder *f)
{
	struct reference_time reference = {
		.at = {DAY_NONE, TIME_DAY}, .day = {.day = DAY_NONE}, .past = {.day = DAY_NONE}};
	for (size_t i = 0; i < f->n; i++) {
		if (!budget_allows_step(f->a->budget, i))
			return -1;
		if (f->readings[i].form == FORM_CLOCK ||
		    speech_of(f->t, token_of(f, f->readings[i].head)))
			continue;
		if (resolve(f, i, (struct anchor){f->published, TIME_DAY}, &reference))
			set_reference(&reference, f, i);
	}
	return 0;
}

/* Does a word of saying stand beside an expression, with no other clause between? Before it, or
 * behind it where the expression opens the sentence: "On Friday, he said". */
static bool hangs_on_saying(const struct finder *f, size_t i)
{
	enum { REACH = 9 };
	const struct time_word *w = f->context.words.v;
	for (uint32_t k = f->readings[i].first, n = 0; k > 0 && n < REACH && !w[k].starts_segment;
	     n++) {
		k--;
		if (w[k].class == W_SAYING)
			return true;
		unsigned tag = f->t->tokens[w[k].token].tag;
		if (tag == TAG_W || tag == TAG_SC || tag == TAG_COMMA || tag == TAG_VBD ||
		    tag == TAG_VBP)
			return false;
	}
	uint32_t k = f->readings[i].last + 1;
	for (uint32_t n = 0; k < f->context.words.n && n < REACH && !w[k].starts_segment;
	     k++, n++) {
		if (w[k].class == W_SAYING)
			return true;
		unsigned tag = f->t->tokens[w[k].token].tag;
		if (tag == TAG_W || tag == TAG_SC || tag == TAG_VBD || tag == TAG_VBP)
			return false;
	}
	return false;
}

/* The expression of a sentence outside of speech that tells when its quotations were said; SIZE_MAX
 * when none does. */
static size_t saying_time(const struct finder *f, uint32_t first, uint32_t end, size_t *from)
{
	size_t hit = SIZE_MAX;
	while (*from < f->n && token_of(f, f->readings[*from].head) < first)
		++*from;
	for (size_t i = *from; i < f->n && token_of(f, f->readings[i].head) < end; i++)
		if (f->found[i].value[0] && !speech_of(f->t, token_of(f, f->readings[i].head)) &&
		    hit == SIZE_MAX && f->found[i].unit <= TIME_YEAR && hangs_on_saying(f, i))
			hit = i;
	return hit;
}

/* When each quotation was said: by the sentence that holds it, else with the one before in its
 * paragraph, else at publication. */
static void find_saying_times(struct finder *f)
{
	const struct text *t = f->t;
	struct anchor now = {f->published, TIME_DAY}, carried = now;
	uint32_t paragraph = UINT32_MAX;
	size_t from = 0, quote = 0;
	for (size_t q = 0; q < t->n_quotes; q++)
		f->said[q] = now;
	for (size_t k = 0; k < t->n_segments; k++) {
		const struct segment *g = &t->segments[k];
		if (g->quote)
			continue;
		if (g->paragraph != paragraph)
			carried = now;
		paragraph = g->paragraph;
		uint32_t first = t->items[g->first].first, end = t->items[g->end - 1].last + 1;
		size_t hit = saying_time(f, first, end, &from);
		bool has_clause = false;
		for (uint32_t i = g->first; i < g->end; i++)
			has_clause = has_clause || t->items[i].tag == TAG_VBD ||
				     t->items[i].tag == TAG_VBP;
		if (hit != SIZE_MAX)
			carried = (struct anchor){f->found[hit].from, f->found[hit].unit};
		else if (has_clause)
			carried = now;
		while (quote < t->n_quotes && t->quotes[quote].open < end)
			f->said[quote++] = carried;
	}
}

static int resolve_inside(struct finder *f)
{
	struct reference_time reference = {
		.at = {DAY_NONE, TIME_DAY}, .day = {.day = DAY_NONE}, .past = {.day = DAY_NONE}};
	uint32_t quote = 0;
	for (size_t i = 0; i < f->n; i++) {
		uint32_t q = speech_of(f->t, token_of(f, f->readings[i].head));
		if (!budget_allows_step(f->a->budget, i))
			return -1;
		if (q == 0 || f->readings[i].form == FORM_CLOCK)
			continue;
		if (q != quote)
			reference.at.day = reference.day.day = reference.past.day = DAY_NONE;
		quote = q;
		if (resolve(f, i, f->said[q - 1], &reference))
			set_reference(&reference, f, i);
	}
	return 0;
}

/* A time of the clock belongs to the day said in its sentence, else to the one spoken of before,
 * else to that of publication. */
static void resolve_clock(struct finder *f, size_t i)
{
	const struct time_reading *m = &f->readings[i];
	uint32_t q = speech_of(f->t, token_of(f, m->head));
	struct anchor at = q ? f->said[q - 1] : (struct anchor){f->published, TIME_DAY};
	bool is_past = tense_of(f, m) == TENSE_PAST;
	size_t best = SIZE_MAX;
	if (i + 1 < f->n && f->sentence_of[i + 1] == f->sentence_of[i] &&
	    f->readings[i + 1].first <= m->last + 3 && f->found[i + 1].value[0] &&
	    f->found[i + 1].unit == TIME_DAY)
		best = i + 1;
	for (size_t k = i;
	     k-- > 0 && best == SIZE_MAX && m->first - f->readings[k].last < STORY_REACH;)
		if (f->found[k].value[0] && f->found[k].unit == TIME_DAY &&
		    !(is_past && at.day != DAY_NONE && f->found[k].from > at.day) &&
		    speech_of(f->t, token_of(f, f->readings[k].head)) == q)
			best = k;
	if (best != SIZE_MAX)
		at = (struct anchor){f->found[best].from, TIME_DAY};
	if (m->clock == MIDNIGHT && is_past &&
	    at.day == f->published) /* its end is still to come: the one that began it */
		f->readings[i].clock = 0;
	if (at.day != DAY_NONE && at.unit == TIME_DAY)
		(void)set_period(&f->found[i], TIME_DAY, at.day, "time of the day spoken of");
}

/* Spans, heads, parts of the day; those without a value fall out. */
static void finish(struct finder *f, struct time_list *out)
{
	size_t n = 0;
	for (size_t i = 0; i < f->n; i++) {
		const struct time_reading *m = &f->readings[i];
		struct time_expression x = f->found[i];
		if (x.value[0] == 0)
			continue;
		const struct time_word *first = &f->context.words.v[m->first],
				       *last = &f->context.words.v[m->last];
		const struct token *a = &f->t->tokens[first->token],
				   *b = &f->t->tokens[last->token];
		if (x.unit == TIME_DAY)
			write_clock(&x, m);
		/* parts of a hyphened word are ASCII up to the part: a word of the table stands
		 * before */
		x.span = (struct span){a->point + (first->start - a->start),
				       last->end == b->end ? b->point_end
							   : b->point + (last->end - b->start)};
		x.first = first->token;
		x.last = last->token;
		x.head = token_of(f, m->head);
		f->found[n++] = x;
	}
	*out = (struct time_list){f->found, n};
}

/* Centuries on either side of it must stay inside of the calendar; no article is of another time.
 */
static bool is_of_our_time(day_t published)
{
	struct civil c = civil_from_day(published);
	return c.year >= 1000 && c.year <= 9000;
}

static int find_all(struct finder *f, struct arena *kept)
{
	f->said = arena_array(f->a, f->t->n_quotes + 1, sizeof *f->said);
	if (!f->said || time_context_open(&f->context, f->tw, f->t, f->a) < 0 ||
	    read_all(f, kept) < 0)
		return -1;
	if (f->published == DAY_NONE)
		f->published = date_line(f);
	else if (!is_of_our_time(f->published))
		f->published = DAY_NONE;
	if (resolve_outside(f) < 0)
		return -1;
	find_saying_times(f);
	if (resolve_inside(f) < 0)
		return -1;
	for (size_t i = 0; i < f->n; i++) {
		if (!budget_allows_step(f->a->budget, i))
			return -1;
		if (f->readings[i].form == FORM_CLOCK)
			resolve_clock(f, i);
	}
	return 0;
}

int times_find(const struct time_words *tw, const struct text *t, day_t published, struct arena *a,
	       struct time_list *out)
{
	struct arena scratch; /* for all but what is found */
	*out = (struct time_list){0};
	arena_init_beside(&scratch, a);
	struct finder f = {.tw = tw, .t = t, .a = &scratch, .published = published};
	int rc = find_all(&f, a);
	if (rc == 0)
		finish(&f, out);
	arena_release(&scratch);
	return rc;
}
