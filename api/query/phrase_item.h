/* What is held in a place of a question (phrase_reader.h), item by item, and what a span of it
 * names. Private to the reader of phrases. One thread. */
#ifndef DEMARCHE_API_QUERY_PHRASE_ITEM_H
#define DEMARCHE_API_QUERY_PHRASE_ITEM_H

#include "api/query/phrase_reader.h"

/* Spans that no "and", "or" or comma parts; one at least. */
struct phrase_item {
	const struct phrase_span *const *v;
	size_t n;
};

/* The next item of what is held, from *at on, up to "and", "or" or a comma; false at the end. */
bool item_next(const struct phrase_reader *r, size_t *at, struct phrase_item *it);
/* Its words: [from, to). */
size_t item_from(const struct phrase_item *it);
size_t item_to(const struct phrase_item *it);

/* The words [from, to) as they were typed. */
struct str reader_words(const struct phrase_reader *r, size_t from, size_t to);
/* The span's words, spelled as they are meant. */
struct str span_text(const struct phrase_reader *r, const struct phrase_span *s);
/* Where they are spelled otherwise, or are nobody's name here, the answer says so. */
int reader_note_mended(struct phrase_reader *r, const struct phrase_span *s) MUST_CHECK;
/* The value of a parameter, behind a "not" the one that excludes it. */
struct str reader_negated(struct phrase_reader *r, struct str value);

/* Of an actor. */
bool span_is_name(const struct phrase_span *s);
/* "minister", and "foreign minister" where some text lets one speak. */
bool span_is_post(const struct phrase_reader *r, const struct phrase_span *s);
/* The next two are of a name. */
bool span_is_country(const struct phrase_span *s);
bool span_is_person(const struct phrase_span *s);
/* Does a word that begins so have a capital, or none of our letters? */
bool is_capital(char first);

#endif
