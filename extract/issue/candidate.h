/* The issues of the table that a content may be about: those whose words stand in it, near before
 * it, or again and again in the article. */
#ifndef DEMARCHE_EXTRACT_ISSUE_CANDIDATE_H
#define DEMARCHE_EXTRACT_ISSUE_CANDIDATE_H

#include "extract/issue/background.h"

enum {
	ISSUE_CANDIDATES = 40,
	ISSUE_PLACES = 8, /* of one issue in a content */
	ISSUE_BACK = 3,	  /* sentences before a content whose issues are candidates */
	ISSUE_FAR = ISSUE_BACK + 1,
	ISSUE_TOP = 10 /* issues that an article speaks most of */
};

/* A content and what is known of it. */
struct issue_content {
	const struct issue_background *bg;
	const struct range *parts;
	size_t n_parts;
	const struct spans *source; /* its words name no issue of what is said */
	uint32_t first_sentence, last_sentence;
	unsigned words;
	struct topic_shares topic, near; /* of its words; with those of its sentence and of the one
					    before */
	float direction[VECTOR_SIZE];	 /* of its words */
	bool refers; /* to a matter before it: "it would be a red line", "nobody agrees" */
};

/* The best phrase, of several that name the issue. */
struct issue_best {
	const struct issue_evidence *evidence; /* NULL: none */
	float score;			       /* by its length and place in the tree */
	unsigned depth;
};

struct issue_candidate {
	uint32_t issue;
	struct issue_best best;		  /* in the content */
	uint8_t terms, hints;		  /* in the content */
	struct range where[ISSUE_PLACES]; /* of the terms, in the order of the text */
	size_t n_where;
	const struct issue_evidence *before; /* the nearest one before the content, or NULL */
	uint8_t sentences_back; /* of it: 0 in the content's own sentence; ISSUE_FAR none near */
	float near,
		near_article; /* how near its words are to the content's, and to title and lead */
	bool is_above;	      /* a narrower issue is named in the content, too */
	float p;	      /* that the content is about it */
	float main;	      /* and about it most, of these and of the open issues */
};

struct issue_candidates {
	struct issue_candidate v[ISSUE_CANDIDATES];
	size_t n;
};

/* Everything but p; fills in what the content says of itself, but `refers`. */
void issue_candidates_find(struct issue_content *c, struct issue_candidates *out);

#endif
