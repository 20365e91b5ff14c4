/* The small closed properties of a statement, packed into one integer of 44 bits, so that an index
 * row carries them all: confidence in thousandths (10 bits), then kind, position, act, polarity,
 * modality, status, position towards the target, and the stance's confidence in thousandths (0:
 * none, as in rows that were stored before there was one), and whether it is left uncounted.
 * Stored: append only.
 *
 * An uncounted statement (nested in another, a copy, rejected) is stored, found by its id and in
 * its article's list, and names its actors and issues; it has no facets and no tally, and no list,
 * no count and no question of words tells it. */
#ifndef DEMARCHE_DB_PACKED_FIELDS_H
#define DEMARCHE_DB_PACKED_FIELDS_H

#include "base/model.h"
#include "db/store.h"

enum {
	TRAIT_CONFIDENCE_MASK = 1023,
	TRAIT_CONFIDENCE_UNITS = 1000,
	TRAIT_KIND_SHIFT = 10,
	TRAIT_KIND_MASK = 7,
	TRAIT_POSITION_SHIFT = 13,
	TRAIT_POSITION_MASK = 7,
	TRAIT_ACT_SHIFT = 16,
	TRAIT_ACT_MASK = 63,
	TRAIT_POLARITY_SHIFT = 22,
	TRAIT_POLARITY_MASK = 3,
	TRAIT_MODALITY_SHIFT = 24,
	TRAIT_MODALITY_MASK = 7,
	TRAIT_STATUS_SHIFT = 27,
	TRAIT_STATUS_MASK = 7,
	TRAIT_TOWARDS_SHIFT = 30,
	TRAIT_TOWARDS_MASK = 7,
	TRAIT_STANCE_SHIFT = 33,
	TRAIT_UNCOUNTED_SHIFT = 43,
	/* Kind, position, act and polarity, which stand together. */
	TRAIT_WORDS_SHIFT = TRAIT_KIND_SHIFT,
	TRAIT_WORDS_BITS = 14,
	TRAIT_WORDS_MASK = (1 << TRAIT_WORDS_BITS) - 1,
};

/* Thousandths of a share between 0 and 1, rounded. */
static inline int64_t traits_thousandths(float share)
{
	if (!(share > 0))
		return 0;
	return share >= 1 ? TRAIT_CONFIDENCE_UNITS
			  : (int64_t)((double)share * TRAIT_CONFIDENCE_UNITS + 0.5);
}

static inline bool traits_counted(int64_t traits)
{
	return !(traits >> TRAIT_UNCOUNTED_SHIFT & 1);
}

static inline int64_t traits_pack(const struct statement *s)
{
	return traits_thousandths(s->confidence) | (int64_t)s->kind << TRAIT_KIND_SHIFT |
	       (int64_t)s->stance.position << TRAIT_POSITION_SHIFT |
	       (int64_t)s->stance.act << TRAIT_ACT_SHIFT |
	       (int64_t)s->polarity << TRAIT_POLARITY_SHIFT |
	       (int64_t)s->modality << TRAIT_MODALITY_SHIFT |
	       (int64_t)s->status << TRAIT_STATUS_SHIFT |
	       (int64_t)s->stance.target_position << TRAIT_TOWARDS_SHIFT |
	       traits_thousandths(s->stance.confidence) << TRAIT_STANCE_SHIFT |
	       (int64_t)(s->is_uncounted || s->status == STATUS_REJECTED) << TRAIT_UNCOUNTED_SHIFT;
}

static inline void traits_unpack(int64_t t, struct statement *s)
{
	s->confidence = (float)(t & TRAIT_CONFIDENCE_MASK) / TRAIT_CONFIDENCE_UNITS;
	s->kind = (enum statement_kind)(t >> TRAIT_KIND_SHIFT & TRAIT_KIND_MASK);
	s->stance.position = (enum position)(t >> TRAIT_POSITION_SHIFT & TRAIT_POSITION_MASK);
	s->stance.act = (enum act)(t >> TRAIT_ACT_SHIFT & TRAIT_ACT_MASK);
	s->polarity = (enum polarity)(t >> TRAIT_POLARITY_SHIFT & TRAIT_POLARITY_MASK);
	s->modality = (enum modality)(t >> TRAIT_MODALITY_SHIFT & TRAIT_MODALITY_MASK);
	s->status = (enum status)(t >> TRAIT_STATUS_SHIFT & TRAIT_STATUS_MASK);
	s->stance.target_position = (enum position)(t >> TRAIT_TOWARDS_SHIFT & TRAIT_TOWARDS_MASK);
	s->stance.confidence =
		(float)(t >> TRAIT_STANCE_SHIFT & TRAIT_CONFIDENCE_MASK) / TRAIT_CONFIDENCE_UNITS;
	s->is_uncounted = !traits_counted(t);
}

/* Where a statement stands in its article's list, as one number: by its place, then, as of rows
 * without one, by its id, which fell in the order of the text. PLACE_SQL is the same of a row `s`.
 */
#define PLACE_SQL "(s.place << 31 | (2147483647 - (s.id & 2147483647)))"
static inline int64_t place_key(int64_t place, int64_t id)
{
	const int64_t numbers = ((int64_t)1 << ID_DAY_SHIFT) - 1;
	return place << ID_DAY_SHIFT | (numbers - (id & numbers));
}

/* The day that an id begins with. */
static inline day_t id_day(int64_t id)
{
	return (day_t)((id >> ID_DAY_SHIFT) - ID_DAY_OFFSET);
}

/* The row of `tally` that counts a statement: its month, and its traits that are words. Stored. */
enum { MONTHS_PER_YEAR = 12 };
static inline int64_t tally_key(int64_t id, int64_t traits)
{
	struct civil c = civil_from_day(id_day(id));
	int64_t month = (int64_t)c.year * MONTHS_PER_YEAR + c.month - 1;
	return month << TRAIT_WORDS_BITS | (traits >> TRAIT_WORDS_SHIFT & TRAIT_WORDS_MASK);
}

static inline day_t tally_month(int64_t key)
{
	int64_t month = key >> TRAIT_WORDS_BITS;
	return day_from_civil((struct civil){(int)(month / MONTHS_PER_YEAR),
					     (int)(month % MONTHS_PER_YEAR) + 1, 1});
}

static inline int64_t tally_traits(int64_t key)
{
	return (key & TRAIT_WORDS_MASK) << TRAIT_WORDS_SHIFT;
}

#endif
