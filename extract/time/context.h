/* What the readers of time expressions share: the article as words of time, a reading, and
 * questions about words by their number. For extract/time*.c alone. */
#ifndef DEMARCHE_EXTRACT_TIME_CONTEXT_H
#define DEMARCHE_EXTRACT_TIME_CONTEXT_H

#include "extract/time/words.h"

enum time_form {
	FORM_DATE,	/* month with day or year, or a year alone; 0 where not said */
	FORM_WEEKDAY,	/* `number`: 0 is Monday; `direction` */
	FORM_NTH,	/* the 26th, of a month not said: day */
	FORM_SHIFT,	/* `number` units from publication: last week, today, two years ago */
	FORM_REFERENCE, /* `number` units from the time the text speaks of: the next day, a year
			 * earlier
			 */
	FORM_PIECE,	/* season, quarter or half of a year, by unit: `number` */
	FORM_DECADE,	/* year: its first */
	FORM_CENTURY,	/* `number`: 19 for the 19th */
	FORM_RANGE,	/* `number` units up to publication (less than 0) or from it */
	FORM_YEARS,	/* from year to to_year */
	FORM_CLOCK	/* a time of a day that is said nearby */
};

/* Which of the days, months, seasons of one name. */
enum time_direction {
	DIRECTION_TENSE,
	DIRECTION_LAST,
	DIRECTION_THIS,
	DIRECTION_NEXT,
	DIRECTION_COMING,
	DIRECTION_FOLLOWING,
	DIRECTION_PREVIOUS
};

enum { NO_SHIFT = 127, NO_CLOCK = -1 };

struct time_reading {
	uint32_t first, last, head; /* words, inclusive */
	enum time_form form;
	enum time_unit unit;
	enum time_direction direction;
	int year, to_year, month, day, number;
	int year_shift; /* from the year of publication, or NO_SHIFT */
	int clock;	/* 100 * hour + minute, or NO_CLOCK */
	uint8_t part;	/* of the day: 0, or 1 morning to 4 night */
	bool is_utc;
	bool needs_reference; /* nothing without a time before it in the text */
};

/* What the article says elsewhere that bears on single words. */
struct time_context {
	const struct text *t;
	struct time_text words;
	bool has_may; /* a person of that name */
};

int time_context_open(struct time_context *s, const struct time_words *tw, const struct text *t,
		      struct arena *a) MUST_CHECK;

/* Word numbers past the end are allowed in all of these: nothing is there. */
static inline const struct time_word *word_at(const struct time_context *s, uint32_t i)
{
	return &s->words.v[i < s->words.n ? i : s->words.n];
}

static inline bool is_class(const struct time_context *s, uint32_t i, enum time_class class)
{
	return i < s->words.n && s->words.v[i].class == class;
}

static inline bool is_mark(const struct time_context *s, uint32_t i, char c)
{
	return is_class(s, i, W_PUNCT) && s->words.v[i].value == c;
}

/* Is word i, in lower case, one of a list parted by blanks? */
static inline bool is_word(const struct time_context *s, uint32_t i, const char *list)
{
	return i < s->words.n && !s->words.v[i].is_joined &&
	       text_is_one_of(s->t, s->words.v[i].token, list);
}

/* The same of a set of words. */
static inline bool is_in(const struct time_context *s, uint32_t i, enum word_set set)
{
	return i < s->words.n && !s->words.v[i].is_joined &&
	       text_is_in(s->t, s->words.v[i].token, set);
}

/* The tag of the token of word i; a full stop past the end. */
static inline unsigned tag_of(const struct time_context *s, uint32_t i)
{
	return i < s->words.n ? s->t->tokens[s->words.v[i].token].tag : TAG_STOP;
}

static inline bool has_stop(const struct time_context *s, uint32_t i)
{
	return i < s->words.n && s->t->bytes.p[s->words.v[i].end - 1] == '.';
}

static inline bool starts_segment(const struct time_context *s, uint32_t i)
{
	return word_at(s, i)->starts_segment;
}

/* A word with a capital that the start of a sentence does not account for. */
static inline bool is_name_like(const struct time_context *s, uint32_t i)
{
	return i < s->words.n && word_at(s, i)->is_capital && !starts_segment(s, i);
}

static inline struct time_reading reading(enum time_form form, enum time_unit unit, uint32_t i)
{
	return (struct time_reading){.form = form,
				     .unit = unit,
				     .first = i,
				     .last = i,
				     .head = i,
				     .year_shift = NO_SHIFT,
				     .clock = NO_CLOCK};
}

#endif
