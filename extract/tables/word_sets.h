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
	X(LABEL_WORD, "label-word")                                                                \
	X(LABEL_ASKER, "label-asker")                                                              \
	X(LABEL_ANSWERER, "label-answerer")                                                        \
	X(BLOCK_CUE, "block-cue")                                                                  \
	X(BEFORE_SPEECH_NOUN, "before-speech-noun")                                                \
	X(SPEECH_NOUN, "speech-noun")                                                              \
	X(SHARED_SPEECH, "shared-speech")                                                          \
	X(ISSUING_BODY, "issuing-body")                                                            \
	X(STATE_OUTLET, "state-outlet")                                                            \
	X(VOCATIVE, "vocative")                                                                    \
	X(VOCATIVE_OPENER, "vocative-opener")                                                      \
	X(FIRST_PERSON_ANY, "first-person-any")                                                    \
	X(SECOND_PERSON, "second-person")                                                          \
	X(PEER, "peer")                                                                            \
	X(PEERESS, "peeress")                                                                      \
	X(SEVERAL_POST, "several-post")                                                            \
	X(WHICH_HOLDER, "which-holder")                                                            \
	X(HONORABLE, "honorable")                                                                  \
	X(COLLEAGUE, "colleague")                                                                  \
	X(POSTNOMINAL, "postnominal")                                                              \
	X(FAREWELL, "farewell")                                                                    \
	X(NAME_TITLE, "name-title")                                                                \
	X(COURTESY_TITLE, "courtesy-title")                                                        \
	X(GENDERED_TITLE, "gendered-title")                                                        \
	X(GENERATION, "generation")                                                                \
	X(NAME_PARTICLE, "name-particle")                                                          \
	X(NAME_ARTICLE, "name-article")                                                            \
	X(CALENDAR, "calendar")                                                                    \
	X(POST_IN_TITLE, "post-in-title")                                                          \
	X(POST_OF_COUNTRY, "post-of-country")                                                      \
	X(OTHER_OFFICE, "other-office")                                                            \
	X(NOT_IN_OFFICE, "not-in-office")                                                          \
	X(PAST_POST, "past-post")                                                                  \
	X(PRESENT_POST, "present-post")                                                            \
	X(POST_NOUN, "post-noun")                                                                  \
	X(DEPUTY_POST, "deputy-post")                                                              \
	X(STANDING_IN, "standing-in")                                                              \
	X(POST_VERB, "post-verb")                                                                  \
	X(POST_ABROAD, "post-abroad")                                                              \
	X(OFFICE_LEGISLATOR, "office-legislator")                                                  \
	X(OFFICE_MINISTER, "office-minister")                                                      \
	X(OFFICE_HEAD, "office-head")                                                              \
	X(OFFICE_AMBASSADOR, "office-ambassador")                                                  \
	X(OFFICE_GOVERNOR, "office-governor")                                                      \
	X(OFFICE_MAYOR, "office-mayor")                                                            \
	X(OFFICE_JUDGE, "office-judge")                                                            \
	X(OFFICE_MILITARY, "office-military")                                                      \
	X(OTHER_OCCUPATION, "other-occupation")                                                    \
	X(NAMING_WORD, "naming-word")                                                              \
	X(NAMING_START, "naming-start")                                                            \
	X(NAMING_ADVERB, "naming-adverb")                                                          \
	X(DEFINITE_ARTICLE, "definite-article")                                                    \
	X(INDEFINITE_ARTICLE, "indefinite-article")                                                \
	X(PREPOSITION_INSIDE, "preposition-inside")                                                \
	X(PREPOSITION_AROUND, "preposition-around")                                                \
	X(PREPOSITION_AT, "preposition-at")                                                        \
	X(PREPOSITION_FROM, "preposition-from")                                                    \
	X(PREPOSITION_TO, "preposition-to")                                                        \
	X(COMPANY_WORD, "company-word")                                                            \
	X(SAYING_WORD, "saying-word")                                                              \
	X(SIDE_WORD, "side-word")                                                                  \
	X(PLACE_NAME_START, "place-name-start")                                                    \
	X(BODY_NAME_START, "body-name-start")                                                      \
	X(NAMED_FOR, "named-for")                                                                  \
	X(COPULA, "copula")                                                                        \
	X(INDEFINITE, "indefinite")                                                                \
	X(DEMONSTRATIVE, "demonstrative")                                                          \
	X(COUNTRY_NOUN, "country-noun")                                                            \
	X(COUNTRIES_NOUN, "countries-noun")                                                        \
	X(PLACE_NOUN, "place-noun")                                                                \
	X(FIRST_PERSON, "first-person")                                                            \
	X(MASCULINE, "masculine")                                                                  \
	X(FEMININE, "feminine")                                                                    \
	X(NEUTER, "neuter")                                                                        \
	X(THIRD_PLURAL, "third-plural")                                                            \
	X(NO_SOURCE, "no-source")                                                                  \
	X(REFLEXIVE, "reflexive")                                                                  \
	X(EXTRAPOSED, "extraposed")                                                                \
	X(SENATOR_WORD, "senator-word")                                                            \
	X(GOVERNOR_WORD, "governor-word")                                                          \
	X(REPRESENTATIVE_WORD, "representative-word")                                              \
	X(GENERAL_WORD, "general-word")                                                            \
	X(WORD_FOR_CONTENT, "word-for-content")                                                    \
	X(HELPER_CONDITIONAL, "helper-conditional")                                                \
	X(HELPER_FUTURE, "helper-future")                                                          \
	X(HELPER_NEGATION, "helper-negation")                                                      \
	X(SPEAK, "speak")                                                                          \
	X(ANNOUNCED, "announced")                                                                  \
	X(SEEMING_VERB, "seeming-verb")                                                            \
	X(CLEAR_WORD, "clear-word")                                                                \
	X(BY, "by")                                                                                \
	X(WITH, "with")                                                                            \
	X(OF, "of")                                                                                \
	X(TO, "to")                                                                                \
	X(FOR, "for")                                                                              \
	X(FROM, "from")                                                                            \
	X(IN_AT_ON, "in-at-on")                                                                    \
	X(LIKE_THAN, "like-than")                                                                  \
	X(AND_OR, "and-or")                                                                        \
	X(AFTER_BEFORE, "after-before")                                                            \
	X(BRACKET, "bracket")                                                                      \
	X(PEOPLE, "people")                                                                        \
	X(BODY, "body")                                                                            \
	X(ROLE, "role")                                                                            \
	X(GOVERNMENT_NOUN, "government-noun")                                                      \
	X(HEADED_NOUN, "headed-noun")                                                              \
	X(GROUP_NOUN, "group-noun")                                                                \
	X(OUTLET, "outlet")                                                                        \
	X(SPOKESMAN, "spokesman")                                                                  \
	X(QUANTIFIER, "quantifier")                                                                \
	X(PARTITIVE, "partitive")                                                                  \
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
	X(BEFORE_TO, "before-to")                                                                  \
	X(BEFORE_YEAR, "before-year")                                                              \
	X(BEFORE_NEAR_YEAR, "before-near-year")                                                    \
	X(BE_FINITE, "be-finite")                                                                  \
	X(COUNTED, "counted")                                                                      \
	X(DATED_EVENT, "dated-event")                                                              \
	X(EDGE_IN, "edge-in")                                                                      \
	X(HABITUAL_PART, "habitual-part")                                                          \
	X(HABITUAL_THING, "habitual-thing")                                                        \
	X(TREATY, "treaty")                                                                        \
	X(BEFOREHAND, "beforehand")                                                                \
	X(BROADCASTER, "broadcaster")                                                              \
	X(EVERY_OTHER, "every-other")                                                              \
	X(ON_A_DAY, "on-a-day")                                                                    \
	X(PREPOSITION_OF_DAY, "preposition-of-day")                                                \
	X(OCCASION, "occasion")                                                                    \
	X(PUBLISHED, "published")                                                                  \
	X(ISSUING, "issuing")                                                                      \
	X(AFTER_EVENT, "after-event")                                                              \
	X(BEFORE_UP, "before-up")                                                                  \
	X(BE_NONFINITE, "be-nonfinite")                                                            \
	X(HAVE, "have")                                                                            \
	X(UNTIL, "until")                                                                          \
	X(WAS, "was")                                                                              \
	X(WILL, "will")                                                                            \
	X(LAW, "law")                                                                              \
	X(ORDINAL_ENDING, "ordinal-ending")                                                        \
	X(NAME_MONTH, "name-month")                                                                \
	X(NEVER_BEFORE_NAME, "never-before-name")                                                  \
	X(PAST_AUXILIARY, "past-auxiliary")                                                        \
	X(RANGE_LINK, "range-link")                                                                \
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
	X(PRONOUN_OF_MATTER, "pronoun-of-matter")                                                  \
	X(SHELL_NOUN, "shell-noun")                                                                \
	X(COUNTING_NOUN, "counting-noun")                                                          \
	X(LIGHT_VERB, "light-verb")                                                                \
	X(CONTROL_VERB, "control-verb")                                                            \
	X(HOLLOW_VERB, "hollow-verb")                                                              \
	X(ACCUSATION_NOUN, "accusation-noun")                                                      \
	X(ADVERSATIVE_PREPOSITION, "adversative-preposition")                                      \
	X(PREPOSITION_OF_SETTING, "preposition-of-setting")                                        \
	X(AGENTIVE_VERB, "agentive-verb")                                                          \
	X(COMMENT_VERB, "comment-verb")                                                            \
	X(CONCESSIVE, "concessive")                                                                \
	X(INTENT, "intent")                                                                        \
	X(PROSPECT, "prospect")                                                                    \
	X(OBLIGATION, "obligation")                                                                \
	X(CONTRAST, "contrast")                                                                    \
	X(EXPERIENCER_VERB, "experiencer-verb")                                                    \
	X(INTENSIFIER, "intensifier")                                                              \
	X(NEGATION, "negation")                                                                    \
	X(NOBODY, "nobody")                                                                        \
	X(SPEECH_VERB, "speech-verb")                                                              \
	X(WITHHOLDING_VERB, "withholding-verb")                                                    \
	X(ASKING_VERB, "asking-verb")                                                              \
	X(YES_OR_NO, "yes-or-no")                                                                  \
	X(SUBORDINATOR, "subordinator")                                                            \
	X(GREETING, "greeting")                                                                    \
	X(AUDIENCE, "audience")                                                                    \
	X(PLACE_PREPOSITION, "place-preposition")

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
