/* Tallies: how many counted statements there are of each month with the same kind, position, act
 * and polarity, kept by the transactions that store and delete. A tally's key is its month and
 * those four fields as they stand together in the packed ones. Stored. */
#ifndef DEMARCHE_DB_TALLY_H
#define DEMARCHE_DB_TALLY_H

#include "db/id.h"
#include "db/packed_fields.h"

enum {
	TALLY_FIELDS_SHIFT = FIELD_KIND_SHIFT,
	TALLY_FIELDS_BITS = 14,
	TALLY_FIELDS_MASK = (1 << TALLY_FIELDS_BITS) - 1,
	MONTHS_PER_YEAR = 12,
};

/* Months since year 0, of an id's day. */
static inline int64_t tally_month_of(int64_t id)
{
	struct civil c = civil_from_day(id_day(id));
	return (int64_t)c.year * MONTHS_PER_YEAR + c.month - 1;
}

/* Its first day. */
static inline day_t tally_month_day(int64_t month)
{
	return day_from_civil((struct civil){(int)(month / MONTHS_PER_YEAR),
					     (int)(month % MONTHS_PER_YEAR) + 1, 1});
}

/* Of the tally that counts a statement. */
static inline int64_t tally_key(int64_t id, int64_t fields)
{
	return tally_month_of(id) << TALLY_FIELDS_BITS |
	       (fields >> TALLY_FIELDS_SHIFT & TALLY_FIELDS_MASK);
}

static inline day_t tally_month(int64_t key)
{
	return tally_month_day(key >> TALLY_FIELDS_BITS);
}

/* Packed fields that have those four alone. */
static inline int64_t tally_fields(int64_t key)
{
	return (key & TALLY_FIELDS_MASK) << TALLY_FIELDS_SHIFT;
}

#endif
