/* Lines of "name=value" as the parameters of GET /v1/statements: taken or refused with a reason;
 * what is taken has a canonical form that reads back as the same question. */
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/questions.h"

enum { ARENA_MAX = 8 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str input = fuzz_input(data, size),
		   rest = str_sub(input, 0, utf8_valid_prefix(input)), line;
	struct arena arena;
	struct statement_filter filter;
	struct question q;
	arena_init(&arena, ARENA_MAX);
	statement_filter_init(&filter);
	question_init(&q, &params_statements, &filter, &arena);
	while (str_split(&rest, '\n', &line)) {
		size_t at = str_find(line, STR("="), 0);
		struct str name = str_sub(line, 0, at),
			   value = at == SIZE_MAX ? STR_EMPTY : str_sub(line, at + 1, line.n);
		struct err e = {0};
		if (question_add(&q, name, (struct condition){.value = value}, &e) != 0) {
			fuzz_check_refusal(&e);
			goto out; /* as the request is: refused as a whole */
		}
	}
	FUZZ_CHECK(q.limit >= 1 && q.limit <= PAGE_LIMIT_MAX);
	FUZZ_CHECK(filter.q.min_confidence >= 0 && filter.q.min_confidence <= 1);
	FUZZ_CHECK(filter.q.min_position_confidence >= 0 && filter.q.min_position_confidence <= 1);
	FUZZ_CHECK(filter.q.positions >> POSITION_COUNT == 0);
	fuzz_check_canonical(&q, &arena);
out:
	arena_release(&arena);
	return 0;
}
