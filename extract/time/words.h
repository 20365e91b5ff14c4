/* The words of time expressions: what data/times.tsv says of each word of a text, with hyphened
 * words taken apart ("mid-April") and numbers read. For extract/time/ alone. */
#ifndef DEMARCHE_EXTRACT_TIME_WORDS_H
#define DEMARCHE_EXTRACT_TIME_WORDS_H

#include "extract/time/expression.h"

/* Class, its name in the table. The first ones are read from the form of a word and have no name
 * there. */
#define TIME_CLASSES(X)                                                                            \
	X(NONE, "")                                                                                \
	X(NUMBER, "-number")  /* up to four digits */                                              \
	X(CLOCK, "-clock")    /* 14:30: 100 * hour + minute */                                     \
	X(NTH, "-nth")	      /* 26th */                                                           \
	X(DECADE, "-decade")  /* 1990s: its first year; 90s: 90 */                                 \
	X(PUNCT, "-punct")    /* any mark; its character */                                        \
	X(WEEKDAY, "weekday") /* 0 is Monday */                                                    \
	X(SHORT_WEEKDAY, "short-weekday")                                                          \
	X(WEEKDAYS, "weekdays")                                                                    \
	X(MONTH, "month") /* 1 to 12 */                                                            \
	X(SHORT_MONTH, "short-month")                                                              \
	X(PART, "part")	    /* of the day: 1 morning, 2 afternoon, 3 evening, 4 night */           \
	X(MOMENT, "moment") /* its hour */                                                         \
	X(DAY, "day")	    /* days from that of publication */                                    \
	X(TONIGHT, "tonight")                                                                      \
	X(UNIT, "unit") /* enum time_unit */                                                       \
	X(UNITS, "units")                                                                          \
	X(HALF, "half")                                                                            \
	X(SEASON, "season") /* 1 spring to 4 winter */                                             \
	X(COUNT, "count")                                                                          \
	X(ORDINAL, "ordinal")                                                                      \
	X(LAST, "last")                                                                            \
	X(FINAL, "final")                                                                          \
	X(PAST, "past")                                                                            \
	X(THIS, "this")                                                                            \
	X(NEXT, "next")                                                                            \
	X(COMING, "coming")                                                                        \
	X(FOLLOWING, "following")                                                                  \
	X(PREVIOUS, "previous")                                                                    \
	X(SAME, "same")                                                                            \
	X(THAT, "that")                                                                            \
	X(THE, "the")                                                                              \
	X(EDGE, "edge") /* early, late, earlier, later, mid: 0 to 4 */                             \
	X(AGO, "ago")                                                                              \
	X(BEFORE, "before")                                                                        \
	X(AFTER, "after")                                                                          \
	X(END, "end") /* of a period: 0 end, 1 beginning, 2 middle, 3 course */                    \
	X(OF, "of")                                                                                \
	X(HABIT, "habit")                                                                          \
	X(ZONE, "zone") /* 0 is UTC */                                                             \
	X(AM, "am")                                                                                \
	X(PM, "pm")                                                                                \
	X(BEFORE_NAME, "before-name")                                                              \
	X(AFTER_NAME, "after-name")                                                                \
	X(SAYING, "saying")                                                                        \
	X(SPORT, "sport")                                                                          \
	X(PLANNED, "planned")                                                                      \
	X(DONE, "done")	  /* has happened */                                                       \
	X(AHEAD, "ahead") /* what lies ahead: 0 its infinitive, 1 its own time, 2 what follows */

enum time_class {
#define X(name, word) W_##name,
	TIME_CLASSES(X)
#undef X
		W_COUNT_OF
};

/* A word, or one part of a hyphened one. */
struct time_word {
	uint32_t token;
	uint32_t start, end; /* bytes */
	int16_t value;
	uint8_t class;	/* enum time_class */
	uint8_t digits; /* of a number */
	bool is_capital;
	bool has_apostrophe; /* the '90s */
	bool is_joined;	     /* to the word before by a hyphen */
	bool starts_segment; /* first of a sentence, of a quotation or of a paragraph */
};

struct time_text {
	struct time_word *v; /* one more than n, of class W_NONE */
	size_t n;
};

/* The words of data/times.tsv. NULL with *e set when the table is damaged. Immutable once open; any
 * thread may read it. */
struct feasts;

struct time_words *time_words_open(struct err *e) MUST_CHECK;
void time_words_close(struct time_words *tw); /* NULL is allowed */

/* Class and value of a word by its key; W_NONE when the table lacks it. */
enum time_class time_words_class(const struct time_words *tw, uint64_t key, int *value);
/* The days that have a name. */
const struct feasts *time_words_feasts(const struct time_words *tw);
/* The words of a text; they live in `a`. 0, or -1 when the arena is full or its budget spent. */
int time_words_read(const struct time_words *tw, const struct text *t, struct arena *a,
		    struct time_text *out) MUST_CHECK;

#endif
