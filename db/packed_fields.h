/* The small closed fields of a statement, packed into one integer of 56 bits, so that a row of an
 * index carries them all: confidence in thousandths (10 bits), then kind, position, act, polarity,
 * modality, status, position towards the target, the stance's confidence in thousandths (0: none,
 * as in rows that were stored before there was one), whether the statement is uncounted, the
 * confidence of the position in thousandths (0: none), whether the statement is nested, and whether
 * its article is nearly a copy of another (db/copies.h). Stored, in the columns `traits`: append
 * only.
 *
 * Position and its confidence are the statement's own: those on the first issue, and where that is
 * only mentioned, or there is none, the stance's without a confidence. In fields of a pair, which
 * are those of a statement on one of its issues, they are those on this issue: facets of an issue
 * have these.
 *
 * A statement of a copy is counted as any other: who does not want it asks so.
 *
 * An uncounted statement (nested in another, rejected) is stored, found by its id and in
 * its article's list, and names its actors and issues; it has no facets and no tally, and no list,
 * no count and no question of words returns it. A nested one is uncounted, but has facets, and is
 * returned to who asks for such. */
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
	FIELD_POSITION_CONFIDENCE_SHIFT = 44,
	FIELD_NESTED_SHIFT = 54,
	FIELD_COPY_SHIFT = 55,
};

/* Thousandths of a share between 0 and 1, rounded. */
static inline int64_t fields_thousandths(float share)
{
	if (!(share > 0))
		return 0;
	return share >= 1 ? FIELD_CONFIDENCE_UNITS
			  : (int64_t)((double)share * FIELD_CONFIDENCE_UNITS + 0.5);
}

/* A confidence of at least so much; above 1 nothing is. */
static inline int64_t fields_least(float share)
{
	return share > 1 ? FIELD_CONFIDENCE_UNITS + 1 : fields_thousandths(share);
}

static inline bool fields_are_counted(int64_t fields)
{
	return !(fields >> FIELD_UNCOUNTED_SHIFT & 1);
}

/* Is it to be found by who asks for nested ones? */
static inline bool fields_are_nested(int64_t fields)
{
	return (fields >> FIELD_NESTED_SHIFT & 1) &&
	       (fields >> FIELD_STATUS_SHIFT & FIELD_STATUS_MASK) != STATUS_REJECTED;
}

static inline bool fields_are_of_copy(int64_t fields)
{
	return fields >> FIELD_COPY_SHIFT & 1;
}

/* The same fields of a statement whose article is, or is not, a copy: what fields_pack leaves open.
 */
static inline int64_t fields_with_copy(int64_t fields, bool is_copy)
{
	const int64_t bit = (int64_t)1 << FIELD_COPY_SHIFT;
	return is_copy ? fields | bit : fields & ~bit;
}

/* Bit 0: what is no copy, bit 1: what is one; 0 for all. */
static inline uint32_t copies_mask(enum copies copies)
{
	return copies == COPIES_LEFT_OUT ? 1U : copies == COPIES_ALONE ? 2U : 0;
}

/* As stored, which is no enum position where the row is damaged. */
static inline int fields_position(int64_t fields)
{
	return (int)(fields >> FIELD_POSITION_SHIFT & FIELD_POSITION_MASK);
}

/* Those of a pair: of a statement's fields, with the position on this issue. None has no
 * confidence. */
static inline int64_t fields_on_issue(int64_t fields, const struct issue_hit *hit)
{
	const int64_t own = (int64_t)FIELD_POSITION_MASK << FIELD_POSITION_SHIFT |
			    (int64_t)FIELD_CONFIDENCE_MASK << FIELD_POSITION_CONFIDENCE_SHIFT;
	int64_t confidence =
		hit->position == POSITION_NONE ? 0 : fields_thousandths(hit->position_confidence);
	return (fields & ~own) | (int64_t)hit->position << FIELD_POSITION_SHIFT |
	       confidence << FIELD_POSITION_CONFIDENCE_SHIFT;
}

/* Those of the statement itself, which have the stance's position. */
static inline int64_t fields_own(int64_t fields, const struct issue_hit *hits, size_t n)
{
	const int64_t sure = (int64_t)FIELD_CONFIDENCE_MASK << FIELD_POSITION_CONFIDENCE_SHIFT;
	return n && hits[0].position != POSITION_NONE ? fields_on_issue(fields, &hits[0])
						      : fields & ~sure;
}

static inline int64_t fields_pack(const struct statement *s)
{
	bool is_uncounted = s->is_uncounted || s->is_nested || s->status == STATUS_REJECTED;
	int64_t fields = fields_thousandths(s->confidence) | (int64_t)s->kind << FIELD_KIND_SHIFT |
			 (int64_t)s->stance.position << FIELD_POSITION_SHIFT |
			 (int64_t)s->stance.act << FIELD_ACT_SHIFT |
			 (int64_t)s->polarity << FIELD_POLARITY_SHIFT |
			 (int64_t)s->modality << FIELD_MODALITY_SHIFT |
			 (int64_t)s->status << FIELD_STATUS_SHIFT |
			 (int64_t)s->stance.target_position << FIELD_TARGET_POSITION_SHIFT |
			 fields_thousandths(s->stance.confidence) << FIELD_STANCE_CONFIDENCE_SHIFT |
			 (int64_t)is_uncounted << FIELD_UNCOUNTED_SHIFT |
			 (int64_t)s->is_nested << FIELD_NESTED_SHIFT;
	return fields_own(fields, s->issues, s->n_issues);
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
	s->is_nested = f >> FIELD_NESTED_SHIFT & 1;
}

#endif
