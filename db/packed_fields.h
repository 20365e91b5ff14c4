/* The small closed fields of a statement, packed into one integer of 44 bits, so that a row of an
 * index carries them all: confidence in thousandths (10 bits), then kind, position, act, polarity,
 * modality, status, position towards the target, the stance's confidence in thousandths (0: none,
 * as in rows that were stored before there was one), and whether the statement is uncounted.
 * Stored, in the columns `traits`: append only.
 *
 * An uncounted statement (nested in another, a copy, rejected) is stored, found by its id and in
 * its article's list, and names its actors and issues; it has no facets and no tally, and no list,
 * no count and no question of words returns it. */
#ifndef DEMARCHE_DB_PACKED_FIELDS_H
#define DEMARCHE_DB_PACKED_FIELDS_H

#include "base/model.h"

enum {
	FIELD_CONFIDENCE_MASK = 1023,
	FIELD_CONFIDENCE_UNITS = 1000,
	FIELD_KIND_SHIFT = 10,
	FIELD_KIND_MASK = 7,
	FIELD_POSITION_SHIFT = 13,
	FIELD_POSITION_MASK = 7,
	FIELD_ACT_SHIFT = 16,
	FIELD_ACT_MASK = 63,
	FIELD_POLARITY_SHIFT = 22,
	FIELD_POLARITY_MASK = 3,
	FIELD_MODALITY_SHIFT = 24,
	FIELD_MODALITY_MASK = 7,
	FIELD_STATUS_SHIFT = 27,
	FIELD_STATUS_MASK = 7,
	FIELD_TARGET_POSITION_SHIFT = 30,
	FIELD_TARGET_POSITION_MASK = 7,
	FIELD_STANCE_CONFIDENCE_SHIFT = 33,
	FIELD_UNCOUNTED_SHIFT = 43,
};

/* Thousandths of a share between 0 and 1, rounded. */
static inline int64_t fields_thousandths(float share)
{
	if (!(share > 0))
		return 0;
	return share >= 1 ? FIELD_CONFIDENCE_UNITS
			  : (int64_t)((double)share * FIELD_CONFIDENCE_UNITS + 0.5);
}

static inline bool fields_are_counted(int64_t fields)
{
	return !(fields >> FIELD_UNCOUNTED_SHIFT & 1);
}

/* As stored, which is no enum position where the row is damaged. */
static inline int fields_position(int64_t fields)
{
	return (int)(fields >> FIELD_POSITION_SHIFT & FIELD_POSITION_MASK);
}

static inline int64_t fields_pack(const struct statement *s)
{
	bool is_uncounted = s->is_uncounted || s->status == STATUS_REJECTED;
	return fields_thousandths(s->confidence) | (int64_t)s->kind << FIELD_KIND_SHIFT |
	       (int64_t)s->stance.position << FIELD_POSITION_SHIFT |
	       (int64_t)s->stance.act << FIELD_ACT_SHIFT |
	       (int64_t)s->polarity << FIELD_POLARITY_SHIFT |
	       (int64_t)s->modality << FIELD_MODALITY_SHIFT |
	       (int64_t)s->status << FIELD_STATUS_SHIFT |
	       (int64_t)s->stance.target_position << FIELD_TARGET_POSITION_SHIFT |
	       fields_thousandths(s->stance.confidence) << FIELD_STANCE_CONFIDENCE_SHIFT |
	       (int64_t)is_uncounted << FIELD_UNCOUNTED_SHIFT;
}

static inline float fields_share(int64_t fields, int shift)
{
	return (float)(fields >> shift & FIELD_CONFIDENCE_MASK) / FIELD_CONFIDENCE_UNITS;
}

static inline void fields_unpack(int64_t f, struct statement *s)
{
	s->confidence = fields_share(f, 0);
	s->kind = (enum statement_kind)(f >> FIELD_KIND_SHIFT & FIELD_KIND_MASK);
	s->stance.position = (enum position)fields_position(f);
	s->stance.act = (enum act)(f >> FIELD_ACT_SHIFT & FIELD_ACT_MASK);
	s->polarity = (enum polarity)(f >> FIELD_POLARITY_SHIFT & FIELD_POLARITY_MASK);
	s->modality = (enum modality)(f >> FIELD_MODALITY_SHIFT & FIELD_MODALITY_MASK);
	s->status = (enum status)(f >> FIELD_STATUS_SHIFT & FIELD_STATUS_MASK);
	s->stance.target_position =
		(enum position)(f >> FIELD_TARGET_POSITION_SHIFT & FIELD_TARGET_POSITION_MASK);
	s->stance.confidence = fields_share(f, FIELD_STANCE_CONFIDENCE_SHIFT);
	s->is_uncounted = !fields_are_counted(f);
}

#endif
