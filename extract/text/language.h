/* Is a text in English? By the pieces of its own words, with weights of data/language.model
 * (train/fit_language.c). Pure; any thread. */
#ifndef DEMARCHE_EXTRACT_TEXT_LANGUAGE_H
#define DEMARCHE_EXTRACT_TEXT_LANGUAGE_H

#include "base/str.h"

enum {
	LANGUAGE_BITS = 15,		       /* of a feature's hash */
	LANGUAGE_WEIGHTS = 1 << LANGUAGE_BITS, /* of the model, a signed byte each */
	LANGUAGE_WORD = 20,		       /* bytes of a word that are read */
	LANGUAGE_FEATURES = 5 * (LANGUAGE_WORD + 2)
};

/* The features of a word: first its whole, then the runs of one to five bytes in it and its ends;
 * ASCII letters in lower case. Their number. */
size_t language_features(struct str word, uint32_t out[LANGUAGE_FEATURES]);
/* The next word of a text, letters between others, and moves *at behind it; false at the end. */
bool language_next_word(struct str text, size_t *at, struct str *word);

/* What the words of a text say: the mean of their weights, above 0 for English. */
struct language_opinion {
	double mean;
	uint32_t words;
};

/* Those inside the program. */
const int8_t *language_weights(void);
/* Of a text by a row of weights. At most about a thousand words are read, spread over the text. */
struct language_opinion language_weigh(struct str text, const int8_t weights[LANGUAGE_WEIGHTS]);
/* Is it surely in another language? A few words are sure only in another script, and a text with
 * long quotations in other languages is English while its own words are. The text is UTF-8. */
bool language_is_foreign(struct str text);
/* The same of an opinion. */
bool language_opinion_is_foreign(struct language_opinion o);

#endif
