/* Dates in a phrase: a few forms, tried from the longest. */
#include "api/query/phrase_date.h"

#include <string.h>

enum { YEAR_FIRST = 1000, YEAR_LAST = 2999, DAYS_PER_WEEK = 7, MONTHS = 12 };
/* Numbers of data/times.tsv. */
enum { UNIT_DAY = 0, UNIT_WEEK = 2, UNIT_MONTH = 3, UNIT_YEAR = 7, UNIT_DECADE = 8 };

/* 0 for none. */
static int month_of(const struct phrase_word *w)
{
	return word_has(w, ROLE_MONTH | ROLE_SHORT_MONTH) ? w->number : 0;
}

static bool read_year(struct str word, int *year)
{
	int64_t n;
	if (word.n != 4 || !str_to_i64(word, &n) || n < YEAR_FIRST || n > YEAR_LAST)
		return false;
	*year = (int)n;
	return true;
}

/* "26" or "26th". */
static bool read_day(struct str word, int *day)
{
	static const char *const endings[] = {"st", "nd", "rd", "th"};
	int64_t n;
	for (size_t i = 0; i < 4; i++)
		if (word.n > 2 &&
		    str_eq_nocase(str_sub(word, word.n - 2, word.n), str_of(endings[i])))
			word.n -= 2;
	if (word.n > 2 || !str_to_i64(word, &n) || n < 1 || n > 31)
		return false;
	*day = (int)n;
	return true;
}

static struct period month_period(int year, int month)
{
	return (struct period){
		day_from_civil((struct civil){year, month, 1}),
		day_from_civil((struct civil){year, month, days_in_month(year, month)}), false};
}

static struct period year_period(int year)
{
	return (struct period){day_from_civil((struct civil){year, 1, 1}),
			       day_from_civil((struct civil){year, 12, 31}), false};
}

/* 2024-04-26, 2024-04, 2024. */
static bool read_iso(struct str word, struct period *out)
{
	int year;
	day_t day;
	if (word.n == 10 && day_parse(word, &day)) {
		*out = (struct period){day, day, false};
		return true;
	}
	if (word.n == 7 && word.p[4] == '-' && read_year(str_sub(word, 0, 4), &year)) {
		int64_t month;
		if (word.p[5] < '0' || word.p[5] > '1' ||
		    !str_to_i64(str_sub(word, 5, 7), &month) || month < 1 || month > MONTHS)
			return false;
		*out = month_period(year, (int)month);
		return true;
	}
	if (!read_year(word, &year))
		return false;
	*out = year_period(year);
	return true;
}

/* A month, with a day where it is not 0, with a year where it is not 0. */
static bool set_month(int year, int month, int day, day_t today, struct period *out)
{
	bool lacks_year = year == 0;
	if (lacks_year) {
		year = civil_from_day(today).year;
		if (day_from_civil((struct civil){year, month, day ? day : 1}) > today)
			year--;
	}
	if (day > days_in_month(year, month))
		return false;
	*out = month_period(year, month);
	if (day)
		out->from = out->to = day_from_civil((struct civil){year, month, day});
	out->lacks_year = lacks_year;
	return true;
}

static size_t read_month_forms(const struct phrase_word *words, size_t n, day_t today,
			       struct period *out)
{
	int day = 0, year = 0, month = month_of(&words[0]);
	size_t used = 1;
	if (month && n > 1 && read_day(words[1].text, &day)) {
		used = 2;
	} else if (!month && read_day(words[0].text, &day)) {
		if (n > 2 && word_is(&words[1], "of"))
			used = 2;
		month = n > used ? month_of(&words[used]) : 0;
		used++;
	}
	if (!month)
		return 0;
	if (n > used && read_year(words[used].text, &year))
		used++;
	return set_month(year, month, day, today, out) ? used : 0;
}

/* 0 for none, else the month that it begins with. */
static int season_of(const struct phrase_word *w)
{
	enum { MARCH = 3, SEASON_MONTHS = 3 };
	/* As those of the engine, by the calendar of the north. */
	static const char *const seasons[][2] = {
		{"spring", ""}, {"summer", ""}, {"fall", "autumn"}, {"winter", ""}};
	for (int i = 0; i < 4; i++)
		if (word_is(w, seasons[i][0]) || word_is(w, seasons[i][1]))
			return MARCH + i * SEASON_MONTHS;
	return 0;
}

bool period_is_bare_season(const struct phrase_word *words, size_t used)
{
	return used == 1 && season_of(&words[0]);
}

/* spring 2024, the summer of 2024; last winter, and winter: the latest that has begun. */
static size_t read_season(const struct phrase_word *words, size_t n, day_t today,
			  struct period *out)
{
	size_t used = word_is(&words[0], "last") || word_is(&words[0], "this");
	int month = n > used ? season_of(&words[used]) : 0, year = 0;
	if (!month)
		return 0;
	used++;
	bool has_of = used < n && word_is(&words[used], "of");
	size_t at = used + has_of;
	if (at < n && read_year(words[at].text, &year))
		used = at + 1;
	else if (has_of) /* "the fall of Kabul" */
		return 0;
	if (!set_month(year, month, 0, today, out))
		return 0;
	struct civil first = civil_from_day(out->from);
	int last = first.year * MONTHS + month + 1; /* the third, from 0 in a year */
	bool lacks_year = out->lacks_year;
	day_t to = month_period(last / MONTHS, last % MONTHS + 1).to;
	*out = (struct period){out->from, to, lacks_year};
	return used;
}

/* A day so many months before. */
static bool months_before(day_t day, int64_t months, day_t *out)
{
	struct civil c = civil_from_day(day);
	int64_t at = (int64_t)c.year * MONTHS + c.month - 1 - months;
	if (at < MONTHS)
		return false;
	c.year = (int)(at / MONTHS);
	c.month = (int)(at % MONTHS) + 1;
	int last = days_in_month(c.year, c.month);
	c.day = c.day < last ? c.day : last;
	*out = day_from_civil(c);
	return true;
}

/* So many of a unit as days and months; false for units that are read as none. */
static bool span_of(int number, int unit, int *days, int *months)
{
	static const struct {
		int unit, days, months;
	} units[] = {{UNIT_DAY, 1, 0},
		     {UNIT_WEEK, DAYS_PER_WEEK, 0},
		     {UNIT_MONTH, 0, 1},
		     {UNIT_YEAR, 0, MONTHS},
		     {UNIT_DECADE, 0, 10 * MONTHS}};
	for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
		if (units[i].unit == unit) {
			*days = number * units[i].days;
			*months = number * units[i].months;
			return true;
		}
	return false;
}

/* last 30 days, past two weeks, past year, last decade: up to today. */
static size_t read_span(const struct phrase_word *words, size_t n, day_t today, struct period *out)
{
	bool is_past = word_is(&words[0], "past");
	int number, days, months;
	if (n < 2 || !(is_past || word_is(&words[0], "last")))
		return 0;
	bool is_one = word_has(&words[1], ROLE_UNIT) &&
		      (is_past || words[1].number == UNIT_DECADE); /* "last year" is a whole one */
	size_t used = is_one ? 2 : 3;
	number = is_one ? 1 : word_count(&words[1]);
	if (n < used || number == 0 || !word_has(&words[used - 1], ROLE_UNIT | ROLE_UNITS) ||
	    !span_of(number, words[used - 1].number, &days, &months))
		return 0;
	out->to = today;
	return months_before(today - days, months, &out->from) ? used : 0;
}

/* two months ago, a year ago: that whole one. */
static size_t read_ago(const struct phrase_word *words, size_t n, day_t today, struct period *out)
{
	int days, months, number = n < 3 ? 0 : word_count(&words[0]);
	day_t day;
	if (number == 0 || !word_is(&words[2], "ago") ||
	    !word_has(&words[1], ROLE_UNIT | ROLE_UNITS) ||
	    !span_of(number, words[1].number, &days, &months) ||
	    !months_before(today - days, months, &day))
		return 0;
	struct civil c = civil_from_day(day);
	day_t monday = day - day_weekday(day);
	switch (words[1].number) {
	case UNIT_DAY:
		*out = (struct period){day, day, false};
		break;
	case UNIT_WEEK:
		*out = (struct period){monday, monday + DAYS_PER_WEEK - 1, false};
		break;
	case UNIT_MONTH:
		*out = month_period(c.year, c.month);
		break;
	default:
		*out = year_period(c.year);
	}
	return 3;
}

/* the 1990s; 2012-2014 */
static size_t read_years(struct str word, struct period *out)
{
	static const char *const dashes[] = {"-", "\u2013"};
	int first, last;
	if (word.n == 5 && str_ends(word, STR("0s")) && read_year(str_sub(word, 0, 4), &first)) {
		*out = (struct period){year_period(first).from, year_period(first + 9).to, false};
		return 1;
	}
	for (size_t i = 0; i < 2; i++) {
		size_t behind = 4 + strlen(dashes[i]);
		if (word.n != behind + 4 ||
		    !str_ends(str_sub(word, 0, behind), str_of(dashes[i])) ||
		    !read_year(str_sub(word, 0, 4), &first) ||
		    !read_year(str_sub(word, behind, word.n), &last) || last < first)
			continue;
		*out = (struct period){year_period(first).from, year_period(last).to, false};
		return 1;
	}
	return 0;
}

/* Q3 2024, H1 2024, first half of 2024 */
static size_t read_part(const struct phrase_word *words, size_t n, struct period *out)
{
	enum { QUARTER = 3, HALF = 6 };
	struct str w = words[0].text;
	int year, length = 0, number = 0;
	size_t used = 1;
	if (w.n == 2 && strchr("QqHh", w.p[0])) {
		length = (w.p[0] | 0x20) == 'q' ? QUARTER : HALF;
		number = w.p[1] - '0';
	} else if (n > 2 && word_is(&words[1], "half")) {
		length = HALF;
		number = word_is(&words[0], "first") ? 1 : word_is(&words[0], "second") ? 2 : 0;
		used = 2;
	}
	used += n > used && word_is(&words[used], "of");
	if (number < 1 || number * length > MONTHS || n <= used ||
	    !read_year(words[used].text, &year))
		return 0;
	*out = (struct period){month_period(year, (number - 1) * length + 1).from,
			       month_period(year, number * length).to, false};
	return used + 1;
}

/* last week, this month, this year: whole ones. */
static size_t read_whole(const struct phrase_word *words, size_t n, day_t today, struct period *out)
{
	bool is_last = word_is(&words[0], "last");
	if (n < 2 || !(is_last || word_is(&words[0], "this")) || !word_has(&words[1], ROLE_UNIT))
		return 0;
	struct civil c = civil_from_day(today);
	if (words[1].number == UNIT_WEEK) {
		day_t monday = today - day_weekday(today) - (is_last ? DAYS_PER_WEEK : 0);
		*out = (struct period){monday, monday + DAYS_PER_WEEK - 1, false};
	} else if (words[1].number == UNIT_MONTH) {
		int months = c.year * MONTHS + c.month - 1 - is_last;
		*out = month_period(months / MONTHS, months % MONTHS + 1);
	} else if (words[1].number == UNIT_YEAR) {
		*out = year_period(c.year - is_last);
	} else {
		return 0;
	}
	return 2;
}

/* A weekday, the latest up to today; today and yesterday. */
static size_t read_single_day(const struct phrase_word *w, day_t today, struct period *out)
{
	day_t day = today + w->number;
	if (word_has(w, ROLE_WEEKDAY))
		day = today - (day_weekday(today) - w->number + DAYS_PER_WEEK) % DAYS_PER_WEEK;
	else if (!word_has(w, ROLE_DAY) || day > today)
		return 0;
	*out = (struct period){day, day, false};
	return 1;
}

void period_share_year(struct period *first, const struct period *last)
{
	if (!first->lacks_year || last->lacks_year)
		return;
	struct civil from = civil_from_day(first->from), to = civil_from_day(first->to);
	from.year = to.year = civil_from_day(last->from).year;
	if (day_from_civil(from) > last->from)
		from.year = --to.year;
	int end = days_in_month(to.year, to.month);
	bool is_month = from.day == 1 && to.day > 1;
	to.day = is_month || to.day > end ? end : to.day;
	*first = (struct period){day_from_civil(from), day_from_civil(to), false};
}

size_t period_read(const struct phrase_word *words, size_t n, struct phrase_days days,
		   struct period *out)
{
	day_t today = days.today, newest = days.newest == DAY_NONE ? today : days.newest;
	out->lacks_year = false;
	if (n == 0)
		return 0;
	if (n > 1 && word_is(&words[0], "the")) {
		size_t used = period_read(words + 1, n - 1, days, out);
		return used ? used + 1 : 0;
	}
	if (read_iso(words[0].text, out) || read_years(words[0].text, out))
		return 1;
	size_t used = read_part(words, n, out);
	if (used == 0)
		used = read_ago(words, n, today, out);
	if (used == 0)
		used = read_month_forms(words, n, newest, out);
	if (used == 0)
		used = read_season(words, n, newest, out);
	if (used == 0)
		used = read_span(words, n, today, out);
	if (used == 0)
		used = read_whole(words, n, today, out);
	return used ? used : read_single_day(&words[0], today, out);
}
