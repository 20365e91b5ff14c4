/* The kernels of products: each that this processor has makes the same bits as the plain one, and
 * that makes the whole numbers that it should. */
#include <math.h>
#include <stdio.h>

#include "extract/extract.h"
#include "extract/syntax/encoder.h"
#include "extract/syntax/half.h"
#include "extract/syntax/kernels.h"
#include "tests/unit/extract/case_file.h"
#include "tests/unit/unit.h"

enum { ROWS_MAX = 40, INNER_MAX = 2304, COLUMNS_MAX = 600, TURNS = 300 };

static uint32_t seed = 7;

static uint32_t any(void)
{
	seed = seed * 1664525 + 1013904223;
	return seed >> 8;
}

static size_t up_to(size_t most)
{
	return 1 + any() % most;
}

/* What floats can be: usual ones, all at one end, at either end, very small ones beside a large
 * one, zeros. */
static float one_of(unsigned manner)
{
	float share = (float)(any() % 20001) / 10000 - 1;
	switch (manner) {
	case 0:
		return share;
	case 1:
		return 3;
	case 2:
		return -3;
	case 3:
		return share < 0 ? -1e20f : 1e20f;
	case 4:
		return any() % 100 ? share * 1e-20f : share;
	default:
		return 0;
	}
}

static void fill(float *v, size_t n, unsigned manner)
{
	for (size_t i = 0; i < n; i++)
		v[i] = one_of(manner);
}

static void to_bytes(const struct kernel *k, const float *x, size_t rows, const struct product *p,
		     uint8_t *bytes, float *scales)
{
	for (size_t r = 0; r < rows; r++)
		scales[r] = k->to_bytes(x + r * p->inner, p->inner, p->is_fine,
					bytes + r * kernel_inner(p->inner, p->is_fine));
}

START_TEST(multiply__any_sizes_and_numbers__same_bits_on_all_kernels)
{
	static float x[ROWS_MAX * INNER_MAX], w[INNER_MAX * 64], y[2][ROWS_MAX * COLUMNS_MAX];
	_Alignas(4) static uint8_t bytes[2][2 * ROWS_MAX * INNER_MAX];
	float scales[2][ROWS_MAX];
	for (size_t i = 0; i + 1 < n_kernels; i++)
		if (!kernels[i]->runs_here())
			printf("not on this processor: %s\n", kernels[i]->name);
	for (size_t turn = 0; turn < TURNS; turn++) {
		bool is_wide = turn % 2;
		size_t rows = up_to(ROWS_MAX), inner = up_to(is_wide ? 200 : INNER_MAX),
		       columns = up_to(is_wide ? COLUMNS_MAX : 64);
		struct product p = any() % 2 ? product_of(w, inner, columns)
					     : product_fine(w, inner, columns),
			       *list = &p;
		fill(x, rows * inner, any() % 6);
		fill(w, inner * columns, any() % 6);
		void *packed = products_pack(&list, 1);
		ck_assert_ptr_nonnull(packed);
		to_bytes(&kernel_plain, x, rows, &p, bytes[0], scales[0]);
		fill(y[0], rows * columns, 0);
		for (size_t i = 0; i + 1 < n_kernels; i++) {
			const struct kernel *k = kernels[i];
			size_t n = rows * columns, step = kernel_inner(inner, p.is_fine);
			if (!k->runs_here())
				continue;
			to_bytes(k, x, rows, &p, bytes[1], scales[1]);
			ck_assert_mem_eq(bytes[0], bytes[1], rows * step);
			ck_assert_mem_eq(scales[0], scales[1], rows * sizeof scales[0][0]);
			float *plain = malloc(n * sizeof *plain);
			ck_assert_ptr_nonnull(plain);
			memcpy(plain, y[0], n * sizeof *plain);
			memcpy(y[1], y[0], n * sizeof *plain);
			kernel_plain.multiply(
				&p, &(struct kernel_rows){bytes[0], scales[0], rows, step}, plain,
				columns);
			k->multiply(&p, &(struct kernel_rows){bytes[1], scales[1], rows, step},
				    y[1], columns);
			ck_assert_msg(memcmp(plain, y[1], n * sizeof *plain) == 0,
				      "%s differs at %zu x %zu x %zu", k->name, rows, inner,
				      columns);
			free(plain);
		}
		free(packed);
	}
}
END_TEST

START_TEST(product_add__numbers_at_the_ends__their_exact_sum)
{
	enum { INNER = 2088, COLUMNS = 33 };
	static float x[INNER], w[INNER * COLUMNS];
	for (size_t i = 0; i < n_kernels; i++) {
		if (!kernels[i]->runs_here())
			continue;
		kernel_choose(kernels[i]);
		for (int way = 0; way < 4; way++) {
			const int sign = way % 2 ? 1 : -1;
			float y[COLUMNS] = {0};
			struct product p = way / 2 ? product_of(w, INNER, COLUMNS)
						   : product_fine(w, INNER, COLUMNS),
				       *list = &p;
			fill(x, INNER, 1);
			for (size_t k = 0; k < (size_t)INNER * COLUMNS; k++)
				w[k] = (float)sign;
			void *packed = products_pack(&list, 1);
			product_add(&p, x, INNER, y, COLUMNS, 1);
			for (size_t c = 0; c < COLUMNS; c++)
				ck_assert_float_eq_tol(y[c], (float)sign * 3 * INNER, 0.01f);
			free(packed);
		}
	}
	kernel_choose(NULL);
}
END_TEST

START_TEST(product_add__usual_numbers__near_the_product_in_floats)
{
	enum { ROWS = 7, INNER = 192, COLUMNS = 100 };
	static float x[ROWS * INNER], w[INNER * COLUMNS], by_floats[ROWS * COLUMNS],
		by_bytes[ROWS * COLUMNS], fine[ROWS * COLUMNS];
	double error = 0, fine_error = 0, all = 0;
	fill(x, ROWS * INNER, 0);
	fill(w, INNER * COLUMNS, 0);
	struct product floats = product_of(w, INNER, COLUMNS), p = floats,
		       finer = product_fine(w, INNER, COLUMNS), *list[] = {&p, &finer};
	void *packed = products_pack(list, 2);
	product_add(&floats, x, INNER, by_floats, COLUMNS, ROWS);
	product_add(&p, x, INNER, by_bytes, COLUMNS, ROWS);
	product_add(&finer, x, INNER, fine, COLUMNS, ROWS);
	for (size_t i = 0; i < (size_t)ROWS * COLUMNS; i++) {
		error += pow((double)(by_floats[i] - by_bytes[i]), 2);
		fine_error += pow((double)(by_floats[i] - fine[i]), 2);
		all += pow((double)by_floats[i], 2);
	}
	ck_assert_double_lt(error / all, 4e-4);	     /* two hundredths of what comes out */
	ck_assert_double_lt(fine_error / all, 4e-7); /* some ten-thousandths */
	free(packed);
}
END_TEST

START_TEST(recur__any_numbers__same_bits_on_all_kernels)
{
	enum { TOKENS = 20 };
	static float gates[4][ENCODER_HALF_MAX], u[TOKENS * 3 * ENCODER_HALF_MAX],
		x[TOKENS * ENCODER_HALF_MAX], h[2][TOKENS * ENCODER_HALF_MAX];
	for (size_t turn = 0; turn < TURNS; turn++) {
		size_t half = up_to(ENCODER_HALF_MAX), n = up_to(TOKENS);
		struct kernel_way way = {.forget_peep = gates[0],
					 .reset_peep = gates[1],
					 .forget_bias = gates[2],
					 .reset_bias = gates[3],
					 .u = u,
					 .x = x,
					 .u_step = (ptrdiff_t)(3 * half),
					 .step = (ptrdiff_t)half,
					 .half = half,
					 .n = n};
		for (size_t k = 0; k < 4; k++)
			fill(gates[k], half, 0);
		fill(u, n * 3 * half, any() % 2 ? 0 : 4);
		fill(x, n * half, 0);
		way.h = h[0];
		kernel_plain.recur(&way);
		way.h = h[1];
		for (size_t i = 0; i + 1 < n_kernels; i++)
			if (kernels[i]->runs_here()) {
				kernels[i]->recur(&way);
				ck_assert_mem_eq(h[0], h[1], n * half * sizeof h[0][0]);
			}
	}
}
END_TEST

START_TEST(half_add_rows__any_width__as_one_float_after_another)
{
	enum { ROWS = 500, WIDTH_MAX = 70, ADDED = 100 };
	static float table[ROWS * WIDTH_MAX], as_read[ROWS * WIDTH_MAX];
	static unsigned char halves[2 * ROWS * WIDTH_MAX];
	for (size_t width = 1; width <= WIDTH_MAX; width++) {
		const size_t n = up_to(ADDED);
		uint32_t at[ADDED];
		float sums[WIDTH_MAX], expected[WIDTH_MAX];
		fill(table, ROWS * width, any() % 2 ? 0 : 4);
		half_pack(table, ROWS * width, halves);
		half_unpack(halves, ROWS * width, as_read);
		fill(sums, width, 0);
		memcpy(expected, sums, sizeof sums);
		for (size_t i = 0; i < n; i++) {
			at[i] = any() % ROWS;
			for (size_t c = 0; c < width; c++)
				expected[c] += as_read[at[i] * width + c];
		}
		half_add_rows(halves, width, at, n, sums);
		ck_assert_mem_eq(sums, expected, width * sizeof *sums);
	}
}
END_TEST

/* Of a statement, what rests on networks. */
static void check_same(const struct extraction *a, const struct extraction *b)
{
	ck_assert_uint_eq(a->n_statements, b->n_statements);
	for (size_t i = 0; i < a->n_statements; i++) {
		const struct statement *s = &a->statements[i], *t = &b->statements[i];
		ck_assert_mem_eq(&s->confidence, &t->confidence, sizeof s->confidence);
		ck_assert_mem_eq(&s->stance.confidence, &t->stance.confidence,
				 sizeof s->stance.confidence);
		ck_assert(str_eq(s->content, t->content));
		ck_assert_int_eq(s->stance.act, t->stance.act);
		ck_assert_int_eq(s->stance.position, t->stance.position);
		ck_assert_int_eq(s->stance.target_position, t->stance.target_position);
		ck_assert_uint_eq(s->n_issues, t->n_issues);
	}
}

START_TEST(engine_extract__each_kernel__the_same_statements)
{
	enum { ARENA = 256 << 20 };
	struct arena texts, a[2];
	struct err e = {0};
	struct extraction x[2];
	struct engine *en = engine_open(&e);
	ck_assert_ptr_nonnull(en);
	arena_init(&texts, ARENA);
	struct article article =
		article_of(case_file_read(&texts, "tests/cases/wikinews/amazon-fires-g7.txt"),
			   STR("2024-04-26"));
	arena_init(&a[0], ARENA);
	kernel_choose(&kernel_plain);
	assert_ok(engine_extract(en, &article, &a[0], &x[0], &e), e);
	ck_assert_uint_gt(x[0].n_statements, 5);
	for (size_t i = 0; i + 1 < n_kernels; i++) {
		if (!kernels[i]->runs_here())
			continue;
		kernel_choose(kernels[i]);
		arena_init(&a[1], ARENA);
		assert_ok(engine_extract(en, &article, &a[1], &x[1], &e), e);
		check_same(&x[0], &x[1]);
		arena_release(&a[1]);
	}
	kernel_choose(NULL);
	arena_release(&a[0]);
	arena_release(&texts);
	engine_close(en);
}
END_TEST

UNIT_MAIN("product", multiply__any_sizes_and_numbers__same_bits_on_all_kernels,
	  product_add__numbers_at_the_ends__their_exact_sum,
	  product_add__usual_numbers__near_the_product_in_floats,
	  recur__any_numbers__same_bits_on_all_kernels,
	  half_add_rows__any_width__as_one_float_after_another,
	  engine_extract__each_kernel__the_same_statements)
