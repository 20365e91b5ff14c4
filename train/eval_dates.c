/* eval_dates DATES.tsv NEWS.jsonl...: what days the engine reads, against what a reader said of
 * them from the text and its day of publication alone (corpus/dates.tsv; corpus/README.md tells its
 * columns). Prints what is wrong, missed or too much, then the figures: of weekdays how many have
 * the day; of other dates, in windows that were read whole, precision, recall and F1. */
#include <stdio.h>

#include "train/file_text.h"
#include "train/marks.h"

enum { ROOM = 1 << 28, VALUES = MARK_WORDS + 1 };

struct tally {
	size_t weekdays, right_weekdays;
	size_t dates, right, found; /* other dates: marked, read right, read at all */
};

struct dates {
	struct marks marks;
	struct tally tally;
};

static bool overlaps(struct span a, struct span b)
{
	return a.start < b.end && b.start < a.end;
}

static bool is_window(const struct mark *m)
{
	return str_eq(m->cell[MARK_WORDS], STR("window"));
}

static bool is_weekday(struct str words)
{
	return str_is_one_of(words, "Monday Tuesday Wednesday Thursday Friday Saturday Sunday");
}

static bool is_one_of(struct str value, struct str values)
{
	struct str one;
	while (str_split(&values, ' ', &one))
		if (str_eq(one, value))
			return true;
	return false;
}

/* The day of "2024-04-26T14:30". */
static struct str day_of(struct str value)
{
	struct str day = STR_EMPTY;
	str_split(&value, 'T', &day);
	return day;
}

static const struct time_span *found_at(const struct annotation *x, const struct mark *m)
{
	const struct time_span *best = NULL;
	for (size_t i = 0; i < x->n_times; i++)
		if (overlaps(x->times[i].span, m->span) &&
		    (!best || is_one_of(day_of(x->times[i].value), m->cell[VALUES])))
			best = &x->times[i];
	return best;
}

/* Whether the engine reads one of the reader's values, "-" for nothing. */
static bool weigh(const struct mark *m, const struct time_span *t)
{
	struct str value = t ? day_of(t->value) : STR("-");
	bool is_right = is_one_of(value, m->cell[VALUES]);
	if (!is_right)
		printf("%s %.*s %u \"%.*s\" is %.*s, read as %.*s\n", t ? "wrong " : "missed",
		       STR_ARG(m->cell[MARK_ARTICLE]), m->span.start, STR_ARG(m->cell[MARK_WORDS]),
		       STR_ARG(m->cell[VALUES]), STR_ARG(value));
	return is_right;
}

/* What is found in a window where the reader saw no date. */
static size_t count_unmarked(const struct marks *l, const struct mark *window,
			     const struct annotation *x)
{
	size_t n = 0;
	for (size_t i = 0; i < x->n_times; i++) {
		const struct time_span *t = &x->times[i];
		bool is_marked =
			t->span.start < window->span.start || t->span.end > window->span.end;
		for (size_t k = 0; k < l->n && !is_marked; k++)
			is_marked = !is_window(&l->v[k]) && overlaps(l->v[k].span, t->span) &&
				    str_eq(l->v[k].cell[MARK_ARTICLE], window->cell[MARK_ARTICLE]);
		if (!is_marked) {
			printf("extra  %.*s %u read as %.*s\n", STR_ARG(window->cell[MARK_ARTICLE]),
			       t->span.start, STR_ARG(t->value));
			n++;
		}
	}
	return n;
}

/* A mark with "-" beside other values counts only where the engine reads something else. */
static void weigh_other(struct tally *n, const struct mark *m, const struct time_span *t)
{
	bool is_open = is_one_of(STR("-"), m->cell[VALUES]);
	bool is_right = weigh(m, t);
	n->dates += !is_open;
	n->right += is_right && !is_open;
	n->found += t && !(is_right && is_open);
}

static void weigh_article(void *user, struct str article, const struct annotation *x)
{
	struct dates *d = user;
	struct tally *n = &d->tally;
	for (size_t i = 0; i < d->marks.n; i++) {
		const struct mark *m = &d->marks.v[i];
		if (!str_eq(m->cell[MARK_ARTICLE], article) || str_eq(m->cell[VALUES], STR("*")))
			continue;
		if (is_window(m)) {
			n->found += count_unmarked(&d->marks, m, x);
		} else if (is_weekday(m->cell[MARK_WORDS])) {
			n->weekdays++;
			n->right_weekdays += weigh(m, found_at(x, m));
		} else {
			weigh_other(n, m, found_at(x, m));
		}
	}
}

static double percent(size_t part, size_t whole)
{
	return whole ? 100.0 * (double)part / (double)whole : 0;
}

int main(int argc, char **argv)
{
	static struct dates d;
	struct arena a;
	struct err e = {0};
	if (argc < 3) {
		fprintf(stderr, "usage: eval_dates DATES.tsv NEWS.jsonl...\n");
		return 2;
	}
	arena_init(&a, ROOM);
	struct engine *en = engine_open(&e);
	marks_read(&d.marks, file_text_or_exit(argv[1], &a), VALUES + 1);
	for (int i = 2; en && i < argc; i++)
		marks_walk(&d.marks, en, file_text_or_exit(argv[i], &a), weigh_article, &d);
	const struct tally *n = &d.tally;
	printf("weekdays     %zu right of %zu, %.1f %%\n", n->right_weekdays, n->weekdays,
	       percent(n->right_weekdays, n->weekdays));
	printf("other dates  %zu right of %zu read, %zu marked: precision %.1f, recall %.1f, F1 "
	       "%.1f\n",
	       n->right, n->found, n->dates, percent(n->right, n->found),
	       percent(n->right, n->dates), percent(2 * n->right, n->found + n->dates));
	engine_close(en);
	arena_release(&a);
	return 0;
}
