/* Hostile texts of any size: each is cheap to write and was, or may be, dear to read. For whoever
 * proves that the work of one article has a bound. Well-formed UTF-8, plain text. */
#ifndef DEMARCHE_TESTS_HOSTILE_H
#define DEMARCHE_TESTS_HOSTILE_H

#include <stddef.h>

struct hostile {
	const char *name;
	/* Writes at most n bytes, and at least n - HOSTILE_SLACK where n is larger, none of them 0;
	 * returns how many. */
	size_t (*fill)(const struct hostile *h, char *out, size_t n);
	const char *unit; /* what it is made of */
};

enum { HOSTILE_SLACK = 256 };

extern const struct hostile hostile_texts[];
extern const size_t hostile_count;

/* The text of this name in memory to free, with a zero byte at its end; *n becomes its length.
 * NULL: no such text, or no memory. */
char *hostile_text(const char *name, size_t *n);

#endif
