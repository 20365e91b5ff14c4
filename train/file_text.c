/* Reads a file into an arena. */
#include "train/file_text.h"

#include <stdio.h>

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
	if (f)
		fclose(f);
	return p ? (struct str){p, (size_t)n} : (struct str){NULL, 0};
}
