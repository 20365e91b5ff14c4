#include "extract/time/calendar.h"

#include <stdio.h>
#include <string.h>

struct civil calendar_month_after(struct civil c, int months)
{
	int m = c.year * 12 + c.month - 1 + months;
	return (struct civil){m / 12, m % 12 + 1, 1};
}

int calendar_months(enum time_unit unit)
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

day_t calendar_start(enum time_unit unit, day_t day)
{
	int months = calendar_months(unit);
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

day_t calendar_after(enum time_unit unit, day_t start, int n)
{
	int months = calendar_months(unit);
	if (months == 0)
		return start + n * (unit == TIME_DAY ? 1 : WEEK_DAYS);
	struct civil c = civil_from_day(start);
	int64_t year = c.year + (int64_t)months * n / 12;
	if (year < 1 || year > 9998)
		return DAY_NONE;
	return day_from_civil(calendar_month_after(c, months * n));
}

day_t calendar_end(enum time_unit unit, day_t start)
{
	return unit == TIME_WEEKEND ? start + 1 : calendar_after(unit, start, 1) - 1;
}

/* --- values ----------------------------------------------------------------------------------- */

/* A week belongs to the year of its Thursday. */
static void write_week(char *p, size_t room, day_t start, const char *ending)
{
	day_t thursday = start - day_weekday(start) + 3;
	struct civil c = civil_from_day(thursday);
	int week = (thursday - day_from_civil((struct civil){c.year, 1, 1})) / WEEK_DAYS + 1;
	snprintf(p, room, "%04d-W%02d%s", c.year, week, ending);
}

static void write_value(char *p, size_t room, enum time_unit unit, day_t start)
{
	static const char *const seasons[] = {"WI", "SP", "SU", "FA"};
	struct civil c = civil_from_day(start);
	unsigned year = (unsigned)c.year % 10000u, month = (unsigned)c.month % 100u;
	switch (unit) {
	case TIME_WEEKEND:
		write_week(p, room, start, "-WE");
		break;
	case TIME_WEEK:
		write_week(p, room, start, "");
		break;
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

static struct str rule_text(enum time_rule rule)
{
#define X(name, text) text,
	static const char *const texts[] = {TIME_RULES(X)};
#undef X
	return str_of(texts[rule]);
}

bool time_set_period(struct time_expression *x, enum time_unit unit, day_t start,
		     enum time_rule rule)
{
	struct civil first = {1, 1, 1}, last = {9998, 12, 31};
	if (start == DAY_NONE || start < day_from_civil(first) || start > day_from_civil(last))
		return false;
	x->unit = unit;
	x->from = start;
	x->to = calendar_end(unit, start);
	x->rule = rule_text(rule);
	write_value(x->value, sizeof x->value, unit, start);
	return true;
}

bool time_set_interval(struct time_expression *x, enum time_unit unit, day_t first, day_t last,
		       enum time_rule rule)
{
	struct time_expression end = {0};
	if (!time_set_period(x, unit, first, rule) || !time_set_period(&end, unit, last, rule))
		return false;
	size_t n = strlen(x->value);
	snprintf(x->value + n, sizeof x->value - n, "/%s", end.value);
	x->unit = TIME_INTERVAL;
	x->to = end.to;
	return true;
}

void time_add_clock(struct time_expression *x, const struct time_match *m)
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
