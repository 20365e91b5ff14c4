/* Reading of files of cases. */
#include "tests/unit/extract/case_file.h"

#include <stdio.h>

#include "tests/unit/unit.h"

struct str case_file_read(struct arena *a, const char *path)
{
	FILE *f = fopen(path, "rb");
	ck_assert_msg(f != NULL, "cannot open %s", path);
	fseek(f, 0, SEEK_END);
	long n = ftell(f);
	rewind(f);
	char *p = arena_alloc(a, (size_t)n + 1);
	ck_assert_ptr_nonnull(p);
	ck_assert_uint_eq(fread(p, 1, (size_t)n, f), (size_t)n);
	fclose(f);
	return (struct str){p, (size_t)n};
}
