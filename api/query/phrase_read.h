/* A question in English words, read into the parameters of GET /v1/statements.
 *
 * The words are spans (phrase_spans.h): names, dates, words of data/questions.tsv, words to search
 * for. Going through them, a word of the table says which place of a question comes next (a speaker
 * after "by" and before "said", what it is about after "about" and "said", ...), and what stands in
 * the place becomes a parameter. Names that no word gives a place ("boris johnson brexit") are the
 * speaker, where one alone of them speaks, and what it is about. What is about no issue by name is
 * words to search for (the parameter about). Words that are left are in `unparsed`: nothing is
 * dropped in silence.
 *
 * Some words may be meant in more than one way; phrase_reading gives the others, the likeliest
 * first, and who asks the store takes the first that finds something. */
#ifndef DEMARCHE_API_QUERY_PHRASE_READ_H
#define DEMARCHE_API_QUERY_PHRASE_READ_H

#include "api/query/lookup.h"
#include "api/query/phrase.h"
#include "api/query/phrase_date.h"

/* 0, or -1 with *e: ERR_VALUE (field "q") when there is no word in it or it is too long, or what
 * looking a name up gave. Strings live in `a` or in the phrase. */
int phrase_read(struct str text, struct lookup *names, struct phrase_days days, struct arena *a,
		struct phrase *out, struct err *e) MUST_CHECK;

#endif
