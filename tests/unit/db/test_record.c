/* Records of statements, read from damaged bytes. */
#include "db/record.h"

#include "tests/conformance/fixture.h"

START_TEST(record_read__any_damage__is_refused_or_harmless)
{
	static const struct span spans[] = {{0, 1}, {5, 4000000000U}};
	struct issue_hit hits[] = {{.issue = &core,
				    .score = 0.9F,
				    .evidence = {spans, 2},
				    .position = POSITION_CONCERN,
				    .position_confidence = 0.9F,
				    .position_evidence = {spans, 2}},
				   {.issue = &trade, .score = -0.25F, .position = POSITION_NONE}};
	struct statement s = plain_statement(STR("content"), NULL);
	s.issues = hits;
	s.n_issues = 2;
	s.spans.cue = (struct spans){spans, 2};
	s.said_on = (struct said_on){.text = STR("then"),
				     .date = STR("2024"),
				     .precision = PRECISION_YEAR,
				     .rule = STR("rule")};
	const int64_t keys[] = {300, INT64_MAX};
	struct buf b;
	buf_init(&b, 4096);
	record_write(&b, &s, 77, keys);
	ck_assert(!b.failed);
	uint64_t random = 99;
	for (int round = 0; round < 20000; round++) {
		/* A copy of its exact size, so that ASan sees every byte beyond. */
		size_t n = round % 3 ? b.n : random % (b.n + 1);
		char *copy = malloc(n ? n : 1);
		memcpy(copy, b.p, n);
		for (int flips = round % 3 + 1; round && flips && n; flips--) {
			random = random * 6364136223846793005ULL + 1442695040888963407ULL;
			copy[(random >> 33) % n] = (char)(random >> 24);
		}
		struct arena a;
		struct err e = {0};
		struct statement out = {0};
		int64_t by;
		const int64_t *got;
		arena_init(&a, 1 << 20);
		int result = record_read((struct str){copy, n}, &a, &out, &by, &got, &e);
		ck_assert(result == 0 || e.kind == ERR_DB);
		for (size_t i = 0; i < out.n_issues; i++)
			ck_assert((unsigned)out.issues[i].position < POSITION_COUNT &&
				  out.issues[i].position_confidence <= 1);
		if (round == 0) {
			ck_assert_int_eq(result, n == b.n ? 0 : -1);
		}
		arena_release(&a);
		free(copy);
	}
	buf_release(&b);
}
END_TEST

UNIT_MAIN("record", record_read__any_damage__is_refused_or_harmless)
