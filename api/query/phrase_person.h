/* A person's whole name, where the record has the person by the surname or with other words:
 * "Tanya Chan", who is "Legislator Tanya Chan" there; "Wanda Vázquez", whom it only calls
 * "Vázquez"; "Liz Warren". And a stranger: "Ivanka Trump", where the only Trump is Donald. One
 * thread; memory in the lookup's arena. */
#ifndef DEMARCHE_API_QUERY_PHRASE_PERSON_H
#define DEMARCHE_API_QUERY_PHRASE_PERSON_H

#include "api/query/lookup.h"
#include "api/query/phrase_words.h"

enum { PERSON_WORDS_MAX = 4 };

enum person_found {
	PERSON_NONE,	 /* not a person's name, as far as is known */
	PERSON_FOUND,	 /* *out has who is meant */
	PERSON_STRANGER, /* nobody known; *out has others of the surname, if any */
};

/* As it is written, with a capital: "Ilhan". */
bool person_is_given(struct str word);

/* What the words [0, n) are, n from 2 to PERSON_WORDS_MAX, which no actor is called. Of words in
 * lower case only a name that has them all is taken, or another form of the given name: "bill" may
 * be none. 0, or -1 with
 * *e. */
int person_find(const struct phrase_word *words, size_t n, struct lookup *names,
		enum person_found *found, struct actor_matches *out, struct err *e) MUST_CHECK;

#endif
