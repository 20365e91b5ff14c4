/* Topics of short texts. */
#ifndef DEMARCHE_EXTRACT_ISSUE_HEADLINE_H
#define DEMARCHE_EXTRACT_ISSUE_HEADLINE_H

#include "extract/issue/issue_table.h"

/* What the network of topics reads of the tokens in r: their words, and what the table finds among
 * them. 0, or -1 when the arena is full. */
int issue_topic_words(const struct issue_table *it, const struct text *t, struct range r,
		      struct arena *a, struct topic_words *out) MUST_CHECK;
/* The same of a headline or another short text by itself. */
int issue_topic_words_of(const struct issue_table *it, const struct lexicon *lx, struct str words,
			 struct arena *a, struct topic_words *out) MUST_CHECK;

/* The CAP major topic of a headline or another short text, as engine_topic. 0, or -1 when the arena
 * is full. */
int issue_topic_of(const struct issue_table *it, const struct lexicon *lx, struct str words,
		   struct arena *a, struct topic *out) MUST_CHECK;

#endif
