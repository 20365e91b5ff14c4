/* First by places, then by words. */
#include "api/format/stamp.h"

#include <string.h>

#include "base/date.h"

enum { DATE_N = 10 }; /* "2024-04-26" */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_instant(struct str s)
{
	int64_t unix_s;
	return s.p && instant_parse(s, &unix_s);
}

/* "2024-04-26 09:30:00 +0800" as "2024-04-26T09:30:00+08:00"; p is NULL without a zone. */
static struct str with_clock(struct str date, struct str clock, struct arena *a)
{
	struct str zone;
	size_t n = 0;
	clock = str_trim(clock);
	while (n < clock.n && (is_digit(clock.p[n]) || clock.p[n] == ':' || clock.p[n] == '.'))
		n++;
	zone = str_trim(str_sub(clock, n, clock.n));
	clock = str_sub(clock, 0, n);
	if (str_is_one_of_nocase(zone, "z gmt ut utc"))
		zone = STR("Z");
	bool is_short = zone.n == 5 && (zone.p[0] == '+' || zone.p[0] == '-');
	return arena_printf(a, "%.*sT%.*s%.*s%s%.*s", STR_ARG(date), STR_ARG(clock),
			    is_short ? 3 : (int)zone.n, zone.p, is_short ? ":" : "",
			    is_short ? 2 : 0, is_short ? zone.p + 3 : "");
}

/* The date, with the time if both make an instant. */
static struct str joined(struct str date, struct str clock, struct arena *a)
{
	day_t day;
	struct str whole = clock.n ? with_clock(date, clock, a) : STR_EMPTY;
	if (is_instant(whole) && whole.n > DATE_N)
		return whole;
	return day_parse(date, &day) ? date : STR_EMPTY;
}

static struct str read_numbers(struct str s, struct arena *a)
{
	struct str d = {NULL, 0};
	size_t used = DATE_N;
	if (s.n >= DATE_N && (s.p[4] == '-' || s.p[4] == '/') && s.p[7] == s.p[4]) {
		d = arena_printf(a, "%.4s-%.2s-%.2s", s.p, s.p + 5, s.p + 8);
	} else if (s.n == 8 || (s.n > 8 && s.p[8] == 'T')) {
		d = arena_printf(a, "%.4s-%.2s-%.2s", s.p, s.p + 4, s.p + 6);
		used = 8;
	}
	if (!d.p)
		return STR_EMPTY;
	struct str clock = str_sub(s, used, s.n);
	if (clock.n && (clock.p[0] | 0x20) == 't')
		clock = str_sub(clock, 1, clock.n);
	return joined(d, clock, a);
}

/* 1 to 12, or 0. */
static int month_of(struct str word)
{
	static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
	char start[3];
	if (word.n < 3)
		return 0;
	for (int i = 0; i < 3; i++)
		start[i] = (char)(word.p[i] | 0x20);
	for (int m = 0; m < 12; m++)
		if (memcmp(start, months + (ptrdiff_t)3 * m, 3) == 0)
			return m + 1;
	return 0;
}

/* A day, a month's name and a year in either order, then a time and a zone. */
static struct str read_words(struct str s, struct arena *a)
{
	int64_t day = 0, year = 0, number;
	int month = 0;
	struct str rest = s, word, clock = STR_EMPTY;
	while (clock.n == 0 && str_split(&rest, ' ', &word)) {
		while (word.n && strchr(",.", word.p[word.n - 1]))
			word.n--;
		if (str_find(word, STR(":"), 0) != SIZE_MAX)
			clock = (struct str){word.p, (size_t)(s.p + s.n - word.p)};
		else if (month == 0 && month_of(word))
			month = month_of(word);
		else if (!str_to_i64(word, &number) || number <= 0)
			continue;
		else if (day == 0 && number <= 31)
			day = number;
		else
			year = number;
	}
	if (year > 0 && year < 100) /* RFC 822 itself */
		year += year < 70 ? 2000 : 1900;
	if (!month || !day || !year || year > 9999)
		return STR_EMPTY;
	struct str d = arena_printf(a, "%04d-%02d-%02d", (int)year, month, (int)day);
	return d.p ? joined(d, clock, a) : STR_EMPTY;
}

struct str stamp_read(struct str s, struct arena *a)
{
	s = str_trim(s);
	if (s.n < 8 || s.n > 64)
		return STR_EMPTY;
	if (is_instant(s))
		return s;
	struct str read = read_numbers(s, a);
	return read.n ? read : read_words(s, a);
}
