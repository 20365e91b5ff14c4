/* The scorer of attributions, on examples worked out by hand. */
#include "train/attribution_score.h"

#include <math.h>

#include "base/utf8.h"
#include "tests/unit/unit.h"
#include "train/calibration.h"

static struct arena arena;

static void set_up(void)
{
	arena_init(&arena, 1 << 20);
}

static void tear_down(void)
{
	arena_release(&arena);
}

/* The first place of some words in a text from another word on, in code points; none for NULL. */
static struct spans at(const char *text, const char *from, const char *words)
{
	struct span *v = arena_alloc(&arena, sizeof *v);
	const char *start = words ? strstr(strstr(text, from), words) : NULL;
	if (!start)
		return (struct spans){v, 0};
	v->start = (uint32_t)utf8_count((struct str){text, (size_t)(start - text)});
	v->end = v->start + (uint32_t)utf8_count(str_of(words));
	return (struct spans){v, 1};
}

static struct marked mark(const char *text, const char *from, const char *source, const char *cue,
			  const char *content)
{
	return (struct marked){.role = {[ROLE_SOURCE] = at(text, from, source),
					[ROLE_CUE] = at(text, from, cue),
					[ROLE_CONTENT] = at(text, from, content)}};
}

static void check_figure(const struct counts *c, const char *name, double precision, double recall)
{
	for (size_t i = 0; i < attribution_figures_n; i++) {
		const struct figure *f = &attribution_figures[i];
		if (strcmp(f->name, name) != 0)
			continue;
		ck_assert_msg(fabs(figure_precision(f, c) - precision) < 1e-9 &&
				      fabs(figure_recall(f, c) - recall) < 1e-9,
			      "%s: %.4f %.4f, want %.4f %.4f", name, figure_precision(f, c),
			      figure_recall(f, c), precision, recall);
		return;
	}
	ck_abort_msg("no figure \"%s\"", name);
}

START_TEST(attribution_count__hand_worked__its_figures)
{
	set_up();
	const char *t = "“The café is open,” Zoë Roth said. Aides fear a strike, not a riot. Roth "
			"denied it.";
	struct marked gold[] = {mark(t, "", "Zoë Roth", "said", "“The café is open,”"),
				mark(t, "", "Aides", "fear", "a strike, not a riot"),
				mark(t, "denied", NULL, "denied", "it")};
	struct marked said[] = {
		mark(t, "", "Roth", "said", "The café is open"), /* 4 of 7 pieces */
		mark(t, "", "Roth", "fear", "a strike, not a riot"),
		mark(t, "", NULL, NULL, "not"), /* 1 of 6 */
		mark(t, "", "Zoë Roth", "said", "“The café"),
	};
	bool right[4];
	struct counts c = {.of = {0}};
	attribution_count(str_of(t), (struct marked_list){gold, 3}, (struct marked_list){said, 4},
			  &arena, &c, right);
	ck_assert_uint_eq(c.of[COUNT_PIECES], 24);
	ck_assert(right[0] && !right[1] && !right[2] && !right[3]);
	static const struct {
		const char *name;
		double precision, recall;
	} wants[] = {
		{"attribution", 2. / 4, 2. / 3},
		{"attribution+source", 1. / 4, 1. / 3},
		{"attribution tight", 1. / 4, 1. / 3},
		{"cue span exact", 2. / 2, 2. / 3},
		{"source span exact", 1. / 2, 1. / 2},
		/* "Roth" is told twice and counts once */ {"content span exact", 1. / 4, 1. / 3},
		{"cue exact", 3. / 4, 3. / 4},
		{"source exact", 1. / 4, 1. / 3},
		{"content exact", 1. / 4, 1. / 3},
		{"all exact", 0, 0},
		{"source accuracy", 1. / 2, 1. / 2},
		{"recall full", 1, 1},
		{"recall+source direct", 1, 1},
		{"recall mixed", 0, 0},
		{"recall indirect", 1. / 2, 1. / 2},
		{"recall+source indirect", 0, 0},
	};
	for (size_t i = 0; i < sizeof wants / sizeof wants[0]; i++)
		check_figure(&c, wants[i].name, wants[i].precision, wants[i].recall);
	tear_down();
}
END_TEST

START_TEST(attribution_count__the_gold_itself__all_right_and_added_up)
{
	set_up();
	const char *t = "Ann Lee told us to wait. “No,” said Bo.";
	struct marked gold[] = {mark(t, "", "Ann Lee", "told", "to wait"),
				mark(t, "“", "Bo", "said", "“No,”")};
	struct marked_list all = {gold, 2}, none = {gold, 0};
	struct counts c = {.of = {0}};
	attribution_count(str_of(t), all, all, &arena, &c, NULL);
	for (size_t i = 0; i < attribution_figures_n; i++)
		if (c.of[attribution_figures[i].gold] > 0)
			ck_assert_msg(figure_f1(&attribution_figures[i], &c) > 1 - 1e-9, "%s",
				      attribution_figures[i].name);
	attribution_count(str_of(t), all, none, &arena, &c, NULL);
	check_figure(&c, "attribution", 1, 1. / 2);
	check_figure(&c, "all exact", 1, 1. / 2);
	check_figure(&c, "recall full", 1. / 2, 1. / 2);
	tear_down();
}
END_TEST

START_TEST(runs_of__pieces_and_order__joined_and_sorted)
{
	set_up();
	struct pieces p = pieces_of(STR("a b_1\n\nc, d\u00a0é²"), &arena);
	struct span spans[] = {{10, 11}, {7, 8}, {0, 4}, {3, 3}, {5, 7}};
	ck_assert_uint_eq(p.n, 6); /* a, b_1, c, a comma, d, é² */
	struct runs r = runs_of(&p, (struct spans){spans, 5}, &arena);
	ck_assert_uint_eq(r.n, 2);
	ck_assert(r.v[0].first == 0 && r.v[0].end == 3 && r.v[1].first == 4 && r.v[1].end == 5);
	ck_assert_uint_eq(runs_size(r), 4);
	ck_assert_uint_eq(runs_of(&p, (struct spans){spans + 4, 1}, &arena).n, 0);
	ck_assert_uint_eq(pieces_of(STR(" \n"), &arena).n, 0);
	tear_down();
}
END_TEST

START_TEST(runs_directness__marks_of_each_style__by_the_share_inside)
{
	set_up();
	static const struct {
		const char *text;
		enum directness want;
	} cases[] = {
		{"they will go", INDIRECT},
		{"it's Ann's", INDIRECT},
		{"“they will go”", FULL},
		{"``they will go''", FULL},
		{"„they will go", FULL},
		{"\"they\" will go home", FULL},
		{"they «will go» home now", FULL},
		{"''no'' way to go", FULL},
		{"they may “go” home this very day", MIXED},
		{"now they go” home", MIXED},
		{"", INDIRECT},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct str text = str_of(cases[i].text);
		struct pieces p = pieces_of(text, &arena);
		struct span all = {0, (uint32_t)utf8_count(text)};
		enum directness got =
			runs_directness(&p, runs_of(&p, (struct spans){&all, 1}, &arena));
		ck_assert_msg(got == cases[i].want, "%s: %d", cases[i].text, got);
	}
	tear_down();
}
END_TEST

START_TEST(calibration_add__hand_worked__its_errors)
{
	struct calibration c = {.squares = 0};
	ck_assert(calibration_error(&c) == 0 && calibration_brier(&c) == 0);
	calibration_add(&c, 0.75, true);
	calibration_add(&c, 0.75, false);
	calibration_add(&c, 0.25, false);
	calibration_add(&c, 1, true);
	ck_assert(c.bin[7].n == 2 && c.bin[7].right == 1 && c.bin[2].n == 1 && c.bin[9].n == 1);
	ck_assert_double_eq_tol(calibration_error(&c), (0.5 + 0.25 + 0) / 4, 1e-9);
	ck_assert_double_eq_tol(calibration_brier(&c), (0.0625 + 0.5625 + 0.0625) / 4, 1e-9);
}
END_TEST

UNIT_MAIN("attribution score", attribution_count__hand_worked__its_figures,
	  attribution_count__the_gold_itself__all_right_and_added_up,
	  runs_of__pieces_and_order__joined_and_sorted,
	  runs_directness__marks_of_each_style__by_the_share_inside,
	  calibration_add__hand_worked__its_errors)
