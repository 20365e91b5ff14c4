/* What the tables of data/ say about words: their parts of speech, and which of them report what
 * somebody said or thinks. Immutable once open; any thread may read it. */
#ifndef DEMARCHE_EXTRACT_TABLES_LEXICON_H
#define DEMARCHE_EXTRACT_TABLES_LEXICON_H

#include "base/err.h"
#include "base/terms.h"
#include "extract/tables/tag.h"
#include "extract/tables/word_sets.h"

enum { WORD_TAGS = 6 };

/* The parts of speech that a word may be. */
struct word_tags {
	uint8_t n;
	uint8_t tags[WORD_TAGS]; /* enum tag, the commonest first */
};

/* How content hangs on a cue. */
enum frame {
	FRAME_QUOTE,		  /* a quotation, or a clause with the cue after or in it */
	FRAME_CLAUSE,		  /* that it rains; it rains */
	FRAME_WH,		  /* whether, how, what ... */
	FRAME_INFINITIVE,	  /* to go */
	FRAME_OBJECT_INFINITIVE,  /* China to go */
	FRAME_GERUND,		  /* supplying arms */
	FRAME_NOUN,		  /* the plan */
	FRAME_PREPOSITION,	  /* for restraint */
	FRAME_OBJECT_PREPOSITION, /* China of it; content after the preposition */
	FRAME_COUNT
};

enum { CUE_PREPOSITIONS = 4 };

enum cue_class { CUE_VERB, CUE_NOUN, CUE_ADJECTIVE };

/* A lemma that reports. */
struct cue {
	struct str lemma;
	enum cue_class class;
	uint64_t prepositions[CUE_PREPOSITIONS]; /* word_key; between an object and its content */
	size_t n_prepositions;
	enum act act;
	enum position position; /* towards the content's issue */
};

struct cue_form {
	const struct cue *verb, *noun, *adjective; /* by class; NULL where it is none */
};

/* What a word says of the content it stands in; bits. */
enum {
	VALENCE_POSITIVE = 1,
	VALENCE_NEGATIVE = 2,
	VALENCE_DEMAND = 4,
	VALENCE_ACCUSE = 8,
	VALENCE_SHIFTER = 16
};

/* What a word does to the thing that it governs, or thinks of it (data/effects.tsv). */
#define EFFECTS(X)                                                                                 \
	X(UNDO, "undo")                                                                            \
	X(KEEP, "keep")                                                                            \
	X(WISH, "wish")                                                                            \
	X(DREAD, "dread")                                                                          \
	X(FAVOR, "favor")                                                                          \
	X(DISFAVOR, "disfavor")

#define X(name, word) EFFECT_##name,
enum effect { EFFECT_NONE, EFFECTS(X) EFFECT_COUNT };
#undef X

struct lexicon;

/* NULL with *e set when a table is damaged. */
struct lexicon *lexicon_open(struct err *e) MUST_CHECK;
void lexicon_close(struct lexicon *lx);

/* By word_key (key.h); NULL for words that the tables lack. They live as long as the lexicon. */
const struct word_tags *lexicon_word(const struct lexicon *lx, uint64_t key);
const struct cue_form *lexicon_cue(const struct lexicon *lx, uint64_t key);
/* VALENCE_... of a lemma's word_key, or of two words' key_mix, the second a lemma; 0 for none.
 */
unsigned lexicon_valence(const struct lexicon *lx, uint64_t key);
/* Of a lemma's word_key, or of the key_mix of a lemma and its particle or preposition. */
enum effect lexicon_effect(const struct lexicon *lx, uint64_t key);
/* A word that is two or three without a mark between them: "cannot". */
struct contraction {
	uint8_t n;	 /* cuts */
	uint8_t cuts[2]; /* bytes before the next part */
};
/* Of a word in any case; NULL when it is none. */
const struct contraction *lexicon_contraction(const struct lexicon *lx, struct str word);
/* They live as long as the lexicon. */
const struct word_sets *lexicon_word_sets(const struct lexicon *lx);
/* Does a word, with or without a capital, keep the full stop behind it? */
bool lexicon_is_abbreviation(const struct lexicon *lx, uint64_t key, bool is_capital);

#endif
