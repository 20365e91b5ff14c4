/* What an article is about: where its words name issues of the table, how often, and its topic. In
 * the article's arena; one thread. */
#ifndef DEMARCHE_EXTRACT_ISSUE_BACKGROUND_H
#define DEMARCHE_EXTRACT_ISSUE_BACKGROUND_H

#include "extract/entity/entities.h"
#include "extract/issue/issue_match.h"

/* A term or a hint in the text. */
struct issue_place {
	struct issue_evidence evidence;
	uint32_t sentence;
	bool is_of_name; /* a part of a person's name, or what stands before it */
};

/* Nouns that an article says most. */
enum { ISSUE_KEYWORDS = 16 };

/* What speaks for an issue in the whole article; counts stop at 255. */
struct issue_tally {
	uint32_t issue;
	uint32_t place; /* the first one of its terms, else of its hints */
	float weight;	/* terms, those of title and lead more, and hints a little */
	uint8_t terms, hints, lead, title, title_hints;
	uint8_t rank; /* by weight, from 0; of places and of the rest by themselves */
};

struct issue_background {
	const struct issue_table *it;
	const struct entities *es;
	/* By token: is it a word of a name, or of a title before it? What is said does not hang on
	 * who says it of whom. */
	bool *is_name;
	struct issue_place *places; /* sentence by sentence */
	size_t n_places, cap_places;
	struct issue_tally
		*tallies; /* the weightiest first; those that only the title names last */
	size_t n, cap, n_in_text;
	struct map nouns;	/* how often the article says a noun, by its lemma's key */
	struct map title_nouns; /* the same of the title, by the stem */
	/* Keys of the lemmas of the nouns said most, those of the title first: twice at least, no
	   names and no vague ones. */
	uint64_t keywords[ISSUE_KEYWORDS];
	size_t n_keywords;
	uint32_t *tally_of;	      /* by issue: 1 + its tally, or 0 */
	float weight;		      /* of all tallies but those of places */
	struct topic_shares topic;    /* of title and lead */
	float direction[VECTOR_SIZE]; /* of the same words */
};

/* 0, or -1 when the arena is full. */
int issue_background_make(struct issue_background *bg, const struct issue_table *it,
			  const struct entities *es, struct str title, struct arena *a) MUST_CHECK;
/* The first place in a sentence or after it. */
size_t issue_place_from(const struct issue_background *bg, uint32_t sentence);
/* How often the article says the noun at token i, in singular and plural. */
unsigned issue_nouns_like(const struct issue_background *bg, uint32_t i);
/* Does the noun at token i say little by itself: "decision", "people", "side"? */
bool issue_noun_is_vague(const struct text *t, uint32_t i);
/* Does the title say it? */
bool issue_title_says(const struct issue_background *bg, uint32_t i);
/* NULL where the article does not speak of the issue. */
const struct issue_tally *issue_tally_of(const struct issue_background *bg, uint32_t issue);

#endif
