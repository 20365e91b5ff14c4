/* Posts without a name as speakers (tests/cases/roles.tsv): nobody who is known may be taken for
 * another, and how many are told rightly is counted by kind. */
#include <stdio.h>

#include "extract/extract.h"
#include "extract/tables/table.h"
#include "tests/unit/extract/case_file.h"
#include "tests/unit/unit.h"

enum {
	FILE_BYTES = 4 << 20,
	CASE_BYTES = 256 << 20,
	MOST_KINDS = 32,
	CASES = 281,
	RIGHT_LEAST = 223 /* of them */
};

enum outcome { RIGHT, MISSED, ELSEWHERE, WRONG, OUTCOMES };

struct kind {
	struct str name;
	unsigned n, of[OUTCOMES];
};

static bool is_listed(struct str list, struct str id)
{
	struct str one;
	while (str_split(&list, ',', &one))
		if (str_eq(one, id))
			return true;
	return false;
}

/* Of the speaker of a case, who may be NULL. A person who is right needs no country. */
static enum outcome judge(const struct table *t, const struct actor *a)
{
	bool nobody = str_eq(t->cell[2], STR("-")), anywhere = str_eq(t->cell[3], STR("-"));
	if (a && a->kind == ACTOR_PERSON)
		return !nobody && is_listed(t->cell[2], a->id) ? RIGHT : WRONG;
	if (!a || (!anywhere && !str_eq(a->country, t->cell[3])))
		return ELSEWHERE;
	return nobody ? RIGHT : MISSED;
}

static enum outcome run(const struct engine *en, const struct table *t)
{
	static const char *const words[] = {"right", "missed", "elsewhere", "wrong"};
	struct arena a;
	struct err e = {0};
	struct extraction x;
	struct article article = article_of(t->cell[4], t->cell[1]);
	arena_init(&a, CASE_BYTES);
	assert_ok(engine_extract(en, &article, &a, &x, &e), e);
	const struct statement *s = x.n_statements > 0 ? &x.statements[x.n_statements - 1] : NULL;
	const struct actor *who = s ? s->speaker : NULL;
	enum outcome got = judge(t, who);
	struct str id = who ? who->id : STR("nobody"), country = who ? who->country : STR_EMPTY;
	if (got != RIGHT)
		printf("%s: %.*s -> %.*s %.*s\n", words[got], STR_ARG(t->cell[4]), STR_ARG(id),
		       STR_ARG(country));
	arena_release(&a);
	return got;
}

static struct kind *kind_of(struct kind *kinds, size_t *n, struct str name)
{
	for (size_t i = 0; i < *n; i++)
		if (str_eq(kinds[i].name, name))
			return &kinds[i];
	ck_assert_uint_lt(*n, MOST_KINDS);
	kinds[*n] = (struct kind){.name = name};
	return &kinds[(*n)++];
}

START_TEST(engine_extract__posts_without_a_name__nobody_wrong)
{
	struct arena a;
	struct err e = {0};
	struct kind kinds[MOST_KINDS], all = {.name = STR("all")};
	size_t n = 0;
	arena_init(&a, FILE_BYTES);
	struct engine *en = engine_open(&e);
	ck_assert_ptr_nonnull(en);
	struct table t = table_of("roles.tsv", case_file_read(&a, "tests/cases/roles.tsv"));
	while (table_next(&t)) {
		ck_assert_uint_eq(t.n, 5);
		struct kind *k = kind_of(kinds, &n, t.cell[0]);
		enum outcome got = run(en, &t);
		k->n++;
		k->of[got]++;
		all.n++;
		all.of[got]++;
	}
	kinds[n++] = all;
	printf("kind            n right missed elsewhere wrong\n");
	for (size_t i = 0; i < n; i++)
		printf("%-12.*s %4u %4.0f%% %6u %9u %5u\n", STR_ARG(kinds[i].name), kinds[i].n,
		       100.0 * kinds[i].of[RIGHT] / kinds[i].n, kinds[i].of[MISSED],
		       kinds[i].of[ELSEWHERE], kinds[i].of[WRONG]);
	ck_assert_uint_eq(all.n, CASES);
	ck_assert_uint_eq(all.of[WRONG], 0);
	ck_assert_uint_ge(all.of[RIGHT], RIGHT_LEAST);
	engine_close(en);
	arena_release(&a);
}
END_TEST

UNIT_MAIN("roles", engine_extract__posts_without_a_name__nobody_wrong)
