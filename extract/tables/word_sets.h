/* Sets of words that the rules of the steps ask for by name: data/word_sets.tsv. A word is in a set
 * or not as it is written there, in small letters. Immutable once open; any thread may read it. */
#ifndef DEMARCHE_EXTRACT_TABLES_WORD_SETS_H
#define DEMARCHE_EXTRACT_TABLES_WORD_SETS_H

#include "base/err.h"
#include "extract/tables/map.h"

/* Set, its name in the table: in the order of the steps that ask for them. */
#define WORD_SETS(X)                                                                               \
	X(NO_SET, "")                                                                              \
	X(AFTER_CLOCK, "after-clock")                                                              \
	X(ENDING_ABBREVIATION, "ending-abbreviation")                                              \
	X(PREFIX, "prefix")                                                                        \
	X(QUOTATIVE, "quotative")                                                                  \
	X(REPORTING, "reporting")                                                                  \
	X(SMALL_WORD, "small-word")                                                                \
	X(SUFFIX, "suffix")                                                                        \
	X(TITLE_ABBREVIATION, "title-abbreviation")                                                \
	X(UNIT, "unit")                                                                            \
	X(AFTER_LENGTH, "after-length")                                                            \
	X(APPROXIMATE, "approximate")                                                              \
	X(ATTACK, "attack")                                                                        \
	X(BE, "be")                                                                                \
	X(BEFORE_CLOCK, "before-clock")                                                            \
	X(BEFORE_MONTH, "before-month")                                                            \
	X(BEFORE_NOON, "before-noon")                                                              \
	X(BEFORE_NUMBER, "before-number")                                                          \
	X(BEFORE_ORDINAL, "before-ordinal")                                                        \
	X(BEFORE_SEASON, "before-season")                                                          \
	X(BEFORE_TIME, "before-time")                                                              \
	X(BEFORE_WEEKEND, "before-weekend")                                                        \
	X(BEFORE_YEAR, "before-year")                                                              \
	X(BE_FINITE, "be-finite")                                                                  \
	X(COUNTED, "counted")                                                                      \
	X(DATED_EVENT, "dated-event")                                                              \
	X(EDGE_IN, "edge-in")                                                                      \
	X(HABITUAL_PART, "habitual-part")                                                          \
	X(HAVE, "have")                                                                            \
	X(NAME_MONTH, "name-month")                                                                \
	X(NEVER_BEFORE_NAME, "never-before-name")                                                  \
	X(PAST_AUXILIARY, "past-auxiliary")                                                        \
	X(REPORTING_PRESENT, "reporting-present")                                                  \
	X(TENSE_ADVERB, "tense-adverb")                                                            \
	X(YEAR_KIND, "year-kind")                                                                  \
	X(ASPECTUAL, "aspectual")                                                                  \
	X(MANNER_NOUN, "manner-noun")                                                              \
	X(WH_WORD, "wh-word")                                                                      \
	X(DEFINITE_DETERMINER, "definite-determiner")                                              \
	X(EMPTY_MODIFIER, "empty-modifier")                                                        \
	X(GENERIC_NOUN, "generic-noun")                                                            \
	X(VAGUE_NOUN, "vague-noun")                                                                \
	X(ACCUSATION_NOUN, "accusation-noun")                                                      \
	X(ADVERSATIVE_PREPOSITION, "adversative-preposition")                                      \
	X(AGENTIVE_VERB, "agentive-verb")                                                          \
	X(COMMENT_VERB, "comment-verb")                                                            \
	X(CONCESSIVE, "concessive")                                                                \
	X(EXPERIENCER_VERB, "experiencer-verb")                                                    \
	X(GRANTABLE, "grantable")                                                                  \
	X(INTENSIFIER, "intensifier")                                                              \
	X(NEGATION, "negation")                                                                    \
	X(SUBORDINATOR, "subordinator")

#define X(name, word) SET_##name,
enum word_set { WORD_SETS(X) WORD_SET_COUNT };
#undef X

enum { WORD_SET_CELLS = (WORD_SET_COUNT + 63) / 64 };

/* The sets that one word is in, as bits. */
struct word_row {
	struct str word;
	uint64_t sets[WORD_SET_CELLS];
};

struct word_sets {
	struct map by_word;
	struct word_row *rows; /* the first is of words that are in no set */
	uint32_t n;
	size_t cap;
};

/* Into an arena that lives as long. 0, or -1 with *e set (ERR_INTERNAL): a set that nobody asks
 * for, or one without words. */
int word_sets_read(struct word_sets *ws, struct arena *a, struct err *e) MUST_CHECK;

/* The row of a word in small letters; 0 when it is in no set. */
uint32_t word_sets_row(const struct word_sets *ws, struct str word);

static inline bool word_sets_has(const struct word_sets *ws, uint32_t row, enum word_set set)
{
	return ws->rows[row].sets[set / 64] >> (set % 64) & 1;
}

/* The same of a word in any ASCII case; long words are in no set. */
bool word_sets_has_nocase(const struct word_sets *ws, struct str word, enum word_set set);

#endif
