/* From a match to the calendar: which day, month or year it means, against the day it counts from,
 * the tense over it, and what the text spoke of before. For extract/time/time.c alone. */
#ifndef DEMARCHE_EXTRACT_TIME_NORMALIZE_H
#define DEMARCHE_EXTRACT_TIME_NORMALIZE_H

#include "extract/time/calendar.h"
#include "extract/time/context.h"

/* Words back to a reference time that must be somewhere ("the next day"). */
enum { REFERENCE_REACH = 300 };

/* A time that others count from: a day, or a longer period known no better than its unit. */
struct time_anchor {
	day_t day; /* its first; DAY_NONE: there is none */
	enum time_unit unit;
};

/* The reference time: what the text spoke of last. Speech has one of its own. */
struct reference_time {
	struct time_anchor at;
	uint32_t word, sentence;
	bool has_year; /* the words said its year */
	struct {
		day_t day; /* the last that was given to the day, or DAY_NONE */
		uint32_t word;
	} day, past; /* `past`: the last that is not after publication */
};

struct reference_time reference_none(void);
/* Goes on to the time of a match. `published` may be DAY_NONE. */
void reference_set(struct reference_time *r, const struct time_match *m,
		   const struct time_expression *x, day_t published);

/* Fills in unit, period, value and rule of *x. `origin` is the day of publication, or of the
 * quotation around the match. False when the words give no date; a time of the clock
 * never does by itself. */
bool time_normalize(const struct time_context *ctx, const struct time_match *m,
		    struct time_anchor origin, const struct reference_time *reference,
		    struct time_expression *x);
/* Does the tense of the verb over a match, or "since" before it, place it in the past? */
bool time_is_past(const struct time_context *ctx, const struct time_match *m);

#endif
