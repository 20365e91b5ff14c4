/* Dates in a phrase: a few forms, tried from the longest. */
#include "api/query/phrase_date.h"

#include <string.h>

enum { YEAR_FIRST = 1000, YEAR_LAST = 2999, DAYS_PER_WEEK = 7, MONTHS = 12 };

static int list_find(const char *const *list, int n, struct str word)
{
	for (int i = 0; i < n; i++)
		if (str_eq_nocase(word, str_of(list[i])))
			return i;
	return -1;
}

static int month_of(struct str word)
{
	static const char *const names[] = {"january",	 "february", "march",	 "april",
					    "may",	 "june",     "july",	 "august",
					    "september", "october",  "november", "december"};
	static const char *const short_names[] = {"jan", "feb", "mar", "apr", "may", "jun",
						  "jul", "aug", "sep", "oct", "nov", "dec"};
	int month = list_find(names, MONTHS, word);
	if (month < 0)
		month = list_find(short_names, MONTHS, word);
	return str_eq_nocase(word, STR("sept")) ? 9 : month + 1; /* 0 for none */
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
		day_from_civil((struct civil){year, month, days_in_month(year, month)})};
}

static struct period year_period(int year)
{
	return (struct period){day_from_civil((struct civil){year, 1, 1}),
			       day_from_civil((struct civil){year, 12, 31})};
}

/* 2024-04-26, 2024-04, 2024. */
static bool read_iso(struct str word, struct period *out)
{
	int year;
	day_t day;
	if (word.n == 10 && day_parse(word, &day)) {
		*out = (struct period){day, day};
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
	if (year == 0) {
		year = civil_from_day(today).year;
		if (day_from_civil((struct civil){year, month, day ? day : 1}) > today)
			year--;
	}
	if (day > days_in_month(year, month))
		return false;
	*out = month_period(year, month);
	if (day)
		out->from = out->to = day_from_civil((struct civil){year, month, day});
	return true;
}

static size_t read_month_forms(const struct str *words, size_t n, day_t today, struct period *out)
{
	int day = 0, year = 0, month = month_of(words[0]);
	size_t used = 1;
	if (month && n > 1 && read_day(words[1], &day)) {
		used = 2;
	} else if (!month && read_day(words[0], &day)) {
		if (n > 2 && str_eq_nocase(words[1], STR("of")))
			used = 2;
		month = n > used ? month_of(words[used]) : 0;
		used++;
	}
	if (!month)
		return 0;
	if (n > used && read_year(words[used], &year))
		used++;
	return set_month(year, month, day, today, out) ? used : 0;
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

/* last 30 days, past 2 weeks: up to today. */
static size_t read_span(const struct str *words, size_t n, day_t today, struct period *out)
{
	static const char *const units[] = {"days", "weeks", "months", "years",
					    "day",  "week",  "month",  "year"};
	enum { UNITS = 4, NUMBER_MAX = 9999 };
	static const int days[UNITS] = {1, DAYS_PER_WEEK}, months[UNITS] = {0, 0, 1, MONTHS};
	int64_t number;
	if (n < 3 ||
	    !(str_eq_nocase(words[0], STR("last")) || str_eq_nocase(words[0], STR("past"))))
		return 0;
	int unit = list_find(units, 2 * UNITS, words[2]);
	if (unit < 0 || !str_to_i64(words[1], &number) || number < 1 || number > NUMBER_MAX)
		return 0;
	out->to = today;
	out->from = today - (day_t)number * days[unit % UNITS];
	return months_before(out->from, number * months[unit % UNITS], &out->from) ? 3 : 0;
}

static size_t read_relative(const struct str *words, size_t n, day_t today, struct period *out)
{
	static const char *const weekdays[] = {"monday", "tuesday",  "wednesday", "thursday",
					       "friday", "saturday", "sunday"};
	static const char *const units[] = {"week", "month", "year"};
	int weekday = list_find(weekdays, DAYS_PER_WEEK, words[0]);
	if (weekday >= 0) {
		day_t day = today - (day_weekday(today) - weekday + DAYS_PER_WEEK) % DAYS_PER_WEEK;
		*out = (struct period){day, day};
		return 1;
	}
	if (str_eq_nocase(words[0], STR("today")) || str_eq_nocase(words[0], STR("yesterday"))) {
		day_t day = today - (words[0].n > STR("today").n);
		*out = (struct period){day, day};
		return 1;
	}
	bool is_last = str_eq_nocase(words[0], STR("last"));
	int unit = n > 1 && (is_last || str_eq_nocase(words[0], STR("this")))
			   ? list_find(units, 3, words[1])
			   : -1;
	struct civil c = civil_from_day(today);
	if (unit == 0) {
		day_t monday = today - day_weekday(today) - (is_last ? DAYS_PER_WEEK : 0);
		*out = (struct period){monday, monday + DAYS_PER_WEEK - 1};
	} else if (unit == 1) {
		int months = c.year * MONTHS + c.month - 1 - is_last;
		*out = month_period(months / MONTHS, months % MONTHS + 1);
	} else if (unit == 2) {
		*out = year_period(c.year - is_last);
	}
	return unit < 0 ? 0 : 2;
}

size_t period_read(const struct str *words, size_t n, day_t today, struct period *out)
{
	if (n == 0)
		return 0;
	if (n > 1 && str_eq_nocase(words[0], STR("the"))) {
		size_t used = period_read(words + 1, n - 1, today, out);
		return used ? used + 1 : 0;
	}
	if (read_iso(words[0], out))
		return 1;
	size_t used = read_month_forms(words, n, today, out);
	if (used == 0)
		used = read_span(words, n, today, out);
	return used ? used : read_relative(words, n, today, out);
}
