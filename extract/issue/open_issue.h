/* Open issues: noun phrases of a content that no issue of the table covers. */
#ifndef DEMARCHE_EXTRACT_ISSUE_OPEN_ISSUE_H
#define DEMARCHE_EXTRACT_ISSUE_OPEN_ISSUE_H

#include "extract/issue/candidate.h"

enum { OPEN_ISSUES = 24, ISSUE_OPEN_MAX = 3 };

/* Two to four words, or one noun that the article keeps coming back to and that says something. */
struct open_issue {
	uint32_t first, head; /* tokens; the head is the last */
	float p;	      /* that a position is taken on it */
	float main;	      /* that it is what the content is about most, of all issues */
};

struct open_issues {
	struct open_issue v[OPEN_ISSUES];
	size_t n;
};

/* In the order of the text; everything but p. */
void open_issues_find(const struct issue_content *c, const struct issue_candidates *l,
		      struct open_issues *out);
/* Phrases that differ in number, articles and empty modifiers ("the tariffs", "new tariffs") are
 * one issue, named by the singular. What is kept lives in `a`. 1; 0 where the table has an issue of
 * that name; -1 when the arena is full. */
int open_issue_hit(const struct issue_content *c, const struct open_issue *o, struct issue_hit *out,
		   struct arena *a) MUST_CHECK;

/* An open issue by its label, which lives in `a`, found at these tokens. 1; 0 where the label names
 * nothing or an issue of the table; -1 when the arena is full. */
int open_issue_make(const struct issue_table *it, const struct text *t, struct str label,
		    struct range where, float score, struct issue_hit *out,
		    struct arena *a) MUST_CHECK;

/* Is the word at token i written with a capital wherever it stands ("Russian"), not only where a
 * sentence begins? */
bool issue_word_is_capital(const struct entities *es, uint32_t i);

#endif
