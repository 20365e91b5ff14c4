/* Articles whose statements are told by speaker, issue and position: of such a few the sums are
 * known. */
#ifndef DEMARCHE_TESTS_CONFORMANCE_SAID_H
#define DEMARCHE_TESTS_CONFORMANCE_SAID_H

#include "tests/conformance/fixture.h"

extern const struct actor blinken;
extern const struct issue taiwan;

/* One article of one day with statements that differ in speaker, issue and position. */
struct said {
	const struct actor *speaker;
	const struct issue *issue;
	enum position position;
};

/* A store with the actors and issues of a program's tables: countries are there before anybody
 * speaks for them. */
void said_open(struct fixture *f);
/* The article's id. `target`: of all its statements, NULL for none. */
int64_t said_write(struct fixture *f, const char *day, const struct said *said, size_t n,
		   const struct actor *target);
/* A statement for core interests and against Taiwan, the surer the one, and one without a side on
 * Taiwan. */
int64_t said_write_pairs(struct fixture *f, const char *day);

/* Of the fixture `f`. */
#define SAY(day, ...)                                                                              \
	said_write(&f, day, (const struct said[]){__VA_ARGS__},                                    \
		   sizeof((const struct said[]){__VA_ARGS__}) / sizeof(struct said), NULL)

#endif
