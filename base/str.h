/* Strings as views: a pointer and a length in bytes, not terminated, never owned.
 * UTF-8 throughout; the gate at the edge (utf8.h) has checked it. Any thread. */
#ifndef DEMARCHE_BASE_STR_H
#define DEMARCHE_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct str {
	const char *p;
	size_t n;
};

/* A view of a string literal, and of nothing. */
#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})
#define STR_EMPTY    ((struct str){"", 0})
/* For printf's "%.*s". */
#define STR_ARG(s) (int)(s).n, (s).p

struct str str_of(const char *cstr); /* NULL gives the empty view */
struct str str_sub(struct str s, size_t from, size_t to);

bool str_eq(struct str a, struct str b);
bool str_eq_nocase(struct str a, struct str b); /* ASCII letters only */
int str_cmp(struct str a, struct str b);	/* byte order, as memcmp */
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
/* Is it one of the words of a list, which single spaces separate? */
bool str_is_one_of(struct str s, const char *words);
bool str_is_one_of_nocase(struct str s, const char *words); /* ASCII letters only */
/* Offset of the first `needle` at or after `from`, or SIZE_MAX. */
size_t str_find(struct str s, struct str needle, size_t from);
/* Without ASCII white space at both ends. */
struct str str_trim(struct str s);
/* Is one of the words of `text`, which spaces separate, this one? */
bool str_has_word(struct str text, struct str word);
/* Cuts the part before the next `sep` off the front of *rest into *part; false when nothing is
 * left. "a,,b" gives "a", "", "b"; the empty string gives nothing; a separator at the very end
 * begins no part, as in lines of text: "a," gives "a". */
bool str_split(struct str *rest, char sep, struct str *part);
/* FNV-1a, 64 bits (Fowler, Noll, Vo). Not for untrusted keys in large tables. */
uint64_t str_hash(struct str s);
/* A whole string of decimal digits with an optional sign; false on anything else or overflow. */
bool str_to_i64(struct str s, int64_t *out);
/* The number of single-letter edits (insert, delete, replace, swap of neighbors: optimal string
 * alignment) between two short strings; strings over 63 bytes are never near: SIZE_MAX. */
size_t str_distance(struct str a, struct str b);

#endif
