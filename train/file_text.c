/* Reads a file into an arena. */
#include "train/file_text.h"

#include <stdio.h>
#include <stdlib.h>

struct str file_text(const char *path, struct arena *a, struct err *e)
{
	FILE *f = fopen(path, "rb");
	long n = f && fseek(f, 0, SEEK_END) == 0 ? ftell(f) : -1;
	char *p = n >= 0 ? arena_alloc(a, (size_t)n + 1) : NULL;
	if (f)
		rewind(f);
	if (!p || fread(p, 1, (size_t)n, f) != (size_t)n) {
		err_set(e, ERR_INPUT, NULL, "cannot read \"%s\"", path);
		p = NULL;
	}
	if (p)
		p[n] = '\0';
	if (f)
		fclose(f);
	return p ? (struct str){p, (size_t)n} : (struct str){NULL, 0};
}

struct str file_text_or_exit(const char *path, struct arena *a)
{
	struct err e = {0};
	struct str text = file_text(path, a, &e);
	if (!text.p) {
		fprintf(stderr, "%s\n", e.message);
		exit(EXIT_FAILURE);
	}
	return text;
}
