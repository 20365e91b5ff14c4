/* What the networks over the parser's states make of a candidate. */
#include "extract/attribution/reading.h"

#include "tests/unit/unit.h"

enum { TOKENS = 3000, ARENA_BYTES = 64 << 20 };

struct bench {
	struct arena a;
	struct reading_weights *w;
	struct reading_network network;
	struct text text;
	struct states states;
};

/* The state of each token has its number at one place of ten, and the networks add these up. */
static void bench_open(struct bench *b)
{
	*b = (struct bench){.text = {.n_tokens = TOKENS}};
	arena_init(&b->a, ARENA_BYTES);
	b->w = arena_alloc(&b->a, sizeof *b->w);
	b->states.v = arena_array(&b->a, TOKENS, sizeof *b->states.v);
	b->states.scales = arena_array(&b->a, TOKENS, sizeof(float));
	ck_assert(b->w && b->states.v && b->states.scales);
	b->text.states = &b->states;
	b->text.tokens = arena_array(&b->a, TOKENS, sizeof *b->text.tokens); /* no words */
	ck_assert_ptr_nonnull(b->text.tokens);
	for (uint32_t i = 0; i < TOKENS; i++) {
		float x[STATE_SIZE] = {0};
		x[i % 10] = (float)i;
		state_pack(&b->states, i, x);
	}
	for (unsigned d = 0; d < 10; d++) /* to the first hidden unit, from the first two places */
		for (unsigned place = 0; place < 2; place++)
			b->w->content[place][d * READING_HIDDEN] = place ? 2 : 1;
	b->w->bias[READING_CONTENT][0] = 5;
	b->w->fact[READING_CONTENT][(size_t)7 * READING_HIDDEN] = 100;
	b->w->out[READING_CONTENT][0] = 2;
	ck_assert_int_eq(reading_network_open(&b->network, b->w), 0);
}

static void bench_close(struct bench *b)
{
	reading_network_close(&b->network);
	arena_release(&b->a);
}

static struct sighting sighting_of(uint32_t first, uint32_t second)
{
	struct sighting s = {.fact = {7, 0, 0, 0}};
	for (unsigned k = 0; k < READING_PLACES; k++)
		s.place[k] = FOREST_NONE;
	s.place[0] = first;
	s.place[1] = second;
	return s;
}

START_TEST(reading_score__places_near_and_far__sum_of_what_they_add)
{
	struct bench b;
	bench_open(&b);
	struct reading_rows *rows = reading_rows_make(&b.network, &b.a);
	ck_assert_ptr_nonnull(rows);
	/* far apart places take each other's slot */
	for (uint32_t i = 0; i < TOKENS; i += 37) {
		struct sighting s = sighting_of(i, TOKENS - 1 - i);
		ck_assert_float_eq_tol(reading_score(rows, &b.text, READING_CONTENT, &s),
				       2 * (105 + (float)i + 2 * (float)(TOKENS - 1 - i)), 1.0f);
	}
	struct sighting alone = sighting_of(TOKENS - 1, FOREST_NONE);
	ck_assert_float_eq_tol(reading_score(rows, &b.text, READING_CONTENT, &alone),
			       2 * (105 + (float)(TOKENS - 1)), 1.0f);
	ck_assert_float_eq(reading_score(rows, &b.text, READING_SOURCE, &alone), 0);
	bench_close(&b);
}
END_TEST

START_TEST(reading_score__below_zero__a_gentler_slope)
{
	struct bench b;
	bench_open(&b);
	struct reading_rows *rows = reading_rows_make(&b.network, &b.a);
	ck_assert_ptr_nonnull(rows);
	b.w->bias[READING_CONTENT][0] = -110;
	struct sighting s = sighting_of(FOREST_NONE, FOREST_NONE);
	ck_assert_float_eq_tol(reading_score(rows, &b.text, READING_CONTENT, &s),
			       2 * READING_LEAK * -10, 1e-4f);
	bench_close(&b);
}
END_TEST

START_TEST(state_unpack__what_was_packed__near_it)
{
	uint8_t v[1][STATE_SIZE];
	float scale, x[STATE_SIZE], y[STATE_SIZE];
	const struct states s = {v, &scale};
	for (int d = 0; d < STATE_SIZE; d++)
		x[d] = (float)(d - 90) / 40;
	state_pack(&s, 0, x);
	state_unpack(&s, 0, y);
	for (int d = 0; d < STATE_SIZE; d++)
		ck_assert_float_eq_tol(x[d], y[d], 0.02f);
}
END_TEST

UNIT_MAIN("reading", reading_score__places_near_and_far__sum_of_what_they_add,
	  reading_score__below_zero__a_gentler_slope, state_unpack__what_was_packed__near_it)
