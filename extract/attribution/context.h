/* What the attribution steps look at in an article, and the questions to its trees that they share.
 * Token numbers are the text's. One article, one thread. */
#ifndef DEMARCHE_EXTRACT_ATTRIBUTION_CONTEXT_H
#define DEMARCHE_EXTRACT_ATTRIBUTION_CONTEXT_H

#include "extract/attribution/features.h"
#include "extract/entity/entities.h"
#include "extract/syntax/forest.h"

struct attribution_model;
struct reading_rows;

struct context {
	const struct text *t;
	const struct forest *f;
	const struct entities *entities; /* its names; no pronoun is resolved yet */
	const struct attribution_model *model;
	struct arena *a;
	struct reading_rows *rows; /* of the model's networks (reading.h) */
};

/* What a word may do in an attribution, by its tag and relation. */
enum word_class {
	CLASS_OTHER,
	CLASS_VERB,
	CLASS_NOUN,
	CLASS_NAME,
	CLASS_ADJECTIVE,
	CLASS_PRONOUN,
	CLASS_ADVERB,
	CLASS_ADPOSITION,
	CLASS_COLON,
	CLASS_DASH
};

enum word_class context_class(const struct context *ctx, uint32_t token);
/* Punctuation that parts and belongs to neither side: no word, no quotation mark, no sign of a
 * number or bracket. */
bool context_is_gap(const struct context *ctx, uint32_t token);
/* What a nominal is about: the kind of name it is in, which pronoun, or its noun. Small numbers
 * first, then hashes. */
uint64_t context_kind(const struct context *ctx, uint32_t token);
/* Hash of a token's lemma (forest.h), and its Penn tag; past the end of the text a value of their
 * own. */
uint64_t context_lemma(const struct context *ctx, uint32_t token);
unsigned context_xpos(const struct context *ctx, uint32_t token);
/* What somebody does by a word, as data/cues.tsv has it: 1 + enum act, or 0 for words it lacks. */
unsigned context_act(const struct context *ctx, uint32_t token);

/* The verb that carries tense and negation, above those of beginning and going on: for "express" in
 * "have begun to express" it is "begun", for most words the word itself. */
uint32_t context_finite(const struct context *ctx, uint32_t token);

/* How a word comes by its subject. */
enum subject_link {
	SUBJECT_NONE,
	SUBJECT_OWN,	   /* "Lee said" */
	SUBJECT_SHARED,	   /* with the word it is joined to: "Lee rose and said" */
	SUBJECT_RAISED,	   /* of a word above: "Lee wants to say" */
	SUBJECT_NOUN,	   /* the noun that its clause belongs to: "Lee, saying" */
	SUBJECT_POSSESSOR, /* "Lee's claim" */
	SUBJECT_AGENT	   /* "said by Lee" */
};
/* The token of who does what a word says, or FOREST_NONE. */
uint32_t context_subject(const struct context *ctx, uint32_t token, enum subject_link *link);

/* The path through the tree from one token to another, as a hash of relations and directions; 0
 * when longer than `most`. */
uint64_t context_path(const struct context *ctx, uint32_t from, uint32_t to, unsigned most);
/* The token of [first, last] that hangs on a token outside of it, the one nearest the root. */
uint32_t context_top(const struct context *ctx, uint32_t first, uint32_t last);
/* Is `token` the other one's head, or a head of its heads, or itself? */
bool context_dominates(const struct context *ctx, uint32_t head, uint32_t token);

#endif
