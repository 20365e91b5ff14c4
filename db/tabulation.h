/* A cross-tabulation in the making: how many statements each group and each interval has. */
#ifndef DEMARCHE_DB_TABULATION_H
#define DEMARCHE_DB_TABULATION_H

#include "base/arena.h"
#include "base/date.h"

/* What tells groups apart: keys of actors and issues, values of enums, the interval's first day; 0
 * for what is not counted by. Compared byte for byte: it has no padding. */
struct group_key {
	uint32_t speaker, country, issue, target, outlet;
	day_t from;
	uint8_t position, act, kind, polarity;
	uint8_t by; /* where groups of several kinds share a table: which */
	uint8_t unused[3];
};

struct group_count {
	struct group_key key;
	int64_t count;
};

/* Groups as they came, and open addressing of them, never more than half full: slots are small, so
 * that a core's own cache has them. */
struct group_table {
	struct group_count *v;
	size_t n, room;
	struct group_slot {
		uint32_t hash, number; /* the place in v and one more; 0: free */
	} * slots;
	size_t cap;
};

struct tabulation {
	struct arena *a;
	struct group_table groups, intervals;
	int64_t total; /* statements */
	/* Of what was added last: rows of an interval come together. */
	int64_t *last;
	day_t last_from;
	size_t most; /* groups; 0: COUNT_GROUPS_MAX */
};

/* So many statements that fit the question, in the interval that begins at `from`. 0, or -1 with
 * *e. */
int tabulation_add_statements(struct tabulation *t, day_t from, int64_t count,
			      struct err *e) MUST_CHECK;
/* So many of them in a group. 0, or -1 with *e: ERR_INPUT, field "by", when there are more than
 * COUNT_GROUPS_MAX groups (db/count.h). */
int tabulation_add_group(struct tabulation *t, const struct group_key *k, int64_t count,
			 struct err *e) MUST_CHECK;
/* Statements in one group, 0 where there is none. */
int64_t tabulation_of_group(struct tabulation *t, const struct group_key *k);
/* The groups, or the first `most` of them: by interval, within one the largest first. NULL with *e
 * set. */
struct group_count *tabulation_groups(struct tabulation *t, size_t most, struct err *e) MUST_CHECK;
/* Statements in the interval that begins at `from`. */
int64_t tabulation_of_interval(struct tabulation *t, day_t from);

#endif
