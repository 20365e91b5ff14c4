#include "extract/time/normalize.h"

#include "extract/syntax/labels.h"
#include "extract/time/feasts.h"
#include "extract/time/tense.h"

enum {
	/* Words back to the reference of "a year earlier", which may count from publication too:
	 * the sentence or the one before. */
	BESIDE_REACH = 40,
	/* A day without its year is seldom so far away when its namesake on the other side is near.
	 */
	FAR_DAYS = 240,
	NEAR_DAYS = 120,
	/* Days: what "was to" happen lies back if its day has just been, else ahead. */
	JUST_PAST = 2,
	/* Days: a weekday of this week that is nearer is called by its bare name, so that "next"
	 * and "last" mean that of the other week. */
	NEXT_NEAREST = 4,
	LAST_NEAREST = 3,
	/* Days before publication: a day that "the Monday" may count from is no news. */
	OLD_DAYS = 14
};

/* A match with all that its meaning depends on. */
struct question {
	const struct time_context *ctx;
	const struct time_match *m;
	struct time_anchor origin;
	const struct reference_time *reference;
};

static bool is_ahead(enum tense tense)
{
	return tense == TENSE_FUTURE || tense == TENSE_PRESENT;
}

/* Of the verb over a match. A time "since" which something holds lies back whatever the verb. */
static enum tense tense_of(const struct time_context *ctx, const struct time_match *m)
{
	const struct time_word *w = ctx->words.v;
	if (m->first > 0 && text_is(ctx->t, w[m->first - 1].token, "since"))
		return TENSE_PAST;
	return tense_over(ctx->tw, ctx->t, w[m->verb_of ? m->verb_of : m->head].token);
}

bool time_is_past(const struct time_context *ctx, const struct time_match *m)
{
	return tense_of(ctx, m) == TENSE_PAST;
}

/* --- the reference time ----------------------------------------------------------------------- */

struct reference_time reference_none(void)
{
	struct reference_time none = {.at = {DAY_NONE, TIME_DAY}};
	none.day.day = none.past.day = DAY_NONE;
	return none;
}

void reference_set(struct reference_time *r, const struct time_match *m,
		   const struct time_expression *x, day_t published)
{
	if (x->unit > TIME_YEAR)
		return;
	bool keeps_year = m->year == 0 && r->has_year &&
			  (r->sentence == m->sentence ||
			   (x->unit <= TIME_MONTH && m->form == FORM_DATE &&
			    civil_from_day(x->from).year == civil_from_day(r->at.day).year));
	r->at = (struct time_anchor){x->from, x->unit};
	r->word = m->last;
	r->sentence = m->sentence;
	r->has_year = m->year > 0 || keeps_year;
	if (x->unit != TIME_DAY)
		return;
	r->day.day = x->from;
	r->day.word = m->last;
	if (published == DAY_NONE || x->from <= published)
		r->past = r->day;
}

/* A year said before holds to the end of its sentence; one said with a month ("On March 2, 2015,
 * ... On March 25, ...") for the next sentence too, where a report goes on with the same reference.
 */
static bool is_reference_year(const struct reference_time *r, const struct time_match *m)
{
	if (r->at.day == DAY_NONE || (!r->has_year && !m->needs_reference))
		return false;
	if (m->needs_reference) /* "that November" */
		return m->first - r->word < REFERENCE_REACH;
	return r->sentence == m->sentence ||
	       (r->at.unit <= TIME_MONTH && r->sentence + 1 == m->sentence);
}

/* --- which one of a name ---------------------------------------------------------------------- */

/* "the following Friday": beside the day spoken of. */
static bool find_reference_weekday(const struct question *q, int sign, struct time_expression *x)
{
	day_t day = q->reference->day.day;
	if (day == DAY_NONE)
		return false;
	int away = (sign * (q->m->number - day_weekday(day)) + WEEK_DAYS) % WEEK_DAYS;
	return time_set_period(x, TIME_DAY, day + sign * (away ? away : WEEK_DAYS),
			       RULE_REFERENCE_WEEKDAY);
}

/* One end of "from Friday to Sunday": both ends lie back, or ahead; what is going on has its end
 * ahead. */
static bool find_range_weekday(const struct question *q, struct time_expression *x)
{
	const struct time_match *m = q->m;
	day_t day = q->origin.day;
	int first = m->is_range_end ? m->range_weekday : m->number,
	    last = m->is_range_end ? m->number : m->range_weekday,
	    length = (last - first + WEEK_DAYS) % WEEK_DAYS;
	int back = (day_weekday(day) - last + WEEK_DAYS) % WEEK_DAYS,
	    first_on = (first - day_weekday(day) + WEEK_DAYS) % WEEK_DAYS,
	    last_on = (WEEK_DAYS - back) % WEEK_DAYS;
	enum tense tense = tense_of(q->ctx, m);
	bool forward = is_ahead(tense) || (tense == TENSE_OPEN && back > JUST_PAST);
	length = length ? length : WEEK_DAYS;
	day_t end = !forward		     ? day - back
		    : tense == TENSE_PRESENT ? day + last_on
					     : day + first_on + length;
	return time_set_period(x, TIME_DAY, m->is_range_end ? end : end - length,
			       forward ? RULE_WEEKDAY_AHEAD : RULE_WEEKDAY_BACK);
}

/* Is the past read off no finite verb of the time's own: "defeating him on Monday", "before
 * Monday's debate"? */
static bool is_doubtful_past(const struct question *q)
{
	const struct text *t = q->ctx->t;
	uint32_t token = q->ctx->words.v[q->m->head].token;
	const struct token *k = &t->tokens[token], *governor = &t->tokens[k->head];
	bool is_possessive = text_tag(t, q->ctx->words.v[q->m->last].token + 1) == TAG_POS;
	return !tense_is_beside(q->ctx->tw, t, token) &&
	       (is_possessive || governor->xpos == XPOS_VBG || governor->xpos == XPOS_VB ||
		tense_is_of_purpose(t, token));
}

/* Is the future that of another word: "threatened to leave on Monday", "his speech on Monday will
 * be remembered"? */
static bool is_doubtful_future(const struct question *q)
{
	return tense_is_loose(q->ctx->tw, q->ctx->t, q->ctx->words.v[q->m->head].token);
}

/* "this Friday and next Friday": the near one has its own name beside it. */
static bool is_this_beside(const struct question *q)
{
	const struct time_word *w = q->ctx->words.v;
	uint32_t at = q->m->head, from = at > BESIDE_REACH ? at - BESIDE_REACH : 0;
	for (uint32_t i = from; i < at + BESIDE_REACH && i + 1 < q->ctx->words.n; i++)
		if (w[i].class == W_THIS && w[i + 1].class == W_WEEKDAY &&
		    w[i + 1].value == q->m->number)
			return true;
	return false;
}

/* "next Friday", said on a Monday, is that of this week; said on a Wednesday, of the week after. */
static bool find_next_weekday(const struct question *q, struct time_expression *x)
{
	day_t day = q->origin.day, near = calendar_start(TIME_WEEK, day) + q->m->number;
	bool is_near = near - day >= NEXT_NEAREST && !is_this_beside(q);
	return is_near ? time_set_period(x, TIME_DAY, near, RULE_COMING_WEEKDAY)
		       : time_set_period(x, TIME_DAY, near + WEEK_DAYS, RULE_NEXT_WEEKDAY);
}

/* "last Monday", said on a Wednesday, is that of the week before; said on a Friday, of this week.
 */
static bool find_last_weekday(const struct question *q, struct time_expression *x)
{
	day_t day = q->origin.day, near = calendar_start(TIME_WEEK, day) + q->m->number;
	bool is_near = near <= day - LAST_NEAREST;
	return time_set_period(x, TIME_DAY, is_near ? near : near - WEEK_DAYS,
			       is_near ? RULE_LAST_WEEKDAY : RULE_WEEKDAY_OF_WEEK);
}

/* "On March 5, 2012, ... On the Friday morning they moved": with "the" and a past verb, a weekday
 * of the story that the sentence, or the one before, dates. */
static bool is_of_story(const struct question *q)
{
	const struct time_match *m = q->m;
	const struct reference_time *r = q->reference;
	uint32_t before = m->head - 1;
	if (m->direction != DIRECTION_TENSE || m->head < 2 || r->past.day == DAY_NONE ||
	    r->past.day != r->day.day || r->past.day > q->origin.day - OLD_DAYS)
		return false;
	bool is_close = r->day.word == r->word && m->sentence - r->sentence <= 1;
	unsigned next = tag_of(q->ctx, m->last + 1);
	return is_close && q->ctx->words.v[before].class == W_THE &&
	       is_word(q->ctx, before - 1, "on") && next != TAG_NN && next != TAG_POS &&
	       tense_of(q->ctx, m) == TENSE_PAST;
}

static bool find_story_weekday(const struct question *q, struct time_expression *x)
{
	day_t day = q->reference->day.day;
	int away = (q->m->number - day_weekday(day) + WEEK_DAYS) % WEEK_DAYS;
	return time_set_period(x, TIME_DAY, day + away, RULE_REFERENCE_WEEKDAY);
}

/* The weekday `number` on or around the origin. The day itself counts: agencies name the weekday of
 * the day they write on, in either tense ("said on Friday", "will meet on Friday", both in Friday's
 * report). */
static bool find_weekday(const struct question *q, struct time_expression *x)
{
	const struct time_match *m = q->m;
	day_t day = q->origin.day, week = calendar_start(TIME_WEEK, day);
	int back = (day_weekday(day) - m->number + WEEK_DAYS) % WEEK_DAYS,
	    on = (WEEK_DAYS - back) % WEEK_DAYS;
	if (m->year_shift != NO_SHIFT)
		return time_set_period(x, TIME_DAY, week + m->year_shift * WEEK_DAYS + m->number,
				       RULE_WEEKDAY_OF_WEEK);
	switch (m->direction) {
	case DIRECTION_LAST:
		return find_last_weekday(q, x);
	case DIRECTION_PAST:
		return time_set_period(x, TIME_DAY, day - (back ? back : WEEK_DAYS),
				       RULE_LAST_WEEKDAY);
	case DIRECTION_NEXT:
		return find_next_weekday(q, x);
	case DIRECTION_COMING:
		return time_set_period(x, TIME_DAY, day + (on ? on : WEEK_DAYS),
				       RULE_COMING_WEEKDAY);
	case DIRECTION_FOLLOWING:
		return find_reference_weekday(q, 1, x);
	case DIRECTION_PREVIOUS:
		return find_reference_weekday(q, -1, x);
	default:
		break;
	}
	if (m->range_weekday != NO_WEEKDAY && m->direction == DIRECTION_TENSE)
		return find_range_weekday(q, x);
	if (is_of_story(q))
		return find_story_weekday(q, x);
	enum tense tense = tense_of(q->ctx, m);
	bool forward = is_ahead(tense) || (tense == TENSE_OPEN && back > JUST_PAST) ||
		       (m->direction == DIRECTION_THIS && tense != TENSE_PAST);
	/* a day six days away has its namesake next to the origin, which a doubtful tense means */
	if (m->direction == DIRECTION_TENSE && back == WEEK_DAYS - 1)
		forward = forward || is_doubtful_past(q);
	if (m->direction == DIRECTION_TENSE && on == WEEK_DAYS - 1)
		forward = forward && tense != TENSE_PRESENT && !is_doubtful_future(q);
	return forward ? time_set_period(x, TIME_DAY, day + on, RULE_WEEKDAY_AHEAD)
		       : time_set_period(x, TIME_DAY, day - back, RULE_WEEKDAY_BACK);
}

/* A period that comes back every year. */
struct yearly {
	enum time_unit unit;
	struct civil start;	   /* in the year of the origin */
	const struct feast *feast; /* with a day of its own in each year, or NULL */
};

static day_t yearly_start(const struct yearly *y, int shift)
{
	struct civil c = y->start;
	c.year += shift;
	if (y->feast)
		return feast_day(y->feast, c.year);
	if (c.day > days_in_month(c.year, c.month))
		return DAY_NONE; /* February 29 */
	return day_from_civil(c);
}

static day_t pick_past(const struct yearly *y, day_t day, bool strictly)
{
	for (int shift = 1; shift >= -4; shift--) {
		day_t start = yearly_start(y, shift);
		if (start != DAY_NONE &&
		    (strictly ? calendar_end(y->unit, start) < day : start <= day))
			return start;
	}
	return DAY_NONE;
}

static day_t pick_ahead(const struct yearly *y, day_t day, bool strictly)
{
	for (int shift = -1; shift <= 4; shift++) {
		day_t start = yearly_start(y, shift);
		if (start != DAY_NONE &&
		    (strictly ? start > day : calendar_end(y->unit, start) >= day))
			return start;
	}
	return DAY_NONE;
}

/* Of the two nearest ones on either side of a day, by the tense. Newspapers leave the year of a day
 * out only where the nearest is meant, if the tense is not sure; of quarters they write when these
 * are over. */
static day_t pick_by_tense(const struct yearly *y, day_t day, day_t back, day_t on,
			   enum tense tense, bool is_sure)
{
	int days_back = day - back, days_on = on - day;
	bool is_day = y->unit == TIME_DAY;
	if (tense == TENSE_PAST)
		return is_day && !is_sure && days_back > FAR_DAYS && days_on < NEAR_DAYS ? on
											 : back;
	if (tense == TENSE_OPEN && !is_day)
		return on;
	if (is_ahead(tense))
		return is_day && tense == TENSE_PRESENT && days_on > FAR_DAYS &&
				       days_back < NEAR_DAYS
			       ? back
			       : on;
	return days_back <= days_on || y->unit == TIME_QUARTER ? back : on;
}

static day_t pick_yearly(const struct question *q, const struct yearly *y)
{
	day_t day = q->origin.day;
	enum time_direction direction =
		q->m->direction == DIRECTION_PAST ? DIRECTION_LAST : q->m->direction;
	bool is_next = direction == DIRECTION_NEXT || direction == DIRECTION_COMING;
	day_t back = pick_past(y, day, direction == DIRECTION_LAST),
	      on = pick_ahead(y, day, is_next);
	if (direction == DIRECTION_LAST || direction == DIRECTION_PREVIOUS)
		return back;
	if (is_next || direction == DIRECTION_FOLLOWING)
		return on;
	if (back == DAY_NONE || on == DAY_NONE)
		return back == DAY_NONE ? on : back;
	if (calendar_end(y->unit, back) >= day)
		return back; /* it holds the day */
	return direction == DIRECTION_THIS
		       ? yearly_start(y, 0)
		       : pick_by_tense(y, day, back, on, tense_of(q->ctx, q->m),
				       tense_is_beside(q->ctx->tw, q->ctx->t,
						       q->ctx->words.v[q->m->head].token));
}

static bool find_date(const struct question *q, struct time_expression *x)
{
	const struct time_match *m = q->m;
	struct time_anchor origin = q->origin;
	int year = m->year;
	enum time_rule rule = RULE_WRITTEN_DATE;
	if (year == 0 && m->year_shift != NO_SHIFT && origin.day != DAY_NONE) {
		year = civil_from_day(origin.day).year + m->year_shift;
		rule = RULE_SHIFTED_YEAR;
	} else if (year == 0 && m->direction == DIRECTION_TENSE &&
		   is_reference_year(q->reference, m)) {
		year = civil_from_day(q->reference->at.day).year;
		rule = RULE_REFERENCE_YEAR;
	} else if (m->needs_reference) {
		return false;
	}
	if (m->month > 12 || (m->month == 0 && m->day > 0) || (year == 0 && origin.day == DAY_NONE))
		return false;
	struct civil c = {year ? year : civil_from_day(origin.day).year, m->month ? m->month : 1,
			  m->day ? m->day : 1};
	bool is_day = c.day <= days_in_month(c.year, c.month);
	if (year)
		return is_day && time_set_period(x, m->unit, day_from_civil(c), rule);
	if (origin.unit > m->unit && origin.unit <= TIME_YEAR && is_day)
		return time_set_period(x, m->unit, day_from_civil(c), RULE_QUOTATION_YEAR);
	if (c.day > days_in_month(2000, c.month))
		return false;
	return time_set_period(x, m->unit, pick_yearly(q, &(struct yearly){m->unit, c, NULL}),
			       RULE_NEAREST_DATE);
}

/* "Christmas", "last Good Friday", "Election Day 2016". */
static bool find_feast(const struct question *q, struct time_expression *x)
{
	const struct time_match *m = q->m;
	if (m->year)
		return time_set_period(x, TIME_DAY, feast_day(m->feast, m->year),
				       RULE_WRITTEN_DATE);
	if (q->origin.day == DAY_NONE)
		return false;
	struct civil c = civil_from_day(q->origin.day);
	if (m->year_shift != NO_SHIFT)
		return time_set_period(x, TIME_DAY, feast_day(m->feast, c.year + m->year_shift),
				       RULE_SHIFTED_YEAR);
	return time_set_period(x, TIME_DAY, pick_yearly(q, &(struct yearly){TIME_DAY, c, m->feast}),
			       RULE_NEAREST_DATE);
}

/* Quarters, halves, seasons and months of a year by their number, and runs of months. */
static bool find_year_part(const struct question *q, struct time_expression *x)
{
	const struct time_match *m = q->m;
	int months = calendar_months(m->unit),
	    month = (m->number - 1) * months + 1 + (m->unit == TIME_SEASON ? 2 : 0);
	struct civil c = {m->year, month, 1};
	if (!m->year && q->origin.day == DAY_NONE)
		return false;
	if (!m->year)
		c.year = civil_from_day(q->origin.day).year +
			 (m->year_shift == NO_SHIFT ? 0 : m->year_shift);
	if (m->months > 1) {
		day_t last = day_from_civil(calendar_month_after(c, m->months - 1));
		return time_set_interval(x, TIME_MONTH, day_from_civil(c), last, RULE_WRITTEN_YEAR);
	}
	if (m->year)
		return time_set_period(x, m->unit, day_from_civil(c), RULE_WRITTEN_YEAR);
	if (m->year_shift != NO_SHIFT) {
		return time_set_period(x, m->unit, day_from_civil(c), RULE_SHIFTED_YEAR);
	}
	return time_set_period(x, m->unit, pick_yearly(q, &(struct yearly){m->unit, c, NULL}),
			       RULE_NEAREST_SEASON);
}

/* "the 26th", "the 26th of this month". */
static bool find_month_day(const struct question *q, struct time_expression *x)
{
	bool is_this = q->m->direction == DIRECTION_THIS,
	     ahead = !is_this && is_ahead(tense_of(q->ctx, q->m));
	struct civil now = civil_from_day(q->origin.day);
	for (int shift = 0; shift <= 2; shift++) {
		struct civil c = calendar_month_after(now, ahead ? shift : -shift);
		c.day = q->m->day;
		if (c.day > days_in_month(c.year, c.month))
			continue;
		day_t day = day_from_civil(c);
		if (is_this || (ahead ? day >= q->origin.day : day <= q->origin.day))
			return time_set_period(x, TIME_DAY, day, RULE_NEAREST_DAY);
	}
	return false;
}

/* --- counted from ... ------------------------------------------------------------------------- */

static bool set_counted(struct time_expression *x, const struct time_match *m, day_t from, int n,
			enum time_rule rule)
{
	return time_set_period(x, m->unit,
			       calendar_after(m->unit, calendar_start(m->unit, from), n), rule);
}

static bool find_shift(const struct question *q, struct time_expression *x)
{
	const struct time_match *m = q->m;
	int n = m->number;
	if (m->unit == TIME_WEEKEND && n == 0 && m->direction == DIRECTION_TENSE) {
		enum tense tense = tense_of(q->ctx, m);
		bool is_back = tense == TENSE_PAST || tense == TENSE_NONE;
		n = is_back && day_weekday(q->origin.day) < 5 ? -1 : 0;
	}
	return set_counted(x, m, q->origin.day, n, RULE_FROM_PUBLICATION);
}

/* Days and weeks count from the day spoken of last, which years named in passing do not end; in the
 * past from the last that was not ahead, for no coming day had a "same day". */
static bool find_by_reference(const struct question *q, struct time_expression *x)
{
	const struct time_match *m = q->m;
	const struct reference_time *r = q->reference;
	bool by_day = m->unit <= TIME_WEEK,
	     is_past = by_day && r->past.day != r->day.day && time_is_past(q->ctx, m);
	struct time_anchor from =
		!by_day ? r->at
			: (struct time_anchor){is_past ? r->past.day : r->day.day, TIME_DAY};
	uint32_t word = !by_day ? r->word : is_past ? r->past.word : r->day.word;
	bool is_near = from.day != DAY_NONE && from.unit <= m->unit &&
		       m->first - word < (m->needs_reference ? REFERENCE_REACH : BESIDE_REACH);
	if (is_near)
		return set_counted(x, m, from.day, m->number, RULE_FROM_REFERENCE);
	return !m->needs_reference && q->origin.day != DAY_NONE &&
	       set_counted(x, m, q->origin.day, m->number, RULE_FROM_PUBLICATION);
}

/* "the next five decades", of what lies ahead alone: "and spent the next five decades in Congress".
 * What spans weeks is written in days, and what spans decades in years: the ends of an interval are
 * dates. */
static bool find_range(const struct question *q, struct time_expression *x)
{
	const struct time_match *m = q->m;
	if (m->number >= 0 && time_is_past(q->ctx, m))
		return false;
	enum time_unit unit = m->unit <= TIME_WEEK	? TIME_DAY
			      : m->unit <= TIME_QUARTER ? TIME_MONTH
							: TIME_YEAR;
	int each = m->unit == TIME_WEEK	  ? WEEK_DAYS
		   : m->unit <= TIME_WEEK ? 1
					  : calendar_months(m->unit) / calendar_months(unit);
	day_t here = calendar_start(unit, q->origin.day),
	      there = calendar_after(unit, here, m->number * each);
	if (there == DAY_NONE || m->unit == TIME_WEEKEND)
		return false;
	return m->number < 0 ? time_set_interval(x, unit, there, here, RULE_UP_TO_PUBLICATION)
			     : time_set_interval(x, unit, here, there, RULE_ON_FROM_PUBLICATION);
}

/* --- what the words say alone ----------------------------------------------------------------- */

static bool set_decade(const struct question *q, struct time_expression *x)
{
	return time_set_period(x, TIME_DECADE, day_from_civil((struct civil){q->m->year, 1, 1}),
			       RULE_WRITTEN_DECADE);
}

static bool set_century(const struct question *q, struct time_expression *x)
{
	struct civil c = {(q->m->number - 1) * 100, 1, 1};
	return time_set_period(x, TIME_CENTURY, day_from_civil(c), RULE_WRITTEN_CENTURY);
}

static bool set_years(const struct question *q, struct time_expression *x)
{
	return time_set_interval(x, TIME_YEAR, day_from_civil((struct civil){q->m->year, 1, 1}),
				 day_from_civil((struct civil){q->m->to_year, 1, 1}),
				 RULE_WRITTEN_YEARS);
}

/* Of years in two digits the one that is not far ahead of the day of writing: '15, '68. */
static int full_year(int digits, day_t origin)
{
	enum { AHEAD = 20, CENTURY = 100, USUAL = 2024 };
	int now = origin == DAY_NONE ? USUAL : civil_from_day(origin).year;
	int year = (now + AHEAD) / CENTURY * CENTURY + digits;
	return year > now + AHEAD ? year - CENTURY : year;
}

bool time_normalize(const struct time_context *ctx, const struct time_match *m,
		    struct time_anchor origin, const struct reference_time *reference,
		    struct time_expression *x)
{
	static const struct {
		bool (*find)(const struct question *q, struct time_expression *x);
		bool needs_day; /* an origin that is known as well as the match's unit */
	} forms[] = {
		[FORM_DATE] = {find_date, false},
		[FORM_WEEKDAY] = {find_weekday, true},
		[FORM_MONTH_DAY] = {find_month_day, true},
		[FORM_SHIFT] = {find_shift, true},
		[FORM_REFERENCE] = {find_by_reference, false},
		[FORM_YEAR_PART] = {find_year_part, false},
		[FORM_DECADE] = {set_decade, false},
		[FORM_CENTURY] = {set_century, false},
		[FORM_RANGE] = {find_range, true},
		[FORM_YEARS] = {set_years, false},
		[FORM_FEAST] = {find_feast, false},
		[FORM_CLOCK] = {NULL, false},
	};
	struct time_match full = *m;
	if (m->has_short_year)
		full.year = full_year(m->year, origin.day);
	if (!forms[m->form].find ||
	    (forms[m->form].needs_day && (origin.day == DAY_NONE || origin.unit > m->unit)))
		return false;
	return forms[m->form].find(&(struct question){ctx, &full, origin, reference}, x);
}
