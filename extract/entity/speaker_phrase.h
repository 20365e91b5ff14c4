/* Which words of a source name who speaks: "voters" of "half of the voters", "Lee" of "Lee's
 * tweet", the officials of "officials, who"; and which sources are nobody. By tags, trees and the
 * classes of nouns; nothing is resolved. One thread. */
#ifndef DEMARCHE_EXTRACT_ENTITY_SPEAKER_PHRASE_H
#define DEMARCHE_EXTRACT_ENTITY_SPEAKER_PHRASE_H

#include "extract/entity/entities.h"

enum speaker_verdict {
	SPEAKER_IS,	/* *out is the phrase to be resolved */
	SPEAKER_NOBODY, /* "some", "64 percent", "16": somebody, but no actor */
	SPEAKER_THING	/* "the crisis", "this": what it is told to say is no statement */
};

/* Of a source (not RANGE_NONE). `antecedent`: the last token of the phrase before a relative word,
 * or TOKEN_NONE. */
enum speaker_verdict speaker_phrase(const struct entities *es, struct range source,
				    uint32_t antecedent, struct range *out);

/* Is it a comma that parts adjectives, and ends no phrase: "Swedish, Danish and Finnish officials"?
 */
bool phrase_parts_adjectives(const struct text *t, uint32_t token);

/* Can whoever the phrase names be spoken to? "The ruling", "the experience" cannot; a noun of which
 * nothing is known can. */
bool phrase_hears(const struct entities *es, struct range r);

#endif
