/* What the attribution steps look at in an article, and what they ask of its trees. One article,
 * one thread. */
#ifndef DEMARCHE_EXTRACT_ATTRIBUTION_CONTEXT_H
#define DEMARCHE_EXTRACT_ATTRIBUTION_CONTEXT_H

#include "extract/attribution/features.h"
#include "extract/entity/entities.h"
#include "extract/syntax/forest.h"

struct attribution_model;

struct context {
	const struct text *t;
	const struct forest *f;
	const struct entities *entities; /* its names; no pronoun is resolved yet */
	const struct attribution_model *model;
	struct arena *a;
};

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
/* Lemma of a token, or a number that stands for the text's end. */
uint64_t context_lemma(const struct context *ctx, uint32_t token);
/* What somebody does by a word, as data/cues.tsv has it: 1 + enum act, or 0 for words it lacks. */
unsigned context_act(const struct context *ctx, uint32_t token);
unsigned context_xpos(const struct context *ctx, uint32_t token);

/* The verb that tells when and whether, above those of beginning and going on: for "express" in
 * "have begun to express" it is "begun", for most words the word itself. */
uint32_t context_finite(const struct context *ctx, uint32_t token);

/* Who does what a word tells: its own subject, else that of the word it hangs on. */
enum subject_link {
	SUBJECT_NONE,
	SUBJECT_OWN,
	SUBJECT_SHARED,
	SUBJECT_RAISED,
	SUBJECT_NOUN,
	SUBJECT_POSSESSOR,
	SUBJECT_AGENT
};
uint32_t context_subject(const struct context *ctx, uint32_t token, enum subject_link *link);

/* The path through the tree from one token to another, as a hash of relations and directions; 0
 * when longer than `most`. */
uint64_t context_path(const struct context *ctx, uint32_t from, uint32_t to, unsigned most);
/* The token of [first, last] that hangs on a token outside of it, the one nearest the root. */
uint32_t context_top(const struct context *ctx, uint32_t first, uint32_t last);
/* Is `token` the other one's head, or a head of its heads, or itself? */
bool context_dominates(const struct context *ctx, uint32_t head, uint32_t token);

#endif
