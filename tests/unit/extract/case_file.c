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

void case_check_spans(const struct statement *s, struct str text)
{
	const struct spans *all[] = {&s->spans.source,	  &s->spans.cue,  &s->spans.content,
				     &s->spans.addressee, &s->spans.time, &s->spans.target,
				     &s->stance.evidence};
	size_t points = 0;
	for (size_t i = 0; i < text.n; i++)
		points += ((unsigned char)text.p[i] & 0xC0) != 0x80;
	for (size_t k = 0; k < sizeof all / sizeof all[0]; k++)
		for (size_t i = 0; i < all[k]->n; i++) {
			ck_assert_uint_lt(all[k]->v[i].start, all[k]->v[i].end);
			ck_assert_uint_le(all[k]->v[i].end, points);
			ck_assert(i == 0 || all[k]->v[i - 1].end <= all[k]->v[i].start);
		}
	ck_assert(s->spans.content.n > 0 && s->content.n > 0);
	ck_assert(s->confidence > 0 && s->confidence <= 1);
}
