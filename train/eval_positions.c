/* eval_positions DATA SPLIT [SURE]: what the whole engine says of the raw texts of a split (train,
 * dev) of the coded corpus (train/coded.h): who is for or against what. Optional lines count
 * neither way. SURE: the confidence from which on sides are told, where it is not the product's. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "extract/extract.h"
#include "extract/stance/positions.h"
#include "train/calibration.h"
#include "train/position_score.h"
#include "train/room.h"

enum { ARTICLE_BYTES = 512 << 20, FORMS = 6, ISSUES = 40 };

/* A side that the engine tells. */
struct told {
	float confidence;
	enum position_verdict verdict;
	bool is_same, is_sign_right; /* with a line that is not optional */
	bool is_closed, is_issue_right;
	const struct coded_line *lines[SCORE_LINES]; /* that it is right by, none optional */
	size_t n_lines, n_new;			     /* of them nothing before has found */
};

struct tally {
	struct str form;			       /* "" for all */
	size_t articles, statements, lines, lines_met; /* lines with a side */
	size_t nones, nones_sided, firsts, firsts_right, single;
	size_t targets, targets_right, towards, towards_found, acts, acts_right;
	size_t confusion[POSITION_COUNT][POSITION_COUNT]; /* coded, told; of the first issue */
	size_t by_act[ACT_COUNT][ACT_COUNT];		  /* the same of acts */
	struct told *v;
	size_t n, cap;
};

/* Who is told to be for or against an issue. */
struct listed {
	struct str issue, speaker;
	enum position side;
	bool is_right;
	bool is_named;	/* no group, nor somebody without a name */
	unsigned times; /* statements */
};

struct eval {
	const struct engine *en;
	const struct coded *corpus;
	enum coded_split split;
	struct arena a;
	struct tally tally[FORMS];
	size_t n_tallies;
	struct listed *listed;
	size_t n_listed, cap_listed;
	bool is_curve; /* only what is told, from a low confidence on */
};

static double percent(size_t a, size_t b)
{
	return b ? 100.0 * (double)a / (double)b : 0;
}

/* --- one statement ---------------------------------------------------------------------------- */

static void add_told(struct eval *e, struct tally *y, const struct scored *x,
		     const struct issue_hit *hit)
{
	struct told t = {.confidence = hit->position_confidence};
	t.verdict = scored_judge(x, hit);
	t.is_closed = !hit->issue->is_open;
	for (size_t l = 0; l < x->n_lines; l++) {
		struct agreement g = agreement_of(hit, x->lines[l]);
		if (x->lines[l]->is_optional)
			continue;
		t.is_same = t.is_same || g.is_same;
		t.is_sign_right = t.is_sign_right || g.is_right;
		t.is_issue_right = t.is_issue_right || g.is_issue;
		if (g.is_right)
			t.lines[t.n_lines++] = x->lines[l];
	}
	if (arena_grow(&e->a, (void **)&y->v, &y->cap, y->n + 1, sizeof t) < 0)
		exit(1);
	y->v[y->n++] = t;
}

static bool has_side(const struct statement *s)
{
	for (size_t h = 0; h < s->n_issues; h++)
		if (is_sided(s->issues[h].position))
			return true;
	return is_sided(s->stance.position);
}

static void count_none(struct tally *y, const struct scored *x)
{
	for (size_t l = 0; l < x->n_lines; l++)
		if (x->lines[l]->side != POSITION_NEUTRAL)
			return;
	if (x->n_lines == 0)
		return;
	y->nones++;
	y->nones_sided += has_side(x->s);
}

static bool is_one_word(struct str label)
{
	return str_find(label, STR(" "), 0) == SIZE_MAX;
}

static void count_first(struct tally *y, const struct scored *x)
{
	const struct statement *s = x->s;
	bool counts = false, is_right = false;
	y->single += s->n_issues && s->issues[0].issue->is_open &&
		     is_one_word(s->issues[0].issue->label);
	for (size_t l = 0; l < x->n_lines; l++) {
		const struct coded_line *line = x->lines[l];
		if (line->n_issues == 0 && line->object.end == 0)
			continue;
		counts = true;
		is_right = is_right || (s->n_issues && issue_is_of_line(&s->issues[0], line));
	}
	y->firsts += counts;
	y->firsts_right += is_right;
}

/* Is the target one that a line of the statement names? */
static bool is_towards(const struct scored *x, const struct coded_line *line)
{
	const struct actor *target = x->s->stance.target;
	return target && (actor_agrees(target, line->towards) ||
			  (target->country.n && str_eq(target->country, line->towards)));
}

static void count_target(struct tally *y, const struct scored *x)
{
	bool is_right = false, is_open = x->n_lines == 0;
	for (size_t l = 0; l < x->n_lines; l++) {
		bool agrees = x->lines[l]->towards.n && is_towards(x, x->lines[l]);
		is_right = is_right || agrees;
		is_open = is_open || x->lines[l]->is_optional;
		if (x->lines[l]->towards.n && !x->lines[l]->is_optional) {
			y->towards++;
			y->towards_found += agrees;
		}
	}
	if (x->s->stance.target && (is_right || !is_open)) {
		y->targets++;
		y->targets_right += is_right;
	}
	if (x->nearest) {
		y->acts++;
		y->acts_right += x->nearest->act == x->s->stance.act;
		y->confusion[x->nearest->side][x->s->stance.position]++;
		y->by_act[x->nearest->act][x->s->stance.act]++;
	}
}

/* --- who is for or against what --------------------------------------------------------------- */

/* Does a reader say so anywhere in the split? */
static bool is_coded(const struct eval *e, struct str issue, const struct actor *who,
		     enum position side)
{
	for (size_t i = 0; i < e->corpus->n; i++) {
		const struct coded_article *x = &e->corpus->v[i];
		for (size_t l = 0; x->split == e->split && l < x->n_lines; l++) {
			const struct coded_line *line = &x->lines[l];
			struct issue is = {.id = issue};
			struct issue_hit hit = {.issue = &is, .position = side};
			if (is_sided(line->side) && agreement_of(&hit, line).is_right &&
			    actor_agrees(who, line->speaker))
				return true;
		}
	}
	return false;
}

static void list(struct eval *e, const struct statement *s, const struct issue_hit *hit)
{
	struct listed x = {.issue = hit->issue->id, .side = hit->position};
	if (hit->issue->is_open || s->is_uncounted || !s->speaker ||
	    s->speaker->kind == ACTOR_DOCUMENT || s->speaker->kind == ACTOR_ANONYMOUS ||
	    hit->position == POSITION_CONCERN)
		return;
	x.is_named = actor_kind_is_named(s->speaker->kind);
	x.issue = arena_str(&e->a, hit->issue->id);
	x.speaker = arena_str(&e->a, s->speaker->id);
	for (size_t i = 0; i < e->n_listed; i++)
		if (str_eq(e->listed[i].issue, x.issue) &&
		    str_eq(e->listed[i].speaker, x.speaker) && e->listed[i].side == x.side) {
			e->listed[i].times++;
			return;
		}
	x.times = 1;
	x.is_right = is_coded(e, x.issue, s->speaker, x.side);
	if (arena_grow(&e->a, (void **)&e->listed, &e->cap_listed, e->n_listed + 1, sizeof x) < 0)
		exit(1);
	e->listed[e->n_listed++] = x;
}

/* --- one article ------------------------------------------------------------------------------ */

static void count_lines(struct tally *y, const struct coded_article *x, const struct extraction *o)
{
	for (size_t l = 0; l < x->n_lines; l++) {
		const struct coded_line *line = &x->lines[l];
		bool is_met = false;
		if (!is_sided(line->side) || line->is_optional)
			continue;
		for (size_t i = 0; i < o->n_statements && !is_met; i++)
			is_met = position_case_meets(o->statements[i].spans.content, line->content);
		y->lines++;
		y->lines_met += is_met;
	}
}

static void count_article(struct eval *e, struct tally *y, const struct coded_article *x,
			  const struct extraction *o)
{
	y->articles++;
	y->statements += o->n_statements;
	count_lines(y, x, o);
	for (size_t i = 0; i < o->n_statements; i++) {
		struct scored s = scored_of(x, &o->statements[i]);
		for (size_t h = 0; h < s.s->n_issues; h++)
			if (is_sided(s.s->issues[h].position))
				add_told(e, y, &s, &s.s->issues[h]);
		count_none(y, &s);
		count_first(y, &s);
		count_target(y, &s);
	}
}

static struct tally *tally_of(struct eval *e, struct str form)
{
	size_t k = 0;
	while (k < e->n_tallies && !str_eq(e->tally[k].form, form))
		k++;
	if (k == e->n_tallies && k < FORMS)
		e->tally[e->n_tallies++].form = form;
	return &e->tally[k < FORMS ? k : FORMS - 1];
}

static void read_article(struct eval *e, const struct coded_article *x)
{
	struct arena a;
	struct err err = {0};
	struct extraction o;
	struct article article = article_of(x->text, x->published_at);
	article.title = x->title;
	arena_init(&a, ARTICLE_BYTES);
	if (engine_extract(e->en, &article, &a, &o, &err) < 0) {
		fprintf(stderr, "%.*s: %s\n", STR_ARG(x->id), err.message);
		exit(1);
	}
	count_article(e, tally_of(e, STR_EMPTY), x, &o);
	if (!e->is_curve) {
		count_article(e, tally_of(e, x->form), x, &o);
		for (size_t i = 0; i < o.n_statements; i++)
			for (size_t h = 0; h < o.statements[i].n_issues; h++)
				if (is_sided(o.statements[i].issues[h].position))
					list(e, &o.statements[i], &o.statements[i].issues[h]);
	}
	arena_release(&a);
}

static void read_split(struct eval *e)
{
	(void)tally_of(e, STR_EMPTY);
	for (size_t i = 0; i < e->corpus->n; i++)
		if (e->corpus->v[i].split == e->split)
			read_article(e, &e->corpus->v[i]);
}

/* --- figures ---------------------------------------------------------------------------------- */

struct figures {
	size_t right, wrong, uncoded, same, sign, lines, closed, issues;
};

static bool has_line(const struct told *t, const struct coded_line *line)
{
	for (size_t l = 0; l < t->n_lines; l++)
		if (t->lines[l] == line)
			return true;
	return false;
}

/* A line is found by the first side told that is right by it; one side may find two ("the Liberals
 * and the Greens reject the tax cut"). */
static void find_lines(struct tally *y)
{
	for (size_t i = 0; i < y->n; i++) {
		struct told *t = &y->v[i];
		t->n_new = 0;
		for (size_t l = 0; l < t->n_lines; l++) {
			bool is_new = true;
			for (size_t k = 0; k < i && is_new; k++)
				is_new = !has_line(&y->v[k], t->lines[l]);
			t->n_new += is_new;
		}
	}
}

/* Of the first n that are told. */
static struct figures figures_of(const struct tally *y, size_t n)
{
	struct figures f = {0};
	for (size_t i = 0; i < n; i++) {
		const struct told *t = &y->v[i];
		f.right += t->verdict == VERDICT_RIGHT;
		f.wrong += t->verdict == VERDICT_WRONG;
		f.uncoded += t->verdict == VERDICT_UNCODED;
		f.same += t->is_same;
		bool counts = t->is_closed &&
			      (t->verdict == VERDICT_RIGHT || t->verdict == VERDICT_WRONG);
		f.closed += counts;
		f.issues += counts && t->is_issue_right;
		f.sign += t->is_sign_right;
		f.lines += t->n_new;
	}
	return f;
}

static void print_tally(struct tally *y)
{
	find_lines(y);
	struct figures f = figures_of(y, y->n);
	printf("%-10.*s %5zu articles %6zu statements | sides P %.1f (%zu) strict %.1f | lines R "
	       "%.1f "
	       "(%zu) of found R %.1f | none given a side %.1f (%zu) | sign %.1f (%zu)\n",
	       y->form.n ? (int)y->form.n : 3, y->form.n ? y->form.p : "all", y->articles,
	       y->statements, percent(f.right, f.right + f.wrong), f.right + f.wrong,
	       percent(f.right, f.right + f.wrong + f.uncoded), percent(f.lines, y->lines),
	       y->lines, percent(f.lines, y->lines_met), percent(y->nones_sided, y->nones),
	       y->nones, percent(f.sign, f.same), f.same);
	printf("           closed issues with their side %.1f (%zu) | first issue %.1f (%zu) "
	       "one-word open %.1f | targets P %.1f (%zu) R %.1f "
	       "(%zu) | act %.1f\n",
	       percent(f.issues, f.closed), f.closed, percent(y->firsts_right, y->firsts),
	       y->firsts, percent(y->single, y->statements), percent(y->targets_right, y->targets),
	       y->targets, percent(y->towards_found, y->towards), y->towards,
	       percent(y->acts_right, y->acts));
}

static void print_confusion(const struct tally *y)
{
	static const enum position sides[] = {POSITION_NEUTRAL, POSITION_SUPPORT, POSITION_OPPOSE,
					      POSITION_CONCERN};
	printf("coded \\ told");
	for (size_t k = 0; k < 4; k++)
		printf("%9s", terms_position.words[sides[k]]);
	for (size_t i = 0; i < 4; i++) {
		printf("\n%-12s", terms_position.words[sides[i]]);
		for (size_t k = 0; k < 4; k++)
			printf("%9zu", y->confusion[sides[i]][sides[k]]);
	}
	printf("\n");
}

static void print_acts(const struct tally *y)
{
	printf("acts as coded and, in the same order, as told\n");
	for (int k = 0; k < ACT_COUNT; k++) {
		printf("  %-16s", terms_word(&terms_act, k).p);
		for (size_t j = 0; j < ACT_COUNT; j++)
			printf("%5zu", y->by_act[k][j]);
		printf("\n");
	}
}

static size_t lines_on(const struct eval *e, struct str issue)
{
	size_t n = 0;
	for (size_t i = 0; i < e->corpus->n; i++) {
		const struct coded_article *x = &e->corpus->v[i];
		for (size_t l = 0; x->split == e->split && l < x->n_lines; l++)
			for (size_t k = 0; k < x->lines[l].n_issues; k++)
				n += is_sided(x->lines[l].side) &&
				     !x->lines[l].issues[k].is_topic_only &&
				     str_eq(x->lines[l].issues[k].id, issue);
	}
	return n;
}

/* All; those who have a name; those of them with two statements and more. */
enum { LISTS = 3 };

static bool is_in_list(const struct listed *x, int list)
{
	return list == 0 || (x->is_named && (int)x->times >= list);
}

/* Of the issues with most lines of a side. */
static void print_lists(const struct eval *e)
{
	size_t n_issues, right[LISTS] = {0}, all[LISTS] = {0};
	struct knowledge known = engine_knowledge(e->en);
	size_t *lines = calloc(known.n_issues, sizeof *lines);
	if (!lines)
		exit(1);
	for (size_t i = 0; i < known.n_issues; i++)
		lines[i] = lines_on(e, known.issues[i].id);
	for (n_issues = 0; n_issues < ISSUES; n_issues++) {
		size_t best = 0;
		for (size_t i = 1; i < known.n_issues; i++)
			best = lines[i] > lines[best] ? i : best;
		if (lines[best] == 0)
			break;
		lines[best] = 0;
		for (size_t i = 0; i < e->n_listed; i++)
			for (int k = 0; k < LISTS; k++)
				if (str_eq(e->listed[i].issue, known.issues[best].id) &&
				    is_in_list(&e->listed[i], k)) {
					all[k]++;
					right[k] += e->listed[i].is_right;
				}
	}
	free(lines);
	printf("who supports or opposes %zu issues:", n_issues);
	for (int k = 0; k < LISTS; k++)
		printf("%s %zu listed, %.1f right",
		       k == 0	? ""
		       : k == 1 ? "; of a name:"
				: "; twice:",
		       all[k], percent(right[k], all[k]));
	printf("\n");
}

static int by_confidence(const void *a, const void *b)
{
	const struct told *x = a, *y = b;
	return x->confidence < y->confidence ? 1 : x->confidence > y->confidence ? -1 : 0;
}

static void print_curve(struct tally *y)
{
	struct calibration c = {.squares = 0};
	double next = 20;
	qsort(y->v, y->n, sizeof *y->v, by_confidence);
	find_lines(y);
	for (size_t i = 0; i < y->n; i++) {
		const struct told *t = &y->v[i];
		if (t->verdict == VERDICT_RIGHT || t->verdict == VERDICT_WRONG)
			calibration_add(&c, (double)t->confidence, t->verdict == VERDICT_RIGHT);
		if (t->verdict != VERDICT_RIGHT)
			continue;
		struct figures f = figures_of(y, i + 1);
		if (percent(f.lines, y->lines_met) < next)
			continue;
		printf("R of found %.0f (of all %.1f): P %.1f strict %.1f, from confidence %.2f\n",
		       next, percent(f.lines, y->lines), percent(f.right, f.right + f.wrong),
		       percent(f.right, f.right + f.wrong + f.uncoded), (double)t->confidence);
		next += 5;
	}
	calibration_print(&c, "sides", "object or issue, and side");
}

int main(int argc, char **argv)
{
	const float low = 0.05f;
	struct err err = {0};
	struct coded corpus;
	static struct eval e, curve;
	struct arena a;
	if (argc < 3 || coded_split_of(str_of(argv[2])) == CODED_SPLITS) {
		fprintf(stderr, "usage: eval_positions DATA train|dev [SURE]\n");
		return 2;
	}
	arena_init(&a, SIZE_MAX);
	struct engine *en = engine_open(&err);
	if (!en || coded_read(argv[1], &a, &corpus, &err) < 0) {
		fprintf(stderr, "eval_positions: %s\n", err.message);
		return 1;
	}
	e = (struct eval){.en = en, .corpus = &corpus, .split = coded_split_of(str_of(argv[2]))};
	curve = e;
	curve.is_curve = true;
	arena_init(&e.a, SIZE_MAX);
	arena_init(&curve.a, SIZE_MAX);
	if (argc > 3)
		en->positions_sure = strtof(argv[3], NULL);
	printf("positions, %s part of the corpus, sides from confidence %.2f\n", argv[2],
	       (double)en->positions_sure);
	read_split(&e);
	for (size_t k = 0; k < e.n_tallies; k++)
		print_tally(&e.tally[k]);
	print_confusion(&e.tally[0]);
	print_acts(&e.tally[0]);
	print_lists(&e);
	en->positions_sure = low;
	read_split(&curve);
	print_curve(&curve.tally[0]);
	arena_release(&e.a);
	arena_release(&curve.a);
	engine_close(en);
	arena_release(&a);
	return 0;
}
