/* What counting by one thing and by several share: groups, and their names. */
#ifndef DEMARCHE_DB_SQLITE_COUNT_GROUP_H
#define DEMARCHE_DB_SQLITE_COUNT_GROUP_H

#include "db/count.h"
#include "db/packed_fields.h"
#include "db/sqlite/reader.h"
#include "db/tabulation.h"

/* What of the packed fields is counted by: bits of enum counted. */
static inline void count_group_set_fields(unsigned by, int64_t fields, struct group_key *k)
{
	if (by >> COUNTED_POSITION & 1)
		k->position = (uint8_t)fields_position(fields);
	if (by >> COUNTED_ACT & 1)
		k->act = (uint8_t)(fields >> FIELD_ACT_SHIFT & FIELD_ACT_MASK);
	if (by >> COUNTED_KIND & 1)
		k->kind = (uint8_t)(fields >> FIELD_KIND_SHIFT & FIELD_KIND_MASK);
	if (by >> COUNTED_POLARITY & 1)
		k->polarity = (uint8_t)(fields >> FIELD_POLARITY_SHIFT & FIELD_POLARITY_MASK);
}

/* All of *out but `of`. 0, or -1 with *e. */
int count_group_fill(struct reader *r, const struct group_count *g, struct arena *a,
		     struct count_group *out, struct err *e) MUST_CHECK;

#endif
