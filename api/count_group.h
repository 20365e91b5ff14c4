/* A group of statements counted by what they have, in JSON: CountGroup in openapi.yaml. */
#ifndef DEMARCHE_API_COUNT_GROUP_H
#define DEMARCHE_API_COUNT_GROUP_H

#include "api/format/json_write.h"
#include "api/series.h"

static inline bool count_is_by(const struct stats_filter *s, enum counted what)
{
	return s->by >> what & 1;
}

/* `t`: NULL without shares. 0, or -1 with *e. */
int count_group_write(struct jw *j, const struct stats_filter *s, const struct series_totals *t,
		      const struct count_group *g, struct arena *a, struct err *e) MUST_CHECK;

#endif
