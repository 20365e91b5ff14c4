/* The phrase language: a question in a few English words, read into the parameters of GET
 * /v1/statements.
 *
 *   [all] [direct|indirect|mixed] statements|quotes|remarks by A [and B] [to|towards C] [about|on X
 * [or Y]] [WHEN] what did A say [to C] [about X] [WHEN] | did A oppose X     who said ... | who
 * supports|opposes X [WHEN] WHEN: since|after|before|until|in|on|during DATE, between DATE and
 * DATE, yesterday, today DATE: 2024-04-26, 2024-04, 2024, April 2024, 26 April 2024, April 26,
 * 2024, April (the latest one)
 *
 * Names are the longest run of words that the store knows; in quotation marks they are taken whole.
 * Words that are not understood are kept in `unparsed`: nothing is dropped in silence. */
#ifndef DEMARCHE_API_QUERY_PHRASE_H
#define DEMARCHE_API_QUERY_PHRASE_H

#include "api/format/json_write.h"
#include "api/query/lookup.h"
#include "api/query/phrase_words.h"
#include "api/query/question.h"
#include "base/arena.h"

enum { PHRASE_TERMS_MAX = 32, PHRASE_NAME_WORDS_MAX = 8 };

/* One parameter that the phrase says, and the words that say it. */
struct phrase_term {
	struct str name;
	struct condition given;
};

struct phrase {
	struct phrase_term terms[PHRASE_TERMS_MAX];
	size_t n;
	struct str unparsed[PHRASE_WORDS_MAX];
	size_t n_unparsed;
	const char *notes[8];
	size_t n_notes;
	bool asks_who; /* "who opposes tariffs": for the speakers, rather than for what they said */
};

/* `today` is what relative dates count from. 0, or -1 with *e: ERR_INPUT (field "q") when nothing
 * is understood or the phrase is too long, or what looking a name up gave. Strings live in `a` or
 * in the phrase. */
int phrase_read(struct str text, struct lookup *names, day_t today, struct arena *a,
		struct phrase *out, struct err *e) MUST_CHECK;

/* The members unparsed, notes and canonical. */
void phrase_write(struct jw *j, const struct phrase *p, struct str canonical);

#endif
