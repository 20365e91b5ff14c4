/* Civil dates. The day number arithmetic is the era method: 400-year eras of 146,097 days, years
 * that start in March. */
#include "base/date.h"

#include <time.h>

#include "base/decimal.h"

enum { DAYS_PER_ERA = 146097, EPOCH_FROM_ERA_0 = 719468, SECONDS_PER_DAY = 86400 };

day_t day_from_civil(struct civil c)
{
	int y = c.month <= 2 ? c.year - 1 : c.year;
	int era = (y >= 0 ? y : y - 399) / 400;
	int year_of_era = y - era * 400;
	int day_of_year = (153 * (c.month + (c.month > 2 ? -3 : 9)) + 2) / 5 + c.day - 1;
	int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	return era * DAYS_PER_ERA + day_of_era - EPOCH_FROM_ERA_0;
}

struct civil civil_from_day(day_t d)
{
	int z = d + EPOCH_FROM_ERA_0;
	int era = (z >= 0 ? z : z - (DAYS_PER_ERA - 1)) / DAYS_PER_ERA;
	int day_of_era = z - era * DAYS_PER_ERA;
	int year_of_era =
		(day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int month_from_march = (5 * day_of_year + 2) / 153;
	int month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
	return (struct civil){
		.year = year_of_era + era * 400 + (month <= 2),
		.month = month,
		.day = day_of_year - (153 * month_from_march + 2) / 5 + 1,
	};
}

int day_weekday(day_t d)
{
	int w = (d + 3) % 7; /* 1970-01-01 was a Thursday */
	return w < 0 ? w + 7 : w;
}

int days_in_month(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	return days[month - 1] + (month == 2 && leap);
}

/* `n` digits at the front of *s, cut off; false if they are not there. */
static bool take_digits(struct str *s, size_t n, int *out)
{
	if (s->n < n)
		return false;
	*out = 0;
	for (size_t i = 0; i < n; i++) {
		if (s->p[i] < '0' || s->p[i] > '9')
			return false;
		*out = *out * 10 + (s->p[i] - '0');
	}
	*s = str_sub(*s, n, s->n);
	return true;
}

static bool take_char(struct str *s, char c)
{
	if (s->n == 0 || s->p[0] != c)
		return false;
	*s = str_sub(*s, 1, s->n);
	return true;
}

static bool take_date(struct str *s, day_t *day)
{
	struct civil c;
	if (!take_digits(s, 4, &c.year) || !take_char(s, '-') || !take_digits(s, 2, &c.month) ||
	    !take_char(s, '-') || !take_digits(s, 2, &c.day))
		return false;
	if (c.year < 1 || c.month < 1 || c.month > 12 || c.day < 1 ||
	    c.day > days_in_month(c.year, c.month))
		return false;
	*day = day_from_civil(c);
	return true;
}

/* "Z", "+08:00" or "-05:00": what to subtract from local seconds. */
static bool take_zone(struct str *s, int *offset_s)
{
	*offset_s = 0;
	if (take_char(s, 'Z') || take_char(s, 'z'))
		return true;
	int sign = take_char(s, '+') ? 1 : take_char(s, '-') ? -1 : 0;
	int hours, minutes;
	if (sign == 0 || !take_digits(s, 2, &hours) || !take_char(s, ':') ||
	    !take_digits(s, 2, &minutes))
		return false;
	*offset_s = sign * (hours * 3600 + minutes * 60);
	return hours <= 23 && minutes <= 59;
}

/* The time after the "T": seconds into the day in UTC, which may reach into the day before or
 * after. */
static bool take_time(struct str *s, int *seconds)
{
	int hour, minute, second = 0, offset_s, digit;
	if (!take_digits(s, 2, &hour) || !take_char(s, ':') || !take_digits(s, 2, &minute))
		return false;
	if (take_char(s, ':')) {
		if (!take_digits(s, 2, &second))
			return false;
		if (take_char(s, '.')) {
			if (!take_digits(s, 1, &digit))
				return false;
			while (take_digits(s, 1, &digit))
				;
		}
	}
	if (!take_zone(s, &offset_s) || hour > 23 || minute > 59 || second > 60)
		return false;
	*seconds = hour * 3600 + minute * 60 + second - offset_s;
	return true;
}

static bool parse(struct str s, day_t *day, int *seconds)
{
	*seconds = 0;
	if (!take_date(&s, day))
		return false;
	if (s.n == 0)
		return true;
	return (take_char(&s, 'T') || take_char(&s, 't')) && take_time(&s, seconds) && s.n == 0;
}

bool day_parse(struct str s, day_t *day)
{
	int seconds;
	return parse(s, day, &seconds);
}

bool instant_parse(struct str s, int64_t *unix_s)
{
	day_t day;
	int seconds;
	if (!parse(s, &day, &seconds))
		return false;
	*unix_s = (int64_t)day * SECONDS_PER_DAY + seconds;
	return true;
}

struct str day_format(struct arena *a, day_t d)
{
	struct civil c = civil_from_day(d);
	return arena_printf(a, "%04d-%02d-%02d", c.year, c.month, c.day);
}

struct str instant_format(char space[INSTANT_ROOM], int64_t unix_ms)
{
	int64_t s = unix_ms / 1000, ms = unix_ms % 1000;
	if (ms < 0) {
		ms += 1000;
		s--;
	}
	int64_t day = s / SECONDS_PER_DAY, rest = s % SECONDS_PER_DAY;
	if (rest < 0) {
		rest += SECONDS_PER_DAY;
		day--;
	}
	struct civil c = civil_from_day((day_t)day);
	const struct {
		int value, width;
		char after;
	} parts[] = {{c.year, 4, '-'},
		     {c.month, 2, '-'},
		     {c.day, 2, 'T'},
		     {(int)(rest / 3600), 2, ':'},
		     {(int)(rest / 60 % 60), 2, ':'},
		     {(int)(rest % 60), 2, '.'},
		     {(int)ms, 3, 'Z'}};
	char *to = space;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		to = decimal_padded(to, (uint64_t)parts[i].value, parts[i].width);
		*to++ = parts[i].after;
	}
	*to = '\0';
	return (struct str){space, (size_t)(to - space)};
}
