/* What the reader of phrases knows at a word, and what it has read so far. Private to it. One
 * thread. */
#ifndef DEMARCHE_API_QUERY_PHRASE_READER_H
#define DEMARCHE_API_QUERY_PHRASE_READER_H

#include "api/query/phrase.h"
#include "api/query/phrase_spans.h"

enum place {
	PLACE_OPEN, /* no word has said yet */
	PLACE_SPEAKER,
	PLACE_ABOUT,
	PLACE_TARGET,
	PLACE_ADDRESSEE,
	PLACE_TEXT,
	PLACE_ROLE,
	PLACE_OUTLET,
};

struct phrase_reader {
	struct str text;
	struct phrase_word words[PHRASE_WORDS_MAX];
	struct phrase_spans spans;
	struct lookup *names;
	struct phrase_days days;
	struct arena *a;
	struct phrase *out;
	struct err *e;
	enum place place;
	size_t place_from;				  /* the word that it begins with */
	const struct phrase_span *held[PHRASE_WORDS_MAX]; /* what stands in it, joints included */
	size_t n_held;
	const struct phrase_clause *clause; /* what says something by itself: "opposes" */
	size_t verb_to;			    /* behind the verb that ends a speaker's place */
	size_t said_at;			    /* the span after the last "said", 0 for none */
	bool is_asked;			    /* a word that asks came: "which", "how many" */
	bool has_noun;			    /* "her position" */
	bool has_given;			    /* somebody gave or made something: "for" leads on */
	bool has_head;			    /* statements are asked for, whatever else is said */
	bool is_not, is_answer;
	size_t answer_from; /* the word that asks for answers: "reactions" */
	bool needs_name;    /* the place began with a word that wants one: "by" */
};

bool reader_has(const struct phrase_reader *r, const struct phrase_span *s, unsigned roles);
bool reader_is(const struct phrase_reader *r, const struct phrase_span *s, const char *word);
/* The parameter that the words [from, to) say. */
int reader_add(struct phrase_reader *r, struct str name, struct str value, size_t from,
	       size_t to) MUST_CHECK;
int reader_add_period(struct phrase_reader *r, const struct phrase_span *s) MUST_CHECK;

/* Each note once. */
int reader_note(struct phrase_reader *r, struct str text) MUST_CHECK;
/* The words of the span as they were typed. */
struct str reader_said(const struct phrase_reader *r, const struct phrase_span *s);

/* The words are part of nothing. */
void reader_leave(struct phrase_reader *r, size_t from, size_t to);
/* The parameters in the order of their words. */
void reader_sort(struct phrase_reader *r);

#endif
