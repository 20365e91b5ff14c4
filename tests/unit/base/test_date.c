/* Civil dates and instants. */
#include "base/clock.h"
#include "base/date.h"
#include <stdio.h>

#include "tests/unit/unit.h"

enum {
	FIRST_DAY = -719162,
	LAST_DAY = 2932896
}; /* 0001-01-01 and 9999-12-31, counted from 1970-01-01 */

/* Counts days one by one from the first day of year 1, by the plain rule of the calendar. */
START_TEST(day_from_civil__every_day_of_9999_years__counts_on_and_comes_back)
{
	day_t want = FIRST_DAY;
	int weekday = 0; /* 0001-01-01 was a Monday in the proleptic Gregorian calendar */
	for (int year = 1; year <= 9999; year++)
		for (int month = 1; month <= 12; month++)
			for (int day = 1; day <= days_in_month(year, month); day++, want++) {
				day_t got = day_from_civil((struct civil){year, month, day});
				struct civil back = civil_from_day(want);
				if (got != want || back.year != year || back.month != month ||
				    back.day != day || day_weekday(want) != weekday)
					ck_abort_msg("%04d-%02d-%02d is %d, want %d", year, month,
						     day, got, want);
				weekday = (weekday + 1) % 7;
			}
	ck_assert_int_eq(want, LAST_DAY + 1);
}
END_TEST

START_TEST(days_in_month__february__follows_the_gregorian_rule)
{
	ck_assert_int_eq(days_in_month(2024, 2), 29);
	ck_assert_int_eq(days_in_month(2023, 2), 28);
	ck_assert_int_eq(days_in_month(1900, 2), 28);
	ck_assert_int_eq(days_in_month(2000, 2), 29);
	ck_assert_int_eq(days_in_month(4, 2), 29);
	ck_assert_int_eq(days_in_month(100, 2), 28);
	int sum = 0;
	for (int month = 1; month <= 12; month++)
		sum += days_in_month(2023, month);
	ck_assert_int_eq(sum, 365);
}
END_TEST

START_TEST(day_weekday__known_days__are_right)
{
	ck_assert_int_eq(day_weekday(0), 3);  /* Thursday */
	ck_assert_int_eq(day_weekday(-1), 2); /* Wednesday */
	ck_assert_int_eq(day_weekday(day_from_civil((struct civil){2024, 4, 26})),
			 4); /* a Friday */
	ck_assert_int_eq(day_weekday(day_from_civil((struct civil){1969, 7, 20})),
			 6); /* a Sunday */
}
END_TEST

/* The text, whether it is read, its day as a civil date, its instant. */
static const struct {
	const char *text;
	bool is_read;
	struct civil day;
	int64_t unix_s;
} texts[] = {
	{"1970-01-01", true, {1970, 1, 1}, 0},
	{"2024-04-26", true, {2024, 4, 26}, 1714089600},
	{"2024-02-29", true, {2024, 2, 29}, 1709164800},
	{"0001-01-01", true, {1, 1, 1}, -62135596800},
	{"9999-12-31T23:59:59Z", true, {9999, 12, 31}, 253402300799},
	{"2024-04-26T09:30:00Z", true, {2024, 4, 26}, 1714123800},
	{"2024-04-26T09:30Z", true, {2024, 4, 26}, 1714123800},
	{"2024-04-26t09:30:00z", true, {2024, 4, 26}, 1714123800},
	{"2024-04-26T09:30:00.5Z", true, {2024, 4, 26}, 1714123800},
	{"2024-04-26T09:30:00.123456789+00:00", true, {2024, 4, 26}, 1714123800},
	{"2024-04-26T17:30:00+08:00", true, {2024, 4, 26}, 1714123800},
	{"2024-04-26T05:30:00-04:00", true, {2024, 4, 26}, 1714123800},
	{"2024-04-26T15:15:00+05:45", true, {2024, 4, 26}, 1714123800},
	/* The civil day is that of the outlet's own calendar, not UTC's. */
	{"2024-04-26T01:00:00+08:00", true, {2024, 4, 26}, 1714064400},
	{"2024-04-26T23:00:00-05:00", true, {2024, 4, 26}, 1714190400},
	{"2016-12-31T23:59:60Z", true, {2016, 12, 31}, 1483228800},
	{"2024-02-30", false, {0, 0, 0}, 0},
	{"2023-02-29", false, {0, 0, 0}, 0},
	{"1900-02-29", false, {0, 0, 0}, 0},
	{"2024-00-10", false, {0, 0, 0}, 0},
	{"2024-13-10", false, {0, 0, 0}, 0},
	{"2024-04-00", false, {0, 0, 0}, 0},
	{"2024-04-31", false, {0, 0, 0}, 0},
	{"0000-01-01", false, {0, 0, 0}, 0},
	{"2024-4-26", false, {0, 0, 0}, 0},
	{"24-04-26", false, {0, 0, 0}, 0},
	{"20240426", false, {0, 0, 0}, 0},
	{"+2024-04-26", false, {0, 0, 0}, 0},
	{"-001-04-26", false, {0, 0, 0}, 0},
	{"12024-04-26", false, {0, 0, 0}, 0},
	{"2024-04", false, {0, 0, 0}, 0},
	{"", false, {0, 0, 0}, 0},
	{" 2024-04-26", false, {0, 0, 0}, 0},
	{"2024-04-26 ", false, {0, 0, 0}, 0},
	{"2024-04-26T", false, {0, 0, 0}, 0},
	{"2024-04-26 09:30:00Z", false, {0, 0, 0}, 0},
	{"2024-04-26T09:30:00", false, {0, 0, 0}, 0},
	{"2024-04-26T09Z", false, {0, 0, 0}, 0},
	{"2024-04-26T24:00:00Z", false, {0, 0, 0}, 0},
	{"2024-04-26T09:60:00Z", false, {0, 0, 0}, 0},
	{"2024-04-26T09:30:61Z", false, {0, 0, 0}, 0},
	{"2024-04-26T09:30:00.Z", false, {0, 0, 0}, 0},
	{"2024-04-26T09:30:00+0800", false, {0, 0, 0}, 0},
	{"2024-04-26T09:30:00+08", false, {0, 0, 0}, 0},
	{"2024-04-26T09:30:00+24:00", false, {0, 0, 0}, 0},
	{"2024-04-26T09:30:00+08:60", false, {0, 0, 0}, 0},
	{"2024-04-26T09:30:00Zx", false, {0, 0, 0}, 0},
	{"yesterday", false, {0, 0, 0}, 0},
};

START_TEST(day_parse__table__is_read_or_refused)
{
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		day_t day = 0;
		int64_t at = 0;
		bool is_day = day_parse(str_of(texts[i].text), &day),
		     is_instant = instant_parse(str_of(texts[i].text), &at);
		ck_assert_msg(is_day == texts[i].is_read && is_instant == texts[i].is_read,
			      "\"%s\"", texts[i].text);
		if (!is_day)
			continue;
		ck_assert_msg(day == day_from_civil(texts[i].day), "\"%s\" is day %d",
			      texts[i].text, day);
		ck_assert_msg(at == texts[i].unix_s, "\"%s\" is at %lld", texts[i].text,
			      (long long)at);
	}
	ck_assert(!day_parse((struct str){NULL, 0}, &(day_t){0}));
	ck_assert(!day_parse(STR("2024-04-26\0"), &(day_t){0}));
}
END_TEST

START_TEST(instant_parse__every_whole_hour_and_minute_of_offset__shifts_by_it)
{
	char text[32];
	for (int minutes = -(23 * 60 + 59); minutes <= 23 * 60 + 59; minutes++) {
		int m = minutes < 0 ? -minutes : minutes;
		int64_t at = 0;
		snprintf(text, sizeof text, "2024-04-26T09:30:00%c%02d:%02d",
			 minutes < 0 ? '-' : '+', m / 60, m % 60);
		ck_assert_msg(instant_parse(str_of(text), &at), "%s", text);
		ck_assert_msg(at == 1714123800 - minutes * 60, "%s is %lld", text, (long long)at);
	}
}
END_TEST

START_TEST(day_format__parsed__comes_back)
{
	struct arena a;
	arena_init(&a, 1 << 20);
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		day_t day;
		if (day_parse(str_of(texts[i].text), &day))
			ck_assert(
				str_eq(day_format(&a, day), str_sub(str_of(texts[i].text), 0, 10)));
	}
	arena_release(&a);
}
END_TEST

START_TEST(instant_format__milliseconds__are_kept_before_and_after_the_epoch)
{
	char space[INSTANT_ROOM];
	assert_str(instant_format(space, 0), "1970-01-01T00:00:00.000Z");
	assert_str(instant_format(space, -1), "1969-12-31T23:59:59.999Z");
	assert_str(instant_format(space, -1000), "1969-12-31T23:59:59.000Z");
	assert_str(instant_format(space, -86400000), "1969-12-31T00:00:00.000Z");
	assert_str(instant_format(space, 1714123800123), "2024-04-26T09:30:00.123Z");
	assert_str(instant_format(space, 253402300799999), "9999-12-31T23:59:59.999Z");
	assert_str(instant_format(space, -62135596800000), "0001-01-01T00:00:00.000Z");
}
END_TEST

START_TEST(now__clocks__are_sane)
{
	int64_t wall = now_unix_ms(), mono = now_monotonic_ns();
	ck_assert_int_gt(wall, 1704067200000); /* 2024-01-01 */
	for (int i = 0; i < 1000; i++) {
		int64_t later = now_monotonic_ns();
		ck_assert_int_ge(later, mono);
		mono = later;
	}
}
END_TEST

UNIT_MAIN("date", day_from_civil__every_day_of_9999_years__counts_on_and_comes_back,
	  days_in_month__february__follows_the_gregorian_rule, day_weekday__known_days__are_right,
	  day_parse__table__is_read_or_refused,
	  instant_parse__every_whole_hour_and_minute_of_offset__shifts_by_it,
	  day_format__parsed__comes_back,
	  instant_format__milliseconds__are_kept_before_and_after_the_epoch, now__clocks__are_sane)
