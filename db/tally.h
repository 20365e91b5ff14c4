/* Tallies: how many counted statements there are of each month with the same kind, position, act
 * and polarity, kept by the transactions that store and delete. A tally's key is its month and
 * those four fields as they stand together in the packed ones. Stored.
 *
 * An actor's tallies: of each month with the same position those by who speaks for it
 * (db/facets.h), and of whatever month those towards it. */
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

enum actor_tally { ACTOR_TALLY_MEMBER_OF, ACTOR_TALLY_TARGET };
enum { ACTOR_TALLY_WHAT_SHIFT = 61, ACTOR_TALLY_ACTOR_SHIFT = 21, ACTOR_TALLY_MONTH_SHIFT = 3 };

/* What the tallies of one kind lie from: those of the next one begin at its own. */
static inline int64_t actor_tally_first(enum actor_tally what)
{
	return (int64_t)what << ACTOR_TALLY_WHAT_SHIFT;
}

/* `month`: 0 where it does not count. */
static inline int64_t actor_tally_key(enum actor_tally what, int64_t actor, int64_t month,
				      int64_t fields)
{
	return actor_tally_first(what) | actor << ACTOR_TALLY_ACTOR_SHIFT |
	       month << ACTOR_TALLY_MONTH_SHIFT | fields_position(fields);
}

static inline int64_t actor_tally_actor(int64_t key)
{
	return (key & (actor_tally_first(1) - 1)) >> ACTOR_TALLY_ACTOR_SHIFT;
}

static inline day_t actor_tally_month(int64_t key)
{
	const int64_t mask = (1 << (ACTOR_TALLY_ACTOR_SHIFT - ACTOR_TALLY_MONTH_SHIFT)) - 1;
	return tally_month_day(key >> ACTOR_TALLY_MONTH_SHIFT & mask);
}

/* Packed fields that have the position alone. */
static inline int64_t actor_tally_fields(int64_t key)
{
	return (key & FIELD_POSITION_MASK) << FIELD_POSITION_SHIFT;
}

/* Packed fields that have those four alone. */
static inline int64_t tally_fields(int64_t key)
{
	return (key & TALLY_FIELDS_MASK) << TALLY_FIELDS_SHIFT;
}

#endif
