/* The closed vocabularies of the model, each as an enum and its words on the wire. One table each,
 * here only. Acts use the terms of PLOVER (Halterman et al. 2023, the 2021 codebook), plus STATE,
 * DENY and DECLINE_COMMENT, which it lacks. */
#ifndef DEMARCHE_BASE_TERMS_H
#define DEMARCHE_BASE_TERMS_H

#include "base/str.h"

#define STATEMENT_KINDS(X)                                                                         \
	X(DIRECT, "direct")                                                                        \
	X(INDIRECT, "indirect")                                                                    \
	X(MIXED, "mixed")
#define ACTOR_KINDS(X)                                                                             \
	X(PERSON, "person")                                                                        \
	X(COUNTRY, "country")                                                                      \
	X(ORGANIZATION, "organization")                                                            \
	X(GROUP, "group")                                                                          \
	X(ANONYMOUS, "anonymous")                                                                  \
	X(DOCUMENT, "document")
/* Concern is felt about a problem. Neutral: a position could be taken and none is. None: the issue
 * is only mentioned; null in JSON. */
#define POSITIONS(X)                                                                               \
	X(NEUTRAL, "neutral")                                                                      \
	X(SUPPORT, "support")                                                                      \
	X(OPPOSE, "oppose")                                                                        \
	X(MIXED, "mixed")                                                                          \
	X(CONCERN, "concern")                                                                      \
	X(NONE, "none")
/* What a person can be for or against, and what not: sides are taken on measures, agreements,
 * events, institutions' acts and values, concern is felt about problems, places and domains are
 * only talked about. */
#define ISSUE_KINDS(X)                                                                             \
	X(MEASURE, "measure")                                                                      \
	X(AGREEMENT, "agreement")                                                                  \
	X(EVENT, "event")                                                                          \
	X(INSTITUTION, "institution")                                                              \
	X(PLACE, "place")                                                                          \
	X(PROBLEM, "problem")                                                                      \
	X(VALUE, "value")                                                                          \
	X(DOMAIN, "domain")
#define POLARITIES(X)                                                                              \
	X(AFFIRMED, "affirmed")                                                                    \
	X(DENIED, "denied")
#define MODALITIES(X)                                                                              \
	X(ACTUAL, "actual")                                                                        \
	X(FUTURE, "future")                                                                        \
	X(HYPOTHETICAL, "hypothetical")
#define STATUSES(X)                                                                                \
	X(MACHINE, "machine")                                                                      \
	X(CONFIRMED, "confirmed")                                                                  \
	X(EDITED, "edited")                                                                        \
	X(REJECTED, "rejected")
/* What a person does to a statement, an actor or an issue. */
#define EDIT_ACTIONS(X)                                                                            \
	X(CONFIRM, "confirm")                                                                      \
	X(CHANGE, "edit")                                                                          \
	X(REJECT, "reject")                                                                        \
	X(ADD, "add")                                                                              \
	X(UNDO, "undo")                                                                            \
	X(ADD_ACTOR, "add actor")                                                                  \
	X(CHANGE_ACTOR, "edit actor")                                                              \
	X(MERGE_ACTORS, "merge actors")                                                            \
	X(MERGE_ISSUES, "merge issues")                                                            \
	X(DROP, "drop")
#define NESTEDS(X)                                                                                 \
	X(LEFT_OUT, "false")                                                                       \
	X(ALONE, "true")                                                                           \
	X(INCLUDED, "include")
#define COPIES_WORDS(X)                                                                            \
	X(INCLUDED, "include")                                                                     \
	X(LEFT_OUT, "false")                                                                       \
	X(ALONE, "true")
#define SPEAKER_VIAS(X)                                                                            \
	X(NONE, "none")                                                                            \
	X(NAME, "name")                                                                            \
	X(TITLE_SURNAME, "title+surname")                                                          \
	X(PRONOUN, "pronoun")                                                                      \
	X(ROLE, "role")                                                                            \
	X(METONYM, "metonym")                                                                      \
	X(CONTINUATION, "quote continuation")                                                      \
	X(TURN, "turn")
#define MENTION_KINDS(X)                                                                           \
	X(PERSON, "person")                                                                        \
	X(COUNTRY, "country")                                                                      \
	X(ORGANIZATION, "organization")                                                            \
	X(GROUP, "group")                                                                          \
	X(PLACE, "place")
#define PRECISIONS(X)                                                                              \
	X(DAY, "day")                                                                              \
	X(MONTH, "month")                                                                          \
	X(YEAR, "year")
#define ACTS(X)                                                                                    \
	X(STATE, "STATE")                                                                          \
	X(AGREE, "AGREE")                                                                          \
	X(CONSULT, "CONSULT")                                                                      \
	X(SUPPORT, "SUPPORT")                                                                      \
	X(YIELD, "YIELD")                                                                          \
	X(COOPERATE, "COOPERATE")                                                                  \
	X(AID, "AID")                                                                              \
	X(RETREAT, "RETREAT")                                                                      \
	X(REQUEST, "REQUEST")                                                                      \
	X(ACCUSE, "ACCUSE")                                                                        \
	X(REJECT, "REJECT")                                                                        \
	X(DENY, "DENY")                                                                            \
	X(DECLINE_COMMENT, "DECLINE_COMMENT")                                                      \
	X(THREATEN, "THREATEN")                                                                    \
	X(PROTEST, "PROTEST")                                                                      \
	X(SANCTION, "SANCTION")                                                                    \
	X(MOBILIZE, "MOBILIZE")                                                                    \
	X(COERCE, "COERCE")                                                                        \
	X(ASSAULT, "ASSAULT")

/* Stored as numbers: append only, never reorder. */
#define X_KIND(name, word) KIND_##name,
enum statement_kind { STATEMENT_KINDS(X_KIND) KIND_COUNT };
#undef X_KIND
#define X_ACTOR(name, word) ACTOR_##name,
enum actor_kind { ACTOR_KINDS(X_ACTOR) ACTOR_KIND_COUNT };
#undef X_ACTOR
/* Somebody whom another article can mean, too: not "officials", "a source", "the report". */
static inline bool actor_kind_is_named(enum actor_kind k)
{
	return k == ACTOR_PERSON || k == ACTOR_COUNTRY || k == ACTOR_ORGANIZATION;
}
#define X_POSITION(name, word) POSITION_##name,
enum position { POSITIONS(X_POSITION) POSITION_COUNT };
#undef X_POSITION
#define X_ISSUE(name, word) ISSUE_##name,
enum issue_kind { ISSUE_KINDS(X_ISSUE) ISSUE_KIND_COUNT };
#undef X_ISSUE
#define X_POLARITY(name, word) POLARITY_##name,
enum polarity { POLARITIES(X_POLARITY) POLARITY_COUNT };
#undef X_POLARITY
#define X_MODALITY(name, word) MODALITY_##name,
enum modality { MODALITIES(X_MODALITY) MODALITY_COUNT };
#undef X_MODALITY
#define X_STATUS(name, word) STATUS_##name,
enum status { STATUSES(X_STATUS) STATUS_COUNT };
#undef X_STATUS
#define X_EDIT(name, word) EDIT_##name,
enum edit_action { EDIT_ACTIONS(X_EDIT) EDIT_ACTION_COUNT };
#undef X_EDIT
#define X_NESTED(name, word) NESTED_##name,
/* What is asked for of statements that are nested in others (base/model.h). */
enum nested { NESTEDS(X_NESTED) NESTED_COUNT };
#undef X_NESTED
#define X_COPIES(name, word) COPIES_##name,
/* What is asked for of articles that are nearly copies of others (db/copies.h). */
enum copies { COPIES_WORDS(X_COPIES) COPIES_COUNT };
#undef X_COPIES
#define X_VIA(name, word) VIA_##name,
enum speaker_via { SPEAKER_VIAS(X_VIA) VIA_COUNT };
#undef X_VIA
#define X_MENTION(name, word) MENTION_##name,
enum mention_kind { MENTION_KINDS(X_MENTION) MENTION_KIND_COUNT };
#undef X_MENTION
#define X_PRECISION(name, word) PRECISION_##name,
enum precision { PRECISIONS(X_PRECISION) PRECISION_COUNT };
#undef X_PRECISION
#define X_ACT(name, word) ACT_##name,
enum act { ACTS(X_ACT) ACT_COUNT };
#undef X_ACT

/* A vocabulary: the words of an enum in its order. */
struct terms {
	const char *noun; /* "position": for messages */
	const char *const *words;
	int count;
};

extern const struct terms terms_statement_kind, terms_actor_kind, terms_issue_kind, terms_position,
	terms_polarity, terms_modality, terms_status, terms_nested, terms_copies, terms_speaker_via,
	terms_precision, terms_act, terms_mention_kind, terms_edit_action;

/* The number of a word (any letter case), or -1. */
int terms_find(const struct terms *t, struct str word);
/* The word of a number; "" outside the range. */
struct str terms_word(const struct terms *t, int number);
enum { TERMS_LIST_ROOM = 400 };
/* All of them as part of a message, "neutral, support or oppose": in `space`, as many as fit. */
struct str terms_list(const struct terms *t, char space[TERMS_LIST_ROOM]);
/* The nearest word (any letter case) within two edits (base/str.h) or a third of the length, or the
 * empty view. */
struct str terms_nearest(const struct terms *t, struct str word);

#endif
