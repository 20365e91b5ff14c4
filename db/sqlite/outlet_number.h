/* Outlets by small numbers while statements are counted: 0 is none, the others in the order in
 * which they came. One thread; memory in the arena. */
#ifndef DEMARCHE_DB_SQLITE_OUTLET_NUMBER_H
#define DEMARCHE_DB_SQLITE_OUTLET_NUMBER_H

#include "db/sqlite/reader.h"

struct outlet_numbers {
	struct str *names; /* by number; that of 0 is "" */
	size_t n, cap;
	int32_t *slots; /* open addressing by the name's hash; 0 is free */
	size_t n_slots;
	int64_t article; /* asked for last, with its number: statements of one stand together */
	int32_t last;
};

/* 0, or -1 with *e. */
int outlet_number(struct outlet_numbers *o, struct str name, struct arena *a, int32_t *out,
		  struct err *e) MUST_CHECK;
/* Of an article's outlet. 0, or -1 with *e. */
int outlet_number_of(struct outlet_numbers *o, struct reader *r, int64_t article, struct arena *a,
		     int32_t *out, struct err *e) MUST_CHECK;
struct str outlet_name(const struct outlet_numbers *o, int32_t number);

#endif
