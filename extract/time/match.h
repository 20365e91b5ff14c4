/* One time expression as its words give it, before the calendar is asked: the pattern that fits and
 * the numbers in it. For extract/time/ alone. */
#ifndef DEMARCHE_EXTRACT_TIME_MATCH_H
#define DEMARCHE_EXTRACT_TIME_MATCH_H

#include "extract/time/expression.h"

struct feast;

enum time_form {
	FORM_DATE,	/* month with day or year, or a year alone; 0 where not said */
	FORM_WEEKDAY,	/* `number`: 0 is Monday; `direction` */
	FORM_MONTH_DAY, /* the 26th, of a month not said: day */
	FORM_SHIFT,	/* `number` units from publication: last week, today, two years ago */
	FORM_REFERENCE, /* `number` units from the reference time: the next day, a year earlier */
	FORM_YEAR_PART, /* season, quarter, half or month of a year, by unit: `number`; or `months`
			 */
	FORM_DECADE,	/* year: its first */
	FORM_CENTURY,	/* `number`: 19 for the 19th */
	FORM_RANGE,	/* `number` units up to publication (less than 0) or from it */
	FORM_YEARS,	/* from year to to_year */
	FORM_FEAST,	/* a day that has a name: feast; year */
	FORM_CLOCK	/* a time of a day that is said nearby */
};

/* Which of the days, months or seasons of one name is meant. */
enum time_direction {
	DIRECTION_TENSE, /* no word says it: the tense of the verb does */
	DIRECTION_LAST,
	DIRECTION_PAST, /* "this past Friday": the latest */
	DIRECTION_THIS,
	DIRECTION_NEXT,
	DIRECTION_COMING,
	DIRECTION_FOLLOWING,
	DIRECTION_PREVIOUS
};

enum { NO_SHIFT = 127, NO_CLOCK = -1, NO_WEEKDAY = -1 };

struct time_match {
	uint32_t first, last, head; /* words of the context, inclusive */
	uint32_t sentence;	    /* its number; set by the walk over the text */
	enum time_form form;
	enum time_unit unit;
	enum time_direction direction;
	int year, to_year, month, day, number;
	int year_shift;	   /* from the year of publication, or NO_SHIFT */
	int range_weekday; /* of the other end of "Friday to Sunday", or NO_WEEKDAY */
	uint32_t verb_of;  /* the word whose verb tells the tense; 0: head */
	const struct feast *feast;
	int months;   /* of a run of them from the month `number` on, or 0 */
	int clock;    /* 100 * hour + minute, or NO_CLOCK */
	uint8_t part; /* of the day: 0, or 1 morning to 4 night */
	bool is_utc;
	bool has_short_year;  /* `year` is two digits */
	bool is_range_end;    /* `range_weekday` is the start */
	bool needs_reference; /* nothing without a time before it in the text */
};

static inline struct time_match match_new(enum time_form form, enum time_unit unit, uint32_t i)
{
	return (struct time_match){.form = form,
				   .unit = unit,
				   .first = i,
				   .last = i,
				   .head = i,
				   .year_shift = NO_SHIFT,
				   .range_weekday = NO_WEEKDAY,
				   .clock = NO_CLOCK};
}

#endif
