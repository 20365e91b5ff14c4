/* eval_attribution POLNEAR.jsonl: runs the whole engine on each article and scores the spans of its
 * statements, but of nested ones; then again without those that have no cue. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "train/calibration.h"
#include "train/polnear.h"
#include "train/random.h"
#include "train/room.h"

enum { ARTICLE_BYTES = 512 << 20, DRAWS = 1000, ARTICLES_MAX = 4096 };

static bool are_equal(struct spans a, struct spans b)
{
	bool same = a.n == b.n;
	for (size_t i = 0; same && i < a.n; i++)
		same = a.v[i].start == b.v[i].start && a.v[i].end == b.v[i].end;
	return same;
}

/* The corpus marks nothing inside of what is marked, and lists of the service hold nothing that is
 * nested; what has two speakers is marked once. */
static bool is_listed(const struct extraction *x, size_t i)
{
	const struct statement *s = &x->statements[i];
	return !s->is_nested && (i == 0 || !are_equal(s[-1].spans.cue, s->spans.cue) ||
				 !are_equal(s[-1].spans.content, s->spans.content));
}

/* What an author says in his own words, of which the corpus marks nothing. */
static bool has_cue(const struct extraction *x, size_t i)
{
	return is_listed(x, i) && x->statements[i].spans.cue.n > 0;
}

static struct marked_list marked_of(const struct extraction *x,
				    bool (*counts)(const struct extraction *, size_t),
				    struct arena *a)
{
	struct marked_list list = {room_for(a, x->n_statements, sizeof *list.v), 0};
	for (size_t i = 0; i < x->n_statements; i++) {
		const struct statement *s = &x->statements[i];
		if (counts(x, i))
			list.v[list.n++] =
				(struct marked){.role = {[ROLE_CUE] = s->spans.cue,
							 [ROLE_SOURCE] = s->spans.source,
							 [ROLE_CONTENT] = s->spans.content}};
	}
	return list;
}

/* out[0], c[0]: of all; out[1], c[1]: of those with a cue. */
static int score_article(const struct engine *en, const struct polnear_record *r, struct arena *a,
			 struct counts out[2], struct calibration c[2], struct err *e)
{
	struct extraction x;
	struct article article = {.text = r->text};
	if (engine_extract(en, &article, a, &x, e) < 0)
		return -1;
	bool *is_right = room_for(a, x.n_statements, sizeof *is_right);
	attribution_count(r->text, r->marked, marked_of(&x, is_listed, a), a, &out[0], is_right);
	attribution_count(r->text, r->marked, marked_of(&x, has_cue, a), a, &out[1], NULL);
	for (size_t i = 0, listed = 0; i < x.n_statements; i++) {
		double p = (double)x.statements[i].confidence;
		if (has_cue(&x, i))
			calibration_add(&c[1], p, is_right[listed]);
		if (is_listed(&x, i))
			calibration_add(&c[0], p, is_right[listed++]);
	}
	return 0;
}

/* --- intervals -------------------------------------------------------------------------------- */

static int by_value(const void *a, const void *b)
{
	const double *x = a, *y = b;
	return (*x > *y) - (*x < *y);
}

static struct counts sum_of(struct counts (*v)[2], size_t n, uint64_t *random)
{
	struct counts sum = {.of = {0}};
	for (size_t i = 0; i < n; i++) {
		const struct counts *c = v[random ? random_next(random) % n : i];
		for (int k = 0; k < COUNT_COUNT; k++)
			sum.of[k] += c->of[k];
	}
	return sum;
}

/* Where 95 % of F1 lie over articles drawn again and again with replacement (Efron 1979). */
static void find_interval(const struct figure *f, struct counts (*v)[2], size_t n, double *low,
			  double *high)
{
	static double f1[DRAWS];
	uint64_t random = 88172645463325252u;
	for (int k = 0; k < DRAWS; k++) {
		struct counts sum = sum_of(v, n, &random);
		f1[k] = figure_f1(f, &sum);
	}
	qsort(f1, DRAWS, sizeof *f1, by_value);
	*low = f1[DRAWS * 25 / 1000];
	*high = f1[DRAWS * 975 / 1000];
}

/* --- print ------------------------------------------------------------------------------------ */

/* The first two figures, with and without source. */
static void print_with_cue(struct counts (*v)[2], size_t n)
{
	struct counts sum = {.of = {0}};
	for (size_t i = 0; i < n; i++)
		for (int k = 0; k < COUNT_COUNT; k++)
			sum.of[k] += v[i][1].of[k];
	printf("with a cue, found %u\n", sum.of[COUNT_SAID]);
	for (size_t i = 0; i < 2; i++) {
		const struct figure *f = &attribution_figures[i];
		printf("%-24s%8.1f%8.1f%8.1f\n", f->name, 100 * figure_precision(f, &sum),
		       100 * figure_recall(f, &sum), 100 * figure_f1(f, &sum));
	}
}

static void print_figures(struct counts (*v)[2], size_t n)
{
	struct counts all = sum_of(v, n, NULL);
	printf("articles %zu, marked %u, found %u, pieces %u\n", n, all.of[COUNT_GOLD],
	       all.of[COUNT_SAID], all.of[COUNT_PIECES]);
	printf("%-24s%8s%8s%8s   95 %% of draws of articles\n", "", "P", "R", "F1");
	for (size_t i = 0; i < attribution_figures_n; i++) {
		const struct figure *f = &attribution_figures[i];
		double low, high, f1 = figure_f1(f, &all);
		find_interval(f, v, n, &low, &high);
		if (f->said == f->gold)
			printf("%-24s%24.1f   %.1f .. %.1f of %u\n", f->name, 100 * f1, 100 * low,
			       100 * high, all.of[f->gold]);
		else
			printf("%-24s%8.1f%8.1f%8.1f   %.1f .. %.1f\n", f->name,
			       100 * figure_precision(f, &all), 100 * figure_recall(f, &all),
			       100 * f1, 100 * low, 100 * high);
	}
}

int main(int argc, char **argv)
{
	static struct counts v[ARTICLES_MAX][2];
	struct err e = {0};
	struct calibration c[2] = {{.squares = 0}};
	struct polnear_record record;
	size_t n = 0;
	int rc = 0;
	if (argc != 2) {
		fprintf(stderr, "usage: eval_attribution POLNEAR.jsonl\n");
		return 2;
	}
	struct engine *en = engine_open(&e);
	struct polnear_file file = polnear_open(argv[1]);
	for (bool more = en != NULL; more && n < ARTICLES_MAX && rc == 0;) {
		struct arena a;
		arena_init(&a, ARTICLE_BYTES);
		more = polnear_next(&file, &a, &record);
		rc = more ? score_article(en, &record, &a, v[n], c, &e) : 0;
		n += more;
		arena_release(&a);
	}
	polnear_close(&file);
	engine_close(en);
	if (!en || rc < 0) {
		fprintf(stderr, "eval_attribution: %s\n", e.message);
		return 1;
	}
	print_figures(v, n);
	print_with_cue(v, n);
	calibration_print(&c[0], "statements", "content and source");
	calibration_print(&c[1], "with a cue", "content and source");
	return 0;
}
