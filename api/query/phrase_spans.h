/* The words of a phrase as spans: the names that the store knows, dates, words of the tables, and
 * words to search for. Every way to part the phrase is weighed, and the one that explains most
 * words best is taken: a longer name before its parts, a name that is much spoken of before one
 * that is not, a known name before a word. One thread; memory in the lookup's arena. */
#ifndef DEMARCHE_API_QUERY_PHRASE_SPANS_H
#define DEMARCHE_API_QUERY_PHRASE_SPANS_H

#include "api/query/lookup.h"
#include "api/query/phrase_date.h"

enum { PHRASE_NAME_WORDS_MAX = 8 };

enum span_kind {
	SPAN_WORD,   /* that no table and no name explains */
	SPAN_KEY,    /* of data/questions.tsv */
	SPAN_DATE,   /* with its preposition */
	SPAN_NAME,   /* of an actor, an issue or an outlet, or several of them */
	SPAN_QUOTED, /* in quotation marks: a name too where one has it */
};

struct phrase_span {
	enum span_kind kind;
	size_t from, to; /* words */
	struct period period;
	enum phrase_bounds bounds;   /* SPAN_DATE */
	struct actor_matches actors; /* SPAN_NAME, SPAN_QUOTED */
	struct issue_matches issues; /* those that are not open */
	struct str outlet;	     /* as written, or "" */
	struct str mended; /* the name that is meant where it is spelled otherwise, or "" */
	bool is_called_so; /* not spelled otherwise: the record calls the person so */
	bool is_stranger;  /* a SPAN_WORD that is a person's whole name, of nobody in the record */
	struct str other;  /* who else has the surname; or "" */
};

struct phrase_spans {
	struct phrase_span v[PHRASE_WORDS_MAX];
	size_t n;
};

/* 0, or -1 with *e (what looking up gave). */
int phrase_spans_find(const struct phrase_word *words, size_t n, struct lookup *names,
		      struct phrase_days days, struct phrase_spans *out, struct err *e) MUST_CHECK;

/* Has some text let it speak that names nobody: "officials", "the report"? */
bool span_is_anonymous(const struct phrase_span *s);

#endif
