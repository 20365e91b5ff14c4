/* Bytes as an issue's JSON: decoded or refused; what is decoded keeps its limits, and the engine
 * takes it. */
#include "api/format/json_issue.h"
#include "extract/extract.h"
#include "tests/fuzz/fuzz.h"

enum { ARENA_MAX = 64 << 20 };

static void check_line(struct str s, size_t max_points)
{
	FUZZ_CHECK(fuzz_is_utf8(s));
	FUZZ_CHECK(utf8_count(s) <= max_points);
	for (size_t i = 0; i < s.n; i++)
		FUZZ_CHECK((unsigned char)s.p[i] >= ' ');
}

static void check_limits(const struct issue *i)
{
	FUZZ_CHECK(i->id.n > 0 && i->label.n > 0 && i->terms.n <= ISSUE_TERMS_MAX);
	check_line(i->label, ISSUE_LABEL_MAX);
	check_line(i->parent, ISSUE_LABEL_MAX);
	for (size_t k = 0; k < i->terms.n; k++)
		check_line(i->terms.v[k], ISSUE_TERM_MAX);
	FUZZ_CHECK(i->cap_sub == 0 || i->cap_sub / 100 == i->cap_major);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct engine *engine;
	struct arena arena;
	struct issue issue;
	struct err e = {0};
	if (!engine)
		engine = engine_open(&e);
	FUZZ_CHECK(engine);
	arena_init(&arena, ARENA_MAX);
	if (issue_decode(fuzz_input(data, size), &arena, &issue, &e) == 0) {
		check_limits(&issue);
		struct issue_table *table = engine_issues_open(engine, &issue, 1, &e);
		FUZZ_CHECK(table);
		engine_issues_close(table);
	} else {
		fuzz_check_refusal(&e);
	}
	arena_release(&arena);
	return 0;
}
