/* The tense of the verb that governs a word: is it about what was, or about what is still to come?
 */
#ifndef DEMARCHE_EXTRACT_TIME_TENSE_H
#define DEMARCHE_EXTRACT_TIME_TENSE_H

#include "extract/time/words.h"

enum tense {
	TENSE_NONE,    /* no verb in the sentence */
	TENSE_PAST,    /* said, has said, would have said; a report's "says" */
	TENSE_PRESENT, /* meets, is meeting: with a time, of what is planned */
	TENSE_FUTURE,  /* will meet, is to meet, plans to meet, agreed to meet, is scheduled for */
	TENSE_OPEN     /* was to meet, said it would meet: ahead of a time that is past itself */
};

/* Of the verb over a token of a parsed text. Pure. */
enum tense tense_over(const struct time_words *tw, const struct text *t, uint32_t token);
/* Is a past form right beside it, so that the tense needs no tree: "said Monday"? */
bool tense_is_beside(const struct time_words *tw, const struct text *t, uint32_t token);
/* Does the tense reach it by a noun or an infinitive only, so that it may be of another day: "the
 * speech on Monday will be remembered", "threatened to leave on Monday"? */
bool tense_is_loose(const struct time_words *tw, const struct text *t, uint32_t token);
/* "closed the roads for the parade on Monday" */
bool tense_is_of_purpose(const struct text *t, uint32_t token);

#endif
