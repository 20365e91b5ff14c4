/* Data files of cases: a line a case, columns parted by tabs, "#" begins a comment line. */
#ifndef DEMARCHE_TESTS_UNIT_API_LINES_H
#define DEMARCHE_TESTS_UNIT_API_LINES_H

#include <stdio.h>

#include "tests/unit/unit.h"

enum { LINE_COLUMNS_MAX = 7 };

struct line {
	int number;
	struct str columns[LINE_COLUMNS_MAX];
	int n;
};

/* Calls `run` with each case; returns how many there were. The file is found from the root of the
 * tree. */
static inline int each_line(const char *path, void (*run)(const struct line *l))
{
	FILE *f = fopen(path, "rb");
	ck_assert_msg(f != NULL, "cannot open %s", path);
	char *text = NULL;
	size_t cap = 0;
	int number = 0, cases = 0;
	for (ssize_t n; (n = getline(&text, &cap, f)) >= 0;) {
		struct line l = {.number = number + 1};
		number++;
		struct str rest = {text, (size_t)n}, column;
		if (rest.n && rest.p[rest.n - 1] == '\n')
			rest.n--;
		if (rest.n == 0 || rest.p[0] == '#')
			continue;
		while (l.n < LINE_COLUMNS_MAX && str_split(&rest, '\t', &column))
			l.columns[l.n++] = column;
		for (int i = l.n; i < LINE_COLUMNS_MAX; i++)
			l.columns[i] = STR_EMPTY;
		run(&l);
		cases++;
	}
	free(text);
	fclose(f);
	return cases;
}

/* %HH in a column is that byte (a tab, a broken one). Writes to `out`, which has room for s.n
 * bytes. */
static inline struct str unescaped(struct str s, char *out)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] != '%' || i + 2 >= s.n) {
			out[n++] = s.p[i];
			continue;
		}
		char hex[3] = {s.p[i + 1], s.p[i + 2], '\0'};
		out[n++] = (char)strtol(hex, NULL, 16);
		i += 2;
	}
	return (struct str){out, n};
}

#endif
