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

/* Of the tally that counts a statement. */
static inline int64_t tally_key(int64_t id, int64_t fields)
{
	struct civil c = civil_from_day(id_day(id));
	int64_t month = (int64_t)c.year * MONTHS_PER_YEAR + c.month - 1;
	return month << TALLY_FIELDS_BITS | (fields >> TALLY_FIELDS_SHIFT & TALLY_FIELDS_MASK);
}

/* The month's first day. */
static inline day_t tally_month(int64_t key)
{
	int64_t month = key >> TALLY_FIELDS_BITS;
	return day_from_civil((struct civil){(int)(month / MONTHS_PER_YEAR),
					     (int)(month % MONTHS_PER_YEAR) + 1, 1});
}

/* Packed fields that have those four alone. */
static inline int64_t tally_fields(int64_t key)
{
	return (key & TALLY_FIELDS_MASK) << TALLY_FIELDS_SHIFT;
}

#endif
