/* Extractions packed and unpacked, also from damaged bytes. */
#include "db/packed_extraction.h"

#include "tests/conformance/fixture.h"

static const struct span spans[] = {{0, 1}, {5, 4000000000U}};

struct sample {
	struct issue_hit hits[2];
	struct statement v[2];
	struct extraction is;
};

static void make(struct sample *s)
{
	s->hits[0] = (struct issue_hit){.issue = &core,
					.score = 0.9F,
					.evidence = {spans, 2},
					.turns = true,
					.position = POSITION_CONCERN,
					.position_confidence = 0.9F,
					.position_evidence = {spans, 1}};
	s->hits[1] =
		(struct issue_hit){.issue = &trade, .score = -0.25F, .position = POSITION_NONE};
	s->v[0] = full_statement(s->hits, 2);
	s->v[0].said_on.from = -3;
	s->v[0].said_on.to = DAY_NONE;
	s->v[1] = plain_statement(STR("content"), NULL);
	s->is = (struct extraction){s->v, 2};
}

static struct str pack(const struct extraction *x, struct arena *a)
{
	struct buf b;
	buf_init(&b, 1 << 16);
	extraction_pack(x, a, &b);
	ck_assert(!b.failed);
	struct str out = arena_str(a, buf_str(&b));
	buf_release(&b);
	return out;
}

START_TEST(extraction_unpack__what_was_packed__is_the_same)
{
	struct sample s;
	struct arena a;
	struct extraction out;
	struct err e = {0};
	arena_init(&a, 1 << 20);
	make(&s);
	struct str blob = pack(&s.is, &a);
	assert_ok(extraction_unpack(blob, &a, &out, &e), e);
	ck_assert_uint_eq(out.n_statements, 2);
	same_statement(&out.statements[0], &s.v[0]);
	ck_assert_int_eq(out.statements[0].said_on.from, -3);
	ck_assert_int_eq(out.statements[0].said_on.to, DAY_NONE);
	ck_assert(out.statements[0].issues[0].turns);
	ck_assert_ptr_null(out.statements[1].speaker);
	assert_str(out.statements[1].content, "content");
	const struct actor *speaker = out.statements[0].speaker;
	ck_assert_uint_eq(speaker->n_roles, s.v[0].speaker->n_roles);
	assert_str(speaker->wikidata, s.v[0].speaker->wikidata.p);
	ck_assert(str_eq(pack(&out, &a), blob));
	arena_release(&a);
}
END_TEST

START_TEST(extraction_unpack__any_damage__is_refused_or_harmless)
{
	struct sample s;
	struct arena all;
	uint64_t random = 99;
	arena_init(&all, 1 << 20);
	make(&s);
	struct str blob = pack(&s.is, &all);
	for (int round = 0; round < 20000; round++) {
		/* A copy of its exact size, so that ASan sees every byte beyond. */
		size_t n = round % 3 ? blob.n : random % (blob.n + 1);
		char *copy = malloc(n ? n : 1);
		memcpy(copy, blob.p, n);
		for (int flips = round % 3; flips && n; flips--) {
			random = random * 6364136223846793005ULL + 1442695040888963407ULL;
			copy[(random >> 33) % n] = (char)(random >> 24);
		}
		struct arena a;
		struct err e = {0};
		struct extraction out = {0};
		arena_init(&a, 1 << 20);
		int result = extraction_unpack((struct str){copy, n}, &a, &out, &e);
		ck_assert(result == 0 || e.kind == ERR_DB || e.kind == ERR_TOO_LARGE);
		for (size_t i = 0; result == 0 && i < out.n_statements; i++)
			ck_assert((unsigned)out.statements[i].stance.act < ACT_COUNT);
		arena_release(&a);
		free(copy);
	}
	arena_release(&all);
}
END_TEST

UNIT_MAIN("packed_extraction", extraction_unpack__what_was_packed__is_the_same,
	  extraction_unpack__any_damage__is_refused_or_harmless)
