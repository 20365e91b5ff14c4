/* Who has how many pairs of statement and issue on what: the table of two modes from which a
 * network (db/network.h) is made. */
#ifndef DEMARCHE_DB_INCIDENCE_H
#define DEMARCHE_DB_INCIDENCE_H

#include "db/network.h"

/* Levels of a pair: with AGREEMENT_IGNORE the first stands for all. */
enum level { LEVEL_SUPPORT, LEVEL_OPPOSE, LEVEL_COUNT };

/* An actor and an issue, by their keys, that some pair joins. */
struct tie {
	int64_t actor, issue;
	int64_t counts[LEVEL_COUNT]; /* pairs that count */
	int64_t pairs[POSITION_COUNT];
	day_t first, last;
};

/* A pair of statement and issue. */
struct incident {
	int64_t actor, issue, article;
	int position; /* as stored, which is no enum position where the row is damaged */
	day_t day;    /* of the article */
};

struct mark;
struct incidence {
	struct arena *a;
	enum agreement agreement;
	enum duplicates duplicates;
	struct tie *ties;
	size_t n, cap;
	uint32_t *slots; /* of a hash table: places in `ties` and 1 more */
	size_t n_slots;
	/* Of pairs that may be duplicates: what tells them apart. */
	struct mark *marks;
	size_t n_marks, cap_marks;
};

/* 0, or -1 with *e: ERR_INPUT by the bounds of db/network.h. */
int incidence_add(struct incidence *t, const struct incident *p, struct err *e) MUST_CHECK;
/* After the last one: counts what had to be compared, and sorts the ties by actor, then issue. */
void incidence_end(struct incidence *t);

#endif
