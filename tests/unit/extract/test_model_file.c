/* The model files as they are part of the program, where nobody looks at their checksums. */
#include "extract/syntax/model_file.h"

#include <stdio.h>

#include "tests/unit/unit.h"

static struct err e;

static const char *const paths[] = {
	"data/act_network.bin", "data/acts.bin",      "data/attribution.bin", "data/holders.bin",
	"data/issues.bin",	"data/positions.bin", "data/stance.bin",      "data/syntax.bin",
	"data/topics.bin",	"data/vectors.bin"};

static struct model_head head_of(const char *path)
{
	struct model_head head = {0};
	FILE *f = fopen(path, "rb");
	ck_assert_msg(f && fread(&head, sizeof head, 1, f) == 1, "%s", path);
	fclose(f);
	return head;
}

START_TEST(model_file_open__files_of_the_program__are_whole)
{
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
		struct model_head head = head_of(paths[i]);
		struct model_file f;
		assert_ok(model_file_open(&f, paths[i], head.kind, head.version, &e), e);
		ck_assert_uint_eq(f.body.n, head.body_bytes);
		model_file_close(&f);
	}
}
END_TEST

START_TEST(model_file_check__a_changed_byte__is_told_and_of_the_program_not_looked_for)
{
	struct {
		struct model_head head;
		char body[64];
	} file = {.head = {.kind = {'D', 'M', 't', 'e', 's', 't'}, .version = 3}};
	struct str bytes = {(const char *)&file, sizeof file};
	struct model_file f = {0};
	file.head.body_bytes = sizeof file.body;
	file.head.checksum = model_file_checksum((struct str){file.body, sizeof file.body});
	assert_ok(model_file_check(&f, bytes, "x", file.head.kind, 3, &e), e);
	file.body[7] = 1;
	ck_assert_int_eq(model_file_check(&f, bytes, "x", file.head.kind, 3, &e), -1);
	e = (struct err){0};
	assert_ok(model_file_embedded(&f, bytes, "x", file.head.kind, 3, &e), e);
	ck_assert_int_eq(model_file_embedded(&f, bytes, "x", file.head.kind, 4, &e), -1);
	e = (struct err){0};
	bytes.n--;
	ck_assert_int_eq(model_file_embedded(&f, bytes, "x", file.head.kind, 3, &e), -1);
}
END_TEST

UNIT_MAIN("model_file", model_file_open__files_of_the_program__are_whole,
	  model_file_check__a_changed_byte__is_told_and_of_the_program_not_looked_for)
